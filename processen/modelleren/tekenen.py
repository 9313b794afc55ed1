"""Wat de procesmodelleur van een pakket nodig heeft: bouwblokken als elementsjabloon, de variabelen van het begin, en de controle."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracten import Bouwblokken
from contracten.sjabloon import element_template
from huisstijl import huidige_taal, kies, lui, vertaal
from processen.modelleren.inhoud import delen, in_map, kop
from processen.modelleren.nakijken import lees_bestanden
from processen.motor import ModelGeweigerd, Motor
from processen.motor.fouten import Bevinding
from processen.pakketten.afhankelijk import processen_van
from processen.pakketten.controle_verwijzingen import bekende_namen, van_proces
from processen.pakketten.formaat import PakketFout

Json = dict[str, Any]
GROEPEN = {"Taken": lui("Taken"), "Beslissingen": lui("Beslissingen"), "Processen": lui("Processen")}
ICOON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18"><rect width="18" height="18" rx="4" fill="#12395b"/>'
    '<text x="9" y="13" font-family="sans-serif" font-size="10" font-weight="700" fill="#fff" text-anchor="middle">{}</text></svg>'
)


def sjablonen(
    bouwblokken: Bouwblokken, namen: Mapping[str, Iterable[str]], aanroepbaar: Mapping[str, str]
) -> list[Json]:
    """Een elementsjabloon per bouwblok, per aan te roepen proces, en voor taken en beslissingen, in de taal van het scherm.

    `namen`: per soort verwijzing (statustype, formulier, sjabloon …) wat dit pakket heeft; dat worden keuzelijsten. `aanroepbaar`: processen
    van andere pakketten, sleutel naar naam.
    """
    keuzes = {soort: [{"name": naam, "value": naam} for naam in sorted(waarden)] for soort, waarden in namen.items()}
    blokken = [_met_keuzes(element_template(blok, huidige_taal()), keuzes) for blok in bouwblokken.values()]
    taken = [_taak(keuzes, inwoner=False), _taak(keuzes, inwoner=True), _beslissing(keuzes)]
    return [_met_icoon(deel) for deel in (*taken, *blokken, *(_aanroep(s, n) for s, n in aanroepbaar.items()))]


def _met_keuzes(sjabloon: Json, keuzes: Mapping[str, list[Json]]) -> Json:
    """Een instelling die naar iets in het pakket verwijst wordt een keuzelijst; wat er altijd is, staat als verplichte invoer al ingevuld."""
    altijd = {naam for naam, *_ in ALTIJD}
    for eigenschap in sjabloon["properties"]:
        soort, invoer = eigenschap["binding"].get("key", ""), eigenschap["binding"].get("name", "")
        verplicht = eigenschap.get("constraints", {}).get("notEmpty")
        if eigenschap["binding"]["type"] == "zeebe:input" and verplicht and invoer in altijd:
            eigenschap["value"] = f"={invoer}"
        if eigenschap["type"] == "String" and keuzes.get(soort):
            leeg = [] if verplicht else [{"name": "", "value": ""}]
            eigenschap |= {"type": "Dropdown", "choices": [*leeg, *keuzes[soort]]}
    return sjabloon


def _met_icoon(sjabloon: Json) -> Json:
    """Twee letters van de groep: aan het diagram is zo te zien wat voor stap het is."""
    beeld = base64.b64encode(ICOON.format(sjabloon["category"]["name"][:2]).encode()).decode()
    return {**sjabloon, "icon": {"contents": f"data:image/svg+xml;base64,{beeld}"}}


def _sjabloon(sleutel: str, naam: str, uitleg: str, groep: str, soort: str, eigenschappen: list[Json]) -> Json:
    return {
        "id": f"nl.dienstverlening.{sleutel}", "version": 1, "name": naam, "description": uitleg,
        "category": {"id": groep, "name": str(GROEPEN[groep])}, "appliesTo": ["bpmn:Task", soort], "elementType": {"value": soort},
        "properties": eigenschappen,
    }  # fmt: skip


def _keuze(sleutel: str, naam: str, binding: Json, keuzes: list[Json], uitleg: str = "") -> Json:
    vorm: Json = {"type": "Dropdown", "choices": keuzes} if keuzes else {"type": "String"}
    return {"id": sleutel, "label": naam, "description": uitleg, "binding": binding, **vorm}


def _taak(keuzes: Mapping[str, list[Json]], *, inwoner: bool) -> Json:
    formulier = _keuze(
        "formulier", vertaal("Formulier"), {"type": "zeebe:formDefinition", "property": "formId"}, keuzes.get("formulier", []),
        vertaal("Wat er ingevuld wordt; u maakt het onder Formulier."),
    )  # fmt: skip
    uiterlijk = {
        "id": "uiterlijk", "label": vertaal("Uiterlijk klaar"), "type": "String", "feel": "required", "optional": True,
        "description": vertaal('Een moment, bijvoorbeeld = now() + duration("P14D").'),
        "binding": {"type": "zeebe:taskSchedule", "property": "dueDate"},
    }  # fmt: skip
    if inwoner:
        voor: Json = {
            "type": "Hidden",
            "value": "initiator",
            "binding": {"type": "zeebe:property", "name": "doelgroep"},
        }
        uitleg = vertaal("De aanvrager vult iets in bij MijnGemeente.")
        return _sjabloon(
            "taak.inwoner",
            vertaal("Taak voor de inwoner"),
            uitleg,
            "Taken",
            "bpmn:UserTask",
            [formulier, uiterlijk, voor],
        )
    groepen = _keuze(
        "groepen", vertaal("Groepen"), {"type": "zeebe:assignmentDefinition", "property": "candidateGroups"}, [],
        vertaal("Welke groepen deze taak in hun werklijst krijgen."),
    )  # fmt: skip
    uitleg = vertaal("Een medewerker vult iets in.")
    return _sjabloon(
        "taak.medewerker",
        vertaal("Taak voor een medewerker"),
        uitleg,
        "Taken",
        "bpmn:UserTask",
        [formulier, groepen, uiterlijk],
    )


def _beslissing(keuzes: Mapping[str, list[Json]]) -> Json:
    beslissing = _keuze(
        "beslissing", vertaal("Beslissing"), {"type": "zeebe:calledDecision", "property": "decisionId"}, keuzes.get("beslissing", []),
        vertaal("De tabellen staan onder Beslissingen."),
    )  # fmt: skip
    uitkomst = _keuze(
        "uitkomst", vertaal("Uitkomst in variabele"), {"type": "zeebe:calledDecision", "property": "resultVariable"}, []
    )
    peildatum = {
        "id": "peildatum", "label": vertaal("Peildatum"), "type": "String", "feel": "required", "optional": True,
        "description": vertaal("Welke regels gelden: die van vandaag, tenzij u hier een datum kiest."),
        "binding": {"type": "zeebe:property", "name": "peildatum"},
    }  # fmt: skip
    uitleg = vertaal("Laat een beslistabel de uitkomst bepalen.")
    return _sjabloon(
        "beslissing",
        vertaal("Beslissing nemen"),
        uitleg,
        "Beslissingen",
        "bpmn:BusinessRuleTask",
        [beslissing, uitkomst, peildatum],
    )


def _aanroep(sleutel: str, naam: str) -> Json:
    proces = {"type": "Hidden", "value": sleutel, "binding": {"type": "zeebe:calledElement", "property": "processId"}}
    uitleg = vertaal("Een heel proces als één stap; het staat in een ander pakket.")
    return _sjabloon(f"proces.{sleutel}", naam or sleutel, uitleg, "Processen", "bpmn:CallActivity", [proces])


# --- variabelen --------------------------------------------------------------------------------------------------------------------

ALTIJD = (
    ("verzoek", "string", {"nl": "Het adres van het verzoek.", "en": "The address of the request."}),
    (
        "zaak",
        "string",
        {"nl": "Het adres van de zaak, zodra die er is.", "en": "The address of the case, once it exists."},
    ),
    ("zaaknummer", "string", {"nl": "Het nummer van de zaak.", "en": "The number of the case."}),
)


def variabelen(bestanden: Mapping[str, bytes], proces: str) -> Iterator[Json]:
    """Wat er is als dit proces begint: de gegevens van het verzoek dat het start, en wat de zaakafhandeling meegeeft."""
    for naam, soort, uitleg in ALTIJD:
        yield {"naam": naam, "soort": soort, "uitleg": kies(uitleg)}
    soorten = {start.get("verzoektype") for start in kop(bestanden).get("starts", ()) if start.get("proces") == proces}
    for verzoektype in delen(bestanden, "verzoektypen").values():
        if verzoektype.get("naam") in soorten:
            for naam, schema in verzoektype.get("gegevensSchema", {}).get("properties", {}).items():
                yield {"naam": naam, "soort": str(schema.get("type", "")), "uitleg": str(schema.get("title", ""))}


# --- controle ----------------------------------------------------------------------------------------------------------------------


def kijk_proces_na(motor: Motor, bpmn: bytes, bestanden: Mapping[str, bytes]) -> list[Json]:
    """De controle bij het neerzetten, en of alles waar het model naar verwijst in dit pakket bestaat: [{element, code, tekst, remedie, ernst}].

    `bestanden` zijn die van de werkversie. Is het pakket niet te lezen, dan blijven de verwijzingen buiten beschouwing.
    """
    try:
        beslissingen = in_map(bestanden, "beslissingen").values()
        bevindingen = motor.controleer(bpmn, [inhoud.decode(errors="replace") for inhoud in beslissingen])
    except ModelGeweigerd as fout:
        bevindingen = list(fout.bevindingen)
    return [_als_json(bevinding) for bevinding in (*bevindingen, *_verwijzingen(motor, bpmn, bestanden))]


def _verwijzingen(motor: Motor, bpmn: bytes, bestanden: Mapping[str, bytes]) -> Iterator[Bevinding]:
    try:
        pakket = lees_bestanden(bestanden)
    except PakketFout:  # dat meldt het overzicht; half gelezen zou alles ten onrechte fout heten
        return
    yield from van_proces(bpmn, bekende_namen(pakket, frozenset(processen_van(pakket, motor))))


def _als_json(bevinding: Bevinding) -> Json:
    return {
        "element": bevinding.element, "code": bevinding.code, "ernst": "fout",
        "tekst": kies({"nl": bevinding.nl, "en": bevinding.en}),
        "remedie": kies({"nl": bevinding.remedie_nl, "en": bevinding.remedie_en}),
    }  # fmt: skip
