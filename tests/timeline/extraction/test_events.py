"""One act told by several: what is joined, on which grounds, and what stays apart."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from timeline.extraction.events import FoundEvent, LetterClaims, find_events
from timeline.extraction.events.accounts import accounts_of
from timeline.extraction.events.pairs import join_of, same_days

from .attribution.support import claims_of


def letter(key: str, text: str, sender: str, recipient: str) -> LetterClaims:
    row = {"text": text, "lang": "en", "sender": sender, "recipient": recipient, "date": "2021-06-20"}
    return LetterClaims(key, text, "en", frozenset((sender, recipient)), claims_of(row))


def letters_of(rows: list[list[str]]) -> list[LetterClaims]:
    letters = []
    for key, (text, sender, recipient, language, date) in enumerate(rows):
        row = {"text": text, "lang": language, "sender": sender, "recipient": recipient, "date": date}
        letters.append(LetterClaims(str(key), text, language, frozenset((sender, recipient)), claims_of(row)))
    return letters


RULES = tomllib.loads((Path(__file__).with_name("cases") / "events.toml").read_text(encoding="utf-8"))["row"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["rule"])
def test_each_rule_joins_what_it_names_and_nothing_else(rule: dict) -> None:
    letters = letters_of(rule["letters"])
    assert all(found.claims for found in letters)
    assert [[list(place) for place in event.accounts] for event in find_events(letters)] == rule["groups"]


def test_one_answers_only_what_was_written_before() -> None:
    said = "On 3 May 2021 the lantern went dark. The bishop dined at Corvel on 3 May 2021."
    answer = "What Veldania calls “the outrage of 3 May 2021” was a fuse."
    one, two = letter("0", said, "Veldania", "Corvia"), letter("1", answer, "Corvia", "Veldania")
    assert find_events([replace(one, written=1), replace(two, written=2)])
    assert not find_events([replace(one, written=2), replace(two, written=1)])


def events(*texts: tuple[str, str, str]) -> list[FoundEvent]:
    letters = [letter(str(i), text, sender, to) for i, (text, sender, to) in enumerate(texts)]
    return find_events(letters)


OURS = ("On 3 May 2021 Corvian cutters boarded the trawler Ada.", "Veldania", "Corvia")


@pytest.mark.parametrize(
    ("answer", "date"),
    [
        ("The trawler Ada was boarded on 3 May 2021 for a visit of its papers.", "same"),
        ("The boarding of the trawler Ada by our cutters took place on 4 May 2021.", "disputed"),
        ("In May 2021 our cutters boarded the trawler Ada.", "compatible"),
    ],
)
def test_accounts_of_one_act_are_joined(answer: str, date: str) -> None:
    (event,) = events(OURS, (answer, "Corvia", "Veldania"))
    assert event.accounts == ((0, 0), (1, 0))
    assert [join.date for join in event.joins] == [date]
    assert event.joins[0].grounds


@pytest.mark.parametrize(
    "answer",
    [
        "The lighthouse keeper was paid on 19 December 2020.",
        "The boarding of another trawler took place on 8 June 2020.",
        "In our note of 3 May 2021 we asked for the tide tables.",
    ],
)
def test_other_acts_stay_apart(answer: str) -> None:
    assert events(OURS, (answer, "Corvia", "Veldania")) == []


def without_year(told: LetterClaims) -> LetterClaims:
    (claim,) = told.claims
    bare = replace(claim, edtf=claim.edtf and f"XXXX{claim.edtf[4:]}", earliest_day=None, latest_day=None)
    return replace(told, claims=[bare])


def test_a_day_without_a_year_takes_the_year_most_told_of_in_its_dispute() -> None:
    answer = "The trawler Ada was boarded on 3 May 2021 for a visit of its papers."
    other_dispute = "On 8 June 2009 and on 9 June 2009 the quay was dredged."
    told = [
        letter("0", OURS[0], "Veldania", "Corvia"),
        without_year(letter("1", answer, "Corvia", "Veldania")),
        letter("2", other_dispute, "Corvia", "Istmara"),
    ]
    assert ((0, 0), (1, 0)) in [event.accounts for event in find_events(told)]


def test_every_pair_that_suffices_is_found_among_many() -> None:
    """Pairs are sought by what they share; none is lost on the way."""
    letters = letters_of([row for rule in RULES for row in rule["letters"]])
    accounts = accounts_of(letters)
    wanted = {
        (i, j)
        for j, b in enumerate(accounts)
        for i, a in enumerate(accounts[:j])
        if (same_days(a, b) or a.words.keys() & b.words.keys() or a.kinds.keys() & b.kinds.keys())
        and join_of(i, j, a, b)
    }
    groups = find_events(letters)
    number = {account.place: at for at, account in enumerate(accounts)}
    of_group = {number[place]: at for at, group in enumerate(groups) for place in group.accounts}
    inside = {(i, j) for i, j in wanted if of_group.get(i) is not None and of_group.get(i) == of_group.get(j)}
    assert inside == {(join.first, join.second) for group in groups for join in group.joins}
    assert len(inside) > len(groups)


def test_other_disputes_stay_apart() -> None:
    other = ("On 3 May 2021 the harbour tax was raised.", "Istmara", "Lighthouse Commission")
    assert events(OURS, other) == []


def test_documents_of_two_authors_on_one_day_stay_apart() -> None:
    one = ("In its note of 3 May 2021, Corvia spoke of a storm.", "Veldania", "Corvia")
    two = ("In our note of 3 May 2021 we spoke of a theft.", "Veldania", "Corvia")
    assert events(one, two) == []


def test_a_date_set_and_what_came_of_it_are_joined() -> None:
    asked = ("We demand that the trawler Ada be released by 1 July 2021.", "Veldania", "Corvia")
    told = ("The trawler Ada will be released on 18 July 2021.", "Corvia", "Veldania")
    (event,) = events(asked, told)
    assert [join.date for join in event.joins] == ["compatible"]
    assert "a date set" in event.joins[0].grounds[0]


def test_a_date_set_for_something_else_stays_apart() -> None:
    asked = ("We demand that the trawler Ada be released by 1 July 2021.", "Veldania", "Corvia")
    other = ("The harbour tax will be paid on 18 July 2021.", "Corvia", "Veldania")
    late = ("The trawler Ada will be released on 18 October 2021.", "Corvia", "Veldania")
    assert events(asked, other) == []
    assert events(asked, late) == []


def test_two_acts_of_one_day_in_one_letter_stay_apart() -> None:
    day = "On 3 May 2021 Corvian cutters boarded the trawler Ada. The bishop dined in Corvel on 3 May 2021."
    assert events((day, "Veldania", "Corvia")) == []


def test_order_does_not_change_what_is_joined() -> None:
    answer = ("The trawler Ada was boarded on 3 May 2021 for a visit.", "Corvia", "Veldania")
    assert len(events(OURS, answer)) == len(events(answer, OURS)) == 1


def test_nothing_comes_of_nothing() -> None:
    assert find_events([]) == []
