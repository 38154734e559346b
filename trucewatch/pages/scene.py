"""What a reviewer's words are looked up in: the text of a report, and who and what its claims name."""

from __future__ import annotations

import datetime as dt
import functools
import re

import msgspec

from trucewatch import catalog
from trucewatch.annotations import gazetteer
from trucewatch.catalog.words import Name
from trucewatch.documents import spans
from trucewatch.model import Actor, AnyClaim, Document, Noun, Place, PlaceMention, Report, Span
from trucewatch.situation.relevance import actors
from trucewatch.views.phrases import plain

LONGEST = 2_000
"""Characters of an evidence that a form shows and takes."""
_NEVER = r"(?!)"
_NAMED = frozenset({"name", "body", "armed group", "seat"})  # names that stand for what they name
_AROUND = 20_000  # characters around the evidence in which a new place's country is looked for


class Scene(Noun, frozen=True, kw_only=True):
    """The report that a claim under review stands in: its text, and the claims on file of it."""

    report: Report
    text: str
    claims: tuple[AnyClaim, ...] = ()

    def words(self, span: Span) -> str:
        """The words on a span as a form shows them: on one line, nothing that steers, not too long."""
        return plain(self.text[span[0] : span[1]])[:LONGEST]

    def find(self, words: str, *, near: int) -> Span | None:
        """Where words stand in the text, the place nearest to another; any white space is alike.

        >>> Scene(report=report, text="Two and two.").find("two", near=0)  # doctest: +SKIP
        (8, 11)
        """
        return spans.nearest(_pattern(words, flags=0), self.text, near=near)

    def mention(self, name: str, *, near: int) -> Span | None:
        """Where a name stands as whole words, nearest to a place; in any case of letters at last."""
        for flags in (0, re.IGNORECASE):
            if found := spans.nearest(_pattern(name, flags=flags, whole=True), self.text, near=near):
                return found
        return None

    def actor(self, name: str, *, near: int) -> Actor:
        """Somebody by name: as the report's claims know them, else as the catalog does, else the name."""
        known = min(
            (actor for claim in self.claims for actor in actors(claim) if _same(actor.name, name)),
            key=lambda actor: abs((actor.span or (near, near))[0] - near),
            default=None,
        )
        span = self.mention(known.name if known else name, near=near)
        if known:
            return msgspec.structs.replace(known, span=span or known.span)
        return msgspec.structs.replace(_given(name), span=span)

    def place(self, text: str | None, name: str | None, *, near: int) -> Place:
        """A place by its words and name: as the report's claims have it, else as the gazetteer does."""
        for claim in self.claims:
            known = claim.place
            if known and _same(known.name or "", name or text or "") and not (text and known.text != text):
                return msgspec.structs.replace(known, text=text or known.text)
        found = self._resolved(name or text or "", near)
        return Place(
            text=text,
            name=name or text,
            country=found.country,
            lat=found.lat,
            lon=found.lon,
            precision=found.precision,
        )

    def _resolved(self, name: str, near: int) -> PlaceMention:
        start, end = max(0, near - _AROUND), near + _AROUND
        around = msgspec.structs.replace(self, text=self.text[start:end])
        span = around.mention(name, near=near - start) or (0, 0)
        document = Document(
            report=self.report,
            text=around.text,
            language="en",
            paragraphs=(),
            sentences=(),
            quotations=(),
        )
        mention = PlaceMention(span=span, annotator="review", name=name)
        return gazetteer.resolve((mention,), document)[0]

    def names(self, near: int) -> tuple[str, ...]:
        """Whom the report's claims name, those nearest to a place first."""
        found: dict[str, int] = {}
        for claim in self.claims:
            for actor in actors(claim):
                far = abs((actor.span or claim.evidence)[0] - near)
                found[actor.name] = min(far, found.get(actor.name, far))
            for voice in claim.said_by:
                far = abs((voice.span or claim.evidence)[0] - near)
                found[voice.source] = min(far, found.get(voice.source, far))
        shown = (plain(name) for name in sorted(found, key=lambda name: (found[name], name)))
        return tuple(dict.fromkeys(name for name in shown if name and ";" not in name))

    @property
    def day(self) -> dt.date | None:
        """The day from which a day of the month is reckoned."""
        return self.report.published


def _same(one: str, other: str) -> bool:
    return plain(one).casefold() == plain(other).casefold() != ""


def _pattern(words: str, *, flags: int, whole: bool = False) -> re.Pattern[str]:
    """Words with any white space between; the sign for what cannot be shown stands for any character but
    white space, so that a search takes no longer than the text is."""
    parts = [re.escape(word).replace("\ufffd", r"\S") for word in words.split()]
    body = r"\s+".join(parts) if parts and len(words) <= LONGEST else _NEVER
    return re.compile(rf"(?<!\w){body}(?!\w)" if whole else body, flags)


def _given(name: str) -> Actor:
    """An actor as the catalog has the name; of a name that it does not know, nothing but the name."""
    known = _catalog().get(name.casefold())
    if known is None:
        return Actor(name=name)
    own = known.name if known.kind != "seat" else name
    return Actor(name=own, id=known.id, country=known.country, type=known.type)


@functools.cache
def _catalog() -> dict[str, Name]:
    """The names of countries, bodies and seats in lower case, without those that are ordinary words too."""
    named = (one for one in catalog.vocabulary().names.values() if one.kind in _NAMED)
    return {one.text.casefold(): one for one in named if not one.ambiguous or one.text == one.name}
