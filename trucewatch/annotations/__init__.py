"""Annotations: what is mentioned where in a document. One verb: :func:`annotate`.

Annotators run in the order of :data:`ANNOTATORS`; each sees the document and what those before it
found, and returns the annotations with its own added. The trained encoder is the last of them. They read
the text as restored (:mod:`trucewatch.annotations.restoring`), which differs only where it was damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trucewatch.annotations import actors, dates, encoder, places, quantities, speech
from trucewatch.annotations.restoring import restore
from trucewatch.model import Annotations, Document

Annotator = Callable[[Document, Annotations], Annotations]

RULES: tuple[Annotator, ...] = (
    dates.annotate,
    quantities.annotate,
    places.annotate,
    actors.annotate,
    speech.annotate,
)
ANNOTATORS: tuple[Annotator, ...] = (*RULES, encoder.annotate)


def annotate(document: Document, by: Sequence[Annotator] = ANNOTATORS) -> Annotations:
    """All annotations of a document."""
    restored = restore(document)
    annotations = Annotations()
    if encoder.annotate in by:
        encoder.begin(restored)
    for annotator in by:
        annotations = annotator(restored, annotations)
    return annotations
