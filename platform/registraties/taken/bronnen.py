"""De resources van de Taken API, als declaraties."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, cast

from integratie.basis import Schema
from integratie.betrokkene import uit_urns
from integratie.taken import schemas
from integratie.typen import Urn
from kit import Bron, Filter, Omgeving, Registratie, TokenRechten, Wijziging, filters
from kit.afgeleid import urn
from kit.bron import Kanaal
from kit.cloudevents import meldt_als
from kit.regels import onveranderlijk
from kit.trigram import bevat
from registraties.taken import regels, verlopen
from registraties.taken.modellen import ExterneTaak, MedewerkerTaak

RECHTEN = TokenRechten("taken")


def _gerelateerd(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    return ExterneTaak.is_gerelateerd_aan.contains([{"urn": zoek}])


def _groep(zoek: list[str], _omgeving: Omgeving) -> ColumnElement[bool]:
    voorwaarde: ColumnElement[bool] = MedewerkerTaak.kandidaatgroepen.has_any(cast(zoek, ARRAY(Text)))
    return voorwaarde


def _titel(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    return bevat(MedewerkerTaak.trigrammen, MedewerkerTaak.titel, zoek)


def _kenmerken(w: Wijziging[Any]) -> dict[str, str]:
    return {"taakSoort": w.bron.vast.get("taak_soort") or w.waarden["taak_soort"]}


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
            uuid=Filter(UUID, lambda zoek, _o: ExterneTaak.id == zoek),
            isGerelateerdAan=Filter(Urn, _gerelateerd),
        ),
        afgeleid={"urn": urn("externetaak", lambda: ExterneTaak.id)},
        regels=(
            regels.vul_datums,
            regels.details_passen_bij_soort,
            regels.status_gaat_vooruit,
            onveranderlijk("taak_soort"),
        ),
        gevolgen=(verlopen.plan, meldt_als(regels.gebeurtenis_klanttaak, _kenmerken)),
        kanaal=Kanaal("taken", ("taakSoort", "status")),
        betrokkenen=lambda rij: uit_urns(rij["isToegewezenAan"]),
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
        "status status__in behandelaar behandelaar__in startdatum startdatum__gt startdatum__gte startdatum__lt startdatum__lte "
        "opvolgdatum opvolgdatum__gt opvolgdatum__gte opvolgdatum__lt opvolgdatum__lte opvolgdatum__isnull "
        "einddatum einddatum__gt einddatum__gte einddatum__lt einddatum__lte einddatum__isnull "
        "prioriteit prioriteit__gte prioriteit__lte zaak zaaknummer procesinstantie verwerkerTaakId",
        uuid=Filter(UUID, lambda zoek, _o: MedewerkerTaak.id == zoek),
        titel__icontains=Filter(str, _titel),
        kandidaatgroep=Filter(list[str], _groep),
    ),
    ordening=("einddatum", "opvolgdatum", "prioriteit", "aangemaaktOp", "titel", "zaaknummer"),
    afgeleid={"urn": urn("medewerkertaak", lambda: MedewerkerTaak.id)},
    regels=(
        regels.leg_afronding_vast,
        regels.afgeronde_taak_ligt_vast,
        regels.behandelaar_is_niet_uitgesloten,
        onveranderlijk("verwerker_taak_id"),
        onveranderlijk("uitgesloten"),
    ),
    binnen=(regels.taak_is_niet_van_een_ander,),
    gevolgen=(meldt_als(regels.gebeurtenis_medewerkertaak),),
    kanaal=Kanaal("medewerkertaken", ("status",)),
    uitbreiding="Taken voor medewerkers: elke werklijst, van welke procesmotor ook, leest ze hier.",
)

TAKEN = Registratie(
    naam="taken",
    titel="Taken API",
    versie="0.1.0",
    bronnen=(EXTERNETAAK, BETAALTAAK, URLTAAK, FORMULIERTAAK, MEDEWERKERTAAK),
)
