"""Tiles beneath the map: only where the settings name a server, from it alone, and the page says so."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient

from tests.pages.browser import NAMES, Tab, program, tab
from tests.pages.conftest import BASE, Client
from tests.pages.screenshots import DAY, server
from tests.pages.test_map import tree
from trucewatch import catalog, settings
from trucewatch.cli import main
from trucewatch.errors import UsageError
from trucewatch.ledger import Ledger
from trucewatch.pages.app import app
from trucewatch.pages.projection import WIDTH, Mercator, fitted
from trucewatch.pages.tiles import Tiles, images, tiles

SERVER = "https://tiles.example.org/{z}/{x}/{y}.png"
MAKERS = "the makers of <b>maps</b>"
VIEW = fitted((36.0, 46.0, 40.0, 50.0), kind=Mercator)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def given(template: str = SERVER) -> Tiles:
    made = tiles(template, MAKERS)
    assert made
    return made


@pytest.fixture(scope="module")
def tiled(ledger: Ledger) -> Iterator[Client]:
    held = {name: catalog.ceasefire(name) for name in sorted(catalog.ceasefires())}
    with TestClient(app(ledger, held, tiles=given()), base_url="http://127.0.0.1") as made:
        yield made


# --- the setting ---------------------------------------------------------------------------------------


def test_without_the_setting_there_are_none() -> None:
    assert tiles("", "") is None
    assert settings.TILES.default == ""


@pytest.mark.parametrize(
    ("template", "origin"),
    [
        (SERVER, "https://tiles.example.org"),
        ("https://Tiles.Example.org:8443/a/{z}/{y}/{x}?key=1", "https://tiles.example.org:8443"),
        ("http://127.0.0.1:8080/{z}/{x}/{y}", "http://127.0.0.1:8080"),
        ("http://localhost/{z}/{x}/{y}", "http://localhost"),
        ("http://[::1]:80/{z}/{x}/{y}", "http://[::1]:80"),
    ],
)
def test_an_address_of_tiles_has_an_origin(template: str, origin: str) -> None:
    assert given(template).origin == origin


@pytest.mark.parametrize(
    "template",
    [
        "tiles.example.org/{z}/{x}/{y}.png",
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "http://127.0.0.1.example.org/{z}/{x}/{y}.png",
        "javascript:alert({z}{x}{y})",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org/{z}/{x}/{x}/{y}.png",
        "https://{s}.example.org/{z}/{x}/{y}.png",
        "https://{z}.example.org/{x}/{y}.png",
        "https://me:secret@tiles.example.org/{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png",
        "https://tiles.example.org; script-src */{z}/{x}/{y}.png",
        "https://tiles.example.org,evil/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://tiles.example.org:port/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}/{y}.png\n",
        'https://tiles.example.org/{z}/{x}/{y}.png"',
    ],
)
def test_a_wrong_address_is_an_error_that_names_it_and_the_setting(template: str) -> None:
    with pytest.raises(UsageError) as told:
        tiles(template, MAKERS)
    assert repr(template) in str(told.value)
    assert "TRUCEWATCH_TILES" in str(told.value)


def test_tiles_without_a_word_on_whose_they_are_are_refused() -> None:
    with pytest.raises(UsageError, match="TRUCEWATCH_TILES_BY"):
        tiles(SERVER, "  ")


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_wrong_setting_ends_the_server_at_its_start(by: str, ledger: Ledger) -> None:
    told = ["serve", "--ledger", str(ledger.path), "--port", "0"]
    option = ["--tiles", "ftp://x/{z}/{x}/{y}"] if by == "option" else []
    env = {"TRUCEWATCH_TILES": "ftp://x/{z}/{x}/{y}"} if by == "environment" else {}
    result = CliRunner().invoke(main, [*told, *option], env=env)
    assert result.exit_code == 2
    assert "ftp://x/{z}/{x}/{y}" in result.output


# --- the picture ---------------------------------------------------------------------------------------


def test_the_projection_is_that_of_tiles() -> None:
    world = Mercator((-180.0, -85.05, 180.0, 85.05))
    assert world.height == pytest.approx(WIDTH, abs=0.2)
    assert world.place((0.0, 0.0)) == pytest.approx((WIDTH / 2, world.height / 2))
    assert VIEW.place((VIEW.bounds[2], VIEW.bounds[1])) == pytest.approx((WIDTH, VIEW.height))


def test_a_map_near_the_pole_has_an_end() -> None:
    assert fitted((0.0, 60.0, 1.0, 90.0), kind=Mercator).height <= WIDTH * 1.251


def test_tiles_cover_the_picture_without_a_gap_and_none_lies_outside_of_it() -> None:
    assert isinstance(VIEW, Mercator)
    found = list(images(given(), VIEW))
    side = found[0].side
    assert 128 <= side <= 256
    assert min(one.x for one in found) <= 0
    assert max(one.x for one in found) + side >= WIDTH - 0.01
    assert max(one.y for one in found) + side >= VIEW.height - 0.01
    assert all(one.x + side > 0 and one.x < WIDTH and one.y < VIEW.height for one in found)
    across, down = {one.x for one in found}, {one.y for one in found}
    assert len(found) == len(across) * len(down) <= 64


def test_a_place_lies_on_the_tile_that_has_it() -> None:
    """The tile of Greenwich's meridian and the equator, by the rule that all tile servers share."""
    view = Mercator((-10.0, -10.0, 10.0, 10.0))
    at = {(one.x, one.y): one.href for one in images(given(), view)}
    x, y = (round(part, 2) for part in view.place((0.0, 0.0)))
    zoom = int(at[x, y].split("/")[3])
    assert at[x, y] == f"https://tiles.example.org/{zoom}/{2 ** (zoom - 1)}/{2 ** (zoom - 1)}.png"


