"""What could not be read, kept and shown: a report that fails is an issue, and the others go on."""

from __future__ import annotations

from trucewatch.errors import ReportError
from trucewatch.model import Issue, Report


def unreadable(report: Report, error: ReportError) -> Issue:
    """The issue of a report that could not be read; its origin names the report, so the message need not."""
    return Issue(origin=report.origin, message=str(error).removeprefix(f"{report.origin}: "))
