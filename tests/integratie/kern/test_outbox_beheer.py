"""Wat een operator met de outbox kan: zien, opnieuw proberen, overslaan; en dat alleen een operator dat kan."""

from datetime import timedelta

import pytest
from flask import session
from pydantic import BaseModel
from sqlalchemy import select
from werkzeug.test import Client

import huisstijl
from kern import sessies
from kern.installatie import Installatie
from kern.outbox import Afhandelaar, Verwerker, beheer, plaats
from kern.outbox.beheer import Filter
from kern.outbox.pagina import maak_beheer_blauwdruk
from kern.tabellen import Auditregel
from kern.toegang import openbaar
from kern.web import maak_scherm_app
from tests.integratie.kern.schermen import gekoppeld
from tests.integratie.kern.test_outbox import Notities, neem
from tests.kernhulp import BSN, inwoner, medewerker

OPERATOR = medewerker("operator")


@pytest.fixture
def notities() -> Notities:
    return Notities("a1")


@pytest.fixture
def dood(installatie: Installatie, notities: Notities) -> Afhandelaar:
    """Een dode rij 1 met daarachter rij 2 van dezelfde sleutel, en een rij 3 die pas morgen mag."""
    afhandelaar = neem(installatie, Verwerker("noteer", buiten=notities.buiten, wachttijden=()))
    with installatie.db.schrijven() as verbinding:
        plaats(installatie, verbinding, "noteer", {"n": "a1"}, sleutel="zaak-a")
        plaats(installatie, verbinding, "noteer", {"n": "a2"}, sleutel="zaak-a")
        plaats(installatie, verbinding, "later", {"n": 3}, vanaf=installatie.klok.nu() + timedelta(days=1))
    afhandelaar.werk_af()
    return afhandelaar


def auditregels(installatie: Installatie) -> list[tuple[str, str, str]]:
    with installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(select(Auditregel.gebruiker, Auditregel.actie, Auditregel.onderwerp))
        return [(rij.gebruiker, rij.actie, rij.onderwerp) for rij in rijen]


@pytest.mark.usefixtures("dood")
def test_lijst_toont_wat_vastzit_en_waarop_gewacht_wordt(installatie: Installatie) -> None:
    assert [rij.id for rij in beheer.lijst(installatie, Filter()).rijen] == [1]
    alle = beheer.lijst(installatie, Filter("alle"))
    assert [(rij.id, rij.staat, rij.wacht_op) for rij in alle.rijen] == [
        (1, "dood", None),
        (2, "wacht", 1),
        (3, "wacht", None),
    ]
    assert [rij.id for rij in beheer.lijst(installatie, Filter("alle", "later")).rijen] == [3]
    assert beheer.tellingen(installatie) == {"later": {"wacht": 1}, "noteer": {"dood": 1, "wacht": 1}}


def test_opnieuw_proberen_laat_de_hele_sleutel_weer_lopen(
    installatie: Installatie, dood: Afhandelaar, notities: Notities
) -> None:
    notities.weiger.clear()
    assert beheer.opnieuw(installatie, OPERATOR, filter_=Filter("dood")) == 1
    dood.werk_af()
    assert notities.gedaan == ["a1", "a2"]
    assert auditregels(installatie)[0][:2] == ("jdevries", "outbox: opnieuw")


def test_overslaan_bewaart_wie_en_waarom_zonder_bsn(
    installatie: Installatie, dood: Afhandelaar, notities: Notities
) -> None:
    assert beheer.overslaan(installatie, 1, f"adres van {BSN} bestaat niet", OPERATOR) is True
    dood.werk_af()
    assert notities.gedaan == ["a2"]
    regel = ("jdevries", "outbox: overslaan", "noteer 1 (zaak-a): adres van *** bestaat niet")
    assert auditregels(installatie) == [regel]
    assert beheer.overslaan(installatie, 1, "nog eens", OPERATOR) is False


