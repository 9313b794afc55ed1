"""Wat wij al weten: antwoorden uit de BRP of het handelsregister, opgehaald door de server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import structlog

from contracten import Bronnen, BronNietBereikbaar, Vrager
from formulieren.aanvrager import Aanvrager
from formulieren.besluitbron import haal_besluit
from formuliermotor import Formulierdefinitie
from integratie.basis import ApiFout
from integratie.brp import Doelbinding, maak_brp_client
from integratie.kvk import maak_kvk_client
from kern import ldv
from kern.installatie import Installatie
from kern.plugins import laad_plugins

log = structlog.get_logger()
ACTIVITEIT: Final = "urn:dienstverlening:verwerking:formulier-invullen"
DOEL: Final = "formulier-invullen"


@dataclass(frozen=True)
class Vraag:
    """Wat een formulier van een bron wil weten. `kenmerk` is waar het adres naar verwees, zoals een besluitnummer."""

    aanvrager: Aanvrager
    attributen: list[str]
    slug: str
    kenmerk: str = ""


Bron = Callable[[Installatie, Vraag], Mapping[str, Any]]


class BronOntbreekt(Exception):
    """De bron gaf geen antwoord; het formulier is ook zonder in te vullen."""


def haal_op(
    installatie: Installatie, definitie: Formulierdefinitie, aanvrager: Aanvrager, kenmerk: str = ""
) -> dict[str, Any]:
    """Sleutel -> waarde van elke vraag die een bron kan beantwoorden. `BronOntbreekt` als een bron niet antwoordt."""
    per_bron: dict[str, dict[str, str]] = {}
    for sleutel, (bron, attribuut) in definitie.voorinvullingen().items():
        per_bron.setdefault(bron, {})[sleutel] = attribuut
    gevonden: dict[str, Any] = {}
    for bron, vragen in per_bron.items():
        vraag = Vraag(aanvrager, sorted(set(vragen.values())), definitie.slug, kenmerk)
        gevonden |= _uit(installatie, bron, vragen, vraag)
    return gevonden


def _uit(installatie: Installatie, bron: str, vragen: Mapping[str, str], vraag: Vraag) -> list[tuple[str, Any]]:
    haal = _BRONNEN.get(bron) or _van_plugin(installatie, bron)
    if haal is None:
        return []
    try:
        gevonden = haal(installatie, vraag)
    except (ApiFout, BronNietBereikbaar) as fout:
        log.warning("voorinvullen lukt niet", bron=bron, formulier=vraag.slug, fout=type(fout).__name__)
        raise BronOntbreekt(bron) from None
    paren = ((sleutel, gevonden.get(attribuut)) for sleutel, attribuut in vragen.items())
    return [(sleutel, waarde) for sleutel, waarde in paren if waarde not in (None, "")]


def _brp(installatie: Installatie, vraag: Vraag) -> Mapping[str, Any]:
    aanvrager, slug = vraag.aanvrager, vraag.slug
    if not aanvrager.bsn:
        return _zonder_bsn(aanvrager)
    doelbinding = Doelbinding(DOEL, slug, "systeem")
    with ldv.verwerking(
        installatie, activiteit=ACTIVITEIT, naam=f"Formulier {slug} voorinvullen", betrokkene=aanvrager.eigenaar
    ):
        persoon = maak_brp_client(installatie).persoon(aanvrager.bsn, vraag.attributen, doelbinding)
    return {attribuut: persoon.waarde(attribuut) for attribuut in vraag.attributen} if persoon else {}


def _zonder_bsn(aanvrager: Aanvrager) -> Mapping[str, Any]:
    """Wie met eIDAS zonder BSN inlogt staat niet in de BRP; naam en geboortedatum geeft het inlogmiddel."""
    wie = aanvrager.identiteit
    if wie is None or aanvrager.soort != "inwoner":
        return {}
    geboren = wie.geboortedatum.isoformat() if wie.geboortedatum else None
    return {"naam.volledigeNaam": wie.naam, "geboorte.datum.datum": geboren}


def _kvk(installatie: Installatie, vraag: Vraag) -> Mapping[str, Any]:
    """`naam`, `adres`, `rechtsvorm`, `kvkNummer` en `rsin`; is iemand beperkt tot een vestiging, dan van die vestiging."""
    aanvrager = vraag.aanvrager
    if not aanvrager.kvk:
        return {}
    client = maak_kvk_client(installatie)
    profiel = client.basisprofiel(aanvrager.kvk)
    if profiel is None:
        return {}
    vestiging = client.vestigingsprofiel(aanvrager.eigenaar[1]) if aanvrager.eigenaar[0] == "vestiging" else None
    adres = (vestiging or profiel).bezoekadres
    return {
        "naam": vestiging.eerste_handelsnaam if vestiging else profiel.naam,
        "adres": adres.regel if adres else "",
        "rechtsvorm": profiel.rechtsvorm,
        "kvkNummer": profiel.kvk_nummer,
        "rsin": profiel.rsin,
    }


def _van_plugin(installatie: Installatie, sleutel: str) -> Bron | None:
    """Een bron uit een plugin, voor wie voor zichzelf is aangemeld: van wie een ander machtigde vragen wij zo niets op."""
    bron = Bronnen(laad_plugins(installatie.instellingen).verzamel("bronnen")).get(sleutel)
    if bron is None:
        return None

    def haal(installatie: Installatie, vraag: Vraag) -> Mapping[str, Any]:
        wie = vraag.aanvrager.identiteit
        if wie is None or wie.machtiging is not None or not vraag.aanvrager.bsn:
            return {}
        bekend = [attribuut for attribuut in vraag.attributen if attribuut not in bron.onbekend([attribuut])]
        return bron.haal(installatie, Vrager(wie, ACTIVITEIT, f"formulier {vraag.slug}"), bekend)

    return haal


def _besluit(installatie: Installatie, vraag: Vraag) -> Mapping[str, Any]:
    return haal_besluit(installatie, vraag.aanvrager, vraag.kenmerk)


_BRONNEN: Final[Mapping[str, Bron]] = {"brp": _brp, "kvk": _kvk, "besluit": _besluit}
