"""Settings: kept whole, read back, and refused with the file's name where they cannot be used."""

from __future__ import annotations

import random
import re
import stat
from pathlib import Path

import pytest

from reader.errors import SettingsError
from reader.settings import SETTINGS, Settings, example, load_settings, save_setting


def test_no_file_is_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.yaml") == Settings()


def test_saved_settings_are_read_back_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.yaml"
    save_setting(path, "theme", "night")
    save_setting(path, "paragraphs", "indent")
    assert load_settings(path) == Settings(theme="night", paragraphs="indent")
    save_setting(path, "remember_passages", False)
    save_setting(path, "notify", "off")
    save_setting(path, "theme", "it's: #odd")
    assert load_settings(path) == Settings(theme="it's: #odd", paragraphs="indent", remember_passages=False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [other.name for other in path.parent.iterdir()] == ["settings.yaml"]


def test_saving_keeps_comments_and_other_lines(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("# mine\ntheme: paper  # at home\n\n# bell at night\nnotify: bell", encoding="utf-8")
    save_setting(path, "theme", "night")
    save_setting(path, "glyphs", "ascii")
    assert path.read_text(encoding="utf-8") == "# mine\ntheme: night  # at home\n\n# bell at night\nnotify: bell\nglyphs: ascii\n"


def test_a_file_with_mistakes_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("theme: paper\nnotify: loud\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        save_setting(path, "theme", "night")
    assert path.read_text(encoding="utf-8") == "theme: paper\nnotify: loud\n"


def test_a_plain_off_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("\ufeffnotify: off\ntheme: night\n", encoding="utf-8")
    assert load_settings(path) == Settings(theme="night")


def test_all_mistakes_are_listed_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("theme: paper\ntheem: night\nglyphs: [a]\ntheme: night\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert [line.partition(", ")[2] for line in str(caught.value).splitlines()] == [
        "line 2: there is no setting “theem”; did you mean “theme”?",
        "line 3: “glyphs” takes auto or unicode or ascii, not “a sequence”",
        "line 4: “theme” is set twice; remove one of the two lines",
    ]


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("# nothing chosen yet\n", encoding="utf-8")
    assert load_settings(path) == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme: [", "line 1"),
        ("- paper", "line 1: not a list of settings"),
        ("colour: red", "line 1: there is no setting “colour”"),
        ("glyphs: many", "“glyphs” takes auto or unicode or ascii, not “many”"),
        ("theme: 3", "“theme” takes a name"),
        ("remember_passages: 1", "“remember_passages” takes true or false, not “1”"),
        ("export_folder: 7", "“export_folder” takes a name"),
        ("[" * 1_500, "nested too deeply"),
        ('theme: "\\U00110000"', "not YAML"),
        ("#" * 70_000, "larger than 64 KB"),
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


def test_a_full_disk_keeps_the_old_file_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    save_setting(tmp_path / "settings.yaml", "theme", "night")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_setting(tmp_path / "settings.yaml", "theme", "day")
    assert [path.name for path in tmp_path.iterdir()] == ["settings.yaml"]
    assert load_settings(tmp_path / "settings.yaml").theme == "night"


def test_programs_are_a_word_or_a_list_of_arguments(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("browser: looker\nplayer: [mpv, --force-window, '%s']\nviewer:\n  - imv\n  - '-f'\n")
    found = load_settings(path)
    assert (found.browser, found.player, found.viewer) == (("looker",), ("mpv", "--force-window", "%s"), ("imv", "-f"))


@pytest.mark.parametrize("text", ["player: ['']", "player: ''", "player: {mpv: 1}", "player: [mpv, [a]]", "player:"])
def test_a_program_needs_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    with pytest.raises(SettingsError, match="“player” takes a program, or a list"):
        load_settings(path)


def test_the_example_has_every_setting_at_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(example(), encoding="utf-8")
    assert load_settings(path) == Settings()
    assert re.findall(r"(?m)^(\w+): ", example()) == list(SETTINGS)
    assert len(re.findall(r"(?m)^# Values: ", example())) == len(SETTINGS)


def test_a_setting_saved_in_the_example_keeps_every_comment(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(example(), encoding="utf-8")
    save_setting(path, "density", "roomy")
    save_setting(path, "related", False)
    assert load_settings(path) == Settings(density="roomy", related=False)
    changed = example().replace("density: normal", "density: roomy").replace("related: true", "related: false")
    assert path.read_text(encoding="utf-8") == changed


def test_the_examples_of_the_documentation_are_valid(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    block = re.findall(r"(?m)(?:^    .*\n)+", text.partition("## Network")[0])
    assert len(block) == 1
    path = tmp_path / "settings.yaml"
    path.write_text(re.sub(r"(?m)^    ", "", block[0]), encoding="utf-8")
    assert load_settings(path) == Settings(theme="night", refresh_minutes=30, browser=("firefox", "--new-tab"))


@pytest.mark.parametrize("seed", range(70))
def test_a_damaged_file_is_refused_at_its_line(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    lines = example().splitlines()
    at = chance.choice([number for number, line in enumerate(lines) if line and not line.startswith("#")])
    name, _, value = lines[at].partition(": ")
    letter = chance.randrange(len(name))
    damages = [f"{name[:letter]}q{name[letter:]}: {value}", f"{name}: {{a: b}}", f"{name}:", f"{name}: {value}\n{name}: {value}"]
    damage = chance.choice(damages)
    path = tmp_path / "settings.yaml"
    path.write_text("\n".join([*lines[:at], damage, *lines[at + 1 :]]), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert str(caught.value).startswith(f"{path}, line {at + 1 + damage.count(chr(10))}: ")
    assert len(str(caught.value).splitlines()) == 1
