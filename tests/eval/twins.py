"""Twins of the article: the same report about other countries, persons, bodies, numbers and days.

A twin is made while the tests run, from the article in ``../shared`` and from ``worlds.yml``. The
gold goes with it: every span through a map of offsets, every other string by the same
replacements, every date by its distance from the day of publication. A reader that knows phrases of the
article by heart does worse on the twins.

    python -m tests.eval.twins      figures of every twin, and what was missed most often
    python -m tests.eval.twins 7    the text of twin 7, and what was missed or wrong in it
"""

from __future__ import annotations

import datetime as dt
import random
import re
import sys
import textwrap
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import click
import msgspec
import yaml

from tests.eval import sets
from tests.eval.reading import read
from tests.eval.scoring import Score, Sheet, score
from tests.eval.sets import Gold, Json

SEED = 20220220
TWINS = 20
WORLDS = Path(__file__).with_name("worlds.yml")

# Which paragraphs stay together and what must come first, by number. The first two introduce the
# names; "the same conversation" and "after speaking" need the call before them.
_OPENING = (0, 1)
_CALL = (2, 3, 4)
_AFTER_CALL = ((5,), (6, 7, 8), (9, 10, 11))
_ANYWHERE = ((12, 13), (14, 15, 16))


class TwinError(ValueError):
    """A twin cannot be made: the article has changed, or a replacement cuts through a span."""


# --- the cast -------------------------------------------------------------------------------------


