"""Corrections as YAML, for backup or for another library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

from reader.errors import CorrectionError
from reader.models import Correction, CorrectionKind
from reader.text.yaml_nodes import plain

_MAX_CHARACTERS = 32 * 1024 * 1024
"""Maximum length of a file in characters."""
_MAX_STORIES = 2_000_000
"""Maximum number of story references in a file."""
_SIDES = {"merge": (1, _MAX_STORIES), "split": (1, 1), "move": (2, 2), "apart": (2, 2)}
"""Minimum and maximum number of lists in `others` by kind; none for other kinds."""
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_EXAMPLE = "newsloom correct export writes such a list"


def write(log: Sequence[Correction], locators: Mapping[str, str]) -> str:
    """Write corrections as YAML, with locators in place of story ids."""
    import yaml

    def located(stories: Sequence[str]) -> list[str]:
        return [locators.get(story, story) for story in stories]

    rows = [
        {
            "kind": correction.kind,
            "at": correction.at,
            "message": list(correction.message),
            **({"text": correction.text} if correction.text else {}),
            "stories": located(correction.stories),
            **({"others": [located(side) for side in correction.others]} if correction.others else {}),
        }
        for correction in log
    ]
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(rows, Dumper=dumper, sort_keys=False, allow_unicode=True, width=1000)) if rows else "[]\n"


def read(text: str, source: str) -> list[Correction]:
    """Parse corrections, with stories given by locators; `source` names the file in errors.

    Raises:
        CorrectionError: the text is not such a file; the error names the entry and the remedy.
    """
    if len(text) > _MAX_CHARACTERS:
        raise CorrectionError(f"{source}: more than {_MAX_CHARACTERS >> 20} MB; {_EXAMPLE}")
    rows = plain(text, source, CorrectionError, _EXAMPLE)
    if not isinstance(rows, list):
        raise CorrectionError(f"{source}: not a list of corrections; {_EXAMPLE}")
    found, named = [], 0
    for number, row in enumerate(rows, 1):
        found.append(_correction(row, f"{source}, entry {number}"))
        named += len(found[-1].stories) + sum(map(len, found[-1].others))
        if named > _MAX_STORIES:
            raise CorrectionError(f"{source}: names more than {_MAX_STORIES:,} stories; {_EXAMPLE}")
    return found


def _correction(row: object, where: str) -> Correction:
    """Parse one entry; raises as `read` does."""
    from reader.text.sanitize import clean_line

    fields = {str(name): value for name, value in row.items()} if isinstance(row, dict) else {}
    kind = next((kind for kind in get_args(CorrectionKind) if kind == fields.get("kind")), None)
    if kind is None:
        raise CorrectionError(f"{where}: unknown kind; use one of {', '.join(get_args(CorrectionKind))}; {_EXAMPLE}")
    texts = [fields.get(name, "") for name in ("at", "text")]
    message = fields.get("message", ["text", fields["said"]] if "said" in fields else [])
    sides = fields.get("others", [])
    least, most = _SIDES.get(kind, (0, 0))
    if (
        not all(isinstance(text, str) for text in texts)
        or not _is_list_of_texts(message)
        or not isinstance(sides, list)
        or not least <= len(sides) <= most
    ):
        raise CorrectionError(f"{where}: has the wrong fields for a correction of the kind “{kind}”; {_EXAMPLE}")
    at, text = map(clean_line, texts)
    try:
        datetime.strptime(at, _TIME)
    except ValueError as error:
        raise CorrectionError(f"{where}: “{at}” is not a time such as 2018-12-21T09:30:00Z; {_EXAMPLE}") from error
    stories, *others = [_stories(side, where) for side in (fields.get("stories"), *sides)]
    if (kind == "apart" and len(others[0]) != 2) or not (stories or kind == "apart"):
        raise CorrectionError(f"{where}: names too few stories; {_EXAMPLE}")
    return Correction(
        number=0, kind=kind, stories=stories, others=tuple(others), text=text, message=tuple(map(clean_line, message)), at=at
    )


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _stories(side: Any, where: str) -> tuple[str, ...]:
    """Parse a list of locators; raises as `read` does."""
    if not _is_list_of_texts(side):
        raise CorrectionError(f"{where}: its stories are not a list of addresses; {_EXAMPLE}")
    return tuple(dict.fromkeys(side))
