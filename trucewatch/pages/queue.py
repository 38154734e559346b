"""The review queue: the claims that are least certain and matter most come first, until they are decided.

To order it takes the situation of the day, which takes long in a large ledger. So the order is kept while
people decide: it is worked out anew when something is read, withheld or erased, and what is decided is taken
out of it by the reviews that stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from trucewatch.model import AnyClaim, Noun, Report, Review
from trucewatch.model.checks import is_reviewed
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Cell, Piece
from trucewatch.pages.cells import row_of
from trucewatch.pages.columns import MOST, table
from trucewatch.pages.desk import Desk
from trucewatch.situation import Situation, Telling

_SURE = 1.0  # a claim that says nothing of its confidence was given by a person or a table
_WEIGHTS = {"alert": 4.0, "record": 4.0, "dispute": 3.0, "due": 3.0, "contact": 2.0, "incident": 2.0}
_ELSEWHERE = 1.0
_SHORT = 6  # characters of a claim's id that are shown
_CALLED = {
    "alert": "an alert rests on it",
    "record": "a record rests on it",
    "dispute": "it is disputed",
    "due": "something is due by it",
    "contact": "a contact rests on it",
    "incident": "an incident rests on it",
}


class QueueRow(Noun, frozen=True, kw_only=True):
    """A claim to look at. ``matter`` is the weight of what it is ``used_for`` times how unsure it is."""

    claim: str
    kind: str
    confidence: float | None
    used_for: tuple[str, ...]
    matter: float
    words: str | None
    published: dt.date | None
    report: str


@dataclass(frozen=True)
class Order:
    """All claims of a day's situation in the order in which they are to be looked at.

    ``together`` has, for a claim, those that the situation takes for tellings of the same thing. ``seen`` are
    the numbers of the reviews that stood.
    """

    rows: tuple[QueueRow, ...]
    tellings: Mapping[str, Telling]
    together: Mapping[str, tuple[str, ...]]
    places: Mapping[str, int]
    seen: frozenset[int]


@dataclass(frozen=True)
class Queue:
    """The order, and which of its claims are decided."""

    order: Order
    decided: frozenset[str]
    reviews: Sequence[Review]

    def left(self) -> list[QueueRow]:
        """What is to be looked at."""
        return [row for row in self.order.rows if row.claim not in self.decided]

    def after(self, claim: str | None, *, many: int = 1) -> list[str]:
        """The next claims to look at after one; the first ones where it is none of the queue."""
        start = self.order.places.get(claim or "", -1) + 1
        return self._next(range(start, len(self.order.rows)), many)

    def before(self, claim: str) -> str | None:
        """The claim before one, decided or not."""
        place = self.order.places.get(claim, 0)
        return self.order.rows[place - 1].claim if place else None

    def _next(self, places: range, many: int) -> list[str]:
        found: list[str] = []
        for place in places:
            if len(found) == many:
                break
            if (name := self.order.rows[place].claim) not in self.decided:
                found.append(name)
        return found


def queue(desk: Desk, question: Question) -> Queue:
    """The queue of a question as it is now."""
    reviews = desk.reviews()
    standing = frozenset(review.judgement.seq for review in reviews)
    key: tuple[object, ...] = (question.ceasefire.id, question.day, question.known)
    order = desk.orders.of(key, lambda: _order(desk, question, standing))
    while lost := order.seen - standing:  # a review that the order knew was taken back: its claim is back
        key = (*key, *sorted(lost))
        order = desk.orders.of(key, lambda: _order(desk, question, standing))
    return Queue(order, _decided(reviews), reviews)


def _decided(reviews: Sequence[Review]) -> frozenset[str]:
    both = (claim.id or "" for review in reviews for claim in (*review.replaces, *review.gives))
    return frozenset(both)


def _order(desk: Desk, question: Question, standing: frozenset[int]) -> Order:
    situation = desk.situation(question)
    rows = tuple(row for row in _rows(situation) if not is_reviewed(situation.tellings[row.claim].claim))
    return Order(
        rows=rows,
        tellings=situation.tellings,
        together=_together(situation),
        places={row.claim: place for place, row in enumerate(rows)},
        seen=standing,
    )


def _rows(situation: Situation) -> Sequence[QueueRow]:
    uses: dict[str, set[str]] = {}
    for use, claims in _uses(situation):
        for name in claims:
            uses.setdefault(name, set()).add(use)
    found = [_row(telling, uses.get(telling.id, set())) for telling in situation.tellings.values()]
    return sorted(found, key=lambda row: (-row.matter, row.claim))


def _uses(situation: Situation) -> Iterator[tuple[str, Sequence[str]]]:
    yield from (("alert", alert.claims) for alert in situation.alerts)
    yield from (("record", record.claims) for record in situation.records)
    yield from (("dispute", (*one.claims, *one.against)) for one in situation.disputes)
    yield from (("due", one.claims) for one in situation.commitments if one.status in ("due", "overdue"))
    yield from (("contact", one.claims) for one in situation.contacts)
    yield from (("incident", one.claims) for one in situation.incidents)


def _together(situation: Situation) -> dict[str, tuple[str, ...]]:
    things = [one.claims for one in situation.contacts]
    things += [one.claims for one in situation.incidents]
    things += [one.claims for one in situation.commitments]
    return {claim: claims for claims in things if len(claims) > 1 for claim in claims}


def _row(telling: Telling, uses: set[str]) -> QueueRow:
    claim = telling.claim
    weight = max((_WEIGHTS[use] for use in uses), default=_ELSEWHERE)
    doubt = 1 - (_SURE if claim.confidence is None else claim.confidence)
    return QueueRow(
        claim=telling.id,
        kind=str(claim.kind),
        confidence=claim.confidence,
        used_for=tuple(sorted(uses)),
        matter=round(weight * doubt, 4),
        words=None,
        published=telling.published,
        report=telling.report,
    )


@dataclass(frozen=True)
class Line:
    """The claims of one report that nobody has decided on, in the order of the text."""

    claims: tuple[AnyClaim, ...]

    @property
    def left(self) -> int:
        """How many there are."""
        return len(self.claims)

    def after(self, claim: AnyClaim | None, *, many: int = 1) -> list[str]:
        """The next ones after a claim, decided or not; the first ones where none is given."""
        return [one.id or "" for one in self.claims if claim is None or _place(one) > _place(claim)][:many]

    def before(self, claim: AnyClaim) -> str | None:
        """The one before a claim."""
        return next((one.id for one in reversed(self.claims) if _place(one) < _place(claim)), None)


def line(desk: Desk, question: Question, report: Report) -> Line:
    """What is still to be decided on in a report, whatever day's situation it belongs to."""
    decided = _decided(desk.ledger.reviews(report.publisher, report.id))
    found = [entry.claim for entry in desk.claims_of(report, question.known)]
    left = [one for one in found if one.id not in decided and not is_reviewed(one)]
    return Line(tuple(sorted(left, key=_place)))


