"""The ledger of the sample reports, and the pages over it, asked without a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tests.pages.browser import Tab, tab
from tests.pages.screenshots import server
from trucewatch import catalog, pipeline
from trucewatch.ledger import Ledger
from trucewatch.pages.app import Pages, app
from trucewatch.pages.asking import Question

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DONBAS = "donbas-2020"
DAY = dt.date(2022, 2, 20)
BASE = f"/{DONBAS}/{DAY}"

Client = TestClient[Pages]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the sample reports."""
    path = tmp_path_factory.mktemp("pages") / "demo.db"
    with Ledger.open(path) as ledger:
        pipeline.run([str(EXAMPLES)], ledger)
    return path


@pytest.fixture(scope="session")
def ledger(demo: Path) -> Iterator[Ledger]:
    with Ledger.open(demo, create=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(ledger: Ledger) -> Iterator[Client]:
    with asking(ledger) as made:
        yield made


@pytest.fixture(scope="module")
def base(demo: Path) -> Iterator[str]:
    """The address at which the pages over the sample reports are served."""
    with server(demo) as address:
        yield address


@pytest.fixture(scope="module")
def seen() -> Iterator[Tab]:
    """A page of the system's browser."""
    with tab() as opened:
        yield opened


def asking(ledger: Ledger) -> Client:
    """A client of the pages over a ledger, by the name that a browser on this machine uses."""
    names = sorted(catalog.ceasefires())
    made = app(ledger, {name: catalog.ceasefire(name) for name in names})
    return TestClient(made, base_url="http://127.0.0.1")


def here(ledger: Ledger, *, address: str = "127.0.0.1") -> TestClient[Any]:
    """A client that asks from an address: this machine, from which decisions are taken, or another."""
    names = sorted(catalog.ceasefires())
    made = app(ledger, {name: catalog.ceasefire(name) for name in names})

    async def called(scope: Any, receive: Any, send: Any) -> None:
        await made({**scope, "client": (address, 50_000)}, receive, send)

    return TestClient(called, base_url="http://127.0.0.1")


def question(*, known: dt.date | None = None, days: int | None = 31) -> Question:
    return Question(ceasefire=catalog.ceasefire(DONBAS), day=DAY, known=known, days=days)
