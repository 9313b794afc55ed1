"""Beslistabellen: regels zoeken, trefbeleid toepassen, uitkomst maken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dmn.dozen import Tabel
from dmn.index import Kolomindex, bits
from dmn.staat import SPOOR_MAX, Beslisstaat, Tabelstap
from dmn.trefbeleid import BELEID
from feel.bouwer import Closure
from feel.compileren_testen import Test
from feel.staat import Omgeving
from feel.typen import Soort


@dataclass(frozen=True, slots=True)
class Kolomwerk:
    """Een gecompileerde invoerkolom; `testen` heeft een test per regel (None is het streepje)."""

    expressie: Closure
    soort: Soort | None
    toegestaan: Test | None
    testen: tuple[Test | None, ...]
    index: Kolomindex | None


@dataclass(frozen=True, slots=True)
class Uitkolomwerk:
    """Een gecompileerde uitvoerkolom; `volgorde` zijn de tests van de uitvoerwaarden, hoogste eerst."""

    naam: str
    soort: Soort | None
    volgorde: tuple[Test, ...]
    standaard: Closure | None


@dataclass(frozen=True, slots=True)
class Tabelwerk:
    """Een gecompileerde tabel."""

    tabel: Tabel
    naam: str
    kolommen: tuple[Kolomwerk, ...]
    uitkolommen: tuple[Uitkolomwerk, ...]
    uitvoer: tuple[tuple[Closure, ...], ...]
    met_geldigheid: bool
    alle: int = field(init=False)  # het masker van alle regels
    beleid: Callable[[Tabelwerk, Omgeving, list[int]], Any] = field(init=False)
    enkel: Uitkolomwerk | None = field(init=False)  # de uitvoerkolom als er maar één is

    def __post_init__(self) -> None:
        zet = object.__setattr__
        naam = self.tabel.beleid
        zet(self, "alle", (1 << len(self.tabel.regels)) - 1)
        zet(self, "beleid", BELEID[f"{naam} {self.tabel.aggregatie}".strip() if naam == "COLLECT" else naam])
        zet(self, "enkel", self.uitkolommen[0] if len(self.uitkolommen) == 1 else None)

    def __call__(self, o: Omgeving) -> Any:
        waarden = self._invoer(o)
        if waarden is None:
            return None
        treffers = self._treffers(o, waarden)
        staat = o.staat
        if type(staat) is not Beslisstaat or len(staat.tabellen) >= SPOOR_MAX:
            return self._uitkomst(o, treffers)
        stap = Tabelstap(self, o, waarden, treffers)
        staat.tabellen.append(stap)
        stap.uitkomst = self._uitkomst(o, treffers)
        return stap.uitkomst

    def _invoer(self, o: Omgeving) -> list[Any] | None:
        waarden = []
        for nummer, kolom in enumerate(self.kolommen):
            waarde = kolom.expressie(o)
            if kolom.soort is not None:
                goed, omgezet = kolom.soort.zet_om(waarde)
                waarde = omgezet if goed else self._verkeerd(o, nummer, waarde)
            if kolom.toegestaan is not None and waarde is not None and kolom.toegestaan(o, waarde) is not True:
                self._verkeerd(o, nummer, waarde)
                return None
            waarden.append(waarde)
        return waarden

    def _verkeerd(self, o: Omgeving, nummer: int, waarde: Any) -> Any:
        label = self.tabel.kolommen[nummer].label
        o.staat.meld(
            "tabel.invoer",
            f"{self.naam}: {label} heeft een waarde die niet mag: {waarde}",
            f"{self.naam}: {label} has a value that is not allowed: {waarde}",
        )
        return None

    def _treffers(self, o: Omgeving, waarden: list[Any]) -> list[int]:
        masker = self._geldige_regels(o) if self.met_geldigheid else self.alle
        los = []
        for kolom, waarde in zip(self.kolommen, waarden, strict=True):
            deel = kolom.index.masker(waarde) if kolom.index is not None else None
            if deel is None:
                los.append((kolom.testen, waarde))
            else:
                masker &= deel
        regels = bits(masker)
        for testen, waarde in los:
            o.staat.stap(len(regels))
            regels = [nummer for nummer in regels if (test := testen[nummer]) is None or test(o, waarde) is True]
        return regels

    def _geldige_regels(self, o: Omgeving) -> int:
        if not isinstance(o.staat, Beslisstaat):
            return self.alle
        dag = o.staat.op()
        if not self.tabel.herkomst.geldt_op(dag):
            o.staat.meld("tabel.geldig", f"{self.naam} geldt niet op {dag}", f"{self.naam} does not apply on {dag}")
            return 0
        return sum(1 << n for n, regel in enumerate(self.tabel.regels) if regel.herkomst.geldt_op(dag))

    def _uitkomst(self, o: Omgeving, treffers: list[int]) -> Any:
        return self.beleid(self, o, treffers)

    def uitvoer_van(self, o: Omgeving, regel: int) -> Any:
        """De uitvoer van één regel: een waarde, of een context bij meer kolommen."""
        cellen = self.uitvoer[regel]
        if self.enkel is not None and len(cellen) == 1:
            return self._uitwaarde(o, self.enkel, cellen[0](o))
        waarden = [self._uitwaarde(o, kolom, cel(o)) for kolom, cel in zip(self.uitkolommen, cellen, strict=False)]
        return self._samen(waarden)

    def _samen(self, cellen: list[Any]) -> Any:
        if len(self.uitkolommen) == 1:
            return cellen[0]
        return {kolom.naam: cel for kolom, cel in zip(self.uitkolommen, cellen, strict=False)}

    def _uitwaarde(self, o: Omgeving, kolom: Uitkolomwerk, waarde: Any) -> Any:
        if kolom.soort is None:
            return waarde
        goed, omgezet = kolom.soort.zet_om(waarde)
        if not goed:
            o.staat.meld(
                "tabel.uitvoer",
                f"{self.naam}: de uitvoer {kolom.naam} is geen {kolom.soort.naam}",
                f"{self.naam}: the output {kolom.naam} is not a {kolom.soort.naam}",
            )
        return omgezet

    def standaard(self, o: Omgeving) -> tuple[bool, Any]:
        """(is er een standaarduitvoer, de waarde)."""
        if not any(kolom.standaard for kolom in self.uitkolommen):
            return False, None
        cellen = [
            self._uitwaarde(o, kolom, kolom.standaard(o) if kolom.standaard else None) for kolom in self.uitkolommen
        ]
        return True, self._samen(cellen)

    def rang(self, o: Omgeving, uitvoer: Any) -> tuple[int, ...]:
        """De plaats van een uitvoer in de volgorde van de uitvoerwaarden; lager gaat voor."""
        cellen = [uitvoer] if len(self.uitkolommen) == 1 else [uitvoer.get(k.naam) for k in self.uitkolommen]
        return tuple(_plaats(o, kolom, cel) for kolom, cel in zip(self.uitkolommen, cellen, strict=True))


def _plaats(o: Omgeving, kolom: Uitkolomwerk, waarde: Any) -> int:
    for nummer, test in enumerate(kolom.volgorde):
        if test(o, waarde) is True:
            return nummer
    return len(kolom.volgorde)
