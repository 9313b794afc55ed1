"""Leesvelden die geen kolom zijn: de andere kant van relaties, namen, en groepen die naar eigen resources verwijzen."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from kit import Omgeving
from kit.afgeleid import Afgeleid
from registraties.klantinteracties.modellen import (
    Actor,
    ActorKlantcontact,
    Categorie,
    CategorieRelatie,
    InterneTaak,
    Klantcontact,
    Partij,
    PartijIdentificator,
    Toewijzing,
    Vertegenwoordiging,
)

NIETS: ColumnElement[Any] = literal_column("'{}'::uuid[]")
GEEN: ColumnElement[Any] = literal_column("'[]'::jsonb")


def volledige_naam(contactnaam: Mapping[str, Any] | None) -> str:
    """Voornaam (of voorletters), voorvoegsel en achternaam achter elkaar."""
    naam = contactnaam or {}
    delen = (naam.get("voornaam") or naam.get("voorletters"), naam.get("voorvoegselAchternaam"), naam.get("achternaam"))
    return " ".join(deel for deel in delen if deel)


def _verwijst(omgeving: Omgeving, pad: str, id_: str | None) -> dict[str, str] | None:
    return {"uuid": id_, "url": f"{omgeving.basis}/{pad}/{id_}"} if id_ else None


def _partijgroep(waarde: Mapping[str, Any], omgeving: Omgeving) -> dict[str, Any] | None:
    groep, soort = waarde["groep"], waarde["soort"]
    if groep is None or soort == "organisatie":
        return dict(groep) if groep else None
    groep = {**groep, "volledigeNaam": volledige_naam(groep.get("contactnaam"))}
    if soort == "contactpersoon":
        groep["werkteVoorPartij"] = _verwijst(omgeving, "partijen", waarde["werkt"])
    return groep


def partij_identificatie() -> Afgeleid:
    """De identificatie bij de soort partij, met volledige naam en de organisatie van een contactpersoon."""
    delen = ("groep", Partij.partij_identificatie, "soort", Partij.soort_partij, "werkt", Partij.werkte_voor_partij)
    return Afgeleid(lambda: func.jsonb_build_object(*delen), in_omgeving=_partijgroep)


def _identificatoren(rijen: list[dict[str, Any]], omgeving: Omgeving) -> list[dict[str, Any]]:
    for rij in rijen:
        rij["url"] = f"{omgeving.basis}/partij-identificatoren/{rij['uuid']}"
        rij["identificeerdePartij"] = _verwijst(omgeving, "partijen", rij["identificeerdePartij"])
        rij["subIdentificatorVan"] = _verwijst(omgeving, "partij-identificatoren", rij["subIdentificatorVan"])
    return rijen


def partij_identificatoren() -> Afgeleid:
    """De identificatoren van een partij, voluit."""

    def uitdrukking() -> Any:
        kind = aliased(PartijIdentificator)
        rij = func.jsonb_build_object(
            "uuid",
            kind.id,
            "identificeerdePartij",
            kind.identificeerde_partij,
            "anderePartijIdentificator",
            kind.andere_partij_identificator,
            "partijIdentificator",
            kind.partij_identificator,
            "subIdentificatorVan",
            kind.sub_identificator_van,
        )
        return _lijst(rij, kind.nr).where(kind.identificeerde_partij == Partij.id).scalar_subquery()

    return Afgeleid(uitdrukking, in_omgeving=_identificatoren)


def _relaties(rijen: list[dict[str, Any]], omgeving: Omgeving) -> list[dict[str, Any]]:
    return [{**rij, "url": f"{omgeving.basis}/categorie-relaties/{rij['uuid']}"} for rij in rijen]


def categorie_relaties() -> Afgeleid:
    """De categorieën van een partij, met naam en looptijd."""

    def uitdrukking() -> Any:
        relatie, soort = aliased(CategorieRelatie), aliased(Categorie)
        rij = func.jsonb_build_object(
            "uuid",
            relatie.id,
            "categorieNaam",
            soort.naam,
            "beginDatum",
            relatie.begin_datum,
            "eindDatum",
            relatie.eind_datum,
        )
        vraag = _lijst(rij, relatie.nr).select_from(relatie).outerjoin(soort, soort.id == relatie.categorie)
        return vraag.where(relatie.partij == Partij.id).scalar_subquery()

    return Afgeleid(uitdrukking, in_omgeving=_relaties)


def categorie() -> Afgeleid:
    """De categorie van een categorierelatie, met haar naam."""

    def uitdrukking() -> Any:
        soort = aliased(Categorie)
        rij = func.jsonb_build_object("uuid", soort.id, "naam", soort.naam)
        return select(rij).where(soort.id == CategorieRelatie.categorie).scalar_subquery()

    def weergave(rij: dict[str, Any] | None, omgeving: Omgeving) -> dict[str, Any] | None:
        return rij and {**rij, "url": f"{omgeving.basis}/categorieen/{rij['uuid']}"}

    return Afgeleid(uitdrukking, in_omgeving=weergave)


def vertegenwoordigden() -> Afgeleid:
    """De partijen die deze partij vertegenwoordigt."""

    def uitdrukking() -> Any:
        rij = aliased(Vertegenwoordiging)
        ids = func.coalesce(func.array_agg(aggregate_order_by(rij.vertegenwoordigde_partij, rij.nr)), NIETS)
        return select(ids).where(rij.vertegenwoordigende_partij == Partij.id).scalar_subquery()

    return Afgeleid(uitdrukking, doel=lambda: Partij)


def _lijst(rij: Any, volgorde: Any) -> Any:
    return select(func.coalesce(func.jsonb_agg(aggregate_order_by(rij, volgorde)), GEEN))


def _actoren(rijen: list[dict[str, Any]], omgeving: Omgeving) -> list[dict[str, Any]]:
    return [{**rij, "url": f"{omgeving.basis}/actoren/{rij['uuid']}"} for rij in rijen]


def betrokken_actoren() -> Afgeleid:
    """De actoren die bij een klantcontact betrokken waren, voluit."""

    def uitdrukking() -> Any:
        actor, koppel = aliased(Actor), aliased(ActorKlantcontact)
        rij = func.jsonb_build_object(
            "uuid",
            actor.id,
            "naam",
            actor.naam,
            "soortActor",
            actor.soort_actor,
            "indicatieActief",
            actor.indicatie_actief,
            "actoridentificator",
            actor.actoridentificator,
            "actorIdentificatie",
            actor.actor_identificatie,
        )
        vraag = _lijst(rij, koppel.nr).select_from(koppel).join(actor, actor.id == koppel.actor)
        return vraag.where(koppel.klantcontact == Klantcontact.id).scalar_subquery()

    return Afgeleid(uitdrukking, in_omgeving=_actoren)


def toegewezen_actoren() -> Afgeleid:
    """Alle actoren aan wie een interne taak is toegewezen."""

    def uitdrukking() -> Any:
        rij = aliased(Toewijzing)
        ids = func.coalesce(func.array_agg(aggregate_order_by(rij.actor, rij.volgorde)), NIETS)
        return select(ids).where(rij.internetaak == InterneTaak.id).scalar_subquery()

    return Afgeleid(uitdrukking, doel=lambda: Actor)


def eerste_actor() -> Afgeleid:
    """De eerste actor aan wie een interne taak is toegewezen."""

    def uitdrukking() -> Any:
        rij = aliased(Toewijzing)
        vraag = select(rij.actor).where(rij.internetaak == InterneTaak.id)
        return vraag.order_by(rij.volgorde).limit(1).scalar_subquery()

    return Afgeleid(uitdrukking, doel=lambda: Actor)
