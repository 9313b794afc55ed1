"""Documenten, besluiten, klanttaken, klanten, objecten, producten en notificaties."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from contracten import BpmnFout, Onherstelbaar
from integratie.besluiten import BesluitenClient
from integratie.documenten import DocumentenClient
from integratie.klantinteracties import KlantinteractiesClient
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn
from integratie.producten import ProductenClient
from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakIn
from kern.termijnen import erbij
from tests.integratie.plugins.proef import Proef
from tests.integratie.plugins.test_bouwblokken import BESLUIT

TYPE = "Bijlage bij verzoek"
PRODUCT = "toeristische-verhuur-vergunning"
DAG = timedelta(days=1)


def test_document_opslaan_lezen_en_ontkoppelen(proef: Proef) -> None:
    zaak = proef.zaak().url
    keuze = {"documenttype": TYPE, "formaat": "application/json"}
    document = proef.voer_uit(
        "documenten.opslaan", keuze, zaak=zaak, titel="Meting", gegevens={"db": 55, "wie": "x"}
    ).document
    gelezen = proef.voer_uit("documenten.lezen", {"velden": "db"}, document=document)
    assert (gelezen.titel, gelezen.formaat, gelezen.waarden) == ("Meting", "application/json", {"db": 55})
    tekst = proef.voer_uit(
        "documenten.opslaan", {"documenttype": TYPE}, zaak=zaak, titel="Memo", inhoud="Hallo"
    ).document
    client = DocumentenClient(proef.gemeente.installatie, namens="processen")
    assert b"".join(client.inhoud(client.document(tekst))) == b"Hallo"
    proef.voer_uit("documenten.ontkoppelen", zaak=zaak, document=document)
    assert [koppeling.informatieobject for koppeling in proef.gemeente.zaken.documenten(zaak)] == [tekst]


def test_besluit_wijzigen_en_intrekken(proef: Proef) -> None:
    zaak = proef.zaak()
    besluit = proef.voer_uit("besluiten.vastleggen", BESLUIT, zaak=zaak.url, toelichting="Het mag.").besluit
    vandaag = proef.gemeente.installatie.klok.vandaag()
    proef.voer_uit("besluiten.wijzigen", besluit=besluit, toelichting="Het mag nu.", vervaldatum=vandaag + 30 * DAG)
    client = BesluitenClient(proef.gemeente.installatie, namens="processen")
    nu = client.besluit(besluit)
    assert (nu.uitleg.motivering, nu.vervaldatum) == ("Het mag nu.", vandaag + 30 * DAG)
    assert BESLUIT["grondslag"] in nu.toelichting
    assert nu.uitleg.kenmerk("Automatisch") == "ja"
    intrekken = {"reden": "ingetrokken_overheid"}
    with pytest.raises(Onherstelbaar, match="dat beslist een mens"):
        proef.voer_uit("besluiten.intrekken", intrekken, besluit=besluit, toelichting="Onjuist.")
    mens = proef.na_een_medewerker()
    mens.voer_uit("besluiten.intrekken", intrekken, besluit=besluit, toelichting="Onjuist.")
    weg = client.besluit(besluit)
    assert (weg.vervalreden, weg.vervaldatum) == ("ingetrokken_overheid", vandaag)
    assert weg.uitleg.motivering.endswith("Onjuist.")


def test_automatisch_kan_een_proces_alleen_toekennen(proef: Proef) -> None:
    zaak = proef.zaak()
    weigering = {**BESLUIT, "besluittype": "Weigering toeristische verhuur"}
    with pytest.raises(Onherstelbaar, match="Weigering toeristische verhuur' kent niet toe: dat beslist een mens"):
        proef.voer_uit("besluiten.vastleggen", weigering, zaak=zaak.url, toelichting="Nee.")
    assert proef.gemeente.besluiten(zaak) == []
    mens = proef.na_een_medewerker()
    mens.voer_uit("besluiten.vastleggen", weigering, zaak=zaak.url, toelichting="Nee.", zienswijze="Gewogen.")
    (besluit,) = proef.gemeente.besluiten(zaak)
    assert (besluit.uitleg.kenmerk("Automatisch"), besluit.uitleg.kenmerk("Zienswijze")) == ("", "Gewogen.")


def test_wijzigen_met_een_nieuw_besluit(proef: Proef) -> None:
    zaak, vandaag = proef.zaak(), proef.gemeente.installatie.klok.vandaag()
    mens = proef.na_een_medewerker()
    oud = mens.voer_uit("besluiten.vastleggen", BESLUIT, zaak=zaak.url, toelichting="Het mag.").besluit
    nieuw = mens.voer_uit(
        "besluiten.vastleggen", BESLUIT, zaak=zaak.url, toelichting="Het mag korter.", ingangsdatum=vandaag + 30 * DAG
    ).besluit
    with pytest.raises(Onherstelbaar, match="een besluit wijzigen of intrekken"):
        proef.voer_uit("besluiten.vervangen", oud=oud, nieuw=nieuw)
    mens.voer_uit("besluiten.vervangen", oud=oud, nieuw=nieuw)
    client = BesluitenClient(proef.gemeente.installatie, namens="processen")
    eerst, daarna = client.besluit(oud), client.besluit(nieuw)
    assert eerst.uitleg.kenmerk("Vervangen door") == daarna.identificatie
    assert daarna.uitleg.kenmerk("Vervangt") == eerst.identificatie
    assert (eerst.vervaldatum, daarna.vervaldatum) == (vandaag + 29 * DAG, None)
    assert BESLUIT["grondslag"] in eerst.toelichting


def test_klanttaak_naast_het_proces(proef: Proef) -> None:
    keuze = {"formulier": "toeristische-verhuur-aanvulling", "titel": "Stuur een foto"}
    uitvoer = proef.voer_uit("klanttaak.aanmaken", keuze, zaak=proef.zaak().url)
    client = TakenClient(proef.gemeente.installatie, namens="processen")
    taak = client.klanttaak(uitvoer.taak)
    assert (taak.titel, taak.verwerker_taak_id, taak.status) == ("Stuur een foto", uitvoer.kenmerk, "open")
    proef.voer_uit("klanttaak.afronden", {"status": "afgebroken"}, taak=uitvoer.taak)
    assert client.klanttaak(uitvoer.taak).status == "afgebroken"


def test_klant_en_klantcontact(proef: Proef) -> None:
    zaak = proef.zaak().url
    partij = proef.voer_uit("klantinteracties.partij-vinden-of-maken", zaak=zaak).partij
    assert proef.voer_uit("klantinteracties.partij-vinden-of-maken", zaak=proef.zaak().url).partij == partij
    keuze = {"kanaal": "telefoon", "onderwerp": "Stand van zaken"}
    contact = proef.voer_uit("klantinteracties.contact-registreren", keuze, zaak=zaak, inhoud="Gebeld over de termijn.")
    client = KlantinteractiesClient(proef.gemeente.installatie, namens="processen")
    gevonden = client.klantcontact(contact.klantcontact)
    (betrokkene,) = gevonden.gekoppeld["hadBetrokkenen"]
    assert betrokkene["wasPartij"]["uuid"] == partij.rpartition("/")[2]
    zelfde = client.klantcontacten({"kanaal": "telefoon", "onderwerp": "Stand van zaken"}).results
    assert [deel.url for deel in zelfde].count(contact.klantcontact) == 1


def test_objecten(proef: Proef) -> None:
    typen = ObjecttypenClient(proef.gemeente.installatie, namens="processen")
    if not any(soort.name == "boom" for soort in typen.typen()):
        soort = ObjectTypeIn.model_validate(
            {"uuid": "7c6f9a54-2f5e-4c5c-9a0c-9d9b3a5f0b01", "name": "boom", "namePlural": "bomen"}
        )
        typen.zorg_voor_type(soort, {"type": "object", "properties": {"soort": {"type": "string"}}})
    boom = {"objecttype": "boom"}
    eik = proef.voer_uit("objecten.maken", boom, gegevens={"soort": "eik", "hoogte": 12}).object
    proef.voer_uit("objecten.wijzigen", object=eik, gegevens={"hoogte": 13})
    assert proef.voer_uit("objecten.lezen", {"velden": "soort, hoogte"}, object=eik).waarden == {
        "soort": "eik",
        "hoogte": 13,
    }
    assert eik in proef.voer_uit("objecten.zoeken", boom, filters={"soort": "eik", "hoogte": 13}).objecten
    assert proef.voer_uit("objecten.zoeken", boom, filters={"soort": "linde"}).object is None
    proef.voer_uit("objecten.verwijderen", object=eik)
    with pytest.raises(BpmnFout, match="niet-gevonden"):
        proef.voer_uit("objecten.lezen", {"velden": "soort"}, object=eik)
    with pytest.raises(BpmnFout, match="objecttype-onbekend"):
        proef.voer_uit("objecten.maken", {"objecttype": "draak"}, gegevens={})


def test_product_van_een_zaak_eindigen_en_intrekken(proef: Proef) -> None:
    zaak, vandaag = proef.zaak().url, proef.gemeente.installatie.klok.vandaag()
    waarden = {"gegevens": {"kenteken": "XX-99-XX"}, "eindDatum": vandaag + 90 * DAG}
    product = proef.voer_uit(
        "producten.verstrekken", {"producttype": PRODUCT}, zaak=zaak, naam="V-2", **waarden
    ).product
    client = ProductenClient(proef.gemeente.installatie, namens="processen")
    assert (
        proef.voer_uit("producten.eindigen", {"hoe": "einddatum"}, zaak=zaak, laatste_dag=vandaag + 9 * DAG).aantal == 1
    )
    assert (client.product(product).eind_datum, client.product(product).status) == (vandaag + 9 * DAG, "actief")
    proef.voer_uit("producten.eindigen", {"hoe": "intrekken"}, zaak=zaak, laatste_dag=vandaag - DAG)
    assert client.product(product).status == "ingetrokken"


def test_alle_open_taken_van_een_zaak_sluiten(proef: Proef) -> None:
    zaak, ander = proef.zaak(), proef.zaak()
    taken = TakenClient(proef.gemeente.installatie, namens="processen")
    van_zaak, klaar, van_ander = (
        taken.maak_medewerkertaak(
            MedewerkerTaakIn(titel=naam, zaak=van.url, zaaknummer=van.identificatie), sleutel=f"{naam}{van.url}"
        ).url
        for naam, van in (("Bellen", zaak), ("Gedaan", zaak), ("Bellen", ander))
    )
    taken.wijzig_medewerkertaak(klaar, status="afgerond", behandelaar="bas", uitkomst={})
    assert proef.voer_uit("taken.sluiten", zaak=zaak.url).aantal == 1
    staten = [taken.vraag("GET", url)["status"] for url in (van_zaak, klaar, van_ander)]
    assert staten == ["afgebroken", "afgerond", "open"]


def test_product_zoeken_wijzigen_en_verlengen(proef: Proef) -> None:
    zaak, vandaag = proef.zaak().url, proef.gemeente.installatie.klok.vandaag()
    gegevens = {"kenteken": "XX-99-XX", "waarde": 7}
    product = proef.voer_uit(
        "producten.verstrekken",
        {"producttype": PRODUCT},
        zaak=zaak,
        naam="V-1",
        gegevens=gegevens,
        eindDatum=vandaag + 9 * DAG,
    ).product
    gevonden = proef.voer_uit("producten.zoeken", {"producttype": PRODUCT}, zaak=zaak, naam="V-1")
    assert product in gevonden.producten
    assert gevonden.gegevens["kenteken"] == "XX-99-XX"
    geteld = proef.voer_uit("producten.tellen", {"producttype": PRODUCT}, zaak=zaak, naam="V-1", veld="waarde")
    assert (geteld.aantal >= 1, geteld.totaal) == (True, 7 * geteld.aantal)
    nieuw = proef.voer_uit("producten.verlengen", {"duur": "P1Y"}, product=product)
    assert (nieuw.start_datum, nieuw.eind_datum) == (vandaag + 10 * DAG, erbij(vandaag + 10 * DAG, "P1Y") - DAG)
    proef.voer_uit("producten.wijzigen", product=product, naam="V-1b", gegevens={"zone": "A"})
    nu = ProductenClient(proef.gemeente.installatie, namens="processen").product(product)
    assert (nu.naam, nu.eind_datum, nu.status) == ("V-1b", nieuw.eind_datum, "actief")
    assert {naam: (nu.dataobject or {}).get(naam) for naam in ("kenteken", "waarde", "zone")} == {
        **gegevens,
        "zone": "A",
    }


def test_notificatie(proef: Proef) -> None:
    keuze = {"kanaal": "bomen", "resource": "boom", "actie": "kap"}
    proef.voer_uit("notificaties.publiceren", keuze, hoofdObject=proef.zaak().url, kenmerken={"wijk": "Noord"})


def test_een_beslistabel_van_het_pakket(proef: Proef) -> None:
    keuze = {"tabel": "nachtenlimiet", "proces": "toeristische-verhuur-melding"}
    gegeven = proef.voer_uit("beslissen.tabel", keuze, gegevens={"vergunning": True})
    assert (gegeven.uitkomst, bool(gegeven.uitleg)) == (60, True)
    with pytest.raises(BpmnFout, match="geen-tabel"):
        proef.voer_uit("beslissen.tabel", {**keuze, "tabel": "weg"}, gegevens={})
    with pytest.raises(BpmnFout, match="geen-tabel"):
        proef.voer_uit("beslissen.tabel", {"tabel": "nachtenlimiet"}, gegevens={})  # dit proces heeft haar niet


def test_boeken_tot_een_limiet(proef: Proef) -> None:
    """Tot en met de limiet past het; daarboven gebeurt er niets. Wat deze zaak al boekte telt niet dubbel."""
    keuze = {"producttype": "toeristische-verhuur-melding"}
    naam = f"9999-{uuid4().hex[:12]}"

    def boek(**aantallen: int) -> Any:
        zaak = proef.zaak().url
        invoer = {
            "zaak": zaak,
            "naam": naam,
            "aantallen": aantallen,
            "limiet": 30,
            "gegevens": {"aankomst": "2026-07-01"},
        }
        return proef.voer_uit("producten.boeken", keuze, **invoer)

    eerste = boek(nachten2026=20, nachten2027=0)
    assert (eerste.past, eerste.totalen) == (True, {"nachten2026": 20, "nachten2027": 0})
    teveel = boek(nachten2026=11)
    assert (teveel.past, teveel.product, teveel.totalen) == (False, None, {"nachten2026": 31})
    assert boek(nachten2026=10, nachten2027=30).past
    assert not boek(nachten2027=1).past
    assert boek(nachten2028=30).past
    product = ProductenClient(proef.gemeente.installatie, namens="processen").product(eerste.product)
    assert product.dataobject == {"aankomst": "2026-07-01", "nachten2026": 20, "nachten2027": 0}
