"""De simulatoren zoals ze in een installatie hangen: eigen adressen zonder socket, en de clients vinden ze."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

import simulatoren
from integratie.basis import NietBereikbaar
from integratie.brp import Doelbinding, maak_brp_client
from integratie.kvk import maak_kvk_client
from kern.aanmelden.aanmelder import Aanmelder
from kern.deel import Deel
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.klok import Klok
from kern.toegang import routes_zonder_toegang
from tests.integratie.aanmelden.hulp import JAN, kies
from tests.integratie.kern.conftest import installatie, kern_url

__all__ = ["installatie", "kern_url"]


@pytest.fixture
def gehangen(installatie: Installatie) -> Installatie:
    apps = {deel.pad: deel.maak_app(installatie) for deel in simulatoren.DELEN if deel.maak_app}
    assert [route for app in apps.values() for route in routes_zonder_toegang(app)] == []
    installatie.stel_samen(DispatcherMiddleware(NotFound(), {pad: app.wsgi_app for pad, app in apps.items()}))
    return installatie


def test_de_clients_vinden_de_simulatoren(gehangen: Installatie) -> None:
    jan = maak_brp_client(gehangen).persoon(JAN, ["naam.volledigeNaam"], Doelbinding("test"))
    assert jan is not None
    assert jan.waarde("naam.volledigeNaam") == "Jan Willem de Vries"
    bedrijf = maak_kvk_client(gehangen).basisprofiel("90000018")
    assert bedrijf is not None
    assert bedrijf.naam == "B&B De Zonnebloem"


@pytest.mark.parametrize("maak", [maak_brp_client, maak_kvk_client])
def test_in_productie_is_een_adres_nodig(tmp_path: Path, maak: Callable[[Any], Any]) -> None:
    kaal = laad_instellingen(omgeving="productie", geheime_sleutel="x" * 40, data=tmp_path)
    with pytest.raises(NietBereikbaar, match="niet-ingesteld"):
        maak(SimpleNamespace(instellingen=kaal, http=None))


def test_aanmelden_binnen_een_proces(gehangen: Installatie) -> None:
    i = gehangen.instellingen
    aanmelder = Aanmelder(gehangen.http, gehangen.klok, f"{i.adres}/aanmelden")
    digid = simulatoren.proefopstelling(i).middelen[0]
    adres, poging = aanmelder.begin(digid, "/")
    assert aanmelder.rond_af(digid, kies(gehangen.http, adres, JAN), poging).bsn == JAN


def test_het_overzicht_noemt_alle_testpersonen(gehangen: Installatie) -> None:
    browser = Client(gehangen.wsgi)
    pagina = browser.get("/simulatoren/")
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(pagina.text)
    assert "Jan Willem de Vries" in pagina.text
    assert browser.get("/simulatoren/postvak/").status_code == 200
    assert browser.get("/simulatoren/print/").status_code == 200
    with browser.get("/simulatoren/stijl/simulator.css") as stijl:
        assert stijl.content_type.startswith("text/css")


@pytest.mark.parametrize("deel", simulatoren.DELEN, ids=lambda deel: deel.naam)
def test_geen_simulator_start_in_productie(deel: Deel, tmp_path: Path) -> None:
    instellingen = laad_instellingen(omgeving="productie", geheime_sleutel="x" * 40, data=tmp_path)
    productie = SimpleNamespace(instellingen=instellingen, klok=Klok())
    assert deel.maak_app is not None
    with pytest.raises(simulatoren.SimulatorGeweigerd, match="alleen in demo en test"):
        deel.maak_app(productie)  # type: ignore[arg-type]  # alleen wat een simulator van een installatie gebruikt
    assert not list(tmp_path.iterdir())
