"""Wat er op de inlogpagina gekozen is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulatoren.oidc.aanbod import Middel, Persoon
from simulatoren.oidc.tokens import PROEFFOUTEN


@dataclass(frozen=True)
class Keuze:
    """De keuze, met per veld een foutmelding als er iets ontbreekt of niet kan."""

    persoon: Persoon | None = None
    acr: str = ""
    geannuleerd: bool = False
    proeffout: str = ""
    fouten: Mapping[str, str] = field(default_factory=dict)


def lees_keuze(velden: Mapping[str, str], middel: Middel, acr_values: str) -> Keuze:
    """De keuze uit het formulier, getoetst aan wat er te kiezen was."""
    persoon = middel.persoon(velden.get("persoon", ""))
    acr = velden.get("acr", "")
    proeffout = velden.get("fout", "")
    return Keuze(
        persoon=persoon,
        acr=acr,
        geannuleerd=velden.get("actie") == "annuleren",
        proeffout=proeffout if proeffout in PROEFFOUTEN else "",
        fouten=_fouten(persoon, acr, middel, acr_values),
    )


def _fouten(persoon: Persoon | None, acr: str, middel: Middel, acr_values: str) -> dict[str, str]:
    fouten = {}
    niveau = middel.aangeboden(acr_values).get(acr)
    if persoon is None:
        fouten["persoon"] = "Kies wie u bent."
    if niveau is None:
        fouten["acr"] = "Kies een betrouwbaarheidsniveau."
    elif persoon and not persoon.hoogste.voldoet_aan(niveau):
        fouten["acr"] = f"{persoon.titel} kan niet hoger dan niveau {persoon.hoogste}."
    return fouten
