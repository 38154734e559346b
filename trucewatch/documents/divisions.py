"""Divisions of a text: paragraphs, sentences and quotations, all as spans of the one text.

Sentences come from sentencex (Wikimedia's splitter); it keeps a quotation of several sentences
whole, so quotations are divided a second time inside.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from trucewatch.model import Noun, Quotation, Span

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINES = re.compile(r"\n\s*")
_WRAPPED_WIDTH = (45, 90)  # hard-wrapped text: the median line is of this length and most lines run on
_LINE_END = re.compile(r"[.!?:;\"”’'*…)\]]\s*$")
_DOUBLE = re.compile(r"[\"“”„«»]|``|''")
_SINGLE_OPEN = re.compile(r"(?:(?<=[\s(\[:—–-])|^)['‘‹](?=[\w\[(…])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…)\]])['’›](?![\w])")
_AFTER_STOP = re.compile(r"(?<=[,.!?…])['’›]")
_STOP_BEFORE = re.compile(r"[.!?…][\"”’']?\s+$")
# "HALDEN, May 14 (Harbour Wire) - ", "MINSK (Wire) -- ": where and when a story was filed, and by whom
_DATELINE = re.compile(
    r"[A-Z][A-Z'’.-]+(?:[ /][A-Z][A-Z'’.-]+)*(?:, [A-Z][\w .]{2,25}?)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"\s*(?:\([^)\n]{2,40}\))?\s*[-–—]{1,2}\s+(?=\S)"
)
_MAX_SENTENCE = 2_500  # code points; the longest sentence of gold/train has 549
_MAX_SINGLE = 1500  # a single quotation mark that is not closed by then was an apostrophe


class Divisions(Noun, frozen=True, kw_only=True):
    """How a text falls into parts; each tuple is in the order of the text."""

    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]


def divide(text: str) -> Divisions:
    """Divide a text. Any string will do; spans never overlap within paragraphs or sentences.

    >>> d = divide('He said: "We go. We stay." She left.')
    >>> [d.sentences[0], len(d.sentences), d.quotations[0].inner]
    [(0, 16), 3, (10, 25)]
    """
    paragraphs = tuple(_paragraphs(text))
    quotations = tuple(_quotations(text, paragraphs))
    return Divisions(
        paragraphs=paragraphs,
        sentences=tuple(_sentences(text, paragraphs, quotations)),
        quotations=quotations,
    )


def _is_wrapped(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 4:
        return False
    low, high = _WRAPPED_WIDTH
    running_on = sum(not _LINE_END.search(line) for line in lines)
    return low <= statistics.median(map(len, lines)) <= high and running_on > len(lines) / 2


def _paragraphs(text: str) -> list[Span]:
    breaks = _BLANK_LINES if _is_wrapped(text) else _LINES
    ends = [(m.start(), m.end()) for m in breaks.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return [s for a, b in zip(starts, stops, strict=True) if (s := _trim(text, a, b))]


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


# --- sentences -----------------------------------------------------------------------------------


def _boundaries(text: str) -> list[int]:
    """Where sentences begin, as offsets; sentencex counts code points."""
    return [int(b["start_index"]) for b in get_sentence_boundaries("en", text)]


def _sentences(text: str, paragraphs: tuple[Span, ...], quotations: tuple[Quotation, ...]) -> list[Span]:
    cuts: set[int] = set()
    for start, end in paragraphs:
        cuts.update(start + b for b in _boundaries(text[start:end]))
        cuts.add(start)
        if dateline := _DATELINE.match(text, start, end):
            cuts.add(dateline.end())
    for quotation in quotations:
        start, end = quotation.inner
        cuts.update(start + b for b in _boundaries(text[start:end]) if b > 0)
        if _STOP_BEFORE.search(text, max(0, quotation.span[0] - 4), quotation.span[0]):
            cuts.add(quotation.span[0])
    return _between(text, paragraphs, sorted(cuts))


def _between(text: str, paragraphs: tuple[Span, ...], cuts: list[int]) -> list[Span]:
    found: list[Span] = []
    at = 0
    for start, end in paragraphs:
        inside = []
        while at < len(cuts) and cuts[at] < end:
            if cuts[at] >= start:
                inside.append(cuts[at])
            at += 1
        for a, b in zip(inside, [*inside[1:], end], strict=True):
            found += [span for c, d in _pieces(text, a, b) if (span := _trim(text, c, d))]
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, or the pieces of one that is longer than any sentence is, cut at white space."""
    while end - start > _MAX_SENTENCE:
        cut = max(
            text.rfind(" ", start, start + _MAX_SENTENCE), text.rfind("\n", start, start + _MAX_SENTENCE)
        )
        cut = cut if cut > start else start + _MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, end


