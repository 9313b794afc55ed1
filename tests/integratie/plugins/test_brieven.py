"""Brieven in een echte gemeente: versies bij het document, bijlagen, zegel, geheimhouding, en wat er geweigerd wordt."""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from contracten import Onherstelbaar
from formuliermotor.kantoor import MEDIATYPEN
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import RolTypeUit
from integratie.configuratie import SJABLOON, Configuratie
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentUit
from integratie.geadresseerde import geadresseerde_van
from integratie.processen import ProcessenClient
from integratie.processen.schemas import ZendingIn
from integratie.zaken.schemas import RolIn, ZaakUit
from tests.eenheid.formuliermotor.test_kantoor import docx, odt, regels_van
from tests.eenheid.formuliermotor.test_kantoor import met as met_delen
from tests.eenheid.formuliermotor.test_zegel import WACHTWOORD, maak_certificaat
from tests.integratie.plugins.proef import Proef
from tests.reishulp import PDF, Gemeente

BRIEF = {"sjabloon": "proefbrief", "documenttype": "Bevestiging registratie"}
SJABLOON_1 = {
    "soort": "brief",
    "onderwerp": {"nl": "Uw registratie", "en": "Your registration"},
    "inhoud": {"nl": "<p>{{ aanhef }},</p><p>Uw nummer is {{ nummer }}.</p>", "en": "<p>Your number is {{ nummer }}.</p>"},
    "velden": {"nummer": "N-1"},
}  # fmt: skip
GEHEIM, OVERLEDEN, BUITENLAND, NIET_OP_ADRES = "999000275", "999000172", "999000202", "999001322"


@pytest.fixture
def proef(gemeente: Gemeente) -> Proef:
    Configuratie(gemeente.installatie, namens="beheer").bewaar(SJABLOON, "proefbrief", SJABLOON_1)
    return Proef(gemeente)


def maak(proef: Proef, zaak: ZaakUit, **invoer: Any) -> DocumentUit:
    gegevens = {"nummer": "N-42", **invoer.pop("gegevens", {})}
    uitvoer = proef.voer_uit("documenten.genereren", BRIEF, zaak=zaak.url, gegevens=gegevens, **invoer)
    return client(proef).document(uitvoer.document)


def client(proef: Proef) -> DocumentenClient:
    return DocumentenClient(proef.gemeente.installatie, namens="processen")


def pdf_van(proef: Proef, document: DocumentUit) -> bytes:
    return b"".join(client(proef).inhoud(document))


def ingesloten(pdf: bytes) -> dict[str, bytes]:
    wortel: Any = PdfReader(BytesIO(pdf)).root_object
    delen = [deel.get_object() for deel in wortel["/AF"]]
    return {str(deel["/UF"]): deel["/EF"]["/F"].get_object().get_data() for deel in delen}


@contextmanager
def met(gemeente: Gemeente, **waarden: Any) -> Iterator[None]:
    """De gemeente met andere instellingen."""
    oud = gemeente.installatie.instellingen
    gemeente.installatie.instellingen = oud.model_copy(update=waarden)
    yield
    gemeente.installatie.instellingen = oud


def test_bij_het_document_staat_met_welke_versie_het_gemaakt_is(proef: Proef) -> None:
    zaak = proef.zaak("registratie")
    eerste = maak(proef, zaak)
    configuratie = Configuratie(proef.gemeente.installatie, namens="beheer")
    configuratie.bewaar(SJABLOON, "proefbrief", {**SJABLOON_1, "onderwerp": {"nl": "Nieuw onderwerp"}})
    tweede = maak(proef, zaak)
    versies = list(configuratie.versies(SJABLOON, "proefbrief"))
    assert [versie.gegevens["onderwerp"]["nl"] for versie in versies[:2]] == ["Nieuw onderwerp", "Uw registratie"]
    for document, versie in ((eerste, versies[1]), (tweede, versies[0])):
        assert f"sjabloonversie:{versie.nummer}" in document.trefwoorden
        assert "sjabloon:proefbrief" in document.trefwoorden
        data = json.loads(ingesloten(pdf_van(proef, document))["brief.json"])
        assert data["sjabloon"] == {"sleutel": "proefbrief", "versie": versie.nummer}
        assert data["gegevens"]["nummer"] == "N-42"
        assert document.integriteit.algoritme == "sha_256"


def test_in_het_engels_en_met_bijlagen_erin(proef: Proef) -> None:
    zaak = proef.zaak("registratie")
    bijlage = proef.gemeente._samenvatting(uuid4().hex)
    document = maak(proef, zaak, taal="en", bijlagen=[bijlage.url])
    assert (document.titel, document.taal) == ("Your registration", "eng")
    pdf = pdf_van(proef, document)
    assert ingesloten(pdf)["1-aanvraag.pdf"] == PDF
    tekst = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    for deel in ("Your number is N-42.", "Enclosures", bijlage.titel, "Case number"):
        assert deel in tekst


