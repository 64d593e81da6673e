"""Whether two claims tell of one act: points for and against, and the grounds in words.

The rules, each with a row in ``tests/timeline/extraction/cases/events.toml``, are described in
``docs/attribution.md``; their weights stand in ``data/events.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline.extraction.events.accounts import Account, one_dispute, one_statement
from timeline.extraction.events.records import DateRelation, Join, data

_MONTH_DAYS = 31
_TO_COME = frozenset(("demands", "announces"))
_ANSWERS = frozenset(("denies", "rejects-wording", "reports"))
_WORDS_SHOWN = 4


@dataclass(slots=True)
class _Likeness:
    """What two claims have in common beside their dates; ``stems`` without the parties' names."""

    stems: list[str]
    cosine: float
    kinds: list[str]
    rarity: float
    one_paper: bool = False

    @property
    def whole(self) -> float:
        """Return one figure for words and kinds, 0 to about 1."""
        weights = data()["likeness"]
        return float(weights["words"] * self.cosine + weights["kind"] * self.rarity)


@dataclass(slots=True)
class _Dates:
    """How two dates stand to each other: points for it, days between them, the ground in words."""

    relation: DateRelation
    points: float
    ground: str
    apart: int = 0
    is_due: bool = False


@dataclass(slots=True)
class _Case:
    """Points so far, and the grounds they rest on."""

    points: float
    grounds: list[str] = field(default_factory=list)

    def add(self, name: str, ground: str = "", times: float = 1.0) -> None:
        self.points += data()["points"][name] * times
        if ground:
            self.grounds.append(ground)


def join_of(first: int, second: int, a: Account, b: Account, least: float | None = None) -> Join | None:
    """Return the join of two accounts, or None where they are too far apart or their grounds too few.

    ``least``: the points needed, where not the threshold.
    """
    if not one_dispute(a, b):
        return None
    like = _likeness(a, b)
    dates = _dates(a, b, like)
    like.one_paper = dates.relation == "same" and _one_paper(a, b)
    if _apart(a, b, dates, like):
        return None
    case = _Case(dates.points, [dates.ground])
    _words(case, a, b, like)
    _documents(case, a, b, dates, like)
    _voices(case, a, b, dates, like)
    if case.points < (data()["threshold"] if least is None else least):
        return None
    return Join(first, second, dates.relation, round(case.points, 3), tuple(case.grounds))


def same_days(a: Account, b: Account) -> bool:
    """Return whether two accounts have the same bounds."""
    return (a.low, a.high) == (b.low, b.high)


def _likeness(a: Account, b: Account) -> _Likeness:
    common = sorted(a.words.keys() & b.words.keys(), key=lambda s: (-a.words[s] * b.words[s], s))
    stems = [stem for stem in common if stem not in a.names]
    kinds = sorted(a.kinds.keys() & b.kinds.keys())
    cosine = sum(a.words[s] * b.words[s] for s in common)
    return _Likeness(stems, cosine, kinds, max((a.kinds[k] for k in kinds), default=0.0))


def _dates(a: Account, b: Account, like: _Likeness) -> _Dates:
    points = data()["date"]
    apart = max(a.low - b.high, b.low - a.high)
    if apart <= 0 and a.is_open != b.is_open and _at_one_end(a, b):
        return _Dates("compatible", points["same_start"], "a period and a day at its end")
    if same_days(a, b):
        return _Dates("same", points["same_span" if a.length else "same_day"], "same date")
    shorter, longer = sorted((a.length, b.length))
    if apart <= 0 and -apart + 1 >= (shorter + 1) / 2:
        near = longer <= _MONTH_DAYS
        return _Dates(
            "compatible", points["within_month" if near else "within_year"], "dates that fit each other"
        )
    if _is_due(a, b, like):
        return _Dates("compatible", points["deadline"], "a date set, and what came of it", apart, True)
    if apart <= 0:
        return _Dates("disputed", points["disputed"], "periods that overlap in part")
    unit = "day" if apart == 1 else "days"
    return _Dates("disputed", points["disputed"], f"dates {apart} {unit} apart", apart)


def _at_one_end(a: Account, b: Account) -> bool:
    """Return whether an open stretch begins where the other begins, or ends where it ends.

    What is so “since 12 December” is not what happened in the week up to then.
    """
    stretch, other = (a, b) if a.is_open else (b, a)
    if stretch.claim.earliest_day is not None:
        return other.low == stretch.low
    return other.high == stretch.high


