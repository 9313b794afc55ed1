"""Gestructureerd loggen: JSON op stdout, met trace-id, zonder persoonsnummers.

Alles gaat door één keten, ook wat bibliotheken via `logging` schrijven. Gemaskeerd wordt wat achter een gevoelige naam staat en
elk getal van negen cijfers dat de elfproef doorstaat, waar het ook voorkomt: in een tekst, een geneste waarde of een traceback.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from kern.elfproef import voldoet_aan_elfproef

MASKER = "***"
GEVOELIG = frozenset(
    [
        "bsn",
        "burgerservicenummer",
        "sofinummer",
        "inpbsn",
        "authorization",
        "proxy-authorization",
        "cookie",
        "set-cookie",
        "x-api-key",
        "apikey",
        "wachtwoord",
        "password",
        "geheim",
        "secret",
        "token",
        "access_token",
        "id_token",
        "refresh_token",
        "code_verifier",
        "client_secret",
        "geheime_sleutel",
    ]
)
NOOIT_MASKEREN = frozenset({"trace_id", "span_id", "timestamp", "level", "logger", "instance"})
# Deze schrijven URL's of koppen op info; hun waarschuwingen en fouten blijven.
STIL = ("alembic", "httpx", "httpcore", "werkzeug", "rq", "urllib3", "fontTools", "weasyprint")

_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d{9}(?!\d)")


def maskeer(tekst: str) -> str:
    """`tekst` met elk getal van negen cijfers dat een BSN kan zijn vervangen door sterren."""
    return _NEGEN_CIJFERS.sub(lambda vondst: MASKER if voldoet_aan_elfproef(vondst[0]) else vondst[0], tekst)


def maskeer_waarde(waarde: Any) -> Any:
    """Hetzelfde voor een geneste waarde; achter een gevoelige naam verdwijnt de hele waarde."""
    if isinstance(waarde, str):
        return maskeer(waarde)
    if isinstance(waarde, bytes):
        return maskeer(waarde.decode(errors="replace"))
    if isinstance(waarde, Mapping):
        return {maskeer(str(naam)): MASKER if _is_gevoelig(naam) else maskeer_waarde(w) for naam, w in waarde.items()}
    if isinstance(waarde, list | tuple | set | frozenset):
        return [maskeer_waarde(deel) for deel in waarde]
    if waarde is None or isinstance(waarde, bool | float):
        return waarde
    tekst = maskeer(str(waarde))
    return waarde if isinstance(waarde, int) and tekst == str(waarde) else tekst


def _is_gevoelig(naam: object) -> bool:
    return str(naam).lower() in GEVOELIG


def maskeer_regel(_logger: WrappedLogger, _methode: str, regel: EventDict) -> EventDict:
    """De stap in de structlog-keten die alles maskeert; staat na het opmaken van uitzonderingen."""
    for naam, waarde in regel.items():
        if naam not in NOOIT_MASKEREN and not naam.startswith("_"):
            regel[naam] = MASKER if _is_gevoelig(naam) else maskeer_waarde(waarde)
    return regel


def _keten() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def richt_in(niveau: str = "info", *, uitvoer: TextIO | None = None) -> None:
    """Leid alle logregels van dit proces naar `uitvoer` (standaard stdout), vanaf `niveau`.

    Dit is het enige dat per proces geldt en niet per installatie, omdat `logging` zelf per proces is. Nog eens aanroepen
    vervangt de vorige inrichting.
    """
    opmaak = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_keten(), structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            maskeer_regel,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    doel = logging.StreamHandler(uitvoer or sys.stdout)
    doel.setFormatter(opmaak)
    wortel = logging.getLogger()
    wortel.handlers[:] = [doel]
    wortel.setLevel(niveau.upper())
    for naam in STIL:
        logging.getLogger(naam).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_keten(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
