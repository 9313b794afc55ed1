"""Een andere installatie, gevuld en draaiend als eigen proces: de bron van een import."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dienstverlening.applicatie import bewaar_geheim, zet_rechten
from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.typen import RSIN, Typen, maak_typen, zaaktype_invoer
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, sluit, zet_status
from tests.integratie.wissel.opstelling import GEHEIM, webproces

CLIENT = "importeur"
LOSSE_ZAKEN = 7
VERSIES = (b"eerste", b"eerste", b"derde versie")


def vul(installatie: Installatie) -> Typen:
    """Van elke soort iets, met een geschiedenis."""
    bewaar_geheim(installatie, CLIENT, GEHEIM)
    zet_rechten(installatie, CLIENT, [])
    deel = maak_typen(installatie, "DEEL")
    typen = maak_typen(installatie, deelzaaktypen=["DEEL"], gerelateerde_zaaktypen=[_vervolg()])
    client = CatalogiClient(installatie, namens="catalogi")
    client.vraag("POST", "zaaktypen", json=zaaktype_invoer(typen.catalogus, "CONCEPT"))
    zrc = ZakenClient(installatie, namens="zaken", gebruiker="jan", weergave="Jan Jansen")
    document = _document(installatie, typen)
    zaak = _zaak(zrc, typen, document)
    maak_zaak(zrc, deel, identificatie="DEELZAAK", hoofdzaak=zaak)
    _besluit(installatie, typen, zaak, document)
    gesloten = maak_zaak(zrc, typen, identificatie="DICHT", relevanteAndereZaken=[_relatie(zaak)])["url"]
    sluit(zrc, gesloten, typen)
    for nummer in range(LOSSE_ZAKEN):
        maak_zaak(zrc, typen, identificatie=f"LOS-{nummer}")
    return typen


def _vervolg() -> dict[str, str]:
    return {"zaaktype": "DEEL", "aardRelatie": "vervolg", "toelichting": "Daarna"}


def _relatie(zaak: str) -> dict[str, str]:
    return {"url": zaak, "aardRelatie": "overig", "overigeRelatie": "buur", "toelichting": "Naast elkaar"}


def _document(installatie: Installatie, typen: Typen) -> str:
    """Drie versies, waarvan twee met dezelfde inhoud; met gebruiksrechten en een verzending."""
    client = DocumentenClient(installatie, namens="documenten")
    url = maak_document(installatie, typen.informatieobjecttype, **_inhoud(VERSIES[0]))
    lock = client.vergrendel(url)
    client.wijzig_document(url, lock, titel="Beter")
    client.wijzig_document(url, lock, **_inhoud(VERSIES[2]))
    client.ontgrendel(url, lock)
    client.vraag(
        "POST",
        "gebruiksrechten",
        json={"informatieobject": url, "startdatum": "2026-01-05T00:00:00Z", "omschrijvingVoorwaarden": "Vrij"},
    )
    client.vraag(
        "POST",
        "verzendingen",
        json={
            "informatieobject": url,
            "betrokkene": "https://personen.example/1",
            "aardRelatie": "geadresseerde",
            "contactPersoon": "https://personen.example/2",
            "emailadres": "iemand@voorbeeld.nl",
        },
    )
    return url


def _inhoud(tekst: bytes) -> dict[str, Any]:
    return {"inhoud": b64encode(tekst).decode(), "bestandsomvang": len(tekst)}


def _zaak(zrc: ZakenClient, typen: Typen, document: str) -> str:
    """Een zaak met elk soort onderdeel."""
    zaak: str = maak_zaak(zrc, typen, identificatie="HOOFD", kenmerken=[{"kenmerk": "K1", "bron": "oud"}])["url"]
    rol = zrc.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))["url"]
    status = zet_status(zrc, zaak, typen.begin)["url"]
    json = {"statustype": typen.midden, "datumStatusGezet": "2026-01-06T12:00:00Z", "gezetdoor": rol}
    zrc.vraag("POST", "statussen", json={"zaak": zaak, **json})
    zrc.vraag("POST", f"{zaak}/zaakeigenschappen", json={"eigenschap": typen.eigenschap, "waarde": "20260105"})
    zrc.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document, "status": status})
    persoon = {"objectType": "natuurlijk_persoon", "betrokkeneIdentificatie": {"inpBsn": "999990639"}}
    zrc.vraag("POST", "zaakobjecten", json={"zaak": zaak, **persoon})
    boom = {
        "objectType": "overige",
        "objectTypeOverige": "boom",
        "objectIdentificatie": {"overigeData": {"soort": "eik"}},
    }
    zrc.vraag("POST", "zaakobjecten", json={"zaak": zaak, **boom})
    zrc.vraag("POST", "klantcontacten", json={"zaak": zaak, "datumtijd": "2026-01-06T10:00:00Z", "kanaal": "balie"})
    zrc.vraag("POST", "substatussen", json={"zaak": zaak, "omschrijving": "Wacht", "tijdstip": "2026-01-06T13:00:00Z"})
    zrc.vraag("POST", "zaaknotities", json={"gerelateerdAan": zaak, "onderwerp": "Let op", "tekst": "Bel eerst."})
    zrc.wijzig_zaak(zaak, toelichting="Aangevuld")
    return zaak


def _besluit(installatie: Installatie, typen: Typen, zaak: str, document: str) -> None:
    client = BesluitenClient(installatie, namens="besluiten")
    invoer = {"besluittype": typen.besluittype, "zaak": zaak, "datum": "2026-01-06", "ingangsdatum": "2026-01-07"}
    besluit = client.vraag("POST", "besluiten", json={"verantwoordelijkeOrganisatie": RSIN, **invoer})["url"]
    client.vraag("POST", "besluitinformatieobjecten", json={"besluit": besluit, "informatieobject": document})


@contextmanager
def draaiend(installatie: Installatie) -> Iterator[str]:
    """Het adres van een webproces op deze installatie."""
    with webproces(installatie.instellingen):
        yield installatie.instellingen.adres
