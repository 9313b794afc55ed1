"""Definities: nakijken, neerzetten, activeren, intrekken, het model teruglezen, en de cijfers per element."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from integratie.processen.motor import (
    BevindingUit,
    CijfersUit,
    ControleUit,
    DefinitieUit,
    ElementCijfersUit,
    ModelIn,
    ModelUit,
)
from processen.api.basis import Eindpunt, Vraag, eindpunt
from processen.motor import DefinitieInfo, ModelGeweigerd
from processen.motor.cijfers import DefinitieCijfers

PAD = "/definities"
STANDAARD_PERIODE = timedelta(days=30)
Sleutel = Annotated[str, Field(min_length=1, max_length=200)]


def eindpunten() -> Iterator[Eindpunt]:
    """Alle eindpunten van dit onderwerp."""
    lezen, beheren = "definities.lezen", "definities.beheren"
    filters = {"sleutel": Sleutel}
    yield eindpunt(PAD, "get", "definities", lezen, _lijst, lees=DefinitieUit, lijst=True, parameters=filters)
    yield eindpunt(PAD, "post", "definities", beheren, _zet_neer, lees=DefinitieUit, schrijf=ModelIn, status=201)
    yield eindpunt(
        f"{PAD}/controle", "post", "definities_controle", lezen, _controleer, lees=ControleUit, schrijf=ModelIn
    )
    yield eindpunt(f"{PAD}/{{uuid}}", "get", "definitie", lezen, _een, lees=ModelUit)
    yield eindpunt(f"{PAD}/{{uuid}}/activeren", "post", "definitie_activeren", beheren, _activeer, lees=DefinitieUit)
    yield eindpunt(f"{PAD}/{{uuid}}/intrekken", "post", "definitie_intrekken", beheren, _trek_in, lees=DefinitieUit)
    periode = {"sinds": AwareDatetime}
    yield eindpunt(
        f"{PAD}/{{uuid}}/cijfers", "get", "definitie_cijfers", lezen, _cijfers, lees=CijfersUit, parameters=periode
    )


def definitie_uit(info: DefinitieInfo) -> dict[str, Any]:
    """De velden van `DefinitieUit`."""
    return {**asdict(info), "uuid": info.id}


def _lijst(vraag: Vraag) -> list[DefinitieUit]:
    with vraag.installatie.db.lezen() as verbinding:
        rijen = vraag.motor.definities.lijst(verbinding, vraag.parameters.get("sleutel", ""))
    return [DefinitieUit(**definitie_uit(rij)) for rij in rijen]


def _zet_neer(vraag: Vraag) -> DefinitieUit:
    model: ModelIn = vraag.invoer
    with vraag.installatie.db.schrijven() as verbinding:
        bewaar = vraag.motor.bewaar_concept if model.concept else vraag.motor.zet_neer
        gezet = bewaar(verbinding, model.bpmn.encode(), model.dmn, pakket=model.pakket, door="api")
    return DefinitieUit(**definitie_uit(gezet))


def _controleer(vraag: Vraag) -> ControleUit:
    model: ModelIn = vraag.invoer
    try:
        bevindingen = vraag.motor.controleer(model.bpmn.encode(), model.dmn)
    except ModelGeweigerd as fout:
        bevindingen = list(fout.bevindingen)
    return ControleUit(bevindingen=[BevindingUit(**asdict(b)) for b in bevindingen])


def _een(vraag: Vraag, uuid: UUID) -> ModelUit:
    with vraag.installatie.db.lezen() as verbinding:
        info = vraag.motor.definities.een(verbinding, uuid)
        bpmn, dmn = vraag.motor.definities.model(verbinding, uuid)
    return ModelUit(**definitie_uit(info), bpmn=bpmn.decode(), dmn=dmn)


def _activeer(vraag: Vraag, uuid: UUID) -> DefinitieUit:
    with vraag.installatie.db.schrijven() as verbinding:
        return DefinitieUit(**definitie_uit(vraag.motor.activeer(verbinding, uuid)))


def _trek_in(vraag: Vraag, uuid: UUID) -> DefinitieUit:
    with vraag.installatie.db.schrijven() as verbinding:
        return DefinitieUit(**definitie_uit(vraag.motor.trek_in(verbinding, uuid)))


def _cijfers(vraag: Vraag, uuid: UUID) -> CijfersUit:
    """De cijfers van alle versies, op de elementen van deze versie: ook de gegevens voor een warmtekaart op haar tekening."""
    sinds: datetime = vraag.parameters.get("sinds") or vraag.installatie.klok.nu() - STANDAARD_PERIODE
    with vraag.installatie.db.lezen() as verbinding:
        gecompileerd = vraag.motor.definities.haal(verbinding, uuid)
        cijfers = vraag.motor.cijfers(verbinding, gecompileerd.sleutel, sinds)
    namen = {element.id: element.naam for _, element in gecompileerd.proces.bereik.alles()}
    return CijfersUit(
        sleutel=cijfers.sleutel, sinds=sinds, staten=cijfers.staten, elementen=list(_elementen(cijfers, namen))
    )


def _elementen(cijfers: DefinitieCijfers, namen: dict[str, str]) -> Iterator[ElementCijfersUit]:
    drukste = max((c.bereikt for c in cijfers.elementen), default=1)
    gemeten = {c.element: c for c in cijfers.elementen}
    for naam in {**namen, **gemeten}:
        cijfer = gemeten.get(naam)
        if cijfer is None:
            yield ElementCijfersUit(
                element=naam, naam=namen[naam], bereikt=0, loopt=0, incidenten=0, mediaan=None, p95=None
            )
        else:
            yield ElementCijfersUit(
                **asdict(cijfer), naam=namen.get(naam, ""), warmte=round(cijfer.bereikt / drukste, 4)
            )
