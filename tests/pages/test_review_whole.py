"""The review of a whole report, claim by claim to its end; and of claims that several reports tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from lxml import html

from tests.pages.conftest import BASE, here
from tests.pages.test_review import SHA256, decide, fill, page, send
from tests.pages.test_review_browser import claims, report
from trucewatch import documents
from trucewatch.ledger import Ledger
from trucewatch.model import Actor, Contact, Time

IN_ORDER = ["aa03", "aa04", "aa01", "aa05", "aa02"]
"""The claims of the report as they stand in its text."""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "review.db") as opened:
        opened.add(documents.read(report()), claims(), run=opened.begin(reader="test/1"))
        yield opened


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient[Any]]:
    with here(ledger) as made:
        yield made


# --- a whole report ----------------------------------------------------------------------------------------


def walked(client: TestClient[Any]) -> list[str]:
    """The claims that the links lead to, from the report's page on, each accepted."""
    (address,) = page(client, f"reports/{SHA256}").xpath("//a[contains(., 'to decide on')]/@href")
    found = []
    while "/review/" in address:
        shown = html.document_fromstring(client.get(address).text)
        found.append(shown.xpath("//*[@data-claim]/@data-claim")[0])
        answer = send(client, fill(shown, "accept"))
        assert answer.status_code == 303
        address = answer.headers["location"]
    assert address == f"{BASE}/reports/{SHA256}#complete"
    return found


def placed(*names: str) -> list[str]:
    order = {claim.id: (claim.evidence, claim.id) for claim in claims()}
    return sorted(names, key=lambda name: order[name])


def test_a_report_is_reviewed_in_the_order_of_its_text_to_the_button_that_says_it_is_complete(
    client: TestClient[Any],
) -> None:
    assert walked(client) == placed(*IN_ORDER)
    shown = page(client, f"reports/{SHA256}")
    assert shown.get_element_by_id("complete").tag == "button"
    assert "every claim is decided on" in shown.get_element_by_id("undecided").text_content()
    assert shown.xpath("//a[contains(., 'to decide on')]") == []


def test_what_is_decided_already_is_passed_over_and_what_is_skipped_stays(client: TestClient[Any]) -> None:
    first, second, third, *_ = placed(*IN_ORDER)
    decide(client, second, "reject")
    shown = page(client, f"review/{first}?of={SHA256}")
    assert shown.xpath("//form//a[@rel='next']/@href") == [f"{BASE}/review/{third}?of={SHA256}"]
    assert shown.xpath("//form//a[@rel='prev']/@href") == [f"{BASE}/reports/{SHA256}"]
    assert "4 to decide on" in shown.xpath("//p[@class='crumb']")[0].text_content()


def test_a_claim_of_no_day_shown_is_reviewed_with_its_report(ledger: Ledger, client: TestClient[Any]) -> None:
    far = msgspec.structs.replace(report(name="far", text="Shelling went on."), published=dt.date(2016, 1, 3))
    told = msgspec.structs.replace(claims()[3], id="ff01", evidence=(0, 8), time=None)
    ledger.add(documents.read(far), [told], run=ledger.begin(reader="test/1"))
    assert "ff01" not in client.get(f"{BASE}/review.json").text
    answer = send(client, fill(page(client, f"review/ff01?of={far.sha256}"), "accept"))
    assert answer.headers["location"] == f"{BASE}/reports/{far.sha256}#complete"
    assert [one.gives[0].id for one in ledger.reviews()] == ["ff01"]


def test_the_kind_and_the_split_of_a_claim_stay_on_the_way_through_the_report(
    client: TestClient[Any],
) -> None:
    shown = page(client, f"review/aa01?of={SHA256}")
    there = send(client, fill(shown, "kind", **{"as": "incident"})).headers["location"]
    assert f"of={SHA256}" in there
    again = html.document_fromstring(client.get(there).text)
    assert again.xpath("//form[@id='decide']//input[@name='of']/@value") == [SHA256]
    assert f"of={SHA256}" in shown.xpath("//a[@class='split']/@href")[0]


def test_a_report_that_is_not_there_is_no_way(client: TestClient[Any]) -> None:
    assert client.get(f"{BASE}/review/aa01?of=00").status_code == 404


