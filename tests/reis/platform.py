"""Een platform achter een echte webserver, voor tests met een browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import make_server

from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from kern.instellingen import Instellingen
from kern.klok import VerzetbareKlok


@contextmanager
def op_een_poort(instellingen: Instellingen) -> Iterator[Installatie]:
    """Een platform met een verzetbare klok. Het systeem kiest de poort; die hoort bij het adres, dus de server komt eerst."""
    platform: list[Installatie] = []
    server = make_server("127.0.0.1", 0, lambda *verzoek: platform[0].wsgi(*verzoek), threaded=True)  # noqa: PLW0108  # de app komt later
    adres = f"http://localhost:{server.server_port}"
    platform.append(maak_platform(instellingen.model_copy(update={"publiek_adres": adres}), VerzetbareKlok()))
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    yield platform[0]
    server.shutdown()
    draad.join()
    server.server_close()
    platform[0].sluit()
