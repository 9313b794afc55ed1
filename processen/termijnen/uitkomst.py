"""Van grootboek naar de rij van een klok: wat er in lijsten staat, wat de zaak moet weten, en wanneer er vanzelf iets verandert."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from kern.klok import NEDERLAND
from kern.termijnen import is_werkdag, werkdag
from processen.termijnen.gebeurtenissen import Gebeurtenis
from processen.termijnen.klok import OPSCHORTEND, Kalender, Stand, bereken
from processen.termijnen.regels import Termijnregels

DAG = timedelta(days=1)
KORT = timedelta(days=14)
LANGSTE_REDEN = 200  # Zaken API


@dataclass(frozen=True)
class Uitkomst:
    """De stand van vandaag, met de kolommen van `Klok` die eruit volgen."""

    stand: Stand
    kolommen: dict[str, Any]


def naar_gebeurtenissen(rijen: Iterable[Mapping[str, Any]]) -> list[Gebeurtenis]:
    """De gebeurtenissen die tellen: zonder wat herroepen is en zonder de correcties zelf."""
    alle = list(rijen)
    weg = {rij["herroept"] for rij in alle if rij["herroept"]}
    return [
        Gebeurtenis(rij["soort"], rij["dag"], rij["tot"], rij["duur"], rij["reden"], rij["grondslag"])
        for rij in alle
        if rij["herroept"] is None and rij["id"] not in weg
    ]


def bepaal(
    regels: Termijnregels, gebeurtenissen: Sequence[Gebeurtenis], kalender: Kalender, vandaag: date, werkdagen: int
) -> Uitkomst:
    """Reken alles uit; `werkdagen` is hoeveel werkdagen voor de einddatum een zaak te laat dreigt te komen."""
    stand = bereken(regels, gebeurtenissen, vandaag, kalender)
    einddatum, open_ = stand.einddatum, stand.opschorting
    return Uitkomst(
        stand,
        {
            "gesloten": any(g.soort == "beslist" for g in gebeurtenissen),
            "toestand": stand.toestand,
            "begin": stand.begin,
            "einddatum": einddatum,
            "streefdatum": stand.streefdatum,
            "dreigt_vanaf": werkdag(einddatum, -werkdagen, kalender.vrij) if einddatum else None,
            "opgeschort_vanaf": open_.eerste if open_ else None,
            "opgeschort_tot": open_.laatste if open_ and _heeft_einde(gebeurtenissen) else None,
            "keerdagen": sorted(_keerdagen(stand, gebeurtenissen, kalender.vrij)),
        },
    )


def voor_de_zaak(stand: Stand, gebeurtenissen: Sequence[Gebeurtenis]) -> dict[str, Any]:
    """Wat de zaak van de klok moet weten, in de velden van de Zaken API."""
    velden: dict[str, Any] = {
        "opschorting": {"indicatie": stand.opschorting is not None, "reden": _reden(stand, gebeurtenissen)},
        "verlenging": {"reden": "", "duur": None},
    }
    if stand.einddatum:
        velden["uiterlijkeEinddatumAfdoening"] = stand.einddatum.isoformat()
    if stand.streefdatum:
        velden["einddatumGepland"] = stand.streefdatum.isoformat()
    if stand.verdaging:
        velden["verlenging"] = {"reden": stand.verdaging.reden[:LANGSTE_REDEN], "duur": stand.verdaging.duur}
    return velden


def verandert_op(kolommen: Mapping[str, Any], wekkers: Iterable[date | None]) -> datetime | None:
    """Het eerste moment waarop zonder nieuwe gebeurtenis iets verandert: een opschorting die afloopt, of een wekker."""
    dagen = [dag for dag in wekkers if dag]
    if kolommen["opgeschort_tot"] and not kolommen["gesloten"]:
        dagen.append(kolommen["opgeschort_tot"] + DAG)
    return begin_van(min(dagen)) if dagen else None


def begin_van(dag: date) -> datetime:
    """Het begin van een dag in Nederland."""
    return datetime.combine(dag, time(), NEDERLAND)


def regels_als_json(regels: Termijnregels) -> dict[str, Any]:
    """De bewaarvorm van de regels."""
    return asdict(regels)


def _heeft_einde(gebeurtenissen: Sequence[Gebeurtenis]) -> bool:
    laatste = next((g for g in reversed(gebeurtenissen) if g.soort in OPSCHORTEND), None)
    return laatste is not None and laatste.tot is not None


def _reden(stand: Stand, gebeurtenissen: Sequence[Gebeurtenis]) -> str:
    if stand.opschorting is None:
        return ""
    return next(g.reden for g in reversed(gebeurtenissen) if g.soort in OPSCHORTEND)[:LANGSTE_REDEN]


def _keerdagen(stand: Stand, gebeurtenissen: Iterable[Gebeurtenis], vrij: Collection[date]) -> set[date]:
    """De dagen die tellen als een einde: die zelf, en de vrije dagen ervoor waarover het einde al heen schoof."""
    einden = {stap.einddatum for stap in stand.stappen if stap.einddatum}
    einden |= {g.tot for g in gebeurtenissen if g.tot}
    if stand.begin:
        einden.add(stand.begin)  # bij bezwaar is dit zelf een einde
    if stand.begin and stand.einddatum and stand.einddatum - stand.begin <= KORT:
        einden |= {stand.begin + n * DAG for n in range(1, (stand.einddatum - stand.begin).days)}
    return {dag for einde in einden for dag in _met_vrije_dagen(einde, vrij)}


def _met_vrije_dagen(einde: date, vrij: Collection[date]) -> Iterator[date]:
    yield einde
    dag = einde - DAG
    while not is_werkdag(dag, vrij):
        yield dag
        dag -= DAG
