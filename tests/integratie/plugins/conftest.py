"""Een ingerichte gemeente waarvan de registraties naar keuze onze Idempotency-Key negeren, en een mailserver die kan weigeren."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import delete

from kern.instellingen import Instellingen
from kern.klok import Klok
from kern.tabellen import OutboxTabel
from simulatoren.postvak import Postvak
from tests.integratie.plugins.proef import Proef
from tests.integratie.wissel.webproces import doof
from tests.opzet import ADRES
from tests.reishulp import Gemeente, ingerichte_gemeente


class Weigerend(Postvak):
    """Een mailserver die sommige adressen voorgoed weigert (`weg@…`), en andere nu even niet aanneemt (`vol@…`)."""

    async def handle_RCPT(  # noqa: N802  # naam van aiosmtpd
        self, _server: Any, _gesprek: Any, envelop: Any, adres: str, _opties: Any
    ) -> str:
        if adres.startswith("weg@"):
            return "550 Dit adres bestaat niet"
        if adres.startswith("vol@"):
            return "452 Postbus vol"
        envelop.rcpt_tos.append(adres)
        return "250 OK"


@pytest.fixture(scope="package")
def postvak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postvak]:
    with Weigerend(tmp_path_factory.mktemp("postvak"), Klok(), omgeving="test") as postvak:
        yield postvak


@pytest.fixture(scope="package")
def gemeente(eigen_instellingen: Callable[..., Instellingen], postvak: Postvak) -> Iterator[Gemeente]:
    with ingerichte_gemeente(
        eigen_instellingen("gemeente", ingericht=True, smtp_url=postvak.url, http_toegestaan=f"{ADRES}/simulatoren/bag")
    ) as gemeente:
        yield gemeente


@pytest.fixture(autouse=True)
def _zonder_nasleep(gemeente: Gemeente) -> Iterator[None]:
    """Wat een test liet liggen is niet het werk van de volgende: dat waren duizenden notificaties en hele zaken."""
    yield
    with gemeente.installatie.db.schrijven() as verbinding:
        verbinding.execute(delete(OutboxTabel))


@pytest.fixture(params=[False, True], ids=["met-sleutel", "zonder-sleutel"])
def proef(request: pytest.FixtureRequest, gemeente: Gemeente) -> Iterator[Proef]:
    """Zonder sleutel zijn de registraties als die van een ander: een herhaling is daar een nieuw verzoek."""
    platform = gemeente.installatie.wsgi
    if request.param:
        gemeente.installatie.stel_samen(doof(platform))
    yield Proef(gemeente)
    gemeente.installatie.stel_samen(platform)
