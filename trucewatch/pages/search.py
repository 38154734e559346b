"""The search of all reports on file: its hits on a page and in files, the newest report first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trucewatch.ledger import searching
from trucewatch.ledger.excerpts import Hit as Met
from trucewatch.ledger.excerpts import Stretch
from trucewatch.ledger.indexing import NoIndexError
from trucewatch.ledger.searching import Found
from trucewatch.model import AnyClaim, Noun
from trucewatch.pages import blocks, walking
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Hits, Line, Lines, Piece
from trucewatch.pages.cells import day_in_words
from trucewatch.pages.desk import Desk
from trucewatch.views.phrases import plain, shorten

PAGE, FILE = 50, 1_000
"""Hits on a page, and in a file."""
_NO_INDEX = "This Python's SQLite has no FTS5, so only the days covered are searched, and those in part."
_WITHHELD = (
    "Something is withheld from this ledger, so each hit is checked against the text as it is shown:"
    f" only the newest {searching.LOOKED_AT:,} reports that could have the words are looked at."
)
_CLAIMS = 12  # of one hit that are linked


class HitRow(Noun, frozen=True, kw_only=True):
    """A report that has all the words searched for; ``claims`` are those of whose words all are."""

    report: str
    publisher: str | None
    published: dt.date | None
    title: str
    language: str | None
    sha256: str
    excerpt: str
    claims: tuple[str, ...]


def rows(desk: Desk, question: Question) -> Sequence[HitRow]:
    """The newest thousand hits, or those from a place on. UsageError where no word is among the words."""
    return [
        HitRow(
            report=hit.report.id,
            publisher=hit.report.publisher,
            published=hit.report.published,
            title=hit.report.title,
            language=hit.report.language,
            sha256=hit.report.sha256,
            excerpt=plain("".join(text for text, _ in hit.excerpt)),
            claims=tuple(claim.id or "" for claim in hit.claims),
        )
        for hit in _ask(desk, question, limit=FILE).hits
    ]


def build(desk: Desk, question: Question) -> list[Block]:
    """The hits of a page; of a walk over the days covered where there is no index."""
    try:
        found = _ask(desk, question, limit=PAGE)
    except NoIndexError:
        return [_walked(desk, question)]
    return [
        Hits(
            title=f"Found: {plain(question.words)}",
            intro=_how_many(found, question),
            notes=(_WITHHELD,) if found.verified else (),
            hits=tuple(_hit(hit, question) for hit in found.hits),
            newer=_further(question, newer=found.newer),
            older=_further(question, older=found.older),
        )
    ]


def _ask(desk: Desk, question: Question, *, limit: int) -> Found:
    older, newer = question.older or None, question.newer or None
    return desk.ledger.search(question.words, known=question.known, limit=limit, older=older, newer=newer)


def _further(question: Question, *, older: str | None = None, newer: str | None = None) -> str | None:
    """The address of the hits from a place on; None where there is none."""
    place = question.address("reports", q=question.words, older=older, newer=newer)
    return place if older or newer else None


def _how_many(found: Found, question: Question) -> str:
    known = f", as known on {day_in_words(question.known)}" if question.known else ""
    if not found.total:
        return f"No report on file has these words{known}."
    reports = "report has" if found.total == 1 and not found.more else "reports have"
    many = f"{'More than ' if found.more else ''}{found.total:,}"
    shown = f"; {len(found.hits)} stand here" if len(found.hits) < found.total or found.more else ""
    return f"{many} {reports} these words, of all days on file{known}, the newest first{shown}."


def _hit(hit: Met, question: Question) -> blocks.Hit:
    report = hit.report
    day = day_in_words(report.published) if report.published else "undated"
    return blocks.Hit(
        href=question.address(f"reports/{report.sha256}"),
        about=f"{day}, {plain(report.publisher)}" if report.publisher else day,
        title=_shown(hit.title) or ((shorten(plain(report.id), limit=120), False),),
        excerpt=_shown(hit.excerpt),
        claims=_links(hit.claims, question),
    )


def _links(claims: Sequence[AnyClaim], question: Question) -> tuple[Piece, ...]:
    more = len(claims) - _CLAIMS
    links = (
        Piece(text=f"{claim.kind} {(claim.id or '')[:6]}", href=question.address(f"claims/{claim.id}"))
        for claim in claims[:_CLAIMS]
    )
    return (*links, *([Piece(text=f"and {more} more", look="none")] if more > 0 else []))


def _shown(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Stretches on one line, with what would steer the screen made visible; their spaces stay."""
    return tuple((_on_one_line(text), met) for text, met in stretches)


def _on_one_line(text: str) -> str:
    words = plain(text)
    before = " " if text[:1].isspace() else ""
    return f"{before}{words}{' ' if words and text[-1:].isspace() else ''}"


# --- without an index ----------------------------------------------------------------------------------


def _walked(desk: Desk, question: Question) -> Lines:
    met = walking.walk(question.words, desk, desk.reports(question), desk.entries(question))
    return Lines(
        title=f"Found: {plain(question.words)}",
        lines=tuple(_line(hit, question) for hit in met.hits),
        intro=f"{_NO_INDEX} {_how_far(met)}",
    )


def _how_far(met: walking.Walked) -> str:
    places = "place" if len(met.hits) == 1 else "places"
    if met.looked_at == met.reports:
        return f"{len(met.hits):,} {places}, in all {met.reports:,} reports of these days."
    return (
        f"{len(met.hits):,} {places}. The search stopped after {met.looked_at:,} of {met.reports:,} reports,"
        " the newest first: cover fewer days to see the rest."
    )


def _line(hit: walking.Met, question: Question) -> Line:
    link = report_link(hit.report.sha256, hit.report.title or hit.report.id, question)
    if hit.claim:
        claim = Piece(text="claim", href=question.address(f"claims/{hit.claim}"), look="claim")
        return Line(pieces=(claim, Piece(text=hit.words, look="found", own=True), link))
    around = (Piece(text=hit.before, own=True), Piece(text=hit.words, look="found", own=True))
    return Line(pieces=(link, *around, Piece(text=hit.after, own=True)))


def report_link(sha256: str, words: str, question: Question, *, lang: str | None = None) -> Piece:
    """A link to a report by the hash of its bytes; its words are in the language ``lang``."""
    text = shorten(plain(words), limit=120) or sha256[:12]
    return Piece(text=text, href=question.address(f"reports/{sha256}"), own=True, lang=lang)
