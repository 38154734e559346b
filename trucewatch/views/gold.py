"""Reviewed reports as gold: what a reader is trained on and scored against, in the form of its annotations.

A report is gold where somebody said that nothing is missing in it, and every claim of the six kinds was
decided on. It is written as ``NAME.txt`` and ``NAME.gold.json``, which scoring and training read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from trucewatch.model import AnyClaim, Noun, Report, Shelf

_UNSAFE = re.compile(r"[^\w.-]+")


class Gold(Noun, frozen=True, kw_only=True):
    """A report said to be complete: what its files are called, its text and claims of the six kinds, and how
    many of these nobody has decided on."""

    name: str
    report: Report
    text: str
    claims: tuple[AnyClaim, ...]
    undecided: int = 0


def golds(shelf: Shelf) -> Iterator[Gold]:
    """The reports that somebody said are complete, in the order in which the ledger took them in."""
    said = [review for review in shelf.reviews() if review.judgement.decision == "complete"]
    complete = {(review.publisher, review.report) for review in said}
    names: Counter[str] = Counter()
    for report in shelf.reports() if complete else ():
        if (report.publisher, report.id) in complete:
            name = _UNSAFE.sub("-", report.id).strip(".-") or "report"
            names[name] += 1
            yield _gold(shelf, report, name if names[name] == 1 else f"{name}-{names[name]}")


def _gold(shelf: Shelf, report: Report, name: str) -> Gold:
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
    )


def is_reviewed(claim: AnyClaim) -> bool:
    """Whether somebody has decided on a claim."""
    return (claim.reader or "").startswith("review: ")


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
