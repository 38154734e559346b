"""A shelf for the tests of views: entries and judgements by hand, asked as a ledger is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from trucewatch.model import Count, Entry, FiledKind, Issue, Judgement, Measure, Report, Signature, Version


class Held:
    """What views ask of a ledger, over entries given by hand."""

    def __init__(self, entries: Iterable[Entry], judgements: Iterable[Judgement] = ()) -> None:
        self._entries, self._judgements = list(entries), list(judgements)
        self.asked: list[dict[str, object]] = []

    def entries(
        self,
        known: dt.date | None = None,
        *,
        kinds: Collection[FiledKind] | None = None,
        measures: Collection[Measure] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> list[Entry]:
        self.asked.append({"kinds": kinds, "measures": measures, "since": since, "until": until})
        return [
            entry
            for entry in self._entries
            if (known is None or _day(entry) <= known)
            and (kinds is None or entry.claim.kind in kinds)
            and (measures is None or not isinstance(entry.claim, Count) or entry.claim.measure in measures)
            and (since or dt.date.min) <= _day(entry) <= (until or dt.date.max)
        ]

    def reports(
        self, known: dt.date | None = None, *, since: dt.date | None = None, until: dt.date | None = None
    ) -> list[Report]:
        return list({e.report.id: e.report for e in self.entries(known, since=since, until=until)}.values())

    def judgements(self, known: dt.date | None = None) -> list[Judgement]:
        return [j for j in self._judgements if known is None or j.recorded.date() <= known]

    def issues(self) -> Sequence[Issue]:
        return []

    def versions(self, known: dt.date | None = None, **asked: object) -> list[Version]:
        return []

    def signatures(self, *asked: object, **more: object) -> list[Signature]:
        return []

    def text(self, sha256: str, *, default: str | None = None) -> str:
        return default or ""

    def texts(self, sha256s: Collection[str]) -> dict[str, str]:
        return {name: self.text(name, default="") for name in sha256s}


def judged(decision: str, *subjects: str, seq: int = 1) -> Judgement:
    recorded = dt.datetime(2022, 3, 1, tzinfo=dt.UTC)
    return Judgement(
        seq=seq,
        decision=decision,  # type: ignore[arg-type]
        subjects=subjects,
        by="A. Mirza",
        reason="read both",
        recorded=recorded,
    )


def _day(entry: Entry) -> dt.date:
    return entry.report.published or entry.recorded.date()
