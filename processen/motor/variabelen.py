"""De variabelen van een instantie: wat een stap ziet, en waar haar uitvoer terechtkomt.

Elke stap heeft lokale variabelen (haar invoerafbeelding); daaromheen die van het subproces waar zij in staat, en buitenom die van
het proces. Een aangeroepen proces begint een eigen buitenkant.
"""

from collections.abc import Iterator
from typing import Any

import orjson

import feel
from processen.motor.fouten import TeGroot, UitdrukkingFout
from processen.motor.model import Element
from processen.motor.spiff_aanpassing import Luisteraar, MotorStroom, Stap
from processen.motor.uitdrukkingen import Uitdrukkingen

Rij = dict[str, Any]
MEESTE_BYTES = 64 * 1024
"""Zo groot mogen de variabelen van een instantie samen zijn (als JSON)."""


class Variabelen:
    """Het deel van een uitvoering dat over variabelen gaat."""

    def __init__(self, top: MotorStroom, uitdrukkingen: Uitdrukkingen, variabelen: Rij) -> None:
        self.top, self.feel = top, uitdrukkingen
        self.top.variabelen = variabelen
        self._grootte = grootte(variabelen)
        if self._grootte > MEESTE_BYTES:
            raise te_groot("de beginvariabelen")

    def bereiken(self, stap: Stap) -> Iterator[Rij]:
        """De variabelen die de stap ziet, van binnen naar buiten."""
        huidig: Stap = stap
        while True:
            yield huidig.lokaal
            if huidig.workflow.variabelen is not None:
                yield huidig.workflow.variabelen
                return
            huidig = self.top.get_task_from_id(huidig.workflow.parent_task_id)

    def waarden(self, stap: Stap) -> Rij:
        """Alles wat de stap ziet, in één woordenboek."""
        samen: Rij = {}
        for laag in reversed(list(self.bereiken(stap))):
            samen.update(laag)
        return samen

    def zet(self, stap: Stap, naam: str, waarde: Any) -> None:
        """Zet een variabele buiten de stap: waar zij al bestaat, anders in het hele proces. `a.b` zet een deel."""
        lagen = list(self.bereiken(stap))[1:]
        kop, _, rest = naam.partition(".")
        laag = next((laag for laag in lagen if kop in laag), lagen[-1])
        nieuw = _verwerk(laag.get(kop), rest, waarde) if rest else waarde
        self._grootte += grootte(nieuw) - grootte(laag.get(kop))
        if self._grootte > MEESTE_BYTES:
            raise te_groot(naam)
        laag[kop] = nieuw

    def zet_buiten(self, variabelen: Rij) -> None:
        """Zet procesvariabelen van buitenaf, los van een stap."""
        nieuw = {**(self.top.variabelen or {}), **variabelen}
        self._grootte = grootte(nieuw)
        if self._grootte > MEESTE_BYTES:
            raise te_groot(", ".join(variabelen))
        self.top.variabelen = nieuw

    def reken_in(self, stap: Stap) -> None:
        """De invoerafbeelding van een stap: lokale variabelen, in de volgorde van het model."""
        for regel in stap.task_spec.element.zeebe.invoer:
            waarde = self.feel.ruw(regel.bron, self.waarden(stap))
            if grootte(waarde) > MEESTE_BYTES:
                raise te_groot(regel.doel)
            kop, _, rest = regel.doel.partition(".")
            stap.lokaal[kop] = _verwerk(stap.lokaal.get(kop), rest, waarde) if rest else waarde

    def schrijf_uit(self, stap: Stap, element: Element | None, uitvoer: Rij) -> None:
        if element is None or _al_verwerkt(stap, element):
            return
        if element.zeebe.uitvoer:
            zicht = self.waarden(stap) | uitvoer
            nieuw = [(regel.doel, self.feel.ruw(regel.bron, zicht)) for regel in element.zeebe.uitvoer]
        else:
            nieuw = list(uitvoer.items())
        for naam, waarde in nieuw:
            self.zet(stap, naam, waarde)


def _al_verwerkt(stap: Stap, element: Element) -> bool:
    """De start van een gebeurtenissubproces: de luisteraar heeft de inhoud al in variabelen gezet."""
    binnen = (
        element.soort == "startEvent" and element.gebeurtenis is not None and stap.workflow.parent_task_id is not None
    )
    return binnen and not isinstance(stap.task_spec, Luisteraar)


def grootte(waarde: Any) -> int:
    """De omvang als JSON. Wat geen JSON-vorm heeft (een functie) kan geen variabele zijn."""
    try:
        return 0 if waarde is None else len(orjson.dumps(feel.naar_json(waarde)))
    except TypeError as fout:
        raise UitdrukkingFout(f"Dit kan geen variabele zijn: {fout}") from fout


def te_groot(naam: str) -> TeGroot:
    return TeGroot(
        f"Met {naam} worden de variabelen groter dan {MEESTE_BYTES // 1024} kB. Bewaar de gegevens in een registratie en houd hier "
        "alleen de verwijzing."
    )


def _verwerk(oud: Any, pad: str, waarde: Any) -> Rij:
    """`oud` met `waarde` op het pad `a.b.c`; een nieuwe waarde, de oude blijft zoals zij was."""
    kop, _, rest = pad.partition(".")
    nieuw = dict(oud) if isinstance(oud, dict) else {}
    nieuw[kop] = _verwerk(nieuw.get(kop), rest, waarde) if rest else waarde
    return nieuw
