"""Het webproces: de samengestelde WSGI-app, voor granian."""

import gc

from dienstverlening.plekken import PLEKKEN
from dienstverlening.samenstellen import maak_platform
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.transport import WsgiApp

# Wat elk webproces nodig heeft: bijna elk verzoek leest rechten of typen, zaken of documenten. Geladen vóór de processen ontstaan.
VOORAF = ("autorisaties", "catalogi", "documenten", "zaken")
for _plek in PLEKKEN:
    if _plek.naam in VOORAF:
        _plek.laad()


def maak_wsgi() -> WsgiApp:
    """De ingang voor de webserver: één installatie per webproces, uit de omgeving."""
    instellingen = laad_instellingen()
    richt_in(instellingen.log_niveau)
    wsgi = maak_platform(instellingen).wsgi
    spaar_de_opruimer()
    return wsgi


def spaar_de_opruimer() -> None:
    """Wat bij het starten gemaakt is blijft toch: daar hoeft Python niet steeds naar te kijken, en minder vaak is genoeg."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 20, 50)
