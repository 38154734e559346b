"""The first page: is it holding? What was counted, said and done, what is due, disputed and missing."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.model import Noun
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Cell, Line, Lines, Piece, Plot, Table, Tile, Tiles
from trucewatch.pages.cells import NONE, claim_piece, day_in_words, figure_words, row_of
from trucewatch.pages.desk import Desk
from trucewatch.situation import Situation
from trucewatch.situation.nouns import Series
from trucewatch.views import Reference, Section, Sitrep, compose
from trucewatch.views.phrases import count_of, plain
from trucewatch.views.plots import plot
from trucewatch.views.shapes import runs

_OPEN = ("due", "overdue")


class SentenceRow(Noun, frozen=True, kw_only=True):
    """A sentence of the day's report: its section, the words, and the claims it rests on."""

    section: str
    sentence: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]


def rows(desk: Desk, question: Question) -> Sequence[SentenceRow]:
    """The sentences of the day, in order."""
    sitrep = _sitrep(desk, question)
    of = {reference.number: reference for reference in sitrep.references}
    return [
        SentenceRow(
            section=section.title,
            sentence=sentence.text,
            claims=tuple(dict.fromkeys(c for number in sentence.cites for c in of[number].claims)),
            reports=tuple(
                dict.fromkeys(name for number in sentence.cites if (name := of[number].report) is not None)
            ),
        )
        for section in sitrep.sections
        for sentence in section.sentences
    ]


def build(desk: Desk, question: Question) -> list[Block]:
    """The page: figures at a glance, alerts, the sections of the situation report, the references."""
    situation, sitrep = desk.situation(question), _sitrep(desk, question)
    blocks: list[Block] = [_glance(situation, question), *_alerts(situation, question)]
    for section in sitrep.sections:
        blocks += _section(section)
    return [*blocks, _references(sitrep, question)]


def _sitrep(desk: Desk, question: Question) -> Sitrep:
    return desk.composed(question, lambda situation: compose(situation, text_of=desk.text))


def _glance(situation: Situation, question: Question) -> Tiles:
    missing = situation.missing
    open_ = [one for one in situation.commitments if one.status in _OPEN]
    overdue = sum(one.status == "overdue" for one in open_)
    tiles = [*_newest(situation, question)]
    tiles.append(
        Tile(
            figure=str(len(open_)),
            label="commitments due",
            note=f"{overdue} of them overdue",
            href=question.address("commitments"),
        )
    )
    tiles.append(
        Tile(
            figure=str(len(situation.disputes)),
            label="disputes told lately",
            note="claim, denial, counter-claim",
            href=question.address("disputes"),
        )
    )
    tiles.append(
        Tile(
            figure=str(len(missing.evenings)),
            label="recent evenings without a figure",
            note=f"{count_of(len(missing.quiet), 'source')} quiet",
            href=question.address("sources"),
        )
    )
    return Tiles(title="Is it holding? What is on file", tiles=tuple(tiles))


def _newest(situation: Situation, question: Question) -> list[Tile]:
    """The newest daily total of each counter that has figures; the monitoring body's first."""
    lines = sorted(situation.totals, key=lambda line: not situation.counters[line.counter].mechanism)
    return [_total(line, situation, question) for line in lines if line.daily][:3]


def _total(line: Series, situation: Situation, question: Question) -> Tile:
    point, note = line.daily[-1], situation.counters[line.counter]
    return Tile(
        figure=figure_words(point.low, point.high, approximate=point.approximate),
        label=f"{note.measure.replace('_', ' ')} counted by the {plain(note.name)}",
        note=f"evening of {day_in_words(point.end)}, {point.basis}",
        href=question.address("violations"),
    )


def _alerts(situation: Situation, question: Question) -> list[Block]:
    lines = tuple(
        Line(
            pieces=(
                Piece(text=f"{alert.state}: ", look="sign"),
                Piece(text=alert.words, own=True),
                *(claim_piece(name, question) for name in alert.claims[:5]),
            )
        )
        for alert in situation.alerts
    )
    return [Lines(title="Out of the ordinary", lines=lines)] if lines else []


def _section(section: Section) -> list[Block]:
    lines = tuple(
        Line(pieces=(Piece(text=f"{sentence.text}.", own=True), *_cites(sentence.cites)))
        for sentence in section.sentences
    )
    made: list[Block] = [Lines(title=section.title, lines=lines)]
    if section.plot:
        made.append(Plot(title="", svgs=(plot(section.plot),)))
    if section.table:
        made.append(
            Table(
                title="",
                caption=section.table.caption,
                head=(*section.table.head, "Sources"),
                rows=tuple(
                    (*(_told_cell(cell) for cell in row.cells), row_of(*_cites(row.cites)))
                    for row in section.table.rows
                ),
            )
        )
    return made


def _told_cell(text: str) -> Cell:
    """A cell of a report's table as it is written there: a figure, words, or empty for a dash."""
    if text == "-":
        return NONE
    figure = text == "no figure" or text.lstrip("≥≤~").replace(",", "").isdigit()
    return Cell(lines=((Piece(text=text),),), number=figure)


def _cites(numbers: Sequence[int]) -> tuple[Piece, ...]:
    return tuple(Piece(text=f"[{label}]", href=f"#r{first}", look="cite") for label, first in runs(numbers))


def _quoted(one: Reference) -> str:
    """The words of a reference; of a report cited as such, its title."""
    if one.title:
        return f"title: {one.title}"
    return f"“{one.words}”" if one.words else "the words are not on file" if one.claims else "no title"


def _references(sitrep: Sitrep, question: Question) -> Lines:
    lines = []
    for one in sitrep.references:
        if one.note:
            lines.append(Line(pieces=(Piece(text=f"{one.note}."),)))
            continue
        published = day_in_words(one.published) if one.published else "undated"
        source = ", ".join(part for part in (one.publisher, published) if part)
        lines.append(
            Line(
                pieces=(
                    *(claim_piece(name, question) for name in one.claims),
                    Piece(text=source, own=True),
                    Piece(text=_quoted(one), own=True),
                )
            )
        )
    return Lines(title="References", lines=tuple(lines), numbered=True)
