"""Staat de koppeling van een document ook in de bron (drc-004)? De Zaken API en de Besluiten API weten dat."""

from collections.abc import Iterable
from typing import Any

from integratie.basis import ApiFout, NietIngesteld
from integratie.documenten.schemas import ObjectInformatieObjectIn
from kern.fouten import ParamFout
from kit import Wijziging

Fouten = Iterable[ParamFout]
BRONNEN = {"zaak": ("zaken", "zaakinformatieobjecten"), "besluit": ("besluiten", "besluitinformatieobjecten")}


def relatie_staat_in_bron(w: Wijziging[ObjectInformatieObjectIn]) -> Fouten:
    """drc-004, aanmaken: de relatie bestaat al in de bron, anders `inconsistent-relation`."""
    yield from _vergelijk(
        w,
        w.nieuw.object_type,
        w.nieuw.object,
        w.nieuw.informatieobject,
        hoort=True,
        code="inconsistent-relation",
        reden="De bron kent deze koppeling niet.",
    )


def relatie_is_weg_uit_bron(w: Wijziging[Any]) -> Fouten:
    """drc-004, verwijderen: de relatie bestaat niet meer in de bron, anders `remote-relation-exists`."""
    oud = w.oud or {}
    document = f"{w.omgeving.basis}/enkelvoudiginformatieobjecten/{oud['informatieobject']}"
    yield from _vergelijk(
        w,
        oud["object_type"],
        w.url(oud["object"]),
        document,
        hoort=False,
        code="remote-relation-exists",
        reden="De koppeling staat nog in de bron.",
    )


def _vergelijk(
    w: Wijziging[Any], soort: str, object_: str, document: str, *, hoort: bool, code: str, reden: str
) -> Fouten:
    if soort not in BRONNEN:  # een verzoek houdt zelf geen lijst van documenten bij
        return
    try:
        gevonden = _in_bron(w, soort, object_, document)
    except NietIngesteld:
        raise
    except ApiFout:
        yield ParamFout("nonFieldErrors", "relation-lookup-error", "De bron van de koppeling is niet te bereiken.")
        return
    if gevonden is not hoort:
        yield ParamFout("nonFieldErrors", code, reden)


def _in_bron(w: Wijziging[Any], soort: str, object_: str, document: str) -> bool:
    api, pad = BRONNEN[soort]
    criteria = {soort: object_, "informatieobject": document}
    return bool(w.omgeving.ophaler.client(api).vraag("GET", pad, params=criteria))
