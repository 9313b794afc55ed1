"""Zaken maken en afhandelen in tests."""

from datetime import datetime
from typing import Any

from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.typen import RSIN, Typen

START = "2026-01-05"
BSN = "999990639"  # verzonnen, voldoet aan de elfproef


def zaak_json(typen: Typen, **velden: Any) -> dict[str, Any]:
    """Een zaak met alleen wat verplicht is."""
    return {
        "bronorganisatie": RSIN,
        "zaaktype": typen.zaaktype,
        "verantwoordelijkeOrganisatie": RSIN,
        "startdatum": START,
        **velden,
    }


def maak_zaak(client: ZakenClient, typen: Typen, **velden: Any) -> dict[str, Any]:
    """De weergave van een nieuwe zaak."""
    zaak: dict[str, Any] = client.vraag("POST", "zaken", json=zaak_json(typen, **velden))
    return zaak


def zet_status(
    client: ZakenClient, zaak: str, statustype: str, gezet: datetime | str = "2026-01-06T09:00:00+01:00"
) -> dict[str, Any]:
    """Een status op een tijdstip."""
    tijdstip = gezet if isinstance(gezet, str) else gezet.isoformat()
    json = {"zaak": zaak, "statustype": statustype, "datumStatusGezet": tijdstip}
    status: dict[str, Any] = client.vraag("POST", "statussen", json=json)
    return status


def zet_resultaat(client: ZakenClient, zaak: str, resultaattype: str) -> str:
    """De URL van het resultaat."""
    return str(client.vraag("POST", "resultaten", json={"zaak": zaak, "resultaattype": resultaattype})["url"])


def sluit(client: ZakenClient, zaak: str, typen: Typen, gezet: str = "2026-01-07T09:00:00+01:00") -> None:
    """Resultaat en eindstatus."""
    zet_resultaat(client, zaak, typen.resultaattype)
    zet_status(client, zaak, typen.eind, gezet)


def rol_json(zaak: str, roltype: str, **velden: Any) -> dict[str, Any]:
    """Een natuurlijk persoon in een rol."""
    return {
        "zaak": zaak,
        "betrokkeneType": "natuurlijk_persoon",
        "roltype": roltype,
        "roltoelichting": "aanvrager",
        "betrokkeneIdentificatie": {"inpBsn": BSN},
        **velden,
    }


def maak_document(installatie: Installatie, informatieobjecttype: str, **velden: Any) -> str:
    """De URL van een document met inhoud."""
    json = {
        "bronorganisatie": RSIN,
        "creatiedatum": START,
        "titel": "Aanvraag",
        "auteur": "Jan",
        "taal": "nld",
        "informatieobjecttype": informatieobjecttype,
        "indicatieGebruiksrecht": False,
        "inhoud": "aGFsbG8=",
        "bestandsomvang": 5,
        **velden,
    }
    client = DocumentenClient(installatie, namens="documenten")
    return str(client.vraag("POST", "enkelvoudiginformatieobjecten", json=json)["url"])
