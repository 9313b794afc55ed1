"""Berichten afleveren: per abonnement een rij in de outbox, met een eigen volgorde per abonnement en hoofdobject.

Zo wacht een bericht alleen op eerdere berichten over hetzelfde object aan dezelfde abonnee; een abonnee die hapert houdt niemand op.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import orjson
from sqlalchemy import Connection, select

from integratie.notificaties.ontvangst import TESTKANAAL
from integratie.notificaties.schemas import Notificatie
from kern.diensten import Diensten
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from registraties.notificaties.modellen import Abonnement

AFLEVERING = "notificaties.aflevering"
LANGSTE_WACHTTIJD = timedelta(hours=14, minutes=30)
WACHTTIJDEN = tuple(min(timedelta(seconds=25 * 4**poging), LANGSTE_WACHTTIJD) for poging in range(7))
ALLES = ("", "*")


class Geweigerd(Exception):
    """De abonnee antwoordde niet met 2xx."""


def zet_klaar(installatie: Installatie, verbinding: Connection, notificatie: Notificatie) -> None:
    """Zet het bericht klaar voor elk abonnement dat erop past."""
    bericht = _in_opslag(notificatie.als_json(), installatie.diensten)
    for abonnement, kanalen in verbinding.execute(select(Abonnement.id, Abonnement.kanalen)):
        if past(kanalen, bericht, installatie.diensten):
            inhoud = {"abonnement": str(abonnement), "bericht": bericht}
            plaats(installatie, verbinding, AFLEVERING, inhoud, sleutel=f"{abonnement}:{bericht['hoofdObject']}")


def past(kanalen: list[Any], bericht: Mapping[str, Any], diensten: Diensten) -> bool:
    """Past het bericht bij een van de kanalen: alle ingevulde kenmerken zijn gelijk. URL's tellen als `dienst:pad`."""
    return any(
        kanaal["naam"] == bericht["kanaal"]
        and all(
            waarde in ALLES or diensten.naar_opslag(waarde) == bericht["kenmerken"].get(kenmerk)
            for kenmerk, waarde in kanaal["filters"].items()
        )
        for kanaal in kanalen
    )


def _in_opslag(bericht: dict[str, Any], diensten: Diensten) -> dict[str, Any]:
    return _vertaald(bericht, diensten.naar_opslag)


def _vertaald(bericht: dict[str, Any], om: Any) -> dict[str, Any]:
    kenmerken = {naam: om(waarde) for naam, waarde in bericht["kenmerken"].items()}
    urls = {naam: om(bericht[naam]) for naam in ("hoofdObject", "resourceUrl")}
    return bericht | urls | {"kenmerken": kenmerken}


def lever_af(installatie: Installatie, werk: Werk) -> None:
    """Stuur één bericht naar één abonnee; een verdwenen abonnement is klaar. Elke andere uitkomst dan 2xx is een mislukking."""
    with installatie.db.lezen() as verbinding:
        vraag = select(Abonnement.callback_url, Abonnement.geheim)
        rij = verbinding.execute(vraag.where(Abonnement.id == UUID(werk.inhoud["abonnement"]))).first()
    if rij is None:
        return
    naar_url = installatie.diensten.naar_url
    bericht = _vertaald(werk.inhoud["bericht"], naar_url)
    status = stuur(installatie, naar_url(rij.callback_url), bericht, installatie.kluis.decrypt(rij.geheim).decode())
    if not httpx.codes.is_success(status):
        raise Geweigerd(f"antwoord {status}")


def stuur(installatie: Installatie, url: str, bericht: Mapping[str, Any], auth: str | None) -> int:
    """POST een bericht en geef de status; het lichaam van het antwoord blijft ongelezen."""
    koppen = {"Content-Type": "application/json", "Accept": "application/json"}
    if auth is not None:
        koppen["Authorization"] = auth
    with installatie.http.stream("POST", url, content=orjson.dumps(bericht), headers=koppen) as antwoord:
        return antwoord.status_code


def proef_callback(installatie: Installatie, url: str, auth: str) -> str:
    """Een proefbericht zonder en met aanmelding; de foutcode, of leeg als de callback doet wat hij moet doen."""
    bericht = {
        "kanaal": TESTKANAAL,
        "hoofdObject": url,
        "resource": TESTKANAAL,
        "resourceUrl": url,
        "actie": TESTKANAAL,
        "aanmaakdatum": installatie.klok.nu().isoformat(),
        "kenmerken": {},
    }
    try:
        if stuur(installatie, url, bericht, None) not in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            return "no-auth-on-callback-url"
        return "" if httpx.codes.is_success(stuur(installatie, url, bericht, auth)) else "invalid-callback-url"
    except (httpx.HTTPError, httpx.InvalidURL):
        return "invalid-callback-url"


def aflevering_verwerker() -> Verwerker:
    """De outbox-verwerker die aflevert: zeven keer opnieuw met steeds langere pauzes, daarna een dode brief voor de beheerder."""
    return Verwerker(AFLEVERING, buiten=lever_af, wachttijden=WACHTTIJDEN)
