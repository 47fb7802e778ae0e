"""The theme files: what they may hold, how they are read, and how well they can be read."""

from __future__ import annotations

import os
import random
import re
from itertools import combinations
from pathlib import Path

import pytest

from reader.errors import ThemeError
from reader.paths import shipped
from reader.tui.theming.contrast import contrast, linear, ratio
from reader.tui.theming.roles import MARKS, ORNAMENT, ROLES
from reader.tui.theming.theme import LARGEST, Theme, load, named, themes

BUILT_IN = shipped("themes")
COLOURED = ("paper", "solarized light", "color blind", "dracula", "gruvbox", "high contrast", "night", "nord")

# Contrast on the ground, and the lowest on any ground it can stand on.
FIGURES = {
    "paper": {
        "ink": (14.2, 12.3),
        "strong": (16.6, 14.4),
        "muted": (5.3, 4.6),
        "read": (5.3, 4.6),
        "accent": (7.3, 6.4),
        "link": (6.5, 5.6),
        "told_all": (5.4, 4.7),
        "only_here": (10.6, 9.1),
        "quote_differs": (5.5, 4.7),
        "figure_differs": (5.9, 5.1),
        "error": (5.9, 5.1),
        "star": (5.3, 4.6),
        "new": (5.5, 4.7),
        "thumb": (3.8, 3.3),
        "rule": (1.6, 1.4),
        "hit": (12.4, 12.4),
        "here": (8.7, 8.7),
    },
    "night": {
        "ink": (11.5, 9.6),
        "strong": (15.5, 12.9),
        "muted": (6.0, 5.0),
        "read": (5.6, 4.7),
        "accent": (8.4, 7.0),
        "link": (8.5, 7.1),
        "told_all": (7.6, 6.3),
        "only_here": (6.8, 5.6),
        "quote_differs": (11.4, 9.5),
        "figure_differs": (11.8, 9.9),
        "error": (7.3, 6.1),
        "star": (11.0, 9.2),
        "new": (7.7, 6.5),
        "thumb": (4.2, 3.5),
        "rule": (1.7, 1.4),
        "hit": (7.5, 7.5),
        "here": (9.0, 9.0),
    },
    "high contrast": {
        "ink": (21.0, 14.5),
        "strong": (21.0, 14.5),
        "muted": (13.6, 9.4),
        "read": (8.8, 6.1),
        "accent": (19.6, 13.5),
        "link": (13.1, 9.0),
        "told_all": (12.1, 8.4),
        "only_here": (9.9, 6.8),
        "quote_differs": (15.7, 10.8),
        "figure_differs": (11.5, 7.9),
        "error": (10.6, 7.3),
        "star": (15.1, 10.5),
        "new": (16.7, 11.5),
        "thumb": (21.0, 14.5),
        "rule": (6.1, 4.2),
        "hit": (19.6, 19.6),
        "here": (21.0, 21.0),
    },
}

# Machado, Oliveira and Fernandes 2009, severity 1: what linear red, green and blue become.
EYES = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}


def built_in(name: str) -> Theme:
    return named(name, [BUILT_IN])


def cielab(color: str, eye: str) -> tuple[float, float, float]:
    red, green, blue = (max(0.0, sum(a * b for a, b in zip(row, linear(color), strict=True))) for row in EYES[eye])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / "themes" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


PAPER = (BUILT_IN / "paper.yaml").read_text(encoding="utf-8")


def test_the_ten_themes_are_files_and_stand_light_ones_first() -> None:
    found, problems = themes([BUILT_IN])
    assert [(theme.name, theme.kind) for theme in found] == [
        ("paper", "light"),
        ("solarized light", "light"),
        ("color blind", "dark"),
        ("dracula", "dark"),
        ("gruvbox", "dark"),
        ("high contrast", "dark"),
        ("night", "dark"),
        ("nord", "dark"),
        ("monochrome", "either"),
        ("terminal 16", "either"),
    ]
    assert problems == []


@pytest.mark.parametrize("name", COLOURED)
def test_every_role_can_be_read_wherever_it_stands(name: str) -> None:
    ratios = contrast(built_in(name)).ratios
    assert {role for role, _ in ratios} == set(ROLES)
    low = {pair: value for pair, value in ratios.items() if value < ROLES[pair[0]].least}
    assert low == {}
    assert [role for role, entry in ROLES.items() if entry.least == ORNAMENT] == ["rule"]


@pytest.mark.parametrize("name", FIGURES)
def test_contrast_is_as_stated(name: str) -> None:
    ratios = contrast(built_in(name)).ratios
    for role, (on_ground, lowest) in FIGURES[name].items():
        found = {ground: value for (of, ground), value in ratios.items() if of == role}
        assert (round(found.get("ground", min(found.values())), 1), round(min(found.values()), 1)) == (on_ground, lowest), role


