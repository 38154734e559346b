"""From bytes to text: which encoding, and is it text at all."""

from __future__ import annotations

import codecs
import re

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_KINDS = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
}
# Declared charsets that are taken at their word. Python knows more "encodings" (idna, utf-7, escapes)
# that no report is written in and that cost time or hide text.
_CHARSETS = re.compile(r"utf-(8|16|32)|iso8859|cp\d|koi8|mac|shift_jis|gb|big5|euc")
_CANDIDATES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "koi8_u"),
    *("shift_jis", "gb18030", "big5", "euc_jp", "euc_kr"),
]
_SAMPLE = 256 * 1024  # bytes that the encoding is guessed from
_CONTROLS = [chr(c) for c in range(32) if chr(c) not in "\t\n\f\r"]
_MOST_CONTROLS = 0.05  # a greater share of control characters is no text (wire copy has one at its end)


class NoTextError(ValueError):
    """The bytes are no text; the message says what they are."""


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str | None]:
    """The text of some bytes, line ends as LF and without a leading byte order mark, and a doubt or None.

    Tried in turn: a byte order mark, UTF-8, the ``declared`` charset, a guess. What was guessed or
    replaced is told as a doubt. Raises :class:`NoTextError`.

    >>> decode("“No”,\\r\\nhe said.".encode())
    ('“No”,\\nhe said.', None)
    """
    for start, kind in _OTHER_KINDS.items():
        if data.startswith(start):
            raise NoTextError(f"is {kind}, not a text")
    text, doubt = _marked(data) or _unmarked(data, declared)
    refuse_nul(text)
    if sum(map(text.count, _CONTROLS)) > _MOST_CONTROLS * len(text):
        raise NoTextError("is binary (it is full of control characters)")
    return normalize(text), doubt


def normalize(text: str) -> str:
    """The text as offsets count it: no leading byte order mark, CR and CRLF as LF."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def refuse_nul(text: str) -> None:
    """Raise :class:`NoTextError` where a string holds NUL, which no text does."""
    if "\0" in text:
        raise NoTextError("is binary (it holds NUL)")


def _marked(data: bytes) -> tuple[str, str | None] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding) or _replaced(data, encoding)
    return None


def _unmarked(data: bytes, declared: str | None) -> tuple[str, str | None]:
    if b"\0" in data:
        raise NoTextError("is binary (it holds NUL bytes)")
    found = _strict(data, "utf-8")
    if found is None and (charset := _charset(declared)):
        found = _strict(data, charset)
    return found or _mostly_utf8(data) or _guessed(data)


def _strict(data: bytes, encoding: str) -> tuple[str, None] | None:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError:
        return None


def _replaced(data: bytes, encoding: str) -> tuple[str, str]:
    text = data.decode(encoding, "replace")
    return text, f"is damaged {encoding.upper()}, in {text.count('�')} place(s): read with � there"


def _charset(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):  # as browsers do: what is labelled Latin-1 is Windows-1252
        return "cp1252"
    return name if _CHARSETS.match(name) else None


def _mostly_utf8(data: bytes) -> tuple[str, str] | None:
    text, doubt = _replaced(data, "utf-8")
    bad = text.count("�")
    other = sum(not character.isascii() for character in text) - bad
    return (text, doubt) if other > 10 * bad else None


def _guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    if best is None:
        raise NoTextError("is in no encoding that can be told (neither UTF-8 nor another)")
    encoding = "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
    return data.decode(encoding, "replace"), f"is not UTF-8: read as {encoding}"
