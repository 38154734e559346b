"""Nouns of meeting: "talks between A and B", "held a telephone conversation with B", "the summit in June"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch import catalog
from trucewatch.claims import moods
from trucewatch.claims.clauses import Passage, first_person
from trucewatch.claims.encounters import (
    AMBIGUOUS,
    Encounter,
    conditioned,
    is_council,
    is_interview,
    is_session,
    is_verb,
    joined,
    lead_in,
)
from trucewatch.claims.mentions import resolved
from trucewatch.model import Actor, ContactForm, ContactStatus, Span

_NOUN = re.compile(
    r"""\b(?:
    (?P<call>(?:(?:tele)?phone|video)[ -](?:calls?|conversations?|talks?|discussions?|conferences?)
      |video-?conferences?|calls?(?!\s(?:for|on|to|upon|out|off|up)\b))
    |(?P<meeting>meetings?|gatherings?|press\sconferences?(?=\swith\s)|audience)
    |(?P<talks>talks?|negotiations?(?!\s(?:formats?|table|teams?|positions?))|consultations?|dialogue|discussions?
      |contacts?(?!\s(?:group|line))|negotiating\stable|negotiat(?:ing|ion)\sprocess|conversations?|in\stouch)
    |(?P<visit>visits?|trips?)
    |(?P<summit>summits?)
    |(?P<session>sessions?|conven(?:ing|ocation)(?=\sof\s)|(?<!press\s)(?<!news\s)conference|forum
      |opening\sceremony|conclave)
    )\b(?!-)""",
    re.VERBOSE | re.IGNORECASE,
)
_OTHER_TALKS = re.compile(
    r"\b(?:trade|tariff|wage|pay|merger|contract|technical|business|shareholders?|annual general)\s+$",
    re.IGNORECASE,
)
# A light verb leaves the noun to say what is done: its subject takes part.
_LIGHT = re.compile(
    r"\b(?:hold(?:s|ing)?|held|had|has|have|having|attend\w*|t(?:ook|ake|akes|aking|aken)\s+part\s+in"
    r"|host(?:s|ed|ing)?|conduct\w*|participat\w+\s+in|join(?:ed|s|ing)?|start(?:ed|ing|s)?|launch\w*"
    r"|beg[aiu]n\w*|continu\w*|resum\w*|maintain\w*|paid|pay|paying|mak(?:es?|ing)|made"
    r"|(?:ready|prepared|willing|available)\s+(?:only\s+)?for|open\s+to|agreed?\s+(?:to|on)|re(?:fus|ject)\w*"
    r"|conven\w+|chair(?:ed|s)?|addressed|organi[sz]\w+|plans?|seek\w*|want\w*|propos\w+|enter(?:ed)?|allow\w*"
    r"|withdr[ae]w\w*\s+from|ruled\s+out|returned?\s+to|(?:stay\w*|remain\w*|keep\w*|be)\s+in)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_MODIFIERS = re.compile(r"\b(?:an?|another|the)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_ADVERBIAL = re.compile(
    r"\b(?:in|into|for|during|after|following|at|on|via|by|over|before|ahead\s+of)\s+$", re.IGNORECASE
)
_OWNER = re.compile(r"(?:his|her|their|its|our|my)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|could|should|can|may|must|took|takes|began|begins|ended|lasted"
    r"|failed|scheduled|continue[ds]?|said)\b"
)
_TELLING = re.compile(
    r"\b(?:ongoing|current|recent|latest|first|second|third|fourth|fifth|next|rounds?|peace|direct|upcoming"
    r"|forthcoming|planned|joint|trilateral|bilateral|emergency|extraordinary|new|further|previous|last|regular"
    r"|nuclear|hostage|ceasefire)\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"(?:the|this|that|these|those|such)\s*", re.IGNORECASE)
_BODY = re.compile(
    r"\b((?:[A-Z][\w’'-]*\s+|of\s+(?:the\s+)?|on\s+|for\s+|and\s+){0,6}"
    r"(?:Group|Council|Committee|Commission|Assembly|Format|format|Platform|Board|Forum)"
    r"|Normandy|Minsk\sprocess|G7|G20|G8|Quad|BRICS|ASEAN|NATO|Nato|OSCE)\b"
)
# What is only named as the occasion of something else: "on the margins of the summit".
_OCCASION = re.compile(r"\b(?:sidelines|margins|fringes|framework|part)\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_OF_SUMMIT = re.compile(r"\b(?!The\b)[A-Z][\w+-]*(?:\s+[A-Z][\w+-]*){0,3}(?=\s+(?:[Vv]irtual\s+)?[Ss]ummit)")
_HIGHEST = re.compile(
    r"\bat\s+the\s+(?:highest\s+level|level\s+of\s+(?:the\s+)?(?:leaders|presidents|heads))|\bof\s+the\s+leaders\b"
    r"|\bheads\s+of\s+state\b"
)
_HYPHEN = re.compile(r"\b([A-Z][\w.]+)[-–]([A-Z][\w.]+)\b")
_BETWEEN = re.compile(
    r"\b(?:with|between|among|bringing together)\s+(?:(?:the|both|his|her|its|representatives of)\s+)?"
    r"(?:[a-z]+\s+){0,2}$"
)
_OF = re.compile(r"^\s+(?:of|by)\s+(?:the\s+|both\s+|all\s+)?$|\bparticipation of\s+(?:the\s+)?$")
_UNNAMED = re.compile(
    r"\bwith\s+((?:[a-z][\w-]*|[A-Z][\w-]*)"
    r"(?:\s+(?!(?:to|in|on|at|about|during|and|as|where|over|via|for)\b)[\w-]+){0,5})"
)
_LOOSE = frozenset(
    "call calls conference forum session sessions discussions discussion dialogue contacts contact".split()
)
_KEPT = frozenset({"contact", "contacts", "in touch", "consultations", "dialogue"})
_CALLED_OFF = frozenset({"cancelled", "postponed", "refused"})
_FAR = 90  # a participant is named at most so many characters after the noun
_NEAR = 40  # a date so many characters beside a noun is its date


def find(passage: Passage) -> Iterator[Encounter]:
    """The encounters that the nouns of a sentence tell."""
    for match in _NOUN.finditer(passage.document.text, *passage.span):
        left = passage.document.text[max(passage.span[0], match.start() - 40) : match.start()]
        word = match.group().lower()
        verbal = word in AMBIGUOUS and is_verb(word, left)
        if not verbal and not _OTHER_TALKS.search(left):
            yield from _encounter(passage, match, word)


def _encounter(passage: Passage, match: re.Match[str], word: str) -> Iterator[Encounter]:
    clause = passage.clause(match.start())
    phrase = _phrase(passage, match, clause)
    before = passage.words((clause[0], phrase[0]))
    light = _is_light(before)
    people, subject = _people(passage, match, phrase, before)
    form = _form(passage, match, phrase, subject if light else ())
    body = _body(passage, phrase, form)
    if body and not people and form in {"summit", "session"}:
        people = (Actor(name=body),)
    status, condition = conditioned(passage, match.start(), _status(passage, match, clause))
    if form in {"summit", "session"} and _OCCASION.search(before):
        return
    kept = word in _KEPT and light and status == "planned"
    if is_interview(people) or not (
        kept or _tells(passage, match, phrase, status, named=bool(people or body))
    ):
        return
    yield Encounter(
        passage=passage,
        form=form,
        trigger=match.span(),
        clause=clause,
        phrase=passage.trim(clause if light else phrase),
        status=status,
        people=people,
        body=body,
        condition=condition,
        confidence=0.8 if people else 0.6,
    )


def _is_light(before: str) -> bool:
    """Whether a light verb governs the noun: "held a secure video" of "held a secure video call" does."""
    return bool(_LIGHT.search(_MODIFIERS.sub("", before)))


def _phrase(passage: Passage, match: re.Match[str], clause: Span) -> Span:
    """The noun phrase around a trigger: its modifiers to the left, its complements to the right."""
    start = max(passage.phrase_start(match.start(), clause[0]), clause[0])
    finite = _FINITE.search(passage.document.text, match.end(), clause[1])
    return passage.trim((start, max(finite.start() if finite else clause[1], match.end())))


def _form(passage: Passage, match: re.Match[str], phrase: Span, subject: tuple[Actor, ...]) -> ContactForm:
    """The form that the noun names; a council's meeting is a session, one of the leaders a summit."""
    form: ContactForm = match.lastgroup  # type: ignore[assignment]
    if form not in {"meeting", "talks"}:
        return form
    inner = passage.words((phrase[0], match.start()))
    following = passage.words((match.end(), phrase[1])) if form == "meeting" else ""
    if is_session(inner, following) or any(is_council(a) for a in subject[:1]):
        return "session"
    return "summit" if _HIGHEST.search(passage.document.text, *phrase) else form


