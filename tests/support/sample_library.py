"""The real library of the five sample stories, copied from one that is made once in a process."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

from reader.library import Library
from tests.support.example_library import temporary_folder

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def sample_library(folder: Path, *, followed: Path | None = None) -> Library:
    """The samples in a folder of a library, which the caller closes."""
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return Library.open(folder, followed=followed)


@functools.cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(dir=temporary_folder())) / "samples"
    library = Library.open(folder)
    library.importer.add([str(SEEDS)])
    library.close()
    return folder
