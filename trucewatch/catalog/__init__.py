"""What is given: ceasefires and vocabulary, as YAML under git with citations."""

from trucewatch.catalog.words import Name, Office, Vocabulary, vocabulary

__all__ = ["Name", "Office", "Vocabulary", "vocabulary"]
