"""De resources van de Berichten API, als declaraties."""

from sqlalchemy import ColumnElement

from integratie.berichten import schemas
from integratie.betrokkene import uit_urns
from integratie.typen import Urn
from kit import Bron, Filter, Omgeving, Registratie, TokenRechten, filters
from kit.afgeleid import urn
from kit.bron import Kanaal
from kit.cloudevents import meldt_als
from kit.regels import onveranderlijk
from registraties.berichten import publiceren, regels
from registraties.berichten.modellen import Bericht


def _gerelateerd(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    return Bericht.is_gerelateerd_aan.contains([{"urn": zoek}])


VAST = tuple(naam for naam in schemas.BerichtIn.model_fields if naam != "geopend_op")

BERICHT = Bron(
    pad="berichten",
    enkelvoud="bericht",
    model=Bericht,
    lees=schemas.BerichtUit,
    schrijf=schemas.BerichtIn,
    operaties=("lijst", "maak", "haal", "wijzig"),
    rechten=TokenRechten("berichten"),
    zoek=True,
    filters=filters(
        Bericht,
        "ontvanger geopendOp__isnull publicatiedatum publicatiedatum__gt publicatiedatum__gte publicatiedatum__lt publicatiedatum__lte",
        isGerelateerdAan=Filter(Urn, _gerelateerd),
    ),
    ordening=("publicatiedatum",),
    afgeleid={"urn": urn("bericht", lambda: Bericht.id)},
    regels=(regels.publiceer_standaard_nu, regels.geopend_na_publicatie, onveranderlijk(*VAST)),
    gevolgen=(
        meldt_als(lambda w: f"{publiceren.SOORT}-geregistreerd" if w.aanmaken else ""),
        publiceren.plan,
    ),
    kanaal=Kanaal("berichten"),
    betrokkenen=lambda rij: uit_urns(rij["ontvanger"]),
)

BERICHTEN = Registratie(naam="berichten", titel="Berichten API", versie="0.1.0", bronnen=(BERICHT,))
