"""Vergelijkt onze OpenAPI-documenten met de feiten uit de officiële bestanden.

Een verschil is wat een afnemer of leverancier merkt: iets wat de standaard toestaat en wij weigeren, iets wat wij anders geven, en
wat er meer of minder is. Wie in een verzoek meer toestaat dan de standaard (een veld dat ook null mag zijn) breekt niemand.
"""

import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import registraties
from kit import Registratie
from kit.openapi import maak_document
from tools.feiten import feiten_uit, pak_uit

Feiten = Mapping[str, Any]
FEITEN = Path(__file__).parents[1] / "tests" / "contract" / "feiten"
ONTBREEKT = "ontbreekt"
GRENZEN = ("maxLength", "maximum", "minimum")
TABEL = Path(__file__).parents[1] / "docs" / "standaarden" / "afwijkingen.md"


@dataclass(frozen=True, order=True)
class Verschil:
    """Waar (`operatie`, `plek`) wat anders is (`feit`)."""

    api: str
    operatie: str
    plek: str
    feit: str


@dataclass(frozen=True)
class Afwijking:
    """Een uitgelegd verschil uit `afwijkingen.md`; `*` in een kolom past op alles."""

    api: str
    operatie: str
    plek: str
    feit: str
    reden: str

    def past(self, verschil: Verschil) -> bool:
        """Legt deze regel dit verschil uit?"""
        paren = zip(
            (self.api, self.operatie, self.plek, self.feit),
            (verschil.api, verschil.operatie, verschil.plek, verschil.feit),
            strict=True,
        )
        return all(re.fullmatch(re.escape(patroon).replace(r"\*", ".*"), waarde) for patroon, waarde in paren)


def afwijkingen(tabel: Path = TABEL) -> list[Afwijking]:
    """De regels van de tabel."""
    rijen = [regel for regel in tabel.read_text().splitlines() if regel.startswith("| ")]
    cellen = [[cel.strip().strip("`") for cel in re.split(r"(?<!\\)\|", rij)[1:-1]] for rij in rijen]
    return [Afwijking(*(cel.replace("\\|", "|") for cel in rij)) for rij in cellen if rij[0] not in ("API", "---")]


@cache
def standaard(api: str) -> Feiten:
    """De feiten uit het officiële bestand."""
    return pak_uit(FEITEN / f"{api}.json")


@cache
def eigen(api: str) -> Feiten:
    """De feiten uit ons eigen document; zonder operaties als wij deze API nog niet hebben."""
    if api not in {module.name for module in pkgutil.iter_modules(registraties.__path__)}:
        return {"versie": "", "operaties": {}}
    module = import_module(f"registraties.{api}.bronnen")
    registratie = next(waarde for waarde in vars(module).values() if isinstance(waarde, Registratie))
    return feiten_uit(maak_document(registratie, "https://voorbeeld"))


def alle_apis() -> list[str]:
    """De API's waarvan feiten bewaard zijn."""
    return sorted(bestand.stem for bestand in FEITEN.glob("*.json"))


def gevonden(api: str) -> list[Verschil]:
    """Alle verschillen van een API."""
    return sorted(set(verschillen(api, standaard(api), eigen(api))))


def zonder_namen(operatie: str) -> str:
    """`GET /zaken/{uuid}` zonder de namen van padparameters."""
    return re.sub(r"{\w+}", "{}", operatie)


def verschillen(api: str, standaard: Feiten, eigen: Feiten) -> Iterator[Verschil]:
    """De verschillen op de paden die wij aanbieden; hele paden die er nog niet zijn staan in `dekking.md`."""
    hier = {zonder_namen(naam): (naam, feiten) for naam, feiten in eigen["operaties"].items()}
    daar = {zonder_namen(naam): (naam, feiten) for naam, feiten in standaard["operaties"].items()}
    paden = {naam.partition(" ")[2] for naam in hier}
    for sleutel, (naam, feiten) in daar.items():
        if sleutel in hier:
            yield from _operatie(api, naam, feiten, *hier[sleutel])
        elif sleutel.partition(" ")[2] in paden:
            yield Verschil(api, naam, "operatie", ONTBREEKT)
    for sleutel, (naam, _) in hier.items():
        if sleutel not in daar:
            yield Verschil(api, naam, "operatie", "extra")


def _operatie(api: str, naam: str, standaard: Feiten, eigen_naam: str, eigen: Feiten) -> Iterator[Verschil]:
    if naam != eigen_naam:
        yield Verschil(api, naam, "pad", f"heet {eigen_naam.partition(' ')[2]}")
    for plek, feit in _parameters(standaard["parameters"], eigen["parameters"]):
        yield Verschil(api, naam, plek, feit)
    deels = naam.startswith("PATCH ")
    if standaard["verzoek"]:  # een PATCH zonder beschreven lichaam staat alles toe
        for plek, feit in _verzoek(standaard["verzoek"], eigen["verzoek"], deels=deels):
            yield Verschil(api, naam, f"verzoek {plek}", feit)
    status, velden = _gelukt(standaard)
    eigen_status, eigen_velden = _gelukt(eigen, liefst=status)
    if status != eigen_status:
        yield Verschil(api, naam, "antwoord", f"status {status} is {eigen_status}")
    for plek, feit in _antwoord(velden, eigen_velden) if velden else ():  # niet beschreven: alles mag
        yield Verschil(api, naam, f"antwoord {plek}", feit)


