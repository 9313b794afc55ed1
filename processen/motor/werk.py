"""Het werk uit de outbox: bouwblokken, taken, timers, berichten en signalen.

Elke afronding legt de toestand van de instantie vast in dezelfde transactie als het afvinken van de rij. Komt het werk een tweede
keer langs (een afgebroken worker, een oude timer), dan is de stap al weg en gebeurt er niets.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4, uuid5

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select, update

import feel
from contracten import BpmnFout, Gegevens, Onherstelbaar, Opdracht
from contracten.bouwblok import AnyBouwblok
from integratie.basis import ApiFout, NietBereikbaar
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from processen.motor import betreden, gebeurtenissen, starts, tijdronde, tijdstippen
from processen.motor.fouten import NietGevonden, OnopgevangenFout, StapFout
from processen.motor.model import WACHTTIJDEN, Element
from processen.motor.spiff_aanpassing import Stap
from processen.motor.tabellen import Bericht, Geschiedenis, Incident, Instantie, Wachtend
from processen.motor.taken import TaakOpdracht
from processen.motor.uitvoering import Uitvoering

if TYPE_CHECKING:
    from processen.motor.motor import Motor

Afronding = Callable[[Connection], None]
LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.LOCKED, HTTPStatus.TOO_MANY_REQUESTS}
"""API-fouten van de aanroeper (4xx) die later vanzelf over kunnen zijn; de andere worden meteen een incident."""


class BouwblokFout(StapFout):
    """Een bouwblok is na alle pogingen mislukt."""

    soort = "bouwblok"


@dataclass(frozen=True)
class _Klaarstaand:
    """Wat er over een wachtende stap te lezen is zonder slot."""

    instantie: UUID
    stap: UUID
    bedrijfssleutel: str
    variabelen: dict[str, Any]
    definitie: UUID
    sleutel: str
    element: Element
    invoer: dict[str, Any]
    begonnen: datetime
    inhoud: dict[str, Any]
    verwijzing: str


def verwerkers(motor: "Motor") -> list[Verwerker]:
    """Alle verwerkers van de motor, voor `Deel.verwerkers`."""
    uitvoerder = _Werk(motor)
    return [
        Verwerker("processen.bouwblok", buiten=uitvoerder.bouwblok, bij_dood=uitvoerder.dood),
        Verwerker("processen.taak", buiten=uitvoerder.taak, bij_dood=uitvoerder.dood),
        Verwerker(tijdronde.WERK, binnen=uitvoerder.tijd, bij_dood=uitvoerder.dood),
        Verwerker("processen.bericht", binnen=uitvoerder.bericht, bij_dood=uitvoerder.dood),
        Verwerker("processen.signaal", binnen=uitvoerder.signaal, bij_dood=uitvoerder.dood),
        Verwerker(starts.WERK, binnen=uitvoerder.starttijd),
    ]


class _Werk:
    def __init__(self, motor: "Motor") -> None:
        self.motor = motor

    # --- bouwblokken -------------------------------------------------------------------------------------------------------

    def bouwblok(self, installatie: Installatie, werk: Werk) -> Afronding | None:
        """Voer één bouwblok uit, zonder open transactie, en geef wat er daarna met de instantie gebeurt."""
        staat = self._lees(installatie, werk)
        if staat is None or staat.inhoud.get("poging") != werk.inhoud["poging"]:
            return None
        blok = self.motor.bouwblokken.get(staat.element.zeebe.taak_type)
        if blok is None:
            return self._mislukt(staat, LookupError("het bouwblok is niet geïnstalleerd"), (), definitief=True)
        try:
            uitvoer = blok.voer_uit(_opdracht(installatie, blok, staat))
        except BpmnFout as fout:
            return self._bpmn_fout(staat, fout)
        except Exception as fout:  # noqa: BLE001  # elke fout van een bouwblok wordt herhaald of een incident
            return self._mislukt(staat, fout, wachttijden(blok, staat.element), definitief=_is_definitief(fout))
        return self._op_stap(staat, lambda u, stap: u.voltooi(stap, _als_variabelen(uitvoer)))

    def _bpmn_fout(self, staat: _Klaarstaand, fout: BpmnFout) -> Afronding:
        def verder(u: Uitvoering, stap: Stap) -> None:
            opvang = gebeurtenissen.vind_opvang(u, stap, "fout", fout.code, ook_op_stap=True)
            if opvang is None:
                raise OnopgevangenFout(f"Niemand vangt fout {fout.code} op: {fout.bericht}")
            gebeurtenissen.vuur(u, opvang, {"foutcode": fout.code, "foutbericht": fout.bericht})

        return self._op_stap(staat, verder)

    def _mislukt(
        self, staat: _Klaarstaand, fout: Exception, tijden: tuple[timedelta, ...], *, definitief: bool
    ) -> Afronding:
        poging = int(staat.inhoud["poging"])

        def verder(u: Uitvoering, stap: Stap) -> None:
            if definitief or poging > len(tijden):
                u.incident(stap, BouwblokFout(_melding(fout)), poging=poging)
            else:
                betreden.zet_bouwblok_klaar(u, stap, poging=poging + 1, vanaf=u.nu + tijden[poging - 1])

        return self._op_stap(staat, verder)

    # --- taken -------------------------------------------------------------------------------------------------------------

    def taak(self, installatie: Installatie, werk: Werk) -> Afronding | None:
        """Maak de taak, of trek haar in."""
        kenmerk = UUID(hex=werk.inhoud["stap"])
        staat = self._lees(installatie, werk)
        if werk.inhoud["actie"] == "trek_in":
            self.motor.taakpoort.trek_in(installatie, kenmerk, werk.inhoud.get("verwijzing", ""))
            return None
        if staat is None and werk.pogingen == 0:
            return None  # de stap is al voorbij; bij een herhaling kan de taak er al zijn, dus die gaat door tot het intrekken
        if staat is None or staat.verwijzing:
            return None
        verwijzing = self.motor.taakpoort.maak(installatie, _taakopdracht(staat))

        def verder(verbinding: Connection) -> None:
            vraag = update(Wachtend).where(Wachtend.stap == kenmerk).values(verwijzing=verwijzing)
            if not verbinding.execute(vraag).rowcount and _is_afgebroken(verbinding, staat):
                # ondertussen vervallen: wat net gemaakt is moet weer weg
                inhoud = {**werk.inhoud, "actie": "trek_in", "verwijzing": verwijzing}
                plaats(installatie, verbinding, "processen.taak", inhoud, sleutel=kenmerk.hex)

        return verder

    # --- timers, berichten, signalen -----------------------------------------------------------------------------------------

    def tijd(self, verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
        """Een timer gaat af, samen met andere die nu kunnen. Vervallen timers doen niets."""
        del installatie
        with suppress(NietGevonden):
            tijdronde.laat_afgaan(self.motor, verbinding, werk, self.motor.omgeving)

    def starttijd(self, verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
        """Een startgebeurtenis met een tijdstip gaat af."""
        del installatie
        starts.begin(self.motor, verbinding, werk)

    def bericht(self, verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
        """Breng bewaarde berichten met deze naam en sleutel naar wie erop wacht, of begin er een proces mee."""
        del installatie
        naam, sleutel = werk.inhoud["naam"], werk.inhoud["sleutel"]
        waar = (Bericht.naam == naam, Bericht.sleutel == sleutel, Bericht.bezorgd_aan.is_(None))
        vraag = select(Bericht.__table__).where(*waar).order_by(Bericht.ontvangen, Bericht.uniek_id).with_for_update()
        for bericht in verbinding.execute(vraag).mappings().all():
            instantie = self._bezorg(verbinding, naam, sleutel, bericht["inhoud"], bericht["uniek_id"])
            if instantie is None:
                return
            bezorgd = update(Bericht).where(Bericht.uniek_id == bericht["uniek_id"])
            verbinding.execute(bezorgd.values(bezorgd_aan=instantie, inhoud={}))

    def _bezorg(self, verbinding: Connection, naam: str, sleutel: str, inhoud: Any, uniek_id: str) -> UUID | None:
        waar = (Wachtend.soort == "bericht", Wachtend.naam == naam, Wachtend.sleutel == sleutel)
        vraag = select(Wachtend.instantie, Wachtend.stap).where(*waar).order_by(Wachtend.sinds)
        for rij in verbinding.execute(vraag).all():
            if self._vuur(verbinding, rij.instantie, rij.stap, inhoud):
                return UUID(str(rij.instantie))
        for definitie in self.motor.definities.met_startbericht(verbinding, naam):
            return self.motor.start_met_bericht(verbinding, definitie, naam, sleutel or uniek_id, inhoud)
        return None

    def signaal(self, verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
        """Een signaal gaat naar iedereen die erop wacht, en begint de processen die erop beginnen."""
        del installatie
        naam = werk.inhoud["naam"]
        waar = (Wachtend.soort == "signaal", Wachtend.naam == naam)
        for rij in verbinding.execute(
            select(Wachtend.instantie, Wachtend.stap).where(*waar).order_by(Wachtend.instantie)
        ).all():
            self._vuur(verbinding, rij.instantie, rij.stap, werk.inhoud["inhoud"])
        uniek = werk.inhoud.get("uniek", str(werk.id))
        starts.begin_op_signaal(self.motor, verbinding, naam, uniek, werk.inhoud["inhoud"])

    def _vuur(self, verbinding: Connection, instantie: UUID, stap_id: UUID, inhoud: Any) -> bool:
        gevuurd = False

        def verder(u: Uitvoering) -> None:
            nonlocal gevuurd
            stap = u.vind(stap_id)
            if stap is not None:
                gebeurtenissen.vuur(u, stap, gebeurtenissen.als_variabelen(inhoud))
                gevuurd = True

        self._verder(verbinding, instantie, verder)
        return gevuurd

    # --- samen ---------------------------------------------------------------------------------------------------------------

    def dood(self, verbinding: Connection, installatie: Installatie, werk: Werk, fout: str) -> None:
        """Het werk zelf (niet het bouwblok) is na alle pogingen mislukt: een incident bij de instantie."""
        if "instantie" not in werk.inhoud:
            return  # een bericht of signaal van buiten hoort nog bij niemand; het staat op de pagina van de outbox
        stap = werk.inhoud.get("stap")
        element = verbinding.scalar(select(Wachtend.element).where(Wachtend.stap == UUID(hex=stap))) if stap else ""
        rij = {
            "id": uuid4(), "instantie": UUID(werk.inhoud["instantie"]), "stap": UUID(hex=stap) if stap else None,
            "element": element or "", "soort": "werk", "fout": fout, "poging": werk.pogingen, "gemaakt": installatie.klok.nu(),
            "opgelost": None, "door": "", "oplossing": "", "outbox": werk.id,
        }  # fmt: skip
        verbinding.execute(insert(Incident).values(rij))

    def _op_stap(self, staat: _Klaarstaand, handeling: Callable[[Uitvoering, Stap], None]) -> Afronding:
        def verder(u: Uitvoering) -> None:
            stap = u.vind(staat.stap)
            if stap is not None:
                u.probeer(stap, lambda s: handeling(u, s))

        def afronding(verbinding: Connection) -> None:
            self._verder(verbinding, staat.instantie, verder)

        return afronding

    def _verder(self, verbinding: Connection, instantie: UUID, handeling: Callable[[Uitvoering], None]) -> None:
        """Als `Motor.verder`; een instantie die ondertussen vernietigd is heeft geen werk meer."""
        with suppress(NietGevonden):
            self.motor.verder(verbinding, instantie, handeling)

    def _lees(self, installatie: Installatie, werk: Werk) -> _Klaarstaand | None:
        """De wachtende stap, of None als die er niet meer is."""
        stap = UUID(hex=werk.inhoud["stap"])
        vraag = (
            select(
                Wachtend.inhoud, Wachtend.verwijzing, Geschiedenis.invoer, Geschiedenis.begonnen, Geschiedenis.definitie,
                Geschiedenis.element, Instantie.bedrijfssleutel, Instantie.variabelen, Instantie.id,
            )
            .join(Geschiedenis, (Geschiedenis.instantie == Wachtend.instantie) & (Geschiedenis.nr == Wachtend.nr))
            .join(Instantie, Instantie.id == Wachtend.instantie)
            .where(Wachtend.stap == stap)
        )  # fmt: skip
        with installatie.db.lezen() as verbinding:
            rij = verbinding.execute(vraag).first()
            if rij is None:
                return None
            gecompileerd = self.motor.definities.haal(verbinding, rij.definitie)
        return _Klaarstaand(
            instantie=rij.id, stap=stap, bedrijfssleutel=rij.bedrijfssleutel, variabelen=feel.uit_json(rij.variabelen),
            definitie=rij.definitie, sleutel=gecompileerd.sleutel, element=gecompileerd.element(rij.element),
            invoer=feel.uit_json(rij.invoer or {}), begonnen=rij.begonnen, inhoud=rij.inhoud, verwijzing=rij.verwijzing,
        )  # fmt: skip


def _is_afgebroken(verbinding: Connection, staat: _Klaarstaand) -> bool:
    waar = (Geschiedenis.instantie == staat.instantie, Geschiedenis.stap == staat.stap)
    return verbinding.scalar(select(Geschiedenis.uitkomst).where(*waar)) == "afgebroken"


def wachttijden(blok: AnyBouwblok, element: Element) -> tuple[timedelta, ...]:
    """De wachttijden van een bouwblok: die van het blok zelf, of die het model noemt (`wachttijden`: duren met komma's).

    `retries` zegt hoe vaak; de laatste wachttijd geldt zo nodig vaker.
    """
    zeebe = element.zeebe
    eigen = zeebe.eigenschappen.get(WACHTTIJDEN, "")
    tijden = tuple(map(tijdstippen.lengte, eigen.split(","))) if eigen else blok.herhaling.wachttijden
    if not zeebe.herhalingen:
        return tijden
    aantal = int(zeebe.herhalingen)
    return (tijden + (tijden[-1:] or (timedelta(seconds=1),)) * aantal)[:aantal]


def _opdracht(installatie: Installatie, blok: AnyBouwblok, staat: _Klaarstaand) -> Opdracht[Any, Any]:
    return Opdracht(
        installatie=installatie,
        configuratie=blok.lees_configuratie(staat.element.zeebe.koppen),
        invoer=betreden.valideer(blok.Invoer, staat.invoer),
        sleutel=uuid5(staat.instantie, staat.stap.hex),
        moment=staat.begonnen,
        instantie=staat.instantie,
        bedrijfssleutel=staat.bedrijfssleutel,
        definitie=staat.sleutel,
        element=staat.element.id,
        poging=int(staat.inhoud["poging"]),
    )


def _taakopdracht(staat: _Klaarstaand) -> TaakOpdracht:
    inhoud = staat.inhoud
    return TaakOpdracht(
        kenmerk=staat.stap, instantie=staat.instantie, bedrijfssleutel=staat.bedrijfssleutel, definitie=staat.sleutel,
        element=staat.element.id, naam=staat.element.naam or staat.element.id, formulier=inhoud["formulier"],
        toegewezen=inhoud["toegewezen"], groepen=tuple(inhoud["groepen"]), uiterlijk=_tijdstip(inhoud["uiterlijk"]),
        opvolgen=_tijdstip(inhoud["opvolgen"]), prioriteit=inhoud["prioriteit"], invoer=staat.invoer,
        variabelen=staat.variabelen, eigenschappen=inhoud["eigenschappen"],
    )  # fmt: skip


def _tijdstip(tekst: str | None) -> datetime | None:
    return datetime.fromisoformat(tekst) if tekst else None


def _als_variabelen(uitvoer: Gegevens) -> dict[str, Any]:
    """De uitvoer van een bouwblok onder de namen van het model; None telt mee, als null."""
    return {naam: _waarde(deel) for naam, deel in uitvoer.model_dump(mode="python", by_alias=True).items()}


def _waarde(deel: Any) -> Any:
    """Wat FEEL niet kent (uuid, URL, keuze) wordt tekst."""
    waarde = feel.uit_python(deel)
    try:
        feel.naar_json(waarde)
    except TypeError:
        return str(deel)
    return waarde


def _melding(fout: Exception) -> str:
    """Wat er mis ging, zonder de waarden die een schema afkeurde: daar kunnen persoonsgegevens in staan."""
    if isinstance(fout, ValidationError):
        delen = [f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in fout.errors(include_input=False)]
        return f"{fout.title}: {'; '.join(delen)}"
    return f"{type(fout).__name__}: {fout}"


def _is_definitief(fout: Exception) -> bool:
    """Heeft herhalen geen zin?"""
    if isinstance(fout, NietBereikbaar):
        return False
    if isinstance(fout, ApiFout):
        return fout.status not in LATER
    return isinstance(fout, Onherstelbaar | StapFout)
