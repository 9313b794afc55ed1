"""Wat een mens van een gegeven leest: adressen en nummers van registraties zeggen hem niets en staan alleen in de JSON van het dossier."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from dmn.zinnen import waarde_in_woorden, zonder_dubbele_punt
from huisstijl import vertaal
from huisstijl.taal import huidige_taal

VERWIJZING: Final = re.compile(r"https?://|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
SCHEIDING: Final = "; "


def zinnen_zonder_verwijzingen(zinnen: Iterable[str]) -> Iterator[str]:
    """De zinnen van een uitleg. Uit een opsomming van gegevens valt alleen het gegeven met een verwijzing weg."""
    for zin in zinnen:
        over = _zonder_verwijzing(zin)
        if over:
            yield zonder_dubbele_punt(over)


def _zonder_verwijzing(zin: str) -> str:
    if not VERWIJZING.search(zin):
        return zin
    kop, _, gegevens = zin.rstrip(".").partition(": ")
    delen = [deel for deel in gegevens.split(SCHEIDING) if not VERWIJZING.search(deel)]
    return f"{kop}: {SCHEIDING.join(delen)}." if any(delen) and not VERWIJZING.search(kop) else ""


def leesbaar(waarde: Any) -> str:
    """Een gegeven (in de bewaarvorm van FEEL) zoals mensen het schrijven; leeg als het alleen naar een registratie verwijst."""
    over = _kaal(waarde)
    if over is None:
        return "–" if waarde is None else ""
    return waarde_in_woorden(over, "en" if huidige_taal() == "en" else "nl")


def _kaal(waarde: Any) -> Any:
    """De waarde zonder verwijzingen; None als er niets over is."""
    if isinstance(waarde, str):
        return None if VERWIJZING.search(waarde) else waarde
    if isinstance(waarde, Mapping):
        return {naam: deel for naam, was in waarde.items() if (deel := _kaal(was)) is not None} or None
    if isinstance(waarde, list):
        return [deel for was in waarde if (deel := _kaal(was)) is not None] or (None if waarde else [])
    return waarde


def langs(kanalen: Iterable[str]) -> str:
    """De kanalen van een zending in woorden; een kanaal van een plugin onder zijn eigen naam."""
    namen = {
        "portaal": vertaal("MijnGemeente"),
        "email": vertaal("e-mail"),
        "sms": vertaal("sms"),
        "print": vertaal("post"),
    }
    return ", ".join(namen.get(kanaal, kanaal) for kanaal in kanalen)


def bezorging(bewijs: Any) -> str:
    """Of het aankwam, met wat de aanbieder antwoordde. `bewijs`: een `BewijsUit`, of haar JSON."""
    bezorgd, antwoord = (
        (bewijs["bezorgd"], bewijs["antwoord"]) if isinstance(bewijs, Mapping) else (bewijs.bezorgd, bewijs.antwoord)
    )
    return ": ".join(filter(None, [vertaal("bezorgd") if bezorgd else vertaal("niet bezorgd"), antwoord]))