def _gelukt(feiten: Feiten, liefst: str = "") -> tuple[str, Feiten]:
    """Het geslaagde antwoord; zijn er meer, dan dat met de status `liefst`, of het eerste."""
    goed = {status: velden for status, velden in feiten["antwoorden"].items() if status[0] == "2"}
    status = liefst if liefst in goed else next(iter(goed), "")
    return status, goed.get(status, {})


def _parameters(standaard: Feiten, eigen: Feiten) -> Iterator[tuple[str, str]]:
    for naam, feiten in standaard.items():
        if naam.startswith("path "):
            continue
        if naam not in eigen:
            yield f"parameter {naam}", ONTBREEKT
        elif not naam.startswith("header "):
            yield from ((f"parameter {naam}", feit) for feit in _strenger(feiten, eigen[naam]))
        elif eigen[naam].get("verplicht") and not feiten.get("verplicht"):
            yield f"parameter {naam}", "verplicht"
    for naam in eigen:
        if naam not in standaard and naam.startswith("query "):
            yield f"parameter {naam}", "extra"


def _verzoek(standaard: Feiten, eigen: Feiten, *, deels: bool) -> Iterator[tuple[str, str]]:
    for pad, feiten in standaard.items():
        if pad not in eigen:
            if _ouder_is_er(pad, eigen):
                yield pad, ONTBREEKT
            continue
        yield from ((pad, feit) for feit in _strenger(feiten, eigen[pad]))
        if feiten.get("nullable") and not eigen[pad].get("nullable"):
            yield pad, "mag niet null zijn"
        if not deels and bool(feiten.get("verplicht")) != bool(eigen[pad].get("verplicht")):
            yield pad, "niet verplicht" if feiten.get("verplicht") else "verplicht"
    yield from ((pad, "extra") for pad in eigen if pad not in standaard and _ouder_is_er(pad, standaard))


def _antwoord(standaard: Feiten, eigen: Feiten) -> Iterator[tuple[str, str]]:
    for pad, feiten in standaard.items():
        if pad not in eigen:
            if _ouder_is_er(pad, eigen):
                yield pad, ONTBREEKT
            continue
        yield from ((pad, feit) for feit in _ruimer(feiten, eigen[pad]))
        if feiten.get("verplicht") and not eigen[pad].get("verplicht"):
            yield pad, "niet altijd aanwezig"
    yield from ((pad, "extra") for pad in eigen if pad not in standaard and _ouder_is_er(pad, standaard))


def _ouder_is_er(pad: str, velden: Feiten) -> bool:
    """Van een ontbrekend object telt alleen het object zelf, niet elk veld erin; een vrij object heeft geen velden."""
    if pad.endswith("[]"):
        return pad[:-2] in velden
    ouder = pad.rpartition(".")[0]
    return not ouder or any(ander != pad and ander.startswith(f"{ouder}.") for ander in velden)


def _strenger(standaard: Feiten, eigen: Feiten) -> Iterator[str]:
    """Wat wij in een verzoek anders eisen."""
    yield from _soort(standaard, eigen)
    if set(standaard.get("enum", ())) != set(eigen.get("enum", ())):
        yield f"keuzen {_kort(standaard.get('enum'))} zijn {_kort(eigen.get('enum'))}"
    for grens in GRENZEN:
        if standaard.get(grens) != eigen.get(grens):
            yield f"{grens} {standaard.get(grens)} is {eigen.get(grens)}"
    if standaard.get("minLength", 0) > eigen.get("minLength", 0):
        yield f"minLength {standaard['minLength']} is {eigen.get('minLength')}"


def _ruimer(standaard: Feiten, eigen: Feiten) -> Iterator[str]:
    """Wat wij in een antwoord geven en de standaard niet."""
    yield from _soort(standaard, eigen)
    meer = set(eigen.get("enum", ())) - set(standaard.get("enum", ()))
    if "enum" in standaard and (meer or "enum" not in eigen):
        yield f"keuzen {_kort(standaard['enum'])} zijn {_kort(eigen.get('enum'))}"
    if eigen.get("nullable") and not standaard.get("nullable"):
        yield "kan null zijn"


def _soort(standaard: Feiten, eigen: Feiten) -> Iterator[str]:
    for naam in ("type", "format"):
        een, twee = standaard.get(naam), eigen.get(naam)
        if een and een != twee:
            yield f"{naam} {_kort(een)} is {_kort(twee)}"


def _kort(waarde: Any) -> str:
    if isinstance(waarde, list):
        return ",".join(map(str, waarde[:4])) + (",…" if waarde[4:] else "")
    return str(waarde)
