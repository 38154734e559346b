"""Near-identical reports as one origin: wire copies with cut tails, new headlines, local leads.

Candidates are pairs that share rare runs of words; each is then compared word by word. A copy has much
of the shorter text in runs of five words and more, and the same figures in the same places: the next
issue of a bulletin has its boilerplate and other figures. Nobody is put into an origin whose members
tell other stories than it does, so a digest of three stories joins one of them and never joins the three.

Thresholds were chosen on one half of the stories of ``tests/eval/wire.py`` and are measured on the other;
the rules for short texts and for one publisher's texts were made by looking at real feeds and releases.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from trucewatch.identity.copies import Laid, Likeness, Places, compare, lay
from trucewatch.identity.merging import Group, Link, merge
from trucewatch.identity.wording import Hashes, Vocabulary, Wording, runs, tokens
from trucewatch.model import Judgement, Noun, Report, digest

# Shares are of the words of the shorter text, in runs that both have.
COPIED = 0.4  # a copy from here on; stories of two publishers on one event had 0.24 at most
LITTLE, LITTLE_COPIED = 60, 0.5  # words; in less text than this, one quotation that both have makes 0.4
SHORT, SHORT_COPIED = 40, 0.7  # words; less text is a copy on its day only, or on the next if it names one
HEADLINE = 8  # words in common, at least, where a text is short: "Morning briefing" is nobody's
FEW = 20  # words in common, at least, where it is not
REPEATED = 0.8  # where one publisher tells both: its forms of words made up to 0.77 of two releases
REISSUED = 5  # days in which a publisher's text that names a weekday again means the same day
LONG, WHOLE = 100, 0.95  # words, share: so much repeated on another day is no second "nothing to report"
CORRECTED = 1 / 3  # of the figures in the same places may differ; more than that is another issue
UNLIKE = 0.1  # under it, two reports are never of one origin, whoever links them

# Finding candidates: a sample of the runs of four words that is the same wherever they stand (a MinHash
# sketch without a fixed size, so that a beginning is found in the whole), and all runs of the beginning.
_RUN = 4
_SAMPLE = 4  # one run in so many is kept
_BEGINNING = 24  # runs
_NEIGHBOURS = 6  # reports by date that are paired on one shared run: a run that all share pairs few
_SHARED = 0.15  # of the kept runs of the shorter text make a candidate
_AT_ONCE = 16_384  # reports whose pairs are counted at once, to bound the memory
_LAID = 4096  # reports whose wording is kept laid out for comparing
_NONE: Hashes = np.zeros(0, np.uint64)


class Told(Noun, frozen=True, kw_only=True):
    """A report with its text, as far as it matters for whom it was copied from."""

    id: str
    text: str
    publisher: str | None = None
    published: dt.date | None = None
    title: str = ""

    @property
    def key(self) -> str:
        """Publisher and id, the name of a report beyond its publisher: ``Halden Post/2031-05-14``.

        A slash of the publisher's is written ``%2F``, so that no two reports share a key.
        """
        publisher = (self.publisher or "").replace("%", "%25").replace("/", "%2F")
        return f"{publisher}/{self.id}"


class Copy(Noun, frozen=True, kw_only=True):
    """Why two reports are of one origin.

    ``agree`` names what agrees: ``text``, ``figures`` (all that stand in the same places), ``title``,
    ``published`` (the day), or ``judgement``. ``words`` is the share of the shorter text that stands in
    the longer, ``longer`` the share of the longer; ``figures`` count those in the same places that agree
    and differ; ``days`` lie between the days of publication, None where one is not known. Thousands of
    days tell that one of the two is misdated.
    """

    one: str
    other: str
    agree: tuple[str, ...]
    words: float
    longer: float
    figures: tuple[int, int]
    days: int | None


class Origin(Noun, frozen=True, kw_only=True):
    """Reports of one origin by their keys, the earliest published first; ``why`` they are one."""

    id: str
    members: tuple[str, ...]
    why: tuple[Copy, ...] = ()


def told(report: Report, text: str) -> Told:
    """A report on file with its text."""
    return Told(
        id=report.id,
        text=text,
        publisher=report.publisher,
        published=report.published,
        title=report.title,
    )


def publisher_of(key: str) -> str | None:
    """The publisher in a report's key; None where it has none.

    >>> publisher_of(Told(id="7", text="", publisher="A/B").key)
    'A/B'
    """
    return key.partition("/")[0].replace("%2F", "/").replace("%25", "%") or None


def origins(reports: Iterable[Told], *, judgements: Sequence[Judgement] = ()) -> list[Origin]:
    """The origins of some reports, each report in exactly one, the earliest first.

    Judgements name reports by key, or by id where all reports of that id are meant. The order of the
    reports is no matter. ValueError where two reports have the same publisher and id.

    >>> first = Told(id="1", publisher="Wire", text="Both sides said on Monday that the truce holds.")
    >>> [origin.members for origin in origins([first])]
    [('Wire/1',)]
    """
    desk = _desk(reports)
    judged = _by_key(judgements, desk.reports)
    cells = _cells(desk, named={subject for judgement in judged for subject in judgement.subjects})
    links = [link for pair in _candidates(desk, [cell[0] for cell in cells]) if (link := desk.link(*pair))]
    groups = merge(
        (desk.keys[cell[0]] for cell in cells),
        links,
        judgements=judged,
        apart=lambda one, other: desk.unlike(desk.at[one], desk.at[other]),
    )
    of = {desk.keys[cell[0]]: cell for cell in cells}
    return sorted((_origin(group, of, desk) for group in groups), key=lambda made: desk.at[made.members[0]])


@dataclass(frozen=True)
class _Desk:
    """The reports in the order of publication, by number; what was compared is kept."""

    reports: Sequence[Told]
    wordings: Sequence[Wording]
    keys: Sequence[str]
    at: Mapping[str, int]
    compared: dict[tuple[int, int], Likeness] = field(default_factory=dict)
    laid: dict[int, Laid] = field(default_factory=dict)

    def likeness(self, one: int, other: int) -> Likeness:
        pair = (min(one, other), max(one, other))
        if pair not in self.compared:
            self.compared[pair] = compare(self.lay(pair[0]), self.lay(pair[1]))
        return self.compared[pair]

    def lay(self, place: int) -> Laid:
        """A wording laid out; those of the last thousands of reports are kept."""
        if place not in self.laid:
            if len(self.laid) >= _LAID:
                self.laid.clear()
            self.laid[place] = lay(self.wordings[place])
        return self.laid[place]

    def days(self, one: int, other: int) -> int | None:
        first, second = self.reports[one].published, self.reports[other].published
        return abs((first - second).days) if first and second else None

    def one_publisher(self, one: int, other: int) -> bool:
        publisher = self.reports[one].publisher
        return publisher is not None and publisher == self.reports[other].publisher

    def link(self, one: int, other: int) -> Link | None:
        """The link of two reports of which one is a copy of the other, or both of a third; else None."""
        if not self._is_copy(one, other):
            return None
        like = self.likeness(one, other)
        strength = (like.words + like.longer) / 2
        return Link(one=self.keys[one], other=self.keys[other], agree=("text",), strength=strength)

    def unlike(self, one: int, other: int) -> bool:
        """Whether two reports can never be of one origin: other stories, or other figures in the same one."""
        return self.likeness(one, other).words < UNLIKE or self._other_issue(one, other)

    def _is_copy(self, one: int, other: int) -> bool:
        like, days = self.likeness(one, other), self.days(one, other)
        again = self.one_publisher(one, other)
        if again and not self._one_title(one, other):
            return False
        shorter = min(len(self.wordings[one]), len(self.wordings[other]))
        if shorter < SHORT:
            near = days == 0 or (days == 1 and like.days > 0)
            return near and like.common >= HEADLINE and like.words >= SHORT_COPIED and not like.other
        enough = REPEATED if again else COPIED if shorter >= LITTLE else LITTLE_COPIED
        return like.words >= enough and like.common >= FEW and not self._other_issue(one, other)

    def _one_title(self, one: int, other: int) -> bool:
        """Whether a title says no more than the other: "Correction: Call with X" and "Call with X"."""
        first, second = (set(tokens(self.reports[place].title)) for place in (one, other))
        return first <= second or second <= first

    def _other_issue(self, one: int, other: int) -> bool:
        """Whether two texts of one make are of different days: Monday's and Tuesday's bulletin."""
        like, days = self.likeness(one, other), self.days(one, other)
        if self.one_publisher(one, other) and days != 0:
            named = days is not None and days <= REISSUED and like.days > 0
            whole = like.common >= LONG and like.words >= WHOLE
            if like.other > min(1, like.same // 2) or not (named or whole):
                return True
        return like.other > 1 and like.other > CORRECTED * (like.same + like.other)


def _desk(reports: Iterable[Told]) -> _Desk:
    given = sorted(reports, key=lambda report: (report.published or dt.date.max, report.key))
    keys = [report.key for report in given]
    at = {key: place for place, key in enumerate(keys)}
    if len(at) < len(keys):
        twice = next(key for place, key in enumerate(keys) if at[key] != place)
        raise ValueError(f"{twice}: two reports have this publisher and id")
    vocabulary = Vocabulary()
    return _Desk(
        reports=given, wordings=[vocabulary.wording(report.text) for report in given], keys=keys, at=at
    )


def _by_key(judgements: Sequence[Judgement], reports: Sequence[Told]) -> list[Judgement]:
    """Judgements that name reports by their keys, whether they did or gave ids."""
    named = {subject for judgement in judgements for subject in judgement.subjects}
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for report in reports:
        if report.id in named:
            keys[report.id].append(report.key)
    return [
        msgspec.structs.replace(
            judgement,
            subjects=tuple(key for subject in judgement.subjects for key in keys.get(subject, [subject])),
        )
        for judgement in judgements
    ]


def _cells(desk: _Desk, *, named: Collection[str]) -> list[list[int]]:
    """Reports of one day with the very same title and words, by number: one of them stands for all.

    Reports that a judgement names, undated ones and headlines stand for themselves.
    """
    cells: dict[object, list[int]] = {}
    for place, (report, wording) in enumerate(zip(desk.reports, desk.wordings, strict=True)):
        alone = report.key in named or report.published is None or wording.plain < HEADLINE
        words = digest(runs(wording, length=1, figures=True).tobytes())
        same = (report.published, report.title, words)
        cells.setdefault(place if alone else same, []).append(place)
    return list(cells.values())


# --- candidates ---------------------------------------------------------------------------------------


def _candidates(desk: _Desk, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of reports, by number, that share enough runs of words to be compared."""
    sketches = [_sketch(desk.wordings[place]) for place in places]
    sizes = np.array([len(sketch) for sketch in sketches], np.int64)
    hashes, owners = np.concatenate([*sketches, _NONE]), np.repeat(np.arange(len(places)), sizes)
    del sketches
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    for first in range(0, len(places), _AT_ONCE):
        one, other, shared = _met(hashes, owners, range(first, first + _AT_ONCE), len(places))
        enough = (shared > 1) & (shared >= _SHARED * np.minimum(sizes[one], sizes[other]))
        for pair in zip(one[enough].tolist(), other[enough].tolist(), strict=True):
            yield places[pair[0]], places[pair[1]]


