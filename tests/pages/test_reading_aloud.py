"""What a screen reader is given and what a keyboard reaches, on every page: by the browser's own account."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from tests.pages.aloud import Spoken, tree
from tests.pages.browser import NAMES, Tab, program
from tests.pages.screenshots import addresses, server
from tests.pages.test_safety import report_of
from trucewatch import documents
from trucewatch.ledger import Ledger
from trucewatch.pages.writing import titled

pytestmark = pytest.mark.skipif(program() is None, reason=f"none of {', '.join(NAMES)} is installed")
PAGES = [name for name, _ in addresses("")]
MUST_BE_NAMED = {"link", "button", "image", "figure", "region", "navigation", "form", "table", "slider"} | {
    *("textbox", "searchbox", "combobox", "checkbox", "radio", "Date", "heading", "columnheader", "dialog")
}
_TAB = 9
_MOST = 70  # presses of the key that a walk takes
SMALL = """[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
  .filter((one) => one.checkVisibility() && !one.matches(".skip") && one.offsetWidth > 1)
  .filter((one) => !one.closest("p:not(.files, .step), .lines li, .references li, .passage, label"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 23.9 || box.height < 23.9)
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)}: ${box.width} by ${box.height}`)"""
SPACED = """(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`* { line-height: 1.5 !important;
  letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet]; })()"""
CUT = """[...document.querySelectorAll("main *, header *")].filter((one) => one.checkVisibility()
  && !one.closest("svg, select, input, textarea, .unseen, figure")
  && ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""


def read(seen: Tab, base: str, name: str, *, width: int = 1280) -> Spoken:
    seen.open(dict(addresses(base))[name], width=width)
    return tree(seen)


def of_role(root: Spoken, *roles: str) -> list[Spoken]:
    return [one for one in root.walk() if one.role in roles]


# --- what is read --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_whatever_can_be_used_or_is_a_picture_or_a_part_has_a_name(
    base: str, seen: Tab, name: str, width: int
) -> None:
    nameless = [
        one.line()
        for one in read(seen, base, name, width=width).walk()
        if one.role in MUST_BE_NAMED
        if not one.name and not one.told
    ]
    assert nameless == []


