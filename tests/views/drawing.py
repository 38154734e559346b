"""Series and bands made by hand, and the pictures of them as XML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from lxml import etree

from tests.situation.making import day
from trucewatch.situation import Point, Series
from trucewatch.situation.alerts.nouns import Alert, Band, Expectation
from trucewatch.situation.days import ONE
from trucewatch.views.plots import Plot, picture, plot

SVG = "{http://www.w3.org/2000/svg}"
LAST = day("02-18")


def point(end: str, low: float | None, high: float | None = -1, *, evenings: int = 1) -> Point:
    """A total up to an evening of 2022; ``high`` is ``low`` unless given."""
    return Point(
        counter="smm",
        region=None,
        start=day(end) - evenings * ONE,
        end=day(end),
        low=low,
        high=low if high == -1 else high,
        basis="own",
        claims=(f"claim-{end}",),
        complete=high is not None,
    )


def line(*points: Point) -> Series:
    return Series(counter="smm", region=None, points=points)


def band(expected: Mapping[str, tuple[float, float]]) -> Band:
    """What the regression expected of evenings: mean and bound."""
    return Band(
        counter="smm",
        region=None,
        method="regression",
        expectations=tuple(
            Expectation(
                method="regression",
                day=day(evening),
                expected=mean,
                upper=upper,
                days=21,
                span=28,
                first=day(evening) - 28 * ONE,
                last=day(evening) - ONE,
            )
            for evening, (mean, upper) in expected.items()
        ),
    )


def alert(evening: str, *, words: str = "too many", state: str = "new", kind: str = "count") -> Alert:
    return Alert(
        id=f"{kind}-{evening}",
        kind=kind,  # type: ignore[arg-type]
        state=state,  # type: ignore[arg-type]
        day=day(evening),
        raised=day(evening),
        words=words,
        claims=(f"claim-{evening}",),
        counter="smm",
    )


def drawn(
    series: Series,
    *,
    expected: Band | None = None,
    alerts: Sequence[Alert] = (),
    last: dt.date = LAST,
    title: str = "Violations counted by the mission",
    unit: str = "violations",
) -> Plot:
    return picture(series, title=title, unit=unit, last=last, band=expected, alerts=alerts)


def tree(made: Plot) -> etree._Element:
    """The picture, which has to be well-formed."""
    return etree.fromstring(plot(made).encode())


def marks(root: etree._Element, name: str) -> list[etree._Element]:
    """The marks of a class in the picture itself, without those of the legend."""
    found = [one for one in root.iter() if name in (one.get("class") or "").split()]
    return [one for one in found if not any(up.get("transform") for up in one.iterancestors())]


def words(root: etree._Element) -> str:
    return " ".join(text for text in root.itertext() if text.strip())
