"""Tokens: the words and marks of a sentence, with their offsets in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch.model import Document, Noun, Span

# A word keeps inner apostrophes, hyphens, dots of abbreviations and separators of numbers; the
# possessive 's is a token of its own.
_TOKEN = re.compile(
    r"['’]s\b"
    r"|(?:[A-Za-z]\.){2,}"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?:-[A-Za-z]+)*"
    r"|\w+(?:['’‑-](?!s\b)\w+)*"
    r"|[^\w\s]"
)


class Token(Noun, frozen=True, kw_only=True):
    """A word or mark; ``lower`` is its text in lower case with plain apostrophes."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Its offsets in the document."""
        return (self.start, self.end)

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def tokenize(text: str, *, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]``, offsets counted from the start of the text."""
    return [
        Token(text=m.group(), lower=m.group().lower().replace("’", "'"), start=m.start(), end=m.end())
        for m in _TOKEN.finditer(text, start, len(text) if end is None else end)
    ]


def sentences(document: Document) -> Iterator[tuple[Span, list[Token]]]:
    """Each sentence of a document with its tokens."""
    for span in document.sentences:
        yield span, tokenize(document.text, start=span[0], end=span[1])