@pytest.mark.parametrize(("name", "text", "marks"), [("paper", 4.6, 4.7), ("night", 4.7, 5.6), ("high contrast", 6.1, 6.8)])
def test_the_lowest_contrast_is_told(name: str, text: float, marks: float) -> None:
    found = contrast(built_in(name))
    assert found.text is not None
    assert found.marks is not None
    assert (round(found.text, 1), round(found.marks, 1)) == (text, marks)


@pytest.mark.parametrize("name", ["terminal 16", "monochrome"])
def test_the_terminals_own_colors_have_no_contrast_to_tell(name: str) -> None:
    found = contrast(built_in(name))
    assert (found.ratios, found.text, found.marks) == ({}, None, None)


@pytest.mark.parametrize(
    ("name", "least"), [("paper", 21), ("night", 32), *((name, 25) for name in COLOURED if name not in ("paper", "night"))]
)
def test_marks_are_told_apart_by_any_eye(name: str, least: int) -> None:
    roles = built_in(name).roles
    nearest = min(
        sum((a - b) ** 2 for a, b in zip(cielab(roles[one][0], eye), cielab(roles[other][0], eye), strict=True)) ** 0.5
        for eye in EYES
        for one, other in combinations(MARKS, 2)
    )
    assert round(nearest) >= least


def test_ratio_runs_from_1_to_21() -> None:
    assert ratio("#ffffff", "#000000") == pytest.approx(21)
    assert ratio("#123456", "#123456") == pytest.approx(1)


def test_a_style_has_the_roles_color_and_the_grounds() -> None:
    style = built_in("paper").style("muted", "tint")
    assert style.color is not None
    assert style.bgcolor is not None
    assert (style.color.name, style.bgcolor.name, style.bold) == ("#6a6255", "#e9e1cf", False)


def test_a_style_is_made_once() -> None:
    theme = built_in("paper")
    assert theme.style("ink", "lit") is theme.style("ink", "lit")


def test_a_hit_brings_its_ground_along() -> None:
    style = built_in("paper").style("hit", "chosen")
    assert style.bgcolor is not None
    assert (style.bgcolor.name, style.bold) == ("#ffe08a", True)


@pytest.mark.parametrize("name", ["terminal 16", "monochrome"])
def test_without_colors_attributes_say_it(name: str) -> None:
    theme = built_in(name)
    assert theme.ansi
    assert theme.style("hit").reverse
    assert theme.style("here").reverse != theme.style("ink").reverse
    assert theme.style("here").bold
    assert theme.style("ink", "chosen").reverse
    assert not theme.style("hit", "chosen").reverse
    assert theme.style("read").dim
    assert theme.style("ink", "lit").bold


def test_the_terminals_sixteen_are_used_sparingly() -> None:
    theme = built_in("terminal 16")
    used = {role: color for role, (color, _) in theme.roles.items() if color != "default"}
    assert used == {"error": "bright_red", "figure_differs": "bright_red", "quote_differs": "magenta"}
    assert {color for color, _ in theme.grounds.values()} == {"default"}
    assert {color for color, _ in built_in("monochrome").roles.values()} == {"default"}


def test_variables_are_what_textual_takes() -> None:
    from textual.color import Color

    for theme in themes([BUILT_IN])[0]:
        variables = theme.variables()
        assert {"ground", "tint", "lit", "ink", "accent", "rule", "background", "hit-ground"} <= set(variables)
        for color in variables.values():
            Color.parse(color)
    assert built_in("paper").variables()["told-all"] == "#3f6b55"
    assert built_in("monochrome").variables()["ground"] == "ansi_default"


def test_a_role_left_out_takes_the_color_of_the_one_it_is_like(tmp_path: Path) -> None:
    assert built_in("paper").roles["words_differ"] == ("#14120f", ("bold", "underline"))
    theme = load(written(tmp_path, PAPER + '  outlet: "#102030 italic"\n  head: "#102030 plain"\n'))
    assert theme.roles["outlet"] == ("#102030", ("italic",))
    assert theme.roles["head"] == ("#102030", ())
    assert theme.roles["focus"] == theme.roles["accent"]


def test_a_readers_theme_takes_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    mine = written(tmp_path, PAPER.replace("#24211d", "#010203"), "paper.yaml").parent
    assert named("paper", [BUILT_IN, mine]).roles["ink"][0] == "#010203"
    found, _ = themes([BUILT_IN, mine])
    assert [theme.roles["ink"][0] for theme in found if theme.name == "paper"] == ["#010203"]


def test_a_name_may_be_written_with_dashes_or_blanks() -> None:
    assert built_in("high-contrast").name == built_in("high contrast").name == "high contrast"


