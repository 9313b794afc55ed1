"""Berichten afleveren: per abonnement een rij in de outbox, met een eigen volgorde per abonnement en hoofdobject.

Zo wacht een bericht alleen op eerdere berichten over hetzelfde object aan dezelfde abonnee; een abonnee die hapert houdt niemand op.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx
import orjson
from sqlalchemy import Connection, select, update

from integratie.notificaties.ontvangst import TESTKANAAL
from integratie.notificaties.schemas import CloudEvent, Notificatie
from kern.diensten import Diensten
from kern.installatie import Installatie
from kern.outbox import Uitstel, Verwerker, Werk, plaats
from kit.cloudevents import MEDIATYPE as CLOUDEVENT
from kit.cloudevents import met_adressen, van_notificatie
from kit.ophalen import Geduld
from registraties.notificaties.modellen import Abonnement

AFLEVERING = "notificaties.aflevering"
LANGSTE_WACHTTIJD = timedelta(hours=14, minutes=30)
WACHTTIJDEN = tuple(min(timedelta(seconds=25 * 4**poging), LANGSTE_WACHTTIJD) for poging in range(7))
LANGSTE_PAUZE = WACHTTIJDEN[2]
TIJDSLIMIET = httpx.Timeout(5, connect=3)
ALLES = ("", "*")
GEWEIGERD = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)
Afronding = Callable[[Connection], None]


class Lichaam(NamedTuple):
    """Wat er naar een abonnee gaat."""

    mediatype: str
    inhoud: Mapping[str, Any]


class Geweigerd(Exception):
    """De abonnee antwoordde niet met 2xx."""


def zet_klaar(installatie: Installatie, verbinding: Connection, notificatie: Notificatie) -> None:
    """Zet het bericht klaar voor elk abonnement dat erop past; wie CloudEvents wil, krijgt het zo."""
    bericht = _in_opslag(notificatie.als_json(), installatie.diensten)
    gebeurtenis = van_notificatie(installatie, bericht, str(uuid4()))
    for abonnement in _abonnementen(verbinding):
        passend = past(abonnement.kanalen, bericht, installatie.diensten)
        if not abonnement.send_cloudevents:
            inhoud = {"bericht": bericht} if passend else None
        else:
            ook = past_gebeurtenis(abonnement.cloudevent_filters, gebeurtenis, installatie.diensten)
            inhoud = {"gebeurtenis": gebeurtenis} if passend or ook else None
        if inhoud is not None:
            _plaats(installatie, verbinding, abonnement.id, inhoud, bericht["hoofdObject"])


def zet_gebeurtenis_klaar(installatie: Installatie, verbinding: Connection, gebeurtenis: CloudEvent) -> None:
    """Zet een CloudEvent klaar voor elk abonnement dat daarom vroeg."""
    inhoud = met_adressen(gebeurtenis.als_json(alleen_gezet=True), installatie.diensten.naar_opslag)
    for abonnement in _abonnementen(verbinding):
        if abonnement.send_cloudevents and past_gebeurtenis(
            abonnement.cloudevent_filters, inhoud, installatie.diensten
        ):
            onderwerp = inhoud.get("subject") or inhoud["id"]
            _plaats(installatie, verbinding, abonnement.id, {"gebeurtenis": inhoud}, onderwerp)


def _abonnementen(verbinding: Connection) -> Iterable[Any]:
    kolommen = Abonnement.id, Abonnement.kanalen, Abonnement.send_cloudevents, Abonnement.cloudevent_filters
    return verbinding.execute(select(*kolommen).order_by(Abonnement.nr))


def _plaats(
    installatie: Installatie, verbinding: Connection, abonnement: UUID, inhoud: dict[str, Any], onderwerp: str
) -> None:
    plaats(
        installatie,
        verbinding,
        AFLEVERING,
        {"abonnement": str(abonnement), **inhoud},
        sleutel=f"{abonnement}:{onderwerp}",
    )


def past(kanalen: list[Any], bericht: Mapping[str, Any], diensten: Diensten) -> bool:
    """Past het bericht bij een van de kanalen: alle ingevulde kenmerken zijn gelijk. URL's tellen als `dienst:pad`."""
    return any(
        kanaal["naam"] == bericht["kanaal"] and _zijn_gelijk(kanaal["filters"], bericht["kenmerken"], diensten)
        for kanaal in kanalen
    )


def past_gebeurtenis(filters: list[Any], gebeurtenis: Mapping[str, Any], diensten: Diensten) -> bool:
    """Past de gebeurtenis bij een van de filters: haar soort bevat de tekst, en alle ingevulde gegevens zijn gelijk."""
    data = gebeurtenis.get("data")
    gegevens = data if isinstance(data, Mapping) else {}
    return any(
        filter_["typeSubstring"] in gebeurtenis["type"] and _zijn_gelijk(filter_["filters"], gegevens, diensten)
        for filter_ in filters
    )