# --- quotations ----------------------------------------------------------------------------------


def _quotations(text: str, paragraphs: tuple[Span, ...]) -> list[Quotation]:
    found: list[Quotation] = []
    for start, end in paragraphs:
        double = _doubles(text, start, end)
        found += double
        found += _singles(text, start, end, double)
    return sorted(found, key=lambda q: q.span)


def _doubles(text: str, start: int, end: int) -> list[Quotation]:
    """Quotations in double marks of one paragraph; one left open runs to the paragraph's end."""
    found: list[Quotation] = []
    opened: tuple[int, int] | None = None
    for mark in _DOUBLE.finditer(text, start, end):
        here = mark.span()
        if opened is None:
            if _may_open(mark.group(), text, here, end):
                opened = here
        elif _opens_anew(mark.group(), text, here, end):
            found += _quotation(text, opened, (here[0], here[0]))
            opened = here
        else:
            found += _quotation(text, opened, here)
            opened = None
    if opened:
        found += _quotation(text, opened, (end, end))
    return found


def _may_open(mark: str, text: str, here: Span, end: int) -> bool:
    return mark not in "”»" and here[1] < end


def _opens_anew(mark: str, text: str, here: Span, end: int) -> bool:
    """An opening mark inside an open quotation: the earlier one was never closed."""
    before = text[here[0] - 1] if here[0] else " "
    after = text[here[1]] if here[1] < end else " "
    if mark in "“„«":
        return not before.isalnum() and before not in ".,!?…" and not after.isspace()
    return mark == '"' and before.isspace() and not after.isspace()


def _quotation(text: str, opening: Span, closing: Span) -> list[Quotation]:
    inner = _trim(text, opening[1], closing[0])
    if inner is None:
        return []
    closed = closing[1] > closing[0]
    return [Quotation(span=(opening[0], closing[1] if closed else inner[1]), inner=inner, closed=closed)]


def _singles(text: str, start: int, end: int, doubles: list[Quotation]) -> list[Quotation]:
    """Quotations in single marks outside double ones; apostrophes are told apart by what stands beside."""
    found: list[Quotation] = []
    at = start
    while opening := _SINGLE_OPEN.search(text, at, end):
        at = opening.end()
        if any(q.span[0] <= opening.start() < q.span[1] for q in doubles):
            continue
        if closing := _closing_single(text, opening.end(), min(end, at + _MAX_SINGLE)):
            found += _quotation(text, opening.span(), closing)
            at = closing[1]
    return found


def _closing_single(text: str, start: int, end: int) -> Span | None:
    """The mark that closes: one after a stop before the next opening, else the first after a word."""
    following = _SINGLE_OPEN.search(text, start, end)
    limit = following.start() if following else end
    marks = [m.span() for m in _SINGLE_CLOSE.finditer(text, start, limit)]
    after_stop = [m for m in marks if _AFTER_STOP.match(text, m[0])]
    possessive = [m for m in marks if text[m[0] - 1] == "s" and text[m[1] : m[1] + 1] == " "]
    firm = [m for m in marks if m not in possessive]
    for choice in (after_stop, firm, marks):
        if choice:
            return choice[0]
    return None
