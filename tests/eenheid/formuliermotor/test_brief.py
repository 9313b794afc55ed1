"""De brief als PDF/A-3a: getagd, met de gegevens en bijlagen erin, in de huisstijl, en gekeurd voor hij bestaat."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

import huisstijl.middelen
from formuliermotor.brief import Brief, Gevuld, Pdfstijl, SjabloonFout, briefgegevens, maak_brief, vul
from formuliermotor.briefkeuring import BriefFout, gebreken_van
from formuliermotor.briefopmaak import GENOEG_CONTRAST, contrast
from formuliermotor.middelen import Middelen, MiddelFout
from formuliermotor.pdf import Ingesloten

MOMENT = datetime(2026, 7, 14, 12, tzinfo=UTC)
PUNT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SJABLOON = {
    "sleutel": "proef",
    "soort": "brief",
    "onderwerp": {"nl": "Besluit op uw aanvraag", "en": "Decision"},
    "inhoud": {
        "nl": "<p>{{ aanhef }},</p><h2>Besluit</h2><p>U krijgt {{ bedrag }} euro.</p><h3>Waarom?</h3><ul><li>Het mag.</li></ul>",
        "en": "<p>{{ aanhef }},</p><p>You get {{ bedrag }} euro.</p>",
    },
}
GEGEVENS = {"aanhef": "Geachte mevrouw De Vries", "bedrag": 250}
STIJL = Pdfstijl("Gemeente Voorbeeldstad")


def brief(taal: str = "nl", *bijlagen: Ingesloten) -> Brief:
    data = Ingesloten("brief.json", briefgegevens(SJABLOON, 3, taal, GEGEVENS), "Gegevens van deze brief", MOMENT)
    gevuld = vul(SJABLOON, GEGEVENS, taal)
    return Brief(gevuld, ["A. de Vries", "Dorpsstraat 1"], [("Zaaknummer", "Z-1")], taal, MOMENT, [data, *bijlagen])


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return maak_brief(brief("nl", Ingesloten("1-kaart.pdf", b"%PDF-1.7 kaart", "Kaart", MOMENT, "Supplement")), STIJL)


def test_norm_taal_titel_en_leesbare_tekst(pdf: bytes) -> None:
    lezer = PdfReader(BytesIO(pdf))
    wortel: Any = lezer.root_object
    metadata = wortel["/Metadata"].get_data()
    assert b'pdfaid:part="3"' in metadata
    assert b'pdfaid:conformance="A"' in metadata
    assert wortel["/Lang"] == "nl"
    assert lezer.metadata is not None
    assert (lezer.metadata.title, lezer.metadata.author) == ("Besluit op uw aanvraag", "Gemeente Voorbeeldstad")
    assert lezer.metadata.creation_date == MOMENT
    tekst = " ".join(lezer.pages[0].extract_text().split())
    for deel in ("A. de Vries", "Z-1", "U krijgt 250 euro.", "Pagina 1 van 1", "Bijlagen", "Kaart"):
        assert deel in tekst


def test_gegevens_en_bijlagen_reizen_mee_met_hun_verband(pdf: bytes) -> None:
    wortel: Any = PdfReader(BytesIO(pdf)).root_object
    namen = [deel.get_object()["/UF"] for deel in wortel["/AF"]]
    assert namen == ["brief.json", "1-kaart.pdf"]
    verbanden = [deel.get_object()["/AFRelationship"] for deel in wortel["/AF"]]
    assert verbanden == ["/Data", "/Supplement"]
    data = wortel["/AF"][0].get_object()["/EF"]["/F"].get_object()
    assert data["/Subtype"] == "/application/json"
    gegevens = json.loads(data.get_data())
    assert gegevens["sjabloon"] == {"sleutel": "proef", "versie": 3}
    assert gegevens["gegevens"] == {"aanhef": "Geachte mevrouw De Vries", "bedrag": 250}


def test_dezelfde_brief_geeft_dezelfde_bytes_en_een_andere_taal_niet(pdf: bytes) -> None:
    bijlage = Ingesloten("1-kaart.pdf", b"%PDF-1.7 kaart", "Kaart", MOMENT, "Supplement")
    assert maak_brief(brief("nl", bijlage), STIJL) == pdf
    engels = PdfReader(BytesIO(maak_brief(brief("en"), STIJL)))
    assert "Page 1 of 1" in engels.pages[0].extract_text()
    assert str(engels.root_object["/Lang"]) == "en"


def test_logo_en_stijl_komen_uit_de_eigen_middelen(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PUNT)
    (tmp_path / "brief.css").write_text("h1 { color: #ff0000 }")
    pdf = maak_brief(brief(), Pdfstijl("Gemeente", "#112233", tmp_path))
    beelden = [beeld for pagina in PdfReader(BytesIO(pdf)).pages for beeld in pagina.images]
    assert len(beelden) == 1
    assert list(gebreken_van(pdf, titel="Besluit op uw aanvraag", taal="nl")) == []


def test_afzender_antwoordadres_lettertype_en_voettekst_komen_uit_de_opmaak(tmp_path: Path) -> None:
    (tmp_path / "wapen.png").write_bytes(PUNT)
    (tmp_path / "eigen.woff2").write_bytes(huisstijl.middelen.inhoud("document-700.woff2"))
    stijl = Pdfstijl(
        "Dienst Wonen", "#112233", tmp_path, "wapen.png", "eigen.woff2", "Postbus 1\n1234 AB Voorbeeldstad", "Bel 14 0999", adres_rechts=True
    )  # fmt: skip
    pdf = maak_brief(brief(), stijl)
    lezer = PdfReader(BytesIO(pdf))
    tekst = " ".join(lezer.pages[0].extract_text().split())
    assert "Antwoordadres: Postbus 1, 1234 AB Voorbeeldstad" in tekst
    assert tekst.index("Bel 14 0999") > tekst.index("Het mag.")
    assert len(lezer.pages[0].images) == 1
    assert _letters(pdf) != _letters(maak_brief(brief(), STIJL))
    assert list(gebreken_van(pdf, titel="Besluit op uw aanvraag", taal="nl")) == []


def _letters(pdf: bytes) -> set[str]:
    middelen: Any = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]
    return {str(letter.get_object()["/BaseFont"]) for letter in middelen["/Font"].values()}


def test_een_kleur_die_te_licht_is() -> None:
    assert round(contrast("#000000")) == 21
    assert contrast("#767676") > GENOEG_CONTRAST > contrast("#ffcc00")


def test_middelen_blijven_in_hun_map(tmp_path: Path) -> None:
    map_ = tmp_path / "middelen"
    map_.mkdir()
    (tmp_path / "geheim.png").write_bytes(PUNT)
    (map_ / "link.png").symlink_to(tmp_path / "geheim.png")
    (map_ / "kwaad.html").write_text("x")
    (map_ / "goed.png").write_bytes(PUNT)
    middelen = Middelen(map_)
    assert middelen.namen() == ["goed.png"]
    for naam in ("../geheim.png", "link.png", "kwaad.html", "weg.png", "/etc/passwd", ".", ""):
        with pytest.raises(MiddelFout):
            middelen.lees(naam)


def gebreken(inhoud: str, **velden: Any) -> list[str]:
    gevuld = Gevuld("Titel", inhoud, "x")
    with pytest.raises(BriefFout) as fout:
        maak_brief(Brief(gevuld, **velden), STIJL)
    return str(fout.value).split("; ")


def test_keuring_van_koppen_beelden_en_lege_plekken() -> None:
    beeld = base64.b64encode(PUNT).decode()
    assert gebreken("<h3>Te diep</h3>") == ["de koppen slaan een niveau over"]
    assert gebreken("<h1>Nog een</h1>") == ["er is niet precies één hoofdkop, vooraan"]
    assert gebreken(f'<img src="data:image/png;base64,{beeld}">') == ["een afbeelding heeft geen tekst"]
    assert gebreken("<p>Beste {{ naam }}</p>") == ["er staat een niet ingevulde plek in"]


def test_accolades_die_iemand_zelf_invulde_houden_een_brief_niet_tegen() -> None:
    deel = {
        "soort": "brief",
        "onderwerp": {"nl": "Over {{ tekst }}"},
        "inhoud": {"nl": "<p>U schreef: {{ tekst }}</p>"},
    }
    pdf = maak_brief(Brief(vul(deel, {"tekst": "a }} {{ b"})), STIJL)
    assert "U schreef: a }} {{ b" in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    with pytest.raises(SjabloonFout, match=r"\{\{ hoort nergens bij"):
        vul({**deel, "inhoud": {"nl": "<p>Beste {{ naam</p>"}}, {"tekst": "x"})


def test_keuring_van_titel_taal_en_tags(pdf: bytes) -> None:
    assert list(gebreken_van(pdf, titel="Iets anders", taal="en")) == ["de titel ontbreekt", "de taal is niet en"]
    schrijver = PdfWriter(clone_from=BytesIO(pdf))
    for naam in ("/StructTreeRoot", "/MarkInfo", "/ViewerPreferences"):
        del schrijver.root_object[NameObject(naam)]
    kaal = BytesIO()
    schrijver.write(kaal)
    gevonden = list(gebreken_van(kaal.getvalue(), titel="Besluit op uw aanvraag", taal="nl"))
    assert gevonden == ["de titel staat niet in de titelbalk", "de tags voor schermlezers ontbreken"]


def test_een_beeld_in_een_brief_voldoet_aan_pdf_a(tmp_path: Path) -> None:
    """PDF/A-3 verbiedt /Interpolate, en CMYK naast een kleurprofiel in RGB."""
    beeld = base64.b64encode(PUNT).decode()
    gevuld = Gevuld("Titel", f'<p><img alt="kaart" src="data:image/png;base64,{beeld}"></p>', "x")
    pagina: Any = PdfReader(BytesIO(maak_brief(Brief(gevuld), STIJL))).pages[0]
    (figuur,) = (deel.get_object() for deel in pagina["/Resources"]["/XObject"].values())
    assert [deel.get("/Interpolate") for deel in (figuur, figuur["/SMask"])] == [False, False]
    Image.new("CMYK", (5, 5)).save(tmp_path / "logo.jpg")
    with pytest.raises(SjabloonFout, match=r"middel:logo.jpg is in CMYK"):
        maak_brief(
            Brief(Gevuld("Titel", '<img alt="x" src="middel:logo.jpg">', "x")), replace(STIJL, middelen=tmp_path)
        )


def _als_png(breed: int, hoog: int) -> str:
    uit = BytesIO()
    Image.new("1", (breed, hoog)).save(uit, "png")
    return base64.b64encode(uit.getvalue()).decode()


@pytest.mark.parametrize("beeld", ["AAAA", _als_png(8000, 8000), _als_png(30000, 30000)], ids=["kapot", "groot", "bom"])
def test_een_afbeelding_die_niet_te_tonen_is_wordt_geweigerd(beeld: str) -> None:
    """WeasyPrint laat haar anders stil weg: de brief gaat dan zonder de deur uit."""
    gevuld = Gevuld("Titel", f'<p><img alt="kaart" src="data:image/png;base64,{beeld}"></p>', "x")
    with pytest.raises(SjabloonFout, match=r"afbeelding data:image/png.* is (niet te lezen|te groot)"):
        maak_brief(Brief(gevuld), STIJL)


POPPLER = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is niet geïnstalleerd"
)
VENSTER = 62 + 227
"""Zo ver naar rechts, in punten, kijkt een envelop met venster: de marge en 80 mm."""
PAPIER = 595 - 60


def rechterkanten(inhoud: str, adres: Sequence[str] = ()) -> dict[str, float]:
    """Van elk woord van een brief hoe ver het naar rechts loopt, in punten."""
    pdf = maak_brief(Brief(Gevuld("Titel", inhoud, "x"), adres), STIJL)
    gelezen = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return {
        woord: float(plek) for plek, woord in re.findall(r'xMax="([0-9.]+)" yMax="[^"]+">([^<]*)', gelezen.decode())
    }


@POPPLER
def test_geen_tekst_loopt_van_het_papier() -> None:
    bestandsnaam = "verslag_overleg_2024-03-04_definitief_versie_3_ondertekend_en_gescand_door_vergunningen.pdf"
    for inhoud in (
        f"<p>{'x' * 200}</p>",
        f"<table><tr><td>1</td><td>{bestandsnaam}</td><td>Gedeeltelijk</td></tr></table>",
        f"<table><tr>{'<td>Bedragenoverzicht</td>' * 12}</tr></table>",
    ):
        assert max(rechterkanten(inhoud).values()) < PAPIER
    zin = "gewone woorden " * 40
    assert "Gedeeltelijk" in rechterkanten(f"<table><tr><td>{zin}</td><td>Gedeeltelijk</td></tr></table>")


@POPPLER
def test_een_lang_adres_blijft_binnen_het_venster_van_de_envelop() -> None:
    naam = "De weledelgeleerde heer dr. ir. J.M.W.C. Bergh Van der Zonnenschijn te Oudenhoven"
    plekken = rechterkanten("<p>x</p>", [naam, "Straat 1", "1234 AB  STAD"])
    assert max(plekken[woord] for woord in naam.split()) < VENSTER


def test_namen_met_letters_van_elders_staan_in_het_eigen_lettertype() -> None:
    naam = "Ş. Wałęsa-Đorđević"
    pdf = maak_brief(Brief(vul(SJABLOON, GEGEVENS, "nl"), [naam], [], "nl", MOMENT), STIJL)
    assert naam in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert all("Source-Sans" in letter for letter in _letters(pdf))
