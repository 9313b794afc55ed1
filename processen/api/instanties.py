"""Procesinstanties: starten, vinden, hun variabelen, geschiedenis en taken; en berichten en signalen."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

import feel
from integratie.basis import ApiFout
from integratie.processen.motor import (
    BerichtIn,
    BerichtUit,
    InstantieIn,
    InstantieUit,
    SignaalIn,
    StapUit,
    TaakAfrondenIn,
    TaakUit,
    VariabelenIn,
    WachtendUit,
)
from integratie.taken import TakenClient
from kern.fouten import Ongeldig, ParamFout, Probleem
from processen.api.basis import Eindpunt, Vraag, eindpunt
from processen.motor import InstantieInfo, overzicht
from processen.motor.gebeurtenissen import als_variabelen
from processen.motor.overzicht import Zoeken

PAD = "/instanties"
FILTERS: dict[str, Any] = {
    "definitie": str, "versie": UUID, "bedrijfssleutel": str, "staat": Literal["loopt", "klaar", "afgebroken"], "zaak": str,
}  # fmt: skip
LEZEN, BEHEREN, BERICHTEN = "instanties.lezen", "instanties.beheren", "berichten.beheren"


def eindpunten() -> Iterator[Eindpunt]:
    """Alle eindpunten van dit onderwerp."""
    lijst = {"lijst": True, "gepagineerd": True}
    een = f"{PAD}/{{uuid}}"
    yield eindpunt(PAD, "get", "instanties", LEZEN, _lijst, lees=InstantieUit, parameters=FILTERS, **lijst)
    yield eindpunt(
        PAD,
        "post",
        "instanties",
        BEHEREN,
        _start,
        lees=InstantieUit,
        schrijf=InstantieIn,
        status=201,
        kan_ontbreken=True,
    )
    yield eindpunt(een, "get", "instantie", LEZEN, _een, lees=InstantieUit)
    yield eindpunt(f"{een}/afbreken", "post", "instantie_afbreken", BEHEREN, _breek_af, lees=InstantieUit)
    yield eindpunt(
        f"{een}/variabelen",
        "patch",
        "instantie_variabelen",
        BEHEREN,
        _variabelen,
        lees=InstantieUit,
        schrijf=VariabelenIn,
    )
    yield eindpunt(
        f"{een}/geschiedenis", "get", "instantie_geschiedenis", LEZEN, _geschiedenis, lees=StapUit, lijst=True
    )
    yield eindpunt("/taken", "get", "taken", LEZEN, _taken, lees=TaakUit, parameters={"instantie": UUID}, **lijst)
    yield eindpunt(
        "/taken/{uuid}/afronden", "post", "taak_afronden", BEHEREN, _rond_af, schrijf=TaakAfrondenIn, status=204
    )
    yield eindpunt(
        "/berichten", "post", "berichten", BERICHTEN, _bericht, lees=BerichtUit, schrijf=BerichtIn, status=202
    )
    yield eindpunt("/signalen", "post", "signalen", BERICHTEN, _signaal, schrijf=SignaalIn, status=202)


def _instantie(info: InstantieInfo) -> InstantieUit:
    velden = {**asdict(info), "uuid": info.id, "variabelen": feel.naar_json(info.variabelen)}
    return InstantieUit(**{**velden, "wachtend": [WachtendUit(**asdict(wachtend)) for wachtend in info.wachtend]})


def _een(vraag: Vraag, uuid: UUID) -> InstantieUit:
    with vraag.installatie.db.lezen() as verbinding:
        return _instantie(vraag.motor.instantie(verbinding, uuid))


def _lijst(vraag: Vraag) -> Mapping[str, Any]:
    pagina = vraag.pagina()
    with vraag.installatie.db.lezen() as verbinding:
        rijen, aantal = overzicht.zoek(verbinding, Zoeken(**vraag.parameters), pagina.vanaf, pagina.grootte)
    pagina.eis_bestaat(aantal)
    return pagina.omhul([_instantie(rij) for rij in rijen], aantal)


def _start(vraag: Vraag) -> InstantieUit:
    nieuw: InstantieIn = vraag.invoer
    variabelen = _waarden("variabelen", nieuw.variabelen)
    with vraag.installatie.db.schrijven() as verbinding:
        uuid = vraag.motor.start(verbinding, nieuw.bedrijfssleutel, nieuw.definitie, variabelen)
        return _instantie(vraag.motor.instantie(verbinding, uuid))


def _breek_af(vraag: Vraag, uuid: UUID) -> InstantieUit:
    with vraag.installatie.db.schrijven() as verbinding:
        if not vraag.motor.breek_af(verbinding, uuid, door="api"):
            raise _afgelopen()
        return _instantie(vraag.motor.instantie(verbinding, uuid))


def _variabelen(vraag: Vraag, uuid: UUID) -> InstantieUit:
    nieuw: VariabelenIn = vraag.invoer
    variabelen = _waarden("variabelen", nieuw.variabelen)
    with vraag.installatie.db.schrijven() as verbinding:
        if not vraag.motor.zet_variabelen(verbinding, uuid, variabelen):
            raise _afgelopen()
        return _instantie(vraag.motor.instantie(verbinding, uuid))


def _geschiedenis(vraag: Vraag, uuid: UUID) -> list[StapUit]:
    with vraag.installatie.db.lezen() as verbinding:
        vraag.motor.instantie(verbinding, uuid)
        return [StapUit(**asdict(regel)) for regel in vraag.motor.geschiedenis(verbinding, uuid)]


def _taken(vraag: Vraag) -> Mapping[str, Any]:
    pagina = vraag.pagina()
    with vraag.installatie.db.lezen() as verbinding:
        rijen, aantal = overzicht.open_taken(
            verbinding, vraag.parameters.get("instantie"), pagina.vanaf, pagina.grootte
        )
    pagina.eis_bestaat(aantal)
    return pagina.omhul([TaakUit(**asdict(rij), uuid=rij.stap) for rij in rijen], aantal)


def _rond_af(vraag: Vraag, uuid: UUID) -> None:
    """Rond de medewerkertaak af in de Taken API; haar notificatie brengt het proces verder. Een klanttaak is van de inwoner."""
    with vraag.installatie.db.lezen() as verbinding:
        taak = overzicht.taak(verbinding, uuid)
    if "/medewerkertaken/" not in taak.verwijzing:
        raise Probleem(409, detail="Dit is (nog) geen medewerkertaak: alleen die is hier af te ronden.")
    afronden: TaakAfrondenIn = vraag.invoer
    client = TakenClient(vraag.installatie, namens="processen")
    try:
        client.wijzig_medewerkertaak(
            taak.verwijzing,
            sleutel=f"afronden-{uuid}",
            behandelaar=afronden.door,
            status="afgerond",
            uitkomst=afronden.uitkomst,
        )
    except ApiFout as fout:  # wat de Taken API niet wil, zoals een tweede keer met een andere uitkomst
        if fout.status not in (400, 409):
            raise
        raise Probleem(fout.status, code=fout.code, detail=fout.detail, fouten=fout.fouten) from None


def _bericht(vraag: Vraag) -> BerichtUit:
    b: BerichtIn = vraag.invoer
    inhoud = _waarden("inhoud", b.inhoud)
    with vraag.installatie.db.schrijven() as verbinding:
        return BerichtUit(nieuw=vraag.motor.bericht(verbinding, b.naam, b.correlatiesleutel, inhoud, b.uniek_id))


def _signaal(vraag: Vraag) -> None:
    s: SignaalIn = vraag.invoer
    with vraag.installatie.db.schrijven() as verbinding:
        vraag.motor.signaal(verbinding, s.naam, _waarden("inhoud", s.inhoud))


def _waarden(veld: str, ruw: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return als_variabelen(dict(ruw))
    except (ValueError, TypeError, KeyError):
        raise Ongeldig(ParamFout(veld, "invalid", "Hierin staat een waarde die geen variabele kan zijn.")) from None


def _afgelopen() -> Probleem:
    return Probleem(409, detail="Deze procesinstantie is al afgelopen.")
