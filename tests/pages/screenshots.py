"""Pictures of every page at the widths of a phone, a laptop, a wall screen, and on paper: make screenshots.

    python -m tests.pages.screenshots --ledger demo/trucewatch.db --to demo/screenshots

Takes the pages over a ledger of the sample reports, in the browser that the system has.
"""

from __future__ import annotations

import argparse
import functools
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.pages.browser import tab
from trucewatch.pages.plan import PAGES

WIDTHS = {"390": (390, False), "390-dark": (390, True), "1280": (1280, False), "2560": (2560, False)}
"""Each picture of a page: its width, and whether it is of the dark look."""
HEIGHT = 3000  # pixels of a page that its picture shows
DAY = "donbas-2020/2022-02-20"


@contextmanager
def server(ledger: Path) -> Iterator[str]:
    """The pages over a ledger, served at any free port; the address they are served at."""
    program = Path(sys.executable).with_name("trucewatch")
    command = [program, "serve", "--ledger", ledger, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            told = process.stderr.readline()
            met = re.search(r"http://\S+", told)
            assert met, f"the server did not start: {told}{process.stderr.read()}"
            yield met.group()
        finally:
            process.terminate()


@functools.cache
def first(base: str, page: str, field: str) -> str:
    """A field of the first row of a page, as its file has it; nothing without a server."""
    if not base:
        return ""
    with urllib.request.urlopen(f"{base}{DAY}/{page}.json") as answer:  # noqa: S310 - our own server
        return str(json.load(answer)[0][field])


def addresses(base: str) -> Iterator[tuple[str, str]]:
    """A name for each page, and its address; without a server only the names stand."""
    claim, report = first(base, "review", "claim"), first(base, "reports", "sha256")
    for name in PAGES:
        yield name, f"{base}{DAY}/{name}"
    yield "search", f"{base}{DAY}/reports?q=withdraw"
    yield "review-claim", f"{base}{DAY}/review/{claim}"
    yield "review-split", f"{base}{DAY}/review/{claim}?split=2"
    yield "review-new", f"{base}{DAY}/review/new?report={report}&start=0&end=20&kind=statement"
    yield "versions", f"{base}{DAY}/reports/{report}/versions"
    yield "report", f"{base}{DAY}/reports?id=2022-02-18-meridian-rival-counts"
    yield "not-found", f"{base}donbas-2020/someday/today"


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description="Pictures of every page.")
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=Path("demo/screenshots"))
    parser.add_argument("--only", nargs="*", help="the pages to take, else all")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with server(given.ledger) as base, tab() as seen:
        for name, address in addresses(base):
            if given.only and name not in given.only:
                continue
            for size, (width, dark) in WIDTHS.items():
                seen.open(address, width=width, dark=dark)
                (given.to / f"{name}-{size}.png").write_bytes(seen.picture(most=HEIGHT))
            (given.to / f"{name}.pdf").write_bytes(seen.printed())


if __name__ == "__main__":
    main()
