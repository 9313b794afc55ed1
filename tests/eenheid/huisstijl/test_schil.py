"""De paginaschil: taal, navigatie, bestanden, meldingen en gewicht."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from huisstijl import Gebruiker, Navigatiepunt, Sessie, middelen, registreer
from huisstijl.taal import EIGEN, Catalogus, in_taal, kies, lui, teksten_in, vertaal
from huisstijl.voorbeeldpagina import maak_app

HUISSTIJL = Path(middelen.__file__).parent
PAGINAS = ["/", "/formulier", "/formulier?toestand=gevuld", "/formulier?toestand=fout", "/zaken", "/panelen"]


@pytest.fixture
def klant() -> Iterator[FlaskClient]:
    with maak_app().test_client() as klant:
        yield klant


@pytest.mark.parametrize("pad", PAGINAS)
@pytest.mark.parametrize("taal", ["nl", "en"])
def test_elke_pagina_is_geldige_html_zonder_inline_code(klant: FlaskClient, pad: str, taal: str) -> None:
    klant.set_cookie("taal", taal)
    tekst = klant.get(pad).get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(tekst)
    assert f'<html lang="{taal}"' in tekst
    assert "style=" not in tekst
    assert "<style" not in tekst
    assert not re.search(r"<script(?![^>]*\ssrc=)", tekst)
    assert not re.search(r"\son[a-z]+=", tekst)


@pytest.mark.parametrize("pad", PAGINAS)
def test_ids_zijn_uniek_en_verwijzingen_kloppen(klant: FlaskClient, pad: str) -> None:
    tekst = klant.get(pad).get_data(as_text=True)
    ids = re.findall(r'\sid="([^"]+)"', tekst)
    assert len(ids) == len(set(ids))
    verwezen = re.findall(r'(?:aria-describedby|aria-labelledby|\sfor)="([^"]+)"', tekst)
    assert {id_ for waarde in verwezen for id_ in waarde.split()} <= set(ids)


def test_foutsamenvatting_springt_naar_bestaande_velden(klant: FlaskClient) -> None:
    tekst = klant.get("/formulier?toestand=fout").get_data(as_text=True)
    samenvatting = tekst[tekst.index("dv-foutsamenvatting") : tekst.index("dv-voortgang")]
    doelen = re.findall(r'href="#([^"]+)"', samenvatting)
    assert len(doelen) == 12
    assert all(f'id="{doel}"' in tekst for doel in doelen)


def test_eerste_pagina_is_hoogstens_60_kb(klant: FlaskClient) -> None:
    antwoord = klant.get("/")
    tekst = antwoord.get_data(as_text=True)
    bestanden = set(re.findall(r'(?:href|src)="(/static/huisstijl/[^"]+)"', tekst))
    assert len(bestanden) == 4
    gewicht = len(gzip.compress(antwoord.data))
    for adres in bestanden:
        gewicht += len(klant.get(adres, headers={"Accept-Encoding": "gzip"}).data)
    assert gewicht <= 60_000
    js = next(adres for adres in bestanden if adres.endswith(".js"))
    assert len(klant.get(js, headers={"Accept-Encoding": "gzip"}).data) <= 15_000


def test_bestanden_zijn_gecomprimeerd_en_blijvend(klant: FlaskClient) -> None:
    antwoord = klant.get(middelen.adres("huisstijl.css"), headers={"Accept-Encoding": "br, gzip"})
    assert antwoord.headers["Content-Encoding"] == "br"
    assert antwoord.headers["Content-Type"].startswith("text/css")
    assert "immutable" in antwoord.headers["Cache-Control"]
    kaal = klant.get(middelen.adres("huisstijl.css"))
    assert "Content-Encoding" not in kaal.headers
    assert b"utrecht-button" in kaal.data
    assert klant.get("/static/huisstijl/manifest.jso").status_code == 404
    assert klant.get("/static/huisstijl/..%2fschil.py").status_code == 404


def test_geen_adressen_van_buiten(klant: FlaskClient) -> None:
    css = klant.get(middelen.adres("huisstijl.css")).get_data(as_text=True)
    assert not re.search(r"url\(['\"]?https?:", css)
    assert "https://" not in klant.get("/").get_data(as_text=True)


def test_taalkeuze_blijft_via_cookie(klant: FlaskClient) -> None:
    assert "Ga direct naar de inhoud" in klant.get("/").get_data(as_text=True)
    engels = klant.get("/formulier?toestand=fout&taal=en")
    assert "There is a problem" in engels.get_data(as_text=True)
    assert "HttpOnly" in engels.headers["Set-Cookie"]
    assert 'href="?toestand=fout&amp;taal=nl"' in engels.get_data(as_text=True)
    assert "Skip to content" in klant.get("/").get_data(as_text=True)


def test_onbekende_taal_is_nederlands(klant: FlaskClient) -> None:
    antwoord = klant.get("/?taal=<script>")
    assert '<html lang="nl"' in antwoord.get_data(as_text=True)
    assert "Set-Cookie" not in antwoord.headers or "taal=" not in antwoord.headers["Set-Cookie"]


def test_navigatie_kent_de_huidige_pagina(klant: FlaskClient) -> None:
    tekst = klant.get("/zaken").get_data(as_text=True)
    assert 'href="/zaken" aria-current="page"' in tekst
    assert 'href="/" aria-current="page"' not in tekst


def test_navigatiepunt_onder_een_pad() -> None:
    punt = Navigatiepunt("Zaken", "/mijn/zaken")
    assert punt.is_huidig("/mijn/zaken/123")
    assert not punt.is_huidig("/mijn/zakenpartner")
    assert not Navigatiepunt("Start", "/mijn/", exact=True).is_huidig("/mijn/zaken")


def _app(**overig: object) -> Flask:
    app = Flask("proef")
    app.secret_key = "proef"
    registreer(app, titel="Proef", **overig)  # type: ignore[arg-type]  # doorgegeven instellingen
    app.add_url_rule("/", "start", lambda: render_template_string('{% extends "basis.html" %}'))
    return app


def test_teksten_van_gebruikers_worden_ontsnapt() -> None:
    kwaad = "<script>alert(1)</script>"
    app = _app(
        gebruiker=lambda: Gebruiker(kwaad, "/uit", namens=kwaad),
        organisatie=kwaad,
        navigatie=lambda: [Navigatiepunt(kwaad, '"><b>')],
    )
    tekst = app.test_client().get("/").get_data(as_text=True)
    assert "alert(1)" in tekst
    assert kwaad not in tekst
    assert '"><b>' not in tekst


def test_sessiewaarschuwing_staat_alleen_bij_een_sessie() -> None:
    met = _app(sessie=lambda: Sessie(900, "/verleng")).test_client().get("/").get_data(as_text=True)
    assert 'data-seconden="900"' in met
    assert "data-sessie" not in _app().test_client().get("/").get_data(as_text=True)


def test_eigen_thema_is_een_bestand(tmp_path: Path) -> None:
    thema = tmp_path / "gemeente.css"
    thema.write_text(":root { --basis-heading-color: #123456; }")
    klant = _app(thema=thema).test_client()
    adres = re.findall(r'href="(/static/huisstijl/thema-[^"]+)"', klant.get("/").get_data(as_text=True))[0]
    assert b"#123456" in klant.get(adres).data


def test_ontbrekende_waarde_in_sjabloon_is_een_fout() -> None:
    app = _app()
    app.add_url_rule("/stuk", "stuk", lambda: render_template_string("{{ bestaat_niet }}"))
    app.add_url_rule("/vraag", "vraag", lambda: render_template_string("{% if bestaat_niet %}x{% endif %}goed"))
    assert app.test_client().get("/stuk").status_code == 500
    assert app.test_client().get("/vraag").data == b"goed"


def test_alle_teksten_hebben_een_vertaling() -> None:
    teksten = teksten_in(HUISSTIJL) - {"tekst %(naam)s", "…%(naam)s", "Verder", "Mijn zaken"}  # voorbeelden in uitleg
    assert EIGEN.ontbrekend(teksten) == set()


def test_vertaling_houdt_dezelfde_waarden() -> None:
    for nederlands in teksten_in(HUISSTIJL):
        engels = EIGEN.zoek(nederlands, "en")
        assert set(re.findall(r"%\((\w+)\)s", engels)) == set(re.findall(r"%\((\w+)\)s", nederlands)), nederlands


def test_vertaal_en_kies_buiten_een_verzoek() -> None:
    assert vertaal("Vorige") == "Vorige"
    luie = lui("Vorige")
    with in_taal("en"):
        assert vertaal("Vorige") == "Previous"
        assert str(luie) == "Previous"
        assert kies({"nl": "ja", "en": "yes"}) == "yes"
        assert kies({"nl": "ja"}) == "ja"
    assert kies({"fr": "oui"}) == "oui"
    assert kies(None) == ""
    assert vertaal("100 %") == "100 %"


def test_catalogi_samen() -> None:
    samen = Catalogus({"en": {"a": "x"}}).met(Catalogus({"en": {"a": "y", "b": "z"}, "fr": {"a": "q"}}))
    assert (samen.zoek("a", "en"), samen.zoek("b", "en"), samen.zoek("a", "fr"), samen.zoek("a", "de")) == (
        "y",
        "z",
        "q",
        "a",
    )
