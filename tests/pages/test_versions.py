"""The versions of a report: listed, two side by side with what changed, nothing hidden shown."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from lxml import html

from tests.ledger.making import PUBLISHED, claims, document, report
from tests.pages.conftest import BASE, Client, asking
from trucewatch.ledger import Ledger
from trucewatch.model import AnyClaim, Count, Report

ONE = dt.timedelta(days=1)
OLD = "It rained.\n\nThe mission counted seven shots.\n\nNobody left.\n\nOrla Venn spoke.\n\nDone."
NEW = OLD.replace("seven", "nine") + "\n\nMore later."


def counted(text: str, words: str, figure: int) -> AnyClaim:
    start = text.index("The mission")
    return Count(
        id=f"c{figure:015d}",
        evidence=(start, text.index("shots") + 5),
        said_by=(),
        measure="explosions",
        low=figure,
        high=figure,
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with a report of two versions."""
    with Ledger.open(tmp_path / "versions.db") as opened:
        add(opened, OLD, counted(OLD, "seven", 7), published=PUBLISHED - ONE)
        add(opened, NEW, counted(NEW, "nine", 9))
        yield opened


def add(
    ledger: Ledger, text: str, *made: AnyClaim, published: dt.date = PUBLISHED, title: str = "Daily"
) -> Report:
    of = msgspec.structs.replace(report("a", text, published=published), title=title)
    ledger.add(document(of), made, run=ledger.begin(reader="rules/1"))
    return of


def tree(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:500]
    return html.document_fromstring(answer.text)


def sha(text: str) -> str:
    return report("a", text).sha256


def page(ledger: Ledger, text: str = NEW, asked: str = "") -> html.HtmlElement:
    with asking(ledger) as client:
        return tree(client, f"{BASE}/reports/{sha(text)}/versions{asked}")


def words(shown: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in shown.xpath(path)]


def test_the_report_page_tells_which_version_it_is_and_leads_to_all(ledger: Ledger) -> None:
    with asking(ledger) as client:
        for text, told in ((NEW, "Version 2 of 2"), (OLD, "Version 1 of 2")):
            (link,) = tree(client, f"{BASE}/reports/{sha(text)}").xpath("//a[starts-with(., 'Version ')]")
            assert link.text == told
            assert (
                "What changed in the words, version 1 to 2" in tree(client, link.get("href")).text_content()
            )


def test_a_report_of_one_version_has_no_such_link_and_its_page_says_so(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "one.db") as ledger:
        add(ledger, OLD)
        with asking(ledger) as client:
            shown = tree(client, f"{BASE}/reports/{sha(OLD)}")
            assert shown.xpath("//a[starts-with(., 'Version ')]") == []
        assert "Only this version is on file." in page(ledger, OLD).text_content()


def test_versions_are_listed_with_days_readers_and_claims(ledger: Ledger) -> None:
    rows = [words(row, "(th|td)/div") for row in page(ledger).xpath("//table//tr[td]")]
    assert len(rows) == 2
    assert rows[0][:2] == ["version 1 the earlier one below", "19 Feb 2022"]
    assert rows[0][3:] == ["rules/1", "1", "on file", "the first"]
    assert rows[1][-1] == "version 2 with the one before"


def test_the_words_that_changed_are_marked_with_more_than_colour(ledger: Ledger) -> None:
    shown = page(ledger)
    (section,) = shown.xpath("//section[h2[@id='words']]")
    assert words(section, ".//del") == ["removed: seven, end"]
    assert words(section, ".//ins") == ["added: nine, end", "added: More later., end"]
    assert words(section, ".//p[@class='left-out']") == ["1 unchanged paragraph"]
    assert words(section, ".//div[@class='side blank']") == ["not in version 1"]


def test_what_changed_in_a_claim_is_told_field_by_field(ledger: Ledger) -> None:
    (change,) = page(ledger).xpath("//ul[@class='told changes']/li")
    assert words(change, ".//h3") == ["N count, changed"]
    assert words(change, ".//dl/div[dt='figure']/dd") == ["was: 7 is: 9"]
    assert words(change, ".//dl/div[dt='measure']") == []


def test_claims_that_came_or_went_are_told(ledger: Ledger) -> None:
    third = NEW.replace("nine", "ten")
    of = document(msgspec.structs.replace(report("a", third, published=PUBLISHED + ONE), title="Daily"))
    ledger.add(of, claims(of, "The envoy"), run=ledger.begin(reader="rules/1"))
    assert words(page(ledger, third), "//ul[@class='told changes']/li/h3") == [
        "N count, gone",
        "S statement, added",
    ]


