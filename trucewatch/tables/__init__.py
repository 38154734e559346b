"""Tables as they come: a CSV or JSON file and a mapping in YAML become reports with their claims.

>>> mapping = load("tests/tables/smm.yml")  # doctest: +SKIP
>>> for met in read(Path("facts.csv"), mapping):  # doctest: +SKIP
...     ...  # a Reading, or an Issue that names file, row, column and value

The formats that are known are mappings too, in ``catalog/tables``: see :func:`recognise`.
"""

from trucewatch.tables.claims import reader
from trucewatch.tables.formats import ENDINGS, formats, is_table, load, mapping_of, recognise, within
from trucewatch.tables.mapping import Mapping
from trucewatch.tables.reading import read

__all__ = [
    "ENDINGS",
    "Mapping",
    "formats",
    "is_table",
    "load",
    "mapping_of",
    "read",
    "reader",
    "recognise",
    "within",
]