def test_rij_waar_een_worker_aan_werkt_blijft_van_die_worker(installatie: Installatie) -> None:
    geprobeerd: list[object] = []

    def buiten(installatie: Installatie, _werk: object) -> None:
        geprobeerd.append(beheer.opnieuw(installatie, OPERATOR, id_=1))
        geprobeerd.append(beheer.overslaan(installatie, 1, "te vroeg", OPERATOR))

    afhandelaar = neem(installatie, Verwerker("noteer", buiten=buiten))
    with installatie.db.schrijven() as verbinding:
        plaats(installatie, verbinding, "noteer", {})
    afhandelaar.werk_af()
    assert geprobeerd == [0, False]


def test_bladeren(installatie: Installatie) -> None:
    with installatie.db.schrijven() as verbinding:
        for nummer in range(120):
            plaats(installatie, verbinding, "noteer", {"n": nummer})
    derde = beheer.lijst(installatie, Filter("alle"), 3)
    assert (derde.totaal, derde.aantal, len(derde.rijen), derde.rijen[0].id) == (120, 3, 20, 101)


def scherm(installatie: Installatie, wie: BaseModel) -> Client:
    app = maak_scherm_app("beheer", installatie, import_naam=__name__)
    huisstijl.registreer(app, titel="Beheer")
    app.register_blueprint(maak_beheer_blauwdruk(installatie))

    @app.get("/in")
    @openbaar
    def aanmelden() -> str:
        sessies.wissel()
        session["identiteit"] = wie.model_dump(mode="json")
        return app.jinja_env.from_string("{{ csrf_token() }}").render()

    return gekoppeld(app, "/beheer")


@pytest.fixture
def client(installatie: Installatie, dood: Afhandelaar) -> tuple[Client, str]:
    client = scherm(installatie, OPERATOR)
    return client, client.get("/beheer/in").text


def test_pagina_toont_de_dode_rij_en_slaat_over_met_reden(installatie: Installatie, client: tuple[Client, str]) -> None:
    bezoeker, token = client
    lijst = bezoeker.get("/beheer/outbox/").text
    assert "RuntimeError: mislukt voor ***" in lijst
    assert 'href="/beheer/outbox/1"' in lijst
    assert "zaak-a" in bezoeker.get("/beheer/outbox/1").text
    zonder = bezoeker.post("/beheer/outbox/1/overslaan", data={"csrf_token": token, "reden": "x"})
    assert zonder.status_code == 400
    assert "minstens 5 tekens" in zonder.text
    met = bezoeker.post("/beheer/outbox/1/overslaan", data={"csrf_token": token, "reden": "besluit bestaat niet meer"})
    assert (met.status_code, met.location) == (303, "/beheer/outbox/")
    assert "Overgeslagen: 1" in bezoeker.get("/beheer/outbox/").text
    assert bezoeker.get("/beheer/outbox/1").status_code == 404
    assert auditregels(installatie)[0][2].endswith("besluit bestaat niet meer")


def test_pagina_probeert_alles_van_een_filter_opnieuw(installatie: Installatie, client: tuple[Client, str]) -> None:
    bezoeker, token = client
    antwoord = bezoeker.post("/beheer/outbox/opnieuw", data={"csrf_token": token, "staat": "dood"})
    assert antwoord.status_code == 303
    assert beheer.tellingen(installatie)["noteer"] == {"wacht": 2}


def test_pagina_in_het_engels(client: tuple[Client, str]) -> None:
    assert "Retry all of these" in client[0].get("/beheer/outbox/?taal=en").text


@pytest.mark.parametrize("wie", [inwoner(), medewerker("functioneel-beheerder")])
def test_alleen_een_operator(installatie: Installatie, wie: BaseModel) -> None:
    bezoeker = scherm(installatie, wie)
    token = bezoeker.get("/beheer/in").text
    assert bezoeker.get("/beheer/outbox/").status_code == 403
    assert bezoeker.post("/beheer/outbox/opnieuw", data={"csrf_token": token}).status_code == 403
