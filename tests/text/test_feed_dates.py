"""Dates in the formats and languages of feeds: read correctly or not at all."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from reader.text.feed_dates import feed_order, parse_stated, resolve_date

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta "
    "joulukuuta",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "sv": "jan feb mars apr maj juni juli aug sep okt nov dec",
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "ru": "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "tr": "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
}
WEEKDAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "de": "Mo Di Mi Do Fr Sa So",
    "fr": "lun. mar. mer. jeu. ven. sam. dim.",
    "es": "lun mar mié jue vie sáb dom",
    "pt": "seg ter qua qui sex sáb dom",
    "it": "lun mar mer gio ven sab dom",
    "nl": "ma di wo do vr za zo",
    "sv": "mån tis ons tors fre lör sön",
    "fi": "ma ti ke to pe la su",
    "ru": "пн вт ср чт пт сб вс",
    "pl": "pon wt śr czw pt sob nd",
    "tr": "Pzt Sal Çar Per Cum Cmt Paz",
}
ZONES = {"GMT": 0, "+0100": 60, "+05:30": 330, "-0800": -480, "CET": 60, "CEST": 120, "JST": 540, "IST": 330, "EST": -300, "Z": 0}

Form = Callable[[datetime, str, random.Random], tuple[str, str]]


def named(pattern: str, *, short: bool = False, timed: bool = True) -> Form:
    """A form with the name of the month; the result is the text and the expected time."""

    def made(when: datetime, language: str, chance: random.Random) -> tuple[str, str]:
        zone = chance.choice(list(ZONES)) if "{zone}" in pattern else ""
        names = (SHORT if short else MONTHS)[language].split()
        text = pattern.format(
            day=when.day,
            month=names[when.month - 1],
            year=when.year,
            weekday=WEEKDAYS[language].split()[when.weekday()],
            clock=f"{when:%H:%M}",
            seconds=f"{when:%H:%M}:07",
            half=f"{when:%I:%M %p}",
            zone=zone,
        )
        utc = when - timedelta(minutes=ZONES.get(zone, 0))
        return text, f"{utc:%Y-%m-%dT%H:%M}" if timed else f"{when:%Y-%m-%d}"

    return made


def numbers(pattern: str, *, timed: bool = True) -> Form:
    return lambda when, language, chance: (when.strftime(pattern), when.strftime("%Y-%m-%dT%H:%M" if timed else "%Y-%m-%d"))


def unix(when: datetime, language: str, chance: random.Random) -> tuple[str, str]:
    return str(int(when.timestamp())), f"{when:%Y-%m-%dT%H:%M}"


FORMS: list[Form] = [
    named("{weekday}, {day} {month} {year} {seconds} {zone}", short=True),
    named("{day} {month} {year} {clock}"),
    named("{day}. {month} {year}", timed=False),
    named("{weekday} {day} {month} {year}", timed=False),
    named("{month} {day}, {year}", timed=False),
    named("{month} {day}, {year} {half}", short=True),
    named("{weekday}, {day} {month} {year} {clock} {zone}"),
    named("{day} {month}, {year} {half} {zone}"),
    named("{day}-{month}-{year} {clock}", short=True),
    named("{year} {month} {day}", timed=False),
    named("{day} {month} {year}, {clock} ({weekday})", short=True),
    numbers("%Y-%m-%dT%H:%M:00Z"),
    numbers("%Y-%m-%d %H:%M"),
    numbers("%Y/%m/%d", timed=False),
    numbers("%d.%m.%Y %H:%M"),
    numbers("%d.%m.%Y", timed=False),
    numbers("%Y%m%dT%H%MZ"),
    numbers("%Y年%m月%d日 %H:%M"),
    numbers("%Y년 %m월 %d일", timed=False),
    unix,
]


def test_two_thousand_dates_of_twelve_languages_and_twenty_forms() -> None:
    chance = random.Random(15)
    read, wrong = 0, []
    for number in range(2000):
        language, form = list(MONTHS)[number % 12], FORMS[number // 12 % len(FORMS)]
        when = datetime(2003, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(23 * 365 * 24 * 60))
        text, expected = form(when, language, chance)
        stated = parse_stated(text, language)
        time = resolve_date(stated, None, NOW)[0] if stated else None
        read += time is not None
        wrong += [(text, time, expected)] if time and time.removesuffix("Z") != expected else []
    assert wrong == []
    assert read >= 1800


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Sat, 28 Nov 2026 24:00:00 GMT", "2026-11-29T00:00Z"),
        ("2026-11-28T24:00:00+01:00", "2026-11-28T23:00Z"),
        ("November 28th, 2026 at 3pm EST", "2026-11-28T20:00Z"),
        ("28 de noviembre de 2026 a las 10:30 a. m.", "2026-11-28T10:30"),
        ("2026年11月28日 下午3:05", "2026-11-28T15:05"),
        ("2026년 11월 28일 오후 3시 05분", "2026-11-28T15:05"),
        ("28 tháng 11, 2026 10:30", "2026-11-28T10:30"),
        ("Samstag, 28. November 2026, 10.30 Uhr", "2026-11-28T10:30"),
        ("٢٨ نوفمبر ٢٠٢٦", "2026-11-28"),
        ("mar., 3 mar. 2026 10h30", "2026-03-03T10:30"),
        ("1795860000000", "2026-11-28T10:00Z"),
        ("28-Nov-26", "2026-11-28"),
        ("2026-W48-6", "2026-11-28"),
        ("Mon Nov 30 10:00:00 UTC 2026", "2026-11-30T10:00Z"),
        ("Mon, 30 Nov 2026 10:00:00 +0000 (UTC)", "2026-11-30T10:00Z"),
        ("30/11/2026 - 10:00", "2026-11-30T10:00"),
        ("Nov 30 2026 10:00AM", "2026-11-30T10:00"),
        ("lunes, 30 noviembre 2026 - 10:00 CET", "2026-11-30T09:00Z"),
        ("२०२६-११-३०", "2026-11-30"),
        ("2026-11-30T10:00:00,123+0100", "2026-11-30T09:00Z"),
        ("Δευτέρα, 30 Νοεμβρίου 2026", "2026-11-30"),
        ("pon., 30.11.2026, 10:00", "2026-11-30T10:00"),
    ],
)
def test_other_date_formats(text: str, time: str) -> None:
    stated = parse_stated(text)
    assert stated is not None
    assert resolve_date(stated, None, NOW)[0] == time


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "Thursday",
        "12:30",
        "Thu, 32 Nov 2026 10:00:00 GMT",
        "Thu, 12 Nov 2026 25:00:00 GMT",
        "28 Nov 2026 10:75",
        "30 Nov 2026 24:30",
        "30 พฤศจิกายน 2569",  # a Buddhist year
        "13/13/2026",
        "2026-13-01",
        "0000-00-00",
        "30 listopada 2026",  # November in Polish, October in Croatian
        "28 Nov 2026 and 29 Nov 2026",
        "12:00 +2500 28 Nov 2026",
        "9" * 90,
    ],
)
def test_impossible_dates_are_not_read(text: str) -> None:
    assert parse_stated(text) is None


def test_the_language_of_the_feed_resolves_month_names() -> None:
    for language, time in (("pl", "2026-11-30"), ("hr-HR", "2026-10-30")):
        stated = parse_stated("30 listopada 2026", language)
        assert stated
        assert resolve_date(stated, None, NOW) == (time, "feed")


def test_numeric_dates_follow_the_order_that_the_feed_proves() -> None:
    read = [parse_stated(text) for text in ("03/04/2026", "28/11/2026 10:00")]
    order = feed_order(read, NOW)
    assert order == "day first"
    assert [resolve_date(stated, order, NOW) for stated in read if stated] == [
        ("2026-04-03", "feed_order"),
        ("2026-11-28T10:00", "feed"),
    ]


def test_weekdays_and_future_dates_prove_an_order() -> None:
    assert feed_order([parse_stated("Tue, 03/11/2026")], NOW) == "day first"
    assert feed_order([parse_stated("11/12/2026")], NOW) == "month first"


def test_ambiguous_numeric_dates_are_not_read() -> None:
    stated = parse_stated("03/04/2026")
    assert stated
    assert resolve_date(stated, feed_order([stated], NOW), NOW) == (None, "unreadable_date")
    assert feed_order([parse_stated("28/11/2026"), parse_stated("11/28/2026")], NOW) is None


def test_future_dates_are_rejected() -> None:
    stated = parse_stated("Wed, 29 Nov 2062 09:00:00 GMT")
    assert stated
    assert resolve_date(stated, None, NOW) == (None, "feed_ahead")


@pytest.mark.parametrize(
    "text",
    ["Sat, 30 Nov 2026 10:00:00 GMT", "Samstag, 30. November 2026", "2026-11-30 (Sat)", "Sat 30/11/2026", "2026年11月30日(土)"],
)
def test_a_date_that_contradicts_its_weekday_is_not_read(text: str) -> None:
    assert parse_stated(text) is None
    assert parse_stated(text.replace("Sat", "Mon").replace("Samstag", "Montag").replace("土", "月")) is not None


def test_a_long_date_is_processed() -> None:
    assert parse_stated("1 " * 500_000) is None
