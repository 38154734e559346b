"""Counts: who keeps a count and how, what was counted in which window, series, records, and rival tallies.

``keepers`` and ``windows`` say whose count it is and of when, ``readings`` what each claim reads as;
``series`` puts them in a row and ``charts`` beside each other; ``records``, ``superlatives`` and ``scopes``
check what is said to be the highest; ``observations``, ``tallies`` and ``echoes`` are the counts as told.
"""
