"""What a page is made of: sentences, tables, figures, a calendar. A macro of blocks.html writes each."""

from __future__ import annotations

from trucewatch.model import Noun


class Piece(Noun, frozen=True, kw_only=True):
    """Some words, which may lead somewhere (``href``) and have a look (``look``, a class of the style).

    ``own`` is True for words of a report, a person or a place, which may be in any direction of writing.
    """

    text: str
    href: str | None = None
    look: str | None = None
    own: bool = False


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


class Choice(Noun, frozen=True, kw_only=True):
    """A field by which a page can be narrowed, its values, and the one chosen."""

    field: str
    values: tuple[str, ...]
    chosen: str = ""


Block = Table | Lines | Tiles | Plot | Calendar
