"""Read gold reports with the reader at hand, in this process."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import cast

import msgspec

from tests.eval.sets import Gold, Json
from trucewatch import pipeline
from trucewatch.model import Report, digest


def read_all(golds: Iterable[Gold]) -> dict[str, list[Json]]:
    """The claims of every report by its name, as in JSON Lines."""
    return {gold.name: read(gold) for gold in golds}


def read(gold: Gold) -> list[Json]:
    """The claims of one report, as in JSON Lines."""
    claims = [claim for claim in pipeline.process(report(gold)).claims if claim.kind != "restriction"]
    return cast("list[Json]", msgspec.json.decode(msgspec.json.encode(claims)))


def report(gold: Gold) -> Report:
    """The report as it would come in, with what its sidecar tells."""
    data = gold.text.encode()
    published = gold.head.get("published")
    return Report(
        id=gold.name,
        data=data,
        media_type="text/plain",
        origin=f"{gold.name}.txt",
        sha256=digest(data),
        publisher=gold.head.get("publisher"),
        published=dt.date.fromisoformat(published) if published else None,
        title=gold.head.get("title") or "",
        language=gold.head.get("language"),
    )
