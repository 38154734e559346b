"""Every page over the sample reports: it is there, well-formed, says its limits, and is a file as well."""

from __future__ import annotations

import datetime as dt
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import html

from tests.pages.conftest import BASE, DAY, DONBAS, Client, question
from trucewatch.ledger import Ledger
from trucewatch.pages.columns import MOST
from trucewatch.pages.limits import LIMITS
from trucewatch.pages.plan import PAGES
from trucewatch.views import exports
from trucewatch.views.query import Period, Query

_VOID = {"meta", "link", "input", "br", "hr", "img"}


def tree(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:500]
    return html.document_fromstring(answer.text)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_its_heading_its_place_in_the_menu_and_its_limits(client: Client, page: str) -> None:
    shown = tree(client, f"{BASE}/{page}")
    assert shown.findtext(".//h1") == PAGES[page].title
    assert [a.text for a in shown.iterfind(".//nav//a[@aria-current='page']")] == [PAGES[page].title]
    limits = [item.text for item in shown.iterfind(".//section[@class='limits']//li")]
    assert limits == list(LIMITS[page]) != []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_well_formed_and_every_mark_that_opens_closes(client: Client, page: str) -> None:
    text = client.get(f"{BASE}/{page}").text
    opened: list[str] = []
    for closing, name, empty in re.findall(r"<(/?)([a-z][a-z0-9]*)\b[^>]*?(/?)>", text):
        if closing:
            assert opened.pop() == name
        elif name not in _VOID and not empty:
            opened.append(name)
    assert opened == []


@pytest.mark.parametrize("page", PAGES)
def test_no_two_places_of_a_page_have_one_name_and_every_link_within_it_leads_somewhere(
    client: Client, page: str
) -> None:
    shown = tree(client, f"{BASE}/{page}")
    names = [str(name) for name in shown.xpath("//@id")]
    assert len(names) == len(set(names))
    within = [str(link)[1:] for link in shown.xpath("//a/@href") if str(link).startswith("#")]
    assert set(within) <= set(names)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_no_inline_script_or_style_and_loads_from_nowhere_else(client: Client, page: str) -> None:
    shown = tree(client, f"{BASE}/{page}")
    assert shown.xpath("//script[not(@src)] | //script[text()] | //style | //iframe | //@style") == []
    assert all(str(one).startswith("/static/") for one in shown.xpath("//script/@src"))
    assert shown.xpath("//@*[starts-with(name(), 'on')]") == []
    loaded = [str(link) for link in shown.xpath("//link/@href | //img/@src | //form/@action")]
    assert loaded
    assert all(link.startswith("/") and not link.startswith("//") for link in loaded)


