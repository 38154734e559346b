"""The pages of reports: the list with the search, and one report with every claim's evidence marked."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from trucewatch.model import Entry, Noun, Report, Review, Span
from trucewatch.pages import marking, search, versions
from trucewatch.pages.asking import NotFoundError, Question
from trucewatch.pages.blocks import Block, Table
from trucewatch.pages.cells import day_in_words, row_of, value_cell
from trucewatch.pages.columns import MOST
from trucewatch.pages.desk import Desk
from trucewatch.pages.facts import facts
from trucewatch.pages.listed import covered
from trucewatch.pages.queue import line
from trucewatch.pages.search import report_link
from trucewatch.views import passage

SIGNS = {
    "statement": "S",
    "contact": "C",
    "commitment": "P",
    "count": "N",
    "posture": "F",
    "incident": "I",
    "restriction": "R",
}
"""The letter of each kind of claim, beside its colour."""
_WEB = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


class ReportRow(Noun, frozen=True, kw_only=True):
    """A report within the days covered; ``claims`` counts those on file that belong to the ceasefire."""

    report: str
    publisher: str | None
    published: dt.date | None
    title: str
    language: str | None
    sha256: str
    claims: int


def rows(desk: Desk, question: Question) -> Sequence[ReportRow]:
    """The reports published within the days covered, the newest first."""
    claims = Counter((entry.report.id, entry.report.sha256) for entry in desk.entries(question))
    return [
        ReportRow(
            report=report.id,
            publisher=report.publisher,
            published=report.published,
            title=report.title,
            language=report.language,
            sha256=report.sha256,
            claims=claims[report.id, report.sha256],
        )
        for report in desk.reports(question)
    ]


def build(desk: Desk, question: Question) -> list[Block]:
    """The list, or what was found where something is searched for."""
    if question.words:
        return search.build(desk, question)
    return [_list(rows(desk, question), question)]


def _list(found: Sequence[ReportRow], question: Question) -> Table:
    lines = tuple(
        (
            value_cell(row.published, "published", question),
            value_cell(row.publisher, "publisher", question),
            row_of(report_link(row.sha256, row.title or row.report, question, lang=row.language)),
            value_cell(row.claims, "claims on file", question),
        )
        for row in found[:MOST]
    )
    return Table(
        title="Reports on file",
        caption=f"{covered(question)}, the newest first",
        head=("Published", "Publisher", "Report", "Claims"),
        rows=lines,
        total=len(found) if len(found) > MOST else 0,
        data="reports",
    )


# --- one report ----------------------------------------------------------------------------------------


class Told(Noun, frozen=True, kw_only=True):
    """A claim beside the text: its number, kind and sign, what it says, who says so, where it stands, and how
    it was ``decided``, if it was."""

    number: int
    id: str
    kind: str
    sign: str
    facts: tuple[tuple[str, str], ...]
    chain: tuple[str, ...]
    confidence: str
    href: str
    decided: str = ""


class ReportView(Noun, frozen=True, kw_only=True):
    """One report as its page shows it: a part of its text in runs, its claims, what is told about it.
    ``complete`` is who says that no claim of it is missing, and when, by the decision ``judgement``;
    ``left`` are the claims to decide on, ``first`` the first of them; ``number`` which of ``versions``."""

    report: Report
    runs: tuple[marking.Run, ...]
    claims: tuple[Told, ...]
    part: int
    parts: int
    length: int
    late: bool = False
    complete: str = ""
    judgement: int = 0
    left: int = 0
    first: str = ""
    number: int = 1
    versions: int = 1


def report_view(sha256: str, desk: Desk, question: Question) -> ReportView:
    """The page of a report. NotFoundError where it is not on file, or has no such part."""
    report = desk.report(sha256, question)
    text, entries = desk.text(sha256), desk.claims_of(report, question.known)
    spans = marking.parts(text)
    if question.part > len(spans):
        raise NotFoundError(f"This report has {len(spans)} parts, and no part {question.part}.")
    span = spans[question.part - 1]
    reviews = desk.ledger.reviews(report.publisher, report.id)
    complete = next((one for one in reviews if one.judgement.decision == "complete"), None)
    waiting = line(desk, question, report)
    number, many = versions.standing(report, desk, question)
    return ReportView(
        number=number,
        versions=many,
        report=report,
        runs=tuple(marking.runs(text, entries, span)),
        claims=tuple(
            _told(n, entry, question.address(f"reports/{sha256}", part=_part(entry, spans)), reviews)
            for n, entry in enumerate(entries, start=1)
        ),
        part=question.part,
        parts=len(spans),
        length=len(text),
        late=question.known is not None and (report.published or question.known) > question.known,
        complete=_signed(complete) if complete else "",
        judgement=complete.judgement.seq if complete else 0,
        left=waiting.left,
        first=next(iter(waiting.after(None)), ""),
    )


def _signed(review: Review) -> str:
    return f"{review.judgement.by} on {day_in_words(review.judgement.recorded.date())}"


def _part(entry: Entry, spans: Sequence[Span]) -> int | None:
    """The part of the text that a claim stands in; None for the first, which needs no number."""
    part = marking.part_of(entry.claim.evidence[0], spans)
    return part if part > 1 else None


def _told(number: int, entry: Entry, address: str, reviews: Sequence[Review]) -> Told:
    claim = entry.claim
    on = [one for one in reviews if claim.id in {given.id for given in one.gives}]
    return Told(
        number=number,
        id=claim.id or "",
        kind=str(claim.kind),
        sign=SIGNS[claim.kind],
        facts=facts(claim),
        chain=tuple(passage.chain(entry)),
        confidence="" if claim.confidence is None else f"{claim.confidence:.2f}",
        href=f"{address}#m{number}",
        decided=f"{on[-1].judgement.decision} by {_signed(on[-1])}" if on else "",
    )


def web(url: str | None) -> str | None:
    """An address that may be linked: only those of the web are."""
    return url if url and _WEB.fullmatch(url) else None
