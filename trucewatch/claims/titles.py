"""The contact that a report's title tells, where the title stands outside the text.

Many readouts name the contact in the title alone ("Telephone conversation with President of France Emmanuel
Macron") and go on with "The presidents discussed". The claim stands on the opening sentence, which the title
explains; who takes part beside those named is left open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec

from trucewatch.annotations import RULES, annotate
from trucewatch.claims import contacts
from trucewatch.claims.mentions import as_time
from trucewatch.claims.participants import is_office, mended
from trucewatch.documents.divisions import divide
from trucewatch.documents.spans import within
from trucewatch.model import Actor, Annotations, AnyClaim, Contact, ContactStatus, Document, Place, Span, Time

READER = "rules: title"
Circumstance = TypeVar("Circumstance", Time, Place)
_OPENING = 3  # the sentences in which a text tells its own contact
_LETTERS = re.compile(r"\w+")
_ESCAPE = re.compile(r"(?<=[^\W\d])(?:u(20[01][0-9a-f])|x([C-F][0-9A-F])(?=[a-z_ ]|x[C-F]|$))")
_BY_VIDEO = re.compile(r"\b(?:video|online|virtual)\w*[\s-]+$|^[^.]{0,80}\b(?:via|by)\s+video", re.IGNORECASE)
_DASH = re.compile(r"(?<=\w)[‐‑‒–](?=\w)")
_SEVERAL = re.compile(r"\b(?:calls|conversations|meetings)\s+with\s", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:previous|earlier|recent|last|preceding)\b", re.IGNORECASE)
_AUTHORED = re.compile(
    r"\b(?:statement|address|speech|remarks|essay|letter|message|article|op-ed)\s+(?:by|of|from)\s+\w",
    re.IGNORECASE,
)
_I = re.compile(r"\bI\b")
_SELF = frozenset({"I", "me", "my", "My"})
_TO_COME = re.compile(
    r"\bto\s+(?:\w+ly\s+)?(?:meet|hold|have|visit|receive|host|speak|talk|attend|take\s+part|discuss)\b"
)
_ALIKE = {"summit": "meeting", "visit": "visit", "session": "session"}
_CONFIDENCE = 0.9
_WHOLE_DAY = 10  # characters of YYYY-MM-DD
_AHEAD, _AGO = 60, 7  # days from a report to the contact that its title tells
_PREFIX = 4  # letters of a name that is cut short


def explained(document: Document, annotations: Annotations, claims: Sequence[AnyClaim]) -> Iterator[AnyClaim]:
    """The claims of a text, "I" in contacts being the author whom the title names, then the title's own."""
    author = _author(document, annotations)
    told = [
        _of_author(claim, author, document) if author and isinstance(claim, Contact) else claim
        for claim in claims
    ]
    yield from told
    yield from read(document, annotations, told=told)


def read(document: Document, annotations: Annotations, *, told: Sequence[AnyClaim]) -> Iterator[Contact]:
    """The contacts of the title that the opening of the text does not tell as fully.

    ``told`` are the claims of the text.
    """
    title = legible(document.report.title)
    if not title or not document.sentences or _starts_with(document.text, title):
        return
    heading = _heading(document, title)
    marks = annotate(heading, RULES)
    opening = _opening(document)
    told_here = [c for c in told if isinstance(c, Contact) and c.evidence[0] < opening]
    own = [c for c in told_here if not _BEFORE.search(document.words(c.evidence))]
    for contact in contacts.read(heading, marks):
        for one in _each(mended(contact, heading, marks), title):
            if _says_who(one, title) and not any(_retold(one, other, title) for other in own):
                people = tuple(_known(actor, annotations) for actor in one.participants)
                yield _claim(msgspec.structs.replace(one, participants=people), document, annotations)


def _says_who(contact: Contact, title: str) -> bool:
    """Whether a title names a person, a body or two states that take part."""
    states = sum(actor.type == "country" for actor in contact.participants)
    return bool(contact.body) or states > 1 or any(_is_somebody(a, title) for a in contact.participants)


def _each(contact: Contact, title: str) -> Iterator[Contact]:
    """The contacts of "Telephone conversations with X and Y": one with each."""
    found = _SEVERAL.search(title)
    partners = [a for a in contact.participants if found and a.span and a.span[0] >= found.end()]
    if len(partners) < 2:
        yield contact
        return
    others = [a for a in contact.participants if a not in partners]
    for partner in partners:
        yield msgspec.structs.replace(contact, participants=(*others, partner))


def legible(title: str) -> str:
    """A title with its spaces and marks where they were lost: escapes without their backslash, underscores.

    >>> legible("Readout of President_Odiu2019s Call"), legible("Plan for 2019")
    ('Readout of President Odi’s Call', 'Plan for 2019')
    """
    mended_ = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), title)
    return " ".join(_DASH.sub("-", mended_.replace("_", " ")).split())


def _starts_with(text: str, title: str) -> bool:
    words = _LETTERS.findall(title.lower())[:8]
    return _LETTERS.findall(text[: 3 * len(title)].lower())[: len(words)] == words