def _place(claim: AnyClaim) -> tuple[int, int, str]:
    return (*claim.evidence, claim.id or "")


def why(row: QueueRow) -> str:
    """Why a claim is to be looked at, in words.

    >>> why(row)  # doctest: +SKIP
    'confidence 0.52; an alert rests on it'
    """
    sure = "no confidence stated" if row.confidence is None else f"confidence {row.confidence:.2f}"
    return "; ".join([sure, *(_CALLED[use] for use in row.used_for)])


def rows(desk: Desk, question: Question) -> Sequence[QueueRow]:
    """The claims of the day's situation that nobody has decided on, in the order to look at them."""
    return queue(desk, question).left()


def build(desk: Desk, question: Question) -> list[Block]:
    """The queue with the words of its head."""
    met = queue(desk, question)
    found = met.left()
    shown = [_with_words(row, met.order, desk) for row in found[:MOST]]
    made = table(
        "review",
        QueueRow,
        [*shown, *found[MOST:]],
        question=question,
        title="To look at",
        caption="Least certain and most consequential first",
    )
    links = [_link(row.claim, question) for row in shown]
    lines = zip(links, made.rows, strict=False)
    return [msgspec.structs.replace(made, rows=tuple((link, *row[1:]) for link, row in lines))]


def _link(claim: str, question: Question) -> Cell:
    """A claim's id, which leads to its review and not, as on other pages, to its words."""
    return row_of(Piece(text=claim[:_SHORT], href=question.address(f"review/{claim}"), look="claim"))


def _with_words(row: QueueRow, order: Order, desk: Desk) -> QueueRow:
    telling = order.tellings[row.claim]
    start, end = telling.claim.evidence
    return msgspec.structs.replace(row, words=desk.text(telling.sha256)[start:end] or None)
