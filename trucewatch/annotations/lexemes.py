"""Lexemes: words, figures and marks with hyphenated words taken apart, for dates and quantities.

The tokens of :mod:`trucewatch.annotations.tokens` keep "45-minute" and "19-20" as they stand; here they
are three lexemes, so that a grammar sees the number. A figure keeps its separators ("1,500", "19:30").
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.model import Document, Span

_LEXEME = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d)|\b9/11\b)"
    r"|(?P<clock>\d{1,2}:\d{2}(?::\d{2})?\b)"
    r"|(?P<decade>['’]?\d{2,4}s\b)"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
    r"|(?P<figure>\d{1,3}(?:[,\u00a0\u202f’]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    r"|(?P<word>(?:[A-Za-z]\.){2,}|['’]s\b|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)"
    r"|(?P<mark>[^\w\s]|_)"
)


class Lexeme(NamedTuple):
    """One lexeme: its kind (``word``, ``figure``, ``mark`` ...), its words in lower case and its offsets."""

    kind: str
    lower: str
    start: int
    end: int
    capital: bool


class Lexemes(NamedTuple):
    """The lexemes of a text, and for each the number of its sentence."""

    items: list[Lexeme]
    sentence: list[int]

    def within(self, span: Span) -> tuple[int, int]:
        """The half-open range of indices of the lexemes that lie in a span."""
        first = bisect.bisect_left(self.items, span[0], key=lambda x: x.start)
        last = bisect.bisect_left(self.items, span[1], key=lambda x: x.start)
        return first, last


def lex(document: Document) -> Lexemes:
    """The lexemes of a document, each with the number of its sentence."""
    text = document.text
    items = [
        Lexeme(
            m.lastgroup or "", m.group().lower().replace("’", "'"), m.start(), m.end(), m.group()[0].isupper()
        )
        for m in _LEXEME.finditer(text)
    ]
    return Lexemes(items, _numbered(items, document.sentences))


def _numbered(items: Sequence[Lexeme], sentences: Sequence[Span]) -> list[int]:
    numbers, at = [], 0
    for item in items:
        while at + 1 < len(sentences) and sentences[at + 1][0] <= item.start:
            at += 1
        numbers.append(at)
    return numbers
