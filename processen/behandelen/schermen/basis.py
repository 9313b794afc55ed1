"""Wat alle schermen van de behandelaar delen."""

from datetime import date
from typing import Any

from flask import render_template

from integratie.besluiten.stand import stand_van
from kern import ldv
from kern.installatie import Installatie
from kern.toegang import eis_identiteit
from processen.behandelen.beeld import Zaakbeeld
from processen.behandelen.bron import Zaakbron, uuid_van
from processen.behandelen.herzien import kan_herzien
from processen.behandelen.werklijst import dagen_tot


class Schermen:
    """Schermen op één installatie; wie er kijkt, komt per verzoek uit de sessie."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def _bron(self) -> Zaakbron:
        return Zaakbron(self._installatie, eis_identiteit())

    def _vandaag(self) -> date:
        return self._installatie.klok.vandaag()

    def _audit(self, actie: str, onderwerp: str) -> None:
        """`onderwerp` is een zaaknummer of uuid, nooit een persoonsnummer."""
        ldv.audit(self._installatie, eis_identiteit(), actie, onderwerp)

    def _toon_zaak(self, sjabloon: str, beeld: Zaakbeeld | None, **gegevens: Any) -> str:
        """Een pagina met een zaak erop, en de dagen die er nog zijn om te beslissen."""
        rest = dagen_tot(beeld.zaak.uiterlijke_einddatum_afdoening, self._vandaag()) if beeld else None
        return render_template(
            sjabloon, beeld=beeld, rest=rest, uuid_van=uuid_van, stand_van=stand_van, kan_herzien=kan_herzien,
            vandaag=self._vandaag(), **gegevens,
        )  # fmt: skip
