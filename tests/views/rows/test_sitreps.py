"""The export of signed reports: who signed which version of which day, and when."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.situation.making import day
from trucewatch.catalog import ceasefire
from trucewatch.ledger import Ledger
from trucewatch.views import exports
from trucewatch.views.query import Period, Query


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger.open(tmp_path / "signed.db")
    known = day("02-20")
    made.sign(b"first", ceasefire="donbas-2020", at=day("02-20"), known=known, by="A. Mirza")
    made.sign(b"second", ceasefire="donbas-2020", at=day("02-20"), known=None, by="=B. Osei")
    made.sign(b"other", ceasefire="syria-2016", at=day("03-01"), known=None, by="A. Mirza")
    return made


def told(ledger: Ledger, **asked: object) -> list[tuple[str, str, int]]:
    rows = msgspec.json.decode(exports.export("sitreps.json", ledger, Query(**asked)))  # type: ignore[arg-type]
    return [(row["ceasefire"], row["at"], row["version"]) for row in rows]


def test_each_version_is_a_row(ledger: Ledger) -> None:
    assert told(ledger) == [
        ("donbas-2020", "2022-02-20", 1),
        ("donbas-2020", "2022-02-20", 2),
        ("syria-2016", "2022-03-01", 1),
    ]


def test_by_ceasefire_and_period(ledger: Ledger) -> None:
    assert told(ledger, ceasefire=ceasefire("syria-2016")) == [("syria-2016", "2022-03-01", 1)]
    assert told(ledger, period=Period.of("2022-02")) == told(ledger)[:2]
    assert told(ledger, period=Period.of("2022-02-19")) == []


def test_what_was_signed_later_was_not_known(ledger: Ledger) -> None:
    assert told(ledger, known=day("02-20")) == []


def test_a_name_that_begins_a_formula_is_guarded(ledger: Ledger) -> None:
    assert "'=B. Osei" in exports.export("sitreps.csv", ledger, Query())
