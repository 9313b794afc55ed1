"""Gegevens van één klant in elk register, zoals het platform ze zelf maakt."""

from datetime import timedelta
from typing import Any

from integratie.berichten import BerichtenClient
from integratie.berichten.schemas import BerichtIn
from integratie.klantinteracties import KlantinteractiesClient
from integratie.klantinteracties.client import onderwerp_zaak, verwijs
from integratie.klantinteracties.schemas import (
    AdresVanBetrokkene,
    AfrondenIn,
    AfrondenUit,
    BetrokkeneMetAdressen,
    Contactnaam,
    InterneTaakBasis,
    KlantcontactIn,
)
from integratie.urn import urn_bsn
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekIn, VerzoekTypeIn, VerzoekTypeVersionIn
from integratie.zaken import ZakenClient
from kcc.afdelingen import zet_afdelingen
from kern.installatie import Installatie
from tests.integratie.registraties.typen import Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_zaak, sluit, zet_status


def klanten(installatie: Installatie) -> KlantinteractiesClient:
    return KlantinteractiesClient(installatie, namens="proef")


def maak_zaken(installatie: Installatie, bsn: str, aantal: int = 1) -> list[dict[str, Any]]:
    """Lopende zaken en één afgeronde, met deze persoon als initiator."""
    typen = maak_typen(installatie)
    zaken = ZakenClient(installatie, namens="zaken")
    gemaakt = [maak_zaak(zaken, typen, identificatie=f"ZAAK-{nummer}") for nummer in range(aantal)]
    for zaak in gemaakt:
        zet_status(zaken, zaak["url"], typen.begin)
    oud = maak_zaak(zaken, typen, identificatie="ZAAK-OUD")
    for zaak in (*gemaakt, oud):
        _initiator(zaken, zaak["url"], typen, bsn)
    sluit(zaken, oud["url"], typen)
    return [*gemaakt, oud]


def _initiator(zaken: ZakenClient, zaak: str, typen: Typen, bsn: str) -> None:
    rol = {
        "zaak": zaak,
        "betrokkeneType": "natuurlijk_persoon",
        "roltype": typen.rollen["initiator"],
        "roltoelichting": "aanvrager",
        "betrokkeneIdentificatie": {"inpBsn": bsn, "geslachtsnaam": "De Vries"},
    }
    zaken.vraag("POST", "rollen", json=rol)


def maak_bericht(installatie: Installatie, bsn: str, onderwerp: str, tekst: str, dagen: int = 0) -> None:
    """`dagen`: over hoeveel dagen het bericht uitkomt."""
    uit = installatie.klok.nu() + timedelta(days=dagen)
    bericht = BerichtIn(onderwerp=onderwerp, bericht_tekst=tekst, ontvanger=urn_bsn(bsn), publicatiedatum=uit)
    BerichtenClient(installatie, namens="proef").plaats(bericht, sleutel=onderwerp)


def maak_verzoek(installatie: Installatie, bsn: str) -> None:
    client = VerzoekenClient(installatie, namens="proef")
    versie = VerzoekTypeVersionIn(aanvraag_gegevens_schema={"type": "object"})
    soort = client.zorg_voor_type(VerzoekTypeIn(naam="vergunning-verhuur", omschrijving="Vergunning verhuur"), versie)
    client.dien_in(VerzoekIn(verzoek_type=soort.url, aanvraag_gegevens={}, initiator=urn_bsn(bsn)), sleutel="v")


def maak_contact(installatie: Installatie, bsn: str, onderwerp: str, zaak: str = "", afdeling: str = "") -> AfrondenUit:
    """Een telefoongesprek, met `afdeling` (code) als contactverzoek."""
    client = klanten(installatie)
    partij = client.zorg_voor_partij_bsn(bsn)
    taak = None
    if afdeling:
        zet_afdelingen(installatie, {afdeling: afdeling.capitalize()})
        actor = client.zorg_voor_actor("organisatorische_eenheid", afdeling, afdeling)
        taak = InterneTaakBasis(
            gevraagde_handeling="Bel terug over de tekening",
            status="te_verwerken",
            toegewezen_aan_actoren=[verwijs(actor.uuid)],
        )
    contact = AfrondenIn(
        klantcontact=KlantcontactIn(
            kanaal="telefoon",
            onderwerp=onderwerp,
            taal="nld",
            vertrouwelijk=False,
            indicatie_contact_gelukt=True,
        ),
        betrokkenen=[
            BetrokkeneMetAdressen(
                was_partij=verwijs(partij.uuid),
                rol="klant",
                initiator=True,
                contactnaam=Contactnaam(achternaam="De Vries"),
                digitale_adressen=[AdresVanBetrokkene(adres="+31612345678", soort_digitaal_adres="telefoonnummer")],
            )
        ],
        onderwerpobjecten=[onderwerp_zaak(zaak)] if zaak else [],
        interne_taak=taak,
    )
    return client.registreer_contact(contact, sleutel=f"{bsn}-{onderwerp}")