def test_any_two_versions_are_compared_by_number(ledger: Ledger) -> None:
    third = NEW.replace("Nobody left", "Everybody left")
    add(ledger, third, published=PUBLISHED + ONE, title="Daily, corrected")
    shown = page(ledger, third, "?old=1&new=3")
    assert shown.xpath("//select[@name='old']/option[@selected]/@value") == ["1"]
    assert words(shown, "//section[h2[@id='words']]//del") == [
        "removed: Daily, end",
        "removed: seven, end",
        "removed: Nobody, end",
    ]
    assert "version 1 to 3" in shown.text_content()


@pytest.mark.parametrize("asked", ["?old=9", "?new=x", "?new=-1", "?old=²"])
def test_a_version_that_is_none_is_named_with_those_there_are(ledger: Ledger, asked: str) -> None:
    with asking(ledger) as client:
        answer = client.get(f"{BASE}/reports/{sha(NEW)}/versions{asked}")
    assert answer.status_code == 400
    assert "There are: 1, 2." in answer.text


def test_of_bytes_that_are_not_on_file_there_is_no_page(ledger: Ledger) -> None:
    with asking(ledger) as client:
        assert client.get(f"{BASE}/reports/{'0' * 64}/versions").status_code == 404
        assert client.get(f"{BASE}/reports/{'0' * 64}").status_code == 404


def test_what_was_not_known_yet_is_not_listed(ledger: Ledger) -> None:
    shown = page(ledger, OLD, f"?known={PUBLISHED - ONE}")
    assert len(shown.xpath("//table//tr[td]")) == 1
    assert "nine" not in shown.text_content()


def test_a_change_of_bytes_alone_says_that_the_words_are_the_same(ledger: Ledger) -> None:
    of = msgspec.structs.replace(report("a", f"{NEW}\n", published=PUBLISHED + ONE), title="Daily")
    ledger.add(document(of, text=NEW), [], run=ledger.begin(reader="rules/1"))
    assert "The words are the same" in page(ledger, f"{NEW}\n").text_content()


# --- what is hidden, gone or hostile ---------------------------------------------------------------------


def test_withheld_words_stay_hidden_in_both_versions(ledger: Ledger) -> None:
    add(
        ledger, NEW.replace("Orla Venn spoke", "Orla Venn sang"), published=PUBLISHED + ONE, title="Orla Venn"
    )
    ledger.judge("withhold", ["Orla Venn"], by="A. Mirza", reason="at risk")
    shown = page(ledger, OLD, "?old=1&new=3").text_content()
    assert "█████████ " in shown
    assert "Orla" not in shown
    assert "sang" in shown


def test_an_erased_version_says_so_and_shows_nothing(ledger: Ledger) -> None:
    ledger.erase(sha(OLD), by="A. Mirza", reason="court order")
    shown = page(ledger).text_content()
    assert "was erased on" in shown
    assert "there are no words to compare" in shown
    assert "seven" not in shown
    with asking(ledger) as client:
        answer = client.get(f"{BASE}/reports/{sha(OLD)}")
    assert answer.status_code == 404
    assert "erasure 1: court order" in answer.text


def test_a_withdrawn_report_says_so(ledger: Ledger) -> None:
    notice = msgspec.structs.replace(
        report("a", "", published=PUBLISHED + ONE), withdrawn=True, title="Daily"
    )
    ledger.withdraw(notice, run=ledger.begin(reader="rules/1"))
    shown = page(ledger, NEW, "?old=2&new=3").text_content()
    assert "withdrawn by its publisher" in shown
    assert "nine" not in shown.partition("<h2")[0].partition("Compare")[2].partition("What changed")[0]


def test_hostile_words_are_shown_as_text(ledger: Ledger) -> None:
    bad = NEW.replace("nine", '<script>alert(1)</script> "><img src=x onerror="alert(1)"> \u202eenin')
    add(ledger, bad, published=PUBLISHED + ONE, title="<b>Daily</b>")
    with asking(ledger) as client:
        text = client.get(f"{BASE}/reports/{sha(bad)}/versions").text
    shown = html.document_fromstring(text)
    assert shown.xpath("//main//script | //img | //main//b") == []
    assert "<script>alert(1)</script>" in shown.text_content()
    assert "\u202e" not in text


@pytest.mark.parametrize("line", ["a b\n", "word " * 5000, "x", "a\n\nb\n\n"])
def test_long_versions_are_compared_in_part_and_within_seconds(tmp_path: Path, line: str) -> None:
    old, new = (line * (1_000_000 // len(line)), "b c\n" + line * (900_000 // len(line)))
    with Ledger.open(tmp_path / "long.db") as ledger:
        add(ledger, old, published=PUBLISHED - ONE)
        add(ledger, new)
        start = time.perf_counter()
        shown = page(ledger, new)
        assert time.perf_counter() - start < 5
    assert "only their beginnings are compared" in shown.text_content()
    assert len(html.tostring(shown)) < 300_000
