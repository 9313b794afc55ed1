"""De Zaken API als eigen proces met een eigen database: koppelen gaat dan over echte HTTP, in beide richtingen."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import make_server

from dienstverlening.applicatie import bewaar_geheim, zet_rechten
from dienstverlening.samenstellen import maak_platform
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.klok import VerzetbareKlok
from tests import opzet
from tests.integratie.registraties.typen import maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak

if TYPE_CHECKING:
    from kern.motoren import Motoren

GEHEIM = "een-geheim-van-minstens-32-bytes-lang"


def vrije_poort() -> int:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        poort: int = proef.getsockname()[1]
    return poort


@contextmanager
def draaiend(poort: int, **waarden: Any) -> Iterator[Installatie]:
    """Een installatie achter een echte webserver."""
    adres = f"http://127.0.0.1:{poort}"
    instellingen = laad_instellingen(omgeving="test", geheime_sleutel="t" * 40, publiek_adres=adres, **waarden)
    installatie = maak_platform(instellingen, VerzetbareKlok())
    server = make_server("127.0.0.1", poort, installatie.wsgi, threaded=True)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    try:
        yield installatie
    finally:
        server.shutdown()
        server.server_close()
        draad.join()
        opzet.vergeet(installatie)
        installatie.sluit()


@pytest.fixture
def twee(
    motoren: "Motoren", maak_database: Callable[[], str], tmp_path: Path, worker_naam: str
) -> Iterator[tuple[Installatie, Installatie]]:
    """Het platform zonder Zaken API, en de Zaken API alleen."""
    hier, daar = vrije_poort(), vrije_poort()

    def dienst(client_id: str, poort: int, api: str) -> str:
        return f"http://{client_id}:{GEHEIM}@127.0.0.1:{poort}/{api}/api/v1"

    van_platform = {
        f"dienst_{api}": dienst("zaken", hier, api)
        for api in ("documenten", "catalogi", "autorisaties", "notificaties")
    }
    with ExitStack() as stapel:

        def start(naam: str, poort: int, **waarden: Any) -> Installatie:
            vast = {"database_url": maak_database(), "redis_url": motoren.redis_url, "data": tmp_path / naam}
            return stapel.enter_context(draaiend(poort, redis_prefix=f"{worker_naam}-{naam}:", **vast, **waarden))

        platform = start("platform", hier, dienst_zaken=dienst("platform", daar, "zaken"))
        zaken = start("zaken", daar, onderdelen="zaken", **van_platform)
        bewaar_geheim(platform, "zaken", GEHEIM)
        bewaar_geheim(zaken, "platform", GEHEIM)
        for client_id in ("zaken", "platform"):
            zet_rechten(platform, client_id, [])
        yield platform, zaken


def test_koppelen_over_twee_processen(twee: tuple[Installatie, Installatie]) -> None:
    platform, los = twee
    typen = maak_typen(platform)
    document = maak_document(platform, typen.informatieobjecttype)
    zaken = ZakenClient(platform, namens="processen")
    zaak = maak_zaak(zaken, typen)["url"]
    assert zaak.startswith(los.instellingen.adres)
    gemaakt = zaken.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document})
    drc = DocumentenClient(platform, namens="documenten")
    assert [(k.object, k.informatieobject) for k in drc.koppelingen(object=zaak)] == [(zaak, document)]
    zaken.verwijder(gemaakt["url"])
    assert list(drc.koppelingen(object=zaak)) == []
