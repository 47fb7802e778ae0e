"""The commands about the program itself: `themes`, `keys`, `settings`, `where`, `check` and `man`."""

from __future__ import annotations

import argparse

from reader.cli.context import open_library
from reader.cli.exit import ExitCode, print_message
from reader.cli.output import print_json
from reader.paths import places, shipped


def run_themes(options: argparse.Namespace) -> int:
    """List the themes, the user's own included, with their lowest contrast; problems go to standard error."""
    from reader.tui.theming.contrast import contrast
    from reader.tui.theming.theme import themes

    usable, problems = themes([shipped("themes"), places(options.library).themes])
    for theme in usable:
        lowest = contrast(theme).text
        if options.json:
            print_json(name=theme.name, kind=theme.kind, contrast=lowest and round(lowest, 1))
        else:
            print(f"{theme.name:<20}{theme.kind:<8}{f'lowest contrast {lowest:.1f}' if lowest else 'terminal colors'}")
    for problem in problems:
        print_message(problem)
    return ExitCode.PARTIAL if problems else ExitCode.DONE


def run_keys(options: argparse.Namespace) -> int:
    """Print the key bindings, with the user's own keys; raises SettingsError for mistakes in them."""
    from reader.tui.commands.key_file import load_keys
    from reader.tui.commands.registry import COMMANDS, rows

    table = load_keys(places(options.library).keys, COMMANDS)
    if options.json:
        for command in table:
            print_json(id=command.id, keys=command.keys, group=command.group, help=command.help, context=command.context)
        return ExitCode.DONE
    width = max(len(row.keys) for _, lines in rows(table) for row in lines) + 2
    for at, (group, lines) in enumerate(rows(table)):
        print(f"\n{group}" if at else group)
        for row in lines:
            print(f"  {row.keys:<{width}}{row.words}")
    return ExitCode.DONE


def run_settings(options: argparse.Namespace) -> int:
    """Print the settings in use, or an example with every setting; raises SettingsError for mistakes in the file."""
    from reader.settings import SETTINGS, Settings, example, load_settings, setting_line

    if options.example:
        print(example(), end="")
        return ExitCode.DONE
    settings, default = load_settings(places(options.library).settings), Settings()
    for name, setting in SETTINGS.items():
        value = getattr(settings, name)
        if options.json:
            print_json(name=name, value=value, default=getattr(default, name), about=setting.about)
        else:
            changed = "" if value == getattr(default, name) else f"  (default {setting_line(name).partition(': ')[2]})"
            print(f"{setting_line(name, settings)}{changed}")
    return ExitCode.DONE


def run_where(options: argparse.Namespace) -> int:
    """Print where the library, the user's lists, the settings and the themes are kept."""
    found = places(options.library)
    paths = {name: getattr(found, name) for name in ("library", "followed", "searches", "settings", "keys", "themes")}
    if options.json:
        print_json(**{name: str(path) for name, path in paths.items()})
        return ExitCode.DONE
    for name, path in paths.items():
        print(f"{name:<10}{path}")
    return ExitCode.DONE


def run_check(options: argparse.Namespace) -> int:
    """Check that index, threads and stories agree, and repair what does not."""
    with open_library(options) as library:
        if options.rebuild:
            from reader.cli.progress import Progress, interruptible

            with interruptible() as interrupted, Progress() as progress:
                library.synchronizer.rebuild_threads(watch=progress, cancelled=interrupted)
            if interrupted():
                return ExitCode.INTERRUPTED
        report = library.synchronizer.check()
        for line in report.lines:
            print(line)
    return ExitCode.DONE if report.sound else ExitCode.PARTIAL


def run_man(options: argparse.Namespace) -> int:
    """Print the manual page."""
    print(page(), end="")
    return ExitCode.DONE


def page() -> str:
    """The manual page, with the default keys."""
    from reader.cli.manual import manual_page
    from reader.cli.parser import COMMANDS, OPEN, OPTIONS
    from reader.settings import SETTINGS
    from reader.tui.commands import registry

    keys = [(row.keys, row.words) for _, group in registry.rows(registry.COMMANDS) for row in group]
    return manual_page(OPEN, COMMANDS, OPTIONS, {name: setting.about for name, setting in SETTINGS.items()}, keys)
