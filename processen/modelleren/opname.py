"""Een proefrun als scenario: wat er ingediend en gedaan werd, en als verwachting wat eruit kwam."""

from datetime import datetime
from typing import Any

import yaml

from kern.klok import NEDERLAND
from processen.modelleren.proefdraaien import Proefrunstand
from processen.pakketten.scenario import nederlands

KLAAR = ("voltooid", "fout", "overgeslagen")


def schrijf_op(naam: str, run: Proefrunstand) -> str:
    """De YAML, in de vorm die een mens ook zou schrijven."""
    verzoeken = run.beeld["verzoeken"]
    scenario = {
        **run.scenario,
        "naam": naam,
        "klok": _klok(run.scenario["klok"]),
        "verwacht": _verwachting(verzoeken[-1]),
        "verwacht_bij": {verzoek["naam"]: _verwachting(verzoek) for verzoek in verzoeken[:-1]},
    }
    volgorde = (
        "naam",
        "klok",
        "ook",
        "indiener",
        "mede",
        "bronnen",
        "bouwblokken",
        "verzoek",
        "stappen",
        "verwacht",
        "verwacht_bij",
    )
    gevuld = {deel: scenario[deel] for deel in volgorde if scenario.get(deel) not in (None, {}, [], "")}
    return yaml.safe_dump(gevuld, allow_unicode=True, sort_keys=False, width=140)


def _klok(moment: str) -> str:
    return nederlands(datetime.fromisoformat(moment)).astimezone(NEDERLAND).strftime("%Y-%m-%d %H:%M")


def _verwachting(verzoek: dict[str, Any]) -> dict[str, Any]:
    bereikt = {
        stap["element"] for proces in verzoek["processen"] for stap in proces["stappen"] if stap["uitkomst"] in KLAAR
    }
    verwacht = {
        "staat": verzoek["staat"],
        "bereikt": sorted(bereikt),
        "statussen": verzoek["statussen"],
        "resultaat": verzoek["resultaat"],
        "opgeschort": verzoek["opgeschort"] or None,
        "taken": verzoek["taken"],
        "beslissingen": verzoek["beslissingen"],
        "besluiten": [{"type": soort} for soort in verzoek["besluiten"]],
        "brieven": verzoek["brieven"],
        "berichten": [bericht["sjabloon"] for bericht in verzoek["berichten"]],
        "incidenten": sorted(i["element"] for proces in verzoek["processen"] for i in proces["incidenten"]),
    }
    return {
        naam: waarde
        for naam, waarde in verwacht.items()
        if waarde not in (None, {}) and (waarde != [] or naam == "taken")
    }
