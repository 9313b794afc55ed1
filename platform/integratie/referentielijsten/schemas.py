"""Schema's van de referentielijsten en de selectielijst 0.6. Alleen lezen; de gemeente laadt de inhoud."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema, Url

Waardering = Literal["blijvend_bewaren", "vernietigen"]
Procestermijn = Literal[
    "",
    "nihil",
    "bestaansduur_procesobject",
    "ingeschatte_bestaansduur_procesobject",
    "vast_te_leggen_datum",
    "samengevoegd_met_bewaartermijn",
]
WEERGAVEN: dict[str, str] = {
    "": "",
    "nihil": "Nihil",
    "bestaansduur_procesobject": "De bestaans- of geldigheidsduur van het procesobject",
    "ingeschatte_bestaansduur_procesobject": "De ingeschatte maximale bestaans- of geldigheidsduur van het procesobject",
    "vast_te_leggen_datum": "De tijdens het proces vast te leggen datum waarop de geldigheid van het procesobject vervalt",
    "samengevoegd_met_bewaartermijn": "De procestermijn is samengevoegd met de bewaartermijn",
}


class CommunicatieKanaalIn(Schema):
    naam: Annotated[str, Field(min_length=1, max_length=20)]
    omschrijving: Annotated[str, Field(max_length=200)] = ""


class CommunicatieKanaalUit(CommunicatieKanaalIn):
    url: str


class ProcesTypeIn(Schema):
    """`nummer` is dat van de categorie in de selectielijst van dat `jaar`."""

    nummer: int
    jaar: int
    naam: Annotated[str, Field(min_length=1, max_length=100)]
    omschrijving: Annotated[str, Field(max_length=300)] = ""
    toelichting: str = ""
    procesobject: Annotated[str, Field(max_length=80)] = ""


class ProcesTypeUit(ProcesTypeIn):
    url: str


class ResultaatIn(Schema):
    """Een klasse van de selectielijst. `bewaartermijn` is een ISO 8601-duur, of null bij blijvend bewaren."""

    proces_type: Url
    nummer: int
    volledig_nummer: Annotated[str, Field(pattern=r"^\d+(\.\d+){1,2}$", max_length=20)]
    naam: Annotated[str, Field(min_length=1, max_length=40)]
    omschrijving: Annotated[str, Field(max_length=150)] = ""
    herkomst: Annotated[str, Field(max_length=200)] = ""
    waardering: Waardering
    procestermijn: Procestermijn = ""
    procestermijn_opmerking: Annotated[str, Field(max_length=20)] = ""
    bewaartermijn: Annotated[str, Field(pattern=r"^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$", max_length=20)] | None = None
    toelichting: str = ""
    algemeen_bestuur_en_inrichting_organisatie: bool = False
    bedrijfsvoering_en_personeel: bool = False
    publieke_informatie_en_registratie: bool = False
    burgerzaken: bool = False
    veiligheid: bool = False
    verkeer_en_vervoer: bool = False
    economie: bool = False
    onderwijs: bool = False
    sport_cultuur_en_recreatie: bool = False
    sociaal_domein: bool = False
    volksgezonheid_en_milieu: bool = False
    vhrosv: bool = False
    heffen_belastingen: bool = False
    alle_taakgebieden: bool = False


class ResultaatUit(ResultaatIn):
    """`generiek`: geldt voor alles binnen het procestype wat geen eigen (`specifiek`) resultaat heeft."""

    url: str
    generiek: bool
    specifiek: bool
    procestermijn_weergave: str


class ResultaattypeOmschrijvingIn(Schema):
    omschrijving: Annotated[str, Field(min_length=1, max_length=20)]
    definitie: Annotated[str, Field(max_length=255)] = ""
    opmerking: Annotated[str, Field(max_length=255)] = ""


class ResultaattypeOmschrijvingUit(ResultaattypeOmschrijvingIn):
    url: str


class Herkomst(Schema):
    """Waaraan een te laden rij te herkennen is: het uuid zelf, of de URL bij de dienst waar zij vandaan komt."""

    uuid: UUID | None = None
    url: str = ""
