"""The versions of one report: listed, and two of them side by side with the words that changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from trucewatch.errors import UsageError
from trucewatch.ledger.erasing import in_words
from trucewatch.model import AnyClaim, Noun, Report, Version
from trucewatch.pages.asking import NotFoundError, Question
from trucewatch.pages.cells import day_in_words
from trucewatch.pages.desk import Desk
from trucewatch.pages.facts import facts
from trucewatch.views.phrases import plain, shorten

LONG = 60_000
"""Characters of each version that are compared."""
PARAGRAPHS, WORDS = 600, 600
"""Paragraphs of a version that are compared, and words of a paragraph; a longer one changed as a whole."""
LIMITS = (
    f"Of long versions the first {LONG:,} characters and {PARAGRAPHS} paragraphs are compared; a paragraph of"
    f" more than {WORDS} words that has changed is marked as a whole.",
    "What is withheld is blocked out in both versions, so that a change within it does not show.",
)
CLAIMS = 100
"""Changes of claims that are shown, and claims that are paired with one that took their place."""
_AROUND = 1  # unchanged paragraphs shown before and after a change
_WORD = re.compile(r"\S+\s*")
_ALIKE = 0.5  # share of fields that two claims have alike to be one that changed


class Listed(Noun, frozen=True, kw_only=True):
    """A version as it is listed: its number, its days, who read it, what became of it, its pages."""

    number: int
    published: str
    recorded: str
    readers: tuple[str, ...]
    state: str
    claims: int
    href: str | None
    compared: str | None
    current: str = ""


Words = tuple[tuple[str, bool], ...]
"""Words in a row, each with whether the other version has not got them."""


class Pair(Noun, frozen=True, kw_only=True):
    """A paragraph of both versions; ``left_out`` counts unchanged ones that are not shown."""

    old: Words = ()
    new: Words = ()
    left_out: int = 0


class Change(Noun, frozen=True, kw_only=True):
    """A claim that was added, is gone, or changed: its kind, and its fields before and after."""

    what: str
    kind: str
    words: str
    fields: tuple[tuple[str, str, str], ...]


class VersionsView(Noun, frozen=True, kw_only=True):
    """The page: the versions, those compared (by number), paragraphs, claims; ``why_not`` where not."""

    report: Report
    versions: tuple[Listed, ...]
    old: int = 0
    new: int = 0
    title: Pair | None = None
    pairs: tuple[Pair, ...] = ()
    changes: tuple[Change, ...] = ()
    more_changes: int = 0
    same_words: bool = False
    cut: bool = False
    why_not: str = ""


def standing(report: Report, desk: Desk, question: Question) -> tuple[int, int]:
    """Which version a report is, of how many."""
    found = _versions(report.sha256, desk, question, report)
    number = next((one.number for one in reversed(found) if one.report.sha256 == report.sha256), 1)
    return number, max(len(found), 1)


def versions_view(sha256: str, desk: Desk, question: Question, *, old: str, new: str) -> VersionsView:
    """The versions of the report of some bytes; those compared are told by number, or are this and the one
    before it. NotFoundError where no such report is on file, UsageError for a number that none has."""
    found = _versions(sha256, desk, question)
    if not found:
        raise NotFoundError(f"No report with SHA-256 {sha256[:80]} is on file.")
    by_number = {one.number: one for one in found}
    asked = max(one.number for one in found if one.report.sha256 == sha256)
    latter = _number(new, by_number) or (asked if asked > found[0].number else found[-1].number)
    former = _number(old, by_number) or max((n for n in by_number if n < latter), default=latter)
    before, after = by_number[former], by_number[latter]
    view = VersionsView(
        report=after.report,
        versions=tuple(_listed(one, found, sha256, question, (former, latter)) for one in found),
        old=former,
        new=latter,
    )
    return _compared(view, before, after, desk)


def _versions(sha256: str, desk: Desk, question: Question, report: Report | None = None) -> list[Version]:
    """The versions known by the day of knowledge, of one publisher; all where this one was not known."""
    found = desk.ledger.versions_of(sha256, question.known) or desk.ledger.versions_of(sha256)
    first = report or next((one.report for one in found if one.report.sha256 == sha256), None)
    return [
        one for one in found if first and (one.report.publisher, one.report.id) == (first.publisher, first.id)
    ]


def _number(told: str, known: dict[int, Version]) -> int | None:
    if not told:
        return None
    if not (told.isascii() and told.isdigit() and len(told) < 7 and int(told) in known):
        numbers = ", ".join(map(str, known))
        raise UsageError(f"{told[:80]!r} is no version of this report. There are: {numbers}.")
    return int(told)


def _listed(
    one: Version, found: Sequence[Version], sha256: str, question: Question, pair: tuple[int, int]
) -> Listed:
    report = one.report
    before = max((other.number for other in found if other.number < one.number), default=None)
    page = f"reports/{sha256}/versions"
    return Listed(
        number=one.number,
        published=day_in_words(report.published) if report.published else "undated",
        recorded=f"{day_in_words(one.recorded.date())}, {one.recorded:%H:%M} UTC",
        readers=tuple(map(plain, one.readers)),
        state=_state(one),
        claims=len(one.claims),
        href=None if one.erased or report.withdrawn else question.address(f"reports/{report.sha256}"),
        compared=question.address(page, old=before, new=one.number) if before else None,
        current={pair[0]: "the earlier one below", pair[1]: "the later one below"}.get(one.number, ""),
    )


def _state(one: Version) -> str:
    if one.erased:
        return in_words(one.erased)
    return "withdrawn by its publisher" if one.report.withdrawn else ""


# --- two side by side ----------------------------------------------------------------------------------


def _compared(view: VersionsView, before: Version, after: Version, desk: Desk) -> VersionsView:
    if before.number == after.number:
        return _with(view, why_not="Only this version is on file.")
    for one in (before, after):
        if state := _state(one):
            return _with(view, why_not=f"Version {one.number} {state}: there are no words to compare.")
    old, new = desk.text(before.report.sha256), desk.text(after.report.sha256)
    pairs, cut = _pairs(old, new)
    changes = tuple(_changes(before.claims, after.claims, old, new))
    titles = (before.report.title, after.report.title)
    return _with(
        view,
        title=_pair(*titles) if titles[0] != titles[1] else None,
        pairs=tuple(_around_changes(pairs)),
        changes=changes[:CLAIMS],
        more_changes=max(0, len(changes) - CLAIMS),
        same_words=old == new,
        cut=cut,
    )


def _with(view: VersionsView, **told: object) -> VersionsView:
    held = {name: getattr(view, name) for name in view.__struct_fields__}
    return VersionsView(**{**held, **told})


def _pairs(old: str, new: str) -> tuple[list[Pair], bool]:
    """The paragraphs of two texts beside each other, and whether some were left out."""
    (a, cut_old), (b, cut_new) = _paragraphs(old), _paragraphs(new)
    found: list[Pair] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=a, b=b).get_opcodes():
        if tag == "equal":
            found += [Pair(old=((text, False),), new=((text, False),)) for text in a[i1:i2]]
        else:
            found += [_pair(one, other) for one, other in zip_longest(a[i1:i2], b[j1:j2], fillvalue="")]
    return found, cut_old or cut_new


def _paragraphs(text: str) -> tuple[list[str], bool]:
    found = [line.strip() for line in text[:LONG].splitlines() if line.strip()]
    return found[:PARAGRAPHS], len(text) > LONG or len(found) > PARAGRAPHS


def _pair(old: str, new: str) -> Pair:
    """A paragraph before and after, with the words that only one of them has."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    if not a or not b or max(len(a), len(b)) > WORDS:
        return Pair(old=((old, True),) if old else (), new=((new, True),) if new else ())
    matcher = difflib.SequenceMatcher(a=[one.strip() for one in a], b=[one.strip() for one in b])
    codes = matcher.get_opcodes()
    return Pair(
        old=tuple(("".join(a[i1:i2]), tag != "equal") for tag, i1, i2, _, _ in codes if i1 < i2),
        new=tuple(("".join(b[j1:j2]), tag != "equal") for tag, _, _, j1, j2 in codes if j1 < j2),
    )


