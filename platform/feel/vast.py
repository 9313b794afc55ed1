"""`@vast`: een onveranderlijke klasse met velden, zoals een bevroren dataclass, maar zonder kosten bij het importeren.

De syntaxboom en de gelezen modellen bestaan uit tientallen kleine klassen; als dataclass kostten die samen een kwart
van de tijd van een koude start.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def vast(klasse: type[T]) -> type[T]:
    """De velden zijn de annotaties, in volgorde; een veld `plek` telt niet mee bij vergelijken."""
    velden: list[str] = []
    for ouder in reversed(klasse.__mro__):
        velden += [naam for naam in vars(ouder).get("__annotations__", ()) if naam not in velden]
    inhoud = tuple(naam for naam in velden if naam != "plek")
    nieuw = {"__match_args__": tuple(velden), "_inhoud": inhoud, **_METHODEN}
    for naam, waarde in nieuw.items():
        setattr(klasse, naam, waarde)
    return klasse


def _init(self: Any, *waarden: Any, **op_naam: Any) -> None:
    velden = type(self).__match_args__
    gegeven = dict(zip(velden, waarden, strict=False)) | op_naam
    if len(waarden) > len(velden) or not gegeven.keys() <= set(velden):
        raise TypeError(f"{type(self).__name__} heeft de velden {', '.join(velden)}")
    for naam in velden:
        if naam not in gegeven and not hasattr(type(self), naam):
            raise TypeError(f"{type(self).__name__} mist {naam}")
    self.__dict__.update(gegeven)


def _eq(self: Any, ander: Any) -> bool:
    if type(self) is not type(ander):
        return False
    return all(getattr(self, naam) == getattr(ander, naam) for naam in self._inhoud)


def _hash(self: Any) -> int:
    return hash((type(self).__name__, *(getattr(self, naam) for naam in self._inhoud)))


def _repr(self: Any) -> str:
    inhoud = ", ".join(f"{naam}={getattr(self, naam)!r}" for naam in type(self).__match_args__)
    return f"{type(self).__name__}({inhoud})"


def _bevroren(self: Any, naam: str, _waarde: Any) -> None:
    raise AttributeError(f"{type(self).__name__}.{naam} staat vast")


_METHODEN = {"__init__": _init, "__eq__": _eq, "__hash__": _hash, "__repr__": _repr, "__setattr__": _bevroren}
