"""De resources van de Berichten API, als declaraties."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement

from integratie.berichten import schemas
from integratie.typen import Urn
from kern.fouten import ParamFout
from kit import Bron, Filter, Omgeving, Registratie, TokenRechten, Wijziging, filters
from kit.afgeleid import urn
from kit.bron import Kanaal
from kit.regels import onveranderlijk
from registraties.berichten.modellen import Bericht


def publiceer_standaard_nu(w: Wijziging[schemas.BerichtIn]) -> Iterable[ParamFout]:
    """`publicatiedatum` is standaard nu; eerder wordt het bericht niet getoond."""
    w.waarden["publicatiedatum"] = w.nieuw.publicatiedatum or (w.oud or {}).get("publicatiedatum") or w.nu
    return ()


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
    regels=(publiceer_standaard_nu, onveranderlijk(*VAST)),
    kanaal=Kanaal("berichten"),
)

BERICHTEN = Registratie(naam="berichten", titel="Berichten API", versie="0.1.0", bronnen=(BERICHT,))
