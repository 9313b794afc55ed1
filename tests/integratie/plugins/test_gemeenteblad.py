"""De officiële bekendmaking: voorbereiden, nakijken, aanleveren over HTTP, en nummer, datum en termijn die terugkomen."""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from lxml import etree
from sqlalchemy import select

from contracten import Bekendmaking, BekendmakingGeweigerd, Bijlage, BpmnFout, Onherstelbaar
from integratie.basis import ApiFout, NietBereikbaar
from integratie.catalogi import CatalogiClient
from integratie.configuratie import SJABLOON, Configuratie
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn
from integratie.processen import ProcessenClient
from integratie.processen.publicaties import PublicatieUit, TekstIn
from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import StoringIn
from kern.klok import NEDERLAND
from kern.tabellen import OutboxTabel
from plugins.gemeenteblad import Gemeenteblad, als_wkt, als_xml
from processen.bekendmaken.bijlagen import GROOTSTE, MEESTE
from tests.integratie.plugins.proef import Proef
from tests.reishulp import Gemeente

SLEUTEL = "proef-kennisgeving"
KOPPEN = {"sjabloon": SLEUTEL, "rubriek": "evenementenvergunning", "termijn": "P2W", "termijnNaam": "Reageren"}
DOCUMENTTYPE = {"documenttype": "Besluit"}
PUNT = {"type": "Point", "coordinates": [5.1, 52.2]}
TEKST = "{{ gemeente }} heeft een aanvraag gekregen voor {{ wat }}."


@pytest.fixture(autouse=True)
def sjabloon(gemeente: Gemeente) -> None:
    inhoud = {"soort": "bericht", "onderwerp": {"nl": "Aanvraag: {{ wat }}"}, "inhoud": {"nl": f"<p>{TEKST}</p>"}}
    client = Configuratie(gemeente.installatie, namens="processen")
    client.bewaar(SJABLOON, SLEUTEL, {"sleutel": SLEUTEL, **inhoud})


@pytest.fixture
def client(gemeente: Gemeente) -> ProcessenClient:
    return ProcessenClient(gemeente.installatie, namens="behandelen")


def bereid_voor(proef: Proef, zaak: str, wat: str = "een markt", **invoer: object) -> UUID:
    uitvoer = proef.voer_uit(
        "bekendmaking.voorbereiden", KOPPEN, zaak=zaak, gegevens={"wat": wat}, gebied=PUNT, **invoer
    )
    return UUID(uitvoer.publicatie)


def lever_aan(proef: Proef, zaak: str, publicatie: UUID) -> None:
    proef.voer_uit("bekendmaking.aanleveren", DOCUMENTTYPE, zaak=zaak, publicatie=str(publicatie))


def uitgegeven(proef: Proef, client: ProcessenClient, publicatie: UUID) -> PublicatieUit:
    proef.gemeente.werk()
    return client.publicatie(publicatie)


def test_van_concept_tot_nummer_en_datum(proef: Proef, client: ProcessenClient) -> None:
    zaak, vandaag = proef.zaak().url, proef.gemeente.installatie.klok.vandaag()
    uuid = bereid_voor(proef, zaak)
    concept = client.publicatie(uuid)
    assert (concept.staat, concept.titel, concept.vondsten) == ("concept", "Aanvraag: een markt", [])
    lever_aan(proef, zaak, uuid)
    uit = uitgegeven(proef, client, uuid)
    laatste = TermijnenClient(proef.gemeente.installatie, namens="processen").laatste_dag(vandaag, "P2W")
    assert (uit.staat, uit.gepubliceerd, uit.laatste_dag) == ("gepubliceerd", vandaag, laatste)
    assert uit.nummer.startswith(f"gmb-{vandaag.year}-")
    gelezen = proef.gemeente.installatie.http.get(uit.adres).text
    assert "heeft een aanvraag gekregen voor een markt." in gelezen
    assert [p.uuid for p in client.publicaties(zaak)] == [uuid]
    (koppeling,) = [k for k in proef.gemeente.zaken.documenten(zaak) if k.titel == "" or k.informatieobject]
    assert koppeling.informatieobject


