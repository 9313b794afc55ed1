"""De namen van ingebouwde functies die uit meer woorden bestaan: de parser moet ze kennen."""

from __future__ import annotations

SAMENGESTELDE_FUNCTIES = frozenset(
    ["date and time", "years and months duration", "string length", "upper case", "lower case", "substring before",
     "substring after", "starts with", "ends with", "string join", "list contains", "insert before", "index of",
     "distinct values", "list replace", "round up", "round down", "round half up", "round half down", "random number",
     "met by", "overlaps before", "overlaps after", "finished by", "started by", "start included", "end included",
     "day of year", "day of week", "month of year", "week of year", "get value", "get entries", "context put",
     "context merge", "last index of"]
)  # fmt: skip
