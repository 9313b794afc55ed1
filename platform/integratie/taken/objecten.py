"""De externe taak als object in de Objecten API (versie 2, zoals NL Portal en GZAC haar uitwisselen), van en naar de Taken API.

Zuivere omzettingen: wat zij niet uit de taak zelf kunnen weten (de zaak bij een uuid, het formulier bij een naam) geeft de aanroeper.
"""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema, SlangSchema
from integratie.taken.schemas import (
    BetaalDetails,
    Doelrekening,
    ExterneTaakIn,
    ExterneTaakUit,
    FormulierDetails,
    IsGerelateerdAan,
    Taakstatus,
    UrlDetails,
)
from integratie.urn import ontleed, urn_bsn, urn_kvk
from kern.klok import NEDERLAND

Objectstatus = Literal["open", "ingediend", "afgerond", "verwerkt", "gesloten"]
STATUS: dict[str, Taakstatus] = {
    "open": "open",
    "ingediend": "uitgevoerd",
    "afgerond": "uitgevoerd",
    "verwerkt": "verwerkt",
    "gesloten": "afgebroken",
}
TERUG: dict[str, Objectstatus] = {
    "open": "open",
    "uitgevoerd": "afgerond",
    "verwerkt": "verwerkt",
    "niet_uitgevoerd": "gesloten",
    "afgebroken": "gesloten",
}
EIGENAAR = "dienstverlening"


class NietOverTeNemen(ValueError):
    """Dit object is geen taak die de Taken API kent. De tekst zegt waarom."""


class Identificatie(SlangSchema):
    type: Literal["bsn", "kvk"]
    value: str


class Koppeling(SlangSchema):
    """De zaak of het product waar de taak bij hoort; systemen noemen het uuid `uuid` of `value`."""

    registratie: Literal["zaak", "product"]
    uuid: UUID | None = None
    value: UUID | None = None

    @property
    def doel(self) -> UUID | None:
        return self.uuid or self.value


class Link(SlangSchema):
    uri: str


class Formulierkeuze(SlangSchema):
    """Een formulier elders: op zijn adres (`url`) of op zijn naam (`id`)."""

    soort: Literal["url", "id"]
    value: str


class Portaalformulier(SlangSchema):
    formulier: Formulierkeuze
    data: dict[str, Any] = Field(default_factory=dict)
    verzonden_data: dict[str, Any] = Field(default_factory=dict)


class Ogonebetaling(SlangSchema):
    bedrag: Decimal
    betaalkenmerk: str
    pspid: str


class ExterneTaakV2(SlangSchema):
    """`record.data` van het object. Per `soort` is het veld met die naam gevuld."""

    titel: Annotated[str, Field(min_length=1)]
    status: Objectstatus = "open"
    soort: Literal["url", "portaalformulier", "ogonebetaling"]
    verwerker_taak_id: str
    eigenaar: str = ""
    toelichting: str | None = None
    verloopdatum: datetime | date | None = None
    koppeling: Koppeling | None = None
    identificatie: Identificatie | None = None
    url: Link | None = None
    portaalformulier: Portaalformulier | None = None
    ogonebetaling: Ogonebetaling | None = None


def lees_taak(
    taak: ExterneTaakV2,
    *,
    anders: date,
    gerelateerd: str = "",
    formulier: dict[str, Any] | None = None,
) -> ExterneTaakIn:
    """De taak voor de Taken API. `anders` is de einddatum als het object er geen noemt, `gerelateerd` de URN bij de koppeling.

    Zonder `formulier` (een FormIO-definitie) wordt een portaalformulier met een adres een urltaak; op een naam kan dat niet.
    """
    soort, details = _details(taak, formulier)
    return ExterneTaakIn(
        titel=taak.titel[:100],
        toelichting=(taak.toelichting or "")[:80],
        status=STATUS[taak.status],
        verwerker_taak_id=taak.verwerker_taak_id[:36],
        einddatum_handelings_termijn=_dag(taak.verloopdatum) or anders,
        is_toegewezen_aan=_urn(taak.identificatie),
        is_gerelateerd_aan=[IsGerelateerdAan(urn=gerelateerd)] if gerelateerd else [],
        taak_soort=soort,
        details=details.als_json(),
    )


