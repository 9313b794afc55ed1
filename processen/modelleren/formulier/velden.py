"""Het formulier van één vraag, en heen en weer naar het onderdeel in de definitie."""

import html
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from wtforms import Form

from formuliermotor.componenten import maak_schoon
from huisstijl import lui, vertaal
from huisstijl.velden import GetalVeld, Optie, SelectVeld, TekstvakVeld, TekstVeld, VinkjeVeld
from processen.modelleren.formulier import voorwaarde
from processen.modelleren.formulier.soorten import OP_TYPE, SAMENGESTELD, Soort
from processen.modelleren.formulier.werk import Component, slak

GEEN = Soort("", "", "", frozenset())
LENGTE = 200
_ALINEA = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_EIGEN_SLEUTELS = frozenset({
    "type", "key", "label", "description", "html", "validate", "values", "data", "prefill", "toonAls", "maxNumberOfFiles",
    "grootsteMb", "conditional",
})  # fmt: skip
"""Wat dit formulier zelf schrijft; al het andere van een onderdeel blijft staan."""


def vraagformulier(soort: str, eerdere: Iterable[Component], bronnen: list[Optie], **invoer: Any) -> Form:
    """De velden die bij deze soort horen. `bronnen` zijn de gegevens waarmee een vraag al ingevuld kan zijn."""
    heeft = OP_TYPE.get(soort, GEEN).velden
    velden: dict[str, Any] = _uitleg() if "uitleg" in heeft else _label(samengesteld=soort in SAMENGESTELD)
    if "keuzen" in heeft:
        velden |= _keuzen()
    if "lengte" in heeft:
        velden["hoogstens"] = GetalVeld(lui("Hoogste aantal tekens"), verplicht=False, decimalen=0, breedte=8)
    if "grenzen" in heeft:
        velden["minimum"] = GetalVeld(lui("Laagste waarde"), verplicht=False, breedte=12)
        velden["maximum"] = GetalVeld(lui("Hoogste waarde"), verplicht=False, breedte=12)
    if "bestanden" in heeft:
        velden["aantal"] = GetalVeld(lui("Hoogste aantal bestanden"), verplicht=False, decimalen=0, breedte=8)
    if soort in OP_TYPE and "uitleg" not in heeft:
        velden["verplicht"] = VinkjeVeld(lui("Iedereen moet dit invullen"), verplicht=False)
        if soort not in ("file", "selectboxes", "checkbox"):
            velden["bron"] = SelectVeld(
                lui("Al ingevuld met"), verplicht=False, opties=bronnen,
                hulptekst=lui("De inwoner ziet dit gegeven en hoeft het niet te typen."),
            )  # fmt: skip
    velden |= _tonen(voorwaarde.opties(eerdere))
    formulier: Form = type("Vraagformulier", (Vraagbasis,), velden)(**invoer)
    return formulier


class Vraagbasis(Form):
    """Wat bij elke soort nagekeken wordt."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Ook wat over meer velden gaat: de voorwaarde, de grenzen en de keuzen."""
        goed = super().validate(extra_validators)
        for naam, fout in _fouten(self.data):
            self[naam].errors = [*self[naam].errors, fout]
            goed = False
        return goed


def _fouten(data: dict[str, Any]) -> Iterable[tuple[str, str]]:
    try:
        feel = voorwaarde.als_feel(data.get("toon") or "", data.get("toon_getal") or "", data.get("toon_eigen") or "")
    except ValueError as fout:
        yield "toon_getal", str(fout)
    else:
        if data.get("toon") == voorwaarde.EIGEN and not feel:
            yield "toon_eigen", vertaal("Schrijf de voorwaarde op, of kies een andere.")
    onder, boven = data.get("minimum"), data.get("maximum")
    if onder is not None and boven is not None and onder > boven:
        yield "maximum", vertaal("De hoogste waarde is lager dan de laagste.")
    if "keuzen" in data and len(_regels(data["keuzen"])) < 1:
        yield "keuzen", vertaal("Schrijf minstens één mogelijkheid op.")


def _label(*, samengesteld: bool) -> dict[str, Any]:
    vraag = lui("Kop") if samengesteld else lui("Vraag")
    return {
        "label_nl": TekstVeld(vraag, verplicht=not samengesteld, hulptekst=lui("Zoals de inwoner het leest. Kort, en in gewone woorden.")),
        "label_en": TekstVeld(lui("Vraag in het Engels"), verplicht=False),
        "hulp_nl": TekstVeld(lui("Hulptekst"), verplicht=False, hulptekst=lui("Eén zin onder de vraag, bijvoorbeeld waar iemand het kan vinden.")),
        "hulp_en": TekstVeld(lui("Hulptekst in het Engels"), verplicht=False),
    }  # fmt: skip


