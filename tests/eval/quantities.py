"""How well quantities are read: ``python -m tests.eval.quantities``.

The set is ``quantities.jsonl``: passages of the readouts and of the dev texts of ``../shared``, each with
the quantities that a careful reader finds in it. Two read them apart, and every difference was settled
by a second look. The passages stand in ``../shared``; the file holds offsets and values alone. A line is
``{"id", "source", "at", "length", "quantities": [{"span", "low", "high", "approximate", "unit"}]}``:
``at`` is where the passage begins in the text of ``source``, and the spans count from there. Passages
whose id begins with ``r`` were drawn by lot from all that hold a number word; those with ``c`` were
chosen for their bounds and their variety.

Bounds are inclusive. Counted things that are "more than 40" have the low bound 41; of money, measures and
shares it is the number itself. Dates, years, durations, ages, ordinals, fractions, "both" and numbers
in names are no quantities: a mark on one is a false one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click

from tests.eval import sets
from trucewatch import documents
from trucewatch.annotations import annotate
from trucewatch.model import Noun, Number, Quantity, Report, Span, digest

GOLD = Path(__file__).with_suffix(".jsonl")
READOUTS = sets.SHARED / "data" / "readouts"


class Counted(Noun, frozen=True, kw_only=True):
    """A quantity of a passage; ``span`` and ``unit`` count from where the passage begins."""

    span: Span
    low: Number | None
    high: Number | None
    approximate: bool
    unit: Span | None = None


class Passage(Noun, frozen=True, kw_only=True):
    """A passage of a source text, by offset and length, with its quantities in the order of the text."""

    id: str
    source: str
    at: int
    length: int
    quantities: tuple[Counted, ...]


class Pair(NamedTuple):
    """A gold quantity and the mark on the same words; one of them is None where it stands alone."""

    gold: Counted | None
    mark: Counted | None

    @property
    def right(self) -> bool:
        """Whether value and bound are right: low, high and approximate are all equal."""
        gold, mark = self.gold, self.mark
        if gold is None or mark is None:
            return False
        return (gold.low, gold.high, gold.approximate) == (mark.low, mark.high, mark.approximate)

    @property
    def unit(self) -> bool:
        """Whether both name the same unit, by overlap, or neither names one."""
        gold, mark = self.gold, self.mark
        if gold is None or mark is None:
            return False
        if gold.unit is None or mark.unit is None:
            return gold.unit is mark.unit
        return overlap(gold.unit, mark.unit) > 0


class Figure(NamedTuple):
    """How many quantities are in the gold, how many were marked, and how many of these are right."""

    gold: int
    marks: int
    right: int
    same: int
    units: int

    @property
    def precision(self) -> float:
        """The share of the marks that are right; 0 where there are none."""
        return self.right / self.marks if self.marks else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was read right; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.marks) if self.gold + self.marks else 0.0


def passages(path: Path = GOLD) -> list[Passage]:
    """The passages of the set, in the order of the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [passage_of(json.loads(line)) for line in lines]


def passage_of(line: sets.Json) -> Passage:
    """A passage from a line of the set."""
    counted = (
        Counted(**{**q, "span": tuple(q["span"]), "unit": tuple(q["unit"]) if q["unit"] else None})
        for q in line.pop("quantities")
    )
    return Passage(**line, quantities=tuple(counted))


@cache
def readouts() -> dict[str, str]:
    """The texts of the readouts of ``../shared`` by their ids."""
    lines = (line for path in sorted(READOUTS.glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    read = map(json.loads, lines)
    return {readout["id"]: readout["text"] for readout in read if "text" in readout}


def text_of(source: str) -> str:
    """The text of a source: a readout's id or the name of a text of the dev set."""
    told = readouts().get(source)
    return told if told is not None else (sets.DEV / f"{source}.txt").read_text(encoding="utf-8")


@cache
def marks(text: str) -> tuple[Quantity, ...]:
    """The quantities that the reader marks in a text."""
    data = text.encode()
    report = Report(
        id="measured", data=data, media_type="text/plain", origin="measured.txt", sha256=digest(data)
    )
    document = documents.read(report)
    if document.text != text:
        raise ValueError("the reader changed the text: the offsets of the set do not hold")
    return annotate(document).quantities


def within(found: Iterable[Quantity], start: int, end: int) -> Iterator[Counted]:
    """The marks whose number lies wholly in a stretch of the text, counted from its beginning."""
    for mark in found:
        if start <= mark.number[0] and mark.number[1] <= end:
            unit = mark.unit_span
            yield Counted(
                span=(mark.span[0] - start, mark.span[1] - start),
                low=mark.low,
                high=mark.high,
                approximate=mark.approximate,
                unit=(unit[0] - start, unit[1] - start) if unit else None,
            )


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def match(gold: Sequence[Counted], found: Sequence[Counted]) -> list[Pair]:
    """Pair gold and marks one to one by overlapping spans, the greatest overlap first."""
    shared = sorted(
        ((-overlap(g.span, m.span), i, j) for i, g in enumerate(gold) for j, m in enumerate(found)),
    )
    left, right, pairs = set(range(len(gold))), set(range(len(found))), []
    for size, i, j in shared:
        if size and i in left and j in right:
            pairs.append(Pair(gold[i], found[j]))
            left.discard(i)
            right.discard(j)
    missed = [Pair(gold[i], None) for i in sorted(left)]
    return pairs + missed + [Pair(None, found[j]) for j in sorted(right)]


def compare(passage: Passage) -> list[Pair]:
    """The gold of a passage beside what the reader marks in it, its whole source read."""
    found = within(marks(text_of(passage.source)), passage.at, passage.at + passage.length)
    return match(passage.quantities, tuple(found))


def figure(pairs: Iterable[Pair]) -> Figure:
    """The figure of some pairs."""
    pairs = list(pairs)
    same = [pair for pair in pairs if pair.gold and pair.mark]
    return Figure(
        gold=sum(pair.gold is not None for pair in pairs),
        marks=sum(pair.mark is not None for pair in pairs),
        right=sum(pair.right for pair in pairs),
        same=len(same),
        units=sum(pair.unit for pair in same),
    )


def table(compared: Sequence[tuple[Passage, list[Pair]]]) -> str:
    """Precision, recall and F1 of value and bound for both halves and all, units apart."""
    lines = [f"{'value and bound':18}{'gold':>6}{'marks':>7}{'right':>7}{'P':>8}{'R':>8}{'F1':>8}{'unit':>8}"]
    for name, halves in (("random", "r"), ("chosen", "c"), ("all", "rc")):
        of = figure(pair for passage, pairs in compared if passage.id[0] in halves for pair in pairs)
        unit = of.units / of.same if of.same else 0.0
        lines.append(
            f"{name:18}{of.gold:6}{of.marks:7}{of.right:7}"
            f"{of.precision:8.3f}{of.recall:8.3f}{of.f1:8.3f}{unit:8.3f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the figures; where ``../shared`` is absent, say so and end with status 1."""
    if not READOUTS.exists():
        raise SystemExit(sets.ABSENT)
    click.echo(table([(passage, compare(passage)) for passage in passages()]))


if __name__ == "__main__":
    main()
