"""What can go wrong, as one small tree.

TrucewatchError            anything below; the message names the culprit
+-- UsageError             the caller asked for something that cannot be: exit status 2
|   +-- UnknownCeasefireError  no such file in the catalog; the message lists those there are
+-- ReportError            one report could not be read: it is listed, the others go on
+-- CatalogError           a YAML file of the catalog is wrong; names file and field
+-- LedgerError            the ledger cannot be used: newer version, damaged, disk full
"""


class TrucewatchError(Exception):
    """Anything that goes wrong in Trucewatch."""


class UsageError(TrucewatchError):
    """The caller asked for something that cannot be."""


class UnknownCeasefireError(UsageError):
    """The catalog has no ceasefire of that name."""


class ReportError(TrucewatchError):
    """One report could not be read."""


class CatalogError(TrucewatchError):
    """A file of the catalog is wrong."""


class LedgerError(TrucewatchError):
    """The ledger cannot be used."""
