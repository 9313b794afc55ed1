"""Acties op een zaak: een proces uit een pakket dat een medewerker zelf start, zoals een controle achteraf."""

from typing import Any
from uuid import UUID

import httpx
from flask import Blueprint, Response

from integratie.basis import ApiFout
from integratie.processen.schemas import ActieIn
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import ZaakUit
from kern.fouten import Ongeldig, ParamFout
from kern.installatie import Installatie
from kern.toegang import voor_machine
from kit.antwoord import Antwoord
from kit.app import lees_json
from kit.schema import valideer
from processen.api.basis import eis
from processen.motor import Motor, NietGevonden
from processen.motor.gebeurtenissen import als_variabelen

NAMENS = "processen"


def maak_acties(installatie: Installatie, motor: Motor) -> Blueprint:
    """De route om een actie te starten."""
    blauwdruk = Blueprint("acties", __name__)

    @blauwdruk.post("/acties")
    @voor_machine(aanmelding="token")
    def start() -> Response:
        """Start het proces op de zaak; met hetzelfde uuid nog eens is dat dezelfde actie."""
        eis("instanties.beheren")
        actie = valideer(ActieIn, lees_json())
        if isinstance(actie, list):
            raise Ongeldig(*actie)
        if not isinstance(actie, ActieIn):
            raise TypeError("valideer gaf een ander schema")
        return Antwoord.json({"procesinstantie": str(_start(installatie, motor, actie))}, 201).response()

    return blauwdruk


def _start(installatie: Installatie, motor: Motor, actie: ActieIn) -> UUID:
    zaak = zaak_van(installatie, actie.zaak)
    variabelen = {**_gegevens(actie), "zaak": zaak.url, "zaaknummer": zaak.identificatie}
    try:
        with installatie.db.schrijven() as verbinding:
            return motor.start(verbinding, str(actie.uuid), actie.proces, variabelen)
    except NietGevonden:
        raise Ongeldig(ParamFout("proces", "does_not_exist", "Dit proces is niet neergezet.")) from None


def _gegevens(actie: ActieIn) -> dict[str, Any]:
    try:
        return als_variabelen(actie.gegevens)
    except (ValueError, TypeError, KeyError):
        raise Ongeldig(ParamFout("gegevens", "invalid", "Hierin staat een waarde die FEEL niet kent.")) from None


def zaak_van(installatie: Installatie, url: str) -> ZaakUit:
    """De zaak; 400 als dit geen adres van een zaak is of zij er niet is. Een adres van een ander wordt niet bezocht."""
    client = ZakenClient(installatie, namens=NAMENS)
    try:
        if installatie.diensten.naar_opslag(url).startswith("zaken:zaken/"):
            return client.zaak(url)
    except ApiFout as fout:
        if fout.status >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise
    raise Ongeldig(ParamFout("zaak", "bad-url", "Dit is geen zaak."))