def _met(hashes: Hashes, owners: Places, firsts: range, count: int) -> tuple[Places, Places, Places]:
    """Those of some reports that stand near another under one hash, the others, and how often they do."""
    inside = (owners >= firsts.start) & (owners < firsts.stop)
    found = [owners[:0]]
    for step in range(1, _NEIGHBOURS + 1):
        same = (hashes[step:] == hashes[:-step]) & inside[:-step]
        found.append(owners[:-step][same] * count + owners[step:][same])
    pairs, shared = np.unique(np.concatenate(found), return_counts=True)
    return pairs // count, pairs % count, shared


def _sketch(wording: Wording) -> Hashes:
    """A sample of the runs of a text that is the same for the same words, wherever they stand."""
    found = runs(wording, length=_RUN, figures=True)
    kept = found % np.uint64(_SAMPLE) == 0
    kept[:_BEGINNING] = True
    return np.unique(found[kept])


# --- what comes of it ---------------------------------------------------------------------------------


def _origin(group: Group, cells: Mapping[str, Sequence[int]], desk: _Desk) -> Origin:
    members = sorted(place for key in group.members for place in cells[key])
    why = [_copy(desk, desk.at[link.one], desk.at[link.other], link.agree) for link in group.why]
    for first, *others in (cells[key] for key in group.members):
        why += [_copy(desk, first, place, ("text",), like=desk.likeness(first, first)) for place in others]
    return Origin(
        id=f"origin-{digest(desk.keys[members[0]].encode())[:12]}",
        members=tuple(desk.keys[place] for place in members),
        why=tuple(sorted(why, key=lambda copy: (desk.at[copy.one], desk.at[copy.other]))),
    )


def _copy(desk: _Desk, first: int, second: int, by: tuple[str, ...], *, like: Likeness | None = None) -> Copy:
    """Why two reports are of one origin; ``like`` is given where their words are the very same."""
    like, days = like or desk.likeness(first, second), desk.days(first, second)
    one, other = desk.reports[first], desk.reports[second]
    agreeing = {
        "figures": like.same > 0 and not like.other,
        "title": tokens(one.title) == tokens(other.title) != [],
        "published": days == 0,
    }
    fields = (*by, *(name for name, does in agreeing.items() if does))
    return Copy(
        one=one.key,
        other=other.key,
        agree=fields,
        words=round(like.words, 3),
        longer=round(like.longer, 3),
        figures=(like.same, like.other),
        days=days,
    )
