"""Score claims against gold, kind by kind.

Three figures, each an F1 over all reports: *found* (a claim of the kind stands on about the same
words), *right* (found, weighed by the share of its fields that are right) and *exact* (found, and
all its fields are right). The figure to quote is *right*, averaged over the kinds that the gold has.
Claims are plain objects as in the JSON Lines of ``trucewatch extract``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

import msgspec

from tests.eval.sets import Gold, Json
from trucewatch.model import Kind

Figure = Literal["found", "right", "exact"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FIGURES: tuple[Figure, ...] = get_args(Figure)

# Words that do not tell two actors apart: titles, articles, prepositions.
_WEAK = frozenset("the a an of and in for s his her its mr mrs ms president prime foreign minister".split())
_DAYS_AS_HOURS = {f"P{days}D": f"PT{24 * days}H" for days in (1, 2, 3)}


# --- words, spans, names --------------------------------------------------------------------------


def key_words(text: str | None) -> frozenset[str]:
    """The words that carry a name, without accents and case; all of them where none carries more."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    found = frozenset(re.findall("[a-z0-9]+", plain))
    return found - _WEAK or found


def shared_share(one: Sequence[int], other: Sequence[int]) -> float:
    """How much two spans share: 1 where they are equal, 0 where they are apart."""
    return 2 * _common(one, other) / max(1, _length(one) + _length(other))


def same_passage(one: Sequence[int], other: Sequence[int]) -> bool:
    """A clause stands on the same words as its sentence, but not as its whole page."""
    short, long = sorted((_length(one), _length(other)))
    return long <= 4 * short + 200 and _common(one, other) >= 0.5 * max(1, short)


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _length(span: Sequence[int]) -> int:
    return span[1] - span[0]


class Names:
    """Who is who in one report: ``aliases`` lists groups of names for the same actor."""

    def __init__(self, aliases: Iterable[Iterable[str]] = ()) -> None:
        self._groups = [[key_words(name) for name in group] for group in aliases]

    def same(self, one: Json, other: Json) -> bool:
        """Two mentions of one actor: on the same words, or one name within the other, or by an alias."""
        spans = one.get("span"), other.get("span")
        if spans[0] and spans[1] and shared_share(spans[0], spans[1]) > 0.5:
            return True
        mine, yours = key_words(one.get("name")), key_words(other.get("name"))
        if mine and yours and (mine <= yours or yours <= mine):
            return True
        return any(_names(group, mine) and _names(group, yours) for group in self._groups)


def _names(group: Iterable[frozenset[str]], words: frozenset[str]) -> bool:
    return any(alias <= words for alias in group)


# --- one field ------------------------------------------------------------------------------------

Compare = Callable[[Any, Any, Names], float]


def equal(gold: Any, read: Any, _: Names) -> float:
    """The same value; a period of one to three days may be told in hours."""
    return float(_in_hours(gold) == _in_hours(read))


def _in_hours(value: Any) -> Any:
    return _DAYS_AS_HOURS.get(value, value) if isinstance(value, str) else value


def stretch(gold: Any, read: Any, _: Names) -> float:
    """How far two spans are the same."""
    return shared_share(gold, read)


def wording(gold: Any, read: Any, _: Names) -> float:
    """How many of the key words are the same."""
    mine, yours = key_words(gold), key_words(read)
    return 2 * len(mine & yours) / (len(mine) + len(yours)) if mine and yours else 0.0


def actors(gold: Any, read: Any, names: Names) -> float:
    """How many of the actors are the same, each counted once."""
    left = list(read)
    for actor in gold:
        hit = next((other for other in left if names.same(actor, other)), None)
        if hit is not None:
            left.remove(hit)
    return 2 * (len(read) - len(left)) / (len(gold) + len(read))


def actor(gold: Any, read: Any, names: Names) -> float:
    """The same actor."""
    return float(names.same(gold, read))


def voices(gold: Any, read: Any, names: Names) -> float:
    """How many links of the two chains of speakers are the same."""
    return actors([_as_actor(voice) for voice in gold], [_as_actor(voice) for voice in read], names)


