"""De samengestelde acties: registreren, bijwerken, opschorten, verlengen en afsluiten, elk in één transactie (regels 9).

Regels, rechten, audittrail en notificaties zijn die van de resources zelf. Documenten staan ook in de Documenten API: bij registreren
komen zij na de transactie, gespiegeld. Lukt er een niet, dan gaat de zaak weer weg; valt het proces ertussen, dan doet de outbox dat.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from flask import Blueprint, Response
from sqlalchemy import Connection

from integratie.basis import ApiFout, Schema
from integratie.zaken import ZakenClient
from integratie.zaken.samengesteld import (
    AfsluitenIn,
    AfsluitenUit,
    BijwerkenIn,
    BijwerkenUit,
    MetStatusIn,
    MetStatusUit,
    RegistrerenIn,
    RegistrerenUit,
)
from integratie.zaken.schemas import ZaakInformatieObjectUit
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats, trek_in
from kit import Omgeving
from kit.antwoord import Antwoord
from kit.app import lees_json, machine_toegang
from kit.bron import Route
from kit.herhalen import herhaal
from kit.samen import Bundel, Gemaakt
from kit.schema import valideer
from registraties.zaken.afsluiten import STRAKS_RESULTAAT
from registraties.zaken.rechten import AANMAKEN, BIJWERKEN

log = structlog.get_logger()
TERUGDRAAIEN = "zaken.terugdraaien"
GEDULD = timedelta(seconds=30)  # zo lang heeft het verzoek zelf; daarna komt de outbox kijken
ENKELVOUD = {
    "rollen": "rol",
    "zaakobjecten": "zaakobject",
    "zaakinformatieobjecten": "zaakinformatieobject",
    "resultaat": "resultaat",
    "status": "status",
}
"""De delen, in de volgorde waarin zij geschreven worden: de eindstatus ziet het resultaat."""
DOCUMENTEN = "zaakinformatieobjecten"


@dataclass(frozen=True)
class Samenstelling:
    """Een actie op een bestaande zaak; `eist` is het veld van de zaak waar zij om gaat."""

    naam: str
    schrijf: type[Schema]
    lees: type[Schema]
    uitleg: str
    eist: str = ""


ACTIES = (
    Samenstelling("zaak_bijwerken", BijwerkenIn, BijwerkenUit, "Een zaak wijzigen, met rollen en een status."),
    Samenstelling("zaak_opschorten", MetStatusIn, MetStatusUit, "Een zaak opschorten, met een status.", "opschorting"),
    Samenstelling("zaak_verlengen", MetStatusIn, MetStatusUit, "Een zaak verlengen, met een status.", "verlenging"),
    Samenstelling("zaak_afsluiten", AfsluitenIn, AfsluitenUit, "Een zaak afsluiten: resultaat en eindstatus."),
)
REGISTREREN = "zaak_registreren"
PADEN = (
    Route(
        pad=f"/{REGISTREREN}",
        methode="post",
        operatie=REGISTREREN,
        schrijf=RegistrerenIn,
        lees=RegistrerenUit,
        status=201,
        scopes=AANMAKEN,
        uitbreiding="Een zaak met haar rollen, objecten, documenten en eerste status in één verzoek.",
    ),
    *(
        Route(
            pad=f"/{actie.naam}/{{uuid}}",
            methode="post",
            operatie=actie.naam,
            schrijf=actie.schrijf,
            lees=actie.lees,
            scopes=BIJWERKEN,
            uitbreiding=actie.uitleg,
        )
        for actie in ACTIES
    ),
)


def voeg_routes_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    """De routes van alle samengestelde acties."""

    def registreer() -> Response:
        _eis_scope(omgeving, AANMAKEN)
        return _registreer(omgeving, _lees(RegistrerenIn)).response()

    bewaakt = machine_toegang(omgeving, *AANMAKEN)(registreer)
    blauwdruk.add_url_rule(f"/{REGISTREREN}", REGISTREREN, bewaakt, methods=["POST"])
    for actie in ACTIES:
        bewaakt = machine_toegang(omgeving, *BIJWERKEN)(_op_zaak(omgeving, actie))
        blauwdruk.add_url_rule(f"/{actie.naam}/<uuid:id_>", actie.naam, bewaakt, methods=["POST"])


def _eis_scope(omgeving: Omgeving, scopes: tuple[str, ...]) -> None:
    """Wie dit helemaal niet mag, hoort niet wat er aan het verzoek mankeert; de delen toetsen daarna hun eigen rechten."""
    if not omgeving.toegang.heeft("zrc", scopes):
        raise Probleem(403)


def _lees(schema: type[Schema]) -> Any:
    invoer = valideer(schema, lees_json())
    if isinstance(invoer, list):
        raise Ongeldig(*invoer)
    return invoer


def _delen(invoer: Any, *, zonder: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(enkelvoud, plek, inhoud) van elk meegestuurd deel."""
    for naam, enkelvoud in ENKELVOUD.items():
        deel = getattr(invoer, naam, None)
        if naam == zonder or deel is None:
            continue
        if isinstance(deel, list):
            yield from ((enkelvoud, f"{naam}.{nummer}", een) for nummer, een in enumerate(deel))
        else:
            yield enkelvoud, naam, deel


def _vorm(schema: type[Schema], gemaakt: Gemaakt) -> dict[str, Any]:
    """Het lichaam van het antwoord: per deel wat het geworden is."""
    uit: dict[str, Any] = {}
    for naam in schema.model_fields:
        rijen = [weergave for plek, weergave in gemaakt.items() if plek.startswith(f"{naam}.")]
        uit[naam] = gemaakt.get(naam) if naam in ("zaak", "status", "resultaat") else rijen
    return uit


