"""Rekenen met termijnen: werkdagen, feestdagen en einddata volgens de Algemene termijnenwet (Atw).

`vrij` zijn overal de dagen die bij besluit met een feestdag zijn gelijkgesteld (Atw artikel 3, lid 3): zij staan niet in de wet, dus
wie rekent geeft ze mee.
"""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import cache
from typing import Any

import isodate

ZATERDAG = 5
BEZWAARTERMIJN = "P6W"
GEEN: frozenset[date] = frozenset()
KORTE_TERMIJN, LANGSTE_DAGEN, LANGSTE_MAANDEN = 3, 90, 3  # Atw artikel 2 en 4


@cache
def _pasen(jaar: int) -> date:
    """Eerste paasdag in de gregoriaanse kalender (algoritme van Gauss in de vorm van Butcher)."""
    gulden, eeuw, rest = jaar % 19, jaar // 100, jaar % 100
    epacta = (19 * gulden + eeuw - eeuw // 4 - (eeuw - (eeuw + 8) // 25 + 1) // 3 + 15) % 30
    weekdag = (32 + 2 * (eeuw % 4) + 2 * (rest // 4) - epacta - rest % 4) % 7
    schuif = (gulden + 11 * epacta + 22 * weekdag) // 451
    maand, dag = divmod(epacta + weekdag - 7 * schuif + 114, 31)
    return date(jaar, maand, dag + 1)


@cache
def feestdagen(jaar: int) -> frozenset[date]:
    """De algemeen erkende feestdagen (Atw artikel 3, lid 1 en 2: Goede Vrijdag telt mee)."""
    pasen = _pasen(jaar)
    koningsdag = date(jaar, 4, 27)
    if koningsdag.weekday() > ZATERDAG:  # op zondag wordt het een dag eerder gevierd
        koningsdag -= timedelta(days=1)
    vast = {date(jaar, 1, 1), koningsdag, date(jaar, 5, 5), date(jaar, 12, 25), date(jaar, 12, 26)}
    return frozenset(vast | {pasen + timedelta(days=dagen) for dagen in (-2, 0, 1, 39, 49, 50)})


def is_feestdag(dag: date, vrij: Collection[date] = GEEN) -> bool:
    """Is dit een algemeen erkende feestdag, of een dag die daarmee gelijkgesteld is?"""
    return dag in feestdagen(dag.year) or dag in vrij


def is_werkdag(dag: date, vrij: Collection[date] = GEEN) -> bool:
    """Is dit geen zaterdag, zondag of feestdag?"""
    return dag.weekday() < ZATERDAG and not is_feestdag(dag, vrij)


def werkdag(dag: date, aantal: int, vrij: Collection[date] = GEEN) -> date:
    """De zoveelste werkdag na (of bij een negatief aantal voor) een dag; bij 0 de dag zelf of de eerstvolgende werkdag."""
    if not aantal:
        return dag if is_werkdag(dag, vrij) else werkdag(dag, 1, vrij)
    stap = timedelta(days=1 if aantal > 0 else -1)
    for _ in range(abs(int(aantal))):
        dag += stap
        while not is_werkdag(dag, vrij):
            dag += stap
    return dag


def termijn(begin: date, duur: Any, vrij: Collection[date] = GEEN) -> date:
    """De laatste dag van een termijn die de dag na `begin` ingaat.

    `duur` is een ISO 8601-duur (`P6W`) of een tijdsduur. Eindigt de termijn op een zaterdag, zondag of feestdag, dan loopt zij door
    tot en met de eerste dag die dat niet is (Atw artikel 1); in een termijn van drie dagen of meer vallen ten minste twee werkdagen
    (artikel 2). Lange termijnen (artikel 4) eindigen op de dag zelf.
    """
    eind = erbij(begin, duur)
    return verleng(begin, eind, vrij) if valt_onder_atw(duur) else eind


def verleng(begin: date, eind: date, vrij: Collection[date] = GEEN) -> date:
    """Het einde van een termijn volgens Atw artikel 1 en 2; `begin` is de dag waarna zij inging."""
    kort = (eind - begin).days >= KORTE_TERMIJN
    return op_werkdag(max(eind, werkdag(begin, 2, vrij)) if kort else eind, vrij)


def erbij(begin: date, duur: Any) -> date:
    """`begin` plus een duur, zonder Algemene termijnenwet. Een maand verder zonder die dag is de laatste dag van de maand."""
    dag: date = begin + _lengte(duur)
    return dag


def op_werkdag(dag: date, vrij: Collection[date] = GEEN) -> date:
    """De dag zelf, of anders de eerste werkdag daarna (Atw artikel 1)."""
    return werkdag(dag, 0, vrij)


def valt_onder_atw(duur: Any) -> bool:
    """Atw artikel 4: niet voor termijnen in uren, van meer dan 90 dagen, twaalf weken of drie maanden, of in jaren."""
    if isinstance(duur, str) and "T" in duur:
        return False
    lengte = _lengte(duur)
    if isinstance(lengte, isodate.Duration):
        return not lengte.years and lengte.months <= LANGSTE_MAANDEN
    return not lengte.seconds and lengte.days <= LANGSTE_DAGEN


def _lengte(duur: Any) -> Any:
    return _gelezen(duur) if isinstance(duur, str) else duur


@cache
def _gelezen(duur: str) -> Any:
    return isodate.parse_duration(duur)


def bezwaartermijn(bekendmaking: date, vrij: Collection[date] = GEEN) -> date:
    """De laatste dag om bezwaar te maken: zes weken vanaf de dag na de bekendmaking (Awb 6:7 en 6:8)."""
    return termijn(bekendmaking, BEZWAARTERMIJN, vrij)


def functies(vrij: Callable[[], Collection[date]] = lambda: GEEN) -> dict[str, Any]:
    """De functies die modellen en sjablonen in FEEL kunnen gebruiken; `vrij` geeft de gelijkgestelde dagen van dat moment."""
    return {
        "werkdag": (lambda datum, aantal: werkdag(datum, aantal, vrij()), "datum: date, aantal: number"),
        "termijn": (lambda datum, duur: termijn(datum, duur, vrij()), "datum: date, duur: Any"),
        "feestdag": (lambda datum: is_feestdag(datum, vrij()), "datum: date"),
    }


FUNCTIES: dict[str, Any] = functies()
"""Dezelfde functies met alleen de feestdagen uit de wet."""
