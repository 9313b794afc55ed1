"""De uniforme productnamenlijst (UPL) laden uit het CSV-bestand van standaarden.overheid.nl, met de SDG-onderwerpen per naam.

Het bestand heeft per naam een regel voor elke grondslag. Kolommen: `UniformeProductnaam`, `URI`, en als die er is `SDG` (codes uit de
SDG-verordening; een kaal kruisje is geen code). De andere (doelgroep, overheidslaag, soort, grondslag) tellen niet. Een naam die niet
meer in het bestand staat, blijft bestaan als verwijderd: producttypen noemen hem misschien nog.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Connection, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from integratie.producttypen.schemas import UniformeProductnaamIn
from kern.installatie import Installatie
from registraties.producttypen.modellen import ProductType, UniformeProductnaam

NAAM, URI, SDG = "uniformeproductnaam", "uri", "sdg"
VERPLICHT = {NAAM: "UniformeProductnaam", URI: "URI"}
_CODE = re.compile(r"[A-Z][0-9]{1,2}")


class UplFout(Exception):
    """Het bestand is geen UPL; er is niets gewijzigd."""


@dataclass(frozen=True)
class Uitkomst:
    """Hoeveel namen er nu gelden, hoeveel daarvan er niet waren, en hoeveel er vervielen."""

    totaal: int
    nieuw: int
    vervallen: int


def lees_csv(bestand: Path) -> list[UniformeProductnaamIn]:
    """De namen in het bestand (UTF-8, met komma's of puntkomma's); `UplFout` met de kolom die ontbreekt of de regel die niet klopt."""
    with bestand.open(encoding="utf-8-sig", newline="") as open_bestand:
        kop = open_bestand.readline()
        open_bestand.seek(0)
        lezer = csv.DictReader(open_bestand, delimiter=";" if kop.count(";") > kop.count(",") else ",")
        kolommen = {(naam or "").strip().casefold(): naam for naam in lezer.fieldnames or ()}
        _eis_kolommen(kolommen)
        rijen = [_naam(nummer, rij, kolommen) for nummer, rij in enumerate(lezer, 2)]
    if not rijen:
        raise UplFout("er staat geen enkele naam in")
    return rijen


def _eis_kolommen(kolommen: Mapping[str, str]) -> None:
    weg = [naam for sleutel, naam in VERPLICHT.items() if sleutel not in kolommen]
    if weg:
        daar = ", ".join(filter(None, kolommen.values())) or "geen"
        raise UplFout(f"de kolom {' en de kolom '.join(weg)} ontbreekt; kolommen in het bestand: {daar}")


def _naam(nummer: int, rij: Mapping[str, Any], kolommen: Mapping[str, str]) -> UniformeProductnaamIn:
    velden = {
        sleutel: str(rij.get(kolommen[sleutel]) or "").strip() for sleutel in (NAAM, URI, SDG) if sleutel in kolommen
    }
    codes = _CODE.findall(velden.get(SDG, ""))
    try:
        return UniformeProductnaamIn(naam=velden[NAAM], uri=velden[URI], sdg=list(dict.fromkeys(codes)))
    except ValidationError:
        raise UplFout(f"regel {nummer} heeft geen naam en adres") from None


def laad(installatie: Installatie, namen: Iterable[UniformeProductnaamIn]) -> Uitkomst:
    """Breng de lijst bij, alles of niets; nog eens laden verandert niets."""
    uniek: dict[str, UniformeProductnaamIn] = {}
    for naam in namen:
        eerder = uniek.setdefault(naam.naam, naam)
        eerder.sdg = list(dict.fromkeys([*eerder.sdg, *naam.sdg]))
    rijen = [{"id": uuid4(), **naam.model_dump(), "is_verwijderd": False} for naam in uniek.values()]
    with installatie.db.schrijven() as verbinding:
        nieuw = _schrijf(verbinding, rijen)
        weg = update(UniformeProductnaam).where(
            UniformeProductnaam.naam.not_in(uniek), UniformeProductnaam.is_verwijderd.is_(False)
        )
        vervallen = verbinding.execute(weg.values(is_verwijderd=True)).rowcount
    return Uitkomst(len(rijen), nieuw, vervallen)


def _schrijf(verbinding: Connection, rijen: list[dict[str, Any]]) -> int:
    opdracht = insert(UniformeProductnaam)
    anders = {naam: opdracht.excluded[naam] for naam in ("uri", "sdg", "is_verwijderd")}
    bij: Any = opdracht.on_conflict_do_update(index_elements=["naam"], set_=anders).returning(
        literal_column("xmax = 0")
    )
    return sum(verbinding.execute(bij, rijen).scalars())


def niet_in_de_upl(installatie: Installatie) -> list[tuple[str, str]]:
    """Code en uniforme naam van elk producttype waarvan de naam niet (meer) in de lijst staat."""
    bekend = select(UniformeProductnaam.naam).where(UniformeProductnaam.is_verwijderd.is_(False))
    vraag = select(ProductType.code, ProductType.uniforme_product_naam).where(
        func.coalesce(ProductType.uniforme_product_naam, "") != "", ProductType.uniforme_product_naam.not_in(bekend)
    )
    with installatie.db.lezen() as verbinding:
        return [(code, str(naam)) for code, naam in verbinding.execute(vraag.order_by(ProductType.code))]
