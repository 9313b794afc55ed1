"""Kleine omzettingen voor de sjablonen: rollen, kenmerken en gezag als tekst."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask

from huisstijl import lui, vertaal
from huisstijl.filters import bsn_gemaskeerd

SOORTEN_GEZAG: Mapping[str, str] = {
    "GezamenlijkOuderlijkGezag": lui("Beide ouders hebben gezag"),
    "EenhoofdigOuderlijkGezag": lui("Eén ouder heeft gezag"),
    "GezamenlijkGezag": lui("Een ouder en een ander hebben samen gezag"),
    "Voogdij": lui("Een voogd heeft gezag"),
    "TijdelijkGeenGezag": lui("Er is tijdelijk geen gezag"),
    "GezagNietTeBepalen": lui("Het gezag is niet te bepalen"),
}


def namen_van_rollen(rollen: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Rol en naam van elke betrokkene, zonder nummers."""
    return [(rol["omschrijving"], naam_van_rol(rol)) for rol in rollen]


def naam_van_rol(rol: Mapping[str, Any]) -> str:
    """De naam van een betrokkene, uit wat er per soort betrokkene is vastgelegd; anders zijn nummer, dat van een persoon gemaskeerd."""
    wie = rol.get("betrokkeneIdentificatie") or {}
    persoon = " ".join(
        filter(None, (wie.get("voornamen"), wie.get("voorvoegselGeslachtsnaam"), wie.get("geslachtsnaam")))
    )
    organisatie = wie.get("statutaireNaam") or ", ".join(_als_lijst(wie.get("handelsnaam"))) or wie.get("naam")
    naam = rol.get("afwijkendeNaamBetrokkene") or persoon or organisatie or wie.get("achternaam")
    return str(naam or _nummer(wie) or "–")


def _nummer(wie: Mapping[str, Any]) -> str:
    if wie.get("inpBsn"):
        return vertaal("BSN %(nummer)s", nummer=bsn_gemaskeerd(wie["inpBsn"]))
    return vertaal("KVK-nummer %(nummer)s", nummer=wie["kvkNummer"]) if wie.get("kvkNummer") else ""


def _als_lijst(waarde: Any) -> list[str]:
    return waarde if isinstance(waarde, list) else [waarde] if waarde else []


def paren(eigenschappen: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Naam en waarde van elk kenmerk van een zaak."""
    return [(eigenschap["naam"], eigenschap["waarde"]) for eigenschap in eigenschappen]


def registreer(app: Flask) -> None:
    """Maak deze functies bruikbaar in de sjablonen."""
    app.jinja_env.globals.update(soorten_gezag=SOORTEN_GEZAG, namen_van_rollen=namen_van_rollen, paren=paren)
