"""Completions for the shells, made from the table of commands."""

from __future__ import annotations

from collections.abc import Mapping

_BASH = """\
_newsloom() {{
    local word=${{COMP_WORDS[COMP_CWORD]}}
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "{options}" -- "$word"))
    else
        COMPREPLY=($(compgen -f -- "$word"))
        [[ $COMP_CWORD == 1 ]] && COMPREPLY+=($(compgen -W "{names}" -- "$word"))
    fi
}}
complete -o filenames -F _newsloom newsloom
"""

_ZSH = """\
#compdef newsloom
local -a commands=(
{rows}
)
if (( CURRENT == 2 )); then
    _describe command commands
fi
_arguments '*:file:_files' {options}
"""


def script(shell: str, commands: Mapping[str, str], options: Mapping[str, str]) -> str:
    """The script that teaches `shell` (bash, zsh or fish) these commands and options, given with their lines of help."""
    if shell == "bash":
        return _BASH.format(names=" ".join(commands), options=" ".join(options))
    if shell == "zsh":
        rows = "\n".join(f"    '{name}:{_bare(help)}'" for name, help in commands.items())
        return _ZSH.format(rows=rows, options=" ".join(f"'{name}[{_bare(help)}]'" for name, help in options.items()))
    lines = [f"complete -c newsloom -n __fish_use_subcommand -a {name} -d '{_bare(help)}'" for name, help in commands.items()]
    lines += [f"complete -c newsloom -l {name.removeprefix('--')} -d '{_bare(help)}'" for name, help in options.items()]
    return "\n".join(lines) + "\n"


def _bare(help: str) -> str:
    """A line of help without the characters that quoting and zsh's lists take for their own."""
    return help.translate(str.maketrans("", "", "'[]\\:`$"))