def test_a_map_over_the_last_meridian_has_the_tiles_of_both_sides() -> None:
    view = Mercator((170.0, -10.0, 190.0, 10.0))
    columns = {int(one.href.split("/")[4]) for one in images(given(), view)}
    assert 0 in columns
    assert max(columns) > 2


# --- the page ------------------------------------------------------------------------------------------


def test_without_tiles_no_page_may_load_from_another_host(client: Client) -> None:
    answer = client.get(f"{BASE}/map")
    assert "<image" not in answer.text
    assert "img-src 'self';" in answer.headers["content-security-policy"]


def test_with_tiles_images_may_come_from_their_origin_and_nothing_else_may(
    tiled: Client, client: Client
) -> None:
    with_tiles, without = (
        one.get(f"{BASE}/map").headers["content-security-policy"] for one in (tiled, client)
    )
    assert with_tiles.replace(" https://tiles.example.org", "") == without
    assert "img-src 'self' https://tiles.example.org;" in with_tiles


def test_the_page_says_whose_tiles_they_are_and_what_their_host_learns(tiled: Client) -> None:
    page = tree(tiled, f"{BASE}/map")
    told = " ".join(note.text_content() for note in page.iterfind(".//p[@class='note']"))
    assert f"Tiles: {MAKERS}." in told
    assert "tiles.example.org, which thereby learns which region you look at" in told
    assert all(tile.get("href").startswith("https://tiles.example.org/") for tile in page.iter("image"))
    assert page.xpath("//*[@class='tile']")
    assert not page.xpath("//*[@class='land']")
    assert page.xpath("//circle[@data-name]")


def test_circles_lie_where_web_mercator_puts_them(tiled: Client) -> None:
    page = tree(tiled, f"{BASE}/map")
    rows = {row["place"]: row for row in tiled.get(f"{BASE}/map.json").json() if row["lat"]}
    view = fitted(catalog.ceasefire("donbas-2020").map.bounds or (0, 0, 1, 1), kind=Mercator)
    circle = next(one for one in page.iter("circle") if one.get("data-name") == "Stanytsia Luhanska")
    row = rows["Stanytsia Luhanska"]
    at = float(circle.get("cx")), float(circle.get("cy"))
    assert at == pytest.approx(view.place((row["lon"], row["lat"])), abs=0.06)


@contextlib.contextmanager
def tile_server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.path} {self.headers.get('referer', '')}".strip())
            self.send_response(200)
            self.send_header("content-type", "image/png")
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}", asked
        made.shutdown()


@pytest.mark.skipif(program() is None, reason=f"none of {', '.join(NAMES)} is installed")
def test_a_browser_loads_the_tiles_and_tells_their_host_nothing_but_the_tile(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tile_server() as (origin, asked):
        monkeypatch.setenv("TRUCEWATCH_TILES", f"{origin}/{{z}}/{{x}}/{{y}}.png")
        monkeypatch.setenv("TRUCEWATCH_TILES_BY", MAKERS)
        with server(ledger.path) as base, tab() as seen:
            _looks_at_map(seen, base, origin)
        assert asked
        assert all(line.endswith(".png") for line in asked)  # and no referrer after it


def _looks_at_map(seen: Tab, base: str, origin: str) -> None:
    seen.open(f"{base}{DAY}/map")
    assert seen.complaints() == []
    elsewhere = [one for one in seen.requests() if not one.startswith((base, "data:"))]
    assert elsewhere
    assert all(one.startswith(f"{origin}/") for one in elsewhere)
