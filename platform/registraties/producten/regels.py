"""De regels van de Producten API (regels hoofdstuk 14), elk een functie."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from integratie.producten.schemas import ProductIn
from kern.fouten import ParamFout
from kit import Wijziging
from kit.jsonschema import gegevensfouten
from kit.urn import url_bij, urn_bij, vul_aan
from registraties.producten import typen
from registraties.producten.datums import status_op

Fouten = Iterable[ParamFout]
VERWIJZINGEN = {
    "documenten": "documenten:enkelvoudiginformatieobjecten",
    "zaken": "zaken:zaken",
    "taken": "taken:externetaken",
}


def producttype_bestaat(w: Wijziging[ProductIn]) -> Fouten:
    """Het producttype bestaat; wat een product ervan toont, wordt erbij bewaard."""
    soort = typen.producttype(w.omgeving, w.nieuw.producttype_uuid)
    w.geheugen["producttype"] = soort
    if soort is None:
        yield ParamFout("producttype_uuid", "does_not_exist", "Dit producttype bestaat niet.")
    else:
        w.waarden["producttype"] = typen.kort(soort)


def status_is_toegestaan(w: Wijziging[ProductIn]) -> Fouten:
    """Het producttype staat de status toe, en ook actief bij een startdatum en verlopen bij een einddatum."""
    soort = w.geheugen["producttype"] or {}
    toegestaan = soort.get("toegestane_statussen", ())
    if soort and w.nieuw.status not in ("initieel", *toegestaan):
        yield ParamFout("status", "invalid", "Deze status is bij dit producttype niet toegestaan.")
    for veld, status in (("start_datum", "actief"), ("eind_datum", "verlopen")):
        if soort and getattr(w.nieuw, veld) and status not in toegestaan:
            yield ParamFout(veld, "invalid", f"Een {veld} vraagt dat de status {status} is toegestaan.")


def objecten_passen_bij_het_schema(w: Wijziging[ProductIn]) -> Fouten:
    """Verbruiksobject en dataobject voldoen aan het JSON Schema dat het producttype daarvoor heeft."""
    soort = w.geheugen["producttype"] or {}
    for veld in ("verbruiksobject", "dataobject"):
        gegevens, schema = getattr(w.nieuw, veld), soort.get(f"{veld}_schema")
        if gegevens is not None and schema:
            yield from gegevensfouten(schema["schema"], gegevens, veld)


def einde_ligt_na_begin(w: Wijziging[ProductIn]) -> Fouten:
    """Een product eindigt na zijn begin."""
    if w.nieuw.start_datum and w.nieuw.eind_datum and w.nieuw.eind_datum <= w.nieuw.start_datum:
        yield ParamFout("eind_datum", "invalid", "De einddatum ligt niet na de startdatum.")


def verwijzingen_zijn_volledig(w: Wijziging[ProductIn]) -> Fouten:
    """Een document, zaak of taak heeft een URN of een URL; wat in elkaar om te zetten is, wordt omgezet."""
    for veld, doel in VERWIJZINGEN.items():
        yield from vul_aan(w, veld, doel)
    urn, url = w.waarden["aanvraag_zaak_urn"], w.waarden["aanvraag_zaak_url"]
    w.waarden["aanvraag_zaak_urn"] = urn or urn_bij(w, url, "zaken:zaken")
    w.waarden["aanvraag_zaak_url"] = url or url_bij(w, urn, "zaken:zaken")


def status_volgt_de_datums(w: Wijziging[ProductIn]) -> Fouten:
    """Is de startdatum bereikt, dan is het product actief; is de einddatum bereikt, dan is het verlopen."""
    vandaag = w.omgeving.installatie.klok.vandaag()
    w.waarden["status"] = status_op(vandaag, w.nieuw.status, w.nieuw.start_datum, w.nieuw.eind_datum)
    return ()


def dateer(w: Wijziging[ProductIn]) -> Fouten:
    """Tijdstippen en de uuid's van eigenaren zet het systeem."""
    w.waarden |= {"update_datum": w.nu, **({"aanmaak_datum": w.nu} if w.aanmaken else {})}
    w.waarden["eigenaren"] = [_met_uuid(eigenaar) for eigenaar in w.waarden["eigenaren"]]
    return ()


def _met_uuid(eigenaar: dict[str, Any]) -> dict[str, Any]:
    return {**eigenaar, "uuid": str(eigenaar.get("uuid") or uuid4())}