@pytest.mark.parametrize("wat", ["een feest, mail jan@voorbeeld.example", "nummer 999000007"])
def test_een_tekst_met_persoonsgegevens_wordt_geweigerd_met_de_plaats(
    proef: Proef, client: ProcessenClient, wat: str
) -> None:
    zaak = proef.zaak().url
    uuid = bereid_voor(proef, zaak, wat)
    with pytest.raises(BpmnFout) as fout:
        lever_aan(proef, zaak, uuid)
    assert "alinea 1, woord" in str(fout.value)
    assert wat not in str(fout.value)
    assert client.publicatie(uuid).staat == "concept"
    client.wijzig_publicatie(uuid, TekstIn(titel="Markt", tekst="Er komt een markt."))
    lever_aan(proef, zaak, uuid)
    assert uitgegeven(proef, client, uuid).staat == "gepubliceerd"
    with pytest.raises(ApiFout) as bezet:
        client.wijzig_publicatie(uuid, TekstIn(titel="Markt", tekst="Toch anders."))
    assert bezet.value.status == httpx.codes.CONFLICT


def test_een_naam_gaat_pas_als_een_mens_keek(proef: Proef, client: ProcessenClient) -> None:
    zaak = proef.zaak().url
    uuid = bereid_voor(proef, zaak)
    tekst = TekstIn(titel="Markt", tekst="De markt is in de De Vriesstraat, bij Vries.")
    client.wijzig_publicatie(uuid, tekst)
    with pytest.raises(BpmnFout):
        lever_aan(proef, zaak, uuid)
    client.wijzig_publicatie(uuid, tekst.model_copy(update={"nagekeken": True}))
    lever_aan(proef, zaak, uuid)
    assert uitgegeven(proef, client, uuid).nummer


def test_op_een_gekozen_dag(proef: Proef, client: ProcessenClient) -> None:
    zaak, dag = proef.zaak().url, proef.gemeente.installatie.klok.vandaag() + timedelta(days=2)
    uuid = bereid_voor(proef, zaak, datum=dag)
    lever_aan(proef, zaak, uuid)
    assert uitgegeven(proef, client, uuid).staat == "aangeleverd"
    proef.gemeente.verzet(days=2, hours=2)
    gepubliceerd = uitgegeven(proef, client, uuid).gepubliceerd
    assert gepubliceerd is not None
    assert dag <= gepubliceerd <= dag + timedelta(days=1)  # de klok staat twee uur later


def maak_document(proef: Proef, titel: str, *, inhoud: bytes = b"%PDF-1.7 tekening", **velden: Any) -> str:
    installatie = proef.gemeente.installatie
    soort = CatalogiClient(installatie, namens="processen").informatieobjecttype("Besluit", installatie.klok.vandaag())
    assert soort is not None
    vast = {
        "identificatie": uuid4().hex, "bronorganisatie": installatie.instellingen.bronorganisatie, "auteur": "Bas",
        "creatiedatum": installatie.klok.vandaag(), "titel": titel, "taal": "nld", "formaat": "application/pdf",
        "bestandsnaam": "tekening.PDF", "informatieobjecttype": soort.url, "indicatie_gebruiksrecht": False,
        "inhoud": b64encode(inhoud).decode() if inhoud else None, "bestandsomvang": len(inhoud),
        "vertrouwelijkheidaanduiding": "openbaar",
    }  # fmt: skip
    document = DocumentIn.model_validate({**vast, **velden})
    return DocumentenClient(installatie, namens="processen").maak_document(document, sleutel=uuid4().hex).url


