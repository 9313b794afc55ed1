"""Een formulier voor een type of onderdeel, uit het schema van de Catalogi API: elk veld dat een beheerder kan invullen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from wtforms import Form
from wtforms.form import BaseForm

from dienstverlening.catalogus.inhoud import Soort
from dienstverlening.catalogus.vergelijken import gewone_naam
from huisstijl import kies
from huisstijl.velden import (
    DatumVeld,
    GetalVeld,
    JaNeeVeld,
    MeerkeuzeVeld,
    Optie,
    SelectVeld,
    TekstvakVeld,
    TekstVeld,
)
from integratie.basis import Schema
from kern.fouten import ParamFout

# Van de plek waar het staat, afgeleid, of een lijst van groepen (die blijven zoals ze zijn).
NIET_IN_TE_VULLEN = frozenset(
    {
        "catalogus",
        "zaaktype",
        "beginObject",
        "eindeObject",
        "gerelateerdeZaaktypen",
        "checklistitemStatustype",
        "eigenschappen",
    }
)
VAN_HET_ZAAKTYPE = frozenset({"beginGeldigheid", "eindeGeldigheid"})
LANGE_TEKST = 200
DUUR = {
    "nl": "Bijvoorbeeld P56D (56 dagen) of P1Y6M (anderhalf jaar)",
    "en": "For example P56D (56 days) or P1Y6M (a year and a half)",
}
Keuzen = Mapping[str, list[Optie]]


@dataclass(frozen=True)
class Veldsoort:
    """Eén veld van het schema: waar het in de JSON staat en van welke soort het is."""

    pad: tuple[str, ...]
    soort: str
    verplicht: bool
    leeg: Any
    opties: tuple[str, ...] = ()

    @property
    def naam(self) -> str:
        return "__".join(self.pad)

    @property
    def label(self) -> str:
        return ", ".join(gewone_naam(deel) for deel in self.pad).capitalize()


def veldsoorten(schema: type[Schema], *, onderdeel: bool) -> list[Veldsoort]:
    """De in te vullen velden van een schema, in zijn volgorde; een groep is uitgeschreven."""
    document = schema.model_json_schema(by_alias=True)
    weg = NIET_IN_TE_VULLEN | (VAN_HET_ZAAKTYPE if onderdeel else frozenset())
    return [veld for veld in _uit(document, document.get("$defs", {}), ()) if veld.pad[0] not in weg]


def _uit(groep: Mapping[str, Any], definities: Mapping[str, Any], voor: tuple[str, ...]) -> Iterator[Veldsoort]:
    for naam, ruw in groep["properties"].items():
        delen = [_opgelost(deel, definities) for deel in ruw.get("anyOf", [ruw])]
        mag_null = any(deel.get("type") == "null" for deel in delen)
        gevuld = [deel for deel in delen if deel.get("type") != "null" and deel.get("const") != ""]
        eigen = gevuld[0] if gevuld else {}
        if "properties" in eigen:
            yield from _uit(eigen, definities, (*voor, naam))
            continue
        soort, opties = _soort(eigen)
        zonder: Any = [] if soort == "lijst" else None if mag_null or soort in ("ja_nee", "getal", "datum") else ""
        leeg = ruw.get("default", zonder)
        verplicht = naam in groep.get("required", []) and not voor and soort != "lijst"
        yield Veldsoort((*voor, naam), soort, verplicht, leeg, opties)


def _opgelost(deel: Mapping[str, Any], definities: Mapping[str, Any]) -> Mapping[str, Any]:
    verwijzing = deel.get("$ref", "")
    return definities[verwijzing.rpartition("/")[2]] if verwijzing else deel


def _soort(eigen: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    if "enum" in eigen:
        return "keuze", tuple(waarde for waarde in eigen["enum"] if waarde)
    vorm = eigen.get("format", "")
    if vorm in ("date", "duration"):
        return ("datum" if vorm == "date" else "duur"), ()
    soorten = {"boolean": "ja_nee", "integer": "getal", "array": "lijst"}
    kort = vorm == "uri" or eigen.get("maxLength", LANGE_TEKST + 1) <= LANGE_TEKST
    return soorten.get(eigen.get("type", ""), "tekst" if kort else "lange_tekst"), ()


def maak_formulier(
    soort: Soort, *, onderdeel: bool, keuzen: Keuzen, rij: Mapping[str, Any], invoer: Any = None
) -> BaseForm:
    """Het formulier, gevuld met de bestaande resource (`rij`) en daarna met wat iemand instuurde."""
    velden = veldsoorten(soort.schema, onderdeel=onderdeel)
    klasse = type("Formulier", (Form,), {veld.naam: _veld(veld, keuzen) for veld in velden})
    gegevens = {veld.naam: _uit_rij(rij, veld, soort) for veld in velden}
    formulier: BaseForm = klasse(invoer, data=gegevens)
    return formulier


def _veld(veld: Veldsoort, keuzen: Keuzen) -> Any:
    opties = keuzen.get(veld.pad[-1])
    if veld.soort == "lijst":
        if opties is not None:
            return MeerkeuzeVeld(veld.label, opties=opties, verplicht=False)
        return TekstvakVeld(veld.label, hulptekst=kies({"nl": "Eén per regel", "en": "One per line"}), verplicht=False)
    if veld.soort == "keuze":
        opties = [Optie(naam, naam.replace("_", " ")) for naam in veld.opties]
    if opties:
        return SelectVeld(veld.label, opties=opties, verplicht=veld.verplicht)
    soorten: dict[str, Any] = {
        "ja_nee": JaNeeVeld,
        "datum": DatumVeld,
        "lange_tekst": TekstvakVeld,
        "getal": partial(GetalVeld, decimalen=0),
        "duur": partial(TekstVeld, hulptekst=kies(DUUR)),
    }
    return soorten.get(veld.soort, TekstVeld)(veld.label, verplicht=veld.verplicht)


def _uit_rij(rij: Mapping[str, Any], veld: Veldsoort, soort: Soort) -> Any:
    waarde: Any = rij
    for stap in veld.pad:
        waarde = waarde.get(stap) if isinstance(waarde, Mapping) else None
    if veld.pad[0] in soort.verwijzingen:
        return list(rij.get(soort.verwijzingen[veld.pad[0]][1], []))
    if veld.soort == "lijst" and isinstance(waarde, list):
        return "\n".join(map(str, waarde))
    return Decimal(waarde) if veld.soort == "getal" and waarde is not None else waarde


def naar_json(soort: Soort, formulier: BaseForm, *, onderdeel: bool) -> dict[str, Any]:
    """Wat de Catalogi API krijgt; een lege groep blijft weg."""
    uit: dict[str, Any] = {}
    for veld in veldsoorten(soort.schema, onderdeel=onderdeel):
        waarde = _waarde(formulier[veld.naam].data, veld)
        doel = uit
        for stap in veld.pad[:-1]:
            doel = doel.setdefault(stap, {})
        if waarde is not None or len(veld.pad) == 1:
            doel[veld.pad[-1]] = waarde
    return {naam: None if deel == {} or _alleen_leeg(deel) else deel for naam, deel in uit.items()}


def _alleen_leeg(deel: Any) -> bool:
    return isinstance(deel, dict) and not any(deel.values())


def _waarde(waarde: Any, veld: Veldsoort) -> Any:
    if waarde in (None, ""):
        return veld.leeg
    if veld.soort == "lijst":
        return waarde if isinstance(waarde, list) else [regel.strip() for regel in waarde.splitlines() if regel.strip()]
    if veld.soort == "datum":
        return waarde.isoformat()
    return int(waarde) if veld.soort == "getal" else waarde


def zet_fouten(formulier: BaseForm, fouten: tuple[ParamFout, ...]) -> list[str]:
    """Zet de fouten van de API bij hun veld; geeft de teksten van wat bij geen veld hoort."""
    los = []
    for fout in fouten:
        delen = [deel for deel in fout.naam.split(".") if not deel.isdigit()]
        naam = "__".join(delen)
        if naam in formulier:
            formulier[naam].errors = [*formulier[naam].errors, f"{formulier[naam].label.text}: {fout.reden}"]
        else:
            los.append(fout.reden if fout.naam == "nonFieldErrors" else f"{gewone_naam(fout.naam)}: {fout.reden}")
    return los