def _details(
    taak: ExterneTaakV2, formulier: dict[str, Any] | None
) -> tuple[Literal["betaaltaak", "urltaak", "formuliertaak"], Schema]:
    if taak.soort == "ogonebetaling" and taak.ogonebetaling:
        betaling = taak.ogonebetaling
        return "betaaltaak", BetaalDetails(
            bedrag=betaling.bedrag,
            transactieomschrijving=betaling.betaalkenmerk[:80],
            doelrekening=Doelrekening(code=betaling.pspid),
        )
    if taak.soort == "url" and taak.url:
        return "urltaak", UrlDetails(uitvraag_link=taak.url.uri)
    if taak.soort == "portaalformulier" and taak.portaalformulier:
        return _formulierdetails(taak.portaalformulier, formulier)
    raise NietOverTeNemen(f"het object noemt soort {taak.soort} maar heeft daar geen gegevens bij")


def _formulierdetails(
    portaal: Portaalformulier, formulier: dict[str, Any] | None
) -> tuple[Literal["urltaak", "formuliertaak"], Schema]:
    gegevens = {"voorinvullen_gegevens": portaal.data, "ontvangen_gegevens": portaal.verzonden_data}
    if formulier is not None:
        return "formuliertaak", FormulierDetails(formulier_definitie=formulier, **gegevens)
    if portaal.formulier.soort == "url":
        return "urltaak", UrlDetails(uitvraag_link=portaal.formulier.value, **gegevens)
    raise NietOverTeNemen(f"het formulier {portaal.formulier.value} is hier niet bekend")


def schrijf_taak(
    taak: ExterneTaakUit, *, koppeling: Koppeling | None = None, eigenaar: str = EIGENAAR
) -> dict[str, Any]:
    """`record.data` voor een taak uit de Taken API. Een formulier is te vinden op het adres van de taak."""
    uit = ExterneTaakV2(
        titel=taak.titel,
        status=TERUG[taak.status],
        soort=_SOORT[taak.taak_soort],
        verwerker_taak_id=taak.verwerker_taak_id or str(taak.uuid),
        eigenaar=eigenaar,
        toelichting=taak.toelichting or None,
        verloopdatum=datetime.combine(taak.einddatum_handelings_termijn, time(23, 59), NEDERLAND),
        koppeling=koppeling,
        identificatie=_identificatie(taak.is_toegewezen_aan),
    )
    return uit.model_dump(mode="json", exclude_none=True) | _objectdetails(taak)


_SOORT: dict[str, Literal["url", "portaalformulier", "ogonebetaling"]] = {
    "urltaak": "url",
    "formuliertaak": "portaalformulier",
    "betaaltaak": "ogonebetaling",
}


def _objectdetails(taak: ExterneTaakUit) -> dict[str, Any]:
    details = taak.details
    if taak.taak_soort == "urltaak":
        return {"url": {"uri": details["uitvraagLink"]}}
    if taak.taak_soort == "formuliertaak":
        portaal = Portaalformulier(
            formulier=Formulierkeuze(soort="url", value=taak.url),
            data=details.get("voorinvullenGegevens") or {},
            verzonden_data=details.get("ontvangenGegevens") or {},
        )
        return {"portaalformulier": portaal.model_dump(mode="json")}
    rekening = details["doelrekening"]
    return {
        "ogonebetaling": {
            "bedrag": float(details["bedrag"]),
            "betaalkenmerk": details["transactieomschrijving"],
            "pspid": rekening.get("code") or rekening.get("iban") or rekening.get("naam"),
        }
    }


def _urn(wie: Identificatie | None) -> str:
    if wie is None:
        return ""
    return urn_bsn(wie.value) if wie.type == "bsn" else urn_kvk(wie.value)


def _identificatie(urn: str) -> Identificatie | None:
    """Alleen een BSN of KVK-nummer; een ander kent het object niet."""
    delen = ontleed(urn) if urn else None
    if delen and delen["bsn"]:
        return Identificatie(type="bsn", value=delen["bsn"])
    return Identificatie(type="kvk", value=delen["kvknummer"]) if delen and delen["kvknummer"] else None


def _dag(moment: datetime | date | None) -> date | None:
    """De dag in Nederland; een tijdstip zonder zone is al Nederlandse tijd."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(NEDERLAND) if moment.tzinfo else moment).date()
