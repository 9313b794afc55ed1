"""De regels van de Notificaties API: één functie per regel uit de standaard, met haar code in de docstring."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from integratie.notificaties.schemas import AbonnementIn, Notificatie
from kern.fouten import ParamFout, Probleem
from kit import Wijziging
from registraties.notificaties.afleveren import proef_callback
from registraties.notificaties.modellen import Kanaal

Fouten = Iterable[ParamFout]


def kanalen_bestaan(w: Wijziging[AbonnementIn]) -> Fouten:
    """Een abonnement noemt bestaande kanalen (`kanaal_naam`) en hun kenmerken (`inconsistent-abonnement-filters`)."""
    bekend = _kenmerken_per_kanaal(w)
    for index, kanaal in enumerate(w.nieuw.kanalen):
        if kanaal.naam not in bekend:
            yield ParamFout(f"kanalen.{index}.naam", "kanaal_naam", "Dit kanaal bestaat niet.")
        elif set(kanaal.filters) - bekend[kanaal.naam]:
            yield ParamFout(
                f"kanalen.{index}.filters", "inconsistent-abonnement-filters", "Dit kanaal heeft deze kenmerken niet."
            )


def _kenmerken_per_kanaal(w: Wijziging[Any]) -> dict[str, set[str]]:
    with w.omgeving.installatie.db.lezen() as verbinding:
        return {naam: set(filters) for naam, filters in verbinding.execute(select(Kanaal.naam, Kanaal.filters))}


def callback_werkt(w: Wijziging[AbonnementIn]) -> Fouten:
    """De callback weigert een bericht zonder aanmelding en neemt er een mét aan [OZ]."""
    if not (w.aanmaken or w.nieuw.auth or w.verandert("callback_url") or w.verandert("send_cloudevents")):
        return
    auth = w.nieuw.auth or _bewaarde_auth(w)
    cloudevents = w.nieuw.send_cloudevents
    code = proef_callback(w.omgeving.installatie, w.nieuw.callback_url, auth, w.geduld, cloudevents=cloudevents)
    w.waarden["hapert_tot"] = None  # de proef is net gelukt, of het abonnement komt er niet
    if code:
        yield ParamFout("nonFieldErrors", code, "De callback-URL antwoordt niet zoals afgesproken.")


def _bewaarde_auth(w: Wijziging[Any]) -> str:
    return w.omgeving.installatie.kluis.decrypt((w.oud or {})["geheim"]).decode()


def versleutel_auth(w: Wijziging[AbonnementIn]) -> Fouten:
    """Bewaar de aanmelding versleuteld, en van wie het abonnement is."""
    if w.nieuw.auth:
        w.waarden["geheim"] = w.omgeving.installatie.kluis.encrypt(w.nieuw.auth.encode())
    if w.aanmaken:
        w.waarden["eigenaar"] = w.omgeving.toegang.aanroeper.client_id
    return ()


def alleen_eigenaar(w: Wijziging[Any]) -> Fouten:
    """Wijzigen en verwijderen mag alleen het client_id dat het abonnement maakte, anders 403."""
    if w.oud is not None and w.oud["eigenaar"] != w.omgeving.toegang.aanroeper.client_id:
        raise Probleem(403)
    return ()


def bericht_past_bij_kanaal(notificatie: Notificatie, kanalen: Mapping[str, list[str]]) -> Fouten:
    """Publiceren: het kanaal bestaat (`message_kanaal`) en kent de kenmerken (`kenmerken_inconsistent`)."""
    if notificatie.kanaal not in kanalen:
        yield ParamFout("kanaal", "message_kanaal", "Dit kanaal bestaat niet.")
    elif set(notificatie.kenmerken) - set(kanalen[notificatie.kanaal]):
        yield ParamFout("kenmerken", "kenmerken_inconsistent", "Dit kanaal heeft deze kenmerken niet.")
