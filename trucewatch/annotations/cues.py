"""Cues: the verbs and phrases by which a report marks somebody's words as theirs."""

from __future__ import annotations

import functools
import re

import msgspec

from trucewatch import catalog
from trucewatch.annotations.tokens import Token
from trucewatch.model import Act, Noun

_IRREGULAR = {
    "say": "said said saying",
    "tell": "told told telling",
    "think": "thought thought thinking",
    "feel": "felt felt feeling",
    "write": "wrote written writing",
    "swear": "swore sworn swearing",
    "read": "read read reading",
    "draw": "drew drawn drawing",
    "beg": "begged begged begging",
    "admit": "admitted admitted admitting",
    "commit": "committed committed committing",
    "sum": "summed summed summing",
    "rebut": "rebutted rebutted rebutting",
    "call": "called called calling",
    "rule": "ruled ruled ruling",
    "speak": "spoke spoken speaking",
    "slam": "slammed slammed slamming",
    "refer": "referred referred referring",
}
_TO_BE = ("is", "are", "was", "were", "be", "been")


class Cue(Noun, frozen=True, kw_only=True):
    """A cue in a sentence: token positions (``last`` excluded), lemma, act, and the form it has."""

    first: int
    last: int
    lemma: str
    act: Act
    form: str  # base, s, ed, ing


@functools.cache
def lexicon() -> dict[str, list[tuple[tuple[str, ...], str, Act, str]]]:
    """First word of a cue -> its readings, longest first: all words, lemma, act, form."""
    path = catalog.words.FOLDER / "cues.yml"
    acts = msgspec.yaml.decode(path.read_bytes(), type=dict[Act, list[str]])
    readings: dict[str, list[tuple[tuple[str, ...], str, Act, str]]] = {}
    for act, lemmas in acts.items():
        for lemma in lemmas:
            verb, *rest = lemma.split()
            for form, word in _inflections(verb):
                words = (word, *rest)
                readings.setdefault(word, []).append((words, lemma, act, form))
    for options in readings.values():
        options.sort(key=lambda option: -len(option[0]))
    return readings


def _inflections(verb: str) -> list[tuple[str, str]]:
    if verb == "be":
        return [("s", form) for form in _TO_BE]
    s = _third_person(verb)
    if verb in _IRREGULAR:
        past, participle, ing = _IRREGULAR[verb].split()
        forms = [("base", verb), ("s", s), ("ed", past), ("ing", ing)]
        return forms if past == participle else [*forms, ("ed", participle)]
    if verb.endswith("e"):
        past, ing = verb + "d", verb[:-1] + "ing"
    elif re.search(r"[^aeiou]y$", verb):
        past, ing = verb[:-1] + "ied", verb + "ing"
    else:
        past, ing = verb + "ed", verb + "ing"
    return [("base", verb), ("s", s), ("ed", past), ("ing", ing)]


def _third_person(verb: str) -> str:
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if re.search(r"(s|sh|ch|x|z)$", verb) else "s")


def find(tokens: list[Token]) -> list[Cue]:
    """Every word of a sentence that may be a cue, in order; whether it is one shows in its surroundings."""
    readings = lexicon()
    found: list[Cue] = []
    at = 0
    while at < len(tokens):
        cue = next(
            (
                Cue(first=at, last=at + len(words), lemma=lemma, act=act, form=form)
                for words, lemma, act, form in readings.get(tokens[at].lower, ())
                if all(at + i < len(tokens) and tokens[at + i].lower == word for i, word in enumerate(words))
            ),
            None,
        )
        if cue:
            found.append(cue)
        at = cue.last if cue else at + 1
    return found


@functools.cache
def act_of(lemma: str) -> Act:
    """The act that a cue expresses by itself; what is no verb of the lexicon ("according to") asserts."""
    readings = (reading for options in lexicon().values() for reading in options)
    return next((act for _, name, act, _ in readings if name == lemma), "assert")


def verb_in(words: str) -> str:
    """The lemma of the first verb of the lexicon in some words, or nothing: "has flatly denied" is "deny".

    >>> verb_in("has flatly denied"), verb_in("according to")
    ('deny', '')
    """
    options = (lexicon().get(word, []) for word in words.lower().split())
    return next((found[-1][1] for found in options if found), "")
