"""What a hostile report, a hostile address or another site can do: nothing but be shown as text."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from lxml import html

from tests.pages.conftest import BASE, DONBAS, Client, asking
from trucewatch import documents
from trucewatch.ledger import Ledger
from trucewatch.model import Actor, Incident, Report, Statement, Voice, digest

DAY = dt.date(2022, 2, 20)
SCRIPT = "<script>alert(1)</script>"
ALIEN = (
    "//script[not(starts-with(@src, '/static/'))] | //script[text()] | //img"  # what is not the pages' own
)
HANDLER = '"><img src=x onerror="alert(1)">'
REVERSED = "\u202egninneb"  # shows as "benning" written from the right
WORDS = f"Kyiv said {SCRIPT} that {HANDLER} Russia shelled Donetsk {REVERSED} today.\n\nשלום &amp; done."
LONG = 5_000_000


def report_of(text: str, *, name: str, title: str = "", url: str | None = None) -> Report:
    data = text.encode()
    return Report(
        id=name,
        data=data,
        media_type="text/plain",
        origin="made up",
        sha256=digest(data),
        publisher=f"Wire {SCRIPT}",
        published=DAY,
        title=title,
        url=url,
    )


def hostile_claims() -> list[Statement | Incident]:
    shelled = WORDS.index("Russia")
    return [
        Statement(
            id="aaaa0001",
            evidence=(0, len(WORDS) - 14),
            said_by=(Voice(source=HANDLER, cue=SCRIPT),),
            speaker=(Actor(name=f"Kyiv {SCRIPT}"),),
            act="accuse",
            form="indirect",
        ),
        Incident(
            id="aaaa0002",
            evidence=(shelled, shelled + 25),
            said_by=(),
            type="shelling",
            perpetrator=(Actor(name=f"Russia {REVERSED}", country="RU"),),
        ),
    ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Ledger.open(path) as ledger:
        run = ledger.begin(reader="test/1")
        bad = report_of(WORDS, name=f"bad {HANDLER}/1?x#y", title=SCRIPT, url="javascript:alert(1)")
        ledger.add(documents.read(bad), hostile_claims(), run=run)
        good = report_of("Plain words.", name="good", url="https://example.org/a?b=c&d")
        ledger.add(documents.read(good), [], run=run)
    return path


def shown(client: Client, name: str) -> str:
    answer = client.get(f"{BASE}/reports", params={"id": name})
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


def test_a_hostile_report_is_shown_as_text(hostile: Path) -> None:
    with Ledger.open(hostile, create=False) as ledger, asking(ledger) as client:
        text = shown(client, f"bad {HANDLER}/1?x#y")
    page = html.document_fromstring(text)
    assert page.xpath(ALIEN) == []
    words = page.xpath("//div[@class='passage']")[0].text_content()
    assert SCRIPT in words
    assert HANDLER in words
    assert "&amp; done." in words
    assert "javascript:" not in text


def test_marks_that_turn_the_direction_are_written_out(hostile: Path) -> None:
    with Ledger.open(hostile, create=False) as ledger, asking(ledger) as client:
        text = shown(client, f"bad {HANDLER}/1?x#y")
    assert "\u202e" not in text
    assert "[U+202E RIGHT-TO-LEFT OVERRIDE]" in text


def test_evidence_that_overlaps_is_marked_for_each_claim_and_changes_no_word(hostile: Path) -> None:
    with Ledger.open(hostile, create=False) as ledger, asking(ledger) as client:
        page = html.document_fromstring(shown(client, f"bad {HANDLER}/1?x#y"))
    assert [mark.get("class") for mark in page.iterfind(".//mark")] == [
        "statement",
        "incident many",
        "statement",
    ]
    assert page.xpath("//a[@id='m1']/@href") == ["#c1"]
    assert page.xpath("//a[@id='m2']/@aria-label") == ["I2, claim 2, incident"]
    assert {"c1", "c2"} <= set(page.xpath("//@id"))


@pytest.mark.parametrize("page", ["today", "statements", "incidents", "reports", "review", "sources", "map"])
def test_no_page_takes_words_of_a_report_for_html(hostile: Path, page: str) -> None:
    with Ledger.open(hostile, create=False) as ledger, asking(ledger) as client:
        answer = client.get(f"{BASE}/{page}?q=%3Cscript%3E")
    assert answer.status_code == 200
    assert html.document_fromstring(answer.text).xpath(ALIEN) == []
    assert "<script>" not in answer.text
    assert "\u202e" not in answer.text


def test_only_addresses_of_the_web_become_links_and_tell_nobody_where_from(hostile: Path) -> None:
    with Ledger.open(hostile, create=False) as ledger, asking(ledger) as client:
        page = html.document_fromstring(shown(client, "good"))
    (link,) = page.xpath("//a[starts-with(@href, 'http')]")
    assert link.get("href") == "https://example.org/a?b=c&d"
    assert "noreferrer" in link.get("rel")


def test_a_text_of_five_million_characters_shows_in_parts_each_within_a_second(tmp_path: Path) -> None:
    sentence = "Nothing was said on that day and nobody asked. "
    text = (sentence * (LONG // len(sentence) + 1))[:LONG]
    with Ledger.open(tmp_path / "long.db") as ledger:
        run = ledger.begin(reader="test/1")
        made = report_of(text, name="long")
        late = Incident(id="bbbb0001", evidence=(4_000_000, 4_000_040), said_by=(), type="clash")
        ledger.add(documents.read(made), [late], run=run)
        with asking(ledger) as client:
            start = time.perf_counter()
            first = client.get(f"{BASE}/reports/{made.sha256}")
            took = time.perf_counter() - start
            claim = client.get(f"{BASE}/claims/bbbb0001", follow_redirects=False)
            there = client.get(claim.headers["location"])
            beyond = client.get(f"{BASE}/reports/{made.sha256}?part=99")
    assert took < 1.0
    assert len(first.content) < 300_000
    assert "Part 1 of 51" in " ".join(first.text.split())
    assert claim.headers["location"].endswith("part=41#m1")
    assert 'id="m1"' in there.text
    assert beyond.status_code == 404


def test_a_text_without_a_single_space_is_cut_all_the_same(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "solid.db") as ledger:
        run = ledger.begin(reader="test/1")
        made = report_of("x" * 250_000, name="solid")
        ledger.add(documents.read(made), [], run=run)
        with asking(ledger) as client:
            parts = [client.get(f"{BASE}/reports/{made.sha256}?part={part}") for part in (1, 2, 3)]
    lengths = [
        len(html.document_fromstring(part.text).xpath("//div[@class='passage']")[0].text_content())
        for part in parts
    ]
    assert lengths == [100_000, 100_000, 50_000]


# --- the wire --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [f"{BASE}/today", f"{BASE}/today.json", "/nowhere/at/all/ever", "/"])
def test_every_answer_forbids_what_it_does_not_need(client: Client, address: str) -> None:
    headers = client.get(address, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    for part in ("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "a b"])
def test_another_name_is_not_answered_to(client: Client, host: str) -> None:
    answer = client.get(f"{BASE}/today", headers={"host": host})
    assert answer.status_code == 421
    assert "Trucewatch" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:80", "[::1]:8000", "192.168.1.7"])
def test_names_of_this_machine_and_addresses_are_answered_to(client: Client, host: str) -> None:
    assert client.get(f"{BASE}/today", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(client: Client, method: str) -> None:
    assert client.request(method, f"{BASE}/today").status_code == 405


def test_what_goes_wrong_inside_is_not_told_to_the_reader(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr("trucewatch.pages.writing.page", broken)
    answer = client.get(f"/{DONBAS}/2022-02-20/forces?days=92")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "The terminal that runs it" in answer.text or "the terminal that runs it" in answer.text
