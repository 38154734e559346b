"""Withhold, erase and look back, from the command line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trucewatch.cli import main

TEXT = "Orla Venn said on Friday that the mission had recorded 12 ceasefire violations near the bridge."
SIGNED = ("--by", "A. Mirza", "--reason", "a witness at risk")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report that is on file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUCEWATCH_LEDGER", raising=False)
    story(TEXT)
    assert call("run", "in").exit_code == 0
    return tmp_path


def story(text: str, *, published: str = "2031-05-10") -> None:
    folder = Path("in")
    folder.mkdir(exist_ok=True)
    (folder / "story.txt").write_text(text, encoding="utf-8")
    told = {"publisher": "Post", "published": published}
    (folder / "story.meta.json").write_text(json.dumps(told), encoding="utf-8")


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def moment() -> str:
    return dt.datetime.now(dt.UTC).isoformat()


def test_a_withheld_name_is_not_even_told_when_it_is_withheld() -> None:
    assert "Orla Venn" in call("export", "statements.json").output
    done = call("judge", "withhold", "Orla Venn", *SIGNED)
    assert done.exit_code == 0
    assert done.output == "trucewatch.db: judgement 1: withhold [withheld 1]\n"
    for view in ("statements.json", "judgements.csv", "reports.csv"):
        assert "Venn" not in call("export", view).output


def test_a_shown_claim_has_no_withheld_name() -> None:
    claim = json.loads(call("export", "statements.json").output)[0]["claims"][0]
    call("judge", "withhold", "Orla Venn", *SIGNED)
    shown = call("show", claim).output
    assert "Venn" not in shown
    assert "█████████" in shown


def test_an_erased_report_is_gone_and_not_read_again() -> None:
    done = call("erase", "story", *SIGNED)
    assert done.exit_code == 0
    assert done.output.startswith("trucewatch.db: erasure 1: Post: story, ")
    again = call("run", "in")
    assert again.exit_code == 1
    assert "in/story.txt: was erased on" in again.output
    assert "(erasure 1: a witness at risk): not read again" in again.output
    assert json.loads(call("export", "reports.json").output)[0]["kind"] == "erased"


def test_the_same_text_of_another_report_is_told() -> None:
    Path("in/page.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    call("run", "in")
    done = call("erase", "story", *SIGNED)
    assert done.exit_code == 0
    assert "the same text stays on file as another report's: page" in done.output


@pytest.mark.parametrize(
    ("words", "status", "complaint"),
    [
        (("erase", "nowhere", *SIGNED), 2, "no report on file is 'nowhere'"),
        (("erase", "story", "--by", "A"), 2, "--reason"),
        (("judge", "withhold", "story:0-9000", *SIGNED), 2, "the text of story has"),
        (("export", "series.csv", "--recorded", "lately"), 2, "'lately' is no moment"),
    ],
)
def test_what_cannot_be_done_is_named(words: tuple[str, ...], status: int, complaint: str) -> None:
    done = call(*words)
    assert done.exit_code == status
    assert complaint in done.output


def test_recorded_shows_what_was_shown_then() -> None:
    shown, then = call("export", "reports.json").output, moment()
    story(TEXT.replace("12", "15"), published="2031-05-11")
    call("run", "in")
    assert len(json.loads(call("export", "reports.json").output)) == 2
    assert call("export", "reports.json", "--recorded", then).output == shown
    assert call("export", "reports.json", "--recorded", "2031-01-01").output != shown  # all of it, by then
    assert call("export", "reports.json", "--recorded", "2020-01-01").output == "[]\n"


def test_a_day_means_its_end_and_a_moment_without_a_zone_is_utc() -> None:
    today = dt.datetime.now(dt.UTC).date()
    assert len(json.loads(call("export", "reports.json", "--recorded", today.isoformat()).output)) == 1
    early = f"{today - dt.timedelta(days=1)}T23:59"
    assert call("export", "reports.json", "--recorded", early).output == "[]\n"
