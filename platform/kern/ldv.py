"""Verantwoording: het Logboek dataverwerkingen (LDV) en de audittrail van medewerkers.

    with verwerking(installatie, activiteit="https://…/vergunning-beoordelen", naam="Persoon opvragen", betrokkene=("bsn", bsn)):
        ...

Elke keer dat persoonsgegevens gebruikt worden komt er per betrokkene één regel, ook als het mislukte. Wie het deed staat daar
niet in: dat staat in de auditregel. De betrokkene is versleuteld; opzoeken gaat met een afgeleide sleutel.
"""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from kern import spoor
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.tabellen import Auditregel, Verwerking
from kern.verwerkingsactiviteiten import EIGEN, REGISTER

if TYPE_CHECKING:
    from kern.aanmelden.identiteit import Identiteit

Betrokkene = tuple[str, str]
"""(soort, waarde), zoals ("bsn", "…") of ("pseudoniem", "…")."""


@dataclass
class LopendeVerwerking:
    """Waar de code binnen het blok betrokkenen kan toevoegen die pas tijdens het werk bekend worden (zoekresultaten)."""

    betrokkenen: set[Betrokkene] = field(default_factory=set)

    def voeg_toe(self, soort: str, waarde: str) -> None:
        """Ook deze persoon wordt betrokken in de verwerking."""
        self.betrokkenen.add((soort, waarde))


@dataclass(frozen=True)
class Gebruik:
    """Eén gebruik van iemands gegevens, zoals hij dat zelf mag zien."""

    naam: str
    verwerkingsactiviteit: str
    status: str
    begin: datetime
    eind: datetime
    trace_id: str


@contextmanager
def verwerking(
    installatie: Installatie, *, activiteit: str, naam: str, betrokkene: Betrokkene | None = None
) -> Iterator[LopendeVerwerking]:
    """Leg aan het eind van het blok vast dat gegevens gebruikt zijn; `activiteit` is de URI uit het register van verwerkingen.

    Het blok mag transacties en aanroepen doen, maar hoort zelf niet in een transactie te staan. Lukt het vastleggen niet, dan
    is dat een fout: gegevens gebruiken zonder regel mag niet.
    """
    _eis_in_register(activiteit)
    lopend = LopendeVerwerking({betrokkene} if betrokkene else set())
    begin = installatie.klok.nu()
    try:
        yield lopend
    except BaseException:
        _leg_vast(installatie, lopend.betrokkenen, activiteit, naam, begin, "Error")
        raise
    _leg_vast(installatie, lopend.betrokkenen, activiteit, naam, begin, "Ok")


def leg_gebruik_vast(
    installatie: Installatie, betrokkenen: Collection[Betrokkene], *, activiteit: str, naam: str
) -> None:
    """Hetzelfde, voor wat net gebeurd is: per betrokkene een regel."""
    _eis_in_register(activiteit)
    _leg_vast(installatie, betrokkenen, activiteit, naam, installatie.klok.nu(), "Ok")


def _eis_in_register(activiteit: str) -> None:
    """Een activiteit van ons staat in het register; een andere URI is die van het register van de gemeente."""
    if activiteit.startswith(EIGEN) and all(deel.id != activiteit for deel in REGISTER):
        raise LookupError(f"{activiteit} staat niet in het register van verwerkingsactiviteiten")


def _leg_vast(
    installatie: Installatie,
    betrokkenen: Collection[Betrokkene],
    activiteit: str,
    naam: str,
    begin: datetime,
    status: str,
) -> None:
    gedeeld = {
        "trace_id": spoor.huidig().trace_id,
        "status": status,
        "naam": naam,
        "begin": begin,
        "eind": installatie.klok.nu(),
        "verwerkingsactiviteit": activiteit,
    }
    rijen = [
        {**gedeeld, "operation_id": secrets.token_hex(8), **_betrokkene(installatie, wie)}
        for wie in sorted(betrokkenen)
    ]
    if rijen:
        with installatie.db.schrijven() as verbinding:
            verbinding.execute(insert(Verwerking), rijen)


def _betrokkene(installatie: Installatie, wie: Betrokkene) -> dict[str, Any]:
    soort, waarde = wie
    return {
        "betrokkene": installatie.kluis.encrypt(waarde.encode()),
        "betrokkene_sleutel": _sleutel(installatie, wie),
        "betrokkene_soort": soort,
    }


def _sleutel(installatie: Installatie, wie: Betrokkene) -> str:
    return installatie.leid_af(f"betrokkene:{wie[0]}:{wie[1]}")


