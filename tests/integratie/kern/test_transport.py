"""Aanroepen tussen onderdelen in één proces: elke fout die het eigen transport moet voorkomen, op een echte database."""

import gc
import os
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import structlog
from flask import Flask, Response, g, request, session
from sqlalchemy import text
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from kern.database import TransactieOpen
from kern.installatie import Installatie
from kern.motoren import Motoren
from kern.sessies import IDENTITEIT
from kern.toegang import huidige_identiteit, openbaar
from kern.transport import EigenTransport
from kern.web import maak_api_app
from tests.integratie.kern.schermen import gekoppeld, scherm_app, stuur
from tests.kernhulp import inwoner, open_installatie

MB = 1_000_000
_geheim: ContextVar[str] = ContextVar("geheim", default="")


def api(installatie: Installatie) -> Flask:
    """Een API met een route per proef."""
    app = maak_api_app("api", installatie, import_naam=__name__, versie="1.0.0")

    @app.get("/wie")
    @openbaar
    def wie() -> dict[str, Any]:
        return {
            "sessie": bool(session),
            "identiteit": "identiteit" in g,
            "context": _geheim.get(),
            "trace": structlog.contextvars.get_contextvars().get("trace_id"),
            "cookie": request.headers.get("Cookie"),
        }

    @app.post("/adressen/<adres>")
    @openbaar
    def maak(adres: str) -> dict[str, int]:
        with installatie.db.schrijven() as verbinding:
            verbinding.execute(text("INSERT INTO kern.adres VALUES (:adres)"), {"adres": adres})
        return {"aantal": aantal(installatie)}

    @app.get("/diep/<int:rest>")
    @openbaar
    def diep(rest: int) -> dict[str, Any]:
        antwoord = installatie.http.get(f"{basis(installatie)}/diep/{rest - 1}") if rest else None
        return {"status": antwoord.status_code if antwoord else 200, "binnen": antwoord.json() if antwoord else None}

    @app.get("/kapot")
    @openbaar
    def kapot() -> str:
        raise RuntimeError("geheime tekst")

    return app


def stromen(installatie: Installatie) -> Flask:
    """Routes die grote lichamen stromen, in een app zonder begrenzing."""
    app = maak_api_app("stroom", installatie, import_naam=__name__)
    app.config["MAX_CONTENT_LENGTH"] = None

    @app.post("/tel")
    @openbaar
    def tel() -> dict[str, int]:
        omvang = 0
        while brok := request.stream.read(MB):
            omvang += len(brok)
        return {"omvang": omvang}

    @app.get("/geef/<int:mb>")
    @openbaar
    def geef(mb: int) -> Response:
        def maak() -> Iterator[bytes]:
            try:
                for _ in range(mb):
                    yield b"x" * MB
            finally:
                app.extensions["gesloten"] = True

        return Response(maak())

    return app


def basis(installatie: Installatie) -> str:
    return f"{installatie.instellingen.adres}/api"


def aantal(installatie: Installatie) -> int:
    with installatie.db.lezen() as verbinding:
        return int(verbinding.execute(text("SELECT count(*) FROM kern.adres")).scalar_one())


@pytest.fixture
def platform(installatie: Installatie) -> Installatie:
    """De installatie met de proef-API op /api en de stromen op /stroom."""
    app = DispatcherMiddleware(Flask("leeg"), {"/api": api(installatie), "/stroom": stromen(installatie)})
    installatie.stel_samen(app)
    return installatie


def test_binnenste_verzoek_erft_geen_sessie_identiteit_of_context(platform: Installatie) -> None:
    scherm = scherm_app(platform, inwoner())

    @scherm.get("/vraag")
    @openbaar
    def vraag() -> dict[str, Any]:
        assert huidige_identiteit() is not None
        _geheim.set("van het buitenste")
        binnen = platform.http.get(f"{basis(platform)}/wie").json()
        return {"binnen": binnen, "buiten": IDENTITEIT in g and bool(session), "trace": g.spoor.trace_id}

    client = gekoppeld(scherm)
    stuur(client, "/proef/in")
    antwoord = client.get("/proef/vraag").get_json()
    assert antwoord["buiten"] is True
    assert antwoord["binnen"] == {
        "sessie": False,
        "identiteit": False,
        "context": "",
        "trace": antwoord["trace"],
        "cookie": None,
    }


def test_aanroep_in_een_transactie_is_een_fout(platform: Installatie) -> None:
    with platform.db.schrijven(), pytest.raises(TransactieOpen, match="API-aanroep"):
        platform.http.get(f"{basis(platform)}/wie")
    with platform.db.lezen(), pytest.raises(TransactieOpen):
        platform.http.get(f"{basis(platform)}/wie")


def test_transacties_nesten_niet(platform: Installatie) -> None:
    with platform.db.schrijven(), pytest.raises(TransactieOpen, match="nieuwe transactie"), platform.db.lezen():
        pass


def test_binnenste_schrijft_en_buitenste_fout_draait_dat_niet_terug_of_mee(platform: Installatie) -> None:
    """Elk verzoek heeft zijn eigen transactie: de binnenste staat vast, de buitenste mislukt op zichzelf."""

    def buitenste() -> None:
        assert platform.http.post(f"{basis(platform)}/adressen/binnen").json() == {"aantal": 1}
        with platform.db.schrijven() as verbinding:
            verbinding.execute(text("INSERT INTO kern.adres VALUES ('buiten')"))
            raise RuntimeError("buitenste mislukt")

    with pytest.raises(RuntimeError, match="buitenste"):
        buitenste()
    assert aantal(platform) == 1


