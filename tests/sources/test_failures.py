"""Codes of failures and their texts."""

from __future__ import annotations

import pytest

from reader.sources.failures import failure, texts


@pytest.mark.parametrize(
    ("code", "arguments", "why"),
    [
        ("http_403", (), "refused access (403)"),
        ("redirects", (5,), "redirects more than 5 times"),
        ("certificate", ("expired",), "has an invalid certificate (expired)"),
        (
            "redirect_to",
            ("http://10.0.0.1/", "private:10.0.0.1"),
            "redirects to http://10.0.0.1/, which points to this machine",
        ),
        ("password_command", ("news.example", "exit status 1"), "the password command for news.example failed (exit status 1)"),
    ],
)
def test_a_failure_keeps_its_code_and_is_rendered_from_it(code: str, arguments: tuple[object, ...], why: str) -> None:
    fault = failure("https://news.example/", code, *arguments)
    assert fault.why.startswith(why)
    assert texts(fault.code) == (fault.why, fault.remedy)


def test_text_stored_before_codes_existed_stays_readable() -> None:
    assert texts("the server does not let us in (403)", "look at it") == ("the server does not let us in (403)", "look at it")
