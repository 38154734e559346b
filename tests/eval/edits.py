"""Edits that an outlet makes to a wire story, each by its name, drawn by a seed.

``EDITS`` is the list; an edit takes a story and a draw and gives the story as printed. None of them
makes another story of it. ``next_issue`` and ``follow_up`` do: they are the hard negatives.
All words that are added are of our own making.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Sequence
from random import Random

import msgspec

from trucewatch.model import Noun


class Story(Noun, frozen=True, kw_only=True):
    """A story as told by somebody: its paragraphs, and the names of the edits it has been through."""

    publisher: str
    published: dt.date
    title: str
    paragraphs: tuple[str, ...]
    edits: tuple[str, ...] = ()
    broken: bool = False  # lines are broken at 65 characters, as on a wire

    @property
    def text(self) -> str:
        """The text as it is printed."""
        if not self.broken:
            return "\n\n".join(self.paragraphs)
        return "\n".join("    " + _wrap(paragraph) for paragraph in self.paragraphs)

    def words(self) -> int:
        """How many words the story has."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


Edit = Callable[[Story, Random], Story]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WORDS = (
    "two three four five six seven eight nine ten eleven twelve fifteen eighteen twenty thirty forty"
).split()
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?!\w|[.,]\d)|\b(?:{'|'.join(_WORDS)})\b"
)
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TOWNS = ("Ashby", "Corven", "Lindmark", "Port Ellis", "Sundal", "Wexcombe", "Brannock", "Tolva")
_PEOPLE = ("Irene Falk", "Tom Ridley", "Maya Sorensen", "Peter Okafor", "Lena Brandt", "Colin Ashe")
_LEADS = (
    "{town} will hold a vigil this evening in the old market hall, said {person}, who keeps its books.",
    "The news reached {town} while the council sat; councillor {person} asked for a minute's silence.",
    "Families in {town} with relatives abroad have phoned all night, {person} of the parish office said.",
    "A collection point for blankets has opened in {town}, in the yard behind {person}'s garage.",
    "What happens so far away matters in {town}, where {person} teaches the language to evening classes.",
)
_CREDITS = (
    "(Reporting by {person}; editing by {other})",
    "This story was supplied by a news agency and has been edited for length.",
    "Copyright of the agency. All rights reserved. No part may be reprinted without leave.",
    "With material from our correspondents and the agencies.",
    "Read more: the week in pictures. Sign up for our morning letter.",
)
_HEADLINES = (
    "What we know so far about {word}",
    "{word}: the latest",
    "Fresh doubts over {word}",
    "Eyes on {word} as the day ends",
    "Explained: {word} and what comes next",
)
_SPELLINGS = (
    *(("Kyiv", "Kiev"), ("Zelenskyy", "Zelensky"), ("Donbas", "Donbass"), ("Luhansk", "Lugansk")),
    *(("Donetsk", "Donetzk"), ("Moscow", "Moskva"), ("Muhammad", "Mohammed"), ("Idlib", "Edleb")),
    *(("Lavrov", "Lawrow"), ("Putin", "Poutine"), ("Hodeidah", "Hudaydah"), ("Kharkiv", "Kharkov")),
    *(("organisation", "organization"), ("defence", "defense"), ("centre", "center"), ("labour", "labor")),
    *(("colour", "color"), ("neighbour", "neighbor"), ("programme", "program"), ("metre", "meter")),
    *(("tonnes", "tons"), ("towards", "toward"), ("travelled", "traveled"), ("armour", "armor")),
    *(("mobilis", "mobiliz"), ("recognis", "recogniz"), ("realis", "realiz"), ("authoris", "authoriz")),
    *(("licence", "license"), ("grey", "gray"), ("cancelled", "canceled"), ("honour", "honor")),
    *(("per cent", "percent"), (" pct", " percent"), (" mln", " million"), (" dlrs", " dollars")),
)
_SUBBING = (
    *(("more than ", "over "), ("about ", "around "), ("said that ", "said "), ("near ", "close to ")),
    *(("told reporters", "said"), ("had been", "was"), ("will be", "is to be"), ("which ", "that ")),
    *(
        ("because", "since"),
        ("but ", "yet "),
        ("also ", ""),
        ("did not", "didn't"),
        ("on both", "on the two"),
    ),
    *(("according to", "as reported by"), ("during ", "in "), ("began", "started"), ("killed", "dead")),
    *(
        ("added", "went on"),
        ("in order to", "to"),
        ("however, ", ""),
        ("people", "persons"),
        ("was ", "got "),
    ),
)


