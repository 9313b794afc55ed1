"""Wat alle schermen van de werkbank delen: de werkplaats, wie er werkt, en de pagina met tabbladen rond een pakket."""

from collections.abc import Mapping
from typing import Any

from flask import abort, render_template, url_for

from huisstijl import lui, vertaal
from kern.installatie import Installatie
from kern.toegang import eis_identiteit, voor_beheer
from processen.modelleren.goedkeuren import Goedkeuring
from processen.modelleren.nakijken import Bevinding, Verslag, kijk_na
from processen.modelleren.proefdraaien import Proefruns
from processen.modelleren.proefpersonen import Proefpersonen
from processen.modelleren.proeven import MaakProefplaats, Proeven
from processen.modelleren.uitgaven import Uitgaven
from processen.modelleren.werkplaats import ROL, Deel, GeenPakket, OnbekendPad, Stand, Werkplaats, Wie
from processen.motor import Motor

beheerder = voor_beheer(ROL)
"""De toegangsregel van elke route van de werkbank."""

# Op volgorde van het werk: sleutel, naam, en de route van het tabblad (met `pakket`).
TABBLADEN: tuple[tuple[str, Any, str], ...] = (
    ("overzicht", lui("Overzicht"), "pakket.overzicht"),
    ("product", lui("Product"), "dienst.producten"),
    ("formulier", lui("Formulier"), "formulier.lijst"),
    ("zaaktype", lui("Zaaktype"), "dienst.zaaktypen"),
    ("proces", lui("Proces"), "modellen.proces"),
    ("beslissingen", lui("Beslissingen"), "modellen.beslissingen"),
    ("brieven", lui("Brieven en berichten"), "dienst.brieven"),
    ("regels", lui("Uitvoerregels"), "dienst.regels"),
    ("scenarios", lui("Scenario's"), "scenarios.lijst"),
    ("proefdraaien", lui("Proefdraaien"), "proefdraaien.scherm"),
    ("versies", lui("Versies"), "publiceren.versies"),
)


class Werkbank:
    """De werkbank van één installatie; elk scherm krijgt haar mee."""

    def __init__(self, installatie: Installatie, motor: Motor, proefplaats: MaakProefplaats) -> None:
        self.installatie, self.motor = installatie, motor
        self.werkplaats = Werkplaats(installatie, motor)
        self.uitgaven = Uitgaven(installatie, motor, self.werkplaats)
        self.proeven = Proeven(installatie, self.werkplaats)
        self.proefruns = Proefruns(installatie)
        self.proefpersonen = Proefpersonen(installatie, proefplaats)
        self.goedkeuring = Goedkeuring(installatie)

    def kijk_na(self, bestanden: Mapping[str, bytes]) -> Verslag:
        """De controle van deze bestanden."""
        return kijk_na(bestanden, self.motor)

    def wie(self) -> Wie:
        """De aangemelde beheerder."""
        return Wie.van(eis_identiteit())

    def open(self, pakket: str) -> Stand:
        """De werkversie; 404 als het pakket er niet is."""
        try:
            stand = self.werkplaats.open(pakket, self.wie())
        except GeenPakket:
            abort(404)
        self.proefruns.houd_klaar(pakket, stand.versie)
        return stand

    def deel(self, pakket: str, pad: str) -> Deel:
        """Een bestand van de werkversie; 404 als het er niet is."""
        try:
            return self.werkplaats.lees(pakket, pad)
        except (GeenPakket, OnbekendPad):
            abort(404)

    def adres_van(self, pakket: str, bevinding: Bevinding) -> str:
        """Waar een bevinding te verhelpen is."""
        routes = {sleutel: route for sleutel, _, route in TABBLADEN}
        return url_for(routes.get(bevinding.tab, "pakket.overzicht"), pakket=pakket, _anchor=bevinding.naam or None)

    def pagina(self, sjabloon: str, pakket: str, tab: str, /, **waarden: Any) -> str:
        """Een pagina van een pakket: met tabbladen, wie er ook bezig is, en ongedaan maken."""
        stand = waarden.pop("stand", None) or self.open(pakket)
        collegas = self.werkplaats.meld_aanwezig(pakket, self.wie(), tab)
        tabbladen = [
            (vertaal(str(naam)), url_for(route, pakket=pakket), sleutel == tab) for sleutel, naam, route in TABBLADEN
        ]
        schil = {
            "pakket": pakket, "stand": stand, "tab": tab, "tabbladen": tabbladen, "collegas": collegas,
            "ik": self.wie().gebruikersnaam, "vier_ogen": self.goedkeuring.nodig,
            "aanvraag": self.goedkeuring.laatste(pakket, stand) if self.goedkeuring.nodig else None,
        }  # fmt: skip
        return render_template(
            f"modelleren/{sjabloon}", adres_van=lambda bevinding: self.adres_van(pakket, bevinding), **schil, **waarden
        )
