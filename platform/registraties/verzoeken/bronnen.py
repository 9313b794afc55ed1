"""De resources van de Verzoeken API, als declaraties."""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from integratie.typen import Urn
from integratie.verzoeken import schemas
from kit import Bron, Filter, Omgeving, Registratie, TokenRechten, filters, waarde
from kit.afgeleid import Afgeleid, urn
from kit.bron import Kanaal
from registraties.verzoeken import regels
from registraties.verzoeken.modellen import Verzoek, VerzoekType, VerzoekTypeVersion

RECHTEN = TokenRechten("verzoeken")


def _versies() -> Any:
    versie = aliased(VerzoekTypeVersion)
    rij = func.jsonb_build_object("versie", versie.versie, "status", versie.status)
    return (
        select(func.coalesce(func.jsonb_agg(rij), func.jsonb_build_array()))
        .where(versie.verzoek_type == VerzoekType.id)
        .scalar_subquery()
    )


def _typeurn() -> Afgeleid:
    return urn("verzoektype", lambda: Verzoek.verzoek_type)


def _gerelateerd(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    return Verzoek.is_gerelateerd_aan.contains([{"urn": zoek}])


VERZOEKTYPE = Bron(
    pad="verzoektypen",
    enkelvoud="verzoektype",
    model=VerzoekType,
    lees=schemas.VerzoekTypeUit,
    schrijf=schemas.VerzoekTypeIn,
    rechten=RECHTEN,
    filters=filters(VerzoekType, "naam omschrijving__icontains"),
    afgeleid={"urn": urn("verzoektype", lambda: VerzoekType.id), "versies": waarde(_versies)},
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
        isGerelateerdAan=Filter(Urn, _gerelateerd),
    )
    | {"verzoekType__uuid": Filter(str, lambda zoek, _o: Verzoek.verzoek_type == zoek)},
    ordening=("geregistreerdOp",),
    zoek=True,
    afgeleid={"urn": urn("verzoek", lambda: Verzoek.id), "verzoek_type_urn": _typeurn()},
    regels=(regels.type_blijft, regels.kies_versie, regels.leg_tijdstip_vast),
    kanaal=Kanaal("verzoeken", ("verzoekType", "verwerkStatus")),
)

VERZOEKEN = Registratie(
    naam="verzoeken",
    titel="Verzoeken API",
    versie="0.1.0",
    bronnen=(VERZOEKTYPE, VERZOEKTYPEVERSIE, VERZOEK),
)
