"""The veil of a ledger: what its judgements withhold, with the passages looked up that they name."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import msgspec
import sqlalchemy as sa

from trucewatch.errors import UsageError
from trucewatch.ledger import judging, withholding
from trucewatch.ledger.tables import CLAIMS, CONTENTS, DOCUMENTS, GIVEN, JUDGEMENTS, REPORTS
from trucewatch.ledger.withholding import Hidden, Veil
from trucewatch.model import Span

_PASSAGE = re.compile(r"(.+):(\d+)-(\d+)", re.DOTALL)
_PINNED = re.compile(r"(.+):(\d+)-(\d+)@([0-9a-f]{64})", re.DOTALL)
_CLAIM_ID = re.compile(r"[0-9a-f]{4,16}")
_LATEST = sa.select(
    sa.select(sa.func.max(JUDGEMENTS.c.seq)).scalar_subquery(),
    sa.select(sa.func.max(DOCUMENTS.c.seq)).scalar_subquery(),
)
_WITHHELD = JUDGEMENTS.c.decision == "withhold"
_GIVEN = sa.select(GIVEN.c.report, GIVEN.c.text_sha256, GIVEN.c.evidence, GIVEN.c.id)


class Veils:
    """The veil as the ledger stands, worked out again where it has got judgements or readings."""

    def __init__(self) -> None:
        self._seen: tuple[tuple[int | None, int | None], Veil | None] = ((None, None), None)

    def of(self, connection: sa.Connection) -> Veil | None:
        """The veil of a ledger; None where nothing is withheld."""
        judged, read = connection.execute(_LATEST).one()
        seen, veil = self._seen
        if (judged, read) != seen:
            veil = _veil(connection) if judged else None
            self._seen = ((judged, read), veil)
        return veil


class Place(msgspec.Struct, frozen=True):
    """Where a passage stands: in which text of which report."""

    report: str
    text_sha256: str
    span: Span


def subjects(connection: sa.Connection, told: Sequence[str]) -> tuple[str, ...]:
    """What is to be withheld, as it is put on record: names as they are, passages by where they stand.

    The beginning of a claim's id is a passage, so is ``REPORT:START-END``. UsageError names what cannot be
    withheld: nothing, a report or stretch that is not there, a passage of a word or two.
    """
    return tuple(dict.fromkeys(_subject(connection, one.strip()) for one in told))


def _subject(connection: sa.Connection, told: str) -> str:
    if not any(map(str.isalnum, told)):
        raise UsageError(f"{told!r} has no letter and no digit that could be withheld")
    claim = judging.claim(connection, told) if _looks_like_a_claim(told) else None
    passage = _PASSAGE.fullmatch(told)
    if claim:
        _expect_words(_words(connection, _claims_place(connection, claim)), told)
        return claim
    if passage and judging.is_on_file(connection, REPORTS.c.id, passage[1]):
        pinned = _pinned(connection, passage)
        _expect_words(_words(connection, _place(connection, pinned)), told)
        return pinned
    return told


def _looks_like_a_claim(told: str) -> bool:
    """A word of hexadecimal digits with a figure among them: ``3fa9`` and not ``Ada``."""
    return bool(_CLAIM_ID.fullmatch(told)) and any(map(str.isdigit, told))


def _pinned(connection: sa.Connection, passage: re.Match[str]) -> str:
    """A passage with the text it stands in: the one last read of the report."""
    report, start, end = passage[1], int(passage[2]), int(passage[3])
    query = sa.select(DOCUMENTS.c.text_sha256).join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    query = query.where(REPORTS.c.id == report).order_by(DOCUMENTS.c.seq.desc()).limit(1)
    sha256 = connection.execute(query).scalar()
    length = len(_text(connection, sha256)) if sha256 else 0
    if not start < end <= length:
        raise UsageError(f"{passage[0]!r}: the text of {report} has {length:,} characters, from 0 on")
    return f"{passage[0]}@{sha256}"


def _expect_words(words: str, told: str) -> None:
    count = len(words.split())
    if count < withholding.LEAST_WORDS:
        raise UsageError(
            f"{told!r} is a passage of {count} words, which would be hidden wherever they stand; "
            f"give at least {withholding.LEAST_WORDS}, or the words themselves"
        )


# --- the veil ----------------------------------------------------------------------------------------


def places(connection: sa.Connection) -> list[tuple[int, Place]]:
    """The passages that are withheld, with the numbers of the judgements."""
    return [
        (judgement.seq, place)
        for judgement in judging.standing(connection, of=_WITHHELD)
        if judgement.decision == "withhold"
        for subject in judgement.subjects
        if (place := _place(connection, subject))
    ]


def _veil(connection: sa.Connection) -> Veil | None:
    names = [
        withholding.name(judgement.seq, subject)
        for judgement in judging.standing(connection, of=_WITHHELD)
        if judgement.decision == "withhold"
        for subject in judgement.subjects
        if _place(connection, subject) is None
    ]
    standing = [(number, place, _words(connection, place)) for number, place in places(connection)]
    passages = [withholding.passage(number, words) for number, _, words in standing if words]
    claims: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, place, words in standing:
        for claim in _claims_on(connection, place.report, withholding.passage(number, words)):
            claims[claim].append((number, words))
    hidden = [*passages, *names]
    hidden.sort(key=lambda one: len(one.pattern.pattern), reverse=True)  # the full name before the surname
    return Veil(hidden, claims) if hidden else None


def _place(connection: sa.Connection, subject: str) -> Place | None:
    """Where a withheld passage stands; None for a name."""
    if pinned := _PINNED.fullmatch(subject):
        return Place(pinned[1], pinned[4], (int(pinned[2]), int(pinned[3])))
    return _claims_place(connection, subject) if _looks_like_a_claim(subject) else None


def _claims_place(connection: sa.Connection, claim: str) -> Place | None:
    query = sa.select(
        REPORTS.c.id, DOCUMENTS.c.text_sha256, sa.func.json_extract(CLAIMS.c.body, "$.evidence")
    )
    query = query.select_from(CLAIMS).join(DOCUMENTS, DOCUMENTS.c.seq == CLAIMS.c.document)
    query = query.join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    query = query.where(CLAIMS.c.id == claim).order_by(DOCUMENTS.c.seq.desc())
    row = connection.execute(query).first() or connection.execute(_GIVEN.where(GIVEN.c.id == claim)).first()
    if row is None:
        return None
    start, end = msgspec.json.decode(row[2]) if row[2] else (0, 0)
    return Place(row[0], row[1], (start, end))


def _words(connection: sa.Connection, place: Place | None) -> str:
    return _text(connection, place.text_sha256)[slice(*place.span)].strip() if place else ""


def _text(connection: sa.Connection, sha256: str) -> str:
    query = sa.select(CONTENTS.c.packed).where(CONTENTS.c.sha256 == sha256)
    return zlib.decompress(connection.execute(query).scalar_one()).decode()


def _claims_on(connection: sa.Connection, report: str, hidden: Hidden) -> list[str]:
    """The claims, of all versions of a report and its reviews, whose evidence is in a hidden passage."""

    @cache
    def spans(sha256: str) -> list[Span]:
        return [one.span() for one in hidden.pattern.finditer(_text(connection, sha256))]

    evidence = sa.func.json_extract(CLAIMS.c.body, "$.evidence")
    read = sa.select(REPORTS.c.id, DOCUMENTS.c.text_sha256, evidence, CLAIMS.c.id).select_from(CLAIMS)
    read = read.join(DOCUMENTS, DOCUMENTS.c.seq == CLAIMS.c.document)
    read = read.join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report).where(REPORTS.c.id == report)
    found: list[str] = []
    for _, sha256, words, claim in connection.execute(
        sa.union_all(read, _GIVEN.where(GIVEN.c.report == report))
    ):
        start, end = msgspec.json.decode(words) if words else (0, 0)
        if any(start < until and since < end for since, until in spans(sha256)):
            found.append(claim)
    return found
