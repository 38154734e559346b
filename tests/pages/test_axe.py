"""Every page before axe, the accessibility checker of the npm package axe-core: no serious problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.browser import NAMES, Tab, program
from tests.pages.screenshots import addresses

AXE = Path(__file__).resolve().parents[2] / "islands" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """axe.run(document, {resultTypes: ["violations"]}).then((told) => told.violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => `${one.id}: ${one.help}; ${one.nodes.length} times: ${one.nodes[0].html.slice(0, 200)}`))"""
pytestmark = [
    pytest.mark.skipif(program() is None, reason=f"none of {', '.join(NAMES)} is installed"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (make islands)"),
]


def problems(seen: Tab) -> list[str]:
    """The serious and critical problems that axe finds on the page shown."""
    seen.value(f"{AXE.read_text(encoding='utf8')}; undefined")
    found = seen.value(RUN)
    assert isinstance(found, list), "axe did not run"
    return found


@pytest.mark.parametrize("name", [name for name, _ in addresses("")])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_serious_problem_on_a_page(
    base: str, seen: Tab, name: str, dark: bool, width: int
) -> None:
    seen.open(dict(addresses(base))[name], width=width, dark=dark)
    assert problems(seen) == []


def test_axe_does_find_a_problem_where_there_is_one(base: str, seen: Tab) -> None:
    seen.open(dict(addresses(base))["today"])
    seen.value("document.querySelector('main').append(document.createElement('button'))")
    assert [told.split(":")[0] for told in problems(seen)] == ["button-name"]
