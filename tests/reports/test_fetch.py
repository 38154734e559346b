"""What goes in comes out as reports, and what cannot be read comes out as an issue that names it."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
from pathlib import Path

import pytest

from trucewatch.model import Issue, Report, digest
from trucewatch.reports import READERS, fetch
from trucewatch.reports.limits import REPORT_LIMIT


def split(found: list[Report | Issue]) -> tuple[list[Report], list[Issue]]:
    return [f for f in found if isinstance(f, Report)], [f for f in found if isinstance(f, Issue)]


def fetched(source: object, **more: object) -> tuple[list[Report], list[Issue]]:
    return split(list(fetch(str(source), **more)))  # type: ignore[arg-type]


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def line(**fields: object) -> str:
    return json.dumps({"text": "Calm.", **fields}) + "\n"


# --- plain text and its sidecar ------------------------------------------------------------------


def test_a_text_keeps_its_bytes_and_their_hash(tmp_path: Path) -> None:
    data = "\ufeff“Calm”\r\nholds.\r".encode()
    (report,), issues = fetched(write(tmp_path / "calm.txt", data))
    assert issues == []
    assert (report.data, report.sha256, report.id) == (data, digest(data), "calm")
    assert report.published is None and report.publisher is None and report.language is None


@pytest.mark.parametrize("nested", [True, False])
def test_a_sidecar_gives_the_details(tmp_path: Path, nested: bool) -> None:
    told = {"id": "x1", "publisher": "Vale Post", "published": "2022-02-20", "title": "T", "language": "en"}
    write(tmp_path / "a.meta.json", json.dumps({"report": told} if nested else told))
    (report,), issues = fetched(write(tmp_path / "a.txt", "Calm."))
    assert issues == []
    assert (report.id, report.publisher, report.published) == ("x1", "Vale Post", dt.date(2022, 2, 20))
    assert (report.title, report.language) == ("T", "en")


@pytest.mark.parametrize("sidecar", ["{no json", "[1]", '{"report": 5}', b"\xff\xfe", "", "[" * 100_000])
def test_a_sidecar_that_is_no_json_object_is_named_and_the_text_is_read(
    tmp_path: Path, sidecar: str | bytes
) -> None:
    write(tmp_path / "a.meta.json", sidecar)
    (report,), (issue,) = fetched(write(tmp_path / "a.txt", "Calm."))
    assert report.id == "a"
    assert issue.origin.endswith("a.meta.json") and issue.level == "warning" and "JSON" in issue.message


def test_details_of_the_wrong_type_are_told_and_left_out(tmp_path: Path) -> None:
    wrong = {
        "id": 5,
        "publisher": ["a"],
        "published": 20220220,
        "title": {"a": 1},
        "language": "Klingon speech",
    }
    write(tmp_path / "a.meta.json", json.dumps(wrong))
    (report,), issues = fetched(write(tmp_path / "a.txt", "Calm."))
    assert (report.id, report.publisher, report.published) == ("5", None, None)
    assert (report.title, report.language) == ("", None)
    named = " ".join(issue.message for issue in issues)
    assert all(name in named for name in ("publisher", "published", "title", "language"))


def test_an_empty_sidecar_date_is_no_date_and_no_fault(tmp_path: Path) -> None:
    write(tmp_path / "a.meta.json", '{"published": null, "language": "und"}')
    (report,), issues = fetched(write(tmp_path / "a.txt", "Calm."))
    assert report.published is None and report.language is None and issues == []


@pytest.mark.parametrize("empty", ["", " \n\t\r\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.xml"])
def test_an_empty_file_is_named(tmp_path: Path, name: str, empty: str) -> None:
    reports, (issue,) = fetched(write(tmp_path / name, empty))
    assert reports == [] and issue.origin.endswith(name) and "empty" in issue.message


@pytest.mark.parametrize("name", ["big.txt", "big.html", "big.xml"])
def test_fifty_megabytes_are_named_with_size_and_limit_and_not_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(50 * 2**20)
    reports, (issue,) = fetched(path)
    assert reports == [] and issue.origin.endswith(name)
    assert "50.0 MiB" in issue.message and "20.0 MiB" in issue.message


def test_control_characters_and_turned_writing_stay_out_of_the_details(tmp_path: Path) -> None:
    write(tmp_path / "a.meta.json", json.dumps({"title": "A\u202eB\x1b[31m\nC", "id": "x" * 5000}))
    (report,), _ = fetched(write(tmp_path / "a.txt", "Calm."))
    assert report.title == "AB[31m C" and len(report.id) == 1000


# --- folders and wrong names ---------------------------------------------------------------------


def test_a_folder_is_read_in_order_with_what_is_below_and_other_kinds_are_passed_over(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.TXT",
        "sub/c.html",
        "sub/notes.pdf",
        "data.csv",
        "x.ann.json",
        ".hidden/d.txt",
        ".e.txt",
    ):
        write(tmp_path / name, "Calm.")
    reports, issues = fetched(tmp_path)
    assert [report.id for report in reports] == ["a", "b", "c"] and issues == []


def test_a_folder_without_reports_is_named(tmp_path: Path) -> None:
    write(tmp_path / "box" / "x.pdf", "Calm.")
    reports, (issue,) = fetched(tmp_path / "box")
    assert reports == [] and issue.origin.endswith("box")
    assert "without reports" in issue.message and ".jsonl.gz" in issue.message


def test_a_missing_file_and_an_unknown_kind_are_named(tmp_path: Path) -> None:
    assert "no such file" in fetched(tmp_path / "gone.txt")[1][0].message
    (issue,) = fetched(write(tmp_path / "a.pdf", "x"))[1]
    assert issue.origin.endswith("a.pdf") and ".txt" in issue.message


def test_a_broken_link_in_a_folder_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "Calm.")
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (report,), (issue,) = fetched(tmp_path)
    assert report.id == "b" and issue.origin.endswith("a.txt")


def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    write(tmp_path / "b.txt", "Calm.")
    (report,), issues = fetched(tmp_path)
    assert report.id == "b" and issues == []
    assert "neither" in fetched(tmp_path / "a.txt")[1][0].message


def test_a_file_name_that_is_no_utf8_can_be_printed(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Calm.")
    (report,), _ = fetched(tmp_path)
    report.origin.encode()
    report.id.encode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Calm.")
    path.chmod(0)
    assert "cannot be read" in fetched(path)[1][0].message


def test_every_reader_is_reached_by_its_suffix(tmp_path: Path) -> None:
    bodies = {
        ".jsonl": line().encode(),
        ".jsonl.gz": gzip.compress(line().encode()),
        **dict.fromkeys(
            (".xml", ".rss", ".atom"), b"<rss><channel><item><title>Calm.</title></item></channel></rss>"
        ),
    }
    for suffix in READERS:
        reports, issues = fetched(write(tmp_path / f"a{suffix}", bodies.get(suffix, b"Calm.")))
        assert len(reports) == 1 and issues == [], suffix


# --- JSON Lines ----------------------------------------------------------------------------------


def test_a_line_becomes_a_report_with_the_lines_bytes(tmp_path: Path) -> None:
    body = line(
        id="n1", publisher="Lusa", published="2022-06-24T23:30:00-05:00", title="T", url="http://x.y/"
    )
    (report,), issues = fetched(write(tmp_path / "a.jsonl", body.strip() + "\r\n\n"))
    assert issues == [] and report.data == body.strip().encode() and report.sha256 == digest(report.data)
    assert (report.id, report.publisher, report.url) == ("n1", "Lusa", "http://x.y/")
    assert report.published == dt.date(2022, 6, 24)
    assert report.origin.endswith("a.jsonl:1")


def test_a_missing_id_becomes_the_hash_of_the_bytes(tmp_path: Path) -> None:
    body = line()
    (report,), _ = fetched(write(tmp_path / "a.jsonl", "\ufeff" + body))
    assert report.id == digest(body.strip().encode())


@pytest.mark.parametrize(
    "date", ["the other day", "2022-02-30", "20/02/2022", 1645315200, "9" * 10_000, "0000-00-00"]
)
def test_a_date_that_cannot_be_read_makes_the_report_undated_and_is_told(
    tmp_path: Path, date: object
) -> None:
    (report,), (issue,) = fetched(write(tmp_path / "a.jsonl", line(published=date)))
    assert report.published is None
    assert issue.level == "warning" and issue.origin.endswith("a.jsonl:1") and "undated" in issue.message


@pytest.mark.parametrize(
    "broken",
    [
        b'{"id": "x", "text": "cut',
        b"[1, 2]",
        b"null",
        b'{"id": "x"}',
        b'{"text": ""}',
        b'{"text": 5}',
        b'{"text": "\xff"}',
        b'{"text": "a\\u0000b"}',
        b'{"text": "\\ud800"}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"\x00\x01\x02",
    ],
)
def test_a_broken_line_is_named_and_the_others_go_on(tmp_path: Path, broken: bytes) -> None:
    body = line(id="1").encode() + broken + b"\n" + line(id="3").encode()
    reports, (issue,) = fetched(write(tmp_path / "a.jsonl", body))
    assert [report.id for report in reports] == ["1", "3"]
    assert issue.origin.endswith("a.jsonl:2") and issue.level == "error"


def test_a_line_beyond_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    long = line(text="x" * (REPORT_LIMIT + 5)).encode()
    write(path, line(id="1").encode() + long + line(id="3").encode())
    reports, (issue,) = fetched(path)
    assert [report.id for report in reports] == ["1", "3"]
    assert issue.origin.endswith(":2") and "20.0 MiB" in issue.message


def test_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            data = line().encode()[: len(buffer)]
            buffer[: len(data)] = data
            return len(data)

    found = fetch("-", stdin=io.BufferedReader(Endless()))
    assert isinstance(next(found), Report) and isinstance(next(found), Report)


def test_packed_lines_are_read_and_a_cut_archive_gives_what_was_before_the_cut(tmp_path: Path) -> None:
    body = "".join(line(id=str(n), text=os.urandom(500).hex()) for n in range(200)).encode()
    packed = gzip.compress(body)
    whole, issues = fetched(write(tmp_path / "a.jsonl.gz", packed))
    assert len(whole) == 200 and issues == []
    part, (issue,) = fetched(write(tmp_path / "b.jsonl.gz", packed[: len(packed) // 2]))
    assert 50 < len(part) < 150
    assert f"b.jsonl.gz:{len(part) + 1}" in issue.origin and "from here on" in issue.message


def test_what_is_no_archive_is_named(tmp_path: Path) -> None:
    reports, (issue,) = fetched(write(tmp_path / "a.jsonl.gz", "no archive"))
    assert reports == [] and "a.jsonl.gz" in issue.origin


@pytest.mark.parametrize("filler", [b"\n", b" ", b"x"])
def test_a_gzip_bomb_is_stopped(tmp_path: Path, filler: bytes) -> None:
    bomb = gzip.compress(line(id="1").encode()) + gzip.compress(filler * 2**24) * 20
    (report,), issues = fetched(write(tmp_path / "a.jsonl.gz", bomb))
    assert report.id == "1" and ("200 times" in issues[-1].message or "empty lines" in issues[-1].message)


# --- standard input ------------------------------------------------------------------------------


def test_standard_input_may_be_json_lines() -> None:
    reports, issues = fetched("-", stdin=io.BytesIO(("\ufeff\n" + line(id="1") + line(id="2")).encode()))
    assert [report.id for report in reports] == ["1", "2"] and issues == []


def test_standard_input_may_be_a_text() -> None:
    (report,), _ = fetched("-", stdin=io.BytesIO(b"Calm holds."))
    assert (
        report.media_type == "text/plain" and report.id == report.sha256 and report.origin == "standard input"
    )


def test_standard_input_may_be_a_page_or_a_feed() -> None:
    assert fetched("-", stdin=io.BytesIO(b"<!DOCTYPE html><p>Calm."))[0][0].media_type == "text/html"
    feed = b'<?xml version="1.0"?><rss><channel><item><title>Calm.</title></item></channel></rss>'
    assert fetched("-", stdin=io.BytesIO(feed))[0][0].media_type == "application/rss+xml"


def test_standard_input_has_the_limits_of_a_file() -> None:
    assert "empty" in fetched("-", stdin=io.BytesIO(b""))[1][0].message
    assert "20.0 MiB" in fetched("-", stdin=io.BytesIO(b"x" * (REPORT_LIMIT + 1)))[1][0].message
