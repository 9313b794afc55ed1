"""De schil voor medewerkers: één menu over alle onderdelen heen, met alleen wat iemand mag openen."""

from pathlib import Path
from typing import Literal

from flask import Flask, current_app

from huisstijl.aanmelding import WERKPLEK, aangemelde_gebruiker
from huisstijl.schil import Huisstijl, Navigatiepunt, registreer
from huisstijl.taal import kies
from kern.deel import Menupunt
from kern.installatie import Installatie
from kern.toegang import huidige_identiteit


def menu(groep: Literal["werk", "beheer"]) -> list[Menupunt]:
    """De schermen van een groep die de aangemelde medewerker mag openen; leeg als er geen medewerker is aangemeld."""
    identiteit = huidige_identiteit()
    rollen = set(identiteit.rollen) if identiteit else set()
    installatie: Installatie = current_app.extensions["installatie"]
    return [punt for punt in installatie.menu if punt.groep == groep and rollen & set(punt.rollen)]


def beheernavigatie() -> list[Navigatiepunt]:
    """Alle beheerschermen van deze medewerker, op elk beheerscherm hetzelfde."""
    return [Navigatiepunt(kies(punt.naam), punt.adres) for punt in menu("beheer")]


def registreer_beheer(app: Flask, vertalingen: Path | None = None) -> Huisstijl:
    """Geeft een app onder `/beheer` de huisstijl, met de gezamenlijke navigatie; het merk leidt naar de werkplek."""
    return registreer(
        app,
        titel="Beheer",
        gebruiker=aangemelde_gebruiker,
        navigatie=beheernavigatie,
        thuis=WERKPLEK,
        vertalingen=vertalingen,
    )
