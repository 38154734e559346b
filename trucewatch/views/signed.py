"""A report is a draft until a named person signs it; what is signed is frozen as bytes with their hash.

The bytes are the report (:class:`Sitrep`) as canonical JSON. They carry no signature, which would be a part
of its own hash: the ledger keeps version, name, moment and SHA-256 beside them. A later change makes another
version, which carries its differences to the one before, sentence by sentence.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from trucewatch.model import Signature
from trucewatch.views.phrases import count_of, day, plain, series
from trucewatch.views.sitrep import Difference, Reference, Section, Sitrep

_ALIKE = 0.5  # two sentences at least so alike are one that was changed
_NUMBER = re.compile(
    r"\b\d{4}-\d\d-\d\d\b"  # a date
    r"|(?<![\w.])\d{1,3}(?:,\d{3})+\b"
    r"|(?<![\w.,])\d+(?:[.:]\d+)?\b"  # also 5.4 and 19:30
)
_REFERENCES = "References"


@dataclass(frozen=True)
class Status:
    """Whether a report is signed: its own signature, and that of the version ``before`` it."""

    signed: Signature | None = None
    before: Signature | None = None


UNSIGNED = Status()


def status_in_words(status: Status, *, differences: int = 0) -> str:
    """The line beneath the title: draft or signed, by whom, when, with which hash.

    >>> status_in_words(UNSIGNED)
    'DRAFT, not signed: read by machine and not checked by hand'
    """
    if status.signed:
        return f"Version {status.signed.version}, {_signed(status.signed)}"
    if status.before is None:
        return "DRAFT, not signed: read by machine and not checked by hand"
    before = status.before
    return (
        f"DRAFT of version {before.version + 1}, not signed: {count_of(differences, 'difference')} to "
        f"version {before.version}, which was {_signed(before)}"
    )


def _signed(signature: Signature) -> str:
    moment = f"{day(signature.recorded.date(), year=True)}, {signature.recorded:%H:%M} UTC"
    gone = f", redacted by erasure {series([str(one) for one in signature.redacted])}"
    redacted = gone if signature.redacted else ""
    return f"signed by {plain(signature.by)} on {moment}, SHA-256 {signature.sha256}{redacted}"


# --- the bytes that are signed -----------------------------------------------------------------------


def freeze(sitrep: Sitrep) -> bytes:
    """The report as canonical JSON: keys in a fixed order, nothing between them, UTF-8.

    Halves of characters, which JSON cannot hold, become question marks.
    """
    return msgspec.json.encode(_whole(msgspec.to_builtins(sitrep)), order="sorted") + b"\n"


def thaw(frozen: bytes) -> Sitrep:
    """The report that was frozen."""
    return msgspec.json.decode(frozen, type=Sitrep)


def _whole(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_whole(key): _whole(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(part) for part in value]
    return value


# --- the differences between two versions ------------------------------------------------------------


def differences(old: Sitrep, new: Sitrep) -> tuple[Difference, ...]:
    """What the new report says differently: added, removed and changed sentences, rows and references.

    Sections go by their titles, in the order of the new report. That a sentence ends in other numbers makes
    no difference, that it rests on other words does: it is told among the references. Two reports of the
    same moment's knowledge have none.
    """
    before, after = _lines(old), _lines(new)
    titles = dict.fromkeys((*after, *before))
    told = tuple(
        one for title in titles for one in _compared(title, before.get(title, []), after.get(title, []))
    )
    return told or _unseen(old, new)


def is_same(old: Sitrep, new: Sitrep) -> bool:
    """Whether two reports say the same, whenever and after whatever version they were made."""
    bare = [msgspec.structs.replace(one, recorded=None, differences=()) for one in (old, new)]
    return freeze(bare[0]) == freeze(bare[1])


def _lines(sitrep: Sitrep) -> dict[str, list[str]]:
    """The sentences and rows of each section, and the references without their numbers."""
    told = {section.title: list(_section(section)) for section in sitrep.sections}
    told["Title"] = [sitrep.title]
    told[_REFERENCES] = sorted(map(_reference, sitrep.references))
    return told


def _section(section: Section) -> Iterator[str]:
    yield from (sentence.text for sentence in section.sentences)
    if section.table:
        yield section.table.caption
        yield from (
            " | ".join(cells) for cells in (section.table.head, *(r.cells for r in section.table.rows))
        )


def _reference(reference: Reference) -> str:
    """A reference without the ids of its claims, which say nothing to a reader."""
    if reference.note:
        return reference.note
    dated = day(reference.published, year=True) if reference.published else "undated"
    source = ", ".join(filter(None, [reference.publisher, reference.report, dated]))
    return f"{source}: {reference.words or 'the words are not on file'}"


def _compared(title: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, i, j, m, n in matcher.get_opcodes():
        if kind != "equal":
            yield from _replaced(title, list(old[i:j]), list(new[m:n]))


def _replaced(title: str, old: list[str], new: list[str]) -> Iterator[Difference]:
    """Of sentences that gave way to others: those most alike are the same one, changed."""
    for now in new:
        was = max(old, key=lambda text: _likeness(text, now), default=None)
        if was is not None and _likeness(was, now) >= _ALIKE:
            old.remove(was)
            yield Difference(section=title, was=was, now=now, numbers=_numbers(was, now))
        else:
            yield Difference(section=title, now=now, numbers=_numbers("", now))
    yield from (Difference(section=title, was=was, numbers=_numbers(was, "")) for was in old)


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(a=one.split(), b=other.split(), autojunk=False).ratio()


def _numbers(was: str, now: str) -> tuple[str, ...]:
    """The numbers that only one of two sentences has: ``("-870", "+1,566")``."""
    old, new = _NUMBER.findall(was), _NUMBER.findall(now)
    gone = [f"-{figure}" for figure in dict.fromkeys(old) if figure not in new]
    return (*gone, *(f"+{figure}" for figure in dict.fromkeys(new) if figure not in old))


def _unseen(old: Sitrep, new: Sitrep) -> tuple[Difference, ...]:
    """A difference that no sentence shows: what is drawn, or which claims a sentence rests on."""
    if is_same(old, new):
        return ()
    drawn = [[section.plot for section in one.sections] for one in (old, new)]
    if drawn[0] != drawn[1]:
        return (Difference(section="Figures", was="The picture as it was", now="The picture drawn anew"),)
    return (Difference(section=_REFERENCES, was="The claims cited as they were", now="Other claims cited"),)


def difference_in_words(found: Difference) -> str:
    """A difference in a line: what is new, what it was, and the numbers that changed."""
    numbers = f" (numbers: {', '.join(found.numbers)})" if found.numbers else ""
    if found.was is None:
        return f"{found.section}, added: {found.now}{numbers}"
    if found.now is None:
        return f"{found.section}, removed: {found.was}{numbers}"
    return f"{found.section}, changed: {found.now}; before: {found.was}{numbers}"
