"""Archivering in resultaattypen en zaaktypen: ztc-001 tot en met ztc-008, met de selectielijst als die bereikbaar is."""

from collections.abc import Iterable
from typing import Any

from integratie.basis import NietBereikbaar
from integratie.catalogi.afleiding import AFLEIDINGSWIJZEN
from integratie.catalogi.schemas import BrondatumArchiefprocedure, ResultaatTypeIn, ZaakTypeIn
from integratie.referentielijsten.client import openbaar_pad
from kern.fouten import ParamFout
from kit import Wijziging
from kit.regels import is_ingericht, lijnnaam
from registraties.catalogi.modellen import Zaaktype

Fouten = Iterable[ParamFout]
LIJSTEN = "referentielijsten"
NIET_NAGEGAAN = '199 - "De selectielijst is niet te bereiken; wat ernaar verwijst is niet nagegaan."'
WIJZE_BIJ_PROCESTERMIJN = {"nihil": "afgehandeld", "ingeschatte_bestaansduur_procesobject": "termijn"}


def procestype_bestaat(w: Wijziging[ZaakTypeIn]) -> Fouten:
    """ztc-001: `selectielijstProcestype` is een procestype: `invalid-resource`."""
    if w.aanmaken or w.verandert("selectielijst_procestype"):
        yield from _toets(w, "selectielijst_procestype", "procestypen", ("nummer", "naam"))[1]


def selectielijst_klopt(w: Wijziging[ResultaatTypeIn]) -> Fouten:
    """ztc-002 en ztc-003: klasse en omschrijving bestaan en passen bij het zaaktype en de afleidingswijze; wat ontbreekt wordt afgeleid."""
    omschrijving, fouten = _toets(w, "resultaattypeomschrijving", "resultaattypeomschrijvingen", ("omschrijving",))
    klasse, meer = _toets(w, "selectielijstklasse", "resultaten", ("procesType", "waardering"))
    oud = w.oud or {}
    w.waarden["omschrijving_generiek"] = omschrijving.get("omschrijving", oud.get("omschrijving_generiek", ""))
    w.waarden["archiefnominatie"] = w.nieuw.archiefnominatie or klasse.get("waardering", "")
    w.waarden["archiefactietermijn"] = w.nieuw.archiefactietermijn or klasse.get("bewaartermijn")
    return [*fouten, *meer, *_klasse_past(w, klasse), *_procedure_is_er(w)]


def _klasse_past(w: Wijziging[ResultaatTypeIn], klasse: dict[str, Any]) -> Fouten:
    if not klasse:
        return
    procestype = w.rij(Zaaktype, w.waarden["zaaktype"])["selectielijst_procestype"]
    if procestype and _plek(w, klasse["procesType"]) != _plek(w, w.url(procestype)):
        reden = "Deze selectielijstklasse hoort bij een ander procestype dan het zaaktype."
        yield ParamFout("nonFieldErrors", "procestype-mismatch", reden)
    procedure = w.nieuw.brondatum_archiefprocedure
    nodig = WIJZE_BIJ_PROCESTERMIJN.get(klasse.get("procestermijn") or "")
    if procedure is not None and nodig and procedure.afleidingswijze != nodig:
        reden = f"Bij deze selectielijstklasse hoort afleidingswijze {nodig}."
        yield ParamFout("nonFieldErrors", "invalid-afleidingswijze-for-procestermijn", reden)


def _plek(w: Wijziging[Any], url: str) -> str:
    """Waar een resource van de selectielijst staat, ook als de URL nog die van een openbare dienst is."""
    pad = openbaar_pad(url)
    return f"{LIJSTEN}:{pad}" if pad else w.omgeving.diensten.naar_opslag(url)


def _procedure_is_er(w: Wijziging[ResultaatTypeIn]) -> Fouten:
    if w.nieuw.brondatum_archiefprocedure is None and w.waarden["archiefnominatie"] != "blijvend_bewaren":
        yield ParamFout(
            "brondatumArchiefprocedure", "required", "Zonder brondatum is niet te bepalen wanneer vernietigd wordt."
        )


def brondatum_klopt(w: Wijziging[ResultaatTypeIn]) -> Fouten:
    """ztc-004 tot en met ztc-008: welke velden bij een afleidingswijze verplicht of juist leeg zijn."""
    procedure = w.nieuw.brondatum_archiefprocedure
    if procedure is None:
        return
    for veld, eis in AFLEIDINGSWIJZEN[procedure.afleidingswijze]._asdict().items():
        gevuld = bool(getattr(procedure, veld))
        naam = f"brondatumArchiefprocedure.{BrondatumArchiefprocedure.model_fields[veld].alias}"
        if eis == "!" and not gevuld:
            yield ParamFout(naam, "required", "Dit veld is bij deze afleidingswijze verplicht.")
        if eis == "-" and gevuld:
            yield ParamFout(naam, "must-be-empty", "Dit veld hoort bij deze afleidingswijze leeg te zijn.")


def _toets(
    w: Wijziging[Any], veld: str, lijst: str, verplicht: tuple[str, ...]
) -> tuple[dict[str, Any], list[ParamFout]]:
    """De resource uit deze lijst van de selectielijst, of een fout. Wat niet na te gaan is, heeft tenminste haar plaats.

    Leeg zonder fout als zij hier niet na te gaan is: de selectielijst is niet ingericht, zij hapert (dan met een waarschuwing: dat
    mag het beheer van typen niet tegenhouden, regels 16), of het is een klasse van een openbare dienst die hier niet geladen is.
    """
    url = getattr(w.nieuw, veld)
    if not url:
        return {}, []
    openbaar = openbaar_pad(url)
    adres = w.url(f"{LIJSTEN}:{openbaar}") if openbaar else url
    try:
        gevonden = w.haal(adres) if is_ingericht(w, adres) else None
    except NietBereikbaar:
        w.antwoordkoppen["X-Warning"] = NIET_NAGEGAAN
        return {}, []
    if gevonden is None and f"/{lijst}/" in url and (openbaar or not is_ingericht(w, adres)):
        return {}, []
    if gevonden is None or not all(naam in gevonden for naam in verplicht):
        reden = "Achter deze URL staat niet wat hier hoort."
        return {}, [ParamFout(lijnnaam(w, veld), "invalid-resource", reden)]
    return gevonden, []
