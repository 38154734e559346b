"""A report's text cut into runs, each with the claims whose evidence it is part of; long texts in parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from trucewatch.model import AnyClaim, Entry, Noun, Span, Statement

PART = 100_000
"""How many characters of a text stand on one page."""
_NEAR = 2_000  # a part ends with the paragraph, line or word that ends so few characters before its limit
_ENDS = ("\n\n", "\n", " ")
_STEERING = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)


class Run(Noun, frozen=True, kw_only=True):
    """Some words in a row. ``claims`` are the numbers, from 1, of the claims that stand on them;
    ``begins`` those whose evidence begins here; ``speaks`` where the words name a speaker of some claim;
    ``at`` where in the text they begin."""

    text: str
    at: int = 0
    claims: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    speaks: bool = False


def parts(text: str) -> list[Span]:
    """The stretches that a text is shown in: all of it where it is short.

    >>> parts("One.")
    [(0, 4)]
    """
    found: list[Span] = []
    start = 0
    while len(text) - start > PART:
        end = _end(text, start + PART)
        found.append((start, end))
        start = end
    return [*found, (start, len(text))]


def _end(text: str, limit: int) -> int:
    for mark in _ENDS:
        place = text.rfind(mark, limit - _NEAR, limit)
        if place >= 0:
            return place + len(mark)
    return limit


def part_of(place: int, found: Sequence[Span]) -> int:
    """The number, from 1, of the part that a place in the text lies in."""
    return next((n for n, (_, end) in enumerate(found, start=1) if place < end), len(found))


def runs(text: str, entries: Sequence[Entry], span: Span) -> list[Run]:
    """The runs of a stretch of a text. Their words in a row are the stretch, whatever the claims are.

    Evidence may overlap: each run has all claims that cover it. Evidence outside the text marks nothing.
    """
    first, last = span
    marks = [(number, *_clipped(entry.claim.evidence, span)) for number, entry in enumerate(entries, start=1)]
    marks = [mark for mark in marks if mark[1] < mark[2]]
    named = [_clipped(one, span) for entry in entries for one in speakers(entry.claim)]
    named = [one for one in named if one[0] < one[1]]
    edges = sorted({first, last, *(edge for mark in marks for edge in mark[1:]), *chain(*named)})
    return [
        Run(
            text=text[start:end],
            at=start,
            claims=tuple(number for number, a, b in marks if a <= start and end <= b),
            begins=tuple(number for number, a, _ in marks if a == start),
            speaks=any(a <= start and end <= b for a, b in named),
        )
        for start, end in pairwise(edges)
    ]


def speakers(claim: AnyClaim) -> Iterator[Span]:
    """Where a claim's speakers are named: those who say it, and those who relay it."""
    actors = claim.speaker if isinstance(claim, Statement) else ()
    spans = (*(actor.span for actor in actors), *(voice.span for voice in claim.said_by))
    yield from (span for span in spans if span)


def _clipped(evidence: Span, span: Span) -> Span:
    return max(evidence[0], span[0]), min(evidence[1], span[1])


def shown(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, in which what would steer the direction or the screen is written out by its name.

    >>> shown("a\\u202eb")
    [('a', False), ('U+202E RIGHT-TO-LEFT OVERRIDE', True), ('b', False)]
    """
    pieces: list[tuple[str, bool]] = []
    start = 0
    for met in _STEERING.finditer(text):
        pieces += [(text[start : met.start()], False), (_name(met.group()), True)]
        start = met.end()
    pieces.append((text[start:], False))
    return [piece for piece in pieces if piece[0]]


def placed(text: str, at: int) -> Iterator[tuple[str, bool, int]]:
    """The pieces of :func:`shown`, each with where it begins in a text that the words begin in at ``at``."""
    for words, steers in shown(text):
        yield words, steers, at
        at += 1 if steers else len(words)


def _name(mark: str) -> str:
    name = unicodedata.name(mark, "control character")
    return f"U+{ord(mark):04X} {name}"