def gebruik_van(installatie: Installatie, betrokkene: Betrokkene, *, hoogstens: int = 100) -> list[Gebruik]:
    """Waarvoor iemands gegevens gebruikt zijn, nieuwste eerst; één vraag op de index."""
    kolommen = [getattr(Verwerking, naam) for naam in Gebruik.__dataclass_fields__]
    vraag = select(*kolommen).where(Verwerking.betrokkene_sleutel == _sleutel(installatie, betrokkene))
    with installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(vraag.order_by(Verwerking.begin.desc(), Verwerking.id).limit(hoogstens))
        return [Gebruik(*rij) for rij in rijen]


@dataclass(frozen=True, kw_only=True)
class Logvraag:
    """Waar de leesvraag van het logboek over gaat; minstens een van de eerste drie is gevuld."""

    trace_id: str = ""
    activiteit: str = ""
    betrokkene: Betrokkene | None = None
    vanaf: datetime | None = None
    tot: datetime | None = None


@dataclass(frozen=True)
class Logregel:
    """Een regel van het logboek; `betrokkene` blijft versleuteld."""

    trace_id: str
    operation_id: str
    status: str
    naam: str
    begin: datetime
    eind: datetime
    verwerkingsactiviteit: str
    betrokkene: bytes


def zoek(installatie: Installatie, vraag: Logvraag, *, hoogstens: int = 1000) -> list[Logregel]:
    """De regels die bij de vraag passen, nieuwste eerst; één vraag op een index."""
    kolommen = [getattr(Verwerking, naam) for naam in Logregel.__dataclass_fields__]
    waar = [
        Verwerking.trace_id == vraag.trace_id if vraag.trace_id else None,
        Verwerking.verwerkingsactiviteit == vraag.activiteit if vraag.activiteit else None,
        Verwerking.betrokkene_sleutel == _sleutel(installatie, vraag.betrokkene) if vraag.betrokkene else None,
        Verwerking.begin >= vraag.vanaf if vraag.vanaf else None,
        Verwerking.eind <= vraag.tot if vraag.tot else None,
    ]
    if all(deel is None for deel in waar[:3]):
        raise ValueError("een vraag aan het logboek noemt een trace, een verwerkingsactiviteit of een betrokkene")
    opdracht = select(*kolommen).where(*(deel for deel in waar if deel is not None))
    with installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(opdracht.order_by(Verwerking.begin.desc(), Verwerking.id).limit(hoogstens))
        return [Logregel(*rij) for rij in rijen]


@dataclass(frozen=True)
class Dagsom:
    """Wat er op één dag met iemands gegevens gebeurde, één keer per handeling; `laatst` is de laatste keer."""

    naam: str
    verwerkingsactiviteit: str
    status: str
    laatst: datetime
    aantal: int


def gebruik_per_dag(installatie: Installatie, betrokkene: Betrokkene, *, hoogstens: int = 100) -> list[Dagsom]:
    """Waarvoor iemands gegevens gebruikt zijn, per dag (Nederlandse tijd) samengenomen, nieuwste eerst; één vraag op de index."""
    wat = (Verwerking.naam, Verwerking.verwerkingsactiviteit, Verwerking.status)
    dag = func.date(func.timezone(NEDERLAND.key, Verwerking.begin))
    laatst = func.max(Verwerking.begin)
    vraag = select(*wat, laatst, func.count()).where(Verwerking.betrokkene_sleutel == _sleutel(installatie, betrokkene))
    with installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(vraag.group_by(*wat, dag).order_by(laatst.desc(), Verwerking.naam).limit(hoogstens))
        return [Dagsom(*rij) for rij in rijen]


def audit(installatie: Installatie, identiteit: "Identiteit", actie: str, onderwerp: str) -> None:
    """Leg vast wat een medewerker deed. `onderwerp` is een verwijzing (URL of uuid), nooit een persoonsnummer."""
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Auditregel).values(auditrij(installatie, identiteit, actie, onderwerp)))


def auditrij(installatie: Installatie, identiteit: "Identiteit", actie: str, onderwerp: str) -> dict[str, Any]:
    """De auditregel als rij, om in een eigen transactie te schrijven."""
    return {
        "tijdstip": installatie.klok.nu(),
        "gebruiker": identiteit.gebruikersnaam or identiteit.soort,
        "actie": actie,
        "onderwerp": onderwerp,
        "trace_id": spoor.huidig().trace_id,
    }
