"""Het webproces: de samengestelde WSGI-app, voor granian."""

from dienstverlening.samenstellen import maak_platform
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.transport import WsgiApp


def maak_wsgi() -> WsgiApp:
    """De ingang voor de webserver: één installatie per webproces, uit de omgeving."""
    instellingen = laad_instellingen()
    richt_in(instellingen.log_niveau)
    return maak_platform(instellingen).wsgi
