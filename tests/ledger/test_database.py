"""Opening a ledger, and what is left of it when the program or the disk gives out."""

from __future__ import annotations

import datetime as dt
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.ledger.making import claims, document, report
from trucewatch.errors import LedgerError
from trucewatch.ledger import Ledger, database
from trucewatch.ledger.tables import METADATA

LATER = '''
"""A shape to come: reports get a note."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"


def upgrade():
    op.add_column("reports", sa.Column("note", sa.Text))
'''

OF_THE_FIRST_VERSION = """
    INSERT INTO contents VALUES ('h', x'789c030000000001');
    INSERT INTO runs VALUES (1, 'rules/1', '{}', '2022-02-20 08:00:00', NULL);
    INSERT INTO reports SELECT
        column1, column2, column2, 'Mission', column3, '', NULL, NULL, 'text/plain', 'a.txt', 'h', 1,
        '2022-02-20 08:00:00'
        FROM (VALUES (1, 'a', '2022-02-20'), (2, 'b', '2022-02-21'));
    INSERT INTO documents VALUES (1, 1, 1, 'rules/1', 'en', 'h', 'o', '2022-02-20 08:00:00');
    INSERT INTO claims VALUES (1, 0, 'c1', 'incident',
        '{"kind":"incident","evidence":[0,1],"said_by":[],"type":"clash","id":"c1"}');
"""

UNCOMPARED = pytest.mark.filterwarnings("ignore:.*expression-based index")  # test_choosing.py looks at it


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def filled(path: Path) -> Path:
    with Ledger.open(path) as ledger:
        run = ledger.begin(reader="rules/1")
        read = document(report())
        ledger.add(read, claims(read, "X"), run=run)
        ledger.finish(run)
    return path


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",) and not broken


def head(monkeypatch: pytest.MonkeyPatch, scripts: Path) -> None:
    """From here on, the program knows one version more."""
    shutil.copytree(database.MIGRATIONS, scripts)
    (scripts / "versions" / "0006_note.py").write_text(LATER)
    monkeypatch.setattr(database, "MIGRATIONS", scripts)
    monkeypatch.setattr(database, "HEAD", "0006")


def differences(path: Path) -> list[object]:
    """What the tables of a ledger have otherwise than the code; those of the search are SQLite's own."""
    apart = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("search")}
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=apart), METADATA)
    return found


# --- the shape ------------------------------------------------------------------------------------


def test_the_newest_version_is_the_last_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == database.HEAD


@UNCOMPARED
def test_the_migrations_make_the_tables_that_the_code_knows(filled: Path) -> None:
    assert differences(filled) == []


