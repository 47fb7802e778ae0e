"""Settings: kept whole, read back, and refused with the file's name where they cannot be used."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from reader.settings import Settings, SettingsError, load_settings, save_settings


def test_no_file_is_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.yaml") == Settings()


def test_saved_settings_are_read_back_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.yaml"
    save_settings(Settings(theme="night", paragraphs="indent"), path)
    assert load_settings(path) == Settings(theme="night", paragraphs="indent")
    save_settings(Settings(remember_passages=False, export_folder="~/notes"), path)
    assert load_settings(path) == Settings(remember_passages=False, export_folder="~/notes")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [other.name for other in path.parent.iterdir()] == ["settings.yaml"]


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("# nothing chosen yet\n", encoding="utf-8")
    assert load_settings(path) == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme: [", "line 1"),
        ("- paper", "expected lines like"),
        ("colour: red", "there is no setting “colour”"),
        ("glyphs: many", "“glyphs” takes auto or unicode or ascii, not “many”"),
        ("theme: 3", "“theme” takes a name"),
        ("remember_passages: 1", "“remember_passages” takes true or false, not “1”"),
        ("export_folder: 7", "“export_folder” takes a name"),
        ("[" * 20_000, "this is not YAML"),
        ("#" * 70_000, "over 64 KB"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"settings\.yaml") as caught:
        load_settings(path)
    assert said in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_bytes(b"theme: \xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(path)
