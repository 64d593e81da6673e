"""Which letter of a dossier another one means."""

from documents.letterhead import link_relations, read_letterhead
from documents.parties import PartyRegistry

FIRST = """
A/70/100–S/2015/90

Letter dated 3 May 2015 from the Permanent Representative of Kaldenia to the United Nations
addressed to the Secretary-General

The lock was shut on 20 April, and the barges of three nations have waited before it ever since that day.

(Signed) Ruth Ambler
"""
ANSWER = """
S/2015/99

Letter dated 9 May 2015 from the Permanent Representative of Morvia to the United Nations
addressed to the Secretary-General

I have the honour to reply to the letter dated 3 May 2015 from the Permanent Representative of Kaldenia
(S/2015/90).

(Signed) Tom Garrow
"""
POINTER = ANSWER.replace("S/2015/99", "S/2015/101").replace(
    "I have the honour to reply to the letter dated 3 May 2015 from the Permanent Representative of Kaldenia"
    "\n(S/2015/90).",
    "The barges were released a day later, as others have told the Council at length (see S/2015/90).",
)
NOTE = """
EMBASSY OF LYSIA
No. 31

The Embassy of Lysia presents its compliments to the Ministry of Foreign Affairs of Estrana
and has the honour to state that the lamp was lit.

Port Estra, 4 June 1987
"""
NOTE_ANSWER = """
The Ministry of Foreign Affairs of Estrana presents its compliments to the Embassy of Lysia and,
in reply to its note no. 31 of 4 June, has the honour to state that the lamp was dark.

Port Estra, 11 June 1987
"""


def links(registry: PartyRegistry, pointers: bool = False, **texts: str) -> dict:
    read = {key: read_letterhead(text, registry) for key, text in texts.items()}
    return link_relations(read, pointers=pointers)


def test_an_answer_is_linked_by_symbol(registry: PartyRegistry) -> None:
    assert links(registry, first=FIRST, answer=ANSWER) == {"first": [], "answer": [("replies to", "first")]}


def test_an_answer_is_linked_by_number_and_date(registry: PartyRegistry) -> None:
    assert links(registry, note=NOTE, answer=NOTE_ANSWER)["answer"] == [("replies to", "note")]


def test_a_letter_not_in_the_dossier_is_not_linked(registry: PartyRegistry) -> None:
    assert links(registry, answer=ANSWER, note=NOTE) == {"answer": [], "note": []}


def test_a_bare_pointer_is_linked_only_on_demand(registry: PartyRegistry) -> None:
    assert links(registry, first=FIRST, pointer=POINTER)["pointer"] == []
    assert links(registry, pointers=True, first=FIRST, pointer=POINTER)["pointer"] == [("cites", "first")]


def test_two_letters_that_fit_are_not_chosen_between(registry: PartyRegistry) -> None:
    assert links(registry, first=FIRST, again=FIRST, answer=ANSWER)["answer"] == []
