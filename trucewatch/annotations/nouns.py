"""Noun phrases after a number, found without a tagger: which words a run of words counts.

A phrase runs until a mark, a preposition, a verb or a conjunction; its head is its last word, and "of" is
followed after a word of measure ("members of the guard", "tens of tanks").
"""

from __future__ import annotations

from trucewatch.annotations.lexemes import Lexeme, Lexemes

_LONGEST = 7

PEOPLE = {
    "people", "men", "women", "children", "persons", "police", "personnel", "staff", "policemen",
    "servicemen",
    "militiamen", "fishermen", "gunmen", "crew", "troops", "youth", "cattle", "firemen", "infantrymen",
    "businessmen",
    "congressmen", "kids", "guardsmen", "militia", "policewomen", "servicewomen", "rank",
}  # fmt: skip
STOPS = {
    "a", "an", "the", "this", "that", "these", "those", "and", "or", "but", "nor", "as", "at", "by", "for",
    "from", "in", "into", "of", "off", "on", "onto", "out", "over", "to", "up", "with", "within", "without",
    "across", "after", "along", "amid", "among", "around", "before", "behind", "below", "beneath", "beside",
    "between", "beyond", "during", "inside", "near", "outside", "since", "through", "throughout", "toward",
    "towards", "under", "until", "upon", "via", "against", "about", "above", "is", "are", "was", "were",
    "be", "been", "being", "has", "have", "had", "do", "does", "did", "will", "would", "can", "could",
    "may", "might", "must", "shall", "should", "who", "which", "whom", "whose", "when", "where", "while",
    "if", "because", "although", "though", "than", "then", "there", "he", "she", "it", "they", "we", "you",
    "i", "him", "her", "his", "its", "their", "them", "our", "us", "my", "your", "not", "also", "only",
    "just", "even", "still", "so", "too", "very", "all", "both", "each", "every", "any", "some", "such",
    "dead", "alive", "died", "die", "dying", "fell", "fled", "flee", "left", "hit", "took", "came", "went",
    "said", "says", "say", "told", "lost", "struck", "fought", "including", "include", "includes", "remain",
    "remained", "need", "live", "leave", "apart", "ago", "later", "earlier", "today", "yesterday",
    "tomorrow", "now", "per", "plus", "like", "due", "following", "according", "once", "except", "versus",
    "total", "overnight", "away", "down", "back", "ready", "hostage", "captive", "prisoner", "stood",
    "gave", "made", "became", "began", "broke", "got", "saw", "sent", "met", "led", "seen", "shot", "taken",
    "gone", "given", "held", "found", "how", "what", "why", "us-led", "however", "'s", "more", "others",
    "other", "another", "else",
}  # fmt: skip
_LEADS = {
    "more",
    "other",
    "others",
    "additional",
    "extra",
    "further",
    "new",
    "fewer",
    "another",
    "such",
    "of",
}
_PARTICIPLES = {
    "armed", "unarmed", "armoured", "armored", "wounded", "injured", "displaced", "combined", "retired",
    "masked",
    "suspected", "alleged", "unidentified", "trained", "detained", "captured", "unmanned", "abducted",
    "imprisoned",
    "besieged", "trapped", "targeted", "allied", "reported", "related", "hundred", "united",
    "confirmed", "separate",
    "heavy-armed", "mutilated", "executed", "kidnapped", "released", "missing", "living", "leading", "guided",
    "self-propelled", "towed", "required", "coordinated", "undetermined",
}  # fmt: skip
_MEASURES = {
    "members", "member", "pieces", "piece", "units", "tons", "tonnes", "bodies", "body", "cases",
    "instances", "rounds", "staff",
    "groups", "group", "kinds", "types", "incidents", "violations", "breaches", "reports", "thousands",
    "hundreds", "millions",
    "residents", "citizens", "employees", "soldiers", "brigade", "brigades", "squadrons", "generals",
    "counts", "acts",
    "battalion", "battalions", "items", "sets", "batteries", "houses", "families", "pairs", "dozens",
    "lives", "deaths", "number",
}  # fmt: skip
_COUNTED_NONE = {
    "casualties", "one", "deaths", "injuries", "fatalities", "shots", "victims", "losses", "attack",
    "attacks", "damage",
}  # fmt: skip
_NOT_PLURAL = {
    "this", "was", "has", "is", "as", "does", "its", "his", "us", "yes", "less", "across", "always",
    "thus", "plus",
    "towards", "unless", "perhaps", "series", "press", "access", "process", "progress", "crisis",
    "basis", "status",
    "congress", "business", "illness", "means", "says", "gas", "bus", "besides", "sometimes", "overseas",
}  # fmt: skip


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    return word in PEOPLE or (
        len(word) > 3 and word.endswith("s") and word not in _NOT_PLURAL and not word.endswith("ss")
    )


