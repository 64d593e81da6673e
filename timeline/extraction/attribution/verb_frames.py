"""Frames of verbs: “X says that …”, “…, X says, …”, “as X has said, …”, “X condemned …”, “X demands …”."""

from __future__ import annotations

from .asides import aside
from .clauses import content_end, is_nominal, is_noun, noun_phrase_after
from .coordination import coordinated
from .goes_on import behind_when, demand_start, ended, first_infinitive
from .nouns import before_colon
from .quoting import quotation, wording
from .records import Attribution, CueKind, Span
from .sentence import Sentence
from .verbs import KINDS, REACH, Verb, find_verbs, interrupted, spoken


def verb_frames(sentence: Sentence) -> list[Attribution]:
    """Return the attributions that verbs open, contents cut where a coordinated verb begins."""
    verbs = list(find_verbs(sentence))
    out: list[Attribution] = []
    for verb in verbs:
        if verb.source and not is_nominal(sentence, verb.source):
            continue
        found = (
            wording(sentence, verb)
            or quotation(sentence, verb)
            or aside(sentence, verb)
            or _clause(sentence, verb)
        )
        if found:
            out.append(found)
    return coordinated(sentence, out)


def _clause(sentence: Sentence, verb: Verb) -> Attribution | None:
    """“X says that …”, “X found the road to have been …”, “X condemned …”, “X demands …”."""
    kind = _kind(verb)
    if kind is None or (verb.passive and _is_messenger(sentence, verb)):
        return None
    if kind == "report" and _presses(sentence, verb):
        kind = "demand"
    start = _accused_of(sentence, verb) or _content_start(sentence, verb, kind)
    if start is None:
        return None
    if _is_participle(sentence, verb):
        return None
    source = _teller(sentence, verb, start)
    if source is None and verb.passive and _is_told(sentence, verb):
        kind = "hearsay"
    stop = content_end(sentence, start)
    if kind in ("demand", "announce") and not sentence.is_list(start):
        stop = ended(sentence, start, stop)
    if kind == "deny":
        # “We deny that …: our ships were elsewhere.”
        stop = before_colon(sentence, start, stop)
    content = sentence.unquoted(start, stop)
    if content[1] <= content[0]:
        if sentence.text[sentence.end - 1] in ".;!?":
            return None
        content = (sentence.end - 1, sentence.end)
    return spoken(verb, kind, f"verb: {sentence.text[verb.start : verb.end]}", source, content)


def _is_participle(sentence: Sentence, verb: Verb) -> bool:
    """Return whether the verb only qualifies a claim named before: “the claim, repeated by X, that”."""
    text, words = sentence.text, sentence.words
    if verb.stem_end != verb.start or not text[verb.low : verb.start].rstrip().endswith(","):
        return False
    noun = words.at_end("nouns.claim").search(text, verb.low, verb.start)
    return noun is not None and is_noun(sentence, noun.start())


def _teller(sentence: Sentence, verb: Verb, start: int) -> Span | None:
    """Return who says it: the subject, of a passive who stands behind “by”, of “learned from X” X."""
    text, words = sentence.text, sentence.words
    by = None
    if verb.passive:
        by = words["clause.by"].search(text, verb.end, min(start, verb.high))
    elif words["verbs.learn"].match(text, verb.start):
        by = words["clause.learned_from"].match(text, verb.end + 1, min(start, verb.high))
        if by is None:
            return verb.source
    else:
        return verb.source
    return noun_phrase_after(sentence, by.end(), start, "that") if by else None


def _is_told(sentence: Sentence, verb: Verb) -> bool:
    """Return whether the sender passes on what it was told by nobody named: “we were informed that”."""
    text, words = sentence.text, sentence.words
    if not words["verbs.told"].match(text, verb.start) and not words["verbs.accuse"].match(text, verb.start):
        return False
    if words["verbs.accuse"].match(text, verb.start):
        return True
    if verb.source is None:
        return words["clause.first_person"].search(text, verb.stem_end, verb.start) is not None
    return words["persons.own"].match(text, *verb.source) is not None


def _accused_of(sentence: Sentence, verb: Verb) -> int | None:
    """Return where begins what somebody is accused of: behind “of”, no stop or clause between."""
    text, words = sentence.text, sentence.words
    if not words["verbs.accuse"].match(text, verb.start):
        return None
    of = words["clause.accused_of"].search(text, verb.end, min(verb.high, verb.end + REACH))
    if of is None or interrupted(sentence, verb.end, of.start()) or "," in text[verb.end : of.start()]:
        return None
    return of.end()


