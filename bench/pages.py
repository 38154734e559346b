"""How fast the pages answer: each page's first answer, and then with several readers at once.

    python -m bench.pages --ledger demo/trucewatch.db
    python -m bench.pages --ledger million.db --readers 8 --times 40

At the end as many readers as are given open the first page of another day each, all at once.
The server is a process of its own, and has worked out its newest day before anything is measured. Times are
those of whole answers over the loopback, in milliseconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import statistics
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from urllib.parse import urlsplit

from bench.machine import machine
from tests.pages.screenshots import server
from trucewatch.pages.plan import PAGES

CEASEFIRE, DAY = "donbas-2020", dt.date(2022, 2, 20)
APART = dt.timedelta(days=30)

_OWN = threading.local()
_IDLE = 2.0  # seconds after which a connection is not used again: the server closes it after five


def ask(address: str, path: str) -> tuple[float, int]:
    """The milliseconds of an answer and its bytes. A reader's connection is kept open while it is in use."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    connection, used = getattr(_OWN, "kept", (None, 0.0))
    start = time.perf_counter()
    if connection is None or start - used > _IDLE:
        connection = http.client.HTTPConnection(host or "", port, timeout=600)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    took = (time.perf_counter() - start) * 1e3
    _OWN.kept = (connection, time.perf_counter())
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
    return took, len(body)


def settle(address: str) -> None:
    """Wait until the server has worked out what it does at its start: the newest day's heaviest pages."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    connection = http.client.HTTPConnection(host or "", port, timeout=600)
    connection.request("GET", f"/{CEASEFIRE}")
    newest = connection.getresponse().getheader("location") or ""
    for name in ("today", "violations", "forces"):
        ask(address, newest.replace("/today", f"/{name}"))


def other_days(address: str, readers: ThreadPoolExecutor, many: int) -> None:
    """How long each of many readers waits who open the first pages of days of their own, all at once."""
    paths = [f"/{CEASEFIRE}/{DAY - place * APART}/today" for place in range(1, many + 1)]
    waits = sorted(took / 1e3 for took, _ in readers.map(ask, repeat(address), paths))
    print(f"{many} readers, {many} other days at once: {waits[0]:.1f} to {waits[-1]:.1f} s")


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast the pages answer.")
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--times", type=int, default=20, help="answers to each reader, for each page")
    parser.add_argument("--only", nargs="*", help="the pages to ask, else all")
    given = parser.parse_args()
    print(*machine(), "", sep="\n")
    print(f"{'page':14}{'first ms':>10}{'median':>9}{'95th':>9}{'slowest':>9}{'kB':>8}")
    with server(given.ledger) as address, ThreadPoolExecutor(given.readers) as readers:
        settle(address)
        for name in given.only or PAGES:
            path = f"/{CEASEFIRE}/{DAY}/{name}"
            first, size = ask(address, path)
            answers = list(
                readers.map(ask, repeat(address), repeat(path, given.readers * given.times), chunksize=1)
            )
            told = [took for took, _ in answers]
            print(
                f"{name:14}{first:10.0f}{statistics.median(told):9.1f}{percentile(told, 0.95):9.1f}"
                f"{max(told):9.1f}{size / 1e3:8.0f}",
                flush=True,
            )
        other_days(address, readers, given.readers)


if __name__ == "__main__":
    main()
