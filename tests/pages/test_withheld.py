"""What is withheld from the ledger is in no page from the next request on, also where it had been shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pages.conftest import BASE, asking
from trucewatch.ledger import Ledger
from trucewatch.pages.plan import PAGES

NAME = "Denis Pushilin"
REPORT = "reports?id=2022-02-19-meridian-mobilization"


@pytest.fixture
def copied(demo: Path, tmp_path: Path) -> Path:
    with Ledger.open(demo) as ledger:
        ledger.reports()  # the log of the writer is in the file once nobody has it open
    path = tmp_path / "copy.db"
    for suffix in ("", "-wal", "-shm"):
        if Path(f"{demo}{suffix}").exists():
            shutil.copy(f"{demo}{suffix}", f"{path}{suffix}")
    return path


def test_a_name_that_is_withheld_is_in_no_page_and_not_found(copied: Path) -> None:
    addresses = [f"{BASE}/{page}{shape}" for page in PAGES for shape in ("", ".json", ".csv")]
    addresses += [f"{BASE}/{REPORT}", f"{BASE}/reports?q=mobilization", f"{BASE}/positions.json"]
    with Ledger.open(copied, create=False) as ledger, asking(ledger) as client:
        before = [address for address in addresses if "Pushilin" in client.get(address).text]
        assert {f"{BASE}/today", f"{BASE}/statements", f"{BASE}/{REPORT}"} <= set(before)
        with Ledger.open(copied) as other:
            other.judge("withhold", [NAME], by="A. Mirza", reason="at risk")
        after = [address for address in addresses if "Pushilin" in client.get(address).text]
        assert after == []
        found = client.get(f"{BASE}/reports?q=Pushilin").text
        assert "No report on file has these words" in found
        assert client.get(f"{BASE}/reports.json?q=Pushilin").json() == []
