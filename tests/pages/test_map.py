"""The map: a circle for each place by the number of its claims, days to choose, and what it must not do."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from tests.pages.browser import NAMES, Tab, program, tab
from tests.pages.conftest import BASE, Client, asking
from tests.pages.screenshots import DAY, server
from tests.pages.test_safety import SCRIPT, report_of
from trucewatch import catalog, documents
from trucewatch.ledger import Ledger
from trucewatch.model import Actor, CoarseRegion, Incident, MapRules, OwnLine, Place
from trucewatch.pages import basemap, islands, mapped
from trucewatch.pages.mapped import Placed
from trucewatch.pages.projection import Projection

FIRST = dt.date(2022, 2, 14)
VIEW = Projection((36.0, 46.0, 40.0, 50.0))
SLOPE = CoarseRegion(id="slope", name="Northern slope", ring=((37.0, 48.0), (39.0, 48.0), (39.0, 49.0)))
BUILT = (islands.FOLDER / "map.js").is_file() and (islands.FOLDER / basemap.FILE).is_file()


def on(day: int) -> dt.date:
    return dt.date(2022, 2, day)


def placed(name: str, *, precision: str | None = "settlement", **told: int) -> Placed:
    """A place at 38 E, 48 N, with claims on days of February: ``placed("Mill", d14=2)``."""
    days = Counter({(on(int(day[1:])), on(int(day[1:]))): times for day, times in told.items()})
    return Placed(name=name, spot=(38.0, 48.0), precision=precision, told=days)


def drawn(*places: Placed, rules: MapRules | None = None, days: range = range(14, 21)) -> mapped.Picture:
    chosen = (on(days[0]), on(days[-1]))
    return mapped.picture(rules or MapRules(), places, view=VIEW, first=FIRST, chosen=chosen)


def tree(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:500]
    return html.document_fromstring(answer.text)


# --- the picture ---------------------------------------------------------------------------------------


def test_a_place_with_more_claims_has_a_larger_circle_by_the_root_of_their_number() -> None:
    (one,), (four,) = drawn(placed("Mill", d14=1)).dots, drawn(placed("Mill", d14=3, d15=1)).dots
    assert four.size - 3 == pytest.approx(2 * (one.size - 3))
    assert mapped.size(10_000) == mapped.size(20_000)


def test_only_the_days_chosen_count_and_all_days_are_there_to_choose_from() -> None:
    (dot,) = drawn(placed("Mill", d14=2, d16=1), days=range(15, 18)).dots
    assert dot.words.startswith("Mill: 1 claim, ")
    assert dot.told == "0:2 2:1"


def test_a_place_of_which_nothing_was_told_on_those_days_has_neither_size_nor_name() -> None:
    (dot,) = drawn(placed("Mill", d14=2), days=range(15, 18)).dots
    assert (dot.size, dot.label) == (0, None)


@pytest.mark.parametrize("precision", ["exact", "settlement", "district", "region", "country"])
def test_each_precision_is_drawn_and_told_in_its_own_way(precision: str) -> None:
    (dot,) = drawn(placed("Mill", precision=precision, d14=1)).dots
    assert dot.precision == precision
    assert len(set(mapped.PRECISIONS.values())) == len(mapped.PRECISIONS)
    style = (Path(mapped.__file__).parent / "templates" / "pages.css").read_text()
    assert precision == "settlement" or f".map .dot.{precision} {{" in style


@pytest.mark.parametrize("precision", [None, "", "<b>", "somewhere"])
def test_an_unknown_precision_is_said_not_to_be_known(precision: str | None) -> None:
    assert mapped.precision_of(precision) == "unsaid"


def test_places_at_one_spot_are_one_circle_by_the_name_most_claims_give() -> None:
    (both,) = mapped.together([placed("the Mill", d14=1), placed("Mill", d14=2, d15=2)])
    assert both.name == "Mill"
    assert both.told == {(on(14), on(14)): 3, (on(15), on(15)): 2}


def test_a_place_named_as_a_region_stands_in_its_middle_and_no_other_name_does() -> None:
    rules = MapRules(regions=(SLOPE,))
    assert mapped.region_middle("the Northern Slope", rules) == pytest.approx((38.333, 48.333), abs=0.001)
    assert mapped.region_middle("Slope", rules) is None


def test_a_ceasefire_may_draw_lines_and_regions_of_its_own() -> None:
    line = OwnLine(id="line", name="Line of the truce", path=((37.0, 47.0), (38.0, 47.0)))
    picture = drawn(rules=MapRules(lines=(line,), regions=(SLOPE,)))
    assert [(look, name) for look, name, _ in picture.lines] == [("disputed", "Line of the truce")]
    assert [name for name, *_ in picture.regions] == ["Northern slope"]
    assert "Dashed lines are disputed." in mapped.notes(picture, [], VIEW)


def test_names_do_not_stand_on_each_other() -> None:
    spots = [(38.0 + 0.02 * (n % 5), 48.0 + 0.02 * (n // 5)) for n in range(25)]
    picture = drawn(
        *(
            Placed(name=f"Village {n}", spot=spot, precision="settlement", told=Counter({(FIRST, FIRST): 1}))
            for n, spot in enumerate(spots)
        )
    )
    lines = [dot.label[1] for dot in picture.dots if dot.label]
    assert 1 < len(lines) < len(spots)
    same = [dot for dot in picture.dots if dot.label and dot.label[1] == lines[0]]
    assert len(same) <= 2  # one to each side


def test_without_bounds_the_map_shows_all_its_places_and_without_places_the_world() -> None:
    given = catalog.ceasefire("donbas-2020")
    bare = type(given)(**{name: getattr(given, name) for name in given.__struct_fields__ if name != "map"})
    far = Placed(name="Far", spot=(10.0, 60.0), precision=None, told=Counter())
    view = mapped.seen_by(bare, [far, placed("Mill", d14=1)])
    assert view.shows(far.spot)
    assert view.shows((38.0, 48.0))
    assert mapped.seen_by(bare, []).shows((-70.0, -30.0))


# --- the page ------------------------------------------------------------------------------------------


def test_the_map_has_a_circle_for_each_place_in_sight_and_tells_which_are_not(client: Client) -> None:
    page = tree(client, f"{BASE}/map")
    names = {circle.get("data-name") for circle in page.iterfind(".//circle[@data-name]")}
    assert {"Stanytsia Luhanska", "Donetsk region", "Luhansk region"} <= names
    assert "Kyiv" not in names
    assert any("outside the map" in (note.text or "") for note in page.iterfind(".//p[@class='note']"))
    assert page.xpath("//div[@class='beside']//caption")


def test_the_days_can_be_narrowed_without_a_script_and_the_files_follow(client: Client) -> None:
    page = tree(client, f"{BASE}/map?from=2022-02-18&to=2022-02-19")
    fields = {field.get("name"): field.get("value") for field in page.iterfind(".//form[@data-first]//input")}
    assert (fields["from"], fields["to"]) == ("2022-02-18", "2022-02-19")
    assert f"{BASE}/map.geojson?from=2022-02-18&to=2022-02-19" in page.xpath("//p[@class='files']/a/@href")
    shown = [circle for circle in page.iterfind(".//circle[@data-name]") if float(circle.get("r")) > 0]
    assert 0 < len(shown) < len(page.findall(".//circle[@data-name]"))
    few = client.get(f"{BASE}/map.json?from=2022-02-18&to=2022-02-19").json()
    all_rows = client.get(f"{BASE}/map.json").json()
    assert 0 < sum(len(row["claims"]) for row in few) < sum(len(row["claims"]) for row in all_rows)


@pytest.mark.parametrize("asked", ["from=tomorrow", "to=2022-02-31", "from=2022-02-19&to=2022-02-18"])
def test_days_that_are_none_are_told(client: Client, asked: str) -> None:
    assert client.get(f"{BASE}/map?{asked}").status_code == 400


def test_days_outside_of_those_covered_show_nothing(client: Client) -> None:
    page = tree(client, f"{BASE}/map?from=2021-01-01&to=2021-01-02")
    assert {circle.get("r") for circle in page.iterfind(".//circle[@data-name]")} == {"0.0"}


def test_without_the_base_map_places_and_regions_are_shown_and_the_page_says_so(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(islands, "FOLDER", tmp_path)
    basemap.drawn.cache_clear()
    page = tree(client, f"{BASE}/map?days=92")
    basemap.drawn.cache_clear()
    assert page.xpath("//*[@class='land']") == []
    assert len(page.xpath("//*[@class='region']")) == 2
    assert page.xpath("//circle[@data-name]")
    assert "The base map is not built" in page.text_content()


def test_a_point_never_decides_a_country_and_a_hostile_name_is_text(tmp_path: Path) -> None:
    text = f"Somebody shelled {SCRIPT} today."
    spot = Place(text=SCRIPT, name=SCRIPT, lat=48.0, lon=38.0, precision=SCRIPT)
    claim = Incident(
        id="cccc0001",
        evidence=(0, len(text)),
        said_by=(),
        type="shelling",
        perpetrator=(Actor(name="Ukraine", country="UA"),),
        place=spot,
    )
    tied = report_of(text, name="hostile", title="The Donbas")
    with Ledger.open(tmp_path / "map.db") as ledger:
        ledger.add(documents.read(tied), [claim], run=ledger.begin(reader="test/1"))
        with asking(ledger) as client:
            answer = client.get(f"{BASE}/map")
            rows = client.get(f"{BASE}/map.json").json()
    assert [(row["place"], row["country"]) for row in rows] == [(SCRIPT, None)]
    assert "<script>" not in answer.text
    page = html.document_fromstring(answer.text)
    assert [circle.get("data-name") for circle in page.iterfind(".//circle[@data-name]")] == [SCRIPT]


# --- in a browser --------------------------------------------------------------------------------------

browser = pytest.mark.skipif(program() is None, reason=f"none of {', '.join(NAMES)} is installed")
built = pytest.mark.skipif(not BUILT, reason="the islands are not built (make islands)")


@pytest.fixture(scope="module")
def shown(demo: Path) -> Iterator[Tab]:
    with server(demo) as base, tab() as seen:
        seen.open(f"{base}{DAY}/map")
        assert seen.complaints() == []
        assert all(asked.startswith((base, "data:")) for asked in seen.requests())
        yield seen


CIRCLES = "[...document.querySelectorAll('svg.map circle[data-name]')]"
RADII = f"{CIRCLES}.map((circle) => Number(circle.getAttribute('r')))"


@built
@browser
def test_the_sliders_filter_the_circles_as_the_form_would(shown: Tab, client: Client) -> None:
    whole = shown.value(RADII)
    slide = (
        "(() => { const [from] = document.querySelectorAll('input[type=range]');"
        " from.value = '28'; from.dispatchEvent(new Event('input'));"
        " return document.querySelector('input[name=from]').value; })()"
    )
    assert shown.value(slide) == "2022-02-18"
    page = tree(client, f"{BASE}/map?from=2022-02-18")
    asked = {
        circle.get("data-name"): float(circle.get("r")) for circle in page.iterfind(".//circle[@data-name]")
    }
    names = shown.value(f"{CIRCLES}.map((circle) => circle.dataset.name)")
    assert shown.value(RADII) == pytest.approx([asked[name] for name in names], abs=0.06)
    assert shown.value(RADII) != whole


@built
@browser
def test_arrow_keys_tell_the_places_one_after_the_other(shown: Tab) -> None:
    shown.value("document.querySelector('.mapping figure').focus()")
    shown.key("ArrowRight", code=39)
    first = shown.value("document.querySelector('.mapping .tip').textContent")
    shown.key("ArrowRight", code=39)
    second = shown.value("document.querySelector('.mapping .tip').textContent")
    assert re.fullmatch(r".+: \d+ claims?, .*(somewhere|spot|said).*", first)
    assert second != first


@built
@browser
def test_the_lists_follow_the_sliders_and_so_do_the_address_and_the_files(shown: Tab, client: Client) -> None:
    slide = (
        "(() => { const [, to] = document.querySelectorAll('input[type=range]');"
        " to.value = '29'; to.dispatchEvent(new Event('input')); })()"
    )
    shown.value(slide)
    rows = "document.querySelectorAll('section.table-block tbody tr').length"
    stop = time.monotonic() + 10
    while "to=2022-02-19" not in shown.value("location.search") and time.monotonic() < stop:
        time.sleep(0.05)
    asked = shown.value("location.search")
    assert "from=2022-02-18" in asked
    page = tree(client, f"{BASE}/map{asked}")
    assert shown.value(rows) == len(page.xpath("//section[@class='table-block']//tbody/tr"))
    assert "to=2022-02-19" in shown.value("document.querySelector('p.files a').href")
    assert shown.complaints() == []
