"""Incidenten herstellen, en lopende instanties naar een andere versie brengen."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from integratie.processen.motor import (
    HerstelAlleIn,
    HersteldUit,
    HerstelIn,
    IncidentUit,
    OordeelUit,
    PortieUit,
    ProefUit,
    TeruggedraaidUit,
    VerhuizingIn,
)
from kit.paginering import Pagina
from processen.api.basis import Eindpunt, Vraag, eindpunt
from processen.motor import incidenten
from processen.motor.gebeurtenissen import als_variabelen
from processen.motor.herstel import herstel_alle
from processen.motor.incidenten import Filter
from processen.motor.verhuizen import Oordeel

FILTERS: dict[str, Any] = {"definitie": str, "element": str, "soort": str, "opgelost": bool}
LEZEN, BEHEREN, VERHUIZEN = "incidenten.lezen", "incidenten.beheren", "verhuizingen.beheren"


def eindpunten() -> Iterator[Eindpunt]:
    """Alle eindpunten van dit onderwerp."""
    lijst = {"lijst": True, "gepagineerd": True, "parameters": FILTERS}
    yield eindpunt("/incidenten", "get", "incidenten", LEZEN, _lijst, lees=IncidentUit, **lijst)
    yield eindpunt(
        "/incidenten/herstel", "post", "incidenten_herstel", BEHEREN, _alle, lees=HersteldUit, schrijf=HerstelAlleIn
    )
    yield eindpunt("/incidenten/{uuid}", "get", "incident", LEZEN, _een, lees=IncidentUit)
    yield eindpunt(
        "/incidenten/{uuid}/herstel", "post", "incident_herstel", BEHEREN, _herstel, lees=IncidentUit, schrijf=HerstelIn
    )
    yield eindpunt(
        "/verhuizingen/proef",
        "post",
        "verhuizingen_proef",
        VERHUIZEN,
        _proef,
        lees=ProefUit,
        schrijf=VerhuizingIn,
        kan_ontbreken=True,
    )
    yield eindpunt(
        "/verhuizingen",
        "post",
        "verhuizingen",
        VERHUIZEN,
        _verhuis,
        lees=PortieUit,
        schrijf=VerhuizingIn,
        kan_ontbreken=True,
    )
    terug = "/instanties/{uuid}/verhuizing-terugdraaien"
    yield eindpunt(terug, "post", "verhuizing_terugdraaien", VERHUIZEN, _draai_terug, lees=TeruggedraaidUit)


def _lijst(vraag: Vraag) -> Mapping[str, Any]:
    pagina: Pagina = vraag.pagina()
    with vraag.installatie.db.lezen() as verbinding:
        rijen, aantal = incidenten.deel(verbinding, Filter(**vraag.parameters), pagina.vanaf, pagina.grootte)
    pagina.eis_bestaat(aantal)
    return pagina.omhul([IncidentUit(**asdict(rij), uuid=rij.id) for rij in rijen], aantal)


def _een(vraag: Vraag, uuid: UUID) -> IncidentUit:
    with vraag.installatie.db.lezen() as verbinding:
        rij = incidenten.een(verbinding, uuid)
    return IncidentUit(**asdict(rij), uuid=rij.id)


def _herstel(vraag: Vraag, uuid: UUID) -> IncidentUit:
    h: HerstelIn = vraag.invoer
    with vraag.installatie.db.schrijven() as verbinding:
        vraag.motor.herstel(
            verbinding, uuid, h.actie, door=h.door, reden=h.reden, variabelen=als_variabelen(h.variabelen),
            uitvoer=als_variabelen(h.uitvoer), naar=h.naar,
        )  # fmt: skip
    return _een(vraag, uuid)


def _alle(vraag: Vraag) -> HersteldUit:
    h: HerstelAlleIn = vraag.invoer
    with vraag.installatie.db.lezen() as verbinding:
        gekozen = incidenten.nummers(verbinding, Filter(h.definitie, h.element, h.soort), h.limiet)
    gedaan, weg = herstel_alle(vraag.installatie, vraag.motor, gekozen, door=h.door)
    return HersteldUit(gedaan=gedaan, al_opgelost=weg)


def _proef(vraag: Vraag) -> ProefUit:
    v: VerhuizingIn = vraag.invoer
    with vraag.installatie.db.lezen() as verbinding:
        plan = vraag.motor.stel_verhuizing_voor(verbinding, v.van, v.naar) if v.plan is None else v.plan
        oordelen = vraag.motor.proef_verhuizing(verbinding, v.van, v.naar, plan, na=v.na, limiet=v.limiet)
    volgende = oordelen[-1].instantie if len(oordelen) == v.limiet else None
    return ProefUit(plan=plan, oordelen=_oordelen(oordelen), volgende=volgende)


def _verhuis(vraag: Vraag) -> PortieUit:
    v: VerhuizingIn = vraag.invoer
    with vraag.installatie.db.schrijven() as verbinding:
        plan = vraag.motor.stel_verhuizing_voor(verbinding, v.van, v.naar) if v.plan is None else v.plan
        portie = vraag.motor.verhuis(verbinding, v.van, v.naar, plan, door=v.door, na=v.na, limiet=v.limiet)
    return PortieUit(verhuisd=_oordelen(portie.verhuisd), gebleven=_oordelen(portie.gebleven), volgende=portie.volgende)


def _draai_terug(vraag: Vraag, uuid: UUID) -> TeruggedraaidUit:
    with vraag.installatie.db.schrijven() as verbinding:
        vraag.motor.instantie(verbinding, uuid)
        return TeruggedraaidUit(teruggedraaid=vraag.motor.draai_verhuizing_terug(verbinding, uuid))


def _oordelen(oordelen: Any) -> list[OordeelUit]:
    rijen: list[Oordeel] = list(oordelen)
    return [
        OordeelUit(instantie=o.instantie, bedrijfssleutel=o.bedrijfssleutel, problemen=list(o.problemen)) for o in rijen
    ]
