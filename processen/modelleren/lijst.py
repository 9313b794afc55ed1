"""Welke pakketten er zijn, met wat een beheerder daarvan in één oogopslag wil zien."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from integratie.configuratie import PROCESPAKKET, Configuratie
from processen.modelleren.werkbank import Werkbank
from processen.modelleren.werkplaats import Stand
from processen.motor.tabellen import Definitie, Incident, Instantie

NAMENS = "modelleren"
CONCEPT, ACTIEF, UITGEFASEERD = "concept", "actief", "uitgefaseerd"


@dataclass(frozen=True)
class Pakketregel:
    """Eén pakket op de startpagina. `staat` is die van wat geïnstalleerd is; `werk` is de werkversie, als er een is."""

    sleutel: str
    titel: str
    versie: str
    staat: str
    lopend: int
    incidenten: int
    werk: Stand | None
    gepubliceerd: datetime | None
    door: str

    @property
    def wijzigt(self) -> bool:
        """Of er iets klaarstaat dat nog niet gepubliceerd is."""
        return self.werk is not None and self.werk.heeft_wijzigingen


def alle_pakketten(bank: Werkbank) -> list[Pakketregel]:
    """Alle pakketten op titel: wat geïnstalleerd is en waar alleen nog aan gewerkt wordt."""
    hier = {p["sleutel"]: p for p in Configuratie(bank.installatie, namens=NAMENS).alle(PROCESPAKKET)}
    werk = {stand.pakket: stand for stand in bank.werkplaats.alle()}
    tellingen = _tellingen(bank)
    regels = [
        _regel(sleutel, hier.get(sleutel), werk.get(sleutel), tellingen.get(sleutel, _GEEN))
        for sleutel in {*hier, *werk}
    ]
    return sorted(regels, key=lambda regel: (regel.titel.lower(), regel.sleutel))


def een_pakket(bank: Werkbank, sleutel: str) -> Pakketregel:
    """Eén pakket; `KeyError` als het er niet is."""
    return {regel.sleutel: regel for regel in alle_pakketten(bank)}[sleutel]


@dataclass(frozen=True)
class _Telling:
    lopend: int = 0
    incidenten: int = 0
    neergezet: datetime | None = None
    door: str = ""


_GEEN = _Telling()


def _regel(sleutel: str, hier: Mapping[str, Any] | None, werk: Stand | None, telling: _Telling) -> Pakketregel:
    titel = str(hier["titel"]) if hier else (werk.titel if werk else sleutel)
    versie = str(hier["versie"]) if hier else ""
    staat = CONCEPT if hier is None else (UITGEFASEERD if hier.get("uitgefaseerd") else ACTIEF)
    return Pakketregel(
        sleutel, titel, versie, staat, telling.lopend, telling.incidenten, werk, telling.neergezet, telling.door
    )


def _tellingen(bank: Werkbank) -> dict[str, _Telling]:
    """Lopende instanties en open incidenten per pakket, en wanneer en door wie er het laatst een proces neergezet is."""
    per_definitie = select(Definitie.id, Definitie.pakket).where(Definitie.pakket != "").cte("eigen")
    lopend = (
        select(per_definitie.c.pakket, func.count())
        .join(Instantie, Instantie.definitie == per_definitie.c.id)
        .where(Instantie.staat == "loopt")
        .group_by(per_definitie.c.pakket)
    )
    incidenten = (
        select(per_definitie.c.pakket, func.count())
        .join(Instantie, Instantie.definitie == per_definitie.c.id)
        .join(Incident, Incident.instantie == Instantie.id)
        .where(Incident.opgelost.is_(None))
        .group_by(per_definitie.c.pakket)
    )
    with bank.installatie.db.lezen() as verbinding:
        loopt = {rij[0]: rij[1] for rij in verbinding.execute(lopend)}
        stuk = {rij[0]: rij[1] for rij in verbinding.execute(incidenten)}
        laatste = select(Definitie.pakket, Definitie.neergezet, Definitie.door).where(Definitie.pakket != "")
        definities = verbinding.execute(laatste.order_by(Definitie.neergezet)).all()
    return {d.pakket: _Telling(loopt.get(d.pakket, 0), stuk.get(d.pakket, 0), d.neergezet, d.door) for d in definities}
