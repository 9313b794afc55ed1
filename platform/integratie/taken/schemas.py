"""Schema's van de Taken API 0.1: taken voor een inwoner of ondernemer, en als uitbreiding taken voor medewerkers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from integratie.basis import Schema, Url
from integratie.taken.formulier import eis_componenten, naar_formio
from integratie.typen import OptioneleUrn, Urn

VAN_BOUWBLOK = "bb-"  # zo begint het verwerkerTaakId van een klanttaak die een bouwblok maakte
Taakstatus = Literal["open", "uitgevoerd", "niet_uitgevoerd", "afgebroken", "verwerkt"]
TaakSoort = Literal["betaaltaak", "urltaak", "formuliertaak"]
Perspectief = Literal[
    "",
    "betalen",
    "incasso",
    "informatie_geven",
    "informatie_krijgen",
    "reactie_ontvangen",
    "vernieuwing_nodig",
    "uitnodiging_voor_afspraak",
]


Dag = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
"""Een datum waar nog mee te rekenen is: de herinnering ligt ervoor, het verlopen erna."""


class IsGerelateerdAan(Schema):
    urn: Urn


class Bijlage(Schema):
    informatie_object: Urn


class Doelrekening(Schema):
    naam: Annotated[str, Field(max_length=200)] = ""
    code: Annotated[str, Field(max_length=100)] = ""
    iban: Annotated[str, Field(max_length=34)] = ""

    @model_validator(mode="after")
    def _wijst_iemand_aan(self) -> Self:
        if not (self.naam or self.code or self.iban):
            raise ValueError("Geef minstens een naam, code of IBAN.")
        return self


class BetaalDetails(Schema):
    bedrag: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]
    valuta: Literal["EUR"] = "EUR"
    transactieomschrijving: Annotated[str, Field(max_length=80)]
    doelrekening: Doelrekening


class UrlDetails(Schema):
    uitvraag_link: Annotated[str, Field(max_length=1000, pattern="^https?://")]
    voorinvullen_gegevens: dict[str, Any] = Field(default_factory=dict)
    ontvangen_gegevens: dict[str, Any] = Field(default_factory=dict)
    ontvangen_bijlagen: list[Bijlage] = Field(default_factory=list)


class FormulierDetails(Schema):
    """`formulier_definitie` is FormIO; een definitie van onszelf wordt dat (zie `integratie.taken.formulier`)."""

    formulier_definitie: Annotated[dict[str, Any], BeforeValidator(naar_formio), AfterValidator(eis_componenten)]
    voorinvullen_gegevens: dict[str, Any] = Field(default_factory=dict)
    ontvangen_gegevens: dict[str, Any] = Field(default_factory=dict)


class ExterneTaakBasis(Schema):
    is_gerelateerd_aan: list[IsGerelateerdAan] = Field(default_factory=list)
    titel: Annotated[str, Field(min_length=1, max_length=100)]
    verwerker_taak_id: Annotated[str, Field(max_length=36)] = ""
    status: Taakstatus = "open"
    startdatum: Dag | None = None
    handelings_perspectief: Perspectief = ""
    einddatum_handelings_termijn: Dag
    datum_herinnering: Dag | None = None
    toelichting: Annotated[str, Field(max_length=80)] = ""
    is_toegewezen_aan: OptioneleUrn = ""


class ExterneTaakIn(ExterneTaakBasis):
    taak_soort: TaakSoort
    details: dict[str, Any]


class BetaalTaakIn(ExterneTaakBasis):
    details: BetaalDetails


class UrlTaakIn(ExterneTaakBasis):
    details: UrlDetails


class FormulierTaakIn(ExterneTaakBasis):
    details: FormulierDetails


class ExterneTaakUit(ExterneTaakBasis):
    url: str
    urn: str
    uuid: UUID
    taak_soort: TaakSoort
    startdatum: date
    details: dict[str, Any]


class MedewerkerTaakIn(Schema):
    """Een taak voor een medewerker (onze uitbreiding). `uitkomst` is wat de medewerker besloot of invulde.

    `uitgesloten` zijn gebruikersnamen die deze taak niet mogen doen, zoals wie het besluit nam waartegen bezwaar is gemaakt.
    """

    titel: Annotated[str, Field(min_length=1, max_length=200)]
    toelichting: Annotated[str, Field(max_length=4000)] = ""
    status: Literal["open", "afgerond", "afgebroken"] = "open"
    kandidaatgroepen: list[Annotated[str, Field(max_length=100)]] = Field(default_factory=list)
    behandelaar: Annotated[str, Field(max_length=200)] = ""
    behandelaar_naam: Annotated[str, Field(max_length=200)] = ""
    uitgesloten: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list)
    prioriteit: Annotated[int, Field(ge=0, le=100)] = 50
    startdatum: date | None = None
    opvolgdatum: date | None = None
    einddatum: date | None = None
    zaak: Url | None = None
    zaaknummer: Annotated[str, Field(max_length=40)] = ""
    procesinstantie: OptioneleUrn = ""
    verwerker_taak_id: Annotated[str, Field(max_length=100)] = ""
    formulier: Annotated[str, Field(max_length=100)] = ""
    gegevens: dict[str, Any] = Field(default_factory=dict)
    uitkomst: dict[str, Any] | None = None


class MedewerkerTaakUit(MedewerkerTaakIn):
    url: str
    urn: str
    uuid: UUID
    startdatum: date
    aangemaakt_op: datetime
    afgerond_op: datetime | None = None
