"""ztc-001 tot en met ztc-003, met een selectielijst van een ander: een echte HTTP-server met een paar resources."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
import pytest

from dienstverlening.samenstellen import maak_platform
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import ZaakTypeUit
from integratie.referentielijsten import ReferentielijstenClient
from kern.installatie import Installatie
from kern.machines import Ondertekening
from registraties.referentielijsten.laden import laad, voorbeeldset
from tests.integratie.registraties.rechten import fouten_van
from tests.integratie.registraties.typen import maak_catalogus, resultaattype_invoer, zaaktype_invoer

PAD = "/api/v1"


class Selectielijst(BaseHTTPRequestHandler):
    """Twee procestypen, met resultaten die erbij horen."""

    def do_GET(self) -> None:  # zo heet het in http.server
        """Geef de resource, of 404."""
        inhoud = self._resources().get(self.path.removeprefix(PAD))
        self.send_response(404 if inhoud is None else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(orjson.dumps(inhoud or {}))

    def log_message(self, *_delen: Any) -> None:
        """Zwijg."""

    def _resources(self) -> dict[str, Any]:
        basis = f"http://{self.headers['Host']}{PAD}"
        klasse = {"procesType": f"{basis}/procestypen/1", "waardering": "vernietigen", "bewaartermijn": "P5Y"}
        return {
            "/procestypen/1": {"url": f"{basis}/procestypen/1", "nummer": 1, "naam": "Instellen"},
            "/procestypen/2": {"url": f"{basis}/procestypen/2", "nummer": 2, "naam": "Verlenen"},
            "/resultaten/nihil": klasse | {"procestermijn": "nihil"},
            "/resultaten/leeg": klasse | {"procestermijn": ""},
            "/resultaten/ander": klasse | {"procesType": f"{basis}/procestypen/2"},
            "/resultaattypeomschrijvingen/1": {"omschrijving": "Verleend", "definitie": "Het is verleend"},
        }


@pytest.fixture
def selectielijst() -> Iterator[str]:
    """De basis-URL van de selectielijst."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Selectielijst)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    yield f"http://127.0.0.1:{server.server_port}{PAD}"
    server.shutdown()
    server.server_close()
    draad.join()


@pytest.fixture
def client(installatie: Installatie, selectielijst: str) -> Iterator[CatalogiClient]:
    """De Catalogi API van een installatie die deze selectielijst gebruikt, op dezelfde gegevens."""
    instellingen = installatie.instellingen.model_copy(update={"dienst_referentielijsten": selectielijst})
    ander = maak_platform(instellingen, installatie.klok)
    yield CatalogiClient(ander, namens="catalogi")
    ander.sluit()


def test_procestype(client: CatalogiClient, selectielijst: str) -> None:
    """ztc-001."""
    catalogus = maak_catalogus(client)
    for pad in ("resultaten/nihil", "onzin"):
        json = zaaktype_invoer(catalogus, selectielijst_procestype=f"{selectielijst}/{pad}").als_json(alleen_gezet=True)
        assert fouten_van(client, "POST", "zaaktypen", json) == {"selectielijstProcestype": "invalid-resource"}
    goed = zaaktype_invoer(catalogus, selectielijst_procestype=f"{selectielijst}/procestypen/1")
    assert client.maak("zaaktypen", goed, ZaakTypeUit).selectielijst_procestype == f"{selectielijst}/procestypen/1"


def test_resultaattype(client: CatalogiClient, selectielijst: str) -> None:
    """ztc-002 en ztc-003: de klasse past bij het zaaktype en de afleidingswijze, en vult aan wat ontbreekt."""
    invoer = zaaktype_invoer(maak_catalogus(client), selectielijst_procestype=f"{selectielijst}/procestypen/1")
    zaaktype = client.maak("zaaktypen", invoer, ZaakTypeUit).url

    def json(klasse: str, wijze: str = "afgehandeld", omschrijving: str = "1", **velden: Any) -> dict[str, Any]:
        procedure = {"afleidingswijze": wijze} | ({"procestermijn": "P1Y"} if wijze == "termijn" else {})
        adressen = {
            "selectielijstklasse": f"{selectielijst}/resultaten/{klasse}",
            "resultaattypeomschrijving": f"{selectielijst}/resultaattypeomschrijvingen/{omschrijving}",
        }
        gewoon = resultaattype_invoer(zaaktype, archiefnominatie="", archiefactietermijn=None)
        return gewoon.als_json(alleen_gezet=True) | adressen | {"brondatumArchiefprocedure": procedure} | velden

    nfe = "nonFieldErrors"
    assert fouten_van(client, "POST", "resultaattypen", json("ander")) == {nfe: "procestype-mismatch"}
    assert fouten_van(client, "POST", "resultaattypen", json("nihil", "termijn")) == {
        nfe: "invalid-afleidingswijze-for-procestermijn"
    }
    assert fouten_van(client, "POST", "resultaattypen", json("onzin", omschrijving="onzin")) == {
        "selectielijstklasse": "invalid-resource",
        "resultaattypeomschrijving": "invalid-resource",
    }
    soort = client.vraag("POST", "resultaattypen", json=json("leeg", "termijn"))
    assert soort["omschrijvingGeneriek"] == "Verleend"
    assert (soort["archiefnominatie"], soort["archiefactietermijn"]) == ("vernietigen", "P5Y")
    eigen = json("nihil", omschrijving="1") | {"omschrijving": "Anders", "archiefnominatie": "blijvend_bewaren"}
    assert client.vraag("POST", "resultaattypen", json=eigen)["archiefnominatie"] == "blijvend_bewaren"


