"""The marks as small pictures beside words: the same rules as on the canvas, for lists, panel and legend.

``shapes`` knows no Django and no claim; it takes what a mark says and returns the SVG elements, the mark's
middle at 0 0. Colours are custom properties: ``--c`` the party's, ``--paper`` the ground.
"""

from __future__ import annotations

from dataclasses import dataclass

# Length of a bar in heights, and its height, by precision.
LENGTHS = {
    "month": 1.4,
    "season": 1.8,
    "year": 2.4,
    "decade": 2.8,
    "century": 2.8,
    "interval": 2.2,
    "open": 2.6,
}
HEIGHTS = {
    "month": 0.70,
    "season": 0.58,
    "year": 0.46,
    "decade": 0.34,
    "century": 0.34,
    "interval": 0.38,
    "open": 0.38,
}
DASHES = ((14, 0, 1), (9, 17, 0.85), (6, 29, 0.65), (4, 39, 0.5))


@dataclass(frozen=True, slots=True)
class MarkTraits:
    """What one mark says: how exact, whose words, how dated, what is done with it, who has checked it."""

    kind: str = "day"
    reported: bool = False
    inferred: bool = False
    approximate: bool = False
    uncertain: bool = False
    stance: str = "asserts"
    review: str = "accepted"
    open_start: bool = False
    colour: int = 0
    height: float = 10


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _rect(x: float, y: float, w: float, h: float, rest: str) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" {rest}/>'


def _circle(r: float, rest: str) -> str:
    return f'<circle r="{_n(r)}" {rest}/>'


def _body_paint(mark: MarkTraits, outline: float) -> str:
    """Return fill and stroke of a mark's body."""
    if mark.review == "dismissed":
        return 'fill="none" stroke="var(--c)" stroke-width="1" stroke-dasharray="1.5 1.75" opacity=".75"'
    if mark.uncertain:
        hatch = f"url(#{'hs' if mark.reported else 'hd'}{mark.colour})"
        return f'fill="{hatch}" stroke="var(--c)" stroke-width="1"'
    if mark.reported:
        width = 1 if mark.review == "suggested" else outline
        return f'fill="var(--ground)" stroke="var(--c)" stroke-width="{_n(width)}"'
    if mark.review == "suggested":
        return 'fill="var(--c)" fill-opacity=".3" stroke="var(--c)" stroke-width="1"'
    return 'fill="var(--c)"'


def _outline_inset(mark: MarkTraits, outline: float) -> float:
    """Return how far a body with an outline stays inside its size."""
    if mark.reported and mark.review != "suggested" and not mark.uncertain:
        return outline / 2
    return 0.5 if mark.review in ("suggested", "dismissed") or mark.uncertain else 0


def _disc(mark: MarkTraits) -> list[str]:
    h = mark.height
    if mark.approximate and not mark.reported:
        halo = [
            _circle(h * 0.74, 'fill="var(--c)" opacity=".2"'),
            _circle(h * 0.54, 'fill="var(--c)" opacity=".42"'),
        ]
        return [*halo, _circle(h * 0.34, 'fill="var(--c)"')]
    r = h / 2 - _outline_inset(mark, 1.75)
    drawn = [_circle(r, _body_paint(mark, 1.75))]
    if mark.approximate:
        drawn = [
            _circle(h * 0.68, 'fill="none" stroke="var(--c)" stroke-width="1" opacity=".38"'),
            _circle(h * 0.4, _body_paint(mark, 1.75)),
        ]
    return drawn


