"""The eval gate: our corpus is sound, and no figure is below its floor in ``tests/floors.toml``.

    python -m tests.eval.gate       exit status 1 names each fault and each figure below its floor

Some sets lie in ``../shared``; where that is absent, only the floors of our own are checked.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from tests.eval import accounts, alerts, contacts, restrictions, sets, wire
from tests.eval.reading import read_all
from tests.eval.scoring import KINDS, Score, score
from tests.eval.sets import Gold
from trucewatch import interchange
from trucewatch.model import Issue

FLOORS = sets.ROOT / "tests" / "floors.toml"
REPORTS = 25
EXAMPLES = 23
DEMANDED = {
    "dev": ("right", "article_right", *KINDS),
    "corpus": ("right", *KINDS),
    "held": ("right", *KINDS),
    "wire": ("f1",),
    "restrictions": ("found", "right"),
    "alerts": ("quiet", "found"),
    "contacts": ("listed", "found", "apart"),
    "readouts": ("found", "both", "differently", "only_a", "only_b"),
}
IN_SHARED = ("dev", "contacts", "readouts")


# --- floors ---------------------------------------------------------------------------------------


def floors(path: Path = FLOORS) -> dict[str, dict[str, float]]:
    """The floors by set and figure; ValueError where one is missing or unknown."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, wanted in DEMANDED.items():
        wrong = set(wanted) ^ set(told.get(name, {}))
        if wrong:
            raise ValueError(f"{path.name} [{name}]: {', '.join(sorted(wrong))} missing or unknown")
    return told


def figures(scored: Score, *, article: Score | None = None) -> dict[str, float]:
    """The figures that have floors: `right` over all kinds, of the article, and kind by kind."""
    told = {"right": scored.mean("right")}
    if article:
        told["article_right"] = article.mean("right")
    return told | {kind: tally.f1("right") for kind, tally in scored.kinds.items()}


def below(name: str, told: Mapping[str, float], demanded: Mapping[str, float]) -> Iterator[str]:
    """A line for each figure of a set that is below its floor, or that the set does not have."""
    for figure, floor in demanded.items():
        if figure not in told:
            yield f"[{name}] {figure}: the set has none to measure; its floor is {floor:.3f}"
        elif told[figure] < floor:
            yield f"[{name}] {figure} is {told[figure]:.3f}, below its floor of {floor:.3f}"


def measured() -> dict[str, dict[str, float]]:
    """The figures of every set at hand, read now."""
    found = {
        "corpus": figures(_scored(sets.corpus())),
        "held": figures(_scored(sets.held())),
        "wire": {"f1": wire.f1()},
        "restrictions": restrictions.figures(),
        "alerts": alerts.figures(),
    }
    if sets.DEV.exists():
        article = [gold for gold in sets.dev() if gold.name == sets.ARTICLE]
        found["dev"] = figures(_scored(sets.dev()), article=_scored(article))
        found["contacts"] = contacts.figures()
        found["readouts"] = accounts.figures()
    return found


def _scored(golds: list[Gold]) -> Score:
    return score(golds, read_all(golds))


# --- the corpus -----------------------------------------------------------------------------------


def corpus_faults(corpus: Path = sets.CORPUS, examples: Path = sets.EXAMPLES) -> Iterator[str]:
    """What is wrong with our corpus: too small, an example without gold, a claim that is not of the form."""
    golds = {path.name.removesuffix(".gold.json") for path in corpus.glob("*.gold.json")}
    given = {path.stem for path in examples.glob("*.txt")}
    if len(golds) < REPORTS:
        yield f"{corpus.name}: {len(golds)} annotated reports, at least {REPORTS} are wanted"
    if len(given) < EXAMPLES:
        yield f"{examples.name}: {len(given)} reports, at least {EXAMPLES} are wanted"
    for name in sorted((given | {path.stem for path in corpus.glob("*.txt")}) - golds):
        yield f"{name}: has no {name}.gold.json in {corpus.name}"
    for name in sorted(golds):
        try:
            gold = sets.load_one(corpus / f"{name}.gold.json", corpus, examples)
            sidecar = json.loads(
                sets.beside(name, ".meta.json", corpus, examples).read_text(encoding="utf-8")
            )
        except (OSError, ValueError, KeyError) as error:
            yield f"{name}: cannot be scored: {error}"
            continue
        yield from gold_faults(gold)
        yield from _head_faults(gold, sidecar.get("report", {}))


def gold_faults(gold: Gold) -> Iterator[str]:
    """What in a gold is not of the form of CLAIMS.md, or does not stand in its text."""
    if gold.head.get("id") != gold.name:
        yield f"{gold.name}: its gold says it is {gold.head.get('id')!r}"
    if not gold.claims:
        yield f"{gold.name}: has no claims"
    line = json.dumps({"report": {**gold.head, "text": gold.text}, "claims": gold.claims}).encode()
    for met in interchange.given([line], name=gold.name):
        if isinstance(met, Issue):
            yield f"{met.origin}: {met.message}"


def _head_faults(gold: Gold, sidecar: Mapping[str, object]) -> Iterator[str]:
    for field in ("id", "publisher", "published", "language"):
        if gold.head.get(field) != sidecar.get(field):
            yield (
                f"{gold.name}: {field} is {gold.head.get(field)!r} in the gold, "
                f"{sidecar.get(field)!r} in the sidecar"
            )


# --- the gate -------------------------------------------------------------------------------------


def main() -> int:
    """Check all, print the figures beside their floors, and name what is wrong."""
    wrong = list(corpus_faults())
    demanded = floors()
    found = measured()
    for name, told in found.items():
        click.echo(f"[{name}] figure, and its floor")
        for figure, floor in demanded[name].items():
            click.echo(f"  {figure:14} {told.get(figure, float('nan')):6.3f} {floor:6.3f}")
        wrong += below(name, told, demanded[name])
    for name in IN_SHARED:
        if name not in found:
            click.echo(f"[{name}] not checked: {sets.ABSENT}")
    for line in wrong:
        click.echo(f"gate: {line}", err=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
