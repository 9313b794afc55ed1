"""Antwoorden op lezen die een webproces onthoudt zolang er niets gewijzigd is: types worden veel gelezen en zelden gewijzigd.

Of er iets gewijzigd is zegt een versie in Redis (`kern.versies`), die bij elk verzoek gelezen wordt. Een antwoord hoort bij pad,
parameters en dag (de geldige versie van een type hangt van de datum af), en niet bij wie vraagt: de rechten zijn dan al getoetst.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import request

from kern.installatie import Installatie
from kern.versies import huidige_versie

MEESTE_ANTWOORDEN = 1000
GROOTSTE_ANTWOORD = 256 << 10  # bytes


class Antwoordgeheugen:
    """De onthouden lichamen van één registratie, in dit proces."""

    def __init__(self, installatie: Installatie, naam: str) -> None:
        self._installatie = installatie
        self._naam = naam
        self._onthouden: tuple[tuple[Any, date] | None, dict[str, bytes]] = (None, {})

    def geef(self, maak: Callable[[], bytes]) -> bytes:
        """Het lichaam bij dit verzoek; `maak` maakt het als het nog niet onthouden is."""
        stand = (huidige_versie(self._installatie, self._naam), self._installatie.klok.vandaag())
        bekend, lichamen = self._onthouden
        if stand != bekend or len(lichamen) >= MEESTE_ANTWOORDEN:
            # Een nieuw geheugen: wat een verzoek met een oudere stand nog maakt, komt in het oude.
            lichamen = {}
            self._onthouden = stand, lichamen
        sleutel = request.full_path
        if sleutel not in lichamen:
            lichaam = maak()
            if len(lichaam) > GROOTSTE_ANTWOORD:
                return lichaam
            lichamen[sleutel] = lichaam
        return lichamen[sleutel]
