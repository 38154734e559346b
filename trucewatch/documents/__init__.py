"""Stage 2, documents: ``read(report)`` gives one text, whose offsets all later stages use.

The text of plain text and JSON Lines is exactly what was received, with line ends as LF; that of
pages and feed items is their main text, paragraph by paragraph. A report in a language that the
reader does not know is a document all the same: :func:`is_known` tells, :func:`issues` says so.
"""

from trucewatch.documents.language import KNOWN_LANGUAGES
from trucewatch.documents.reading import is_known, issues, read

__all__ = ["KNOWN_LANGUAGES", "is_known", "issues", "read"]