@cache
def worlds() -> Json:
    """The lists that a twin draws from."""
    loaded: Json = yaml.safe_load(WORLDS.read_text(encoding="utf-8"))
    return loaded


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Who and what stands in one twin for those of the article."""

    accused: Json
    threatened: Json
    mediator: Json
    fourth: str
    ministry: str
    group: tuple[str, str]
    format: str
    observers: tuple[str, str]
    bloc: str
    power: str
    agency: str
    network: str
    rebels: str
    duration: tuple[str, int]
    violations: int
    troops: int
    period: tuple[int, str]
    published: dt.date
    days_before: int

    @property
    def presidents(self) -> bool:
        """Both who speak on the telephone are presidents."""
        return {self.accused["title"], self.mediator["title"]} == {"President"}

    @property
    def institution(self) -> str:
        """What announces for each of the two."""
        return "presidency" if self.presidents else "government"

    @property
    def announced(self) -> dt.date:
        """The day on which the observers announced their count."""
        return self.published - dt.timedelta(days=self.days_before)


def draw(rng: random.Random) -> Cast:
    """Draw a cast."""
    lists = worlds()
    accused = rng.choice(lists["conflicts"])
    return Cast(
        accused=accused,
        threatened=accused["against"],
        mediator=rng.choice(lists["mediators"]),
        fourth=rng.choice(lists["fourths"]),
        ministry=rng.choice(lists["ministries"]),
        group=tuple(rng.choice(lists["groups"])),
        format=rng.choice(lists["formats"]),
        observers=tuple(rng.choice(lists["observers"])),
        bloc=rng.choice(lists["blocs"]),
        power=rng.choice(lists["powers"]),
        agency=rng.choice(lists["agencies"]),
        network=rng.choice(lists["networks"]),
        rebels=rng.choice(lists["rebels"]),
        duration=rng.choice(list(lists["durations"].items())),
        violations=rng.choice(lists["violations"]),
        troops=rng.choice(lists["troops"]),
        period=rng.choice(list(lists["periods"].items())),
        published=dt.date(2016, 1, 1) + dt.timedelta(days=rng.randrange(5000)),
        days_before=rng.randint(1, 4),
    )


def seat(country: Json) -> str:
    """What stands for a government: its seat where one is known, otherwise the capital."""
    return str(country.get("seat") or country["capital"])


# --- replacements ---------------------------------------------------------------------------------

Rule = tuple[str, str]


def rules(cast: Cast) -> list[Rule]:
    """Patterns of the article with what replaces them; the first that matches at a place is taken."""
    return [*_countries(cast), *_persons(cast), *_bodies(cast), *_figures(cast)]


def _countries(cast: Cast) -> Iterator[Rule]:
    accused, threatened, mediator = cast.accused, cast.threatened, cast.mediator
    yield "a Russian invasion", f"{_article(accused['demonym'])} {accused['demonym']} invasion"
    yield "the Donbass(?! region)", threatened["region"]
    yield "Donbass", threatened["region"]
    yield "eastern(?= Ukraine)", f"{threatened['side']}ern"
    yield "east(?= of the country)", threatened["side"]
    yield "Lugansk", threatened["towns"][0]
    yield "Donetsk", threatened["towns"][1]
    yield "Kiev", threatened["capital"]
    yield "Moscow", accused["capital"]
    yield "Ukraine", threatened["country"]
    yield "Ukrainian", threatened["demonym"]
    yield "Russia", accused["country"]
    yield "Russian", accused["demonym"]
    yield "France", mediator["country"]
    yield "French", mediator["demonym"]
    yield "Germany", cast.fourth


def _persons(cast: Cast) -> Iterator[Rule]:
    accused, threatened, mediator = cast.accused, cast.threatened, cast.mediator
    yield "Jean-Yves Le Drian", _full(mediator["minister"])
    yield "Sergey Lavrov", _full(accused["minister"])
    people = {"Vladimir Putin": accused, "Emmanuel Macron": mediator, "Volodymyr Zelensky": threatened}
    for name, country in people.items():
        given, family = name.split()
        yield given, country["leader"][0]
        yield family, country["leader"][1]
    yield "(?<=Russian )President", accused["title"]
    yield "(?<=French )President", mediator["title"]
    yield "(?<=Ukraine's )President", threatened["title"]
    yield "head of state", "head of state" if accused["title"] == "President" else "head of government"
    yield "presidents", "presidents" if cast.presidents else "leaders"
    yield "Foreign Minister", cast.ministry
    yield from _pronouns(
        accused, "his(?= French counterpart he)", "he(?= was open)", "(?<=in )his(?= opinion)"
    )
    yield from _pronouns(
        threatened, "he(?= has informed)", "his(?= French counterpart about)", "his(?= Twitter)"
    )
    if mediator["minister"][2] == "she":
        yield "his(?= Russian counterpart)", "her"


def _pronouns(country: Json, *patterns: str) -> Iterator[Rule]:
    if country["leader"][2] == "she":
        for pattern in patterns:
            yield pattern, "her" if "his" in pattern else "she"


def _bodies(cast: Cast) -> Iterator[Rule]:
    for pattern, place in (("Kremlin", seat(cast.accused)), ("Elysium|Élysée", seat(cast.mediator))):
        yield f"[Tt]he (?:{pattern})", place
        yield pattern, place.removeprefix("the ") if pattern == "Kremlin" else place
    yield "presidency", cast.institution
    yield "Presidency", cast.institution.capitalize()
    yield "presidencies", "presidencies" if cast.presidents else "governments"
    yield "Trilateral Contact Group", cast.group[0]
    yield "GCT|TCG", cast.group[1]
    yield "Normandy Format", cast.format
    yield "Organization for Security and Cooperation in Europe", cast.observers[0]
    yield "OSCE", cast.observers[1]
    yield "NATO(?= countries)", cast.bloc.removeprefix("the ")
    yield "NATO", cast.bloc
    yield "the United States", cast.power
    yield "United States|US", cast.power.removeprefix("the ")
    yield "Lusa", cast.agency
    yield "Twitter", cast.network
    yield "separatists", cast.rebels
    yield "separatist(?= militias)", cast.rebels.removesuffix("s")


def _figures(cast: Cast) -> Iterator[Rule]:
    yield "one-hour and 45-minute", cast.duration[0]
    yield "1,500", f"{cast.violations:,}"
    yield "150,000", f"{cast.troops:,}"
    yield "24(?= hours)", str(cast.period[0])
    yield "Sunday", f"{cast.published:%A}"
    yield "Saturday", f"{cast.announced:%A}"
    yield "2014", str(cast.published.year - 3)


def _article(word: str) -> str:
    return "an" if word[0] in "AEIOU" else "a"


def _full(person: Sequence[str]) -> str:
    return f"{person[0]} {person[1]}"


class Replacer:
    """Replaces in a string and tells where the offsets of the old one lie in the new one."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._new = [new for _, new in rules]
        joined = "|".join(f"(?P<r{number}>{pattern})" for number, (pattern, _) in enumerate(rules))
        self._pattern = re.compile(rf"\b(?:{joined})\b")

    def __call__(self, text: str) -> tuple[str, Moves]:
        """The new string, and the map of offsets."""
        pieces, moves, end = [], Moves(), 0
        for match in self._pattern.finditer(text):
            new = self._replacement(match)
            pieces += [text[end : match.start()], new]
            moves.add(match.start(), match.end(), len(new))
            end = match.end()
        return "".join([*pieces, text[end:]]), moves

    def _replacement(self, match: re.Match[str]) -> str:
        assert match.lastgroup is not None
        new = self._new[int(match.lastgroup[1:])]
        return new[0].upper() + new[1:] if match[0].startswith("The ") else new