def _uitleg() -> dict[str, Any]:
    hulp = lui("Een lege regel begint een nieuwe alinea. Eenvoudige opmaak mag: <strong>, <ul>, <li> en <a href>.")
    return {
        "html_nl": TekstvakVeld(lui("Uitleg"), hulptekst=hulp),
        "html_en": TekstvakVeld(lui("Uitleg in het Engels"), verplicht=False),
    }


def _keuzen() -> dict[str, Any]:
    hulp = lui("Eén mogelijkheid per regel. Zet het Engels erachter met een streepje ertussen: Ja | Yes.")
    return {"keuzen": TekstvakVeld(lui("Mogelijkheden"), hulptekst=hulp)}


def _tonen(opties: list[Optie]) -> dict[str, Any]:
    return {
        "toon": SelectVeld(
            lui("Wanneer te zien?"), verplicht=False, opties=[o for o in opties if o.waarde],
            hulptekst=lui("Leeg is altijd. U kiest uit antwoorden die eerder in het formulier staan."),
        ),
        "toon_getal": TekstVeld(
            lui("Bij welk getal?"), verplicht=False, breedte=12, hulptekst=lui("Alleen bij “is meer dan” en “is minder dan”.")
        ),
        "toon_eigen": TekstvakVeld(
            lui("Eigen voorwaarde"), verplicht=False, hulptekst=lui("Alleen bij een eigen voorwaarde. In FEEL, met de sleutels van de vragen.")
        ),
    }  # fmt: skip


# --- van onderdeel naar velden ---------------------------------------------------------------------------------------------


def naar_velden(deel: Component, eerdere: Iterable[Component]) -> dict[str, Any]:
    """De waarden van het formulier bij een bestaand onderdeel."""
    controles = deel.get("validate") or {}
    mogelijk = {optie.waarde for optie in voorwaarde.opties(eerdere)}
    toon, getal, eigen = voorwaarde.uit_feel(str(deel.get("toonAls") or ""), mogelijk)
    bron = deel.get("prefill") or {}
    return {
        **_teksten(deel, "label", "label"), **_teksten(deel, "description", "hulp"),
        "html_nl": _als_tekst(_taal(deel.get("html"), "nl")), "html_en": _als_tekst(_taal(deel.get("html"), "en")),
        "verplicht": bool(controles.get("required")), "hoogstens": _getal(controles.get("maxLength")),
        "minimum": _getal(controles.get("min")), "maximum": _getal(controles.get("max")),
        "aantal": _getal(deel.get("maxNumberOfFiles")), "keuzen": _keuzetekst(deel),
        "bron": f"{bron.get('plugin')}:{bron.get('attribute')}" if bron.get("plugin") else "",
        "toon": toon, "toon_getal": getal, "toon_eigen": eigen,
    }  # fmt: skip


def _teksten(deel: Component, van: str, naar: str) -> dict[str, str]:
    return {f"{naar}_{taal}": _taal(deel.get(van), taal) for taal in ("nl", "en")}


def _taal(tekst: Any, taal: str) -> str:
    if isinstance(tekst, dict):
        return str(tekst.get(taal, ""))
    return str(tekst or "") if taal == "nl" else ""


def _getal(waarde: Any) -> Decimal | None:
    return None if waarde is None else Decimal(str(waarde))


def _keuzetekst(deel: Component) -> str:
    regels = []
    for keuze in voorwaarde.keuzen_van(deel):
        nl, en = _taal(keuze.get("label"), "nl") or str(keuze.get("value")), _taal(keuze.get("label"), "en")
        regels.append(f"{nl} | {en}" if en else nl)
    return "\n".join(regels)


def _als_tekst(opmaak: str) -> str:
    """Alinea's als gewone tekst; is er meer opmaak, dan de opmaak zelf."""
    alineas = _ALINEA.findall(opmaak)
    if alineas and "<" not in "".join(alineas) and not _ALINEA.sub("", opmaak).strip():
        return "\n\n".join(html.unescape(alinea.strip()) for alinea in alineas)
    return opmaak


