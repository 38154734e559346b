"""How well wire copies are recognised: ``python -m tests.eval.wire``.

No public set of edited stories says what was edited. This one is made: stories as they were told, and
one to four copies of each with 2 to 5 named edits (``tests/eval/edits.py``), one in ten of them within a
longer text. Beside them stand what looks like copies and is none: the next issue of a bulletin (same
boilerplate, other figures and days), follow-ups with background taken over, digests of three stories,
and, where ``../shared`` is there, real news of one agency and real releases of three governments, many
of them on the same calls. Left out of the count are pairs of stories that were near-identical before any
edit (the agency sent much twice), and a digest with the stories in it.

One half of the stories is for choosing thresholds (``--tuning``); what is told is the other half.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from random import Random

import click
import msgspec

from tests.eval import edits, sets
from tests.eval.edits import EDITS, Story
from trucewatch.identity.origins import Told, origins
from trucewatch.model import Noun

SEEDS = (1, 2, 3, 4, 5)  # our own stories are few: what is told of them is pooled over these
HEAVY = "4 or 5 edits"
OURS = ("examples", "tests/corpus", "tests/held", "training/reports/*")
REUTERS = sets.SHARED / "load" / "reuters-1987.jsonl.gz"
READOUTS = sets.SHARED / "data" / "readouts"
REUTERS_STORIES = 1600
OUTLETS = (
    "Evening Post",
    "Harbour Gazette",
    "The Ledger",
    "Daily Lantern",
    "wire-mirror.example",
    "Radio Seven",
)
KIN = 0.3  # of the five-word runs of the shorter story: two stories that are near-identical unedited
ENOUGH = 60  # words that a story has at least

Pair = tuple[str, str]


class Placed(Noun, frozen=True, kw_only=True):
    """A report of the set: its story, the family it belongs to, and the stories that it holds."""

    told: Told
    family: str
    edits: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


class Made(Noun, frozen=True, kw_only=True):
    """The set: reports, and the families that were near-identical before any edit."""

    reports: tuple[Placed, ...]
    kin: frozenset[Pair]


class Tally(Noun, frozen=True, kw_only=True):
    """Pairs of reports: found and right, found and wrong, not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


# --- stories ------------------------------------------------------------------------------------------


def ours() -> list[tuple[str, Story]]:
    """Our own reports, as stories."""
    found = []
    for folder in OURS:
        for path in sorted(sets.ROOT.glob(f"{folder}/*.txt")):
            head = json.loads(path.with_suffix(".meta.json").read_text(encoding="utf-8"))["report"]
            found.append((path.stem, _story(head, path.read_text(encoding="utf-8"), r"\n\s*\n")))
    return [(name, story) for name, story in found if story.words() >= ENOUGH]


def reuters(draw: Random) -> list[tuple[str, Story]]:
    """Some of the agency's stories of 1987, none where ``../shared`` is absent."""
    found = []
    for raw in _lines(REUTERS):
        story = _story(
            raw, re.sub(r"\s*reuter\s*\x03?\s*$", "", raw["text"], flags=re.IGNORECASE), r"\n {2,}"
        )
        if story.words() >= ENOUGH:
            found.append((raw["id"], story))
    return draw.sample(found, min(len(found), REUTERS_STORIES))


def releases() -> list[tuple[str, Story]]:
    """The releases of three governments; many tell of one contact, each in its own words."""
    found = []
    for path in sorted(READOUTS.glob("*_*.jsonl")) + sorted(READOUTS.glob("kremlin.jsonl")):
        for raw in _lines(path):
            story = _story(raw, raw.get("text") or "", r"\n+")
            if story.words() >= ENOUGH:
                found.append((f"{path.stem}:{raw['id']}", story))
    return found


def _lines(path: Path) -> Iterator[sets.Json]:
    if path.exists():
        data = path.read_bytes()
        packed = path.suffix == ".gz"
        yield from map(json.loads, (gzip.decompress(data) if packed else data).splitlines())


