"""Wat een registratie-app bij elk verzoek nodig heeft: installatie, adressen, rechten en andermans gegevens."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from flask import g
from sqlalchemy.orm import InstrumentedAttribute

from kern.diensten import API_PADEN, Diensten
from kern.fouten import Ongeldig, ParamFout
from kern.installatie import Installatie
from kern.machines import Aanroeper
from kern.toegang import huidige_aanroeper
from kit.autorisaties import Autorisatiebron
from kit.bron import Bron, Registratie
from kit.ophalen import Ophaler
from kit.toegang import Toegang

NIETS = UUID(int=0)
T = TypeVar("T")


class Omgeving:
    """Eén registratie in één installatie."""

    def __init__(self, installatie: Installatie, registratie: Registratie, autorisatiebron: Autorisatiebron) -> None:
        self.installatie = installatie
        self.registratie = registratie
        self.diensten: Diensten = installatie.diensten
        self.dienst = self.diensten[registratie.naam]
        self.ophaler = Ophaler(installatie, namens=registratie.naam)
        self._autorisatiebron = autorisatiebron
        self._onthouden: dict[str, Any] = {}

    def onthoud(self, naam: str, maak: Callable[[], T]) -> T:
        """Wat elk verzoek van deze registratie deelt en duur is om te maken."""
        if naam not in self._onthouden:
            self._onthouden[naam] = maak()
        onthouden: T = self._onthouden[naam]
        return onthouden

    @cached_property
    def basis(self) -> str:
        """De eigen basis-URL, uit de instelling en nooit uit de Host-header."""
        return f"{self.installatie.instellingen.adres}{API_PADEN[self.registratie.naam][0]}"

    @property
    def toegang(self) -> Toegang:
        """Wat de aanroeper van dit verzoek mag; de controle gebeurt één keer per verzoek."""
        if "toegang" not in g:
            g.toegang = self._controleer()
        toegang: Toegang = g.toegang
        return toegang

    def _controleer(self) -> Toegang:
        if self.dienst.aanmelding == "geen":
            return Toegang(Aanroeper(""))
        aanroeper = huidige_aanroeper()
        return self._autorisatiebron.toegang(aanroeper) if self.dienst.aanmelding == "zgw" else Toegang(aanroeper)

    def pad_van(self, bron: Bron, rij: Mapping[str, Any]) -> str:
        """Het pad van een rij binnen de API: `zaken/<uuid>`, of genest onder de ouder.

        Delen meer bronnen een tabel, dan is het pad van de eerste de identiteit van de rij, waar zij ook gelezen wordt.
        """
        eigen = self.registratie.identiteit(bron)
        return f"{eigen.pad.format_map(rij)}/{rij[eigen.padkolom]}"

    def pad_naar(self, model: type[Any], id_: UUID) -> str:
        """Het pad van een resource waarvan alleen het id bekend is (geen genest pad)."""
        return f"{self.registratie.bij_model(model).pad}/{id_}"

    def id_uit_url(self, url: str, kolom: InstrumentedAttribute[Any]) -> UUID:
        """Het id in een URL naar een eigen resource; bij een URL naar iets anders een id dat niet bestaat."""
        opslag = self.diensten.naar_opslag(url)
        return id_uit_opslag(opslag, self.registratie.naam) or _niet_van_hier(url, kolom)

    def opslag_van(self, bron: Bron, rij: Mapping[str, Any]) -> str:
        """De verwijzing naar een rij zoals zij bewaard wordt."""
        return f"{self.registratie.naam}:{self.pad_van(bron, rij)}"


def _niet_van_hier(url: str, kolom: InstrumentedAttribute[Any]) -> UUID:
    if not url.startswith(("http://", "https://")):
        raise Ongeldig(ParamFout(kolom.key, "invalid", "Dit is geen URL."))
    return NIETS


def id_uit_opslag(opslag: str, registratie: str) -> UUID | None:
    """Het uuid aan het eind van `registratie:pad/<uuid>`, of None."""
    if not opslag.startswith(f"{registratie}:"):
        return None
    try:
        return UUID(opslag.rpartition("/")[2].partition("?")[0])
    except ValueError:
        return None
