"""Dates in text, and the time of a story that states none."""

from __future__ import annotations

from datetime import date

import pytest

from reader.text.dates import day_number, estimate, find_dates


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("23:09  07 january  2020", "2020-01-07T23:09"),
        ("Dec. 21, 2018, 10:30 PM EST", "2018-12-21T22:30"),
        ("2018-12-21T15:04:05Z", "2018-12-21T15:04"),
        ("Published: 21st of December, 2018 at 9.05am", "2018-12-21T09:05"),
        ("Updated December 21, 2018", "2018-12-21"),
        ("21-Dec-2018", "2018-12-21"),
        ("2018/12/21", "2018-12-21"),
        ("25/12/2018", "2018-12-25"),
        ("12/25/2018", "2018-12-25"),
        ("9/8/2015 10:30 AM", "2015-09-08T10:30"),
        ("05/26/22 4:20pm", "2022-05-26T16:20"),
        ("Jan 6, 2020 | 5 p.m.", "2020-01-06T17:00"),
        ("10:15 am, Sep 3, 2019", "2019-09-03T10:15"),
        ("Sat, 22 Dec 2018 00:05:00 +0000", "2018-12-22T00:05"),
        ("Jane DoeDec. 18, 2023 9:00 am EST", "2023-12-18T09:00"),
        ("December 22, 20233:00 AM ET", "2023-12-22T03:00"),
        ("12:00 am Dec 1 2019", "2019-12-01T00:00"),
    ],
)
def test_a_full_date_is_read(text: str, time: str) -> None:
    assert [found.time for found in find_dates(text)] == [time]


@pytest.mark.parametrize(
    "text",
    ["Thursday", "April 9", "May 2018", "31 April 2018", "20181221", "1.5.2.2018", "version 2.10.1", "24/7", "2018", "99/99/2018"],
)
def test_no_date_is_invented(text: str) -> None:
    assert find_dates(text) == []


def test_ambiguous_dates_have_a_second_reading() -> None:
    (found,) = find_dates("9/8/2015")
    assert (found.time, found.other) == ("2015-08-09", "2015-09-08")
    (same,) = find_dates("8/8/2015")
    assert same.other is None


def test_dates_are_found_in_order_with_their_spans() -> None:
    text = "on April 19, 1995, and again on 3 May 2001"
    assert [(found.day, text[found.start : found.end]) for found in find_dates(text)] == [
        ("1995-04-19", "April 19, 1995"),
        ("2001-05-03", "3 May 2001"),
    ]


def test_a_score_is_not_a_time_of_day() -> None:
    assert [found.time for found in find_dates("They won 3-1 on Dec 1, 2019; attendance 54,210")] == ["2019-12-01"]


def test_days_are_counted_from_1970() -> None:
    assert day_number("1970-01-02") == 1.0
    assert day_number("2018-12-21T12:00") == 17886.5
    with pytest.raises(ValueError, match="Expected 4 digits"):
        day_number("yesterday")


@pytest.mark.parametrize(
    ("text", "anchor", "time"),
    [
        ("He resigned on Thursday afternoon.", "2018-12-21", "2018-12-20"),
        ("On Wednesday, it was announced. On Saturday, another had resigned.", "2018-12-21", "2018-12-22"),
        ("The interview was released on April 9. Last December, he made a decision.", "2018-12-22", "2019-04-09"),
        ("The interview was released on April 9.", "2019-04-11T10:00", "2019-04-09"),
        ("It happened on January 2.", "2018-12-30", "2019-01-02"),
        ("It was said on 3 March and again on 5 March.", "2019-03-04", "2019-03-05"),
        ("It was filed on December 20, 2018.", "2018-12-22", "2018-12-20"),
    ],
)
def test_an_undated_story_is_dated_by_its_text(text: str, anchor: str, time: str) -> None:
    made = estimate([text], anchor)
    assert made.time == time
    assert anchor[:10] in made.why
    assert 0 < made.sure < 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Nothing is said of days.",
        "It will be decided on Sunday.",
        "They meet every Friday.",
        "The vote is due by Saturday.",
        "On April 19, 1995, a bomb went off.",
        "It may 5 times.",
    ],
)
def test_future_and_recurring_dates_are_ignored(text: str) -> None:
    made = estimate([text], "2018-12-19")
    assert (made.time, made.sure) == ("2018-12-19", 0.3)


