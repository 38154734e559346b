from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from tests.ledger.making import report
from trucewatch import pipeline
from trucewatch.claims import READER
from trucewatch.interchange import claims_line
from trucewatch.ledger import Ledger
from trucewatch.model import Issue, Reading, Report, Statement, Time

STORY = 'The mission said on Saturday: "We counted seven explosions near the village." Nobody was hurt.'
FRENCH = "Le président a parlé samedi avec son homologue russe de la situation dans le Donbass."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in "ab":
        put(folder, name, f"{STORY} This is report {name}.")
    return folder


def put(folder: Path, name: str, text: str, **told: str) -> None:
    (folder / f"{name}.txt").write_text(text)
    details = {
        "id": name,
        "publisher": "Wire",
        "published": "2022-02-20",
        "title": "",
        "language": "en",
        **told,
    }
    (folder / f"{name}.meta.json").write_text(json.dumps({"report": details}))


def run(folder: Path, ledger: Ledger, *claims: Path) -> tuple[pipeline.Tally, list[Issue]]:
    met: list[Reading | Report | Issue] = []
    tally = pipeline.run([str(folder)] if folder.exists() else [], ledger, claims=claims, tell=met.append)
    return tally, [one for one in met if isinstance(one, Issue)]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "test.db")


# --- process ----------------------------------------------------------------------------------------


def test_a_report_becomes_a_document_annotations_and_claims() -> None:
    reading = pipeline.process(report(text=STORY))
    assert reading.document.text == STORY
    assert reading.annotations.speech
    claim = next(claim for claim in reading.claims if isinstance(claim, Statement))
    assert claim.content is not None
    assert "We counted seven explosions" in reading.document.words(claim.content)


def test_the_same_report_gives_the_same_reading() -> None:
    assert pipeline.process(report(text=STORY)) == pipeline.process(report(text=STORY))


def test_a_language_that_is_not_known_yields_no_claims() -> None:
    reading = pipeline.process(report(text=FRENCH))
    assert (reading.document.language, reading.claims) == ("fr", ())
    assert pipeline.is_unread(reading)


def test_a_fault_of_the_reader_costs_one_report_and_names_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = pipeline.extract

    def stumbling(document: object, annotations: object) -> object:
        if document.report.id == "a":  # type: ignore[attr-defined]
            raise IndexError("out of range")
        return honest(document, annotations)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "extract", stumbling)
    issue, reading = pipeline.readings([str(folder)])
    assert isinstance(issue, Issue)
    assert issue.origin.endswith("a.txt")
    assert "IndexError: out of range" in issue.message
    assert isinstance(reading, Reading)


# --- what is passed over ------------------------------------------------------------------------------

SPORT = 'The coach said on Saturday: "We won the cup because we trained in the rain." The fans sang.'


def test_a_report_of_no_interest_is_passed_over_unless_everything_is_read() -> None:
    over, read = (pipeline.process(report(text=SPORT), everything=everything) for everything in (False, True))
    assert (over.document, over.claims) == (read.document, ())
    assert read.claims
    assert pipeline.is_passed_over(over)


def test_what_is_of_interest_is_read_the_same_either_way() -> None:
    assert pipeline.process(report(text=STORY)) == pipeline.process(report(text=STORY), everything=True)
    assert not pipeline.is_passed_over(pipeline.process(report(text=STORY)))


def test_a_language_that_is_not_known_is_not_read_and_not_passed_over() -> None:
    reading = pipeline.process(report(text=FRENCH), everything=True)
    assert reading.claims == ()
    assert not pipeline.is_passed_over(reading)


def test_what_is_passed_over_is_filed_as_read_and_counted(folder: Path, ledger: Ledger) -> None:
    put(folder, "c", SPORT)
    tally, issues = run(folder, ledger)
    assert (tally.added, tally.passed_over, tally.unread, issues) == (3, 1, 0, [])
    assert {one.id for one in ledger.reports()} == {"a", "b", "c"}
    assert {entry.report.id for entry in ledger.entries()} == {"a", "b"}
    assert run(folder, ledger)[0] == pipeline.Tally(known=3)


def test_reading_everything_reads_what_was_passed_over_and_adds_nothing_twice(
    folder: Path, ledger: Ledger
) -> None:
    put(folder, "c", SPORT)
    run(folder, ledger)
    before = len(ledger.entries())
    tally = pipeline.run([str(folder)], ledger, everything=True)
    assert (tally.added, tally.known, tally.passed_over) == (1, 2, 0)
    assert len(ledger.entries()) == before + tally.claims > before
    assert run(folder, ledger)[0] == pipeline.Tally(known=3)
    assert "c" in {entry.report.id for entry in ledger.entries()}
    assert [one.settings.get("everything") for one in ledger.runs()] == [None, "yes", None]


# --- into the ledger ----------------------------------------------------------------------------------