class Moves:
    """Where offsets go when stretches of a text are replaced by longer or shorter ones."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._shifts = [0]

    def add(self, start: int, end: int, length: int) -> None:
        """Note that ``[start, end)`` is replaced by so many characters."""
        self._starts.append(start)
        self._ends.append(end)
        self._shifts.append(self._shifts[-1] + length - (end - start))

    def __call__(self, offset: int) -> int:
        """The new offset; TwinError where the old one lies within a replaced stretch."""
        done = bisect_right(self._ends, offset)
        if done < len(self._starts) and self._starts[done] < offset:
            raise TwinError(f"offset {offset} lies within a replaced stretch")
        return offset + self._shifts[done]


def order(rng: random.Random) -> list[int]:
    """The paragraphs in another order that still reads: nothing refers to what comes later."""
    late = [list(block) for block in _AFTER_CALL]
    rng.shuffle(late)
    blocks = [list(_CALL), *late]
    for block in _ANYWHERE:
        blocks.insert(rng.randint(0, len(blocks)), list(block))
    return [*_OPENING, *(number for block in blocks for number in block)]


# --- a twin ---------------------------------------------------------------------------------------


def twins(article: Gold, *, count: int = TWINS, seed: int = SEED) -> list[Gold]:
    """So many twins of the article, always the same for a seed."""
    rng = random.Random(seed)  # noqa: S311 - chooses test data, guards nothing
    return [twin(article, draw(rng), order(rng), name=f"twin-{n:02}") for n in range(1, count + 1)]


def twin(article: Gold, cast: Cast, paragraphs: Sequence[int], *, name: str) -> Gold:
    """The article with another cast and its paragraphs in another order, and its gold with it."""
    text, moved = reorder(article.text, paragraphs)
    replace = Replacer(rules(cast))
    twinned, moves = replace(text)
    change = Change(article, cast=cast, replace=replace, moved=moved, moves=moves, twinned=twinned)
    aliases = [[change.string(name) for name in group] for group in article.aliases]
    aliases += [
        [country["country"], country["capital"]]
        for country in (cast.accused, cast.mediator)
        if seat(country) == country["capital"]
    ]
    return Gold(
        name=name,
        text=twinned,
        head={**article.head, "id": name, "published": cast.published.isoformat()},
        claims=tuple(change.claim(claim) for claim in article.claims),
        aliases=tuple(merged(aliases)),
    )


def reorder(text: str, paragraphs: Sequence[int]) -> tuple[str, dict[int, int]]:
    """The text with its lines in that order, and how far each old line (by its start) has moved."""
    lines = text.split("\n")
    if sorted(paragraphs) != list(range(len(lines))):
        raise TwinError(f"the article has {len(lines)} paragraphs, the order names {len(paragraphs)}")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    moved, end = {}, 0
    for number in paragraphs:
        moved[starts[number]] = end - starts[number]
        end += len(lines[number]) + 1
    return "\n".join(lines[number] for number in paragraphs), dict(sorted(moved.items()))


def merged(groups: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    """Groups of names, those that share a name as one."""
    result: list[set[str]] = []
    for names in map(set, groups):
        touching = [group for group in result if group & names]
        result = [group for group in result if not group & names]
        result.append(names.union(*touching))
    return [tuple(sorted(group)) for group in result]


class Change:
    """How claims of the article become claims of a twin."""

    def __init__(
        self,
        article: Gold,
        *,
        cast: Cast,
        replace: Replacer,
        moved: dict[int, int],
        moves: Moves,
        twinned: str,
    ) -> None:
        self._article = article
        self._replace = replace
        self._moved = moved
        self._starts = list(moved)
        self._moves = moves
        self._twinned = twinned
        day = dt.date.fromisoformat(article.head["published"])
        self._days = {
            (day + dt.timedelta(days=away)).isoformat(): (cast.published + dt.timedelta(days=to)).isoformat()
            for away, to in ((-1, -cast.days_before), (0, 0), (1, 1))
        }
        self._numbers: dict[tuple[str, Any], Any] = {
            ("low", 1501): cast.violations + 1,
            ("low", 150000): cast.troops,
            ("duration_minutes", 105): cast.duration[1],
            ("period", "PT24H"): cast.period[1],
        }

    def claim(self, claim: Json) -> Json:
        """The claim of the twin."""
        return {field: self._field(field, value) for field, value in claim.items()}

    def _field(self, field: str, value: Any) -> Any:
        if field in ("evidence", "content", "span"):
            return self.span(value)
        if field in ("start", "end"):
            return self._days[value]
        if field in ("low", "high", "duration_minutes", "period", "than"):
            return self._numbers[field, value]
        if isinstance(value, dict):
            return self.claim(value)
        if isinstance(value, list):
            return [self._field("", part) for part in value]
        return self.string(value) if isinstance(value, str) else value

    def span(self, span: Sequence[int]) -> list[int]:
        """The same words in the twin."""
        paragraphs = {bisect_right(self._starts, offset) for offset in (span[0], span[1] - 1)}
        if len(paragraphs) > 1:
            raise TwinError(f"span {list(span)} runs over paragraphs")
        shift = self._moved[self._starts[paragraphs.pop() - 1]]
        return [self._moves(offset + shift) for offset in span]

    def string(self, text: str) -> str:
        """A string of the gold: as the twin tells it where the article has it, else by the rules alone."""
        for match in re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", self._article.text):
            try:
                start, end = self.span(match.span())
            except TwinError:
                continue
            return self._twinned[start:end]
        return self._replace(text)[0]


# --- the report -----------------------------------------------------------------------------------


def scored(gold: Gold) -> Score:
    """The score of one report by itself."""
    return score([gold], {gold.name: read(gold)})


def faults(sheets: Iterable[Sheet]) -> Iterator[str]:
    """What was missed, wrong or spurious, a line for each."""
    for sheet in sheets:
        for match in sheet.matches:
            for field, given in match.marks.items():
                if given <= 0.999:
                    wanted, had = match.gold.get(field), match.read.get(field)
                    yield f"wrong    {sheet.kind}.{field} ({given:.2f}): {wanted!r}, read as {had!r}"
        yield from (f"missed   {sheet.kind} at {claim['evidence']}" for claim in sheet.missed)
        yield from (f"spurious {sheet.kind} at {claim['evidence']}" for claim in sheet.spurious)


def troubles(scores: Iterable[Score], golds: Sequence[Gold]) -> Counter[tuple[int, str]]:
    """How often each claim of the gold, by its number, was missed or had a field wrong."""
    counted: Counter[tuple[int, str]] = Counter()
    for one, gold in zip(scores, golds, strict=True):
        places = {id(claim): number for number, claim in enumerate(gold.claims)}
        for sheet in one.sheets:
            counted.update((places[id(claim)], f"{sheet.kind} missed") for claim in sheet.missed)
            for match in sheet.matches:
                number = places[id(match.gold)]
                wrong = (field for field, given in match.marks.items() if given < 0.5)
                counted.update((number, f"{sheet.kind}.{field} wrong") for field in wrong)
    return counted


def main(arguments: Sequence[str]) -> int:
    """Print the figures of all twins, or one twin with its faults."""
    if not sets.DEV.exists():
        click.echo(sets.ABSENT, err=True)
        return 1
    article = sets.article()
    made = twins(article)
    if arguments:
        _show(made[int(arguments[0]) - 1])
    else:
        _summary(article, made)
    return 0


def _show(gold: Gold) -> None:
    click.echo(gold.text)
    for line in faults(scored(gold).sheets):
        click.echo(line)


def _summary(article: Gold, made: Sequence[Gold]) -> None:
    base = scored(article)
    scores = [scored(gold) for gold in made]
    click.echo(f"{'article':10}{base.mean('right'):7.3f}")
    for gold, one in zip(made, scores, strict=True):
        kinds = "  ".join(f"{kind} {tally.f1('right'):.2f}" for kind, tally in one.kinds.items())
        click.echo(f"{gold.name:10}{one.mean('right'):7.3f}   {kinds}")
    mean = sum(one.mean("right") for one in scores) / len(scores)
    click.echo(f"{'mean':10}{mean:7.3f}   {mean - base.mean('right'):+.3f} to the article\n")
    before = troubles([base], [article])
    click.echo("What goes wrong in twins and not in the article, by claim of its gold:")
    for (number, trouble), times in troubles(scores, made).most_common():
        if not before[number, trouble]:
            start, end = article.claims[number]["evidence"]
            words = textwrap.shorten(article.text[start:end], 70)
            click.echo(f"{times:4} of {len(made)}  {number:2} {trouble:32} {words}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
