"""Each item of a feed is a report of its own; a hostile or broken one does not reach the others."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch import documents
from trucewatch.model import Issue, Report, digest
from trucewatch.reports import fetch
from trucewatch.reports.feeds import read_feed
from trucewatch.reports.items import plain

SHARED = Path("/work/shared/data/smm/reliefweb_ukr_rss.xml")
ITEM = "<item><title>{0}</title><guid>g{0}</guid><description>Text of {0}.</description></item>"


def rss(*items: str, head: str = "<title>Vale Wire</title>", before: str = '<?xml version="1.0"?>') -> str:
    return f"{before}\n<rss version='2.0'><channel>{head}\n{''.join(items)}</channel></rss>"


def split(feed: str | bytes) -> tuple[list[Report], list[Issue]]:
    found = list(read_feed(feed if isinstance(feed, bytes) else feed.encode(), "f.xml"))
    return [f for f in found if isinstance(f, Report)], [f for f in found if isinstance(f, Issue)]


def text(report: Report) -> str:
    return documents.read(report).text


def test_an_rss_item_is_a_report_of_its_own_bytes() -> None:
    item = (
        "<item><title>Calm &amp; quiet</title><link>https://vale.example/1</link>\n<guid>id-1</guid>"
        "<pubDate>Sun, 20 Feb 2022 23:30:00 -0500</pubDate>"
        "<description>Short.</description>"
        "<content:encoded><![CDATA[<p>One </item> &amp; two.</p><p>Three.</p>"
        "<script>alert('500 killed')</script>]]></content:encoded></item>"
    )
    (report,), issues = split(rss(item, head="<image><title>No</title></image><title>Vale Wire</title>"))
    assert issues == []
    assert report.data == item.encode() and report.sha256 == digest(item.encode())
    assert (report.id, report.title, report.url) == ("id-1", "Calm & quiet", "https://vale.example/1")
    assert (report.publisher, report.published) == ("Vale Wire", dt.date(2022, 2, 20))
    assert report.origin == "f.xml#1"
    assert text(report) == "One & two.\n\nThree."


def test_an_atom_entry_is_a_report() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Vale Atom</title>
    <entry><title type="html">A &lt;b&gt;calm&lt;/b&gt; day</title><id>urn:1</id>
    <updated>2022-02-21T00:10:00Z</updated>
    <published>2022-02-20T23:10:00+02:00</published><link rel="self" href="http://x/self"/>
    <link href="http://x/1"/><summary>Short</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
    <p>One &amp; 1 &lt; 2.</p><p>Two.</p></div></content>
    </entry></feed>"""
    (report,), issues = split(feed)
    assert issues == []
    assert (report.id, report.title, report.url) == ("urn:1", "A calm day", "http://x/1")
    assert (report.publisher, report.published) == ("Vale Atom", dt.date(2022, 2, 20))
    assert text(report) == "One & 1 < 2.\n\nTwo."


def test_prefixes_and_rdf_are_understood() -> None:
    atom = '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>P</a:title><a:entry><a:id>1</a:id>'
    (report,), _ = split(atom + "<a:summary>Calm.</a:summary></a:entry></a:feed>")
    assert (report.id, report.publisher, text(report)) == ("1", "P", "Calm.")
    rdf = (
        '<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><channel><title>R</title><items/></channel>'
    )
    item = '<item rdf:about="x"><title>T</title><link>http://l</link><dc:date>2022-02-20</dc:date></item>'
    (report,), _ = split(rdf + item + "</rdf:RDF>")
    assert (report.id, report.publisher, report.published) == ("http://l", "R", dt.date(2022, 2, 20))
    assert text(report) == "T"


def test_parts_of_other_vocabularies_do_not_take_the_place_of_the_items_own() -> None:
    item = "<item><media:title>M</media:title><media:content>x</media:content><title>T</title>"
    (report,), _ = split(rss(item + "<itunes:summary>i</itunes:summary><description>D</description></item>"))
    assert (report.title, text(report)) == ("T", "D")


BROKEN = {
    "cut": "<item><title>2</title>",
    "crossed": "<item><b><i></b></i><title>2</title></item>",
    "unclosed": "<item><title>2</item>",
    "bare tag": "<item><title>2 < 3</title></item>",
    "binary": "<item><title>a\0b</title></item>",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_item_is_named_and_the_others_go_on(broken: str) -> None:
    reports, (issue,) = split(rss(ITEM.format(1), "\n", broken, "\n", ITEM.format(3)))
    assert [report.id for report in reports] == ["g1", "g3"]
    assert issue.origin == "f.xml#2" and "line 4" in issue.message and issue.level == "error"


def test_a_feed_cut_off_in_an_item_gives_the_items_before() -> None:
    reports, (issue,) = split(rss(ITEM.format(1), ITEM.format(2))[:-60])
    assert [report.id for report in reports] == ["g1"] and issue.origin == "f.xml#2"


def test_html_entities_and_lone_ampersands_are_mended() -> None:
    item = "<item><title>Q&nbsp;&amp; A &eacute; R&D &unknown; &#8211;</title></item>"
    (report,), issues = split(rss(item))
    assert issues == [] and report.title == "Q & A é R&D &unknown; –"


def test_entities_that_a_feed_declares_are_never_expanded_and_files_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    dtd = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "file://{secret}">]>'
    items = [f"<item><title>{e}</title><description>{e} text</description></item>" for e in ("&l9;", "&x;")]
    own = f"<item>{dtd}<title>&x;</title></item>"
    started = time.monotonic()
    reports, issues = split(rss(*items, own, ITEM.format(4), head="<title>&l9;&x;</title>", before=dtd))
    assert time.monotonic() - started < 2
    assert [report.title for report in reports] == ["&l9;", "&x;", "4"] and len(issues) == 1
    assert all(len(text(report)) < 20 and "SECRET" not in repr(report) for report in reports)


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-16", "utf-8-sig"])
def test_the_encoding_of_a_feed_holds_for_its_items(encoding: str) -> None:
    feed = rss(
        "<item><title>Перемирие</title><description>Стороны договорились о тишине.</description></item>",
        before=f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>",
    )
    (report,), issues = split(feed.encode(encoding))
    document = documents.read(report)
    assert issues == [] and report.title == "Перемирие" and document.doubts == ()
    assert document.text == "Стороны договорились о тишине." and document.language == "ru"