def _story(head: sets.Json, text: str, gap: str) -> Story:
    paragraphs = (re.sub(r"\s+", " ", part).strip() for part in re.split(gap, text))
    return Story(
        publisher=head.get("publisher") or "unknown",
        published=dt.date.fromisoformat((head.get("published") or "2020-01-01")[:10]),
        title=head.get("title") or "",
        paragraphs=tuple(part for part in paragraphs if part),
    )


# --- the set ------------------------------------------------------------------------------------------


def make(half: int, *, seed: int, shared: bool) -> Made:
    """The set made of every second story, beginning with the first or the second (``half`` 0 or 1)."""
    draw = Random(f"{seed}-{half}")  # noqa: S311
    given = [ours()] + ([reuters(Random(seed))] if shared else [])  # noqa: S311
    bases: list[tuple[str, Story]] = []
    others: list[tuple[str, Story]] = []
    for stories in given:
        own = stories[half::2]
        draw.shuffle(own)
        cut = round(len(own) * 0.6)
        bases, others = bases + own[:cut], others + own[cut:]
    draw.shuffle(others)
    kin = _kin([*bases, *others])
    reports = list(_placed(bases, iter(others), draw))
    if shared:
        told = releases()[half::2]
        kin |= _kin(told)
        reports += [_report(story, name, name, 0) for name, story in told]
    return Made(reports=tuple(reports), kin=frozenset(kin))


def _placed(
    bases: Sequence[tuple[str, Story]], others: Iterator[tuple[str, Story]], draw: Random
) -> Iterator[Placed]:
    """The families of the stories, and what looks like copies of them; ``others`` are used once each."""
    for name, story in bases:
        yield from _family(name, story, others, draw, copies=draw.randint(1, 4))
        chance = draw.random()
        if chance < 0.5 and edits.is_bulletin(story):
            later = edits.next_issue(story, draw)
            yield from _family(f"{name}+next", later, others, draw, copies=draw.randint(0, 2))
        elif chance < 0.4 and (other := next(others, None)):
            later = edits.follow_up(story, other[1], draw)
            yield from _family(f"{name}+later", later, others, draw, copies=draw.randint(0, 2))
    for at in range(0, len(bases) - 2, 30):
        three = bases[at : at + 3]
        digest = edits.round_up([story for _, story in three], draw)
        yield _report(digest, f"digest-{at}", f"digest-{at}", 0, holds=tuple(name for name, _ in three))


def _family(
    name: str, story: Story, others: Iterator[tuple[str, Story]], draw: Random, *, copies: int
) -> Iterator[Placed]:
    yield _report(story, name, name, 0)
    for number, outlet in enumerate(draw.sample(OUTLETS, copies), 1):
        within = next(others, None) if draw.random() < 0.1 else None
        copy = msgspec.structs.replace(_copy(story, within, draw), publisher=outlet)
        yield _report(copy, name, name, number)


def _copy(story: Story, within: tuple[str, Story] | None, draw: Random) -> Story:
    chosen = set(draw.sample(list(EDITS), draw.randint(2, 5)))
    copy = msgspec.structs.replace(story, edits=())
    for name, edit in EDITS.items():
        if name in chosen and not (name == "cut_tail" and "short_version" in chosen):
            copy = msgspec.structs.replace(edit(copy, draw), edits=(*copy.edits, name))
        if name == edits.LAST_OF_CONTENT and within:
            copy = edits.embedded(copy, within[1], draw)
    days = dt.timedelta(days=draw.choice((0, 0, 1, 1, 2)))
    return msgspec.structs.replace(copy, published=copy.published + days)


def _report(story: Story, name: str, family: str, number: int, *, holds: tuple[str, ...] = ()) -> Placed:
    told = Told(
        id=f"{name}-{number}",
        text=story.text,
        publisher=story.publisher,
        published=story.published,
        title=story.title,
    )
    return Placed(told=told, family=family, edits=story.edits, holds=holds)


