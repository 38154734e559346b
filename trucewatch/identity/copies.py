"""How much of one text stands in another, and whether their figures and days are the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trucewatch.identity.wording import DAY, Hashes, Wording, runs
from trucewatch.model import Noun

RUN = 5  # words in a row: two authors seldom put so many the same, two printings of one story mostly do

Places = npt.NDArray[np.int64]


class Likeness(Noun, frozen=True, kw_only=True):
    """Two texts compared.

    ``common`` words stand in both in runs of five and more; ``words`` is their share of the shorter text,
    ``longer`` of the longer. Numbers and days are not among the words. ``same`` and ``other`` count the
    numbers and days that stand in the same place in both texts and agree or differ; ``days`` are the
    agreeing ones that are weekdays or months.
    """

    words: float
    longer: float
    common: int
    same: int = 0
    other: int = 0
    days: int = 0


@dataclass(frozen=True)
class Laid:
    """A wording laid out for comparing: its runs by place, each run once in order, and the places of those
    that it has but once, in the order of their hashes."""

    wording: Wording
    runs: Hashes
    distinct: Hashes
    once: Places


def lay(wording: Wording) -> Laid:
    """Lay a wording out: worth keeping where it is compared with several."""
    found = runs(wording, length=RUN)
    distinct, first, count = np.unique(found, return_index=True, return_counts=True)
    return Laid(wording=wording, runs=found, distinct=distinct, once=first[count == 1])


def compare(one: Laid, other: Laid) -> Likeness:
    """The likeness of two wordings, whichever comes first."""
    shorter, longer = (one, other) if len(one.wording) <= len(other.wording) else (other, one)
    shared = np.intersect1d(one.distinct, other.distinct, assume_unique=True)
    # The lesser of both: "President of the Republic" ten times in one text is once in the other.
    common = min(_covered(shorter, shared), _covered(longer, shared))
    same, differing, days = _figures(shorter, longer) if common else (0, 0, 0)
    return Likeness(
        words=common / max(1, shorter.wording.plain),
        longer=common / max(1, longer.wording.plain),
        common=common,
        same=same,
        other=differing,
        days=days,
    )


def _covered(laid: Laid, shared: Hashes) -> int:
    """How many words (numbers and days left out) stand in a run that both texts have."""
    if not len(shared):
        return 0
    at = np.minimum(np.searchsorted(shared, laid.runs), len(shared) - 1)
    found = shared[at] == laid.runs
    covered = np.zeros(len(laid.wording), bool)
    for step in range(RUN):
        covered[step : step + len(found)] |= found
    return int((covered & ~laid.wording.figures).sum())


def _figures(one: Laid, other: Laid) -> tuple[int, int, int]:
    """How many numbers and days in the same places agree, how many differ, and how many days agree.

    Places are the same where they stand in a run that each text has once.
    """
    left, right = one.wording, other.wording
    _, at, to = np.intersect1d(
        one.runs[one.once], other.runs[other.once], assume_unique=True, return_indices=True
    )
    steps = np.arange(RUN)
    first, second = (one.once[at][:, None] + steps).ravel(), (other.once[to][:, None] + steps).ravel()
    figures = left.figures[first]
    places = np.unique(first[figures] * len(right) + second[figures])
    first, second = places // len(right), places % len(right)
    agree = left.values[first] == right.values[second]
    days = agree & (left.words[first] == DAY)
    return int(agree.sum()), int((~agree).sum()), int(days.sum())
