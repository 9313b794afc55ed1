"""Hoe we iemand aanschrijven: naam en adres bij de bron (BRP of handelsregister), op het moment dat het nodig is."""

from dataclasses import dataclass

from integratie.betrokkene import uit_rol
from integratie.brp import maak_brp_client
from integratie.brp.client import Doelbinding
from integratie.kvk import maak_kvk_client
from integratie.zaken.schemas import RolUit
from kern import ldv
from kern.installatie import Installatie

VELDEN = ("adressering", "naam.volledigeNaam")


@dataclass(frozen=True)
class Gebruik:
    """Waarvoor de naam en het adres nodig zijn: de verwerkingsactiviteit en wat we ermee doen, voor het logboek en de bron."""

    activiteit: str
    naam: str
    doelbinding: Doelbinding


AANSCHRIJVEN = Gebruik(
    "urn:dienstverlening:verwerking:aanschrijven",
    "Naam en adres opvragen om te schrijven",
    Doelbinding("aanschrijven", "brief", "systeem"),
)


@dataclass(frozen=True)
class Geadresseerde:
    """Naam, aanhef en de adresregels (zonder de naam).

    `geheim`: de bron houdt het adres geheim voor anderen (BRP); het mag alleen op post aan de persoon zelf. `overleden`: er gaat geen post uit.
    """

    naam: str
    aanhef: str
    adresregels: tuple[str, ...]
    geheim: bool = False
    overleden: bool = False


def geadresseerde_van(installatie: Installatie, rol: RolUit, gebruik: Gebruik = AANSCHRIJVEN) -> Geadresseerde:
    """Wie er bij deze rol hoort; zonder gegevens bij de bron wat er in de rol zelf staat."""
    betrokkene = rol.betrokkene_identificatie or {}
    if betrokkene.get("inpBsn"):
        return _uit_brp(installatie, betrokkene["inpBsn"], gebruik)
    if betrokkene.get("kvkNummer"):
        return _uit_kvk(installatie, betrokkene["kvkNummer"], gebruik)
    ldv.leg_gebruik_vast(installatie, set(uit_rol(betrokkene)), activiteit=gebruik.activiteit, naam=gebruik.naam)
    return Geadresseerde(rol.afwijkende_naam_betrokkene, "Geachte heer of mevrouw", ())


def _uit_brp(installatie: Installatie, bsn: str, gebruik: Gebruik) -> Geadresseerde:
    with ldv.verwerking(installatie, activiteit=gebruik.activiteit, naam=gebruik.naam, betrokkene=("bsn", bsn)):
        persoon = maak_brp_client(installatie).persoon(bsn, VELDEN, gebruik.doelbinding)
    if persoon is None:
        return Geadresseerde("", "Geachte heer of mevrouw", ())
    regels = (persoon.waarde(f"adressering.adresregel{nummer}") for nummer in (1, 2, 3))
    naam = persoon.waarde("adressering.aanschrijfwijze.naam") or persoon.waarde("naam.volledigeNaam") or ""
    aanhef = persoon.waarde("adressering.aanhef") or f"Geachte {naam}"
    geheim = persoon.geheimhouding_persoonsgegevens
    return Geadresseerde(naam, aanhef, tuple(filter(None, regels)), geheim, persoon.overleden)


def _uit_kvk(installatie: Installatie, kvk: str, gebruik: Gebruik) -> Geadresseerde:
    with ldv.verwerking(installatie, activiteit=gebruik.activiteit, naam=gebruik.naam, betrokkene=("kvk", kvk)):
        profiel = maak_kvk_client(installatie).basisprofiel(kvk)
    if profiel is None:
        return Geadresseerde("", "Geachte heer of mevrouw", ())
    houder = profiel.ingebed.hoofdvestiging or profiel.ingebed.eigenaar
    adressen = houder.adressen if houder else ()
    regels = (
        (f"{adressen[0].straatnaam} {adressen[0].huisnummer}", f"{adressen[0].postcode} {adressen[0].plaats}")
        if adressen
        else ()
    )
    return Geadresseerde(profiel.naam, "Geachte heer of mevrouw", regels)
