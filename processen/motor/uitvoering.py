"""Eén procesinstantie binnen één transactie: stappen betreden, voltooien en afbreken, en onthouden wat daaruit volgt.

Een stap gaat alleen verder als alles wat zij moet uitrekenen gelukt is; anders blijft zij staan met een incident (`StapFout`). Wat
er gebeurd is staat in `gevolgen` en gaat met de toestand in dezelfde transactie naar de database.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import feel
from contracten import Bouwblokken
from processen.motor import betreden, compenseren, gebeurtenissen, herhalen
from processen.motor.bouw import BereikSpec, Gecompileerd
from processen.motor.fouten import StapFout, TeVeelStappen
from processen.motor.spiff_aanpassing import (
    CANCELLED,
    WAITING,
    Inclusief,
    Luisteraar,
    MotorDeel,
    MotorStroom,
    Stap,
    StapSpec,
    activeer,
    begin,
    laat_los,
)
from processen.motor.uitdrukkingen import Uitdrukkingen
from processen.motor.variabelen import Rij, Variabelen
from processen.motor.vastleggen import Vastlegging

MEESTE_STAPPEN = 10_000
"""Zoveel stappen mag een instantie zetten zonder ergens te wachten."""


class Uitslag(Protocol):
    """De uitkomst van een beslissing met haar uitleg (JSON)."""

    @property
    def waarde(self) -> Any: ...

    @property
    def uitleg(self) -> Any: ...


class Omgeving(Protocol):
    """Wat een uitvoering van de motor nodig heeft."""

    uitdrukkingen: Uitdrukkingen
    bouwblokken: Bouwblokken

    def nu(self) -> datetime:
        """Het tijdstip nu."""
        ...

    def actieve(self, sleutel: str) -> Gecompileerd:
        """De actieve versie van een definitie, voor een aangeroepen proces."""
        ...

    def haal(self, definitie: UUID) -> Gecompileerd:
        """Een definitie op id."""
        ...

    def beslis(self, gecompileerd: Gecompileerd, naam: str, invoer: Rij, peildatum: Any) -> Uitslag:
        """Reken een beslissing van deze definitie uit."""
        ...


class Uitvoering(Variabelen, Vastlegging):
    """De lopende instantie `id`. Roep een handeling aan (`start`, `voltooi`, `vuur` …) en daarna `draai`."""

    def __init__(
        self, omgeving: Omgeving, instantie: UUID, werkstroom: MotorStroom, variabelen: Rij, volgnummer: int = 0
    ) -> None:
        Variabelen.__init__(self, werkstroom, omgeving.uitdrukkingen, variabelen)
        Vastlegging.__init__(self, instantie, omgeving.nu(), volgnummer)
        self.omgeving = omgeving
        self.klaar = False
        self._gezet = 0

    # --- lopen ---------------------------------------------------------------------------------------------------------------

    def start(self, bereik: BereikSpec, element: str = "") -> None:
        """Zet het eerste token: op de startgebeurtenis zonder voorwaarde, of op die met id `element`."""
        self._open(self.top, bereik, element)

    def draai(self) -> None:
        """Zet alle stappen die nu kunnen, tot alles wacht of af is."""
        while True:
            stap = self._volgende()
            if stap is not None:
                self._gezet += 1
                if self._gezet > MEESTE_STAPPEN:
                    self.incident(stap, TeVeelStappen(f"Meer dan {MEESTE_STAPPEN} stappen zonder te wachten."))
                else:
                    self.probeer(stap, self._betreed)
            elif not (self._herzie() or self._sluit_bereiken()):
                return

    def probeer(self, stap: Stap, handeling: Callable[[Stap], None]) -> None:
        """Doe iets met een stap; kan zij niet verder, dan blijft zij staan met een incident."""
        try:
            handeling(stap)
        except StapFout as fout:
            self.incident(stap, fout)

    def werkstromen(self) -> list[Any]:
        """De instantie en haar lopende deelprocessen, de binnenste het laatst."""
        return [self.top, *self.top.subprocesses.values()]

    def vind(self, stap: UUID) -> Stap | None:
        """De open stap met dit id, of None als zij al weg is."""
        return next((w.open[stap] for w in self.werkstromen() if stap in w.open), None)

    def wachtend_op(self, element: str) -> list[Stap]:
        """De wachtende stappen bij dit element."""
        stappen: list[Stap] = [stap for werkstroom in self.werkstromen() for stap in werkstroom.wachtend.values()]
        return [stap for stap in stappen if stap.task_spec.element is not None and stap.task_spec.element.id == element]

    def _volgende(self) -> Stap | None:
        return next((stap for w in self.werkstromen() for stap in w.klaar.values()), None)

    def _herzie(self) -> bool:
        """Inclusieve gateways en voorwaardelijke gebeurtenissen kijken opnieuw nu alles stilstaat."""
        for werkstroom in self.werkstromen():
            for stap in list(werkstroom.wachtend.values()):
                spec = stap.task_spec
                if isinstance(spec, Inclusief):
                    if spec.herzie(werkstroom):
                        return True
                elif gebeurtenissen.voorwaarde_waar(self, stap):
                    self.probeer(stap, lambda s: gebeurtenissen.vuur(self, s, {}))
                    return True
        return False

    def _sluit_bereiken(self) -> bool:
        for werkstroom in reversed(self.werkstromen()):
            if not any(not isinstance(stap.task_spec, Luisteraar) for stap in werkstroom.open.values()):
                for stap in list(werkstroom.open.values()):
                    self.breek_af(stap)
                if werkstroom is self.top:
                    self.klaar = True
                    return False
                self._sluit(werkstroom)
                return True
        return False

    def _sluit(self, deel: MotorDeel) -> None:
        """Een deelproces is af: de stap erboven is dat ook."""
        ouder = self.top.get_task_from_id(deel.parent_task_id)
        deel.completed = True
        zeebe = ouder.task_spec.element.zeebe
        if compenseren.is_bezig(ouder):
            del self.top.subprocesses[ouder.id]
            self.probeer(ouder, lambda stap: compenseren.verder(self, stap))
            return
        uitvoer = deel.variabelen if deel.variabelen is not None and (zeebe.uitvoer or zeebe.alle_naar_ouder) else {}
        self.probeer(ouder, lambda stap: self.voltooi(stap, uitvoer))
        if ouder.id not in ouder.workflow.open:
            del self.top.subprocesses[ouder.id]

    # --- stappen -------------------------------------------------------------------------------------------------------------

    def _betreed(self, stap: Stap) -> None:
        betreden.betreed(self, stap)

    def voltooi(self, stap: Stap, uitvoer: Rij | None = None, *, door: str = "", uitkomst: str = "voltooid") -> None:
        """De stap is klaar met deze uitvoer: variabelen bij, geschiedenis af, tokens naar de opvolgers.

        Gaat het uitrekenen mis, dan blijft de uitvoer bij de stap, zodat een herstel hem niet opnieuw hoeft te halen.
        """
        uitvoer = uitvoer or {}
        try:
            resultaat = self._reken_uit(stap, uitvoer)
        except StapFout:
            with suppress(TypeError):  # wat geen variabele kan zijn, is ook niet te bewaren
                stap.internal_data["uitvoer"] = feel.naar_json(uitvoer)
            raise
        stap.complete()
        if uitkomst == "voltooid":
            compenseren.onthoud(self, stap)
        self.geschiedenis_af(stap, uitkomst, uitvoer=uitvoer, door=door)
        if stap.task_spec.rand:
            self._breek_los(stap, "bij")
        if stap.task_spec.element is not None and stap.task_spec.element.soort == "eventBasedGateway":
            for kind in stap.children:
                kind.internal_data["poort"] = stap.id.hex
        laat_los(stap)
        if "meer" in stap.internal_data:
            herhalen.exemplaar_klaar(self, stap, resultaat)
        if "keer" in stap.internal_data:
            compenseren.handeling_klaar(self, stap)

    def _reken_uit(self, stap: Stap, uitvoer: Rij) -> Any:
        spec = stap.task_spec
        if spec.exemplaar:
            for naam, waarde in uitvoer.items():
                self.zet(stap, naam, waarde)
        else:
            self.schrijf_uit(stap, spec.element, uitvoer)
        resultaat = herhalen.resultaat(self, stap, uitvoer) if "meer" in stap.internal_data else None
        if spec.kiest:
            spec._run_hook(stap)  # noqa: SLF001  # het koppelvlak van Spiff
        return resultaat

    def breek_af(self, stap: Stap) -> None:
        """De stap gaat niet door: alles eronder en eraan stopt mee."""
        deel = self.top.subprocesses.pop(stap.id, None)
        if deel is not None:
            self.breek_alles_af(deel)
        for band in ("bij", "meer") if stap.task_spec.rand or stap.task_spec.exemplaar else ():
            self._breek_los(stap, band)
        stap._set_state(CANCELLED)  # noqa: SLF001  # eigen klasse
        laat_los(stap)
        if stap.id in self.gevolgen.wachtend:
            self.vergeet_werk(stap)
        elif "taak" in stap.internal_data:
            self.plaats("processen.taak", {"stap": stap.id.hex, "actie": "trek_in"}, sleutel=stap.id.hex)
        self.geschiedenis_af(stap, "afgebroken")

    def _breek_los(self, stap: Stap, band: str) -> None:
        """Stop de stappen die aan deze hangen (`bij`: grensgebeurtenissen, `meer`: exemplaren)."""
        for ander in [s for s in stap.workflow.open.values() if s.internal_data.get(band) == stap.id.hex]:
            self.breek_af(ander)

    def breek_alles_af(self, werkstroom: Any, behalve: Iterable[Stap] = ()) -> None:
        """Stop alle open stappen van een bereik."""
        houden = {stap.id for stap in behalve}
        for stap in list(werkstroom.open.values()):
            if stap.id not in houden and stap.id in werkstroom.open:
                self.breek_af(stap)

    def wacht(self, stap: Stap) -> None:
        """De stap wacht op een gebeurtenis."""
        stap._set_state(WAITING)  # noqa: SLF001  # eigen klasse

    def open_deel(self, stap: Stap, gecompileerd: Gecompileerd, bereik: BereikSpec, variabelen: Rij | None) -> None:
        """Begin een subproces (zonder eigen variabelen) of een aangeroepen proces (met)."""
        deel = MotorDeel(bereik.spec, parent_task_id=stap.id, top_workflow=self.top, deserializing=True)
        deel.gecompileerd, deel.variabelen = gecompileerd, variabelen
        self.top.subprocesses[stap.id] = deel
        self.bezig(stap)
        self._open(deel, bereik, "")

    def open_los(self, stap: Stap, bereik: BereikSpec, element: str) -> None:
        """Begin onder `stap` één element van een bereik dat al af is (om het terug te draaien)."""
        deel = MotorDeel(bereik.spec, parent_task_id=stap.id, top_workflow=self.top, deserializing=True)
        deel.gecompileerd = stap.workflow.gecompileerd
        self.top.subprocesses[stap.id] = deel
        activeer(begin(deel), bereik.spec.task_specs[f"#{element}"])

    def _open(self, werkstroom: Any, bereik: BereikSpec, element: str) -> None:
        wortel = begin(werkstroom)
        for luisteraar in bereik.luisteraars:
            activeer(wortel, luisteraar)
        activeer(wortel, bereik.starts[element] if element else zonder_voorwaarde(bereik))


def zonder_voorwaarde(bereik: BereikSpec) -> StapSpec:
    """De startgebeurtenis waar een token zonder meer op begint; in een gebeurtenissubproces de enige."""
    specs = list(bereik.starts.values())
    kaal = [spec for spec in specs if spec.element is not None and spec.element.gebeurtenis is None]
    return (kaal or specs)[0]
