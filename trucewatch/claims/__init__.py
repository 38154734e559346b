"""Claims: the six kinds of things that a report says, read from its annotations. One verb: :func:`extract`.

Each kind has a module with one function, ``read(document, annotations)``, that gives its claims by
rules; joining.py weighs them against what the encoder sees, and adds what only the encoder sees.
A seventh kind, the restrictions of observers, is the rules' alone, and stands beside the six.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from trucewatch.annotations import encoder
from trucewatch.annotations.restoring import restore
from trucewatch.claims import (
    commitments,
    contacts,
    counts,
    incidents,
    joining,
    participants,
    postures,
    restrictions,
    statements,
    titles,
)
from trucewatch.claims.deadlines import sharpened
from trucewatch.claims.exact import exact
from trucewatch.claims.fillers import View
from trucewatch.model import Annotations, AnyClaim, Contact, Document
from trucewatch.model.checks import identify

READER = "rules/4"
"""Name and version of the reader; a claim read by another version is another claim's history.

The name stays, though an encoder has joined the rules: readings of version 1 give way to those of 3.
"""

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
    restored = restore(document)
    view = View(restored, annotations, encoder.sight(restored))
    joined = joining.join(view, ruled(restored, annotations))
    sharp = (sharpened(claim, restored, annotations) for claim in joined)
    claims = [_contact(claim, restored, annotations) for claim in sharp]
    claims = [*titles.explained(restored, annotations, claims), *restrictions.read(restored, annotations)]
    if restored is not document:
        claims = [exact(claim, restored, document) for claim in claims]
    named = {identify(claim, report_id=document.report.id): claim for claim in claims}
    ordered = sorted(named.items(), key=lambda item: (item[1].evidence, item[1].kind, item[0]))
    return tuple(msgspec.structs.replace(claim, id=name) for name, claim in ordered)


def _contact(claim: AnyClaim, document: Document, annotations: Annotations) -> AnyClaim:
    if not isinstance(claim, Contact):
        return claim
    dated = contacts.with_own_day(claim, document, annotations)
    return participants.mended(dated, document, annotations)


def ruled(document: Document, annotations: Annotations) -> list[AnyClaim]:
    """The claims that the rules read."""
    return [claim for read in KINDS.values() for claim in read(document, annotations)]
