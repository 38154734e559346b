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


class Judgement(Noun, frozen=True, kw_only=True):
    """What somebody decided on the record, signed and never erased: a later one on the same goes before it.

    ``subjects`` are ids of claims (or of reports, for origins) that tell the ``same`` thing or
    ``different`` ones, each with each. ``undo`` takes back the judgements whose numbers are its subjects.
    ``seq`` counts up as judgements are recorded.
    """

    seq: int
    decision: Literal["same", "different", "undo"]
    subjects: tuple[str, ...]
    by: str
    reason: str
    recorded: dt.datetime


class Entry(Noun, frozen=True, kw_only=True):
    """A claim on file, with the report it stands in. ``recorded`` is when the ledger took it in."""

    claim: AnyClaim
    report: Report
    recorded: dt.datetime
