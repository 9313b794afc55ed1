"""De ontvanger van notificaties: vastleggen en meteen antwoorden; het werk gebeurt daarna."""

from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Response, request

from integratie.notificaties.ontvangst import Ontvanger
from integratie.notificaties.schemas import KanaalFilter, Notificatie
from kern.installatie import Installatie
from kern.outbox import plaats
from kern.toegang import openbaar
from processen.termijnen.werk import NOTIFICATIE as KLOK

ONDERDEEL = "processen"
NOTIFICATIE = "processen.notificatie"
VERZENDREGELS = "verzenden.regels"
KANALEN = ("verzoeken", "taken", "medewerkertaken", "zaken")


def maak_webhook(installatie: Installatie) -> Blueprint:
    """De route waar het abonnement van dit onderdeel naartoe wijst."""
    blauwdruk = Blueprint("webhook", __name__)
    ontvanger = Ontvanger(installatie, ONDERDEEL)

    @blauwdruk.post("/notificaties")
    @openbaar  # de ontvanger toetst de aanmelding die bij het abonnement hoort
    def ontvang() -> Response:
        """Neem een notificatie aan; dezelfde nog eens is goed, want het gevolg is op zichzelf herhaalbaar."""
        notificatie = ontvanger.lees(request.headers.get("Authorization"), request.get_data())
        if notificatie is not None and notificatie.kanaal in KANALEN:
            leg_vast(installatie, notificatie)
        return Response(status=204)

    return blauwdruk


def zorg_voor_abonnement(installatie: Installatie) -> None:
    """Zorg dat de Notificaties API alle kanalen van de zaakafhandeling hier aflevert; herhalen verandert niets."""
    callback = f"{installatie.diensten[ONDERDEEL].basis}/notificaties"
    Ontvanger(installatie, ONDERDEEL).abonneer(callback, *(KanaalFilter(naam=naam) for naam in KANALEN))


def leg_vast(installatie: Installatie, notificatie: Notificatie) -> None:
    """Zet het werk klaar; verwijzingen als dienst:pad, zodat een verhuizing onderweg geen kwaad kan."""
    naar_opslag = installatie.diensten.naar_opslag
    hoofd_object, resource_url = naar_opslag(notificatie.hoofd_object), naar_opslag(notificatie.resource_url)
    inhoud = {
        "id": str(uuid5(NAMESPACE_URL, f"{resource_url}|{notificatie.actie}|{notificatie.aanmaakdatum.isoformat()}")),
        "kanaal": notificatie.kanaal,
        "actie": notificatie.actie,
        "resource": notificatie.resource,
        "hoofd_object": hoofd_object,
        "resource_url": resource_url,
    }
    with installatie.db.schrijven() as verbinding:
        plaats(installatie, verbinding, NOTIFICATIE, inhoud, sleutel=hoofd_object)
        plaats(installatie, verbinding, VERZENDREGELS, inhoud, sleutel=hoofd_object)
        if _raakt_klok(notificatie):
            plaats(installatie, verbinding, KLOK, inhoud, sleutel=hoofd_object)


def _raakt_klok(notificatie: Notificatie) -> bool:
    """Een nieuwe status kan de zaak afsluiten; van een vernietigde zaak gaat het grootboek weg."""
    nieuw = (notificatie.resource, notificatie.actie)
    return notificatie.kanaal == "zaken" and nieuw in (("status", "create"), ("zaak", "destroy"))
