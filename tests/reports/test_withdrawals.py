"""How a publisher tells that a report was taken back: in feeds, in JSON Lines, in sidecars."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from trucewatch import pipeline
from trucewatch.ledger import Ledger
from trucewatch.model import Issue, Report
from trucewatch.reports import fetch

DAY = dt.date(2031, 5, 12)
FEED = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<title>Halden Post</title>{}
<entry><id>tag:2</id><title>Two</title><content>Rain in the valley.</content></entry>
</feed>"""
GONE = '<at:deleted-entry ref="tag:1" when="2031-05-12T09:30:00Z">{}</at:deleted-entry>'


def feed(folder: Path, deleted: str) -> list[Report | Issue]:
    (folder / "feed.xml").write_text(FEED.format(deleted))
    return list(fetch(folder / "feed.xml"))


def line(folder: Path, **told: object) -> list[Report | Issue]:
    (folder / "lines.jsonl").write_text(json.dumps(told))
    return list(fetch(folder / "lines.jsonl"))


def sidecar(folder: Path, *, text: str | None = None, **told: object) -> list[Report | Issue]:
    (folder / "story.meta.json").write_text(json.dumps({"report": told}))
    if text:
        (folder / "story.txt").write_text(text)
    return list(fetch(folder))


def notices(met: list[Report | Issue]) -> list[tuple[str, str | None, dt.date | None, str]]:
    return [
        (one.id, one.publisher, one.published, one.title)
        for one in met
        if isinstance(one, Report) and one.withdrawn
    ]


def reports(met: list[Report | Issue]) -> list[str]:
    return [one.id for one in met if isinstance(one, Report) and not one.withdrawn]


def issues(met: list[Report | Issue]) -> list[str]:
    return [one.message for one in met if isinstance(one, Issue)]


# --- feeds -------------------------------------------------------------------------------------------


def test_a_deleted_entry_of_a_feed_is_a_withdrawal_with_its_reason(tmp_path: Path) -> None:
    met = feed(tmp_path, GONE.format("<at:by><name>Desk</name></at:by><at:comment>wrong valley</at:comment>"))
    assert notices(met) == [("tag:1", "Halden Post", DAY, "wrong valley")]
    assert reports(met) == ["tag:2"]
    assert issues(met) == []


@pytest.mark.parametrize(
    "deleted",
    [
        '<at:deleted-entry ref="tag:1" when="2031-05-12T09:30:00Z"/>',
        '<t:deleted-entry xmlns:t="http://purl.org/atompub/tombstones/1.0" ref="tag:1" when="2031-05-12"/>',
        '<deleted-entry xmlns="http://purl.org/atompub/tombstones/1.0" ref="tag:1" when="2031-05-12"/>',
    ],
)
def test_it_may_be_empty_and_bear_any_prefix(tmp_path: Path, deleted: str) -> None:
    assert notices(feed(tmp_path, deleted)) == [("tag:1", "Halden Post", DAY, "")]


def test_one_that_names_no_entry_is_an_issue(tmp_path: Path) -> None:
    met = feed(tmp_path, '<at:deleted-entry when="2031-05-12"/>')
    assert notices(met) == []
    assert issues(met) == ["is a deletion that names no item: it has no 'ref'"]


def test_one_whose_date_cannot_be_read_says_so(tmp_path: Path) -> None:
    met = feed(tmp_path, '<at:deleted-entry ref="tag:1" when="lately"/>')
    assert notices(met) == [("tag:1", "Halden Post", None, "")]
    assert issues(met) == ["date cannot be read ('lately'): it counts from when it is on file"]


def test_one_without_an_end_is_broken_and_the_entries_go_on(tmp_path: Path) -> None:
    met = feed(tmp_path, '<at:deleted-entry ref="tag:1" when="2031-05-12">')
    assert notices(met) == []
    assert any("broken" in message for message in issues(met))


def test_an_entry_that_writes_about_deleted_entries_deletes_none(tmp_path: Path) -> None:
    inside = f"<entry><id>tag:3</id><content type='xhtml'><div>{GONE.format('')}</div></content></entry>"
    for text in (inside, f"<entry><id>tag:3</id><content><![CDATA[{GONE}]]></content></entry>"):
        met = feed(tmp_path, text)
        assert notices(met) == []
        assert reports(met) == ["tag:3", "tag:2"]