OPENBAAR = "https://selectielijst.openzaak.nl/api/v1"


def test_een_eigen_lijst_kent_ook_de_adressen_van_de_openbare_dienst(installatie: Installatie) -> None:
    """Regels 16: bestaande catalogi verwijzen daarnaar. Wat hier niet geladen is, is niet na te gaan en mag."""
    laad(installatie, voorbeeldset())
    lijsten = ReferentielijstenClient(installatie, namens="catalogi")
    proces = next(proces for proces in lijsten.procestypen() if proces.nummer == 11)
    ander = next(proces for proces in lijsten.procestypen() if proces.nummer == 12)
    klasse = next(iter(lijsten.resultaten(proces.url)))
    openbaar = {url: f"{OPENBAAR}/{url.partition('/api/v1/')[2]}" for url in (proces.url, ander.url, klasse.url)}
    client = CatalogiClient(installatie, namens="catalogi")
    catalogus = maak_catalogus(client)
    invoer = zaaktype_invoer(catalogus, selectielijst_procestype=openbaar[proces.url])
    zaaktype = client.maak("zaaktypen", invoer, ZaakTypeUit)
    assert zaaktype.selectielijst_procestype == openbaar[proces.url]  # de URL zelf blijft
    soort = resultaattype_invoer(zaaktype.url, archiefnominatie="", archiefactietermijn=None).als_json(
        alleen_gezet=True
    )
    adressen = {
        "selectielijstklasse": klasse.url,
        "resultaattypeomschrijving": f"{OPENBAAR}/resultaattypeomschrijvingen/1",
    }
    procedure = {"brondatumArchiefprocedure": {"afleidingswijze": "hoofdzaak"}}
    gemaakt = client.vraag("POST", "resultaattypen", json=soort | adressen | procedure)
    assert gemaakt["archiefnominatie"] == klasse.waardering
    assert gemaakt["archiefactietermijn"] == klasse.bewaartermijn
    verkeerd = zaaktype_invoer(catalogus, "ANDER", selectielijst_procestype=openbaar[ander.url])
    bij_ander = client.maak("zaaktypen", verkeerd, ZaakTypeUit).url
    json = soort | adressen | procedure | {"zaaktype": bij_ander, "selectielijstklasse": openbaar[klasse.url]}
    assert fouten_van(client, "POST", "resultaattypen", json) == {"nonFieldErrors": "procestype-mismatch"}
    eigen = {"selectielijstklasse": f"{klasse.url[:-4]}0000"}
    assert fouten_van(client, "POST", "resultaattypen", json | eigen) == {"selectielijstklasse": "invalid-resource"}
    vreemd = {"selectielijstklasse": f"{openbaar[klasse.url][:-4]}0000", "archiefnominatie": "vernietigen"}
    assert client.vraag("POST", "resultaattypen", json=json | vreemd)["selectielijstklasse"].endswith("0000")


def test_een_haperende_selectielijst_houdt_het_beheer_niet_tegen(installatie: Installatie) -> None:
    """Regels 16: het type komt er, met een waarschuwing dat de verwijzing niet is nagegaan."""
    with socket.create_server(("127.0.0.1", 0)) as bezet:
        weg = f"http://127.0.0.1:{bezet.getsockname()[1]}{PAD}"
    instellingen = installatie.instellingen.model_copy(update={"dienst_referentielijsten": weg})
    ander = maak_platform(instellingen, installatie.klok)
    catalogus = maak_catalogus(CatalogiClient(ander, namens="catalogi"))
    json = zaaktype_invoer(catalogus, selectielijst_procestype=f"{weg}/procestypen/1").als_json(alleen_gezet=True)
    dienst = ander.diensten["catalogi"]
    antwoord = ander.http.post(f"{dienst.basis}/zaaktypen", json=json, auth=Ondertekening(ander, dienst, "catalogi"))
    assert antwoord.status_code == 201
    assert "niet nagegaan" in antwoord.headers["X-Warning"]
    assert antwoord.json()["selectielijstProcestype"] == f"{weg}/procestypen/1"
    ander.sluit()