@pytest.mark.parametrize("name", PAGES)
def test_headings_begin_with_one_and_leave_no_level_out(base: str, seen: Tab, name: str) -> None:
    levels = [one.states["level"] for one in of_role(read(seen, base, name), "heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_each_part_of_a_page_is_there_once_and_nothing_is_outside_of_them(
    base: str, seen: Tab, name: str
) -> None:
    root = read(seen, base, name)
    assert len(of_role(root, "main")) == 1
    assert len(of_role(root, "contentinfo")) == 1
    assert len(of_role(root, "banner")) == (0 if name == "not-found" else 1)
    parts = [one.name for one in of_role(root, "region", "navigation", "form")]
    assert len(parts) == len(set(parts)), parts


@pytest.mark.parametrize("name", PAGES)
def test_no_two_tables_or_plots_have_one_name(base: str, seen: Tab, name: str) -> None:
    root = read(seen, base, name)
    for role in ("table", "image"):
        names = [one.name for one in of_role(root, role)]
        assert len(names) == len(set(names)), names


@pytest.mark.parametrize("name", PAGES)
def test_a_table_names_its_columns_and_its_rows(base: str, seen: Tab, name: str) -> None:
    for one in of_role(read(seen, base, name), "table"):
        assert of_role(one, "columnheader"), one.name
        rows = [row for row in of_role(one, "row") if of_role(row, "cell")]
        if of_role(one, "columnheader")[0].name != "Monday":
            assert all(of_role(row, "rowheader") for row in rows), one.name


def test_the_calendar_is_a_table_whose_days_are_named(base: str, seen: Tab) -> None:
    heads = [one.name for one in of_role(read(seen, base, "contacts"), "columnheader")][:7]
    assert heads == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.mark.parametrize("name", PAGES)
def test_links_of_one_block_that_lead_apart_have_names_apart(base: str, seen: Tab, name: str) -> None:
    """In one item of a list or one cell of a table, a name stands for one address."""
    seen.open(dict(addresses(base))[name])
    told = seen.value(
        "[...document.querySelectorAll('main li, main td, main th, main p')].flatMap((block, number) =>"
        " [...block.querySelectorAll('a[href]')].filter((one) => one.closest('li, td, th, p') === block)"
        ".map((one) => [number, one.ariaLabel ?? one.textContent, one.href]))"
    )
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for number, words, href in told:
        found[number, words].add(href)
    assert [key for key, addresses_ in found.items() if len(addresses_) > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_what_a_link_is_called_has_the_words_that_are_seen(base: str, seen: Tab, name: str) -> None:
    """WCAG 2.5.3, so that who speaks to the browser can say what is seen."""
    seen.open(dict(addresses(base))[name])
    told = seen.value(
        "[...document.querySelectorAll('a[aria-label], button[aria-label]')]"
        ".map((one) => [one.ariaLabel, one.innerText])"
    )
    assert [pair for pair in told if pair[1].strip().lower() not in pair[0].lower()] == []


def test_a_claim_in_a_sentence_is_called_a_claim_and_a_reference_a_reference(base: str, seen: Tab) -> None:
    names = [one.name for one in of_role(read(seen, base, "today"), "link")]
    assert any(re.fullmatch(r"claim [0-9a-f]{6}", name) for name in names)
    assert any(re.fullmatch(r"reference \[\d+\]", name) for name in names)
    assert not any(re.fullmatch(r"[0-9a-f]{6}", name) for name in names)


@pytest.mark.parametrize("name", ["today", "violations"])
def test_a_plot_is_named_by_what_it_shows_and_a_table_tells_the_same(base: str, seen: Tab, name: str) -> None:
    root = read(seen, base, name)
    plots = [one for one in of_role(root, "group") if of_role(one, "image")]
    assert plots
    assert all(one.name.startswith("Plot: ") and len(one.name) > 10 for one in plots)
    assert all("vening" in of_role(one, "image")[0].line() for one in plots)
    assert of_role(root, "table")


def test_a_plot_without_a_title_is_a_plot() -> None:
    assert titled("<svg></svg>") == "Plot"
    assert titled("<svg><title>Shells &amp; mines</title></svg>") == "Plot: Shells &amp; mines"


def test_the_map_tells_in_words_what_it_shows_and_a_status_tells_what_the_sliders_do(
    base: str, seen: Tab
) -> None:
    root = read(seen, base, "map")
    (drawn,) = of_role(root, "image")
    assert "places told of" in drawn.line()
    if of_role(root, "slider"):
        (status,) = of_role(root, "status")
        assert any("claim" in one.name for one in status.walk())


def test_the_words_of_a_report_say_their_language(tmp_path: Path, seen: Tab) -> None:
    import msgspec

    path = tmp_path / "other.db"
    text = "Les observateurs ont compté dix tirs."
    made = msgspec.structs.replace(report_of(text, name="other", title="Dix tirs"), language="fr")
    with Ledger.open(path) as ledger:
        ledger.add(documents.read(made), [], run=ledger.begin(reader="test/1"))
    with server(path) as base:
        seen.open(f"{base}donbas-2020/2022-02-20/reports/{made.sha256}")
        assert seen.value("document.querySelector('.passage').lang") == "fr"
        assert seen.value("document.querySelector('h1 bdi').lang") == "fr"
        seen.open(f"{base}donbas-2020/2022-02-20/reports")
        assert seen.value("document.querySelector('td bdi[lang]').lang") == "fr"
    assert seen.value("document.documentElement.lang") == "en"


# --- what a keyboard reaches, and how it looks ---------------------------------------------------------


@pytest.mark.parametrize("name", ["today", "contacts", "map", "report", "review"])
@pytest.mark.parametrize("width", [390, 1280])
def test_tab_goes_through_a_page_in_the_order_of_reading_and_is_never_lost(
    base: str, seen: Tab, name: str, width: int
) -> None:
    seen.open("about:blank")
    seen.open(dict(addresses(base))[name], width=width)
    seen.value("window.before = document.body; undefined")
    step = (
        "(() => { const now = document.activeElement; const box = now.getBoundingClientRect();"
        " const told = [now.tagName, Boolean(window.before.compareDocumentPosition(now) & 4)"
        " || window.before === now, box.width > 0 && box.bottom > 0 && box.top < innerHeight,"
        " getComputedStyle(now).outlineStyle]; window.before = now; return told; })()"
    )
    reached = 0
    for _ in range(_MOST):
        seen.key("Tab", code=_TAB)
        tag, follows, is_seen, outline = seen.value(step)
        if tag == "BODY":
            break
        reached += 1
        assert follows, f"{tag} stands before what had the focus"
        assert is_seen, f"{tag} has the focus and is not to be seen"
        assert outline != "none", tag
    assert reached > 15


def test_the_form_is_reached_where_it_is_seen_and_opened_where_it_is_not(base: str, seen: Tab) -> None:
    address = dict(addresses(base))["today"]
    seen.open(address, width=1280)
    assert seen.value("document.querySelector('.ask select').checkVisibility({contentVisibilityAuto: true})")
    seen.open(address, width=390)
    shown = "document.querySelector('.ask select').getBoundingClientRect().height > 0"
    assert not seen.value("document.querySelector('details.asking').open")
    seen.value("document.querySelector('.asking summary').focus()")
    seen.key("Enter", code=13)
    assert seen.value("document.querySelector('details.asking').open")
    assert seen.value(shown)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_pressed_is_at_least_24_pixels_wide_and_high(
    base: str, seen: Tab, name: str, width: int
) -> None:
    """WCAG 2.5.8; links within sentences are exempt."""
    seen.open(dict(addresses(base))[name], width=width)
    assert seen.value(SMALL) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reflows_at_320_pixels_and_with_wide_spacing(base: str, seen: Tab, name: str) -> None:
    """WCAG 1.4.10 and 1.4.12."""
    seen.open(dict(addresses(base))[name], width=320)
    assert seen.value("document.documentElement.scrollWidth") <= 320
    seen.value(SPACED)
    assert seen.value("document.documentElement.scrollWidth") <= 320
    assert seen.value(CUT) == []


def test_nothing_moves_by_itself() -> None:
    root = Path(__file__).resolve().parents[2]
    sheets = [*root.glob("trucewatch/pages/templates/*.css"), *root.glob("trucewatch/views/templates/*.css")]
    scripts = [*root.glob("islands/src/*.ts")]
    assert sheets
    assert scripts
    for path in (*sheets, *scripts):
        assert not re.search(r"transition|animation|@keyframes|smooth", path.read_text("utf8")), path


@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_of_a_claim_under_review_can_be_read_and_pressed(base: str, seen: Tab, width: int) -> None:
    seen.open(dict(addresses(base))["review"])
    seen.open(seen.value("document.querySelector('main td a, main th a').href"), width=width)
    root = tree(seen)
    nameless = [one.line() for one in root.walk() if one.role in MUST_BE_NAMED and not one.name]
    assert nameless == []
    levels = [one.states["level"] for one in of_role(root, "heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert seen.value(SMALL) == []
    assert seen.value("document.documentElement.scrollWidth") <= width
