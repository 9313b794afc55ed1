"""Willekeurige verzoeken naar alles wat een API beschrijft: nooit een 5xx, en nooit een antwoord dat niet bij de beschrijving past."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok

from kern.diensten import API_PADEN
from kern.installatie import Installatie

GEWOON = 40  # gevallen per operatie
GEVALLEN = int(os.environ.get("FUZZ_GEVALLEN", str(GEWOON)))  # 's nachts meer
GRONDIG = GEVALLEN > GEWOON
CONTROLES = ("not_a_server_error", "response_schema_conformance", "status_code_conformance")
DELEN = 4
"""Elke API is in zoveel stukken te beproeven, zodat testprocessen het werk verdelen."""


def beproef(
    installatie: Installatie, api: str, koppen: Mapping[str, str], deel: int, vul: Callable[[], object] = lambda: None
) -> None:
    """Beproef elke operatie van dit deel van de API. Grondig: met vóór elke operatie verse gegevens (`vul`)."""
    operaties = list(_operaties(installatie, api))[deel::DELEN]
    vul()
    for nummer, operatie in enumerate(operaties):
        if GRONDIG and nummer:
            vul()
        _beproef_operatie(operatie, koppen, _bestaand(installatie, api, operatie.path, koppen))


def _operaties(installatie: Installatie, api: str) -> Iterator[Any]:
    """Gewoon zonder HEAD: dat is dezelfde code als GET."""
    schema = schemathesis.openapi.from_wsgi(f"{API_PADEN[api][0]}/openapi.json", installatie.wsgi)
    for gevonden in schema.get_all_operations():
        assert isinstance(gevonden, Ok)
        operatie = gevonden.ok()
        if operatie.method != "head" or GRONDIG:
            yield operatie


def _bestaand(installatie: Installatie, api: str, pad: str, koppen: Mapping[str, str]) -> dict[str, str]:
    """De padparameters van iets dat bestaat, voor zover er een lijst van is."""
    gevonden: dict[str, str] = {}
    for deel in re.finditer(r"\{(\w+)\}", pad):
        lijst = pad[: deel.start()].rstrip("/").format_map(gevonden)
        antwoord = installatie.http.get(f"{installatie.diensten[api].basis}{lijst}", headers=dict(koppen))
        rijen = antwoord.json() if antwoord.is_success else []
        rijen = rijen["results"] if isinstance(rijen, dict) and "results" in rijen else rijen
        if not isinstance(rijen, list) or not rijen or "url" not in rijen[0]:
            return {}
        gevonden[deel[1]] = str(httpx.URL(rijen[-1]["url"]).path).rpartition("/")[2]
    return gevonden


def _beproef_operatie(operatie: Any, koppen: Mapping[str, str], bestaand: Mapping[str, str]) -> None:
    controles = [CHECKS.get_one(naam) for naam in CONTROLES]

    @settings(
        max_examples=GEVALLEN,
        deadline=None,
        database=None,
        derandomize="FUZZ_TOEVAL" not in os.environ,
        phases=[Phase.generate, Phase.shrink] if GRONDIG else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(geval=operatie.as_strategy(), raak=st.booleans())
    def proef(geval: Any, *, raak: bool) -> None:
        if raak and bestaand:
            geval.path_parameters = {**(geval.path_parameters or {}), **bestaand}
        antwoord = geval.call(headers=koppen)
        geval.validate_response(antwoord, checks=controles)

    proef()
