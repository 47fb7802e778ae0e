"""The systemd units and the cron line in docs/ use the command line correctly."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

from reader.cli.commands import refresh
from reader.cli.exit import ExitCode
from reader.cli.parser import parse

DOCS = Path(__file__).resolve().parent.parent / "docs"


def unit(name: str) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parsed.optionxform = str  # type: ignore[assignment]
    parsed.read_string((DOCS / name).read_text(encoding="utf-8"))
    return parsed


def test_the_service_refreshes_what_is_due() -> None:
    service = unit("newsloom.service")["Service"]
    program, *arguments = shlex.split(service["ExecStart"])
    _, command, options = parse(arguments)
    assert Path(program).name == "newsloom"
    assert command.run is refresh.run_refresh
    assert options.due
    assert [int(code) for code in service["SuccessExitStatus"].split()] == [ExitCode.PARTIAL, ExitCode.INTERRUPTED]


def test_the_timer_is_the_services() -> None:
    timer = unit("newsloom.timer")
    assert "Unit" not in timer["Timer"], "a timer starts the service of its own name"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_the_line_for_cron_refreshes_what_is_due() -> None:
    line = re.search(r"^ +(?:\S+ ){5} ?nice \S+newsloom\" (.+?) 2>>", (DOCS / "feeds.md").read_text(encoding="utf-8"), re.M)
    assert line
    _, command, options = parse(line[1].split())
    assert command.run is refresh.run_refresh
    assert options.due
