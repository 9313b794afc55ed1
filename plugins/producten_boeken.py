"""Boeken tot een limiet, zoals gemelde nachten per jaar: tellen, toetsen en vastleggen in één stap.

Twee aanvragen tegelijk mogen samen niet over de limiet. Geef het element daarom de eigenschap `volgorde` met waarvoor de limiet geldt (het nummer
van de registratie): de motor voert stappen met dezelfde volgorde een voor een uit, ook als zij van verschillende processen zijn en ook bij
een herhaling. Zo is de telling exact, welke registratie er ook achter zit.
"""

from decimal import Decimal
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Gegevens, Opdracht, Tekst
from plugins.hulp import ZaakInvoer, clients
from plugins.producten_wijzigen import GROEP, producten_van_aanvrager
from plugins.verstrekken import verstrek


class BoekKeuze(Gegevens):
    producttype: str = Field(title="Producttype", description="Code van het producttype.")


class BoekInvoer(ZaakInvoer):
    naam: str = Field(title="Naam", description="Waarvoor geboekt wordt, zoals het registratienummer.")
    aantallen: dict[str, Decimal] = Field(title="Aantallen", description="Wat er geboekt wordt, per gegeven dat telt.")
    limiet: Decimal = Field(title="Limiet", description="Hoeveel het per gegeven samen hoogstens mag zijn.")
    gegevens: dict[str, Any] = Field(
        default_factory=dict, title="Gegevens", description="Wat er verder bij het product bewaard wordt."
    )


class BoekUitvoer(Gegevens):
    past: bool = Field(title="Past", description="Of het binnen de limiet bleef, en dus geboekt is.")
    product: str | None = Field(title="Product", description="URL van het product, of null als het niet past.")
    totalen: dict[str, Decimal] = Field(title="Totalen", description="Per gegeven het totaal, met deze boeking erbij.")


class Boeken(Bouwblok[BoekKeuze, BoekInvoer, BoekUitvoer]):
    """Wat deze zaak al boekte telt niet mee: nog eens uitvoeren geeft hetzelfde."""

    sleutel = "producten.boeken"
    naam = Tekst("Boeken tot een limiet", "Book up to a limit")
    uitleg = Tekst(
        "Legt een product vast als de aanvrager daarmee binnen de limiet blijft. Geef het element ook de eigenschap volgorde.",
        "Records a product if that keeps the applicant within the limit. Also give the element the property volgorde.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[BoekKeuze, BoekInvoer]) -> BoekUitvoer:
        invoer, code = opdracht.invoer, opdracht.configuratie.producttype
        zaak = clients(opdracht).zaken.zaak(invoer.zaak).url
        alle = producten_van_aanvrager(opdracht, zaak, code, "actief", invoer.naam)
        eigen = [product for product in alle if product.aanvraag_zaak_url == zaak]
        andere = [product.dataobject or {} for product in alle if product not in eigen]
        totalen = {naam: _som(andere, naam) + aantal for naam, aantal in invoer.aantallen.items()}
        if any(totalen[naam] > invoer.limiet for naam, aantal in invoer.aantallen.items() if aantal > 0):
            for product in eigen:  # een vorige poging die pas vastlag toen een ander al aan de beurt was
                clients(opdracht).producten.wijzig_product(product.url, status="ingetrokken")
            return BoekUitvoer(past=False, product=None, totalen=totalen)
        geboekt = verstrek(opdracht, code, zaak, invoer.naam, {**invoer.gegevens, **invoer.aantallen})
        return BoekUitvoer(past=True, product=geboekt.url, totalen=totalen)


def _som(gegevens: list[dict[str, Any]], naam: str) -> Decimal:
    bedragen = [deel.get(naam) for deel in gegevens]
    return sum(
        (Decimal(str(b)) for b in bedragen if isinstance(b, int | float) and not isinstance(b, bool)), Decimal(0)
    )


BLOKKEN = (Boeken,)
