"""Van elke soort iets in Klantinteracties, Contactgegevens, Objecten, Producttypen en Producten: wat een import over moet nemen."""

import hashlib
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from integratie.contactgegevens import ContactgegevensClient
from integratie.contactgegevens.schemas import OrganisatieIn, PersoonIn
from integratie.klantinteracties import KlantinteractiesClient
from integratie.objecten import ObjectenClient
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn
from integratie.producten import ProductenClient
from integratie.producttypen import ProducttypenClient
from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from tests.integratie.registraties.klantinteracties import hulp as klant
from tests.integratie.registraties.objecten.hulp import SCHEMA, object_
from tests.integratie.registraties.producten.hulp import Catalogus

TOKEN = "importeur.geheim"
AANTAL = 7
TYPE = UUID("00000000-0000-4000-8000-00000000aaaa")


def geef_leesrecht(installatie: Installatie) -> None:
    """Een token dat alles mag lezen."""
    rij = {"soort": "token", "client_id": "importeur", "geheim": hashlib.sha256(TOKEN.encode()).digest()}
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Toegangssleutel).values(**rij, rechten={"*": "lezen"}))


def vul_klanten(installatie: Installatie) -> None:
    """Partijen die naar elkaar verwijzen, met een contact waar alles aan hangt."""
    k = KlantinteractiesClient(installatie, namens="kcc")
    bedrijf = klant.organisatie(k)
    van = {"werkteVoorPartij": {"uuid": bedrijf["uuid"]}, "contactnaam": {"voornaam": "Ria", "achternaam": "Wit"}}
    klant.persoon(k, soortPartij="contactpersoon", partijIdentificatie=van)
    ria = klant.persoon(k, partijIdentificatoren=[{"partijIdentificator": klant.nummer()}], voorkeurstaal="nld")
    kvk = klant.maak(k, "partij-identificatoren", identificeerdePartij={"uuid": bedrijf["uuid"]},
                     partijIdentificator=klant.nummer("kvk_nummer", klant.KVK))  # fmt: skip
    klant.maak(k, "partij-identificatoren", subIdentificatorVan={"uuid": kvk["uuid"]},
               partijIdentificator=klant.nummer("vestigingsnummer", klant.VESTIGING))  # fmt: skip
    voorkeur = klant.adres(k, ria, isStandaardAdres=True)
    k.vraag("PATCH", ria["url"], json={"voorkeursDigitaalAdres": {"uuid": voorkeur["uuid"]}})
    klant.maak(k, "rekeningnummers", partij={"uuid": ria["uuid"]}, iban="NL00PROE0000000001")
    soort = klant.maak(k, "categorieen", naam="Ondernemer")
    klant.maak(k, "categorie-relaties", partij={"uuid": ria["uuid"]}, categorie={"uuid": soort["uuid"]})
    klant.maak(k, "vertegenwoordigingen", vertegenwoordigendePartij={"uuid": ria["uuid"]},
               vertegenwoordigdePartij={"uuid": bedrijf["uuid"]})  # fmt: skip
    _contacten(k, ria["uuid"])
    gegevens = ContactgegevensClient(installatie, namens="kcc")
    gegevens.maak_persoon(PersoonIn(geboortedatum=date(1980, 5, 17), geslachtsnaam="Wit"))
    gegevens.maak_organisatie(OrganisatieIn(handelsnaam="Bakkerij"))


def _contacten(k: KlantinteractiesClient, partij: str) -> None:
    eenheid = klant.actor(k, actorIdentificatie={"omschrijving": "Vergunningen", "emailadres": "v@voorbeeld.nl"})
    medewerker = klant.actor(k, "Jan", soortActor="medewerker", actorIdentificatie={"functie": "KCC"})
    for nummer in range(AANTAL):
        contact = klant.contact(k, onderwerp=f"Vraag {nummer}", metadata={"bron": "oud"})
        hier = {"uuid": contact["uuid"]}
        wie = klant.maak(
            k, "betrokkenen", hadKlantcontact=hier, wasPartij={"uuid": partij}, rol="klant", initiator=True
        )
        klant.adres(k, verstrektDoorBetrokkene={"uuid": wie["uuid"]}, adres=f"klant{nummer}@voorbeeld.nl")
        klant.maak(k, "onderwerpobjecten", klantcontact=hier, onderwerpobjectidentificator={"objectId": f"Z{nummer}"})
    klant.maak(k, "bijlagen", wasBijlageVanKlantcontact=hier, bijlageidentificator={"objectId": "D1"})
    klant.maak(k, "actorklantcontacten", klantcontact=hier, actor={"uuid": medewerker["uuid"]})
    klant.maak(k, "internetaken", aanleidinggevendKlantcontact=hier, gevraagdeHandeling="Bel", status="te_verwerken",
               toegewezenAanActoren=[{"uuid": medewerker["uuid"]}, {"uuid": eenheid["uuid"]}])  # fmt: skip


