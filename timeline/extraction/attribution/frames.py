"""Cue frames over one sentence: where the cue stands, where its source and its content.

In: a ``Sentence``. Out: attributions, sources given as words only; pronouns and coordination are settled by
``scan``. Each frame is a function of its own; where no frame fits, nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .clauses import (
    Sentence,
    content_end,
    is_noun,
    noun_phrase_after,
    noun_phrase_before,
    skip_back,
    subject_of,
)
from .records import Attribution, CueKind, Span
from .verbs import verb_frames

_POSSESSIVE = re.compile(r"['’]s?\s*$")
_NEAR = 120
_SHORT = 60
_COMMA = re.compile(r",\s(?!\d)")
_COLON = re.compile(r"\s?:\s(?![“«\"\n])")


def frames_of(sentence: Sentence) -> list[Attribution]:
    """Return every attribution that a frame finds in the sentence, in order of its cue."""
    found: list[Attribution] = []
    for frame in (_according, _contrary, _untrue, _hearsay, _doubted, _version, _nouns, verb_frames):
        found += frame(sentence)
    found = [refutation(sentence, a) for a in _outermost(found)]
    found.sort(key=lambda a: (a.cue[0], a.content[0] if a.content else (0, 0)))
    return found


def _outermost(found: list[Attribution]) -> list[Attribution]:
    """Leave out a cue within another frame's cue or source: “contrary to what X says”, “it is said that”."""
    kept = []
    for one in found:
        start, end = one.cue[0][0], one.cue[-1][1]
        inside = any(
            other is not one
            and other.kind in ("contrary", "hearsay", "untrue")
            and other.reach[0] <= start
            and end <= other.reach[1]
            for other in found
        )
        if not inside:
            kept.append(one)
    return kept


def refutation(sentence: Sentence, found: Attribution) -> Attribution:
    """Mark a claimed content that the sentence calls false, and end it before the words that do so."""
    if found.kind == "wording" and not found.source and found.content:
        # “The so-called attack of that day never took place”: not the name alone is refused.
        end = sentence.trimmed(found.content[-1][1], sentence.end)[0]
        refuted, (low, high) = sentence.words["phrases.refuted"], found.content[-1]
        inside = refuted.search(sentence.text, low + 1, high)
        if inside and not sentence.in_quote(inside.start()):
            return replace(found, refuted=True, content=(sentence.trimmed(low, inside.start()),))
        return replace(found, refuted=refuted.match(sentence.text, _past_copula(sentence, end)) is not None)
    if found.kind not in ("claim", "alleged", "report", "plan") or not found.content:
        return found
    text, words = sentence.text, sentence.words
    start, end = found.content[0][0], found.content[-1][1]
    before = words["phrases.refuted"].search(text, max(sentence.start, found.cue[0][0] - 40), found.cue[0][0])
    unshared = words["phrases.unshared"].search(
        text, max(sentence.start, found.cue[0][0] - 60), found.cue[0][0]
    )
    if unshared and not words["persons.own"].search(
        text, max(sentence.start, unshared.start() - 30), unshared.end()
    ):
        unshared = None
    if (before or unshared) and found.kind == "claim":
        return replace(found, refuted=True)
    limit = sentence.frame_end(start)
    low = start if found.kind in ("claim", "alleged") else end
    after = words["phrases.refuted"].search(text, low, limit)
    if after is None or sentence.in_quote(after.start()) != sentence.in_quote(start):
        return found
    if after.start() >= end:
        return replace(found, refuted=True)
    verbs = list(words["clause.finite"].finditer(text, start, after.start()))
    if words["clause.finite"].match(text, after.start()):
        verbs = []
    cut = verbs[-1].start() if verbs and after.start() - verbs[-1].end() < 30 else after.start()
    piece = sentence.trimmed(start, cut)
    if piece[1] <= piece[0]:
        return found
    return replace(found, refuted=True, content=(piece,))


def _past_copula(sentence: Sentence, at: int) -> int:
    """Return the place behind “is” or “was a” where one stands."""
    text, words = sentence.text, sentence.words
    for name in ("clause.finite", "clause.articles"):
        if name == "clause.finite" and words["phrases.refuted"].match(text, at):
            return at
        found = words[name].match(text, at, sentence.end)
        at = _skipped(text, found.end(), sentence.end) if found else at
    return at