def is_counted(word: str) -> bool:
    """Whether "no" before a word counts it: "no ceasefire violations", "no one"; but not "no reason"."""
    return word in _COUNTED_NONE or word in PEOPLE or is_plural(word)


def phrase(lexemes: Lexemes, at: int) -> tuple[int, int] | None:
    """The noun phrase that begins at a lexeme, as a half-open range; None where no noun follows."""
    items, first = lexemes.items, at
    if first < len(items) and items[first].lower == "of":
        first = _after_of(items, first)
    while first < len(items) and items[first].lower in (
        "more",
        "other",
        "additional",
        "extra",
        "further",
        "new",
    ):
        first += 1
    last = _run(lexemes, first, at)
    if last == first:
        alone = at < len(items) and items[at].lower in ("others", "more", "other")
        return (at, at + 1) if alone and items[at].lower == "others" else None
    if items[last - 1].lower in _MEASURES and last < len(items) and items[last].lower == "of":
        further = _run(lexemes, _after_of(items, last), at)
        last = further if further > last + 1 else last
    return first, last


def _after_of(items: list[Lexeme], at: int) -> int:
    """Past "of" and a determiner."""
    at += 1
    return at + (
        at < len(items) and items[at].lower in ("the", "its", "their", "our", "his", "her", "these", "those")
    )


def _run(lexemes: Lexemes, first: int, number: int) -> int:
    items, at = lexemes.items, first
    sentence = lexemes.sentence[number - 1] if number else 0
    while at < len(items) and at < first + _LONGEST and lexemes.sentence[at] == sentence:
        item = items[at]
        if item.lower in ("-", "'s") and at > first and _inner(items, at):
            at += 1
            continue
        if (
            item.kind != "word"
            or item.lower in STOPS
            or (_is_verb(items, at) and not _inner_participle(items, at))
        ):
            break
        at += 1
        if item.lower == "one" or (is_plural(item.lower) and not _noun_follows(items, at)):
            break
    while at > first and items[at - 1].lower in ("-", "'s"):
        at -= 1
    return at


def _inner(items: list[Lexeme], at: int) -> bool:
    """A hyphen or possessive between two words of a phrase."""
    return (
        at + 1 < len(items)
        and items[at + 1].kind == "word"
        and (items[at].lower == "'s" or items[at - 1].end == items[at].start == items[at + 1].start - 1)
    )


def _is_verb(items: list[Lexeme], at: int) -> bool:
    item = items[at]
    word = item.lower
    if word in ("killed", "injured", "wounded"):
        return True
    if item.capital:
        return False
    return (len(word) > 4 and word.endswith(("ed", "ing"))) and word not in (
        "building",
        "wing",
        "ceiling",
        "morning",
    )


def _inner_participle(items: list[Lexeme], at: int) -> bool:
    """ "20 wounded soldiers", but "20 soldiers wounded"."""
    follows = at + 1 < len(items) and items[at + 1].kind == "word" and items[at + 1].lower not in STOPS
    if not follows or items[at].lower not in _PARTICIPLES:
        return False
    return is_plural(items[at + 1].lower) or (at + 2 < len(items) and is_plural(items[at + 2].lower))


def _noun_follows(items: list[Lexeme], at: int) -> bool:
    """After a plural another noun carries the phrase on: "two police officers", "12 arms shipments"."""
    if at >= len(items) or items[at].kind != "word" or items[at].capital:
        return at < len(items) and items[at].lower == "'s"
    return items[at].lower not in STOPS and is_plural(items[at].lower) and not _is_verb(items, at)
