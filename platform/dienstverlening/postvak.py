"""Het proces met de mailserver van de demo, op de poort uit SMTP_URL."""

import signal
import threading
from urllib.parse import urlsplit

from kern.instellingen import laad_instellingen
from kern.klok import Klok
from kern.logboek import richt_in
from simulatoren import Postvak, postvak_map


def draai() -> None:
    """Neem mail aan tot SIGTERM."""
    instellingen = laad_instellingen()
    richt_in(instellingen.log_niveau)
    adres = urlsplit(instellingen.smtp_url)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with Postvak(
        postvak_map(instellingen),
        Klok(),
        omgeving=instellingen.omgeving,
        poort=adres.port or 0,
        adres=adres.hostname or "127.0.0.1",
    ):
        stop.wait()
