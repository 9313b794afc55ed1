"""Wie gezag heeft over een minderjarige: uit het bestand, of afgeleid uit het aantal ouders."""

from datetime import date
from typing import Any

from simulatoren.brp.bevolking import Bevolking, Familielid, Inwoner
from simulatoren.brp.namen import volledige_naam
from simulatoren.brp.waarden import gevuld, leeftijd

MEERDERJARIG = 18


def gezag(inwoner: Inwoner, bevolking: Bevolking, vandaag: date) -> list[dict[str, Any]]:
    """Van een minderjarige het gezag over hem, van een meerderjarige het gezag dat hij heeft."""
    if _minderjarig(inwoner, vandaag):
        relatie = _relatie(inwoner, bevolking, vandaag)
        return [relatie] if relatie else []
    relaties = [
        _relatie(kind, bevolking, vandaag) for kind in bevolking.inwoners.values() if _minderjarig(kind, vandaag)
    ]
    return [relatie for relatie in relaties if relatie and inwoner.bsn in _houders(relatie)]


def _minderjarig(inwoner: Inwoner, vandaag: date) -> bool:
    jaren = leeftijd(inwoner.geboren, vandaag)
    return jaren is not None and jaren < MEERDERJARIG and not inwoner.overleden


def _relatie(kind: Inwoner, bevolking: Bevolking, vandaag: date) -> dict[str, Any] | None:
    basis = {"minderjarige": _lid(kind) | gevuld(leeftijd=leeftijd(kind.geboren, vandaag))}
    if kind.gezag:
        derden = [_lid(bevolking.inwoners[bsn]) | {"type": "BekendeDerde"} for bsn in kind.gezag.derden]
        return basis | gevuld(type=kind.gezag.type, derden=derden, toelichting=kind.gezag.toelichting)
    ouders = [_lid(bevolking.volledig(ouder)) for ouder in kind.ouders]
    match ouders:
        case [ouder]:
            return basis | {"type": "EenhoofdigOuderlijkGezag", "ouder": ouder}
        case [_, _]:
            return basis | {"type": "GezamenlijkOuderlijkGezag", "ouders": ouders}
        case _:
            return None


def _lid(lid: Familielid) -> dict[str, Any]:
    return gevuld(burgerservicenummer=lid.bsn, naam={"volledigeNaam": volledige_naam(lid)})


def _houders(relatie: dict[str, Any]) -> set[str]:
    leden = [relatie.get("ouder", {}), *relatie.get("ouders", ()), *relatie.get("derden", ())]
    return {lid["burgerservicenummer"] for lid in leden if "burgerservicenummer" in lid}
