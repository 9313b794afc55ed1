"""De regels van de Berichten API (regels hoofdstuk 13)."""

from collections.abc import Iterable

from integratie.berichten.schemas import BerichtIn
from kern.fouten import ParamFout
from kit import Wijziging

Fouten = Iterable[ParamFout]


def publiceer_standaard_nu(w: Wijziging[BerichtIn]) -> Fouten:
    """`publicatiedatum` is standaard nu; eerder wordt het bericht niet getoond."""
    w.waarden["publicatiedatum"] = w.nieuw.publicatiedatum or (w.oud or {}).get("publicatiedatum") or w.nu
    return ()


def geopend_na_publicatie(w: Wijziging[BerichtIn]) -> Fouten:
    """Een bericht dat nog niet getoond wordt, kan niemand geopend hebben."""
    geopend = w.waarden["geopend_op"]
    if w.verandert("geopend_op") and geopend is not None and geopend < w.waarden["publicatiedatum"]:
        yield ParamFout("geopendOp", "invalid", "Dit bericht was toen nog niet gepubliceerd.")
