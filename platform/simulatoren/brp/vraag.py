"""Het toetsen van een vraag aan de BRP: per zoekvraag de parameters, en alle fouten in één keer."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kern.fouten import ParamFout
from simulatoren.brp.velden import VANZELF, bestaat, toegestaan

MEESTE_NUMMERS = 20
MEESTE_VELDEN = 130

GESLACHTSNAAM = r"^[a-zA-Z0-9À-ž \.\-\']{1,200}$|^[a-zA-Z0-9À-ž \.\-\']{3,199}\*{1}$"
VOORNAMEN_OPTIONEEL = r"^[a-zA-Z0-9À-ž \.\-\']{1,199}\*{0,1}$"
STRAAT = r"^[a-zA-Z0-9À-ž \-\'\.]{1,80}$|^[a-zA-Z0-9À-ž \-\'\.]{7,79}\*{1}$|^\*{1}[a-zA-Z0-9À-ž \-\'\.]{7,79}$"
BSN = r"^[0-9]{9}$"
VELD = r"^[a-zA-Z0-9\._]{1,200}$"
BAG = r"^(?!0{16})[0-9]{16}$"

Toets = Callable[[str, Any], Iterator[ParamFout]]


def _patroon(patroon: str) -> Toets:
    def toets(naam: str, waarde: Any) -> Iterator[ParamFout]:
        if not isinstance(waarde, str) or not re.fullmatch(patroon, waarde):
            yield ParamFout(naam, "pattern", f"Waarde voldoet niet aan patroon {patroon}.")

    return toets


def _huisnummer(naam: str, waarde: Any) -> Iterator[ParamFout]:
    tekst = str(waarde)
    if isinstance(waarde, bool) or not re.fullmatch("[0-9]{1,5}", tekst) or int(tekst) == 0:
        yield ParamFout(naam, "integer", "Waarde is geen geldig getal.")


def _datum(naam: str, waarde: Any) -> Iterator[ParamFout]:
    try:
        goed = isinstance(waarde, str) and date.fromisoformat(waarde).isoformat() == waarde
    except ValueError:
        goed = False
    if not goed:
        yield ParamFout(naam, "date", "Waarde is geen geldige datum.")


def _booleaans(naam: str, waarde: Any) -> Iterator[ParamFout]:
    if not isinstance(waarde, bool):
        yield ParamFout(naam, "boolean", "Waarde is geen boolean.")


def _lijst(grootste: int, patroon: str) -> Toets:
    per_stuk = _patroon(patroon)

    def toets(naam: str, waarde: Any) -> Iterator[ParamFout]:
        if not isinstance(waarde, list):
            yield ParamFout(naam, "array", "Parameter is geen array.")
        elif not waarde:
            yield ParamFout(naam, "minItems", "Array bevat minder dan 1 items.")
        elif len(waarde) > grootste:
            yield ParamFout(naam, "maxItems", f"Array bevat meer dan {grootste} items.")
        else:
            for plek, deel in enumerate(waarde):
                yield from per_stuk(f"{naam}[{plek}]", deel)

    return toets


_GESLACHTSNAAM, _DATUM, _POSTCODE = _patroon(GESLACHTSNAAM), _datum, _patroon(r"^[1-9]{1}[0-9]{3}[ ]?[A-Za-z]{2}$")
_GEMEENTE = _patroon(r"^[0-9]{4}$")
_NAAM = {"geslacht": _patroon(r"^([Mm]|[Vv]|[Oo])$"), "voorvoegsel": _patroon(r"^[a-zA-Z \']{1,10}$")}
_HUIS = {"huisletter": _patroon(r"^[a-zA-Z]{1}$"), "huisnummertoevoeging": _patroon(r"^[a-zA-Z0-9 \-]{1,4}$")}


@dataclass(frozen=True)
class Zoekvraag:
    """Eén soort vraag: welke parameters moeten en mogen, en welke velden er te krijgen zijn."""

    verplicht: Mapping[str, Toets]
    optioneel: Mapping[str, Toets] = field(default_factory=dict)
    beperkt: bool = True
    met_gezag: bool = False

    def parameters(self) -> dict[str, Toets]:
        """Alle parameters met hun toets, behalve type en fields."""
        overal: dict[str, Toets] = {"gemeenteVanInschrijving": _GEMEENTE}
        if self.beperkt:
            overal["inclusiefOverledenPersonen"] = _booleaans
        return {**overal, **self.optioneel, **self.verplicht}


ZOEKVRAGEN = {
    "RaadpleegMetBurgerservicenummer": Zoekvraag(
        {"burgerservicenummer": _lijst(MEESTE_NUMMERS, BSN)},
        beperkt=False,
    ),
    "ZoekMetGeslachtsnaamEnGeboortedatum": Zoekvraag(
        {"geslachtsnaam": _GESLACHTSNAAM, "geboortedatum": _DATUM},
        {**_NAAM, "voornamen": _patroon(VOORNAMEN_OPTIONEEL)},
    ),
    "ZoekMetNaamEnGemeenteVanInschrijving": Zoekvraag(
        {"geslachtsnaam": _GESLACHTSNAAM, "voornamen": _GESLACHTSNAAM, "gemeenteVanInschrijving": _GEMEENTE}, _NAAM
    ),
    "ZoekMetPostcodeEnHuisnummer": Zoekvraag(
        {"postcode": _POSTCODE, "huisnummer": _huisnummer},
        {**_HUIS, "geboortedatum": _DATUM, "geslachtsnaam": _GESLACHTSNAAM},
    ),
    "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving": Zoekvraag(
        {"straat": _patroon(STRAAT), "huisnummer": _huisnummer, "gemeenteVanInschrijving": _GEMEENTE}, _HUIS
    ),
    "ZoekMetNummeraanduidingIdentificatie": Zoekvraag({"nummeraanduidingIdentificatie": _patroon(BAG)}),
    "ZoekMetAdresseerbaarObjectIdentificatie": Zoekvraag(
        {"adresseerbaarObjectIdentificatie": _patroon(BAG)}, met_gezag=True
    ),
}


def fouten(vraag: Mapping[str, Any]) -> list[ParamFout]:
    """Alles wat er aan een vraag niet klopt, met de codes en redenen van de standaard."""
    soort = vraag.get("type")
    if soort in (None, ""):
        return [_verplicht("type")]
    if not isinstance(soort, str) or soort not in ZOEKVRAGEN:
        return [ParamFout("type", "value", "Waarde is geen geldig zoek type.")]
    zoekvraag = ZOEKVRAGEN[soort]
    return [*_parameterfouten(vraag, zoekvraag), *_veldfouten(vraag, zoekvraag)]


def _verplicht(naam: str) -> ParamFout:
    return ParamFout(naam, "required", "Parameter is verplicht.")


def _parameterfouten(vraag: Mapping[str, Any], zoekvraag: Zoekvraag) -> Iterator[ParamFout]:
    parameters = zoekvraag.parameters()
    for naam, toets in parameters.items():
        if vraag.get(naam) in (None, ""):
            if naam in zoekvraag.verplicht:
                yield _verplicht(naam)
        else:
            yield from toets(naam, vraag[naam])
    for naam in vraag:
        if naam not in parameters and naam not in ("type", "fields"):
            yield ParamFout(naam, "unknownParam", "Parameter is niet verwacht.")


def _veldfouten(vraag: Mapping[str, Any], zoekvraag: Zoekvraag) -> Iterator[ParamFout]:
    if "fields" not in vraag:
        yield _verplicht("fields")
        return
    vorm = list(_lijst(MEESTE_VELDEN, VELD)("fields", vraag["fields"]))
    yield from vorm
    if vorm:
        return
    boom = toegestaan(beperkt=zoekvraag.beperkt, met_gezag=zoekvraag.met_gezag)
    for plek, pad in enumerate(vraag["fields"]):
        if not bestaat(pad, boom) or any(deel in VANZELF for deel in pad.split(".")):
            yield ParamFout(f"fields[{plek}]", "fields", "Parameter bevat een niet bestaande veldnaam.")
