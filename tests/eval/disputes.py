"""Disputes and positions to be read by hand: from claims that were annotated by hand, or of a ledger.

    python -m tests.eval.disputes ../shared/gold/train          # how many denials find what they deny
    python -m tests.eval.disputes FILE.db --sample 40 --seed 12 # disputes, or --positions, at random

Whether a dispute or position is right, a reader says; the figures stand in docs/disputes.md.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tests.situation.making import RECORDED, gold
from trucewatch import catalog
from trucewatch.ledger import Ledger
from trucewatch.model import Entry, Span, Statement
from trucewatch.situation.disputes import disputes
from trucewatch.situation.names import Cast, cast
from trucewatch.situation.nouns import Dispute, Position
from trucewatch.situation.positions import positions
from trucewatch.situation.relevance import relevant
from trucewatch.views.gathered import NOBODY

_AT = dt.date(2100, 1, 1)


class Read:
    """Entries with the texts that they stand in."""

    def __init__(self, entries: Sequence[Entry], texts: dict[str, str]) -> None:
        self.entries, self._texts = entries, texts
        self._held = {entry.claim.id or "": entry for entry in entries}

    def words(self, entry: Entry, span: Span) -> str:
        """The words of a report on a span."""
        return self._texts[entry.report.sha256][span[0] : span[1]]

    def line(self, claim: str) -> str:
        """A claim in a line: day, kind, words."""
        entry = self._held[claim]
        words = " ".join(self.words(entry, entry.claim.evidence).split())
        return f"{entry.report.published} {entry.claim.kind}: {words[:240]}"

    def groups(self) -> Iterator[tuple[Cast, list[Entry]]]:
        """The entries of each ceasefire of the catalog, then those of none."""
        taken: set[str] = set()
        for name in catalog.ceasefires():
            names = cast(catalog.ceasefire(name))
            ours = [e for e, _ in relevant(self.entries, cast=names) if (e.claim.id or "") not in taken]
            taken |= {entry.claim.id or "" for entry in ours}
            yield names, ours
        yield NOBODY, [entry for entry in self.entries if (entry.claim.id or "") not in taken]

    def disputes(self) -> list[Dispute]:
        """All disputes of words; rival figures are in the export of tallies."""
        return [
            d for names, ours in self.groups() for d in disputes(ours, at=_AT, cast=names, words=self.words)
        ]

    def positions(self) -> list[Position]:
        """The positions of the ceasefires in the catalog."""
        return [
            position
            for names, ours in self.groups()
            if names is not NOBODY
            for position in positions(ours, at=_AT, cast=names, words=self.words)
        ]


def of_gold(folder: Path) -> Read:
    """The hand-annotated claims of a folder."""
    entries, texts = [], {}
    for report, text, claims in gold(folder, folder):
        texts[report.sha256] = text
        entries += [Entry(claim=claim, report=report, recorded=RECORDED) for claim in claims]
    return Read(entries, texts)


def of_ledger(path: Path) -> Read:
    """The claims of a ledger, as the program read them."""
    with Ledger.open(path, create=False) as ledger:
        entries = list(ledger.entries())
        texts = {e.report.sha256: ledger.text(e.report.sha256, default="") for e in entries}
    return Read(entries, texts)


@click.command(help=__doc__)
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--sample", type=int, default=40, help="how many to print")
@click.option("--seed", type=int, default=12)
@click.option("--positions", "of_positions", is_flag=True, help="positions, not disputes")
def main(source: Path, sample: int, seed: int, of_positions: bool) -> None:
    """Print some at random, and how many there are."""
    read = of_gold(source) if source.is_dir() else of_ledger(source)
    draw = random.Random(seed)  # noqa: S311 - guards nothing
    click.echo("\n".join(_positions(read, sample, draw) if of_positions else _disputes(read, sample, draw)))


def _disputes(read: Read, many: int, draw: random.Random) -> Iterator[str]:
    found = read.disputes()
    for dispute in draw.sample(found, min(many, len(found))):
        yield f"{dispute.kind}, {dispute.topic}: {dispute.matter}; accused {', '.join(dispute.accused)}"
        yield from (f"  + {read.line(claim)}" for claim in dispute.claims[:5])
        yield from (f"  - {read.line(claim)}" for claim in dispute.against[:5])
    denials = {e.claim.id for e in read.entries if isinstance(e.claim, Statement) and e.claim.act == "deny"}
    kept = {name for d in found for name in d.against} & denials
    answering = {name for d in found if d.claims for name in d.against} & denials
    yield f"{len(found)} disputes; of {len(denials)} statements that deny, {len(kept)} are in one,"
    yield f"{len(answering)} with a claim that they answer"


def _positions(read: Read, many: int, draw: random.Random) -> Iterator[str]:
    found = read.positions()
    for position in draw.sample(found, min(many, len(found))):
        own = "own word" if position.own else "told by others"
        yield f"{position.actor}, {position.act} ({own}): {position.matter}"
        yield from (f"    {read.line(claim)}" for claim in position.claims[:4])
    steps = sum(len(position.steps) > 1 for position in found)
    yield f"{len(found)} positions, {steps} of them with more than one step"


if __name__ == "__main__":
    main()
