"""What lengths, repetitions and times of day mean: two years and ten months, every week, 5 p.m."""

from __future__ import annotations

from .grammar import Grammar
from .parts import count_of, day_of, key_of, month_of, multiple
from .scan import Candidate
from .values import Value, Walk

_CLOCK = {"H": "H", "MIN": "M", "S": "S"}
_CODES = {"E": "DE", "C": "CE"}


def make_duration(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Two years and ten months, several weeks: a length; the walk gives it a place where the text does."""
    counted = count_of(candidate, grammar)
    said = (f"The letter says “{words}”.",)
    if counted is None:
        unit = str(grammar.look("units", candidate.groups["unit"]))
        count = (
            "X" if candidate.get("several") or candidate.groups["unit"].lower() in grammar.plurals else "1"
        )
        return Value("DURATION", period([(count, unit)]), None, reasoning=said)
    pieces = [_piece(counted, bool(candidate.get("half")))]
    if candidate.get("fraction"):
        pieces += _half(counted[1])
    second = count_of(candidate, grammar, "2")
    if second:
        pieces.append((str(second[0]), second[1]))
    return Value("DURATION", period(pieces), None, reasoning=said)


def _half(unit: str) -> list[tuple[str, str]]:
    """Return half a unit in the next smaller one: 2 1/2 years are two years and six months."""
    half = {"Y": ("6", "M"), "D": ("12", "H"), "H": ("30", "MIN"), "MIN": ("30", "S"), "E": ("5", "Y")}
    return [half[unit]] if unit in half else [("0.5", unit)]


def _piece(counted: tuple[int, str], half: bool) -> tuple[str, str]:
    return f"{counted[0]}.5" if half else str(counted[0]), counted[1]


def make_long_while(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """For some time: a length whose unit is not said; TIMEX3 texts value it in months."""
    return Value("DURATION", "PXM", None)


def period(pieces: list[tuple[str, str]]) -> str:
    """Return the TIMEX3 duration of (count, unit) pairs."""
    days, hours = "", ""
    for count, unit in pieces:
        if unit[0].isdigit():
            several, unit = multiple(1, unit)
            count = f"{float(count) * several:g}" if count != "X" else "X"
        if unit in _CLOCK:
            hours += count + _CLOCK[unit]
        elif unit == "F":
            days += f"{float(count) * 2:g}W" if count != "X" else "XW"
        elif unit == "HY":
            days += f"{float(count) * 6:g}M" if count != "X" else "XM"
        else:
            days += count + _CODES.get(unit, unit)
    return "P" + days + ("T" + hours if hours else "")


def make_set(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Every year, daily: what comes back; no place in time."""
    often, unit = candidate.get("often"), candidate.get("unit") or candidate.get("per")
    if often:
        return Value("SET", str(grammar.look("often", often)), None)
    month, day = month_of(candidate, grammar), day_of(candidate, grammar)
    if month is not None and candidate.get("day"):
        return Value("SET", f"XXXX-{month:02d}-{day:02d}", None)
    if unit:
        count = grammar.number(candidate.groups["number"]) if candidate.get("number") else 1
        return Value("SET", period([(str(count), str(grammar.look("units", unit)))]), None)
    if candidate.get("weekday"):
        parts = candidate.get("dayparts") or candidate.get("dayparts2")
        part = grammar.look("daytimes", parts) if parts else ""
        return Value("SET", f"XXXX-WXX-{grammar.look('weekdays', candidate.groups['weekday'])}{part}", None)
    return Value("SET", f"XXXX-{month:02d}", None) if month else None


def make_time(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """A time of day, on the day that was spoken of last; it dates no claim of its own."""
    base = (walk.last_day if walk.narrative else walk.running_day()) or walk.document
    day = base.edtf if base and base.day else "XXXX-XX-XX"
    part = candidate.get("daytime")
    code = str(grammar.look("daytimes", part)) if part else ""
    clock = clock_of(candidate, grammar, code)
    if clock is None and not code:
        return None
    return Value("TIME", day + (clock or code), None)


def clock_of(candidate: Candidate, grammar: Grammar, code: str) -> str | None:
    """Return T, hour, minute and zone of a clock time; None where the candidate has none."""
    noon = candidate.get("noon")
    if noon:
        return str(grammar.look("daytimes", noon))
    hour_text = candidate.get("hour") or candidate.get("hour2") or candidate.get("hour3")
    hour_text = hour_text or candidate.get("number")
    if hour_text is None:
        return None
    minute = candidate.get("minute") or candidate.get("minute2") or candidate.get("minute3") or "00"
    hour = int(hour_text) if hour_text.isdigit() else grammar.number(hour_text)
    half = key_of(candidate.get("halfday") or candidate.get("halfday2") or "")
    if (half.startswith("p") or code in ("TAF", "TEV", "TNI")) and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    zone = candidate.get("zone") or candidate.get("zone2") or candidate.get("zone3")
    return f"T{hour:02d}:{minute:0>2}" + (str(grammar.look("zones", zone)) if zone else "")
