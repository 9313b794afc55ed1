"""Gebeurtenissen (CloudEvents) bekijken die een registratie klaarzette."""

from typing import Any

from sqlalchemy import select

from kern.installatie import Installatie
from kern.tabellen import OutboxTabel
from kit.cloudevents import GEBEURTENIS


def gebeurtenissen(installatie: Installatie) -> list[dict[str, Any]]:
    """De gebeurtenissen die nog in de outbox staan, oudste eerst."""
    vraag = select(OutboxTabel.inhoud).where(OutboxTabel.verwerker == GEBEURTENIS).order_by(OutboxTabel.id)
    with installatie.db.lezen() as verbinding:
        return list(verbinding.scalars(vraag))


def soorten(installatie: Installatie) -> list[str]:
    """De namen van die gebeurtenissen, zonder het vaste begin `nl.overheid.<registratie>.`."""
    return [gebeurtenis["type"].split(".", 3)[3] for gebeurtenis in gebeurtenissen(installatie)]
