"""De app van de werkbank; elke route is alleen voor functioneel beheerders."""

from pathlib import Path

from flask import Flask

import formuliermotor
from huisstijl import vul_aan
from huisstijl.werkplek import registreer_beheer
from kern.installatie import Installatie
from kern.web import maak_scherm_app
from processen import sjablonen
from processen.incidenten import maak_incidenten
from processen.modelleren.proeven import MaakProefplaats
from processen.modelleren.schermen.delen import maak_delen
from processen.modelleren.schermen.delen_van_dienst import maak_dienst
from processen.modelleren.schermen.formulier import maak_formulier
from processen.modelleren.schermen.grondslagen import maak_grondslagen
from processen.modelleren.schermen.modellen import maak_modellen
from processen.modelleren.schermen.pakket import maak_pakket
from processen.modelleren.schermen.peildatum import maak_peildatum
from processen.modelleren.schermen.proefdraaien import maak_proefdraaien
from processen.modelleren.schermen.publiceren import maak_publiceren
from processen.modelleren.schermen.rekenblad import maak_rekenblad
from processen.modelleren.schermen.scenarios import maak_scenarios
from processen.modelleren.schermen.start import maak_start
from processen.modelleren.schermen.tekenvlak import maak_tekenvlak
from processen.modelleren.schermen.uitproberen import maak_uitproberen
from processen.modelleren.schermen.verhuizen import maak_verhuizen
from processen.modelleren.schermen.vierogen import maak_vierogen
from processen.modelleren.werkbank import Werkbank
from processen.modelleren.werkplaats import ROL
from processen.onderdeel import maak_motor

PAD = "/beheer/pakketten"


def maak_app(installatie: Installatie, proefplaats: MaakProefplaats) -> Flask:
    """De app met huisstijl en formuliermotor (voor het voorbeeld van een formulier)."""
    app = maak_scherm_app("modelleren", installatie, import_naam=__name__)
    registreer_beheer(app, Path(__file__).parent / "vertalingen")
    formuliermotor.registreer(app)
    vul_aan(app, sjablonen="processen.sjablonen", teksten=sjablonen.TEKSTEN)
    motor = maak_motor(installatie)
    bank = Werkbank(installatie, motor, proefplaats)
    for maak in (
        maak_start,
        maak_delen,
        maak_pakket,
        maak_publiceren,
        maak_vierogen,
        maak_formulier,
        maak_modellen,
        maak_tekenvlak,
        maak_uitproberen,
        maak_verhuizen,
        maak_grondslagen,
        maak_rekenblad,
        maak_peildatum,
        maak_dienst,
        maak_scenarios,
        maak_proefdraaien,
    ):
        app.register_blueprint(maak(bank))
    app.register_blueprint(maak_incidenten(installatie, motor, ROL), url_prefix="/<pakket>")
    return app
