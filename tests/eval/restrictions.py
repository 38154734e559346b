"""How well restrictions of observers are read: ``python -m tests.eval.restrictions [missed]``.

The set is ``restrictions.jsonl``: 160 passages of our own on invented places and missions, in the manner of
the reports of many missions, of civil monitors and of news; 107 tell of restrictions, 53 come near it and
tell of none. A line is ``{"id", "publisher", "text", "restrictions": [{"type", "place", "by"}]}`` with place
and doer in the words of the passage, null where there is none. The first 60 (``t``) were written before the
rules, which were made on them. The second 60 (``h``) were written after the rules, then the rules were
mended on them; the last 40 (``f``) were written after that, and the rules mended once more. What each gave
before it was known is in :data:`FIRST`: the figures to believe. Those printed are of a set that is known.

A restriction is found where the reader tells one of the same passage; expected and told ones are paired by
as many equal fields as possible. A place is right if it names the same words, kinds ("village") and articles
aside; a doer if one name lies within the other ("Northern Front", "a member of the Northern Front").
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import msgspec

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims import restrictions
from trucewatch.model import Noun, Restriction, RestrictionType

FIRST = {"h": "P 0.714, R 0.233", "f": "P 0.947, R 0.621"}
"""Precision and recall of detection on each held-out part, before the rules were mended on it (10 of 14 read
and of 43 there; 18 of 19 read and of 29 there)."""

GOLD = Path(__file__).with_suffix(".jsonl")
_KINDS = re.compile(r"\b(?:the|village|town|city|region|district|crossing|checkpoint|near|of)\b")


class Told(Noun, frozen=True, kw_only=True):
    """A restriction in short: its type, its place and who is said to be behind it, in the report's words."""

    type: RestrictionType
    place: str | None = None
    by: str | None = None


class Passage(Noun, frozen=True, kw_only=True):
    """A passage with the restrictions that a careful reader finds in it."""

    id: str
    publisher: str
    text: str
    restrictions: tuple[Told, ...]


class Pair(NamedTuple):
    """An expected restriction and the one that was read for it; one is None where it stands alone."""

    gold: Told | None
    read: Told | None

    @property
    def found(self) -> bool:
        """Whether a restriction that is there was found."""
        return self.gold is not None and self.read is not None

    @property
    def right(self) -> tuple[bool, bool, bool]:
        """Whether type, place and doer are right."""
        if self.gold is None or self.read is None:
            return False, False, False
        return (
            self.gold.type == self.read.type,
            same_place(self.gold.place, self.read.place),
            same_doer(self.gold.by, self.read.by),
        )


def passages() -> list[Passage]:
    """The passages of the set."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [msgspec.convert(json.loads(line), Passage) for line in lines]


def read(passage: Passage) -> list[Told]:
    """What the reader tells of a passage."""
    report = document(passage.text, publisher=passage.publisher)
    return [told(claim) for claim in restrictions.read(report, annotate(report))]


def told(claim: Restriction) -> Told:
    """A claim in short."""
    place = claim.place.text if claim.place else None
    return Told(type=claim.type, place=place, by=claim.by[0].name if claim.by else None)


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two place names are the same words, articles and kinds aside."""
    if one is None or other is None:
        return one is other
    return _KINDS.sub(" ", one.lower()).split() == _KINDS.sub(" ", other.lower()).split()


def same_doer(one: str | None, other: str | None) -> bool:
    """Whether one name lies within the other, word by word."""
    if one is None or other is None:
        return one is other
    left, right = (f" {' '.join(name.lower().removeprefix('the ').split())} " for name in (one, other))
    return left in right or right in left


def match(gold: Sequence[Told], found: Sequence[Told]) -> list[Pair]:
    """Pair expected and read restrictions one to one, those with the most equal fields first."""
    order = sorted(
        ((-sum(Pair(g, f).right), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)),
    )
    left, right, pairs = set(range(len(gold))), set(range(len(found))), []
    for _, i, j in order:
        if i in left and j in right:
            pairs.append(Pair(gold[i], found[j]))
            left.discard(i)
            right.discard(j)
    return pairs + [Pair(gold[i], None) for i in sorted(left)] + [Pair(None, found[j]) for j in sorted(right)]


def line(name: str, pairs: Iterable[Pair]) -> str:
    """The figures of some pairs in a line."""
    pairs = list(pairs)
    found = [pair for pair in pairs if pair.found]
    gold, reads = sum(p.gold is not None for p in pairs), sum(p.read is not None for p in pairs)
    shares = [sum(pair.right[field] for pair in found) / len(found) if found else 0.0 for field in range(3)]
    figures = (len(found) / reads if reads else 0.0, len(found) / gold if gold else 0.0, *shares)
    return f"{name:10}{gold:6}{reads:6}{len(found):7}" + "".join(f"{figure:8.3f}" for figure in figures)


def figures() -> dict[str, float]:
    """What the gate holds to its floors: the share found of those there are, and right of those read."""
    pairs = [pair for passage in passages() for pair in match(passage.restrictions, read(passage))]
    found = sum(pair.found for pair in pairs)
    return {
        "found": found / sum(pair.gold is not None for pair in pairs),
        "right": found / sum(pair.read is not None for pair in pairs),
    }


def main() -> None:
    """Print the figures; with ``missed`` also each passage that was not read as expected."""
    compared = [(passage, match(passage.restrictions, read(passage))) for passage in passages()]
    heads = "".join(f"{head:>8}" for head in ("P", "R", "type", "place", "by"))
    click.echo(f"{'part':10}{'gold':>6}{'read':>6}{'found':>7}{heads}  before it was known")
    for name, parts in (("first", "t"), ("second", "h"), ("third", "f"), ("all", "thf")):
        of_part = [pair for passage, pairs in compared if passage.id[0] in parts for pair in pairs]
        click.echo(f"{line(name, of_part)}  {FIRST.get(parts, '')}".rstrip())
    if sys.argv[1:] == ["missed"]:
        for passage, pairs in compared:
            for pair in pairs:
                if not all(pair.right):
                    click.echo(f"{passage.id} {passage.text}\n    {pair.gold}\n    {pair.read}")


if __name__ == "__main__":
    main()
