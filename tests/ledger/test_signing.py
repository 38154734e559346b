"""Signed situation reports: who signed what, and what a later version is."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from trucewatch.errors import UsageError
from trucewatch.ledger import Ledger
from trucewatch.model import Signature, digest

DAY = dt.date(2031, 5, 10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "test.db") as opened:
        yield opened


def sign(ledger: Ledger, content: bytes = b"{}", *, by: str = "A. Mirza", at: dt.date = DAY) -> Signature:
    return ledger.sign(content, ceasefire="halden", at=at, known=None, by=by)


def test_what_is_signed_keeps_its_bytes_its_hash_and_the_name(ledger: Ledger) -> None:
    made = sign(ledger, b'{"a":1}')
    assert (made.version, made.by, made.sha256) == (1, "A. Mirza", digest(b'{"a":1}'))
    assert ledger.signed(made) == b'{"a":1}'
    assert ledger.signatures() == [made]


def test_other_bytes_make_the_next_version_and_the_first_stays(ledger: Ledger) -> None:
    first, second = sign(ledger, b"1"), sign(ledger, b"2")
    assert (first.version, second.version) == (1, 2)
    assert [ledger.signed(one) for one in ledger.signatures("halden", DAY)] == [b"1", b"2"]


def test_the_same_bytes_again_make_no_version(ledger: Ledger) -> None:
    first = sign(ledger, b"1")
    assert sign(ledger, b"1", by="B. Osei") == first
    assert len(ledger.signatures()) == 1


def test_going_back_to_earlier_words_is_a_version_of_its_own(ledger: Ledger) -> None:
    assert [sign(ledger, words).version for words in (b"1", b"2", b"1")] == [1, 2, 3]


def test_each_day_and_each_ceasefire_counts_its_own_versions(ledger: Ledger) -> None:
    sign(ledger, b"1")
    assert sign(ledger, b"2", at=DAY + dt.timedelta(days=1)).version == 1
    other = ledger.sign(b"3", ceasefire="other", at=DAY, known=DAY, by="A")
    assert (other.version, other.known) == (1, DAY)
    assert len(ledger.signatures(at=DAY)) == 2
    assert len(ledger.signatures("halden")) == 2


def test_nobody_signs_is_refused_and_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="a signature needs a name"):
        sign(ledger, by="  ")
    assert ledger.signatures() == []


def test_what_was_signed_later_is_not_known_before(ledger: Ledger) -> None:
    made = sign(ledger)
    assert ledger.signatures(known=made.recorded.date()) == [made]
    assert ledger.signatures(known=made.recorded.date() - dt.timedelta(days=1)) == []


@pytest.mark.parametrize("change", ["UPDATE sitreps SET by = 'B'", "DELETE FROM sitreps"])
def test_a_signature_cannot_be_changed_or_removed(ledger: Ledger, change: str) -> None:
    sign(ledger)
    with (
        closing(sqlite3.connect(ledger.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="sitreps is append-only"),
    ):
        connection.execute(change)


def test_a_signed_text_cannot_be_changed(ledger: Ledger) -> None:
    made = sign(ledger)
    with (
        closing(sqlite3.connect(ledger.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="contents is append-only"),
    ):
        connection.execute("UPDATE contents SET packed = x'00' WHERE sha256 = ?", (made.sha256,))


def test_two_versions_of_one_number_cannot_be(ledger: Ledger) -> None:
    sign(ledger)
    with ledger._writing() as connection, pytest.raises(sa.exc.IntegrityError, match="UNIQUE"):
        connection.exec_driver_sql(
            "INSERT INTO sitreps (ceasefire, at, version, by, recorded, sha256)"
            " SELECT ceasefire, at, version, by, recorded, sha256 FROM sitreps"
        )
