"""
Antwoorden in drie vormen, en de weg ertussen.

* bewaard (JSON): tekst, getal (int of float), bool, lijst, object; een datum als `2026-03-01`. Dit is wat een inzending is.
* veld: wat de velden van de huisstijl gebruiken (Decimal, date).
* FEEL: als veld, maar een adres en een rij blijven een object.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from formuliermotor import eigen
from formuliermotor.componenten import (
    Adres,
    Bedrag,
    Bestand,
    Component,
    Datum,
    EigenVraag,
    Getal,
    Herhaling,
    MetKeuzes,
    Vinkje,
    Vinkjes,
    Vraag,
    vragen_van,
)
from formuliermotor.definitie import Formulierdefinitie
from formuliermotor.teksten import vertaal
from huisstijl.filters import bedrag, datum, getal
from huisstijl.taal import kies

Waarden = dict[str, Any]
Bestandsverwijzing = dict[str, Any]
"""Een bewaard bestand: `id`, `naam`, `grootte` (bytes) en `mediatype`."""

CIJFERS: Final = 15  # zoveel kan een JSON-getal precies aan


def naar_json(vraag: Vraag, waarde: Any) -> Any:
    """De bewaarde vorm van wat een veld las; leeg is None."""
    if waarde is None or waarde in ("", []):
        return None
    if isinstance(vraag, EigenVraag):
        return eigen.lees(vraag, waarde)
    if isinstance(waarde, Decimal):
        return int(waarde) if waarde == waarde.to_integral_value() else float(waarde)
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(vraag, Adres):
        return _adres(waarde)
    return waarde


def _adres(waarde: Any) -> Waarden | None:
    if not isinstance(waarde, Mapping):
        return None
    nummer = str(waarde.get("huisnummer") or "")
    cijfers = nummer.isascii() and nummer.isdigit() and len(nummer) <= len("99999")
    return {**waarde, **({"huisnummer": int(nummer)} if cijfers else {})}


def naar_veld(vraag: Vraag, waarde: Any) -> Any:
    """De veldvorm van een bewaarde waarde. Wat niet meer bij de vraag past (de definitie veranderde) is None."""
    if waarde is None:
        return None
    if isinstance(vraag, EigenVraag):
        return vraag.soort.in_veld(waarde, vraag.opties)
    omzetter = next((zet for soort, zet in _OMZETTERS if isinstance(vraag, soort)), _tekst)
    try:
        return omzetter(waarde)
    except (ValueError, TypeError, ArithmeticError):
        return None


def _tekst(waarde: Any) -> str | None:
    return waarde if isinstance(waarde, str) else None


def _getal(waarde: Any) -> Decimal | None:
    if isinstance(waarde, bool) or not isinstance(waarde, int | float | str):
        return None
    gelezen = Decimal(str(waarde))
    return gelezen if gelezen.is_finite() else None


def _lijst(waarde: Any) -> list[Any] | None:
    return [deel for deel in waarde if isinstance(deel, str)] if isinstance(waarde, list) else None


def _object(waarde: Any) -> dict[str, Any] | None:
    return dict(waarde) if isinstance(waarde, Mapping) else None


def bestanden_van(waarde: Any) -> list[Any]:
    """De verwijzingen van een vraag om bestanden: bij een concept of taak met `id`, in een verzoek met `informatieObject`."""
    if not isinstance(waarde, list):
        return []
    return [deel for deel in waarde if isinstance(deel, Mapping) and ("id" in deel or "informatieObject" in deel)]


def rijen_van(waarde: Any) -> list[Waarden]:
    """De rijen van een herhaling; wat geen rij is telt niet mee."""
    return [dict(rij) for rij in waarde if isinstance(rij, Mapping)] if isinstance(waarde, list) else []


_OMZETTERS: Final = (
    (Getal, _getal),
    (Bedrag, _getal),
    (Datum, date.fromisoformat),
    (Vinkjes, _lijst),
    (Vinkje, lambda waarde: waarde if isinstance(waarde, bool) else None),
    (Adres, _object),
    (Bestand, bestanden_van),
    (Herhaling, rijen_van),
)


def naar_feel(definitie: Formulierdefinitie, waarden: Mapping[str, Any]) -> Waarden:
    """De context voor expressies: elke vraag een naam (leeg is null), datums en getallen als zodanig."""
    return {
        sleutel: _feelwaarde(deel, waarden.get(sleutel))
        for sleutel, deel in definitie.onderdelen.items()
        if isinstance(deel, Vraag)
    }


def _feelwaarde(vraag: Vraag, waarde: Any) -> Any:
    if not isinstance(vraag, Herhaling):
        return naar_veld(vraag, waarde)
    binnen = list(vragen_van(vraag.components))
    return [rij_in_feel(binnen, rij) for rij in rijen_van(waarde)]


def rij_in_feel(binnen: list[Vraag], rij: Mapping[str, Any]) -> Waarden:
    """De context van één rij van een herhaling."""
    return {vraag.key: naar_veld(vraag, rij.get(vraag.key)) for vraag in binnen}


def toon(vraag: Component, waarde: Any) -> str:
    """Het antwoord als tekst in de huidige taal, voor samenvatting en PDF. Leeg blijft leeg."""
    gelezen = naar_veld(vraag, waarde) if isinstance(vraag, Vraag) else None
    if gelezen is None or gelezen in ("", [], {}):
        return ""
    if isinstance(vraag, EigenVraag):
        return str(vraag.soort.toon(waarde, vraag.opties))
    if isinstance(vraag, MetKeuzes):
        return _keuzetekst(vraag, gelezen)
    weergave = next((maak for soort, maak in _WEERGAVEN if isinstance(vraag, soort)), str)
    tekst = weergave(gelezen)
    eenheid = kies(vraag.suffix) if isinstance(vraag, Vraag) else ""
    return f"{tekst} {eenheid}" if eenheid else tekst


def _keuzetekst(vraag: MetKeuzes, waarde: str | list[str]) -> str:
    gekozen = [waarde] if isinstance(waarde, str) else waarde
    labels = {keuze.value: kies(keuze.label) for keuze in vraag.keuzes}
    return "\n".join(labels.get(deel, deel) for deel in gekozen)


def _adrestekst(adres: Mapping[str, Any]) -> str:
    deel = {naam: str(waarde) for naam, waarde in adres.items() if waarde}
    nummer = deel.get("huisnummer", "") + deel.get("huisletter", "")
    nummer += f"-{deel['toevoeging']}" if "toevoeging" in deel else ""
    code = deel.get("postcode", "")
    code = f"{code[:4]} {code[4:]}".strip()
    if "straat" not in deel:
        return f"{code} {nummer}".strip()
    return f"{deel['straat']} {nummer}\n{code} {deel.get('plaats', '')}".strip()


_WEERGAVEN: Final = (
    (Getal, getal),
    (Bedrag, bedrag),
    (Datum, datum),
    (Vinkje, lambda waarde: vertaal("Ja") if waarde else vertaal("Nee")),
    (Adres, _adrestekst),
    (Bestand, lambda waarde: "\n".join(str(deel.get("naam", "")) for deel in waarde)),
)
