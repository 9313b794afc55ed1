"""De melding van een betaaldienst: vastleggen, en daarna bij de dienst zelf vragen hoe de betaling afliep."""

from uuid import UUID

import httpx
import structlog
from flask import Blueprint, Response, request

from contracten import BetalingGeweigerd
from contracten.betaling import provider_van, verwerk
from integratie.basis import ApiFout
from integratie.taken import TakenClient
from kern.fouten import Ongeldig, ParamFout
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from kern.toegang import openbaar

BETALING = "processen.betaling"
NAMENS = "processen"

log = structlog.get_logger()


def maak_betalingen(installatie: Installatie) -> Blueprint:
    """De route waar de betaaldienst meldt dat er iets met een betaling gebeurd is."""
    blauwdruk = Blueprint("betalingen", __name__)

    @blauwdruk.post("/betalingen/<uuid:taak>")
    @openbaar  # een melding is geen bewijs: wat telt vragen wij zelf bij de dienst
    def meld(taak: UUID) -> Response:
        """Neem de melding aan; dezelfde nog eens is goed."""
        try:
            nummer = provider_van(installatie).lees_melding(dict(request.headers), request.get_data())
        except ValueError:
            raise Ongeldig(ParamFout("id", "invalid", "Deze melding noemt geen betaling.")) from None
        with installatie.db.schrijven() as verbinding:
            inhoud = {"taak": str(taak), "nummer": nummer[:100]}
            plaats(installatie, verbinding, BETALING, inhoud, sleutel=str(taak))
        return Response(status=200)

    return blauwdruk


def verwerk_melding(installatie: Installatie, werk: Werk) -> None:
    """Vraag de dienst hoe het met de betaling is; is er betaald, dan is de taak uitgevoerd en volgt haar notificatie.

    Een melding kan vals zijn: hoort de betaling niet bij de taak, of is er geen taak, dan is er niets te doen.
    """
    client = TakenClient(installatie, namens=NAMENS)
    try:
        taak = client.klanttaak(f"externetaken/{werk.inhoud['taak']}")
        verwerk(installatie, taak, werk.inhoud["nummer"], namens=NAMENS)
    except BetalingGeweigerd as fout:
        log.warning("melding van een betaling telt niet", taak=werk.inhoud["taak"], reden=str(fout))
    except ApiFout as fout:
        if fout.status != httpx.codes.NOT_FOUND:
            raise
        log.warning("melding van een betaling zonder taak", taak=werk.inhoud["taak"])


def verwerkers() -> list[Verwerker]:
    """Wie het werk doet."""
    return [Verwerker(BETALING, buiten=verwerk_melding)]
