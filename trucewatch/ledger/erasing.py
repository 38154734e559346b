"""Erasing: bytes, texts and words that go for good, by an order on record. Hash, date and reason stay."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch.errors import UsageError
from trucewatch.ledger import indexing, veiling, withholding
from trucewatch.ledger.choosing import among
from trucewatch.ledger.tables import CLAIMS, CONTENTS, DOCUMENTS, ERASURES, GIVEN, REPORTS, REVIEWS, SITREPS
from trucewatch.ledger.withholding import Veil
from trucewatch.model import Erasure, Noun

NOTHING = zlib.compress(b"")
"""What stands in the place of erased bytes."""

_EMPTY = "{}"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WORD = re.compile(r"\w+")
_RUN = 4  # so many words in a row, in a signed report that cites an erased one, are that one's
_QUOTED = re.compile(r"[\"“„«‘](.+?)[\"”“»’]", re.DOTALL)
_BYTES = sa.and_(ERASURES.c.what == "bytes", ERASURES.c.sha256 == sa.bindparam("sha256"))
_OF = sa.select(ERASURES).where(_BYTES).order_by(ERASURES.c.seq).limit(1)
_OF_ANY = sa.select(ERASURES).where(ERASURES.c.sha256 == sa.bindparam("sha256")).limit(1)


class AlreadyErasedError(UsageError):
    """What is to be erased has been."""


class Erased(Noun, frozen=True, kw_only=True):
    """What an order has erased: its record, and the reports it struck, as publisher and id.

    ``alike`` are reports with the same text in other bytes, which stay; ``signed`` are the signed reports
    in which passages were blanked, as ceasefire, day and version.
    """

    erasure: Erasure
    reports: tuple[str, ...]
    claims: int
    alike: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


# --- what was erased -----------------------------------------------------------------------------------


def of(connection: sa.Connection, sha256: str) -> Erasure | None:
    """The erasure of a report's bytes, or of a text; None where they were not erased."""
    row = connection.execute(_OF, {"sha256": sha256}).mappings().first()
    row = row or connection.execute(_OF_ANY, {"sha256": sha256}).mappings().first()
    return erasure(row) if row and row["what"] != "signed" else None


def erasure(row: Mapping[Any, Any]) -> Erasure:
    """The record from its row."""
    told = {name: row[name] for name in Erasure.__struct_fields__}
    return Erasure(**told)


def all_of_bytes(connection: sa.Connection) -> dict[str, Erasure]:
    """All erasures of reports, by the hash of the bytes."""
    rows = connection.execute(sa.select(ERASURES).where(ERASURES.c.what == "bytes")).mappings()
    return {row["sha256"]: erasure(row) for row in rows}


def in_words(erased: Erasure, *, veil: Veil | None = None) -> str:
    """``was erased on 2031-05-10 by A. Mirza (erasure 1: asked by the family)``."""
    told = veil.noun(erased) if veil else erased
    return f"was erased on {told.recorded.date()} by {told.by} (erasure {told.number}: {told.reason})"


def of_claim(connection: sa.Connection, claim: str, *, veil: Veil | None) -> str:
    """Why a claim whose id is on file has no words."""
    query = sa.select(REPORTS.c.sha256).join(DOCUMENTS, DOCUMENTS.c.report == REPORTS.c.seq)
    query = query.join(CLAIMS, CLAIMS.c.document == DOCUMENTS.c.seq).where(CLAIMS.c.id == claim)
    found = [of(connection, sha256) for sha256 in connection.execute(query).scalars()]
    told = next(filter(None, found), None)
    return f"claim {claim} {in_words(told, veil=veil)}" if told else f"there is no claim {claim!r}"


# --- erasing -------------------------------------------------------------------------------------------


