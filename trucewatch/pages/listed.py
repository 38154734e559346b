"""The pages that are tables of exports: commitments, forces, incidents, statements, disputes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from trucewatch.model import Noun
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Choice
from trucewatch.pages.cells import day_in_words
from trucewatch.pages.columns import table
from trucewatch.pages.desk import Desk
from trucewatch.situation import Situation
from trucewatch.situation.nouns import Dispute, IncidentState, PostureState, Saying
from trucewatch.views.exports import EXPORTS

_OF_SITUATION: dict[str, tuple[type[Noun], Callable[[Situation], Sequence[Noun]]]] = {
    "forces": (PostureState, lambda situation: situation.postures),
    "incidents": (IncidentState, lambda situation: situation.incidents),
    "statements": (Saying, lambda situation: situation.sayings),
    "disputes": (Dispute, lambda situation: situation.disputes),
}
"""Views that have no export yet are taken from the situation of the day."""

_CHOICES = 60  # values of a field that are offered
_NEAR = ("commitments", "terms")
"""Views that rest on all that is on file: a page shows them by what is near its days, its files by all."""

TITLES = {
    "commitments": "Who owes what by when",
    "terms": "The terms of the truce, party by party",
    "forces": "Forces placed, moved or pulled back, as told",
    "restrictions": "Observers kept from observing",
    "incidents": "Reported acts",
    "statements": "Who said what",
    "positions": "Positions and demands, actor by actor",
    "disputes": "Claim, denial and counter-claim",
    "alerts": "Out of the ordinary",
    "readouts": "Accounts of one contact, point by point",
    "reports": "Reports",
    "judgements": "Decisions that stand",
    "records": "Records, and reports' own superlatives checked",
    "tallies": "Rival tallies",
}


def row_of(view: str) -> type[Noun]:
    """The noun of a view's rows."""
    return EXPORTS[view].row if view in EXPORTS else _OF_SITUATION[view][0]


def rows_of(view: str, desk: Desk, question: Question) -> Sequence[Noun]:
    """A view's rows for a question, those that have the values it is narrowed to."""
    return narrowed(_all_rows(view, desk, question), question)


def _all_rows(view: str, desk: Desk, question: Question) -> Sequence[Noun]:
    if view in EXPORTS:
        return desk.rows(view, question)
    return _OF_SITUATION[view][1](desk.situation(question))


def narrowed(rows: Sequence[Noun], question: Question) -> Sequence[Noun]:
    """The rows that have all values asked for. A row without such a field is none of them."""
    if not question.only:
        return rows
    return [row for row in rows if all(value in _values(row, field) for field, value in question.only)]


def _values(row: Noun, field: str) -> tuple[str, ...]:
    held = getattr(row, field, None)
    if isinstance(held, tuple):
        return tuple(value for value in held if isinstance(value, str))
    return (held,) if isinstance(held, str) and held else ()


def choices(view: str, fields: Sequence[str], desk: Desk, question: Question) -> list[Choice]:
    """For each field, the values that a view can be narrowed to, those of most rows first."""
    rows = desk.near(view, question) if view in _NEAR else _all_rows(view, desk, question)
    asked = dict(question.only)
    made = []
    for field in fields:
        found = Counter(value for row in rows for value in _values(row, field))
        values = [value for value, _ in found.most_common(_CHOICES)]
        chosen = asked.get(field, "")
        options = tuple(values if not chosen or chosen in values else [chosen, *values])
        made.append(Choice(field=field, values=options, chosen=chosen))
    return [choice for choice in made if choice.values]


def exists(view: str) -> bool:
    """Whether there is such a view."""
    return view in EXPORTS or view in _OF_SITUATION


def tables(*views: str) -> Callable[[Desk, Question], list[Block]]:
    """A page of the tables of some views, those that exist."""

    def build(desk: Desk, question: Question) -> list[Block]:
        return [view_table(view, desk, question) for view in views if exists(view)]

    return build


def view_table(view: str, desk: Desk, question: Question) -> Block:
    """The table of a view for the days of a question."""
    near = view in _NEAR
    return table(
        view,
        row_of(view),
        narrowed(desk.near(view, question), question) if near else rows_of(view, desk, question),
        question=question,
        title=TITLES.get(view, view.capitalize()),
        caption=covered(question),
    )


def covered(question: Question) -> str:
    """The days that a table covers, in words."""
    known = f"as known on {day_in_words(question.known)}" if question.known else "with all that is on file"
    if question.start is None:
        return f"To {day_in_words(question.day)}, {known}"
    return f"{day_in_words(question.start)} to {day_in_words(question.day)}, {known}"
