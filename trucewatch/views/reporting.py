"""The report of a day as it stands in a ledger: a draft, or what somebody signed; and signing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from trucewatch.errors import UsageError
from trucewatch.model import Ceasefire, Shelf, Signature
from trucewatch.situation import Situation, assess
from trucewatch.situation.corrections import corrections
from trucewatch.situation.days import ONE
from trucewatch.views import render, write
from trucewatch.views.composing import compose
from trucewatch.views.phrases import day, plain
from trucewatch.views.signed import Status, differences, freeze, is_same, thaw
from trucewatch.views.sitrep import Sitrep


class Archive(Shelf, Protocol):
    """A ledger, now or as it was at a moment, with the reports that were signed by then."""

    def as_of(self, moment: dt.datetime) -> Archive:
        """The ledger with only what it had taken in by a moment."""
        ...

    def signed(self, signature: Signature) -> bytes:
        """The bytes that were signed."""
        ...


class Registry(Archive, Protocol):
    """A ledger in which a report can be signed."""

    def sign(
        self, content: bytes, *, ceasefire: str, at: dt.date, known: dt.date | None, by: str
    ) -> Signature:
        """Keep the bytes as the next version of a day's report."""
        ...


@dataclass(frozen=True)
class Current:
    """The report of a day as it is to be shown, whether it is signed, and the situation it tells of."""

    sitrep: Sitrep
    status: Status
    situation: Situation
    shelf: Shelf

    def render(self, shape: str) -> str:
        """The report in a shape. UsageError names the shapes there are."""
        if shape == "json":
            return render(self.situation, shape=shape, text_of=self.shelf.text)
        return write(self.sitrep, status=self.status, shape=shape)


def current(archive: Archive, ceasefire: Ceasefire, *, at: dt.date, known: dt.date | None = None) -> Current:
    """The report of a day: the signed version that says what would be written now, else a draft.

    A draft of a day that has been signed carries its differences to the newest version.

    >>> current(ledger, ceasefire, at=day, known=day).status  # doctest: +SKIP
    Status(signed=None, before=None)
    """
    situation = assess(archive, ceasefire, at=at, known=known)
    before, called = _before(archive, ceasefire, at=at, known=known)
    since = corrections(archive, since=before.at + ONE, known=known)
    written = compose(situation, text_of=archive.text, before=before, compared_with=called, corrections=since)
    versions = archive.signatures(ceasefire.id, at)
    for signature in reversed(versions):
        kept = thaw(archive.signed(signature))
        if is_same(kept, written):
            return Current(kept, Status(signed=signature), situation, archive)
    if not versions:
        return Current(written, Status(), situation, archive)
    changed = _differing(archive, versions[-1], written)
    return Current(changed, Status(before=versions[-1]), situation, archive)


def sign(
    registry: Registry, ceasefire: Ceasefire, *, at: dt.date, known: dt.date | None = None, by: str
) -> Signature:
    """Freeze the report of a day as its next version, with the moment it was made of and its differences.

    What is signed already as the newest version is not signed again: its signature is given back.
    UsageError where nobody signs.
    """
    moment = dt.datetime.now(dt.UTC)
    found = current(registry.as_of(moment), ceasefire, at=at, known=known)
    versions = registry.signatures(ceasefire.id, at)
    sitrep, signed = found.sitrep, found.status.signed
    if signed and signed.version == versions[-1].version:
        return signed
    if signed:  # an earlier version holds again
        sitrep = _differing(registry, versions[-1], sitrep)
    made = msgspec.structs.replace(sitrep, recorded=moment)
    return registry.sign(freeze(made), ceasefire=ceasefire.id, at=at, known=known, by=by)


def version(archive: Archive, ceasefire: Ceasefire, *, at: dt.date, number: int, shape: str) -> str:
    """A signed version, exactly as it was signed: in ``json`` the very bytes, whose hash the signature has.

    UsageError names the versions there are.
    """
    versions = archive.signatures(ceasefire.id, at)
    signature = next((one for one in versions if one.version == number), None)
    if signature is None:
        raise UsageError(_no_such_version(ceasefire, at, number, versions))
    frozen = archive.signed(signature)
    if shape == "json":
        return frozen.decode()
    return write(thaw(frozen), status=Status(signed=signature), shape=shape)


def _no_such_version(ceasefire: Ceasefire, at: dt.date, number: int, versions: Sequence[Signature]) -> str:
    there = ", ".join(str(one.version) for one in versions)
    have = f"there are: {there}" if there else "none is signed"
    return f"there is no version {number} of the report of {ceasefire.id} at {at}; {have}"


def _differing(archive: Archive, signature: Signature, written: Sitrep) -> Sitrep:
    """What is written, with its differences to a signed version."""
    kept = thaw(archive.signed(signature))
    return msgspec.structs.replace(written, differences=differences(kept, written))


def _before(
    archive: Archive, ceasefire: Ceasefire, *, at: dt.date, known: dt.date | None
) -> tuple[Situation, str]:
    """What is compared with: the last signed report of an earlier day, made again of the moment that it was
    made of; else the day before, with what was known then."""
    earlier = [one for one in archive.signatures(ceasefire.id) if one.at < at]
    if not earlier:
        return assess(archive, ceasefire, at=at - ONE, known=(known or at) - ONE), ""
    last = max(earlier, key=lambda one: (one.at, one.version))
    moment = thaw(archive.signed(last)).recorded or last.recorded
    situation = assess(archive.as_of(moment), ceasefire, at=last.at, known=last.known)
    return situation, f"version {last.version} of {day(last.at, year=True)}, signed by {plain(last.by)}"
