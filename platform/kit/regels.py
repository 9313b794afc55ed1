"""Regels die in elke registratie terugkomen, als functies die een regel maken."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, literal_column, select

from kern.fouten import ParamFout, Probleem
from kern.opdrachten import voer_uit
from kit.bron import Regel
from kit.nummers import Nummering
from kit.tabel import Gespiegeld
from kit.wijziging import STAAT_ER, Wijziging

Fouten = Iterable[ParamFout]
UITGEGEVEN = "uitgegeven nummer"


def onveranderlijk(*velden: str, leeg_mag: bool = False) -> Regel:
    """Deze velden (snake_case) krijgen na aanmaken geen andere waarde: `wijzigen-niet-toegelaten`. `leeg_mag`: weglaten telt niet."""

    def regel(w: Wijziging[Any]) -> Fouten:
        for veld in velden:
            if w.verandert(veld) and (w.waarden[veld] or not leeg_mag):
                yield ParamFout(
                    lijnnaam(w, veld), "wijzigen-niet-toegelaten", "Dit veld is na aanmaken niet te wijzigen."
                )

    return regel


def verwijst_naar(veld: str, *verplicht: str, lijst: str = "", gepubliceerd: bool = True) -> Regel:
    """De URL in `veld` eindigt op 200, heeft de velden `verplicht` (vormcontrole) en is geen concept.

    `lijst` is waar zulke resources in hun API staan (`roltypen`): bij een API die wij kennen is dat ook een eis.
    Codes: `bad-url`, `invalid-resource`, `not-published` (regels 1.7).
    """

    def regel(w: Wijziging[Any]) -> Fouten:
        url = getattr(w.nieuw, veld)
        if not url or not (w.aanmaken or w.verandert(veld)):
            return
        gevonden = w.opgegeven(url)
        code = _toets(gevonden, verplicht, gepubliceerd=gepubliceerd)
        if code in ("", "not-published") and not staat_in(w, url, lijst):
            code = "invalid-resource"
        if code:
            yield ParamFout(lijnnaam(w, veld), code, UITLEG[code])
        elif gevonden is not None:
            _maak_canoniek(w, veld, gevonden)

    return regel


def staat_in(w: Wijziging[Any], url: str, lijst: str) -> bool:
    """Staat deze resource in deze lijst van haar API (`zaken`, `roltypen`)? Van een API die wij niet kennen is dat niet te zeggen."""
    opslag = w.omgeving.diensten.naar_opslag(url)
    return not lijst or opslag == url or opslag.partition(":")[2].partition("/")[0] == lijst


def _maak_canoniek(w: Wijziging[Any], veld: str, gevonden: dict[str, Any]) -> None:
    """Bewaar de URL zoals de resource zichzelf noemt: rechten en filters vergelijken die als tekst."""
    gegeven, eigen = w.waarden[veld], w.omgeving.diensten.naar_opslag(str(gevonden.get("url", "")))
    if isinstance(gegeven, str) and eigen.partition(":")[0] == gegeven.partition(":")[0]:
        w.waarden[veld] = eigen


def is_ingericht(w: Wijziging[Any], url: str) -> bool:
    """Is dit een adres van een dienst die dit platform kent, en is die dienst er?"""
    dienst = w.omgeving.diensten.bij_url(url)
    if dienst is None or not dienst.eigen:
        return dienst is not None
    sleutel = f"ingericht {dienst.naam}"
    if sleutel not in w.geheugen:
        w.geheugen[sleutel] = w.omgeving.ophaler.bestaat(dienst.naam)
    return bool(w.geheugen[sleutel])


UITLEG = {
    "bad-url": "Achter deze URL is niets te vinden.",
    "invalid-resource": "Achter deze URL staat iets anders dan hier hoort.",
    "not-published": "Dit type is nog een concept.",
}


def _toets(gevonden: dict[str, Any] | None, verplicht: tuple[str, ...], *, gepubliceerd: bool) -> str:
    if gevonden is None:
        return "bad-url"
    if not all(naam in gevonden for naam in verplicht):
        return "invalid-resource"
    return "not-published" if gepubliceerd and gevonden.get("concept") else ""


def uniek(*velden: str, code: str = "unique", naam: str = "nonFieldErrors") -> Regel:
    """De combinatie van deze kolommen komt niet al voor. Loopt in de transactie (`binnen`)."""

    def regel(w: Wijziging[Any]) -> Fouten:
        waarden = {veld: w.waarden.get(veld, (w.oud or {}).get(veld)) for veld in velden}
        if waarden.get("identificatie", "") == w.geheugen.get(UITGEGEVEN):
            return  # een nummer dat net uitgegeven is, heeft niemand
        if STAAT_ER in w.geheugen:
            return  # de rij is al getoetst en neergezet; de tabel zelf weigert een tweede
        gevuld = {veld: waarde for veld, waarde in waarden.items() if waarde is not None}
        model: Any = w.bron.model
        vraag = _dezelfde(model, velden, tuple(gevuld))
        gevonden = voer_uit(w.verbinding, vraag, {"eigen": w.id, **gevuld}).fetchone()
        if gevonden and gevonden[0]:
            raise Probleem(409, detail="Hier is een ander verzoek nog mee bezig. Probeer het zo opnieuw.")
        if gevonden:
            yield ParamFout(naam, code, "Deze combinatie bestaat al.")

    return regel


@cache
def _dezelfde(model: Any, velden: tuple[str, ...], gevuld: tuple[str, ...]) -> Select[Any]:
    """De mark van een andere rij met deze waarden; wat niet gevuld is, is daar ook leeg."""
    mark = model.mark if issubclass(model, Gespiegeld) else literal_column("''")
    gelijk = [
        getattr(model, veld) == bindparam(veld) if veld in gevuld else getattr(model, veld).is_(None) for veld in velden
    ]
    return select(mark).where(model.id != bindparam("eigen"), *gelijk).limit(literal_column("1"))


def genummerd(nummering: Nummering, datumveld: str) -> Regel:
    """Een ontbrekende identificatie wordt `VOORVOEGSEL-jaar-nummer`, uniek ook bij gelijktijdige verzoeken; bij wijzigen blijft zij."""

    def regel(w: Wijziging[Any]) -> Fouten:
        if not w.waarden["identificatie"]:
            oud = (w.oud or {}).get("identificatie")
            if not oud:
                w.geheugen[UITGEGEVEN] = nummering.nieuw(w.verbinding, getattr(w.nieuw, datumveld).year)[0]
            w.waarden["identificatie"] = oud or w.geheugen[UITGEGEVEN]
        return ()

    return regel


def lijnnaam(w: Wijziging[Any], veld: str) -> str:
    """De naam van een veld op de lijn."""
    return w.bron.schrijf.model_fields[veld].alias or veld
