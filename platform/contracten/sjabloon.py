"""Het element template van een bouwblok (voor de modelleur in bpmn-js) en zijn documentatie, afgeleid uit de klasse."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from contracten.bouwblok import AnyBouwblok, Gegevens, Tekst, mag_als_invoer
from contracten.veldteksten import catalogus_van
from huisstijl import kies
from huisstijl.taal import STANDAARDTAAL

SCHEMA = "https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json"
GROEPEN = {
    "configuratie": Tekst("Instellingen", "Settings"),
    "invoer": Tekst("Invoer", "Input"),
    "uitvoer": Tekst("Uitvoer", "Output"),
    "herhaling": Tekst("Bij een storing", "On a failure"),
}
IN_WELKE_VARIABELE = Tekst("In welke variabele komt dit?", "Which variable does this go into?")
HERHALINGEN = Tekst("Aantal herhalingen", "Number of retries")
HERHALINGEN_UITLEG = Tekst(
    "Zo vaak wordt een mislukte poging herhaald voordat er een incident is.",
    "How often a failed attempt is repeated before there is an incident.",
)
Eigenschap = dict[str, Any]


def element_template(blok: AnyBouwblok, taal: str = STANDAARDTAAL) -> dict[str, Any]:
    """Het template als JSON-object, in de vorm van bpmn-js-element-templates (zeebe), met de teksten in `taal`."""
    return _Schrijver(blok, taal).template()


class _Schrijver:
    """Schrijft het template van één bouwblok in één taal."""

    def __init__(self, blok: AnyBouwblok, taal: str) -> None:
        self._blok, self._taal, self._catalogus = blok, taal, catalogus_van(blok)

    def template(self) -> dict[str, Any]:
        blok = self._blok
        return {
            "$schema": SCHEMA,
            "id": f"nl.dienstverlening.{blok.sleutel}",
            "version": blok.versie,
            "name": self._kies(blok.naam),
            "description": self._kies(blok.uitleg),
            "category": {"id": blok.groep.en, "name": self._kies(blok.groep)},
            "appliesTo": ["bpmn:Task", "bpmn:ServiceTask"],
            "elementType": {"value": "bpmn:ServiceTask"},
            "groups": [{"id": groep, "label": self._kies(label)} for groep, label in GROEPEN.items()],
            "properties": list(self._eigenschappen()),
        }

    def _kies(self, tekst: Tekst) -> str:
        return kies({"nl": tekst.nl, "en": tekst.en}, self._taal)

    def _vertaal(self, tekst: str) -> str:
        return self._catalogus.zoek(tekst, self._taal)

    def _eigenschappen(self) -> Iterator[Eigenschap]:
        soort = {"type": "zeebe:taskDefinition", "property": "type"}
        yield {"type": "Hidden", "value": self._blok.sleutel, "binding": soort}
        for naam, veld in velden(self._blok.Configuratie):
            binding = {"type": "zeebe:taskHeader", "key": naam}
            yield self._eigenschap(naam, veld, "configuratie", binding) | _vorm(veld)
        for naam, veld in velden(self._blok.Invoer):
            eigenschap = self._eigenschap(naam, veld, "invoer", {"type": "zeebe:input", "name": naam})
            yield (
                eigenschap | {"type": "String", "feel": "required"} | ({} if veld.is_required() else {"optional": True})
            )
        for naam, veld in velden(self._blok.Uitvoer):
            yield self._uitvoer(naam, veld)
        yield self._herhaling()

    def _uitvoer(self, naam: str, veld: FieldInfo) -> Eigenschap:
        return {
            "id": f"uitvoer-{naam}",
            "label": self._vertaal(_label(naam, veld)),
            "description": f"{self._vertaal(veld.description or '')} {self._kies(IN_WELKE_VARIABELE)}".strip(),
            "group": "uitvoer",
            "type": "String",
            "optional": True,
            "binding": {"type": "zeebe:output", "source": f"={naam}"},
        }

    def _herhaling(self) -> Eigenschap:
        return {
            "id": "herhaling",
            "label": self._kies(HERHALINGEN),
            "description": self._kies(HERHALINGEN_UITLEG),
            "group": "herhaling",
            "type": "String",
            "value": str(len(self._blok.herhaling.wachttijden)),
            "binding": {"type": "zeebe:taskDefinition", "property": "retries"},
        }

    def _eigenschap(self, naam: str, veld: FieldInfo, groep: str, binding: dict[str, str]) -> Eigenschap:
        label = self._vertaal(_label(naam, veld))
        eigenschap: Eigenschap = {"id": f"{groep}-{naam}", "label": label, "group": groep, "binding": binding}
        if veld.description:
            eigenschap["description"] = self._vertaal(veld.description)
        if veld.is_required():
            eigenschap["constraints"] = {"notEmpty": True}
        return eigenschap


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
