"""De PDF: getagd, met taal en titel, steeds hetzelfde, en zonder iets op te halen."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from formuliermotor import Pdfstijl, Regel, Sectie, maak_pdf, schrijf_pdf
from formuliermotor.middelen import MiddelFout

SECTIES = [Sectie("een", "Over u", (Regel("naam", "Uw naam", "Jan <b>de</b> Boer"), Regel("leeg", "Telefoon", "")))]
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _pdf(taal: str = "nl") -> bytes:
    kenmerken = [("Verzoeknummer", "VERZOEK-2026-1")]
    return maak_pdf("Uw aanvraag", SECTIES, kenmerken, taal, Pdfstijl("Gemeente Voorbeeldstad"), moment=MOMENT)


def test_getagd_met_taal_titel_en_inhoud() -> None:
    lezer = PdfReader(BytesIO(_pdf()))
    wortel: Any = lezer.root_object
    assert wortel["/MarkInfo"]["/Marked"]
    assert wortel["/Lang"] == "nl"
    assert lezer.metadata is not None
    assert lezer.metadata.title == "Uw aanvraag"
    assert lezer.metadata.creation_date == MOMENT
    tekst = lezer.pages[0].extract_text()
    for deel in ("VERZOEK-2026-1", "Jan <b>de</b> Boer", "niet ingevuld", "Pagina 1 van 1"):
        assert deel in tekst
    assert wortel["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert b'pdfaid:part="3"' in wortel["/Metadata"].get_data()
    assert b'pdfaid:conformance="A"' in wortel["/Metadata"].get_data()


def test_zelfde_invoer_zelfde_bytes() -> None:
    assert _pdf() == _pdf()
    assert _pdf() != _pdf("en")
    assert "Page 1 of 1" in PdfReader(BytesIO(_pdf("en"))).pages[0].extract_text()


@pytest.mark.parametrize(
    "adres", ["file://{map}/geheim.svg", "http://127.0.0.1:9/x", "HTTP://169.254.169.254/x", "geheim.svg"]
)
def test_haalt_niets_op(tmp_path: Path, adres: str) -> None:
    (tmp_path / "geheim.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>GEHEIM</text></svg>')
    html = '<!doctype html><html lang="nl"><title>x</title><img src="{}" alt="x"><p>klaar</p>'
    if "://" in adres:
        with pytest.raises(MiddelFout, match="mag niet opgehaald worden"):
            schrijf_pdf(html.format(adres.format(map=tmp_path)))
    else:
        tekst = PdfReader(BytesIO(schrijf_pdf(html.format(adres)))).pages[0].extract_text()
        assert "klaar" in tekst
        assert "GEHEIM" not in tekst


def test_een_beeld_in_het_document_zelf_mag() -> None:
    beeld = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/%3E"
    schrijf_pdf(f'<!doctype html><html lang="nl"><title>x</title><img src="{beeld}" alt="x"><p>klaar</p>')


def test_kleur_is_een_kleur() -> None:
    with pytest.raises(ValueError, match="geen kleur"):
        maak_pdf("x", SECTIES, huisstijl=Pdfstijl("G", "red; } body { background: url(x)"))
