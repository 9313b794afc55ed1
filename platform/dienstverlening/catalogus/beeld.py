"""Een catalogus los van adressen: types met hun velden, verwijzingen als namen, en onderdelen. Hiermee is te vergelijken en in te lezen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dienstverlening.catalogus.inhoud import (
    ALLES,
    ONDERDELEN,
    STATUSTYPE,
    TYPEN,
    ZAAKTYPE,
    Inhoud,
    Rij,
    Soort,
    uuid_van,
)

# Afgeleid, of van de plek waar het staat.
NIET_EIGEN = frozenset({"catalogus", "zaaktype", "beginObject", "eindeObject", "eigenschappen", "zaaktypen"})
GELDIGHEID = frozenset({"beginGeldigheid", "eindeGeldigheid", "versiedatum"})


@dataclass(frozen=True)
class Onderdeel:
    """Wat aan een zaaktype hangt. Een statustype staat in `velden` als volgnummer."""

    soort: Soort
    velden: Rij

    @property
    def naam(self) -> str:
        return " ".join(str(self.velden.get(veld, "")) for veld in self.soort.sleutel)


@dataclass(frozen=True)
class Type:
    """Een versie van een type. `begin` en `einde` staan apart: twee catalogi verschillen daar altijd in."""

    soort: Soort
    naam: str
    begin: str
    einde: str | None
    concept: bool
    velden: Rij
    onderdelen: Mapping[str, list[Onderdeel]] = field(default_factory=dict)

    def is_gelijk_aan(self, ander: "Type") -> bool:
        """Zelfde inhoud, los van de geldigheid en de volgorde van onderdelen."""
        return self.velden == ander.velden and all(
            _op_naam(self.onderdelen.get(soort.bestand, [])) == _op_naam(ander.onderdelen.get(soort.bestand, []))
            for soort in ONDERDELEN
        )


def _op_naam(onderdelen: Iterable[Onderdeel]) -> dict[str, Rij]:
    return {onderdeel.naam: onderdeel.velden for onderdeel in onderdelen}


class Beeld:
    """Een catalogus met haar types, per soort en naam."""

    def __init__(self, inhoud: Inhoud) -> None:
        self.catalogus = inhoud.catalogus
        self._namen = {
            uuid_van(rij.get("url")): str(rij.get(soort.sleutel[0], "")) for soort in ALLES for rij in inhoud.van(soort)
        }
        self._volgnummers = {uuid_van(rij.get("url")): rij.get("volgnummer") for rij in inhoud.van(STATUSTYPE)}
        self.buiten: set[str] = set()
        """Verwijzingen naar iets dat niet in deze catalogus staat."""
        per_zaaktype = {soort.bestand: _per_zaaktype(inhoud.van(soort)) for soort in ONDERDELEN}
        self.typen = [self._type(rij, soort, per_zaaktype) for soort in TYPEN for rij in inhoud.van(soort)]

    def van(self, soort: Soort) -> list[Type]:
        """De types van een soort, oudste versie eerst."""
        return sorted((deel for deel in self.typen if deel.soort is soort), key=lambda deel: (deel.naam, deel.begin))

    def nieuwste(self, soort: Soort) -> dict[str, Type]:
        """Per naam de laatste versie."""
        return {deel.naam: deel for deel in self.van(soort)}

    def _type(self, rij: Rij, soort: Soort, per_zaaktype: Mapping[str, Mapping[str, list[Rij]]]) -> Type:
        onderdelen = {}
        if soort is ZAAKTYPE:
            eigen = uuid_van(rij.get("url"))
            onderdelen = {
                deel.bestand: [
                    Onderdeel(deel, self._velden(kind, deel)) for kind in per_zaaktype[deel.bestand].get(eigen, [])
                ]
                for deel in ONDERDELEN
            }
        begin, einde = str(rij.get("beginGeldigheid") or ""), rij.get("eindeGeldigheid")
        naam = str(rij.get(soort.sleutel[0], ""))
        return Type(soort, naam, begin, einde, bool(rij.get("concept")), self._velden(rij, soort), onderdelen)

    def _velden(self, rij: Rij, soort: Soort) -> Rij:
        namen = {veld.alias or naam for naam, veld in soort.schema.model_fields.items()}
        velden = {naam: rij[naam] for naam in namen - NIET_EIGEN - GELDIGHEID if naam in rij}
        for veld, (_, met_namen) in soort.verwijzingen.items():
            velden[veld] = sorted({*rij.get(met_namen, []), *self._genoemd(rij.get(veld, []))})
        if "gerelateerdeZaaktypen" in velden:
            velden["gerelateerdeZaaktypen"] = self._relaties(velden["gerelateerdeZaaktypen"])
        if "informatieobjecttype" in velden:
            velden["informatieobjecttype"] = next(iter(self._genoemd([velden["informatieobjecttype"]])), "")
        if velden.get("statustype"):
            velden["statustype"] = self._volgnummers.get(uuid_van(velden["statustype"]))
        return velden

    def _genoemd(self, verwijzingen: Iterable[Any]) -> list[str]:
        """De namen bij namen of URL's; wat niet in deze catalogus staat valt weg."""
        namen = []
        for verwijzing in verwijzingen:
            naam = self._namen.get(uuid_van(verwijzing))
            if naam is None and str(verwijzing).startswith(("http://", "https://")):
                self.buiten.add(str(verwijzing))
            else:
                namen.append(naam or str(verwijzing))
        return namen

    def _relaties(self, relaties: Iterable[Rij]) -> list[Rij]:
        uit = []
        for relatie in relaties:
            naam = relatie.get("zaaktypeIdentificatie") or next(iter(self._genoemd([relatie.get("zaaktype", "")])), "")
            if naam:
                delen = {sleutel: relatie.get(sleutel, "") for sleutel in ("aardRelatie", "toelichting")}
                uit.append({"zaaktype": naam, **delen})
        return sorted(uit, key=lambda deel: (deel["zaaktype"], deel["aardRelatie"]))


def _per_zaaktype(rijen: Iterable[Rij]) -> dict[str, list[Rij]]:
    uit: dict[str, list[Rij]] = {}
    for rij in rijen:
        uit.setdefault(uuid_van(rij.get("zaaktype")), []).append(rij)
    return uit