# een bestaande zaak


def _op_zaak(omgeving: Omgeving, actie: Samenstelling) -> Callable[..., Response]:
    def voer_uit(id_: UUID) -> Response:
        _eis_scope(omgeving, BIJWERKEN)
        invoer = _lees(actie.schrijf)
        if actie.eist and not invoer.zaak.get(actie.eist):
            raise Ongeldig(ParamFout(f"zaak.{actie.eist}", "required", "Dit veld is verplicht."))
        return herhaal(lambda: _werk_bij(omgeving, actie, id_, invoer)).response()

    return voer_uit


def _werk_bij(omgeving: Omgeving, actie: Samenstelling, id_: UUID, invoer: Any) -> Antwoord:
    bundel = Bundel(omgeving)
    eerder = bundel.eerder()
    if eerder is not None:
        return eerder
    bundel.wijzigt("zaak", "zaak", id_, invoer.zaak)
    for enkelvoud, plek, deel in _delen(invoer):
        if enkelvoud == "resultaat":
            bundel.geheugen[STRAKS_RESULTAAT] = omgeving.diensten.naar_opslag(str(deel.get("resultaattype", "")))
        bundel.erbij(enkelvoud, plek, _bij_zaak(omgeving, id_, deel))
    return bundel.leg_vast(lambda gemaakt: _vorm(actie.lees, gemaakt), 200)


def _bij_zaak(omgeving: Omgeving, id_: UUID, deel: Mapping[str, Any]) -> dict[str, Any]:
    return {**deel, "zaak": f"{omgeving.basis}/zaken/{id_}"}


# een nieuwe zaak


def _registreer(omgeving: Omgeving, invoer: RegistrerenIn) -> Antwoord:
    bundel = Bundel(omgeving)
    eerder = bundel.eerder()
    if eerder is not None:
        return eerder
    zaak = bundel.erbij("zaak", "zaak", invoer.zaak)
    for enkelvoud, plek, deel in _delen(invoer, zonder=DOCUMENTEN):
        bundel.erbij(enkelvoud, plek, _bij_zaak(omgeving, zaak, deel))
    documenten = [_bij_zaak(omgeving, zaak, deel) for deel in invoer.zaakinformatieobjecten]
    for nummer, deel in enumerate(documenten):
        bundel.toets("zaakinformatieobject", f"{DOCUMENTEN}.{nummer}", deel)
    if not documenten:
        return bundel.leg_vast(lambda gemaakt: _vorm(RegistrerenUit, gemaakt))
    return _met_documenten(omgeving, bundel, zaak, documenten)


def _met_documenten(omgeving: Omgeving, bundel: Bundel, zaak: UUID, documenten: list[dict[str, Any]]) -> Antwoord:
    """Eerst de zaak, dan elk document gespiegeld; wat er ook misgaat, daarna is alles weer zoals het was."""
    installatie, wacht = omgeving.installatie, []

    def zet_wacht(verbinding: Connection) -> None:
        vanaf = installatie.klok.nu() + GEDULD
        wacht.append(plaats(installatie, verbinding, TERUGDRAAIEN, {"zaak": str(zaak)}, vanaf=vanaf))

    bundel.zet_klaar(zet_wacht)
    gelukt = False
    try:
        gekoppeld = _koppel(omgeving, documenten)
        antwoord = bundel.rond_af(
            lambda verbinding: trek_in(verbinding, wacht[-1]),
            lambda gemaakt: _vorm(RegistrerenUit, {**gemaakt, **gekoppeld}),
        )
        gelukt = "Idempotency-Replayed" not in antwoord.koppen
    finally:
        if not gelukt:
            _haal_weg(installatie, zaak)
    return antwoord


def _koppel(omgeving: Omgeving, documenten: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    aanroeper = omgeving.toegang.aanroeper
    client = ZakenClient(
        omgeving.installatie, namens="zaken", gebruiker=aanroeper.gebruiker, weergave=aanroeper.weergave
    )
    gekoppeld = {}
    for nummer, deel in enumerate(documenten):
        plek = f"{DOCUMENTEN}.{nummer}"
        try:
            gekoppeld[plek] = client.maak(DOCUMENTEN, deel, ZaakInformatieObjectUit).als_json()
        except ApiFout as fout:
            fouten = fout.fouten or (ParamFout("nonFieldErrors", "pending-relations", str(fout)),)
            raise Ongeldig(*(ParamFout(f"{plek}.{deel_.naam}", deel_.code, deel_.reden) for deel_ in fouten)) from None
    return gekoppeld


def _haal_weg(installatie: Installatie, zaak: UUID) -> bool:
    """Haal een half geregistreerde zaak weg; lukt dat niet, dan doet de outbox het later."""
    try:
        ZakenClient(installatie, namens="zaken").verwijder(f"zaken/{zaak}")
    except ApiFout as fout:
        log.warning("half geregistreerde zaak staat er nog", fout=str(fout))
        return False
    return True


def terugdraai_verwerkers(_installatie: Installatie) -> list[Verwerker]:
    """Voor het `Deel`: wie een half geregistreerde zaak weghaalt als het verzoek zelf dat niet meer kon."""

    def doe(installatie: Installatie, werk: Werk) -> Callable[[Connection], None] | None:
        ZakenClient(installatie, namens="zaken").verwijder(f"zaken/{werk.inhoud['zaak']}")
        return None

    return [Verwerker(TERUGDRAAIEN, buiten=doe)]
