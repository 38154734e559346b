"""The command: what it says where it cannot serve, and that it serves."""

from __future__ import annotations

import builtins
import socket
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from tests.pages.screenshots import server
from trucewatch import pages
from trucewatch.cli import main


def test_the_pages_are_served_and_the_address_is_told(demo: Path) -> None:
    with server(demo) as base, urlopen(f"{base}donbas-2020") as answer:  # noqa: S310 - our own address
        assert base.startswith("http://127.0.0.1:")
        assert answer.status == 200
        assert b"<h1>Today</h1>" in answer.read()


def test_without_the_framework_one_line_says_what_to_install(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = builtins.__import__

    def missing(name: str, *args: Any, **more: Any) -> Any:
        if name == "uvicorn":
            raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")
        return found(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    told = CliRunner().invoke(main, ["serve", "--ledger", str(demo)])
    assert told.exit_code == 2
    assert told.stderr == "trucewatch: the pages need uvicorn: pip install litestar uvicorn\n"


def test_an_address_in_use_is_told_in_one_line(demo: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = CliRunner().invoke(main, ["serve", "--ledger", str(demo), "--port", str(port)])
    assert told.exit_code == 2
    assert f"127.0.0.1, port {port}:" in told.stderr
    assert "--port" in told.stderr


def test_a_ledger_that_is_not_there_is_told(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["serve", "--ledger", str(tmp_path / "none.db")])
    assert told.exit_code == 1
    assert "no such ledger" in told.stderr


def test_the_ceasefire_that_is_named_comes_first() -> None:
    assert list(pages.ceasefires("syria-2016")) == ["syria-2016", "donbas-2020"]
    assert next(iter(pages.ceasefires(None))) == "donbas-2020"


def test_an_address_of_the_sixth_version_stands_in_brackets() -> None:
    with pages._listen("::1", 0) as listening:
        assert pages.address(listening).startswith("http://[::1]:")
