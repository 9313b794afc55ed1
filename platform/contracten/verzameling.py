"""Onderdelen van plugins op sleutel: twee met dezelfde sleutel is een fout bij het starten, geen stille keuze."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Generic, Protocol, TypeVar


class MetSleutel(Protocol):
    """Alles met een vaste naam."""

    sleutel: ClassVar[str]


T = TypeVar("T", bound=MetSleutel)


class OpSleutel(Mapping[str, T], Generic[T]):
    """De onderdelen van één soort. Plugins mogen een klasse of een exemplaar leveren."""

    soort: ClassVar[str] = "onderdelen"

    def __init__(self, delen: "Iterable[T | type[T]]" = ()) -> None:
        self._op_sleutel: dict[str, T] = {}
        for geleverd in delen:
            deel = geleverd() if isinstance(geleverd, type) else geleverd
            if deel.sleutel in self._op_sleutel:
                raise ValueError(f"twee {self.soort} met sleutel {deel.sleutel}")
            self._op_sleutel[deel.sleutel] = deel

    def __getitem__(self, sleutel: str) -> T:
        return self._op_sleutel[sleutel]

    def __iter__(self) -> Iterator[str]:
        return iter(self._op_sleutel)

    def __len__(self) -> int:
        return len(self._op_sleutel)