def test_de_bijlagen_gaan_als_bestand_mee(gemeente: Gemeente, client: ProcessenClient) -> None:
    proef = Proef(gemeente)
    zaak = proef.zaak().url
    stukken = [maak_document(proef, "Plattegrond"), maak_document(proef, "Route", inhoud=b"%PDF-1.7 route")]
    uuid = bereid_voor(proef, zaak, bijlagen=stukken)
    lever_aan(proef, zaak, uuid)
    uit = uitgegeven(proef, client, uuid)
    assert uit.staat == "gepubliceerd"
    gelezen = gemeente.installatie.http.get(uit.adres).text
    adressen = re.findall(r"Bijlage: (\w+) \((\S+)\)", gelezen)
    assert [titel for titel, _ in adressen] == ["Plattegrond", "Route"]
    assert [gemeente.installatie.http.get(adres).content for _, adres in adressen] == [
        b"%PDF-1.7 tekening", b"%PDF-1.7 route",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("velden", "reden"),
    [
        ({"vertrouwelijkheidaanduiding": "zaakvertrouwelijk"}, "Bijlage “Plattegrond” is niet openbaar."),
        ({"inhoud": b"", "bestandsomvang": GROOTSTE + 1}, "Bijlage “Plattegrond” is groter dan 20 MB."),
    ],
)
def test_een_bijlage_die_niet_mee_kan_wordt_geweigerd(
    gemeente: Gemeente, client: ProcessenClient, velden: dict[str, Any], reden: str
) -> None:
    proef = Proef(gemeente)
    zaak = proef.zaak()
    uuid = bereid_voor(proef, zaak.url, bijlagen=[maak_document(proef, "Plattegrond", **velden)])
    lever_aan(proef, zaak.url, uuid)
    uit = uitgegeven(proef, client, uuid)
    assert (uit.staat, uit.reden) == ("geweigerd", reden)
    (taak,) = [t for t in gemeente.taken(zaak) if t.titel == "Bekendmaking is geweigerd"]
    assert reden in taak.toelichting


def test_te_veel_bijlagen_worden_geweigerd(gemeente: Gemeente, client: ProcessenClient) -> None:
    proef = Proef(gemeente)
    zaak = proef.zaak().url
    stuk = maak_document(proef, "Plattegrond")
    uuid = bereid_voor(proef, zaak, bijlagen=[stuk] * (MEESTE + 1))
    lever_aan(proef, zaak, uuid)
    assert uitgegeven(proef, client, uuid).reden == "Er zijn 21 bijlagen; hoogstens 20 kunnen mee."


def test_is_het_blad_de_bekendmaking_dan_begint_de_bezwaartermijn_daar(proef: Proef, client: ProcessenClient) -> None:
    zaak = proef.na_een_medewerker().zaak().url
    besluit = {"besluittype": "Vergunning toeristische verhuur", "bestuursorgaan": "Het college"}
    besluit |= {"grondslag": "Awb", "mandaat": "Register", "ondertekenaar": "Hoofd"}
    url = proef.voer_uit("besluiten.vastleggen", besluit, zaak=zaak, toelichting="Het mag.").besluit
    koppen = {"sjabloon": SLEUTEL, "rubriek": "evenementenvergunning", "bekendmaakt": "true"}
    uitvoer = proef.voer_uit("bekendmaking.voorbereiden", koppen, zaak=zaak, besluit=url, gegevens={"wat": "x"})
    lever_aan(proef, zaak, UUID(uitvoer.publicatie))
    uit = uitgegeven(proef, client, UUID(uitvoer.publicatie))
    (na,) = proef.gemeente.besluiten(proef.gemeente.zaken.zaak(zaak))
    assert (na.publicatiedatum, na.uiterlijke_reactiedatum) == (uit.gepubliceerd, uit.laatste_dag)
    assert uit.gepubliceerd is not None
    assert uit.laatste_dag is not None
    assert uit.laatste_dag - uit.gepubliceerd >= timedelta(weeks=6)
    _storing_op(proef.gemeente, uit.laatste_dag)
    (verder,) = proef.gemeente.besluiten(proef.gemeente.zaken.zaak(zaak))
    assert verder.uiterlijke_reactiedatum == client.publicatie(uit.uuid).laatste_dag
    assert verder.uiterlijke_reactiedatum is not None
    assert verder.uiterlijke_reactiedatum > uit.laatste_dag


