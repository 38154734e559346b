"""Text cut into words, word pieces and windows: what the trained encoder reads, in training and in use.

A word is a run of letters and digits or one other sign; words keep their offsets in the text. Beside
its pieces a word has a shape (its capitals) and a gap (what stands before it), because the pieces
themselves are lower case and know nothing of line ends. Windows overlap; each word belongs to the
window in which it stands farthest from the edges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from trucewatch.annotations.pieces import Pieces
from trucewatch.model import Span

Ints = npt.NDArray[np.int64]
WINDOW = 318
OVERLAP = 64
SHAPES = 6
GAPS = 3
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαρνι",
    "ABEKMHOPCTYXIJSaeopcyxijsdhABEZHIKMNOPTYXoapvi",
)
_DIGIT_LETTERS = str.maketrans("0135", "oles")
_DIGIT_IN_WORD = re.compile(r"(?<=[a-z])[0135](?=[a-z])|(?<=[A-Z])[0135](?=[a-z]{2})")


@dataclass(frozen=True)
class Words:
    """The words of a text: their spans, shapes and gaps, and the pieces with the word of each."""

    spans: list[Span]
    shapes: Ints
    gaps: Ints
    pieces: Ints
    first: Ints

    def __len__(self) -> int:
        return len(self.spans)

    @property
    def sizes(self) -> Ints:
        """How many pieces each word has."""
        return np.diff(np.append(self.first, len(self.pieces)))


@dataclass(frozen=True)
class Window:
    """Words ``start`` to ``end`` read together; ``keep`` are those whose reading counts."""

    start: int
    end: int
    keep: tuple[int, int]


def fold(text: str) -> str:
    """The text with letters of other scripts that look Latin, and digits inside words, made Latin."""
    text = text.translate(_LOOK_ALIKES) if not text.isascii() else text
    return _DIGIT_IN_WORD.sub(lambda m: m.group().translate(_DIGIT_LETTERS), text)


def split(pieces: Pieces, text: str) -> Words:
    """The words of a text with their pieces."""
    folded = fold(text)
    found = pieces.words(folded)
    spans = [span for span, _ in found]
    sizes = np.array([len(numbers) for _, numbers in found], dtype=np.int64)
    before = [0, *(end for _, end in spans)]
    return Words(
        spans=spans,
        shapes=np.array([shape(folded[a:b]) for a, b in spans], dtype=np.int64),
        gaps=np.array([gap(folded[b:a]) for (a, _), b in zip(spans, before, strict=False)], dtype=np.int64),
        pieces=np.array([n for _, numbers in found for n in numbers], dtype=np.int64),
        first=np.cumsum(sizes) - sizes,
    )


def shape(word: str) -> int:
    """0 small letters, 1 first capital, 2 one capital letter, 3 all capitals, 4 mixed, 5 no letters."""
    if word.islower():
        return 0
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word.istitle():
        return 1
    return 4 if any(c.isalpha() for c in word) else 5


def gap(before: str) -> int:
    """0 nothing stands before, 1 a space, 2 the end of a line."""
    return 2 if "\n" in before else min(1, len(before))


def windows(sizes: Ints, *, size: int = WINDOW, overlap: int = OVERLAP) -> list[Window]:
    """Cut words of some sizes (in pieces) into windows of at most ``size`` pieces that overlap."""
    ends = np.cumsum(sizes)
    cuts: list[tuple[int, int]] = []
    start = 0
    while start < len(sizes):
        base = int(ends[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(ends, base + size, side="right")))
        cuts.append((start, end))
        if end >= len(sizes):
            break
        start = max(start + 1, int(np.searchsorted(ends, int(ends[end - 1]) - overlap, side="right")))
    middle = [0, *((b[0] + a[1]) // 2 for a, b in pairwise(cuts)), len(sizes)]
    return [Window(a, b, (middle[i], middle[i + 1])) for i, (a, b) in enumerate(cuts)]


def batch(words: Words, parts: list[Window], special: tuple[int, int, int]) -> dict[str, Ints]:
    """The arrays the network reads for some windows; ``special`` are the ids of CLS, SEP and PAD."""
    cls, sep, pad = special
    bounds = np.append(words.first, len(words.pieces))
    of_piece = np.repeat(np.arange(len(words)), words.sizes)
    width = max(int(bounds[w.end] - bounds[w.start]) for w in parts) + 2
    wide = max(w.end - w.start for w in parts)
    ids = np.full((len(parts), width), pad, dtype=np.int64)
    shapes, gaps = np.full_like(ids, 5), np.zeros_like(ids)
    mask = np.zeros_like(ids)
    first = np.zeros((len(parts), wide), dtype=np.int64)
    for row, part in enumerate(parts):
        low, high = int(bounds[part.start]), int(bounds[part.end])
        n = high - low
        ids[row, 0], ids[row, 1 : n + 1], ids[row, n + 1] = cls, words.pieces[low:high], sep
        shapes[row, 1 : n + 1] = words.shapes[of_piece[low:high]]
        gaps[row, 1 : n + 1] = words.gaps[of_piece[low:high]]
        mask[row, : n + 2] = 1
        first[row, : part.end - part.start] = words.first[part.start : part.end] - low + 1
    return {"ids": ids, "shapes": shapes, "gaps": gaps, "mask": mask, "first": first}
