"""Numbers that count nothing: of names, labels, addresses, years, ages, fractions and ordinals.

"Nord Stream 2", "Decree No. 117", "3-62-76", "the 2014 accord", "people over 60", "two thirds",
"twenty-first", "one of them".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch.annotations import nouns
from trucewatch.annotations.lexemes import Lexeme, Lexemes
from trucewatch.annotations.numbers import ONES, ORDINALS, TENS, Numeral, numeral
from trucewatch.annotations.quantmeasures import Range, currency_after, is_time_word
from trucewatch.model import Span

# Addresses of pages, letter boxes and telephones, whose figures belong to no sentence.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b[\w-]+(?:\.[a-z]{2,})+/\S+"
    r"|[\w.+-]+@[\w-]+\.\w+"
    r"|\+\d[\d ()-]{7,}\d"
    r"|\(\d{3,4}\) ?\d[\d -]{4,}\d"
    r"|(?<!\S)#\w+"
)
# "3." or "1.2.4" before the words of a line that begins after the end of a sentence.
_LINE_NUMBER = re.compile(
    r"""(?:\A|(?<=[.:;!?”"\n])\n)[ \t]*(?:\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){2,}\.?)(?=[ \t]+\S)"""
)

_LABELS = {
    "resolution", "article", "number", "brigade", "division", "regiment", "battalion", "unit",
    "chapter", "section", "paragraph", "point", "page", "route", "highway", "flight", "channel", "rule",
    "annex", "phase", "room", "camp", "checkpoint", "protocol", "ch", "vol", "barricade", "block", "gate",
    "sector", "level", "group", "covid", "version", "part", "episode", "grade", "entry", "exit", "articles",
    "resolutions", "sections", "paragraphs", "chapters", "pages", "law", "decree", "bill", "lane", "pier",
    "platform", "age", "aged", "ages", "tier", "category", "apartment",
}  # fmt: skip
# Words that label a figure where it counts nothing after it.
_LABELS_ALONE = {
    "day", "stage", "turned", "turns", "order", "form", "type", "figure", "table", "item", "flat",
    "building", "lot", "track", "war", "step", "model", "clause",
}  # fmt: skip
_ABBREVIATIONS = {"no", "nos", "art", "arts", "res", "para", "sec", "vol", "ch", "pp", "fig", "ref", "st"}
_PLACING = {"in", "near", "outside", "around"}
_AGES = {"age", "aged", "ages"}
_WORDS = {**ONES, **TENS}
_DETERMINERS = {"the", "this", "a", "an", "its", "their", "our", "'s"}
_STREETS = {
    "street", "st", "avenue", "ave", "road", "rd", "lane", "boulevard", "blvd", "square", "drive",
    "embankment",
}  # fmt: skip
_CLOCKS = {"am", "pm", "a.m.", "p.m.", "gmt", "utc", "cet", "cest", "eet", "msk"}
_GLUED_UNITS = {
    "km", "kg", "mm", "cm", "m", "t", "g", "kw", "mw", "gw", "kwh", "mwh", "gwh", "twh", "kph", "mph",
    "bcm", "mcm", "bn", "mln", "mn", "tn", "trn", "k", "l", "ft", "x", "gb", "mb", "tb", "b", "pct",
}  # fmt: skip
_PLURAL_FRACTIONS = {f"{word}s" for word in ORDINALS if ORDINALS[word] > 2} | {"halves", "quarters"}
_FRACTIONS = {word for word in ORDINALS if ORDINALS[word] > 2} | {"half", "quarter"} | _PLURAL_FRACTIONS
_PARTED = {3, 4, 5, 10, 20, 100}
_OF_YEARS = {
    "the", "this", "that", "of", "from", "in", "since", "by", "until", "till", "to", "for", "during",
    "before", "after", "early", "late", "mid", "spring", "summer", "autumn", "fall", "winter", "'s", "a",
    "an", "its", "their", "our", "his", "her", "through", "between", "fy", "fiscal", "year", "year's",
    "back", "(",
}  # fmt: skip
_OF_COUNTS = {"of", "to", "for", "through", "between", "after", "before"}
_PERSONS = {
    "people", "persons", "person", "citizens", "those", "anyone", "everyone", "men", "women", "adults",
    "patients", "residents", "individuals", "aged", "age", "ages", "pensioners",
}  # fmt: skip
_AFTER_COUNTS = {
    "killed", "dead", "wounded", "injured", "died", "were", "was", "have", "had", "in", "of", "more",
    "fell", "civilians",
}  # fmt: skip
_ONE_NOT = {
    "no", "not", "this", "that", "each", "every", "any", "which", "some", "the", "other", "as", "a", "an",
    "another", "by", "these", "those", "everyone", "such", "number", "day",
}  # fmt: skip
_AFTER_ONE_NOT = {
    "another", "day", "hand", "side", "thing", "way", "to", "who", "that", "can", "could", "must", "and",
    "or", "should", "may", "might", "would", "needs", "cannot", "by", "whose", "time", "moment",
    "point",
}  # fmt: skip
_DEGREES = {"very", "more", "most", "so", "quite", "less", "rather", "too", "much"}
_PREPOSITIONS = {"on", "at", "into", "for", "to", "in", "from", "of", "onto", "about", "like"}
_HARMED = {"killed", "injured", "hurt", "wounded", "harmed", "died", "dead"}
_HARMING = {"killed", "killing", "injured", "injuring", "wounded", "wounding", "kill", "kills"}
_COMPARING = {"as", "more", "less", "fewer", "the", "better", "worse"}
_OPEN, _CLOSE = {'"', "“", "'", "‘", "«", "["}, {'"', "”", "'", "’", "»", "]"}
_DASHES = {"-", "–", "/", ".", "_", "+"}
_KINDS = {"way", "sided", "dimensional", "time", "star", "fold"}
_NOT_SUBJECT = {
    "was", "is", "were", "are", "be", "been", "being", "as", "to", "in", "at", "of", "for", "by", "from",
    "with", "on", "against", "into", "not", "became", "remains",
}  # fmt: skip


class Place(NamedTuple):
    """A number in its text, with the unit that follows it where there is one."""

    lexemes: Lexemes
    number: Numeral
    unit: Range | None

    def before(self, back: int = 1) -> str:
        """The word so many lexemes before the number; empty at the beginning."""
        at = self.number.first - back
        return self.lexemes.items[at].lower if at >= 0 else ""

    def after(self, on: int = 0) -> str:
        """The word so many lexemes after the number; empty at the end."""
        return lower(self.lexemes.items, self.number.last + on)


def addresses(text: str) -> Iterator[Span]:
    """The stretches of a text whose figures are parts of addresses, telephone numbers or line numbers."""
    for pattern in (_ADDRESS, _LINE_NUMBER):
        yield from (found.span() for found in pattern.finditer(text))


def lower(items: Sequence[Lexeme], at: int) -> str:
    """The word at an index, empty outside."""
    return items[at].lower if 0 <= at < len(items) else ""


def counts_nothing(place: Place) -> bool:
    """Whether a number with its unit is no quantity."""
    checks = (
        _is_label, _is_glued, _is_clock, _is_fraction, _is_multiple, _is_title, _is_year, _is_age, _is_time,
    )  # fmt: skip
    return any(check(place) for check in checks)


# --- names and labels -------------------------------------------------------------------------------------


def _is_label(place: Place) -> bool:
    """ "Brigade 93", "No. 117", "Nord Stream 2", "Group of Seven", "12 Long Street", "[3]"."""
    items, first = place.lexemes.items, place.number.first
    if place.before(2) == "group" and place.before() == "of" and items[first - 2].capital:
        return True
    if not place.number.figure or not first:
        return False
    if place.after() == ")" and not _in_brackets(items, first):
        return True
    return _follows_label(place) or _in_street(place) or _in_quotes(place) or _ends_a_name(place)


def _in_brackets(items: Sequence[Lexeme], at: int) -> bool:
    """Whether a bracket is open before a lexeme; "3)" without one numbers a list."""
    marks = [item.lower for item in items[max(0, at - 60) : at] if item.lower in ("(", ")")]
    return bool(marks) and marks[-1] == "("


def _follows_label(place: Place) -> bool:
    items, before = place.lexemes.items, place.lexemes.items[place.number.first - 1]
    if before.lower in ("#", "№"):
        return True
    if before.lower in _LABELS_ALONE:
        return place.unit is None
    if before.lower in _LABELS:
        return before.capital or not (_is_plural_unit(place) or place.after() in _HARMED)
    if before.lower == "no":
        return before.capital
    if before.lower == ".":
        return place.before(2) in _ABBREVIATIONS and items[place.number.first - 2].end == before.start
    return before.kind == "word" and len(before.lower) == 1 and before.capital and before.lower != "a"


def _in_street(place: Place) -> bool:
    items, last = place.lexemes.items, place.number.last
    named = last
    while named < min(last + 3, len(items)) and items[named].capital:
        named += 1
        if lower(items, named - 1) in _STREETS:
            return named > last + 1
    return False


def _in_quotes(place: Place) -> bool:
    return place.before() in _OPEN and place.after() in _CLOSE


def _ends_a_name(place: Place) -> bool:
    """A short figure after two capital words ("Nord Stream 2"), or after one and before a single thing."""
    items, first = place.lexemes.items, place.number.first
    before = items[first - 1]
    if place.number.low > 999 or before.kind != "word" or not before.capital or first < 2:
        return False
    if place.lexemes.sentence[first - 2] != place.lexemes.sentence[first]:
        return False
    if place.after() in _AFTER_COUNTS or _is_plural_unit(place) or _is_headline(place.lexemes, first):
        return False
    further = items[first - 2]
    single = place.unit is not None and place.number.low > 1
    named = further.capital and further.kind == "word"
    return further.lower in _OPEN or ((single or named) and further.lower not in _PLACING)


def _is_plural_unit(place: Place) -> bool:
    items, unit = place.lexemes.items, place.unit
    return unit is not None and (
        items[unit[0]].kind != "word" or any(nouns.is_plural(items[i].lower) for i in range(*unit))
    )


def _is_title(place: Place) -> bool:
    """A number word with a capital inside a name: "the Bucharest Nine", "the Three Seas Initiative"."""
    items, (first, last) = place.lexemes.items, place.number[:2]
    if not items[first].capital or last - first > 1 or items[first].lower not in _WORDS:
        return False
    here, start = place.lexemes.sentence[first], first
    while start and items[start - 1].capital and items[start - 1].lower not in _DETERMINERS:
        start -= 1
    if not start or place.lexemes.sentence[start - 1] != here or items[start - 1].lower not in _DETERMINERS:
        return False
    return start < first or (last < len(items) and items[last].capital and not items[start - 1].capital)


def _is_headline(lexemes: Lexemes, at: int) -> bool:
    """Whether most words of a sentence have a capital, as in a headline."""
    here, items = lexemes.sentence[at], lexemes.items
    near = [items[i] for i in range(max(0, at - 12), min(len(items), at + 12)) if lexemes.sentence[i] == here]
    words = [item for item in near if item.kind == "word" and len(item.lower) > 3]
    return len(words) > 4 and sum(item.capital for item in words) > 0.7 * len(words)


def _is_glued(place: Place) -> bool:
    """A figure that is joined to a word or to other figures: "F-16", "G7", "3-62-76", "24/7", "114-FZ"."""
    if not place.number.figure:
        return False
    return _glued_before(place) or _glued_after(place)


def _glued_before(place: Place) -> bool:
    items, first = place.lexemes.items, place.number.first
    if not first or items[first - 1].end != items[first].start:
        return False
    if items[first - 1].kind == "word":
        return True
    joined = (
        items[first - 1].lower in _DASHES and first > 1 and items[first - 2].end == items[first - 1].start
    )
    return joined and items[first - 2].kind != "mark"


def _glued_after(place: Place) -> bool:
    items, last = place.lexemes.items, place.number.last
    if last >= len(items) or items[last].start != items[last - 1].end:
        return False
    after = items[last]
    if after.kind == "word" and items[last - 1].kind == "figure":
        coded = lower(items, last + 1).isdigit() and items[last + 1].start == after.end
        return coded or (after.lower not in _GLUED_UNITS and not after.lower.startswith("'"))
    if after.lower == "<":
        return place.after(1) == "sup"
    if last + 1 >= len(items) or items[last + 1].start != after.end:
        return False
    further = items[last + 1]
    if further.kind == "word":
        return after.lower == "-" and further.capital and len(further.lower) < 4
    return after.lower in _DASHES and further.kind != "mark"


def _is_clock(place: Place) -> bool:
    return place.number.figure and place.after() in _CLOCKS


# --- fractions, ordinals, multiples -----------------------------------------------------------------------


def _is_fraction(place: Place) -> bool:
    """ "Two thirds", "one-fifth", "twenty-first", "nine out of ten", "one in five"."""
    items, last = place.lexemes.items, place.number.last
    joint = last + (lower(items, last) == "-")
    if joint > last and place.number.low >= 20 and lower(items, joint) in ORDINALS:
        return True
    if lower(items, joint) in (_FRACTIONS if joint > last or place.number.low == 1 else _PLURAL_FRACTIONS):
        return True
    return _begins_ratio(place) or _ends_ratio(place)


def _begins_ratio(place: Place) -> bool:
    items, last = place.lexemes.items, place.number.last
    at = last + 2 * (place.after() == "out" and place.after(1) == "of") + (place.after() == "in")
    other = numeral(items, at) if last < at < len(items) else None
    if other is None or other.low not in _PARTED or place.number.low >= other.low:
        return False
    return place.after() == "out" or (place.number.low == 1 and place.before() not in _HARMING)


def _ends_ratio(place: Place) -> bool:
    if place.number.low not in _PARTED:
        return False
    if place.before() == "of" and place.before(2) == "out":
        return place.before(3) in ONES or place.before(3).isdigit()
    return place.before() == "in" and place.before(2) == "one" and place.before(3) not in _HARMING


def _is_multiple(place: Place) -> bool:
    """ "Ten-fold", "two-way", "three times higher"; but "12 times" counts."""
    if place.after() == "-" and place.after(1) in _KINDS:
        return True
    following = place.after(1)
    comparative = following.endswith("er") and len(following) > 4 and following not in nouns.STOPS
    compares = following in _COMPARING or comparative
    return place.after() == "times" and compares


# --- years, ages, times -----------------------------------------------------------------------------------


def _is_year(place: Place) -> bool:
    """ "The 2014 accord", "from 2020 levels"; but "the 2000 people", "about 2014 soldiers"."""
    (items, sentence), number = place.lexemes, place.number
    year = number.figure and number.last == number.first + 1 and items[number.first].lower.isdigit()
    if not year or not 1900 <= number.low <= 2099 or len(items[number.first].lower) != 4:
        return False
    if _is_plural_unit(place) and (number.low % 100 == 0 or place.before() in _OF_COUNTS):
        return False
    inside = number.first > 1 and sentence[number.first - 2] == sentence[number.first]
    return not number.first or place.before() in _OF_YEARS or (inside and items[number.first - 1].capital)


def _is_age(place: Place) -> bool:
    """ "People over 60", "aged 17", "birth to age five", "lowered the age to 18"."""
    if place.before() in _AGES or (place.before() in ("of", "to", "from") and place.before(2) in _AGES):
        return True
    bare = place.unit is None and place.number.low < 120 and place.number.high is not None
    bound = place.before() in ("over", "under", "above", "below")
    return bare and bound and place.before(2) in _PERSONS and place.after() not in ("of", "in")


def _is_time(place: Place) -> bool:
    """The second number of "a year or two"."""
    return place.before() == "or" and is_time_word(place.before(2))


# --- one, none --------------------------------------------------------------------------------------------


def counts_one(lexemes: Lexemes, at: int) -> bool:
    """Whether "one" counts ("one soldier", "killed one") and is no pronoun ("a practical one", "one of")."""
    items = lexemes.items
    if lower(items, at + 1) == "of":
        return _harms_one(lexemes, at)
    if lower(items, at - 1) in _HARMING:
        return True
    if lower(items, at - 1) in _ONE_NOT or lower(items, at + 1) in _AFTER_ONE_NOT:
        return False
    unit = nouns.phrase(lexemes, at + 1) if at + 1 < len(items) else None
    if unit:
        return not (
            lower(items, unit[1]) == "or" and lower(items, unit[1] + 1) in ("another", "the", "other")
        )
    if lower(items, at + 1) == "-" or currency_after(items, at + 1):
        return True
    return not _stands_for_a_noun(lexemes, at)


def _stands_for_a_noun(lexemes: Lexemes, at: int) -> bool:
    """Whether "one" is a pronoun with what stands before it: "a practical one", "the only one", "on one"."""
    items, before, further = lexemes.items, lower(lexemes.items, at - 1), lower(lexemes.items, at - 2)
    if not at or lexemes.sentence[at - 1] != lexemes.sentence[at] or items[at - 1].kind == "mark":
        return False
    if before in _PREPOSITIONS or further in _DETERMINERS:
        return True
    degree = further in _DEGREES or further.endswith("ly")
    return degree and lower(items, at - 3) in _DETERMINERS


def _harms_one(lexemes: Lexemes, at: int) -> bool:
    """ "They killed one of the guards", "one of the guards died"; but "he was one of those killed"."""
    items, before = lexemes.items, lower(lexemes.items, at - 1)
    if before in _HARMING:
        return True
    if before in _NOT_SUBJECT:
        return False
    for i in range(at + 2, min(at + 12, len(items))):
        if lexemes.sentence[i] != lexemes.sentence[at] or items[i].lower in (",", ";", ":", "."):
            return False
        if items[i].lower in _HARMED:
            return True
    return False


def counts_none(lexemes: Lexemes, at: int) -> bool:
    """Whether "no", "none" or "zero" says that there were none: "no ceasefire violations", "zero losses"."""
    items = lexemes.items
    if items[at].lower == "none":
        return lower(items, at + 1) not in ("of", "other", "the") and lower(items, at - 1) != "to"
    if lower(items, at + 1) == "one":
        return any(lower(items, i) in _HARMED for i in range(at + 2, at + 6))
    for i in range(at + 1, min(at + 4, len(items))):
        word = items[i].lower
        if lexemes.sentence[i] != lexemes.sentence[at] or items[i].kind != "word" or word in nouns.STOPS:
            return False
        if nouns.is_counted(word):
            return word != "one"
        if word in ("longer", "matter", "doubt"):
            return False
    return False
