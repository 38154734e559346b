"""Contacts: parties meet or talk, have met, will meet, or are asked to.

A trigger ("spoke", "talks", "summit") gives the form, the words around it the participants and the
status. A mention that only refers back ("during the meeting") is no claim of its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from trucewatch import catalog
from trucewatch.claims import meeting_nouns, meeting_verbs
from trucewatch.claims.clauses import Passage, passages
from trucewatch.claims.encounters import Encounter
from trucewatch.claims.mentions import as_time, place_of
from trucewatch.claims.voices import voices
from trucewatch.documents.spans import within
from trucewatch.model import (
    Actor,
    Annotations,
    Contact,
    ContactStatus,
    DateMention,
    Document,
    Span,
    Time,
    Voice,
)

READER = "rules: contacts"

_TITLE = 250  # a headline has at most so many characters
_OPENING = 2  # a readout says in its title or first sentence who met
_TOGETHER = frozenset({"call", "meeting", "talks", "summit"})
_PERSON = re.compile(
    r"(?!(?:President|Prime|Minister|Foreign|Head|Chancellor)\b)[A-ZÀ-Ž][^\W\d]+"
    r"(?:[ '’-](?:al-|[a-z]{2,3} )?[A-ZÀ-Ž][\w'’.-]*)+|President of [A-Z]\w+"
)
_WITH_WHOM = re.compile(r"[^,.;]{0,60}?\b(?:calls?|conversations?|talks|meetings?)\s+with\s", re.IGNORECASE)
_NO_VOUCHER = re.compile(
    r"(?:re)?commit|agree|pledg|(?:was|been) agreed|thank|welcom|congratulat|recogni[sz]|reaffirm|invit"
    r"|reject|den(?:y|ied)",
    re.IGNORECASE,
)
_DEICTIC = re.compile(
    r"(?:earlier\s+)?(?:today|yesterday|tonight|this\s+(?:morning|afternoon|evening)|last\s+night)"
)
_VAGUE = frozenset("now immediately currently recently once".split())
_LONG = re.compile(r"\s*(?:(?:of|long)\s+)?(?:[\w-]+\s+){0,3}")
_LASTED = re.compile(
    r"\b(?:last(?:ed|s)|took|for|(?:went|go) on for)\s+"
    r"(?:(?:more than|about|around|almost|nearly|over|some)\s+)?$"
)
_MINUTES = re.compile(r"PT(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?")
_PURPOSE = re.compile(
    r"\b(?:to\s+(?=(?:discuss|address|prevent|convey|reaffirm|reiterate|underscore|advance|develop|secure|end"
    r"|resolve|help|define|prepare|review)\b)|aimed\s+at\s+|in\s+(?:an\s+effort|a\s+bid)\s+to\s+"
    r"|with\s+the\s+aim\s+of\s+|devoted\s+to\s+|about\s+|regarding\s+"
    r"|on\s+(?!the\s+(?:phone|sidelines|margins|basis)|behalf)(?=the\s+[a-z]|[a-z]+\s+[a-z]+))"
    r"(?P<what>[^.;\n\"”]+(?:\n[^.;\"”]+)?)"
)


def read(document: Document, annotations: Annotations) -> Iterator[Contact]:
    """The contacts of a document; one in the headline only where the body does not tell it."""
    title = _title(document)
    together = company(document, annotations)
    sentences = passages(document, annotations, company=together)
    found = [e for passage in sentences for e in _encounters(passage)]
    headlines = [e for e in found if e.trigger[0] < title[1]]
    body = [e for e in found if e.trigger[0] >= title[1]]
    for encounter in headlines:
        if not any(_retold(encounter, other) for other in body):
            yield _contact(_completed(encounter))
    for encounter in body:
        yield _contact(encounter)


def company(document: Document, annotations: Annotations) -> tuple[Actor, ...]:
    """Those whose meeting or call a report opens with: whom "the leaders" and "they" of a readout mean."""
    title = _title(document)
    for passage in itertools.islice(passages(document, annotations), _OPENING):
        for encounter in _encounters(passage):
            told = _completed(encounter) if encounter.trigger[0] < title[1] else encounter
            people = [a for a in told.people if a.type == "person"]
            if told.status == "held" and told.form in _TOGETHER and len(people) > 1:
                return tuple(people)
    return ()


def _encounters(passage: Passage) -> list[Encounter]:
    """What a sentence tells, each contact once."""
    kept: list[Encounter] = []
    found = [*meeting_verbs.find(passage), *meeting_nouns.find(passage)]
    for encounter in sorted(found, key=lambda e: e.trigger):
        if not any(_same(encounter, other) for other in kept):
            kept.append(encounter)
    return kept


def _same(one: Encounter, other: Encounter) -> bool:
    """Whether two triggers of one clause tell the same contact: the later one adds no participant."""
    forms = {one.form, other.form}
    return (
        one.clause == other.clause and one.names <= other.names and ("summit" not in forms or len(forms) == 1)
    )


# --- headlines -------------------------------------------------------------------------------------


def _title(document: Document) -> Span:
    """The first line, where it is a headline: short, without a full stop, with a text below it."""
    if len(document.paragraphs) < 2:
        return (0, 0)
    first = document.paragraphs[0]
    words = document.words(first).rstrip("\"”’'")
    return first if len(words) < _TITLE and not words.endswith((".", "!", "?", ":")) else (0, 0)


def _retold(headline: Encounter, other: Encounter) -> bool:
    """Whether the body tells the contact of a headline with at least as many of its participants."""
    if other.form != headline.form or other.status not in {headline.status, "held"}:
        return False
    return len(other.people) >= max(2, len(headline.people)) and bool(headline.names & other.names)


def _completed(headline: Encounter) -> Encounter:
    """A headline that names only the other side ("Telephone conversation with X"), with the publisher's.

    It is the person whom the body names most often beside X; nobody where it names none.
    """
    words = headline.passage.words(headline.phrase)
    if headline.phrase[0] > headline.passage.span[0] or not _WITH_WHOM.match(words):
        return headline
    named: dict[str, list[Actor]] = {}
    for mention in headline.passage.annotations.actors:
        if mention.span[0] > headline.clause[1] and len(mention.actors) == 1 and not mention.pronoun:
            actor = mention.actors[0]
            if actor.type == "person" and actor.name not in headline.names and _is_name(actor.name):
                named.setdefault(actor.name, []).append(actor)
    most = max(named.values(), key=len, default=[])
    return replace(headline, people=(*most[:1], *headline.people))


def _is_name(name: str) -> bool:
    """Whether it is somebody's full name, or "President of X" where the text gives no other."""
    words = name.split()
    titled = any(word.lower() in catalog.vocabulary().offices for word in words)
    return (
        len(words) > 1 and bool(_PERSON.fullmatch(name)) and (not titled or name.startswith("President of "))
    )