def test_a_name_nobody_has() -> None:
    with pytest.raises(ThemeError, match="there is no theme “dusk”; using paper"):
        built_in("dusk")


def test_a_folder_that_is_not_there_has_no_themes(tmp_path: Path) -> None:
    assert themes([tmp_path / "none"]) == ([], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PAPER.replace('"#f6f1e6"', '"#12345"'), "themes/mine.yaml, line 4: “#12345” is not a color"),
        (PAPER.replace('"#f6f1e6"', "chartreuse"), "line 4: “chartreuse” is not a color"),
        (
            PAPER.replace('"#f6f1e6"', "#f6f1e6"),
            "line 4: “ground” has no color; quote colors that start with #",
        ),
        (PAPER.replace("  ground:", "  sky:"), "line 4: unknown ground “sky”; use ground, tint, lit, chosen, hit, here"),
        (PAPER.replace("  ink:", "  inc:"), "line 10: unknown role “inc”; use ink, strong,"),
        (PAPER.replace('  ink: "#24211d"\n', ""), "line 10: role “ink” is missing"),
        (PAPER.replace('  tint: "#e9e1cf"\n', ""), "line 4: ground “tint” is missing"),
        (PAPER + '  ink: "#24211d"\n', "line 27: “ink” appears twice"),
        (PAPER + "  made: default blinking\n", "line 27: “blinking” is not an attribute; use bold, italic,"),
        (PAPER + "  made: [a, b]\n", "line 27: “made” needs a color and attributes on one line"),
        (PAPER.replace("kind: light", "kind: dusky"), "line 2: kind must be light, dark or either"),
        (PAPER.replace("kind: light", "kind: {a: b}"), "line 2: kind must be light, dark or either"),
        (PAPER.replace("kind: light\n", ""), "line 1: kind is missing"),
        ("css: x\n" + PAPER, "line 1: unknown key “css”; use kind, grounds and roles"),
        ("", "line 1: a theme must map names to values"),
        ("- a\n- b\n", "line 1: a theme must map names to values"),
        ("kind: light\nroles: light\ngrounds: {}\n", "line 3: ground “ground” is missing"),
        ("a: b: c", "line 1: invalid YAML"),
        ("\x00", "line 1: not a YAML file in UTF-8"),
        ("[" * 30000, "line 1: too deeply nested for a theme"),
        ("!!python/object/apply:os.system ['true']", "line 1: a theme must map names to values"),
        ("a: &a [*a, *a]\n", "line 1: unknown key “a”"),
        ('"\\e]0;x\\a": 1', "line 1: unknown key “�]0;x�”"),
        ("#" * (LARGEST + 1), "themes/mine.yaml is larger than 64 KB, the maximum for a theme; using paper"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ThemeError) as caught:
        load(written(tmp_path, text))
    assert said in str(caught.value)


def test_a_bad_file_does_not_keep_the_others_away(tmp_path: Path) -> None:
    bad = written(tmp_path, "kind: light").parent
    found, problems = themes([BUILT_IN, bad])
    assert len(found) == 10
    assert problems == ["themes/mine.yaml, line 1: grounds is missing; theme skipped"]


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(ThemeError, match="is not a file"):
        load(tmp_path / "pipe.yaml")
    with pytest.raises(ThemeError, match="is not a valid theme name"):
        load(tmp_path / "a\x1b[2J.yaml")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("kind: light # für\n".encode("latin-1"))
    with pytest.raises(ThemeError, match="not a YAML file in UTF-8"):
        load(latin)


def example() -> str:
    """The example of the documentation."""
    text = (BUILT_IN.parent / "docs" / "themes.md").read_text(encoding="utf-8")
    return re.sub(r"(?m)^    ", "", re.findall(r"(?m)(?:^    .*\n)+", text)[0])


def test_the_example_of_the_documentation_is_a_theme(tmp_path: Path) -> None:
    theme = load(written(tmp_path, example()))
    assert theme.kind == "dark"
    assert min(value for (role, _), value in contrast(theme).ratios.items() if ROLES[role].least >= 4.5) >= 4.5


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_example_is_refused_at_its_line(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    lines = example().splitlines()
    at = chance.choice([number for number, line in enumerate(lines) if line.partition("#")[0].strip() and not line.endswith(":")])
    key, _, value = lines[at].partition(": ")
    damage = chance.choice([f"{key}q: {value}", f"{key}: zz", f"{key}: {{a: b}}", f"{key}:", f"{key}: {value}\n{key}: {value}"])
    with pytest.raises(ThemeError) as caught:
        load(written(tmp_path, "\n".join([*lines[:at], damage, *lines[at + 1 :]])))
    assert f"line {at + 1 + damage.count(chr(10))}:" in caught.value.problem
