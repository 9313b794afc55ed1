"""Van instellingen naar een werkende installatie: alle onderdelen op hun pad, met hun outbox-werk."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from dienstverlening.delen import delen_van
from kern.deel import Deel
from kern.gezondheid import MetGezondheid
from kern.installatie import Installatie, maak_installatie
from kern.instellingen import Instellingen, InstellingenFout
from kern.klok import Klok
from kern.migratie import werk_bij
from kern.transport import WsgiApp
from kit.cloudevents import gebeurtenis_verwerker
from kit.sporen import notificatie_verwerker


def maak_platform(instellingen: Instellingen, klok: Klok | None = None, *, meteen: bool = False) -> Installatie:
    """Een complete installatie op een bijgewerkte database; `installatie.wsgi` is de web-app.

    De app van een onderdeel ontstaat bij haar eerste verzoek: een opdracht of worker vraagt er maar een paar. Een webproces
    heeft ze `meteen` nodig, vóór het eerste verzoek; wat er niet klopt blijkt dan ook bij het starten.
    """
    delen = delen_van(instellingen)
    installatie = maak_installatie(instellingen, klok)
    aangeboden = kies(delen, instellingen.namen("onderdelen"))
    verwerkers = [verwerker for deel in aangeboden if deel.verwerkers for verwerker in deel.verwerkers(installatie)]
    # Elke registratie meldt haar wijzigingen, ook als zij alleen draait.
    installatie.stel_samen(
        zet_op_pad(installatie, aangeboden, meteen=meteen),
        [notificatie_verwerker(), gebeurtenis_verwerker(), *verwerkers],
    )
    installatie.onthoud_adres()
    return installatie


class BijGebruik:
    """WSGI-app die pas gemaakt wordt als er een verzoek voor is."""

    def __init__(self, maak: Callable[[], WsgiApp]) -> None:
        self._maak = maak
        self._app: WsgiApp | None = None
        self._slot = threading.Lock()

    def __call__(self, omgeving: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self.app()(omgeving, start_response)

    def app(self) -> WsgiApp:
        """De app zelf; twee verzoeken tegelijk maken er één."""
        if self._app is None:
            with self._slot:
                self._app = self._app or self._maak()
        return self._app


def zet_op_pad(installatie: Installatie, delen: Iterable[Deel], *, meteen: bool = False) -> WsgiApp:
    """Eén WSGI-app die elk verzoek naar het onderdeel met het langste passende pad brengt."""
    delen = tuple(delen)
    luie = {deel.pad: BijGebruik(partial(deel.maak_app, installatie)) for deel in delen if deel.maak_app}
    apps: dict[str, WsgiApp] = {pad: app.app() if meteen else app for pad, app in luie.items()}
    wortel = apps.pop("", NotFound())
    return MetGezondheid(installatie, DispatcherMiddleware(wortel, apps), delen)


def kies(delen: Iterable[Deel], namen: list[str]) -> list[Deel]:
    """De onderdelen met deze namen; zonder namen allemaal. Een onbekende naam geeft `InstellingenFout`."""
    op_naam = {deel.naam: deel for deel in delen}
    onbekend = [naam for naam in namen if naam not in op_naam]
    if onbekend:
        raise InstellingenFout(f"ONDERDELEN: onbekend: {', '.join(onbekend)}; kies uit {', '.join(op_naam)}")
    return [op_naam[naam] for naam in namen or op_naam]


def werk_database_bij(instellingen: Instellingen) -> None:
    """Breng alle schema's van deze installatie naar de nieuwste versie."""
    installatie = maak_installatie(instellingen)
    try:
        werk_bij(installatie.db, delen_van(instellingen))
    finally:
        installatie.sluit()
