"""How well two accounts of one contact are compared: ``python -m tests.eval.accounts``.

``readouts/`` has six pairs of accounts, point by point and by hand, ``readouts/second/`` three of them by a
second reader who had not seen the first. The texts stand in ``../shared``; the files hold offsets alone. The
comparison was tuned on these pairs. ``readouts/held/`` has three more, annotated when it was done: on those
nothing is tuned, and their figures are what to expect of others.

Two points meet on a side where their spans there have a Jaccard of 0.3 or one contains the other. A point is
*found* where it meets one by hand on a side that both tell; it is *right* where the relation is the same too
and it meets on each side that the hand tells. Points are matched one to one, as many as can be.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import click
import numpy as np
from scipy.optimize import linear_sum_assignment

from tests.eval import sets
from trucewatch import catalog, pipeline
from trucewatch.model import Entry, Noun, Report, Span, digest
from trucewatch.situation.readouts.choosing import accounts
from trucewatch.situation.readouts.comparing import compare
from trucewatch.situation.readouts.nouns import Account

FIRST = Path(__file__).with_name("readouts")
SECOND = FIRST / "second"
HELD = FIRST / "held"
READOUTS = sets.SHARED / "data" / "readouts"
RELATIONS = ("both", "differently", "contradicted", "only_a", "only_b")
CEASEFIRE = "donbas-2020"  # its posts tell who is president of what
_JACCARD = 0.3


class Told(Noun, frozen=True, kw_only=True):
    """One point, by hand or by the program: its relation, its spans in the two texts, the differing words."""

    relation: str
    a: tuple[Span, ...] = ()
    b: tuple[Span, ...] = ()
    differs_a: tuple[Span, ...] = ()
    differs_b: tuple[Span, ...] = ()


class Gold(Noun, frozen=True, kw_only=True):
    """A pair by hand: where its texts stand, as (source, id, sha256), and its points."""

    name: str
    a: tuple[str, str, str]
    b: tuple[str, str, str]
    points: tuple[Told, ...]


class Tally(Noun, frozen=True, kw_only=True):
    """Points by hand, points of the other, and how many of them go together."""

    gold: int = 0
    told: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(gold=self.gold + other.gold, told=self.told + other.told, right=self.right + other.right)

    @property
    def precision(self) -> float:
        """The share of the other's points that are right."""
        return self.right / self.told if self.told else 0.0

    @property
    def recall(self) -> float:
        """The share of the points by hand that are there."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Both in one."""
        return 2 * self.right / (self.gold + self.told) if self.right else 0.0


# --- the pairs -------------------------------------------------------------------------------------


def golds(folder: Path = FIRST) -> list[Gold]:
    """The pairs that a reader annotated, by name."""
    return [_gold(path) for path in sorted(folder.glob("*.json"))]


def _gold(path: Path) -> Gold:
    told = json.loads(path.read_text(encoding="utf-8"))
    a, b = ((told[side]["source"], told[side]["id"], told[side]["sha256"]) for side in "ab")
    return Gold(name=path.stem, a=a, b=b, points=tuple(map(_point, told["points"])))


def _point(told: dict[str, Any]) -> Told:
    differs = told.get("difference", {})
    return Told(
        relation=told["relation"],
        a=_spans(told.get("a")),
        b=_spans(told.get("b")),
        differs_a=_spans(differs.get("a")),
        differs_b=_spans(differs.get("b")),
    )


def _spans(told: Sequence[Sequence[int]] | None) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in told or ())


@cache
def report(where: tuple[str, str, str]) -> Report:
    """A report of ../shared by source and id; ValueError where its text is not the one annotated."""
    source, name, sha256 = where
    head, text = _dev(name) if source == "gold" else _release(source, name)
    if digest(text.encode()) != sha256:
        raise ValueError(f"{source}:{name} is not the text that was annotated")
    return Report(
        id=name,
        data=text.encode(),
        media_type="text/plain",
        origin=name,
        sha256=sha256,
        publisher=head.get("publisher"),
        published=dt.date.fromisoformat(head["published"][:10]),
        title=head.get("title", ""),
    )


def _dev(name: str) -> tuple[dict[str, str], str]:
    head = json.loads((sets.DEV / f"{name}.meta.json").read_text(encoding="utf-8"))["report"]
    return head, (sets.DEV / f"{name}.txt").read_text(encoding="utf-8")


def _release(source: str, name: str) -> tuple[dict[str, str], str]:
    lines = map(json.loads, (READOUTS / f"{source}.jsonl").open(encoding="utf-8"))
    told = next(line for line in lines if line["id"] == name)
    return told, told["text"]


