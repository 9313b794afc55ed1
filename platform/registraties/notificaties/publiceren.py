"""`POST /notificaties` en `POST /cloudevents`: een bericht aannemen en klaarzetten.

Het antwoord is het bericht zelf; afleveren gebeurt daarna. Een Idempotency-Key voorkomt dat een herhaald bericht nog eens wordt
afgeleverd. CloudEvents aannemen is een uitbreiding, ook van Open Notificaties.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response
from sqlalchemy import Connection, select

from integratie.basis import Schema
from integratie.notificaties.schemas import CloudEvent, Notificatie
from kern.fouten import Ongeldig, Probleem
from kit import Omgeving
from kit.antwoord import Antwoord
from kit.app import lees_json, machine_toegang
from kit.idempotentie import Idempotentie
from kit.schema import valideer
from registraties.notificaties.afleveren import zet_gebeurtenis_klaar, zet_klaar
from registraties.notificaties.modellen import Kanaal
from registraties.notificaties.regels import bericht_past_bij_kanaal

S = TypeVar("S", bound=Schema)


def publiceer_routes(scopes: tuple[str, ...]) -> Callable[[Blueprint, Omgeving], None]:
    """De routes waarmee een bron een bericht aanbiedt."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        bewaakt = machine_toegang(omgeving, *scopes)

        def notificatie_maak() -> Response:
            _eis(omgeving, scopes)
            bericht = _lees(Notificatie)
            return _een_keer(omgeving, lambda verbinding: _meld(omgeving, verbinding, bericht))

        def cloudevent_maak() -> Response:
            _eis(omgeving, scopes)
            gebeurtenis = _lees(CloudEvent)
            return _een_keer(omgeving, lambda verbinding: _meld_gebeurtenis(omgeving, verbinding, gebeurtenis))

        blauwdruk.add_url_rule("/notificaties", "notificatie_maak", bewaakt(notificatie_maak), methods=["POST"])
        blauwdruk.add_url_rule("/cloudevents", "cloudevent_maak", bewaakt(cloudevent_maak), methods=["POST"])

    return voeg_toe


def _eis(omgeving: Omgeving, scopes: tuple[str, ...]) -> None:
    if not omgeving.toegang.heeft("nrc", scopes):
        raise Probleem(403)


def _lees(schema: type[S]) -> S:
    uitkomst = valideer(schema, lees_json())
    if isinstance(uitkomst, list):
        raise Ongeldig(*uitkomst)
    assert isinstance(uitkomst, schema)  # noqa: S101  # valideer geeft het gevraagde schema
    return uitkomst


def _een_keer(omgeving: Omgeving, doe: Callable[[Connection], Antwoord]) -> Response:
    idempotentie = Idempotentie(omgeving.installatie, omgeving.toegang.aanroeper.client_id)
    with omgeving.installatie.db.schrijven() as verbinding:
        antwoord = idempotentie.begin(verbinding)
        if antwoord is None:
            antwoord = doe(verbinding)
            idempotentie.bewaar(verbinding, antwoord)
    return antwoord.response()


def _meld(omgeving: Omgeving, verbinding: Connection, notificatie: Notificatie) -> Antwoord:
    kanalen = dict(verbinding.execute(select(Kanaal.naam, Kanaal.filters)).all())
    fouten = list(bericht_past_bij_kanaal(notificatie, kanalen))
    if fouten:
        raise Ongeldig(*fouten)
    zet_klaar(omgeving.installatie, verbinding, notificatie)
    return Antwoord.json(notificatie.als_json(), 201)


def _meld_gebeurtenis(omgeving: Omgeving, verbinding: Connection, gebeurtenis: CloudEvent) -> Antwoord:
    zet_gebeurtenis_klaar(omgeving.installatie, verbinding, gebeurtenis)
    return Antwoord.json(gebeurtenis.als_json(alleen_gezet=True), 201)
