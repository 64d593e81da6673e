"""Frames of verbs: “X says that …”, “…, X says, …”, “as X has said, …”, “X condemned …”, “what X calls …”."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .clauses import (
    Sentence,
    content_end,
    is_nominal,
    is_noun,
    noun_phrase_after,
    noun_phrase_before,
    skip_back,
    subject_of,
)
from .records import Attribution, CueKind, Span

_KINDS: tuple[CueKind, ...] = ("silence", "deny", "demand", "announce", "evaluate", "report")
_REACH = 130
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


def verb_frames(sentence: Sentence) -> list[Attribution]:
    """Return the attributions that verbs open, contents cut where a coordinated verb begins."""
    verbs = list(_verbs(sentence))
    out: list[Attribution] = []
    for verb in verbs:
        if verb.source and not is_nominal(sentence, verb.source):
            continue
        found = (
            _wording(sentence, verb)
            or _quotation(sentence, verb)
            or _aside(sentence, verb)
            or _clause(sentence, verb)
        )
        if found:
            out.append(found)
    return _coordinated(sentence, out)


def _verbs(sentence: Sentence) -> list[Verb]:
    hits: dict[int, tuple[int, set[str]]] = {}
    for kind in (*_KINDS, "call"):
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
    told = that is not None and not _interrupted(sentence, of.end(), that.start())
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
    return Verb(kinds, start, end, at, source, negated, low, high, passive, agreed, assents, consents)


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


def _made(verb: Verb, kind: CueKind, frame: str, source: Span | None, *content: Span) -> Attribution:
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
        joint=verb.agreed,
        assent=verb.assents,
        consents=verb.consents and not verb.negated,
    )


def _wording(sentence: Sentence, verb: Verb) -> Attribution | None:
    """“What X called a “…””, “X describes as …”: a name that somebody gives."""
    if "call" not in verb.kinds:
        return None
    text = sentence.text
    opened = sentence.words["clause.what"].search(text, max(verb.low, verb.start - _REACH), verb.start)
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
            return _made(verb, "wording", "X calls it “…”", named, sentence.inside(quote))
    source = verb.source or noun_phrase_after(sentence, verb.end, verb.high)
    if opened and not sentence.words["clause.finite"].search(text, opened.end(), verb.stem_end):
        end = content_end(sentence, verb.end)
        at = verb.end if verb.source else (source[1] if source else verb.end)
        quote = next((q for q in sentence.quotes if at <= q[0] < at + 50), None)
        finite = sentence.words["clause.finite"].search(text, at, end)
        stop = finite.start() if finite else end
        stop = quote[1] if quote and finite and stop < quote[1] else stop
        start = quote[0] if quote and not text[at : quote[0]].strip(" \n\u00a0").startswith("the") else at
        return _made(verb, "wording", "what X calls", source, sentence.unquoted(start, stop))
    return None


def _quotation(sentence: Sentence, verb: Verb) -> Attribution | None:
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
            return _made(verb, "quotation", "quotation", verb.source, sentence.inside((start, end)))
        if end <= verb.start and verb.start - end < 100 and "," in text[end - 3 : end + 2]:
            between = sentence.trimmed(end, verb.stem_end)
            source = between if between[1] > between[0] else noun_phrase_after(sentence, verb.end, verb.high)
            if sentence.words["phrases.as"].match(text, *between):
                continue
            if source and not sentence.words["clause.finite"].search(text, *between):
                more = _goes_on(sentence, max(verb.end, source[1]))
                return _made(verb, "quotation", "quotation", source, sentence.inside((start, end)), *more)
    return None


def _goes_on(sentence: Sentence, at: int) -> list[Span]:
    """Return the quotation that goes on behind its speaker: ““A,” X said in Y, “B”.”"""
    following = next((q for q in sentence.quotes if q[0] >= at), None)
    if following is None or following[0] - at > _REACH:
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
    return _made(verb, "wording", "speaks of “…”; it was", verb.source, sentence.trimmed(quote[0], end))


def _spoken_of(sentence: Sentence, verb: Verb, quote: Span) -> Attribution:
    """“speaks of “X””: a name that somebody gives; “of “X” on that day”: what somebody tells."""
    renamed = _renamed(sentence, verb, quote)
    if renamed:
        return renamed
    end = content_end(sentence, quote[1])
    if sentence.text[quote[1] : end].strip(" ,.;\n"):
        return _made(verb, "report", "speaks of", verb.source, sentence.trimmed(quote[0], end))
    return _made(verb, "wording", "speaks of “…”", verb.source, sentence.inside(quote))


def _aside(sentence: Sentence, verb: Verb) -> Attribution | None:
    """“…, X says, …”, “as X has said, …”, “…, affirme X, …”: the verb has no object of its own."""
    if "report" not in verb.kinds:
        return None
    text = sentence.text
    source, close = verb.source, verb.end
    if source is None and verb.start > verb.low:
        source = noun_phrase_after(sentence, verb.end, verb.high)
        source = source if source and is_nominal(sentence, source) else None
        close = source[1] if source else verb.end
    if source is None or sentence.words["phrases.calendar"].fullmatch(text, *source):
        return None
    opening = min(source[0], verb.stem_end)
    before = text[max(verb.low, opening - 30) : opening]
    as_word = sentence.words.at_end("phrases.as").search(text, max(verb.low, opening - 14), opening)
    comma = before.rstrip().endswith(",")
    closed = _is_closed(sentence, verb, close)
    if verb.passive and not as_word:
        # “X's circular, of the 3rd, was published”: what was published is no aside.
        return None
    if as_word and sentence.words["verbs.factive"].match(text, verb.start):
        # “…, as the commission established”: the sender says it too and names who found it.
        return None
    if as_word and "demand" in verb.kinds:
        # “…, as X had asked”: what X asked for was done, and the sender says so.
        return None
    if as_word:
        closing = text.find(",", close, verb.high)
        if closing < 0 or closing - close > 90:
            closing = close if closed else (verb.high if as_word.start() > verb.low + 5 else -1)
        if closing < 0:
            return None
        if sentence.words["persons.naming"].match(text, verb.start):
            return _naming(sentence, verb, source, as_word.start())
        return _made(verb, "report", "as X says", source, *_said_so(sentence, verb, as_word.start(), closing))
    if comma and closed:
        return _made(verb, "report", "X says, in an aside", source, *_both(sentence, verb, opening, close))
    return None


def _is_closed(sentence: Sentence, verb: Verb, close: int) -> bool:
    """Return whether nothing is said behind “X says” but to whom, where and when: “…, X told the press.”"""
    text, words = sentence.text, sentence.words
    if text[close : close + 1] in (",", ".", "?", ""):
        return True
    behind = words["clause.told_where"].match(text, close + 1, verb.high)
    return behind is not None and text[behind.end() : behind.end() + 1] in (",", ".", "?", "")


def _naming(sentence: Sentence, verb: Verb, source: Span, end: int) -> Attribution | None:
    """“…, as X puts it”: the words in quotation marks before are X's."""
    quote = next((q for q in reversed(sentence.quotes) if q[1] <= end), None)
    if quote is None:
        return None
    return _made(verb, "wording", "as X puts it", source, sentence.inside(quote))


