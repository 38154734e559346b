"""Words cut into word pieces, as BERT's uncased vocabulary has them.

A word is a run of signs without white space or punctuation, or one punctuation mark; it is written in
small letters without accents and cut into the longest pieces that the vocabulary knows, from the left.
The library that usually does this brings a client for a model hub, which an offline program must not carry.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import regex

from trucewatch.model import Span

CLS, SEP, PAD, UNKNOWN = "[CLS]", "[SEP]", "[PAD]", "[UNK]"
LONGEST = 100  # letters: longer words have no pieces
_MARK = r"[\p{P}$+<=>^`|~\p{Han}]"
_WORD = regex.compile(rf"{_MARK}|(?:(?!{_MARK})[^\s\p{{Z}}])+")
_NOTHING = regex.compile(r"[\p{Cc}\p{Cf}\p{Cn}\p{Co}\ufffd]+")  # signs that are not written
_EDGES = regex.compile(rf"^{_NOTHING.pattern}|{_NOTHING.pattern}$")


class Pieces:
    """A vocabulary of word pieces: a piece's number is its line in the file."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf8").splitlines()
        self.numbers = {piece: n for n, piece in enumerate(lines)}
        self._known: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    def words(self, text: str) -> list[tuple[Span, tuple[int, ...]]]:
        """The words of a text with the numbers of their pieces."""
        found = []
        for match in _WORD.finditer(text):
            word, (start, end) = match.group(), match.span()
            if pieces := self.of(word):
                span = (start, end) if word.isascii() else _trimmed(word, start)
                found.append((span, pieces))
        return found

    def of(self, word: str) -> tuple[int, ...]:
        """The pieces of one word; none where nothing of it can be written."""
        if word not in self._known:
            if len(self._known) > 100_000:
                self._known.clear()
            self._known[word] = self._cut(_plain(word))
        return self._known[word]

    def _cut(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        start, unknown = 0, (self.numbers[UNKNOWN],)
        if len(word) > LONGEST:
            return unknown
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self.numbers.get(word[start:end] if start == 0 else "##" + word[start:end])
                if piece is not None:
                    found.append(piece)
                    start = end
                    break
            else:
                return unknown
        return tuple(found)


def _plain(word: str) -> str:
    kept = str(_NOTHING.sub("", word))
    if word.isascii():
        return kept.lower()
    letters = unicodedata.normalize("NFD", kept)
    return "".join(c for c in letters if unicodedata.category(c) != "Mn").lower()


def _trimmed(word: str, start: int) -> Span:
    kept = _EDGES.sub("", word)
    at = start + word.index(kept)
    return at, at + len(kept)