def _kin(stories: Iterable[tuple[str, Story]]) -> set[Pair]:
    """The stories that share much of their wording before any edit, by their five-word runs."""
    runs = {name: _runs(story.text) for name, story in stories}
    where: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, found in runs.items():
        for run in found:
            where[run].append(name)
    shared = Counter(pair for names in where.values() for pair in combinations(sorted(names), 2))
    return {(a, b) for (a, b), many in shared.items() if many > KIN * min(len(runs[a]), len(runs[b]))}


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


# --- the measure --------------------------------------------------------------------------------------


def measure(made: Made) -> dict[str, Tally]:
    """Pairs of reports in all, and of those of which one has been through an edit, edit by edit."""
    by_key = {placed.told.key: placed for placed in made.reports}
    found = {
        tuple(sorted(pair))
        for origin in origins([p.told for p in made.reports])
        for pair in combinations(origin.members, 2)
    }
    families: defaultdict[str, list[str]] = defaultdict(list)
    for placed in made.reports:
        families[placed.family].append(placed.told.key)
    wanted = {tuple(sorted(pair)) for keys in families.values() for pair in combinations(keys, 2)}
    found = {pair for pair in found if _counts(by_key[pair[0]], by_key[pair[1]], made.kin)}
    kinds = ("all", HEAVY, *EDITS, "embedded", "next_issue", "follow_up")
    return {kind: _tally(kind, found, wanted, by_key) for kind in kinds}


def _counts(one: Placed, other: Placed, kin: frozenset[Pair]) -> bool:
    """Whether a pair is clear: not near-identical unedited, not a digest with a story in it."""
    if one.family == other.family:
        return True
    first, second = one.family.split("+")[0], other.family.split("+")[0]
    alike = first != second and ((first, second) in kin or (second, first) in kin)
    return not alike and first not in other.holds and second not in one.holds


def _tally(kind: str, found: set[Pair], wanted: set[Pair], by_key: dict[str, Placed]) -> Tally:
    def is_of(pair: Pair) -> bool:
        edited = [by_key[key].edits for key in pair]
        return (
            kind == "all"
            or any(kind in names for names in edited)
            or (kind == HEAVY and max(map(len, edited)) > 3)
        )

    found, wanted = set(filter(is_of, found)), set(filter(is_of, wanted))
    return Tally(right=len(found & wanted), wrong=len(found - wanted), missed=len(wanted - found))


def pooled(half: int) -> dict[str, Tally]:
    """The measure on our own stories, over all seeds."""
    told = [measure(make(half, seed=seed, shared=False)) for seed in SEEDS]
    return {kind: _sum([tallies[kind] for tallies in told]) for kind in told[0]}


def _sum(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        right=sum(tally.right for tally in tallies),
        wrong=sum(tally.wrong for tally in tallies),
        missed=sum(tally.missed for tally in tallies),
    )


def f1() -> float:
    """The pair F1 on our own stories: what the gate holds to its floor."""
    return pooled(1)["all"].f1


@click.command()
@click.option("--tuning", is_flag=True, help="Measure on the half that thresholds were chosen on.")
def main(*, tuning: bool) -> None:
    """Print precision, recall and F1 of pairs, edit by edit."""
    half = 0 if tuning else 1
    _print(f"our own stories, {len(SEEDS)} draws", pooled(half))
    if REUTERS.exists():
        made = make(half, seed=SEEDS[0], shared=True)
        stories = len({placed.family for placed in made.reports})
        _print(f"with ../shared: {len(made.reports)} reports of {stories} stories", measure(made))
    else:
        click.echo(f"with ../shared: not measured: {REUTERS} is absent")


def _print(title: str, told: dict[str, Tally]) -> None:
    click.echo(f"{title}\n  {'edit':17} {'pairs':>6} {'precision':>9} {'recall':>7} {'F1':>6}")
    for kind, tally in told.items():
        pairs = tally.right + tally.missed
        click.echo(f"  {kind:17} {pairs:6} {tally.precision:9.3f} {tally.recall:7.3f} {tally.f1:6.3f}")


if __name__ == "__main__":
    main()
