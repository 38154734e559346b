"""Annotations: what is mentioned where in a document. One verb: :func:`annotate`.

Annotators run in the order of :data:`ANNOTATORS`; each sees the document and what those before it
found, and returns the annotations with its own added. A trained encoder is one annotator more.
"""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.annotations import actors, dates, places, quantities, speech
from trucewatch.model import Annotations, Document

Annotator = Callable[[Document, Annotations], Annotations]

ANNOTATORS: list[Annotator] = [
    dates.annotate,
    quantities.annotate,
    places.annotate,
    actors.annotate,
    speech.annotate,
]


def annotate(document: Document) -> Annotations:
    """All annotations of a document."""
    annotations = Annotations()
    for annotator in ANNOTATORS:
        annotations = annotator(document, annotations)
    return annotations
