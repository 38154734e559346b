from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trucewatch.cli import main
from trucewatch.ledger import Ledger

STORY = 'The Żyrardów mission said on Saturday: "We counted seven explosions." Nobody was hurt.'
PROGRAM = [sys.executable, "-c", "from trucewatch.cli import main; main()"]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUCEWATCH_LEDGER", raising=False)
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{STORY} This is report {name}.")
    return tmp_path


def trucewatch(*words: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=stdin)


def program(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *words], capture_output=True, check=False, timeout=60, env={**os.environ, **environment}
    )


def some_id() -> str:
    with Ledger.open("trucewatch.db") as ledger:
        return next(entry.claim.id for entry in ledger.entries() if entry.claim.id)


# --- extract and annotate -------------------------------------------------------------------------


def test_extract_writes_one_line_for_each_report() -> None:
    done = trucewatch("extract", "--format", "jsonl", "a.txt", "b.txt")
    assert (done.exit_code, done.stderr) == (0, "")
    first, second = map(json.loads, done.stdout.splitlines())
    assert [first["report"]["id"], second["report"]["id"]] == ["a", "b"]
    assert list(first["report"]) == ["id", "publisher", "published", "title", "language"]
    assert {"kind", "evidence", "said_by", "id", "confidence", "reader"} <= set(first["claims"][0])


