"""Damaged text made readable again: capitals that are lost, letters that only look Latin.

The restored text is as long as the received one, so that every span holds in both. Rules read the
restored text; what is shown are the received words.
"""

from __future__ import annotations

import msgspec
import numpy as np

from trucewatch.annotations import encoder
from trucewatch.annotations.chunks import fold
from trucewatch.annotations.labels import CASES
from trucewatch.documents.divisions import divide
from trucewatch.model import Document

ENOUGH = 60  # letters: a shorter text may well be a headline in capitals
USUAL = (0.004, 0.6)  # share of capitals among the letters of a text whose capitals can be trusted
_LOWER, _TITLE, _ONE, _UPPER, _MIXED = range(len(CASES))


def restore(document: Document) -> Document:
    """The document with its look-alike letters made Latin, and its capitals as the encoder would set them."""
    text = fold(document.text)
    if _lost(text):
        text = _recased(text, document)
    if text == document.text:
        return document
    parts = divide(text)
    return msgspec.structs.replace(
        document,
        text=text,
        paragraphs=parts.paragraphs,
        sentences=parts.sentences,
        quotations=parts.quotations,
    )


def _lost(text: str) -> bool:
    capitals, letters = sum(c.isupper() for c in text), sum(c.isalpha() for c in text)
    return letters >= ENOUGH and not USUAL[0] <= capitals / letters <= USUAL[1]


def _recased(text: str, document: Document) -> str:
    seen = encoder.sight(document)
    letters = list(text)
    for (start, end), case in zip(seen.spans, np.asarray(seen.cases).tolist(), strict=True):
        for at in range(start, end):
            upper = case in (_ONE, _UPPER) or (case in (_TITLE, _MIXED) and at == start)
            changed = letters[at].upper() if upper else letters[at].lower()
            letters[at] = changed if len(changed) == 1 else letters[at]
    return "".join(letters)
