"""Search and versions in a real browser: they fit a phone, complain of nothing, and axe finds no problem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.making import PUBLISHED
from tests.pages.browser import NAMES, Tab, program
from tests.pages.screenshots import DAY, server
from tests.pages.test_axe import AXE, problems
from tests.pages.test_versions import NEW, OLD, ONE, add, counted, sha
from trucewatch.ledger import Ledger

pytestmark = pytest.mark.skipif(program() is None, reason=f"none of {', '.join(NAMES)} is installed")
LONGER = f"{OLD}\n\n{'Rain fell on the road to the north of the town. ' * 12}"
PAGES = {"versions": f"reports/{sha(NEW)}/versions", "search": "reports?q=mission", "none": "reports?q=zebra"}
EDGES = "[...document.querySelectorAll('.side')].slice(0, 2).map((one) => one.getBoundingClientRect().left)"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path: Path = tmp_path_factory.mktemp("versions") / "two.db"
    with Ledger.open(path) as ledger:
        add(ledger, LONGER, counted(OLD, "seven", 7), published=PUBLISHED - ONE)
        add(ledger, NEW, counted(NEW, "nine", 9), title="Daily, corrected")
    with server(path) as address:
        yield f"{address}{DAY}/"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "dark"), [(390, False), (390, True), (1280, False), (2560, True)])
def test_the_page_fits_complains_of_nothing_and_has_no_serious_problem(
    base: str, seen: Tab, page: str, width: int, dark: bool
) -> None:
    seen.open(base + PAGES[page], width=width, dark=dark)
    assert seen.complaints() == []
    assert seen.value("document.documentElement.scrollWidth") <= width
    if AXE.is_file():
        assert problems(seen) == []


@pytest.mark.parametrize(("width", "beside"), [(390, False), (1280, True)])
def test_two_versions_stand_side_by_side_and_on_a_phone_one_under_the_other(
    base: str, seen: Tab, width: int, beside: bool
) -> None:
    seen.open(base + PAGES["versions"], width=width)
    old, new = seen.value(EDGES)
    assert (old < new) == beside
