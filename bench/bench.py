"""How fast the program reads and how much memory it takes.

    make bench          dev and train texts three times, a sample of 1,000 articles into a ledger, and a
                        synthetic ledger of 100,000 claims
    make bench-full     the same with all articles, and 1,000,000 claims

Every measurement runs in a process of its own, so that its peak of memory is its own. Where
``../shared`` is absent, the texts of tests/corpus and examples are read again and again instead.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from bench import ledger as ledger_bench
from bench.machine import machine, peak
from trucewatch import pipeline
from trucewatch.ledger import Ledger
from trucewatch.model import Issue, Reading

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
ARTICLES = SHARED / "load" / "reuters-1987.jsonl.gz"
OWN = [str(ROOT / "tests" / "corpus"), str(ROOT / "examples")]
SAMPLE = 1_000
SEED = 1987
TIMES = 3
OWN_TIMES = 10


class Measure(NamedTuple):
    """One measurement: seconds count from the first report to the last, reading the files included."""

    reports: int
    characters: int
    claims: int
    seconds: float
    peak_mib: float

    @property
    def rate(self) -> float:
        """Reports per second."""
        return self.reports / self.seconds


# --- what is measured -----------------------------------------------------------------------------


def extract(sources: Sequence[str]) -> Measure:
    """Read every report of some sources and forget it."""
    reports = characters = claims = 0
    start = time.perf_counter()
    for reading in pipeline.readings(sources):
        if not isinstance(reading, Issue):
            reports += 1
            characters += len(reading.document.text)
            claims += len(reading.claims)
    return Measure(reports, characters, claims, time.perf_counter() - start, peak())


def run(sources: Sequence[str]) -> Measure:
    """Read every report of some sources into a fresh ledger."""
    characters = 0

    def tell(met: object) -> None:
        nonlocal characters
        characters += len(met.document.text) if isinstance(met, Reading) else 0

    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "bench.db") as ledger:
        start = time.perf_counter()
        tally = pipeline.run(sources, ledger, tell=tell)
        seconds = time.perf_counter() - start
    met = tally.added + tally.known + tally.unread
    return Measure(met, characters, tally.claims, seconds, peak())


def alone(measure: Callable[[Sequence[str]], Measure], sources: Sequence[str]) -> Measure:
    """Measure in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, sources).result()


# --- the sets -------------------------------------------------------------------------------------


def texts() -> dict[str, list[str]]:
    """The sources of the small sets by name."""
    if SHARED.exists():
        return {name: [str(SHARED / "gold" / name)] for name in ("dev", "train")}
    return {f"tests/corpus and examples, {OWN_TIMES} times": OWN * OWN_TIMES}


def sample(target: Path, *, size: int) -> Path:
    """So many articles, always the same ones, in the order of the file."""
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        articles = list(lines)
    chosen = sorted(random.Random(SEED).sample(range(len(articles)), size))
    with gzip.open(target, "wt", encoding="utf-8") as out:
        out.writelines(articles[number] for number in chosen)
    return target


# --- the report -----------------------------------------------------------------------------------


def line(name: str, measures: Sequence[Measure]) -> str:
    """A row of the table: the median rate and the highest peak of the measurements."""
    one = measures[0]
    rate = statistics.median(measure.rate for measure in measures)
    most = max(measure.peak_mib for measure in measures)
    return (
        f"{name:44}{one.reports:8,}{one.characters / 1000:10,.0f}{one.claims:9,}"
        f"{rate:10.1f}{most:9.0f}   {'median of ' + str(len(measures)) if len(measures) > 1 else 'once'}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast the program reads, and how much memory it takes.")
    parser.add_argument("--full", action="store_true", help="all articles instead of a sample")
    full = parser.parse_args().full
    print(*machine(), "", sep="\n")
    print(f"{'':44}{'reports':>8}{'1000 char':>10}{'claims':>9}{'reports/s':>10}{'peak MiB':>9}", flush=True)
    for name, sources in texts().items():
        print(line(f"extract {name}", [alone(extract, sources) for _ in range(TIMES)]), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        if not SHARED.exists():
            print(line("run tests/corpus and examples into a ledger", [alone(run, OWN)]))
        elif full:
            print(line("run all articles into a ledger", [alone(run, [str(ARTICLES)])]))
        else:
            articles = sample(Path(folder) / "sample.jsonl.gz", size=SAMPLE)
            print(line(f"run {SAMPLE:,} articles into a ledger", [alone(run, [str(articles)])]))
    print(flush=True)
    ledger_bench.measure(1_000_000 if full else 100_000)


if __name__ == "__main__":
    main()
