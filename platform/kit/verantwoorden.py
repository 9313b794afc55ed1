"""Een ander systeem leest of schrijft persoonsgegevens in een registratie: per betrokkene een regel in het Logboek dataverwerkingen.

De onderdelen van het platform zelf leggen vast waarvoor zij gegevens gebruiken; hier telt dus alleen een aanroeper van buiten.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from flask import Response, request

from kern import ldv
from kit.bron import Bron
from kit.omgeving import Omgeving

ACTIVITEIT = "urn:dienstverlening:verwerking:registratie"
LEZEN = ("GET", "HEAD")


def verantwoord(omgeving: Omgeving, bron: Bron, antwoord: Response) -> None:
    """Leg vast wie er in dit antwoord staat, als het naar buiten gaat."""
    aanroeper = omgeving.toegang.aanroeper
    if bron.betrokkenen is None or aanroeper.eigen or not antwoord.is_json or antwoord.status_code >= 300:  # noqa: PLR2004  # alleen wat gelukt is
        return
    rijen = _rijen(orjson.loads(antwoord.get_data()))
    leest = request.method in LEZEN or request.path.endswith("/_zoek")
    naam = f"{bron.enkelvoud} {'gelezen' if leest else 'geschreven'} door {aanroeper.client_id}"
    betrokkenen = {wie for rij in rijen for wie in bron.betrokkenen(rij)}
    ldv.leg_gebruik_vast(omgeving.installatie, betrokkenen, activiteit=ACTIVITEIT, naam=naam)


def _rijen(inhoud: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(inhoud, dict) and isinstance(inhoud.get("results"), list):
        inhoud = inhoud["results"]
    return inhoud if isinstance(inhoud, list) else [inhoud]
