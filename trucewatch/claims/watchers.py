"""Watchers: the words of a sentence for those who observe a truce, and for what is theirs.

Monitors, observers and peacekeepers are watchers wherever they stand; a patrol, a flight, a drone or a
camera is theirs in a report of a mission, or beside words for observers, unless it is somebody else's
("an army patrol"). The words stand in ``catalog/vocabulary/restrictions.yml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from trucewatch.catalog.files import decode
from trucewatch.catalog.words import FOLDER
from trucewatch.model import Span

Sort = Literal["observers", "parts", "craft", "cameras", "pronoun"]

ADVERBS = r"(?:(?:\w+ly|again|also|still|then|once|twice|yet|both|all|at\s+first)\s+){0,2}"
BE = r"(?:was|were|been|being|is|are|got|remains?|remained|be)"
_STOP = (
    r"(?:and|or|but|in|on|at|by|of|with|for|from|to|near|into|through|that|who|which|while|when|after|before|as"
    r"|because|was|were|had|has|have|is|are)"
)
FEW = rf"(?:(?!{_STOP}\b)[\w’'-]+\s+){{0,4}}"  # determiners, numbers, adjectives
_REACH = 200  # code points between observers and what is said of them
_LEAD = 60


class Watcher(NamedTuple):
    """Words for those who observe, or for a thing of theirs."""

    span: Span
    sort: Sort


@dataclass(frozen=True)
class Sentence:
    """A sentence with what stands in brackets blanked, and those who observe in it.

    Offsets are those of the report. ``own`` is True where the report is a mission's or observers stand
    nearby: patrols, flights and cameras are then theirs, and so is a "freedom of movement" that nobody
    else is said to have.
    """

    text: str
    start: int
    watchers: tuple[Watcher, ...]
    own: bool

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def ours(self) -> list[Watcher]:
        """Its observers; what may be anybody's patrol counts only where it is theirs."""
        return [w for w in self.watchers if w.sort == "observers" or self.own]

    def part(self, start: int, end: int) -> str:
        """The words between two offsets."""
        return self.text[max(0, start - self.start) : max(0, end - self.start)]

    def before(self, at: int, *, most: int = _LEAD) -> str:
        """The words that lead up to an offset."""
        return self.part(max(self.start, at - most), at)

    def after(self, at: int) -> str:
        """The words from an offset on."""
        return self.part(at, self.end)

    def spans(self, form: str) -> Iterator[Span]:
        """Where a pattern stands."""
        for match in pattern(form).finditer(self.text):
            yield match.start() + self.start, match.end() + self.start


# --- the words ------------------------------------------------------------------------------------


@functools.cache
def _words() -> dict[str, str]:
    """The lists of the catalog, each as one alternation."""
    return {name: _any(phrases) for name, phrases in _lists().items()}


@functools.cache
def _lists() -> dict[str, list[str]]:
    return decode(FOLDER / "restrictions.yml", dict[str, list[str]])


def _any(phrases: Iterable[str]) -> str:
    longest = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest) + ")"


@functools.cache
def pattern(form: str) -> re.Pattern[str]:
    """A pattern in which ``<name>`` stands for a list of the catalog, case aside.

    >>> bool(pattern(r"<mines>").search("the presence of landmines"))
    True
    """
    return re.compile(re.sub(r"(?<!P)<([a-z]+)>", lambda m: _words()[m[1]], form), re.I)


_MENTION = (
    r"\b(?:(?P<observers>(?:<observers>|(?-i:<missions>))\b)|(?P<cameras><cameras>\b)|(?P<craft><craft>\b)"
    r"|(?P<parts>(?:<parts>|(?-i:<bodies>))\b))"
)
_STRANGER = r"\b<strangers>(?:['’]s?)?[\s-]+(?:[a-z]+[\s-]+)?$"
_FIELD = r"\b<fields>[\s-]+$"
_VERB = re.compile(r"\b(?:to|will|would|can|could|should|must|may|not|we|they|who|help|\w+ly)\s+$", re.I)
_OF_STRANGER = r"\s+of\s+(?:the\s+|an?\s+)?(?:\w+\s+){0,2}?<strangers>\b"
_PEOPLE = re.compile(r"\b(?:his|her|our|its|their)\s+(people|staff|colleagues|personnel|officers)\b")
_SORTS: tuple[Sort, ...] = ("observers", "cameras", "craft", "parts")


def has_watchers(text: str) -> bool:
    """Whether a text may have a word for observers at all: a quick look before it is read."""
    return holds(text.lower(), "observers") or any(name in text for name in _lists()["missions"])


def holds(lowered: str, *lists: str) -> bool:
    """Whether a text in lower case may have a phrase of some lists: quick, and never too strict."""
    return any(stem in lowered for stem in _stems(lists))


@functools.cache
def _stems(lists: tuple[str, ...]) -> tuple[str, ...]:
    """The first word of each phrase, without those that another one begins or stands in."""
    firsts = {phrase.split()[0].lower() for name in lists for phrase in _lists()[name]}
    return tuple(sorted(stem for stem in firsts if not any(o in stem for o in firsts - {stem})))


def watchers(text: str, *, start: int, names: frozenset[str]) -> Iterator[Watcher]:
    """Those who observe in a sentence that begins at ``start``; ``names`` are the report's own mission's."""
    taken = [m.span() for name in sorted(names) for m in re.finditer(rf"\b{re.escape(name)}\b", text)]
    found = [Watcher((a + start, b + start), "observers") for a, b in taken]
    for match in pattern(_MENTION).finditer(text):
        sort = next(name for name in _SORTS if match[name])
        a, b = match.span(sort)
        if not _is_stranger(text, (a, b), sort) and not any(a < t[1] and t[0] < b for t in taken):
            found.append(Watcher((a + start, b + start), sort))
    for match in _PEOPLE.finditer(text if found else ""):
        found.append(Watcher((match.start(1) + start, match.end(1) + start), "parts"))
    yield from sorted(found)


