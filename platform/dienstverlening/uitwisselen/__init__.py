"""Uitwisselen met systemen die taken en aanvragen als object in de Objecten API zetten.

Aan met `OBJECTTYPE_EXTERNE_TAAK` en `OBJECTTYPE_PRODUCTAANVRAAG`. Een notificatie over een object wordt een klanttaak of verzoek bij
ons; wat er met zo'n taak gebeurt komt weer in het object. Met `OBJECTEN_UITSCHRIJVEN` staan ook onze eigen klanttaken en verzoeken
daar. Elke stap is herhaalbaar, en wat al klopt verandert niet: daardoor eindigt de rondgang van meldingen vanzelf.
"""

from collections.abc import Callable, Mapping

from flask import Blueprint, Flask, Response, request

from dienstverlening.uitwisselen import taken, verzoeken
from dienstverlening.uitwisselen.basis import NAMENS, Uitwisseling
from integratie.notificaties.ontvangst import Ontvanger
from integratie.notificaties.schemas import KanaalFilter, Notificatie
from kern.deel import Deel
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from kern.toegang import openbaar
from kern.web import maak_api_app

PAD = "/uitwisselen"
WERK = "uitwisselen.notificatie"
Stap = Callable[[Uitwisseling, str], None]


def maak_app(installatie: Installatie) -> Flask:
    """Alleen een webhook."""
    app = maak_api_app(NAMENS, installatie, import_naam=__name__)
    blauwdruk = Blueprint("webhook", __name__)
    ontvanger = Ontvanger(installatie, NAMENS)

    @blauwdruk.post("/notificaties")
    @openbaar  # de ontvanger toetst de aanmelding die bij het abonnement hoort
    def ontvang() -> Response:
        notificatie = ontvanger.lees(request.headers.get("Authorization"), request.get_data())
        if notificatie is not None and notificatie.kanaal in STAPPEN:
            _leg_vast(installatie, notificatie)
        return Response(status=204)

    app.register_blueprint(blauwdruk)
    return app


def _leg_vast(installatie: Installatie, notificatie: Notificatie) -> None:
    """Zet het werk klaar; over één resource op volgorde."""
    waar = installatie.diensten.naar_opslag(notificatie.resource_url)
    with installatie.db.schrijven() as verbinding:
        plaats(installatie, verbinding, WERK, {"kanaal": notificatie.kanaal, "resource": waar}, sleutel=waar)


def wissel_uit(installatie: Installatie, werk: Werk) -> None:
    """Doe wat bij een notificatie hoort; de stand komt van de bron, niet uit de melding."""
    STAPPEN[werk.inhoud["kanaal"]](Uitwisseling(installatie), installatie.diensten.naar_url(werk.inhoud["resource"]))


def _van_object(uitwisseling: Uitwisseling, url: str) -> None:
    gevonden = uitwisseling.object(url)
    if gevonden is None:
        return
    if uitwisseling.is_type(gevonden.type, uitwisseling.instellingen.objecttype_externe_taak):
        taken.neem_over(uitwisseling, gevonden)
    if uitwisseling.is_type(gevonden.type, uitwisseling.instellingen.objecttype_productaanvraag):
        verzoeken.neem_over(uitwisseling, gevonden)


STAPPEN: Mapping[str, Stap] = {
    "objecten": _van_object,
    "taken": taken.schrijf_uit,
    "verzoeken": verzoeken.schrijf_uit,
}


def abonneer(installatie: Installatie) -> None:
    """Laat de notificaties hier afleveren, als er iets uit te wisselen is."""
    instellingen = installatie.instellingen
    if instellingen.objecttype_externe_taak or instellingen.objecttype_productaanvraag:
        Ontvanger(installatie, NAMENS).abonneer(
            f"{instellingen.adres}{PAD}/notificaties", *(KanaalFilter(naam=naam) for naam in STAPPEN)
        )


def _verwerkers(_installatie: Installatie) -> list[Verwerker]:
    return [Verwerker(WERK, buiten=wissel_uit)]


DEEL = Deel("uitwisselen", "dienstverlening", PAD, maak_app, verwerkers=_verwerkers)
