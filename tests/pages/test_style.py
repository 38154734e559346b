"""The colours of the style sheet, in light and dark: words have a contrast of 4.5 to 1, signs of 3 to 1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import trucewatch.pages

SHEET = (Path(trucewatch.pages.__file__).parent / "templates" / "pages.css").read_text()
KINDS = ("statement", "contact", "commitment", "count", "posture", "incident", "restriction")


def colours(*, dark: bool) -> dict[str, str]:
    """The colours by name; the dark look changes some of the light ones."""
    light, _, rest = SHEET.partition("@media screen and (prefers-color-scheme: dark)")
    told = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", light))
    if dark:
        told |= dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", rest.split("}", 1)[0]))
    return told


def brightness(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("dark", [False, True])
def test_words_can_be_read(dark: bool) -> None:
    told = colours(dark=dark)
    for words in ("ink", "soft", "link", "speaker"):
        for ground in ("ground", "sheet"):
            assert contrast(told[words], told[ground]) >= 4.5, (words, ground)
    assert contrast(told["sheet"], told["link"]) >= 4.5  # the words of a button
    assert contrast(told["ink"], told["notice"]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_the_focus_the_edges_of_fields_and_the_signs_of_kinds_can_be_seen(dark: bool) -> None:
    told = colours(dark=dark)
    for name in ("focus", "strong", *KINDS):
        assert contrast(told[name], told["sheet"]) >= 3, name
