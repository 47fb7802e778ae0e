"""What a reader has chosen, kept in one small YAML file."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

_LIMIT = 64 * 1024
_WEEK = 7 * 24 * 60
_CHOICES: dict[str, tuple[str, ...]] = {
    "glyphs": ("auto", "unicode", "ascii"),
    "paragraphs": ("blank", "indent"),
    "notify": ("off", "bell", "desktop"),
}


class SettingsError(Exception):
    """A settings file that cannot be used; the text names the file, the place and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The reader's choices.

    `theme` by name; `glyphs` auto, unicode or ascii; `paragraphs` parted by a blank line or an indent; `refresh_minutes` between
    two looks at which feeds are due while the reader is open, 0 for never; `remember_passages` says whether it is kept which
    passages were read, so that other stories show what is new; files are exported to `export_folder`, `.` for where the reader
    was started; `notify` off, or how new stories of saved searches are told of beside the screen: by the terminal's bell, or by
    the desktop (OSC 9).
    """

    theme: str = "paper"
    glyphs: str = "auto"
    paragraphs: str = "blank"
    refresh_minutes: int = 15
    remember_passages: bool = True
    export_folder: str = "."
    notify: str = "off"


def load_settings(path: Path) -> Settings:
    """The settings in `path`, the defaults where there is no such file; raises `SettingsError` for one that cannot be used."""
    try:
        if path.stat().st_size > _LIMIT:
            raise SettingsError(f"{path} is over {_LIMIT // 1024} KB, which no settings file is; move it away")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{path} cannot be read ({fault}); mend it or move it away") from fault
    import yaml

    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise SettingsError(f"{path}{place}: this is not YAML; mend it or move it away") from fault
    return _checked(found or {}, path)


def _checked(found: Any, path: Path) -> Settings:
    """Settings out of what a YAML file held; raises `SettingsError`."""
    names = [field.name for field in fields(Settings)]
    if not isinstance(found, dict):
        raise SettingsError(f"{path}: expected lines like “theme: paper”")
    for name, value in found.items():
        if name not in names:
            raise SettingsError(f"{path}: there is no setting “{name}”; there are {', '.join(names)}")
        if name == "refresh_minutes":
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _WEEK:
                raise SettingsError(f"{path}: “{name}” takes minutes from 0 to {_WEEK}, not “{value}”")
        elif name == "remember_passages":
            if not isinstance(value, bool):
                raise SettingsError(f"{path}: “{name}” takes true or false, not “{value}”")
        elif not isinstance(value, str) or (name in _CHOICES and value not in _CHOICES[name]):
            choices = " or ".join(_CHOICES.get(name, ("a name",)))
            raise SettingsError(f"{path}: “{name}” takes {choices}, not “{value}”")
    return replace(Settings(), **found)


def save_settings(settings: Settings, path: Path) -> None:
    """Write `settings` to `path` whole or not at all, readable by the reader alone."""
    import yaml

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        yaml.safe_dump(asdict(settings), file, sort_keys=False)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
