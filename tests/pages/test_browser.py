"""The pages in a real browser: no complaint in the console, no request elsewhere, none wider than a phone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.pages.browser import NAMES, Tab, program
from tests.pages.screenshots import addresses, server
from tests.pages.test_safety import LONG, report_of
from trucewatch import documents
from trucewatch.ledger import Ledger

pytestmark = pytest.mark.skipif(program() is None, reason=f"none of {', '.join(NAMES)} is installed")
_TAB = 9  # the code of the key
NAMED = [name for name, _ in addresses("")]


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("width", [390, 1280, 2560])
def test_a_page_shows_without_complaint_from_this_host_alone_and_fits(
    base: str, seen: Tab, name: str, width: int
) -> None:
    address = dict(addresses(base))[name]
    seen.open(address, width=width)
    wrong = [told for told in seen.complaints() if not (name == "not-found" and "400" in told)]
    assert wrong == []
    assert seen.requests()
    assert all(asked.startswith((base, "data:")) for asked in seen.requests())
    assert seen.value("document.documentElement.scrollWidth") <= width
    assert seen.value("document.querySelectorAll('h1').length") == 1


def test_the_first_press_of_tab_offers_the_way_to_the_content(base: str, seen: Tab) -> None:
    seen.open("about:blank")  # so that the browser does not go on where it was on this page
    seen.open(f"{base}donbas-2020/2022-02-20/today")
    seen.key("Tab", code=_TAB)
    assert seen.value("document.activeElement.className") == "skip"
    assert seen.value("document.activeElement.getBoundingClientRect().left") >= 0


def test_what_has_the_focus_can_be_seen(base: str, seen: Tab) -> None:
    seen.open("about:blank")
    seen.open(f"{base}donbas-2020/2022-02-20/today")
    for _ in range(3):
        seen.key("Tab", code=_TAB)
    outline = seen.value("getComputedStyle(document.activeElement).outlineStyle")
    assert seen.value("document.activeElement.tagName") == "A"
    assert outline == "solid"


def test_a_page_of_five_million_characters_shows_as_text_within_a_second(tmp_path: Path, seen: Tab) -> None:
    path = tmp_path / "long.db"
    text = ("<script>document.title='caught'</script> \u202e nobody asked. " * (LONG // 58))[:LONG]
    made = report_of(text, name="long")
    with Ledger.open(path) as ledger:
        ledger.add(documents.read(made), [], run=ledger.begin(reader="test/1"))
    with server(path) as base:
        seen.open(f"{base}donbas-2020/2022-02-20/today")
        start = time.perf_counter()
        seen.open(f"{base}donbas-2020/2022-02-20/reports/{made.sha256}", width=390)
        assert time.perf_counter() - start < 2.0
        assert seen.value("document.title") != "caught"
        assert seen.complaints() == []
        assert seen.value("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_on_paper_there_is_no_menu_and_no_dark_and_tables_keep_their_columns(
    base: str, seen: Tab, dark: bool
) -> None:
    seen.open(f"{base}donbas-2020/2022-02-20/statements", width=780, dark=dark)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    seen.send("Emulation.setEmulatedMedia", media="print", features=[scheme])
    style = "(name, of) => getComputedStyle(document.querySelector(of))[name]"
    assert seen.value(f"({style})('display', '.menu')") == "none"
    assert seen.value(f"({style})('display', '.rows thead')") == "table-header-group"
    assert seen.value(f"({style})('display', '.rows tbody td')") == "table-cell"
    assert seen.value(f"({style})('backgroundColor', 'body')") == "rgb(255, 255, 255)"
    assert seen.value(f"({style})('color', 'main a')") == "rgb(7, 90, 148)"
    assert seen.printed().startswith(b"%PDF")