def _is_stranger(text: str, span: Span, sort: Sort) -> bool:
    """Whether the words around say that it is an army's patrol, or that elections are observed."""
    lead = text[max(0, span[0] - 40) : span[0]]
    if sort == "observers":
        verb = text[slice(*span)].lower() == "monitor" and _VERB.search(lead)
        return bool(verb or pattern(_FIELD).search(lead))
    return bool(pattern(_STRANGER).search(lead) or pattern(_OF_STRANGER).match(text, span[1]))


# --- of whom something is said, to whom something is done -----------------------------------------

_TELLS = re.compile(
    r"\b(?:said|says|saw|seen|observed|heard|noted|told|asked|reported|watched|spotted|spoke|learned|informed"
    r"|where|whose|that|when|while|because|until|residents|civilians|people)\b",
    re.I,
)
_AGAIN = re.compile(  # the subject goes on: "and was turned back", "said they were refused"
    r"(?:\b(?:and|but|then|yet|before|after)\s+(?:(?:it|they|we)\s+)?"
    r"|\b(?:when|where|until|that|as|because|said|says|reported)\s+(?:it|they|we)\s+|[;,]\s+(?:(?:it|they|we)\s+)?)"
    rf"(?:(?:had|has|have)\s+)?{ADVERBS}$"
)
_BESIDE = re.compile(  # what may stand between a subject and its verb: "of X", "heading to Y", "'s convoy"
    r"(?-i:(?:\s+[A-Z][\w’'-]*)*)"
    r"(?:\s+(?:members?|staff|personnel|officers?|patrols?|teams?|vehicles?|convoys?))?\s*"
    r"(?:['’]s?(?:\s+[\w-]+){1,4})?"
    r"(?:\s*,?\s*(?:of|in|at|near|from|to|on|for|with|en|which|who|that|had|has|have|also|again|north|south|east"
    r"|west|\w+(?:ing|ed|ly)|around|across|along|outside|inside|there)\b.*?)?[\s,]*"
    rf"(?:(?:had|has|have)\s+)?{ADVERBS}",
    re.I | re.S,
)
_OF_OTHERS = re.compile(
    r"\b(?:from|by|with|against|near|to|for|beside|past|behind|via|at)\s+"
    r"(?:(?!(?:of|that|and|but|who|which|as)\b)[\w’'-]+\s+){0,3}$"
    r"|\b(?:told|informed|warned|assured)\s+(?:the\s+|our\s+)?(?:[\w’'-]+\s+)?$",
    re.I,
)
_MATTER_OF = r"\b<matters>\s+of\s+(?:the\s+|an?\s+)?(?:\w+\s+)?$"
_PRONOUN = re.compile(rf"\s*(?:It|We|They)\s+(?:(?:had|has|have)\s+)?{ADVERBS}")
_OBJECT = (
    rf"\s+{FEW}(?:(?:movements?|passage|progress|access|path|way|route|entry|work|vehicles?|patrols?|advance)\s+"
    rf"(?:of|for|to)\s+{FEW})?"
)
_THEM = r"\s+(them|us|(?:its|their|our)\s+<belongings>)\b"


def subject(sentence: Sentence, at: int) -> Watcher | None:
    """The observers of whom something at an offset is said; None where it is said of others."""
    for watcher in reversed([w for w in sentence.ours if w.span[1] <= at and at - w.span[1] < _REACH]):
        between, lead = sentence.part(watcher.span[1], at), sentence.before(watcher.span[0])
        if _OF_OTHERS.search(lead):
            continue
        if pattern(_MATTER_OF).search(lead):
            return None
        near = _BESIDE.fullmatch(between) and not _TELLS.search(between.removeprefix(" that"))
        return watcher if near or _AGAIN.search(between) else None
    if sentence.own and _PRONOUN.fullmatch(sentence.part(sentence.start, at)):
        return Watcher((sentence.start, at), "pronoun")
    return None


def target(sentence: Sentence, end: int) -> Watcher | None:
    """The observers to whom something is done by a verb that ends at an offset."""
    for watcher in sentence.ours:
        if watcher.span[0] > end and pattern(_OBJECT).fullmatch(sentence.part(end, watcher.span[0])):
            return watcher
    found = pattern(_THEM).match(sentence.after(end))
    if found and any(w.span[1] < end for w in sentence.ours):
        return Watcher((end + found.start(1), end + found.end(1)), "pronoun")
    return None


def owner(sentence: Sentence, at: Span) -> Watcher | None:
    """The observers whose movement it is: "the Mission's freedom of movement", "restrictions on monitors"."""
    for watcher in sentence.ours:
        if at[0] <= watcher.span[0] and watcher.span[1] <= at[1]:
            return watcher
        if re.fullmatch(r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,3}", sentence.part(watcher.span[1], at[0])):
            return watcher
        gap = sentence.part(at[1], watcher.span[0])
        if watcher.span[0] >= at[1] and re.fullmatch(rf"\s+(?:of|for|on|by)\s+{FEW}", gap):
            return watcher
    return None


def things(sentence: Sentence, sort: Sort) -> list[Watcher]:
    """The craft or cameras that are the observers'."""
    theirs = sentence.own or any(w.sort == "observers" for w in sentence.watchers)
    return [w for w in sentence.watchers if w.sort == sort and theirs]