def _bar(mark: MarkTraits) -> tuple[list[str], float]:
    """Return a bar's elements and its left end."""
    h = mark.height
    length = LENGTHS[mark.kind] * h
    left, tall = -length / 2, max(2, round(HEIGHTS[mark.kind] * h))
    top = -tall / 2
    inset = _outline_inset(mark, 1.5)
    paint = _body_paint(mark, 1.5 if tall < 8 else 2)
    drawn: list[str] = []
    if mark.kind == "open":
        for width, at, opacity in DASHES:
            x = left + (length - at - width if mark.open_start else at) * 1.0
            if at + width <= length + 0.5:
                drawn.append(_rect(x, top, width, tall, f'{paint} opacity="{opacity}"'))
        end = left + length - 2 if mark.open_start else left
        return [*drawn, _rect(end, -h / 2, 2, h, 'fill="var(--c)"')], left
    if mark.approximate:
        step = 0.32 * h
        for x in (left, left + length - step):
            drawn.append(_rect(x, top, step, tall, 'fill="var(--c)" opacity=".48"'))
        for x in (left - step, left + length):
            drawn.append(_rect(x, top, step, tall, 'fill="var(--c)" opacity=".2"'))
        body = (left + step, length - 2 * step)
    else:
        body = (left, length)
    drawn.append(_rect(body[0] + inset, top + inset, body[1] - 2 * inset, max(1, tall - 2 * inset), paint))
    if mark.kind == "interval":
        drawn += [_rect(x, -h / 2, 2, h, 'fill="var(--c)"') for x in (left, left + length - 2)]
    return drawn, left


def _set(mark: MarkTraits) -> list[str]:
    rule = '<path d="M-9 0H9" stroke="var(--c)" stroke-width="1.25"/>'
    disc = _circle(mark.height * 0.35 - _outline_inset(mark, 1.5), _body_paint(mark, 1.5))
    return [rule, f'<g transform="translate(-9 0)">{disc}</g>', f'<g transform="translate(9 0)">{disc}</g>']


def _pointed(mark: MarkTraits) -> list[str]:
    """Return a day that is announced or demanded: its right end pointed."""
    h = mark.height
    half = 0.45 * h
    inset = _outline_inset(mark, 1.75)
    left, neck, tip = _n(-h / 2 + inset), _n(0.12 * h), _n(0.68 * h - inset)
    up, down = _n(-half + inset), _n(half - inset)
    shape = f"M{left} {up}H{neck}L{tip} 0L{neck} {down}H{left}Z"
    drawn = [f'<path d="{shape}" {_body_paint(mark, 1.75)}/>']
    if mark.stance == "demands":
        drawn.append(_rect(-h / 2 - 4, -h / 2, 2, h, 'fill="var(--c)"'))
    return drawn


def _over(mark: MarkTraits) -> list[str]:
    """Return what is struck through a mark or set beside it."""
    h = mark.height
    reach = h / 2 + 3
    if mark.stance == "denies":
        line = f'd="M{_n(-reach * 0.78)} {_n(reach)}L{_n(reach * 0.78)} {_n(-reach)}"'
        return [
            f'<path {line} stroke="var(--ground)" stroke-width="3.8"/>',
            f'<path {line} stroke="var(--ink)" stroke-width="1.75"/>',
        ]
    if mark.stance == "rejects-wording":
        half = h / 2 if mark.kind in ("day", "unknown") else LENGTHS.get(mark.kind, 2.2) * h / 2
        x, y, fall = half + 2.4, -h / 2, 0.36 * h
        strokes = "".join(
            f"M{_n(at)} {_n(y)}l{_n(-0.28 * fall)} {_n(fall)}" for at in (-x, -x - 2.6, x + 1, x + 3.6)
        )
        return [f'<path d="{strokes}" stroke="var(--ink)" stroke-width="1.6" fill="none"/>']
    return []


def shapes(mark: MarkTraits) -> str:
    """Return the SVG elements of a mark, composed from inside out: shape, slit, ring, strike or quotes."""
    h = mark.height
    slit_at = 0.0
    if mark.kind == "oneof":
        drawn = _set(mark)
    elif mark.kind in LENGTHS:
        drawn, left = _bar(mark)
        slit_at = left + 0.7 * h
    elif mark.stance in ("announces", "demands"):
        drawn = _pointed(mark)
    else:
        drawn = _disc(mark)
    if mark.inferred and mark.kind != "oneof":
        width = max(1.4, 0.15 * h)
        drawn.append(_rect(slit_at - width / 2, -h * 0.6, width, h * 1.2, 'fill="var(--ground)"'))
    if mark.review == "curated":
        drawn.append(_circle(h / 2 + 3, 'fill="none" stroke="var(--c)" stroke-width="1.1"'))
    return "".join([*drawn, *_over(mark)])


def width_of(mark: MarkTraits) -> float:
    """Return how wide the picture of a mark is, its strokes and rings included."""
    return max(LENGTHS.get(mark.kind, 2.0) * mark.height, 2 * mark.height) + 10