_LITTLE = re.compile(r"^(?:(?:of|the|an?|within|in|at)\s+)+")


def _body(passage: Passage, phrase: Span, form: ContactForm) -> str | None:
    """The standing body that meets; a summit's is whatever name stands before it."""
    words = passage.words(phrase)
    found = _BODY.search(words) or (_OF_SUMMIT.search(words) if form == "summit" else None)
    return _LITTLE.sub("", found.group().strip()) if found else None


def _tells(
    passage: Passage, match: re.Match[str], phrase: Span, status: ContactStatus, *, named: bool
) -> bool:
    """Whether a noun tells of a contact rather than refers back to one."""
    word = match.group().lower()
    inner = passage.words((phrase[0], match.start()))
    back = bool(_BACK.fullmatch(inner))
    dated = any(phrase[0] <= d.span[0] < phrase[1] + 2 for d in passage.dates)
    if word.endswith("table"):
        return True
    if word in _LOOSE:
        return named and (dated or not back)
    if back and not named:
        return dated or status in _CALLED_OFF
    return named or dated or status != "held" or bool(_TELLING.search(inner))


# --- status ----------------------------------------------------------------------------------------


def _status(passage: Passage, match: re.Match[str], clause: Span) -> ContactStatus | None:
    return (
        moods.after(passage.words((match.end(), clause[1])))
        or moods.before(lead_in(passage, clause, match.start()))
        or _by_date(passage, match, clause)
    )