def test_a_report_is_said_to_be_complete_on_its_page_and_that_is_taken_back_there(
    client: TestClient[Any], ledger: Ledger
) -> None:
    shown = page(client, f"reports/{SHA256}")
    assert shown.get_element_by_id("undecided").text_content() == "5 claims are still undecided"
    answer = send(client, fill(shown, "complete"))
    assert answer.headers["location"] == f"{BASE}/reports/{SHA256}"
    done = page(client, f"reports/{SHA256}")
    told = done.get_element_by_id("complete").text_content()
    assert "Nothing is missing in it, says Ana Mirza on " in told
    assert "5 claims are still undecided" in told
    (number,) = done.xpath("//button[@name='undo']/@value")
    back = send(client, {**fill(done, ""), "undo": number})
    assert back.headers["location"] == f"{BASE}/reports/{SHA256}"
    assert ledger.reviews() == []
    assert page(client, f"reports/{SHA256}").get_element_by_id("complete").tag == "button"


def test_without_a_name_the_report_is_shown_again_and_says_so(
    client: TestClient[Any], ledger: Ledger
) -> None:
    answer = send(client, fill(page(client, f"reports/{SHA256}"), "complete", by=" "))
    assert answer.status_code == 422
    shown = html.document_fromstring(answer.text)
    assert shown.get_element_by_id("complete").tag == "button"
    assert shown.xpath("//*[@id='problem']//a/@href") == ["#by"]
    assert ledger.reviews() == []


def test_from_another_machine_a_report_has_no_button(ledger: Ledger) -> None:
    ledger.review("complete", report=("Meridian Wire", "r1"), by="Bo", reason="read")
    with here(ledger, address="192.168.1.7") as far:
        shown = page(far, f"reports/{SHA256}")
    assert shown.xpath("//main//button[@name]") == []
    assert "says Bo" in shown.get_element_by_id("complete").text_content()


# --- one thing in several reports --------------------------------------------------------------------------

MET = "France and Germany held a call on Friday about Ukraine."


def contact(name: str) -> Contact:
    france = Actor(name="France", span=(0, 6), id="FR", country="FR", type="country")
    germany = Actor(name="Germany", span=(11, 18), id="DE", country="DE", type="country")
    return Contact(
        id=name,
        evidence=(0, len(MET)),
        said_by=(),
        form="call",
        status="held",
        participants=(france, germany),
        time=Time(text="on Friday", start="2022-02-18", end="2022-02-18"),
        confidence=0.5,
    )


@pytest.fixture
def twice(tmp_path: Path) -> Iterator[Ledger]:
    """A call that two publishers tell of, in a ledger of its own."""
    with Ledger.open(tmp_path / "twice.db") as opened:
        run = opened.begin(reader="test/1")
        for name, publisher, more in (
            ("cc01", "Meridian Wire", ""),
            ("cc02", "Harbour Post", " So they said."),
        ):
            told = msgspec.structs.replace(
                report(name=name, text=MET + more), publisher=publisher, title=name
            )
            opened.add(documents.read(told), [contact(name)], run=run)
        yield opened


def contacts(client: TestClient[Any]) -> list[list[str]]:
    rows = client.get(f"{BASE}/contacts.json").json()
    return sorted(sorted(claim for told in row["accounts"] for claim in told["claims"]) for row in rows)


@pytest.mark.parametrize(
    ("pressed", "then"),
    [("same", [["cc01", "cc02"]]), ("different", [["cc01"], ["cc02"]])],
)
def test_claims_of_two_reports_are_judged_where_they_are_reviewed_and_the_contacts_follow(
    twice: Ledger, pressed: str, then: list[list[str]]
) -> None:
    with here(twice) as client:
        assert contacts(client) == [["cc01", "cc02"]]
        shown = page(client, "review/cc01")
        assert shown.xpath(f"//button[@name='{pressed}']/@value") == ["cc02"]
        answer = send(client, {**fill(shown, ""), pressed: "cc02"})
        assert answer.headers["location"] == f"{BASE}/review/cc01"
        (judgement,) = twice.judgements()
        assert (judgement.decision, judgement.by) == (pressed, "Ana Mirza")
        assert sorted(judgement.subjects) == ["cc01", "cc02"]
        assert contacts(client) == then
