"""Wie er is aangemeld. Persoonsnummers staan niet in `repr`, zodat een log ze nooit per ongeluk krijgt."""

from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from kern.aanmelden.niveaus import Niveau
from kern.elfproef import voldoet_aan_elfproef

Doelgroep = Literal["inwoner", "ondernemer", "medewerker"]
Bron = Literal["digid", "eherkenning", "eidas", "medewerker"]

ROLLEN = (
    "kcc-medewerker",
    "behandelaar",
    "teamleider",
    "functioneel-beheerder",
    "recordmanager",
    "toezichthouder",
    "operator",
)
"""De rollen die een medewerker kan hebben; andere waarden van de identity provider tellen niet mee."""


class _Vast(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Dienst(_Vast):
    """Een dienst waarvoor een machtiging geldt (DigiD Machtigen, eHerkenning-dienstencatalogus)."""

    id: str
    uuid: str = ""


class Machtiging(_Vast):
    """Namens wie iemand handelt, en waarvoor. `alles` als een van de diensten alles van de gemeente omvat.

    Noemt het inlogmiddel geen enkele dienst (zoals bij een bewindvoerder), dan is de machtiging niet beperkt.
    """

    soort: Literal["bsn", "kvkNummer"]
    vertegenwoordigde: str = Field(repr=False)
    naam: str = ""
    rol: Literal["", "bewindvoerder", "curator", "mentor"] = ""
    diensten: tuple[Dienst, ...] = ()
    alles: bool = False

    def geldt_voor(self, *diensten: str) -> bool:
        """Of iemand met deze machtiging een van deze diensten (id of uuid) mag gebruiken."""
        if self.alles or not self.diensten:
            return True
        return any(dienst.id in diensten or (dienst.uuid and dienst.uuid in diensten) for dienst in self.diensten)

    def als_mandaat(self) -> dict[str, Any]:
        """`mandate` van de authenticatiecontext."""
        diensten = [{"id": dienst.id} | ({"uuid": dienst.uuid} if dienst.uuid else {}) for dienst in self.diensten]
        return {"services": diensten} | ({"role": self.rol} if self.rol else {})


class Identiteit(_Vast):
    """Een aangemelde persoon of onderneming.

    Een inwoner heeft een `bsn`, of (eIDAS zonder BSN) een `pseudoniem` met naam en geboortedatum. Een ondernemer heeft een
    `kvk`, soms met vestiging; `pseudoniem` is dan de handelende persoon. Een medewerker heeft een `gebruikersnaam`,
    groepen en rollen. `loa` is de acr-waarde van het inlogmiddel zelf, `niveau` haar plek op de ladder.
    """

    soort: Doelgroep
    bron: Bron
    middel: str
    onderwerp: str = Field(repr=False, min_length=1)
    bsn: str = Field("", repr=False)
    kvk: str = Field("", pattern=r"^([0-9]{8})?$")
    vestiging: str = Field("", pattern=r"^([0-9]{12})?$")
    pseudoniem: str = Field("", repr=False)
    gebruikersnaam: str = ""
    naam: str = Field("", repr=False)
    email: str = Field("", repr=False)
    geboortedatum: date | None = Field(None, repr=False)
    niveau: Niveau
    loa: str = ""
    machtiging: Machtiging | None = None
    groepen: tuple[str, ...] = ()
    rollen: tuple[str, ...] = ()
    tijdstip: datetime

    @field_validator("bsn")
    @classmethod
    def _elfproef(cls, waarde: str) -> str:
        if waarde and not voldoet_aan_elfproef(waarde):
            raise ValueError("voldoet niet aan de elfproef")
        return waarde

    @model_validator(mode="after")
    def _herkenbaar(self) -> Self:
        kenmerk = {
            "inwoner": self.bsn or self.pseudoniem,
            "ondernemer": self.kvk,
            "medewerker": self.gebruikersnaam,
        }
        if not kenmerk[self.soort]:
            raise ValueError(f"een {self.soort} zonder herkenbaar kenmerk")
        return self

    def voldoet(self, minimum: Niveau) -> bool:
        """Of het niveau van deze aanmelding hoog genoeg is; zo niet, dan is opnieuw aanmelden nodig."""
        return self.niveau.voldoet_aan(minimum)

    def is_dezelfde(self, ander: "Identiteit") -> bool:
        """Of een andere aanmelding dezelfde persoon is, namens dezelfde vertegenwoordigde."""
        return (self.middel, self.onderwerp, self.machtiging) == (ander.middel, ander.onderwerp, ander.machtiging)

    @property
    def indicatie_machtiging(self) -> Literal["", "gemachtigde"]:
        """`indicatieMachtiging` van de rol van deze persoon in een zaak."""
        return "gemachtigde" if self.machtiging else ""

    def authenticatie_context(self) -> dict[str, Any] | None:
        """`authenticatieContext` voor de rol in de Zaken API; None bij een bron die dat veld niet kent (eIDAS, medewerker)."""
        if self.bron not in ("digid", "eherkenning"):
            return None
        context: dict[str, Any] = {"source": self.bron, "levelOfAssurance": self.loa}
        if self.machtiging:
            context["representee"] = {
                "identifierType": self.machtiging.soort,
                "identifier": self.machtiging.vertegenwoordigde,
            }
            context["mandate"] = self.machtiging.als_mandaat()
        if self.bron == "eherkenning":
            context["actingSubject"] = self.pseudoniem
        return context