def _by_date(passage: Passage, match: re.Match[str], clause: Span) -> ContactStatus | None:
    """Planned where a date beside the noun is still to come."""
    published = passage.document.report.published
    for date in passage.dates:
        near = (
            abs(date.span[0] - match.end()) < _NEAR
            and clause[0] <= date.span[0]
            and date.span[1] <= clause[1]
        )
        if near and published and date.start and date.start > published.isoformat()[: len(date.start)]:
            return "planned"
    return None


# --- participants ----------------------------------------------------------------------------------


def _people(
    passage: Passage, match: re.Match[str], phrase: Span, before: str
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who takes part, and the subject: it does so with a light verb, or where others are "with" it."""
    inside, with_ = _inside(passage, match, phrase)
    if match.group().endswith("table"):
        return _brought(passage, match), ()
    subject = _subject(passage, phrase[0])
    if _is_light(before) or (with_ and _ADVERBIAL.search(before)):
        return joined(subject or _later_subject(passage, match.end()), inside), subject
    return joined(inside), subject


def _brought(passage: Passage, match: re.Match[str]) -> tuple[Actor, ...]:
    """Who is to be brought to the table: those named right before "to"."""
    named = [m for m in passage.within((passage.clause(match.start())[0], match.start())) if m.actors]
    runs = [run for m in named if (run := passage.run(m))[-1] is named[-1]]
    return resolved(runs[0]) if runs else ()


def _inside(passage: Passage, match: re.Match[str], phrase: Span) -> tuple[list[Actor], bool]:
    """The actors of a noun phrase: before the trigger, and after "with", "between", "of"; whether "with"."""
    text = passage.document.text
    found = _pair(passage, (phrase[0], match.start()))
    if not found:
        found = list(resolved([m for m in passage.within((phrase[0], match.start())) if m.actors]))
    if _OWNER.match(text, phrase[0], match.start()):
        found += _owner(passage, phrase[0])
    following = [m for m in passage.within((match.end(), phrase[1])) if m.actors]
    for link in (_OF,) if match.lastgroup == "visit" else (_BETWEEN, _OF):
        for mention in following:
            gap = text[match.end() : mention.span[0]]
            if len(gap) < _FAR and link.search(gap):
                return [*found, *resolved(passage.run(mention))], "with" in gap.split()
    if unnamed := _UNNAMED.search(text, match.end(), phrase[1]):
        return [*found, Actor(name=unnamed.group(1), span=unnamed.span(1))], True
    return found, False


def _owner(passage: Passage, at: int) -> list[Actor]:
    """Whom "his", "their" or "our" before a trigger means."""
    if passage.document.text.startswith(("our", "my", "Our", "My"), at):
        return list(first_person(passage, (at, at + 3)))
    return list(_subject(passage, at))


def _subject(passage: Passage, at: int) -> tuple[Actor, ...]:
    """The subject before an offset; a pronoun in reported words is whoever says them."""
    mentions = passage.subject(at)
    speakers = _speakers(passage, at) if any(mention.pronoun for mention in mentions) else ()
    return speakers or resolved(mentions)


def _later_subject(passage: Passage, at: int) -> tuple[Actor, ...]:
    """Who comes right after a clause that begins with a preposition: "After talks with X, Y left".

    Nobody where the talks are somebody's already: "After Z's talks with X, Y left".
    """
    start, end = passage.clause(at)
    if passage.within((start, at)):
        return ()
    after = [m for m in passage.mentions if end < m.span[0] <= end + 2 and m.actors]
    return resolved(passage.run(after[0])) if after else ()


def _speakers(passage: Passage, at: int) -> tuple[Actor, ...]:
    """Who says the words at an offset: "X said that he would comment after his call" is X's call."""
    around = [a for a in passage.attributions if a.speakers and any(p[0] <= at < p[1] for p in a.content)]
    nearest = min(around, key=lambda a: a.span[1] - a.span[0], default=None)
    return nearest.speakers if nearest and len(nearest.speakers) == 1 else ()


def _pair(passage: Passage, span: Span) -> list[Actor]:
    """Two actors joined by a hyphen: "Russian-Ukrainian", "Biden-Putin"."""
    found = _HYPHEN.search(passage.document.text, *span)
    two = [_named(passage, found.span(side)) for side in (1, 2)] if found else []
    return [actor for actor in two if actor] if all(two) else []


def _named(passage: Passage, span: Span) -> Actor | None:
    """The actor that a word names: a country by its name or demonym, or somebody by the last name."""
    word = passage.words(span)
    if name := catalog.vocabulary().names.get(word):
        return Actor(name=name.name, span=span, id=name.id, country=name.country, type=name.type)
    for mention in passage.annotations.actors:
        for actor in mention.actors:
            if actor.type == "person" and actor.name.endswith(" " + word):
                return Actor(name=actor.name, span=span, id=actor.id, country=actor.country, type=actor.type)
    return None
