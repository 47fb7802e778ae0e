"""The reader's corrections as a list in YAML, to keep or to hand to another library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

from reader.errors import CorrectionError
from reader.models import Correction, CorrectionKind

_LARGEST = 32 * 1024 * 1024
"""Characters of a list."""
_MOST = 2_000_000
"""Stories named in a list, each as often as it is."""
_SIDES = {"merge": (1, _MOST), "split": (1, 1), "move": (2, 2), "apart": (2, 2)}
"""How many lists of other stories a kind has, least and most; none of them where it is not named here."""
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_EXAMPLE = "newsloom correct export writes such a list"


def write(log: Sequence[Correction], places: Mapping[str, str]) -> str:
    """Corrections as YAML, stories by their places; one that is not here by what it was known by."""
    import yaml

    def told(stories: Sequence[str]) -> list[str]:
        return [places.get(story, story) for story in stories]

    rows = [
        {
            "kind": word.kind,
            "at": word.at,
            "message": list(word.message),
            **({"text": word.text} if word.text else {}),
            "stories": told(word.stories),
            **({"others": [told(side) for side in word.others]} if word.others else {}),
        }
        for word in log
    ]
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(rows, Dumper=dumper, sort_keys=False, allow_unicode=True, width=1000)) if rows else "[]\n"


def read(text: str, source: str) -> list[Correction]:
    """The corrections of a list, their stories by their places; `source` is named in errors.

    Raises:
        CorrectionError: the text is no such list; it says which entry, and what to do.
    """
    import yaml

    if len(text) > _LARGEST:
        raise CorrectionError(f"{source}: more than {_LARGEST >> 20} MB; {_EXAMPLE}")
    try:
        rows = yaml.load(text, Loader=_loader())  # noqa: S506 BaseLoader makes only text, lists and maps
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise CorrectionError(f"{source}{line}: not YAML; {_EXAMPLE}") from error
    if not isinstance(rows, list):
        raise CorrectionError(f"{source}: not a list of corrections; {_EXAMPLE}")
    found, named = [], 0
    for number, row in enumerate(rows, 1):
        found.append(_correction(row, f"{source}, entry {number}"))
        named += len(found[-1].stories) + sum(map(len, found[-1].others))
        if named > _MOST:
            raise CorrectionError(f"{source}: names more than {_MOST:,} stories; {_EXAMPLE}")
    return found


def _loader() -> Any:
    """Return the base loader, in C if available; it makes only text, lists and maps, no dates, numbers or other objects."""
    import yaml

    base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return base


def _correction(row: object, where: str) -> Correction:
    """One entry; raises as `read` does."""
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
    """Stories by their places; raises as `read` does."""
    if not _is_list_of_texts(side):
        raise CorrectionError(f"{where}: its stories are not a list of addresses; {_EXAMPLE}")
    return tuple(dict.fromkeys(side))
