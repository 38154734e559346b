"""What ``make score`` runs: extract the claims of a gold set and print how good they are.

Where ``../shared`` lies beside, its dev set and its scorer are used, the article alone before them; our own
corpus and the held reports follow, with our own scorer. Before the figures stand the floors of all sets.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from tests.eval import gate, sets
from tests.eval.scoring import score, table
from tests.eval.sets import Json

PROGRAM = Path(sys.executable).with_name("trucewatch")
SCORER = sets.SHARED / "tools" / "score.py"


def extract(sources: Sequence[Path], target: Path) -> None:
    """Let the program write the claims of some files or folders as JSON Lines."""
    with target.open("wb") as lines:
        done = subprocess.run([PROGRAM, "extract", "--format", "jsonl", *sources], stdout=lines, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"trucewatch extract ended with status {done.returncode}")


def readings(lines: Path) -> dict[str, list[Json]]:
    """The claims of an extract by the report's id."""
    told = map(json.loads, lines.read_text(encoding="utf-8").splitlines())
    return {line["report"]["id"]: line["claims"] for line in told}


def on_dev(folder: Path) -> None:
    """Score the article, then the whole dev set, with the scorer of ``../shared``."""
    claims = folder / "claims.jsonl"
    extract([sets.DEV], claims)
    alone = folder / "article"
    alone.mkdir()
    for path in sets.DEV.glob(f"{sets.ARTICLE}.*"):
        (alone / path.name).symlink_to(path)
    _print_scorer(f"The article ({sets.ARTICLE}):", alone, claims)
    click.echo()
    _print_scorer("All of ../shared/gold/dev:", sets.DEV, claims)


def _print_scorer(title: str, golds: Path, claims: Path) -> None:
    click.echo(title)
    subprocess.run([sys.executable, SCORER, golds, claims], check=True)


def on_own(folder: Path) -> None:
    """Score our own corpus and the held reports with our own scorer."""
    for name, golds, folders in (
        ("corpus", sets.corpus(), (sets.CORPUS, sets.EXAMPLES)),
        ("held", sets.held(), (sets.HELD,)),
    ):
        claims = folder / f"{name}.jsonl"
        extract([sets.beside(gold.name, ".txt", *folders) for gold in golds], claims)
        click.echo(f"\ntests/{name}:")
        click.echo(table(score(golds, readings(claims))))


def main() -> None:
    """Print the floors and the figures."""
    click.echo("Floors (tests/floors.toml):")
    for name, floors in gate.floors().items():
        click.echo(f"  {name:13}" + "  ".join(f"{figure} {floor:.2f}" for figure, floor in floors.items()))
    click.echo()
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as folder:
        if sets.DEV.exists():
            on_dev(Path(folder))
        else:
            click.echo(sets.ABSENT)
        on_own(Path(folder))


if __name__ == "__main__":
    main()
