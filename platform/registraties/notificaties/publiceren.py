"""`POST /notificaties`: een bericht aannemen en klaarzetten. Het antwoord is het bericht zelf; afleveren gebeurt daarna."""

from collections.abc import Callable

from flask import Blueprint, Response
from sqlalchemy import Connection, select

from integratie.notificaties.schemas import Notificatie
from kern.fouten import Ongeldig, Probleem
from kit import Omgeving
from kit.antwoord import Antwoord
from kit.app import lees_json, machine_toegang
from kit.idempotentie import Idempotentie
from kit.schema import valideer
from registraties.notificaties.afleveren import zet_klaar
from registraties.notificaties.modellen import Kanaal
from registraties.notificaties.regels import bericht_past_bij_kanaal


def publiceer_route(scopes: tuple[str, ...]) -> Callable[[Blueprint, Omgeving], None]:
    """De route; een Idempotency-Key voorkomt dat een herhaald bericht nog eens wordt afgeleverd."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        def publiceer() -> Response:
            toegang = omgeving.toegang
            if not toegang.heeft("nrc", scopes):
                raise Probleem(403)
            notificatie = _lees()
            idempotentie = Idempotentie(omgeving.installatie, toegang.aanroeper.client_id)
            with omgeving.installatie.db.schrijven() as verbinding:
                antwoord = idempotentie.begin(verbinding)
                if antwoord is None:
                    antwoord = _zet_klaar(omgeving, verbinding, notificatie)
                    idempotentie.bewaar(verbinding, antwoord)
            return antwoord.response()

        blauwdruk.add_url_rule(
            "/notificaties", "notificatie_maak", machine_toegang(omgeving, *scopes)(publiceer), methods=["POST"]
        )

    return voeg_toe


def _lees() -> Notificatie:
    uitkomst = valideer(Notificatie, lees_json())
    if isinstance(uitkomst, list):
        raise Ongeldig(*uitkomst)
    assert isinstance(uitkomst, Notificatie)  # noqa: S101  # valideer geeft het gevraagde schema
    return uitkomst


def _zet_klaar(omgeving: Omgeving, verbinding: Connection, notificatie: Notificatie) -> Antwoord:
    kanalen = dict(verbinding.execute(select(Kanaal.naam, Kanaal.filters)).all())
    fouten = list(bericht_past_bij_kanaal(notificatie, kanalen))
    if fouten:
        raise Ongeldig(*fouten)
    zet_klaar(omgeving.installatie, verbinding, notificatie)
    return Antwoord.json(notificatie.als_json(), 201)
