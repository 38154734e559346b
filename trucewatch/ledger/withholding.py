"""Withholding: names and passages that a judgement hides, in whatever is read out of the ledger.

A text keeps its length (each character hidden is ``█``), so spans stay true; any other string says
``[withheld 3]``, with the number of the judgement, so that two people withheld stay two.
Protection goes before replay: what is withheld now is hidden in what was known at any time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, get_type_hints
from urllib.parse import quote

import msgspec

from trucewatch.model import Actor, AnyClaim
from trucewatch.model.checks import REVIEWED

BLOCK = "█"
LEAST_WORDS = 3  # of a passage: fewer would be hidden where they mean something else
_RUN = re.compile(r"[^\W_]+")
_GAP = r"(?:[\s\-_+.]|%20)+"  # between the words of a name, also as addresses write it
_KEPT = {"sha256", "media_type", "language", "reader", "start", "end", "period"}
Filed = TypeVar("Filed")


class Hidden(NamedTuple):
    """Words to be hidden: by which judgement, how they are found, and what raw JSON must hold of them."""

    number: int
    pattern: re.Pattern[str]
    needles: tuple[str, ...]


class Veil:
    """All that is withheld. ``claims`` are those that stand on a hidden passage, with its words."""

    def __init__(self, hidden: Sequence[Hidden], claims: Mapping[str, Sequence[tuple[int, str]]]) -> None:
        self._hidden, self._claims = tuple(hidden), dict(claims)

    def text(self, text: str) -> str:
        """A text of the same length with the words blocked out."""
        for hidden in self._hidden:
            text = hidden.pattern.sub(lambda found: BLOCK * len(found[0]), text)
        return text

    def line(self, line: str) -> str:
        """A title, an address or a name with the words replaced."""
        for hidden in self._hidden:
            line = hidden.pattern.sub(f"[withheld {hidden.number}]", line)
        return line

    def noun(self, noun: Filed) -> Filed:
        """A noun in whose free strings the words are replaced; names of kinds, ids and days stay."""
        return _mapped(noun, self.line)

    def touches(self, claim_id: str, body: str) -> bool:
        """Whether a claim may hold hidden words, told by its raw JSON."""
        if claim_id in self._claims:
            return True
        lowered = body.lower()
        return any(needle in lowered for hidden in self._hidden for needle in hidden.needles)

    def claim(self, claim: AnyClaim) -> AnyClaim:
        """A claim without hidden words; one on a hidden passage also without any of the passage's."""
        stands_on = self._claims.get(claim.id or "", ())

        def shown(line: str) -> str:
            of = next((number for number, passage in stands_on if _is_part(line, passage)), None)
            return self.line(line) if of is None else f"[withheld {of}]"

        hidden = _mapped(claim, shown)
        reader = claim.reader or ""
        own = self.line(reader) if reader.startswith(REVIEWED) else claim.reader
        return msgspec.structs.replace(hidden, reader=own) if own != claim.reader else hidden

    def report_bytes(self, data: bytes) -> bytes:
        """A signed report without hidden words: as JSON, string by string, where it is JSON."""
        text = data.decode(errors="replace")
        if self.line(text) == text and not self._may_be_split(text):
            return data
        try:
            told = msgspec.json.decode(data)
        except msgspec.DecodeError:
            return self.line(text).encode()
        end = b"\n" if data.endswith(b"\n") else b""
        return msgspec.json.encode(in_json(told, self.line), order="sorted") + end

    def _may_be_split(self, text: str) -> bool:
        """Whether JSON's escapes may stand within hidden words."""
        lowered = text.lower()
        return any(needle in lowered for hidden in self._hidden for needle in hidden.needles)


def name(number: int, words: str) -> Hidden:
    """A name to be hidden: whole words, whatever the case, however composed, also within an address."""
    forms = [unicodedata.normalize(form, words) for form in ("NFC", "NFD")]
    variants = dict.fromkeys([*forms, *(_encoded(form) for form in forms)])
    written = sorted((_GAP.join(map(re.escape, form.split())) for form in variants), key=len, reverse=True)
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(written)})(?![^\W_])", re.IGNORECASE)
    return Hidden(number, pattern, tuple(dict.fromkeys(_needle(form) for form in variants)))


def passage(number: int, words: str) -> Hidden:
    """A passage to be hidden wherever its words stand, in later versions and copies too."""
    written = r"\s+".join(map(re.escape, words.split()))
    return Hidden(number, re.compile(written, re.IGNORECASE), (_needle(words),))


def in_json(value: Any, shown: Callable[[str], str]) -> Any:
    """What JSON holds, with its strings (but no keys) as ``shown`` gives them."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: in_json(part, shown) for key, part in value.items()}
    return [in_json(part, shown) for part in value] if isinstance(value, list) else value


def _encoded(form: str) -> str:
    """The words as an address holds letters beyond ASCII."""
    return " ".join(quote(word) for word in form.split())


def _needle(words: str) -> str:
    """The longest run of letters and digits, as it stands in lower-cased JSON; all of it without any."""
    return max(_RUN.findall(words), key=len, default=words).lower()


def _is_part(line: str, passage: str) -> bool:
    words = " ".join(_RUN.findall(line.lower()))
    return bool(words) and f" {words} " in f" {' '.join(_RUN.findall(passage.lower()))} "


def _mapped(value: Filed, shown: Callable[[str], str]) -> Filed:
    """A noun with its free strings changed; itself where none is. An actor without a name has no id."""
    changed = dict(_changes(value, shown))
    if isinstance(value, Actor) and "name" in changed:
        changed["id"] = None
    return msgspec.structs.replace(value, **changed) if changed else value  # type: ignore[type-var]


def _changes(value: Any, shown: Callable[[str], str]) -> Iterator[tuple[str, Any]]:
    for field in _free(value.__class__):
        old = getattr(value, field)
        new = _shown(old, shown)
        if new != old:
            yield field, new


def _shown(value: Any, shown: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, tuple):
        return tuple(_shown(part, shown) for part in value)
    if isinstance(value, dict):
        return {key: _shown(part, shown) for key, part in value.items()}
    return _mapped(value, shown) if isinstance(value, msgspec.Struct) else value


@lru_cache(maxsize=64)
def _free(noun: Any) -> tuple[str, ...]:
    """The fields of a noun that hold words or other nouns, not one of some fixed values."""
    hints = get_type_hints(noun)
    fields: tuple[str, ...] = noun.__struct_fields__
    return tuple(field for field in fields if field not in _KEPT and "Literal" not in str(hints[field]))
