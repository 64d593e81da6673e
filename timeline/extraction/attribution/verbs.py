"""Cue verbs of a sentence: which words from the lists speak here, who goes before them, what they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .clauses import is_noun, noun_phrase_before, skip_back, subject_of
from .records import Attribution, CueKind, Span
from .sentence import Sentence

KINDS: tuple[CueKind, ...] = ("silence", "deny", "demand", "announce", "evaluate", "report")
REACH = 130
_OPENING = re.compile(r"(?<!\w)[A-ZÀ-Þ]\w")
_MARK = re.compile(r"[,;:“”()]")


@dataclass(frozen=True, slots=True)
class Verb:
    """A cue verb in its sentence: what it may be, where it stands, who goes before it."""

    kinds: frozenset[str]
    start: int
    end: int
    stem_end: int
    source: Span | None
    negated: bool
    low: int
    high: int
    passive: bool
    agreed: bool = False
    assents: bool = False
    consents: bool = False
    falsely: bool = False


def find_verbs(sentence: Sentence) -> list[Verb]:
    """Return the verbs that speak in a sentence, in order, with who goes before each."""
    hits: dict[int, tuple[int, set[str]]] = {}
    for kind in (*KINDS, "call"):
        for match in sentence.words[f"verbs.{kind}"].finditer(sentence.text, sentence.start, sentence.end):
            if not _is_cue(sentence, match) and not (kind == "call" and not is_noun(sentence, match.start())):
                continue
            end, kinds = hits.get(match.start(), (match.end(), set()))
            kinds.add(kind)
            hits[match.start()] = (max(end, match.end()), kinds)
    verbs: list[Verb] = []
    for start, (end, kinds) in sorted(hits.items()):
        if not verbs or start >= verbs[-1].end:
            verbs.append(_verb(sentence, start, end, frozenset(kinds)))
    return verbs


def _is_cue(sentence: Sentence, match: re.Match[str]) -> bool:
    """Return whether a word from the lists speaks here: no noun, no infinitive that somebody else governs."""
    if is_noun(sentence, match.start()):
        return False
    words = sentence.words
    if words["clause.noun_behind"].match(sentence.text, match.end() + 1, sentence.end):
        return False
    if match[0][-1] in "sS" and _is_governed(sentence, match.start()):
        return False
    if match[0][-1] in "sS" and _has_complement(sentence, match):
        return False
    at, _ = skip_back(sentence, sentence.start, match.start())
    if _is_bare(sentence, match, at):
        return False
    governed = words.at_end("clause.infinitive").search(sentence.text, max(sentence.start, at - 8), at)
    return governed is None


def _has_complement(sentence: Sentence, match: re.Match[str]) -> bool:
    """Return whether “of X” or “from X” makes a noun of a word; not of “X reports from Y that”."""
    text, words = sentence.text, sentence.words
    of = words["clause.noun_of"].match(text, match.end() + 1, sentence.end)
    if of is None:
        return False
    that = words["that"].search(text, of.end(), min(sentence.end, of.end() + 40))
    told = that is not None and not interrupted(sentence, of.end(), that.start())
    return not (told and text[: match.start()].rstrip()[-1:].isalpha() and words["clause.by"].match(of[0]))


def _is_governed(sentence: Sentence, at: int) -> bool:
    """Return whether another verb governs what looks like a verb: “shall disclose the records”."""
    words, text = sentence.words, sentence.text
    if "verbs.irregular" not in words.patterns:
        return False
    at, _ = skip_back(sentence, sentence.start, at)
    low = max(sentence.frame_start(at), at - 60)
    for mark in _MARK.finditer(text, low, at):
        low = mark.end()
    for name in ("clause.boundaries", "clause.relative", "clause.joins"):
        for word in words[name].finditer(text, low, at):
            low = max(low, word.end())
    return words["clause.finite"].search(text, low, at) is not None


def _is_bare(sentence: Sentence, match: re.Match[str], at: int) -> bool:
    """Return whether a form without ending stands where no plural and no “I”, “we” or “you” goes before."""
    word = match[0].split()[0].lower()
    words, text = sentence.words, sentence.text
    if "verbs.irregular" not in words.patterns:
        return False
    if word.endswith(("s", "ed", "ing")) or words["verbs.irregular"].match(match[0]):
        return False
    if text[at : match.start()].strip():
        return False
    low = max(sentence.start, at - 60)
    plural = re.search(r"(?:[^\Ws]s|(?:\b|[a-z])(?:men|people))\s*$", text[low:at]) is not None or words[
        "clause.joins"
    ].search(text, max(low, at - 5), at)
    return not plural and words.at_end("persons.subject").search(text, low, at) is None


def _verb(sentence: Sentence, start: int, end: int, kinds: frozenset[str]) -> Verb:
    low, high = sentence.frame_start(start), sentence.frame_end(start)
    at, negated = skip_back(sentence, low, start)
    skipped = sentence.text[at:start]
    words = sentence.words
    negated = negated or words["clause.negation_behind"].match(sentence.text, end + 1) is not None
    passive = words["clause.passive"].search(skipped) is not None
    passive = passive and words.at_end("clause.infinitive").search(skipped) is None
    turned = at == start or words["clause.inverting"].fullmatch(sentence.text, at, start - 1) is not None
    inverted = turned and sentence.text[low:at].rstrip()[-1:] == "," and _no_aside(sentence, low, at)
    source = noun_phrase_before(sentence, low, at) if at > low and not inverted else None
    resumed = sentence.text[low:at].rstrip()[-1:] == "," and not inverted and ";" not in sentence.text[low:at]
    if resumed:
        source = subject_of(sentence, at) or source
    if source is None and sentence.text[at - 1 : at] != "":
        relative = sentence.words.at_end("clause.relative").search(sentence.text, max(low, at - 12), at)
        if relative:
            before = noun_phrase_before(sentence, low, relative.start(), possessor=True)
            source = _antecedent(sentence, before)
    source = _whose(sentence, low, source)
    joint = source is not None and words["persons.joint"].match(sentence.text, *source) is not None
    agreed = joint and words["verbs.agree"].match(sentence.text, start) is not None
    assents = words["verbs.assent"].match(sentence.text, start) is not None
    if assents and source is None and "verbs.first_person" in words.patterns:
        assents = words["verbs.first_person"].match(sentence.text, start) is not None
    consents = words["verbs.agree"].match(sentence.text, start) is not None
    none = source is not None and words["persons.none"].fullmatch(sentence.text, *source) is not None
    # “Nobody denies that …”
    source, negated = (None, True) if none else (source, negated)
    behind = end + 2 if sentence.text[end : end + 1] == "," else end + 1
    falsely = words["phrases.falsely"].search(skipped) or words["phrases.falsely"].match(
        sentence.text, behind, high
    )
    return Verb(
        kinds, start, end, at, source, negated, low, high, passive, agreed, assents, consents, bool(falsely)
    )


def _whose(sentence: Sentence, low: int, source: Span | None) -> Span | None:
    """Return a source with the owner that “whose” takes up: “X, whose minister said that”."""
    if source is None:
        return None
    whose = sentence.words.at_end("clause.whose").search(sentence.text, max(low, source[0] - 10), source[0])
    owner = noun_phrase_before(sentence, low, whose.start(), possessor=True) if whose else None
    owner = _antecedent(sentence, owner)
    return (owner[0], source[1]) if owner else source


def _antecedent(sentence: Sentence, phrase: Span | None) -> Span | None:
    """Return whom “which” takes up: the noun phrase behind the verb of what stands before."""
    if phrase is None:
        return None
    text, words = sentence.text, sentence.words
    owner = words["nouns.possessive"].search(text, phrase[0] + 1, phrase[1])
    if owner:
        return owner.start(), phrase[1]
    opening = _OPENING.search(text, *phrase) if text[phrase[0]].islower() else None
    named = words["clause.opens"].search(text, *phrase)
    starts = [m.start() for m in (opening, named) if m]
    return (min(starts), phrase[1]) if starts else phrase


def _no_aside(sentence: Sentence, low: int, at: int) -> bool:
    """Return whether a comma before a verb closes what is told (“…, says X”), no aside (“X, too, says”)."""
    comma = sentence.text.rfind(",", low, at)
    opening = sentence.text.rfind(",", low, comma)
    return opening < 0 or comma - opening > 60


def interrupted(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether another clause stands between a verb and “that”."""
    between = sentence.text[start:end]
    if re.search(r"[.;:]\s", between):
        return True
    return sentence.words["clause.interrupting"].search(between) is not None


def spoken(verb: Verb, kind: CueKind, frame: str, source: Span | None, *content: Span) -> Attribution:
    """Return the attribution that a verb opens; empty pieces of its content are left out."""
    pieces = tuple(c for c in content if c[1] > c[0])
    sources = (source,) if source else ()
    cue = ((verb.start, verb.end),)
    return Attribution(
        sources,
        cue,
        pieces,
        kind,
        frame,
        None,
        verb.negated,
        refuted=verb.falsely,
        joint=verb.agreed,
        assent=verb.assents,
        consents=verb.consents and not verb.negated,
    )