def _is_due(a: Account, b: Account, like: _Likeness) -> bool:
    """Return whether one sets a date for what the other tells, plans or demands: a deadline and its act."""
    if not {a.claim.stance, b.claim.stance} & _TO_COME or one_statement(a, b):
        return False
    told = a.voice != b.voice and like.cosine > data()["limits"]["deadline_words"]
    if not like.kinds and not told:
        return False
    # A kind alone sets no date for an act of that kind, unless no word could be shared across languages.
    if not like.stems and a.language == b.language:
        return False
    return a.place[0] != b.place[0] or a.voice != b.voice


def _one_paper(a: Account, b: Account) -> bool:
    """Return whether one at least dates a document, and both name a document of the same kind."""
    return (a.is_document or b.is_document) and a.paper is not None and a.paper == b.paper


def _apart(a: Account, b: Account, dates: _Dates, like: _Likeness) -> bool:
    """Return whether something tells two accounts apart that no points outweigh."""
    if dates.relation == "same":
        return one_statement(a, b)
    if one_statement(a, b) or a.is_document != b.is_document:
        return True
    # A document has one date: papers whose dates differ are two unless both are of one kind.
    if a.is_document and (a.paper is None or a.paper != b.paper):
        return True
    limits = data()["limits"]
    unlike = like.cosine < limits["disputed_words"] and not like.kinds
    if dates.is_due:
        return unlike
    if dates.relation == "compatible":
        return False
    # Nobody dates one act twice; a long period disputes no day; a kind alone bridges a few days, and none
    # where the act of that day is denied, for a denial dates no act.
    far = dates.apart > limits["disputed_days"] or max(a.length, b.length) > _MONTH_DAYS
    denied = "denies" in (a.claim.stance, b.claim.stance)
    kind_only = not like.stems and a.language == b.language and (denied or dates.apart > limits["kind_days"])
    return far or unlike or kind_only or a.voice == b.voice


def _words(case: _Case, a: Account, b: Account, like: _Likeness) -> None:
    case.add("words", times=like.cosine)
    case.add("kind", times=like.rarity)
    if like.kinds:
        case.grounds.append("kind of act: " + ", ".join(like.kinds))
        if a.voice != b.voice:
            case.add("kind_of_two_voices")
    elif a.kinds and b.kinds:
        case.add("other_kind")
    if like.stems:
        shown = (a.spoken[stem].lower() for stem in like.stems[:_WORDS_SHOWN])
        case.grounds.append("words in common: " + ", ".join(shown))
    parties = sorted(a.parties & b.parties)
    if parties:
        case.add("party", "parties in common: " + ", ".join(parties), min(2, len(parties)))


def _documents(case: _Case, a: Account, b: Account, dates: _Dates, like: _Likeness) -> None:
    if like.one_paper:
        case.add("same_paper", f"both cite a document of that date: {a.paper}")
    elif a.is_document != b.is_document:
        case.add("document_and_act")
        if like.kinds:
            case.add("document_and_its_act")
    elif a.is_document and dates.relation == "same" and a.paper and b.paper:
        case.add("other_paper")
    if a.is_document and b.is_document and a.author and b.author:
        same = a.author == b.author
        case.add("same_author" if same else "other_author", f"document of {a.author}" if same else "")


def _voices(case: _Case, a: Account, b: Account, dates: _Dates, like: _Likeness) -> None:
    same = dates.relation == "same"
    one_letter = a.place[0] == b.place[0]
    limits = data()["limits"]
    bare = not (like.stems or like.kinds or a.parties & b.parties or like.one_paper)
    # Without a word in common, one answers the first thing said of that day.
    answered = [
        told for other, told in ((a, b), (b, a)) if _answers(other, told) and (told.first or not bare)
    ]
    if same and answered and not one_letter:
        case.add("answer", "one answers the other's words")
    elif same and bare and not (a.alone and b.alone):
        case.add("date_alone")
    if same and _translates(a, b):
        case.add("translation", "one sender, in two languages")
    if like.whole < limits["to_come_below"] and {a.claim.stance, b.claim.stance} & _TO_COME:
        case.add("to_come")
    if one_letter and not like.one_paper and like.whole < limits["one_letter_below"]:
        case.add("one_letter")


def _answers(a: Account, b: Account) -> bool:
    """Return whether a passes on, denies or rejects words, written before, of the party whose words b is."""
    if a.written is not None and b.written is not None and a.written < b.written:
        return False
    others = a.voice is not None and a.voice != a.sender
    return a.claim.stance in _ANSWERS and others and a.voice == b.voice


def _translates(a: Account, b: Account) -> bool:
    """Return whether one sender says something of one stance in two languages."""
    return (
        a.language != b.language
        and a.sender is not None
        and a.sender == b.sender
        and a.voice == b.voice
        and a.claim.stance == b.claim.stance
    )
