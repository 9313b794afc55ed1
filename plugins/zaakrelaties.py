"""Bouwblokken over wat bij een zaak hoort: andere zaken, objecten, besluiten, en haar eigen gegevens."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Onherstelbaar, Opdracht, Tekst
from integratie.typen import ObjectType
from integratie.zaken.rollen import initiator_van
from integratie.zaken.schemas import RelevanteZaak, RolIn, ZaakObjectIn, ZaakObjectUit, ZaakUit
from plugins.hulp import ZaakInvoer, clients, vandaag
from plugins.zaaknummers import ZaakKeuze, zoek_of_maak

GROEP = Tekst("Zaken", "Cases")


class RelatieKeuze(Gegevens):
    aard: Literal["vervolg", "onderwerp", "bijdrage"] = Field(
        title="Aard", description="Wat de andere zaak voor deze zaak is."
    )


class RelatieInvoer(ZaakInvoer):
    andere_zaak: str = Field(title="Andere zaak", description="URL van de andere zaak.")


class ZakenRelateren(Bouwblok[RelatieKeuze, RelatieInvoer, Geen]):
    """Natuurlijke sleutel: de andere zaak met deze aard."""

    sleutel = "zaken.relateren"
    naam = Tekst("Zaken relateren", "Relate cases")
    uitleg = Tekst("Legt vast dat twee zaken bij elkaar horen.", "Records that two cases belong together.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[RelatieKeuze, RelatieInvoer]) -> Geen:
        relateer(opdracht, opdracht.invoer.zaak, opdracht.invoer.andere_zaak, opdracht.configuratie.aard)
        return Geen()


def relateer(opdracht: Opdracht[Any, Any], zaak: str, andere: str, aard: str) -> None:
    """Zorg dat `andere` een relevante andere zaak is van `zaak`."""
    zaken = clients(opdracht).zaken
    bestaand = zaken.zaak(zaak).relevante_andere_zaken
    nieuw = RelevanteZaak.model_validate({"url": andere, "aard_relatie": aard})
    if (nieuw.url, nieuw.aard_relatie) not in {(deel.url, deel.aard_relatie) for deel in bestaand}:
        zaken.wijzig_zaak(zaak, relevanteAndereZaken=[deel.als_json() for deel in (*bestaand, nieuw)])


class ObjectKeuze(Gegevens):
    objecttype: ObjectType = Field(title="Objecttype", description="Soort object, zoals adres, pand of overige.")
    soort: str = Field(
        "", title="Soort", description="Naam van het eigen objecttype, bij overige.", pattern=r"^[a-z_]*$"
    )
    omschrijving: str = Field("", title="Omschrijving", description="Wat het object voor de zaak is.", max_length=80)


class ObjectInvoer(ZaakInvoer):
    object: str = Field("", title="Object", description="URL van het object.")
    gegevens: dict[str, Any] | None = Field(None, title="Gegevens", description="Kenmerken, als er geen URL is.")


class ObjectUitvoer(Gegevens):
    zaakobject: str = Field(title="Zaakobject", description="URL van de koppeling.")


class ObjectKoppelen(Bouwblok[ObjectKeuze, ObjectInvoer, ObjectUitvoer]):
    """Natuurlijke sleutel: hetzelfde object bij dezelfde zaak."""

    sleutel = "zaken.object-koppelen"
    naam = Tekst("Object bij de zaak", "Link object to the case")
    uitleg = Tekst("Koppelt een adres, pand of ander object aan de zaak.", "Links an address or object to the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[ObjectKeuze, ObjectInvoer]) -> ObjectUitvoer:
        keuze, invoer, zaken = opdracht.configuratie, opdracht.invoer, clients(opdracht).zaken
        nieuw = ZaakObjectIn(
            zaak=invoer.zaak,
            object=invoer.object,
            object_type=keuze.objecttype,
            object_type_overige=keuze.soort,
            relatieomschrijving=keuze.omschrijving,
            object_identificatie=invoer.gegevens,
        )
        for bestaand in zaken.alle("zaakobjecten", ZaakObjectUit, zaak=invoer.zaak, objectType=keuze.objecttype):
            if bestaand.object == invoer.object and _past(bestaand.object_identificatie, invoer.gegevens):
                return ObjectUitvoer(zaakobject=bestaand.url)
        gemaakt = zaken.maak("zaakobjecten", nieuw, ZaakObjectUit, sleutel=opdracht.idempotentie("zaakobject"))
        return ObjectUitvoer(zaakobject=gemaakt.url)


def _past(bestaand: dict[str, Any] | None, gevraagd: dict[str, Any] | None) -> bool:
    return all((bestaand or {}).get(naam) == waarde for naam, waarde in (gevraagd or {}).items())


class BesluitenKeuze(Gegevens):
    besluittype: str = Field("", title="Besluittype", description="Omschrijving; leeg is elk besluit van de zaak.")


class BesluitenUitvoer(Gegevens):
    besluiten: list[str] = Field(title="Besluiten", description="URL's van de besluiten, het oudste eerst.")
    besluit: str | None = Field(title="Besluit", description="URL van het laatste besluit, of null.")
    aantal: int = Field(title="Aantal", description="Hoeveel het er zijn.")


class BesluitenOphalen(Bouwblok[BesluitenKeuze, ZaakInvoer, BesluitenUitvoer]):
    """Leest alleen."""

    sleutel = "zaken.besluiten-ophalen"
    naam = Tekst("Besluiten ophalen", "Get decisions")
    uitleg = Tekst("Zoekt de besluiten van een zaak.", "Finds the decisions of a case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[BesluitenKeuze, ZaakInvoer]) -> BesluitenUitvoer:
        api, gevraagd = clients(opdracht), opdracht.configuratie.besluittype
        gevonden = sorted(api.besluiten.besluiten(zaak=opdracht.invoer.zaak), key=lambda b: (b.datum, b.url))
        if gevraagd:
            namen = {url: api.catalogi.vraag("GET", url)["omschrijving"] for url in {b.besluittype for b in gevonden}}
            gevonden = [besluit for besluit in gevonden if namen[besluit.besluittype] == gevraagd]
        urls = [besluit.url for besluit in gevonden]
        return BesluitenUitvoer(besluiten=urls, besluit=urls[-1] if urls else None, aantal=len(urls))


class DeelzaakUitvoer(Gegevens):
    deelzaak: str = Field(title="Deelzaak", description="URL van de deelzaak.")
    zaaknummer: str = Field(title="Zaaknummer", description="Identificatie van de deelzaak.")


class DeelzaakAanmaken(Bouwblok[ZaakKeuze, ZaakInvoer, DeelzaakUitvoer]):
    """Natuurlijke sleutel: een zaaknummer dat vóór de eerste poging vaststaat."""

    sleutel = "zaken.deelzaak-aanmaken"
    naam = Tekst("Deelzaak aanmaken", "Create sub-case")
    uitleg = Tekst(
        "Maakt een zaak onder deze zaak, met dezelfde aanvrager.", "Creates a case under this one, same applicant."
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[ZaakKeuze, ZaakInvoer]) -> DeelzaakUitvoer:
        zaak = zoek_of_maak(opdracht, opdracht.configuratie, vandaag(opdracht), hoofdzaak=opdracht.invoer.zaak)
        neem_initiator_over(opdracht, opdracht.invoer.zaak, zaak)
        return DeelzaakUitvoer(deelzaak=zaak.url, zaaknummer=zaak.identificatie)


class VervolgzaakUitvoer(Gegevens):
    vervolgzaak: str = Field(title="Vervolgzaak", description="URL van de vervolgzaak.")
    zaaknummer: str = Field(title="Zaaknummer", description="Identificatie van de vervolgzaak.")


class VervolgzaakAanmaken(Bouwblok[ZaakKeuze, ZaakInvoer, VervolgzaakUitvoer]):
    """Natuurlijke sleutel: een zaaknummer dat vóór de eerste poging vaststaat."""

    sleutel = "zaken.vervolgzaak-aanmaken"
    naam = Tekst("Vervolgzaak aanmaken", "Create follow-up case")
    uitleg = Tekst("Maakt een zaak die op deze volgt, met dezelfde aanvrager.", "Creates a case that follows this one.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[ZaakKeuze, ZaakInvoer]) -> VervolgzaakUitvoer:
        zaak = zoek_of_maak(opdracht, opdracht.configuratie, vandaag(opdracht))
        relateer(opdracht, zaak.url, opdracht.invoer.zaak, "vervolg")
        neem_initiator_over(opdracht, opdracht.invoer.zaak, zaak)
        return VervolgzaakUitvoer(vervolgzaak=zaak.url, zaaknummer=zaak.identificatie)


def neem_initiator_over(opdracht: Opdracht[Any, Any], van: str, naar: ZaakUit) -> None:
    """Wie de eerste zaak begon, is ook de initiator van de andere."""
    api = clients(opdracht)
    rol = initiator_van(api.zaken, van)
    if rol is None or initiator_van(api.zaken, naar.url) is not None:
        return
    roltypen = api.catalogi.roltypen(naar.zaaktype)
    roltype = next((soort.url for soort in roltypen if soort.omschrijving_generiek == "initiator"), None)
    if roltype is None:
        raise Onherstelbaar("het zaaktype heeft geen roltype voor de initiator")
    over = {"zaak": naar.url, "roltype": roltype}
    velden = {naam: waarde for naam, waarde in rol.model_dump().items() if naam in RolIn.model_fields}
    api.zaken.voeg_rol_toe(RolIn.model_validate(velden | over), sleutel=opdracht.idempotentie("initiator"))


class GegevensUitvoer(Gegevens):
    zaaknummer: str = Field(title="Zaaknummer", description="Identificatie van de zaak.")
    zaaktype: str = Field(title="Zaaktype", description="Identificatie van het zaaktype.")
    startdatum: date = Field(title="Startdatum", description="De dag waarop de zaak begon.")
    uiterlijke_einddatum: date | None = Field(
        title="Uiterlijke einddatum", description="De laatste dag om te beslissen."
    )
    status: str = Field(title="Status", description="Omschrijving van de status van nu, of leeg.")
    resultaat: str = Field(title="Resultaat", description="Omschrijving van het resultaat, of leeg.")
    opgeschort: bool = Field(title="Opgeschort", description="Staat de termijn stil?")
    open: bool = Field(title="Open", description="Is de zaak nog niet afgesloten?")


class ZaakGegevens(Bouwblok[Geen, ZaakInvoer, GegevensUitvoer]):
    """Leest alleen."""

    sleutel = "zaken.gegevens"
    naam = Tekst("Zaakgegevens ophalen", "Get case data")
    uitleg = Tekst("Haalt op hoe de zaak er nu voor staat.", "Gets the present state of the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, ZaakInvoer]) -> GegevensUitvoer:
        api = clients(opdracht)
        zaak = api.zaken.zaak(opdracht.invoer.zaak)
        status = api.zaken.vraag("GET", zaak.status)["statustype"] if zaak.status else ""
        resultaat = api.zaken.vraag("GET", zaak.resultaat)["resultaattype"] if zaak.resultaat else ""
        return GegevensUitvoer(
            zaaknummer=zaak.identificatie,
            zaaktype=api.catalogi.type_bij_url(zaak.zaaktype).identificatie,
            startdatum=zaak.startdatum,
            uiterlijke_einddatum=zaak.uiterlijke_einddatum_afdoening,
            status=api.catalogi.vraag("GET", status)["omschrijving"] if status else "",
            resultaat=api.catalogi.vraag("GET", resultaat)["omschrijving"] if resultaat else "",
            opgeschort=zaak.opschorting.indicatie,
            open=zaak.einddatum is None,
        )


BLOKKEN = (
    ZakenRelateren,
    ObjectKoppelen,
    BesluitenOphalen,
    DeelzaakAanmaken,
    VervolgzaakAanmaken,
    ZaakGegevens,
)
