"""De opdrachten van de kindprocessen. Laadt het platform zelf niet, zodat de ouder snel klaarstaat."""

import errno
import socket
import sys

from kern.instellingen import Instellingen


class PoortFout(Exception):
    """De webserver kan niet op de gevraagde poort luisteren. De tekst is één regel voor de beheerder."""


def web(instellingen: Instellingen) -> dict[str, list[str]]:
    """De webserver, met alle onderdelen."""
    opties = {
        "--host": instellingen.luister_op,
        "--port": str(instellingen.poort),
        "--workers": str(instellingen.web_processen),
        "--blocking-threads": str(instellingen.web_draden),
    }
    delen = [deel for optie in opties.items() for deel in optie]
    return {"web": [sys.executable, "-m", "dienstverlening.webserver", *delen, "dienstverlening.web:maak_wsgi"]}


def workers(instellingen: Instellingen) -> dict[str, list[str]]:
    """Alle workerprocessen, per naam."""
    return {f"worker-{nummer}": _draai("worker") for nummer in range(1, instellingen.werkers + 1)}


def postvak() -> dict[str, list[str]]:
    """De mailserver van de demo."""
    return {"postvak": _draai("postvak")}


def _draai(module: str) -> list[str]:
    return [sys.executable, "-c", f"from dienstverlening.{module} import draai; draai()"]


def eis_vrije_poort(adres: str, poort: int) -> None:
    """Geef `PoortFout` als er al iets luistert; de webserver zelf zou zich er stil naast zetten."""
    with _proef(adres) as proef:
        try:
            proef.bind((adres, poort))
        except OSError as fout:
            raise PoortFout(_waarom(fout, adres, poort)) from None


def vrije_poort(adres: str) -> int:
    """Een poort die nu vrij is."""
    with _proef(adres) as proef:
        proef.bind((adres, 0))
        return int(proef.getsockname()[1])


def _proef(adres: str) -> socket.socket:
    proef = socket.socket(socket.AF_INET6 if ":" in adres else socket.AF_INET, socket.SOCK_STREAM)
    proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return proef


def _waarom(fout: OSError, adres: str, poort: int) -> str:
    if fout.errno == errno.EADDRINUSE:
        return f"Poort {poort} is bezet; kies een andere met --poort (of make demo POORT=…)"
    if fout.errno == errno.EACCES:
        return f"Poort {poort} is voorbehouden aan root; kies een poort vanaf 1024 met --poort"
    return f"Op {adres}:{poort} kan niet geluisterd worden: {fout.strerror}"
