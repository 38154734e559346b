"""Claims: the six kinds of things that a report says, read from its annotations. One verb: :func:`extract`.

Each kind has a module with one function, ``read(document, annotations)``, that gives its claims.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import msgspec

from trucewatch.claims import commitments, contacts, counts, incidents, postures, statements
from trucewatch.model import Annotations, AnyClaim, Document

READER = "rules/1"
"""Name and version of the reader; a claim read by another version is another claim's history."""

Reader = Callable[[Document, Annotations], Iterable[AnyClaim]]

KINDS: dict[str, Reader] = {
    "statement": statements.read,
    "contact": contacts.read,
    "commitment": commitments.read,
    "count": counts.read,
    "incident": incidents.read,
    "posture": postures.read,
}


def extract(document: Document, annotations: Annotations) -> tuple[AnyClaim, ...]:
    """All claims of a document in the order of the text, each with its id."""
    claims = [claim for read in KINDS.values() for claim in read(document, annotations)]
    named = {identify(claim, report_id=document.report.id): claim for claim in claims}
    ordered = sorted(named.items(), key=lambda item: (item[1].evidence, item[1].kind, item[0]))
    return tuple(msgspec.structs.replace(claim, id=name) for name, claim in ordered)


def identify(claim: AnyClaim, *, report_id: str) -> str:
    """A claim's stable id: a hash of its content and of the report it stands in, 16 hex digits."""
    content = msgspec.structs.replace(claim, id=None, confidence=None, reader=None)
    encoded = report_id.encode() + b"\0" + msgspec.json.encode(content, order="sorted")
    return hashlib.sha256(encoded).hexdigest()[:16]
