"""Een verzoek of contactmoment bij een zaak staat ook in de API waar het zelf staat, als die geregistreerd is (zrc-024, zrc-025)."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from dienstverlening.samenstellen import maak_platform
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.outbox import Afhandelaar
from tests.integratie.registraties.rechten import fouten_van
from tests.integratie.registraties.typen import Typen
from tests.integratie.registraties.zaken.hulp import maak_zaak

GEVALLEN = [
    ("zaakverzoeken", "verzoek", "objectverzoeken"),
    ("zaakcontactmomenten", "contactmoment", "objectcontactmomenten"),
]


class _Stil(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@dataclass
class Elders:
    """De verouderde API: één resource, en een lijst van objecten waar die bij hoort. Met `dicht` weigert zij nieuwe."""

    basis: str = ""
    dicht: bool = False
    objecten: dict[str, dict[str, Any]] = field(default_factory=dict)
    aanmeldingen: set[str] = field(default_factory=set)

    def __call__(self, omgeving: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        self.aanmeldingen.add(omgeving.get("HTTP_AUTHORIZATION", "").partition(" ")[0])
        pad, methode = omgeving["PATH_INFO"].removeprefix("/api/v1/"), omgeving["REQUEST_METHOD"]
        status, inhoud = self._doe(methode, pad, omgeving)
        start(f"{status} X", [("Content-Type", "application/json")])
        return [orjson.dumps(inhoud) if inhoud is not None else b""]

    def _doe(self, methode: str, pad: str, omgeving: dict[str, Any]) -> tuple[int, Any]:
        if pad == "dingen/1":
            return 200, {"url": f"{self.basis}/dingen/1"}
        if methode == "POST":
            lichaam = orjson.loads(omgeving["wsgi.input"].read(int(omgeving["CONTENT_LENGTH"])))
            if self.dicht:
                return 400, {"invalidParams": [{"name": "object", "code": "bad-url", "reason": "x"}]}
            url = f"{self.basis}/{pad}/{len(self.objecten)}"
            self.objecten[url] = lichaam | {"url": url}
            return 201, self.objecten[url]
        if methode == "DELETE":
            return (204 if self.objecten.pop(f"{self.basis}/{pad}", None) else 404), None
        return 200, {"count": len(self.objecten), "results": list(self.objecten.values())}


@pytest.fixture
def elders() -> Iterator[Elders]:
    dienst = Elders()
    server = make_server("127.0.0.1", 0, dienst, request_handler=_Stil)
    dienst.basis = f"http://127.0.0.1:{server.server_port}/api/v1"
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    yield dienst
    server.shutdown()
    draad.join()
    server.server_close()


@pytest.fixture
def platform(installatie: Installatie, elders: Elders) -> Iterator[Installatie]:
    adres = elders.basis.replace("http://", f"http://wij:{'geheim' * 8}@")
    open_ = maak_platform(installatie.instellingen.model_copy(update={"andere_diensten": adres}), installatie.klok)
    yield open_
    open_.sluit()


@pytest.mark.parametrize(("pad", "veld", "lijst"), GEVALLEN)
def test_de_relatie_staat_aan_beide_kanten(
    platform: Installatie, elders: Elders, baas: ZakenClient, typen: Typen, pad: str, veld: str, lijst: str
) -> None:
    zaak = maak_zaak(baas, typen)["url"]
    client = ZakenClient(platform, namens="zaken")
    json = {"zaak": zaak, veld: f"{elders.basis}/dingen/1"}
    relatie = client.vraag("POST", pad, json=json)
    (daar,) = elders.objecten.values()
    assert daar == {"url": f"{elders.basis}/{lijst}/0", veld: json[veld], "object": zaak, "objectType": "zaak"}
    assert elders.aanmeldingen == {"Bearer"}
    assert client.vraag("GET", pad) == [relatie]
    client.vraag("DELETE", relatie["url"])
    assert (elders.objecten, client.vraag("GET", pad)) == ({}, [])
    client.vraag("POST", pad, json=json)
    client.vraag("DELETE", zaak)
    Afhandelaar(platform).werk_af()
    assert elders.objecten == {}


@pytest.mark.parametrize(("pad", "veld"), [geval[:2] for geval in GEVALLEN])
def test_alles_of_niets(
    platform: Installatie, elders: Elders, baas: ZakenClient, typen: Typen, pad: str, veld: str
) -> None:
    zaak = maak_zaak(baas, typen)["url"]
    client = ZakenClient(platform, namens="zaken")
    elders.dicht = True
    json = {"zaak": zaak, veld: f"{elders.basis}/dingen/1"}
    assert fouten_van(client, "POST", pad, json) == {"nonFieldErrors": "pending-relations"}
    assert (client.vraag("GET", pad), elders.objecten) == ([], {})
    # Niet ingericht: in de eigen installatie wijst het nergens heen, en wat van onszelf is heeft geen spiegel.
    assert fouten_van(baas, "POST", pad, json) == {veld: "bad-url"}
    assert baas.vraag("POST", pad, json={"zaak": zaak, veld: zaak})
    assert elders.objecten == {}
