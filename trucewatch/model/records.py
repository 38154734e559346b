"""What the ledger keeps: readings, runs, issues, judgements, entries."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from trucewatch.model.annotations import Annotations
from trucewatch.model.base import Noun
from trucewatch.model.claims import AnyClaim
from trucewatch.model.documents import Document, Report


class Reading(Noun, frozen=True, kw_only=True):
    """What one report was turned into: its document, the annotations on it, the claims read from them."""

    document: Document
    annotations: Annotations
    claims: tuple[AnyClaim, ...]


class Run(Noun, frozen=True, kw_only=True):
    """One run of the reader over some reports: which code with which settings, and when."""

    id: int
    reader: str
    settings: dict[str, str]
    started: dt.datetime
    finished: dt.datetime | None = None


class Issue(Noun, frozen=True, kw_only=True):
    """Something that could not be read, or was read with a doubt: kept and shown.

    ``level`` is ``error`` where the report yields nothing, ``warning`` where it was read all the same.
    """

    origin: str
    message: str
    level: Literal["error", "warning"] = "error"


ReviewDecision = Literal["accept", "correct", "reject", "merge", "split", "add", "complete"]
Decision = Literal["same", "different", "withhold", "undo"] | ReviewDecision


class Judgement(Noun, frozen=True, kw_only=True):
    """What somebody decided on the record, signed and never erased: a later one on the same goes before it.

    ``subjects`` are ids of claims (or of reports, for origins) that tell the ``same`` thing or
    ``different`` ones, each with each. ``withhold`` hides names and passages, which its subjects do not
    show either. ``undo`` takes back the judgements whose numbers are its subjects.
    The others are those of a :class:`Review`, with the claims decided on, those added, or the report.
    ``seq`` counts up as judgements are recorded.
    """

    seq: int
    decision: Decision
    subjects: tuple[str, ...]
    by: str
    reason: str
    recorded: dt.datetime


class Review(Noun, frozen=True, kw_only=True):
    """What somebody decided on claims of one report: those that ``replaces`` gave way to those it ``gives``.

    One is given for one that is accepted (the same) or corrected, none for rejected ones, one for several
    that are merged, several for one that is split, some for none where they are added. ``complete`` says that
    nothing is missing in the report. ``sha256`` are the bytes of the report that was looked at.
    """

    judgement: Judgement
    publisher: str | None
    report: str
    sha256: str
    replaces: tuple[AnyClaim, ...] = ()
    gives: tuple[AnyClaim, ...] = ()


class Signature(Noun, frozen=True, kw_only=True):
    """A situation report that a named person signed: which ceasefire and day, known when, which version.

    ``sha256`` is the hash of the signed bytes, also where an erasure has blanked words of them since:
    ``redacted`` has the numbers of such erasures.
    """

    seq: int
    ceasefire: str
    at: dt.date
    known: dt.date | None
    version: int
    by: str
    recorded: dt.datetime
    sha256: str
    redacted: tuple[int, ...] = ()


class Erasure(Noun, frozen=True, kw_only=True):
    """Bytes that were erased by order: what is left of them is their hash, who ordered it, why and when."""

    number: int
    sha256: str
    by: str
    reason: str
    recorded: dt.datetime


class Version(Noun, frozen=True, kw_only=True):
    """One version of a report on file: ``number`` counts up as the versions of a report were recorded.

    ``readers`` are those who have read it. ``claims`` are those of the newest reading of each, where the
    report has several versions; of a single version none are told. ``erased`` where it was.
    """

    number: int
    report: Report
    recorded: dt.datetime
    readers: tuple[str, ...] = ()
    claims: tuple[AnyClaim, ...] = ()
    erased: Erasure | None = None


class Entry(Noun, frozen=True, kw_only=True):
    """A claim on file, with the report it stands in. ``recorded`` is when the ledger took it in."""

    claim: AnyClaim
    report: Report
    recorded: dt.datetime
