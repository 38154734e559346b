"""The islands: scripts that upgrade pages which work without them. Built by ``make islands``, else absent."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
"""Where the islands and the base map are built into; git does not know it."""
ISLANDS: dict[str, tuple[str, ...]] = {
    "today": ("charts",),
    "violations": ("charts",),
    "map": ("map",),
    "report": ("report", "reviewadd"),
    "review": ("review",),
}
"""The islands of each page that has any; ``report`` is the page of one report."""


def names() -> frozenset[str]:
    """The files of the islands, built or not."""
    return frozenset(f"{name}.js" for names in ISLANDS.values() for name in names)


def scripts(page: str) -> list[str]:
    """The addresses of a page's scripts, each with a mark of its bytes; none where they are not built.

    >>> scripts("violations")  # doctest: +SKIP
    ['/static/charts.js?v=3f2a9c1b77d0']
    """
    found = ((name, body(f"{name}.js")) for name in ISLANDS.get(page, ()))
    return [f"/static/{name}.js?v={hashlib.sha256(held).hexdigest()[:12]}" for name, held in found if held]


@functools.cache
def body(name: str) -> bytes | None:
    """The bytes of an island, None where it is not built. They are read once: a server keeps what it began
    with, so that the mark in the address and the bytes agree."""
    path = FOLDER / name
    return path.read_bytes() if path.is_file() else None
