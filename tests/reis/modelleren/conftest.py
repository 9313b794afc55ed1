"""Een ingerichte gemeente op een poort, en Femke (functioneel beheerder) in een echte browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kern.installatie import Installatie
from kern.instellingen import Instellingen
from kern.motoren import Motoren
from tests import opzet
from tests.reis.hoofdreis import draaiende_gemeente
from tests.reis.huisstijl import hulp
from tests.reis.platform import op_een_poort


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def gemeente(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Installatie]:
    with op_een_poort(eigen_instellingen("modelleurs", ingericht=True)) as installatie:
        yield installatie


Stad = Callable[..., AbstractContextManager[Installatie]]


@pytest.fixture
def stad(
    motoren: Motoren, maak_database: Callable[..., str], worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> Stad:
    """Zet een gemeente neer met een eigen database, map en poort, en een worker die draait; zo vaak als nodig. Instellingen erbij mag."""

    def maak(**waarden: str) -> AbstractContextManager[Installatie]:
        data = tmp_path_factory.mktemp("stad")
        prefix = f"{worker_naam}:{data.name}:"
        database = maak_database(ingericht=True)
        eigen: dict[str, Any] = {"redis_prefix": prefix, "onderdelen": "", **waarden}
        instellingen = partial(opzet.instellingen_voor, database, motoren.redis_url, **eigen)
        return draaiende_gemeente(instellingen, data)

    return maak


@pytest.fixture
def femke(chromium: Browser, gemeente: Installatie) -> Iterator[Page]:
    """Femke is aangemeld op de werkbank; een fout in het script van een pagina laat de test mislukken."""
    pagina = chromium.new_page(viewport={"width": 1280, "height": 900}, base_url=gemeente.instellingen.adres)
    fouten: list[str] = []
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    pagina.goto("/beheer/pakketten/")
    pagina.get_by_label(re.compile("Femke|Functioneel beheerder")).first.check()
    pagina.get_by_role("button", name="Inloggen").click()
    yield pagina
    pagina.close()
    assert fouten == []
