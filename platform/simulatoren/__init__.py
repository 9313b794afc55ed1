"""Vervangers van landelijke voorzieningen, met verzonnen personen en bedrijven. Alleen in demo en test.

`DELEN` hangt ze op in een installatie; `integratie.brp` en `integratie.kvk` vinden ze daar als BRP_URL of KVK_URL leeg is. De
inlogmiddelen op de simulator komen uit `proefopstelling`. De demo start de mailserver `Postvak` op `postvak_map` en geeft diens `url` door als SMTP_URL.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from flask import Flask, render_template

from kern.deel import Deel
from kern.installatie import Installatie
from kern.instellingen import Instellingen
from kern.toegang import openbaar
from simulatoren import bag, betalen, brp, gemeenteblad, inkomen, kvk, oidc, postvak, printkanaal, sms, uitbetalen
from simulatoren.basis import SimulatorGeweigerd, maak_flask
from simulatoren.brp.bevolking import Bevolking
from simulatoren.postvak import Postvak

__all__ = [
    "DELEN",
    "Postvak",
    "SimulatorGeweigerd",
    "bevolking_bestand",
    "bron_bestand",
    "inlogpersonen",
    "postvak_map",
    "print_map",
    "proefopstelling",
]

PAD = "/simulatoren"


def postvak_map(instellingen: Instellingen) -> Path:
    """Waar de mailserver zijn berichten bewaart."""
    return _map(instellingen, "postvak")


def print_map(instellingen: Instellingen) -> Path:
    """De map van het printkanaal."""
    return Path(instellingen.print_map) if instellingen.print_map else instellingen.data.absolute() / "print"


def proefopstelling(instellingen: Instellingen) -> oidc.Proefopstelling:
    """De inlogmiddelen op de simulator, en de clients die de simulator daarvoor kent."""
    return oidc.maak_proefopstelling(
        basis_url=f"{instellingen.adres}{PAD}/oidc",
        publiek_adres=instellingen.adres,
        map_=_map(instellingen, "oidc"),
    )


def inlogpersonen(*middelen: str) -> Iterator[oidc.Persoon]:
    """Wie er bij deze inlogmiddelen te kiezen zijn."""
    alle = oidc.alle_middelen(Bevolking.voorbeeldstad())
    for middel in middelen:
        yield from alle[middel].personen


def _map(instellingen: Instellingen, naam: str) -> Path:
    return instellingen.data.absolute() / "simulatoren" / naam


def _oidc(installatie: Installatie) -> Flask:
    i = installatie.instellingen
    return oidc.maak_app(
        omgeving=i.omgeving,
        basis_url=f"{i.adres}{PAD}/oidc",
        map_=_map(i, "oidc"),
        klok=installatie.klok,
        clients=proefopstelling(i).clients if i.omgeving != "productie" else (),
    )


def bevolking_bestand(instellingen: Instellingen) -> Path:
    """Een JSON-bestand met extra inwoners voor deze installatie (scenario's zetten het klaar)."""
    return bron_bestand(instellingen, "brp")


def bron_bestand(instellingen: Instellingen, bron: str) -> Path:
    """Waar een gesimuleerde bron extra gegevens voor deze installatie zoekt."""
    return _map(instellingen, bron) / "personen.json"


def _brp(installatie: Installatie) -> Flask:
    i, bevolking = installatie.instellingen, Bevolking.voorbeeldstad()
    if i.omgeving != "productie" and bevolking_bestand(i).exists():
        bevolking = bevolking.met(json.loads(bevolking_bestand(i).read_bytes()))
    return brp.maak_app(omgeving=i.omgeving, klok=installatie.klok, bevolking=bevolking)


def _kvk(installatie: Installatie) -> Flask:
    i = installatie.instellingen
    return kvk.maak_app(omgeving=i.omgeving, basis_url=f"{i.adres}{PAD}/kvk")


def _bag(installatie: Installatie) -> Flask:
    return bag.maak_app(omgeving=installatie.instellingen.omgeving)


def _inkomen(installatie: Installatie) -> Flask:
    i = installatie.instellingen
    bestand = _map(i, "inkomen") / "personen.json"
    return inkomen.maak_app(omgeving=i.omgeving, klok=installatie.klok, bestand=bestand)


def _betalen(installatie: Installatie) -> Flask:
    return betalen.maak_app(installatie, basis_url=f"{installatie.instellingen.adres}{PAD}/betalen")


def _uitbetalen(installatie: Installatie) -> Flask:
    i = installatie.instellingen
    return uitbetalen.maak_app(omgeving=i.omgeving, map_=_map(i, "uitbetalen"))


def _sms(installatie: Installatie) -> Flask:
    i = installatie.instellingen
    return sms.maak_app(omgeving=i.omgeving, map_=_map(i, "sms"))


def _gemeenteblad(installatie: Installatie) -> Flask:
    i, pad = installatie.instellingen, f"{PAD}/gemeenteblad"
    basis = f"{i.adres}{pad}"
    return gemeenteblad.maak_app(
        omgeving=i.omgeving, klok=installatie.klok, map_=_map(i, "gemeenteblad"), basis_url=basis
    )


def _postvak(installatie: Installatie) -> Flask:
    i = installatie.instellingen
    return postvak.maak_app(omgeving=i.omgeving, map_=postvak_map(i))


def _print(installatie: Installatie) -> Flask:
    i = installatie.instellingen
    return printkanaal.maak_app(omgeving=i.omgeving, map_=print_map(i))


def _overzicht(installatie: Installatie) -> Flask:
    app = maak_flask("overzicht", installatie.instellingen.omgeving)
    inwoners = tuple(Bevolking.voorbeeldstad().inwoners.values())

    @app.get("/")
    @openbaar
    def overzicht() -> str:
        return render_template("overzicht.html", inwoners=inwoners)

    return app


DELEN: tuple[Deel, ...] = (
    Deel("simulator-oidc", "simulatoren", f"{PAD}/oidc", _oidc),
    Deel("simulator-brp", "simulatoren", f"{PAD}/brp", _brp),
    Deel("simulator-kvk", "simulatoren", f"{PAD}/kvk", _kvk),
    Deel("simulator-bag", "simulatoren", f"{PAD}/bag", _bag),
    Deel("simulator-inkomen", "simulatoren", f"{PAD}/inkomen", _inkomen),
    Deel("simulator-betalen", "simulatoren", f"{PAD}/betalen", _betalen),
    Deel("simulator-uitbetalen", "simulatoren", f"{PAD}/uitbetalen", _uitbetalen),
    Deel("simulator-sms", "simulatoren", f"{PAD}/sms", _sms),
    Deel("simulator-gemeenteblad", "simulatoren", f"{PAD}/gemeenteblad", _gemeenteblad),
    Deel("simulator-postvak", "simulatoren", f"{PAD}/postvak", _postvak),
    Deel("simulator-print", "simulatoren", f"{PAD}/print", _print),
    Deel("simulatoren", "simulatoren", PAD, _overzicht),
)
