"""Persoonsgegevens in een tekst die iedereen gaat lezen: een BSN, e-mailadres of telefoonnummer, of de naam of het adres van een betrokkene.

Een vondst noemt de plaats, nooit het gegeven zelf: zij staat in een foutmelding. Een naam of adres kan ook iets anders zijn (de straat van
het evenement); dat beoordeelt een medewerker. Een nummer of e-mailadres mag nooit.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stdnum.nl import bsn as bsncontrole

from integratie.betrokkene import uit_rol
from integratie.geadresseerde import Geadresseerde, geadresseerde_van
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import RolUit
from kern.installatie import Installatie

NUMMER = re.compile(r"(?<!\d)\d{8,9}(?!\d)|(?<!\d)\d{4}[ .]\d{2}[ .]\d{3}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
TELEFOON = re.compile(r"(?<![\d-])(?:\+31|0031|0)[ -]?(?:\d[ -]?){8}\d(?!\d)")
POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")
KORTSTE_NAAM = 3
PERSONEN = ("natuurlijk_persoon",)
TUSSENVOEGSELS = frozenset(["de", "den", "der", "het", "in", "op", "te", "ten", "ter", "van", "von", "'t"])


@dataclass(frozen=True)
class Vondst:
    """Wat er gevonden is en waar; `zeker` als het geen vergissing kan zijn."""

    wat: str
    plek: str
    zeker: bool = True

    def __str__(self) -> str:
        return f"{self.plek}: {self.wat}"


@dataclass(frozen=True)
class Bekend:
    """Wat er van de betrokkenen bekend is, om naar te zoeken."""

    namen: tuple[str, ...] = ()
    adressen: tuple[str, ...] = ()
    nummers: tuple[str, ...] = ()


def zoek(titel: str, tekst: str, bekend: Bekend) -> list[Vondst]:
    """De persoonsgegevens in titel en tekst, met de plaats."""
    plekken = [("titel", titel), *((f"alinea {nr}", deel) for nr, deel in enumerate(alineas(tekst), 1))]
    return [vondst for plek, deel in plekken for vondst in _zoek(plek, deel, bekend)]


def alineas(tekst: str) -> tuple[str, ...]:
    """De alinea's van een tekst, gescheiden door een lege regel."""
    return tuple(deel.strip() for deel in re.split(r"\n\s*\n", tekst) if deel.strip())


def _zoek(plek: str, tekst: str, bekend: Bekend) -> Iterator[Vondst]:
    for gevonden in NUMMER.finditer(tekst):
        cijfers = re.sub(r"\D", "", gevonden[0]).zfill(9)
        if cijfers in bekend.nummers or bsncontrole.is_valid(cijfers):
            yield Vondst("burgerservicenummer", _plaats(plek, tekst, gevonden.start()))
    for gevonden in EMAIL.finditer(tekst):
        yield Vondst("e-mailadres", _plaats(plek, tekst, gevonden.start()))
    for gevonden in TELEFOON.finditer(tekst):
        yield Vondst("telefoonnummer", _plaats(plek, tekst, gevonden.start()))
    for soort, waarden in (("naam van een betrokkene", bekend.namen), ("adres van een betrokkene", bekend.adressen)):
        for waarde in waarden:
            for gevonden in re.finditer(rf"(?<!\w){re.escape(waarde)}(?!\w)", tekst):
                yield Vondst(soort, _plaats(plek, tekst, gevonden.start()), zeker=False)


def _plaats(plek: str, tekst: str, positie: int) -> str:
    return f"{plek}, woord {len(tekst[:positie].split()) + 1}"


def bekend_over(installatie: Installatie, zaak: str, namens: str) -> Bekend:
    """Naam, adres en nummers van de mensen in deze zaak. De naam van een bedrijf is geen persoonsgegeven."""
    rollen = [rol for rol in ZakenClient(installatie, namens=namens).rollen(zaak) if rol.betrokkene_type in PERSONEN]
    mensen = [(rol, geadresseerde_van(installatie, rol)) for rol in rollen]
    return Bekend(
        tuple(dict.fromkeys(naam for rol, wie in mensen for naam in _namen(rol, wie))),
        tuple(dict.fromkeys(regel for _, wie in mensen for regel in _adressen(wie))),
        tuple(nummer for rol, _ in mensen for _, nummer in uit_rol(rol.betrokkene_identificatie or {})),
    )


def _namen(rol: RolUit, wie: Geadresseerde) -> Iterable[str]:
    """De hele naam, en de achternaam zonder voorletters en tussenvoegsels."""
    betrokkene = rol.betrokkene_identificatie or {}
    heel = [wie.naam, str(betrokkene.get("geslachtsnaam") or ""), rol.afwijkende_naam_betrokkene]
    achternamen = [woord for naam in heel for woord in naam.split() if _is_achternaam(woord)]
    return (naam for naam in (*heel, *achternamen) if len(naam) >= KORTSTE_NAAM)


def _is_achternaam(woord: str) -> bool:
    return (
        len(woord) >= KORTSTE_NAAM and "." not in woord and woord[0].isupper() and woord.lower() not in TUSSENVOEGSELS
    )


def _adressen(wie: Geadresseerde) -> Iterable[str]:
    postcodes = (gevonden[0] for regel in wie.adresregels for gevonden in POSTCODE.finditer(regel))
    return (*wie.adresregels[:1], *postcodes)
