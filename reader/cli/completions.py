"""Completion scripts for bash, zsh and fish, made from the command table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_BASH = """\
_newsloom() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} own=
    case ${{COMP_WORDS[1]}} in
{cases}
    esac
    case ${{COMP_WORDS[COMP_CWORD-1]}} in
{values}
    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "{options} $own" -- "$word"))
    else
        COMPREPLY=($(compgen -f -- "$word"))
        if [[ $COMP_CWORD == 1 ]]; then
            COMPREPLY+=($(compgen -W "{names}" -- "$word"))
        else
            COMPREPLY+=($(compgen -W "$own" -- "$word"))
        fi
    fi
}}
complete -o filenames -F _newsloom newsloom
"""

_ZSH = """\
#compdef newsloom
local -a commands=(
{rows}
)
local -a own
case $words[2] in
{cases}
esac
case $words[CURRENT-1] in
{values}
esac
if (( CURRENT == 2 )); then
    _describe command commands
else
    compadd -a own
fi
_arguments '*:file:_files' {options}
"""


def completion_script(
    shell: str,
    commands: Mapping[str, tuple[str, Sequence[str]]],
    options: Mapping[str, str],
    values: Mapping[str, Sequence[str]],
) -> str:
    """The completion script of `shell` (bash, zsh or fish).

    `commands` maps a command to its help line and the words that may follow it, `options` an option to its help line, `values` an
    option to its choices.
    """
    own = {name: words for name, (_, words) in commands.items() if words}
    if shell == "bash":
        cases = "\n".join(f'        {name}) own="{" ".join(words)}" ;;' for name, words in own.items())
        choices = "\n".join(
            f'        {name}) COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$word")); return ;;' for name, words in values.items()
        )
        return _BASH.format(names=" ".join(commands), options=" ".join(options), cases=cases, values=choices)
    if shell == "zsh":
        rows = "\n".join(f"    '{name}:{_bare(help)}'" for name, (help, _) in commands.items())
        cases = "\n".join(f"    {name}) own=({' '.join(words)}) ;;" for name, words in own.items())
        choices = "\n".join(f"    {name}) compadd {' '.join(words)}; return ;;" for name, words in values.items())
        described = " ".join(f"'{name}[{_bare(help)}]'" for name, help in options.items())
        return _ZSH.format(rows=rows, cases=cases, values=choices, options=described)
    lines = [f"complete -c newsloom -n __fish_use_subcommand -a {name} -d '{_bare(help)}'" for name, (help, _) in commands.items()]
    lines += [f"complete -c newsloom -n '__fish_seen_subcommand_from {name}' -a '{' '.join(words)}'" for name, words in own.items()]
    lines += [f"complete -c newsloom -l {name.removeprefix('--')} -d '{_bare(help)}'" for name, help in options.items()]
    lines += [f"complete -c newsloom -l {name.removeprefix('--')} -x -a '{' '.join(words)}'" for name, words in values.items()]
    return "\n".join(lines) + "\n"


def _bare(help: str) -> str:
    """A help line without the characters that are special in quotes and in zsh's lists."""
    return help.translate(str.maketrans("", "", "'[]\\:`$"))
