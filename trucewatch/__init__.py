"""Trucewatch: a ceasefire monitor.

The stages, in the order the data moves: ``reports`` (fetch), ``documents`` (read), ``annotations``
(annotate), ``claims`` (extract), ``ledger`` (add), ``situation`` (assess), ``views`` (render).
"""

__version__ = "0.1.0"
