"""Elk ingebouwd bouwblok, twee keer met dezelfde opdracht: het gevolg is er één keer. Ook bij registraties zonder Idempotency-Key."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracten import BpmnFout, Onherstelbaar
from contracten.nummer import LETTERS
from integratie.besluiten import BesluitenClient
from integratie.configuratie import MANDAAT, Configuratie
from integratie.documenten import DocumentenClient
from integratie.mandaten import Mandaat
from integratie.processen import ProcessenClient
from integratie.producten import ProductenClient
from integratie.verzoeken import VerzoekenClient
from kern.termijnen import bezwaartermijn
from tests.integratie.plugins.proef import Proef
from tests.reishulp import BSN, Gemeente

BESLUIT = {
    "besluittype": "Vergunning toeristische verhuur",
    "bestuursorgaan": "Het college",
    "grondslag": "Huisvestingswet 2014, artikel 23c",
    "mandaat": "Mandaatregister",
    "ondertekenaar": "Hoofd team Wonen",
}
BRIEF = {"sjabloon": "tv-bevestiging-registratie", "documenttype": "Bevestiging registratie"}


def test_gegevens(proef: Proef) -> None:
    uitvoer = proef.voer_uit("verzoeken.gegevens", {"velden": "nachten, bestaatNiet"}, verzoek=proef.verzoek().url)
    assert uitvoer.waarden == {"nachten": 30, "bestaatNiet": None}


def test_zaak_aanmaken(proef: Proef) -> None:
    verzoek = proef.verzoek()
    uitvoer = proef.voer_uit("zaken.zaak-aanmaken", {"zaaktype": "TV-VERGUNNING"}, verzoek=verzoek.url)
    assert [z.url for z in proef.gemeente.zaken.zoek_zaken(identificatie=uitvoer.zaaknummer).results] == [uitvoer.zaak]
    (rol,) = proef.gemeente.zaken.rollen(uitvoer.zaak)
    assert rol.betrokkene_identificatie is not None
    assert rol.betrokkene_identificatie["inpBsn"] == BSN
    nu = VerzoekenClient(proef.gemeente.installatie, namens="processen").verzoek(verzoek.url)
    assert (nu.verwerk_status, len(nu.is_gerelateerd_aan)) == ("verwerkt", 1)


def test_een_andere_uitvoering_geeft_een_andere_zaak(proef: Proef) -> None:
    assert proef.zaak().identificatie != proef.zaak().identificatie


def test_status(proef: Proef) -> None:
    zaak = proef.zaak()
    for status in ("Ontvangen", "In behandeling"):
        proef.voer_uit("zaken.status-zetten", {"statustype": status}, zaak=zaak.url, toelichting="Zo is het")
    assert proef.gemeente.statussen(zaak) == ["Ontvangen", "In behandeling"]
    assert {status.statustoelichting for status in proef.gemeente.zaken.statussen(zaak.url)} == {"Zo is het"}


def test_resultaat(proef: Proef) -> None:
    zaak = proef.zaak()
    proef.voer_uit("zaken.resultaat-zetten", {"resultaattype": "Verleend"}, zaak=zaak.url)
    assert proef.gemeente.resultaat(proef.gemeente.zaken.zaak(zaak.url)) == "Verleend"


def test_eigenschap(proef: Proef) -> None:
    zaak = proef.zaak("registratie")
    for waarde in ("0599-AAAA", "0599-BBBB"):
        proef.voer_uit("zaken.eigenschap-zetten", {"eigenschap": "registratienummer"}, zaak=zaak.url, waarde=waarde)
        assert [deel.waarde for deel in proef.gemeente.zaken.eigenschappen(zaak.url)] == [waarde]


def test_stukken_koppelen_en_toevoegen(proef: Proef) -> None:
    verzoek, zaak = proef.verzoek(), proef.zaak()
    uitvoer = proef.voer_uit("documenten.koppelen", zaak=zaak.url, verzoek=verzoek.url)
    proef.voer_uit("documenten.toevoegen", zaak=zaak.url, documenten=[verzoek.verzoek_informatie_object])
    proef.voer_uit("documenten.toevoegen", zaak=zaak.url, documenten=uitvoer.documenten)
    assert [deel.informatieobject for deel in proef.gemeente.zaken.documenten(zaak.url)] == uitvoer.documenten
    drc = DocumentenClient(proef.gemeente.installatie, namens="processen")
    assert len(list(drc.koppelingen(object=zaak.url))) == 1


def test_brief(proef: Proef) -> None:
    zaak = proef.zaak("registratie")
    uitvoer = proef.voer_uit("documenten.genereren", BRIEF, zaak=zaak.url, gegevens={"registratienummer": "0599-XY"})
    drc = DocumentenClient(proef.gemeente.installatie, namens="processen")
    document = drc.document(uitvoer.document)
    assert len(drc.zoek_documenten(identificatie=document.identificatie).results) == 1
    assert b"".join(drc.inhoud(document)).startswith(b"%PDF")
    assert (document.status, document.formaat) == ("definitief", "application/pdf")
    assert [deel.informatieobject for deel in proef.gemeente.zaken.documenten(zaak.url)] == [document.url]


def test_besluit_met_brief(proef: Proef) -> None:
    zaak = proef.zaak()
    uitvoer = proef.voer_uit("besluiten.vastleggen", BESLUIT, zaak=zaak.url, toelichting="Het mag.")
    (besluit,) = proef.gemeente.besluiten(zaak)
    assert (besluit.url, besluit.identificatie) == (uitvoer.besluit, uitvoer.besluitnummer)
    for deel in ("Het mag.", *list(BESLUIT.values())[2:]):
        assert deel in besluit.toelichting
    assert uitvoer.bezwaar_tot == bezwaartermijn(besluit.datum)
    brief = {"sjabloon": "tv-aanvulling-brief", "documenttype": "Besluit"}
    gegevens = {"vraag": "?", "hersteltermijn": "2026-01-01"}
    document = proef.voer_uit("documenten.genereren", brief, zaak=zaak.url, gegevens=gegevens).document
    proef.voer_uit("besluiten.document-koppelen", besluit=besluit.url, document=document)
    brc = BesluitenClient(proef.gemeente.installatie, namens="processen")
    assert [deel.informatieobject for deel in brc.documenten(besluit.url)] == [document]


def test_nummers_zijn_uniek_en_voor_te_lezen(proef: Proef) -> None:
    nummers = [proef.voer_uit("nummers.uitgeven", {"voorvoegsel": "0599", "groepen": "3"}).nummer for _ in range(200)]
    assert len(set(nummers)) == 200
    for nummer in nummers:
        voorvoegsel, *groepen = nummer.split("-")
        assert (voorvoegsel, [len(groep) for groep in groepen]) == ("0599", [4, 4, 4])
        assert set("".join(groepen)) <= set(LETTERS)


def test_product(proef: Proef) -> None:
    zaak = proef.zaak()
    vandaag = proef.gemeente.installatie.klok.vandaag()
    proef.voer_uit(
        "producten.verstrekken",
        {"producttype": "toeristische-verhuur-vergunning"},
        zaak=zaak.url,
        naam="Vergunning",
        eind_datum=vandaag + timedelta(days=365),
    )
    (product,) = [p for p in proef.gemeente.producten() if p.aanvraag_zaak_url == zaak.url]
    assert (product.status, product.start_datum) == ("actief", vandaag)
    for status in ("ingetrokken", "actief"):
        proef.voer_uit("producten.status-zetten", {"status": status}, zaak=zaak.url)
        client = ProductenClient(proef.gemeente.installatie, namens="processen")
        assert client.product(product.url).status == status


def test_bericht_klaarzetten(proef: Proef) -> None:
    zaak = proef.zaak()
    koppen = {"sjabloon": "tv-ontvangen", "soort": "toeristische-verhuur", "bijlagenInEmail": "true"}
    uitvoer = proef.voer_uit("berichten.versturen", koppen, zaak=zaak.url)
    (zending,) = ProcessenClient(proef.gemeente.installatie, namens="processen").zendingen(zaak.url)
    assert (str(zending.uuid), zending.staat, zending.bijlagen_in_email) == (uitvoer.zending, "klaar", True)


@pytest.mark.parametrize(
    ("sleutel", "koppen", "invoer"),
    [
        ("zaken.status-zetten", {"statustype": "Bestaat niet"}, {}),
        ("zaken.resultaat-zetten", {"resultaattype": "Bestaat niet"}, {}),
        ("zaken.eigenschap-zetten", {"eigenschap": "bestaatNiet"}, {"waarde": "x"}),
        ("documenten.genereren", {**BRIEF, "sjabloon": "bestaat-niet"}, {}),
        ("documenten.genereren", {**BRIEF, "documenttype": "Bestaat niet"}, {"gegevens": {"registratienummer": "1"}}),
        ("besluiten.vastleggen", {**BESLUIT, "besluittype": "Bestaat niet"}, {}),
        ("producten.verstrekken", {"producttype": "bestaat-niet"}, {"naam": "x"}),
    ],
)  # fmt: skip
def test_een_onbekende_naam_is_onherstelbaar(
    gemeente: Gemeente, sleutel: str, koppen: dict[str, str], invoer: dict[str, object]
) -> None:
    proef = Proef(gemeente)
    with pytest.raises(Onherstelbaar):
        proef.voer_uit(sleutel, koppen, zaak=proef.zaak("registratie").url, **invoer)


def test_onbekend_zaaktype_is_onherstelbaar(gemeente: Gemeente) -> None:
    proef = Proef(gemeente)
    with pytest.raises(Onherstelbaar, match="ONBEKEND"):
        proef.voer_uit("zaken.zaak-aanmaken", {"zaaktype": "ONBEKEND"}, verzoek=proef.verzoek().url)


def test_product_zonder_aanvrager_is_onherstelbaar(gemeente: Gemeente) -> None:
    proef = Proef(gemeente)
    zaak = proef.zaak()
    (rol,) = gemeente.zaken.rollen(zaak.url)
    gemeente.zaken.verwijder(rol.url)
    with pytest.raises(Onherstelbaar, match="initiator"):
        proef.voer_uit(
            "producten.verstrekken", {"producttype": "toeristische-verhuur-vergunning"}, zaak=zaak.url, naam="x"
        )


def test_tekenen_zonder_mandaat_is_een_bpmn_fout(proef: Proef) -> None:
    configuratie = Configuratie(proef.gemeente.installatie, namens="processen")
    mandaat = Mandaat(
        "proef", "Het college", "Hoofd team Wonen", date(2020, 1, 1), (BESLUIT["besluittype"],), tot_bedrag=Decimal(500)
    )
    configuratie.bewaar(MANDAAT, "proef", mandaat.als_gegevens())
    zaak = proef.zaak()
    try:
        with pytest.raises(BpmnFout, match="heeft geen mandaat") as fout:
            proef.voer_uit("besluiten.vastleggen", {**BESLUIT, "ondertekenaar": "Stagiair"}, zaak=zaak.url)
        assert fout.value.code == "geen-mandaat"
        with pytest.raises(BpmnFout, match="tot en met € 500"):
            proef.voer_uit("besluiten.vastleggen", BESLUIT, zaak=zaak.url, bedrag=501)
        assert proef.gemeente.besluiten(zaak) == []
        proef.voer_uit("besluiten.vastleggen", BESLUIT, zaak=zaak.url, bedrag=500)
        assert len(proef.gemeente.besluiten(zaak)) == 1
    finally:
        configuratie.verwijder(MANDAAT, "proef")
