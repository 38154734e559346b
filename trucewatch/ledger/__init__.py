"""The ledger: what was read, kept append-only. One noun: :class:`Ledger`.

>>> with Ledger.open("trucewatch.db") as ledger:  # doctest: +SKIP
...     run = ledger.begin(reader="rules/1")
...     ledger.add(document, claims, run=run)
...     ledger.finish(run)
...     ledger.entries(known=date(2022, 2, 20))
"""

from trucewatch.ledger.ledger import Ledger

__all__ = ["Ledger"]
