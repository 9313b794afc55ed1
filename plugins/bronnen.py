"""Bouwblokken die bij bronnen kijken. In procesvariabelen komen alleen waarden om te kiezen en verwijzingen, nooit een dossier of BSN."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Bron, Geen, Gegevens, Opdracht, Tekst
from integratie.bag import maak_bag_client
from integratie.kvk import maak_kvk_client
from integratie.zaken.rollen import initiator_van
from kern import ldv
from kern.plugins import haak
from plugins import bronnen_brp, bronnen_inkomen
from plugins.hulp import clients
from plugins.voorinvullen import BRONNEN

GROEP = Tekst("Bronnen", "Sources")
ACTIVITEIT = "urn:dienstverlening:verwerking:behandelen"


class KvkInvoer(Gegevens):
    zaak: str = Field("", title="Zaak", description="URL van de zaak waarvan de onderneming de aanvrager is.")
    kvk_nummer: str = Field("", title="KVK-nummer", description="Acht cijfers; leeg is de aanvrager van de zaak.")


class KvkUitvoer(Gegevens):
    gevonden: bool = Field(False, title="Gevonden", description="Staat de onderneming in het handelsregister?")
    actief: bool = Field(False, title="Actief", description="Is zij niet beëindigd?")
    naam: str = Field("", title="Naam", description="De naam van de onderneming.")
    rechtsvorm: str = Field("", title="Rechtsvorm", description="Zoals BeslotenVennootschap, of leeg.")
    sbi_codes: list[str] = Field(default_factory=list, title="SBI-codes", description="De activiteiten.")
    vestigingen: int = Field(0, title="Vestigingen", description="Aantal vestigingen.")


class KvkOpvragen(Bouwblok[Geen, KvkInvoer, KvkUitvoer]):
    """Leest alleen."""

    sleutel = "bronnen.kvk"
    naam = Tekst("Onderneming opvragen", "Get company")
    uitleg = Tekst("Kijkt in het handelsregister wat voor onderneming het is.", "Looks up a company.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, KvkInvoer]) -> KvkUitvoer:
        nummer = opdracht.invoer.kvk_nummer or self._van_aanvrager(opdracht)
        if not nummer:
            return KvkUitvoer()
        client = maak_kvk_client(opdracht.installatie)
        wie = ("kvk", nummer)
        with ldv.verwerking(opdracht.installatie, activiteit=ACTIVITEIT, naam="Onderneming opgevraagd", betrokkene=wie):
            profiel = client.basisprofiel(nummer)
        if profiel is None:
            return KvkUitvoer()
        return KvkUitvoer(
            gevonden=True,
            actief=not profiel.beeindigd,
            naam=profiel.naam,
            rechtsvorm=profiel.rechtsvorm,
            sbi_codes=[activiteit.sbi_code for activiteit in profiel.sbi_activiteiten],
            vestigingen=len(client.vestigingen(nummer)),
        )

    def _van_aanvrager(self, opdracht: Opdracht[Geen, KvkInvoer]) -> str:
        rol = initiator_van(clients(opdracht).zaken, opdracht.invoer.zaak) if opdracht.invoer.zaak else None
        return str(((rol.betrokkene_identificatie if rol else None) or {}).get("kvkNummer") or "")


class BagInvoer(Gegevens):
    postcode: str = Field(title="Postcode", description="Zoals 1234 AB.", pattern=r"^[1-9][0-9]{3} ?[A-Za-z]{2}$")
    huisnummer: int = Field(title="Huisnummer", description="Alleen het getal.", ge=1, le=99999)
    huisletter: str = Field("", title="Huisletter", description="Eén letter, als die er is.", max_length=1)
    toevoeging: str = Field("", title="Toevoeging", description="Huisnummertoevoeging.", max_length=4)


class BagUitvoer(Gegevens):
    gevonden: bool = Field(False, title="Gevonden", description="Staat het adres in de BAG?")
    adres: str = Field("", title="Adres", description="BAG-nummer van het adres (nummeraanduiding).")
    verblijfsobject: str = Field("", title="Verblijfsobject", description="BAG-nummer van wat er staat.")
    oppervlakte: int | None = Field(None, title="Oppervlakte", description="In vierkante meters.")
    gebruiksdoelen: list[str] = Field(default_factory=list, title="Gebruiksdoelen", description="Zoals woonfunctie.")
    straat: str = Field("", title="Straat", description="Naam van de straat.")
    woonplaats: str = Field("", title="Woonplaats", description="Naam van de woonplaats.")


class BagOpvragen(Bouwblok[Geen, BagInvoer, BagUitvoer]):
    """Leest alleen."""

    sleutel = "bronnen.bag"
    naam = Tekst("Adres opvragen", "Get address")
    uitleg = Tekst("Zoekt een adres op in de BAG, met oppervlakte en gebruik.", "Looks up an address.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, BagInvoer]) -> BagUitvoer:
        invoer = opdracht.invoer
        adres = maak_bag_client(opdracht.installatie).adres(
            invoer.postcode, invoer.huisnummer, invoer.huisletter, invoer.toevoeging
        )
        if adres is None:
            return BagUitvoer()
        return BagUitvoer(
            gevonden=True,
            adres=adres.nummeraanduiding_identificatie,
            verblijfsobject=adres.adresseerbaar_object_identificatie,
            oppervlakte=adres.oppervlakte,
            gebruiksdoelen=adres.gebruiksdoelen,
            straat=adres.openbare_ruimte_naam,
            woonplaats=adres.woonplaats_naam,
        )


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [*bronnen_brp.BLOKKEN, KvkOpvragen, BagOpvragen, *bronnen_inkomen.BLOKKEN]


@haak
def bronnen() -> Iterable[type[Bron]]:
    """De bronnen om formulieren mee in te vullen."""
    return [*BRONNEN, *bronnen_inkomen.BRONNEN]
