"""What the cascade lets through, what it loses, and how fast it makes a feed.

    python -m bench.cascade                recall on the gold, share of feed items passed, items a second
    python -m bench.cascade --skipped 50   what it passes over in the feeds, for reading by eye

Gold is ../shared/gold/dev, tests/corpus and tests/held where they are there. The feeds are the half of
each file of ../shared/load that the word list was not written by.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.bench import SHARED, alone
from bench.machine import machine, peak
from tests.eval import sets
from tests.eval.sets import Gold
from trucewatch import pipeline
from trucewatch.documents.divisions import divide
from trucewatch.documents.interest import ENOUGH, scores
from trucewatch.ledger import Ledger
from trucewatch.model import Issue

FEEDS = ("reuters-1987", "feed-entries-2021-2022")
HELD = sets.ROOT / "tests" / "held"
SEED = 7  # of the halves and of the samples
STREAM = 4_000  # feed items in the stream; one gold report in a hundred comes on top
THRESHOLDS = range(2, 8)

Item = dict[str, Any]


# --- recall ---------------------------------------------------------------------------------------


def best(text: str) -> int:
    """The score of the best passage of a text."""
    return max(scores(text))


def golds() -> dict[str, list[Gold]]:
    """The sets at hand whose reports have claims."""
    found = {"gold/dev": sets.dev(), "tests/corpus": sets.corpus(), "tests/held": sets.load(HELD)}
    with_claims = {name: [gold for gold in given if gold.claims] for name, given in found.items()}
    return {name: given for name, given in with_claims.items() if given}


def sentences(gold: Gold, *, beside: int) -> list[str]:
    """For each claim the sentences of its evidence, with so many ``beside`` them on either side."""
    spans = divide(gold.text).sentences
    found = []
    for claim in gold.claims:
        start, end = claim["evidence"]
        at = [number for number, span in enumerate(spans) if span[0] < end and start < span[1]]
        first, last = max(at[0] - beside, 0), min(at[-1] + beside, len(spans) - 1)
        found.append(gold.text[spans[first][0] : spans[last][1]])
    return found


def recall(texts: Sequence[str]) -> float:
    """The share of some texts that is read."""
    return sum(best(text) >= ENOUGH for text in texts) / len(texts)


def print_recall() -> None:
    print(
        f"{'':14}{'reports':>9}{'passed':>8}{'claims':>8}{'kept':>8}{'sentence':>10}{'with one beside':>17}"
    )
    for name, given in golds().items():
        passed = [gold for gold in given if best(gold.text) >= ENOUGH]
        claims, kept = (sum(len(gold.claims) for gold in some) for some in (given, passed))
        short, longer = (
            recall([text for gold in given for text in sentences(gold, beside=n)]) for n in (0, 1)
        )
        print(
            f"{name:14}{len(given):9}{len(passed) / len(given):8.3f}{claims:8,}{kept / claims:8.3f}"
            f"{short:10.3f}{longer:17.3f}"
        )


# --- the feeds ------------------------------------------------------------------------------------


def half(name: str, *, first: bool = False) -> list[Item]:
    """The half of a feed that is measured, or the ``first``, by which the word list was written."""
    with gzip.open(SHARED / "load" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    random.Random(SEED).shuffle(items)
    middle = len(items) // 2
    return items[:middle] if first else items[middle:]


def print_feeds() -> None:
    print(
        f"{'passed, if enough is':26}"
        + "".join(f"{enough:8}" for enough in THRESHOLDS)
        + f"{'us an item':>12}"
    )
    for name in FEEDS:
        items = half(name)
        start = time.perf_counter()
        scored = [best(item["text"]) for item in items]
        cost = (time.perf_counter() - start) / len(items) * 1e6
        shares = (sum(score >= enough for score in scored) / len(items) for enough in THRESHOLDS)
        print(f"{name:26}" + "".join(f"{share:8.3f}" for share in shares) + f"{cost:12.0f}")


def print_skipped(size: int) -> None:
    """Items that are passed over: a sample of those that were nearest to being read, and of all."""
    chance = random.Random(SEED)
    for name in FEEDS:
        skipped = [(best(item["text"]), item) for item in half(name)]
        skipped = [(score, item) for score, item in skipped if score < ENOUGH]
        highest = [one for one in skipped if one[0] == ENOUGH - 1]
        for title, some in (("highest", highest), ("random", skipped)):
            print(f"\n{name}, {title} of {len(skipped):,} passed over")
            for score, item in chance.sample(some, min(size, len(some))):
                print(f"{score:3}  {item['title']} | {' '.join(item['text'].split())}"[:230])


# --- speed ----------------------------------------------------------------------------------------


class Pace(NamedTuple):
    """A stream read once, files included: seconds by the clock, and seconds of the processor.

    The second do not count waiting for the disk, nor for a processor that others use.
    """

    items: int
    passed_over: int
    claims: int
    seconds: float
    busy: float
    peak_mib: float


def stream(target: Path) -> Path:
    """Feed items in their natural proportion, a gold report after every hundred, as JSON Lines."""
    chance = random.Random(SEED)
    items = chance.sample([item for name in FEEDS for item in half(name)], STREAM)
    reports = [{**gold.head, "text": gold.text} for gold in sets.load(sets.TRAIN)]
    for at, gold in enumerate(chance.sample(reports, STREAM // 100)):
        items.insert(at * 101, gold)
    target.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return target


def extract(sources: Sequence[str]) -> Pace:
    """Read a stream as extract does, the reports that can hold no claim of interest passed over."""
    return _pace(sources, everything=False)


def extract_all(sources: Sequence[str]) -> Pace:
    """Read a stream in full."""
    return _pace(sources, everything=True)


def _pace(sources: Sequence[str], *, everything: bool) -> Pace:
    met = passed_over = claims = 0
    start, busy = time.perf_counter(), time.process_time()
    for reading in pipeline.readings(sources, everything=everything):
        if not isinstance(reading, Issue):
            met += 1
            passed_over += not everything and pipeline.is_passed_over(reading)
            claims += len(reading.claims)
    return Pace(met, passed_over, claims, time.perf_counter() - start, time.process_time() - busy, peak())


def run(sources: Sequence[str]) -> Pace:
    """Read a stream into a fresh ledger."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "bench.db") as ledger:
        start, busy = time.perf_counter(), time.process_time()
        tally = pipeline.run(sources, ledger)
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return Pace(tally.reports, tally.passed_over, tally.claims, seconds, busy, peak())


def print_speed() -> None:
    print(f"{'a stream, 1:100':18}{'items':>8}{'passed over':>13}{'claims':>8}{'items/s':>10}", end="")
    print(f"{'of processor':>14}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        sources = [str(stream(Path(folder) / "stream.jsonl"))]
        for name, way in (("extract", extract), ("run", run), ("extract --all", extract_all)):
            pace = alone(way, sources)
            print(
                f"{name:18}{pace.items:8,}{pace.passed_over:13,}{pace.claims:8,}"
                f"{pace.items / pace.seconds:10.1f}{pace.items / pace.busy:14.1f}{pace.peak_mib:10.0f}",
                flush=True,
            )


def parts(*, skipped: int) -> Iterator[Any]:
    """What is printed, part by part."""
    if skipped:
        yield lambda: print_skipped(skipped)
        return
    yield print_recall
    if SHARED.exists():
        yield print_feeds
        yield print_speed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What the cascade lets through, loses and gains.")
    parser.add_argument("--skipped", type=int, default=0, metavar="N", help="list N items passed over")
    skipped = parser.parse_args().skipped
    print(*machine(), sep="\n")
    for part in parts(skipped=skipped):
        print()
        part()


if __name__ == "__main__":
    main()
