"""The pages there are, in the order of the menu: what each is called, made of, and written to files from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from trucewatch.model import Noun
from trucewatch.pages import counted, listed, meeting, places, queue, reported, said, search, sources, today
from trucewatch.pages.asking import NotFoundError, Question
from trucewatch.pages.blocks import Block
from trucewatch.pages.desk import Desk
from trucewatch.views import render
from trucewatch.views.exports import EXPORTS, SHAPES

Rows = Callable[[Desk, Question], Sequence[Noun]]


@dataclass(frozen=True)
class Page:
    """A page: its heading, one line on what it is for, its blocks, and the rows of its files."""

    title: str
    lead: str
    build: Callable[[Desk, Question], list[Block]]
    row: type[Noun]
    rows: Rows
    searches: bool = False
    filters: tuple[str, ...] = ()


def _of(view: str, title: str, lead: str, build: Callable[[Desk, Question], list[Block]]) -> Page:
    """A page whose files are an export's."""
    return Page(
        title=title,
        lead=lead,
        build=build,
        row=listed.row_of(view),
        rows=lambda desk, question: listed.rows_of(view, desk, question),
    )


def _listed(title: str, lead: str, *views: str, filters: tuple[str, ...]) -> Page:
    page = _of(views[0], title, lead, listed.tables(*views))
    return replace(page, filters=filters)


def _report_rows(desk: Desk, question: Question) -> Sequence[Noun]:
    return desk.rows("reports", question) if "reports" in EXPORTS else reported.rows(desk, question)


PAGES: dict[str, Page] = {
    "today": Page(
        "Today",
        "Is it holding? What was counted, said and done; what is due, disputed and missing.",
        today.build,
        today.SentenceRow,
        today.rows,
    ),
    "violations": _of(
        "series", "Violations", "What each counter counted, by region, and what differs.", counted.build
    ),
    "contacts": _of("contacts", "Contacts", "Who met or called whom, and by whose account.", meeting.build),
    "commitments": _listed(
        "Commitments",
        "Who owes what by when, how it stands, and on what that rests.",
        "commitments",
        "terms",
        filters=("status", "topic"),
    ),
    "forces": _listed(
        "Forces",
        "Forces and arms placed, moved or pulled back, as somebody tells it.",
        "forces",
        "restrictions",
        filters=("action", "status"),
    ),
    "incidents": _listed(
        "Incidents", "Reported acts, before any finding.", "incidents", filters=("type", "accused")
    ),
    "statements": replace(
        _of("statements", "Statements", "Who said what to whom; positions and demands.", said.build),
        filters=("speakers", "act", "addressees", "topic"),
    ),
    "disputes": _listed(
        "Disputes", "Claim, denial and counter-claim, side by side.", "disputes", filters=("kind", "topic")
    ),
    "map": Page(
        "Map", "What is told of where, and how precisely.", places.build, places.PlaceRow, places.rows
    ),
    "reports": Page(
        "Reports",
        "Every report on file, its text and the claims that were read from it.",
        reported.build,
        EXPORTS["reports"].row if "reports" in EXPORTS else reported.ReportRow,
        _report_rows,
        searches=True,
    ),
    "review": Page(
        "Review",
        "Which claims to look at first: least certain and most consequential.",
        queue.build,
        queue.QueueRow,
        queue.rows,
    ),
    "sources": Page(
        "Sources and limits",
        "What was read when, what failed, who went quiet, and what each page cannot do.",
        sources.build,
        sources.SourceRow,
        sources.rows,
    ),
}

FILES = (*SHAPES, "geojson")
MEDIA = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
}


def page(name: str) -> Page:
    """A page by its name in the address. NotFoundError names those there are."""
    if name not in PAGES:
        raise NotFoundError(f"There is no page {name!r}. There are: {', '.join(PAGES)}.")
    return PAGES[name]


def written(name: str, shape: str, desk: Desk, question: Question) -> str:
    """A page, or an export, as a file. NotFoundError names the pages, exports and shapes there are."""
    if shape == "geojson" and name == "map":
        return places.geojson(desk, question)
    if shape not in SHAPES or name not in (*PAGES, *EXPORTS):
        names = ", ".join(dict.fromkeys((*PAGES, *EXPORTS)))
        shapes = " or ".join(f".{one}" for one in SHAPES)
        raise NotFoundError(
            f"There is no file {f'{name}.{shape}'!r}. There are {names}, each as {shapes}, and map.geojson."
        )
    if (name, shape) == ("today", "json"):
        return render(desk.situation(question), shape="json", text_of=desk.text)
    if name == "reports" and question.words:
        return SHAPES[shape](search.HitRow, search.rows(desk, question))
    if name in PAGES:
        return SHAPES[shape](PAGES[name].row, PAGES[name].rows(desk, question))
    return SHAPES[shape](EXPORTS[name].row, listed.rows_of(name, desk, question))