def _heading(document: Document, title: str) -> Document:
    """The title as a document of its own."""
    parts = divide(title)
    return msgspec.structs.replace(
        document,
        text=title,
        paragraphs=parts.paragraphs,
        sentences=parts.sentences,
        quotations=parts.quotations,
    )


def _opening(document: Document) -> int:
    return document.sentences[min(_OPENING, len(document.sentences)) - 1][1]


def _known(actor: Actor, annotations: Annotations) -> Actor:
    """An actor of the title as the text names it, else without a place in the text."""
    words = _words(actor.name)
    for mention in annotations.actors:
        for other in mention.actors:
            longer = _words(other.name)
            if other.type == actor.type and len(longer) >= len(words) and longer[-len(words) :] == words:
                country = actor.country or other.country
                return msgspec.structs.replace(other, span=mention.span, country=country)
    return msgspec.structs.replace(actor, span=None)


def _words(name: str) -> list[str]:
    return _LETTERS.findall(name.lower())


def _is_somebody(actor: Actor, title: str) -> bool:
    """Whether it is a person by full name, by surname with an office, or by an office of a country."""
    if actor.type != "person" or is_office(actor.name):
        return actor.type == "person" and bool(actor.country)
    with_office = actor.span is not None and len(title[slice(*actor.span)].split()) > 1
    return len(actor.name.split()) > 1 or with_office or bool(actor.country)


def _retold(contact: Contact, other: Contact, title: str) -> bool:
    """Whether a claim of the text tells the title's contact, with all its people and as many in all."""
    if _ALIKE.get(contact.form) != _ALIKE.get(other.form) and "talks" not in (contact.form, other.form):
        return False
    if other.status not in {contact.status, "held"} or len(other.participants) < 2:
        return False
    people = [actor for actor in contact.participants if _is_somebody(actor, title)]
    if not people:
        return contact.body == other.body
    return all(any(_is_same(one, two) for two in other.participants) for one in people)


def _is_same(one: Actor, other: Actor) -> bool:
    """Whether an actor of a title, which may be cut short or only an office, is one of the text."""
    if is_office(one.name) or is_office(other.name):
        return one.country is not None and one.country == other.country
    last, own = _words(one.name)[-1], _words(other.name)
    return last == own[-1] or (len(last) >= _PREFIX and any(word.startswith(last) for word in own))


# --- the author ------------------------------------------------------------------------------------


def _author(document: Document, annotations: Annotations) -> Actor | None:
    """The person by whom a title says the text is: "Address by President Ann Odi"."""
    title = legible(document.report.title)
    found = _AUTHORED.search(title)
    if not found:
        return None
    marks = annotate(_heading(document, title), RULES)
    named = (m.actors[0] for m in marks.actors if m.span[0] >= found.end() - 1 and len(m.actors) == 1)
    first = next(named, None)
    return _known(first, annotations) if first and first.type == "person" else None


def _of_author(contact: Contact, author: Actor, document: Document) -> Contact:
    """A contact of the text with the author for "I"."""
    others = tuple(a for a in contact.participants if a.name not in _SELF)
    speaks = len(others) < len(contact.participants) or (
        len(others) == 1 and _I.search(document.words(contact.evidence)) is not None
    )
    if not speaks or any(_is_same(author, other) for other in others):
        return contact
    return msgspec.structs.replace(contact, participants=(author, *others))


# --- the claim -------------------------------------------------------------------------------------


def _claim(contact: Contact, document: Document, annotations: Annotations) -> Contact:
    """The title's contact as a claim on the opening sentence, which may give the day."""
    evidence: Span = document.sentences[0]
    title = legible(document.report.title)
    by_video = contact.form == "meeting" and _BY_VIDEO.search(title)
    to_come = contact.status == "held" and _TO_COME.search(title)
    status: ContactStatus = "planned" if to_come else contact.status
    time = contact.time or _day(document, annotations, evidence, ahead=status != "held")
    return msgspec.structs.replace(
        contact,
        evidence=evidence,
        said_by=(),
        form="call" if by_video else contact.form,
        status=status,
        time=_standing(time, document),
        place=_standing(contact.place, document),
        condition=None,
        purpose=None,
        confidence=_CONFIDENCE,
        reader=READER,
    )


def _standing(held: Circumstance | None, document: Document) -> Circumstance | None:
    """A time or place, without its words where they stand in the title alone."""
    if held is None or held.text is None or held.text in document.text:
        return held
    return msgspec.structs.replace(held, text=None)


def _day(document: Document, annotations: Annotations, span: Span, *, ahead: bool) -> Time | None:
    """The day that the opening begins with, if it is in the days after the report, or in those before it."""
    dates = [date for date in within(annotations.dates, span) if date.start and date.start == date.end]
    published = document.report.published
    if not dates or published is None or len(dates[0].start or "") != _WHOLE_DAY:
        return None
    if document.words((span[0], dates[0].span[0])) not in ("", "On "):
        return None
    away = (dt.date.fromisoformat(dates[0].start or "") - published).days
    return as_time(document, dates[0]) if (0 <= away <= _AHEAD if ahead else -_AGO <= away <= 0) else None
