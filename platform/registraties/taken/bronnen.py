"""De resources van de Taken API, als declaraties."""

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, cast

from integratie.basis import Schema
from integratie.taken import schemas
from integratie.typen import Urn
from kit import Bron, Filter, Omgeving, Registratie, TokenRechten, filters
from kit.afgeleid import urn
from kit.bron import Kanaal
from kit.regels import onveranderlijk
from registraties.taken import regels, verlopen
from registraties.taken.modellen import ExterneTaak, MedewerkerTaak

RECHTEN = TokenRechten("taken")


def _gerelateerd(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    return ExterneTaak.is_gerelateerd_aan.contains([{"urn": zoek}])


def _groep(zoek: list[str], _omgeving: Omgeving) -> ColumnElement[bool]:
    voorwaarde: ColumnElement[bool] = MedewerkerTaak.kandidaatgroepen.has_any(cast(zoek, ARRAY(Text)))
    return voorwaarde


def _externe_bron(pad: str, enkelvoud: str, schrijf: type[Schema], vast: dict[str, Any]) -> Bron:
    return Bron(
        pad=pad,
        enkelvoud=enkelvoud,
        model=ExterneTaak,
        lees=schemas.ExterneTaakUit,
        schrijf=schrijf,
        vast=vast,
        rechten=RECHTEN,
        zoek=True,
        filters=filters(
            ExterneTaak,
            "titel verwerkerTaakId status startdatum startdatum__gt startdatum__gte startdatum__lt startdatum__lte handelingsPerspectief "
            "einddatumHandelingsTermijn einddatumHandelingsTermijn__gt einddatumHandelingsTermijn__gte einddatumHandelingsTermijn__lt "
            "einddatumHandelingsTermijn__lte datumHerinnering datumHerinnering__gt datumHerinnering__gte datumHerinnering__lt "
            "datumHerinnering__lte taakSoort isToegewezenAan",
            isGerelateerdAan=Filter(Urn, _gerelateerd),
        ),
        afgeleid={"urn": urn("externetaak", lambda: ExterneTaak.id)},
        regels=(regels.vul_datums, regels.details_passen_bij_soort, regels.status_gaat_vooruit),
        gevolgen=(verlopen.plan,),
        kanaal=Kanaal("taken", ("taakSoort", "status")),
    )


EXTERNETAAK = _externe_bron("externetaken", "externetaak", schemas.ExterneTaakIn, {})
BETAALTAAK = _externe_bron("betaaltaken", "betaaltaak", schemas.BetaalTaakIn, {"taak_soort": "betaaltaak"})
URLTAAK = _externe_bron("urltaken", "urltaak", schemas.UrlTaakIn, {"taak_soort": "urltaak"})
FORMULIERTAAK = _externe_bron(
    "formuliertaken", "formuliertaak", schemas.FormulierTaakIn, {"taak_soort": "formuliertaak"}
)

MEDEWERKERTAAK = Bron(
    pad="medewerkertaken",
    enkelvoud="medewerkertaak",
    model=MedewerkerTaak,
    lees=schemas.MedewerkerTaakUit,
    schrijf=schemas.MedewerkerTaakIn,
    rechten=RECHTEN,
    zoek=True,
    filters=filters(
        MedewerkerTaak,
        "status behandelaar startdatum__lte opvolgdatum__lte einddatum einddatum__lt einddatum__lte einddatum__gt zaak zaaknummer procesinstantie "
        "verwerkerTaakId titel__icontains",
        kandidaatgroep=Filter(list[str], _groep),
    ),
    ordening=("einddatum", "prioriteit", "aangemaaktOp", "titel", "zaaknummer"),
    afgeleid={"urn": urn("medewerkertaak", lambda: MedewerkerTaak.id)},
    regels=(regels.leg_afronding_vast, regels.afgeronde_taak_ligt_vast, onveranderlijk("verwerker_taak_id")),
    binnen=(regels.taak_is_niet_van_een_ander,),
    kanaal=Kanaal("medewerkertaken", ("status",)),
)

TAKEN = Registratie(
    naam="taken",
    titel="Taken API",
    versie="0.1.0",
    bronnen=(EXTERNETAAK, BETAALTAAK, URLTAAK, FORMULIERTAAK, MEDEWERKERTAAK),
)
