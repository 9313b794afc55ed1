"""De huisstijl op een echte scherm-app van kern: CSP, CSRF, foutpagina's en bewaarbare bestanden."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import render_template_string, session
from flask.testing import FlaskClient

import formuliermotor
import huisstijl
from huisstijl import middelen
from kern.installatie import Installatie
from kern.motoren import Motoren
from kern.sessies import IDENTITEIT
from kern.toegang import openbaar
from kern.web import maak_scherm_app
from tests.kernhulp import inwoner, open_installatie

PAGINA = '{% extends "basis.html" %}{% block inhoud %}{% call c.formulier("/stuur") %}{{ c.knop("Verder") }}{% endcall %}{% endblock %}'


@pytest.fixture
def installatie(motoren: Motoren, tmp_path: Path) -> Iterator[Installatie]:
    with open_installatie(motoren.database_url, motoren.redis_url, tmp_path, gemeente_naam="Gemeente Proefdorp") as i:
        yield i


@pytest.fixture
def klant(installatie: Installatie) -> FlaskClient:
    app = maak_scherm_app("proef", installatie, import_naam=__name__)
    huisstijl.registreer(app, titel="Proef")
    formuliermotor.registreer(app)

    @app.get("/")
    @openbaar
    def toon() -> str:
        return render_template_string(PAGINA)

    @app.get("/in")
    @openbaar
    def meld_aan() -> str:
        session[IDENTITEIT] = inwoner().model_dump(mode="json")
        return ""

    @app.post("/stuur")
    @openbaar
    def stuur() -> str:
        return "ontvangen"

    return app.test_client()


def test_csp_past_bij_de_pagina(klant: FlaskClient) -> None:
    antwoord = klant.get("/")
    csp = antwoord.headers["Content-Security-Policy"]
    assert "script-src 'self'" in csp
    assert "'unsafe-inline'" not in csp
    tekst = antwoord.get_data(as_text=True)
    assert re.findall(r"<(?:script|style)(?![^>]*src=\"/static/)", tekst) == []
    assert "Gemeente Proefdorp" in tekst


def test_formulier_heeft_een_geldig_csrf_token(klant: FlaskClient) -> None:
    token = re.findall(r'name="csrf_token" value="([^"]+)"', klant.get("/").get_data(as_text=True))[0]
    assert klant.post("/stuur", data={"csrf_token": token}).get_data(as_text=True) == "ontvangen"
    geweigerd = klant.post("/stuur")
    assert geweigerd.status_code == 400
    assert "dv-pagina" in geweigerd.get_data(as_text=True)


def test_foutpagina_in_de_taal_van_de_bezoeker(klant: FlaskClient) -> None:
    assert "Deze pagina bestaat niet" in klant.get("/bestaat-niet").get_data(as_text=True)
    engels = klant.get("/bestaat-niet?taal=en")
    assert engels.status_code == 404
    assert "This page does not exist" in engels.get_data(as_text=True)
    assert '<html lang="en"' in engels.get_data(as_text=True)


def test_bestanden_blijven_bewaard_ook_na_aanmelden(klant: FlaskClient) -> None:
    klant.get("/in")
    css = klant.get(middelen.adres("huisstijl.css"))
    assert css.status_code == 200
    assert "immutable" in css.headers["Cache-Control"]
    assert klant.get("/").headers["Cache-Control"] == "no-store"


def test_alleen_de_bestanden_als_eigen_deel(installatie: Installatie) -> None:
    assert middelen.DEEL.maak_app is not None
    klant = middelen.DEEL.maak_app(installatie).test_client()
    naam = middelen.adres("huisstijl.css").rpartition("/")[2]
    assert klant.get(f"/{naam}").status_code == 200
    assert klant.get("/manifest.json.br").status_code == 404


@pytest.mark.parametrize(("tegels", "mag"), [("", "img-src 'self' data:;"), ("https://kaart.test/wmts/{z}/{x}/{y}.png", "img-src 'self' data: https://kaart.test;")])  # fmt: skip
def test_alleen_de_ingestelde_kaartdienst_mag(installatie: Installatie, tegels: str, mag: str) -> None:
    eigen = Installatie(installatie.instellingen.model_copy(update={"kaart_tegels": tegels}))
    app = maak_scherm_app("kaart", eigen, import_naam=__name__)
    antwoord = app.test_client().get("/bestaat-niet", base_url=eigen.instellingen.adres)
    assert mag in antwoord.headers["Content-Security-Policy"]
    eigen.sluit()
