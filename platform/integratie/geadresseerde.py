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
    `niet_op_adres`: er is vastgesteld dat de persoon niet op dit adres woont, dus post komt daar niet aan.
    """

    naam: str
    aanhef: str
    adresregels: tuple[str, ...]
    geheim: bool = False
    overleden: bool = False
    niet_op_adres: bool = False


def geadresseerde_van(installatie: Installatie, rol: RolUit, gebruik: Gebruik = AANSCHRIJVEN) -> Geadresseerde:
    """Wie er bij deze rol hoort; zonder gegevens bij de bron wat er in de rol zelf staat."""
    betrokkene = rol.betrokkene_identificatie or {}
    if betrokkene.get("inpBsn"):
        return _uit_brp(installatie, betrokkene["inpBsn"], gebruik)
    if betrokkene.get("kvkNummer"):
        return _uit_kvk(installatie, betrokkene["kvkNummer"], betrokkene.get("vestigingsNummer") or "", gebruik)
    ldv.leg_gebruik_vast(installatie, set(uit_rol(betrokkene)), activiteit=gebruik.activiteit, naam=gebruik.naam)
    return Geadresseerde(rol.afwijkende_naam_betrokkene, "Geachte heer of mevrouw", ())


def _uit_brp(installatie: Installatie, bsn: str, gebruik: Gebruik) -> Geadresseerde:
    with ldv.verwerking(installatie, activiteit=gebruik.activiteit, naam=gebruik.naam, betrokkene=("bsn", bsn)):
        persoon = maak_brp_client(installatie).persoon(bsn, VELDEN, gebruik.doelbinding)
    if persoon is None:
        return Geadresseerde("", "Geachte heer of mevrouw", ())
    delen = ("adresregel1", "adresregel2", "adresregel3", "land.omschrijving")
    regels = (persoon.waarde(f"adressering.{deel}") for deel in delen)
    naam = persoon.waarde("adressering.aanschrijfwijze.naam") or persoon.waarde("naam.volledigeNaam") or ""
    aanhef = persoon.waarde("adressering.aanhef") or f"Geachte {naam}"
    geheim = persoon.geheimhouding_persoonsgegevens
    niet_op_adres = bool(persoon.waarde("adressering.indicatieVastgesteldVerblijftNietOpAdres"))
    return Geadresseerde(naam, aanhef, tuple(filter(None, regels)), geheim, persoon.overleden, niet_op_adres)


def _uit_kvk(installatie: Installatie, kvk: str, vestigingsnummer: str, gebruik: Gebruik) -> Geadresseerde:
    """Aan de vestiging die het vroeg, of anders aan de onderneming."""
    client = maak_kvk_client(installatie)
    with ldv.verwerking(installatie, activiteit=gebruik.activiteit, naam=gebruik.naam, betrokkene=("kvk", kvk)):
        profiel = client.basisprofiel(kvk)
        vestiging = client.vestigingsprofiel(vestigingsnummer) if vestigingsnummer else None
    if profiel is None:
        return Geadresseerde("", "Geachte heer of mevrouw", ())
    adres = (vestiging or profiel).postadres
    return Geadresseerde(profiel.naam, "Geachte heer of mevrouw", adres.op_de_envelop if adres else ())
