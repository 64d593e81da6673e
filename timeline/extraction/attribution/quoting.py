"""Frames of verbs with quotation marks: who is quoted, and whose name for a thing it is that is quoted."""

from __future__ import annotations

import re

from .clauses import content_end, is_nominal, noun_phrase_after, noun_phrase_before
from .nouns import noun_source
from .records import Attribution, Span, made
from .sentence import Sentence
from .verbs import REACH, Verb, spoken

_BESIDE = 2
# A word in marks of any kind, within a quotation too.
_WORD = re.compile(r"[“‘«„\"][^“”‘’«»„\"\n]{2,80}[”’»“\"]")


def wording(sentence: Sentence, verb: Verb) -> Attribution | None:
    """“What X called a “…””, “X describes as …”: a name that somebody gives."""
    if "call" not in verb.kinds:
        return None
    text = sentence.text
    opened = sentence.words["clause.what"].search(text, max(verb.low, verb.start - REACH), verb.start)
    quote = next((q for q in sentence.quotes if verb.end <= q[0] < verb.end + 90), None)
    if quote and not opened and not sentence.in_quote(verb.start):
        between = text[verb.end : quote[0]]
        as_does = sentence.words["phrases.as_does"].search(between)
        if not re.search(r"[;:.]", between) and not sentence.words["clause.finite"].search(
            between.replace(as_does[0] if as_does else "\0", "")
        ):
            renamed = _renamed(sentence, verb, quote)
            if renamed:
                return renamed
            named = (verb.end + as_does.start(1), verb.end + as_does.end(1)) if as_does else verb.source
            return spoken(verb, "wording", "X calls it “…”", named, sentence.inside(quote))
    source = verb.source or noun_phrase_after(sentence, verb.end, verb.high)
    if opened and not sentence.words["clause.finite"].search(text, opened.end(), verb.stem_end):
        end = content_end(sentence, verb.end)
        at = verb.end if verb.source else (source[1] if source else verb.end)
        quote = next((q for q in sentence.quotes if at <= q[0] < at + 50), None)
        finite = sentence.words["clause.finite"].search(text, at, end)
        stop = finite.start() if finite else end
        stop = quote[1] if quote and finite and stop < quote[1] else stop
        start = quote[0] if quote and not text[at : quote[0]].strip(" \n\u00a0").startswith("the") else at
        return spoken(verb, "wording", "what X calls", source, sentence.unquoted(start, stop))
    return None


def quotation(sentence: Sentence, verb: Verb) -> Attribution | None:
    """A quotation before or behind the verb, with nothing between but its source."""
    if "report" not in verb.kinds or sentence.in_quote(verb.start):
        return None
    text = sentence.text
    words = sentence.words
    named = words["verbs.nominal"].match(text, verb.start)
    for start, end in sentence.quotes:
        if named and 0 <= start - verb.end < 4:
            return _spoken_of(sentence, verb, (start, end))
        if named and start > verb.end and words["clause.articles"].fullmatch(text[verb.end : start].strip()):
            renamed = _renamed(sentence, verb, (start, end))
            if renamed:
                return renamed
        gap = text[verb.end : start] if start >= verb.end else None
        if gap is not None and len(gap) < 80 and (":" in gap or not gap.strip(" ,\n\u00a0")):
            return spoken(verb, "quotation", "quotation", verb.source, sentence.inside((start, end)))
        if end <= verb.start and verb.start - end < 100 and "," in text[end - 3 : end + 2]:
            between = sentence.trimmed(end, verb.stem_end)
            source = between if between[1] > between[0] else noun_phrase_after(sentence, verb.end, verb.high)
            source = source if source and is_nominal(sentence, source) else None
            if sentence.words["phrases.as"].match(text, *between):
                continue
            if source and not sentence.words["clause.finite"].search(text, *between):
                more = _goes_on(sentence, max(verb.end, source[1]))
                return spoken(verb, "quotation", "quotation", source, sentence.inside((start, end)), *more)
    return None


