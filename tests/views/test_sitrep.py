"""The situation report: every sentence is checked against the ledger, whatever the shape."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import re
from collections.abc import Iterator

import msgspec
import pytest

from tests.situation.making import Shelf, count, daily, day, entries, examples, report
from trucewatch.catalog import ceasefire
from trucewatch.errors import UsageError
from trucewatch.model import Actor, Report, Statement
from trucewatch.situation import Situation, assess
from trucewatch.views import SHAPES, Reference, Sitrep, compose, render
from trucewatch.views.phrases import plain

DONBAS = ceasefire("donbas-2020")
SHELF = examples()
DATES = [("02-20", "02-20"), ("02-20", None), ("02-20", "02-22"), ("02-16", "02-16"), ("02-22", None)]
QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"")


def situation(at: str = "02-20", known: str | None = "02-20", shelf: Shelf = SHELF) -> Situation:
    return assess(shelf, DONBAS, at=day(at), known=day(known) if known else None)


@pytest.fixture(params=DATES, ids=str, scope="module")
def pair(request: pytest.FixtureRequest) -> tuple[Situation, Sitrep]:
    found = situation(*request.param)
    return found, compose(found, text_of=SHELF.text)


def lines(sitrep: Sitrep) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Sentences and rows of tables with what they cite."""
    for section in sitrep.sections:
        yield from ((sentence.text, sentence.cites) for sentence in section.sentences)
        yield from ((" ".join(row.cells), row.cites) for row in (section.table.rows if section.table else ()))


def words_of(reference: Reference) -> str:
    return (reference.words or "").removesuffix(" [...]")


# --- each sentence against the ledger ----------------------------------------------------------------


def test_no_sentence_is_without_a_reference(pair: tuple[Situation, Sitrep]) -> None:
    _, sitrep = pair
    numbers = {reference.number for reference in sitrep.references}
    for text, cites in lines(sitrep):
        assert cites, text
        assert set(cites) <= numbers, text
    assert numbers == {number for _, cites in lines(sitrep) for number in cites}


def test_each_reference_leads_to_claims_reports_and_exact_words(pair: tuple[Situation, Sitrep]) -> None:
    _, sitrep = pair
    held = {entry.claim.id: entry for entry in SHELF.entries()}
    for reference in sitrep.references:
        for name in reference.claims:
            entry = held[name]
            assert (reference.report, reference.publisher) == (entry.report.id, entry.report.publisher)
            assert reference.published == entry.report.published
            text = SHELF.text(entry.report.sha256)
            assert words_of(reference) in plain(text)
            evidence = plain(text[slice(*entry.claim.evidence)])
            assert evidence in (reference.words or "") or (reference.words or "").endswith("[...]")
        assert reference.claims or reference.note or reference.report


def test_what_stands_in_quotation_marks_stands_so_in_a_cited_report(pair: tuple[Situation, Sitrep]) -> None:
    """Where accounts are compared the words are the account's own, elsewhere they are quoted there too."""
    _, sitrep = pair
    by_number = {reference.number: reference for reference in sitrep.references}
    texts = {held.report: plain(SHELF.text(held.sha256)) for held in situation(known=None).reports}
    for section in sitrep.sections:
        mark = "" if section.title == "Contacts and what each side told" else '["“«]'
        for sentence in section.sentences:
            references = [by_number[number] for number in sentence.cites]
            cited = [texts[one.report] for one in references if one.report and one.words]
            for match in QUOTED.finditer(sentence.text):
                inner = (match[1] or match[2]).removesuffix(" [...]").rstrip(".,;: ")
                assert any(re.search(mark + re.escape(inner), source) for source in cited), sentence.text


def test_each_figure_stands_in_the_cited_words_or_follows_from_them(pair: tuple[Situation, Sitrep]) -> None:
    found, sitrep = pair
    by_number = {reference.number: reference for reference in sitrep.references}
    for section in sitrep.sections:
        for sentence in section.sentences if section.title in ("Key points", "Figures") else ():
            cited = [by_number[number] for number in sentence.cites]
            claims = {name for reference in cited for name in reference.claims}
            known = {n for reference in cited for n in _numbers(reference.words or reference.note or "")}
            known |= {
                figure
                for line in (*found.totals, *found.series)
                for point in line.points
                if set(point.claims) <= claims
                for figure in (point.low, point.explosions.low if point.explosions else None)
            }
            records = (*found.records, *(one.record for one in found.superlatives if one.record))
            known |= {n for record in records for n in (record.days, record.on_file, record.missing)}
            known |= {n for alert in found.alerts for n in _numbers(alert.words)}
            known |= {
                round(figure)
                for made in found.bands
                for one in made.expectations
                for figure in (one.expected, one.upper, one.days, one.span)
            }
            large = {number for number in _numbers(sentence.text) if number > 31}
            assert large <= known | {found.at.year, 30}, sentence.text