def _as_actor(voice: Json) -> Json:
    return {"name": voice.get("source"), "span": voice.get("span")}


def time(gold: Any, read: Any, _: Names) -> float:
    """Half for the start, half for the end."""
    return sum(float(gold.get(end) == read.get(end)) for end in ("start", "end")) / 2


def place(gold: Any, read: Any, _: Names) -> float:
    """Any key word in common."""
    mine = key_words(gold.get("text") or gold.get("name"))
    return float(bool(mine & (key_words(read.get("text")) | key_words(read.get("name")))))


def comparison(gold: Any, read: Any, _: Names) -> float:
    """Half for the relation, half for what it is measured against."""
    against = gold.get("than") == read.get("than") and bool(gold.get("scope")) == bool(read.get("scope"))
    return (float(gold.get("relation") == read.get("relation")) + float(against)) / 2


EVERY_KIND: dict[str, Compare] = {"said_by": voices}
FIELDS: dict[Kind, dict[str, Compare]] = {
    "statement": {
        "speaker": actors,
        "act": equal,
        "content": stretch,
        "form": equal,
        "addressees": actors,
        "about": actors,
    },
    "contact": {
        "form": equal,
        "participants": actors,
        "status": equal,
        "body": wording,
        "duration_minutes": equal,
        "time": time,
    },
    "commitment": {
        "parties": actors,
        "action": wording,
        "topic": equal,
        "strength": equal,
        "time": time,
        "condition": wording,
    },
    "count": {
        "measure": equal,
        "low": equal,
        "high": equal,
        "period": equal,
        "observer": actor,
        "comparison": comparison,
        "place": place,
        "time": time,
    },
    "posture": {
        "force": actors,
        "action": equal,
        "low": equal,
        "high": equal,
        "recipient": actor,
        "status": equal,
        "place": place,
        "time": time,
    },
    "incident": {
        "type": equal,
        "perpetrator": actors,
        "target": actors,
        "place": place,
        "trend": equal,
        "time": time,
    },
}


# --- one claim, one report ------------------------------------------------------------------------


class Match(msgspec.Struct, frozen=True):
    """A gold claim and the one that was read on its words, with the mark of each field (0 to 1)."""

    gold: Json
    read: Json
    marks: dict[str, float]

    @property
    def right(self) -> float:
        """The share of fields that are right; a field that neither side has is left out."""
        return sum(self.marks.values()) / len(self.marks) if self.marks else 1.0


class Sheet(msgspec.Struct, frozen=True):
    """One report marked for one kind: what matched, what was missed, what nobody said."""

    name: str
    kind: Kind
    matches: list[Match]
    missed: list[Json]
    spurious: list[Json]


def mark(gold: Json, read: Json, names: Names) -> dict[str, float]:
    """The mark of every field that one of two claims of a kind has."""
    fields = FIELDS[gold["kind"]] | EVERY_KIND
    if gold["kind"] == "statement" and gold.get("act") != "accuse":
        fields.pop("about")
    sides = {field: (gold.get(field), read.get(field)) for field in fields}
    return {
        field: 0.0 if _absent(mine) or _absent(yours) else fields[field](mine, yours, names)
        for field, (mine, yours) in sides.items()
        if not (_absent(mine) and _absent(yours))
    }


def _absent(value: Any) -> bool:
    return value is None or (not isinstance(value, int | float) and not value)


def compare(golds: Sequence[Json], reads: Sequence[Json], names: Names) -> list[Match]:
    """Pair claims of one kind that stand on the same words, the best pairs first, each used once."""
    pairs = [
        (i, j, Match(gold, read, mark(gold, read, names)))
        for i, gold in enumerate(golds)
        for j, read in enumerate(reads)
        if same_passage(gold["evidence"], read["evidence"])
    ]
    pairs.sort(key=lambda pair: _fit(pair[2]), reverse=True)
    taken_golds: set[int] = set()
    taken_reads: set[int] = set()
    matches = []
    for i, j, match in pairs:
        if i not in taken_golds and j not in taken_reads:
            taken_golds.add(i)
            taken_reads.add(j)
            matches.append(match)
    return matches