def test_wrong_bytes_in_one_item_are_its_own_doubt() -> None:
    feed = rss(ITEM.format(1), ITEM.format("caf@ au lait"), before="<?xml version='1.0'?>").encode()
    reports, issues = split(feed.replace(b"@", b"\xe9"))
    assert issues == [] and [r.title for r in reports] == ["1", "café au lait"]
    assert documents.issues(documents.read(reports[0])) == []
    assert "not UTF-8" in documents.issues(documents.read(reports[1]))[0].message


def test_an_item_with_an_unreadable_date_is_undated_and_told() -> None:
    (report,), (issue,) = split(rss("<item><title>T</title><pubDate>some day</pubDate></item>"))
    assert report.published is None and issue.level == "warning" and "some day" in issue.message


def test_an_item_without_a_name_is_called_by_its_hash() -> None:
    (report,), _ = split(rss("<item><title>T</title></item>"))
    assert report.id == report.sha256


def test_what_is_no_feed_is_named(tmp_path: Path) -> None:
    for number, body in enumerate(
        (b"<html><p>x", b"plain", b"<?xml version='1.0'?><note/>", b"%PDF-1.4 x", b"\0\1")
    ):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(body)
        (issue,) = list(fetch(path))
        assert isinstance(issue, Issue) and issue.origin == str(path) and issue.level == "error"


def test_a_feed_without_items_is_a_warning() -> None:
    assert split(rss())[1][0].level == "warning"


@pytest.mark.parametrize(
    "unit", [b"<item>", b"<item ", b"<![CDATA[", b"<!--", b"<item><![CDATA[", b"<a:b ", b"&", b"<"]
)
def test_a_hostile_feed_takes_no_more_than_moments(unit: bytes) -> None:
    started = time.monotonic()
    for found in read_feed(b"<rss><channel>" + unit * (400_000 // len(unit)), "f.xml"):
        if isinstance(found, Report):
            documents.read(found)
    assert time.monotonic() - started < 20


def test_an_item_of_deeply_nested_markup_is_bounded() -> None:
    deep = "<div>" * 50_000 + "Calm." + "</div>" * 50_000
    reports, issues = split(rss(f"<item><description>{deep}</description></item>", ITEM.format(2)))
    assert [r.id for r in reports] == ["g2"] and issues[0].origin == "f.xml#1"
    (report,), _ = split(rss(f"<item><title>T</title><description><![CDATA[{deep}]]></description></item>"))
    started = time.monotonic()
    documents.read(report)
    assert time.monotonic() - started < 5


def test_a_title_loses_tags_and_double_escapes() -> None:
    assert plain("<b>1 &lt; 2</b>") == "1 < 2"


@given(st.binary(max_size=300), st.sampled_from([b"<rss><channel>", b"<feed>", b"<rdf:RDF>", b""]))
def test_any_bytes_give_reports_and_issues_and_never_an_exception(data: bytes, start: bytes) -> None:
    for found in read_feed(start + b"<item><title>" + data, "f.xml"):
        assert isinstance(found, Report | Issue)


@given(st.text(alphabet="<>/![]CDAT-item entry&;\"'=x:#", max_size=120))
def test_any_markup_in_an_item_leaves_the_next_one_whole(markup: str) -> None:
    if "<!" in markup or markup.count("<") > markup.count(">"):
        return  # an open comment or tag may swallow what follows, as it should
    reports, _ = split(rss("<item>", markup, "</item>", ITEM.format(9)))
    assert "g9" in [report.id for report in reports]


@pytest.mark.skipif(not SHARED.exists(), reason="the sample of ReliefWeb is not here")
def test_the_real_feed_is_read() -> None:
    reports, issues = split(SHARED.read_bytes())
    assert len(reports) == 5 and issues == []
    smm = documents.read(reports[1])
    assert smm.report.published == dt.date(2020, 9, 16) and "Daily Report 221/2020" in smm.report.title
    assert "recorded no ceasefire violations in either Donetsk or Luhansk region" in smm.text
    assert "\n\nThe SMM followed up" in smm.text and "<" not in smm.text
    assert b"".join([reports[0].data]) in SHARED.read_bytes()
