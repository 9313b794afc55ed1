"""Een beslissing uitproberen: met de hand, en over de zaken die er al mee beslist zijn (terugtoets)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from wtforms import Form

import dmn
from dmn.elementen import Invoer
from dmn.terugtoets import Terugtoets, vergelijk
from dmn.uitleg import Uitleg
from huisstijl import lui, vertaal
from huisstijl.velden import DatumVeld, GetalVeld, JaNeeVeld, TekstVeld
from huisstijl.velden.basis import Veld
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from processen.motor.tabellen import Geschiedenis

VELDEN: Mapping[str, Callable[..., Veld]] = {"number": GetalVeld, "boolean": JaNeeVeld, "date": DatumVeld}
LEZERS: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "date and time": datetime.fromisoformat,
    "dateTime": datetime.fromisoformat,
}
MEESTE = 10_000
"""Over zoveel zaken gaat een terugtoets hoogstens; de nieuwste eerst."""


def soorten(model: dmn.Model) -> dict[str, str]:
    """De gegevens die het model vraagt, met hun soort (`string`, `number`, `boolean`, `date` …)."""
    elementen = (knoop.element for knoop in model.knopen.values())
    return {element.naam: element.variabele.type or "string" for element in elementen if isinstance(element, Invoer)}


def invulformulier(model: dmn.Model, ingevuld: Any = None) -> Form:
    """Een veld per gegeven. Niets invullen mag: zo is te zien wat er gebeurt als een gegeven ontbreekt."""
    nummers = enumerate(soorten(model).items())
    velden = {f"g{nummer}": VELDEN.get(soort, TekstVeld)(naam, verplicht=False) for nummer, (naam, soort) in nummers}
    vraag = {"peildatum": DatumVeld(lui("Peildatum"), verplicht=False, hulptekst=lui("Leeg is vandaag."))}
    soort_formulier: Callable[..., Form] = type("Uitprobeerformulier", (Form,), {**velden, **vraag})
    return soort_formulier(ingevuld)


def probeer(model: dmn.Model, beslissing: str, formulier: Form, vandaag: date) -> Uitleg:
    """Reken uit met wat er is ingevuld; de uitleg noemt elke regel die paste, en waarom een andere niet."""
    invoer = {naam: _leeg_is_null(formulier[f"g{nummer}"].data) for nummer, naam in enumerate(soorten(model))}
    return model.evalueer(beslissing, invoer, peildatum=formulier["peildatum"].data or vandaag).uitleg


def _leeg_is_null(waarde: Any) -> Any:
    return None if waarde == "" else waarde


# --- terugtoets ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Geval:
    """Een eerdere beslissing: wat er toen bekend was, en wanneer zij viel."""

    invoer: Mapping[str, Any]
    op: datetime


@dataclass(frozen=True)
class Groep:
    """Hoe het uitpakt voor wie een gegeven dezelfde waarde heeft."""

    waarde: str
    aantal: int
    anders: int


def vastgelegd(installatie: Installatie, beslissing: str, van: date, tot: date) -> list[Geval]:
    """Wat deze installatie op deze dagen (tot en met) met de beslissing uitrekende, uit de geschiedenis van de processen."""
    begonnen = Geschiedenis.begonnen
    waar = (
        Geschiedenis.uitleg.is_not(None),
        Geschiedenis.uitleg["beslissing"].astext == beslissing,
        begonnen >= datetime.combine(van, time(), NEDERLAND),
        begonnen < datetime.combine(tot + timedelta(days=1), time(), NEDERLAND),
    )
    vraag = select(Geschiedenis.uitleg["uitleg"]["invoer"], begonnen).where(*waar).order_by(begonnen.desc())
    with installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(vraag.limit(MEESTE)).all()
    return [Geval({deel["label"]: deel["waarde"] for deel in rij[0]}, rij[1]) for rij in rijen]


def toets(oud: dmn.Model, nieuw: dmn.Model, beslissing: str, gevallen: Iterable[Geval], peildatum: date) -> Terugtoets:
    """Welke uitkomsten veranderen als het nieuwe model geldt. `DmnFout` als een van beide de beslissing niet heeft."""
    invoeren = [lees_waarden(geval.invoer, soorten(nieuw)) for geval in gevallen]
    return vergelijk(oud, nieuw, beslissing, invoeren, peildatum=peildatum)


def groepen(gevallen: Iterable[Geval], verslag: Terugtoets, gegeven: str) -> list[Groep]:
    """De uitkomst van een terugtoets per waarde van een gegeven; de meest geraakte eerst."""
    anders = {wijziging.nummer for wijziging in verslag.wijzigingen}
    alle: Counter[str] = Counter()
    geraakt: Counter[str] = Counter()
    for nummer, geval in enumerate(gevallen, 1):
        waarde = _als_tekst(geval.invoer.get(gegeven))
        alle[waarde] += 1
        geraakt[waarde] += nummer in anders
    return sorted(
        (Groep(waarde, aantal, geraakt[waarde]) for waarde, aantal in alle.items()),
        key=lambda groep: (-groep.anders, groep.waarde),
    )


def lees_waarden(invoer: Mapping[str, Any], soort_van: Mapping[str, str]) -> dict[str, Any]:
    """Vastgelegde waarden (JSON) als de soorten die het model vraagt."""
    return {naam: _lees(waarde, soort_van.get(naam, "")) for naam, waarde in invoer.items()}


def _lees(waarde: Any, soort: str) -> Any:
    return LEZERS[soort](waarde) if soort in LEZERS and isinstance(waarde, str) else waarde


def _als_tekst(waarde: Any) -> str:
    if waarde is None:
        return vertaal("onbekend")
    if isinstance(waarde, bool):
        return vertaal("ja") if waarde else vertaal("nee")
    return str(waarde)
