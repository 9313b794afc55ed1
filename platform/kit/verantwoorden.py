"""Een ander systeem leest of schrijft persoonsgegevens in een registratie: per betrokkene een regel in het Logboek dataverwerkingen.

De onderdelen van het platform zelf leggen vast waarvoor zij gegevens gebruiken; hier telt dus alleen een aanroeper van buiten.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import orjson
from flask import Response, request

from kern import ldv
from kit.bron import Bron
from kit.omgeving import Omgeving

ACTIVITEIT = "urn:dienstverlening:verwerking:registratie"
LEZEN = ("GET", "HEAD")
ZOEKEN = ("/_zoek", "/search")


def verantwoord(omgeving: Omgeving, bron: Bron, antwoord: Response) -> None:
    """Leg vast wie er in dit antwoord staat, als het naar buiten gaat."""
    over_mensen = bron.betrokkenen is not None or bron.betrokkenen_achter is not None
    if over_mensen and antwoord.is_json and antwoord.status_code < 300:  # noqa: PLR2004  # alleen wat gelukt is
        leg_vast(omgeving, bron.enkelvoud, _betrokkenen(omgeving, bron, antwoord))


def leg_vast(omgeving: Omgeving, enkelvoud: str, betrokkenen: Iterable[ldv.Betrokkene]) -> None:
    """Leg vast wie er in het antwoord op dit verzoek staan; leest een eigen onderdeel, dan wordt niemand opgezocht."""
    aanroeper = omgeving.toegang.aanroeper
    if aanroeper.eigen:
        return
    leest = request.method in LEZEN or request.path.endswith(ZOEKEN)
    naam = f"{enkelvoud} {'gelezen' if leest else 'geschreven'} door {aanroeper.client_id}"
    ldv.leg_gebruik_vast(omgeving.installatie, set(betrokkenen), activiteit=ACTIVITEIT, naam=naam)


def _betrokkenen(omgeving: Omgeving, bron: Bron, antwoord: Response) -> Iterator[ldv.Betrokkene]:
    rijen = list(_rijen(orjson.loads(antwoord.get_data())))
    if bron.betrokkenen is not None:
        yield from chain.from_iterable(map(bron.betrokkenen, rijen))
    if bron.betrokkenen_achter is not None:
        yield from bron.betrokkenen_achter(omgeving, rijen)


def _rijen(inhoud: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(inhoud, dict) and isinstance(inhoud.get("results"), list):
        inhoud = inhoud["results"]
    return inhoud if isinstance(inhoud, list) else [inhoud]
