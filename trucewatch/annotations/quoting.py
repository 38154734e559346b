"""Contents made to fit their quotation marks, in words of a window.

A content that starts or ends inside a quotation takes the whole of it, unless its cue stands inside
too; one that ends with a quotation before its cue takes the quotation that follows the cue as well
("Yes," she said. "We are ready.").
"""

from __future__ import annotations

from trucewatch.model import Span

OPENING, CLOSING, STRAIGHT, SINGLE = frozenset("“«„"), frozenset("”»"), '"', frozenset("'’‘`")
STOPS = frozenset(".,;:")
FAR = 120  # words: a longer run between marks is a missing mark rather than a quotation


def quotations(words: list[str], gaps: list[int]) -> list[Span]:
    """Quotations as first and one past the last word, marks included; none runs over a line end."""
    found: list[Span] = []
    start: int | None = None
    at = 0
    while at < len(words):
        if gaps[at] == 2:
            start = None
        size = _mark(words, gaps, at)
        attached = at + size < len(words) and gaps[at + size] == 0
        if not size:
            at += 1
        elif words[at] in OPENING or (start is None and words[at] not in CLOSING and attached):
            start = at
            at += size
        else:
            if start is not None and at + size - start <= FAR:
                found.append((start, at + size))
            start = None
            at += size
    return found


def _mark(words: list[str], gaps: list[int], at: int) -> int:
    """How many words make a quotation mark here: two single marks make one."""
    word = words[at]
    if word in OPENING or word in CLOSING or word == STRAIGHT:
        return 1
    twice = word in SINGLE and at + 1 < len(words) and words[at + 1] == word and gaps[at + 1] == 0
    return 2 if twice else 0


def fit(
    content: Span, cue: Span, source: Span | None, *, words: list[str], gaps: list[int], quotes: list[Span]
) -> Span:
    """The content with whole quotations; ``quotes`` are those of the words."""
    start, end = content
    for first, last in quotes:
        if not first <= cue[0] < last:
            if first < start < last:
                start = first
            if first < end < last:
                end = last
    return start, _after(end, max(cue[1], source[1] if source else 0), quotes, words, gaps)


def _after(end: int, clause: int, quotes: list[Span], words: list[str], gaps: list[int]) -> int:
    """Where the content ends if a quotation goes on behind the cue's clause."""
    if end >= clause or not any(last == end for _, last in quotes):
        return end
    at = clause
    while at < len(words) and words[at] in STOPS and gaps[at] == 0:
        at += 1
    for first, last in quotes:
        if first == at > clause and gaps[at] == 1:
            end = at = last
    return end
