"""Which columns of a view a page shows, and under which heads. The files (.json, .csv) have all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trucewatch.model import Noun
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Cell, Table
from trucewatch.pages.cells import cell

MOST = 60  # rows of a table that a page shows; the rest are in the files
_FEWER = {"tallies": 15, "alerts": 15, "restrictions": 20, "records": 20}  # of views with long rows
_OTHERS = 8  # columns of a view that nothing is said of here
_LEFT_OUT = {"id", "why", "sha256", "lat", "lon", "ceasefire", "mentions", "history", "kept", "accounts"}

Columns = tuple[tuple[str, str], ...]

COLUMNS: dict[str, Columns] = {
    "series": (
        ("window", "Window"),
        ("region", "Region"),
        ("measure", "Measure"),
        ("figure", "Figure"),
        ("basis", "Basis"),
        ("counter", "Counter"),
        ("conflicts", "Contradicted by"),
        ("reports", "Reports"),
    ),
    "records": (
        ("words", "In words"),
        ("measure", "Measure"),
        ("region", "Region"),
        ("period", "Period"),
        ("verdict", "Verdict"),
        ("claim", "Claim"),
    ),
    "tallies": (
        ("window", "Window"),
        ("told", "Told"),
        ("measure", "Measure"),
        ("region", "Region"),
        ("voice", "Counted by"),
        ("accused", "Acts of"),
        ("figure", "Figure"),
        ("rivals", "Beside it"),
        ("claims", "Claims"),
    ),
    "restrictions": (
        ("day", "Day"),
        ("type", "Kind"),
        ("place", "Place"),
        ("region", "Region"),
        ("by", "Attributed to"),
        ("basis", "Day known by"),
        ("claims", "Claims"),
    ),
    "contacts": (
        ("from-to", "When"),
        ("form", "Form"),
        ("status", "Status"),
        ("participants", "Who"),
        ("place", "Where"),
        ("purpose", "On what"),
        ("condition", "If"),
        ("accounts", "Accounts"),
    ),
    "commitments": (
        ("parties", "Who"),
        ("to", "To whom"),
        ("action", "What"),
        ("topic", "Topic"),
        ("strength", "How bound"),
        ("deadline", "By when"),
        ("condition", "If"),
        ("status", "Status"),
        ("contested", "Told in two ways"),
        ("evidence", "Evidence"),
    ),
    "terms": (
        ("party", "Party"),
        ("field", "Term"),
        ("value", "Value"),
        ("provision", "The agreement's clause"),
        ("differs_from", "Differs from"),
        ("told", "Told"),
        ("claim", "Claim"),
    ),
    "judgements": (
        ("number", "Number"),
        ("decision", "Decision"),
        ("subjects", "On"),
        ("by", "By"),
        ("reason", "Why"),
        ("recorded", "Recorded"),
    ),
    "forces": (
        ("told", "Told"),
        ("force", "Forces of"),
        ("action", "What"),
        ("status", "How told"),
        ("figure", "Figure"),
        ("unit", "Of"),
        ("place", "Where"),
        ("words", "In their words"),
        ("standing", "Standing"),
        ("contested", "Contested"),
        ("claims", "Claims"),
        ("denials", "Denied by"),
    ),
    "incidents": (
        ("day", "Day"),
        ("told", "Told"),
        ("type", "What"),
        ("place", "Where"),
        ("accused", "Accused"),
        ("reported_against", "Reported against"),
        ("words", "In their words"),
        ("standing", "Standing"),
        ("contested", "Contested"),
        ("independent", "Origins"),
        ("claims", "Claims"),
    ),
    "statements": (
        ("told", "Told"),
        ("speakers", "Speaker"),
        ("act", "Act"),
        ("about", "About"),
        ("addressees", "To whom"),
        ("words", "In their words"),
        ("topic", "Topic"),
        ("channel", "Through"),
        ("contested", "Contested"),
        ("claims", "Claims"),
    ),
    "positions": (
        ("actor", "Actor"),
        ("act", "Act"),
        ("topic", "Topic"),
        ("words", "In their words"),
        ("towards", "Towards"),
        ("own", "By its own word"),
        ("since", "Since"),
        ("told", "Last told"),
        ("claims", "Claims"),
    ),
    "disputes": (
        ("since", "Since"),
        ("kind", "Kind"),
        ("matter", "Matter"),
        ("speakers", "One side"),
        ("words", "Its words"),
        ("claims", "Claims"),
        ("other_speakers", "Other side"),
        ("other_words", "Its words"),
        ("against", "Claims"),
    ),
    "alerts": (
        ("day", "Day"),
        ("state", "State"),
        ("words", "In words"),
        ("methods", "By"),
        ("observed", "Observed"),
        ("expected", "Expected"),
        ("upper", "Bound"),
        ("claims", "Claims"),
    ),
    "places": (
        ("place", "Place"),
        ("country", "Country"),
        ("precision", "Precision"),
        ("from-to", "Days"),
        ("dated_by", "Days of"),
        ("kinds", "Kinds"),
        ("claims", "Claims"),
    ),
    "unplaced": (
        ("kind", "Kind"),
        ("from-to", "Days"),
        ("dated_by", "Days of"),
        ("report", "Report"),
        ("claim", "Claim"),
    ),
    "review": (
        ("claim", "Claim"),
        ("kind", "Kind"),
        ("words", "Words"),
        ("confidence", "Confidence"),
        ("used_for", "Used for"),
        ("matter", "Weight"),
        ("published", "Published"),
        ("report", "Report"),
    ),
}


def table(
    view: str, row: type[Noun], rows: Sequence[Noun], *, question: Question, title: str, caption: str
) -> Table:
    """The table of a view: the columns chosen here that its rows have, else the first few of theirs.

    A column that is empty in every row is left out.
    """
    chosen = [(field, head) for field, head in COLUMNS.get(view, ()) if _has(row, field)] or _own(row)
    most = _FEWER.get(view, MOST)
    shown = [[cell(one, field, question) for field, _ in chosen] for one in rows[:most]]
    kept = [
        place for place in range(len(chosen)) if not shown or any(not line[place].empty for line in shown)
    ]
    return Table(
        title=title,
        caption=caption,
        head=tuple(chosen[place][1] for place in kept),
        rows=tuple(_line(line, kept) for line in shown),
        total=len(rows) if len(rows) > most else 0,
        data=view,
        anchors=tuple(_anchors(view, rows[:most])),
    )


def _anchors(view: str, rows: Sequence[Noun]) -> Iterator[str]:
    """What links call the rows: view and id, each once; empty for a row without an id of its own."""
    taken: set[str] = set()
    for one in rows:
        name = str(getattr(one, "id", "") or "")
        yield f"{view}-{name}" if name and name not in taken else ""
        taken.add(name)


def _line(cells: Sequence[Cell], kept: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(cells[place] for place in kept)


def _has(row: type[Noun], field: str) -> bool:
    needs = {"figure": "low", "window": "window_start", "from-to": "start"}
    return needs.get(field, field) in row.__struct_fields__


def _own(row: type[Noun]) -> list[tuple[str, str]]:
    names = [name for name in row.__struct_fields__ if name not in _LEFT_OUT][:_OTHERS]
    return [(name, name.replace("_", " ").capitalize()) for name in names]
