"""Entries made by hand: the counter's reports, press reports, and the examples with their gold claims."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from trucewatch.model import (
    Actor,
    AnyClaim,
    Count,
    Entry,
    FiledKind,
    Measure,
    Place,
    Report,
    Time,
    Voice,
    digest,
)
from trucewatch.model.checks import identify
from trucewatch.situation.days import closing

ROOT = Path(__file__).resolve().parents[2]
RECORDED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SMM = Actor(name="OSCE Special Monitoring Mission to Ukraine")


def day(text: str) -> dt.date:
    """``02-18`` is in 2022."""
    return dt.date.fromisoformat(text if len(text) == 10 else f"2022-{text}")


def report(
    name: str, published: str | None, *, publisher: str | None = "OSCE SMM", text: str = "", title: str = ""
) -> Report:
    return Report(
        id=name,
        data=b"",
        media_type="text/plain",
        origin=f"{name}.txt",
        sha256=digest(f"{name}{publisher}{text}".encode()),
        publisher=publisher,
        published=day(published) if published else None,
        title=title,
    )


def entries(told: Report, *claims: AnyClaim) -> list[Entry]:
    """The claims of a report as entries; evidence is numbered where it was left at (0, 1)."""
    found = []
    for place, claim in enumerate(claims):
        if claim.evidence == (0, 1):
            claim = msgspec.structs.replace(claim, evidence=(place * 1000, place * 1000 + 1))
        claim = msgspec.structs.replace(claim, id=identify(claim, report_id=told.id))
        found.append(Entry(claim=claim, report=told, recorded=RECORDED))
    return found


def count(
    low: int | None,
    where: str | None = "Donetsk region",
    *,
    high: int | None = -1,
    window: tuple[str | None, str | None] | None = None,
    said: str | None = None,
    measure: str = "ceasefire_violations",
    **fields: Any,
) -> Count:
    """A count; ``high`` is ``low`` unless given; ``window`` are days of 2022."""
    fields.setdefault("observer", SMM)
    start, end = window or (None, None)
    time = fields.pop("time", None)
    if window:
        dates = [day(date).isoformat() if date else None for date in (start, end)]
        time = Time(text=said, start=dates[0], end=dates[1])
    elif said:
        time = Time(text=said)
    return msgspec.convert(
        Count(
            evidence=(0, 1),
            said_by=fields.pop("said_by", ()),
            measure=measure,
            low=low,
            high=low if high == -1 else high,
            place=Place(text=where, name=where) if where else None,
            time=time,
            **fields,
        ),
        Count,
        from_attributes=True,
    )


def daily(
    issued: str,
    donetsk: int | None,
    luhansk: int | None,
    *,
    before: tuple[int, int] | None = None,
    bangs: tuple[int, int] | None = None,
    **window: Any,
) -> list[Entry]:
    """The counter's report of a day: a figure per region, and the previous period's where wanted."""
    claims: list[AnyClaim] = []
    for place, low in (("Donetsk region", donetsk), ("Luhansk region", luhansk)):
        if low is not None:
            claims.append(count(low, place, **window))
    for place, low in zip(("Donetsk region", "Luhansk region"), before or (), strict=False):
        claims.append(count(low, place, said="In the previous reporting period", previous=True))
    for place, low in zip(("Donetsk region", "Luhansk region"), bangs or (), strict=False):
        claims.append(count(low, place, measure="explosions", **window))
    return entries(report(f"smm-{issued}", issued), *claims)


def press(published: str, *claims: AnyClaim, name: str = "wire", publisher: str = "The Wire") -> list[Entry]:
    return entries(report(f"{name}-{published}", published, publisher=publisher), *claims)


def voice(source: str, cue: str | None = "said") -> Voice:
    return Voice(source=source, cue=cue)


# --- the examples, with the claims that were annotated by hand --------------------------------------


class Shelf:
    """A ledger for tests: entries with their texts."""

    def __init__(self, held: Iterable[Entry], texts: dict[str, str]) -> None:
        self._held, self.words = list(held), texts

    def entries(
        self,
        known: dt.date | None = None,
        *,
        kinds: Collection[FiledKind] | None = None,
        measures: Collection[Measure] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        due: dt.date | None = None,
        undated: bool = False,
    ) -> list[Entry]:
        return [
            entry
            for entry in self._held
            if (known is None or (entry.report.published or known) <= known)
            and (kinds is None or entry.claim.kind in kinds)
            and (measures is None or not isinstance(entry.claim, Count) or entry.claim.measure in measures)
            and (due is None or _ends(entry) >= due)
            and not (undated and entry.report.published)
            and (since or dt.date.min) <= _day(entry) <= (until or dt.date.max)
        ]

    def reports(
        self, known: dt.date | None = None, *, since: dt.date | None = None, until: dt.date | None = None
    ) -> list[Report]:
        return list({e.report.id: e.report for e in self.entries(known, since=since, until=until)}.values())

    def issues(self) -> list[Any]:
        return []

    def judgements(self, known: dt.date | None = None) -> list[Any]:
        return []

    def text(self, sha256: str, *, default: str | None = None) -> str:
        return self.words[sha256] if default is None else self.words.get(sha256, default)

    def texts(self, sha256s: Collection[str]) -> dict[str, str]:
        return {name: self.text(name, default="") for name in sha256s}


def _ends(entry: Entry) -> dt.date:
    return (entry.claim.time and closing(entry.claim.time.end)) or dt.date.min


def _day(entry: Entry) -> dt.date:
    return entry.report.published or entry.recorded.date()


def gold(folder: Path, texts: Path) -> Iterator[tuple[Report, str, list[AnyClaim]]]:
    """Reports of a folder with their gold claims."""
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        source = next((f for f in (texts / f"{name}.txt", folder / f"{name}.txt") if f.exists()), None)
        if source:
            text = source.read_text(encoding="utf-8")
            yield _read_gold(json.loads(path.read_text(encoding="utf-8")), text, source)


def _read_gold(told: dict[str, Any], text: str, source: Path) -> tuple[Report, str, list[AnyClaim]]:
    about = told["report"]
    made = Report(
        id=about["id"],
        data=b"",
        media_type="text/plain",
        origin=source.name,
        sha256=digest(text.encode()),
        publisher=about.get("publisher"),
        published=day(about["published"]) if about.get("published") else None,
        title=about.get("title") or "",
    )
    claims: list[AnyClaim] = []
    for raw in told["claims"]:
        claim: AnyClaim = msgspec.convert({k: v for k, v in raw.items() if v is not None}, AnyClaim)
        claims.append(msgspec.structs.replace(claim, id=identify(claim, report_id=made.id)))
    return made, text, claims


def examples() -> Shelf:
    """The sample reports with their gold claims."""
    held: list[Entry] = []
    texts: dict[str, str] = {}
    for made, text, claims in gold(ROOT / "tests" / "corpus", ROOT / "examples"):
        texts[made.sha256] = text
        held += [Entry(claim=claim, report=made, recorded=RECORDED) for claim in claims]
    return Shelf(held, texts)
