"""`fields` in `_zoek`: alleen de gekozen velden, ook van gekoppelde gegevens (zrc-029).

    ["url", "identificatie", {"status": ["datumStatusGezet"], "zaaktype": ["*"], "processobject": ["identificatie"]}]

Een object noemt per relatie welke velden daarvan meekomen, onder `_expand` zoals bij expand; `"*"` is alles. Een gegevensgroep
(`processobject`) werkt als een relatie. Hoofdletters maken niet uit; een onbekende veldnaam telt niet mee.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from kern.fouten import Ongeldig, ParamFout, Probleem
from kit.expand import GROOTSTE_AANTAL_PADEN, Boom

ALLES = "*"


@dataclass
class Velden:
    """Welke velden van een resource meekomen, en van haar relaties."""

    namen: set[str] = field(default_factory=set)
    dieper: dict[str, "Velden"] = field(default_factory=dict)

    def boom(self, relaties: Collection[str] | None = None) -> Boom:
        """De relaties die opgehaald moeten worden; `relaties` is wat er op dit niveau een relatie is."""
        return {naam: deel.boom() for naam, deel in self.dieper.items() if relaties is None or naam in relaties}

    def snoei(self, weergave: Mapping[str, Any]) -> dict[str, Any]:
        """De weergave met alleen de gekozen velden."""
        alles = ALLES in self.namen
        uit = {
            naam: deel for naam, deel in weergave.items() if naam != "_expand" and (alles or naam.lower() in self.namen)
        }
        opgehaald = weergave.get("_expand", {})
        for naam, deel in self.dieper.items():
            if naam in opgehaald:
                uit.setdefault("_expand", {})[naam] = _snoei_alle(deel, opgehaald[naam])
            elif isinstance(weergave.get(naam), dict):
                uit[naam] = deel.snoei(weergave[naam])
        return uit


def _snoei_alle(velden: Velden, waarde: Any) -> Any:
    return [velden.snoei(deel) for deel in waarde] if isinstance(waarde, list) else velden.snoei(waarde)


def ontleed_velden(invoer: Any) -> Velden:
    """De keuze uit het lichaam; `Ongeldig` als zij geen lijst van namen en objecten is."""
    velden = _ontleed(invoer)
    if _aantal(velden) > GROOTSTE_AANTAL_PADEN:
        raise Probleem(400, code="expand-te-groot", detail=f"Hoogstens {GROOTSTE_AANTAL_PADEN} relaties.")
    return velden


def _ontleed(invoer: Any) -> Velden:
    if not isinstance(invoer, list):
        raise Ongeldig(ParamFout("fields", "not_a_list", "Hier hoort een lijst van veldnamen en relaties."))
    uit = Velden()
    for deel in invoer:
        if isinstance(deel, str):
            uit.namen.add(deel.lower())
        elif isinstance(deel, dict):
            uit.dieper |= {str(naam): _ontleed(onder) for naam, onder in deel.items()}
        else:
            raise Ongeldig(ParamFout("fields", "invalid", "Een deel is een veldnaam, of een object met relaties."))
    return uit


def _aantal(velden: Velden) -> int:
    return sum(1 + _aantal(deel) for deel in velden.dieper.values())
