"""Tiles of a map server, beneath the map where the settings name one; without it no page loads any."""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from trucewatch.errors import UsageError
from trucewatch.model import Noun
from trucewatch.pages.projection import WIDTH, Mercator
from trucewatch.settings import TILES, TILES_BY

_PLACES = ("{z}", "{x}", "{y}")
_SIDE = 256  # pixels of a tile
_DEEPEST = 19  # the zoom level beyond which few servers have tiles
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_LONGEST = 500
_BARRED = re.compile(r"[\s\"'<>\\;,\x00-\x1f\x7f]")  # would end an attribute, or a part of the content policy


class Tiles(Noun, frozen=True, kw_only=True):
    """A server of tiles: the template of their addresses, whose they are, where they come from."""

    template: str
    attribution: str
    origin: str
    host: str


class TileImage(Noun, frozen=True, kw_only=True):
    """One tile in a picture: its address, its upper left corner and its side in the picture's units."""

    href: str
    x: float
    y: float
    side: float


def tiles(template: str, attribution: str) -> Tiles | None:
    """The tiles of the settings; None where they name none. UsageError says what is wrong with them.

    >>> tiles("https://tiles.example.org/{z}/{x}/{y}.png", "the makers of the map").origin
    'https://tiles.example.org'
    """
    if not template:
        return None
    _check(template)
    host = _host(template)
    if not attribution.strip():
        raise UsageError(
            f"tiles of {host}: say whose they are, as their licence asks: --{TILES_BY.name}, or"
            f" {TILES_BY.variable}"
        )
    told = urlsplit(template)
    return Tiles(
        template=template,
        attribution=attribution.strip(),
        origin=f"{told.scheme}://{told.netloc.lower()}",
        host=host,
    )


def _check(template: str) -> None:
    if any(template.count(place) != 1 for place in _PLACES):
        raise _wrong(template, f"it must have {', '.join(_PLACES)}, each once")
    rest = template
    for place in _PLACES:
        rest = rest.replace(place, "0")
    if "{" in rest or "}" in rest:
        raise _wrong(template, f"{', '.join(_PLACES)} are all that may stand in braces")
    if _BARRED.search(template) or not template.isascii() or len(template) > _LONGEST:
        raise _wrong(template, "it has characters that no address has, or is too long")


def _host(template: str) -> str:
    """The host of a template. UsageError where it is none, or would be asked without encryption."""
    try:
        told = urlsplit(template)
        host, _ = told.hostname or "", told.port
    except ValueError as error:
        raise _wrong(template, str(error)) from error
    if told.username or "@" in told.netloc or "{" in told.netloc or not _is_host(host):
        raise _wrong(template, "the host must be written out, without a name and a password")
    if told.scheme != "https" and not (told.scheme == "http" and _is_loopback(host)):
        raise _wrong(template, "it must begin with https (http on this machine alone)")
    return host


def _is_host(host: str) -> bool:
    return bool(_HOST.fullmatch(host)) or (":" in host and _address(host) is not None)


def _is_loopback(host: str) -> bool:
    met = _address(host)
    return host == "localhost" or (met is not None and met.is_loopback)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _wrong(template: str, why: str) -> UsageError:
    return UsageError(
        f"{template!r} is no address of tiles: {why}. --{TILES.name}, or {TILES.variable}, takes such as"
        " https://tiles.example.org/{z}/{x}/{y}.png"
    )


def images(told: Tiles, view: Mercator) -> Iterator[TileImage]:
    """The tiles that cover a picture in Web Mercator, at the whole zoom level that makes none coarser."""
    west, _, east, north = view.bounds
    world = WIDTH * 360 / (east - west)
    zoom = max(0, min(_DEEPEST, math.ceil(math.log2(world / _SIDE))))
    many = 2**zoom
    side = world / many
    left, top = (west + 180) / 360 * world, view.from_top(north)
    for down in _whole(top, view.height, side):
        for across in _whole(left, WIDTH, side):
            if 0 <= down < many:
                yield TileImage(
                    href=_filled(told.template, zoom, across % many, down),
                    x=round(across * side - left, 2),
                    y=round(down * side - top, 2),
                    side=round(side, 2),
                )


def _whole(start: float, length: float, side: float) -> range:
    """The numbers of the tiles that a stretch meets."""
    return range(math.floor(start / side), math.ceil((start + length) / side))


def _filled(template: str, zoom: int, x: int, y: int) -> str:
    return template.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y))
