"""Two accounts of one contact side by side, point by point, with the words in which they differ marked."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.model import Span
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Cell, Piece, Table
from trucewatch.pages.cells import NONE, day_in_words, row_of
from trucewatch.pages.desk import Desk
from trucewatch.situation import Situation
from trucewatch.situation.readouts.nouns import AccountOf, Readout, ReadoutPoint
from trucewatch.views.phrases import names, plain

_RELATIONS = {
    "both": "told by both",
    "only_a": "only told by {a}",
    "only_b": "only told by {b}",
    "differently": "told differently",
    "contradicted": "contradicted",
}


def build(desk: Desk, question: Question) -> list[Block]:
    """A table for each two accounts that the day's situation compares."""
    situation = desk.situation(question)
    return [_table(readout, situation, question, desk) for readout in situation.readouts]


def _table(readout: Readout, situation: Situation, question: Question, desk: Desk) -> Table:
    one, other = _called(readout.a), _called(readout.b)
    texts = desk.text(readout.a.sha256), desk.text(readout.b.sha256)
    return Table(
        title=f"{_contact(readout.contact, situation)}: {one} beside {other}",
        caption="Point by point; what only one account tells is no contradiction",
        head=("Matter", one, other, "How they stand"),
        rows=tuple(_row(point, texts, one, other) for point in readout.points),
    )


def _called(account: AccountOf) -> str:
    return plain(account.publisher or account.report)


def _contact(name: str, situation: Situation) -> str:
    """A contact in a few words: its form, who took part, and its day."""
    met = next((one for one in situation.contacts if one.id == name), None)
    if met is None:
        return "A contact"
    day = f", {day_in_words(met.start)}" if met.start else ""
    return f"{met.form.capitalize()}: {names(met.participants) or 'not named'}{day}"


def _row(point: ReadoutPoint, texts: tuple[str, str], one: str, other: str) -> tuple[Cell, ...]:
    relation = _RELATIONS[point.relation].format(a=one, b=other)
    why = (Piece(text=plain(point.why), look="note"),) if point.why else ()
    return (
        row_of(Piece(text=point.topic)) if point.topic else NONE,
        _words(texts[0], point.a, point.differs_a, point.voices_a),
        _words(texts[1], point.b, point.differs_b, point.voices_b),
        row_of(Piece(text=relation), *why),
    )


def _words(text: str, spans: Sequence[Span], differing: Sequence[Span], voices: Sequence[str]) -> Cell:
    """The exact words of one account, whose they are by it, and those that differ marked."""
    if not spans:
        return NONE
    lines = [_line(text, span, differing) for span in spans]
    if voices:
        lines.append((Piece(text=f"said by {names(voices)}", look="note", own=True),))
    return Cell(lines=tuple(lines))


def _line(text: str, span: Span, differing: Sequence[Span]) -> tuple[Piece, ...]:
    place, end = span
    pieces = []
    for start, stop in sorted(one for one in differing if span[0] <= one[0] < one[1] <= span[1]):
        pieces.append(Piece(text=plain(text[place:start]), own=True))
        pieces.append(Piece(text=plain(text[start:stop]), look="found", own=True))
        place = stop
    pieces.append(Piece(text=plain(text[place:end]), own=True))
    return tuple(piece for piece in pieces if piece.text)