def _fit(match: Match) -> float:
    return match.right + 0.5 * shared_share(match.gold["evidence"], match.read["evidence"])


def mark_report(gold: Gold, reads: Iterable[Json]) -> list[Sheet]:
    """A report's sheets, one for each kind. Claims that do not stand in the text are not marked."""
    names = Names(gold.aliases)
    grounded = [claim for claim in reads if stands(claim, gold.text)]
    sheets = []
    for kind in KINDS:
        mine = [claim for claim in gold.claims if claim["kind"] == kind]
        yours = [claim for claim in grounded if claim["kind"] == kind]
        matches = compare(mine, yours, names)
        missed = [claim for claim in mine if not any(match.gold is claim for match in matches)]
        spurious = [claim for claim in yours if not any(match.read is claim for match in matches)]
        sheets.append(Sheet(gold.name, kind, matches, missed, spurious))
    return sheets


def stands(claim: Json, text: str) -> bool:
    """The claim is of a known kind and its evidence lies within the text."""
    span = claim.get("evidence")
    if claim.get("kind") not in KINDS or not isinstance(span, list | tuple) or len(span) != 2:
        return False
    return bool(0 <= span[0] < span[1] <= len(text))


# --- a set of reports -----------------------------------------------------------------------------


class Tally(msgspec.Struct):
    """Sums over all reports for one kind."""

    gold: int = 0
    read: int = 0
    found: float = 0.0
    right: float = 0.0
    exact: float = 0.0

    def add(self, sheet: Sheet) -> None:
        """Add one report's sheet."""
        self.gold += len(sheet.matches) + len(sheet.missed)
        self.read += len(sheet.matches) + len(sheet.spurious)
        self.found += len(sheet.matches)
        self.right += sum(match.right for match in sheet.matches)
        self.exact += sum(match.right > 0.999 for match in sheet.matches)

    def f1(self, figure: Figure) -> float:
        """A figure as F1 of precision and recall."""
        sums: dict[Figure, float] = {"found": self.found, "right": self.right, "exact": self.exact}
        return 2 * sums[figure] / max(1, self.gold + self.read)


class Score(msgspec.Struct, frozen=True):
    """The figures of a set of reports; ``kinds`` holds those that the gold has."""

    reports: int
    defects: int
    kinds: dict[Kind, Tally]
    sheets: list[Sheet]

    def mean(self, figure: Figure) -> float:
        """A figure averaged over the kinds."""
        return sum(tally.f1(figure) for tally in self.kinds.values()) / max(1, len(self.kinds))


def score(golds: Sequence[Gold], readings: Mapping[str, Sequence[Json]]) -> Score:
    """Score ``readings``, the claims read by name of report. A report that is missing was read as empty."""
    tallies = {kind: Tally() for kind in KINDS}
    sheets = []
    defects = 0
    for gold in golds:
        reads = readings.get(gold.name, ())
        defects += sum(not stands(claim, gold.text) for claim in reads)
        sheets += mark_report(gold, reads)
    for sheet in sheets:
        tallies[sheet.kind].add(sheet)
    kinds = {kind: tally for kind, tally in tallies.items() if tally.gold}
    return Score(len(golds), defects, kinds, sheets)


def table(scored: Score) -> str:
    """The figures as lines to print: one for each kind, and the averages last."""
    lines = [f"{'kind':12}{'gold':>6}{'read':>6}" + "".join(f"{figure:>8}" for figure in FIGURES)]
    for kind, tally in scored.kinds.items():
        figures = "".join(f"{tally.f1(figure):8.3f}" for figure in FIGURES)
        lines.append(f"{kind:12}{tally.gold:6}{tally.read:6}{figures}")
    means = "".join(f"{scored.mean(figure):8.3f}" for figure in FIGURES)
    lines.append(f"{'all':24}{means}   {scored.reports} reports, {scored.defects} defects")
    return "\n".join(lines)
