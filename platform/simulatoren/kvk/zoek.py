"""Zoeken in het handelsregister: parameters toetsen, rechtspersonen en vestigingen vinden, en bladeren."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulatoren.kvk.register import Adresgegevens, Bedrijf, Register, Vestiging

PATRONEN = {
    "kvkNummer": r"[0-9]{8}",
    "rsin": r"[0-9]{9}",
    "vestigingsnummer": r"[0-9]{12}",
    "naam": r".{1,200}",
    "straatnaam": r".{1,80}",
    "huisnummer": r"[1-9][0-9]{0,4}",
    "huisletter": r"[a-zA-Z]",
    "postcode": r"[1-9][0-9]{3} ?[a-zA-Z]{2}",
    "postbusnummer": r"[0-9]{1,5}",
    "plaats": r".{1,80}",
    "type": r"(hoofdvestiging|nevenvestiging|rechtspersoon)",
    "inclusiefInactieveRegistraties": r"(true|false)",
    "pagina": r"[1-9][0-9]{0,2}",
    "resultatenPerPagina": r"([1-9][0-9]?|100)",
}
_GEEN_CRITERIUM = ("inclusiefInactieveRegistraties", "pagina", "resultatenPerPagina", "type")


class Vraagfout(Exception):
    """Een parameter die de KVK niet kent of niet begrijpt, met haar IPD-code."""

    def __init__(self, code: str, omschrijving: str) -> None:
        self.code = code
        self.omschrijving = omschrijving
        super().__init__(omschrijving)


@dataclass(frozen=True)
class Rij:
    """Een mogelijk resultaat: de rechtspersoon zelf of een van de vestigingen."""

    bedrijf: Bedrijf
    vestiging: Vestiging | None

    @property
    def type(self) -> str:
        """Soort resultaat zoals de API het noemt."""
        if self.vestiging is None:
            return "rechtspersoon"
        return "hoofdvestiging" if self.vestiging.hoofdvestiging else "nevenvestiging"

    @property
    def naam(self) -> str:
        """De naam waaronder dit resultaat getoond wordt."""
        if self.vestiging:
            return self.vestiging.naam
        return self.bedrijf.statutaire_naam or self.bedrijf.naam

    @property
    def actief(self) -> bool:
        """Of het nog bestaat."""
        return not (self.vestiging.einde if self.vestiging else self.bedrijf.einde)

    @property
    def adressen(self) -> tuple[Adresgegevens, ...]:
        """De adressen waarop het te vinden is; een afgeschermd adres niet."""
        if self.vestiging:
            return () if self.vestiging.afgeschermd else self.vestiging.adressen
        return self.bedrijf.adressen


def zoek(vraag: Mapping[str, str], register: Register) -> dict[str, Any] | None:
    """Het antwoord van de Zoeken API; None als er niets gevonden is. `Vraagfout` bij verkeerde parameters."""
    _toets(vraag)
    gevonden = [rij for rij in _rijen(register) if _past(rij, vraag)]
    pagina, per_pagina = int(vraag.get("pagina", "1")), int(vraag.get("resultatenPerPagina", "10"))
    deel = gevonden[(pagina - 1) * per_pagina : pagina * per_pagina]
    if not deel:
        return None
    return {
        "pagina": pagina,
        "resultatenPerPagina": per_pagina,
        "totaal": len(gevonden),
        "resultaten": [_resultaat(rij, vraag, register) for rij in deel],
        "links": [register.link("self", "v2/zoeken")],
    }


def _toets(vraag: Mapping[str, str]) -> None:
    for naam, waarde in vraag.items():
        if naam not in PATRONEN:
            raise Vraagfout("IPD1998", f"Ongeldige parameter {naam}.")
        if not re.fullmatch(PATRONEN[naam], waarde):
            raise Vraagfout("IPD1999", f"Ongeldige waarde van parameter {naam}.")
    if not set(vraag) - set(_GEEN_CRITERIUM):
        raise Vraagfout("IPD1999", "Geef ten minste één zoekterm.")


def _rijen(register: Register) -> Iterator[Rij]:
    for bedrijf in register.bedrijven.values():
        if bedrijf.is_rechtspersoon:
            yield Rij(bedrijf, None)
        for vestiging in bedrijf.vestigingen:
            yield Rij(bedrijf, vestiging)


def _past(rij: Rij, vraag: Mapping[str, str]) -> bool:
    if not rij.actief and vraag.get("inclusiefInactieveRegistraties") != "true":
        return False
    criteria: dict[str, Callable[[str], bool]] = {
        "kvkNummer": lambda waarde: rij.bedrijf.kvk_nummer == waarde,
        "rsin": lambda waarde: rij.bedrijf.rsin == waarde,
        "vestigingsnummer": lambda waarde: rij.vestiging is not None and rij.vestiging.vestigingsnummer == waarde,
        "naam": lambda waarde: any(waarde.casefold() in naam.casefold() for naam in _namen(rij)),
        "type": lambda waarde: rij.type == waarde,
    }
    eigen = all(toets(vraag[naam]) for naam, toets in criteria.items() if naam in vraag)
    adresdelen = {naam: vraag[naam] for naam in _ADRESDELEN if naam in vraag}
    return eigen and (not adresdelen or any(_adres_past(adres, adresdelen) for adres in rij.adressen))


def _namen(rij: Rij) -> tuple[str, ...]:
    return (rij.naam, rij.bedrijf.naam, *rij.bedrijf.handelsnamen)


_ADRESDELEN: dict[str, Callable[[Adresgegevens], str]] = {
    "straatnaam": lambda adres: adres.straatnaam,
    "huisnummer": lambda adres: str(adres.huisnummer),
    "huisletter": lambda adres: adres.huisletter,
    "postcode": lambda adres: adres.postcode,
    "postbusnummer": lambda adres: str(adres.postbus),
    "plaats": lambda adres: adres.plaats,
}


def _adres_past(adres: Adresgegevens, delen: Mapping[str, str]) -> bool:
    return all(
        _ADRESDELEN[naam](adres).casefold() == (waarde.replace(" ", "") if naam == "postcode" else waarde).casefold()
        for naam, waarde in delen.items()
    )


def _resultaat(rij: Rij, vraag: Mapping[str, str], register: Register) -> dict[str, Any]:
    kvk = rij.bedrijf.kvk_nummer
    links = [register.link("basisprofiel", f"v1/basisprofielen/{kvk}")]
    uit: dict[str, Any] = {"kvkNummer": kvk}
    if rij.vestiging:
        nummer = rij.vestiging.vestigingsnummer
        uit["vestigingsnummer"] = nummer
        links.append(register.link("vestigingsprofiel", f"v1/vestigingsprofielen/{nummer}"))
    uit |= {"naam": rij.naam, "type": rij.type, "actief": "Ja" if rij.actief else "Nee", "links": links}
    if rij.adressen:
        uit["adres"] = {"binnenlandsAdres": _zoekadres(rij.adressen[0], vraag)}
    return uit


def _zoekadres(adres: Adresgegevens, vraag: Mapping[str, str]) -> dict[str, Any]:
    """Postcode en huisnummer komen alleen terug als erop gezocht is."""
    gezocht = {"huisnummer": adres.huisnummer, "postcode": adres.postcode, "huisletter": adres.huisletter}
    extra = {naam: waarde for naam, waarde in gezocht.items() if naam in vraag and waarde}
    return {"type": adres.type, "straatnaam": adres.straatnaam, "plaats": adres.plaats, **extra}
