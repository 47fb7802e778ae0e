"""File locations: files that ship with the program, and the user's folders."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The folder `name` (`themes`, `seeds`) that ships with the program: inside a wheel, or beside the package in a checkout."""
    packed = _PACKAGE / "_files" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


class Directories(Struct, frozen=True):
    """The folders of one library: `library` holds stories and index, `config` holds settings and the user's themes."""

    library: Path
    config: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.yaml"

    @property
    def keys(self) -> Path:
        """The file of the user's keys."""
        return self.config / "keys.yaml"

    @property
    def themes(self) -> Path:
        """The folder of the user's themes."""
        return self.config / "themes"

    @property
    def followed(self) -> Path:
        """The list of followed threads."""
        return self.library / "threads.yaml"

    @property
    def searches(self) -> Path:
        """The list of saved searches."""
        return self.library / "searches.yaml"


def places(library: str | os.PathLike[str] | None = None) -> Directories:
    """The folders to use: `library`, else `NEWSLOOM_LIBRARY`, else the platform's folders for data and settings."""
    chosen = library or os.environ.get("NEWSLOOM_LIBRARY")
    if chosen:
        folder = Path(chosen).expanduser().absolute()
        return Directories(folder, folder)
    from platformdirs import user_config_path, user_data_path

    return Directories(user_data_path("newsloom", appauthor=False), user_config_path("newsloom", appauthor=False))
