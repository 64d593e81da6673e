"""How a date says how it was got: steps in sentences, anchor, and the rules' names."""

import pytest

from timeline.extraction.dates import find_dates
from timeline.extraction.records import Anchor, TemporalExpression


def only(text: str, date: str | None = "2023-05-09", language: str = "en"):
    found = [e for e in find_dates(text, language, date) if e.claim_edtf]
    assert len(found) == 1
    return found[0]


def test_a_year_worked_out_from_the_letter_says_so() -> None:
    found = only("On 14 June shots were fired.")
    assert found.reasoning == (
        "The letter says “14 June”: a day and a month, no year.",
        "It is dated 9 May 2023. “were” speaks of the past, and 14 June 2023 had not yet come.",
        "The nearest 14 June before the letter is in 2022.",
    )
    assert found.anchor == Anchor("document", "2023-05-09")
    assert found.basis == "inferred"
    assert found.rules[0] == "day month year"


def test_a_plan_names_the_word_that_looks_ahead() -> None:
    found = only("The survey will begin on 14 June.")
    assert any("“will” speaks of what is to come" in step for step in found.reasoning)
    assert found.edtf == "2023-06-14"


def test_what_points_back_has_the_place_it_points_to_as_anchor() -> None:
    text = "On 7 August 2022 the hall was occupied. The same day the flag was lowered."
    same = find_dates(text, "en", "2023-05-09")[1]
    assert same.anchor is not None
    assert text[same.anchor.start : same.anchor.end] == "7 August 2022"
    assert same.basis == "anaphoric"


def test_a_part_of_a_decade_is_kept_beside_it() -> None:
    found = only("Since the early 1990s they lived there.")
    assert (found.claim_edtf, found.modifier) == ("199X/..", "start")
    assert found.latest_day is None


def test_two_readings_are_kept_and_one_is_preferred() -> None:
    found = only("It was entered on 03/12/2021.")
    assert found.edtf == "[2021-03-12,2021-12-03]"
    assert found.preferred == "2021-12-03"


def test_without_a_date_of_its_own_the_year_stays_open() -> None:
    found = only("The boat left on 12 November.", None)
    assert found.edtf == "XXXX-11-12"
    assert found.anchor is None
    assert found.reasoning[-1] == "The letter gives no date to tell the year by."


@pytest.mark.parametrize("date", ["2023", "2023-05", "2023-05-09/2023-05-11", "[2023-05-09,2023-05-10]"])
def test_a_letter_dated_less_exactly_still_gives_the_year(date: str) -> None:
    assert only("On 14 January shots were fired.", date).edtf == "2023-01-14"


def test_a_history_takes_its_year_from_the_account() -> None:
    years = " ".join(f"In {year} the river was measured by the board." for year in range(1840, 1870))
    text = (
        years + " In 1871 the dam broke. On 5 March the town was flooded. On 2 April it was dry." + " x" * 900
    )
    found = {e.text: e.edtf for e in find_dates(text, "en", "2010-06-01")}
    assert (found["5 March"], found["2 April"]) == ("1871-03-05", "1871-04-02")


HISTORY = " ".join(f"In {year} the river was measured by the board." for year in range(1840, 1870)) + " "


def in_history(text: str, words: str) -> TemporalExpression:
    found = find_dates(HISTORY + text + " x" * 900, "en", "2010-06-01")
    return next(e for e in found if e.text == words)


def test_a_year_named_in_passing_does_not_move_the_account() -> None:
    text = (
        "The dam broke in March 1871. The loss passed that of May 1858. It was dry on 2 April. In July 1871"
    )
    found = in_history(text, "2 April")
    assert found.edtf == "1871-04-02"
    assert found.reasoning[-1] == (
        "The account stands between March 1871 and July 1871; May 1858 is named in passing."
    )


def test_a_part_of_a_year_moves_the_account() -> None:
    text = "In March 1871 the dam broke. By early 1872 it was mended. On 7 April the gates were closed."
    assert in_history(text, "7 April").edtf == "1872-04-07"


def test_a_year_alone_does_not_move_an_account_that_goes_on() -> None:
    text = "In March 1871 the dam broke. It was rebuilt by 1876. On 7 April the gates were closed."
    assert in_history(text, "7 April").edtf == "1871-04-07"


def test_quoted_numbers_of_a_range_are_one_claim() -> None:
    text = "The line was shut from 10 to 12 March 2021."
    first, second = find_dates(text, "en", "2023-05-09")
    assert (first.value, second.value) == ("2021-03-10", "2021-03-12")
    assert (first.continues, second.continues) == (False, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two years and 10 months", "P2Y10M"),
        ("several weeks", "PXW"),
        ("a fortnight", "P2W"),
        ("forty-five days", "P45D"),
    ],
)
def test_a_length_alone_has_no_place(text: str, value: str) -> None:
    found = find_dates(f"It went on for {text} in all.", "en", "2023-05-09")
    assert [(e.type, e.value, e.edtf) for e in found] == [("DURATION", value, None)]


def test_a_day_named_before_without_its_year_is_not_said_to_be_named_in_full() -> None:
    text = "Notice was given on 1 June. No such notice came on 1 June."
    first, second = find_dates(text, "en", "2021-06-28")
    assert (first.edtf, second.edtf) == ("2021-06-01", "2021-06-01")
    assert second.reasoning[-1] == "The same day stands before it: 1 June 2021."
