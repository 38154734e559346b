"""How well contacts told many times are recognised, on 3,132 releases: ``python -m tests.eval.contacts``.

The releases lie in ``../shared/data/readouts``; ``contacts_gold.jsonl`` groups them by hand, made without
sight of the program, ``contacts_apart.jsonl`` has pairs that are near and not one. Lines with even numbers
may be tuned on, those with odd numbers only measured.
``--sample 60`` prints merges of two reports drawn at random, to be checked by reading.
"""

from __future__ import annotations

import itertools
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from tests.eval import sets
from trucewatch import pipeline
from trucewatch.identity.contacts import Occasion, occasions
from trucewatch.ledger import Ledger
from trucewatch.model import Noun

READOUTS = sets.SHARED / "data" / "readouts"
GOLD = Path(__file__).with_name("contacts_gold.jsonl")
APART = Path(__file__).with_name("contacts_apart.jsonl")
PUBLISHERS = {
    "The White House": "white_house",
    "Kremlin": "kremlin",
    "President of Ukraine": "president_of_ukraine",
}

Pair = tuple[str, str]


class Truth(Noun, frozen=True, kw_only=True):
    """One contact by hand: the reports whose news it is, and those that mention it, each ``file:id``."""

    reports: tuple[str, ...]
    mentions: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every report that tells of it."""
        return tuple(dict.fromkeys((*self.reports, *self.mentions)))


class Score(Noun, frozen=True, kw_only=True):
    """Pairs of reports that tell one contact: found of those by hand, and right of those joined."""

    found: int
    true: int
    right: int
    joined: int

    def __str__(self) -> str:
        return (
            f"recall {self.found}/{self.true} = {_share(self.found, self.true)}, "
            f"precision {self.right}/{self.joined} = {_share(self.right, self.joined)}"
        )


def main_pairs(truths: Iterable[Truth]) -> set[Pair]:
    """The pairs of reports whose news is one contact."""
    return {pair for truth in truths for pair in pairs(truth.reports)}


def pairs(reports: Iterable[str]) -> Iterator[Pair]:
    """Each two of some reports, in order."""
    yield from itertools.combinations(sorted(set(reports)), 2)


def across(found: Iterable[Pair]) -> set[Pair]:
    """The pairs of reports of two publishers."""
    return {(one, other) for one, other in found if one.partition(":")[0] != other.partition(":")[0]}


def score(truths: Sequence[Truth], found: Sequence[set[str]]) -> Score:
    """Recall over the pairs of main reports; precision over joined pairs of which both stand in the gold.

    A pair of which a report is only mentioned by hand is right where it stands in one contact by hand.
    """
    wanted = main_pairs(truths)
    right = {pair for truth in truths for pair in pairs(truth.all)}
    known = {report for truth in truths for report in truth.reports}
    joined = {pair for group in found for pair in pairs(group & known)}
    told = {pair for group in found for pair in pairs(group)}
    return Score(found=len(wanted & told), true=len(wanted), right=len(joined & right), joined=len(joined))


def groups(contacts: Iterable[Occasion]) -> list[set[str]]:
    """The reports that give an account of each contact, as ``file:id``."""
    return [{named(t.publisher, t.entry.report.id) for t in contact.accounts} for contact in contacts]


def named(publisher: str | None, report: str) -> str:
    """A report by file and id."""
    return f"{PUBLISHERS.get(publisher or '', publisher)}:{report}"


def apart(number: int) -> list[Pair]:
    """The pairs that are not one contact, of even (0) or odd (1) lines."""
    lines = APART.read_text(encoding="utf-8").splitlines()
    told = (json.loads(line)["reports"] for at, line in enumerate(lines, 1) if at % 2 == number)
    return [pair for reports in told for pair in pairs(reports)]


def truths(number: int) -> list[Truth]:
    """The gold lines with even (0) or odd (1) numbers, counted from 1."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [_truth(line) for at, line in enumerate(lines, 1) if at % 2 == number]


def _truth(line: str) -> Truth:
    told = json.loads(line)
    return Truth(reports=tuple(told["reports"]), mentions=tuple(told.get("mentions", ())))


