"""What stands between quotation marks."""

from __future__ import annotations

import pytest

from reader.text.quotations import quotations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said: “We go now.” Then: “No.”", ["We go now.", "No."]),
        ('He said "We go now" and "No."', ["We go now", "No."]),
        ("« Nous partons », dit-elle.", ["Nous partons"]),
        ("„Wir gehen“, sagte er.", ["Wir gehen"]),
        ("‘We don’t go,’ they wrote.", ["We don’t go,"]),
        ("It’s the boats’ fault.", []),
        ("“This goes on in the next paragraph.", ["This goes on in the next paragraph."]),
        ("“He said ‘no’ to me.”", ["He said ‘no’ to me."]),
        ("Nothing is quoted.", []),
        ('“” and ""', []),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    assert quotations(text) == found
