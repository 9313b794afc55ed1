"""Meer bronnen tegelijk vragen, voor pagina's die uit blokken bestaan: een bron die niet antwoordt raakt alleen haar eigen blok."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

import structlog

from integratie.basis import ApiFout

log = structlog.get_logger()


@dataclass(frozen=True)
class Uitkomst:
    """Wat een bron gaf. `waarde` is None als zij niet `bereikbaar` was; een lege lijst is wel een antwoord."""

    waarde: Any = None
    bereikbaar: bool = True


def tegelijk(werk: Mapping[str, Callable[[], Any]]) -> dict[str, Uitkomst]:
    """Voer al het werk tegelijk uit, elk met de context van dit verzoek. Een `ApiFout` wordt een uitkomst, een andere fout niet."""
    with ThreadPoolExecutor(max(len(werk), 1), thread_name_prefix="bronnen") as pool:
        lopend = {naam: pool.submit(copy_context().run, _beschermd, naam, doe) for naam, doe in werk.items()}
        return {naam: taak.result() for naam, taak in lopend.items()}


def _beschermd(naam: str, doe: Callable[[], Any]) -> Uitkomst:
    try:
        return Uitkomst(doe())
    except ApiFout as fout:
        log.warning("bron van een blok antwoordt niet", blok=naam, status=fout.status, code=fout.code)
        return Uitkomst(bereikbaar=False)
