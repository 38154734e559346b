"""The house keeps its order: imports point one way, files have a home, only the command line prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "trucewatch"
ORDER = (
    "model",
    "errors",
    "issues",
    "settings",
    "terminal",
    "catalog",
    "reports",
    "documents",
    "annotations",
    "claims",
    "interchange",
    "tables",
    "ledger",
    "identity",
    "situation",
    "views",
    "pages",
    "pipeline",
    "progress",
    "cli",
    "__main__",
)
STAGES = (
    *("reports", "documents", "annotations", "claims", "tables"),
    *("ledger", "identity", "situation", "views", "pages"),
)
HOMELESS = {"utils", "util", "helpers", "helper", "misc", "common"}
PRINTS = "cli"
LINES = 600


def modules(package: Path) -> Iterator[tuple[str, Path]]:
    """Every module but the package itself, with the stage it belongs to."""
    for path in sorted(package.rglob("*.py")):
        if path != package / "__init__.py":
            yield path.relative_to(package).with_suffix("").parts[0], path


def imported(path: Path, package: Path) -> set[str]:
    """The stages that a module imports, wherever in the file it does."""
    here = [package.name, *path.relative_to(package).parent.parts]
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            origin = ".".join([*base, *filter(None, [node.module])])
            names |= {f"{origin}.{alias.name}" for alias in node.names}
    parts = [name.split(".") for name in names]
    return {name[1] for name in parts if name[0] == package.name and len(name) > 1 and _is_stage(name[1])}


def _is_stage(name: str) -> bool:
    """Not a name of the package itself, such as its version."""
    return name in ORDER or not (name.startswith("__") or name[:1].isupper())


def wrong_imports(package: Path) -> Iterator[str]:
    """Imports of a later stage, and modules that have no place in the order."""
    for stage, path in modules(package):
        name = path.relative_to(package).as_posix()
        if stage not in ORDER:
            yield f"{name}: {stage!r} has no place in the order {', '.join(ORDER)}"
            continue
        for other in sorted(imported(path, package)):
            if other not in ORDER:
                yield f"{name}: imports {other!r}, which has no place in the order"
            elif ORDER.index(other) > ORDER.index(stage):
                yield f"{name}: {stage} comes before {other} and must not import it"


def homeless(package: Path) -> Iterator[str]:
    """Modules named for nothing."""
    for _, path in modules(package):
        if HOMELESS & set(path.relative_to(package).with_suffix("").parts):
            yield f"{path.relative_to(package)}: a function with no home is a missing noun"


def long_files(package: Path) -> Iterator[str]:
    """Files over the limit."""
    for path in sorted(package.rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LINES:
            yield f"{path.relative_to(package)}: {lines} lines, at most {LINES}"


def prints(package: Path) -> Iterator[str]:
    """Calls of print outside the command line."""
    for stage, path in modules(package):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            printing = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            )
            if printing and stage != PRINTS:
                yield f"{path.relative_to(package)}: prints; only {PRINTS} does"


# --- the house as it is ---------------------------------------------------------------------------


def test_no_stage_imports_a_later_one() -> None:
    assert list(wrong_imports(PACKAGE)) == []


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_uses_the_model(stage: str) -> None:
    used = {other for name, path in modules(PACKAGE) if name == stage for other in imported(path, PACKAGE)}
    assert "model" in used


def test_no_module_is_named_for_nothing() -> None:
    assert list(homeless(PACKAGE)) == []


def test_no_file_is_too_long() -> None:
    assert list(long_files(PACKAGE)) == []


def test_only_the_command_line_prints() -> None:
    assert list(prints(PACKAGE)) == []


# --- the checks themselves ------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path: Path) -> Path:
    package = tmp_path / "trucewatch"
    (package / "claims").mkdir(parents=True)
    (package / "__init__.py").touch()
    return package


@pytest.mark.parametrize(
    "line",
    [
        "from trucewatch.ledger import Ledger",
        "import trucewatch.ledger.tables",
        "from trucewatch import ledger",
        "from ..ledger import Ledger",
        "from .. import ledger",
        "def late():\n    from trucewatch.ledger import Ledger",
    ],
)
def test_an_import_of_a_later_stage_is_found(house: Path, line: str) -> None:
    (house / "claims" / "contacts.py").write_text(line)
    assert list(wrong_imports(house)) == [
        "claims/contacts.py: claims comes before ledger and must not import it"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "from trucewatch.model import Claim",
        "from trucewatch import __version__, documents",
        "from . import statements",
        "from .statements import read",
        "import json",
    ],
)
def test_an_import_of_an_earlier_stage_or_of_its_own_is_fine(house: Path, line: str) -> None:
    (house / "claims" / "contacts.py").write_text(line)
    assert list(wrong_imports(house)) == []


def test_a_module_with_no_place_in_the_order_is_found(house: Path) -> None:
    (house / "rumours.py").touch()
    (house / "claims" / "contacts.py").write_text("from trucewatch import rumours")
    assert [fault.split(":")[0] for fault in wrong_imports(house)] == ["claims/contacts.py", "rumours.py"]


def test_helpers_prints_and_long_files_are_found(house: Path) -> None:
    (house / "claims" / "helpers.py").write_text("print('here')\n")
    (house / "claims" / "contacts.py").write_text("pass\n" * (LINES + 1))
    (house / "cli.py").write_text("print('there')\n")
    assert [fault.split(":")[0] for fault in homeless(house)] == ["claims/helpers.py"]
    assert [fault.split(":")[0] for fault in prints(house)] == ["claims/helpers.py"]
    assert list(long_files(house)) == ["claims/contacts.py: 601 lines, at most 600"]
