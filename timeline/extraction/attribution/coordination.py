"""Verbs that share a source: a verb without one takes that of the verb before it, whose content ends there.

In: the attributions of a sentence's verbs in order. Out: the same with sources and contents settled.
"""

from __future__ import annotations

from dataclasses import replace

from .clauses import is_nominal, skip_back, subject_of
from .records import Attribution, Span
from .sentence import Sentence


def coordinated(sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
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
            subject = _doer(sentence, now)
            negation = subject and sentence.words["modality.negation"].fullmatch(sentence.text, *subject)
            subject = subject if subject and not negation and is_nominal(sentence, subject) else None
            now = _with(now, (subject,) if subject else (), now.content)
        if out and now.source:
            out[-1] = _with(out[-1], out[-1].source, _left(sentence, out[-1], now.source[0][0]))
        out.append(now)
    return out


def _left(sentence: Sentence, before: Attribution, at: int) -> tuple[Span, ...]:
    """Return the contents ended where another speaks behind a comma: “X says …, and Y claims …”."""
    joined = sentence.words.at_end("clause.joins").search(sentence.text, max(sentence.start, at - 12), at)
    if joined is None or not sentence.text[sentence.start : joined.start()].rstrip().endswith(","):
        return before.content
    cut = joined.start()
    return tuple(sentence.trimmed(s, min(e, cut)) if s < cut < e else (s, e) for s, e in before.content)


def _doer(sentence: Sentence, now: Attribution) -> Span | None:
    """Return the sentence's subject; none where only small words stand before the verb: “se ruega que”."""
    low, at = sentence.frame_start(now.cue[0][0]), now.cue[0][0]
    first = skip_back(sentence, low, at)[0]
    alone = now.kind == "demand" and not sentence.text[low:first].strip()
    return None if alone else subject_of(sentence, at)


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
