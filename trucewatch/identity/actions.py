"""Actions: what the words of an undertaking speak of, so that two tellings of it can be compared.

"Withdraw its howitzers from the Tarn by Friday" and "a pull-back of howitzers from the river Tarn" are
both about withdrawing, howitzers and the Tarn. Words that nearly every undertaking has, and words of
time, are left out: the time stands in a field of its own.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from trucewatch.annotations.numbers import ONES, ORDINALS, TENS, VAGUE
from trucewatch.model import Noun

# In capitals, so that they are none of the words of a text, which are in lower case.
CEASEFIRE, RELEASE, CAPTIVE = "CEASEFIRE", "RELEASE", "CAPTIVE"
WITHDRAW, MEET, FORCES = "WITHDRAW", "MEET", "FORCES"
CONCEPTS = frozenset({CEASEFIRE, RELEASE, CAPTIVE, WITHDRAW, MEET, FORCES})
_GENERIC = frozenset({RELEASE, FORCES, MEET})  # without more, these tell nothing: meet whom, release what

_SAME = (
    (
        CEASEFIRE,
        r"(?:cease-?\s?fires?|truces?)(?!\s+(?:monitor|violation|breach|cent|talks|line|zone|negotiat))|cessation\s+of\s+(?:all\s+)?hostilities|silence\s+regime|lulls?"
        r"|(?:end|halt|stop|pause)(?:s|ped|ping|ed|ing)?\s+(?:(?:of|to|in|all|the|their|its)\s+)*"
        r"(?:hostilities|fighting|shelling|firing|fire)|(?:hold|cease)(?:s|ing|d)?\s+(?:(?:our|their|its|the)\s+)?fire",
    ),
    (CAPTIVE, r"prisoners?(?:\s+of\s+war)?|detainees?|hostages?|captives?|(?:detained|captured)\s+\w+|pows?"),
    (
        RELEASE,
        r"releas(?:e[sd]?|ing)|free(?:s|d|ing)?|hand(?:s|ed|ing)?\s+over|swap(?:s|ped|ping)?|exchang\w+",
    ),
    (
        WITHDRAW,
        r"withdr[ae]w\w*|pull(?:s|ed|ing)?(?:[\s-]?(?:back|out)s?)?|retreat\w*|leav(?:e|es|ing)|disengag\w+",
    ),
    (MEET, r"meet(?:s|ings?)?|met|summits?|talks?|negotiat\w+|dialogue|consultations?|sessions?"),
    (FORCES, r"troops?|forces?|soldiers?|units?|servicemen|personnel"),
)
_CONCEPT = re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _SAME) + r")\b")
_TOKEN = re.compile(r"[^\W_]+(?:[,.]\d+)*(?:['’]\w+)?")
_LENGTH = re.compile(r"\b([\w,.]+?)[\s-]+(hour|day|week|month|year)s?\b")
_NEGATIVE = re.compile(r"\b(?:not|never|refrain\w*|cannot)\b|n['’]t\b")
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = "january february march april may june july august september october november december"
_TIME = frozenset(
    f"{_DAYS} {_MONTHS} today tomorrow tonight yesterday morning noon midday afternoon evening night midnight"
    " dawn hour day week weekend month year end start beginning coming next later soon immediately immediate"
    " now early late future near time date oclock clock local within until till before after since when"
    " hours days weeks months years shortly ahead possible".split()
)
_COMMON = frozenset(
    "a an the this that these those of to in on at for with by from and or but as into onto over under about"
    " its it his her he she they them their our we us you your my me who which what all any both each every"
    " other more most some such no not nor never will would shall should must may might can could be is are"
    " was were been being have has had having do does did work works working seek seeks sought take takes"
    " taking taken make makes making made carry carries carrying carried out up back further new own side"
    " sides party parties agreement agreements deal regime full fully strict strictly mutual mutually"
    " joint jointly also so if than then there here one ones continue continues continuing continued".split()
)
_KINDS = frozenset(
    "local countrywide nationwide general humanitarian easter christmas ramadan orthodox partial temporary"
    " permanent".split()
)


class Action(Noun, frozen=True, kw_only=True):
    """What the words of an action speak of.

    ``words`` are what is left of them, alike where they mean alike (:data:`CONCEPTS`); ``names`` the
    proper names among them, ``numbers`` other figures than lengths of time, ``lengths`` those
    ("72 hour"), ``negative`` whether it is something not to be done.
    """

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    numbers: frozenset[float] = frozenset()
    lengths: frozenset[str] = frozenset()
    negative: bool = False

    @property
    def is_specific(self) -> bool:
        """Whether the words alone tell one matter from another: two of them, or one great matter."""
        return len(self.words) > 1 or bool(self.words & (CONCEPTS - _GENERIC))


@functools.lru_cache(maxsize=65536)
def action(text: str, *, time: str | None = None) -> Action:
    """What an action speaks of, without the words of its ``time``.

    >>> found = action("pull its howitzers back from the Tarn within two days")
    >>> sorted(found.words), sorted(found.names), sorted(found.lengths)
    (['WITHDRAW', 'howitzer', 'tarn'], ['tarn'], ['2 day'])
    """
    kept = " ".join((text.replace(time, " ") if time else text).split())
    low = plain(kept)
    bare = _LENGTH.sub(" ", low)
    tokens = _TOKEN.findall(_CONCEPT.sub(lambda found: f" {found.lastgroup} ", bare))
    words = frozenset(filter(None, map(_word, tokens)))
    return Action(
        words=words,
        names=frozenset(name for name in _names(kept) if name in words),
        numbers=frozenset(value for token in tokens if (value := _number(token)) is not None),
        lengths=_lengths(low),
        negative=bool(_NEGATIVE.search(low)),
    )


def contradict(one: Action, other: Action) -> bool:
    """Whether two actions cannot be one: done and not done, other names, other numbers, other kinds.

    Lengths of time are terms of an undertaking, and no part of this.
    """
    return (
        one.negative != other.negative
        or disjoint(one.names, other.names)
        or disjoint(one.numbers, other.numbers)
        or disjoint(one.words & _KINDS, other.words & _KINDS)
    )


def likeness(one: Action, other: Action) -> float:
    """How far two actions speak of the same (0 to 1): shared words of all, two at least to tell anything.

    A great matter named alone ("the truce") is like each fuller telling of it, but only a little.
    """
    shared, every = one.words & other.words, one.words | other.words
    if one.words == other.words and (one.is_specific or shared & CONCEPTS):
        return 1.0
    if not shared or not (one.is_specific and other.is_specific):
        return 0.0
    share = len(shared) / len(every)
    if len(shared) > 1 and share >= 0.5:
        return share
    is_part = len(shared) == min(len(one.words), len(other.words))
    if is_part and len(shared) > 2 and share >= 0.4:
        return 0.5
    return 0.3 if is_part and shared & (CONCEPTS - _GENERIC) else 0.0


def disjoint(one: frozenset[str] | frozenset[float], other: frozenset[str] | frozenset[float]) -> bool:
    """Whether both name something, and nothing in common."""
    return bool(one and other) and one.isdisjoint(other)


def plain(text: str) -> str:
    """A text in lower case and without accents: ``Élysée`` is ``elysee``."""
    if text.isascii():
        return text.lower()
    marks = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def _lengths(text: str) -> frozenset[str]:
    found = ((_number(many), unit) for many, unit in _LENGTH.findall(text))
    return frozenset(f"{value:g} {unit}" for value, unit in found if value is not None)


@functools.lru_cache(maxsize=65536)
def _number(token: str) -> float | None:
    for table in (ONES, TENS, ORDINALS, VAGUE):
        if token in table:
            return float(table[token])
    figure = token.replace(",", "")
    return float(figure) if re.fullmatch(r"\d+(?:\.\d+)?", figure, re.ASCII) else None


@functools.lru_cache(maxsize=65536)
def _word(token: str) -> str | None:
    """A token as it is compared: without endings; None for one that tells nothing."""
    word = re.sub(r"['’]\w*$", "", token)
    if word in _COMMON or word in _TIME or _number(word) is not None or len(word) < 2:
        return None
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3 and word not in CONCEPTS:
            return word.removesuffix(ending)
    return word


def _names(text: str) -> list[str]:
    """Words with a capital, but for the first, which has one by its place."""
    tokens = [found.group() for found in _TOKEN.finditer(text)][1:]
    return [word for token in tokens if token[0].isupper() and (word := _word(plain(token)))]
