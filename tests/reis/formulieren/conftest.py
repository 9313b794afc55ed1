"""Het hele platform op een eigen poort, met de voorbeeldgemeente, en een browser die haar bezoekt."""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.motoren import Motoren
from tests import opzet
from tests.integratie.formulieren.hulp import richt_voorbeeld_in
from tests.reis.huisstijl import hulp


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def platform(
    motoren: Motoren, maak_database: Callable[[], str], worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installatie]:
    """De poort kiest het systeem; daarom komt de server eerst en de installatie daarna."""

    def wsgi(omgeving: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return installatie.wsgi(omgeving, start_response)

    server = make_server("127.0.0.1", 0, wsgi, threaded=True)
    instellingen = opzet.instellingen_voor(
        maak_database(),
        motoren.redis_url,
        tmp_path_factory.mktemp("reis"),
        redis_prefix=f"{worker_naam}:reis-formulieren:",
    ).model_copy(update={"publiek_adres": f"http://127.0.0.1:{server.server_port}"})
    installatie = maak_platform(instellingen, VerzetbareKlok())
    richt_voorbeeld_in(installatie)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    yield installatie
    server.shutdown()
    draad.join()
    server.server_close()
    installatie.sluit()


@pytest.fixture
def adres(platform: Installatie) -> str:
    return platform.instellingen.adres
