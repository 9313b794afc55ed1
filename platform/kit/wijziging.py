"""Een voorgenomen schrijfactie, zoals regels en gevolgen haar zien."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Delete, Insert, Update

from integratie.basis import NietBereikbaar, NietIngesteld, Schema
from kern.opdrachten import Vastlegging, eerste, rij_van, voer_uit
from kit.ophalen import Geduld

if TYPE_CHECKING:
    from kit.bron import Bron
    from kit.omgeving import Omgeving

S = TypeVar("S", bound=Schema)


STAAT_ER = "rij staat er al"  # in het geheugen: een eerdere transactie van dit verzoek zette haar neer


@dataclass
class Wijziging(Generic[S]):
    """Wat er gaat gebeuren met één resource.

    * `nieuw`: het volledige voorstel (bij PATCH: bestaand + meegestuurd); bij verwijderen leeg.
    * `oud`: de kolommen van de bestaande rij, of None bij aanmaken.
    * `waarden`: de kolommen die geschreven worden; regels en gevolgen mogen afgeleide waarden toevoegen.
    * `meegegeven`: de veldnamen (snake_case) die de aanroeper zelf stuurde.
    * `antwoordkoppen`, `antwoordvelden`: alleen in dit ene antwoord, niet in de audittrail.
    * `antwoord`: het antwoord van een actie die iets anders geeft dan de resource zelf.
    * `verbinding`: de schrijftransactie; alleen in `binnen` en `gevolgen`.
    * `samen`: vaste opdrachten die met de sporen in één vraag meegaan; None als niemand ze verzamelt.
    """

    omgeving: "Omgeving"
    bron: "Bron"
    actie: str  # create, update, partial_update, destroy
    id: UUID
    voorstel: S | None
    oud: Mapping[str, Any] | None
    meegegeven: frozenset[str] = frozenset()
    waarden: dict[str, Any] = field(default_factory=dict)
    transactie: Connection | None = None
    geheugen: dict[str, Any] = field(default_factory=dict)
    antwoordkoppen: dict[str, str] = field(default_factory=dict)
    antwoordvelden: dict[str, Any] = field(default_factory=dict)
    antwoord: Mapping[str, Any] | None = None
    bij_mislukken: list[Callable[[], None]] = field(default_factory=list)
    samen: list[Vastlegging] | None = None

    @property
    def nieuw(self) -> S:
        """Het voorstel; bestaat niet bij verwijderen."""
        if self.voorstel is None:
            raise RuntimeError("bij verwijderen is er geen voorstel")
        return self.voorstel

    @property
    def verbinding(self) -> Connection:
        """De schrijftransactie."""
        if self.transactie is None:
            raise RuntimeError("de schrijftransactie is hier nog niet open")
        return self.transactie

    def voer_later_uit(self, opdracht: Insert | Update | Delete, waarden: Mapping[str, Any]) -> None:
        """Een vaste schrijfopdracht waar niemand in deze transactie naar kijkt: zij gaat met de sporen mee, of meteen als dat niet kan.

        De waarden heten anders dan de kolommen van audittrail en outbox.
        """
        if self.samen is None:
            voer_uit(self.verbinding, opdracht, waarden)
        else:
            self.samen.append((opdracht, waarden))

    @property
    def nu(self) -> datetime:
        """Het tijdstip nu volgens de klok van de installatie."""
        return self.omgeving.installatie.klok.nu()

    @property
    def aanmaken(self) -> bool:
        return self.actie == "create"

    def verandert(self, veld: str) -> bool:
        """Krijgt een bestaande rij een andere waarde voor dit veld?"""
        return self.oud is not None and veld in self.waarden and self.waarden[veld] != self.oud[veld]

    @property
    def geduld(self) -> Geduld:
        """Hoe lang dit verzoek nog op diensten van een ander mag wachten."""
        over: Geduld = self.geheugen.setdefault("geduld", Geduld())
        return over

    def haal(self, url: str) -> dict[str, Any] | None:
        """De resource achter een URL, één keer per wijziging opgevraagd. Niet in de transactie."""
        if url not in self.geheugen:
            self.geheugen[url] = self.omgeving.ophaler.haal(url, self.geduld)
        gevonden: dict[str, Any] | None = self.geheugen[url]
        return gevonden

    def opgegeven(self, url: str) -> dict[str, Any] | None:
        """De resource achter een URL die de aanroeper opgaf; ook None als een dienst van een ander niet (op tijd) antwoordt.

        Eén zwijgende dienst laat één keer op zich wachten: daarna telt zij in deze wijziging als afwezig.
        """
        dienst = self.omgeving.diensten.bij_url(url)
        zwijgt = f"zwijgt {dienst.naam}" if dienst is not None and not dienst.eigen else ""
        if zwijgt in self.geheugen and url not in self.geheugen:
            self.geheugen[url] = None
        try:
            return self.haal(url)
        except NietIngesteld:
            raise
        except NietBereikbaar:
            if not zwijgt:
                raise
            self.geheugen |= {zwijgt: True, url: None}
            return None

    def url(self, opslag: str) -> str:
        """De URL van een bewaarde verwijzing."""
        return self.omgeving.diensten.naar_url(opslag)

    def rij(self, model: type[Any], id_: UUID | None) -> Mapping[str, Any]:
        """De kolommen van een rij in dezelfde registratie; leeg als zij er niet is. In de transactie: de stand daar.

        Daarvóór wordt elke rij één keer gelezen: de regels oordelen over dezelfde stand.
        """
        if id_ is None:
            return {}
        vraag, gezocht = rij_van(model), {"gezocht": id_}
        if self.transactie is not None:
            return eerste(self.transactie, vraag, gezocht) or {}
        sleutel = rijsleutel(model, id_)
        if sleutel not in self.geheugen:
            with self.omgeving.installatie.db.lezen() as verbinding:
                self.geheugen[sleutel] = eerste(verbinding, vraag, gezocht) or {}
        gelezen: Mapping[str, Any] = self.geheugen[sleutel]
        return gelezen

    @property
    def hoofd(self) -> Mapping[str, Any]:
        """De kolommen van het vergrendelde hoofdobject; alleen in de transactie."""
        hoofd: Mapping[str, Any] = self.geheugen["hoofd"] or {}
        return hoofd

    def type_van(self, opslag: str) -> dict[str, Any]:
        """Het type (zaaktype, besluittype, …) achter een bewaarde verwijzing; leeg als het er niet is."""
        return self.haal(self.url(opslag)) or {}


def rijsleutel(model: type[Any], id_: UUID) -> str:
    """Waaronder een gelezen rij in het geheugen van een wijziging staat."""
    return f"rij {model.__table__.fullname} {id_}"