# --- the claim -------------------------------------------------------------------------------------


def _status(encounter: Encounter, time: Time | None) -> ContactStatus:
    """The encounter's status, but what lies in the future has not been held (trap 20)."""
    published = encounter.passage.document.report.published
    if encounter.status != "held" or not time or not time.start or not published:
        return encounter.status
    today = published.isoformat()
    ahead = time.start >= today and (time.end is None or time.end > today)
    return "planned" if ahead else "held"


def _contact(encounter: Encounter) -> Contact:
    passage = encounter.passage
    time = _time(encounter)
    return Contact(
        evidence=encounter.phrase,
        said_by=_voices(encounter),
        form=encounter.form,
        participants=encounter.people,
        status=_status(encounter, time),
        body=encounter.body,
        duration_minutes=_duration(encounter),
        time=time,
        place=place_of(passage.document, passage.annotations, encounter.phrase),
        condition=encounter.condition,
        purpose=_purpose(encounter),
        confidence=encounter.confidence,
        reader=READER,
    )


def _voices(encounter: Encounter) -> tuple[Voice, ...]:
    """Who vouches: not the parties that agree to meet, nor who only looks back ("thanked for")."""
    passage = encounter.passage
    chain = voices(passage.document, passage.annotations, encounter.phrase)
    return tuple(v for v in chain if not _NO_VOUCHER.match(v.cue or ""))


def _duration(encounter: Encounter) -> int | None:
    """How long it took in minutes, from a duration beside the trigger: "one-hour talks", "lasted an hour"."""
    passage, (start, end) = encounter.passage, encounter.trigger
    for duration in passage.durations:
        first, last = duration.span
        before = last <= start and _LONG.fullmatch(passage.words((last, start)))
        after = end <= first and last <= encounter.clause[1] and _LASTED.search(passage.words((end, first)))
        if before or after:
            return in_minutes(duration.value)
    return None


def in_minutes(value: str) -> int | None:
    """An ISO 8601 duration of less than a day in minutes; a longer one is no length of a conversation.

    >>> in_minutes("PT1H45M"), in_minutes("PT105M"), in_minutes("P2D")
    (105, 105, None)
    """
    found = _MINUTES.fullmatch(value)
    if found is None:
        return None
    return round(60 * float(found["hours"] or 0) + float(found["minutes"] or 0)) or None


def _purpose(encounter: Encounter) -> str | None:
    """What it was for or about, as the text says it after the trigger."""
    found = _PURPOSE.search(encounter.passage.document.text, encounter.trigger[1], encounter.clause[1])
    return found.group("what").strip(' ,.;:"”') if found else None


def _time(encounter: Encounter) -> Time | None:
    """When it was or will be: the first date after the trigger, else the last before it.

    Nothing that is still to come is dated to the past.
    """
    passage, (start, end) = encounter.passage, encounter.phrase
    dates = [
        d
        for d in passage.dates
        if start <= d.span[0] and d.span[1] <= end + 1 and passage.words(d.span).lower() not in _VAGUE
    ]
    dates = [d for d in dates if d.start or d.end] or _only_date(encounter)
    if not dates:
        return None
    chosen = next((d for d in dates if d.span[0] >= encounter.trigger[0]), dates[-1])
    published = passage.document.report.published
    over = chosen.end and published and chosen.end < published.isoformat()[: len(chosen.end)]
    return None if over and encounter.status != "held" else as_time(passage.document, chosen)


def with_own_day(contact: Contact, document: Document, annotations: Annotations) -> Contact:
    """A held contact with the day that its own words give: "spoke today with" was today.

    Only a day told from the report's ("today", "last night") that is the only date of the words counts.
    """
    dates = within(annotations.dates, contact.evidence)
    if contact.time or contact.status != "held" or len(dates) != 1:
        return contact
    date, words = dates[0], document.words(dates[0].span).lower()
    whole = date.start and date.start == date.end and len(date.start) == len("YYYY-MM-DD")
    own = whole and _DEICTIC.fullmatch(words)
    return msgspec.structs.replace(contact, time=as_time(document, date)) if own else contact


def _only_date(encounter: Encounter) -> list[DateMention]:
    """The date of the clause around a noun phrase, where it is the only one."""
    start, end = encounter.clause
    dates = [d for d in encounter.passage.dates if start <= d.span[0] and d.span[1] <= end + 1]
    vague = any(encounter.passage.words(d.span).lower() in _VAGUE for d in dates)
    return dates if len(dates) == 1 and not vague and (dates[0].start or dates[0].end) else []