def test_vier_draden_op_vier_verbindingen_raken_de_pool_niet_kwijt(
    kern_url: str, motoren: Motoren, tmp_path: Path
) -> None:
    with open_installatie(kern_url, motoren.redis_url, tmp_path, database_verbindingen=4) as installatie:
        installatie.stel_samen(DispatcherMiddleware(Flask("leeg"), {"/api": api(installatie)}))
        uitkomsten: list[int] = []

        def werk(draad: int) -> None:
            for nummer in range(25):
                with installatie.db.lezen() as verbinding:
                    verbinding.execute(text("SELECT pg_sleep(0.001)"))
                antwoord = installatie.http.post(f"{basis(installatie)}/adressen/{draad}-{nummer}")
                uitkomsten.append(antwoord.status_code)

        draden = [threading.Thread(target=werk, args=(nummer,)) for nummer in range(4)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        assert uitkomsten == [200] * 100
        with installatie.db.schrijven() as verbinding:
            verbinding.execute(text("TRUNCATE kern.adres"))


def test_gigabyte_omhoog_en_omlaag_blijft_uit_het_geheugen(platform: Installatie) -> None:
    brok = b"x" * MB
    gc.collect()
    proces = psutil.Process(os.getpid())
    begin = proces.memory_info().rss
    meeste = begin

    def lichaam() -> Iterator[bytes]:
        nonlocal meeste
        for nummer in range(1000):
            if nummer % 100 == 0:
                meeste = max(meeste, proces.memory_info().rss)
            yield brok

    adres = platform.instellingen.adres
    antwoord = platform.http.post(f"{adres}/stroom/tel", content=lichaam(), timeout=60)
    assert antwoord.json() == {"omvang": 1000 * MB}
    with platform.http.stream("GET", f"{adres}/stroom/geef/1000") as stroom:
        ontvangen = sum(len(deel) for deel in stroom.iter_bytes())
    meeste = max(meeste, proces.memory_info().rss)
    assert ontvangen == 1000 * MB
    assert meeste - begin < 100 * MB


def test_te_groot_lichaam_zonder_lengte_stopt_bij_de_grens(platform: Installatie) -> None:
    gelezen = 0

    def lichaam() -> Iterator[bytes]:
        nonlocal gelezen
        for _ in range(100):
            gelezen += MB
            yield b"x" * MB

    app = maak_api_app("vol", platform, import_naam=__name__)

    @app.post("/lees")
    @openbaar
    def lees() -> str:
        return str(len(request.get_data()))

    with httpx.Client(transport=EigenTransport(lambda: app)) as client:
        antwoord = client.post(f"{platform.instellingen.adres}/lees", content=lichaam())
    assert antwoord.status_code == 413
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    assert gelezen <= 4 * MB


def test_afgebroken_antwoord_sluit_de_bron(platform: Installatie) -> None:
    app = stromen(platform)
    with (
        httpx.Client(transport=EigenTransport(lambda: app)) as client,
        client.stream("GET", f"{platform.instellingen.adres}/geef/1000") as stroom,
    ):
        next(stroom.iter_bytes())
    assert app.extensions["gesloten"] is True


def test_antwoord_dat_halverwege_breekt_is_een_verbroken_verbinding() -> None:
    def half(_omgeving: Any, start: Any) -> Iterator[bytes]:
        start("200 OK", [])
        yield b"begin"
        raise ValueError("halverwege")

    with httpx.Client(transport=EigenTransport(lambda: half)) as client, pytest.raises(httpx.ReadError):
        client.get("http://x.test/")


def test_kring_stopt_bij_vier_lagen(platform: Installatie) -> None:
    assert platform.http.get(f"{basis(platform)}/diep/3").json()["status"] == 200
    antwoord = platform.http.get(f"{basis(platform)}/diep/50").json()
    lagen = 1
    while antwoord["binnen"] and antwoord["binnen"].get("code") != "error":
        antwoord, lagen = antwoord["binnen"], lagen + 1
    assert (antwoord["status"], lagen) == (500, 3)


def test_uitzondering_wordt_500_zonder_inhoud(platform: Installatie) -> None:
    antwoord = platform.http.get(f"{basis(platform)}/kapot")
    assert antwoord.status_code == 500
    assert "geheime tekst" not in antwoord.text


def test_kale_wsgi_app_die_omvalt_wordt_ook_500(platform: Installatie) -> None:
    def kapot(_omgeving: Any, _start: Any) -> list[bytes]:
        raise ValueError("voor de kop")

    with httpx.Client(transport=EigenTransport(lambda: kapot)) as client:
        assert client.get("http://x.test/").status_code == 500


def test_spoor_gaat_mee_naar_buiten_en_terug(platform: Installatie) -> None:
    with structlog.contextvars.bound_contextvars(trace_id="d" * 32, span_id="e" * 16):
        antwoord = platform.http.get(f"{basis(platform)}/wie")
    assert antwoord.json()["trace"] == "d" * 32
    assert antwoord.request.headers["traceparent"] == f"00-{'d' * 32}-{'e' * 16}-01"
    assert antwoord.headers["traceresponse"].startswith(f"00-{'d' * 32}-")


def test_api_heeft_de_koppen_van_adr(platform: Installatie) -> None:
    koppen = platform.http.get(f"{basis(platform)}/wie").headers
    assert koppen["API-Version"] == "1.0.0"
    assert koppen["Cache-Control"] == "no-store"
    assert koppen["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert koppen["X-Content-Type-Options"] == "nosniff"
    assert koppen["X-Frame-Options"] == "DENY"
    assert koppen["Access-Control-Allow-Origin"] == platform.instellingen.adres
    assert "Set-Cookie" not in koppen