def test_een_bestand_om_in_verder_te_werken(proef: Proef) -> None:
    zaak = proef.zaak("registratie")
    for maker in (docx, odt):
        bestand = {"naam": "brief", "inhoud": b64encode(maker("{{ aanhef }},", "Uw nummer is {{ nummer }}.")).decode()}
        Configuratie(proef.gemeente.installatie, namens="beheer").bewaar(
            SJABLOON, "proefbrief", {**SJABLOON_1, "bestand": bestand}
        )
        document = maak(proef, zaak)
        assert (document.formaat, document.bestandsnaam) == (MEDIATYPEN[maker.__name__], f"proefbrief.{maker.__name__}")
        assert (document.status, document.tonen_aan_initiator) == ("in_bewerking", False)
        assert "Uw nummer is N-42." in regels_van(pdf_van(proef, document))
    slecht = {"naam": "brief", "inhoud": b64encode(met_delen(docx("x"), **{"word/vbaProject.bin": "x"})).decode()}
    Configuratie(proef.gemeente.installatie, namens="beheer").bewaar(
        SJABLOON, "proefbrief", {**SJABLOON_1, "bestand": slecht}
    )
    with pytest.raises(Onherstelbaar, match=r"sjabloon proefbrief: bestand .*macro"):
        maak(proef, zaak)


def test_een_onbekend_veld_is_een_incident_en_geen_brief(proef: Proef) -> None:
    zaak = proef.zaak("registratie")
    fout = {**SJABLOON_1, "inhoud": {"nl": "<p>{{ nummr }}</p>"}, "onderwerp": {"nl": "x"}}
    Configuratie(proef.gemeente.installatie, namens="beheer").bewaar(SJABLOON, "proefbrief", fout)
    with pytest.raises(Onherstelbaar, match="sjabloon proefbrief: veld nummr is onbekend"):
        maak(proef, zaak)
    assert list(proef.gemeente.zaken.documenten(zaak.url)) == []


def test_met_een_zegel_en_met_een_verlopen_certificaat(proef: Proef, tmp_path: Path) -> None:
    zaak, nu = proef.zaak("registratie"), proef.gemeente.installatie.klok.nu()
    pad = maak_certificaat(tmp_path, nu - timedelta(days=1), nu + timedelta(days=90))
    wachtwoord = type(proef.gemeente.installatie.instellingen.zegel_wachtwoord)(WACHTWOORD)
    with met(proef.gemeente, zegel_bestand=str(pad), zegel_wachtwoord=wachtwoord):
        document = maak(proef, zaak)
        assert document.ondertekening.soort == "pki"
        assert b"/ETSI.CAdES.detached" in pdf_van(proef, document)
        maak_certificaat(tmp_path, nu - timedelta(days=90), nu - timedelta(days=1))
        with pytest.raises(Onherstelbaar, match="zegelcertificaat van Gemeente Voorbeeldstad is verlopen"):
            maak(proef, zaak)
    assert len(list(proef.gemeente.zaken.documenten(zaak.url))) == 1


def zaak_van(proef: Proef, bsn: str) -> tuple[Proef, ZaakUit]:
    ander = Proef(replace(proef.gemeente, bsn=bsn))
    return ander, ander.zaak("registratie")


def test_een_geheim_adres_komt_alleen_in_een_brief_die_niemand_anders_ziet(proef: Proef) -> None:
    geheim, zaak = zaak_van(proef, GEHEIM)
    document = maak(geheim, zaak)
    assert document.vertrouwelijkheidaanduiding == "zaakvertrouwelijk"
    assert "Havenkade" in PdfReader(BytesIO(pdf_van(proef, document))).pages[0].extract_text()
    _voeg_belanghebbende_toe(geheim, zaak)
    with pytest.raises(Onherstelbaar, match="geheimhouding: het adres van de initiator is geheim"):
        maak(geheim, zaak)
    zonder = geheim.voer_uit(
        "documenten.genereren", {**BRIEF, "geadresseerd": "niemand"}, zaak=zaak.url, gegevens={"nummer": "N-1"}
    )
    tekst = PdfReader(BytesIO(pdf_van(proef, client(proef).document(zonder.document)))).pages[0].extract_text()
    assert "Havenkade" not in tekst
    assert "Berg" not in tekst