def _goes_on(sentence: Sentence, at: int) -> list[Span]:
    """Return the quotation that goes on behind its speaker: ““A,” X said in Y, “B”.”"""
    following = next((q for q in sentence.quotes if q[0] >= at), None)
    if following is None or following[0] - at > REACH:
        return []
    gap = sentence.text[at : following[0]]
    if re.search(r"[.;]\s|\sand\s", gap) or sentence.words["clause.finite"].search(gap):
        return []
    return [sentence.inside(following)]


def _renamed(sentence: Sentence, verb: Verb, quote: Span) -> Attribution | None:
    """“speaks of the “X” of that day; it was a Y”: the name is refused, and so is what it dates."""
    end = content_end(sentence, quote[1])
    if not sentence.words["phrases.renamed"].match(sentence.text, end):
        return None
    return spoken(verb, "wording", "speaks of “…”; it was", verb.source, sentence.trimmed(quote[0], end))


def _spoken_of(sentence: Sentence, verb: Verb, quote: Span) -> Attribution:
    """“speaks of “X””: a name that somebody gives; “of “X” on that day”: what somebody tells."""
    renamed = _renamed(sentence, verb, quote)
    if renamed:
        return renamed
    end = content_end(sentence, quote[1])
    if sentence.text[quote[1] : end].strip(" ,.;\n"):
        return spoken(verb, "report", "speaks of", verb.source, sentence.trimmed(quote[0], end))
    return spoken(verb, "wording", "speaks of “…”", verb.source, sentence.inside(quote))


def terms(sentence: Sentence) -> list[Attribution]:
    """“The term “…” used by X”, “we reject the expression “…””: a name that is another's, or is refused."""
    text, words = sentence.text, sentence.words
    out = []
    for cue in words["phrases.terms"].finditer(text, sentence.start, sentence.end):
        quote = next((q for q in sentence.quotes if cue.end() < q[0] <= cue.end() + _BESIDE), None)
        if quote is None or text[cue.end() : quote[0]].strip() or sentence.in_quote(cue.start()):
            continue
        high = sentence.frame_end(cue.start())
        used = words["phrases.used_by"].match(text, quote[1] + 1, high)
        holder = noun_phrase_after(sentence, used.end(), high) if used else None
        holder = holder or noun_source(sentence, sentence.frame_start(cue.start()), cue, high)[0]
        unfit = (
            words["phrases.unfit"].search(text, *s) for s in ((sentence.start, quote[0]), (quote[1], high))
        )
        if holder or any(unfit):
            out.append(made("wording", "the term “…”", holder, cue.span(), sentence.inside(quote)))
    return out


def meanings(sentence: Sentence) -> list[Attribution]:
    """“By “…” X means …”: what a word stands for with X."""
    text, words = sentence.text, sentence.words
    out: list[Attribution] = []
    if not words["phrases.by_word"].search(text, sentence.start, sentence.end):
        return out
    for quote in (m.span() for m in _WORD.finditer(text, sentence.start, sentence.end)):
        low = max(sentence.start, quote[0] - REACH)
        verb = words["verbs.means"].search(text, quote[1], min(sentence.end, quote[1] + REACH))
        if verb is None or not words.at_end("phrases.by_word").search(text, low, quote[0]):
            continue
        source = noun_phrase_before(sentence, quote[1], verb.start())
        if source and is_nominal(sentence, source):
            content = sentence.trimmed(verb.end(), content_end(sentence, verb.end()))
            out.append(made("report", "by “…” X means", source, verb.span(), content))
    return out


def naming(sentence: Sentence, verb: Verb, source: Span, end: int) -> Attribution | None:
    """“…, as X puts it”: the words in quotation marks before are X's."""
    quote = next((q for q in reversed(sentence.quotes) if q[1] <= end), None)
    if quote is None:
        return None
    return spoken(verb, "wording", "as X puts it", source, sentence.inside(quote))
