"""What holds of any text: spans, order, EDTF, bounds, and that nothing depends on the clock."""

import datetime as dt
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.extraction.dates import find_dates
from timeline.extraction.dates.grammar import GrammarError, grammar_of
from timeline.extraction.dates.patterns import refuse_unbounded
from timeline.extraction.edtf import bounds, parse_edtf

LANGUAGES = ("en", "fr", "es", "de", "ru", "zh", "ar", "nl")
PIECES = st.sampled_from(
    [
        "On 3 March 2021",
        "the same day",
        "two days later",
        "since",
        "until",
        "between",
        " and ",
        " to ",
        "\n\n",
        "14 June",
        "May",
        "the 1990s",
        "early",
        "1991",
        "-",
        "–",
        "/",
        "S/2020/1104",
        "the 15th",
        "last month",
        "le 1er octobre",
        "depuis",
        "hier",
        "el 3 de marzo",
        "ese día",
        "10 000",
        "10,000",
        "(",
        ")",
        "“",
        "”",
        "2020年11月10日",
        "10 ноября 2020 года",
        "e\u0301",
        "\u00a0",
        "٣ مارس ٢٠٢١",
        "III",
        "’",
        "a-\nb",
        "noon",
        "for two years and 10 months",
        "after the signing",
        "was signed",
        "will",
        "by",
        ". ",
        ", ",
        "; ",
        "BC",
        "2023-09-19",
        "3.4.2019",
        "03/12/2021",
        "THE SAME EVENING OF",
        "AT DAWN ON 14 AUGUST THE GUARDS FIRED",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=30).map(" ".join),
    st.lists(PIECES, max_size=30).map("".join),
)
OWN = st.one_of(st.none(), st.dates(dt.date(1200, 1, 1), dt.date(2090, 1, 1)).map(dt.date.isoformat))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES), OWN)
def test_spans_lie_in_the_text_and_do_not_overlap(text: str, language: str, own: str | None) -> None:
    reach = 0
    for found in find_dates(text, language, own):
        assert reach <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert 0 <= found.claim_start <= found.start
        assert found.claim_end <= len(text)
        reach = found.end


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES), OWN)
def test_values_parse_and_their_bounds_hold_them(text: str, language: str, own: str | None) -> None:
    for found in find_dates(text, language, own):
        if found.edtf is not None:
            parse_edtf(found.edtf)
        if found.claim_edtf is None:
            assert (found.earliest_day, found.latest_day) == (None, None)
            continue
        low, high = bounds(found.claim_edtf)
        for inner, outer, sign in ((found.earliest_day, low, 1), (found.latest_day, high, -1)):
            assert (inner is None) == (outer is None)
            assert inner is None or outer is None or sign * inner >= sign * outer
        assert found.reasoning
        assert found.rules


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES), OWN)
def test_the_same_text_gives_the_same_dates(text: str, language: str, own: str | None) -> None:
    assert find_dates(text, language, own) == find_dates(text, language, own)


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1850, 1, 1), dt.date(2080, 12, 31)), st.integers(1, 28), st.integers(1, 12))
def test_a_later_letter_moves_the_years_that_hang_on_it(own: dt.date, day: int, month: int) -> None:
    text = f"On {day} {dt.date(2000, month, 1):%B} shots were fired."
    here = find_dates(text, "en", own.replace(day=15).isoformat())[0].edtf or ""
    later = find_dates(text, "en", own.replace(day=15, year=own.year + 1).isoformat())[0].edtf or ""
    assert int(later[:4]) == int(here[:4]) + 1
    assert later[4:] == here[4:]


