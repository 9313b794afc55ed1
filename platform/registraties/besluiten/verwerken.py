"""`POST /besluit_verwerken` (uitbreiding, ook van Open Zaak): een besluit met zijn documenten in één verzoek, alles of niets (regels 9).

Het besluit en de koppelingen staan er in één transactie, met een rij in de outbox die anders terugdraait; daarna komt elke relatie in de
Zaken en de Documenten API. Lukt dat niet, dan gaat het besluit weer weg, met alles eronder (besluit 14).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from flask import Blueprint, Response
from sqlalchemy import Connection, select

from integratie.basis import ApiFout
from integratie.besluiten import BesluitenClient
from integratie.besluiten.schemas import VerwerkenIn, VerwerkenUit
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats, trek_in
from kit import Bron, Omgeving
from kit.antwoord import Antwoord
from kit.app import lees_json, machine_toegang
from kit.bron import Route
from kit.samen import Bundel, Gemaakt
from kit.schema import valideer
from kit.spiegelen import spiegel_meteen

log = structlog.get_logger()
NAAM, KOPPELINGEN = "besluit_verwerken", "besluitinformatieobjecten"
TERUGDRAAIEN = "besluiten.terugdraaien"
GEDULD = timedelta(seconds=30)  # zo lang heeft het verzoek zelf; daarna komt de outbox kijken


def verwerk_pad(scopes: tuple[str, ...]) -> Route:
    """De route in het OpenAPI-document."""
    return Route(
        pad=f"/{NAAM}",
        methode="post",
        operatie=NAAM,
        schrijf=VerwerkenIn,
        lees=VerwerkenUit,
        status=201,
        scopes=scopes,
        uitbreiding="Een besluit met de documenten waarin het vastligt, in één verzoek.",
    )


def verwerk_route(besluit: Bron, koppeling: Bron, scopes: tuple[str, ...]) -> Callable[[Blueprint, Omgeving], None]:
    """De route; rechten, regels, audittrail en notificaties zijn die van besluiten en koppelingen zelf."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        def verwerk() -> Response:
            besluit.rechten.eis(omgeving.toegang, "maak", scopes)
            invoer = valideer(VerwerkenIn, lees_json())
            if isinstance(invoer, list):
                raise Ongeldig(*invoer)
            return _verwerk(omgeving, (besluit, koppeling), invoer).response()  # type: ignore[arg-type]  # het schema van hierboven

        blauwdruk.add_url_rule(f"/{NAAM}", NAAM, machine_toegang(omgeving, *scopes)(verwerk), methods=["POST"])

    return voeg_toe


def _verwerk(omgeving: Omgeving, bronnen: tuple[Bron, Bron], invoer: VerwerkenIn) -> Antwoord:
    bundel = Bundel(omgeving)
    eerder = bundel.eerder()
    if eerder is not None:
        return eerder
    besluit = bundel.erbij("besluit", "besluit", invoer.besluit)
    url = f"{omgeving.basis}/besluiten/{besluit}"
    koppelingen = [
        bundel.erbij("besluitinformatieobject", f"{KOPPELINGEN}.{nummer}", {**deel, "besluit": url})
        for nummer, deel in enumerate(invoer.besluitinformatieobjecten)
    ]
    wacht: list[Any] = []
    bundel.zet_klaar(lambda verbinding: wacht.append(_zet_wacht(omgeving.installatie, verbinding, besluit)))
    gelukt = False
    try:
        _spiegel(omgeving, bronnen, besluit, koppelingen)
        antwoord = bundel.rond_af(lambda verbinding: trek_in(verbinding, wacht[-1]), _vorm)
        gelukt = "Idempotency-Replayed" not in antwoord.koppen
    finally:
        if not gelukt:
            _haal_weg(omgeving.installatie, besluit)
    return antwoord


def _zet_wacht(installatie: Installatie, verbinding: Connection, besluit: UUID) -> Any:
    vanaf = installatie.klok.nu() + GEDULD
    return plaats(installatie, verbinding, TERUGDRAAIEN, {"besluit": str(besluit)}, vanaf=vanaf)


def _spiegel(omgeving: Omgeving, bronnen: tuple[Bron, Bron], besluit: UUID, koppelingen: list[UUID]) -> None:
    """Elke relatie in de andere registratie; een fout noemt haar plek in het lichaam."""
    plekken = [("besluit", bronnen[0], besluit)]
    plekken += [(f"{KOPPELINGEN}.{nummer}", bronnen[1], id_) for nummer, id_ in enumerate(koppelingen)]
    for plek, bron, id_ in plekken:
        model: Any = bron.model
        with omgeving.installatie.db.lezen() as verbinding:
            vraag = select(*model.__table__.columns).where(model.id == id_)
            rij = dict(verbinding.execute(vraag).mappings().one())
        try:
            spiegel_meteen(omgeving, bron, rij)
        except Ongeldig as fout:
            raise Ongeldig(*(ParamFout(f"{plek}.{deel.naam}", deel.code, deel.reden) for deel in fout.fouten)) from None


def _vorm(gemaakt: Gemaakt) -> dict[str, Any]:
    koppelingen = [weergave for plek, weergave in gemaakt.items() if plek.startswith(f"{KOPPELINGEN}.")]
    return {"besluit": gemaakt["besluit"], KOPPELINGEN: koppelingen}


def _haal_weg(installatie: Installatie, besluit: UUID) -> None:
    """Haal een half verwerkt besluit weg; lukt dat niet, dan doet de outbox het later."""
    try:
        BesluitenClient(installatie, namens="besluiten").verwijder(f"besluiten/{besluit}")
    except (ApiFout, Probleem) as fout:
        log.warning("half verwerkt besluit staat er nog", fout=str(fout))


def terugdraai_verwerkers(_installatie: Installatie) -> list[Verwerker]:
    """Voor het `Deel`: wie een half verwerkt besluit weghaalt als het verzoek zelf dat niet meer kon."""

    def doe(installatie: Installatie, werk: Werk) -> Callable[[Connection], None] | None:
        BesluitenClient(installatie, namens="besluiten").verwijder(f"besluiten/{werk.inhoud['besluit']}")
        return None

    return [Verwerker(TERUGDRAAIEN, buiten=doe)]
