"""The server: addresses to pages and files. What it sends loads nothing from elsewhere.

It reads, but for the forms of the review, which are looked at by ``guarding.py``.

``trucewatch.pages.app`` is the one module that imports the web framework.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.types import Scope, Send

from trucewatch.errors import TrucewatchError, UnknownCeasefireError, UsageError
from trucewatch.ledger import Ledger
from trucewatch.model import Ceasefire
from trucewatch.pages import guarding, islands, plan, writing
from trucewatch.pages.asking import NotFoundError, Question, ask, ceasefire_of, day_of
from trucewatch.pages.desk import Desk
from trucewatch.pages.reported import report_view
from trucewatch.pages.reviewing import Answer, Review, Visitor
from trucewatch.pages.tiles import Tiles
from trucewatch.pages.versions import versions_view

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""What every answer carries, errors too. Where the settings name tiles, images may be theirs too."""
_FOLDER = Path(__file__).parent / "templates"
_FILES = {"pages.css": "text/css", "icon.svg": "image/svg+xml"}
_LOG = logging.getLogger(__name__)
_WARM = ("today", "violations", "forces")
_THREADS = 40
_LOOPBACK = "localhost"

Asked = Request[Any, Any, Any]


class Pages(Litestar):
    """The pages over a ledger. Answers only to the names it is known by (``hosts``, any IP address)."""

    hosts: frozenset[str]
    desk: Desk
    headers: Mapping[str, str]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request; one that gives another host's name is refused (DNS rebinding)."""
        if scope["type"] == ScopeType.HTTP and not _is_known(_host(scope), self.hosts):
            refused = Response(
                "This server does not answer to that name.", status_code=421, media_type=MediaType.TEXT
            )
            asgi = refused.to_asgi_response(app=None, request=Request(scope))
            await asgi(scope, receive, self._signed(send))
            return
        await super().__call__(scope, receive, self._signed(send))

    def _signed(self, send: Send) -> Send:
        async def signed(message: Any) -> None:
            if message["type"] == "http.response.start":
                told = [(name.encode(), value.encode()) for name, value in self.headers.items()]
                message = {**message, "headers": [*message.get("headers", ()), *told]}
            await send(message)

        return signed


def app(
    ledger: Ledger,
    ceasefires: Mapping[str, Ceasefire],
    *,
    host: str = "127.0.0.1",
    tiles: Tiles | None = None,
) -> Pages:
    """The pages over a ledger, for ceasefires by name, the first of which is shown first.

    ``host`` is the name or address that the server listens at, ``tiles`` lie beneath the map.
    """
    desk = Desk(ledger, ceasefires, tiles=tiles)
    made = Pages(
        route_handlers=[*_routes(desk), *_review_routes(Review(desk, secret=guarding.token()))],
        openapi_config=None,
        on_startup=[_make_room],
        logging_config=None,
        exception_handlers={Exception: _failed(desk)},
    )
    made.desk = desk
    made.headers = headers(tiles)
    made.hosts = frozenset({_LOOPBACK, host.lower()})
    return made


def headers(tiles: Tiles | None) -> Mapping[str, str]:
    """What every answer carries: images come from here alone, or from the tiles' origin as well."""
    if tiles is None:
        return HEADERS
    policy = _POLICY.replace("img-src 'self'", f"img-src 'self' {tiles.origin}")
    return {**HEADERS, "content-security-policy": policy}