def _numbers(text: str) -> set[int]:
    clockless = re.sub(r"\d\d:\d\d|in the 24 hours", "", text)
    return {
        int(number.replace(",", "")) for number in re.findall(r"\b\d{1,3}(?:,\d{3})+\b|\b\d+\b", clockless)
    }


def test_nobody_is_called_a_perpetrator(pair: tuple[Situation, Sitrep]) -> None:
    _, sitrep = pair
    assert not re.search(r"perpetrator|culprit", " ".join(text for text, _ in lines(sitrep)), re.IGNORECASE)


def test_somebodys_own_words_are_quoted_exactly() -> None:
    words = "“We are on our own land. We are not afraid.”"
    text = words.strip("“”")
    shelf = quoting(f'Kyiv answered. "{text}" Zelensky said of the Donbas.', text)
    written = " ".join(render(situation(shelf=shelf), shape="text", text_of=shelf.text).split())
    assert f"Volodymyr Zelensky said: {words} (The Wire, 20 February)" in written


def quoting(text: str, words: str) -> Shelf:
    start = text.index(words)
    said = Statement(
        evidence=(start - 1, len(text)),
        said_by=(),
        speaker=(Actor(name="Volodymyr Zelensky"),),
        act="assert",
        form="direct",
        content=(start, start + len(words)),
    )
    told = report("wire", "02-20", publisher="The Wire", title="War in the Donbas")
    return Shelf(entries(told, said), {told.sha256: text})


# --- what it says ------------------------------------------------------------------------------------


def test_on_20_february_it_says_what_an_officer_needs() -> None:
    text = " ".join(render(situation(), shape="text", text_of=SHELF.text).split())
    assert (
        "The SMM recorded 1,566 ceasefire violations in the 24 hours to the evening of 18 February 2022"
        in text
    )
    assert (
        "591 in Donetsk region and 975 in Luhansk region, own figures, the total being their sum; "
        "1,413 of the total were explosions"
    ) in text
    assert "highest daily total of 2022, as known on 20 February, among the" in text
    assert "before it the highest was 870 on 17 February" in text
    assert "more than 1,500 without stating the window, which agrees with the total for 18 February" in text
    assert "call of 105 minutes held on 20 February" in text


def test_two_days_later_the_record_is_in_doubt() -> None:
    text = " ".join(render(situation(known="02-22"), shape="text", text_of=SHELF.text).split())
    assert "That mark may no longer stand: Donetsk region alone comes to 1,579 on 19 February" in text
    assert "by subtraction" in text


def test_an_empty_ledger_says_so() -> None:
    text = render(situation(shelf=Shelf([], {})), shape="text", text_of=SHELF.text)
    assert "No claim on this ceasefire is on file" in text
    assert "0 claims" in text


def test_a_date_outside_the_ceasefire_says_so() -> None:
    text = render(situation("03-20", None), shape="text", text_of=SHELF.text)
    assert "20 March 2022 lies outside the Donbas ceasefire" in text


def test_a_claim_whose_text_is_not_on_file_is_cited_all_the_same() -> None:
    def nothing(sha256: str) -> str:
        raise UsageError(sha256)

    text = render(situation(), shape="text", text_of=nothing)
    assert "the words are not on file" in " ".join(text.split())
    assert "1,566" in text


def test_a_zero_is_told_as_none_and_a_gap_as_a_gap() -> None:
    shelf = Shelf([*daily("02-16", 0, 0), *daily("02-19", 5, 7)], {})
    text = " ".join(render(situation(shelf=shelf), shape="text", text_of=_no_text).split())
    assert "no figure - gap" in text
    assert re.search(r"Tue 15 Feb 0 0 0", text)


def _no_text(sha256: str) -> str:
    return ""


# --- shapes ------------------------------------------------------------------------------------------