def _storing_op(gemeente: Gemeente, dag: date) -> None:
    """Het digitale kanaal ligt die dag plat (Awb 2:21); wie het aangaat merkt het."""
    begin = datetime.combine(dag, time(9), NEDERLAND)
    gemeente.verzet(days=(dag - gemeente.installatie.klok.vandaag()).days + 1)
    storing = StoringIn(
        uuid=uuid4(), begin=begin, einde=begin + timedelta(hours=8), omschrijving="DigiD lag eruit.", door="b"
    )
    TermijnenClient(gemeente.installatie, namens="behandelen").meld_storing(storing)
    gemeente.werk()


def test_een_leeg_veld_is_een_incident(proef: Proef) -> None:
    with pytest.raises(Onherstelbaar, match=SLEUTEL):
        proef.voer_uit("bekendmaking.voorbereiden", KOPPEN, zaak=proef.zaak().url, gegevens={})


@pytest.fixture
def kapot(gemeente: Gemeente) -> Iterator[None]:
    """De voorziening is er even niet."""
    oud = gemeente.installatie.instellingen
    gemeente.installatie.instellingen = oud.model_copy(
        update={"bekendmaking_url": f"{oud.adres}/simulatoren/bestaat-niet"}
    )
    yield
    gemeente.installatie.instellingen = oud


def test_een_storing_wordt_herhaald_en_geeft_een_publicatie(
    gemeente: Gemeente, client: ProcessenClient, request: pytest.FixtureRequest
) -> None:
    proef, zaak = Proef(gemeente), Proef(gemeente).zaak().url
    uuid = bereid_voor(proef, zaak)
    lever_aan(proef, zaak, uuid)
    request.getfixturevalue("kapot")
    gemeente.werk()
    assert client.publicatie(uuid).staat == "aangeleverd"
    with gemeente.installatie.db.lezen() as verbinding:
        soorten = verbinding.scalars(select(OutboxTabel.verwerker).where(OutboxTabel.sleutel == str(uuid))).all()
    assert list(soorten) == ["bekendmaken.aanleveren"]
    gemeente.installatie.instellingen = gemeente.installatie.instellingen.model_copy(update={"bekendmaking_url": ""})
    gemeente.verzet(hours=1)
    assert uitgegeven(proef, client, uuid).staat == "gepubliceerd"


def test_xml_met_metadata_en_gebied(gemeente: Gemeente) -> None:
    bekendmaking = Bekendmaking(
        UUID(int=7), "Markt", "kennisgeving", "evenementenvergunning", "Recreatie", ("Eén.", "Twee & drie."), gebied=PUNT,
        locatie="Dorpsplein", termijnen=(("Reageren", "P2W"),), bijlagen=(Bijlage("x", "tekening.pdf", titel="Tekening"),),
    )  # fmt: skip
    wortel = etree.fromstring(als_xml(gemeente.installatie, bekendmaking))
    assert [al.text for al in wortel.iterfind(".//{*}al")] == ["Eén.", "Twee & drie."]
    velden = {etree.QName(veld).localname: veld.text for veld in wortel.iter() if veld.text}
    assert velden["title"] == "Markt"
    assert (velden["type"], velden["subject"], velden["rubriek"]) == (
        "kennisgeving",
        "Recreatie",
        "evenementenvergunning",
    )
    assert (velden["termijn"], velden["hasPart"], velden["geometrie"]) == ("P2W", "Tekening", "POINT(5.1 52.2)")


@pytest.mark.parametrize(
    ("geometrie", "wkt"),
    [
        ({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "LINESTRING(1 2, 3 4)"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1], [0, 0]]]}, "POLYGON((0 0, 1 0, 0 1, 0 0))"),
    ],
)
def test_wkt(geometrie: dict[str, object], wkt: str) -> None:
    assert als_wkt(geometrie) == wkt


def test_de_voorziening_weigert(gemeente: Gemeente) -> None:
    leeg = Bekendmaking(UUID(int=8), "", "kennisgeving", "x", "y", ("Tekst.",))
    with pytest.raises(BekendmakingGeweigerd, match="title"):
        Gemeenteblad().lever_aan(gemeente.installatie, leeg)
    with pytest.raises(NietBereikbaar):
        Gemeenteblad().zoek(gemeente.installatie, "bestaat-niet")
