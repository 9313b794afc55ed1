"""Intrekken: wie de zaak begon wil haar niet meer. Wat er loopt stopt, en proces `zaak-intrekken` handelt de intrekking af.

Stoppen en beginnen gebeurt in één transactie: er is geen moment waarop de zaak door niets behandeld wordt. Een bezwaar intrekken kan alleen
schriftelijk, of mondeling bij het horen (Awb 6:21).
"""

from typing import Final
from uuid import UUID, uuid5

from flask import Blueprint, Response

from integratie.clients import Clients
from integratie.intrekken import waarom_niet
from integratie.processen.schemas import IntrekkingIn
from integratie.termijnen.schemas import KlokDetailUit
from integratie.zaken.schemas import ZaakUit
from kern.fouten import Ongeldig, ParamFout
from kern.installatie import Installatie
from kern.toegang import voor_machine
from kit.antwoord import Antwoord
from kit.app import lees_json
from kit.schema import valideer
from processen.api.basis import eis
from processen.motor import Motor, NietGevonden, overzicht
from processen.motor.overzicht import Zoeken
from processen.zaakafhandeling.acties import zaak_van

NAMENS = "processen"
PROCES: Final = "zaak-intrekken"
MEESTE = 100
MONDELING = ("balie", "telefoon")
TEKSTEN = {
    "afgesloten": "Deze zaak is al afgesloten.",
    "besloten": "Op deze zaak is al beslist.",
    "niet-mogelijk": "Bij dit soort zaak is intrekken niet ingericht: het zaaktype heeft geen resultaat Ingetrokken.",
    "vorm": "Een bezwaar intrekken kan alleen schriftelijk, of mondeling bij het horen (Awb 6:21).",
    "ontvangen": "Deze dag ligt voor het begin van de zaak, of in de toekomst.",
}


def maak_intrekkingen(installatie: Installatie, motor: Motor) -> Blueprint:
    """De route om in te trekken."""
    blauwdruk = Blueprint("intrekkingen", __name__)

    @blauwdruk.post("/intrekkingen")
    @voor_machine(aanmelding="token")
    def trek_in() -> Response:
        """Leg een intrekking vast; van een zaak is er hoogstens één."""
        eis("instanties.beheren")
        intrekking = valideer(IntrekkingIn, lees_json())
        if isinstance(intrekking, list):
            raise Ongeldig(*intrekking)
        if not isinstance(intrekking, IntrekkingIn):
            raise TypeError("valideer gaf een ander schema")
        return Antwoord.json({"procesinstantie": str(_trek_in(installatie, motor, intrekking))}, 201).response()

    return blauwdruk


def _trek_in(installatie: Installatie, motor: Motor, intrekking: IntrekkingIn) -> UUID:
    bron = Clients(installatie, namens=NAMENS)
    zaak = zaak_van(installatie, intrekking.zaak)
    klok = bron.termijnen.klok(zaak.url)
    code = waarom_niet(bron, zaak.url, zaak.zaaktype, zaak.einddatum) or _vormfout(installatie, zaak, klok, intrekking)
    if code:
        raise Ongeldig(ParamFout("zaak", code, TEKSTEN[code]))
    variabelen = {
        "zaak": zaak.url, "zaaknummer": zaak.identificatie, "hoe": intrekking.hoe, "ontvangen": intrekking.ontvangen,
        "reden": intrekking.reden, "door": intrekking.door, "grondslag": "Awb 6:21" if _is_bezwaar(klok) else "",
    }  # fmt: skip
    try:
        return _wissel(installatie, motor, zaak, variabelen, intrekking.door or "inwoner")
    except NietGevonden:
        raise Ongeldig(ParamFout("zaak", "niet-mogelijk", f"Het proces {PROCES} is niet neergezet.")) from None


def _wissel(installatie: Installatie, motor: Motor, zaak: ZaakUit, variabelen: dict[str, object], door: str) -> UUID:
    """Breek af wat er op de zaak loopt en begin de intrekking; liep die al, dan die."""
    with installatie.db.schrijven() as verbinding:
        lopend, _ = overzicht.zoek(verbinding, Zoeken(zaak=zaak.url, staat="loopt"), 0, MEESTE)
        for instantie in lopend:
            if instantie.sleutel != PROCES:
                motor.breek_af(verbinding, instantie.id, door=door)
        return motor.start(verbinding, str(uuid5(zaak.uuid, PROCES)), PROCES, variabelen)


def _vormfout(installatie: Installatie, zaak: ZaakUit, klok: KlokDetailUit | None, intrekking: IntrekkingIn) -> str:
    if not zaak.startdatum <= intrekking.ontvangen <= installatie.klok.vandaag():
        return "ontvangen"
    return "vorm" if _is_bezwaar(klok) and intrekking.hoe in MONDELING else ""


def _is_bezwaar(klok: KlokDetailUit | None) -> bool:
    return klok is not None and klok.soort.startswith("bezwaar")
