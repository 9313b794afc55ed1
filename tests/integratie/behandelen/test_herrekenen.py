"""Vanuit een bezwaar de regels van het besluit nog eens laten lopen, met het verschil ernaast, en de uitkomst bij het dossier."""

import json
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentUit
from integratie.zaken.schemas import ZaakUit
from tests.integratie.behandelen.hulp import Browser, browser, pad_zaak, te_beoordelen
from tests.reishulp import Gemeente

JURIST = "jules"
LINK = re.compile(r'href="(/behandelen/zaken/[0-9a-f-]+/herrekenen/[0-9a-f-]+)"')
BEZWAAR = {"namens": "zelf", "belang": "geadresseerde", "grondenNu": "ja", "horen": "nee", "ondertekend": "ja"}


@pytest.fixture(scope="module")
def bezwaar(gemeente: Gemeente) -> ZaakUit:
    """Een bezwaar tegen een weigering, met de zaak van het besluit eraan."""
    zaak, _ = te_beoordelen(gemeente.installeer("bezwaar"))
    gemeente.rond_af(zaak, besluit="weigeren", steuntOp="nee", motivering="Een corporatiewoning mag u niet verhuren.")
    (besluit,) = gemeente.besluiten(zaak)
    verzoek = gemeente.dien_in(
        "bezwaar", {**BEZWAAR, "besluitnummer": besluit.identificatie}, documenttype="Bezwaarschrift"
    )
    gemeente.werk()
    return gemeente.zaak(verzoek)


def stukken(gemeente: Gemeente, zaak: ZaakUit) -> list[DocumentUit]:
    client = DocumentenClient(gemeente.installatie, namens="behandelen")
    alle = [client.document(deel.informatieobject) for deel in gemeente.zaken.documenten(zaak.url)]
    return [document for document in alle if document.titel.startswith("Regels opnieuw")]


def test_regels_opnieuw_met_het_verschil_en_bij_het_dossier(gemeente: Gemeente, bezwaar: ZaakUit) -> None:
    with browser(gemeente.installatie, JURIST) as jules:
        lijst = f"{pad_zaak(bezwaar)}/herrekenen"
        assert lijst in jules.naar(pad_zaak(bezwaar)).antwoord.text
        pad = LINK.findall(jules.naar(lijst).antwoord.text)[0]
        velden = _velden(jules.naar(pad))
        jules.stuur(pad, **velden)
        assert "De uitkomst is hetzelfde." in jules.tekst
        (corporatie,) = [naam for naam, waarde in velden.items() if naam.startswith("g") and waarde == "ja"][:1]
        anders = {**velden, corporatie: "nee"}
        jules.stuur(pad, **anders)
        assert "De uitkomst is anders." in jules.tekst
        assert stukken(gemeente, bezwaar) == []
        for _ in range(2):  # een dubbele klik is één stuk
            jules.naar(pad).stuur(pad, **anders)
            jules.stuur(pad, **{**anders, "sleutel": velden["sleutel"]}, bewaren="1")
    (stuk,) = stukken(gemeente, bezwaar)
    inhoud = b"".join(DocumentenClient(gemeente.installatie, namens="behandelen").inhoud(stuk))
    lezer = PdfReader(BytesIO(inhoud))
    gegevens = json.loads(lezer.attachments["herrekend.json"][0])
    assert gegevens["toen"]["beslissing"]
    assert any(toen != nu for _, toen, nu in gegevens["uitkomsten"])
    assert "De uitkomst is anders." in " ".join(pagina.extract_text() for pagina in lezer.pages)


def test_een_ander_kan_het_niet_zien(gemeente: Gemeente, bezwaar: ZaakUit, bas: Browser) -> None:
    bas.naar(f"{pad_zaak(bezwaar)}/herrekenen")
    assert bas.status == 403


def _velden(scherm: Browser) -> dict[str, str]:
    """De velden zoals zij op het formulier staan."""
    paren = re.findall(r'<input[^>]*name="([^"]+)"[^>]*>', scherm.antwoord.text)
    waarden = {}
    for naam in paren:
        invoer = re.search(rf'<input[^>]*name="{re.escape(naam)}"[^>]*>', scherm.antwoord.text)
        assert invoer
        waarde = re.search(r'value="([^"]*)"', invoer[0])
        waarden[naam] = waarde[1].replace("&#34;", '"') if waarde else ""
    return {naam: waarde for naam, waarde in waarden.items() if naam != "csrf_token"}
