"""De resources van de Verzoeken API, als declaraties."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from integratie.betrokkene import uit_urns
from integratie.typen import Urn
from integratie.urn import urn_uuid
from integratie.verzoeken import schemas
from kit import Bron, Filter, Omgeving, Registratie, TokenRechten, Wijziging, filters
from kit.afgeleid import Afgeleid, urn
from kit.bron import Kanaal
from kit.cloudevents import meldt_als
from kit.omgeving import NIETS
from registraties.verzoeken import regels
from registraties.verzoeken.modellen import Verzoek, VerzoekType, VerzoekTypeVersion

RECHTEN = TokenRechten("verzoeken")
TYPE = "verzoektype"


def _versies() -> Any:
    versie = aliased(VerzoekTypeVersion)
    rij = func.jsonb_build_object("versie", versie.versie, "status", versie.status, "type", versie.verzoek_type)
    return (
        select(func.coalesce(func.jsonb_agg(aggregate_order_by(rij, versie.versie)), func.jsonb_build_array()))
        .where(versie.verzoek_type == VerzoekType.id)
        .scalar_subquery()
    )


def _met_adres(versies: list[dict[str, Any]], omgeving: Omgeving) -> list[dict[str, Any]]:
    return [
        {
            "url": f"{omgeving.basis}/verzoektypen/{rij['type']}/versies/{rij['versie']}",
            "versie": rij["versie"],
            "status": rij["status"],
        }
        for rij in versies
    ]


def _typeurn() -> Afgeleid:
    return urn(TYPE, lambda: Verzoek.verzoek_type)


def _bij_type_urn(zoek: str, omgeving: Omgeving) -> ColumnElement[bool]:
    """De URN zoals wij haar tonen; elke andere wijst niets aan."""
    try:
        id_ = UUID(zoek.rpartition(":")[2])
    except ValueError:
        id_ = NIETS
    eigen = urn_uuid(omgeving.installatie.instellingen.bronorganisatie, TYPE, id_)
    return Verzoek.verzoek_type == (id_ if zoek == eigen else NIETS)


def _voltooid(zoek: bool, _omgeving: Omgeving) -> ColumnElement[bool]:  # de waarde van het filter
    voorwaarde: ColumnElement[bool] = Verzoek.verzoek_betaling["voltooid"].astext == ("true" if zoek else "false")
    return voorwaarde


def _referentie(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    voorwaarde: ColumnElement[bool] = Verzoek.verzoek_betaling["transactieReferentie"].astext == zoek
    return voorwaarde


def _gerelateerd(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    return Verzoek.is_gerelateerd_aan.contains([{"urn": zoek}])


def _kenmerken(w: Wijziging[schemas.VerzoekIn]) -> dict[str, str]:
    return {"verzoekType": f"verzoeken:verzoektypen/{w.waarden['verzoek_type']}"}


VERZOEKTYPE = Bron(
    pad="verzoektypen",
    enkelvoud="verzoektype",
    model=VerzoekType,
    lees=schemas.VerzoekTypeUit,
    schrijf=schemas.VerzoekTypeIn,
    rechten=RECHTEN,
    filters=filters(
        VerzoekType,
        "naam omschrijving__icontains",
        uuid=Filter(UUID, lambda zoek, _o: VerzoekType.id == zoek),
    ),
    afgeleid={
        "urn": urn(TYPE, lambda: VerzoekType.id),
        "versies": Afgeleid(_versies, in_omgeving=_met_adres),
    },
)

VERZOEKTYPEVERSIE = Bron(
    pad="verzoektypen/{verzoek_type}/versies",
    enkelvoud="verzoektypeversie",
    model=VerzoekTypeVersion,
    lees=schemas.VerzoekTypeVersionUit,
    schrijf=schemas.VerzoekTypeVersionIn,
    rechten=RECHTEN,
    padkolom="versie",
    padnamen={"verzoek_type": "verzoektypeUuid", "": "verzoektypeVersie"},
    sleutel="",
    regels=(regels.schema_is_geldig, regels.alleen_concept_is_te_wijzigen),
    binnen=(regels.nummer_de_versie,),
    gevolgen=(regels.sluit_vorige_versie,),
    bij_verwijderen=(regels.alleen_concept_is_te_wijzigen,),
    hoofd="verzoek_type",
)

VERZOEK = Bron(
    pad="verzoeken",
    enkelvoud="verzoek",
    model=Verzoek,
    lees=schemas.VerzoekUit,
    schrijf=schemas.VerzoekIn,
    rechten=RECHTEN,
    filters=filters(
        Verzoek,
        "initiator medeInitiator versie verwerkStatus",
        uuid=Filter(UUID, lambda zoek, _o: Verzoek.id == zoek),
        isGerelateerdAan=Filter(Urn, _gerelateerd),
        verzoekBetaling__transactieReferentie=Filter(str, _referentie),
        verzoekBetaling__voltooid=Filter(bool, _voltooid),
        verzoekType__urn=Filter(Urn, _bij_type_urn),
        verzoekType__uuid=Filter(UUID, lambda zoek, _o: Verzoek.verzoek_type == zoek),
    ),
    ordening=("geregistreerdOp",),
    zoek=True,
    afgeleid={"urn": urn("verzoek", lambda: Verzoek.id), "verzoek_type_urn": _typeurn()},
    regels=(regels.type_blijft, regels.kies_versie, regels.status_gaat_vooruit, regels.leg_tijdstip_vast),
    gevolgen=(meldt_als(regels.gebeurtenis, _kenmerken),),
    kanaal=Kanaal("verzoeken", ("verzoekType", "verwerkStatus")),
    betrokkenen=lambda rij: uit_urns(rij["initiator"], rij["medeInitiator"]),
)

VERZOEKEN = Registratie(
    naam="verzoeken",
    titel="Verzoeken API",
    versie="0.1.0",
    bronnen=(VERZOEKTYPE, VERZOEKTYPEVERSIE, VERZOEK),
)
