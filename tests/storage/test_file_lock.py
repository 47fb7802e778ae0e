"""Locks between processes."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import LibraryBusy
from reader.storage.file_lock import locked

pytestmark = pytest.mark.process

HOLD = """
import pathlib, sys
from reader.storage.file_lock import locked
with locked(pathlib.Path(sys.argv[1]), "work"):
    print("held", flush=True)
    input()
"""


def test_a_lock_is_reported_and_released_when_its_holder_is_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(LibraryBusy, match="is in use by another Newsloom"), locked(tmp_path, "work", patience=0):
        pytest.fail("two hold the lock")
    with locked(tmp_path, "other work", patience=0):
        pass
    holder.kill()
    holder.communicate()
    with locked(tmp_path, "work", patience=0):
        assert stat.S_IMODE((tmp_path / "work.lock").stat().st_mode) == 0o600