async def _make_room() -> None:
    """Threads enough that readers of what is ready need not wait behind those whose page is worked out."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))


def warm(pages: Pages) -> None:
    """Work out the newest day's pages that take longest, so that the first reader need not wait for them.

    What the second of them looks up of all days, the records, serves every other day as well.
    """
    desk = pages.desk
    given = next(iter(desk.ceasefires.values()))
    try:
        question = Question(ceasefire=given, day=desk.newest_day(given))
        for name in _WARM:
            desk.page(name, question, partial(_written, name, question, desk))
    except TrucewatchError as error:
        _LOG.warning("the first pages could not be worked out: %s", error)


def _host(scope: Scope) -> str:
    """The host that a request asks for, without its port; empty where it gives none or several."""
    told = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    if len(told) != 1:
        return ""
    name = told[0].lower()
    return name[1:].split("]")[0] if name.startswith("[") else name.rsplit(":", 1)[0]


def _is_known(host: str, hosts: frozenset[str]) -> bool:
    """Whether a host is one of ours. An IP address is: rebinding needs a name."""
    if host in hosts:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


# --- addresses -----------------------------------------------------------------------------------------


def _routes(desk: Desk) -> list[Any]:
    @get("/", sync_to_thread=True)
    def start() -> Redirect:
        return _newest(desk, next(iter(desk.ceasefires)))

    @get("/static/{name:str}", sync_to_thread=False)
    def static(request: Asked) -> Response[bytes]:
        return _static(request.path_params["name"])

    @get("/go", sync_to_thread=True)
    def go(request: Asked) -> Redirect:
        return _gone(desk, {name: value for name, value in request.query_params.items() if value})

    @get("/{ceasefire:str}", sync_to_thread=True)
    def newest(request: Asked) -> Redirect:
        return _newest(desk, request.path_params["ceasefire"])

    @get("/{ceasefire:str}/{day:str}", sync_to_thread=True)
    def day_only(request: Asked) -> Redirect:
        return Redirect(_question(desk, request).address("today"), status_code=303)

    @get("/{ceasefire:str}/{day:str}/{page:str}", sync_to_thread=True)
    def one_page(request: Asked) -> Response[str]:
        return _answer(desk, _question(desk, request), request.path_params["page"])

    @get("/{ceasefire:str}/{day:str}/reports", sync_to_thread=True)
    def reports(request: Asked) -> Response[str] | Redirect:
        question = _question(desk, request)
        if "id" in request.query_params:
            found = desk.named(request.query_params["id"], question)
            return Redirect(question.address(f"reports/{found.sha256}"), status_code=303)
        return _answer(desk, question, "reports")

    @get("/{ceasefire:str}/{day:str}/reports/{sha256:str}/versions", sync_to_thread=True)
    def its_versions(request: Asked) -> Response[str]:
        question, sha256 = _question(desk, request), request.path_params["sha256"]
        told = dict(request.query_params)
        view = versions_view(sha256, desk, question, old=told.get("old", ""), new=told.get("new", ""))
        return _html(writing.versions(view, question=question, desk=desk))

    @get("/{ceasefire:str}/{day:str}/claims/{claim:str}", sync_to_thread=True)
    def one_claim(request: Asked) -> Redirect:
        address = _claim_address(desk, _question(desk, request), request.path_params["claim"])
        return Redirect(address, status_code=303)

    return [start, static, go, newest, day_only, one_page, reports, its_versions, one_claim]


def _review_routes(review: Review) -> list[Any]:
    desk = review.desk

    @get("/{ceasefire:str}/{day:str}/review")  # not sync_to_thread: that fails where a path has two methods
    async def queue(request: Asked) -> Response[str]:
        return _sent(await asyncio.to_thread(review.queue, _question(desk, request), _visitor(request)))

    @get("/{ceasefire:str}/{day:str}/review/new", sync_to_thread=True)
    def new(request: Asked) -> Response[str]:
        return _sent(review.new(_question(desk, request), _visitor(request), dict(request.query_params)))

    @get("/{ceasefire:str}/{day:str}/review/{claim:str}", sync_to_thread=True)
    def one_claim(request: Asked) -> Response[str]:
        told = request.path_params["claim"], _question(desk, request), _visitor(request)
        return _sent(review.claim(*told, request.query_params.dict()))

    @get("/{ceasefire:str}/{day:str}/reports/{sha256:str}", sync_to_thread=True)
    def one_report(request: Asked) -> Response[str]:
        told = request.path_params["sha256"], _question(desk, request), _visitor(request)
        return _sent(review.report(*told))

    @post("/{ceasefire:str}/{day:str}/review", request_max_body_size=guarding.LARGEST)
    async def take(request: Asked) -> Response[str]:
        guarding.check(_headers(request), client=request.scope["client"])
        told = guarding.form(await request.body(), secret=review.secret)
        question = _question(desk, request)
        return _sent(await asyncio.to_thread(review.take, question, _visitor(request), told))

    return [queue, new, one_claim, one_report, take]


def _headers(request: Asked) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _visitor(request: Asked) -> Visitor:
    return Visitor(
        name=guarding.remembered(request.cookies),
        here=guarding.is_here(request.scope["client"]),
        script=request.headers.get("accept", "").startswith("application/json"),
    )


def _sent(answer: Answer) -> Response[str]:
    """An answer of the review. It is kept by no browser, as it says what was decided."""
    told = {"cache-control": "no-store"}
    if answer.location:
        told["location"] = answer.location
    if answer.cookie:
        told["set-cookie"] = answer.cookie
    media = MediaType.JSON if answer.data else MediaType.HTML
    body = answer.body.encode("utf-8", "replace").decode()
    return Response(body, status_code=answer.status, media_type=media, headers=told)


def _question(desk: Desk, request: Asked) -> Question:
    told = request.path_params
    return ask(desk.ceasefires, told["ceasefire"], told["day"], dict(request.query_params))


def _static(name: str) -> Response[bytes]:
    kept = {"cache-control": "max-age=86400"}
    if name in islands.names() and (script := islands.body(name)):
        return Response(script, media_type="text/javascript", headers=kept)
    if name not in _FILES:
        raise NotFoundError(f"There is no file {name!r}.")
    body = writing.style() if name == "pages.css" else (_FOLDER / name).read_bytes()
    return Response(body, media_type=_FILES[name], headers=kept)


def _newest(desk: Desk, name: str) -> Redirect:
    given = ceasefire_of(desk.ceasefires, name)
    return Redirect(Question(ceasefire=given, day=desk.newest_day(given)).address("today"), status_code=303)


def _gone(desk: Desk, asked: Mapping[str, str]) -> Redirect:
    """From the form to the address that it means."""
    name = asked.get("ceasefire") or next(iter(desk.ceasefires))
    given = ceasefire_of(desk.ceasefires, name)
    day = day_of(asked["day"]) if "day" in asked else desk.newest_day(given)
    question = ask(desk.ceasefires, name, day.isoformat(), asked)
    page = asked.get("page", "today")
    plan.page(page)
    return Redirect(question.address(page, q=question.words), status_code=303)


def _claim_address(desk: Desk, question: Question, claim: str) -> str:
    """Where a claim stands: the part of its report, at its mark."""
    try:
        entry = desk.ledger.entry(claim)
    except UsageError as error:
        raise NotFoundError(str(error).rpartition(": ")[2]) from error
    view = report_view(entry.report.sha256, desk, question)
    told = next((one for one in view.claims if one.id == entry.claim.id), None)
    return told.href if told else question.address(f"reports/{entry.report.sha256}")


def _answer(desk: Desk, question: Question, page: str) -> Response[str]:
    name, dot, shape = page.rpartition(".")
    if dot:
        text = plan.written(name, shape, desk, question)
        return Response(text, media_type=plan.MEDIA[shape])
    return _html(desk.page(page, question, partial(_written, page, question, desk)))


def _written(page: str, question: Question, desk: Desk) -> str:
    return writing.page(page, plan.page(page).build(desk, question), question=question, desk=desk)


def _html(text: str, status: int = 200) -> Response[str]:
    # Half characters, which no encoding has, come out as question marks.
    body = text.encode("utf-8", "replace").decode()
    return Response(body, status_code=status, media_type=MediaType.HTML)


# --- what goes wrong -----------------------------------------------------------------------------------


def _failed(desk: Desk) -> Any:
    def failed(request: Asked, error: Exception) -> Response[str]:
        status, told = _told(error, request.url.path)
        return _html(writing.failure(told, status=status, desk=desk), status)

    return failed


def _told(error: Exception, path: str) -> tuple[int, str]:
    if isinstance(error, NotFoundError | UnknownCeasefireError):
        return 404, str(error)
    if isinstance(error, guarding.RefusedError):
        return 403, str(error)
    if isinstance(error, UsageError):
        return 400, str(error)
    if isinstance(error, TrucewatchError):
        return 500, str(error)
    if isinstance(error, HTTPException):
        return error.status_code, f"{error.detail}: {path[:200]}"
    _LOG.exception("%s could not be shown", path, exc_info=error)
    return 500, "Something went wrong in the program; the terminal that runs it says what."
