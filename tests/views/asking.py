"""A situation report as tests ask for it: its sections by title, as text and references."""

from __future__ import annotations

from trucewatch.situation import Situation
from trucewatch.views import Sitrep, compose
from trucewatch.views.sitrep import TextOf


def no_text(sha256: str) -> str:
    return ""


def told(
    situation: Situation, title: str, *, text_of: TextOf = no_text, before: Situation | None = None
) -> list[str]:
    """The sentences of a section."""
    return section(compose(situation, text_of=text_of, before=before), title)


def section(sitrep: Sitrep, title: str) -> list[str]:
    (found,) = [one for one in sitrep.sections if one.title == title]
    return [sentence.text for sentence in found.sentences]
