"""De regels van de Besluiten API: één functie per regel uit de standaard, met haar code in de docstring."""

from collections.abc import Iterable
from typing import Any

from integratie.besluiten.schemas import BesluitIn, BesluitInformatieObjectIn
from kern.fouten import ParamFout, Probleem
from kit import Wijziging
from kit.nummers import Nummering
from kit.regels import genummerd, onveranderlijk, uniek
from registraties.besluiten.modellen import BESLUITNUMMER, Besluit

Fouten = Iterable[ParamFout]
GEFORCEERD = ("zaken.geforceerd-bijwerken",)

NUMMERING = Nummering(BESLUITNUMMER, "BESLUIT", Besluit)
nummer_het_besluit = genummerd(NUMMERING, "datum")
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


def zaak_neemt_besluiten_aan(w: Wijziging[BesluitIn]) -> Fouten:
    """zrc-007: een besluit bij een gesloten zaak vraagt `zaken.geforceerd-bijwerken`."""
    if w.aanmaken and w.nieuw.zaak:
        _eis_schrijfbaar(w, w.nieuw.zaak)
    return ()


def zaak_laat_besluiten_gaan(w: Wijziging[BesluitIn]) -> Fouten:
    """zrc-007: ook verwijderen van een besluit raakt de zaak."""
    zaak = (w.oud or {})["zaak"]
    if zaak:
        _eis_schrijfbaar(w, w.url(zaak))
    return ()


def _eis_schrijfbaar(w: Wijziging[BesluitIn], url: str) -> None:
    zaak = w.haal(url) or {}
    zaaktype = w.omgeving.diensten.naar_opslag(str(zaak.get("zaaktype", "")))
    va = str(zaak.get("vertrouwelijkheidaanduiding", ""))
    if zaak.get("einddatum") and not w.omgeving.toegang.mag("zrc", GEFORCEERD, zaaktype, va):
        raise Probleem(403, detail="De zaak is afgesloten.")


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
