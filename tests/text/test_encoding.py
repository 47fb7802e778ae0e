"""Decoding of bytes to text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.encoding import charset, decode, is_binary

FRENCH = "Le ministre a annoncé mercredi que l’armée se retirait : “Nous sommes prêts”, a-t-il déclaré à l’été. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_western_encodings_are_decoded(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Министр обороны заявил в среду, что войска будут выведены из страны в течение месяца. " * 2, "cp1251"),
        ("Министр обороны заявил в среду, что войска будут выведены из страны в течение месяца. " * 2, "koi8-r"),
        ("日本の首相は水曜日に会見した。" * 5, "shift_jis"),
        ("Zażółć gęślą jaźń. Prezydent powiedział wczoraj, że rząd przyjmie ustawę o państwie. " * 3, "cp1250"),
    ],
)
def test_encodings_of_other_scripts_are_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_short_text_is_decoded_as_western() -> None:
    assert decode(b"caf\xe9") == "café"
    assert decode("He said “yes” – it’s £5.".encode("cp1252")) == "He said “yes” – it’s £5."


def test_byte_order_mark_declaration_and_detection_apply_in_this_order() -> None:
    assert decode(codecs.BOM_UTF8 + "é".encode(), "cp1251") == "é"
    assert decode("я".encode("koi8-r"), "KOI8-R") == "я"
    assert decode(b"\x93x\x94", "iso-8859-1") == "“x”"


@pytest.mark.parametrize("declared", ["bogus", "base64", "", "rot13", "utf-8"])
def test_a_wrong_declaration_is_ignored(declared: str) -> None:
    assert decode(b"it\x92s", declared) == "it’s"


def test_text_truncated_within_a_character_stays_utf_8() -> None:
    assert decode("naïve – “x” café".encode() + b"\xe2\x80") == "naïve – “x” café\ufffd"


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "utf-16", "cp1252"]))
def test_any_bytes_are_decoded(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared), str)


def test_binary_data_is_distinguished_from_utf_16() -> None:
    assert is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0")
    assert is_binary(bytes(range(1, 8)) * 100)
    assert not is_binary("wide text".encode("utf-16-le"))
    assert not is_binary("wide text".encode("utf-32"))
    assert not is_binary(b"plain \x1b[31m text\r\n")


@pytest.mark.parametrize(
    ("declaration", "name"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html;Charset = 'KOI8-R'; x=y", "KOI8-R"),
        ('<meta charset="windows-1252">', "windows-1252"),
        ("text/html", None),
        ("text/html; charset=", None),
        (None, None),
    ],
)
def test_a_declaration_names_its_encoding(declaration: str | None, name: str | None) -> None:
    assert charset(declaration) == name
