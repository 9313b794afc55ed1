"""Het logboek: JSON, met trace, zonder persoonsnummers; ook voor wat bibliotheken loggen."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn as elfproef

from kern.logboek import MASKER, maskeer, maskeer_waarde, richt_in

BSN = "999990019"
log = structlog.get_logger()
Regels = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def regels() -> Iterator[Regels]:
    """Wat er gelogd is. Zet de inrichting van het logboek daarna terug."""
    wortel = logging.getLogger()
    oud = (list(wortel.handlers), wortel.level)
    uitvoer = io.StringIO()
    richt_in("info", uitvoer=uitvoer)
    yield lambda: [json.loads(regel) for regel in uitvoer.getvalue().splitlines()]
    wortel.handlers[:], wortel.level = oud[0], oud[1]
    structlog.reset_defaults()


def test_regel_is_json_met_tijd_niveau_en_trace(regels: Regels) -> None:
    with structlog.contextvars.bound_contextvars(trace_id="a" * 32):
        log.info("zaak gemaakt", zaak="zaken:zaken/1", aantal=3)
    (regel,) = regels()
    assert regel["timestamp"].endswith("Z")
    assert (regel["event"], regel["level"], regel["trace_id"]) == ("zaak gemaakt", "info", "a" * 32)
    assert (regel["zaak"], regel["aantal"]) == ("zaken:zaken/1", 3)


def test_bsn_verdwijnt_uit_tekst_waarde_sleutel_en_getal(regels: Regels) -> None:
    log.info(
        "burger 999990019", pad=f"/x/{BSN}/y", lijst=[BSN, {"diep": f"bsn={BSN}&x"}], nummer=int(BSN), ruw=BSN.encode()
    )
    log.info("kaart", inhoud={BSN: "sleutel"})
    assert BSN not in json.dumps(regels())
    assert regels()[0]["pad"] == f"/x/{MASKER}/y"


def test_gevoelige_namen_verdwijnen_helemaal(regels: Regels) -> None:
    log.info(
        "verzoek", koppen={"Authorization": "Bearer abc", "Cookie": "sessie=1", "Accept": "x"}, bsn="x", Token="abc"
    )
    (regel,) = regels()
    assert regel["koppen"] == {"Authorization": MASKER, "Cookie": MASKER, "Accept": "x"}
    assert (regel["bsn"], regel["Token"]) == (MASKER, MASKER)


def test_bsn_in_een_uitzondering_en_haar_oorzaak(regels: Regels) -> None:
    oorzaak = ValueError(f"ongeldig: {BSN}")
    fout = RuntimeError(f"persoon {BSN}")
    fout.__cause__ = oorzaak
    log.error("mislukt", exc_info=fout)
    (regel,) = regels()
    assert "ValueError: ongeldig: ***" in regel["exception"]
    assert "RuntimeError: persoon ***" in regel["exception"]
    assert BSN not in json.dumps(regel)


def test_bibliotheken_gaan_door_dezelfde_keten(regels: Regels) -> None:
    logging.getLogger("een.bibliotheek").warning("gevonden: %s", BSN)
    (regel,) = regels()
    assert (regel["logger"], regel["event"], regel["level"]) == ("een.bibliotheek", "gevonden: ***", "warning")


def test_httpx_logt_geen_adressen(regels: Regels) -> None:
    transport = httpx.MockTransport(lambda _verzoek: httpx.Response(200))
    with httpx.Client(transport=transport) as client:
        client.get("https://x.example/?geheim=1")
    assert regels() == []


def test_niveau_uit_de_instelling(regels: Regels) -> None:
    log.debug("te veel")
    assert regels() == []


def test_trace_id_blijft_heel(regels: Regels) -> None:
    trace = f"{BSN}abcdefabcdefabcdefabcde"
    with structlog.contextvars.bound_contextvars(trace_id=trace):
        log.info("x")
    assert regels()[0]["trace_id"] == trace


@given(st.integers(10**8, 10**9 - 1))
def test_maskeert_precies_wat_de_elfproef_doorstaat(getal: int) -> None:
    tekst = f"a{getal}b"
    assert (MASKER in maskeer(tekst)) == elfproef.is_valid(str(getal))


@pytest.mark.parametrize("tekst", ["12345678", "1234567890", f"1{BSN}", "2026-07-14T12:00:00"])
def test_andere_getallen_blijven(tekst: str) -> None:
    assert maskeer(tekst) == tekst


@pytest.mark.parametrize("waarde", [None, True, 3, 2.5, [1, "x"], {"a": [None]}])
def test_gewone_waarden_blijven_gelijk(waarde: Any) -> None:
    assert maskeer_waarde(waarde) == waarde