def erase(
    connection: sa.Connection,
    subject: str,
    *,
    publisher: str | None,
    by: str,
    reason: str,
    recorded: dt.datetime,
) -> Erased:
    """Blank all versions of a report, or all reports of some bytes, and put that on record.

    UsageError where nobody signs, no reason is given, the report is not on file or erased already, two
    publishers have one of that id, or a passage of it is withheld, which must stay known to be hidden.
    """
    for word, told in (("by", by), ("reason", reason)):
        if not told.strip():
            raise UsageError(f"an erasure needs a {word!r}: who orders it, and why, stay on file")
    hashes = _hashes(connection, subject, publisher)
    _expect_no_withheld(connection, hashes, subject)
    reports = _rows(connection, sa.select(REPORTS).where(among(REPORTS.c.sha256, hashes)))
    documents = _rows(
        connection, sa.select(DOCUMENTS).where(among(DOCUMENTS.c.report, [r["seq"] for r in reports]))
    )
    words = _words(connection, reports, documents)
    number = (connection.execute(sa.select(sa.func.max(ERASURES.c.number))).scalar() or 0) + 1
    order = {"number": number, "by": by.strip(), "reason": reason.strip(), "recorded": recorded}
    texts = {row["text_sha256"] for row in documents} - set(hashes)
    indexing.forget(connection, [row["seq"] for row in documents])
    _note(connection, order, "bytes", hashes)
    claims = _blank_claims(connection, [row["seq"] for row in documents])
    ids = _claim_ids(connection, [row["seq"] for row in documents]) | _blank_reviews(connection, reports)
    changed = REPORTS.update().where(among(REPORTS.c.sha256, hashes))
    connection.execute(changed.values(title="", url=None))
    kept = _held_elsewhere(connection, hashes, [*texts, *hashes])
    gone = [sha256 for sha256 in (*texts, *hashes) if sha256 not in kept]
    _note(connection, order, "text", [sha256 for sha256 in gone if sha256 in texts])
    connection.execute(CONTENTS.update().where(among(CONTENTS.c.sha256, gone)).values(packed=NOTHING))
    signed = _redact(connection, order, words, {row["id"] for row in reports}, ids)
    return Erased(
        erasure=erasure({**order, "sha256": hashes[0]}),
        reports=tuple(sorted({_called(row) for row in reports})),
        claims=claims,
        alike=tuple(sorted(set(kept.values()))),
        signed=tuple(signed),
    )


def _hashes(connection: sa.Connection, subject: str, publisher: str | None) -> list[str]:
    """The hashes of the bytes to erase."""
    query = sa.select(REPORTS.c.sha256, REPORTS.c.publisher).order_by(REPORTS.c.seq)
    of_bytes = REPORTS.c.sha256 == subject if _SHA256.fullmatch(subject) else REPORTS.c.id == subject
    rows = (
        connection.execute(query.where(of_bytes)).all()
        or connection.execute(query.where(REPORTS.c.id == subject)).all()
    )
    if publisher is not None:
        rows = [row for row in rows if row[1] == publisher]
    named = f"{subject!r}" + (f" of {publisher}" if publisher is not None else "")
    if not rows:
        raise UsageError(f"no report on file is {named}; give the id of one, or its SHA-256")
    publishers = sorted({str(row[1] or "(none)") for row in rows})
    if len(publishers) > 1 and not _SHA256.fullmatch(subject):
        raise UsageError(
            f"several publishers have a report {named}: {', '.join(publishers)}; say --publisher"
        )
    hashes = list(dict.fromkeys(row[0] for row in rows))
    left = [sha256 for sha256 in hashes if not of(connection, sha256)]
    if not left:
        told = of(connection, hashes[0])
        raise AlreadyErasedError(f"the report {named} {in_words(told) if told else 'is erased'}")
    return left


def _expect_no_withheld(connection: sa.Connection, hashes: Collection[str], subject: str) -> None:
    query = sa.select(DOCUMENTS.c.text_sha256).join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    texts = set(connection.execute(query.where(among(REPORTS.c.sha256, hashes))).scalars())
    for number, place in veiling.places(connection):
        if place.text_sha256 in texts:
            raise UsageError(
                f"{subject!r}: judgement {number} withholds a passage of it, which copies may hold too: "
                f"withhold the words there first, then `trucewatch judge undo {number}`"
            )


def _note(connection: sa.Connection, order: Mapping[str, Any], what: str, hashes: Iterable[str]) -> None:
    rows = [{**order, "what": what, "sha256": sha256} for sha256 in hashes]
    if rows:
        connection.execute(ERASURES.insert(), rows)


def _blank_claims(connection: sa.Connection, documents: Sequence[int]) -> int:
    changed = CLAIMS.update().where(among(CLAIMS.c.document, documents), CLAIMS.c.body != _EMPTY)
    return connection.execute(changed.values(body=_EMPTY)).rowcount


def _claim_ids(connection: sa.Connection, documents: Sequence[int]) -> set[str]:
    query = sa.select(CLAIMS.c.id).where(among(CLAIMS.c.document, documents))
    return set(connection.execute(query).scalars())


def _blank_reviews(connection: sa.Connection, reports: Sequence[Mapping[Any, Any]]) -> set[str]:
    """Blank the claims in all reviews of some reports, also those of versions that stay, since a decision on
    one may have words of another; the ids of the claims that they gave."""
    keys = {(row["publisher"], row["id"]) for row in reports}
    ids: set[str] = set()
    for publisher, name in keys:
        given = sa.select(GIVEN.c.id).where(*_of_report(GIVEN, publisher, name))
        ids |= set(connection.execute(given).scalars())
        changed = REVIEWS.update().where(*_of_report(REVIEWS, publisher, name))
        connection.execute(changed.values(replaces="[]", gives="[]", beside="[]"))
    return ids


def _of_report(table: sa.FromClause, publisher: str | None, name: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.c.report == name, table.c.publisher.is_not_distinct_from(publisher))


