"""What a page is made of: sentences, tables, figures, a calendar. A macro of blocks.html writes each."""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Noun
from trucewatch.pages.tiles import TileImage


class Piece(Noun, frozen=True, kw_only=True):
    """Some words, which may lead somewhere (``href``) and have a look (``look``, a class of the style).

    ``own`` is True for words of a report, a person or a place, which may be in any direction of writing;
    ``lang`` is their language where it is known.
    """

    text: str
    href: str | None = None
    look: str | None = None
    own: bool = False
    lang: str | None = None


class Cell(Noun, frozen=True, kw_only=True):
    """A cell of a table: lines of pieces. ``empty`` where there is nothing to tell."""

    lines: tuple[tuple[Piece, ...], ...] = ()
    number: bool = False
    empty: bool = False


class Table(Noun, frozen=True, kw_only=True):
    """Rows under a head. ``total`` is how many rows there are where not all are shown.

    ``data`` names the view whose files have all of it; ``anchors`` are names that links to the rows use.
    """

    title: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int = 0
    empty: str = "Nothing on file for these days."
    data: str | None = None
    anchors: tuple[str, ...] = ()
    kind: str = "table"

    @property
    def figures(self) -> frozenset[int]:
        """The columns that have figures and nothing else, by their places; they stand to the right."""
        told = [
            place
            for place in range(1, len(self.head))
            if {row[place].number for row in self.rows if not row[place].empty} == {True}
        ]
        return frozenset(told)


class Line(Noun, frozen=True, kw_only=True):
    """A sentence and where it leads."""

    pieces: tuple[Piece, ...]


class Lines(Noun, frozen=True, kw_only=True):
    """A heading with sentences, numbered where ``numbered``."""

    title: str
    lines: tuple[Line, ...]
    intro: str = ""
    numbered: bool = False
    kind: str = "lines"


class Tile(Noun, frozen=True, kw_only=True):
    """A figure at a glance, with what it is a figure of, and where it comes from."""

    figure: str
    label: str
    note: str = ""
    href: str | None = None


class Tiles(Noun, frozen=True, kw_only=True):
    """Figures beside each other."""

    title: str
    tiles: tuple[Tile, ...]
    kind: str = "tiles"


class Plot(Noun, frozen=True, kw_only=True):
    """Drawings made on the server, side by side. ``svgs`` are ours and trusted; their words are escaped."""

    title: str
    svgs: tuple[str, ...]
    caption: str = ""
    kind: str = "plot"


class Day(Noun, frozen=True, kw_only=True):
    """A day of a calendar; ``number`` 0 is a day of another month."""

    number: int
    pieces: tuple[Piece, ...] = ()
    current: bool = False


class Calendar(Noun, frozen=True, kw_only=True):
    """A month in weeks of seven days, from Monday."""

    title: str
    caption: str
    weeks: tuple[tuple[Day, ...], ...]
    kind: str = "calendar"


class Dot(Noun, frozen=True, kw_only=True):
    """A place on a map: where it lies in the picture, how many claims there are (``size`` is the radius),
    ``how`` precisely it is known, and both in ``words``.

    ``told`` are the claims by their days, counted from the first: ``0:2 3-5:1``. ``label`` is
    where its name stands, None where there is no room.
    """

    name: str
    words: str
    how: str
    x: float
    y: float
    size: float
    precision: str
    told: str
    label: tuple[float, float, str] | None = None


class Picture(Noun, frozen=True, kw_only=True):
    """A map as it is drawn: paths of SVG or tiles beneath, and the places, the largest first."""

    width: float
    height: float
    land: str
    borders: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str, str], ...]
    regions: tuple[tuple[str, str, float, float], ...]
    dots: tuple[Dot, ...]
    tiles: tuple[TileImage, ...] = ()


class Map(Noun, frozen=True, kw_only=True):
    """A map with the days it covers, those chosen, notes beneath it, and a table beside it."""

    title: str
    picture: Picture
    words: str
    first: dt.date
    last: dt.date
    precisions: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    beside: Table
    kind: str = "map"


class Hit(Noun, frozen=True, kw_only=True):
    """A report that a search has found: where it is, its title and an excerpt in stretches, each with whether
    it is among the words looked for, and links to the claims that have the words."""

    href: str
    about: str
    title: tuple[tuple[str, bool], ...]
    excerpt: tuple[tuple[str, bool], ...]
    claims: tuple[Piece, ...]


class Hits(Noun, frozen=True, kw_only=True):
    """What a search has found, with the addresses of the pages of newer and older hits."""

    title: str
    intro: str
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    newer: str | None = None
    older: str | None = None
    kind: str = "hits"


class Choice(Noun, frozen=True, kw_only=True):
    """A field by which a page can be narrowed, its values, and the one chosen."""

    field: str
    values: tuple[str, ...]
    chosen: str = ""


Block = Table | Lines | Tiles | Plot | Calendar | Map | Hits
