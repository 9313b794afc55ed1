"""Het scherm voor operators: welke abonnees hun berichten niet krijgen, en opnieuw proberen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import session
from pydantic import BaseModel
from sqlalchemy import select
from werkzeug.test import Client

import huisstijl
from dienstverlening.abonnementen import maak_abonnementen
from integratie.notificaties import NotificatiesClient
from kern import sessies
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.outbox.pagina import maak_beheer_blauwdruk
from kern.tabellen import Auditregel
from kern.toegang import openbaar
from kern.web import maak_scherm_app
from registraties.notificaties.afleveren import WACHTTIJDEN
from registraties.notificaties.beheer import standen
from tests.integratie.kern.schermen import gekoppeld
from tests.integratie.registraties.notificaties.test_notificaties import (
    NOG_EEN,
    Abonnee,
    abonnees,
    abonnement,
    bericht,
    nrc,
)
from tests.kernhulp import inwoner, medewerker

__all__ = ["abonnees", "nrc"]


def scherm(installatie: Installatie, wie: BaseModel) -> tuple[Client, str]:
    app = maak_scherm_app("beheer", installatie, import_naam=__name__)
    huisstijl.registreer(app, titel="Beheer")
    app.register_blueprint(maak_beheer_blauwdruk(installatie))
    app.register_blueprint(maak_abonnementen(installatie))

    @app.get("/in")
    @openbaar
    def aanmelden() -> str:
        sessies.wissel()
        session["identiteit"] = wie.model_dump(mode="json")
        return app.jinja_env.from_string("{{ csrf_token() }}").render()

    client = gekoppeld(app, "/beheer")
    return client, client.get("/beheer/in").text


@pytest.fixture
def opgegeven(
    nrc: NotificatiesClient,
    abonnees: dict[str, Abonnee],
    werk_outbox_af: Callable[[], int],
    klok: VerzetbareKlok,
) -> dict[str, Abonnee]:
    """Eén abonnee die het goed doet, en één met een opgegeven bericht en een vers mislukt bericht."""
    for pad in ("/een", "/twee"):
        nrc.vraag("POST", "abonnement", json=abonnement(pad))
    abonnees["/twee"].status = 503
    nrc.vraag("POST", "notificaties", json=bericht())
    werk_outbox_af()
    for wachttijd in WACHTTIJDEN:
        klok.verzet(wachttijd + timedelta(seconds=1))
        werk_outbox_af()
    nrc.vraag("POST", "notificaties", json=bericht(NOG_EEN))
    werk_outbox_af()
    return abonnees


def test_standen_per_abonnement(opgegeven: dict[str, Abonnee], installatie: Installatie) -> None:
    twee, een = standen(installatie)
    assert (twee.callback_url, twee.wacht, twee.mislukt, twee.opgegeven) == ("http://platform.test/twee", 0, 1, 1)
    assert (twee.kanalen, twee.fout) == (["zaken"], "Geweigerd: antwoord 503")
    assert (een.callback_url, een.wacht, een.mislukt, een.opgegeven, een.fout) == (
        "http://platform.test/een",
        0,
        0,
        0,
        "",
    )


def test_een_operator_ziet_het_en_probeert_opnieuw(
    opgegeven: dict[str, Abonnee], installatie: Installatie, werk_outbox_af: Callable[[], int]
) -> None:
    bezoeker, token = scherm(installatie, medewerker("operator"))
    pagina = bezoeker.get("/beheer/notificaties/").text
    assert "http://platform.test/twee" in pagina
    assert "Geweigerd: antwoord 503" in pagina
    assert "Alles is aangekomen" in pagina
    assert "Given up" in bezoeker.get("/beheer/notificaties/?taal=en").text
    stand = standen(installatie)[0]
    lijst = bezoeker.get(f"/beheer/outbox/?staat=alle&verwerker=notificaties.aflevering&sleutel={stand.sleutel}").text
    assert lijst.count("notificaties.aflevering</td>") == 2
    opgegeven["/twee"].status = 204
    antwoord = bezoeker.post(f"/beheer/notificaties/{stand.id}/opnieuw", data={"csrf_token": token})
    assert antwoord.status_code == 303
    werk_outbox_af()
    assert sorted(deel["hoofdObject"] for deel in opgegeven["/twee"].berichten) == sorted(
        [NOG_EEN, bericht()["hoofdObject"]]
    )
    assert [stand.opgegeven + stand.mislukt for stand in standen(installatie)] == [0, 0]
    with installatie.db.lezen() as verbinding:
        assert verbinding.scalars(select(Auditregel.actie)).all() == ["outbox: opnieuw"]


@pytest.mark.parametrize("wie", [inwoner(), medewerker("functioneel-beheerder")])
def test_alleen_een_operator(installatie: Installatie, wie: BaseModel) -> None:
    bezoeker, token = scherm(installatie, wie)
    assert bezoeker.get("/beheer/notificaties/").status_code == 403
    pad = "/beheer/notificaties/0c3a7c1e-0f5c-4a6e-8f6d-1c2b3a4d5e6f/opnieuw"
    assert bezoeker.post(pad, data={"csrf_token": token}).status_code == 403
