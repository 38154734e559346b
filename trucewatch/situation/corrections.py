"""What became of reports: corrected, given another date, withdrawn by their publisher, erased by order.

The earlier version stays on file, so each change is told with what it changed.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from typing import Any, Literal

from msgspec.structs import replace

from trucewatch.model import AnyClaim, Noun, Report, Shelf, Version

Change = Literal["first", "correction", "redated", "unchanged", "withdrawn", "erased"]
TextOf = Callable[[Report], str]

_LONG = 5_000  # words; of longer texts the words are counted and not set side by side
_STRETCHES = 5
_SHOWN = 12  # words of a stretch
_NO_CHANGE = ("first", "unchanged")


class Correction(Noun, frozen=True, kw_only=True):
    """A version of a report beside the one before it: what kind of change it is, and on which day it came.

    ``added`` and ``removed`` are the first few stretches of changed words, in short; ``words_added`` and
    ``words_removed`` count them all. ``claims_added`` and ``claims_gone`` are ids of claims on words that
    only the new or only the old version has. ``was`` is the date of the version before, ``why`` the reason
    that the publisher, or the order to erase, gives.
    """

    publisher: str | None
    report: str
    number: int
    kind: Change
    day: dt.date
    published: dt.date | None
    recorded: dt.datetime
    title: str
    url: str | None
    sha256: str
    was: dt.date | None = None
    why: str = ""
    words_added: int = 0
    words_removed: int = 0
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    claims_added: tuple[str, ...] = ()
    claims_gone: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


def corrections(
    shelf: Shelf, *, since: dt.date | None = None, until: dt.date | None = None, known: dt.date | None = None
) -> list[Correction]:
    """What was corrected, redated, withdrawn or erased from one day to another, the earliest first.

    A correction that bears the date of the version it corrects came on the day it was recorded.
    """
    found = changes(shelf.versions(known, since=since, until=until, changed=True), text_of=text_of(shelf))
    told = [one for one in found if one.kind not in _NO_CHANGE and _within(one.day, since, until)]
    return sorted(told, key=lambda one: (one.day, one.report, one.number))


def text_of(shelf: Shelf) -> TextOf:
    """The texts of reports, empty where there is none."""
    return lambda report: shelf.text(report.sha256, default="")


def changes(versions: Sequence[Version], *, text_of: TextOf) -> list[Correction]:
    """Each version as a change to the one before it, report by report."""
    found: list[Correction] = []
    for _, group in groupby(versions, key=lambda one: (one.report.publisher, one.report.id)):
        line: list[Version | None] = [None, *group]
        found += [_change(old, new, text_of) for old, new in pairwise(line) if new]
    return found


def _within(day: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _change(old: Version | None, new: Version, text_of: TextOf) -> Correction:
    report, erased = new.report, new.erased
    told = Correction(
        publisher=report.publisher,
        report=report.id,
        number=new.number,
        kind="erased" if erased else "first",
        day=erased.recorded.date() if erased else report.published or new.recorded.date(),
        published=report.published,
        recorded=new.recorded,
        title=report.title,
        url=report.url,
        sha256=report.sha256,
        why=erased.reason if erased else report.title if report.withdrawn else "",
        readers=new.readers,
    )
    if old is None or erased:
        return told
    return replace(told, **_withdrawal(old) if report.withdrawn else _correction(old, new, text_of))


def _withdrawal(old: Version) -> dict[str, Any]:
    gone = tuple(claim.id for claim in old.claims if claim.id)
    return {"kind": "withdrawn", "was": old.report.published, "claims_gone": gone}


def _correction(old: Version, new: Version, text_of: TextOf) -> dict[str, Any]:
    texts = text_of(old.report), text_of(new.report)
    added, removed = _stretches(texts[0].split(), texts[1].split())
    gone = _only(old.claims, texts[0], new.claims, texts[1])
    return {
        "kind": _kind(old.report, new.report, changed=bool(added or removed)),
        "day": _day(old, new),
        "was": old.report.published,
        "words_added": sum(map(len, added)),
        "words_removed": sum(map(len, removed)),
        "added": _in_short(added),
        "removed": _in_short(removed),
        "claims_added": _only(new.claims, texts[1], old.claims, texts[0]),
        "claims_gone": gone,
    }


def _kind(old: Report, new: Report, *, changed: bool) -> Change:
    if changed or old.withdrawn or old.title != new.title:
        return "correction"
    return "unchanged" if old.published == new.published else "redated"


def _day(old: Version, new: Version) -> dt.date:
    """The day a correction came: of its publication, if it is dated later than what it corrects."""
    then, now = old.report.published, new.report.published
    return now if now and (then is None or now > then) else new.recorded.date()


def _only(mine: Sequence[AnyClaim], text: str, other: Sequence[AnyClaim], other_text: str) -> tuple[str, ...]:
    """The ids of the claims that stand on words on which the other version has no claim of the kind."""
    there = {_grounds(claim, other_text) for claim in other}
    ids = {claim.id for claim in other}
    mine = [claim for claim in mine if claim.id not in ids]
    return tuple(claim.id for claim in mine if claim.id and _grounds(claim, text) not in there)


def _grounds(claim: AnyClaim, text: str) -> tuple[str, str]:
    """The kind of a claim with the words it stands on; where the text is not on file, its id."""
    return claim.kind, " ".join(text[slice(*claim.evidence)].split()) or str(claim.id)


# --- words -------------------------------------------------------------------------------------------

_Stretches = list[list[str]]


def _stretches(old: list[str], new: list[str]) -> tuple[_Stretches, _Stretches]:
    """The stretches of words that were added, and those that were removed."""
    start = _common(old, new)
    old, new = old[start:], new[start:]
    end = _common(old[::-1], new[::-1])
    old, new = old[: len(old) - end], new[: len(new) - end]
    if max(len(old), len(new)) > _LONG:
        before, after = Counter(old), Counter(new)
        return [list((after - before).elements())], [list((before - after).elements())]
    edits = difflib.SequenceMatcher(a=old, b=new).get_opcodes()  # passes over words that stand everywhere
    changed = [(old[i:j], new[m:n]) for kind, i, j, m, n in edits if kind != "equal"]
    return [now for _, now in changed if now], [was for was, _ in changed if was]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _in_short(stretches: _Stretches) -> tuple[str, ...]:
    return tuple(_cut(words) for words in stretches[:_STRETCHES])


def _cut(words: Sequence[str]) -> str:
    return " ".join(words[:_SHOWN]) + (" ..." if len(words) > _SHOWN else "")
