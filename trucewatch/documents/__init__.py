"""Stage 2, documents: ``read(report)`` gives one text, whose offsets all later stages use.

The text of plain text and JSON Lines is exactly what was received, with line ends as LF; that of
pages and feed items is their main text, paragraph by paragraph. A report in a language that the
reader does not know is a document all the same: :func:`is_known` tells, :func:`issues` says so.
:func:`is_of_interest` tells from the words alone whether a document can hold a claim that counts.
"""

from trucewatch.documents.interest import is_of_interest
from trucewatch.documents.language import KNOWN_LANGUAGES
from trucewatch.documents.reading import is_known, issues, read

__all__ = ["KNOWN_LANGUAGES", "is_known", "is_of_interest", "issues", "read"]