def vul_objecten(installatie: Installatie) -> None:
    """Twee objecttypen, een met een concept, en objecten met een wijziging en een correctie."""
    typen, objecten = (
        ObjecttypenClient(installatie, namens="modelleren"),
        ObjectenClient(installatie, namens="modelleren"),
    )
    type_ = ObjectTypeIn(uuid=TYPE, name="boom", name_plural="bomen", indexed_paths=["naam"])
    boom, _ = typen.zorg_voor_type(type_, SCHEMA)
    typen.vraag("POST", f"{boom.url}/versions", json={"status": "draft", "jsonSchema": {"type": "object"}})
    typen.zorg_voor_type(ObjectTypeIn(uuid=uuid4(), name="bank", name_plural="banken"), SCHEMA)
    vandaag = installatie.klok.vandaag()
    for nummer in range(AANTAL):
        gemaakt = objecten.maak_object(object_(boom, vandaag - timedelta(days=9), nr=nummer), sleutel=f"o{nummer}")
    plek = {"type": "Point", "coordinates": [5.1, 52.1]}
    for record in (
        {"data": {"naam": "beuk"}, "startAt": f"{vandaag - timedelta(days=2)}", "geometry": plek},
        {"data": {"naam": "berk"}, "startAt": f"{vandaag - timedelta(days=2)}", "correctionFor": 2},
    ):
        objecten.vraag("PATCH", gemaakt.url, json={"record": record})


def vul_producten(installatie: Installatie) -> None:
    """Een catalogus met alles wat bij een producttype kan horen, en producten daaruit."""
    client = ProducttypenClient(installatie, namens="catalogus")
    c = Catalogus(client)
    c.maak("uniformeproductnamen", naam="parkeervergunning", uri="http://standaarden.overheid.nl/x", sdg=["C1"])
    c.maak("dmnconfigs", naam="regels", tabel_endpoint="https://dmn.example/tabellen")
    c.maak("synoniemen", woorden=["auto", "wagen"])
    c.maak("schemas", naam="kenteken", schema={"type": "object"})
    hoofd = c.thema("Vervoer", gepubliceerd=True)
    thema = c.thema("Parkeren", gepubliceerd=True, hoofd_thema=hoofd["uuid"])
    plek, balie = c.maak("locaties", naam="Stadhuis"), c.maak("organisaties", naam="Balie", code="BALIE")
    wie = c.maak("contacten", naam="Ria", organisatie_uuid=balie["uuid"])
    soort = c.type(
        "PV", doelgroep="burgers", uniforme_product_naam="parkeervergunning", thema_uuids=[thema["uuid"]],
        locatie_uuids=[plek["uuid"]], contact_uuids=[wie["uuid"]], verbruiksobject_schema_naam="kenteken",
        toegestane_statussen=["gereed", "actief", "verlopen"], keywords=["auto"], externe_codes=[{"naam": "oud", "code": "1"}],
        publicatie_start_datum=str(installatie.klok.vandaag()),
    )  # fmt: skip
    client.vraag("PUT", f"producttypen/{soort['uuid']}/vertaling/en", json={"naam": "Parking", "samenvatting": "Park"})
    hier = {"producttype_uuid": soort["uuid"]}
    tekst = c.maak("content", **hier, content="Bij de balie", labels=["aanpak"])
    client.vraag("PUT", f"content/{tekst['uuid']}/vertaling/en", json={"content": "At the desk"})
    c.maak("content", thema_uuid=thema["uuid"], content="Over parkeren")
    c.maak("prijzen", **hier, actief_vanaf="2026-01-01", prijsopties=[{"bedrag": "12.50", "beschrijving": "Per jaar"}])
    tabel = {"dmn_tabel_id": "prijs", "tabel_endpoint": "https://dmn.example/tabellen"}
    c.maak("prijzen", **hier, actief_vanaf="2027-01-01", prijsregels=[{"beschrijving": "Op gewicht", **tabel}])
    c.maak("links", **hier, naam="Uitleg", url="https://voorbeeld.nl/uitleg")
    c.maak("acties", **hier, naam="Aanvragen", direct_url="https://voorbeeld.nl/aanvragen")
    c.maak("acties", **hier, naam="Bepalen", **tabel)
    client._http.post(
        client.url("bestanden"), data=hier, files={"bestand": ("folder.pdf", b"%PDF-1")}, auth=client._auth
    )
    _producten(installatie, soort["uuid"])


def _producten(installatie: Installatie, soort: str) -> None:
    morgen = installatie.klok.vandaag() + timedelta(days=1)
    for nummer in range(AANTAL):
        velden: dict[str, Any] = {
            "producttype_uuid": soort,
            "naam": f"Vergunning {nummer}",
            "prijs": "12.50",
            "status": "gereed",
        }
        velden |= {"eigenaren": [{"bsn": klant.BSN}], "zaken": [{"url": "https://zaken.example/1"}]}
        velden |= {"verbruiksobject": {"kenteken": f"XX-{nummer}"}, "start_datum": str(morgen)}
        ProductenClient(installatie, namens="balie").vraag("POST", "producten", json=velden)