# --- van velden naar onderdeel ---------------------------------------------------------------------------------------------


def naar_vraag(soort: str, data: dict[str, Any], oud: Component) -> Component:
    """Het onderdeel uit de ingevulde velden; wat dit formulier niet kent komt uit `oud`."""
    uit: Component = {"type": soort, **{n: w for n, w in oud.items() if n not in _EIGEN_SLEUTELS}}
    _zet(uit, "label", _per_taal(data, "label"))
    _zet(uit, "description", _per_taal(data, "hulp"))
    _zet(uit, "html", _opmaak(data))
    _zet(uit, "validate", _controles(data, oud.get("validate") or {}))
    if "keuzen" in data:
        keuzen = _keuzes(data["keuzen"] or "", voorwaarde.keuzen_van(oud))
        uit |= {"data": {"values": keuzen}} if soort == "select" else {"values": keuzen}
    if data.get("aantal"):
        uit["maxNumberOfFiles"] = int(data["aantal"])
    if oud.get("grootsteMb"):
        uit["grootsteMb"] = oud["grootsteMb"]
    if data.get("bron"):
        plugin, _, attribuut = data["bron"].partition(":")
        uit["prefill"] = {"plugin": plugin, "attribute": attribuut}
    feel = voorwaarde.als_feel(data.get("toon") or "", data.get("toon_getal") or "", data.get("toon_eigen") or "")
    _zet(uit, "toonAls", feel)
    if oud.get("conditional"):
        uit["conditional"] = oud["conditional"]
    return uit


def _zet(uit: Component, naam: str, waarde: Any) -> None:
    if waarde:
        uit[naam] = waarde


def _per_taal(data: dict[str, Any], naam: str) -> dict[str, str]:
    gevuld = {taal: str(data.get(f"{naam}_{taal}") or "").strip() for taal in ("nl", "en")}
    return {taal: tekst for taal, tekst in gevuld.items() if tekst}


def _opmaak(data: dict[str, Any]) -> dict[str, str]:
    return maak_schoon({taal: _als_html(tekst) for taal, tekst in _per_taal(data, "html").items()})


def _als_html(tekst: str) -> str:
    if "<" in tekst:
        return tekst
    alineas = [deel.strip() for deel in re.split(r"\n\s*\n", tekst.replace("\r\n", "\n")) if deel.strip()]
    return "".join(f"<p>{html.escape(alinea, quote=False)}</p>" for alinea in alineas)


def _controles(data: dict[str, Any], oud: dict[str, Any]) -> dict[str, Any]:
    """`validate`: wat hier te kiezen is, en wat er verder al stond (patroon, regels)."""
    uit = {n: w for n, w in oud.items() if n not in ("required", "maxLength", "min", "max")}
    if data.get("verplicht"):
        uit["required"] = True
    for veld, naam in (("hoogstens", "maxLength"), ("minimum", "min"), ("maximum", "max")):
        if data.get(veld) is not None:
            uit[naam] = _als_json(data[veld])
    return uit


def _als_json(getal: Decimal) -> int | float:
    return int(getal) if getal == getal.to_integral_value() else float(getal)


def _regels(tekst: Any) -> list[str]:
    return [regel.strip() for regel in str(tekst or "").splitlines() if regel.strip()]


def _keuzes(tekst: str, oud: list[Component]) -> list[Component]:
    """De mogelijkheden. Een bekende tekst, of bij evenveel regels dezelfde plek, houdt haar waarde: voorwaarden blijven dan kloppen."""
    regels, bekend = _regels(tekst), {_taal(k.get("label"), "nl"): k for k in oud}
    uit: list[Component] = []
    for plek, regel in enumerate(regels):
        nl, _, en = (deel.strip() for deel in regel.partition("|"))
        vorige = bekend.get(nl) or (
            oud[plek] if len(oud) == len(regels) and _taal(oud[plek].get("label"), "nl") not in _namen(regels) else {}
        )
        waarde = str(vorige.get("value") or "") or slak(nl, "-") or f"keuze-{plek + 1}"
        while waarde in {keuze["value"] for keuze in uit}:
            waarde += "-2"
        uit.append({**vorige, "value": waarde, "label": {"nl": nl} | ({"en": en} if en else {})})
    return uit


def _namen(regels: list[str]) -> set[str]:
    return {regel.partition("|")[0].strip() for regel in regels}


__all__ = ["naar_velden", "naar_vraag", "vraagformulier"]
