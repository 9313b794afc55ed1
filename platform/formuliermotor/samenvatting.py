"""De samenvatting van een inzending: per stap de vragen met hun antwoord, als tekst. Voor scherm, PDF en e-mail."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from formuliermotor.componenten import Bestand, Bsn, Component, Herhaling, Vraag, vragen_van
from formuliermotor.definitie import Stap
from formuliermotor.logica import Rekenaar, Toestand
from formuliermotor.waarden import bestanden_van, rijen_van, toon
from huisstijl.taal import kies


@dataclass(frozen=True)
class Bijlage:
    """Een bestand als antwoord. `document` is het uuid in de Documenten API; leeg zolang het nog bij een concept hoort."""

    naam: str
    document: str = ""


@dataclass(frozen=True)
class Regel:
    """Een vraag met het antwoord als tekst (leeg als er niets ingevuld is). `gevoelig`: niet in een e-mail zetten.

    Bij een vraag om bestanden zijn dat ook de `bijlagen`, om naar te kunnen verwijzen.
    """

    sleutel: str
    vraag: str
    antwoord: str
    gevoelig: bool = False
    bijlagen: tuple[Bijlage, ...] = ()


@dataclass(frozen=True)
class Sectie:
    """De regels van een stap, of van een rij van een herhaling daarin (dan is `niveau` 3)."""

    stap: str
    titel: str
    regels: tuple[Regel, ...]
    niveau: int = 2


def vat_samen(rekenaar: Rekenaar, toestand: Toestand) -> list[Sectie]:
    """De secties van alle stappen die gelden; een stap zonder vragen valt weg."""
    per_stap = (list(_stap(rekenaar, toestand, rekenaar.definitie.stap(naam))) for naam in toestand.stappen)
    return [sectie for secties in per_stap if any(s.regels for s in secties) for sectie in secties]


def _stap(rekenaar: Rekenaar, toestand: Toestand, stap: Stap) -> Iterator[Sectie]:
    zichtbaar = [v for v in stap.vragen() if v.key in toestand.zichtbaar and v.show_in_summary]
    los = (vraag for vraag in zichtbaar if not isinstance(vraag, Herhaling))
    yield Sectie(stap.naam, kies(stap.titel), tuple(_regels(los, toestand.waarden)))
    for vraag in zichtbaar:
        if isinstance(vraag, Herhaling):
            yield from _rijen(rekenaar, toestand, stap, vraag)


def _rijen(rekenaar: Rekenaar, toestand: Toestand, stap: Stap, herhaling: Herhaling) -> Iterator[Sectie]:
    naam = kies(herhaling.group_label) or kies(herhaling.label)
    for nummer, rij in enumerate(rijen_van(toestand.waarden.get(herhaling.key)), 1):
        context = rekenaar.rijcontext(herhaling, toestand.context, rij)
        zichtbaar = rekenaar.zichtbaar_in(herhaling.components, context)
        vragen = (v for v in vragen_van(herhaling.components) if v.key in zichtbaar and v.show_in_summary)
        yield Sectie(stap.naam, f"{naam} {nummer}", tuple(_regels(vragen, rij)), niveau=3)


def _regels(vragen: Iterable[Vraag], waarden: Mapping[str, Any]) -> Iterator[Regel]:
    for vraag in vragen:
        waarde = waarden.get(vraag.key)
        bijlagen = tuple(_bijlagen(waarde)) if isinstance(vraag, Bestand) else ()
        yield Regel(vraag.key, kies(vraag.label), toon(vraag, waarde), _gevoelig(vraag), bijlagen)


def _bijlagen(waarde: Any) -> Iterator[Bijlage]:
    """In een verzoek wijst een URN naar het document (`informatieObject`), in een taak een URL (`id`)."""
    for deel in bestanden_van(waarde):
        verwijzing = str(deel.get("informatieObject") or deel.get("id"))
        document = re.split("[:/]", verwijzing)[-1] if ":" in verwijzing else ""
        yield Bijlage(str(deel.get("naam", "")), document)


def _gevoelig(vraag: Component) -> bool:
    return isinstance(vraag, Bsn) or (isinstance(vraag, Vraag) and vraag.is_sensitive_data)