# --- what an outlet does to a story ------------------------------------------------------------------


def cut_tail(story: Story, draw: Random) -> Story:
    """The end is cut off: 40 to 85 of 100 words stay, counted in whole sentences."""
    return _first_words(story, int(story.words() * draw.uniform(0.4, 0.85)))


def short_version(story: Story, draw: Random) -> Story:
    """Only the beginning is printed: 45 to 90 words, in whole sentences."""
    return _first_words(story, draw.randint(45, 90))


def new_headline(story: Story, draw: Random) -> Story:
    """Another title; a title that stands in the text is replaced too."""
    names = re.findall(r"\b[A-Z][a-z]{3,}", story.title + " " + story.paragraphs[0]) or ["the day"]
    title = draw.choice(_HEADLINES).format(word=draw.choice(names))
    first = (title, *story.paragraphs[1:]) if len(story.paragraphs[0].split()) < 12 else story.paragraphs
    return _with(story, title=title, paragraphs=first)


def local_lead(story: Story, draw: Random) -> Story:
    """A paragraph or two of local news before the story."""
    leads = [_filled(lead, draw) for lead in draw.sample(_LEADS, draw.choice((1, 1, 2)))]
    return _with(story, paragraphs=(*leads, *story.paragraphs))


def corrected_figure(story: Story, draw: Random) -> Story:
    """One number of the body is put right."""
    return _renumbered(story, draw, most=1)


def reordered(story: Story, draw: Random) -> Story:
    """The paragraphs after the first two are printed in another order."""
    rest = list(story.paragraphs[2:])
    draw.shuffle(rest)
    return _with(story, paragraphs=(*story.paragraphs[:2], *rest))


def dropped(story: Story, draw: Random) -> Story:
    """A tenth to four tenths of the paragraphs after the first are left out."""
    share = draw.uniform(0.1, 0.4)
    kept = [p for p in story.paragraphs[1:] if draw.random() > share]
    return _with(story, paragraphs=(story.paragraphs[0], *(kept or story.paragraphs[1:2])))


def credit(story: Story, draw: Random) -> Story:
    """An agency's credit before the story, lines of rights and of advertisement after it."""
    place = draw.choice(_TOWNS).upper()
    head = f"{place} (Agency) - {story.paragraphs[0]}"
    tail = [_filled(line, draw) for line in draw.sample(_CREDITS, draw.randint(1, 3))]
    return _with(story, paragraphs=(head, *story.paragraphs[1:], *tail))


def typography(story: Story, draw: Random) -> Story:
    """Other quotation marks, dashes, spaces and full stops; a word or two in capitals."""
    if draw.random() < 0.5:
        changes = {'"': "\u201d", "'": "\u2019", " - ": " \u2014 ", "...": "\u2026", "fi": "\ufb01"}
    else:
        changes = {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u2013": "-", ", ": ",\u00a0"}
    changed = [_replaced(paragraph, changes) for paragraph in story.paragraphs]
    first, *others = changed[0].split(" ")
    return _with(story, paragraphs=(" ".join([first.upper(), *others]), *changed[1:]))


def noise(story: Story, draw: Random) -> Story:
    """Broken lines, doubled spaces, marks-up left in, UTF-8 read as Windows-1252, soft hyphens."""
    spoil = draw.choice((_mojibake, _entities, _soft_hyphens, _spaced))
    return msgspec.structs.replace(
        _with(story, paragraphs=tuple(spoil(p, draw) for p in story.paragraphs)), broken=draw.random() < 0.5
    )


def spelling(story: Story, draw: Random) -> Story:
    """Names and words in another spelling, one way or the other."""
    forward = draw.random() < 0.5
    changes = {(a if forward else b): (b if forward else a) for a, b in _SPELLINGS}
    return _with(story, paragraphs=tuple(_replaced(p, changes) for p in story.paragraphs))


def subbed(story: Story, draw: Random) -> Story:
    """Copy-edited: stock words are exchanged, one word in forty is left out or misspelt."""
    changes = dict(draw.sample(_SUBBING, 12))
    return _with(
        story, paragraphs=tuple(_slips(_replaced(p, changes), draw, share=0.025) for p in story.paragraphs)
    )


def recast(story: Story, draw: Random) -> Story:
    """A quarter of the sentences are told in other words: every second word of them is another."""
    stock = re.findall(r"\b[a-z]+\b", story.text)
    return _with(story, paragraphs=tuple(_recast(p, draw, stock) for p in story.paragraphs))


def misdated(story: Story, draw: Random) -> Story:
    """An aggregator dates it ten years off."""
    years = draw.choice((-10, 10))
    return _with(story, published=story.published + dt.timedelta(days=round(365.25 * years)))


def scanned(story: Story, draw: Random) -> Story:
    """A scan: 1 to 4 of 100 letters are read as others."""
    share = draw.uniform(0.01, 0.04)
    return _with(story, paragraphs=tuple(_misread(p, draw, share) for p in story.paragraphs))


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        *(short_version, cut_tail, dropped, reordered, corrected_figure, recast, subbed, spelling),
        *(new_headline, local_lead, credit, scanned, typography, noise, misdated),
    )
}
LAST_OF_CONTENT = "spelling"  # what comes after it is done to the page and not to the story


