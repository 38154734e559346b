"""The islands: where they are built they upgrade pages; where they are not, the pages stand alone."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from tests.pages.browser import NAMES, Tab, program
from tests.pages.conftest import BASE, Client
from tests.pages.screenshots import DAY
from trucewatch.pages import islands

ISLANDS = Path(__file__).resolve().parents[2] / "islands"
BUILT = all((islands.FOLDER / name).is_file() for name in islands.names())
KEYS = {"j": 74, "k": 75, "?": 191, "Enter": 13, "Escape": 27, "ArrowRight": 39, "+": 187}
built = pytest.mark.skipif(not BUILT, reason="the islands are not built (make islands)")
browser = pytest.mark.skipif(program() is None, reason=f"none of {', '.join(NAMES)} is installed")


# --- with and without the bundles ----------------------------------------------------------------------


@pytest.fixture
def bundles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of bundles of the test's own."""
    monkeypatch.setattr(islands, "FOLDER", tmp_path)
    islands.body.cache_clear()
    yield tmp_path
    islands.body.cache_clear()


def test_where_the_islands_are_not_built_no_page_has_a_script(bundles: Path, client: Client) -> None:
    assert islands.scripts("violations") == []
    assert client.get("/static/charts.js").status_code == 404


def test_a_bundle_is_served_by_an_address_that_changes_with_its_bytes(bundles: Path, client: Client) -> None:
    (bundles / "charts.js").write_text("export {};")
    (address,) = islands.scripts("violations")
    answer = client.get(address)
    assert answer.text == "export {};"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    islands.body.cache_clear()
    (bundles / "charts.js").write_text("export const a = 1;")
    assert islands.scripts("violations") != [address]


@pytest.mark.parametrize("name", ["built-from", "basemap.json", "..%2Fapp.py", "other.js"])
def test_nothing_else_of_the_folder_is_served(client: Client, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_page_without_plots_or_marks_has_no_script(client: Client) -> None:
    page = html.document_fromstring(client.get(f"{BASE}/sources").text)
    assert page.xpath("//script") == []


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
@pytest.mark.skipif(not (ISLANDS / "node_modules" / "typescript").is_dir(), reason="make islands was not run")
def test_the_islands_have_strict_types_and_pass_their_own_tests() -> None:
    told = subprocess.run(
        ["npm", "run", "--silent", "test"], cwd=ISLANDS, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "# fail 0" in told.stdout
    assert "# pass 0" not in told.stdout


# --- in a browser --------------------------------------------------------------------------------------


def press(seen: Tab, *names: str) -> None:
    for name in names:
        seen.key(name, code=KEYS[name])


def focus(seen: Tab) -> str:
    """The id of what has the focus, or of the claim around it."""
    told = "document.activeElement.id || document.activeElement.closest('li')?.id"
    return str(seen.value(told))


@pytest.fixture
def report(base: str, seen: Tab) -> Tab:
    seen.open(f"{base}{DAY}/reports?id=2022-02-18-meridian-rival-counts")
    assert seen.complaints() == []
    return seen


@built
@browser
def test_j_and_k_walk_through_the_marks_and_stay_at_the_ends(report: Tab) -> None:
    press(report, "k")
    last = focus(report)
    press(report, "j")
    assert focus(report) == last
    marks = report.value("[...document.querySelectorAll('.passage a.sign')].map((mark) => mark.id)")
    assert last == marks[-1]
    walked = []
    for _ in marks[1:]:
        press(report, "k")
        walked.append(focus(report))
    assert walked == marks[-2::-1]
    press(report, "k")
    assert focus(report) == marks[0]


@built
@browser
def test_enter_leads_from_a_mark_to_its_claim_and_back(report: Tab) -> None:
    press(report, "j", "j")
    mark = focus(report)
    press(report, "Enter")
    assert focus(report) == mark.replace("m", "c")
    assert report.value("location.hash") == f"#{mark.replace('m', 'c')}"
    press(report, "j")
    assert focus(report) != mark
    assert focus(report).startswith("m")
    report.value(f"document.querySelector('#{mark.replace('m', 'c')} h3 a.sign').focus()")
    press(report, "Enter")
    assert focus(report) == mark


@built
@browser
def test_a_question_mark_tells_the_keys_and_escape_closes(report: Tab) -> None:
    press(report, "?")
    assert report.value("document.querySelector('dialog').open") is True
    assert "next mark" in report.value("document.querySelector('dialog').textContent")
    press(report, "Escape")
    assert report.value("document.querySelector('dialog').open") is False


@built
@browser
def test_keys_in_a_field_are_left_to_the_field(report: Tab) -> None:
    report.value("document.querySelector('input[type=date]').focus()")
    press(report, "j")
    assert report.value("document.activeElement.type") == "date"


@pytest.fixture
def plot(base: str, seen: Tab) -> Tab:
    seen.open(f"{base}{DAY}/violations", width=1280)
    assert seen.complaints() == []
    return seen


SEEN = "document.querySelector('.plots figure svg .seen:not([transform] *)')"
TIP = "document.querySelector('.plots figure .tip')"


@built
@browser
def test_the_pointer_on_a_mark_shows_its_day_and_figure_and_none_beside_it(plot: Tab) -> None:
    plot.value(f"{SEEN}.scrollIntoView({{block: 'center'}})")
    box = plot.value(
        f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])({SEEN}.getBoundingClientRect())"
    )
    plot.mouse("mouseMoved", *box)
    assert plot.value(f"{TIP}.hidden") is False
    assert " Feb" in plot.value(f"{TIP}.textContent")
    plot.mouse("mouseMoved", 2, 2)
    assert plot.value(f"{TIP}.hidden") is True


@built
@browser
def test_a_plot_is_walked_and_zoomed_by_keys_alone(plot: Tab) -> None:
    plot.value("document.querySelector('.plots figure').focus()")
    press(plot, "ArrowRight")
    first = plot.value(f"{TIP}.textContent")
    press(plot, "ArrowRight")
    assert plot.value(f"{TIP}.textContent") not in ("", first)
    before = plot.value(f"{SEEN}.getAttribute('cx')")
    press(plot, "+")
    assert plot.value(f"{SEEN}.getAttribute('cx')") != before
    assert plot.value(f"{TIP}.hidden") is False
    press(plot, "Escape")
    assert plot.value(f"{SEEN}.getAttribute('cx')") == before


@built
@browser
def test_dragging_over_the_days_shows_them_alone_until_all_days_are_asked_for(plot: Tab) -> None:
    plot.value("document.querySelector('.plots figure').scrollIntoView({block: 'center'})")
    left, top, width, height = plot.value(
        "(({x, y, width, height}) => [x, y, width, height])"
        "(document.querySelector('.plots svg').getBoundingClientRect())"
    )
    days = ".plots figure:first-child svg .words > text"
    places = f"[...document.querySelectorAll('{days}')].map((text) => text.getAttribute('x'))"
    before = plot.value(places)
    plot.mouse("mouseMoved", left + width * 0.6, top + height * 0.5)
    plot.mouse("mousePressed", left + width * 0.6, top + height * 0.5)
    plot.mouse("mouseMoved", left + width * 0.9, top + height * 0.5)
    plot.mouse("mouseReleased", left + width * 0.9, top + height * 0.5)
    assert plot.value(places) != before
    press(plot, "ArrowRight")
    assert plot.value(f"{TIP}.hidden") is False  # the pointer rests above the plot, and takes nothing back
    back = "document.querySelector('.plots figure button')"
    assert plot.value(f"{back}.hidden") is False
    plot.value(f"{back}.click()")
    assert plot.value(places) == before
    assert plot.complaints() == []