def listed() -> list[Pair]:
    """The pairs of ``pairs.jsonl``."""
    lines = (READOUTS / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    told = map(json.loads, lines)
    return [tuple(sorted(f"{p[side]['file']}:{p[side]['id']}" for side in "ab")) for p in told]  # type: ignore[misc]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _ledger(path: Path | None, folder: str) -> Ledger:
    """The ledger of the releases, read now where none is given."""
    if path:
        return Ledger.open(path, create=False)
    ledger = Ledger.open(Path(folder) / "readouts.db")
    pipeline.run([str(READOUTS / f"{name}.jsonl") for name in PUBLISHERS.values()], ledger)
    return ledger


def figures() -> dict[str, float]:
    """What the gate holds to its floors, on the releases that the gold names: the share found of the listed
    pairs and of the pairs of two publishers, and the share kept apart of the pairs that are not one."""
    gold = [*truths(0), *truths(1)]
    near = [*apart(0), *apart(1)]
    wanted = {report for truth in gold for report in truth.reports}
    wanted |= {report for pair in (*near, *listed()) for report in pair}
    with tempfile.TemporaryDirectory() as folder:
        chosen = _chosen(wanted, Path(folder))
        with Ledger.open(Path(folder) / "gold.db") as ledger:
            pipeline.run([str(path) for path in chosen], ledger)
            joined = {pair for group in groups(occasions(ledger.entries())) for pair in pairs(group)}
    crossing = across(main_pairs(gold))
    return {
        "listed": sum(pair in joined for pair in listed()) / len(listed()),
        "found": len(crossing & joined) / len(crossing),
        "apart": sum(pair not in joined for pair in near) / len(near),
    }


def _chosen(wanted: set[str], folder: Path) -> Iterator[Path]:
    """The releases of each publisher that are wanted, as files of their own."""
    for name in PUBLISHERS.values():
        lines = (READOUTS / f"{name}.jsonl").read_bytes().splitlines(keepends=True)
        path = folder / f"{name}.jsonl"
        path.write_bytes(b"".join(line for line in lines if f"{name}:{json.loads(line)['id']}" in wanted))
        yield path


def _figures(contacts: Sequence[Occasion]) -> Iterator[str]:
    found = groups(contacts)
    joined = {pair for group in found for pair in pairs(group)}
    known = listed()
    yield f"pairs.jsonl: {sum(pair in joined for pair in known)} of {len(known)} found"
    for name, half in (("even lines (tuned on)", 0), ("odd lines (only measured)", 1)):
        yield f"gold, {name}: {score(truths(half), found)}"
        wanted = across(main_pairs(truths(half)))
        yield f"  of two publishers: {len(wanted & joined)} of {len(wanted)} found"
        yield f"  pairs apart that are joined: {sum(p in joined for p in apart(half))} of {len(apart(half))}"
    sizes = Counter(len({t.publisher for t in contact.accounts}) for contact in contacts)
    several = sum(len(group) > 1 for group in found)
    yield (
        f"{len(contacts)} contacts; told in several reports: {several}; by two publishers: {sizes[2]}, "
        f"by three: {sizes[3]}; pairs of reports joined: {len(joined)}"
    )


def _sample(contacts: Sequence[Occasion], *, many: int, seed: int) -> Iterator[str]:
    """Pairs of reports joined, drawn at random: dates, titles, ids, and what agreed."""
    told = []
    for contact in contacts:
        reports = {named(t.publisher, t.entry.report.id): t.entry.report for t in contact.accounts}
        told += [(contact, reports[one], reports[other]) for one, other in pairs(reports)]
    told.sort(key=lambda item: (item[0].id, item[1].id, item[2].id))
    drawn = random.Random(seed).sample(told, min(many, len(told)))  # noqa: S311 - guards nothing
    for number, (contact, one, other) in enumerate(drawn, 1):
        why = sorted({field for link in contact.why for field in link.agree})
        yield f"{number}. {contact.id} {contact.tellings[0].form}: {', '.join(why)}"
        for report in (one, other):
            yield f"   {report.published} {report.publisher}: {report.title} [{report.id}]"
            for t in contact.tellings:
                if t.entry.report == report:
                    words = f"{t.form} {t.status} {t.date or t.start or ''}"
                    people = [a.name for a in t.contact.participants]
                    yield f"      {words} {people} at {t.contact.evidence}"


@click.command()
@click.option("--ledger", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="read already")
@click.option("--sample", type=int, default=0, help="print so many merges of two reports")
@click.option("--seed", type=int, default=4)
def main(*, ledger: Path | None, sample: int, seed: int) -> None:
    """Print recall and precision, or a sample."""
    if not READOUTS.exists():
        raise SystemExit("../shared is absent: the readouts lie there")
    with tempfile.TemporaryDirectory() as folder, _ledger(ledger, folder) as opened:
        contacts = occasions(opened.entries())
    for line in _sample(contacts, many=sample, seed=seed) if sample else _figures(contacts):
        click.echo(line)


if __name__ == "__main__":
    main()