def test_annotate_writes_the_marks_of_each_report() -> None:
    done = trucewatch("annotate", "a.txt")
    assert (done.exit_code, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["report"] == {"id": "a"}
    assert all({"label", "span", "annotator", "score"} <= set(mark) for mark in told["annotations"])
    assert "attribution" in {mark["label"] for mark in told["annotations"]}


def test_a_dash_reads_standard_input() -> None:
    done = trucewatch("extract", "-", stdin=STORY)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["claims"]


def test_what_cannot_be_read_is_named_has_no_line_and_the_rest_goes_on() -> None:
    Path("0.txt").write_bytes(b"")
    Path("broken.jsonl").write_text("{no json\n" + json.dumps({"id": "c", "text": STORY}) + "\n")
    done = trucewatch("extract", "0.txt", "broken.jsonl", "a.txt")
    assert done.exit_code == 1
    assert [json.loads(line)["report"]["id"] for line in done.stdout.splitlines()] == ["c", "a"]
    assert "0.txt: " in done.stderr
    assert "broken.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_in_a_strange_language_is_named() -> None:
    Path("fr.txt").write_text("Le président a parlé samedi avec son homologue russe de la situation.")
    done = trucewatch("extract", "fr.txt")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["claims"] == []
    assert "fr.txt: " in done.stderr


SPORT = 'The coach said on Saturday: "We won the cup because we trained in the rain." The fans sang.'
PASSED_OVER = "reports passed over as not on conflict, security or diplomacy: 1 (--all reads them)\n"


def test_extract_passes_over_what_is_of_no_interest_and_says_so() -> None:
    Path("sport.txt").write_text(SPORT)
    done = trucewatch("extract", "a.txt", "sport.txt")
    assert (done.exit_code, done.stderr) == (0, PASSED_OVER)
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["claims"]
    assert (second["report"]["id"], second["claims"]) == ("sport", [])


@pytest.mark.parametrize("command", [("extract", "--all"), ("annotate",)])
def test_all_and_annotate_read_everything(command: tuple[str, ...]) -> None:
    Path("sport.txt").write_text(SPORT)
    done = trucewatch(*command, "sport.txt")
    assert (done.exit_code, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told.get("claims") or told.get("annotations")


def test_run_says_what_it_passed_over_and_all_reads_it() -> None:
    Path("sport.txt").write_text(SPORT)
    done = trucewatch("run", "sport.txt")
    assert (done.exit_code, done.stderr) == (0, PASSED_OVER)
    assert done.stdout == "trucewatch.db: 1 reports added with 0 claims, 0 on file already, 0 not read\n"
    again = trucewatch("run", "--all", "sport.txt")
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.startswith("trucewatch.db: 1 reports added with ")
    assert " with 0 claims" not in again.stdout


def test_output_is_utf8_in_every_locale() -> None:
    done = program("extract", "a.txt", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Żyrardów" in done.stdout.decode()


def test_a_reader_that_goes_away_is_no_cause_for_words() -> None:
    lines = "".join(json.dumps({"id": str(n), "text": f"{STORY} {n}"}) + "\n" for n in range(500))
    Path("many.jsonl").write_text(lines)
    running = subprocess.Popen(
        [*PROGRAM, "extract", "many.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait(timeout=60) == 141
    running.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_the_output_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "extract", "a.txt"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "trucewatch: writing the result: No space left on device\n"


# --- run -----------------------------------------------------------------------------------------------


def test_run_fills_the_ledger_and_a_second_run_adds_nothing() -> None:
    done = trucewatch("run", "a.txt", "b.txt")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("trucewatch.db: 2 reports added with ")
    assert trucewatch("run", ".").stdout == (
        "trucewatch.db: 0 reports added with 0 claims, 2 on file already, 0 not read\n"
    )


def test_the_ledger_can_be_named_by_option_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCEWATCH_LEDGER", "other.db")
    assert trucewatch("run", "a.txt").stdout.startswith("other.db: 1 reports")
    assert trucewatch("run", "a.txt", "--ledger", "third.db").stdout.startswith("third.db: 1 reports")
    assert not Path("trucewatch.db").exists()


def test_run_takes_claims_of_others_from_a_file_or_standard_input() -> None:
    written = trucewatch("extract", "a.txt").stdout
    Path("claims.jsonl").write_text(written)
    for words, stdin in ((("claims.jsonl",), None), (("-",), written)):
        done = trucewatch("run", "--claims", *words, stdin=stdin)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.startswith("trucewatch.db: 1 reports added")


def test_a_wrong_claim_is_named_with_line_and_field() -> None:
    claim = {"kind": "incident", "evidence": [0, 9], "said_by": [], "type": "noise"}
    Path("claims.jsonl").write_text(json.dumps({"report": {"id": "x"}, "claims": [claim]}))
    done = trucewatch("run", "--claims", "claims.jsonl")
    assert done.exit_code == 1
    assert done.stderr.startswith("claims.jsonl line 1, claim 1: type: 'noise' is none of shelling, ")


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda path: path.write_text("no ledger at all"), "is no Trucewatch ledger"),
        (lambda path: path.mkdir(), "is a directory"),
    ],
)
def test_a_ledger_that_is_none_is_named_without_a_traceback(prepare: object, message: str) -> None:
    prepare(Path("odd.db"))  # type: ignore[operator]
    done = trucewatch("run", "a.txt", "--ledger", "odd.db")
    assert done.exit_code in (1, 2)
    assert "odd.db" in done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.output


# --- show ------------------------------------------------------------------------------------------------


def test_show_gives_claim_chain_and_passage_with_marks() -> None:
    trucewatch("run", "a.txt")
    done = trucewatch("show", some_id()[:10])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Claim {some_id()}: ")
    assert "Who says so\n  1. " in done.stdout
    assert "[[The Żyrardów mission said" in done.stdout


def test_show_of_an_unknown_claim_is_wrong_usage() -> None:
    trucewatch("run", "a.txt")
    done = trucewatch("show", "nothing")
    assert done.exit_code == 2
    assert "there is no claim 'nothing'" in done.stderr


def test_show_makes_no_ledger() -> None:
    done = trucewatch("show", "abc")
    assert done.exit_code == 1
    assert done.stderr.startswith("trucewatch: trucewatch.db: no such ledger; `trucewatch run SOURCE")
    assert not Path("trucewatch.db").exists()


# --- sitrep ----------------------------------------------------------------------------------------

SITREP = ("sitrep", "--ceasefire", "donbas-2020", "--at", "2022-02-20")


@pytest.mark.parametrize(
    ("shape", "start"),
    [
        ("text", "SITUATION REPORT: "),
        ("md", "# Situation report: "),
        ("html", "<!doctype html>"),
        ("json", "{"),
    ],
)
def test_sitrep_writes_the_situation_in_each_form(shape: str, start: str) -> None:
    trucewatch("run", "a.txt")
    done = trucewatch(*SITREP, "--format", shape)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.lower().startswith(start.lower())


def test_given_counts_come_through_to_the_sitrep() -> None:
    count = {"kind": "count", "evidence": [0, 9], "said_by": [], "measure": "ceasefire_violations"}
    count |= {"low": 591, "high": 591, "observer": {"name": "OSCE SMM"}, "place": {"name": "Donetsk region"}}
    count |= {"time": {"start": "2022-02-17", "end": "2022-02-18"}, "period": "PT24H"}
    head = {"id": "smm-38", "publisher": "OSCE", "published": "2022-02-19"}
    Path("table.jsonl").write_text(json.dumps({"report": head, "claims": [count]}))
    assert trucewatch("run", "--claims", "table.jsonl").exit_code == 0
    assert "591" in trucewatch(*SITREP).stdout
    assert "591" not in trucewatch(*SITREP, "--known", "2022-02-18").stdout


def test_an_unknown_ceasefire_is_wrong_usage_and_those_there_are_are_listed() -> None:
    done = trucewatch("sitrep", "--ceasefire", "nowhere", "--at", "2022-02-20")
    assert done.exit_code == 2
    assert "'nowhere'" in done.stderr
    assert "donbas-2020" in done.stderr


def test_a_sitrep_needs_a_ledger_and_makes_none() -> None:
    done = trucewatch(*SITREP, "--ledger", "none.db")
    assert done.exit_code == 1
    assert "none.db: no such ledger" in done.stderr
    assert not Path("none.db").exists()


# --- usage --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["extract", "missing.txt"], "missing.txt: there is no such file or folder"),
        (["extract"], "Missing argument 'SOURCE...'"),
        (["extract", "--format", "xml", "a.txt"], "'xml' is not 'jsonl'"),
        (["run"], "at least one SOURCE"),
        (["run", "-", "--claims", "-"], "Standard input"),
        (["run", "--claims", "missing.jsonl"], "missing.jsonl"),
        (["sitrep", "--ceasefire", "donbas-2020", "--at", "20.2.2022"], "'20.2.2022' is no date"),
        (["sitrep", "--at", "2022-02-20"], "Missing option '--ceasefire'"),
        (["shwo"], "No such command 'shwo'"),
    ],
)
def test_wrong_usage_is_status_2_and_names_what_is_wrong(words: list[str], message: str) -> None:
    done = trucewatch(*words)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", [[], ["extract"], ["annotate"], ["run"], ["sitrep"], ["show"]])
