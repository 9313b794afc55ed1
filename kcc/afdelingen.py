"""Afdelingen die contactverzoeken krijgen: actoren van soort organisatorische eenheid, met de groepscode als identificatie."""

from collections.abc import Mapping
from uuid import UUID

from huisstijl.velden import Optie
from integratie.klantinteracties import KlantinteractiesClient
from integratie.klantinteracties.schemas import ActorUit, SoortActor
from kcc.bronnen import NAAM, Bronnen
from kern.installatie import Installatie

EENHEID: SoortActor = "organisatorische_eenheid"


def afdelingen(bron: Bronnen) -> list[ActorUit]:
    """Alle afdelingen die nog actief zijn, op naam."""
    pagina = bron.klantinteracties.lijst("actoren", ActorUit, soortActor=EENHEID, indicatieActief="true", pageSize=500)
    return sorted(pagina.results, key=lambda actor: actor.naam.lower())


def als_opties(actoren: list[ActorUit]) -> list[Optie]:
    """De afdelingen om uit te kiezen."""
    return [Optie(str(actor.uuid), actor.naam) for actor in actoren]


def van_mij(bron: Bronnen, actoren: list[ActorUit]) -> list[ActorUit]:
    """De afdelingen waar deze medewerker bij hoort, volgens de groepen van zijn account."""
    return [
        actor
        for actor in actoren
        if actor.actoridentificator and actor.actoridentificator.object_id in bron.identiteit.groepen
    ]


def namen(actoren: list[ActorUit]) -> Mapping[UUID, str]:
    """De naam bij elk uuid."""
    return {actor.uuid: actor.naam for actor in actoren}


def zet_afdelingen(installatie: Installatie, afdelingen_: Mapping[str, str]) -> None:
    """Zorg dat deze afdelingen er zijn (code van de groep → naam); voor het inrichten van een gemeente."""
    client = KlantinteractiesClient(installatie, namens=NAAM)
    for code, naam in afdelingen_.items():
        client.zorg_voor_actor(EENHEID, code, naam)