def _held_elsewhere(
    connection: sa.Connection, hashes: Collection[str], contents: Sequence[str]
) -> dict[str, str]:
    """Contents that other reports rest on, as their text, each with what one of those is called."""
    query = sa.select(DOCUMENTS.c.text_sha256, REPORTS.c.publisher, REPORTS.c.id)
    query = query.join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    query = query.where(among(DOCUMENTS.c.text_sha256, contents), ~among(REPORTS.c.sha256, hashes))
    erased = all_of_bytes(connection)
    query = query.add_columns(REPORTS.c.sha256)
    rows = _rows(connection, query)
    return {row["text_sha256"]: _called(row) for row in rows if row["sha256"] not in erased}


def _called(row: Mapping[Any, Any]) -> str:
    return f"{row['publisher']}: {row['id']}" if row["publisher"] else str(row["id"])


def _rows(connection: sa.Connection, query: sa.Select[Any]) -> list[Mapping[Any, Any]]:
    return list(connection.execute(query).mappings())


# --- signed reports that quote it ------------------------------------------------------------------------


def _words(
    connection: sa.Connection, reports: Sequence[Mapping[Any, Any]], documents: Sequence[Mapping[Any, Any]]
) -> list[str]:
    """All that the reports say: texts, titles, addresses."""
    hashes = sorted({row["text_sha256"] for row in documents})
    packed = connection.execute(
        sa.select(CONTENTS.c.packed).where(among(CONTENTS.c.sha256, hashes))
    ).scalars()
    told = [zlib.decompress(data).decode(errors="replace") for data in packed]
    return [*told, *(line for row in reports for line in (row["title"], row["url"]) if line)]


def _redact(
    connection: sa.Connection,
    order: Mapping[str, Any],
    words: Sequence[str],
    reports: Collection[str],
    claims: Collection[str],
) -> list[str]:
    """Blank the passages in the signed reports that cite the report or a claim of it."""
    query = sa.select(SITREPS, CONTENTS.c.packed).join(CONTENTS, CONTENTS.c.sha256 == SITREPS.c.sha256)
    redacted: dict[str, str] = {}
    for row in _rows(connection, query.order_by(SITREPS.c.seq)):
        data = zlib.decompress(row["packed"])
        blanked = _without(data, words, {*reports, *claims})
        if blanked == data or row["sha256"] in redacted:
            continue
        _note(connection, order, "signed", [row["sha256"]])
        changed = CONTENTS.update().where(CONTENTS.c.sha256 == row["sha256"])
        connection.execute(changed.values(packed=zlib.compress(blanked)))
        redacted[row["sha256"]] = f"{row['ceasefire']} {row['at']} version {row['version']}"
    return list(redacted.values())


def _without(data: bytes, words: Sequence[str], cited: Collection[str]) -> bytes:
    """A signed report without the passages of an erased one, where it cites that one at all."""
    text = data.decode(errors="replace")
    if not any(msgspec.json.encode(name).decode() in text for name in cited):
        return data
    passages = _Passages(words)
    try:
        told = msgspec.json.decode(data)
    except msgspec.DecodeError:
        return passages.blanked(text).encode()
    end = b"\n" if data.endswith(b"\n") else b""
    return msgspec.json.encode(withholding.in_json(told, passages.blanked), order="sorted") + end


class _Passages:
    """The words of a report, and what a line has of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._lines = frozenset(texts)
        self._texts = [f" {' '.join(_WORD.findall(text.lower()))} " for text in texts]
        self._runs = {run for text in self._texts for run in _runs(text.split())}

    def blanked(self, line: str) -> str:
        """A line with each run of four words that stands in the report blocked out, and each quotation.

        A line that is a stretch of the report, of two words or more, is blocked out as a whole. What is one
        word (a date, an id) stays, but for the report's own title or address.
        """
        if len(line.split()) < 2:
            return _block(line, [(0, len(line))] if line in self._lines else [])
        words = list(_WORD.finditer(line))
        if len(words) > 1 and self._holds(line):
            return _block(line, [(0, len(line))])
        told = [word[0].lower() for word in words]
        spans = [
            (words[at].start(), words[at + _RUN - 1].end())
            for at, run in enumerate(_runs(told)) if run in self._runs
        ]  # fmt: skip
        spans += [found.span(1) for found in _QUOTED.finditer(line) if self._holds(found[1])]
        return _block(line, spans)

    def _holds(self, line: str) -> bool:
        told = " ".join(_WORD.findall(line.lower()))
        return bool(told) and any(f" {told} " in text for text in self._texts)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def _block(line: str, spans: Sequence[tuple[int, int]]) -> str:
    characters = list(line)
    for start, end in spans:
        for at in range(start, end):
            if not characters[at].isspace():
                characters[at] = withholding.BLOCK
    return "".join(characters)
