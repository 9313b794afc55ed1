"""Dezelfde stroom over echte verbindingen: de simulator als eigen server, en twee processen op dezelfde map."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from flask import Flask
from werkzeug.serving import make_server

from kern.aanmelden.aanmelder import Aanmelder
from kern.klok import VerzetbareKlok
from simulatoren.oidc import maak_app, maak_proefopstelling
from tests.integratie.aanmelden.hulp import JAN, NU, PLATFORM, kies


@contextmanager
def _server(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    draad = threading.Thread(target=server.serve_forever)
    draad.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        draad.join()
        server.server_close()


def test_aanmelden_over_http(tmp_path: Path) -> None:
    klok = VerzetbareKlok(stil_op=NU)
    wachtend = Flask("wachtend")
    with _server(wachtend) as adres:
        proef = maak_proefopstelling(basis_url=adres, publiek_adres=PLATFORM, map_=tmp_path)
        app = maak_app(omgeving="test", basis_url=adres, map_=tmp_path, klok=klok, clients=proef.clients)
        wachtend.wsgi_app = app.wsgi_app  # type: ignore[method-assign]  # de poort, en dus de issuer, is pas nu bekend
        with httpx.Client(timeout=5) as http:
            aanmelder = Aanmelder(http, klok, f"{PLATFORM}/aanmelden")
            for middel, persoon in zip(
                proef.middelen, (JAN, "eva-voor-marit", "duitsland", "zonnebloem", "olga"), strict=True
            ):
                adres_middel, poging = aanmelder.begin(middel, "/")
                identiteit = aanmelder.rond_af(middel, kies(http, adres_middel, persoon), poging)
                assert identiteit.middel == middel.naam


def test_twee_processen_op_een_map_zijn_een_provider(tmp_path: Path) -> None:
    """Wie op het ene proces inlogt, wisselt zijn code in bij het andere: sleutels en codes staan in de map."""
    klok, basis = VerzetbareKlok(stil_op=NU), "http://simulator.test"
    proef = maak_proefopstelling(basis_url=basis, publiek_adres=PLATFORM, map_=tmp_path)
    een, ander = (
        maak_app(omgeving="test", basis_url=basis, map_=tmp_path, klok=klok, clients=proef.clients) for _ in range(2)
    )
    with (
        httpx.Client(transport=httpx.WSGITransport(een)) as browser,
        httpx.Client(transport=httpx.WSGITransport(ander)) as achterkant,
    ):
        aanmelder = Aanmelder(achterkant, klok, f"{PLATFORM}/aanmelden")
        adres, poging = aanmelder.begin(proef.middelen[0], "/")
        assert aanmelder.rond_af(proef.middelen[0], kies(browser, adres, JAN), poging).bsn == JAN
    opnieuw = maak_proefopstelling(basis_url=basis, publiek_adres=PLATFORM, map_=tmp_path)
    assert opnieuw.middelen[0].sleutel is not None
    assert proef.middelen[0].sleutel is not None
    assert opnieuw.middelen[0].sleutel.thumbprint() == proef.middelen[0].sleutel.thumbprint()
    assert opnieuw.middelen[3].client_geheim == proef.middelen[3].client_geheim
