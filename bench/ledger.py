"""How the ledger answers when it is large: what adding a report costs, and what questions do.

    python -m bench.ledger --claims 1000000           part of make bench-full
    python -m bench.ledger --claims 100000            part of make bench
    python -m bench.ledger --ledger FILE              the questions alone, to a ledger that bench.synth made

Each question is asked eleven times in a process of its own, of a ledger opened anew each time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bench.machine import machine, peak
from bench.shape import learn
from bench.synth import CLAIMS_PER_REPORT, READER, Made, Newsroom, fill
from trucewatch import catalog
from trucewatch.ledger import Ledger
from trucewatch.model import Run
from trucewatch.situation import assess
from trucewatch.views import render
from trucewatch.views.query import Period, Query
from trucewatch.views.rows import contacts as contacts_rows
from trucewatch.views.rows import reports as reports_rows
from trucewatch.views.rows import series as series_rows

TIMES = 11
ADDED = 200  # reports added one by one at each size of the ledger
STEPS = (1_000, 3_000, 10_000, 30_000, 100_000)
DAY = dt.date(2022, 2, 20)
NEAR = dt.timedelta(days=20)
LATE = dt.date(2021, 12, 20)  # a day with most of its year's figures behind it


class Answer(NamedTuple):
    """How long a question took each time, in seconds, and the most memory its process held."""

    seconds: list[float]
    peak_mib: float
    size: int


# --- the questions --------------------------------------------------------------------------------


def situation(ledger: Ledger, day: dt.date = DAY) -> int:
    """The situation report of a day as known on it, written out; its characters."""
    given = catalog.ceasefire("donbas-2020")
    found = assess(ledger, given, at=day, known=day)
    return len(render(found, shape="text", text_of=ledger.text))


def replayed(ledger: Ledger) -> int:
    """The claims near that day as they were on file a moment ago; their number."""
    shelf = ledger.as_of(dt.datetime.now(dt.UTC))
    return len(shelf.entries(DAY, since=DAY - NEAR, until=DAY))


def near(ledger: Ledger) -> int:
    """The claims near that day as they are on file; their number."""
    return len(ledger.entries(DAY, since=DAY - NEAR, until=DAY))


def versions(ledger: Ledger) -> int:
    """The versions of reports that came in those days, each beside the one before it; their number."""
    return len(reports_rows.rows(ledger, Query(period=Period(start=DAY - NEAR, end=DAY), known=DAY)))


def series(ledger: Ledger) -> int:
    """The series of all counters of a ceasefire over a year; its rows."""
    query = Query(ceasefire=catalog.ceasefire("donbas-2020"), period=Period.of("2021"))
    return len(series_rows.rows(ledger, query))


def contacts(ledger: Ledger) -> int:
    """All contacts of a month, whoever met; their number."""
    return len(contacts_rows.rows(ledger, Query(period=Period.of("2021-06"))))


def claim(ledger: Ledger) -> int:
    """One claim by the beginning of its id, with the text of its report; the text's characters."""
    name = next(iter(ledger.entries(since=DAY, until=DAY, kinds={"contact"}))).claim.id or ""
    return len(ledger.text(ledger.entry(name[:12]).report.sha256))


QUESTIONS: dict[str, Callable[[Ledger], int]] = {
    "situation report of 20 Feb 2022, donbas-2020": situation,
    "the same of 20 Dec 2021": partial(situation, day=LATE),
    "claims of 20 days": near,
    "the same as of a moment": replayed,
    "versions of reports of 20 days": versions,
    "series of a year, donbas-2020": series,
    "contacts of a month, all": contacts,
    "a claim of that day and its text": claim,
}


def ask(question: Callable[[Ledger], int], path: Path) -> Answer:
    """Ask a question again and again."""
    seconds, size = [], 0
    for _ in range(TIMES):
        start = time.perf_counter()
        with Ledger.open(path, create=False) as ledger:
            size = question(ledger)
        seconds.append(time.perf_counter() - start)
    return Answer(seconds, peak(), size)


def alone(question: Callable[[Ledger], int], path: Path) -> Answer:
    """Ask it in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(ask, question, path).result()


def print_answers(path: Path) -> None:
    print(f"{'':44}{'median ms':>10}{'first':>8}{'slowest':>9}{'peak MiB':>10}{'size':>10}")
    for name, question in QUESTIONS.items():
        told = alone(question, path)
        median, slowest = statistics.median(told.seconds), max(told.seconds)
        print(
            f"{name:44}{median * 1e3:10.0f}{told.seconds[0] * 1e3:8.0f}{slowest * 1e3:9.0f}"
            f"{told.peak_mib:10.0f}{told.size:10,}",
            flush=True,
        )


# --- adding ---------------------------------------------------------------------------------------


def print_growth(path: Path, *, claims: int) -> None:
    """Fill a ledger; at some sizes, add reports one by one, each committed to the disk."""
    many = claims // CLAIMS_PER_REPORT
    begun = time.perf_counter()
    reports = Newsroom(learn()).reports(many)
    told = 0
    print(f"{'reports on file':>44}{'median ms':>10}{'mean':>8}{'slowest':>9}{'of processor':>14}")
    with Ledger.open(path) as ledger:
        run = ledger.begin(reader=READER)
        on_file = 0
        for step in [*(step for step in STEPS if step < many), many]:
            told += fill(ledger, islice(reports, step - on_file - ADDED), run)
            told += _print_adding(ledger, islice(reports, ADDED), run, at=step)
            on_file = step
        ledger.finish(run)
    size = path.stat().st_size / 2**20
    seconds = time.perf_counter() - begun
    print(
        f"\n{told:,} claims of {on_file:,} reports: {size:,.0f} MiB, filled in {seconds:.0f} s\n", flush=True
    )


def _print_adding(ledger: Ledger, reports: Iterator[Made], run: Run, *, at: int) -> int:
    """Add some reports one by one; how many claims they have."""
    seconds, claims, made_ready = [], 0, list(reports)
    busy = time.process_time()
    for made in made_ready:
        start = time.perf_counter()
        ledger.add(made.document, made.claims, run=run)
        seconds.append(time.perf_counter() - start)
        claims += len(made.claims)
    busy = (time.process_time() - busy) / len(seconds)
    median, mean = statistics.median(seconds), statistics.fmean(seconds)
    print(
        f"{f'{at:,}':>44}{median * 1e3:10.1f}{mean * 1e3:8.1f}{max(seconds) * 1e3:9.1f}{busy * 1e3:14.1f}",
        flush=True,
    )
    return claims


def measure(claims: int) -> None:
    """Fill a ledger in a folder of its own, and ask it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.db"
        print_growth(path, claims=claims)
        print_answers(path)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How the ledger answers when it is large.")
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path, help="ask this one instead of filling one")
    given = parser.parse_args()
    print(*machine(), "", sep="\n")
    if given.ledger:
        print_answers(given.ledger)
    else:
        measure(given.claims)


if __name__ == "__main__":
    main()
