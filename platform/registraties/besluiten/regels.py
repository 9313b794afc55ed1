"""De regels van de Besluiten API: één functie per regel uit de standaard, met haar code in de docstring."""

from collections.abc import Iterable
from typing import Any

from integratie.besluiten.schemas import BesluitIn, BesluitInformatieObjectIn
from kern.fouten import ParamFout
from kit import Wijziging
from kit.regels import genummerd, onveranderlijk, uniek
from registraties.besluiten.modellen import BESLUITNUMMER, Besluit

Fouten = Iterable[ParamFout]

nummer_het_besluit = genummerd(BESLUITNUMMER, "BESLUIT", "datum")
# brc-002
identificatie_is_uniek = uniek(
    "verantwoordelijke_organisatie", "identificatie", code="identificatie-niet-uniek", naam="identificatie"
)
identificatie_blijft = onveranderlijk("identificatie", "verantwoordelijke_organisatie", leeg_mag=True)
# brc-001, en brc-006: een besluit gaat niet naar een andere zaak (de tekst van de standaard; zie docs/standaarden/afwijkingen.md)
type_en_zaak_blijven = onveranderlijk("besluittype", "zaak")


def datum_is_geweest(w: Wijziging[BesluitIn]) -> Fouten:
    """De beslisdatum ligt niet in de toekomst."""
    if w.nieuw.datum > w.omgeving.installatie.klok.vandaag():
        yield ParamFout("datum", "future_not_allowed", "De datum van het besluit ligt in de toekomst.")


def besluittype_past_bij_zaaktype(w: Wijziging[BesluitIn]) -> Fouten:
    """brc-007: het besluittype hoort bij het zaaktype van de zaak."""
    zaak = w.haal(w.nieuw.zaak) if w.nieuw.zaak and w.aanmaken else None
    besluittype = w.haal(w.nieuw.besluittype)
    if zaak is None or besluittype is None:
        return
    if zaak.get("zaaktype") not in besluittype.get("zaaktypen", []):
        yield ParamFout("nonFieldErrors", "zaaktype-mismatch", "Dit besluittype hoort niet bij het zaaktype.")


def documenttype_past_bij_besluittype(w: Wijziging[BesluitInformatieObjectIn]) -> Fouten:
    """brc-008: het informatieobjecttype is aan het besluittype gekoppeld, op omschrijving binnen dezelfde catalogus."""
    document = w.haal(w.nieuw.informatieobject) if w.aanmaken else None
    if document is None or "informatieobjecttype" not in document:
        return
    besluittype = w.type_van(w.rij(Besluit, w.waarden["besluit"])["besluittype"])
    if not _is_gekoppeld(w, besluittype, document["informatieobjecttype"]):
        yield ParamFout(
            "nonFieldErrors",
            "missing-besluittype-informatieobjecttype-relation",
            "Dit documenttype hoort niet bij het besluittype.",
        )


def _is_gekoppeld(w: Wijziging[Any], besluittype: dict[str, Any], soort: str) -> bool:
    if soort in besluittype.get("informatieobjecttypen", []):
        return True
    gevonden = w.haal(soort) or {}  # een andere versie van een gekoppeld type heeft dezelfde omschrijving
    return (
        gevonden.get("omschrijving") in besluittype.get("informatieobjecttypeOmschrijvingen", [])
        and gevonden.get("catalogus") == besluittype["catalogus"]
    )
