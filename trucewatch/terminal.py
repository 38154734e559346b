"""Text for a terminal: nothing in a report may steer the reader's screen."""

from __future__ import annotations

import unicodedata

_HARMLESS = "\n\u00ad\u200c\u200d"  # soft hyphens, and the joiners of Persian and of emoji, belong to words
_STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")  # control, direction, half characters, line separators


def neutral(text: str) -> str:
    """A text that does nothing to a terminal: control, direction and escape characters written as codes.

    >>> neutral("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return "".join(_harmless(character) for character in text.replace("\r\n", "\n").replace("\t", " "))


def _harmless(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _STEERING:
        return character
    return (
        character.encode("ascii", "backslashreplace").decode()
        if character > "\x7f"
        else f"\\x{ord(character):02x}"
    )
