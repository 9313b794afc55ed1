"""Berichten komen uit op hun publicatiedatum: dan pas hoort iemand ervan. Een rij in de outbox met dat tijdstip."""

from uuid import UUID

from sqlalchemy import Connection, select

from integratie.berichten.schemas import BerichtIn
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from kit import Wijziging
from kit.cloudevents import maak_gebeurtenis, meld_gebeurtenis
from registraties.berichten.modellen import Bericht

PUBLICEREN = "berichten.publiceren"
SOORT = "nl.overheid.berichten.bericht"


def plan(w: Wijziging[BerichtIn]) -> None:
    """Gevolg van aanmaken: is het bericht al uit, meld dat meteen; anders op zijn publicatiedatum."""
    if not w.aanmaken:
        return
    if w.waarden["publicatiedatum"] <= w.nu:
        _meld(w.verbinding, w.omgeving.installatie, w.id, berichtenbox=w.waarden["mijn_overheid_berichtenbox"])
    else:
        inhoud = {"bericht": str(w.id)}
        plaats(w.omgeving.installatie, w.verbinding, PUBLICEREN, inhoud, vanaf=w.waarden["publicatiedatum"])


def publiceer(verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
    """De publicatiedatum is er."""
    id_ = UUID(werk.inhoud["bericht"])
    berichtenbox = verbinding.scalar(select(Bericht.mijn_overheid_berichtenbox).where(Bericht.id == id_))
    if berichtenbox is not None:
        _meld(verbinding, installatie, id_, berichtenbox=berichtenbox)


def _meld(verbinding: Connection, installatie: Installatie, id_: UUID, *, berichtenbox: bool) -> None:
    gebeurtenis = maak_gebeurtenis(
        installatie,
        registratie="berichten",
        soort=f"{SOORT}-gepubliceerd",
        onderwerp=f"berichten:berichten/{id_}",
        gegevens={"mijnOverheidBerichtenbox": berichtenbox},
    )
    meld_gebeurtenis(installatie, verbinding, gebeurtenis)


def verwerkers(_installatie: Installatie) -> list[Verwerker]:
    """Het outbox-werk van de Berichten API."""
    return [Verwerker(PUBLICEREN, binnen=publiceer)]
