"""Wat een bewaker ziet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from kern.gezondheid import MetGezondheid
from kern.installatie import Installatie, maak_installatie
from kern.instellingen import Instellingen
from kern.outbox import plaats
from kern.transport import EigenTransport


def test_gezond_en_gereed(client: httpx.Client) -> None:
    assert client.get("/gezond").json() == {"status": "gezond"}
    antwoord = client.get("/gereed")
    assert (antwoord.status_code, antwoord.json()) == (200, {"database": True, "migraties": True, "redis": True})


def test_metrics_toont_verzoeken_en_outbox(installatie: Installatie, client: httpx.Client) -> None:
    with installatie.db.schrijven() as verbinding:
        plaats(installatie, verbinding, "proef", {})
    client.get("/gezond")
    tekst = client.get("/metrics").text
    assert 'dienstverlening_outbox_rijen{staat="wacht"} 1.0' in tekst
    assert 'deel="gezondheid",route="/gezond",status="200"' in tekst


def test_onbekend_pad_is_404(client: httpx.Client) -> None:
    assert client.get("/bestaat-niet/").status_code == 404


@pytest.fixture
def afgesloten(instellingen: Instellingen, tmp_path: Path) -> Iterator[Callable[..., httpx.Client]]:
    """Maakt een client op een installatie met andere instellingen."""
    open_: list[Installatie] = []

    def maak(**anders: object) -> httpx.Client:
        installatie = maak_installatie(instellingen.model_copy(update={"data": tmp_path, **anders}))
        open_.append(installatie)
        app = MetGezondheid(installatie, lambda _omgeving, _start: [])
        return httpx.Client(transport=EigenTransport(lambda: app), base_url=installatie.instellingen.adres)

    yield maak
    for installatie in open_:
        installatie.sluit()


def test_niet_gereed_zonder_redis_maar_wel_gezond(afgesloten: Callable[..., httpx.Client], tmp_path: Path) -> None:
    client = afgesloten(redis_url=f"unix://{tmp_path}/weg.sock")
    antwoord = client.get("/gereed")
    assert (antwoord.status_code, antwoord.json()) == (503, {"database": True, "migraties": True, "redis": False})
    assert client.get("/gezond").status_code == 200


def test_niet_gereed_zonder_database(afgesloten: Callable[..., httpx.Client], tmp_path: Path) -> None:
    client = afgesloten(database_url=f"postgresql+psycopg://x@/x?host={tmp_path}")
    assert client.get("/gereed").json() == {"database": False, "migraties": True, "redis": True}


def test_metrics_in_productie_vraagt_een_token(afgesloten: Callable[..., httpx.Client]) -> None:
    assert afgesloten(omgeving="productie").get("/metrics").status_code == 401
    client = afgesloten(omgeving="productie", metrics_token=SecretStr("geheim"))
    assert client.get("/metrics", headers={"Authorization": "Bearer ander"}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer geheim"}).status_code == 200