def test_a_ledger_keeps_a_log_ahead_of_writing(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_older_ledger_is_migrated_and_keeps_its_claims(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head(monkeypatch, tmp_path / "scripts")
    with Ledger.open(filled) as ledger:
        assert len(ledger.entries()) == 1
    with closing(sqlite3.connect(filled)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0006",)
        assert connection.execute("SELECT note FROM reports").fetchall() == [(None,)]


@UNCOMPARED
def test_a_ledger_of_the_first_version_keeps_its_claims_and_takes_judgements(path: Path) -> None:
    with sa.create_engine(f"sqlite:///{path}").begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(database.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OF_THE_FIRST_VERSION)
    with Ledger.open(path) as ledger:
        (entry,) = ledger.entries(since=dt.date(2022, 2, 20), until=dt.date(2022, 2, 20))
        assert (entry.claim.id, entry.report.id, ledger.text("h")) == ("c1", "a", "")
        assert ledger.judgements() == []
        assert ledger.judge("same", ["a", "b"], by="A", reason="b").seq == 1
        assert not any(version.report.withdrawn for version in ledger.versions())
        assert ledger.erase("b", by="A", reason="b").claims == 1  # both reports have the same bytes
        assert ledger.entries() == []
    assert whole(path)
    assert differences(path) == []


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head(monkeypatch, tmp_path / "scripts")
    script = tmp_path / "scripts" / "versions" / "0006_note.py"
    script.write_text(LATER + '    op.drop_table("nowhere")\n')
    with pytest.raises(LedgerError, match="nowhere"):
        Ledger.open(filled)
    monkeypatch.undo()
    with Ledger.open(filled) as ledger:
        assert len(ledger.entries()) == 1


def test_a_newer_ledger_is_refused_and_not_touched(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head(monkeypatch, tmp_path / "scripts")
    Ledger.open(filled).close()
    monkeypatch.undo()
    before = filled.read_bytes()
    with pytest.raises(LedgerError, match=r"test\.db: was written by a newer Trucewatch .*0006.*up to 0005"):
        Ledger.open(filled)
    assert filled.read_bytes() == before


# --- files that will not do -------------------------------------------------------------------------


def test_a_file_of_another_kind_is_no_ledger_and_stays_as_it_is(path: Path) -> None:
    path.write_text("Dear diary, today the ceasefire held.")
    with pytest.raises(LedgerError, match=r"test\.db: is no Trucewatch ledger"):
        Ledger.open(path)
    assert path.read_text() == "Dear diary, today the ceasefire held."


def test_a_database_of_another_program_is_no_ledger_and_stays_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    before = path.read_bytes()
    with pytest.raises(
        LedgerError, match=r"test\.db: is no Trucewatch ledger: a database of another program"
    ):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_ledger(path: Path) -> None:
    path.touch()
    with Ledger.open(path) as ledger:
        assert ledger.entries() == []


def test_a_ledger_that_is_only_looked_at_is_not_made(path: Path) -> None:
    with pytest.raises(LedgerError, match=r"test\.db: no such ledger; `trucewatch run"):
        Ledger.open(path, create=False)
    assert not path.exists()


def test_a_folder_or_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(tmp_path)
    with pytest.raises(LedgerError, match=r"the folder .*missing does not exist"):
        Ledger.open(tmp_path / "missing" / "test.db")


def test_a_damaged_ledger_is_named(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    data[200:] = b"\xff" * (len(data) - 200)
    filled.write_bytes(data)
    with pytest.raises(LedgerError, match=r"test\.db: is damaged"), Ledger.open(filled) as ledger:
        ledger.entries()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_ledger_without_permission_is_named(filled: Path) -> None:
    filled.chmod(0)
    with pytest.raises(LedgerError, match=r"test\.db: no permission"):
        Ledger.open(filled)


def test_a_ledger_that_may_only_be_read_can_be_looked_at(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with Ledger.open(filled, create=False) as ledger:
        assert len(ledger.entries()) == 1
        with pytest.raises(LedgerError, match=r"test\.db: no permission to write"):
            ledger.begin(reader="rules/1")


# --- a full disk ---------------------------------------------------------------------------------------

UNTIL_FULL = """
    import resource, signal, sys
    from tests.ledger.making import claims, document, report
    from trucewatch.errors import LedgerError
    from trucewatch.ledger import Ledger
    import random

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with Ledger.open(sys.argv[1]) as ledger:
        run = ledger.begin(reader="rules/1")
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        try:
            for number in range(1000):
                text = random.Random(number).randbytes(2000).hex()
                read = document(report(str(number), text))
                ledger.add(read, claims(read, "X", "Y"), run=run)
                print(number, flush=True)
        except LedgerError as error:
            sys.exit(str(error))
"""


def child(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on the size of files")
def test_on_a_full_disk_the_run_ends_with_a_message_and_the_ledger_is_whole(path: Path) -> None:
    done = subprocess.run(child(UNTIL_FULL, path), capture_output=True, text=True, check=False, timeout=60)
    committed = done.stdout.split()
    assert done.returncode == 1
    assert "test.db" in done.stderr
    assert "full" in done.stderr
    assert "Traceback" not in done.stderr
    assert 2 < len(committed) < 1000
    assert whole(path)
    with Ledger.open(path) as ledger:
        assert [one.id for one in ledger.reports()] == committed
        assert len(ledger.entries()) == 2 * len(committed)
        after = document(report("after"))
        assert ledger.add(after, claims(after, "Z"), run=ledger.begin(reader="rules/1"))


def test_a_ledger_that_may_not_grow_says_that_the_disk_is_full(filled: Path) -> None:
    with Ledger.open(filled) as ledger:
        sa.event.listen(ledger._engine, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1"))
        read = document(report("big", "long " * 9 + os.urandom(50_000).hex()))
        run = ledger.runs()[0]
        with pytest.raises(LedgerError, match=r"test\.db: the disk is full"):
            ledger.add(read, claims(read, "X"), run=run)
        assert [one.id for one in ledger.reports()] == ["a"]
    assert whole(filled)


# --- a crash ---------------------------------------------------------------------------------------------

UNTIL_KILLED = """
    import os, signal, sys
    import sqlalchemy as sa
    from tests.ledger.making import claims, document, report
    from trucewatch.ledger import Ledger

    path, statements = sys.argv[1], int(sys.argv[2])
    with Ledger.open(path) as ledger:
        run = ledger.begin(reader="rules/1")
        seen = 0

        def count(connection, cursor, statement, *rest):
            global seen
            seen += statement.startswith("INSERT")
            if seen > statements:
                os.kill(os.getpid(), signal.SIGKILL)

        sa.event.listen(ledger._engine, "before_cursor_execute", count)
        for number in range(100):
            read = document(report(str(number), f"Text {number}."))
            ledger.add(read, claims(read, "X", "Y"), run=run)
            print(number, flush=True)
"""


@pytest.mark.parametrize("statements", [0, 1, 2, 3, 4, 5, 12, 16])
def test_a_run_that_is_killed_loses_nothing_committed_and_leaves_nothing_half_written(
    path: Path, statements: int
) -> None:
    done = subprocess.run(child(UNTIL_KILLED, path, statements), capture_output=True, text=True, check=False)
    committed = done.stdout.split()
    assert done.returncode == -signal.SIGKILL
    # of each report: bytes and text, report, document, claims, words
    assert len(committed) == statements // 5
    with Ledger.open(path) as ledger:
        assert [one.id for one in ledger.reports()] == committed
        assert len(ledger.entries()) == 2 * len(committed)
        assert [run.finished for run in ledger.runs()] == [None]
    assert whole(path)


def test_a_run_that_is_killed_at_any_moment_can_be_taken_up_again(path: Path) -> None:
    runner = subprocess.Popen(child(UNTIL_KILLED, path, 10_000), stdout=subprocess.PIPE, text=True)
    assert runner.stdout is not None
    told = [runner.stdout.readline().strip() for _ in range(5)]
    runner.kill()
    told += runner.stdout.read().split()
    runner.wait()
    with Ledger.open(path) as ledger:
        on_file = [one.id for one in ledger.reports()]
        assert on_file[: len(told)] == told
        assert len(ledger.entries()) == 2 * len(on_file)
        run = ledger.begin(reader="rules/1")
        added = 0
        for number in range(100):
            read = document(report(str(number), f"Text {number}."))
            added += ledger.add(read, claims(read, "X", "Y"), run=run)
        assert added == 100 - len(on_file)
        assert len(ledger.entries()) == 200
    assert whole(path)


def test_two_runs_at_once_on_one_ledger_both_get_in(path: Path) -> None:
    code = UNTIL_KILLED.replace("str(number)", "f'{sys.argv[3]}{number}'")
    both = [subprocess.Popen(child(code, path, 10_000, name), stdout=subprocess.DEVNULL) for name in "ab"]
    assert [runner.wait(timeout=60) for runner in both] == [0, 0]
    with Ledger.open(path) as ledger:
        assert len(ledger.reports()) == 200
        assert len(ledger.entries()) == 400
    assert whole(path)