# --- JSON Lines ----------------------------------------------------------------------------------------


def test_a_line_can_say_that_a_report_was_withdrawn_without_its_text(tmp_path: Path) -> None:
    met = line(tmp_path, id="a", publisher="Post", published="2031-05-10", withdrawn="2031-05-12")
    assert notices(met) == [("a", "Post", DAY, "")]
    assert reports(met) == issues(met) == []


def test_a_line_with_its_text_is_the_report_and_then_the_withdrawal(tmp_path: Path) -> None:
    met = line(tmp_path, id="a", text="Seven shots.", withdrawn="2031-05-12")
    assert [one.withdrawn for one in met if isinstance(one, Report)] == [False, True]
    assert not any(isinstance(one, Report) and one.withdrawn and b"Seven" in one.data for one in met)


def test_true_is_a_withdrawal_of_no_certain_day(tmp_path: Path) -> None:
    assert notices(line(tmp_path, id="a", published="2031-05-10", withdrawn=True)) == [("a", None, None, "")]


@pytest.mark.parametrize("value", [False, None])
def test_false_is_none(tmp_path: Path, value: object) -> None:
    met = line(tmp_path, id="a", text="Seven shots.", withdrawn=value)
    assert (notices(met), reports(met)) == ([], ["a"])


def test_a_withdrawal_that_cannot_be_read_leaves_the_report_and_says_so(tmp_path: Path) -> None:
    met = line(tmp_path, id="a", text="Seven shots.", withdrawn="lately")
    assert (notices(met), reports(met)) == ([], ["a"])
    assert issues(met) == ["'withdrawn' is neither a date nor true ('lately'): left out"]


def test_without_an_id_it_is_not_told_which_report_it_was(tmp_path: Path) -> None:
    assert issues(line(tmp_path, withdrawn=True)) == ["is withdrawn but has no 'id': which report was it?"]


# --- sidecars --------------------------------------------------------------------------------------------


def test_a_sidecar_whose_file_is_gone_can_withdraw_it(tmp_path: Path) -> None:
    met = sidecar(tmp_path, publisher="Post", withdrawn="2031-05-12")
    assert notices(met) == [("story", "Post", DAY, "")]


def test_beside_its_file_it_is_the_report_and_then_the_withdrawal(tmp_path: Path) -> None:
    met = sidecar(tmp_path, text="Seven shots.", publisher="Post", withdrawn="2031-05-12")
    assert (reports(met), notices(met)) == (["story"], [("story", "Post", DAY, "")])


def test_a_lone_sidecar_of_no_withdrawal_is_passed_over(tmp_path: Path) -> None:
    met = sidecar(tmp_path, publisher="Post")
    assert [message.split(";")[0] for message in issues(met)] == ["is a folder without reports"]


# --- into the ledger ---------------------------------------------------------------------------------------


def test_a_run_records_a_withdrawal_once_and_another_of_nothing_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = str(tmp_path / "in")
    with Ledger.open(tmp_path / "test.db") as ledger:
        line(tmp_path / "in", id="a", publisher="Post", published="2031-05-10", text="The truce held.")
        pipeline.run([source], ledger)
        assert len(ledger.reports()) == 1
        line(tmp_path / "in", id="a", publisher="Post", withdrawn="2031-05-12")
        assert [pipeline.run([source], ledger).added for _ in "ab"] == [1, 0]
        assert ledger.reports() == []
        line(tmp_path / "in", id="b", publisher="Post", withdrawn="2031-05-12")
        assert pipeline.run([source], ledger).unread == 0
        assert [issue.message for issue in ledger.issues()] == [
            "report b of Post is withdrawn, and is not on file"
        ]


def test_extract_says_that_a_report_was_withdrawn_and_reads_nothing(tmp_path: Path) -> None:
    line(tmp_path, id="a", withdrawn="2031-05-12")
    (met,) = pipeline.readings([str(tmp_path)])
    assert isinstance(met, Issue)
    assert (met.message, met.level) == ("report a was withdrawn by its publisher on 2031-05-12", "warning")
