"""Erasing takes bytes, text and words out of the file for good; hash, date, reason and name stay."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.ledger.making import PUBLISHED, claims, document, report
from tests.ledger.test_database import whole
from trucewatch import pipeline
from trucewatch.errors import LedgerError, ReportError, UsageError
from trucewatch.ledger import Ledger
from trucewatch.ledger.erasing import Erased
from trucewatch.model import Report, digest
from trucewatch.views import exports
from trucewatch.views.query import Query

TOLD = "Orla Venn told the envoy that the northern bridge was mined before dawn."
OTHER = "The envoy went home."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """A ledger with the secret, another report, and many that make the file's pages move."""
    with Ledger.open(path) as opened:
        for number in range(60):
            add(opened, f"n{number}", f"Report {number}. {'Rain fell. ' * number}")
        add(opened, "secret", TOLD)
        add(opened, "other", OTHER)
        for number in range(60, 120):
            add(opened, f"n{number}", f"Report {number}. {'Rain fell. ' * number}")
        yield opened


def add(
    ledger: Ledger, name: str, text: str, *, publisher: str = "Mission", data: bytes | None = None
) -> Report:
    of = msgspec.structs.replace(
        report(name, text, publisher=publisher), title=f"On {text[:9]}", url=f"x:{text[:9]}"
    )
    if data is not None:
        of = msgspec.structs.replace(of, data=data, sha256=digest(data))
    read = document(of, text=text)
    ledger.add(read, claims(read, text[:9]), run=ledger.begin(reader="rules/1"))
    return of


def erase(ledger: Ledger, subject: str = "secret", *, publisher: str | None = None) -> Erased:
    return ledger.erase(subject, by="A. Mirza", reason="court order", publisher=publisher)


def shown(ledger: Ledger) -> str:
    views = [exports.export(name, ledger, Query()) for name in exports.names()]
    return "\n".join(map(str, [ledger.entries(), ledger.reports(), ledger.versions(), *views]))


def in_file(path: Path, words: str) -> bool:
    """Whether a file, or its log, holds words, plainly or in what zlib has packed."""
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        raw = file.read_bytes() if file.exists() else b""
        packed = (raw[found.start() :] for found in re.finditer(b"\x78[\x01\x5e\x9c\xda]", raw))
        if any(words.encode() in data for data in [raw, *map(unpacked, packed)]):
            return True
    return False


def unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data[:65536])
    except zlib.error:
        return b""


@pytest.mark.parametrize("words", ["Orla Venn", "northern bridge was mined"])
def test_nothing_of_the_words_is_left_in_the_file_or_its_log(ledger: Ledger, path: Path, words: str) -> None:
    assert in_file(path, words)
    erase(ledger)
    assert not in_file(path, words)
    assert whole(path)


def test_hash_date_reason_and_name_stay(ledger: Ledger) -> None:
    sha256 = digest(TOLD.encode())
    erased = erase(ledger)
    assert (erased.reports, erased.claims, erased.erasure.number) == (("Mission: secret",), 1, 1)
    assert (erased.erasure.sha256, erased.erasure.by, erased.erasure.reason) == (
        sha256,
        "A. Mirza",
        "court order",
    )
    (version,) = [one for one in ledger.versions() if one.report.id == "secret"]
    assert version.erased == erased.erasure
    assert (version.report.title, version.report.url, version.claims) == ("", None, ())


def test_no_view_shows_it_and_the_other_reports_stay(ledger: Ledger) -> None:
    before = len(ledger.entries())
    erase(ledger)
    assert "Orla" not in shown(ledger)
    assert len(ledger.entries()) == before - 1
    assert "secret" not in [one.id for one in ledger.reports()]
    assert ledger.text(digest(OTHER.encode())) == OTHER


def test_the_export_of_reports_says_that_it_was_erased_when_and_why(ledger: Ledger) -> None:
    erase(ledger)
    rows = json.loads(exports.export("reports.json", ledger, Query()))
    (row,) = [row for row in rows if row["report"] == "secret"]
    assert (row["kind"], row["why"]) == ("erased", "court order")
    assert row["day"] == dt.datetime.now(dt.UTC).date().isoformat()


def test_whoever_asks_for_it_is_told(ledger: Ledger) -> None:
    sha256, claim = (
        digest(TOLD.encode()),
        next(entry.claim.id or "" for entry in ledger.entries() if entry.report.id == "secret"),
    )
    erase(ledger)
    for ask in (ledger.text, ledger.data):
        with pytest.raises(UsageError, match=r"was erased on .* by A\. Mirza \(erasure 1: court order\)"):
            ask(sha256)
    with pytest.raises(UsageError, match=rf"claim {claim} was erased on"):
        ledger.entry(claim)
    assert ledger.text(sha256, default="") == ""


