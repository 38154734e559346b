"""Reviewed reports as gold: what a reader is trained on and scored against, in the form of its annotations.

A report is gold where somebody said of this version that nothing is missing in it, and every claim of the
six kinds was decided on. It is written as ``NAME.txt`` and ``NAME.gold.json``, which scoring and training
read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path

import msgspec

from trucewatch.model import AnyClaim, Noun, Report, Shelf
from trucewatch.model.checks import is_reviewed

_LONGEST = 100  # characters of a file's name, without its end
_UNSAFE = re.compile(r"[^\w.-]+")


class Gold(Noun, frozen=True, kw_only=True):
    """A report said to be complete: what its files are called, its text and claims of the six kinds, and how
    many of these nobody has decided on. ``is_other``: it was said of another version of it."""

    name: str
    report: Report
    text: str
    claims: tuple[AnyClaim, ...]
    undecided: int = 0
    is_other: bool = False


def golds(shelf: Shelf) -> Iterator[Gold]:
    """The reports that somebody said are complete, in the order in which the ledger took them in."""
    complete: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for review in shelf.reviews():
        if review.judgement.decision == "complete":
            complete[review.publisher, review.report].add(review.sha256)
    taken: set[str] = set()
    for report in shelf.reports() if complete else ():
        if said := complete.get((report.publisher, report.id)):
            yield _gold(shelf, report, _name(report.id, taken), is_other=report.sha256 not in said)


def _name(report_id: str, taken: set[str]) -> str:
    """A name for a report's files that none of some has, whatever the case, which it then joins."""
    name = _UNSAFE.sub("-", report_id).strip(".-")[:_LONGEST] or "report"
    numbered = (f"{name}-{number}" for number in count(2))
    free = next(one for one in chain([name], numbered) if one.casefold() not in taken)
    taken.add(free.casefold())
    return free


def _gold(shelf: Shelf, report: Report, name: str, *, is_other: bool) -> Gold:
    day = report.published
    entries = shelf.entries(since=day, until=day) if day else shelf.entries(undated=True)
    own = [e.claim for e in entries if (e.report.publisher, e.report.id) == (report.publisher, report.id)]
    claims = tuple(claim for claim in own if claim.kind != "restriction")
    return Gold(
        name=name,
        report=report,
        text=shelf.text(report.sha256, default=""),
        claims=claims,
        undecided=sum(not is_reviewed(claim) for claim in claims),
        is_other=is_other,
    )


def write(found: Sequence[Gold], folder: Path) -> None:
    """Write the two files of each report; the folder is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    for gold in found:
        (folder / f"{gold.name}.txt").write_bytes(gold.text.encode())
        (folder / f"{gold.name}.gold.json").write_bytes(as_json(gold))


def as_json(gold: Gold) -> bytes:
    """The report and its claims as gold has them: without ids, readers and confidences."""
    report = gold.report
    told = {
        "id": gold.name,
        "publisher": report.publisher,
        "published": report.published,
        "title": report.title,
        "language": report.language,
    }
    claims = [msgspec.structs.replace(claim, id=None, reader=None, confidence=None) for claim in gold.claims]
    content = {"report": told, "aliases": [], "claims": claims}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"
