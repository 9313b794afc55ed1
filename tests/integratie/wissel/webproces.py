"""Eén webproces op een echte poort, zoals `dienstverlening web`, maar dan op verzoek zonder oor voor onze Idempotency-Key.

Aanroep: python -m tests.integratie.wissel.webproces [doof]
"""

import signal
import sys
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from dienstverlening.samenstellen import maak_platform
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.transport import WsgiApp


def doof(app: WsgiApp) -> WsgiApp:
    """Als de registratie van een ander, die onze sleutel niet kent."""

    def zonder_sleutel(omgeving: dict[str, Any], start: Any) -> Any:
        omgeving.pop("HTTP_IDEMPOTENCY_KEY", None)
        return app(omgeving, start)

    return zonder_sleutel


class _Stil(WSGIRequestHandler):
    """Zonder een regel per verzoek, en met verbindingen die openblijven."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def main() -> None:
    """Bedien tot SIGTERM."""
    instellingen = laad_instellingen()
    richt_in(instellingen.log_niveau)
    installatie = maak_platform(instellingen)
    app = doof(installatie.wsgi) if "doof" in sys.argv else installatie.wsgi
    server = make_server("127.0.0.1", instellingen.poort, app, threaded=True, request_handler=_Stil)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server.serve_forever()


if __name__ == "__main__":
    main()
