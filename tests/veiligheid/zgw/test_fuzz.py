"""Willekeurige verzoeken naar de zes ZGW-API's."""

from functools import partial
from itertools import count

import httpx
import pytest

from integratie.besluiten import BesluitenClient
from integratie.documenten import DocumentenClient
from integratie.notificaties import NotificatiesClient
from integratie.notificaties.schemas import KanaalIn
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.machines import Ondertekening
from tests.integratie.registraties.typen import RSIN, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, zet_resultaat, zet_status
from tests.veiligheid.fuzz import DELEN, beproef

APIS = ("zaken", "catalogi", "documenten", "besluiten", "autorisaties", "notificaties")


def vul(installatie: Installatie, nummers: "count[int]") -> None:
    """Een zaak met onderdelen, een document en een besluit, zodat er iets is om op te stuiten."""
    typen = maak_typen(installatie, f"FUZZ-{next(nummers)}")
    zaken = ZakenClient(installatie, namens="zaken")
    zaak = maak_zaak(zaken, typen)["url"]
    zaken.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))
    zet_status(zaken, zaak, typen.begin)
    zet_resultaat(zaken, zaak, typen.resultaattype)
    zaken.vraag("POST", f"{zaak}/zaakeigenschappen", json={"eigenschap": typen.eigenschap, "waarde": "20260105"})
    document = maak_document(installatie, typen.informatieobjecttype)
    zaken.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document})
    rechten = {"informatieobject": document, "startdatum": "2026-01-05T00:00:00Z", "omschrijvingVoorwaarden": "Vrij"}
    DocumentenClient(installatie, namens="documenten").vraag("POST", "gebruiksrechten", json=rechten)
    invoer = {"besluittype": typen.besluittype, "zaak": zaak, "datum": "2026-01-06", "ingangsdatum": "2026-01-07"}
    client = BesluitenClient(installatie, namens="besluiten")
    client.vraag("POST", "besluiten", json={"verantwoordelijkeOrganisatie": RSIN, **invoer})
    NotificatiesClient(installatie, namens="notificaties").zet_kanalen([KanaalIn(naam="fuzz", filters=["a"])])


def koppen(installatie: Installatie, api: str) -> dict[str, str]:
    """De aanmelding van een onderdeel dat alles mag, en het coördinatenstelsel."""
    verzoek = httpx.Request("GET", installatie.instellingen.adres)
    getekend = next(Ondertekening(installatie, installatie.diensten[api], api).auth_flow(verzoek))
    crs = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
    return {"Authorization": getekend.headers["Authorization"], **crs}


@pytest.mark.traag
@pytest.mark.parametrize("deel", range(DELEN))
@pytest.mark.parametrize("api", APIS)
def test_willekeurige_verzoeken(installatie: Installatie, api: str, deel: int) -> None:
    beproef(installatie, api, koppen(installatie, api), deel, partial(vul, installatie, count()))
