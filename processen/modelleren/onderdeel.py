"""Het onderdeel `modelleren`: de werkbank onder /beheer/pakketten, met haar tabellen en het spelen van scenario's in de worker."""

from collections.abc import Iterable

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kern.outbox import Verwerker
from processen.modelleren.app import PAD, maak_app
from processen.modelleren.proefdraaien import proefrunverwerker
from processen.modelleren.proeven import MaakProefplaats, proefverwerker
from processen.modelleren.tabellen import Basis


def maak_deel(proefplaats: MaakProefplaats) -> Deel:
    """Het onderdeel; `proefplaats` geeft wegwerpinstallaties naast een installatie, om scenario's op te spelen."""

    def app(installatie: Installatie) -> Flask:
        return maak_app(installatie, proefplaats)

    def verwerkers(_installatie: Installatie) -> Iterable[Verwerker]:
        return [proefverwerker(proefplaats), proefrunverwerker(proefplaats)]

    return Deel("modelleren", "processen.modelleren", PAD, app, Basis.metadata, verwerkers)
