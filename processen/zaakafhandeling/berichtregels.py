"""Regels uit pakketten die van een notificatie een bericht voor processen maken: wie erop wacht gaat verder, of een proces begint ermee.

Een regel noemt een gebeurtenis (`zaken.status.create`), de naam van het bericht, een correlatiesleutel in FEEL en eventueel een voorwaarde.
In FEEL staan `kanaal`, `resource`, `actie`, `hoofdobject` en `url`. De regels worden onthouden: er komen veel notificaties langs. Wat dit
platform bewaart telt vanaf de eerste notificatie erna; een wijziging die een ander in de Objecten API maakt na hoogstens dertig tellen.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from integratie.configuratie import PROCESPAKKET, Configuratie
from kern.installatie import Installatie
from kern.outbox import Werk
from kern.versies import huidige_versie
from processen.motor import Motor

NAMENS = "processen"
ONTHOUDEN = timedelta(seconds=30)
Afronding = Callable[[Connection], None]
Regel = Mapping[str, str]


@dataclass
class Berichtregels:
    """De regels van alle geïnstalleerde pakketten."""

    motor: Motor
    _regels: list[Regel] = field(default_factory=list)
    _gelezen: tuple[datetime, Any] | None = None

    def gevolg(self, installatie: Installatie, werk: Werk) -> Afronding | None:
        """De berichten bij deze notificatie, of None als geen regel past."""
        zicht = _zicht(installatie, werk)
        passend = [
            (regel, self._sleutel(regel, zicht)) for regel in self._bij(installatie, werk) if self._past(regel, zicht)
        ]
        if not passend:
            return None

        def afronding(verbinding: Connection) -> None:
            for regel, sleutel in passend:
                uniek = f"{werk.inhoud['id']}:{regel['bericht']}"
                self.motor.bericht(verbinding, regel["bericht"], sleutel, {"notificatie": zicht["url"]}, uniek)

        return afronding

    def _bij(self, installatie: Installatie, werk: Werk) -> Iterator[Regel]:
        gebeurtenis = ".".join(werk.inhoud[naam] for naam in ("kanaal", "resource", "actie"))
        return (regel for regel in self._alle(installatie) if regel["gebeurtenis"] == gebeurtenis)

    def _alle(self, installatie: Installatie) -> list[Regel]:
        nu, versie = installatie.klok.nu(), huidige_versie(installatie, "inrichting")
        if not (self._gelezen and self._gelezen[1] == versie and self._gelezen[0] <= nu < self._gelezen[0] + ONTHOUDEN):
            pakketten = Configuratie(installatie, namens=NAMENS).alle(PROCESPAKKET)
            self._regels = [regel for pakket in pakketten for regel in pakket.get("berichten", ())]
            self._gelezen = nu, versie
        return self._regels

    def _past(self, regel: Regel, zicht: Mapping[str, Any]) -> bool:
        return self.motor.uitdrukkingen.waar(regel.get("als") or "true", zicht)

    def _sleutel(self, regel: Regel, zicht: Mapping[str, Any]) -> str:
        return self.motor.uitdrukkingen.tekst(f"={regel['sleutel']}", zicht)


def _zicht(installatie: Installatie, werk: Werk) -> dict[str, Any]:
    naar_url = installatie.diensten.naar_url
    inhoud = werk.inhoud
    return {
        "kanaal": inhoud["kanaal"], "resource": inhoud["resource"], "actie": inhoud["actie"],
        "hoofdobject": naar_url(inhoud["hoofd_object"]), "url": naar_url(inhoud["resource_url"]),
    }  # fmt: skip
