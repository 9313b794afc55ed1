"""Verwijzingen naar een dienst die geen API van het platform is, maar wel geregistreerd (`ANDERE_DIENSTEN`): de BAG, een objectenregistratie."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from dienstverlening.samenstellen import maak_platform
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.rechten import fouten_van
from tests.integratie.registraties.typen import Typen
from tests.integratie.registraties.zaken.hulp import maak_zaak, zaak_json


class _Stil(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@pytest.fixture
def ander() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Een dienst met een object, een pagina en een omleiding; onthoudt per verzoek het pad en de aanmelding."""
    gevraagd: list[tuple[str, str]] = []
    antwoorden = {
        "/api/pand": ("200 OK", json.dumps({"identificatie": "0344100000011708"}).encode()),
        "/api/pagina": ("200 OK", b"<html></html>"),
        "/api/door": ("301 Moved Permanently", b"{}"),
    }

    def app(omgeving: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        gevraagd.append((omgeving["PATH_INFO"], omgeving.get("HTTP_AUTHORIZATION", "")))
        status, inhoud = antwoorden.get(omgeving["PATH_INFO"], ("404 Not Found", b""))
        start(status, [("Location", "/api/pand")] if status.startswith("301") else [])
        return [inhoud]

    server = make_server("127.0.0.1", 0, app, request_handler=_Stil)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    yield f"http://127.0.0.1:{server.server_port}/api", gevraagd
    server.shutdown()
    draad.join()
    server.server_close()


def test_een_geregistreerd_adres_wordt_opgehaald(
    installatie: Installatie, baas: ZakenClient, typen: Typen, ander: tuple[str, list[tuple[str, str]]]
) -> None:
    basis, gevraagd = ander
    object_ = {"zaak": maak_zaak(baas, typen)["url"], "objectType": "pand"}
    pand = object_ | {"object": f"{basis}/pand"}
    assert fouten_van(baas, "POST", "zaakobjecten", pand) == {"object": "bad-url"}
    assert gevraagd == []
    adres = basis.replace("http://", "http://sleutel@")
    open_ = maak_platform(installatie.instellingen.model_copy(update={"andere_diensten": adres}), installatie.klok)
    client = ZakenClient(open_, namens="zaken")
    assert client.vraag("POST", "zaakobjecten", json=pand)["object"] == f"{basis}/pand"
    assert client.vraag("POST", "zaakobjecten", json=object_ | {"object": f"{basis}/pagina"})
    assert set(gevraagd) == {("/api/pand", "Token sleutel"), ("/api/pagina", "Token sleutel")}
    for pad in ("weg", "door", "../pand"):
        fouten = fouten_van(client, "POST", "zaakobjecten", object_ | {"object": f"{basis}/{pad}"})
        assert fouten == {"object": "bad-url"}, pad
    codes = {"pagina": "invalid-resource", "pand": "invalid-resource", "weg": "bad-url"}
    for pad, code in codes.items():
        assert fouten_van(client, "POST", "zaken", zaak_json(typen, zaaktype=f"{basis}/{pad}")) == {"zaaktype": code}
    open_.sluit()
