"""The system's Chromium, without a window. None is fetched: tests that find none say so and skip.

It is spoken to in its own protocol over two pipes, so that nothing else has to be installed.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--disable-default-apps", "--remote-debugging-pipe"),
)
_PATIENCE = 30.0  # seconds for an answer of the browser


def program() -> str | None:
    """The browser's program, or None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Tab:
    """A page in the browser: what it asked for, and what it complained of."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._rest, self._number, self._session = b"", 0, ""
        self.events: list[dict[str, Any]] = []

    def attach(self) -> None:
        """Open a page of its own and listen to what goes on in it."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **told: Any) -> dict[str, Any]:
        """Tell the browser something, and its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": told}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            met = self._next()
            if met.get("id") == self._number:
                assert "error" not in met, f"{method}: {met['error']}"
                result: dict[str, Any] = met["result"]
                return result
            self.events.append(met)

    def open(self, address: str, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Show a page, and wait until it is loaded."""
        self.events.clear()
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.send("Emulation.setDeviceMetricsOverride", **size)
        self.send("Page.navigate", url=address)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, expression: str) -> Any:
        """What an expression comes to in the page; a promise is waited for."""
        told = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return told["result"].get("value")

    def key(self, name: str, *, code: int) -> None:
        """Press a key. Enter comes with its character, so that it does what it does on a link."""
        told: dict[str, Any] = {"key": name, "windowsVirtualKeyCode": code}
        down = {"type": "keyDown", "text": "\r"} if name == "Enter" else {"type": "rawKeyDown"}
        self.send("Input.dispatchKeyEvent", **down, **told)
        self.send("Input.dispatchKeyEvent", type="keyUp", **told)

    def type(self, mark: str) -> None:
        """Press the key of a character, so that it does in a field what it does there."""
        code = ord(mark.upper())
        self.send("Input.dispatchKeyEvent", type="keyDown", text=mark, key=mark, windowsVirtualKeyCode=code)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=mark, windowsVirtualKeyCode=code)

    def mouse(self, kind: str, x: float, y: float) -> None:
        """Move the mouse to a place in the window (``mouseMoved``), or press or release its left button."""
        pressed = {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {}
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **pressed)

    def picture(self, *, most: int) -> bytes:
        """The page from its top, at most so many pixels high, as PNG."""
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], most), "scale": 1}
        told = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(told["data"])

    def printed(self) -> bytes:
        """The page on sheets of A4, as PDF."""
        told = self.send("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69)
        return base64.b64decode(told["data"])

    def complaints(self) -> list[str]:
        """What stands in the console: errors, refusals by the content policy, files that are not there."""
        told = []
        for event in self.events:
            if event.get("method") == "Log.entryAdded" and event["params"]["entry"]["level"] == "error":
                told.append(event["params"]["entry"]["text"])
            elif event.get("method") in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
                told.append(json.dumps(event["params"]))
        return told

    def requests(self) -> list[str]:
        """The addresses that the page asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def _next(self) -> dict[str, Any]:
        stop = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._reading], [], [], max(0.0, stop - time.monotonic()))
            assert ready, "the browser does not answer"
            met = os.read(self._reading, 1 << 20)
            assert met, "the browser has ended"
            self._rest += met
        line, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        if told.get("method") == "Page.javascriptDialogOpening":
            self._leave()
        return told

    def _leave(self) -> None:
        """Answer a page that asks whether it may be left: nothing else goes on before."""
        message = {"id": 0, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
        os.write(self._writing, json.dumps({**message, "sessionId": self._session}).encode() + b"\0")


@contextmanager
def tab() -> Iterator[Tab]:
    """A browser with a profile of its own and one page."""
    name = program()
    assert name is not None, f"none of {', '.join(NAMES)} is installed"
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [name, *_FLAGS, f"--user-data-dir={profile}"]
        wired = ["bash", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "bash", *command]
        with subprocess.Popen(wired, pass_fds=(theirs_in, theirs_out), stderr=subprocess.DEVNULL) as process:
            os.close(theirs_in)
            os.close(theirs_out)
            try:
                made = Tab(ours_in, ours_out)
                made.attach()
                yield made
            finally:
                process.terminate()
                os.close(ours_in)
                os.close(ours_out)
