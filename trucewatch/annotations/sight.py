"""What the encoder saw, word by word: answers to questions about any stretch of the text.

A claim that a rule has read can be asked about as well as one that the encoder found: how probable its
words are as evidence of its kind, which values its small fields have, and which words fill its roles.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trucewatch.annotations.decoding import Floats
from trucewatch.annotations.labels import CLASSES, REACH, ROLES, SEQUENCES, SLICES
from trucewatch.model import Span

FAR = 250  # words: roles are looked for no farther from the evidence


@dataclass(frozen=True)
class Links:
    """The last layer of the questions: roles x LINK x state, with the biases of each role."""

    weight: Floats
    bias: Floats
    rarity: Floats
    nearness: Floats

    @classmethod
    def load(cls, path: Path) -> Links:
        """Read the arrays that training/export.py wrote."""
        with np.load(path) as arrays:
            return cls(**{name: arrays[name].astype(np.float32) for name in arrays.files})


@dataclass(frozen=True)
class Sight:
    """The network's view of a text by word.

    ``inside`` is words x sequences: the chance that a word stands in a span of that sequence. ``votes``
    are words x values of all small classes, ``asks`` words x state, ``answers`` words x LINK, ``cases``
    the most probable way each word was written.
    """

    spans: list[Span]
    inside: Floats
    votes: Floats
    asks: Floats
    answers: Floats
    cases: Floats
    links: Links

    @functools.cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        return [start for start, _ in self.spans], [end for _, end in self.spans]

    def words(self, span: Span) -> tuple[int, int]:
        """The words on a span: first and one past the last; at least one."""
        if not self.spans:
            return 0, 0
        starts, ends = self._edges
        start, end = bisect_right(ends, span[0]), bisect_left(starts, span[1])
        start = min(start, len(self.spans) - 1)
        return start, max(end, start + 1)

    def chances(self, sequence: str, span: Span) -> Floats:
        """The chance of each word of a span to stand in a span of a sequence."""
        start, end = self.words(span)
        return self.inside[start:end, SEQUENCES.index(sequence)]

    def values(self, name: str, span: Span) -> dict[str, float]:
        """The probability of each value of a small class, ``KIND.field``, on some evidence."""
        votes = self._means(*self.words(span))[0][SLICES[name]]
        part = np.exp(votes - votes.max())
        return dict(zip(CLASSES[name], (part / part.sum()).tolist(), strict=True))

    def _means(self, start: int, end: int) -> tuple[Floats, Floats]:
        """The mean votes and the mean state of some words; kept, since many roles ask of the same words."""
        if (start, end) not in self._known:
            states = self.asks[start:end].astype(np.float32)
            n = np.float32(end - start)
            self._known[start, end] = (self.votes[start:end].sum(0) / n, states.sum(0) / n)
        return self._known[start, end]

    @functools.cached_property
    def _known(self) -> dict[tuple[int, int], tuple[Floats, Floats]]:
        return {}

    def filling(self, role: str, span: Span) -> tuple[int, Floats]:
        """For the role ``KIND.role`` of some evidence: the first word looked at, and from there the log
        odds of each word to belong to who or what fills it."""
        start, end = self.words(span)
        low, high = max(0, start - FAR), min(len(self.spans), end + FAR)
        n = ROLES.index(role)
        question = self.links.weight[n] @ self._means(start, end)[1] + self.links.bias[n]
        bias = self.links.nearness[n][_distances(start - low, end - start, high - end)]
        return low, self.answers[low:high] @ question + self.links.rarity[n] + bias


@functools.lru_cache(512)
def _distances(before: int, inside: int, after: int) -> npt.NDArray[np.int64]:
    """Where the bias of each word stands: by its distance from the evidence, before, in and after it."""
    left = np.clip(np.arange(-before, 0), -REACH, 0)
    right = np.clip(np.arange(1, after + 1), 0, REACH)
    return np.concatenate([left, np.zeros(inside, dtype=np.int64), right]) + REACH