def _made(kind: CueKind, frame: str, source: Span | None, cue: Span, *content: Span) -> Attribution:
    return Attribution(
        (source,) if source else (), (cue,), tuple(c for c in content if c[1] > c[0]), kind, frame
    )


def _rest(sentence: Sentence, phrase_start: int, phrase_end: int) -> list[Span]:
    """Return what an adverbial speaks of: the clause behind it, else the one before, else both sides."""
    low = sentence.frame_start(phrase_start)
    after = sentence.unquoted(phrase_end, content_end(sentence, min(phrase_end + 1, sentence.end)))
    before = sentence.unquoted(_clause_start(sentence, low, phrase_start), phrase_start)
    hanging = sentence.words.at_end("clause.hanging").search(sentence.text, *before)
    if before[1] - before[0] < 5 or hanging:
        return [after]
    if after[1] - after[0] < 3:
        return [before]
    return [before, after]


def _clause_start(sentence: Sentence, low: int, at: int) -> int:
    semicolon = sentence.text.rfind(";", low, at)
    return semicolon + 1 if semicolon >= 0 else low


def _according(sentence: Sentence) -> list[Attribution]:
    out = []
    cues = list(sentence.words["phrases.according"].finditer(sentence.text, sentence.start, sentence.end))
    opening = sentence.words["phrases.according_if"].match(sentence.text, sentence.start, sentence.end)
    if opening and sentence.words["clause.conditional"].search(sentence.text, opening.end(), sentence.end):
        cues.insert(0, opening)
    for cue in cues:
        at = cue.end()
        verb = sentence.words["verbs.report"].match(sentence.text, at + 1, sentence.end)
        source = noun_phrase_after(sentence, verb.end() if verb else at, sentence.frame_end(cue.start()))
        if source is None:
            continue
        quoted = sentence.words["phrases.verbatim"].match(sentence.text, cue.start())
        near = [q for q in sentence.quotes if -60 < q[0] - source[1] < 20 or -20 < cue.start() - q[1] < 20]
        if quoted and near:
            rest = [sentence.inside(near[0])]
        else:
            rest = _rest(sentence, cue.start(), source[1])
        out.append(_made("report", "according to", source, cue.span(), *rest))
    out += _attached(sentence)
    for cue in sentence.words["phrases.under"].finditer(sentence.text, sentence.start, sentence.end):
        if cue.start() != sentence.start and sentence.text[cue.start() - 2 : cue.start()] != ", ":
            continue
        comma = sentence.text.find(",", cue.end(), sentence.end)
        named = sentence.words["nouns.instrument"].search(sentence.text, cue.end(), max(comma, 0))
        if comma > 0 and named:
            source = sentence.trimmed(cue.end(), comma)
            content = sentence.trimmed(comma, content_end(sentence, comma + 1))
            if sentence.words["modality.due"].search(sentence.text, *content):
                out.append(_made("instrument", "under an instrument", source, cue.span(), content))
    return out


def _attached(sentence: Sentence) -> list[Attribution]:
    """“X's note, according to which …”, “a letter from X to the effect that …”."""
    text, words = sentence.text, sentence.words
    out = []
    for cue in words["nouns.attached"].finditer(text, sentence.start, sentence.end):
        low = sentence.frame_start(cue.start())
        nouns = list(words["nouns.utterance"].finditer(text, max(low, cue.start() - _NEAR), cue.start()))
        if not nouns or words["clause.finite"].search(text, nouns[-1].end(), cue.start()):
            continue
        source = _document_source(sentence, low, nouns[-1], cue.start())
        content = sentence.trimmed(cue.end(), content_end(sentence, cue.end()))
        out.append(_made("claim", "according to which", source, cue.span(), content))
    return out


def _document_source(sentence: Sentence, low: int, noun: re.Match[str], high: int) -> Span:
    """Return whose a document is: the name before it or behind “by” or “from”, else the document itself."""
    text, words = sentence.text, sentence.words
    by = words["nouns.made_by"].match(text, noun.end() + 1, high)
    source = noun_phrase_after(sentence, by.end(), high) if by else None
    if source and not words["phrases.calendar"].fullmatch(text, *source):
        return source
    before = noun_phrase_before(sentence, low, noun.end(), possessor=True)
    opening = list(words["clause.opens"].finditer(text, *before)) if before else []
    return (opening[-1].start() if opening else noun.start(), noun.end())


