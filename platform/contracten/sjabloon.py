"""Het element template van een bouwblok (voor de modelleur in bpmn-js) en zijn documentatie, afgeleid uit de klasse."""

from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from contracten.bouwblok import AnyBouwblok, Gegevens, mag_als_invoer

SCHEMA = "https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json"
GROEPEN = [
    {"id": "configuratie", "label": "Instellingen"},
    {"id": "invoer", "label": "Invoer"},
    {"id": "uitvoer", "label": "Uitvoer"},
    {"id": "herhaling", "label": "Bij een storing"},
]
Eigenschap = dict[str, Any]


def element_template(blok: AnyBouwblok) -> dict[str, Any]:
    """Het template als JSON-object, in de vorm van bpmn-js-element-templates (zeebe)."""
    return {
        "$schema": SCHEMA,
        "id": f"nl.dienstverlening.{blok.sleutel}",
        "version": blok.versie,
        "name": blok.naam.nl,
        "description": blok.uitleg.nl,
        "category": {"id": blok.groep.en, "name": blok.groep.nl},
        "appliesTo": ["bpmn:Task", "bpmn:ServiceTask"],
        "elementType": {"value": "bpmn:ServiceTask"},
        "groups": GROEPEN,
        "properties": [
            {"type": "Hidden", "value": blok.sleutel, "binding": {"type": "zeebe:taskDefinition", "property": "type"}},
            *(_configuratie(naam, veld) for naam, veld in velden(blok.Configuratie)),
            *(_invoer(naam, veld) for naam, veld in velden(blok.Invoer)),
            *(_uitvoer(naam, veld) for naam, veld in velden(blok.Uitvoer)),
            _herhaling(blok),
        ],
    }


def velden(schema: type[Gegevens]) -> list[tuple[str, FieldInfo]]:
    """De velden van een schema met hun naam in het model."""
    return [(veld.alias or naam, veld) for naam, veld in schema.model_fields.items()]


def documentatie(blok: AnyBouwblok) -> str:
    """De beheerpagina van het bouwblok als Markdown."""
    engels = f"*In English: {blok.naam.en}. {blok.uitleg.en}*"
    delen = [f"# {blok.naam.nl}", f"`{blok.sleutel}` versie {blok.versie}", blok.uitleg.nl, engels]
    schemas = (("Instellingen", blok.Configuratie), ("Invoer", blok.Invoer), ("Uitvoer", blok.Uitvoer))
    delen += [f"## {kop}\n\n{_tabel(schema)}" for kop, schema in schemas if schema.model_fields]
    if blok.fouten:
        delen.append(
            "## Fouten\n\n" + "\n".join(f"* `{fout.code}`: {fout.uitleg.nl} *{fout.uitleg.en}*" for fout in blok.fouten)
        )
    return "\n\n".join(delen) + "\n"


def _tabel(schema: type[Gegevens]) -> str:
    regels = ["| Veld | Verplicht | Betekenis |", "|---|---|---|"]
    of_invoer = mag_als_invoer(schema)
    for naam, veld in velden(schema):
        verplicht = "hier of als invoer" if naam in of_invoer else "ja" if veld.is_required() else "nee"
        keuzes = (
            f" Kies uit {', '.join(f'`{keuze}`' for keuze in _keuzes(veld.annotation))}."
            if _keuzes(veld.annotation)
            else ""
        )
        regels.append(f"| `{naam}` | {verplicht} | {_label(naam, veld)}. {veld.description or ''}{keuzes} |")
    return "\n".join(regels)


def _configuratie(naam: str, veld: FieldInfo) -> Eigenschap:
    return _eigenschap(naam, veld, "configuratie", {"type": "zeebe:taskHeader", "key": naam}) | _vorm(veld)


def _invoer(naam: str, veld: FieldInfo) -> Eigenschap:
    eigenschap = _eigenschap(naam, veld, "invoer", {"type": "zeebe:input", "name": naam})
    return eigenschap | {"type": "String", "feel": "required"} | ({} if veld.is_required() else {"optional": True})


def _uitvoer(naam: str, veld: FieldInfo) -> Eigenschap:
    binding = {"type": "zeebe:output", "source": f"={naam}"}
    return {
        "id": f"uitvoer-{naam}",
        "label": _label(naam, veld),
        "description": f"{veld.description or ''} In welke variabele komt dit?".strip(),
        "group": "uitvoer",
        "type": "String",
        "optional": True,
        "binding": binding,
    }


def _herhaling(blok: AnyBouwblok) -> Eigenschap:
    return {
        "id": "herhaling",
        "label": "Aantal herhalingen",
        "description": "Zo vaak wordt een mislukte poging herhaald voordat er een incident is.",
        "group": "herhaling",
        "type": "String",
        "value": str(len(blok.herhaling.wachttijden)),
        "binding": {"type": "zeebe:taskDefinition", "property": "retries"},
    }


def _eigenschap(naam: str, veld: FieldInfo, groep: str, binding: dict[str, str]) -> Eigenschap:
    eigenschap: Eigenschap = {"id": f"{groep}-{naam}", "label": _label(naam, veld), "group": groep, "binding": binding}
    if veld.description:
        eigenschap["description"] = veld.description
    if veld.is_required():
        eigenschap["constraints"] = {"notEmpty": True}
    return eigenschap


def _label(naam: str, veld: FieldInfo) -> str:
    return veld.title or naam


def _vorm(veld: FieldInfo) -> Eigenschap:
    keuzes = _keuzes(veld.annotation)
    vorm: Eigenschap = {"type": "String"}
    if keuzes:
        vorm = {"type": "Dropdown", "choices": [{"name": keuze, "value": keuze} for keuze in keuzes]}
    if not veld.is_required() and veld.default is not None:
        vorm["value"] = _tekst(veld.default)
    return vorm


def _keuzes(annotatie: Any) -> list[str]:
    if annotatie is bool:
        return ["true", "false"]
    if get_origin(annotatie) is Literal:
        return [_tekst(keuze) for keuze in get_args(annotatie)]
    if isinstance(annotatie, type) and issubclass(annotatie, Enum):
        return [_tekst(keuze) for keuze in annotatie]
    return []


def _tekst(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    return str(waarde.value if isinstance(waarde, Enum) else waarde)
