"""Mails of newsletters to stories."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from reader.errors import SourceError
from reader.extraction.email import read_mail
from reader.models import Story

FIRST = "The quick brown fox jumped over the lazy dog in the café, and nobody was looking at it at the time, police said."
SECOND = "The dog did not wake up, its owner told reporters, and will be asked about the fox after its breakfast."
TEXT = f"{FIRST}\n\n{SECOND}\n"
HTML = f"<html><body><table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table></body></html>"
HEAD = "From: The Kennel <news@kennel.example>\nSubject: Fox jumps over dog\nDate: Fri, 21 Dec 2018 23:30:00 -0500\n"


def story(data: bytes | str) -> Story:
    return read_mail(data.encode() if isinstance(data, str) else data, source="fox.eml", address="/fox.eml")


def letter(text: str | None = TEXT, html: str | None = HTML) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "The Kennel <news@kennel.example>"
    mail["Subject"] = "Fox jumps over “dog” – café"
    mail["Date"] = "Fri, 21 Dec 2018 23:30:00 -0500"
    if text is not None:
        mail.set_content(text, cte="base64")
    if html is not None and text is not None:
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
    return mail


def test_subject_sender_and_date_are_headline_outlet_and_time() -> None:
    found = story(letter().as_bytes())
    assert (found.title.value, found.title_made) == ("Fox jumps over “dog” – café", False)
    assert found.outlet.value == "The Kennel"
    assert found.published.value == "2018-12-22T04:30Z"
    assert found.body == (FIRST, SECOND)
    assert (found.source, found.address) == ("fox.eml", "/fox.eml")


def test_the_page_counts_for_more_than_the_text_unless_it_holds_nothing() -> None:
    other = "Another quite different text stands in the plain part of this mail, and it is as long as a sentence is."
    assert story(letter(text=other).as_bytes()).body == (FIRST, SECOND)
    assert story(letter(html="<html><body><img src='https://kennel.example/x'></body></html>").as_bytes()).body == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("encoding", "transfer"), [("iso-8859-1", "quoted-printable"), ("utf-8", "base64"), ("utf-16", "base64"), ("x-unknown", "8bit")]
)
def test_text_in_any_encoding_is_read(encoding: str, transfer: str) -> None:
    data = TEXT.encode("utf-8" if encoding == "x-unknown" else encoding)
    encoders: dict[str, Callable[[bytes], bytes]] = {
        "base64": base64.encodebytes,
        "quoted-printable": quopri.encodestring,
        "8bit": bytes,
    }
    sent = encoders[transfer](data)
    head = f"{HEAD}Content-Type: text/plain; charset={encoding}\nContent-Transfer-Encoding: {transfer}\n\n"
    assert story(head.encode() + sent).body == (FIRST, SECOND)


def test_what_is_attached_is_left_alone() -> None:
    mail = letter(html=None)
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("Something that somebody else wrote stands in a mail that is attached to this one. " * 20)
    mail.add_attachment(inner)
    mail.add_attachment("Something that stands in a file that is attached to this mail. " * 20, filename="a.txt")
    mail.add_attachment(b"\0\1\2", maintype="application", subtype="octet-stream", filename="a.bin")
    assert story(mail.as_bytes()).body == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("field", "outlet"),
    [
        ("news@kennel.example", "kennel.example"),
        ("=?utf-8?q?Caf=C3=A9?= =?utf-8?b?IGRlIEzDqW9u?= <x@y.example>", "Café de Léon"),
        ('"Fox, Ann" <x@y.example>', "Fox, Ann"),
        ("=?utf-8?b?a?= <x@y.example>", "=?utf-8?b?a?="),
        ("=?nosuch?q?Fox?= <x@y.example>", "Fox"),
        ("Fox\x1b[31m\u202e <x@y.example>", "Fox"),
        ("", None),
    ],
)
def test_the_sender_is_the_outlet(field: str, outlet: str | None) -> None:
    assert story(f"From: {field}\nSubject: Fox\n\n{TEXT}").outlet.value == outlet


def test_the_subject_of_a_forwarded_mail_is_the_headline() -> None:
    assert story(f"From: a@b.example\nSubject: Fwd: RE: Fox jumps\n\n{TEXT}").title.value == "Fox jumps"


def test_a_mail_without_subject_and_date_states_none() -> None:
    found = story(f"From: a@b.example\nDate: some day\n\n{TEXT}")
    assert found.title_made
    assert found.published.value is None


def test_a_page_saved_as_one_file_is_read_as_the_page() -> None:
    head = "From: <Saved by Browser>\nSnapshot-Content-Location: https://example.org/fox\nSubject: Fox - The Kennel\n"
    html = f"<html><body><h1>Quick fox jumps over dog</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    found = story(
        f'{head}Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n'
    )
    assert (found.title.value, found.url, found.outlet.value) == (
        "Quick fox jumps over dog",
        "https://example.org/fox",
        "example.org",
    )


def test_a_mail_in_a_mailbox_is_read() -> None:
    assert story(f"From news@kennel.example Fri Dec 21 23:30:00 2018\n{HEAD}\n{TEXT}").title.value == "Fox jumps over dog"


@pytest.mark.parametrize(
    "mail",
    [
        HEAD + "\n",
        HEAD + "\nok\n",
        HEAD + "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n!!!!\n",
        HEAD + 'Content-Type: multipart/mixed; boundary="b"\n\n--b\n',
        HEAD + "Content-Type: text/html\n\n<html><body><img src=x></body></html>",
        HEAD + "Content-Type: " + "x" * 100_000 + "\n\n",
        HEAD + "".join(f'Content-Type: multipart/mixed; boundary="{depth}"\n\n--{depth}\n' for depth in range(2000)),
        HEAD + "Content-Type: message/rfc822\n\n" * 2000,
    ],
)
def test_a_mail_without_a_story_is_refused_with_a_reason(mail: str) -> None:
    with pytest.raises(SourceError) as caught:
        story(mail)
    assert caught.value.source == "fox.eml"
    assert caught.value.why
    assert caught.value.remedy


@pytest.mark.parametrize(
    "field",
    [
        "Subject: " + "=?utf-8?q?a?= " * 100_000,
        "Subject: " + "=?" * 100_000,
        "Date: " + "9" * 100_000,
        "From: " + "<" * 100_000,
        "From: " + '"\\' * 100_000,
        "From: " + "(" * 100_000,
        "X: y\n" * 100_000 + "X: y",
        "Content-Type: text/plain; " + "; ".join(f"a*{number}*=b" for number in range(1000)),
        "Content-Type: text/plain; charset=" + "utf-8\x1b" * 1000,
        "Content-Transfer-Encoding: x-uuencode",
        "no field at all",
    ],
)
def test_hostile_fields_leave_the_text_as_it_is(field: str) -> None:
    found = story(f"{HEAD}{field}\n\n{TEXT}")
    assert found.body[-1] == SECOND
    assert "\x1b" not in repr((found.title, found.outlet, found.published))
