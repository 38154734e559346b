"""Pages over a ledger, for people who do not live in a terminal: ``trucewatch serve``.

Every page has a stable address, works without JavaScript, loads nothing from elsewhere, and is also a file
(``.json``, ``.csv``). What it shows is worked out from the ledger, and kept in memory until that changes.
"""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

from trucewatch import catalog
from trucewatch.errors import UsageError
from trucewatch.ledger import Ledger
from trucewatch.model import Ceasefire

__all__ = ["serve"]

_NEEDS = ("litestar", "uvicorn")


def serve(
    ledger: Path,
    *,
    tell: Callable[[str], None],
    ceasefire: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    show: bool = False,
    tiled: tuple[str, str] = ("", ""),
) -> None:
    """Serve the pages until interrupted. ``tell`` is told the address, ``show`` opens it in a browser.

    Port 0 takes any free port. ``tiled`` is the address of map tiles and whose they are.

    UsageError says what to install where the web framework is missing, and why an address cannot be used.
    """
    try:
        import uvicorn

        from trucewatch.pages.app import app, warm
        from trucewatch.pages.tiles import tiles
    except ModuleNotFoundError as error:
        if error.name not in _NEEDS:
            raise
        raise UsageError(f"the pages need {error.name}: pip install {' '.join(_NEEDS)}") from error
    beneath = tiles(*tiled)
    with Ledger.open(ledger, create=False) as opened:
        made = app(opened, ceasefires(ceasefire), host=host, tiles=beneath)
        listening = _listen(host, port)
        tell(f"{ledger}: {address(listening)}  (Ctrl-C ends it)")
        if show:
            webbrowser.open(address(listening))
        threading.Thread(target=warm, args=(made,), daemon=True).start()
        config = uvicorn.Config(made, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


def ceasefires(first: str | None) -> dict[str, Ceasefire]:
    """The ceasefires of the catalog by name; one of the user's, or one that is named, comes first."""
    names = [first] if first else []
    given = [catalog.ceasefire(name) for name in (*names, *catalog.ceasefires())]
    found: dict[str, Ceasefire] = {}
    for one in given:
        found.setdefault(one.id, one)
    return found


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise UsageError(f"{host}, port {port}: {error}; give another with --host or --port") from error
    # Head and body of an answer are sent in two: without this the body waits for the head to be confirmed.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def address(listening: socket.socket) -> str:
    """The address of a socket that listens, as a browser wants it."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
