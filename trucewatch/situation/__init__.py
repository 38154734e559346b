"""Stage 6: assess(ledger, ceasefire, at=...) -> Situation, what the claims on file amount to.

A pure function of the ledger's entries. One module for each kind of thing that follows:
``relevance`` (which claims belong), ``windows``, ``readings`` and ``series`` (counts), ``records``,
``echoes``, ``contacts``, ``commitments``, ``sayings`` (statements, incidents, disputes), ``gaps``.
"""

from trucewatch.situation.assessment import assess
from trucewatch.situation.nouns import (
    CommitmentState,
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
    Saying,
    Series,
    Situation,
    Tally,
    Telling,
)

__all__ = [
    "CommitmentState",
    "ContactState",
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
    "Saying",
    "Series",
    "Situation",
    "Tally",
    "Telling",
    "assess",
]
