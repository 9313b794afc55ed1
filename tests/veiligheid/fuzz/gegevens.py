"""Iets in elke registratie, zodat een willekeurig verzoek ergens op stuit."""

from integratie.besluiten import BesluitenClient
from integratie.documenten import DocumentenClient
from integratie.klantinteracties import KlantinteractiesClient
from integratie.notificaties import NotificatiesClient
from integratie.notificaties.schemas import KanaalIn
from integratie.verzoeken import VerzoekenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.klantinteracties.hulp import actor, adres, contact, persoon
from tests.integratie.registraties.typen import RSIN, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, zet_resultaat, zet_status
from tests.reishulp import CORPORATIE, Gemeente

VERGUNNING = "toeristische-verhuur-vergunning"


def vul(gemeente: Gemeente, nummer: int) -> None:
    """Nieuwe typen met een zaak, een aanvraag die loopt (zaak, taken, berichten, klok, proces), en een inwoner met een contact."""
    _vul_zaken(gemeente.installatie, nummer)
    if VerzoekenClient(gemeente.installatie, namens="formulieren").verzoektype(VERGUNNING) is None:
        gemeente.richt_in()  # een willekeurig verzoek haalde het verzoektype weg
    gemeente.dien_in(VERGUNNING, CORPORATIE)
    gemeente.werk()
    klanten = KlantinteractiesClient(gemeente.installatie, namens="kcc")
    adres(klanten, persoon(klanten))
    contact(klanten)
    actor(klanten)


def _vul_zaken(installatie: Installatie, nummer: int) -> None:
    """Een zaak met onderdelen, een document en een besluit."""
    typen = maak_typen(installatie, f"FUZZ-{nummer}")
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
    NotificatiesClient(installatie, namens="notificaties").zet_kanalen([KanaalIn(naam=f"fuzz{nummer}", filters=["a"])])
