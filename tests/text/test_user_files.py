"""Text files of the user: read whole, or refused with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.text.user_files import read_user_file


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_bytes(b"\xef\xbb\xbf- name: A\n")
    assert read_user_file(path, 100) == "- name: A\n"


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("x" * 2048)
    assert len(read_user_file(path, 2048)) == 2048
    with pytest.raises(OSError, match="larger than 1 KB"):
        read_user_file(path, 1024)


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        read_user_file(tmp_path / "pipe", 100)


def test_the_line_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_bytes(b"one\ntwo \xe9\n")
    with pytest.raises(OSError, match="line 2 is not UTF-8"):
        read_user_file(path, 100)


def test_a_missing_file_raises_its_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_user_file(tmp_path / "none", 100)
