"""De ontvangstbevestiging van een verzoek (Awb 4:3a), voor de bouwblokken die een verzoek bij een zaak brengen."""

from typing import Any, Literal

from pydantic import Field

from contracten import Gegevens, Opdracht
from integratie.processen import ProcessenClient
from integratie.processen.ontvangst import bevestiging_van
from integratie.verzoeken.schemas import VerzoekUit
from integratie.zaken.rollen import initiator_van, urn_van_rol
from plugins.hulp import clients


class BevestigKeuze(Gegevens):
    bevestiging: Literal["platform", "proces"] = Field(
        "platform",
        title="Ontvangstbevestiging",
        description="Wie haar stuurt: het platform meteen, met de kopie, of het proces zelf met een eigen tekst (Awb 4:3a).",
    )


def bevestig(opdracht: Opdracht[Any, Any], zaak: str, verzoek: VerzoekUit) -> None:
    """Zet de ontvangstbevestiging klaar; nog eens verandert niets. Wie anoniem meldde is niet te bereiken, en wie de zaak van een ander
    noemt krijgt niets in diens naam verstuurd.
    """
    rol = initiator_van(clients(opdracht).zaken, zaak)
    if opdracht.configuratie.bevestiging == "proces" or rol is None or verzoek.initiator not in ("", urn_van_rol(rol)):
        return
    zending = bevestiging_van(opdracht.installatie, opdracht.namens, zaak, verzoek)
    ProcessenClient(opdracht.installatie, namens=opdracht.namens).verstuur(zending)
