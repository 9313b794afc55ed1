"""Een losse taak bij een zaak: werk dat geen proces bedacht, zoals een collega vragen iets uit te zoeken."""

from collections.abc import Iterable
from typing import Any, Final

from wtforms import Form

from huisstijl import lui
from huisstijl.velden import DatumVeld, Optie, SelectVeld, TekstvakVeld, TekstVeld
from integratie.taken.schemas import MedewerkerTaakIn
from integratie.zaken.schemas import ZaakUit

LANGSTE_TITEL: Final = 200
VRIJ: Final[dict[str, Any]] = {
    "slug": "losse-taak",
    "naam": {"nl": "Losse taak", "en": "Separate task"},
    "stappen": [{
        "naam": "afronden",
        "titel": {"nl": "Afronden", "en": "Complete"},
        "componenten": [{
            "type": "textarea", "key": "uitkomst", "label": {"nl": "Wat is eruit gekomen?", "en": "What was the outcome?"},
            "validate": {"required": True, "maxLength": 3000},
        }],
    }],
}  # fmt: skip
"""Het formulier van een taak die er zelf geen noemt."""


def maak_formulier(invoer: Any, groepen: Iterable[str]) -> Form:
    """Het formulier om een losse taak te maken; `groepen` kunnen haar krijgen."""

    class LosseTaak(Form):
        titel = TekstVeld(lui("Wat moet er gebeuren?"))
        toelichting = TekstvakVeld(lui("Toelichting"), verplicht=False)
        groep = SelectVeld(lui("Voor welke groep?"), opties=[Optie(groep, groep) for groep in sorted(groepen)])
        einddatum = DatumVeld(lui("Uiterlijk klaar op"), verplicht=False)

    return LosseTaak(invoer)


def als_taak(formulier: Form, zaak: ZaakUit) -> MedewerkerTaakIn:
    """De taak zoals de Taken API haar wil; zonder procesinstantie, dus zij brengt geen proces verder."""
    return MedewerkerTaakIn(
        titel=formulier.data["titel"][:LANGSTE_TITEL],
        toelichting=formulier.data["toelichting"] or "",
        kandidaatgroepen=[formulier.data["groep"]],
        einddatum=formulier.data["einddatum"],
        zaak=zaak.url,
        zaaknummer=zaak.identificatie,
    )
