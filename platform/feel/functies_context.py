"""Contextfuncties: lezen, vullen en samenvoegen; de oorspronkelijke context blijft zoals zij is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from feel.staat import Staat

Context = dict[str, Any]


def _fout(staat: Staat, nederlands: str, engels: str) -> Any:
    staat.meld("context.vorm", nederlands, engels)


def get_value(staat: Staat, context: Context, sleutel: str) -> Any:
    """`get value(m, key)`."""
    if sleutel in context:
        return context[sleutel]
    return _fout(staat, f"De context heeft geen “{sleutel}”", f"The context has no “{sleutel}”")


def get_value_pad(staat: Staat, context: Context, sleutels: list[Any]) -> Any:
    """`get value(m, keys)`: dieper in geneste contexten."""
    waarde: Any = context
    for sleutel in sleutels:
        if not isinstance(waarde, dict) or not isinstance(sleutel, str) or sleutel not in waarde:
            return _fout(staat, f"De context heeft geen “{sleutel}”", f"The context has no “{sleutel}”")
        waarde = waarde[sleutel]
    return waarde if sleutels else None


def get_entries(_staat: Staat, context: Context) -> list[Context]:
    """`get entries(m)`: een lijst van {key, value}."""
    return [{"key": naam, "value": waarde} for naam, waarde in context.items()]


def context_put(_staat: Staat, context: Context, sleutel: str, waarde: Any) -> Context:
    """`context put(context, key, value)`."""
    return {**context, sleutel: waarde}


def context_put_pad(staat: Staat, context: Context, sleutels: list[Any], waarde: Any) -> Context | None:
    """`context put(context, keys, value)`: dieper in geneste contexten."""
    if not sleutels or not all(isinstance(sleutel, str) for sleutel in sleutels):
        _fout(staat, "Sleutels zijn een gevulde lijst van teksten", "Keys are a non-empty list of strings")
        return None
    uit = dict(context)
    huidig = uit
    for sleutel in sleutels[:-1]:
        dieper = huidig.get(sleutel)
        if not isinstance(dieper, dict):
            _fout(staat, f"“{sleutel}” is geen context", f"“{sleutel}” is not a context")
            return None
        huidig[sleutel] = huidig = dict(dieper)
    huidig[sleutels[-1]] = waarde
    return uit


def context_merge(staat: Staat, contexten: list[Any]) -> Context | None:
    """`context merge(contexts)`: de latere wint."""
    uit: Context = {}
    for context in contexten:
        if not isinstance(context, dict):
            _fout(staat, "Alle elementen moeten een context zijn", "All elements must be contexts")
            return None
        uit.update(context)
    return uit


def context_(staat: Staat, delen: list[Any]) -> Context | None:
    """`context(entries)`: van {key, value}-paren."""
    uit: Context = {}
    for deel in delen:
        goed = isinstance(deel, dict) and isinstance(deel.get("key"), str) and "value" in deel
        if not goed or deel["key"] in uit:
            _fout(staat, "Elk deel heeft een eigen key en een value", "Each entry has its own key and a value")
            return None
        uit[deel["key"]] = deel["value"]
    return uit


FUNCTIES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "get value": {"m: context, key: string": get_value, "m: context, keys: list": get_value_pad},
    "get entries": {"m: context": get_entries},
    "context put": {
        "context: context, key: string, value: Any": context_put,
        "context: context, keys: list, value: Any": context_put_pad,
    },
    "context merge": {"contexts: list": context_merge},
    "context": {"entries: list": context_},
}
