"""Het bouwblok dat telt wat er al verstrekt is, zoals gemelde nachten of uitgegeven vergunningen."""

from typing import Any

from pydantic import Field

from contracten import Bouwblok, Gegevens, Opdracht, Tekst
from plugins.hulp import ZaakInvoer
from plugins.producten_wijzigen import GROEP, producten_van_aanvrager


class TelKeuze(Gegevens):
    producttype: str = Field(title="Producttype", description="Code van het producttype.")


class TelInvoer(ZaakInvoer):
    naam: str = Field("", title="Naam", description="Alleen producten met deze naam, zoals een nummer.")
    veld: str = Field("", title="Veld", description="Het gegeven dat opgeteld wordt, zoals nachten2026.")


class TelUitvoer(Gegevens):
    aantal: int = Field(title="Aantal", description="Hoeveel actieve producten het zijn.")
    totaal: int | float = Field(title="Totaal", description="De som van het gegeven over die producten.")


class ProductenTellen(Bouwblok[TelKeuze, TelInvoer, TelUitvoer]):
    """Leest alleen. De som is steeds die van nu: er is geen teller die uit de pas kan lopen."""

    sleutel = "producten.tellen"
    naam = Tekst("Producten van de aanvrager tellen", "Count products of the applicant")
    uitleg = Tekst(
        "Telt de actieve producten van de aanvrager en telt een gegeven ervan op.",
        "Counts the active products of the applicant and sums one of their data.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[TelKeuze, TelInvoer]) -> TelUitvoer:
        invoer, code = opdracht.invoer, opdracht.configuratie.producttype
        alle = producten_van_aanvrager(opdracht, invoer.zaak, code, "actief", invoer.naam)
        bedragen: list[Any] = [(product.dataobject or {}).get(invoer.veld) for product in alle]
        return TelUitvoer(aantal=len(alle), totaal=sum(getal for getal in bedragen if _is_getal(getal)))


def _is_getal(waarde: Any) -> bool:
    return isinstance(waarde, int | float) and not isinstance(waarde, bool)


BLOKKEN = (ProductenTellen,)
