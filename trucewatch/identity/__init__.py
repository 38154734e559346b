"""Stage 5b: what is one thing told many times. Pure functions from claims to groups of claims.

``origins`` puts near-identical reports together, ``contacts`` the accounts of one contact,
``commitments`` the tellings of one undertaking; ``merging`` is the one way in which all of them merge.
Every merge says which fields agreed, a judgement can undo it, and the order of the input is no matter.
"""
