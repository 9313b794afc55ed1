"""Het bouwblok dat wat iemand heeft laat eindigen, of langer of korter laat duren, als het besluit erover verandert."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, Gegevens, Opdracht, Tekst
from integratie.producten.schemas import ProductUit
from integratie.urn import urn_zaak
from plugins.hulp import ZaakInvoer, clients, vandaag
from plugins.producten_wijzigen import DAG, GROEP

INGETROKKEN = "ingetrokken"


class EindKeuze(Gegevens):
    hoe: Literal["einddatum", "intrekken"] = Field(
        "intrekken", title="Hoe", description="Een andere laatste dag, of intrekken vanaf de dag na de laatste."
    )


class EindInvoer(ZaakInvoer):
    laatste_dag: date | None = Field(
        None, title="Laatste dag", description="De laatste dag dat het product geldt; leeg is zonder einde."
    )


class EindUitvoer(Gegevens):
    aantal: int = Field(title="Aantal", description="Hoeveel producten er bij de zaak horen.")


class ProductenEindigen(Bouwblok[EindKeuze, EindInvoer, EindUitvoer]):
    """Dezelfde dag nog eens zetten verandert niets. Wie later intrekt, zet nu de laatste dag; de status volgt die dag."""

    sleutel = "producten.eindigen"
    naam = Tekst("Producten van een zaak laten eindigen", "End products of a case")
    uitleg = Tekst(
        "Geeft de producten van een zaak een andere laatste dag, of trekt ze in.",
        "Gives the products of a case another last day, or withdraws them.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[EindKeuze, EindInvoer]) -> EindUitvoer:
        api = clients(opdracht)
        zaak = api.zaken.zaak(opdracht.invoer.zaak)
        urn = urn_zaak(opdracht.installatie.instellingen.bronorganisatie, zaak.identificatie)
        # Eerst alles lezen: wijzigen tussen de pagina's door kan hun volgorde veranderen.
        producten = list(api.producten.alle_producten({"aanvraag_zaak_urn": urn}))
        for product in producten:
            velden = _anders(opdracht, product)
            if velden:
                api.producten.wijzig_product(product.url, **velden)
        return EindUitvoer(aantal=len(producten))


def _anders(opdracht: Opdracht[EindKeuze, EindInvoer], product: ProductUit) -> dict[str, Any]:
    laatste = opdracht.invoer.laatste_dag
    velden: dict[str, Any] = {}
    meteen = laatste is None or laatste < vandaag(opdracht)
    if laatste and product.start_datum:  # de Producten API wil dat het einde na het begin ligt
        laatste = max(laatste, product.start_datum + DAG)
    if product.eind_datum != laatste:
        velden["eind_datum"] = laatste.isoformat() if laatste else None
    if opdracht.configuratie.hoe == "intrekken" and meteen and product.status != INGETROKKEN:
        velden["status"] = INGETROKKEN
    return velden


BLOKKEN = (ProductenEindigen,)