def _zijn_gelijk(filters: Mapping[str, str], gegevens: Mapping[str, Any], diensten: Diensten) -> bool:
    return all(
        waarde in ALLES or diensten.naar_opslag(waarde) == gegevens.get(kenmerk) for kenmerk, waarde in filters.items()
    )


def _in_opslag(bericht: dict[str, Any], diensten: Diensten) -> dict[str, Any]:
    return _vertaald(bericht, diensten.naar_opslag)


def _vertaald(bericht: dict[str, Any], om: Any) -> dict[str, Any]:
    kenmerken = {naam: om(waarde) for naam, waarde in bericht["kenmerken"].items()}
    urls = {naam: om(bericht[naam]) for naam in ("hoofdObject", "resourceUrl")}
    return bericht | urls | {"kenmerken": kenmerken}


def lever_af(installatie: Installatie, werk: Werk) -> Afronding | None:
    """Stuur één bericht naar één abonnee; een verdwenen abonnement is klaar. Elke andere uitkomst dan 2xx is een mislukking.

    Wie niet te bereiken is, krijgt een pauze waarin niets geprobeerd wordt: zo kost hij andere abonnees geen tijd.
    """
    id_ = UUID(werk.inhoud["abonnement"])
    with installatie.db.lezen() as verbinding:
        vraag = select(Abonnement.callback_url, Abonnement.geheim, Abonnement.hapert_tot)
        rij = verbinding.execute(vraag.where(Abonnement.id == id_)).first()
    if rij is None:
        return None
    if rij.hapert_tot is not None and rij.hapert_tot > installatie.klok.nu():
        raise Uitstel(rij.hapert_tot)
    auth = installatie.kluis.decrypt(rij.geheim).decode()
    try:
        status = stuur(installatie, installatie.diensten.naar_url(rij.callback_url), _lichaam(installatie, werk), auth)
    except httpx.TransportError:
        pauze = WACHTTIJDEN[min(werk.pogingen, len(WACHTTIJDEN) - 1)]
        _zet_hapering(installatie, id_, installatie.klok.nu() + min(pauze, LANGSTE_PAUZE))
        raise
    if not httpx.codes.is_success(status):
        raise Geweigerd(f"antwoord {status}")
    return None if rij.hapert_tot is None else partial(_is_hersteld, id_=id_)


def _lichaam(installatie: Installatie, werk: Werk) -> Lichaam:
    naar_url = installatie.diensten.naar_url
    if "gebeurtenis" in werk.inhoud:
        return Lichaam(CLOUDEVENT, met_adressen(werk.inhoud["gebeurtenis"], naar_url))
    return Lichaam("application/json", _vertaald(werk.inhoud["bericht"], naar_url))


def _zet_hapering(installatie: Installatie, abonnement: UUID, tot: datetime) -> None:
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(update(Abonnement).where(Abonnement.id == abonnement).values(hapert_tot=tot))


def _is_hersteld(verbinding: Connection, id_: UUID) -> None:
    verbinding.execute(update(Abonnement).where(Abonnement.id == id_).values(hapert_tot=None))


def stuur(installatie: Installatie, url: str, lichaam: Lichaam, auth: str | None) -> int:
    """POST een bericht en geef de status; het lichaam van het antwoord blijft ongelezen."""
    koppen = {"Content-Type": lichaam.mediatype, "Accept": "application/json"}
    if auth is not None:
        koppen["Authorization"] = auth
    inhoud = orjson.dumps(lichaam.inhoud)
    with installatie.http.stream("POST", url, content=inhoud, headers=koppen, timeout=TIJDSLIMIET) as antwoord:
        return antwoord.status_code


def proef_callback(installatie: Installatie, url: str, auth: str, geduld: Geduld, *, cloudevents: bool) -> str:
    """Een proefbericht zonder en met aanmelding; de foutcode, of leeg als de callback doet wat hij moet doen.

    Beide berichten samen wachten niet langer dan het `geduld` van het verzoek: wie zich abonneert wacht ook.
    """
    bericht = {
        "kanaal": TESTKANAAL,
        "hoofdObject": url,
        "resource": TESTKANAAL,
        "resourceUrl": url,
        "actie": TESTKANAAL,
        "aanmaakdatum": installatie.klok.nu().isoformat(),
        "kenmerken": {},
    }
    lichaam = Lichaam("application/json", bericht)
    if cloudevents:
        lichaam = Lichaam(CLOUDEVENT, van_notificatie(installatie, bericht, str(uuid4())))
    try:
        if geduld.wacht_op(lambda: stuur(installatie, url, lichaam, None)) not in GEWEIGERD:
            return "no-auth-on-callback-url"
        aangenomen = httpx.codes.is_success(geduld.wacht_op(lambda: stuur(installatie, url, lichaam, auth)))
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
        return "invalid-callback-url"
    return "" if aangenomen else "invalid-callback-url"


def aflevering_verwerker() -> Verwerker:
    """De outbox-verwerker die aflevert: zeven keer opnieuw met steeds langere pauzes, daarna een dode brief voor de beheerder."""
    return Verwerker(AFLEVERING, buiten=lever_af, wachttijden=WACHTTIJDEN)
