"""Meer bronnen vragen, voor pagina's die uit blokken bestaan: een bron die niet antwoordt raakt alleen haar eigen blok.

Wat buiten dit proces om gaat, wordt tegelijk gevraagd. De eigen registraties zijn na elkaar sneller: zij rekenen in hetzelfde proces,
en draden die op elkaar wachten kosten dan alleen tijd en verbindingen.
"""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

import structlog

from integratie.basis import ApiFout
from kern.installatie import Installatie

log = structlog.get_logger()


@dataclass(frozen=True)
class Uitkomst:
    """Wat een bron gaf. `waarde` is None als zij niet `bereikbaar` was; een lege lijst is wel een antwoord."""

    waarde: Any = None
    bereikbaar: bool = True


def tegelijk(
    installatie: Installatie, werk: Mapping[str, Callable[[], Any]], *, buiten: Collection[str] = ()
) -> dict[str, Uitkomst]:
    """Voer al het werk uit. Een `ApiFout` wordt een uitkomst, een andere fout niet.

    `buiten` noemt wat een bron buiten het platform vraagt. Is een registratie van een ander, dan geldt dat voor al het werk.
    """
    draden = [naam for naam in werk if naam in buiten or not installatie.diensten.alle_eigen]
    if len(werk) <= 1 or not draden:
        return {naam: _beschermd(naam, doe) for naam, doe in werk.items()}
    with ThreadPoolExecutor(len(draden), thread_name_prefix="bronnen") as pool:
        lopend = {naam: pool.submit(copy_context().run, _beschermd, naam, werk[naam]) for naam in draden}
        zelf = {naam: _beschermd(naam, doe) for naam, doe in werk.items() if naam not in lopend}
        return {naam: zelf[naam] if naam in zelf else lopend[naam].result() for naam in werk}


def _beschermd(naam: str, doe: Callable[[], Any]) -> Uitkomst:
    try:
        return Uitkomst(doe())
    except ApiFout as fout:
        log.warning("bron van een blok antwoordt niet", blok=naam, status=fout.status, code=fout.code)
        return Uitkomst(bereikbaar=False)