def _said_so(sentence: Sentence, verb: Verb, opening: int, close: int) -> list[Span]:
    """Return what “as X says” bears on: the clause before it where that is whole, else what follows."""
    both = _both(sentence, verb, opening, close)
    restrictive = sentence.text[opening - 2 : opening - 1] != ","
    comma = sentence.text.rfind(", ", verb.low, opening)
    if restrictive and comma > 0 and opening > verb.low + 5:
        return [sentence.trimmed(comma, opening)]
    if len(both) < 2:
        return both
    before, *after = both
    whole = sentence.words["clause.finite"].search(sentence.text, *before)
    if sentence.words.at_end("clause.hanging").search(sentence.text, *before):
        return after
    if after and (whole or sentence.text[close : close + 1] != ","):
        return [before]
    return [before, *after]


def _both(sentence: Sentence, verb: Verb, opening: int, close: int) -> list[Span]:
    after = sentence.trimmed(close, content_end(sentence, min(close + 1, verb.high)))
    stop = max(sentence.text.rfind(mark, verb.low, opening) for mark in (";", ": "))
    low = stop + 1 if stop >= 0 else verb.low
    before = sentence.unquoted(low, opening)
    return [s for s in (before, after) if s[1] - s[0] > 1]


def _clause(sentence: Sentence, verb: Verb) -> Attribution | None:
    """“X says that …”, “X found the road to have been …”, “X condemned …”, “X demands …”."""
    kind = _kind(verb)
    if kind is None:
        return None
    start = _accused_of(sentence, verb) or _content_start(sentence, verb, kind)
    if start is None:
        return None
    if _is_participle(sentence, verb):
        return None
    source = _teller(sentence, verb, start)
    if source is None and verb.passive and _is_told(sentence, verb):
        kind = "hearsay"
    content = sentence.unquoted(start, content_end(sentence, start))
    if content[1] <= content[0]:
        if sentence.text[sentence.end - 1] in ".;!?":
            return None
        content = (sentence.end - 1, sentence.end)
    return _made(verb, kind, f"verb: {sentence.text[verb.start : verb.end]}", source, content)


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
    of = words["clause.accused_of"].search(text, verb.end, min(verb.high, verb.end + _REACH))
    if of is None or _interrupted(sentence, verb.end, of.start()) or "," in text[verb.end : of.start()]:
        return None
    return of.end()


