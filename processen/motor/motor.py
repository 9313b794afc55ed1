"""De motor van één installatie: definities neerzetten, instanties starten en verder helpen, incidenten herstellen.

Alles wat wijzigt krijgt de open schrijftransactie van de aanroeper, zodat het procesgevolg en de rest samen vaststaan of samen
niet. De motor doet zelf nooit een aanroep naar buiten; dat doet `werk` vanuit de outbox.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as upsert

import feel
from contracten import Bouwblokken
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.outbox import Verwerker, plaats
from processen.motor import beslissen, cijfers, opslag, overzicht, starts, tijdstippen, verhuizen, werk
from processen.motor.bouw import Gecompileerd
from processen.motor.definities import DefinitieInfo, Definities, start_op
from processen.motor.fouten import Bevinding, ModelGeweigerd, MotorFout, NietGevonden
from processen.motor.gebeurtenissen import als_variabelen, plan
from processen.motor.spiff_aanpassing import MotorStroom
from processen.motor.tabellen import Bericht, Wachtend
from processen.motor.taken import GeenTaken, TaakPoort
from processen.motor.uitdrukkingen import Uitdrukkingen
from processen.motor.uitvoering import Omgeving, Uitvoering

Variabelen = Mapping[str, Any]


class _Omgeving:
    """De motor gezien vanuit één transactie."""

    def __init__(self, motor: "Motor", verbinding: Connection) -> None:
        self._motor, self._verbinding = motor, verbinding
        self.uitdrukkingen, self.bouwblokken = motor.uitdrukkingen, motor.bouwblokken

    def nu(self) -> datetime:
        return self._motor.installatie.klok.nu()

    def actieve(self, sleutel: str) -> Gecompileerd:
        return self._motor.definities.actieve(self._verbinding, sleutel)

    def haal(self, definitie: UUID) -> Gecompileerd:
        return self._motor.definities.haal(self._verbinding, definitie)

    def beslis(self, gecompileerd: Gecompileerd, naam: str, invoer: Variabelen, peildatum: Any) -> beslissen.Uitslag:
        klok = self._motor.installatie.klok
        dag = klok.vandaag() if peildatum is None else _dag(peildatum)
        return beslissen.beslis(gecompileerd, naam, invoer, dag, klok.nu)


class Motor:
    """De procesmotor. `functies` zijn extra FEEL-functies (werkdagen), `taakpoort` maakt de taken voor mensen."""

    def __init__(
        self,
        installatie: Installatie,
        bouwblokken: Bouwblokken | None = None,
        functies: feel.Functies | None = None,
        taakpoort: TaakPoort | None = None,
    ) -> None:
        self.installatie = installatie
        self.bouwblokken = bouwblokken or Bouwblokken()
        self.taakpoort: TaakPoort = taakpoort or GeenTaken()
        self.uitdrukkingen = Uitdrukkingen(installatie.klok.nu, functies)
        self.definities = Definities(self.bouwblokken, self.uitdrukkingen)

    def omgeving(self, verbinding: Connection) -> Omgeving:
        """De motor gezien vanuit één transactie, voor een uitvoering."""
        return _Omgeving(self, verbinding)

    def verwerkers(self) -> list[Verwerker]:
        """Wie het outbox-werk van de motor doet."""
        return werk.verwerkers(self)

    # --- definities ------------------------------------------------------------------------------------------------------------

    def controleer(self, bpmn: bytes, dmn: Sequence[str] = (), proces: str = "") -> list[Bevinding]:
        """Alles wat er aan een model mankeert; leeg als het neergezet kan worden. `ModelGeweigerd` als het onleesbaar is.

        Van een bestand met meer processen kijkt het `proces` na, ook als dat niet uitvoerbaar heet.
        """
        return self.definities.controleer(bpmn, dmn, proces)[1]

    def zet_neer(
        self, verbinding: Connection, bpmn: bytes, dmn: Sequence[str] = (), *, pakket: str = "", door: str = "",
        actief: bool = True,
    ) -> DefinitieInfo:  # fmt: skip
        """Zet een definitie neer (sleutel is het proces-id); hetzelfde model nog eens geeft de bestaande versie.

        Met `actief` beginnen nieuwe instanties op deze versie. `ModelGeweigerd` noemt alle bevindingen tegelijk.
        """
        nu = self.installatie.klok.nu()
        oud = self.definities.actief_id(verbinding, bpmn) if actief else None
        gezet = self.definities.zet_neer(verbinding, bpmn, dmn, nu=nu, pakket=pakket, door=door, actief=actief)
        if actief and gezet.id != oud:
            starts.zet_klaar(self, verbinding, gezet.id)
        return gezet

    def bewaar_concept(
        self, verbinding: Connection, bpmn: bytes, dmn: Sequence[str] = (), *, pakket: str = "", door: str = ""
    ) -> DefinitieInfo:
        """Bewaar een versie die nog niet hoeft te kunnen draaien, byte voor byte, met haar tekening.

        `ModelGeweigerd` als er geen proces in te lezen is. `activeer` kijkt haar helemaal na.
        """
        nu = self.installatie.klok.nu()
        return self.definities.bewaar_concept(verbinding, bpmn, dmn, nu=nu, pakket=pakket, door=door)

    def activeer(self, verbinding: Connection, definitie: UUID) -> DefinitieInfo:
        """Nieuwe instanties beginnen voortaan op deze versie; lopende blijven op de hunne. `ModelGeweigerd` als zij niet kan draaien."""
        if self.definities.een(verbinding, definitie).staat == "actief":
            return self.definities.een(verbinding, definitie)
        bpmn, dmn = self.definities.model(verbinding, definitie)
        bevindingen = self.controleer(bpmn, dmn)
        if bevindingen:
            raise ModelGeweigerd(bevindingen)
        self.definities.maak_actief(verbinding, definitie, self.installatie.klok.nu())
        starts.zet_klaar(self, verbinding, definitie)
        return self.definities.een(verbinding, definitie)

    def trek_in(self, verbinding: Connection, definitie: UUID) -> DefinitieInfo:
        """Er beginnen geen nieuwe instanties meer op deze versie; lopende gaan gewoon door."""
        self.definities.trek_in(verbinding, definitie)
        return self.definities.een(verbinding, definitie)

    # --- instanties ------------------------------------------------------------------------------------------------------------

    def start(
        self, verbinding: Connection, bedrijfssleutel: str, definitie: str, variabelen: Variabelen | None = None, *,
        element: str = "",
    ) -> UUID:  # fmt: skip
        """Start een instantie van de actieve versie van `definitie` en geef haar id.

        `bedrijfssleutel` (de uuid van het verzoek) is uniek per definitie: nog eens starten geeft de bestaande instantie.
        `variabelen` zijn verwijzingen en routegegevens, samen hoogstens 64 kB (`TeGroot`).
        """
        gecompileerd = self.definities.actieve(verbinding, definitie)
        waarden: dict[str, Any] = feel.uit_json(feel.naar_json(dict(variabelen or {})))
        bereik = gecompileerd.bereiken[gecompileerd.proces.bereik.id]
        werkstroom = MotorStroom(bereik.spec, deserializing=True)
        werkstroom.gecompileerd = gecompileerd
        uitvoering = Uitvoering(
            _Omgeving(self, verbinding), nieuw_nummer(self.installatie.klok.nu()), werkstroom, waarden
        )
        opslag.koppel(uitvoering)
        uitvoering.start(bereik, element)
        uitvoering.draai()
        rij = {
            "definitie": gecompileerd.definitie, "sleutel": gecompileerd.sleutel, "bedrijfssleutel": bedrijfssleutel,
            "gestart": uitvoering.nu, "spoor": structlog.contextvars.get_contextvars().get("trace_id", ""),
        }  # fmt: skip
        return opslag.maak(self.installatie, verbinding, uitvoering, rij)

    def start_met_bericht(
        self, verbinding: Connection, definitie: str, naam: str, bedrijfssleutel: str, inhoud: Variabelen
    ) -> UUID:
        """Start een instantie op de startgebeurtenis die bij bericht `naam` hoort."""
        gecompileerd = self.definities.actieve(verbinding, definitie)
        element = start_op(gecompileerd.proces, "bericht", naam)
        return self.start(verbinding, bedrijfssleutel, definitie, als_variabelen(inhoud), element=element)

    def verder(self, verbinding: Connection, instantie: UUID, handeling: Callable[[Uitvoering], None]) -> bool:
        """Doe iets met een lopende instantie, zet alle stappen die daarna kunnen en leg alles vast.

        Onwaar (en niets gedaan) als de instantie al is afgelopen; `NietGevonden` als zij nooit bestond.
        """
        uitvoering = opslag.laad(_Omgeving(self, verbinding), verbinding, instantie)
        if uitvoering is None:
            return False
        handeling(uitvoering)
        uitvoering.draai()
        opslag.bewaar(self.installatie, verbinding, uitvoering)
        return True

    def bericht(
        self, verbinding: Connection, naam: str, correlatiesleutel: str, inhoud: Variabelen | None, uniek_id: str
    ) -> bool:
        """Ontvang een bericht. Het wordt bewaard tot iemand erop wacht, of start het proces dat op deze naam begint.

        Onwaar als `uniek_id` al eens ontvangen is: een bericht telt één keer.
        """
        rij = {
            "uniek_id": uniek_id, "naam": naam, "sleutel": correlatiesleutel, "inhoud": feel.naar_json(dict(inhoud or {})),
            "ontvangen": self.installatie.klok.nu(),
        }  # fmt: skip
        nieuw = verbinding.scalar(upsert(Bericht).values(rij).on_conflict_do_nothing().returning(Bericht.uniek_id))
        if nieuw is None:
            return False
        opdracht = {"naam": naam, "sleutel": correlatiesleutel}
        plaats(self.installatie, verbinding, "processen.bericht", opdracht, sleutel=f"{naam}:{correlatiesleutel}")
        return True

    def signaal(self, verbinding: Connection, naam: str, inhoud: Variabelen | None = None) -> None:
        """Geef een signaal aan elke instantie die er nu op wacht, en begin de processen die op dit signaal beginnen."""
        opdracht = {"naam": naam, "inhoud": feel.naar_json(dict(inhoud or {})), "uniek": uuid4().hex}
        plaats(self.installatie, verbinding, "processen.signaal", opdracht)

    def taak_afgerond(
        self, verbinding: Connection, taak: UUID | str, uitkomst: Variabelen | None = None, *, door: str = ""
    ) -> bool:
        """Een taak is klaar: het proces gaat verder met `uitkomst` als uitvoer van de stap.

        `taak` is het kenmerk uit `TaakOpdracht` of de URL van de taak. Onwaar als de taak niet (meer) wacht: al afgerond, ingetrokken
        of (bij een URL) nog niet bekend.
        """
        waar = Wachtend.stap == taak if isinstance(taak, UUID) else Wachtend.verwijzing == taak
        rij = verbinding.execute(
            select(Wachtend.instantie, Wachtend.stap).where(waar, Wachtend.soort == "taak")
        ).first()
        if rij is None:
            return False
        gedaan = False

        def handeling(u: Uitvoering) -> None:
            nonlocal gedaan
            stap = u.vind(rij.stap)
            if stap is not None:
                u.probeer(stap, lambda s: u.voltooi(s, als_variabelen(feel.naar_json(dict(uitkomst or {}))), door=door))
                gedaan = True

        return self.verder(verbinding, rij.instantie, handeling) and gedaan

    def breek_af(self, verbinding: Connection, instantie: UUID, *, door: str) -> bool:
        """Stop een instantie; open taken worden ingetrokken. Onwaar als zij al was afgelopen."""
        uitvoering = opslag.laad(_Omgeving(self, verbinding), verbinding, instantie)
        if uitvoering is None:
            return False
        uitvoering.breek_alles_af(uitvoering.top)
        uitvoering.klaar = True
        opslag.bewaar(self.installatie, verbinding, uitvoering)
        opslag.merk_afgebroken(verbinding, instantie, door, uitvoering.nu)
        return True

    def zet_variabelen(self, verbinding: Connection, instantie: UUID, variabelen: Variabelen) -> bool:
        """Wijzig procesvariabelen van een lopende instantie; wat op een voorwaarde wacht kijkt opnieuw. Onwaar als zij af is."""
        nieuw = als_variabelen(feel.naar_json(dict(variabelen)))
        return self.verder(verbinding, instantie, lambda u: u.zet_buiten(nieuw))

    def verzet_timer(self, verbinding: Connection, instantie: UUID, element: str, om: datetime) -> bool:
        """Laat een wachtende timer op een ander tijdstip afgaan. Onwaar als er geen timer van dit element wacht."""
        verzet = False

        def handeling(u: Uitvoering) -> None:
            nonlocal verzet
            for stap in u.wachtend_op(element):
                if "beurt" in stap.internal_data:
                    plan(u, stap, om)
                    verzet = True

        return self.verder(verbinding, instantie, handeling) and verzet

    # --- kijken en herstellen ------------------------------------------------------------------------------------------------

    def instantie(self, verbinding: Connection, instantie: UUID) -> "overzicht.InstantieInfo":
        """Eén instantie met waar zij op wacht. `NietGevonden` als zij niet bestaat."""
        return overzicht.instantie(verbinding, instantie)

    def instanties(
        self,
        verbinding: Connection,
        *,
        bedrijfssleutel: str = "",
        definitie: str = "",
        staat: str = "",
        limiet: int = 100,
    ) -> "list[overzicht.InstantieInfo]":
        """Instanties, de nieuwste eerst."""
        return overzicht.instanties(verbinding, bedrijfssleutel, definitie, staat, limiet)

    def geschiedenis(self, verbinding: Connection, instantie: UUID) -> "list[overzicht.Regel]":
        """Alle stappen van een instantie, op volgorde."""
        return overzicht.geschiedenis(verbinding, instantie)

    def uitleg(self, verbinding: Connection, verwijzing: str) -> Any:
        """De uitleg van een beslissing, met de verwijzing uit de variabele `…Uitleg`."""
        return overzicht.uitleg(verbinding, verwijzing)

    def incidenten(
        self, verbinding: Connection, *, instantie: UUID | None = None, open_: bool = True
    ) -> "list[overzicht.IncidentInfo]":
        """Incidenten, de oudste eerst."""
        return overzicht.incidenten(verbinding, instantie, open_=open_)

    def herstel(
        self, verbinding: Connection, incident: UUID, actie: "overzicht.Herstelactie", *, door: str, reden: str = "",
        variabelen: Variabelen | None = None, uitvoer: Variabelen | None = None, naar: str = "",
    ) -> None:  # fmt: skip
        """Herstel een incident: `opnieuw`, `overslaan` (met `uitvoer`) of `verplaatsen` (token naar element `naar`).

        `variabelen` worden eerst bijgewerkt. Overslaan en verplaatsen vragen een `reden`. `NietGevonden` als het incident niet open is.
        """
        from processen.motor import herstel  # noqa: PLC0415  # herstel bouwt op deze klasse

        herstel.herstel(self, verbinding, incident, actie, door=door, reden=reden, variabelen=dict(variabelen or {}),
                        uitvoer=dict(uitvoer or {}), naar=naar)  # fmt: skip

    # --- verhuizen naar een andere versie ------------------------------------------------------------------------------------

    def stel_verhuizing_voor(self, verbinding: Connection, van: UUID, naar: UUID) -> dict[str, str]:
        """Een plan: welk element van de oude versie welk van de nieuwe wordt."""
        self._eis_verhuisbaar(verbinding, van, naar)
        return verhuizen.stel_voor(self.definities.haal(verbinding, van), self.definities.haal(verbinding, naar))

    def _eis_verhuisbaar(self, verbinding: Connection, van: UUID, naar: UUID) -> None:
        """Alleen tussen versies van hetzelfde proces, en naar een die kan draaien."""
        oud, nieuw = self.definities.een(verbinding, van), self.definities.een(verbinding, naar)
        if oud.sleutel != nieuw.sleutel:
            raise MotorFout(f"{oud.sleutel} en {nieuw.sleutel} zijn verschillende processen.")
        if nieuw.staat == "concept":
            raise MotorFout(f"Versie {nieuw.versie} van {nieuw.sleutel} is nog een concept; activeer haar eerst.")

    def proef_verhuizing(
        self, verbinding: Connection, van: UUID, naar: UUID, plan: Mapping[str, str], *, na: UUID | None = None,
        limiet: int | None = None,
    ) -> list[verhuizen.Oordeel]:  # fmt: skip
        """Wat het plan voor elke lopende instantie (na instantie `na`) zou doen, zonder iets te wijzigen."""
        self._eis_verhuisbaar(verbinding, van, naar)
        return verhuizen.proef(self, verbinding, van, naar, plan, na=na, limiet=limiet)

    def verhuis(
        self, verbinding: Connection, van: UUID, naar: UUID, plan: Mapping[str, str], *, door: str, na: UUID | None = None,
        limiet: int = 100,
    ) -> verhuizen.Portie:  # fmt: skip
        """Verhuis van de eerste `limiet` instanties na `na` die waarvoor het kan; ga verder met `Portie.volgende` tot die None is."""
        self._eis_verhuisbaar(verbinding, van, naar)
        return verhuizen.verhuis(self, verbinding, van, naar, plan, door=door, na=na, limiet=limiet)

    def draai_verhuizing_terug(self, verbinding: Connection, instantie: UUID) -> bool:
        """Terug naar de vorige versie. Onwaar als de instantie sindsdien verder is gegaan."""
        return verhuizen.draai_terug(self, verbinding, instantie)

    def cijfers(
        self, verbinding: Connection, definitie: str, sinds: datetime | None = None
    ) -> cijfers.DefinitieCijfers:
        """Aantallen, duur, wachtend en incidenten per element van een definitie (alle versies), van wat sinds `sinds` begon."""
        return cijfers.cijfers(verbinding, definitie, sinds)

    def wis(self, verbinding: Connection, instantie: UUID) -> None:
        """Vernietig een afgelopen instantie met alles wat ervan bewaard is (bij de vernietiging van de zaak)."""
        if self.instantie(verbinding, instantie).staat == "loopt":
            raise NietGevonden(f"procesinstantie {instantie} loopt nog")
        opslag.wis(verbinding, instantie)

    def vernietig(self, verbinding: Connection, zaak: str) -> int:
        """De zaak (URL) is vernietigd: stop en wis haar instanties, met invoer, uitvoer en uitleg. Geeft het aantal."""
        instanties = overzicht.bij_zaak(verbinding, zaak)
        for instantie in instanties:
            self.breek_af(verbinding, instantie, door="vernietiging")
            self.wis(verbinding, instantie)
        return len(instanties)


def nieuw_nummer(nu: datetime) -> UUID:
    """Een nummer voor een instantie dat oploopt met de tijd (UUID versie 7) en verder willekeurig is.

    Zo komen nieuwe rijen achteraan in de indexen te staan, ook als er miljoenen oude in staan.
    """
    milliseconden = int(nu.timestamp() * 1000) & ((1 << 48) - 1)
    toeval = uuid4().int
    hoog = milliseconden << 80 | 0x7 << 76 | (toeval >> 64 & 0xFFF) << 64
    return UUID(int=hoog | 0b10 << 62 | toeval & ((1 << 62) - 1))


def _dag(waarde: Any) -> date:
    if isinstance(waarde, date) and not isinstance(waarde, datetime):
        return waarde
    return tijdstippen.moment(waarde).astimezone(NEDERLAND).date()
