"""``trucewatch run`` takes tables: recognised by their columns, or by a mapping, beside other sources."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from tests.ledger.making import claims, document, report
from tests.tables.making import VALLEY, table
from tests.tables.test_formats import UCDP
from trucewatch import pipeline
from trucewatch.cli import main
from trucewatch.errors import ReportError, UsageError
from trucewatch.ledger import Ledger
from trucewatch.model import Count, Issue, Reading, Report

MAPPED = "nr,dead\n1,3\n2,many\n3,1566\n"


def ucdp(folder: Path, name: str = "events.csv", **change: str) -> Path:
    row = UCDP | change
    return table(folder, ",".join(row) + "\n" + ",".join(row.values()) + "\n", name)


def mapped(folder: Path) -> tuple[Path, Path]:
    (folder / "valley.yml").write_text(VALLEY)
    return table(folder, MAPPED), folder / "valley.yml"


def run(
    folder: Path, *sources: Path, mapping: Path | None = None
) -> tuple[pipeline.Tally, list[Report | Reading | Issue]]:
    """A run into a ledger of the folder."""
    met: list[Report | Reading | Issue] = []
    with Ledger.open(folder / "valley.db") as ledger:
        tally = pipeline.run([str(source) for source in sources], ledger, mapping=mapping, tell=met.append)
    return tally, met


def cli(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_table_that_is_recognised_is_filed_with_its_claims(tmp_path: Path) -> None:
    tally, _ = run(tmp_path, ucdp(tmp_path))
    assert (tally.added, tally.claims, tally.unread) == (1, 7, 0)
    with Ledger.open(tmp_path / "valley.db") as ledger:
        entries = ledger.entries()
        text = ledger.text(entries[0].report.sha256)
        assert [run.reader for run in ledger.runs()] == ["table: ucdp-ged/1"]
    best = next(e.claim for e in entries if isinstance(e.claim, Count) and e.claim.low == e.claim.high == 6)
    assert text[slice(*best.evidence)] == "best: 6"


def test_a_table_by_a_mapping_is_filed_and_what_is_wrong_with_it_listed(tmp_path: Path) -> None:
    path, by = mapped(tmp_path)
    tally, _ = run(tmp_path, path, mapping=by)
    assert (tally.added, tally.claims, tally.unread) == (3, 2, 1)
    with Ledger.open(tmp_path / "valley.db") as ledger:
        assert [(issue.origin, issue.message) for issue in ledger.issues()] == [
            (f"{path} row 3", "column 'dead': 'many' is no number; left out")
        ]


def test_a_table_is_found_however_its_path_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, by = mapped(tmp_path)
    monkeypatch.chdir(tmp_path)
    with Ledger.open("valley.db") as ledger:
        assert pipeline.run([f"./{path.name}"], ledger, mapping=by).added == 3


def test_a_second_run_adds_nothing_and_a_corrected_table_only_what_is_new(tmp_path: Path) -> None:
    path, by = mapped(tmp_path)
    run(tmp_path, path, mapping=by)
    again, _ = run(tmp_path, path, mapping=by)
    assert (again.added, again.known) == (0, 3)
    path.write_text(MAPPED.replace("many", "8").replace("1566", "1600"))
    better, _ = run(tmp_path, path, mapping=by)
    assert (better.added, better.known) == (2, 1)
    with Ledger.open(tmp_path / "valley.db") as ledger:
        current = [entry.claim.low for entry in ledger.entries() if isinstance(entry.claim, Count)]
    assert sorted(current, key=str) == [1600, 3, 8]


def test_a_table_stands_beside_other_sources(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The Valley Watch counted 12 ceasefire violations near Halden on 14 May 2031.\n")
    tally, _ = run(tmp_path, story, ucdp(tmp_path))
    assert tally.added == 2


def test_of_a_folder_only_the_csv_files_that_are_recognised_are_tables(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / ".hidden").mkdir(parents=True)
    ucdp(folder)
    ucdp(folder / ".hidden", id="13")
    table(folder, MAPPED, "other.csv")
    table(folder, '{"publisher": "Valley Post"}', "story.meta.json")
    table(folder, "[1, 2]", "story.gold.json")
    with Ledger.open(tmp_path / "valley.db") as ledger:
        met: list[object] = []
        tally = pipeline.run([f"{folder}/"], ledger, tell=met.append)
    assert (tally.added, tally.unread) == (1, 0)
    assert not [one for one in met if isinstance(one, Issue)]


def test_a_folder_without_reports_or_known_tables_says_so(tmp_path: Path) -> None:
    table(tmp_path, MAPPED, "folder.csv")
    (tmp_path / "folder").mkdir()
    tally, met = run(tmp_path, tmp_path / "folder")
    assert tally.unread == 1
    assert isinstance(met[0], Issue)
    assert "is a folder without reports" in met[0].message


def test_a_table_that_is_not_known_is_an_issue_and_the_others_go_on(tmp_path: Path) -> None:
    tally, met = run(tmp_path, table(tmp_path, MAPPED), ucdp(tmp_path))
    assert (tally.added, tally.unread) == (1, 1)
    (issue,) = (one for one in met if isinstance(one, Issue))
    assert issue.message.startswith("is a table of no format that is known")
    assert "Its columns are nr, dead." in issue.message
    assert "UCDP GED (by id, date_start" in issue.message


def test_a_mapping_without_a_table_is_a_mistake(tmp_path: Path) -> None:
    _, by = mapped(tmp_path)
    story = tmp_path / "story.txt"
    story.write_text("Nothing happened.\n")
    with pytest.raises(
        UsageError, match=r"a mapping is for tables \(\.csv, \.tsv, \.json\), and no source is one"
    ):
        run(tmp_path, story, mapping=by)


def test_a_run_that_breaks_keeps_what_was_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_TOGETHER", 2)
    (tmp_path / "valley.yml").write_text(VALLEY)
    path = table(tmp_path, "nr,dead\n" + "".join(f"{number},1\n" for number in range(5)))
    heard = 0

    def tell(met: object) -> None:
        nonlocal heard
        heard += 1
        if heard == 4:
            raise KeyboardInterrupt

    with Ledger.open(tmp_path / "valley.db") as ledger:
        with pytest.raises(KeyboardInterrupt):
            pipeline.run([str(path)], ledger, mapping=tmp_path / "valley.yml", tell=tell)
        assert len(ledger.reports()) == 2
    tally, _ = run(tmp_path, path, mapping=tmp_path / "valley.yml")
    assert (tally.added, tally.known) == (3, 2)


@pytest.mark.parametrize("field", ["title", "url", "publisher"])
def test_an_addition_that_fails_takes_nothing_else_with_it(tmp_path: Path, field: str) -> None:
    with Ledger.open(tmp_path / "valley.db") as ledger:
        begun = ledger.begin(reader="rules/1")
        good, broken = document(report("a")), document(report("b", "Half a character."))
        broken = msgspec.structs.replace(
            broken, report=msgspec.structs.replace(broken.report, **{field: "\ud800"})
        )
        with ledger.together():
            ledger.add(good, claims(good, "Mission"), run=begun)
            with pytest.raises(ReportError):
                ledger.add(broken, claims(broken, "Mission"), run=begun)
        assert [one.id for one in ledger.reports()] == ["a"]
        assert ledger.add(good, claims(good, "Mission"), run=begun) is False
        with pytest.raises(UsageError):
            ledger.data(broken.report.sha256)


# --- the command line ------------------------------------------------------------------------------


def test_the_command_line_reads_a_table(tmp_path: Path) -> None:
    path, by = mapped(tmp_path)
    done = cli("run", path, "--mapping", by, "--ledger", tmp_path / "valley.db")
    assert done.exit_code == 1
    assert done.stdout.endswith("3 reports added with 2 claims, 0 on file already, 1 not read\n")
    assert done.stderr == f"{path} row 3: column 'dead': 'many' is no number; left out\n"


def test_the_command_line_names_what_is_wrong_with_a_mapping(tmp_path: Path) -> None:
    path, by = mapped(tmp_path)
    by.write_text(VALLEY.replace("killed", "slain"))
    done = cli("run", path, "--mapping", by, "--ledger", tmp_path / "valley.db")
    assert done.exit_code == 1
    assert f"{by}: counts[0].measure: 'slain' is none of ceasefire_violations, explosions" in done.stderr
    assert done.stdout == ""


# --- the documentation -----------------------------------------------------------------------------

DOCS = Path(__file__).resolve().parents[2] / "docs" / "tables.md"


def test_the_example_of_the_documentation_is_read_as_it_says(tmp_path: Path) -> None:
    blocks = DOCS.read_text(encoding="utf-8").split("```")
    rows, by = (block.split("\n", 1)[1] for block in blocks[1:4:2])
    (tmp_path / "watch.yml").write_text(by, encoding="utf-8")
    path = table(tmp_path, rows, "watch.csv")
    tally, met = run(tmp_path, path, mapping=tmp_path / "watch.yml")
    assert (tally.added, tally.claims, tally.unread) == (2, 7, 0)
    issues = [one.message for one in met if isinstance(one, Issue)]
    assert issues == ["column 'Killed': 'several' is no number; left out"]
    shutil.copy(tmp_path / "valley.db", tmp_path / "copy.db")
    with Ledger.open(tmp_path / "copy.db") as ledger:
        found = [entry.claim for entry in ledger.entries() if isinstance(entry.claim, Count)]
    assert {(count.measure, count.low, count.high) for count in found} == {
        ("ceasefire_violations", 1012, None),
        ("ceasefire_violations", 4, 4),
        ("explosions", 310, 310),
        ("explosions", 0, 0),
        ("killed", 2, 2),
    }
