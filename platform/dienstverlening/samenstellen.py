"""Van instellingen naar een werkende installatie: alle onderdelen op hun pad, met hun outbox-werk."""

from collections.abc import Iterable

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


def maak_platform(instellingen: Instellingen, klok: Klok | None = None) -> Installatie:
    """Een complete installatie op een bijgewerkte database; `installatie.wsgi` is de web-app."""
    delen = delen_van(instellingen)
    installatie = maak_installatie(instellingen, klok)
    aangeboden = kies(delen, instellingen.namen("onderdelen"))
    verwerkers = [verwerker for deel in aangeboden if deel.verwerkers for verwerker in deel.verwerkers(installatie)]
    # Elke registratie meldt haar wijzigingen, ook als zij alleen draait.
    installatie.stel_samen(
        zet_op_pad(installatie, aangeboden), [notificatie_verwerker(), gebeurtenis_verwerker(), *verwerkers]
    )
    installatie.onthoud_adres()
    return installatie


def zet_op_pad(installatie: Installatie, delen: Iterable[Deel]) -> WsgiApp:
    """Eén WSGI-app die elk verzoek naar het onderdeel met het langste passende pad brengt."""
    delen = tuple(delen)
    apps: dict[str, WsgiApp] = {deel.pad: deel.maak_app(installatie) for deel in delen if deel.maak_app}
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
