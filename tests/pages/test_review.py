"""The review without a script: forms in, decisions on file, the queue without what is decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from lxml import html

from tests.pages.conftest import BASE, here, question
from tests.pages.test_review_browser import at, claims, report
from tests.pages.test_safety import ALIEN, SCRIPT, WORDS, hostile_claims, report_of
from trucewatch import catalog, documents
from trucewatch.errors import LedgerError
from trucewatch.ledger import Ledger
from trucewatch.model import Actor, Incident, Statement, Time
from trucewatch.pages import queue
from trucewatch.pages.desk import Desk

ORIGIN = {"origin": "http://127.0.0.1"}
SHA256 = report().sha256


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "review.db") as opened:
        opened.add(documents.read(report()), claims(), run=opened.begin(reader="test/1"))
        yield opened


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient[Any]]:
    with here(ledger) as made:
        yield made


def page(client: TestClient[Any], address: str) -> html.HtmlElement:
    answer = client.get(f"{BASE}/{address}")
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def fill(shown: html.HtmlElement, decision: str, **told: str) -> dict[str, Any]:
    """What a browser sends where a button is pressed; ``_`` in front of a name stands for the first claim."""
    form = next(one for one in shown.forms if one.get("method") == "post")
    held: dict[str, Any] = {}
    for name, value in form.form_values():
        held.setdefault(name, []).append(value)
    own = {
        name.replace("_", "1.", 1) if name.startswith("_") else name: value for name, value in told.items()
    }
    return {**held, "by": "Ana Mirza", "decision": decision, **own}


def send(client: TestClient[Any], told: dict[str, Any], **headers: str) -> Any:
    return client.post(f"{BASE}/review", data=told, headers={**ORIGIN, **headers}, follow_redirects=False)


def decide(client: TestClient[Any], claim: str, decision: str, **told: str) -> Any:
    return send(client, fill(page(client, f"review/{claim}"), decision, **told))


def queued(client: TestClient[Any]) -> list[str]:
    return [row["claim"] for row in client.get(f"{BASE}/review.json").json()]


# --- decisions -------------------------------------------------------------------------------------------


def test_the_queue_begins_with_the_least_certain_that_matters_most(client: TestClient[Any]) -> None:
    shown = page(client, "review")
    assert queued(client)[0] == "aa04"
    assert shown.xpath("//a[@class='start']/@href") == [f"{BASE}/review/aa04"]


def test_an_accepted_claim_leaves_the_queue_and_the_next_one_is_shown(
    client: TestClient[Any], ledger: Ledger
) -> None:
    before = queued(client)
    answer = decide(client, "aa04", "accept")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{BASE}/review/{before[1]}"
    assert queued(client) == before[1:]
    (review,) = ledger.reviews()
    assert (review.judgement.by, review.judgement.reason) == ("Ana Mirza", "the words say so")


def test_the_last_decision_leads_back_to_the_queue(client: TestClient[Any]) -> None:
    for claim in queued(client):
        answer = decide(client, claim, "accept")
    assert answer.headers["location"] == f"{BASE}/review"
    assert "Nothing is left to look at" in page(client, "review").text_content()


def test_a_correction_says_itself_what_was_changed(client: TestClient[Any], ledger: Ledger) -> None:
    decide(client, "aa01", "correct", _act="accuse", _about="Russia")
    (review,) = ledger.reviews()
    given = review.gives[0]
    assert isinstance(given, Statement)
    assert (given.act, given.about[0].country, given.about[0].span) == ("accuse", "RU", at("Russia"))
    assert given.speaker[0].id == "UA"
    assert review.judgement.reason == "changed: act, about"
    assert page(client, f"review/{given.id}").xpath("//p[@class='notice'][contains(., 'correct by')]")


def test_a_correction_changes_the_kind_and_keeps_what_was_typed(
    client: TestClient[Any], ledger: Ledger
) -> None:
    told = {"as": "incident", "1.time.start": "18", "1.place.text": "Mariupol", "_said_by": "Kyiv"}
    asked = decide(client, "aa01", "kind", reason="it is told as a fact", **told)
    assert asked.status_code == 303
    assert "token" not in asked.headers["location"]
    answer = client.get(asked.headers["location"])
    shown = html.document_fromstring(answer.text)
    assert shown.get_element_by_id("f1.time.start").get("value") == "18"
    assert shown.get_element_by_id("f1.evidence").value.startswith("Ukraine accused Russia")
    assert shown.get_element_by_id("reason").get("value") == "it is told as a fact"
    assert shown.xpath("//*[@id='f1.act']") == []
    assert ledger.reviews() == []
    assert send(client, fill(shown, "correct", _type="shelling", reason="")).status_code == 303
    (review,) = ledger.reviews()
    given = review.gives[0]
    assert isinstance(given, Incident)
    assert given.time == Time(start="2022-02-18")
    assert (given.place.text if given.place else None, given.said_by[0].source) == ("Mariupol", "Kyiv")
    assert review.judgement.reason.startswith("changed: kind from statement to incident, said by")


def test_a_figure_goes_along_from_a_count_to_a_posture_and_back(client: TestClient[Any]) -> None:
    there = client.get(
        decide(client, "aa03", "kind", **{"as": "posture", "_low": "29", "_unit": "shots"}).headers[
            "location"
        ]
    )
    shown = html.document_fromstring(there.text)
    told = {name: shown.get_element_by_id(f"f1.{name}").get("value") for name in ("low", "high", "unit")}
    assert told == {"low": "29", "high": "30", "unit": "shots"}
    back = client.get(send(client, fill(shown, "kind", **{"as": "count"})).headers["location"])
    again = html.document_fromstring(back.text)
    assert again.get_element_by_id("f1.low").get("value") == "29"
    assert again.get_element_by_id("f1.measure").value == "explosions"


def test_a_kind_chosen_and_saved_at_once_shows_its_fields_first(
    client: TestClient[Any], ledger: Ledger
) -> None:
    answer = decide(client, "aa01", "correct", _channel="radio", **{"as": "incident", "1.time.start": "18"})
    assert answer.status_code == 422
    shown = html.document_fromstring(answer.text)
    assert "now the fields of a incident" not in answer.text
    assert "these are now the fields of an incident" in shown.get_element_by_id("as-error").text_content()
    assert shown.get_element_by_id("f1.time.start").get("value") == "18"
    assert shown.get_element_by_id("f1.type").get("aria-invalid") is None
    assert ledger.reviews() == []


def test_a_kind_that_there_is_not_leaves_the_form_as_it_is(client: TestClient[Any]) -> None:
    shown = page(client, "review/aa01?kind=dance&1.act=deny")
    assert shown.get_element_by_id("f1.act").value == "deny"


def test_claims_ticked_for_a_merge_stay_ticked_when_the_kind_changes(client: TestClient[Any]) -> None:
    asked = decide(client, "aa04", "kind", **{"as": "statement", "with": "aa05"})
    shown = html.document_fromstring(client.get(asked.headers["location"]).text)
    assert shown.xpath("//input[@name='with'][@checked]/@value") == ["aa05"]


def test_a_correction_without_a_change_is_sent_back(client: TestClient[Any], ledger: Ledger) -> None:
    answer = decide(client, "aa01", "correct")
    assert answer.status_code == 422
    assert "no field was changed" in answer.text
    assert ledger.reviews() == []


def test_what_was_typed_comes_back_beside_what_is_wrong(client: TestClient[Any], ledger: Ledger) -> None:
    answer = decide(
        client, "aa01", "correct", by="", reason="so & so", **{"1.time.start": "99", "_channel": "<b>"}
    )
    assert answer.status_code == 422
    shown = html.document_fromstring(answer.text)
    assert shown.get_element_by_id("f1.time.start").get("value") == "99"
    assert shown.get_element_by_id("f1.channel").get("value") == "<b>"
    assert shown.get_element_by_id("reason").get("value") == "so & so"
    assert "'99' is no day" in shown.get_element_by_id("f1.time.start-error").text_content()
    assert "your name: is needed" in shown.get_element_by_id("by-error").text_content()
    assert shown.xpath("//*[@id='problem']//a/@href") == ["#by", "#f1.time.start"]
    assert ledger.reviews() == []


def test_claims_are_rejected_merged_and_split(client: TestClient[Any], ledger: Ledger) -> None:
    decide(client, "aa02", "reject", reject_reason="another kind of claim")
    decide(client, "aa04", "merge", **{"with": "aa05"})
    split = page(client, "review/aa01?split=2")
    send(client, fill(split, "split", **{"1.act": "accuse", "2.act": "warn"}))
    rejected, merged, cut = ledger.reviews()
    assert rejected.judgement.reason == "another kind of claim"
    assert [claim.id for claim in merged.replaces] == ["aa04", "aa05"]
    assert isinstance(merged.gives[0], Incident)
    assert [claim.act for claim in cut.gives if isinstance(claim, Statement)] == ["accuse", "warn"]
    assert queued(client) == ["aa03"]


def test_a_decision_is_taken_back_from_the_list(client: TestClient[Any], ledger: Ledger) -> None:
    before = queued(client)
    decide(client, "aa04", "reject")
    shown = page(client, "review")
    (number,) = shown.xpath("//button[@name='undo']/@value")
    answer = send(client, {**fill(shown, ""), "undo": number})
    assert answer.headers["location"] == f"{BASE}/review"
    assert ledger.reviews() == []
    assert queued(client) == before


def test_a_claim_is_added_by_its_words_and_a_report_is_said_to_be_complete(
    client: TestClient[Any], ledger: Ledger
) -> None:
    first = page(client, f"review/new?report={SHA256}&words=Kyiv wants talks&kind=statement")
    form = next(one for one in first.forms if one.get("id") == "decide")
    told = dict(form.form_values()) | {"1.speaker": "Kyiv", "1.act": "appeal", "by": "Bo", "decision": "add"}
    answer = send(client, told | {"1.form": "indirect"})
    assert answer.headers["location"] == f"{BASE}/reports/{SHA256}"
    send(client, {"token": told["token"], "report": SHA256, "by": "Bo", "decision": "complete"})
    added, complete = ledger.reviews()
    assert added.gives[0].evidence == at("Kyiv wants talks")
    assert complete.judgement.reason == "read in full, nothing is missing"
    shown = page(client, f"reports/{SHA256}").text_content()
    assert "Nothing is missing in it, says Bo" in shown
    assert "add by Bo" in shown


def test_words_that_the_report_does_not_have_are_told(client: TestClient[Any]) -> None:
    shown = page(client, f"review/new?report={SHA256}&words=never said&kind=statement")
    assert "these do not stand in the report" in shown.text_content()


def test_a_form_sent_twice_is_told_and_records_once(client: TestClient[Any], ledger: Ledger) -> None:
    told = fill(page(client, "review/aa04"), "reject")
    assert send(client, told).status_code == 303
    again = send(client, told)
    assert again.status_code == 422
    assert "counts no more" in again.text
    assert len(ledger.reviews()) == 1


def test_a_script_is_answered_in_json(client: TestClient[Any]) -> None:
    told = fill(page(client, "review/aa04"), "accept")
    answer = send(client, told, accept="application/json")
    assert answer.json() == {"seq": 1, "done": "Accepted", "next": f"{BASE}/review/{queued(client)[0]}"}
    wrong = send(client, told | {"by": " "}, accept="application/json")
    assert wrong.status_code == 422
    assert list(wrong.json()["errors"]) == ["by"]


def test_the_name_is_remembered_for_this_server_alone(client: TestClient[Any]) -> None:
    cookie = decide(client, "aa04", "accept", by="Ana Mírza; x").headers["set-cookie"]
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie
    assert page(client, "review/aa01").get_element_by_id("by").get("value") == "Ana Mírza; x"


def test_a_ledger_that_cannot_be_written_is_told_and_nothing_typed_is_lost(
    client: TestClient[Any], ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **more: object) -> None:
        raise LedgerError("the disk is full")

    monkeypatch.setattr(type(ledger), "review", full)
    answer = decide(client, "aa01", "correct", _channel="radio")
    assert answer.status_code == 503
    assert "the disk is full" in answer.text
    assert html.document_fromstring(answer.text).get_element_by_id("f1.channel").get("value") == "radio"


def test_a_claim_that_is_not_there_is_not_found(client: TestClient[Any]) -> None:
    assert client.get(f"{BASE}/review/ffff").status_code == 404
    assert client.get(f"{BASE}/review/new?report=00").status_code == 404


# --- the queue is not worked out anew --------------------------------------------------------------------


def test_decisions_do_not_make_the_queue_be_worked_out_anew_but_a_new_reading_does(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(ledger, {"donbas-2020": catalog.ceasefire("donbas-2020")})
    made: list[int] = []
    order = queue._order

    def counted(*told: Any) -> Any:
        made.append(1)
        return order(*told)

    monkeypatch.setattr(queue, "_order", counted)
    first = [row.claim for row in queue.rows(desk, question())]
    judgement = ledger.review("accept", [first[0]], by="Ana", reason="so")
    assert [row.claim for row in queue.rows(desk, question())] == first[1:]
    ledger.judge("undo", [str(judgement.seq)], by="Ana", reason="a slip")
    assert [row.claim for row in queue.rows(desk, question())] == first
    assert len(made) == 1
    text = "Russia shelled Ukraine on Saturday, in the Donetsk region."
    ukraine = Actor(name="Ukraine", span=(15, 22), id="UA", country="UA", type="country")
    russia = Actor(name="Russia", span=(0, 6), id="RU", country="RU", type="country")
    day = Time(text="on Saturday", start="2022-02-19", end="2022-02-19")
    shelled = Incident(
        id="bb01",
        evidence=(0, len(text)),
        said_by=(),
        type="shelling",
        perpetrator=(russia,),
        target=(ukraine,),
        time=day,
    )
    new = documents.read(report(name="r2", text=text))
    ledger.add(new, [shelled], run=ledger.begin(reader="test/1"))
    assert "bb01" in [row.claim for row in queue.rows(desk, question())]
    assert len(made) == 2


def test_a_decision_older_than_the_queue_brings_its_claim_back_when_it_is_undone(ledger: Ledger) -> None:
    judgement = ledger.review("reject", ["aa04"], by="Ana", reason="so")
    desk = Desk(ledger, {"donbas-2020": catalog.ceasefire("donbas-2020")})
    assert "aa04" not in [row.claim for row in queue.rows(desk, question())]
    ledger.judge("undo", [str(judgement.seq)], by="Ana", reason="a slip")
    assert "aa04" in [row.claim for row in queue.rows(desk, question())]


# --- hostile reports -------------------------------------------------------------------------------------


def test_a_hostile_report_stands_in_the_form_as_text_and_comes_back_as_it_was(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "bad.db") as ledger, here(ledger) as client:
        bad = report_of(WORDS, name="bad", title=SCRIPT)
        ledger.add(documents.read(bad), hostile_claims(), run=ledger.begin(reader="test/1"))
        for address in ("review/aaaa0001", "review/aaaa0001?split=2", "review/aaaa0002", "review"):
            answer = client.get(f"{BASE}/{address}")
            assert html.document_fromstring(answer.text).xpath(ALIEN) == []
            assert "\u202e" not in answer.text
        shown = page(client, "review/aaaa0001")
        assert shown.get_element_by_id("f1.speaker").get("value") == f"Kyiv {SCRIPT}"
        assert decide(client, "aaaa0001", "correct", _act="warn").status_code == 303
        (review,) = ledger.reviews()
    before = hostile_claims()[0]
    given = msgspec.structs.replace(review.gives[0], id=before.id, confidence=None, reader=None)
    assert given == msgspec.structs.replace(before, act="warn")


# --- who may change anything -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"origin": "http://evil.example"}, "origin is another"),
        ({"origin": "null"}, "origin is another"),
        ({"origin": ""}, "origin is another"),
        ({"origin": "http://127.0.0.1:8001"}, "origin is another"),
        ({"sec-fetch-site": "cross-site"}, "another site sent it"),
        ({"sec-fetch-site": "same-site"}, "another site sent it"),
        ({"content-type": "text/plain"}, "Only forms are taken"),
        ({"content-type": "multipart/form-data"}, "Only forms are taken"),
    ],
)
def test_a_form_from_elsewhere_changes_nothing(
    client: TestClient[Any], ledger: Ledger, headers: dict[str, str], why: str
) -> None:
    answer = send(client, fill(page(client, "review/aa04"), "accept"), **headers)
    assert answer.status_code == 403
    assert why in answer.text
    assert ledger.reviews() == []


@pytest.mark.parametrize("token", ["", "x", "é"])
def test_a_form_without_the_secret_changes_nothing(
    client: TestClient[Any], ledger: Ledger, token: str
) -> None:
    answer = send(client, fill(page(client, "review/aa04"), "accept", token=token))
    assert answer.status_code == 403
    assert ledger.reviews() == []


@pytest.mark.parametrize("claim", ["x\r\nSet-Cookie: evil=1", "é", "../../../other", "aa04?x"])
def test_what_is_no_id_of_a_claim_leads_nowhere_and_records_nothing(
    client: TestClient[Any], ledger: Ledger, claim: str
) -> None:
    decide(client, "aa04", "accept")
    told = {"token": fill(page(client, "review"), "undo")["token"], "by": "Ana Mirza"}
    answer = send(client, {**told, "undo": "1", "claim": claim})
    assert (answer.status_code, answer.headers.get("set-cookie")) == (404, None)
    assert "there is no claim" in answer.text
    assert len(ledger.reviews()) == 1


def test_a_form_that_is_too_large_changes_nothing(client: TestClient[Any], ledger: Ledger) -> None:
    answer = send(client, fill(page(client, "review/aa04"), "accept", reason="x" * 300_000))
    assert answer.status_code == 413
    assert ledger.reviews() == []


@pytest.mark.parametrize("body", [b"\xff\xfe=1", b"&".join(b"a=1" for _ in range(500))])
def test_a_form_that_cannot_be_read_changes_nothing(client: TestClient[Any], body: bytes) -> None:
    headers = {**ORIGIN, "content-type": "application/x-www-form-urlencoded"}
    assert client.post(f"{BASE}/review", content=body, headers=headers).status_code == 403


def test_from_another_machine_the_review_is_read_and_nothing_is_decided(ledger: Ledger) -> None:
    with here(ledger) as mine:
        told = fill(page(mine, "review/aa04"), "accept")
    with here(ledger, address="192.168.1.7") as far:
        for address in ("review", "review/aa04", f"review/new?report={SHA256}&words=Kyiv&kind=count"):
            shown = page(far, address)
            assert shown.xpath("//button[@name='decision' or @name='undo']") == []
            assert "only on the machine that serves" in shown.text_content()
            assert told["token"][0] not in far.get(f"{BASE}/{address}").text
        answer = send(far, told)
    assert answer.status_code == 403
    assert "only on the machine that serves" in answer.text
    assert ledger.reviews() == []


@pytest.mark.parametrize("address", ["today", "reports", "review/aa04", "review/new", "review.json"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_no_other_address_takes_anything(client: TestClient[Any], address: str, method: str) -> None:
    assert client.request(method, f"{BASE}/{address}", headers=ORIGIN).status_code == 405


def test_words_that_are_withheld_are_not_written_down_by_a_correction(
    client: TestClient[Any], ledger: Ledger
) -> None:
    ledger.judge("withhold", ["Denis Pushilin"], by="Ana", reason="a test")
    answer = decide(client, "aa02", "correct", _act="warn")
    assert answer.status_code == 422
    assert "are withheld" in answer.text
    assert decide(client, "aa02", "accept").status_code == 303