def _kind(verb: Verb) -> CueKind | None:
    return next((kind for kind in _KINDS if kind in verb.kinds), None)


def _content_start(sentence: Sentence, verb: Verb, kind: CueKind) -> int | None:
    """Return where the content begins; None where the verb has none that it attributes."""
    text, words = sentence.text, sentence.words
    high = min(verb.high, verb.end + _REACH)
    that = words["that"].search(text, verb.end, high)
    if that and not _interrupted(sentence, verb.end, that.start()):
        return that.end()
    if kind == "silence" or (kind in ("deny", "evaluate") and not verb.passive):
        return verb.end
    if kind == "demand" and not verb.passive:
        to = words["nouns.to"].search(text, verb.end, high)
        if to and not re.search(r"[.;:,]", text[verb.end : to.start()]):
            return verb.end
        acts = words["verbs.acts"].match(text, verb.start) and text[sentence.end - 1] != ":"
        return None if acts else verb.end
    if kind == "announce" and not verb.passive:
        to = words["nouns.to"].match(text, verb.end + 1, high)
        noun = words["verbs.nominal"].match(text, verb.start)
        return to.end() if to else (verb.end if noun else None)
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
        return verb.end
    return verb.end if _is_bare_clause(sentence, verb) else None


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


def _interrupted(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether another clause stands between a verb and “that”."""
    between = sentence.text[start:end]
    if re.search(r"[.;:]\s", between):
        return True
    return sentence.words["clause.interrupting"].search(between) is not None


def _coordinated(sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
    """Give a verb without a source that of the verb before it, and end that one's content where it begins."""
    out: list[Attribution] = []
    for now in found:
        if out and not now.source and now.kind != "wording":
            before = out[-1]
            joined = sentence.words.at_end("clause.joins").search(
                sentence.text,
                max(sentence.start, now.cue[0][0] - 40),
                skip_back(sentence, sentence.start, now.cue[0][0])[0],
            )
            if joined and before.source:
                now = _with(now, before.source, now.content)
                pieces = tuple(
                    sentence.trimmed(s, min(e, joined.start())) if s < joined.start() < e else (s, e)
                    for s, e in before.content
                )
                out[-1] = _with(before, before.source, pieces)
            elif before.source and not _is_agentless(sentence, now):
                out[-1] = _with(before, before.source, _ended(sentence, before, now.cue[0][0]))
                now = _with(now, before.source, now.content)
        elif not now.source and not _is_agentless(sentence, now):
            subject = subject_of(sentence, now.cue[0][0])
            negation = subject and sentence.words["modality.negation"].fullmatch(sentence.text, *subject)
            subject = subject if subject and not negation and is_nominal(sentence, subject) else None
            now = _with(now, (subject,) if subject else (), now.content)
        out.append(now)
    return out


def _ended(sentence: Sentence, before: Attribution, at: int) -> tuple[Span, ...]:
    """Return the contents ended at a comma with the next verb directly behind it: “who said …, denied …”."""
    if not sentence.text[sentence.start : at].rstrip().endswith(","):
        return before.content
    return tuple(sentence.trimmed(s, min(e, at)) if s < at < e else (s, e) for s, e in before.content)


def _is_agentless(sentence: Sentence, found: Attribution) -> bool:
    """Return whether the cue is a passive, so that the subject is not who speaks."""
    at, _ = skip_back(sentence, sentence.frame_start(found.cue[0][0]), found.cue[0][0])
    return sentence.words["clause.passive"].search(sentence.text, at, found.cue[0][0]) is not None


def _with(found: Attribution, source: tuple[Span, ...], content: tuple[Span, ...]) -> Attribution:
    return replace(found, source=source, content=content)