def test_an_estimate_far_from_its_anchor_has_lower_confidence() -> None:
    near, far = (estimate(["It was released on April 9."], anchor) for anchor in ("2019-04-10", "2019-01-10"))
    assert far.sure < near.sure


def test_an_invalid_anchor_raises_an_error() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        estimate(["Thursday"], "soon-ish…!")


@pytest.mark.parametrize("unit", ["1 ", "Jan ", "1.", "Jan 1 ", "2018-", "10:30 ", "1/1/", "by Monday "])
def test_long_runs_of_partial_dates_are_processed(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert find_dates(text) == []
    assert estimate([text], "2018-12-21").time


DAYS = [date(2026, month, 1 + 5 * number) for month in range(1, 13) for number in range(3)]
NAMES = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
LINES = {
    "de": ("{day}. {name} 2026", "Montag, {day}. {name} 2026", "Stand: {day:02}.{month:02}.2026, 10:30 Uhr"),
    "fr": ("le {day} {name} 2026", "Publié le {day} {name} 2026 à 10h30", "mis à jour le {day:02}.{month:02}.2026"),
    "es": ("{day} de {name} de 2026", "Publicado el {day} de {name} de 2026", "{day} {name} 2026"),
    "it": ("{day} {name} 2026", "Pubblicato il {day} {name} 2026", "{day} {name} 2026, ore 10:30"),
    "pt": ("{day} de {name} de 2026", "Publicado em {day} de {name} de 2026", "{day} {name} 2026"),
    "nl": ("{day} {name} 2026", "Gepubliceerd op {day} {name} 2026 om 10:30", "{day:02}.{month:02}.2026"),
    "pl": ("{day} {name} 2026", "Opublikowano {day} {name} 2026 r.", "{day:02}.{month:02}.2026"),
    "ru": ("{day} {name} 2026 г.", "Опубликовано {day} {name} 2026 года", "{day:02}.{month:02}.2026"),
    "zh": ("2026年{month}月{day}日", "发布时间：2026年{month:02}月{day:02}日 10:30", "2026 年 {month} 月 {day} 日"),
    "ja": ("2026年{month}月{day}日", "公開日：2026年{month}月{day}日 10時30分", "2026年{month}月{day}日(月)"),
    "ko": ("2026년 {month}월 {day}일", "2026년{month}월{day}일 10:30", "입력 2026년 {month}월 {day}일"),
}


@pytest.mark.parametrize("language", LINES)
def test_dates_of_other_languages_are_read_or_not_but_never_wrong(language: str) -> None:
    names = NAMES.get(language, "").split() or [""] * 12
    asked = [
        (day, pattern.format(day=day.day, month=day.month, name=names[day.month - 1]))
        for day in DAYS
        for pattern in LINES[language]
    ]
    found = [(day, [each.day for each in find_dates(text)], text) for day, text in asked]
    wrong = [text for day, days, text in found if days not in ([], [day.isoformat()])]
    missed = [text for _, days, text in found if not days]
    assert wrong == []
    assert len(missed) <= len(asked) / 12, missed


def test_a_month_that_languages_understand_differently_is_not_read() -> None:
    assert find_dates("28 listopada 2026") == []


@pytest.mark.parametrize("text", ["28 Norhavn 2026", "3 de 4 de 2026", "28 der 2026", "12 vom 2026", "2026年13月40日"])
def test_words_that_are_no_months_make_no_date(text: str) -> None:
    assert find_dates(text) == []