def test_reading_the_same_bytes_again_is_refused_with_an_issue(ledger: Ledger, tmp_path: Path) -> None:
    erase(ledger)
    with pytest.raises(ReportError, match="erasure 1: court order"):
        add(ledger, "secret", TOLD)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "other-name.txt").write_text(TOLD)
    tally = pipeline.run([str(tmp_path / "in")], ledger)
    assert (tally.added, tally.known, tally.unread) == (0, 0, 1)
    assert [issue.message.partition(" on ")[0] for issue in ledger.issues()] == ["was erased"]
    assert not in_file(ledger.path, "Orla Venn")


def test_all_versions_of_a_report_go(ledger: Ledger, path: Path) -> None:
    add(ledger, "secret", "Orla Venn is safe.")
    assert erase(ledger).claims == 2
    assert not in_file(path, "Orla Venn")
    assert all(one.erased for one in ledger.versions() if one.report.id == "secret")


def test_by_its_hash_one_version_goes_and_the_older_does_not_come_back(ledger: Ledger) -> None:
    newer = add(ledger, "secret", "Orla Venn is safe.")
    erase(ledger, newer.sha256)
    assert [one.erased is not None for one in ledger.versions() if one.report.id == "secret"] == [False, True]
    assert "secret" not in [entry.report.id for entry in ledger.entries()]
    assert ledger.text(digest(TOLD.encode())) == TOLD


def test_the_same_bytes_of_another_publisher_go_too_and_are_named(ledger: Ledger) -> None:
    add(ledger, "copy", TOLD, publisher="Wire")
    assert erase(ledger).reports == ("Mission: secret", "Wire: copy")
    assert "Orla" not in shown(ledger)


def test_the_same_text_in_other_bytes_stays_and_is_named(ledger: Ledger) -> None:
    add(ledger, "page", TOLD, publisher="Wire", data=f"<p>{TOLD}</p>".encode())
    erased = erase(ledger)
    assert erased.alike == ("Wire: page",)
    assert [entry.report.id for entry in ledger.entries() if "Orla" in str(entry)] == ["page"]
    assert ledger.text(digest(f"<p>{TOLD}</p>".encode())) == TOLD
    erase(ledger, "page")
    assert not in_file(ledger.path, "northern bridge")


def test_of_two_publishers_with_one_id_the_publisher_is_asked_for(ledger: Ledger) -> None:
    add(ledger, "secret", "Rain in the hills.", publisher="Wire")
    with pytest.raises(
        UsageError, match="several publishers have a report 'secret': Mission, Wire; say --publisher"
    ):
        erase(ledger)
    assert erase(ledger, publisher="Mission").reports == ("Mission: secret",)
    assert ledger.report("Wire", "secret") is not None


