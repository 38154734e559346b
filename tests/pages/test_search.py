"""The search page: hits of all days, pages of fifty, words marked, files, and nothing taken for HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from lxml import html

from tests.ledger.making import claims, document, report
from tests.pages.conftest import BASE, Client, asking
from trucewatch.ledger import Ledger, indexing

MANY = 120
HOSTILE = "A <script>alert(1)</script> zebra \u202eninneb \x02was\x03 seen."


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Pages over reports of 120 days, each with a zebra, and a hostile one."""
    with Ledger.open(tmp_path_factory.mktemp("search") / "many.db") as ledger:
        run = ledger.begin(reader="rules/1")
        for number in range(MANY):
            day = dt.date(2021, 1, 1) + dt.timedelta(days=number)
            read = document(report(f"r{number}", f"A zebra, number {number}.", published=day))
            ledger.add(read, claims(read, "Keeper"), run=run)
        bad = msgspec.structs.replace(report("bad", HOSTILE), title="<b>zebra</b>")
        ledger.add(document(bad), [], run=run)
        with asking(ledger) as client:
            yield client


def tree(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:500]
    return html.document_fromstring(answer.text)


def titles(page: html.HtmlElement) -> list[str]:
    return [one.text_content() for one in page.xpath("//ol[@class='hits']/li/h3")]


def test_words_are_found_in_any_case_and_marked_with_the_claims_that_have_them(client: Client) -> None:
    page = tree(client, f"{BASE}/reports?q=MOBILIZATION")
    (first, *_) = page.xpath("//ol[@class='hits']/li")
    assert {mark.text_content().lower() for mark in page.xpath("//ol[@class='hits']//mark")} == {
        "mobilization"
    }
    assert first.xpath(".//h3/a/@href")[0].startswith(f"{BASE}/reports/")
    claim = page.xpath("//p[@class='under']/a/@href")[0]
    assert "mobilization" in tree(client, claim).text_content().lower()


def test_a_claim_is_found_by_the_name_that_it_was_resolved_to(client: Client, ledger: Ledger) -> None:
    for entry in ledger.entries():
        text = ledger.text(entry.report.sha256)
        names = [actor.name for actor in getattr(entry.claim, "speaker", ()) if actor.name]
        name = next((one for one in names if one.lower() not in text.lower()), None)
        if name:
            rows = client.get(f"{BASE}/reports.json", params={"q": f'"{name}"'}).json()
            assert entry.claim.id in [claim for row in rows for claim in row["claims"]]
            return
    pytest.fail("no claim of the samples has a name that its report does not write")


def test_what_is_nowhere_is_said_to_be_nowhere(client: Client) -> None:
    assert "No report on file has these words" in tree(client, f"{BASE}/reports?q=zeppelin").text_content()


def test_only_signs_are_no_words_and_the_page_says_so(client: Client) -> None:
    answer = client.get(f"{BASE}/reports?q=%22-%22%20*")
    assert answer.status_code == 400
    assert "no word to search for" in answer.text


@pytest.mark.parametrize("place", ["x", "2022-02-20", "2022-02-20.x", "9999999.1"])
def test_a_place_that_is_none_is_named(client: Client, place: str) -> None:
    answer = client.get(f"{BASE}/reports?q=the&older={place}")
    assert answer.status_code == 400
    assert "is no place among hits" in answer.text


def test_hits_of_all_days_stand_on_pages_of_fifty_with_a_way_on_and_back(many: Client) -> None:
    first = tree(many, f"{BASE}/reports?q=zebra")
    assert f"{MANY + 1} reports have these words" in first.text_content()
    assert len(titles(first)) == 50
    second = tree(many, first.xpath("//nav[@class='pager']/a[@rel='next']/@href")[0])
    third = tree(many, second.xpath("//nav[@class='pager']/a[@rel='next']/@href")[0])
    assert titles(second)[0] == "Report r70"
    assert (len(titles(third)), third.xpath("//nav[@class='pager']/a[@rel='next']")) == (21, [])
    assert f"{MANY + 1} reports have these words" in third.text_content()
    back = tree(many, third.xpath("//nav[@class='pager']/a[@rel='prev']/@href")[0])
    assert titles(back) == titles(second)
    start = tree(many, back.xpath("//nav[@class='pager']/a[@rel='prev']/@href")[0])
    assert (titles(start), start.xpath("//nav[@class='pager']/a[@rel='prev']")) == (titles(first), [])


def test_hits_are_those_known_on_a_day(many: Client) -> None:
    page = tree(many, f"{BASE}/reports?q=zebra&known=2021-01-03")
    assert titles(page) == ["Report r2", "Report r1", "Report r0"]
    assert "3 reports have these words, of all days on file, as known on 3 Jan 2021" in page.text_content()


def test_a_file_has_all_hits(many: Client) -> None:
    page = tree(many, f"{BASE}/reports?q=number")
    link = page.xpath("//p[@class='files']/a[1]/@href")[0]
    rows = many.get(link).json()
    assert [row["report"] for row in rows] == [f"r{n}" for n in reversed(range(MANY))]
    assert rows[0]["excerpt"] == "A zebra, number 119."
    assert len(rows[0]["claims"]) == 1
    assert len(many.get(f"{BASE}/reports.csv?q=number").text.splitlines()) == MANY + 1


def test_hostile_words_are_shown_as_text(many: Client) -> None:
    answer = many.get(f"{BASE}/reports?q=zebra%20alert")
    page = html.document_fromstring(answer.text)
    assert page.xpath("//script[text()] | //ol[@class='hits']//b") == []
    assert titles(page) == ["<b>zebra</b>"]
    assert "<script>alert(1)</script>" in page.xpath("//p[@class='excerpt']")[0].text_content()
    assert "\u202e" not in answer.text
    assert [mark.text_content() for mark in page.xpath("//p[@class='excerpt']//mark")] == ["alert", "zebra"]


def test_without_an_index_the_days_are_walked_and_the_page_says_so(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "is_there", lambda connection: False)
    with Ledger.open(demo) as ledger, asking(ledger) as client:
        text = tree(client, f"{BASE}/reports?q=withdraw").text_content()
        answer = client.get(f"{BASE}/reports.json?q=withdraw")
    assert "SQLite has no FTS5" in text
    assert "3 places, in all 20 reports" in text
    assert answer.status_code == 400
    assert "no index" in answer.text
