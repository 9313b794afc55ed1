"""Wat publiceren betekent, in woorden voor een beheerder: voor processen, regels en zaaktypen, en voor de zaken die nu lopen.

Een lopende zaak houdt de versie waarmee zij begon: het model, de regels en het zaaktype. Wie haar overbrengt, geeft haar de nieuwe.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import orjson
from sqlalchemy import func, select

from integratie.catalogi import CatalogiClient
from kern.installatie import Installatie
from processen.modelleren.grondslagen import Regel, tabellen
from processen.modelleren.inhoud import in_map, kop
from processen.modelleren.peildatum import Gebruik, gebruik
from processen.motor.tabellen import Definitie, Instantie
from processen.pakketten.installeren import versie_vanaf

NAMENS = "modelleren"
Bestanden = Mapping[str, bytes]


@dataclass(frozen=True)
class Procesgevolg:
    """Een proces dat anders wordt: lopende instanties blijven op de versie waarmee zij begonnen."""

    proces: str
    lopend: int
    nieuw: bool
    verdwijnt: bool


@dataclass(frozen=True)
class Regelgevolg:
    """Een regel die erbij komt (`nieuw`), verandert (`anders`) of verdwijnt (`weg`)."""

    wat: str
    tabel: str
    regel: Regel


@dataclass(frozen=True)
class Beslisgevolg:
    """Een beslissing die verandert: welke regels, en welke stappen ermee beslissen met hoeveel lopende zaken."""

    naam: str
    regels: list[Regelgevolg]
    stappen: list[tuple[Gebruik, int]]


@dataclass(frozen=True)
class Zaaktypegevolg:
    """Een gepubliceerd zaaktype dat verandert: er komt een nieuwe versie, vanaf deze dag."""

    zaaktype: str
    vanaf: date


@dataclass(frozen=True)
class Gevolgen:
    """Alles bij elkaar."""

    processen: list[Procesgevolg] = field(default_factory=list)
    beslissingen: list[Beslisgevolg] = field(default_factory=list)
    zaaktypen: list[Zaaktypegevolg] = field(default_factory=list)


def gevolgen(installatie: Installatie, pakket: str, oud: Bestanden, nieuw: Bestanden) -> Gevolgen:
    """Wat er anders wordt als `nieuw` in de plaats komt van wat er geïnstalleerd is (`oud`)."""
    lopend = _lopend(installatie, pakket)
    modellen = sorted(p for p in {*nieuw, *oud} if p.startswith("processen/") and nieuw.get(p) != oud.get(p))
    namen = {pad: pad.removeprefix("processen/").removesuffix(".bpmn") for pad in modellen}
    processen = [Procesgevolg(namen[p], lopend.get(namen[p], 0), p not in oud, p not in nieuw) for p in modellen]
    return Gevolgen(processen, _beslissingen(oud, nieuw, lopend), _zaaktypen(installatie, oud, nieuw))


def _lopend(installatie: Installatie, pakket: str) -> dict[str, int]:
    telling = select(Instantie.sleutel, func.count()).join(Definitie, Definitie.id == Instantie.definitie)
    vraag = telling.where(Instantie.staat == "loopt", Definitie.pakket == pakket).group_by(Instantie.sleutel)
    with installatie.db.lezen() as verbinding:
        return {rij[0]: rij[1] for rij in verbinding.execute(vraag)}


def _beslissingen(oud: Bestanden, nieuw: Bestanden, lopend: Mapping[str, int]) -> list[Beslisgevolg]:
    eerst, dan = in_map(oud, "beslissingen"), in_map(nieuw, "beslissingen")
    return [
        Beslisgevolg(
            naam,
            regelgevolgen(eerst[naam], dan[naam]),
            [(stap, lopend.get(stap.sleutel, 0)) for stap in gebruik(nieuw, dan[naam])],
        )
        for naam in sorted(eerst.keys() & dan.keys())
        if eerst[naam] != dan[naam]
    ]


def regelgevolgen(oud: bytes, nieuw: bytes) -> list[Regelgevolg]:
    """Welke regels van een beslismodel er anders worden, op volgorde van de tabellen."""
    eerst, dan = (
        {(tabel.naam, regel.id): regel for tabel in tabellen(inhoud) for regel in tabel.regels}
        for inhoud in (oud, nieuw)
    )
    erbij = [
        Regelgevolg("anders" if plek in eerst else "nieuw", plek[0], regel)
        for plek, regel in dan.items()
        if plek not in eerst or _inhoud(eerst[plek]) != _inhoud(regel)
    ]
    return [*erbij, *(Regelgevolg("weg", plek[0], regel) for plek, regel in eerst.items() if plek not in dan)]


def _inhoud(regel: Regel) -> tuple[object, ...]:
    """Wat telt; het nummer verschuift als er een regel tussen komt."""
    return regel.als, regel.dan, regel.herkomst


def _zaaktypen(installatie: Installatie, oud: Bestanden, nieuw: Bestanden) -> list[Zaaktypegevolg]:
    """Zaaktypen die al gepubliceerd zijn en in het pakket veranderden."""
    client, gevonden = CatalogiClient(installatie, namens=NAMENS), []
    for pad in sorted(p for p in nieuw if p.startswith("zaaktypen/") and p in oud and nieuw[p] != oud[p]):
        deel, catalogus = orjson.loads(nieuw[pad]), _catalogus(client, installatie, nieuw)
        laatste = client.laatste_versie(catalogus, str(deel.get("identificatie", ""))) if catalogus else None
        if laatste is not None:
            vanaf = versie_vanaf(laatste, installatie.klok.vandaag())
            gevonden.append(Zaaktypegevolg(str(deel.get("omschrijving", "")), vanaf))
    return gevonden


def _catalogus(client: CatalogiClient, installatie: Installatie, bestanden: Bestanden) -> str:
    domein = str(kop(bestanden).get("catalogus", {}).get("domein", ""))
    gevonden = client.catalogus(domein, installatie.instellingen.bronorganisatie) if domein else None
    return gevonden.url if gevonden else ""
