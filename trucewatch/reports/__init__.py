"""Stage 1, reports: ``fetch(source)`` yields what a source holds, as the bytes that were received.

A source is a file, a folder, or ``-`` for standard input. What cannot be read comes as an
:class:`trucewatch.model.Issue` in the place of the report, so the rest goes on::

    for found in fetch("examples"):
        ...  # a Report or an Issue

Adding a kind of file is one entry in :data:`READERS`.
"""

from trucewatch.reports.fetching import READERS, fetch

__all__ = ["READERS", "fetch"]