def test_help_shows_an_example(command: list[str]) -> None:
    done = trucewatch(*command, "--help")
    assert done.exit_code == 0
    assert "trucewatch " + (command[0] if command else "run") in done.stdout


def test_help_comes_at_once() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        assert program("--help").returncode == 0
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) < 0.3


def test_the_version_is_told() -> None:
    assert trucewatch("--version").stdout == "trucewatch, version 0.1.0\n"


# --- on a terminal ------------------------------------------------------------------------------------------


def on_terminal(*words: str, term: str = "xterm") -> str:
    """What a person sees who runs the program in a terminal."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [*PROGRAM, *words], stdout=theirs, stderr=theirs, env={**os.environ, "TERM": term}
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    running.wait(timeout=60)
    os.close(ours)
    return seen.decode()


def test_progress_is_shown_on_a_terminal_for_more_than_a_handful() -> None:
    for number in range(8):
        Path(f"{number}.txt").write_text(f"{STORY} {number}")
    seen = on_terminal("run", ".")
    assert "8 reports" in seen or "10 reports" in seen
    assert "10 reports added" in seen
    assert "Reading" not in on_terminal("run", "a.txt", "--ledger", "few.db")


def test_progress_is_wiped_away_for_a_message_and_at_the_end() -> None:
    for number in range(8):
        Path(f"{number}.txt").write_text(f"{STORY} {number}")
    Path("9.txt").write_bytes(b"")
    seen = on_terminal("run", *(f"{number}.txt" for number in [*range(8), 9]))
    wiped = "\r\x1b[2K"
    assert f"8 reports  0:00:0{seen.split('8 reports  0:00:0')[1][0]}{wiped}9.txt: is empty\r\n" in seen
    assert f"\x1b[?25h\r\n\x1b[1A{wiped}trucewatch.db: 8 reports added" in seen


def test_progress_is_not_shown_where_a_line_cannot_be_written_over() -> None:
    for number in range(8):
        Path(f"{number}.txt").write_text(f"{STORY} {number}")
    assert on_terminal("run", ".", term="dumb").startswith("trucewatch.db: 10 reports added")
    assert program("run", ".", "--ledger", "other.db").stderr == b""


def test_evidence_stands_out_on_a_terminal_without_marks() -> None:
    trucewatch("run", "a.txt")
    seen = on_terminal("show", some_id())
    assert "\x1b[7mThe Żyrardów mission said" in seen
    assert "[[" not in seen


def test_piped_messages_hold_no_escape_sequences() -> None:
    Path("evil\x1b[31m.txt").write_bytes(b"")
    done = trucewatch("extract", "evil\x1b[31m.txt")
    assert done.exit_code == 1
    assert "\x1b" not in done.output
    assert "evil\\x1b[31m.txt" in done.stderr