def test_the_text_is_fit_for_a_terminal(pair: tuple[Situation, Sitrep]) -> None:
    written = SHAPES["text"](pair[1]).splitlines()
    assert len(written) > 20
    assert max(map(len, written)) <= 100
    body = "\n".join(written).partition("\nREFERENCES\n")[0]
    for sentence in re.split(r"^- ", body, flags=re.MULTILINE)[1:]:
        assert re.search(r"\.\s+(\[\d+(-\d+)?\]\s*)+$", sentence.split("\n\n")[0]), sentence


HOSTILE = '<script>alert(1)</script> \u202ereversed\u202c \x1b[31mred [x](http://e.vil) "quoted" {{ 7*7 }}'


def hostile() -> Shelf:
    told = report("evil\x1b]0;", "02-20", publisher=HOSTILE, text=HOSTILE)
    said = Statement(
        evidence=(0, len(HOSTILE)),
        said_by=(),
        speaker=(Actor(name=HOSTILE),),
        act="accuse",
        form="indirect",
        content=(0, len(HOSTILE)),
        about=(Actor(name="Donbas Trilateral Contact Group"),),
    )
    found = entries(
        msgspec.structs.replace(told, url="javascript:alert(1)"), said, count(5, "Donetsk region")
    )
    return Shelf(found, {told.sha256: HOSTILE + " " * 2000})


def page_text(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


@pytest.mark.parametrize("shape", [*SHAPES, "json"])
def test_hostile_words_stay_words(shape: str) -> None:
    shelf = hostile()
    found = situation(shelf=shelf)
    assert found.sayings
    written = render(found, shape=shape, text_of=shelf.text)
    assert "\x1b" not in written
    if shape != "json":
        assert "\u202e" not in written
    if shape == "html":
        assert "<script" not in written
        assert "javascript:" not in written
        assert "&lt;script&gt;" in written
        assert "{{ 7*7 }}" in page_text(written)
    if shape == "md":
        assert not re.search(r"(?<!\\)<script|(?<!\\)\]\(", written)


def test_the_page_needs_nothing_else() -> None:
    page = render(situation(), shape="html", text_of=SHELF.text)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    allowed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{allowed}'" in html.unescape(page)
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r"<script|<img|<iframe|<link|@import|url\(|\ssrc=|\son\w+=|style=", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    anchors = set(re.findall(r'href="#(r\d+)"', page))
    assert anchors <= set(re.findall(r'id="(r\d+)"', page))


def test_an_address_is_linked_only_if_it_is_of_the_web() -> None:
    shelf = Shelf(
        [
            msgspec.structs.replace(
                entry, report=msgspec.structs.replace(entry.report, url="https://example.org/39")
            )
            for entry in daily("02-19", 591, 975)
        ],
        {},
    )
    page = render(situation(shelf=shelf), shape="html", text_of=_no_text)
    assert 'href="https://example.org/39"' in page


def test_markdown_has_a_table_and_a_list_of_references() -> None:
    written = render(situation(), shape="md", text_of=SHELF.text)
    assert written.startswith("# Situation report: Donbas ceasefire of 2020-2022\n")
    rows = [line for line in written.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in rows}) == 1
    assert re.search(r"^1\. claim [0-9a-f]{16}", written, re.MULTILINE)


def test_json_is_the_situation_with_the_exact_words() -> None:
    found = situation()
    written = msgspec.json.decode(render(found, shape="json", text_of=SHELF.text), type=Situation)
    for telling in written.tellings.values():
        assert telling.words == SHELF.text(telling.sha256)[slice(*telling.claim.evidence)]
    bare = {name: msgspec.structs.replace(telling, words=None) for name, telling in written.tellings.items()}
    assert msgspec.structs.replace(written, tellings=bare) == found


def test_an_unknown_shape_or_view_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"'pdf'.*text, md, html, json"):
        render(situation(), shape="pdf", text_of=SHELF.text)
    with pytest.raises(UsageError, match=r"'map'.*sitrep"):
        render(situation(), shape="text", text_of=SHELF.text, view="map")


def test_a_report_without_publisher_or_date_is_named_by_its_id() -> None:
    told: Report = report("nameless", None, publisher=None)
    said = Statement(
        evidence=(0, 1),
        said_by=(),
        speaker=(Actor(name="Ukraine"),),
        act="deny",
        form="indirect",
        about=(Actor(name="Russia"),),
    )
    shelf = Shelf(entries(told, said), {})
    later = assess(shelf.entries(), DONBAS, at=day("02-20"), known=dt.date(2027, 1, 1))
    text = render(later, shape="text", text_of=_no_text)
    assert "nameless" in text
    assert "1 report on file has no date" in text
