"""Catalogi overnemen. Types verwijzen hier op naam naar elkaar; een andere installatie toont soms alleen URL's."""

from collections.abc import Iterable, Iterator
from typing import Any

from dienstverlening.importeren.kern import Import, Stap, Weergave
from kit.bron import Bron
from kit.overnemen import Rij
from registraties.catalogi import bronnen as ztc

ALLES = {"status": "alles"}
VERSIE = ("catalogus", "omschrijving", "begin_geldigheid")


def namen(imp: Import, urls: Iterable[str], veld: str) -> list[str]:
    """De namen van de types achter deze URL's; een naam blijft wat hij is."""
    gevonden = (str(imp.andere.onthouden(url)[veld]) if url.startswith("http") else url for url in urls)
    return list(dict.fromkeys(gevonden))


def _kies(imp: Import, type_: Weergave, kolom: str, lijst: str, veld: str) -> list[str]:
    """De namenlijst als die er is (vanaf 1.3.2), aangevuld met die van de URL's."""
    return list(dict.fromkeys([*type_.get(kolom, ()), *namen(imp, type_.get(lijst, ()), veld)]))


def _zaaktype(imp: Import, type_: Weergave) -> Weergave:
    """`relaties` en de namen van besluittypen en deelzaaktypen."""
    gerelateerd = [
        deel | {"zaaktypeIdentificatie": namen(imp, [deel["zaaktype"]], "identificatie")[0]}
        for deel in type_.get("gerelateerdeZaaktypen", ())
    ]
    return type_ | {
        "besluittypeOmschrijving": _kies(imp, type_, "besluittypeOmschrijving", "besluittypen", "omschrijving"),
        "deelzaaktypeIdentificaties": _kies(imp, type_, "deelzaaktypeIdentificaties", "deelzaaktypen", "identificatie"),
        "gerelateerdeZaaktypen": gerelateerd,
        "versiedatum": type_.get("versiedatum") or type_["beginGeldigheid"],
    }


def _zaaktyperijen(imp: Import, type_: Weergave) -> Iterator[Rij]:
    eigen = _zaaktype(imp, type_)
    rij = imp.rij_van(ztc.CATALOGI, ztc.ZAAKTYPE, eigen, ("catalogus", "identificatie", "begin_geldigheid"))
    velden = ("zaaktypeIdentificatie", "aardRelatie", "toelichting")
    relaties = [{naam: deel.get(naam) or "" for naam in velden} for deel in eigen["gerelateerdeZaaktypen"]]
    yield rij.met(relaties=relaties)


def _besluittype(imp: Import, type_: Weergave) -> Weergave:
    kolom = "informatieobjecttypeOmschrijvingen"
    return type_ | {kolom: _kies(imp, type_, kolom, "informatieobjecttypen", "omschrijving")}


def _resultaattype(imp: Import, type_: Weergave) -> Weergave:
    return type_ | {
        "besluittypeOmschrijving": _kies(imp, type_, "besluittypeOmschrijving", "besluittypen", "omschrijving"),
        "informatieobjecttypeOmschrijving": _kies(
            imp, type_, "informatieobjecttypeOmschrijving", "informatieobjecttypen", "omschrijving"
        ),
    }


def _koppeling(imp: Import, ziot: Weergave) -> Weergave:
    return ziot | {"informatieobjecttype": namen(imp, [ziot["informatieobjecttype"]], "omschrijving")[0]}


def _stap(naam: str, bron: Bron, *sleutel: str, **anders: Any) -> Stap:
    """Alle types van een soort, ook concepten; `sleutel` zegt wanneer er hier al zo een is."""
    velden = {"registratie": ztc.CATALOGI, "params": ALLES, "sleutel": sleutel, **anders}
    return Stap(naam=naam, bron=bron, **velden)


STAPPEN: tuple[Stap, ...] = (
    _stap("catalogussen", ztc.CATALOGUS, "domein", "rsin", params={}),
    _stap("informatieobjecttypen", ztc.INFORMATIEOBJECTTYPE, *VERSIE),
    _stap("besluittypen", ztc.BESLUITTYPE, *VERSIE, pas_aan=_besluittype),
    _stap("zaaktypen", ztc.ZAAKTYPE, rijen=_zaaktyperijen),
    _stap("statustypen", ztc.STATUSTYPE, "zaaktype", "volgnummer"),
    _stap("resultaattypen", ztc.RESULTAATTYPE, "zaaktype", "omschrijving", pas_aan=_resultaattype),
    _stap("roltypen", ztc.ROLTYPE, "zaaktype", "omschrijving"),
    _stap("eigenschappen", ztc.EIGENSCHAP, "zaaktype", "naam"),
    _stap("zaaktype-informatieobjecttypen", ztc.ZIOT, "zaaktype", "volgnummer", pas_aan=_koppeling),
    _stap(
        "zaakobjecttypen", ztc.ZAAKOBJECTTYPE, "zaaktype", "objecttype", "relatie_omschrijving",
        params={}, optioneel=True,
    ),
)  # fmt: skip