def _presses(sentence: Sentence, verb: Verb) -> bool:
    """Return whether a verb demands by a last day: “insists that X leave by …”, no finite verb between."""
    words, text = sentence.words, sentence.text
    if not words["verbs.subjunctive"].match(text, verb.start):
        return False
    last = words["modality.limit"].search(text, verb.end, verb.high)
    return last is not None and words["clause.finite"].search(text, verb.end, last.start()) is None


def _kind(verb: Verb) -> CueKind | None:
    return next((kind for kind in KINDS if kind in verb.kinds), None)


def _content_start(sentence: Sentence, verb: Verb, kind: CueKind) -> int | None:
    """Return where the content begins; None where the verb has none that it attributes."""
    text, words = sentence.text, sentence.words
    high = min(verb.high, verb.end + REACH)
    that = words["that"].search(text, verb.end, high)
    only = words["clause.restrictive"].search(text, verb.stem_end, verb.start)
    if that and only and words["phrases.said_on"].match(text, that.end() + 1):
        # “n'a répondu que le 3 mai”: the word is no “that”.
        return None
    if that and not interrupted(sentence, verb.end, that.start()):
        return demand_start(sentence, verb.end, kind, that) or that.end()
    if kind == "deny" and _is_refusal(sentence, verb):
        return None
    if kind == "silence" or (kind in ("deny", "evaluate") and not verb.passive):
        return verb.end
    if kind == "demand" and not verb.passive:
        act = first_infinitive(sentence, verb.end, high)
        if act:
            return behind_when(sentence, verb.end, act)
        acts = words["verbs.acts"].match(text, verb.start) and text[sentence.end - 1] != ":"
        acts = acts and not words["modality.limit"].search(text, verb.end, high)
        return None if acts else verb.end
    if kind == "announce" and not verb.passive:
        to = words["nouns.to"].match(text, verb.end + 1, high)
        noun = words["verbs.nominal"].match(text, verb.start)
        return to.end() if to else (_past_day(sentence, verb) if noun else None)
    if verb.passive:
        present = words["clause.present"].search(text, verb.stem_end, verb.start)
        return verb.end if kind == "demand" and present else None
    listed = text.find(":", verb.end, high)
    if listed >= 0 and not text[listed + 1 : verb.high].strip():
        return verb.end
    if words["verbs.clausal"].match(text, verb.start):
        infinitive = words["clause.perfect_start"].search(text, verb.end, high)
        perfect = words["clause.perfect"].search(text, verb.end, verb.high)
        if infinitive or perfect:
            return infinitive.start() if infinitive else verb.end
    if words["verbs.nominal"].match(text, verb.start):
        return _past_day(sentence, verb)
    return verb.end if _is_bare_clause(sentence, verb) else None


def _is_refusal(sentence: Sentence, verb: Verb) -> bool:
    """Return whether a proposal or a request is rejected, which is an act: “rejected our offer on 3 May”."""
    text, words = sentence.text, sentence.words
    refused = words["nouns.refused"].search(text, verb.end, min(verb.high, verb.end + REACH // 2))
    if refused is None or any(
        text[at].isdigit() or text[at] in ",;" for at in range(verb.end, refused.start())
    ):
        return False
    return words["nouns.claim"].search(text, verb.end, refused.start()) is None


def _is_messenger(sentence: Sentence, verb: Verb) -> bool:
    """Return whether the sender is told to speak, and does: “I am instructed to inform you”."""
    text, words = sentence.text, sentence.words
    if verb.source is None or not words["verbs.acts"].match(text, verb.start):
        return False
    return any(words[name].match(text, *verb.source) for name in ("persons.own", "persons.office"))


def _past_day(sentence: Sentence, verb: Verb) -> int:
    """Return where what is told begins behind the day on which it was: “announced on 9 May the closure”."""
    day = sentence.words["phrases.said_on"].match(sentence.text, verb.end + 1, verb.high)
    return day.end() if day else verb.end


def _is_bare_clause(sentence: Sentence, verb: Verb) -> bool:
    """Return whether a clause without “that” stands behind a verb: “X says the nets were cut”."""
    text, words = sentence.text, sentence.words
    if not words["verbs.bare"].match(text, verb.start):
        return False
    says = words["verbs.says"].match(text, verb.start)
    if words["clause.bare"].match(text, verb.end + 1, verb.high):
        return says is not None or words["clause.finite"].search(text, verb.end, verb.high) is not None
    if says is None:
        return False
    begins = text[verb.end + 1 : verb.end + 2].isalpha()
    return begins and words["clause.no_bare"].match(text, verb.end + 1, verb.high) is None