@pytest.mark.parametrize("page", PAGES)
def test_every_table_has_a_caption_and_heads_with_a_scope(client: Client, page: str) -> None:
    for table in tree(client, f"{BASE}/{page}").iterfind(".//table"):
        assert table.find("caption").text_content()
        assert all(head.get("scope") in ("col", "row") for head in table.iterfind(".//th"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_anything_on_file_says_so_instead_of_failing(client: Client, page: str) -> None:
    shown = tree(client, f"/{DONBAS}/1990-01-01/{page}")
    assert len(shown.xpath("//h2")) > 1


def test_every_page_has_limits_and_no_limit_is_without_a_page() -> None:
    assert list(LIMITS) == list(PAGES)
    assert all(LIMITS.values())


# --- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["json", "csv"])
@pytest.mark.parametrize("view", exports.EXPORTS)
def test_a_view_as_a_file_is_what_export_gives_for_the_same_question(
    client: Client, ledger: Ledger, view: str, shape: str
) -> None:
    known = dt.date(2022, 2, 21)
    given = question().ceasefire
    query = Query(ceasefire=given, period=Period(start=DAY - dt.timedelta(days=30), end=DAY), known=known)
    answer = client.get(f"{BASE}/{view}.{shape}?known={known}")
    assert answer.text == exports.export(f"{view}.{shape}", ledger, query)


def test_all_days_before_are_what_export_gives_for_a_day(client: Client, ledger: Ledger) -> None:
    query = Query(ceasefire=question().ceasefire, period=Period.of("2022-02-20"))
    answer = client.get(f"{BASE}/violations.csv?days=all")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text == exports.export("series.csv", ledger, query)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_a_file_in_both_shapes(client: Client, page: str) -> None:
    assert client.get(f"{BASE}/{page}.json").json()
    assert len(client.get(f"{BASE}/{page}.csv").text.splitlines()) > 1


def test_a_report_cited_as_such_is_told_by_its_title(client: Client) -> None:
    shown = tree(client, f"{BASE}/today").text_content()
    assert "title: " in shown
    assert "the words are not on file" not in shown


def test_the_map_is_geojson_with_a_point_only_where_one_is_known(client: Client) -> None:
    answer = client.get(f"{BASE}/map.geojson")
    assert answer.headers["content-type"].startswith("application/geo+json")
    features = answer.json()["features"]
    points = [one["geometry"] for one in features if one["geometry"]]
    assert 0 < len(points) < len(features)
    assert all(one["properties"]["precision"] for one in features if one["geometry"])


# --- the way through -------------------------------------------------------------------------------


def test_the_start_leads_to_the_newest_day_of_the_first_ceasefire(client: Client) -> None:
    answer = client.get("/", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{DONBAS}/2022-02-23/today"


def test_the_form_leads_to_the_address_that_it_means(client: Client) -> None:
    asked = {"page": "contacts", "ceasefire": "syria-2016", "day": "2019-02-23", "known": "", "days": "all"}
    answer = client.get("/go", params=asked, follow_redirects=False)
    assert answer.headers["location"] == "/syria-2016/2019-02-23/contacts?days=all"


def test_the_days_before_and_after_keep_the_rest_of_the_question(client: Client) -> None:
    shown = tree(client, f"{BASE}/forces?known=2022-02-21&days=7")
    assert shown.xpath("//a[@rel='prev']/@href") == [f"/{DONBAS}/2022-02-19/forces?known=2022-02-21&days=7"]
    assert shown.xpath("//a[@rel='next']/@href") == [f"/{DONBAS}/2022-02-21/forces?known=2022-02-21&days=7"]


def test_a_day_of_knowledge_takes_away_what_was_published_later(client: Client) -> None:
    later, then = (client.get(f"{BASE}/today{known}").text for known in ("", "?known=2022-02-20"))
    assert "912" in later
    assert "912" not in then


def test_every_claim_of_today_leads_to_its_mark_in_its_report(client: Client) -> None:
    links = tree(client, f"{BASE}/today").xpath("//a[@class='claim']/@href")
    assert len(links) > 20
    for link in links[:5]:
        answer = client.get(str(link), follow_redirects=False)
        address, _, mark = answer.headers["location"].partition("#")
        assert mark in tree(client, address).xpath("//@id")


def test_a_report_is_found_by_its_id(client: Client) -> None:
    answer = client.get(f"{BASE}/reports?id=2022-02-19-osce-smm-39", follow_redirects=False)
    assert answer.status_code == 303
    heading = tree(client, answer.headers["location"]).find(".//h1")
    assert heading is not None
    assert "Daily Report 39/2022" in heading.text_content()


def test_statements_are_narrowed_by_what_is_chosen_on_the_page_and_in_its_files(client: Client) -> None:
    shown = tree(client, f"{BASE}/statements?act=deny")
    assert shown.xpath("//select[@name='act']/option[@selected]/@value") == ["deny"]
    acts = {str(cell.text_content()) for cell in shown.xpath("//td[@data-head='Act']")}
    assert acts == {"deny"}
    link = shown.xpath("//p[@class='files']/a[1]/@href")[0]
    assert {row["act"] for row in client.get(str(link)).json()} == {"deny"}


def test_a_value_that_nothing_has_gives_an_empty_page_and_stays_chosen(client: Client) -> None:
    shown = tree(client, f"{BASE}/statements?speakers=Nobody%20at%20all")
    assert shown.xpath("//select[@name='speakers']/option[@selected]/@value") == ["Nobody at all"]
    assert shown.xpath("//section[1]//table") == []
    assert "Nothing on file" in shown.text_content()


def test_two_accounts_of_a_contact_stand_side_by_side_with_what_differs_marked(client: Client) -> None:
    shown = tree(client, f"{BASE}/contacts")
    (table, *_) = shown.xpath("//section[h2/bdi[contains(., ' beside ')]]//table")
    heads = [head.text_content() for head in table.xpath(".//thead//th")]
    assert heads[0] == "Matter"
    assert heads[-1] == "How they stand"
    stands = {cell.text_content() for cell in table.xpath(".//td[@data-head='How they stand']")}
    assert any(words.startswith("only told by") for words in stands)
    assert "is no contradiction" in table.find("caption").text_content()


def test_the_calendar_has_a_contact_on_its_day_and_leads_to_its_row(client: Client) -> None:
    shown = tree(client, f"{BASE}/contacts")
    (today,) = shown.xpath("//table[@class='calendar']//td[@aria-current='date']")
    assert today.xpath("span[@class='date']/text()") == ["20"]
    link = next(a for a in today.iterfind(".//a") if "Macron and Vladimir Putin" in a.text_content())
    row = shown.get_element_by_id(link.get("href")[1:])
    assert "held" in row.text_content()


def test_a_series_is_drawn_above_its_table(client: Client) -> None:
    shown = tree(client, f"{BASE}/violations")
    drawn = shown.xpath("//figure/*[local-name()='svg']/*[local-name()='title']/text()")
    assert drawn[0].startswith("Ceasefire violations, ")
    assert "1,566" in shown.xpath("//table")[0].text_content()


def test_commitments_of_all_days_rest_on_all_that_is_on_file(client: Client, ledger: Ledger) -> None:
    query = Query(ceasefire=question().ceasefire, period=Period.of("2022-02-20"))
    rows = exports.EXPORTS["commitments"].rows(ledger, query)
    shown = tree(client, f"{BASE}/commitments?days=all")
    assert len(shown.xpath("//section[1]//tbody/tr")) == min(len(rows), MOST)


# --- what is wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/atlantis/2022-02-20/today", 404, "donbas-2020, syria-2016"),
        ("/atlantis", 404, "donbas-2020, syria-2016"),
        (f"/{DONBAS}/2022-02-30/today", 400, "'2022-02-30' is no day"),
        (f"/{DONBAS}/someday/today", 400, "Days are written 2022-02-20"),
        (f"{BASE}/weather", 404, "today, violations, contacts"),
        (f"{BASE}/contacts.xlsx", 404, "each as .json or .csv"),
        (f"{BASE}/weather.csv", 404, "There is no file"),
        (f"{BASE}/today?known=soon", 400, "'soon' is no day"),
        (f"{BASE}/today?days=12", 400, "7, 31, 92, 366, all"),
        (f"{BASE}/reports/abcdef", 404, "No report with SHA-256 abcdef"),
        (f"{BASE}/reports?id=nothing", 404, "No report &#39;nothing&#39;"),
        (f"{BASE}/claims/zzzz", 404, "there is no claim"),
        (f"{BASE}/today/more/and/more", 404, "Not Found"),
        ("/static/../app.py", 404, ""),
        ("/static/app.py", 404, "There is no file"),
        ("/go?page=weather", 404, "There is no page"),
    ],
)
def test_a_wrong_address_is_told_with_the_valid_choices(
    client: Client, address: str, status: int, told: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert told.replace("'", "&#39;") in answer.text or told in answer.text
    assert "Where to go" in answer.text


def test_words_of_a_wrong_address_are_text(client: Client) -> None:
    answer = client.get("/%3Cscript%3Ealert(1)%3C/2022-02-20/today")
    assert answer.status_code == 404
    assert "<script" not in answer.text


def test_a_claim_that_several_begin_so_is_told_with_their_ids(client: Client) -> None:
    assert client.get(f"{BASE}/claims/a").status_code == 404


def test_a_page_that_is_ready_does_not_wait_for_those_that_are_worked_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, slow = f"{BASE}/today?days=366", f"/{DONBAS}/2022-02-19/today"
    client.get(address)
    go_on, begun = threading.Event(), threading.Event()

    def wait(*asked: object, **more: object) -> list[object]:
        begun.set()
        go_on.wait(30)
        return []

    monkeypatch.setattr("trucewatch.pages.desk.Desk.situation", wait)
    monkeypatch.setattr("trucewatch.pages.desk.Desk.composed", wait)
    with ThreadPoolExecutor(12) as readers:
        waiting = [readers.submit(client.get, f"{slow}?days={days}") for days in ("7", "92", "366") * 4]
        assert begun.wait(10)
        try:
            assert client.get(address).status_code == 200
        finally:
            go_on.set()
        assert len([one.result() for one in waiting]) == 12