@pytest.mark.parametrize(
    ("subject", "by", "reason", "complaint"),
    [
        ("nowhere", "A", "b", "no report on file is 'nowhere'"),
        ("0" * 64, "A", "b", "no report on file is '0000"),
        ("secret", " ", "b", "an erasure needs a 'by'"),
        ("secret", "A", "", "an erasure needs a 'reason'"),
    ],
)
def test_what_cannot_be_erased_is_named(
    ledger: Ledger, subject: str, by: str, reason: str, complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        ledger.erase(subject, by=by, reason=reason)
    assert ledger.text(digest(TOLD.encode())) == TOLD


def test_what_is_erased_cannot_be_erased_again(ledger: Ledger) -> None:
    erase(ledger)
    with pytest.raises(UsageError, match=r"'secret' was erased on .*\(erasure 1"):
        erase(ledger)


def test_a_withheld_passage_must_stay_known_to_be_hidden_in_copies(ledger: Ledger) -> None:
    ledger.judge("withhold", [f"secret:0-{len(TOLD)}"], by="A", reason="b")
    with pytest.raises(UsageError, match="judgement 1 withholds a passage of it, which copies may hold too"):
        erase(ledger)
    ledger.judge("undo", ["1"], by="A", reason="b")
    assert erase(ledger).claims == 1


# --- signed reports -----------------------------------------------------------------------------------


def sign(ledger: Ledger, *lines: str, cites: str = "secret") -> bytes:
    (claim,) = [entry.claim.id for entry in ledger.entries() if entry.report.id == cites]
    content = json.dumps({"sentences": lines, "claims": [claim]}).encode()
    ledger.sign(content, ceasefire="halden", at=PUBLISHED, known=None, by="B. Osei")
    return content


def test_passages_in_signed_reports_are_blanked_and_the_signature_keeps_its_hash(ledger: Ledger) -> None:
    content = sign(
        ledger,
        "An envoy was told “the northern bridge was mined” and seven shots were heard.",
        "Heard: the envoy that the northern bridge; and no more.",
        "Orla Venn told the envoy",
        "Seven shots were heard.",
    )
    erased = erase(ledger)
    assert erased.signed == ("halden 2022-02-20 version 1",)
    (signature,) = ledger.signatures()
    assert (signature.sha256, signature.redacted) == (digest(content), (1,))
    first, second, third, fourth = json.loads(ledger.signed(signature))["sentences"]
    assert first == "An envoy was told “███ ████████ ██████ ███ █████” and seven shots were heard."
    assert second == "Heard: ███ █████ ████ ███ ████████ ██████; and no more."
    assert set(third) <= {"█", " "}
    assert fourth == "Seven shots were heard."


def test_dates_and_ids_of_a_signed_report_stay_and_an_address_goes(ledger: Ledger) -> None:
    add(ledger, "dated", "On 2022-02-20 Orla Venn spoke.")
    (claim,) = [entry.claim.id for entry in ledger.entries() if entry.report.id == "dated"]
    told = {"at": "2022-02-20", "claims": [claim], "report": "dated", "url": "x:On 2022-0"}
    ledger.sign(json.dumps(told).encode(), ceasefire="halden", at=PUBLISHED, known=None, by="B. Osei")
    erase(ledger, "dated")
    left = json.loads(ledger.signed(ledger.signatures()[0]))
    assert (left["at"], left["claims"], left["report"]) == ("2022-02-20", [claim], "dated")
    assert set(left["url"]) <= {"█", " "}


def test_a_signed_report_that_does_not_cite_it_stays(ledger: Ledger) -> None:
    content = sign(ledger, "The envoy went home to the northern bridge was mined.", cites="other")
    assert erase(ledger).signed == ()
    (signature,) = ledger.signatures()
    assert (ledger.signed(signature), signature.redacted) == (content, ())


def test_nothing_of_a_signed_quotation_is_left_in_the_file(ledger: Ledger, path: Path) -> None:
    sign(ledger, TOLD)
    erase(ledger)
    assert not in_file(path, "northern bridge was mined")


# --- the triggers -------------------------------------------------------------------------------------


def refused(path: Path, change: str) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        try:
            return connection.execute(change).rowcount == 0
        except sqlite3.IntegrityError as error:
            return "append-only" in str(error)


CHANGES = [
    "UPDATE contents SET packed = x'789c030000000001'",
    "UPDATE claims SET body = '{}'",
    "UPDATE reports SET title = '', url = NULL",
    "DELETE FROM contents",
    "DELETE FROM claims",
]


@pytest.mark.parametrize("change", CHANGES)
def test_without_an_erasure_nothing_can_be_blanked(ledger: Ledger, change: str) -> None:
    assert refused(ledger.path, change)


@pytest.mark.parametrize(
    "change",
    [
        *(f"{change} WHERE 1" for change in CHANGES),
        "UPDATE claims SET body = '{\"kind\":\"x\"}' WHERE body = '{}'",
        "UPDATE claims SET id = 'x' WHERE body = '{}'",
        "UPDATE reports SET title = 'x' WHERE title = ''",
        "UPDATE reports SET published = NULL WHERE title = ''",
        "UPDATE contents SET packed = x'00' WHERE packed = x'789c030000000001'",
        "UPDATE erasures SET reason = 'x'",
        "DELETE FROM erasures",
    ],
)
def test_with_one_nothing_else_can(ledger: Ledger, change: str) -> None:
    erase(ledger)
    assert refused(ledger.path, change)


# --- when it cannot be done ---------------------------------------------------------------------------


def test_while_another_program_reads_the_traces_in_the_log_are_told(ledger: Ledger, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reports").fetchone()
        with pytest.raises(LedgerError, match="another program"):
            erase(ledger)
    assert "Orla" not in shown(ledger)


def test_erasing_again_clears_the_traces_that_were_left(ledger: Ledger, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reports").fetchone()
        with pytest.raises(LedgerError, match="another program"):
            erase(ledger)
    assert in_file(path, "Orla Venn")
    with pytest.raises(UsageError, match=r"'secret' was erased on"):
        erase(ledger)
    assert not in_file(path, "Orla Venn")
