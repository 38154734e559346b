"""A page as a screen reader would read it: the browser's accessibility tree, line by line.

    python -m tests.pages.aloud --ledger demo/trucewatch.db --to demo/aloud

It is what the browser hands to a screen reader, and no more: what one makes of it is for people to hear.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.pages.browser import Tab, tab
from tests.pages.screenshots import addresses, server

SILENT = {"none", "generic", "InlineTextBox", "LineBreak", "ListMarker"}
"""Roles that are not read themselves."""
STATES = ("level", "checked", "expanded", "selected", "required", "invalid", "hasPopup", "disabled")


@dataclass
class Spoken:
    """A node of the tree: its role, its name and description, its states, and what is within it."""

    role: str
    name: str
    told: str
    value: str
    states: dict[str, Any]
    node: int
    within: list[Spoken] = field(default_factory=list)

    def walk(self) -> Iterator[Spoken]:
        """This node and all within it, in the order of reading."""
        yield self
        for one in self.within:
            yield from one.walk()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The node as it would be read, and those within it."""
        silent = self.role in SILENT
        if not silent:
            yield "  " * depth + self.line()
        if self.role == "StaticText":
            return
        for one in self.within:
            yield from one.lines(depth if silent else depth + 1)

    def line(self) -> str:
        """One line: ``heading "Today" level 1``."""
        states = [f"{name} {value}" for name, value in self.states.items() if value not in (False, "false")]
        value = [f"is “{self.value}”"] if self.value and self.value != self.name else []
        told = [f"({self.told})"] if self.told else []
        named = [f'"{self.name}"'] if self.name else []
        return " ".join([self.role, *named, *value, *states, *told])


def tree(seen: Tab) -> Spoken:
    """The accessibility tree of the page shown, without what is hidden from it."""
    seen.send("Accessibility.enable")
    nodes = seen.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    (root,) = [node for node in nodes if "parentId" not in node]
    return _spoken(root, by_id)


def _spoken(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Spoken:
    within = [_spoken(by_id[one], by_id) for one in node.get("childIds", ()) if one in by_id]
    if node.get("ignored"):
        return Spoken("generic", "", "", "", {}, node.get("backendDOMNodeId", 0), within)
    states = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    return Spoken(
        role=_text(node, "role"),
        name=_text(node, "name"),
        told=_text(node, "description"),
        value=_text(node, "value"),
        states={name: states[name] for name in STATES if name in states},
        node=node.get("backendDOMNodeId", 0),
        within=within,
    )


def _text(node: dict[str, Any], name: str) -> str:
    return str(node.get(name, {}).get("value", "")).strip()


def main() -> None:
    """Write every page as it would be read."""
    parser = argparse.ArgumentParser(description="Every page as a screen reader would read it.")
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=Path("demo/aloud"))
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with server(given.ledger) as base, tab() as seen:
        for name, address in addresses(base):
            seen.open(address)
            text = "\n".join(tree(seen).lines())
            (given.to / f"{name}.txt").write_text(f"{text}\n", encoding="utf8")


if __name__ == "__main__":
    main()
