"""`trucewatch sign` and `trucewatch sitrep --version` over a ledger on disk."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trucewatch.cli import main

DAY = ("--ceasefire", "donbas-2020", "--at", "2022-02-19")
SIGN = ("sign", *DAY, "--known", "2022-02-20")
SITREP = ("sitrep", *DAY, "--known", "2022-02-20")


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUCEWATCH_LEDGER", raising=False)
    counted("smm-39", "2022-02-19", 591)


def trucewatch(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def counted(name: str, published: str, donetsk: int) -> None:
    """Put in a report of the mission with the figures of 18 February."""
    claims = [
        {
            "kind": "count",
            "evidence": [place * 100, place * 100 + 9],
            "said_by": [],
            "measure": "ceasefire_violations",
            "low": low,
            "high": low,
            "observer": {"name": "OSCE SMM"},
            "place": {"name": f"{region} region"},
            "time": {"start": "2022-02-17", "end": "2022-02-18"},
            "period": "PT24H",
        }
        for place, (region, low) in enumerate([("Donetsk", donetsk), ("Luhansk", 975)])
    ]
    head = {"id": name, "publisher": "OSCE SMM", "published": published}
    Path("figures.jsonl").write_text(json.dumps({"report": head, "claims": claims}))
    assert trucewatch("run", "--claims", "figures.jsonl").exit_code == 0


def sign(by: str = "A. Mirza") -> str:
    done = trucewatch(*SIGN, "--by", by)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def test_the_report_is_a_draft_until_it_is_signed() -> None:
    assert "\nDRAFT, not signed" in trucewatch(*SITREP).stdout
    told = sign()
    assert re.fullmatch(
        r"trucewatch\.db: version 1 of 2022-02-19, signed by A\. Mirza, SHA-256 [0-9a-f]{64}\n", told
    )
    written = trucewatch(*SITREP).stdout
    assert "DRAFT" not in written
    assert "\nVersion 1, signed by A. Mirza on " in written


def test_a_correction_makes_version_2_and_version_1_stays() -> None:
    sign()
    shapes = ("text", "md", "html", "json")
    asked = ("sitrep", *DAY, "--version", "1", "--format")
    first = {shape: trucewatch(*asked, shape).stdout for shape in shapes}
    counted("smm-39", "2022-02-19", 600)
    draft = " ".join(trucewatch(*SITREP).stdout.split())
    assert "DRAFT of version 2" in draft
    assert "numbers: -1,566, -591, +1,575, +600" in draft
    assert "version 2 of 2022-02-19, signed by B. Osei" in sign("B. Osei")
    assert "Version 2, signed by B. Osei" in trucewatch(*SITREP).stdout
    for shape, written in first.items():
        assert trucewatch(*asked, shape).stdout == written


def test_the_json_of_a_version_is_the_very_bytes_that_were_signed() -> None:
    signed = sign().split()[-1]
    written = trucewatch("sitrep", *DAY, "--version", "1", "--format", "json").stdout_bytes
    assert hashlib.sha256(written).hexdigest() == signed


def test_a_version_that_is_not_there_is_named() -> None:
    done = trucewatch("sitrep", *DAY, "--version", "2")
    assert done.exit_code == 2
    assert "no version 2 of the report of donbas-2020 at 2022-02-19; none is signed" in done.stderr


def test_a_version_goes_with_no_day_of_knowledge() -> None:
    done = trucewatch(*SITREP, "--version", "1")
    assert done.exit_code == 2
    assert "give it without" in done.stderr


def test_nobody_is_no_name() -> None:
    done = trucewatch(*SIGN, "--by", " ")
    assert done.exit_code == 2
    assert trucewatch("sign", *DAY).exit_code == 2


def test_at_an_earlier_moment_the_report_is_what_it_was_then() -> None:
    empty = trucewatch(*SITREP, "--recorded", "2020-01-01").stdout
    assert "no claim on it is on file" in " ".join(empty.split())
    now = trucewatch(*SITREP).stdout
    moment = dt.datetime.now(dt.UTC).isoformat()
    sign()
    assert trucewatch(*SITREP, "--recorded", moment).stdout == now


def test_a_correction_is_told_in_the_report_of_the_day_it_bears_on() -> None:
    Path("smm-39.txt").write_text("The SMM recorded 591 ceasefire violations in Donetsk region.")
    head = {"id": "smm-39", "publisher": "OSCE SMM", "published": "2022-02-19"}
    Path("smm-39.meta.json").write_text(json.dumps({"report": head}))
    trucewatch("run", "smm-39.txt")
    Path("smm-39.txt").write_text("The SMM recorded 600 ceasefire violations in Donetsk region.")
    trucewatch("run", "smm-39.txt")
    written = " ".join(trucewatch(*SITREP).stdout.split())
    assert "Corrected by its publisher on" in written
    assert "“600” in place of “591”" in written