def embedded(story: Story, other: Story, draw: Random) -> Story:
    """The story stands within a longer one: paragraphs of another before and after it."""
    before = draw.randint(1, max(1, len(other.paragraphs) // 2))
    paragraphs = (*other.paragraphs[:before], *story.paragraphs, *other.paragraphs[before:])
    return _with(story, paragraphs=paragraphs, edits=(*story.edits, "embedded"))


# --- what makes another story of it ------------------------------------------------------------------


def next_issue(story: Story, draw: Random) -> Story:
    """The next issue of a bulletin: its boilerplate, days moved on, half or more of the figures others."""
    days = draw.choice((1, 1, 1, 2, 7))
    moved = tuple(_moved(paragraph, days) for paragraph in story.paragraphs)
    day = story.published + dt.timedelta(days=days)
    later = msgspec.structs.replace(story, paragraphs=moved, published=day, edits=("next_issue",))
    return _renumbered(later, draw, most=round(figures(story) * draw.uniform(0.5, 1)), spare=_DATE)


def follow_up(story: Story, other: Story, draw: Random) -> Story:
    """A later story: new paragraphs, and 15 to 30 of 100 words are background taken over from the first."""
    room = round(min(story.words(), other.words()) * draw.uniform(0.15, 0.3))
    background: list[str] = []
    for paragraph in reversed(story.paragraphs[1:]):
        if len(paragraph.split()) <= room:
            background.insert(0, paragraph)
            room -= len(paragraph.split())
    day = story.published + dt.timedelta(days=draw.randint(1, 4))
    return msgspec.structs.replace(
        other,
        publisher=story.publisher,
        published=day,
        paragraphs=(*other.paragraphs, *background),
        edits=("follow_up",),
    )


def round_up(stories: Sequence[Story], draw: Random) -> Story:
    """A digest of the day: the beginnings of several stories, each under its title."""
    parts = [(story.title, *_first_words(story, draw.randint(60, 140)).paragraphs) for story in stories]
    day = max(story.published for story in stories)
    paragraphs = ("Our digest of the day", *(paragraph for part in parts for paragraph in part if paragraph))
    return Story(publisher="The Digest", published=day, title="Digest of the day", paragraphs=paragraphs)


def figures(story: Story) -> int:
    """How many numbers a story has."""
    return sum(len(_NUMBER.findall(paragraph)) for paragraph in story.paragraphs)


def is_bulletin(story: Story) -> bool:
    """Whether a story is of a kind that comes out in issues: one word in 25 is a number."""
    return figures(story) >= max(5, story.words() / 25)


# --- the tools of the edits --------------------------------------------------------------------------


def _with(story: Story, **changed: object) -> Story:
    return msgspec.structs.replace(story, **changed)


def _first_words(story: Story, number: int) -> Story:
    """Whole sentences from the beginning until there are that many words."""
    kept: list[str] = []
    for paragraph in story.paragraphs:
        sentences: list[str] = []
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z\"'])", paragraph):
            if number <= 0:
                break
            sentences.append(sentence)
            number -= len(sentence.split())
        if sentences:
            kept.append(" ".join(sentences))
    return _with(story, paragraphs=tuple(kept))


def _renumbered(story: Story, draw: Random, *, most: int, spare: re.Pattern[str] | None = None) -> Story:
    """Other numbers in so many places; years, and what ``spare`` finds, are left as they are."""
    spared = {(at, m.start()) for at, p in enumerate(story.paragraphs) for m in (spare or _YEAR).finditer(p)}
    places = [
        (at, match.span())
        for at, paragraph in enumerate(story.paragraphs)
        for match in _NUMBER.finditer(paragraph)
        if (at, match.start()) not in spared and not _YEAR.fullmatch(match[0])
    ]
    paragraphs = list(story.paragraphs)
    for at, (start, end) in sorted(draw.sample(places, min(most, len(places))), reverse=True):
        paragraphs[at] = (
            paragraphs[at][:start] + _other(paragraphs[at][start:end], draw) + paragraphs[at][end:]
        )
    return _with(story, paragraphs=tuple(paragraphs))


def _other(number: str, draw: Random) -> str:
    """Another number, written as the first is."""
    if number in _WORDS:
        return draw.choice([word for word in _WORDS if word != number])
    was = float(number.replace(",", ""))
    now = was * draw.uniform(0.5, 1.8) + draw.choice((-2, -1, 1, 2, 3))
    shown = f"{max(0, now):,.{len(number.partition('.')[2])}f}"
    return shown if shown != number else number + "4"


def _moved(paragraph: str, days: int) -> str:
    """Weekdays and dates, so many days later."""

    def day(match: re.Match[str]) -> str:
        return _DAYS[(_DAYS.index(match[0]) + days) % 7]

    def date(match: re.Match[str]) -> str:
        later = dt.date(2023, _MONTHS.index(match[2]) + 1, min(int(match[1]), 28)) + dt.timedelta(days=days)
        return f"{later.day} {_MONTHS[later.month - 1]}"

    return _DATE.sub(date, re.sub(rf"\b({'|'.join(_DAYS)})\b", day, paragraph))


def _replaced(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _filled(line: str, draw: Random) -> str:
    person, other = draw.sample(_PEOPLE, 2)
    return line.format(town=draw.choice(_TOWNS), person=person, other=other)


def _slips(paragraph: str, draw: Random, *, share: float) -> str:
    words = [_slip(word, draw) if draw.random() < share else word for word in paragraph.split(" ")]
    return " ".join(word for word in words if word)


def _slip(word: str, draw: Random) -> str:
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return "" if word.isalpha() else word
    at = draw.randrange(len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _recast(paragraph: str, draw: Random, stock: Sequence[str]) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", paragraph)
    return " ".join(_other_words(s, draw, stock) if draw.random() < 0.25 else s for s in sentences)


def _other_words(sentence: str, draw: Random, stock: Sequence[str]) -> str:
    words = enumerate(sentence.split(" "))
    return " ".join(draw.choice(stock) if at % 2 and word.islower() else word for at, word in words)


def _misread(paragraph: str, draw: Random, share: float) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "".join(
        draw.choice(letters) if letter.isalnum() and draw.random() < share else letter for letter in paragraph
    )


def _mojibake(paragraph: str, draw: Random) -> str:
    curly = paragraph.replace("'", "\u2019").replace(" - ", " \u2013 ")
    return curly.encode().decode("cp1252", "replace") if "\u201d" not in curly else paragraph


def _entities(paragraph: str, draw: Random) -> str:
    return html.escape(paragraph).replace("'", "&rsquo;").replace(" - ", " &ndash; ")


def _soft_hyphens(paragraph: str, draw: Random) -> str:
    return re.sub(r"(\w{4})(\w{4})", "\\1\u00ad\\2", paragraph)


def _spaced(paragraph: str, draw: Random) -> str:
    return re.sub(" ", lambda _: draw.choice((" ", " ", "  ", "\u00a0", "\t", "\u200b ")), paragraph)


def _wrap(paragraph: str) -> str:
    lines: list[str] = [""]
    for word in paragraph.split(" "):
        if len(lines[-1]) + len(word) > 64:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
