"""Commitments: who undertook what by when, what bears on it, and how it stands on a day.

``states`` gives each with its status; ``conditions``, ``bearings``, ``outcomes``, ``statuses`` and
``successions`` say why; ``terms`` are a truce's terms as each party tells them; ``undertakings`` the nouns.
"""
