"""Who may change the ledger through the pages: a form of this server's own, sent on the machine itself.

Nothing here knows of the web framework: headers are a mapping with names in lower case.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qs, quote, unquote, urlsplit

from trucewatch.errors import UsageError

LARGEST = 256 * 1024
"""Bytes of a form that are read."""
COOKIE = "reviewer"
"""The cookie that remembers a reviewer's name."""
WHY_NOT = (
    "Decisions are taken only on the machine that serves these pages: from elsewhere they can be read, and"
    " nothing can be changed."
)
_FORM = "application/x-www-form-urlencoded"
_FIELDS = 400
_LONGEST_NAME = 200


class RefusedError(UsageError):
    """A request that may change nothing; the message says why."""


def token() -> str:
    """A secret that the forms of one server carry, new at each start."""
    return secrets.token_urlsafe(32)


def is_here(client: tuple[str, int] | None) -> bool:
    """Whether a request comes from the machine itself."""
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False


def check(headers: Mapping[str, str], *, client: tuple[str, int] | None) -> None:
    """RefusedError where a request does not come from this machine, or from another site's page."""
    if not is_here(client):
        raise RefusedError(WHY_NOT)
    origin = urlsplit(headers.get("origin", ""))
    if origin.scheme not in ("http", "https") or origin.netloc != headers.get("host", ""):
        raise RefusedError("The form was not sent from a page of this server: its origin is another.")
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise RefusedError("The form was not sent from a page of this server: another site sent it.")
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise RefusedError(f"Only forms are taken, as {_FORM}.")


def form(body: bytes, *, secret: str) -> dict[str, list[str]]:
    """What a form tells, by the names of its fields. RefusedError where it is not one of this server's."""
    if len(body) > LARGEST:
        raise RefusedError(f"The form has more than {LARGEST // 1024} kB.")
    try:
        told = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError as error:
        raise RefusedError("The form cannot be read.") from error
    if not hmac.compare_digest(told.get("token", [""])[-1].encode(), secret.encode()):
        raise RefusedError(
            "The form is of an earlier start of the server, or of another: go back, load the page again, and"
            " send it again."
        )
    return told


def remembered(cookies: Mapping[str, str]) -> str:
    """The name of the reviewer who was here last."""
    return unquote(cookies.get(COOKIE, ""))[:_LONGEST_NAME]


def remembering(name: str) -> str:
    """The header that remembers a name for a year."""
    value = quote(name[:_LONGEST_NAME], safe="")
    return f"{COOKIE}={value}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly"