def _around_changes(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs without the unchanged ones that are far from a change."""
    changed = [at for at, one in enumerate(pairs) if any(met for _, met in (*one.old, *one.new))]
    near = {at + by for at in changed for by in range(-_AROUND, _AROUND + 1)}
    left_out = 0
    for at, one in enumerate(pairs):
        if at in near:
            if left_out:
                yield Pair(left_out=left_out)
            left_out = 0
            yield one
        else:
            left_out += 1
    if left_out:
        yield Pair(left_out=left_out)


# --- claims --------------------------------------------------------------------------------------------


def _changes(before: Sequence[AnyClaim], after: Sequence[AnyClaim], old: str, new: str) -> Iterator[Change]:
    """What became of the claims: one that is gone and one of its kind most like it are one that changed."""
    kept = {claim.id for claim in before} & {claim.id for claim in after}
    gone = [(claim, _fields(claim, old)) for claim in before if claim.id not in kept]
    come = [(claim, _fields(claim, new)) for claim in after if claim.id not in kept]
    for at, (claim, fields) in enumerate(gone):
        like = max(
            (one for one in come if at < CLAIMS and one[0].kind == claim.kind),
            key=lambda one: _alike(fields, one[1]),
            default=None,
        )
        if like is None or _alike(fields, like[1]) < _ALIKE:
            yield _change("gone", claim, fields, {})
            continue
        come.remove(like)
        if fields != like[1]:
            yield _change("changed", like[0], fields, like[1])
    yield from (_change("added", claim, {}, fields) for claim, fields in come)


def _fields(claim: AnyClaim, text: str) -> dict[str, str]:
    """A claim's fields in words, and the words that it stands on."""
    return {**dict(facts(claim)), "words": shorten(plain(text[slice(*claim.evidence)]), limit=400)}


def _alike(one: dict[str, str], other: dict[str, str]) -> float:
    """How much of two claims is alike: fields, and of the words they stand on the share in common."""
    names = (one.keys() | other.keys()) - {"words"}
    a, b = (set(fields["words"].lower().split()) for fields in (one, other))
    shared = len(a & b) / (len(a | b) or 1)
    return (sum(one.get(name) == other.get(name) for name in names) + shared) / (len(names) + 1)


def _change(what: str, claim: AnyClaim, old: dict[str, str], new: dict[str, str]) -> Change:
    names = dict.fromkeys((*old, *new))
    return Change(
        what=what,
        kind=str(claim.kind),
        words=(new or old)["words"],
        fields=tuple(
            (name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name)
        ),
    )