@settings(max_examples=100, deadline=None)
@given(st.dates(dt.date(1000, 1, 1), dt.date(2100, 12, 31)))
def test_every_full_date_is_read_as_it_is_written(day: dt.date) -> None:
    year, own = f"{day.year:04d}", "1950-01-01"
    for text in (f"{day.day} {day:%B} {year}", f"{day:%B} {day.day}, {year}", day.isoformat()):
        assert [e.edtf for e in find_dates(f"It was signed on {text}.", "en", own)] == [day.isoformat()]


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "zh", "nl"])
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "12 ",
        ".",
        "May ",
        "[",
        "(",
        "e\u0301",
        "1,",
        "1/",
        "1990-",
        "the ",
        "a-\n",
        "items 1, 2, ",
        "twenty-",
        "two years and ",
        "the day after the signing ",
        "\n",
        "of the ",
        "AB CD ",
    ],
)
def test_long_monotonous_texts_come_back(piece: str, language: str) -> None:
    text = piece * (20_000 // len(piece))
    for found in find_dates(text, language, "2023-05-09"):
        assert found.end <= len(text)


def calls(text: str, language: str) -> int:
    """Return how many functions are called to read a text: its cost, whatever the machine."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        find_dates(text, language, "2023-05-09")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("en", "May 1 "),
        ("en", "1 March 2020 "),
        ("en", "signed. 1 May 2020. The day after the signing. "),
        ("en", "from 1 May 2020 on for two years after the letter "),
        ("fr", "le 1 mai "),
        ("fr", "la signature. 1 mai 2020. Le lendemain de la signature. "),
        ("es", "el 1 de mayo "),
        ("nl", "1 mei 2020 "),
        ("en", "It began on 1 May 2020 and lasted for two years, for three months and for four weeks "),
        ("en", "after the letter, since the treaty, for two years "),
        ("en", "the day before 1 May 2020, over the past two years, 1May2020 "),
        ("fr", "depuis le 1 mai 2020 pendant deux ans après la lettre du 2 juin 2020 "),
        ("fr", "d’un an, d'ici au 3 mai, l’an dernier et "),
        ("es", "desde el 1 de mayo de 2020 durante dos años después de la carta del 2 de junio "),
        ("es", "del 1 al 2 de mayo y de enero a marzo de 2020 "),
        ("en", "He was shot on 3 May 2020. Two days after the shooting he agreed Monday to meet on Friday. "),
        ("en", "since the armistice of 3 May 2020, within six months of this letter, half a year ago "),
        ("en", "from Monday 3 to Friday 7 May 2020, Tuesday of last week, the first five months of 2020 "),
        ("fr", "convenus lundi de se revoir vendredi, qu’ils répondraient jeudi, dans un délai de six mois "),
        ("es", "que el plazo vencería el lunes, acordaron volver a verse el viernes "),
        ("de", "vom 3. bis 5. Mai 2020 und im Mai 2020 "),
        ("it", "dal 3 al 5 maggio 2020 e nel 2020 "),
        ("pt", "de 3 a 5 de maio de 2020 e em 2020 "),
        ("ru", "с 3 по 5 мая 2020 года и в мае 2020 года "),
        ("uk", "3 травня 2020 року і в травні 2020 року "),
        ("ar", "٣ مايو ٢٠٢٠ و "),
        ("zh", "2020年5月3日至5日、2020年5月"),
        ("tr", "3 Mayıs 2020 ve Mayıs 2020 "),
        ("hy", "2020 թ. մայիսի 3 "),
        ("az", "3 may 2020-ci il və may 2020 "),
        ("az", "2020-ci il mayın 3-dən 7-dək "),
        ("ru", "двадцать первого мая 2020 года, с 30 апреля по 2 мая 2020 года, 1991–1994 гг. "),
        ("zh", "2020年4月30日至5月2日1992年至1994年"),
    ],
)
def test_four_times_the_text_costs_four_times_as_much(language: str, piece: str) -> None:
    find_dates(piece, language, "2023-05-09")
    little, much = (calls(piece * (size // len(piece)), language) for size in (2_000, 8_000))
    assert much <= 5 * little


@pytest.mark.parametrize("pattern", [r"\d+", "a*", "(?:ab)+", "x{2,}", "[ab]+"])
def test_a_pattern_without_bound_is_refused(pattern: str) -> None:
    with pytest.raises(Exception, match="without bound"):
        refuse_unbounded(pattern)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_kind_of_the_data_files_is_known(language: str) -> None:
    from timeline.extraction.dates.kinds import MAKERS

    kinds = {rule.kind for rule in grammar_of(language).rules}
    assert kinds <= {*MAKERS, "days", "months", "years", "event"}


def test_an_unknown_language_has_no_grammar() -> None:
    with pytest.raises((GrammarError, FileNotFoundError)):
        grammar_of("xx")