def test_a_run_fills_the_ledger_and_a_second_one_reads_nothing(
    folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally, issues = run(folder, ledger)
    assert (tally.added, tally.known, tally.unread, issues) == (2, 0, 0, [])
    assert tally.claims == len(ledger.entries()) > 0
    monkeypatch.setattr(pipeline, "process", lambda report: pytest.fail("was read again"))
    assert run(folder, ledger)[0] == pipeline.Tally(known=2)
    assert [one.reader for one in ledger.runs()] == [READER, READER]
    assert all(one.finished for one in ledger.runs())


def test_every_claims_evidence_stands_in_the_text_on_file(folder: Path, ledger: Ledger) -> None:
    run(folder, ledger)
    for entry in ledger.entries():
        text = ledger.text(entry.report.sha256)
        start, end = entry.claim.evidence
        assert text[start:end].strip()


def test_a_newer_reader_reads_again(folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folder, ledger)
    monkeypatch.setattr(pipeline, "READER", "rules/999")
    monkeypatch.setattr(pipeline, "extract", lambda document, annotations: ())
    assert run(folder, ledger)[0].added == 2
    assert ledger.entries() == []


def test_a_page_tells_its_own_title_and_is_passed_over_all_the_same(tmp_path: Path, ledger: Ledger) -> None:
    page = tmp_path / "page.html"
    body = "".join(f"<p>{STORY} Paragraph {number}.</p>" for number in range(5))
    page.write_text(
        "<html lang=en><head><title>Seven explosions</title></head><body><article><h1>Seven explosions</h1>"
        f"{body}</article></body></html>"
    )
    assert pipeline.run([str(page)], ledger).added == 1
    assert ledger.reports()[0].title == "Seven explosions"
    assert pipeline.run([str(page)], ledger) == pipeline.Tally(known=1)


def test_a_report_in_a_strange_language_is_kept_listed_and_counted(folder: Path, ledger: Ledger) -> None:
    put(folder, "c", FRENCH, language="fr")
    for _ in range(2):
        tally, issues = run(folder, ledger)
        assert tally.unread == 1
        assert "fr" in issues[0].message
    assert [issue.origin for issue in ledger.issues()] == [str(folder / "c.txt")]
    assert {one.id for one in ledger.reports()} == {"a", "b", "c"}
    assert "c" not in {entry.report.id for entry in ledger.entries()}


def test_a_report_that_cannot_be_read_is_kept_and_the_others_go_on(folder: Path, ledger: Ledger) -> None:
    put(folder, "0", "   \n")
    tally, (issue,) = run(folder, ledger)
    assert (tally.added, tally.unread) == (2, 1)
    assert issue.origin.endswith("0.txt")
    assert len(ledger.issues()) == 1


def test_once_a_page_can_be_read_it_is_listed_no_more(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a", STORY)
    honest = pipeline.extract
    monkeypatch.setattr(pipeline, "extract", lambda document, annotations: 1 // 0)
    assert pipeline.run([str(tmp_path)], ledger).unread == 1
    assert len(ledger.issues()) == 1
    monkeypatch.setattr(pipeline, "extract", honest)
    assert pipeline.run([str(tmp_path)], ledger).added == 1
    assert ledger.issues() == []
    assert len(ledger.reports()) == 1


# --- claims of others -----------------------------------------------------------------------------------


@pytest.fixture
def table(folder: Path, tmp_path: Path) -> Path:
    """What extract writes, with every claim changed a little."""
    path = tmp_path / "table.jsonl"
    lines = []
    for reading in pipeline.readings([str(folder)]):
        assert isinstance(reading, Reading)
        claims = [msgspec.structs.replace(c, time=Time(start="2031"), reader=None) for c in reading.claims]
        lines.append(claims_line(msgspec.structs.replace(reading, claims=tuple(claims))))
    path.write_bytes(b"".join(lines))
    return path


def test_given_claims_of_a_report_on_file_stand_on_its_text(
    folder: Path, table: Path, ledger: Ledger
) -> None:
    run(folder, ledger)
    read = ledger.entries()
    tally, issues = run(folder, ledger, table)
    assert (tally.known, tally.added, issues) == (2, 2, [])
    given = [entry for entry in ledger.entries() if entry not in read]
    assert len(given) == tally.claims == len(read)
    assert {entry.claim.reader for entry in given} == {"given: table.jsonl"}
    assert all(ledger.text(entry.report.sha256).startswith(STORY) for entry in given)
    assert len(ledger.reports()) == 2


def test_given_claims_alone_have_no_text(table: Path, ledger: Ledger, tmp_path: Path) -> None:
    tally, _ = run(tmp_path / "nothing", ledger, table)
    assert tally.added == 2
    assert {ledger.text(entry.report.sha256) for entry in ledger.entries()} == {""}
    assert run(tmp_path / "nothing", ledger, table)[0] == pipeline.Tally(known=2)


def test_given_first_and_read_later_both_stay_in_view(folder: Path, table: Path, ledger: Ledger) -> None:
    given = run(folder / "nothing", ledger, table)[0].claims
    read = run(folder, ledger)[0].claims
    assert len(ledger.entries()) == given + read
    assert [bool(ledger.text(one.sha256)) for one in ledger.reports()] == [True, True]


def test_given_claims_that_do_not_fit_the_text_on_file_are_not_shown_on_it(
    folder: Path, tmp_path: Path, ledger: Ledger
) -> None:
    run(folder, ledger)
    read = ledger.entries()
    claim = {"kind": "incident", "evidence": [0, 9_999], "said_by": [], "type": "shelling"}
    table = tmp_path / "table.jsonl"
    head = {"id": "a", "publisher": "Wire", "published": "2022-02-20"}
    table.write_text(json.dumps({"report": head, "claims": [claim]}))
    run(folder, ledger, table)
    (given,) = (entry for entry in ledger.entries() if entry not in read)
    assert ledger.text(given.report.sha256) == ""


def test_wrong_given_claims_are_named_and_the_others_go_on(tmp_path: Path, ledger: Ledger) -> None:
    table = tmp_path / "table.jsonl"
    good = {"kind": "incident", "evidence": [0, 9], "said_by": [], "type": "shelling"}
    table.write_text(json.dumps({"report": {"id": "a"}, "claims": [{**good, "type": "noise"}, good]}))
    tally, (issue,) = run(tmp_path / "nothing", ledger, table)
    assert (tally.claims, tally.unread) == (1, 1)
    assert issue.origin == "table.jsonl line 1, claim 1"
    assert issue.message.startswith("type: 'noise' is none of shelling, ")
    assert ledger.issues() == [issue]
