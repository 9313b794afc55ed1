"""Het dialect van Open Forms: vertalingen staan daar per taal naast het onderdeel, bij ons per tekst bij elkaar."""

from collections.abc import Mapping
from typing import Any, Final

VERTAALBAAR: Final = frozenset({"label", "description", "tooltip", "suffix", "groupLabel", "addAnother", "html"})


def zonder_open_forms(onderdeel: Mapping[str, Any]) -> dict[str, Any]:
    """Een kopie zonder de sleutel `openForms`, met de vertalingen daaruit bij de teksten zelf.

    Keuzes uit een variabele of een referentielijst blijven staan als `openForms`, zodat het lezen ze als fout noemt.
    """
    eigen = onderdeel.get("openForms")
    if not isinstance(eigen, Mapping) or eigen.get("dataSrc", "manual") != "manual":
        return dict(onderdeel)
    uit = {naam: waarde for naam, waarde in onderdeel.items() if naam != "openForms"}
    vertalingen = eigen.get("translations")
    for taal, teksten in vertalingen.items() if isinstance(vertalingen, Mapping) else ():
        for naam in VERTAALBAAR & teksten.keys() if isinstance(teksten, Mapping) else ():
            if naam in uit and isinstance(teksten[naam], str) and teksten[naam]:
                uit[naam] = {**_per_taal(uit[naam]), str(taal): teksten[naam]}
    return uit


def _per_taal(tekst: Any) -> dict[str, Any]:
    return dict(tekst) if isinstance(tekst, Mapping) else {"nl": tekst}
