"""The gold sets: reports with the claims that a careful person reads in them.

``dev`` and the article lie in ``../shared`` and are there only in the workshop; ``corpus`` is our
own and always there, and so is ``held``. A gold
file is ``NAME.gold.json``; its text stands beside it or in ``examples/``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trucewatch.model import Noun

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
DEV = SHARED / "gold" / "dev"
TRAIN = SHARED / "gold" / "train"
CORPUS = ROOT / "tests" / "corpus"
EXAMPLES = ROOT / "examples"
HELD = ROOT / "tests" / "held"
ARTICLE = "2022-02-20-ceasefire-call"
ABSENT = "../shared is absent: the dev gold and the article lie there"

Json = dict[str, Any]


class Gold(Noun, frozen=True, kw_only=True):
    """A report with its gold: ``head`` tells id, publisher and date; ``claims`` are as in JSON Lines."""

    name: str
    text: str
    head: Json
    claims: tuple[Json, ...]
    aliases: tuple[tuple[str, ...], ...] = ()


def dev() -> list[Gold]:
    """The dev set, empty where ``../shared`` is absent."""
    return load(DEV)


def corpus() -> list[Gold]:
    """Our own annotated reports, the examples among them."""
    return load(CORPUS, EXAMPLES)


def held() -> list[Gold]:
    """Reports of our own that nothing is trained on and no rule was written on: for measuring only."""
    return load(HELD)


def article() -> Gold:
    """The article of 20 February 2022."""
    return load_one(DEV / f"{ARTICLE}.gold.json", DEV)


def load(folder: Path, *elsewhere: Path) -> list[Gold]:
    """Every gold of a folder by name; texts are looked for there and then ``elsewhere``."""
    return [load_one(path, folder, *elsewhere) for path in sorted(folder.glob("*.gold.json"))]


def load_one(path: Path, *folders: Path) -> Gold:
    """One gold file with the text of the same name from the first folder that has it."""
    name = path.name.removesuffix(".gold.json")
    gold = json.loads(path.read_text(encoding="utf-8"))
    return Gold(
        name=name,
        text=beside(name, ".txt", *folders).read_text(encoding="utf-8"),
        head=gold["report"],
        claims=tuple(gold["claims"]),
        aliases=tuple(tuple(group) for group in gold.get("aliases", ())),
    )


def beside(name: str, ending: str, *folders: Path) -> Path:
    """The file of that name and ending in the first folder that has one."""
    for folder in folders:
        if (folder / (name + ending)).exists():
            return folder / (name + ending)
    listed = " or ".join(str(folder) for folder in folders)
    raise FileNotFoundError(f"{name}{ending}: neither a gold without it nor one in {listed} can be scored")
