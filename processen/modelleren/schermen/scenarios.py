"""Het tabblad scenario's: lezen, wijzigen als YAML met controle, en spelen met verslag."""

import re

import yaml
from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from huisstijl import vertaal
from processen.modelleren.formulier.werk import slak
from processen.modelleren.schermen.jsondeel import verwijder
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import Botsing
from processen.pakketten import meldingen
from processen.pakketten.scenario import Scenario

VOORBEELD = """naam: {naam}
klok: 2026-03-02 10:00
verzoek: {{type: {verzoektype}, antwoorden: {{}}}}
stappen: []
verwacht:
  staat: klaar
"""
_NAAM = re.compile(r"naam:\s*(.+)")


def maak_scenarios(bank: Werkbank) -> Blueprint:
    """De blauwdruk van het tabblad."""
    blauwdruk = Blueprint("scenarios", __name__)

    @blauwdruk.get("/<pakket>/scenarios")
    @beheerder
    def lijst(pakket: str) -> ResponseReturnValue:
        return _lijst(bank, pakket)

    @blauwdruk.post("/<pakket>/scenarios")
    @beheerder
    def nieuw(pakket: str) -> ResponseReturnValue:
        return _nieuw(bank, pakket)

    @blauwdruk.post("/<pakket>/scenarios/spelen")
    @beheerder
    def spelen(pakket: str) -> ResponseReturnValue:
        bank.open(pakket)
        bank.proeven.start(pakket, bank.wie(), request.form.get("alleen", ""))
        return redirect(url_for(".lijst", pakket=pakket), 303)

    @blauwdruk.route("/<pakket>/scenarios/<naam>", methods=["GET", "POST"])
    @beheerder
    def scenario(pakket: str, naam: str) -> ResponseReturnValue:
        return _bewerk(bank, pakket, naam)

    @blauwdruk.post("/<pakket>/scenarios/<naam>/verwijderen")
    @beheerder
    def weg(pakket: str, naam: str) -> ResponseReturnValue:
        return verwijder(bank, pakket, f"scenarios/{naam}.yaml", ".lijst")

    return blauwdruk


def titel_van(tekst: str, anders: str) -> str:
    """De naam die in een scenario staat."""
    treffer = _NAAM.search(tekst)
    return treffer[1].strip().strip("\"'") if treffer else anders


def fouten_in(tekst: str, naam: str) -> list[str]:
    """Wat er aan een scenario niet te lezen is; leeg als het klopt."""
    try:
        Scenario.model_validate(yaml.safe_load(tekst))
    except yaml.YAMLError as fout:
        return [f"{vertaal('Dit is geen geldige YAML')}: {fout}"]
    except ValidationError as fout:
        return [regel.partition(": ")[2] for regel in meldingen.regels(fout, naam)]
    return []


def _lijst(bank: Werkbank, pakket: str) -> str:
    stand = bank.open(pakket)
    delen = [deel for deel in bank.werkplaats.delen(pakket) if deel.pad.startswith("scenarios/")]
    regels = []
    for deel in delen:
        tekst, naam = (
            (deel.inhoud or b"").decode(errors="replace"),
            deel.pad.removeprefix("scenarios/").removesuffix(".yaml"),
        )
        regels.append((naam, titel_van(tekst, naam), deel, fouten_in(tekst, naam)))
    proef = bank.proeven.laatste(pakket)
    geldt = proef is not None and proef.versie == stand.versie
    return bank.pagina("scenarios.html", pakket, "scenarios", stand=stand, regels=regels, proef=proef, geldt=geldt)


def _nieuw(bank: Werkbank, pakket: str) -> ResponseReturnValue:
    bank.open(pakket)
    naam = request.form.get("naam", "").strip()
    if not naam:
        flash(vertaal("Geef het scenario eerst een naam."), "error")
        return redirect(url_for(".lijst", pakket=pakket), 303)
    delen = [deel.pad for deel in bank.werkplaats.delen(pakket)]
    nummer = sum(1 for pad in delen if pad.startswith("scenarios/")) + 1
    verzoektype = next(
        (pad.removeprefix("verzoektypen/").removesuffix(".json") for pad in delen if pad.startswith("verzoektypen/")),
        pakket,
    )
    sleutel = f"{nummer:02d}-{slak(naam, '-') or 'scenario'}"
    nu = bank.werkplaats.kijk(pakket, f"scenarios/{sleutel}.yaml")
    if nu.inhoud is None:
        tekst = VOORBEELD.format(naam=yaml.safe_dump(naam, allow_unicode=True).splitlines()[0], verzoektype=verzoektype)
        bank.werkplaats.bewaar(pakket, nu.pad, tekst.encode(), versie=nu.versie, wie=bank.wie(), wat=f"scenario {naam}")
    return redirect(url_for(".scenario", pakket=pakket, naam=sleutel), 303)


def _bewerk(bank: Werkbank, pakket: str, naam: str) -> ResponseReturnValue:
    bank.open(pakket)
    deel = bank.deel(pakket, f"scenarios/{naam}.yaml")
    tekst = (deel.inhoud or b"").decode(errors="replace")
    fouten: list[str] = []
    versie = deel.versie
    if request.method == "POST":
        tekst = request.form.get("tekst", "").replace("\r\n", "\n")
        versie = request.form.get("versie", deel.versie, type=int)
        fouten = fouten_in(tekst, naam)
        if not fouten:
            return _bewaar(bank, pakket, deel.pad, tekst, versie)
    pagina = bank.pagina(
        "scenario.html",
        pakket,
        "scenarios",
        naam=naam,
        tekst=tekst,
        versie=versie,
        fouten=fouten,
        titel=titel_van(tekst, naam),
    )
    return (pagina, 422) if fouten else pagina


def _bewaar(bank: Werkbank, pakket: str, pad: str, tekst: str, versie: int) -> ResponseReturnValue:
    try:
        bank.werkplaats.bewaar(
            pakket,
            pad,
            tekst.encode(),
            versie=versie,
            wie=bank.wie(),
            wat=f"{vertaal('Scenario')} {titel_van(tekst, pad)}",
        )
    except Botsing as botsing:
        flash(
            vertaal(
                "%(naam)s heeft dit intussen gewijzigd. Wat u invulde is niet weg: het staat als geparkeerd bij Versies.",
                naam=botsing.nu.door_naam,
            ),
            "error",
        )
    else:
        flash(vertaal("Bewaard. Speel het om te zien of het klopt."), "ok")
    return redirect(url_for(".lijst", pakket=pakket), 303)
