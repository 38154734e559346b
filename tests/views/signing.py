"""A ledger for tests that keeps signed reports, and knows what it held at any moment."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

import msgspec

from tests.situation.making import Shelf
from trucewatch.model import Entry, Signature, Version


class Archive(Shelf):
    """What a ledger is asked by whoever signs; entries are put in at a moment."""

    def __init__(self, texts: dict[str, str] | None = None) -> None:
        super().__init__([], texts or {})
        self._signed: list[tuple[Signature, bytes]] = []

    def put(self, found: Iterable[Entry], *, recorded: dt.datetime | None = None) -> None:
        """Take in entries, now or at a moment."""
        moment = recorded or dt.datetime.now(dt.UTC)
        self._held += [msgspec.structs.replace(entry, recorded=moment) for entry in found]

    def text(self, sha256: str, *, default: str | None = None) -> str:
        return self.words.get(sha256, default or "")

    def as_of(self, moment: dt.datetime) -> Archive:
        then = Archive(self.words)
        then._held = [entry for entry in self._held if entry.recorded <= moment]
        then._signed = [pair for pair in self._signed if pair[0].recorded <= moment]
        return then

    def versions(self, known: dt.date | None = None, **asked: object) -> list[Version]:
        return []

    def signatures(
        self, ceasefire: str | None = None, at: dt.date | None = None, *, known: dt.date | None = None
    ) -> list[Signature]:
        return [
            one
            for one, _ in self._signed
            if ceasefire in (None, one.ceasefire) and (at is None or at == one.at)
        ]

    def signed(self, signature: Signature) -> bytes:
        return next(content for one, content in self._signed if one == signature)

    def sign(
        self, content: bytes, *, ceasefire: str, at: dt.date, known: dt.date | None, by: str
    ) -> Signature:
        made = Signature(
            seq=1 + len(self._signed),
            ceasefire=ceasefire,
            at=at,
            known=known,
            version=1 + len(self.signatures(ceasefire, at)),
            by=by,
            recorded=dt.datetime.now(dt.UTC),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        self._signed.append((made, content))
        return made