def _voeg_belanghebbende_toe(proef: Proef, zaak: ZaakUit) -> None:
    installatie = proef.gemeente.installatie
    nieuw = {"zaaktype": zaak.zaaktype, "omschrijving": "Omwonende", "omschrijvingGeneriek": "belanghebbende"}
    roltype = CatalogiClient(installatie, namens="processen").maak("roltypen", nieuw, RolTypeUit)
    rol = RolIn.model_validate({
        "zaak": zaak.url, "betrokkeneType": "natuurlijk_persoon", "roltype": roltype.url, "roltoelichting": "Buurman",
        "betrokkeneIdentificatie": {"inpBsn": "999000007"},
    })  # fmt: skip
    proef.gemeente.zaken.voeg_rol_toe(rol, sleutel=uuid4().hex)


def _verstuur_brief(proef: Proef, zaak: ZaakUit, document: str) -> tuple[str, Path]:
    processen = ProcessenClient(proef.gemeente.installatie, namens="processen")
    uuid = uuid4()
    processen.verstuur(
        ZendingIn(
            uuid=uuid, zaak=zaak.url, sjabloon="tv-besluit", soort="toeristische-verhuur", kanaal="brief", documenten=[document]
        )
    )  # fmt: skip
    proef.gemeente.werk()
    (zending,) = [z for z in processen.zendingen(zaak.url) if z.uuid == uuid]
    return zending.staat, proef.gemeente.installatie.instellingen.data / "print" / f"{uuid}-1.json"


def test_post_naar_een_geheim_adres_zegt_dat_erbij(proef: Proef) -> None:
    geheim, zaak = zaak_van(proef, GEHEIM)
    staat, metadata = _verstuur_brief(geheim, zaak, maak(geheim, zaak).url)
    assert staat == "verzonden"
    assert json.loads(metadata.read_text())["geheimhouding"] == "ja"


def test_er_gaat_geen_post_naar_wie_overleden_is(proef: Proef) -> None:
    overleden, zaak = zaak_van(proef, OVERLEDEN)
    _, metadata = _verstuur_brief(overleden, zaak, maak(overleden, zaak).url)
    assert not metadata.exists()


def test_er_gaat_geen_post_naar_een_adres_waar_iemand_vastgesteld_niet_woont(proef: Proef) -> None:
    vertrokken, zaak = zaak_van(proef, NIET_OP_ADRES)
    _, metadata = _verstuur_brief(vertrokken, zaak, maak(vertrokken, zaak).url)
    assert not metadata.exists()


def test_post_naar_het_buitenland_noemt_het_land(proef: Proef) -> None:
    ander, zaak = zaak_van(proef, BUITENLAND)
    document = maak(ander, zaak)
    assert "België" in PdfReader(BytesIO(pdf_van(proef, document))).pages[0].extract_text()
    _, metadata = _verstuur_brief(ander, zaak, document.url)
    assert json.loads(metadata.read_text())["adres"] == "Voorbeeldlaan 5 bus 3\n2000 Antwerpen\nBelgië"


@pytest.mark.parametrize(
    ("kvk", "regels"),
    [
        ("90000026", ("Postbus 12", "9998 ZZ Elders")),
        ("90000077", ("Stationsweg 200B", "9999 ZL Voorbeeldstad")),
        ("90000107", ()),
        ("90000034/000090000342", ("Havenkade 92", "9999 ZC Voorbeeldstad")),
    ],
    ids=["correspondentieadres voor bezoekadres", "huisletter", "afgeschermd", "vestiging"],
)
def test_het_postadres_van_een_bedrijf(proef: Proef, kvk: str, regels: tuple[str, ...]) -> None:
    rol = next(iter(proef.gemeente.zaken.rollen(proef.zaak("registratie").url)))
    rol = rol.model_copy(
        update={"betrokkene_identificatie": dict(zip(("kvkNummer", "vestigingsNummer"), kvk.split("/"), strict=False))}
    )
    assert geadresseerde_van(proef.gemeente.installatie, rol).adresregels == regels


def test_wie_verhuisde_nadat_de_brief_gemaakt_was_krijgt_hem_op_het_nieuwe_adres(proef: Proef) -> None:
    """In het venster van de envelop stond anders het oude adres, wat de metadata voor de drukker ook zeggen."""
    zaak = proef.zaak("registratie")
    _, metadata = _verstuur_brief(proef, zaak, maak(proef, zaak).url)
    assert not metadata.with_name(metadata.name.replace("-1.", "-0.")).exists(), "het adres op de brief klopt nog"
    anders, andere_zaak = zaak_van(proef, BUITENLAND)
    oud = maak(proef, zaak).url
    _, metadata = _verstuur_brief(anders, andere_zaak, oud)
    vooraan = metadata.with_name(metadata.name.replace("-1.json", "-0.pdf"))
    tekst = PdfReader(vooraan).pages[0].extract_text()
    assert "Voorbeeldlaan 5 bus 3" in tekst
