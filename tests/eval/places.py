"""How well places are found and resolved, on texts whose place names carry coordinates.

    python -m tests.eval.places [dev]

GeoVirus (Wikinews, every place marked) and LGL (local news, so no precision there) lie in ``../shared``.
Half of the sources, chosen by a hash, is held out: it only measures; ``dev`` shows the other half. A
mark is right where it shares a code point with one of the hand; a resolved one where it lies within
161 km (100 miles) of it. Marks without a name ("the city") are not counted.
"""

from __future__ import annotations

import hashlib
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import click

from tests.eval import sets
from trucewatch import annotations, documents
from trucewatch.annotations.gazetteer import distance
from trucewatch.model import PlaceMention, Report, Span, digest

FOLDER = sets.SHARED / "corpora" / "places"
NEAR = 161.0  # km


class Spot(NamedTuple):
    """A place name marked by hand; degrees are None where its place is not known."""

    span: Span
    lat: float | None
    lon: float | None


class Article(NamedTuple):
    """A text with its place names; texts of one ``source`` are in one half."""

    source: str
    text: str
    spots: tuple[Spot, ...]

    @property
    def held_out(self) -> bool:
        """Whether it only measures."""
        return digest(self.source.encode()) >= "8"


def geovirus() -> Iterator[Article]:
    """GeoVirus; its offsets begin at 1."""
    for article in ET.parse(FOLDER / "GeoVirus.xml").getroot():  # noqa: S314 - our own copy
        spots = [
            Spot((int(_text(at, "start")) - 1, int(_text(at, "end")) - 1), *_degrees(at))
            for at in article.iter("location")
        ]
        yield Article(_text(article, "source"), _text(article, "text"), tuple(spots))


def lgl() -> Iterator[Article]:
    """The Local-Global Lexicon; articles of one newspaper share a source."""
    for article in ET.parse(FOLDER / "lgl.xml").getroot():  # noqa: S314 - our own copy
        spots = [
            Spot((int(_text(at, "start")), int(_text(at, "end"))), *_degrees(at.find("gaztag")))
            for at in article.iter("toponym")
        ]
        yield Article(_text(article, "domain"), _text(article, "text"), tuple(spots))


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(name) or ""


def _degrees(element: ET.Element | None) -> tuple[float | None, float | None]:
    lat, lon = (element.findtext(name) if element is not None else None for name in ("lat", "lon"))
    return (float(lat), float(lon)) if lat and lon else (None, None)


def marks(text: str) -> list[PlaceMention]:
    """The places that the reader marks in a text, those with a name."""
    report = Report(
        id="x",
        data=text.encode(),
        media_type="text/plain",
        origin="x",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        language="en",
    )
    document = documents.read(report)
    if document.text != text:
        raise ValueError("the reader changed the text, so that offsets differ")
    return [m for m in annotations.annotate(document).places if re.search(r"[A-Z]", m.name)]


def measure(articles: list[Article]) -> Counter[str]:
    """Count what was marked, found, resolved and right."""
    count: Counter[str] = Counter()
    for article in articles:
        found = marks(article.text)
        count["marks"] += len(found)
        count["right marks"] += sum(any(_meet(m.span, s.span) for s in article.spots) for m in found)
        for spot in article.spots:
            count["spots"] += 1
            mark = next((m for m in found if _meet(m.span, spot.span)), None)
            count["found"] += mark is not None
            if mark and mark.lat is not None and mark.lon is not None:
                count["resolved"] += 1
                if spot.lat is not None and spot.lon is not None:
                    part = "country" if mark.precision == "country" else "local"
                    count[part] += 1
                    count[f"near {part}"] += distance(mark.lat, mark.lon, spot.lat, spot.lon) <= NEAR
    return count


def _meet(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def figures(count: Counter[str]) -> dict[str, float]:
    """Shares of the counts: of names found, of marks right, of found resolved, of resolved within reach."""

    def share(part: float, whole: float) -> float:
        return part / whole if whole else 0.0

    near = count["near country"] + count["near local"]
    return {
        "recall": share(count["found"], count["spots"]),
        "precision": share(count["right marks"], count["marks"]),
        "resolved": share(count["resolved"], count["found"]),
        "within": share(near, count["country"] + count["local"]),
        "local": share(count["near local"], count["local"]),
    }


def main() -> None:
    """Print the figures of both corpora."""
    dev = "dev" in sys.argv[1:]
    click.echo("half: " + ("to develop" if dev else "held out, only measured"))
    click.echo("corpus     names  recall  precision  resolved  within 161 km  below country")
    for name, corpus in (("GeoVirus", geovirus), ("LGL", lgl)):
        count = measure([a for a in corpus() if a.held_out != dev])
        told = figures(count)
        precision = f"{told['precision']:.3f}" if name == "GeoVirus" else "-"
        click.echo(
            f"{name:9}{count['spots']:7}{told['recall']:8.3f}{precision:>11}{told['resolved']:10.3f}"
            f"{told['within']:15.3f}{told['local']:15.3f}"
        )


if __name__ == "__main__":
    main()
