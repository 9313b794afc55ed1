"""Welke onderdelen er zijn: de enige plek die ze allemaal noemt. Een nieuw onderdeel is hier één regel."""

import formulieren
import huisstijl.middelen
import kcc
import mijngemeente
import mijngemeente.publiek
import processen
import processen.behandelen
import processen.mandaten
import processen.sjablonen
import processen.termijnen.beheer
import processen.termijnen.onderdeel
import processen.toezicht
import registraties.autorisaties
import registraties.berichten
import registraties.besluiten
import registraties.catalogi
import registraties.contactgegevens
import registraties.documenten
import registraties.klantinteracties
import registraties.notificaties
import registraties.objecten
import registraties.objecttypen
import registraties.producten
import registraties.producttypen
import registraties.referentielijsten
import registraties.taken
import registraties.verzoeken
import registraties.zaken
import simulatoren
from dienstverlening import aanmelden, catalogibeheer, logboek, modelleren, techniek, uitwisselen
from kern.deel import Deel
from kern.instellingen import Instellingen
from kern.tabellen import KERN

# Op volgorde van migreren en van naam van hun schema; de volgorde heeft verder geen betekenis.
DELEN: tuple[Deel, ...] = (
    KERN,
    huisstijl.middelen.DEEL,
    formulieren.deel,
    kcc.deel,
    mijngemeente.deel,
    mijngemeente.publiek.deel,
    processen.deel,
    processen.behandelen.deel,
    processen.mandaten.deel,
    processen.sjablonen.deel,
    processen.termijnen.onderdeel.deel,
    processen.termijnen.beheer.deel,
    processen.toezicht.deel,
    registraties.autorisaties.deel,
    registraties.berichten.deel,
    registraties.besluiten.deel,
    registraties.catalogi.deel,
    registraties.contactgegevens.deel,
    registraties.documenten.deel,
    registraties.klantinteracties.deel,
    registraties.notificaties.deel,
    registraties.objecten.deel,
    registraties.objecttypen.deel,
    registraties.producten.deel,
    registraties.producttypen.deel,
    registraties.referentielijsten.deel,
    registraties.taken.deel,
    registraties.verzoeken.deel,
    registraties.zaken.deel,
    logboek.DEEL,
    catalogibeheer.DEEL,
    modelleren.DEEL,
    techniek.DEEL,
    uitwisselen.DEEL,
    *aanmelden.DELEN,
)

# Alleen waar geen echte mensen zijn.
SIMULATOREN: tuple[Deel, ...] = tuple(simulatoren.DELEN)


def delen_van(instellingen: Instellingen) -> tuple[Deel, ...]:
    """De onderdelen van deze soort installatie, ook die dit proces niet aanbiedt: hun tabellen bestaan wel."""
    return DELEN if instellingen.omgeving == "productie" else DELEN + SIMULATOREN
