"""Het webproces: granian met de samengestelde WSGI-app."""

import errno
import socket
import sys

from dienstverlening.samenstellen import maak_platform
from kern.instellingen import Instellingen, laad_instellingen
from kern.logboek import richt_in
from kern.transport import WsgiApp


class PoortFout(Exception):
    """De webserver kan niet op de gevraagde poort luisteren. De tekst is één regel voor de beheerder."""


def maak_wsgi() -> WsgiApp:
    """De ingang voor de webserver: één installatie per webproces, uit de omgeving."""
    instellingen = laad_instellingen()
    richt_in(instellingen.log_niveau)
    return maak_platform(instellingen).wsgi


def opdracht(instellingen: Instellingen) -> list[str]:
    """De opdracht die de webserver start. Alleen HTTP/1.1: versleuteling en HTTP/2 doet de proxy ervoor."""
    opties = {
        "--interface": "wsgi",
        "--http": "1",
        "--host": instellingen.luister_op,
        "--port": str(instellingen.poort),
        "--workers": str(instellingen.web_processen),
        "--blocking-threads": str(instellingen.web_draden),
        "--workers-kill-timeout": "5",
        "--log-level": "warning",
    }
    vlaggen = ["--factory", "--no-ws", "--respawn-failed-workers"]
    delen = [deel for optie in opties.items() for deel in optie]
    return [sys.executable, "-m", "granian", *delen, *vlaggen, "dienstverlening.web:maak_wsgi"]


def eis_vrije_poort(adres: str, poort: int) -> None:
    """Geef `PoortFout` als er al iets luistert; de webserver zelf zou zich er stil naast zetten."""
    familie = socket.AF_INET6 if ":" in adres else socket.AF_INET
    with socket.socket(familie, socket.SOCK_STREAM) as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind((adres, poort))
        except OSError as fout:
            raise PoortFout(_waarom(fout, adres, poort)) from None


def _waarom(fout: OSError, adres: str, poort: int) -> str:
    if fout.errno == errno.EADDRINUSE:
        return f"Poort {poort} is bezet; kies een andere met --poort (of make demo POORT=…)"
    if fout.errno == errno.EACCES:
        return f"Poort {poort} is voorbehouden aan root; kies een poort vanaf 1024 met --poort"
    return f"Op {adres}:{poort} kan niet geluisterd worden: {fout.strerror}"