def _contrary(sentence: Sentence) -> list[Attribution]:
    out = []
    for cue in sentence.words["phrases.contrary"].finditer(sentence.text, sentence.start, sentence.end):
        if sentence.words.at_end("clause.finite").search(sentence.text, sentence.start, cue.start()):
            # “is contrary to the treaty” judges an act; it does not deny it.
            continue
        high = sentence.frame_end(cue.start())
        comma = sentence.text.find(",", cue.end(), high)
        close = comma if comma > 0 else high
        source = _contrary_source(sentence, cue.end(), close)
        rest = _rest(sentence, cue.start(), close)
        out.append(_made("contrary", "contrary to", source, cue.span(), *rest))
    return out


def _contrary_source(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return who is contradicted: “X asserts”, “asserts X”, “X's claim”, “the claims of X”."""
    text, words = sentence.text, sentence.words
    for name in ("verbs.report", "verbs.call", "verbs.deny"):
        verb = words[name].search(text, start, end)
        if verb:
            at, _ = skip_back(sentence, start, verb.start())
            source = noun_phrase_before(sentence, start, at)
            return source or noun_phrase_after(sentence, verb.end(), end)
    noun = words["nouns.claim"].search(text, start, end)
    if noun:
        return _noun_source(sentence, start, noun, end)[0]
    return sentence.trimmed(start, end) if end - start > 1 else None


def _untrue(sentence: Sentence) -> list[Attribution]:
    for start in (sentence.start, *(_skipped(sentence.text, s, sentence.end) for s in sentence.stops)):
        opening = sentence.words["that"].match(sentence.text, start, sentence.end)
        if opening is None:
            continue
        stop = sentence.frame_end(opening.end())
        false = sentence.words["phrases.refuted"].search(sentence.text, opening.end(), stop)
        if false:
            content = sentence.trimmed(opening.end(), false.start())
            return [_made("untrue", "that … is untrue", None, opening.span(), content)]
    told = _told_untrue(sentence)
    if told:
        return told
    found = sentence.words["phrases.untrue"].finditer(sentence.text, sentence.start, sentence.end)
    return [
        _made(
            "untrue",
            "it is untrue that",
            None,
            m.span(),
            sentence.trimmed(m.end(), content_end(sentence, m.end())),
        )
        for m in found
    ]


def _told_untrue(sentence: Sentence) -> list[Attribution]:
    """“What X says about … is untrue.”"""
    text, words = sentence.text, sentence.words
    what = words["clause.what"].match(text, sentence.start, sentence.end)
    verb = words["verbs.report"].search(text, what.end(), sentence.end) if what else None
    false = words["phrases.refuted"].search(text, verb.end(), sentence.end) if verb else None
    if what is None or verb is None or false is None:
        return []
    at, _ = skip_back(sentence, what.end(), verb.start())
    source = noun_phrase_before(sentence, what.end(), at)
    content = sentence.trimmed(verb.end(), false.start())
    return [_made("untrue", "what X says is untrue", source, (what.start(), verb.end()), content)]


def _hearsay(sentence: Sentence) -> list[Attribution]:
    out: list[Attribution] = []
    if sentence.words["modality.hypothetical"].match(sentence.text, sentence.start, sentence.end):
        return out
    for cue in sentence.words["phrases.agentless"].finditer(sentence.text, sentence.start, sentence.end):
        low = _clause_start(sentence, sentence.frame_start(cue.start()), cue.start())
        before = sentence.trimmed(low, cue.start())
        after = sentence.trimmed(
            cue.end(), _before_colon(sentence, cue.end(), content_end(sentence, cue.end()))
        )
        by = sentence.words["clause.by"].match(sentence.text, cue.end() + 1, sentence.end)
        source = noun_phrase_after(sentence, by.end(), sentence.end) if by else None
        if source is None:
            source, after = _carried(sentence, low, cue.span(), after)
        carrier = sentence.words["carriers"].search(sentence.text, sentence.start, cue.start())
        if carrier and source is None:
            source = carrier.span()
            before = sentence.trimmed(max(low, carrier.end()), cue.start())
        out.append(_made("hearsay", "hearsay", source, cue.span(), before, after))
    return out


def _carried(sentence: Sentence, low: int, cue: Span, after: Span) -> tuple[Span | None, Span]:
    """Return the document that says it, with the content: “it is stated in X's note that”."""
    text, words = sentence.text, sentence.words
    inside = words["phrases.carried"].match(text, cue[1] + 1, after[1])
    if inside:
        phrase = noun_phrase_after(sentence, inside.end(), after[1], "that")
        that = words["that"].match(text, phrase[1] + 1, after[1]) if phrase else None
        if phrase and that and words["nouns.utterance"].search(text, *phrase):
            return phrase, sentence.trimmed(that.end(), after[1])
    opening = words["phrases.carried"].match(text, *sentence.trimmed(low, cue[0]))
    if opening:
        phrase = sentence.trimmed(opening.end(), cue[0])
        if words["nouns.utterance"].search(text, *phrase) and not words["clause.finite"].search(
            text, *phrase
        ):
            return phrase, after
    return None, after


def _doubted(sentence: Sentence) -> list[Attribution]:
    """“the so-called …” refuses a name; “the alleged …” passes on what somebody says."""
    out = []
    kinds: tuple[tuple[str, CueKind], ...] = (
        ("phrases.so_called", "wording"),
        ("phrases.alleged", "alleged"),
    )
    for name, kind in kinds:
        for cue in sentence.words[name].finditer(sentence.text, sentence.start, sentence.end):
            if kind == "alleged" and not is_noun(sentence, cue.start()):
                continue
            end = content_end(sentence, cue.end())
            verb = sentence.words["clause.finite"].search(sentence.text, cue.end(), end)
            comma = _COMMA.search(sentence.text, cue.end(), end) if kind == "wording" else None
            stops = [end, verb.start() if verb else end, comma.start() if comma else end]
            content = sentence.trimmed(cue.end(), min(stops))
            out.append(_made(kind, cue[0].lower(), None, cue.span(), content))
    return out


def _version(sentence: Sentence) -> list[Attribution]:
    """“in X's version of events”."""
    out = []
    for cue in sentence.words["phrases.version"].finditer(sentence.text, sentence.start, sentence.end):
        owner = _POSSESSIVE.search(sentence.text, max(sentence.start, cue.start() - 3), cue.start())
        owner = owner or sentence.words.at_end("clause.owned").search(
            sentence.text, max(sentence.start, cue.start() - 12), cue.start()
        )
        comma = sentence.text.rfind(",", sentence.start, cue.start())
        low = comma + 1 if comma >= 0 else sentence.start
        lead = sentence.words["clause.lead"].match(sentence.text, *sentence.trimmed(low, cue.start()))
        direct = lead is not None and owner is not None and cue.start() - lead.end() < _SHORT
        if owner and lead and (direct or sentence.text[cue.end() : cue.end() + 1] == ","):
            end = owner.end() if sentence.text[owner.start()].isalpha() else owner.start()
            source = sentence.trimmed(lead.end(), end)
            out.append(
                _made("report", "in X's version", source, cue.span(), *_rest(sentence, low, cue.end()))
            )
    return out


def _nouns(sentence: Sentence) -> list[Attribution]:
    out = []
    kinds: tuple[tuple[str, CueKind], ...] = (("nouns.claim", "claim"), ("nouns.plan", "plan"))
    for name, kind in kinds:
        for cue in sentence.words[name].finditer(sentence.text, sentence.start, sentence.end):
            if sentence.words["verbs.any"].match(sentence.text, cue.start()) and not _named(sentence, cue):
                continue
            high = sentence.frame_end(cue.start())
            source, at, certain = _noun_source(sentence, sentence.frame_start(cue.start()), cue, high)
            opener = _opener(sentence, kind, cue, at, high, certain)
            offered = _ends_with(sentence, "nouns.offered", cue)
            if opener and (source or kind == "claim" or offered):
                content = sentence.trimmed(opener, _noun_end(sentence, opener, kind))
                out.append(_made(kind, f"noun: {cue[0]}", source, cue.span(), content))
    return out


def _ends_with(sentence: Sentence, name: str, cue: re.Match[str]) -> bool:
    """Return whether a list's words end with the cue: “an invitation”."""
    low = max(sentence.start, cue.start() - 25)
    return sentence.words.at_end(name).search(sentence.text, low, cue.end()) is not None


def _before_colon(sentence: Sentence, start: int, end: int) -> int:
    """Return the end of a content that a colon with a clause of the sender's behind it cuts short."""
    colon = _COLON.search(sentence.text, start, end)
    return colon.start() if colon and not sentence.is_list(start) else end


def _named(sentence: Sentence, cue: re.Match[str]) -> bool:
    """Return whether a word that may be a verb is a noun here, or begins the sentence."""
    return is_noun(sentence, cue.start()) or cue.start() <= sentence.start + 2


def _noun_end(sentence: Sentence, start: int, kind: CueKind) -> int:
    """Return where a noun's content ends; of a plan's infinitive, before the sentence's own verb."""
    end = _before_colon(sentence, start, content_end(sentence, start))
    if kind == "plan":
        verb = sentence.words["clause.finite"].search(sentence.text, start, end)
        end = verb.start() if verb else end
    return end


def _opener(
    sentence: Sentence, kind: CueKind, cue: re.Match[str], at: int, high: int, certain: bool
) -> int | None:
    """Return where the content of a noun begins: behind “that”, “to”, or “of” where the source is known."""
    text, words = sentence.text, sentence.words
    at = _skipped(text, at, high)
    at = _past_aside(sentence, cue, at, high)
    when = words["phrases.said_on"].match(text, at, high)
    if when and words["nouns.opener"].match(text, _skipped(text, when.end(), high), high):
        at = _skipped(text, when.end(), high)
    that = words["nouns.opener"].match(text, at, high)
    if that:
        return that.end()
    to = words["nouns.plan_is"].match(text, at, high)
    if to is None and not words["nouns.answer"].fullmatch(cue[0]):
        to = words["nouns.to"].match(text, at, high)
    if to and kind == "plan":
        return to.end()
    of = words["nouns.of"].match(text, at, high)
    if of and kind == "claim" and not words["nouns.dated"].match(text, at, high):
        doubtful, told = words["nouns.doubtful"].match(cue[0]), words["nouns.told"].match(cue[0])
        return of.end() if doubtful or (certain and told) else None
    return None


def _past_aside(sentence: Sentence, cue: re.Match[str], at: int, high: int) -> int:
    """Return the place behind an aside between a noun and its content: “the claim, repeated by X, that”."""
    text = sentence.text
    if text[cue.end() : cue.end() + 1] != "," or at > cue.end() + 3:
        return at
    close = text.find(",", at, min(high, at + _NEAR))
    if close < 0 or sentence.words["clause.finite"].search(text, at, close):
        return at
    behind = _skipped(text, close, high)
    return behind if sentence.words["nouns.opener"].match(text, behind, high) else at


def _skipped(text: str, at: int, high: int) -> int:
    """Return the first place behind blanks and commas."""
    while at < high and text[at] in " ,\n\u00a0":
        at += 1
    return at


def _noun_source(
    sentence: Sentence, low: int, cue: re.Match[str], high: int
) -> tuple[Span | None, int, bool]:
    """Return who holds a claim named by a noun, where its content is sought, and if the source is sure."""
    text, words = sentence.text, sentence.words
    behind = _skipped(text, cue.end(), high)
    by = words["nouns.made_by"].match(text, behind, high)
    if by:
        source = noun_phrase_after(sentence, by.end(), high, "nouns.opener")
        if source and not words["phrases.calendar"].fullmatch(text, *source):
            of = words["nouns.then_of"].search(text, source[0] + 3, source[1])
            if of and words["nouns.made"].search(by[0]) and text[source[1] : source[1] + 1] != ",":
                source = sentence.trimmed(source[0], of.start())
            opener = words["nouns.opener"].match(text, _skipped(text, source[1], high), high)
            made = words["nouns.made"].search(by[0]) is not None
            if opener or made:
                return source, source[1], made
    aside = _past_aside(sentence, cue, behind, high)
    held = words["clause.prepositions"].search(text, behind, aside) if aside > behind else None
    holder = noun_phrase_after(sentence, held.end(), aside) if held else None
    if holder:
        return holder, cue.end(), True
    before = text[max(low, cue.start() - _NEAR) : cue.start()]
    owner = re.search(r"['’]s?\s+(?:[\w-]+\s+){0,3}$", before)
    if owner:
        at = cue.start() - len(before) + owner.start()
        return noun_phrase_before(sentence, low, at, possessor=True), cue.end(), True
    own = words.at_end("nouns.possessive").search(text, max(low, cue.start() - 40), cue.start())
    if own:
        return _owner(sentence, own, cue.start()), cue.end(), True
    return None, cue.end(), False


def _owner(sentence: Sentence, own: re.Match[str], at: int) -> Span | None:
    """Return whom “its”, “our”, “your” before a noun means: the words, or the sentence's subject."""
    for name in ("persons.own", "persons.addressee"):
        person = sentence.words[name].search(own[0])
        if person:
            return own.start() + person.start(), own.start() + person.end()
    return subject_of(sentence, own.start()) or (own.start(), at)
