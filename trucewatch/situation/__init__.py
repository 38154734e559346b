"""Stage 6: assess(ledger, ceasefire, at=...) -> Situation, what the claims on file amount to.

A pure function of the ledger's entries. One module for each kind of thing that follows:
``relevance`` (which claims belong), ``windows``, ``readings`` and ``series`` (counts), ``records``,
``echoes``, ``contacts``, ``commitments``, ``terms``, ``postures``, ``restrictions``, ``sayings``
(statements, incidents), ``disputes`` (by ``matters``, ``denials``, ``rivals``), ``standing``, ``positions``,
``gaps``.
"""

from trucewatch.situation.assessment import assess
from trucewatch.situation.commitments.undertakings import Bearing, CommitmentState, Difference, Term, Terms
from trucewatch.situation.nouns import (
    ContactState,
    Dispute,
    Echo,
    Figure,
    Held,
    IncidentState,
    Missing,
    Point,
    PostureState,
    Quiet,
    RecordCheck,
    RestrictionState,
    Saying,
    Series,
    Situation,
    Tally,
    Telling,
)

__all__ = [
    "Bearing",
    "CommitmentState",
    "ContactState",
    "Difference",
    "Dispute",
    "Echo",
    "Figure",
    "Held",
    "IncidentState",
    "Missing",
    "Point",
    "PostureState",
    "Quiet",
    "RecordCheck",
    "RestrictionState",
    "Saying",
    "Series",
    "Situation",
    "Tally",
    "Telling",
    "Term",
    "Terms",
    "assess",
]
