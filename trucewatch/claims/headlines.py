"""Headlines: the parts of a text that only announce what the body tells.

A claim of a headline is kept where the body does not tell the same. Agency texts often run the headline, the
agency, the date and the first sentence together; here they are cut apart.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from trucewatch.claims.clauses import Passage, passages
from trucewatch.model import Annotations, Document, Span

_ENDS = re.compile(r"[.!?:;…][\"”’')\]]*\s*$")
_LONGEST = 180  # code points: a first line longer than this is no headline
_DATELINE = 60  # code points between a headline and the date that follows it


Claim = TypeVar("Claim")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or the part of one that is headline or body."""

    passage: Passage
    headline: bool


def pieces(document: Document, annotations: Annotations) -> Iterator[Piece]:
    """The sentences of a document, cut where a headline or a dateline ends."""
    titles = headlines(document)
    cuts = sorted({*(edge for span in titles for edge in span), *_datelines(annotations, titles)})
    for passage in passages(document, annotations):
        for span in _split(passage.span, cuts):
            inside = any(t[0] <= span[0] and span[1] <= t[1] for t in titles)
            yield Piece(_narrowed(passage, span), inside)


def headlines(document: Document) -> tuple[Span, ...]:
    """Where the title stands in the text, and a first line that does not end as a sentence does."""
    found = []
    title = document.report.title.strip()
    at = document.text.find(title) if len(title) > 10 else -1
    while at >= 0:
        found.append((at, at + len(title)))
        at = document.text.find(title, at + len(title))
    if len(document.paragraphs) > 1:
        first = document.paragraphs[0]
        if first[1] - first[0] <= _LONGEST and not _ENDS.search(document.words(first)):
            found.append(first)
    return tuple(sorted(set(found)))


def _datelines(annotations: Annotations, titles: Iterable[Span]) -> Iterator[int]:
    """Where a full date ends that stands right after or before a headline."""
    for mention in annotations.dates:
        if (
            mention.relative
            or mention.start is None
            or mention.start != mention.end
            or len(mention.start) < 10
        ):
            continue
        if any(
            0 <= mention.span[0] - end <= _DATELINE or 0 <= start - mention.span[1] <= 3
            for start, end in titles
        ):
            yield mention.span[1]


def _split(span: Span, cuts: list[int]) -> Iterator[Span]:
    inner = cuts[bisect_left(cuts, span[0] + 1) : bisect_left(cuts, span[1])]
    edges = [span[0], *inner, span[1]]
    yield from itertools.pairwise(edges)


def _narrowed(passage: Passage, span: Span) -> Passage:
    if span == passage.span:
        return passage
    text = passage.document.text
    start = span[0]
    while start < span[1] and not text[start].isalnum() and text[start] not in "\"“‘'":
        start += 1
    mentions = tuple(m for m in passage.mentions if start <= m.span[0] and m.span[1] <= span[1])
    cuts = (start, *(c for c in passage.cuts if start < c < span[1]))
    return replace(passage, span=(start, span[1]), mentions=mentions, cuts=cuts)


def without_echoes(
    found: Iterable[tuple[Claim, bool]], *, same: Callable[[Claim, Claim], bool]
) -> Iterator[Claim]:
    """The claims less those of a headline that the body tells too."""
    claims = list(found)
    body = [claim for claim, headline in claims if not headline]
    told: list[Claim] = []
    for claim, headline in claims:
        if headline and any(same(claim, other) for other in (*body, *told)):
            continue
        if headline:
            told.append(claim)
        yield claim
