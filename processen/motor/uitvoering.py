"""Eén procesinstantie binnen één transactie: stappen betreden, voltooien en afbreken, en onthouden wat daaruit volgt.

Een stap gaat alleen verder als alles wat zij moet uitrekenen gelukt is; anders blijft zij staan met een incident (`StapFout`). Wat
er gebeurd is staat in `gevolgen` en gaat met de toestand in dezelfde transactie naar de database.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

import orjson

import feel
from contracten import Bouwblokken
from processen.motor import betreden, gebeurtenissen, herhalen
from processen.motor.bouw import BereikSpec, Gecompileerd
from processen.motor.fouten import StapFout, TeGroot, TeVeelStappen, UitdrukkingFout
from processen.motor.model import Element
from processen.motor.spiff_aanpassing import (
    CANCELLED,
    STARTED,
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

MEESTE_STAPPEN = 10_000
"""Zoveel stappen mag een instantie zetten zonder ergens te wachten."""
MEESTE_BYTES = 64 * 1024
"""Zo groot mogen de variabelen van een instantie samen zijn (als JSON)."""
Rij = dict[str, Any]


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


@dataclass
class Gevolgen:
    """Wat er in de database moet veranderen."""

    begonnen: dict[int, Rij] = field(default_factory=dict)
    geeindigd: dict[int, Rij] = field(default_factory=dict)
    wachtend: dict[UUID, Rij] = field(default_factory=dict)
    niet_meer: set[UUID] = field(default_factory=set)
    werk: list[Rij] = field(default_factory=list)
    incidenten: list[Rij] = field(default_factory=list)
    vervallen: set[UUID] = field(default_factory=set)
    """Stappen waarvan een open incident niet meer telt."""


class Uitvoering:
    """De lopende instantie `id`. Roep een handeling aan (`start`, `voltooi`, `vuur` …) en daarna `draai`."""

    def __init__(
        self, omgeving: Omgeving, instantie: UUID, werkstroom: MotorStroom, variabelen: Rij, volgnummer: int = 0
    ) -> None:
        self.omgeving, self.id, self.top = omgeving, instantie, werkstroom
        self.top.variabelen = variabelen
        self.volgnummer = volgnummer
        self.nu = omgeving.nu()
        self.feel = omgeving.uitdrukkingen
        self.gevolgen = Gevolgen()
        self.klaar = False
        self._gezet = 0
        self._grootte = _bytes(variabelen)
        if self._grootte > MEESTE_BYTES:
            raise _te_groot("de beginvariabelen")

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
        self.geschiedenis_af(stap, uitkomst, uitvoer=uitvoer, door=door)
        if stap.task_spec.rand:
            self._breek_los(stap, "bij")
        if stap.task_spec.element is not None and stap.task_spec.element.soort == "eventBasedGateway":
            for kind in stap.children:
                kind.internal_data["poort"] = stap.id.hex
        laat_los(stap)
        if "meer" in stap.internal_data:
            herhalen.exemplaar_klaar(self, stap, resultaat)

    def _reken_uit(self, stap: Stap, uitvoer: Rij) -> Any:
        spec = stap.task_spec
        if spec.exemplaar:
            for naam, waarde in uitvoer.items():
                self.zet(stap, naam, waarde)
        else:
            self._schrijf_uit(stap, spec.element, uitvoer)
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
            self._vergeet_werk(stap)
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

    def bezig(self, stap: Stap) -> None:
        """De stap is begonnen en hoort later dat zij klaar is."""
        stap._set_state(STARTED)  # noqa: SLF001  # eigen klasse

    def open_deel(self, stap: Stap, gecompileerd: Gecompileerd, bereik: BereikSpec, variabelen: Rij | None) -> None:
        """Begin een subproces (zonder eigen variabelen) of een aangeroepen proces (met)."""
        deel = MotorDeel(bereik.spec, parent_task_id=stap.id, top_workflow=self.top, deserializing=True)
        deel.gecompileerd, deel.variabelen = gecompileerd, variabelen
        self.top.subprocesses[stap.id] = deel
        self.bezig(stap)
        self._open(deel, bereik, "")

    def _open(self, werkstroom: Any, bereik: BereikSpec, element: str) -> None:
        wortel = begin(werkstroom)
        for luisteraar in bereik.luisteraars:
            activeer(wortel, luisteraar)
        activeer(wortel, bereik.starts[element] if element else zonder_voorwaarde(bereik))

    # --- variabelen ----------------------------------------------------------------------------------------------------------

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
        self._grootte += _bytes(nieuw) - _bytes(laag.get(kop))
        if self._grootte > MEESTE_BYTES:
            raise _te_groot(naam)
        laag[kop] = nieuw

    def zet_buiten(self, variabelen: Rij) -> None:
        """Zet procesvariabelen van buitenaf, los van een stap."""
        nieuw = {**(self.top.variabelen or {}), **variabelen}
        self._grootte = _bytes(nieuw)
        if self._grootte > MEESTE_BYTES:
            raise _te_groot(", ".join(variabelen))
        self.top.variabelen = nieuw

    def reken_in(self, stap: Stap) -> None:
        """De invoerafbeelding van een stap: lokale variabelen, in de volgorde van het model."""
        for regel in stap.task_spec.element.zeebe.invoer:
            waarde = self.feel.ruw(regel.bron, self.waarden(stap))
            if _bytes(waarde) > MEESTE_BYTES:
                raise _te_groot(regel.doel)
            kop, _, rest = regel.doel.partition(".")
            stap.lokaal[kop] = _verwerk(stap.lokaal.get(kop), rest, waarde) if rest else waarde

    def _schrijf_uit(self, stap: Stap, element: Element | None, uitvoer: Rij) -> None:
        if element is None or _al_verwerkt(stap, element):
            return
        if element.zeebe.uitvoer:
            zicht = self.waarden(stap) | uitvoer
            nieuw = [(regel.doel, self.feel.ruw(regel.bron, zicht)) for regel in element.zeebe.uitvoer]
        else:
            nieuw = list(uitvoer.items())
        for naam, waarde in nieuw:
            self.zet(stap, naam, waarde)

    # --- gevolgen ------------------------------------------------------------------------------------------------------------

    def geschiedenis(self, stap: Stap, invoer: Rij | None = None) -> int:
        """Begin de geschiedenis van deze stap (één keer) en geef haar nummer."""
        nr = stap.internal_data.get("nr")
        if nr is None:
            self.volgnummer += 1
            nr = stap.internal_data["nr"] = self.volgnummer
            element: Element = stap.task_spec.element
            self.gevolgen.begonnen[nr] = {
                "instantie": self.id, "nr": nr, "stap": stap.id, "element": element.id, "soort": element.soort,
                "naam": element.naam, "definitie": stap.workflow.gecompileerd.definitie,
                "begonnen": self.nu, "geeindigd": None, "door": "", "uitkomst": "", "invoer": None, "uitvoer": None, "uitleg": None,
            }  # fmt: skip
        if invoer:
            self._werk_bij(nr, {"invoer": feel.naar_json(invoer)})
        return int(nr)

    def geschiedenis_af(self, stap: Stap, uitkomst: str, *, uitvoer: Rij | None = None, door: str = "") -> None:
        """De stap is afgelopen: wat op haar wachtte vervalt."""
        self.vergeet(stap)
        if "incident" in stap.internal_data:
            self.gevolgen.vervallen.add(stap.id)
        nr = stap.internal_data.get("nr")
        if nr is not None:
            rij = {"geeindigd": self.nu, "uitkomst": uitkomst, "door": door}
            self._werk_bij(nr, rij | ({"uitvoer": feel.naar_json(uitvoer)} if uitvoer else {}))

    def leg_uit(self, stap: Stap, uitleg: Any) -> None:
        """Bewaar de uitleg van een beslissing bij deze stap."""
        self._werk_bij(self.geschiedenis(stap), {"uitleg": uitleg})

    def _werk_bij(self, nr: int, velden: Rij) -> None:
        doel = self.gevolgen.begonnen if nr in self.gevolgen.begonnen else self.gevolgen.geeindigd
        doel.setdefault(nr, {}).update(velden)

    def verwacht(self, stap: Stap, soort: str, naam: str = "", *, sleutel: str = "", vanaf: datetime | None = None,
                 inhoud: Rij | None = None) -> None:  # fmt: skip
        """Leg vast waar de stap op wacht."""
        stap.internal_data["wacht"] = 1
        self.gevolgen.niet_meer.discard(stap.id)
        self.gevolgen.wachtend[stap.id] = {
            "stap": stap.id, "instantie": self.id, "nr": stap.internal_data.get("nr", 0), "element": stap.task_spec.element.id,
            "soort": soort, "naam": naam, "sleutel": sleutel, "vanaf": vanaf, "verwijzing": "", "inhoud": inhoud or {},
            "sinds": self.nu,
        }  # fmt: skip

    def vergeet(self, stap: Stap) -> None:
        """De stap wacht nergens meer op."""
        if self.gevolgen.wachtend.pop(stap.id, None) is None and stap.internal_data.get("wacht"):
            self.gevolgen.niet_meer.add(stap.id)

    def plaats(self, verwerker: str, inhoud: Rij, *, sleutel: str | None = None, vanaf: datetime | None = None) -> None:
        """Werk voor de outbox."""
        rij = {
            "verwerker": verwerker,
            "inhoud": {"instantie": str(self.id), **inhoud},
            "sleutel": sleutel,
            "vanaf": vanaf,
        }
        self.gevolgen.werk.append(rij)

    def incident(self, stap: Stap, fout: StapFout, *, poging: int = 0) -> None:
        """De stap blijft staan tot een beheerder haar herstelt."""
        self.bezig(stap)
        stap.internal_data["incident"] = 1
        element = stap.task_spec.element
        self.gevolgen.incidenten.append({
            "id": uuid4(), "instantie": self.id, "stap": stap.id, "element": element.id if element else stap.task_spec.name,
            "soort": fout.soort, "fout": str(fout)[:2000], "poging": poging, "gemaakt": self.nu, "opgelost": None, "door": "",
            "oplossing": "", "outbox": None,
        })  # fmt: skip

    def _vergeet_werk(self, stap: Stap) -> None:
        """Werk dat nog niet vastgelegd is voor een stap die alweer weg is."""
        sleutel = stap.id.hex
        self.gevolgen.werk = [rij for rij in self.gevolgen.werk if rij["inhoud"].get("stap") != sleutel]


def zonder_voorwaarde(bereik: BereikSpec) -> StapSpec:
    """De startgebeurtenis waar een token zonder meer op begint; in een gebeurtenissubproces de enige."""
    specs = list(bereik.starts.values())
    kaal = [spec for spec in specs if spec.element is not None and spec.element.gebeurtenis is None]
    return (kaal or specs)[0]


def _al_verwerkt(stap: Stap, element: Element) -> bool:
    """De start van een gebeurtenissubproces: de luisteraar heeft de inhoud al in variabelen gezet."""
    binnen = (
        element.soort == "startEvent" and element.gebeurtenis is not None and stap.workflow.parent_task_id is not None
    )
    return binnen and not isinstance(stap.task_spec, Luisteraar)


def _bytes(waarde: Any) -> int:
    """De omvang als JSON. Wat geen JSON-vorm heeft (een functie) kan geen variabele zijn."""
    try:
        return 0 if waarde is None else len(orjson.dumps(feel.naar_json(waarde)))
    except TypeError as fout:
        raise UitdrukkingFout(f"Dit kan geen variabele zijn: {fout}") from fout


def _te_groot(naam: str) -> TeGroot:
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
