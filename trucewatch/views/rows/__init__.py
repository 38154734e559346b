"""A module for each view that is a table: the noun of its rows, and ``rows(shelf, query)``, its verb."""
