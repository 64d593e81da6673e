"""EDTF in and out: parsed, bounded, said in words, understood; with the edtf package as a second opinion."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extraction.edtf import (
    EdtfError,
    bounds,
    day_number,
    day_to_date,
    in_words,
    is_approximate,
    is_uncertain,
    parse_edtf,
    precision_of,
    understand,
    understand_with_part,
)


def day(year: int, month: int, number: int) -> int:
    return dt.date(year, month, number).toordinal()


# EDTF, earliest and latest day, precision, in words.
VALUES = [
    ("2023-09-19", day(2023, 9, 19), day(2023, 9, 19), "day", "19 September 2023"),
    ("2023-09", day(2023, 9, 1), day(2023, 9, 30), "month", "September 2023"),
    ("2024-02", day(2024, 2, 1), day(2024, 2, 29), "month", "February 2024"),
    ("2023", day(2023, 1, 1), day(2023, 12, 31), "year", "2023"),
    ("199X", day(1990, 1, 1), day(1999, 12, 31), "decade", "1990s"),
    ("19XX", day(1900, 1, 1), day(1999, 12, 31), "century", "20th century"),
    ("2023-09~", day(2023, 9, 1), day(2023, 9, 30), "month", "about September 2023"),
    ("1974?", day(1974, 1, 1), day(1974, 12, 31), "year", "perhaps 1974"),
    ("1974%", day(1974, 1, 1), day(1974, 12, 31), "year", "perhaps about 1974"),
    ("2022-21", day(2022, 3, 1), day(2022, 5, 31), "season", "spring 2022"),
    ("2022-24", day(2022, 12, 1), day(2023, 2, 28), "season", "winter 2022"),
    ("2022-35", day(2022, 7, 1), day(2022, 9, 30), "season", "third quarter 2022"),
    ("2022-40", day(2022, 1, 1), day(2022, 6, 30), "season", "first half 2022"),
    (
        "2020-11-10/2023-09",
        day(2020, 11, 10),
        day(2023, 9, 30),
        "interval",
        "10 November 2020 to September 2023",
    ),
    ("2021-03-10/2021-03-12", day(2021, 3, 10), day(2021, 3, 12), "interval", "10 to 12 March 2021"),
    ("2022-12-01/..", day(2022, 12, 1), None, "interval", "since 1 December 2022"),
    ("../2022-12-01", None, day(2022, 12, 1), "interval", "until 1 December 2022"),
    ("2022-12-01/", day(2022, 12, 1), None, "interval", "from 1 December 2022, end not known"),
    ("199X/2020~", day(1990, 1, 1), day(2020, 12, 31), "interval", "1990s to about 2020"),
    ("[2021-03-07,2021-03-08]", day(2021, 3, 7), day(2021, 3, 8), "set", "7 March 2021 or 8 March 2021"),
    (
        "{2020-10-07,2020-10-21}",
        day(2020, 10, 7),
        day(2020, 10, 21),
        "set",
        "7 October 2020 and 21 October 2020",
    ),
    ("XXXX-09-19", None, None, "day", "19 September, year not given"),
    ("2021-XX-XX", day(2021, 1, 1), day(2021, 12, 31), "year", "2021"),
    ("2021-1X", day(2021, 10, 1), day(2021, 12, 31), "year", "2021"),
]


@pytest.mark.parametrize(("text", "low", "high", "precision", "words"), VALUES, ids=[v[0] for v in VALUES])
def test_values(text: str, low: int | None, high: int | None, precision: str, words: str) -> None:
    assert bounds(text) == (low, high)
    assert precision_of(text) == precision
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("text", "modifier", "low", "high", "words"),
    [
        ("199X", "start", day(1990, 1, 1), day(1993, 12, 31), "early 1990s"),
        ("199X", "mid", day(1994, 1, 1), day(1996, 12, 31), "mid-1990s"),
        ("199X", "end", day(1997, 1, 1), day(1999, 12, 31), "late 1990s"),
        ("2022", "end", day(2022, 9, 1), day(2022, 12, 31), "late 2022"),
        ("2021-06", "start", day(2021, 6, 1), day(2021, 6, 11), "early June 2021"),
        ("199X/..", "start", day(1990, 1, 1), None, "since early 1990s"),
        ("../199X", "end", None, day(1999, 12, 31), "until late 1990s"),
    ],
)
def test_a_modifier_narrows(text: str, modifier: str, low: int | None, high: int | None, words: str) -> None:
    assert bounds(text, modifier) == (low, high)
    assert in_words(text, "en", modifier) == words


@pytest.mark.parametrize(
    ("text", "french", "spanish"),
    [
        ("2021-03-01", "1er mars 2021", "1 de marzo de 2021"),
        ("2021-03", "mars 2021", "marzo de 2021"),
        ("2022-12-01/..", "depuis 1er décembre 2022", "desde 1 de diciembre de 2022"),
        ("15XX", "XVIe siècle", "siglo XVI"),
        ("2023-09~", "vers septembre 2023", "hacia septiembre de 2023"),
    ],
)
def test_words_in_french_and_spanish(text: str, french: str, spanish: str) -> None:
    assert (in_words(text, "fr"), in_words(text, "es")) == (french, spanish)
    assert in_words(text, "de") == in_words(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2023-13",
        "2023-02-30",
        "2023-00-10",
        "2023-09-31",
        "19",
        "2023/2022",
        "../..",
        "/",
        "2023-21-05",
        "1X23",
        "-0000",
        "2023-9-1",
        "[..]",
        "2021/2022/2023",
        "2023-42",
        "20 23",
        "2023-09-19T10:00",
    ],
)
def test_what_is_no_edtf_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(EdtfError) as caught:
        parse_edtf(text)
    assert str(caught.value).endswith(".")


def test_years_before_our_era_count_on_below_zero() -> None:
    assert bounds("-0489") == (day_number(-489, 1, 1), day_number(-489, 12, 31))
    assert bounds("-0489")[1] < bounds("0001")[0]  # type: ignore[operator]
    assert in_words("-0489") == "490 BCE"
    assert bounds("0000")[1] == 0
    assert bounds("-9999")[0] is not None
    assert bounds("9999")[1] == day(9999, 12, 31)


@given(st.integers(-9999, 9999), st.integers(1, 12), st.integers(1, 28))
def test_day_numbers_go_there_and_back(year: int, month: int, number: int) -> None:
    assert day_to_date(day_number(year, month, number)) == (year, month, number)


@given(st.dates())
def test_day_numbers_are_those_of_the_calendar(date: dt.date) -> None:
    assert day_number(date.year, date.month, date.day) == date.toordinal()
    assert bounds(date.isoformat()) == (date.toordinal(), date.toordinal())


def test_qualifiers() -> None:
    assert is_approximate("2023-09~")
    assert is_approximate("199X/2020~")
    assert not is_approximate("2023-09")
    assert is_uncertain("1974?")
    assert is_approximate("1974%")
    assert is_uncertain("1974%")
    assert not is_uncertain("1974")


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2021-09-03", "2021-09-03"),
        ("3 March 2021", "2021-03-03"),
        ("March 2021", "2021-03"),
        ("2021", "2021"),
        ("1990s", "199X"),
        ("about 2021", "2021~"),
        ("since 12 November 2023", "2023-11-12/.."),
        ("from 3 March to 3 September 2021", "2021-03-03/2021-09-03"),
        ("  3  March 2021 ", "2021-03-03"),
    ],
)
def test_what_a_person_types_is_understood(typed: str, edtf: str) -> None:
    assert understand(typed) == edtf


@pytest.mark.parametrize(
    ("typed", "edtf", "part"),
    [
        ("early 1990s", "199X", "start"),
        ("mid-June 2021", "2021-06", "mid"),
        ("late 2019", "2019", "end"),
        ("June 2021", "2021-06", ""),
        ("June 2021?", "2021-06?", ""),
        ("early June 2021?", "2021-06?", "start"),
        ("2021-06?", "2021-06?", ""),
    ],
)
def test_the_part_that_is_typed_is_not_lost(typed: str, edtf: str, part: str) -> None:
    assert understand_with_part(typed) == (edtf, part)


@pytest.mark.parametrize(
    "typed", ["soon", "soon?", "?", "2021-02-30", "3 March 2021 and much else that was said", ""]
)
def test_what_is_not_understood_is_refused(typed: str) -> None:
    with pytest.raises(EdtfError):
        understand(typed)


ORACLE = [
    "1985-04-12",
    "1985-04",
    "1985",
    "201X",
    "20XX",
    "2004-06~",
    "1984?",
    "1984%",
    "2001-21",
    "2001-24",
    "1964/2008",
    "2004-06/2006-08",
    "2004-02-01/2005-02-08",
    "1985-04-12/..",
    "../1985-04-12",
    "1985-04/",
    "-0489",
    "0000",
    "2004-XX",
    "1999-02",
    "2000-02",
    "[1667,1668,1670..1672]",
    "{1960,1961-12}",
]


@pytest.mark.parametrize("text", ORACLE)
def test_the_edtf_package_agrees(text: str) -> None:
    """Bounds in whole days are the package's; seasons, sets and open ends are another choice."""
    oracle = pytest.importorskip("edtf").parse_edtf(text)
    parse_edtf(text)
    if (
        ".." in text
        or text.endswith("/")
        or ("-2" in text[4:7] and text[5:7] in ("21", "24"))
        or text[0] in "[{"
    ):
        return
    low, high = bounds(text)
    for ours, theirs in ((low, oracle.lower_strict()), (high, oracle.upper_strict())):
        assert isinstance(theirs, time.struct_time)
        assert ours == day_number(theirs.tm_year, theirs.tm_mon, theirs.tm_mday)


@given(st.text(alphabet="0123456789X-/~?%.[]{},Y ", max_size=24))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        value = parse_edtf(text)
    except EdtfError:
        return
    low, high = bounds(text)
    assert value.dates
    assert low is None or high is None or low <= high
    assert in_words(text)
    assert precision_of(text)


def test_a_century_before_our_era_is_said_as_one() -> None:
    said = [in_words("-04XX", language) for language in ("en", "fr", "es")]
    assert said == ["5th century BCE", "Ve siècle av. J.-C.", "siglo V a. C."]
    assert in_words("-00XX") == "1st century BCE"
    assert in_words("00XX") == "1st century"
