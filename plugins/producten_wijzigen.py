"""Bouwblokken over producten die er al zijn: zoeken, wijzigen en verlengen."""

from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, BpmnFout, Fout, Geen, Gegevens, Opdracht, Tekst
from integratie.producten.schemas import ProductUit
from integratie.zaken.rollen import initiator_van
from kern.termijnen import erbij
from plugins.eigenaren import eigenaar
from plugins.hulp import ZaakInvoer, clients, gevuld, gewoon, vandaag

GROEP = Tekst("Producten", "Products")
DAG = timedelta(days=1)
Status = Literal["actief", "ingetrokken", "verlopen"]


class ProductInvoer(Gegevens):
    product: str = Field(title="Product", description="URL van het product.")


class WijzigInvoer(ProductInvoer):
    naam: str = Field("", title="Naam", description="Nieuwe naam.", max_length=255)
    start_datum: date | None = Field(None, title="Vanaf", description="Nieuwe eerste dag.")
    eind_datum: date | None = Field(None, title="Tot", description="Nieuwe laatste dag.")
    status: Status | None = Field(None, title="Status", description="Nieuwe status: actief, ingetrokken of verlopen.")
    gegevens: dict[str, Any] | None = Field(
        None, title="Gegevens", description="Komt bij wat er al bij het product bewaard is."
    )


class ProductWijzigen(Bouwblok[Geen, WijzigInvoer, Geen]):
    """Dezelfde gegevens nog eens zetten verandert niets."""

    sleutel = "producten.wijzigen"
    naam = Tekst("Product wijzigen", "Change product")
    uitleg = Tekst("Wijzigt de meegegeven gegevens van een product.", "Changes the given data of a product.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, WijzigInvoer]) -> Geen:
        client, invoer = clients(opdracht).producten, opdracht.invoer
        namen = {"startDatum": "start_datum", "eindDatum": "eind_datum"}
        velden = {namen.get(naam, naam): w for naam, w in gevuld(invoer, "product", "gegevens").items()}
        if invoer.gegevens:
            velden["dataobject"] = {**(client.product(invoer.product).dataobject or {}), **gewoon(invoer.gegevens)}
        if velden:
            client.wijzig_product(invoer.product, **velden)
        return Geen()


class VerlengKeuze(Gegevens):
    duur: str = Field("P1Y", title="Duur", description="Hoe lang de nieuwe periode is, zoals P1Y.")


class VerlengInvoer(ProductInvoer):
    eind_datum: date | None = Field(None, title="Tot", description="Laatste dag van nu; leeg leest het blok haar zelf.")


class PeriodeUitvoer(Gegevens):
    start_datum: date = Field(title="Vanaf", description="Eerste dag van de nieuwe periode.")
    eind_datum: date = Field(title="Tot", description="Laatste dag van de nieuwe periode.")


class ProductVerlengen(Bouwblok[VerlengKeuze, VerlengInvoer, PeriodeUitvoer]):
    """De periode staat bij het product onder het kenmerk van deze stap: nog eens uitvoeren verlengt niet nog eens."""

    sleutel = "producten.verlengen"
    naam = Tekst("Product verlengen", "Renew product")
    uitleg = Tekst(
        "Verlengt een product met een periode die aansluit op de vorige; was die al voorbij, dan vanaf vandaag.",
        "Renews a product with a period following the previous one, or from today if that was over.",
    )
    groep = GROEP
    fouten = (Fout("zonder-einde", Tekst("Het product heeft geen laatste dag.", "The product has no end date.")),)

    def voer_uit(self, opdracht: Opdracht[VerlengKeuze, VerlengInvoer]) -> PeriodeUitvoer:
        client = clients(opdracht).producten
        product = client.product(opdracht.invoer.product)
        bekend = dict(product.dataobject or {})
        verlengd = bekend.get("verlengd") or {}
        sleutel = str(opdracht.sleutel)
        if verlengd.get("stap") == sleutel:
            return PeriodeUitvoer(start_datum=verlengd["vanaf"], eind_datum=verlengd["tot"])
        laatste = opdracht.invoer.eind_datum or product.eind_datum
        if laatste is None:
            raise BpmnFout("zonder-einde")
        vanaf = max(laatste + DAG, vandaag(opdracht))
        tot = erbij(vanaf, opdracht.configuratie.duur) - DAG
        bekend["verlengd"] = {"stap": sleutel, "vanaf": vanaf.isoformat(), "tot": tot.isoformat()}
        client.wijzig_product(product.url, eind_datum=tot.isoformat(), status="actief", dataobject=bekend)
        return PeriodeUitvoer(start_datum=vanaf, eind_datum=tot)


class ZoekKeuze(Gegevens):
    producttype: str = Field(title="Producttype", description="Code van het producttype.")
    status: Status = Field("actief", title="Status", description="Alleen producten met deze status.")


class ZoekInvoer(ZaakInvoer):
    naam: str = Field("", title="Naam", description="Alleen het product met deze naam, zoals een nummer.")


class ZoekUitvoer(Gegevens):
    producten: list[str] = Field(title="Producten", description="URL's, het product dat het laatst begon eerst.")
    product: str | None = Field(title="Product", description="URL van het eerste, of null.")
    aantal: int = Field(title="Aantal", description="Hoeveel het er zijn.")
    naam: str = Field(title="Naam", description="Naam van het eerste, of leeg.")
    eind_datum: date | None = Field(title="Tot", description="Laatste dag van het eerste.")
    gegevens: dict[str, Any] = Field(title="Gegevens", description="Wat er bij het eerste bewaard is.")


class ProductenZoeken(Bouwblok[ZoekKeuze, ZoekInvoer, ZoekUitvoer]):
    """Leest alleen; wie de aanvrager is, leest het blok bij de zaak."""

    sleutel = "producten.zoeken"
    naam = Tekst("Producten van de aanvrager zoeken", "Find products of the applicant")
    uitleg = Tekst("Zoekt wat de aanvrager al heeft.", "Finds what the applicant already holds.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[ZoekKeuze, ZoekInvoer]) -> ZoekUitvoer:
        keuze, invoer = opdracht.configuratie, opdracht.invoer
        gevonden = producten_van_aanvrager(opdracht, invoer.zaak, keuze.producttype, keuze.status, invoer.naam)
        gevonden.sort(key=lambda product: (product.start_datum or date.min, product.aanmaak_datum), reverse=True)
        eerste = gevonden[0] if gevonden else None
        return ZoekUitvoer(
            producten=[product.url for product in gevonden],
            product=eerste.url if eerste else None,
            aantal=len(gevonden),
            naam=eerste.naam if eerste else "",
            eind_datum=eerste.eind_datum if eerste else None,
            gegevens=(eerste.dataobject or {}) if eerste else {},
        )


def producten_van_aanvrager(
    opdracht: Opdracht[Any, Any], zaak: str, producttype: str, status: str, naam: str = ""
) -> list[ProductUit]:
    """De producten van de initiator met dit type en deze status; het nummer van de aanvrager gaat in het lichaam van de zoekvraag."""
    api = clients(opdracht)
    rol = initiator_van(api.zaken, zaak)
    wie = eigenaar(rol).als_json() if rol else {}
    criteria = {f"eigenaren__{veld}": wie[veld] for veld in ("bsn", "kvk_nummer", "klantnummer") if wie.get(veld)}
    return [
        product
        for product in (api.producten.alle_producten(criteria) if criteria else ())
        if product.producttype.code == producttype and product.status == status and (not naam or product.naam == naam)
    ]


BLOKKEN = (ProductWijzigen, ProductVerlengen, ProductenZoeken)