@cache
def pair(a: tuple[str, str, str], b: tuple[str, str, str]) -> tuple[Account, Account]:
    """The two accounts, read with the reader at hand."""
    one, other = report(a), report(b)
    entries = [
        Entry(claim=claim, report=told, recorded=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        for told in (one, other)
        for claim in pipeline.process(told, everything=True).claims
    ]
    texts = {told.sha256: told.data.decode() for told in (one, other)}
    ceasefire = catalog.ceasefire(CEASEFIRE)
    return accounts(entries, one, other, text_of=lambda told: texts[told.sha256], ceasefire=ceasefire)


def compared(gold: Gold) -> list[Told]:
    """The points of the program for the accounts of a pair."""
    return [
        Told(relation=p.relation, a=p.a, b=p.b, differs_a=p.differs_a, differs_b=p.differs_b)
        for p in compare(*pair(gold.a, gold.b))
    ]


# --- matching --------------------------------------------------------------------------------------


def likeness(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How far spans are the same, by Jaccard; 1 where one contains the other, 0 where they do not meet."""
    left, right = ({at for span in spans for at in range(*span)} for spans in (one, other))
    if not left or not right:
        return 0.0
    shared = len(left & right)
    if shared == min(len(left), len(right)):
        return 1.0 + shared / len(left | right)
    jaccard = shared / len(left | right)
    return jaccard if jaccard >= _JACCARD else 0.0


def meets(one: Told, other: Told) -> float:
    """How well two points meet on a side that both tell."""
    return likeness(one.a, other.a) + likeness(one.b, other.b)


def is_right(hand: Told, told: Told) -> float:
    """How well a point has the relation and the spans of one by hand."""
    sides = [likeness(hand.a, told.a)] * bool(hand.a) + [likeness(hand.b, told.b)] * bool(hand.b)
    return sum(sides) if hand.relation == told.relation and all(sides) else 0.0


def matched(
    hands: Sequence[Told], others: Sequence[Told], how: Callable[[Told, Told], float]
) -> list[tuple[Told, Told]]:
    """As many points as can be, one to one, and of these the best."""
    if not hands or not others:
        return []
    value = np.array([[how(hand, other) for other in others] for hand in hands])
    rows, columns = linear_sum_assignment(np.where(value > 0, 10 + value, 0), maximize=True)
    return [(hands[i], others[j]) for i, j in zip(rows, columns, strict=True) if value[i, j] > 0]


def tally(hands: Sequence[Told], others: Sequence[Told], how: Callable[[Told, Told], float] = meets) -> Tally:
    """What goes together of two readings of a pair."""
    return Tally(gold=len(hands), told=len(others), right=len(matched(hands, others, how)))


# --- figures ---------------------------------------------------------------------------------------


def agreement(name: str) -> list[tuple[str, str]]:
    """The relations that the two readers gave to each point that both have, of one pair."""
    first, second = _gold(FIRST / f"{name}.json"), _gold(SECOND / f"{name}.json")
    return [(one.relation, other.relation) for one, other in matched(first.points, second.points, meets)]


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two readers over the points that both have."""
    seen = sum(one == other for one, other in pairs) / len(pairs)
    names = {name for one in pairs for name in one}
    chance = sum(
        sum(one == name for one, _ in pairs) * sum(other == name for _, other in pairs) for name in names
    )
    chance /= len(pairs) ** 2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def scores(folder: Path = FIRST) -> dict[str, Tally]:
    """The program against a reader: ``found``, and each relation."""
    total = dict.fromkeys(("found", *RELATIONS), Tally())
    for gold in golds(folder):
        told = compared(gold)
        total["found"] += tally(gold.points, told)
        for name in RELATIONS:
            total[name] += tally(
                [p for p in gold.points if p.relation == name],
                [p for p in told if p.relation == name],
                is_right,
            )
    return total


def differing(folder: Path = FIRST) -> Tally:
    """Of the points rightly told differently, those whose differing words meet the hand's on both sides."""
    found = Tally()
    for gold in golds(folder):
        hands, told = ([p for p in of if p.relation == "differently"] for of in (gold.points, compared(gold)))
        pairs = matched(hands, told, is_right)
        met = sum(_overlap(h.differs_a, t.differs_a) and _overlap(h.differs_b, t.differs_b) for h, t in pairs)
        found += Tally(gold=len(pairs), told=len(pairs), right=met)
    return found


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def figures() -> dict[str, float]:
    """What the gate holds to its floors: F1 of points found and of each relation that the gold has."""
    return {name: one.f1 for name, one in scores().items() if one.gold}


def _agreement_lines() -> Iterator[str]:
    names = [path.stem for path in sorted(SECOND.glob("*.json"))]
    first, second = (
        {name: _gold(folder / f"{name}.json").points for name in names} for folder in (FIRST, SECOND)
    )
    yield "the two readers: points matched of the first and of the second, F1, relations agreed"
    total, both = Tally(), []
    for name in names:
        one, pairs = tally(first[name], second[name]), agreement(name)
        yield f"  {name:8} {one.right} of {one.gold} and {one.told}  {one.f1:.3f}  {_agreed(pairs)}"
        total, both = total + one, both + pairs
    yield f"  {'all':8} {total.right} of {total.gold} and {total.told}  {total.f1:.3f}  {_agreed(both)}"
    yield f"  Cohen's kappa of the relation over matched points: {kappa(both):.3f}"
    for relation in RELATIONS:
        same = sum(one == other == relation for one, other in both)
        of = sum(one == relation for one, _ in both), sum(other == relation for _, other in both)
        yield f"  {relation:12} both say so of {same}; the first of {of[0]}, the second of {of[1]}"


def _agreed(pairs: Sequence[tuple[str, str]]) -> str:
    return f"{sum(one == other for one, other in pairs)} of {len(pairs)}"


def _score_lines(title: str, folder: Path) -> Iterator[str]:
    yield f"{title}: precision, recall, F1 (right, told, by hand)"
    for name, one in scores(folder).items():
        counts = f"({one.right}, {one.told}, {one.gold})"
        yield f"  {name:12} {one.precision:.3f}  {one.recall:.3f}  {one.f1:.3f}  {counts}"
    words = differing(folder)
    yield f"  differing words that meet the reader's on both sides: {words.right} of {words.gold}"


@click.command()
def main() -> None:
    """Print how the readers agree, and the program beside each."""
    if not READOUTS.exists():
        raise SystemExit("../shared is absent: the accounts lie there")
    for line in _agreement_lines():
        click.echo(line)
    for line in _score_lines("the program against the first reader, on 6 pairs", FIRST):
        click.echo(line)
    for line in _score_lines("the program against the second reader, on 3 pairs", SECOND):
        click.echo(line)
    for line in _score_lines("the program on 3 pairs that it was not tuned on", HELD):
        click.echo(line)


if __name__ == "__main__":
    main()
