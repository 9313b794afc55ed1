"""De regels van de Taken API (regels hoofdstuk 13)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from pydantic import ValidationError

from integratie.basis import Schema
from integratie.taken.schemas import BetaalDetails, ExterneTaakBasis, FormulierDetails, MedewerkerTaakIn, UrlDetails
from kern.fouten import ParamFout
from kit import Wijziging
from kit.schema import fouten_uit

Fouten = Iterable[ParamFout]
DETAILS: dict[str, type[Schema]] = {
    "betaaltaak": BetaalDetails,
    "urltaak": UrlDetails,
    "formuliertaak": FormulierDetails,
}
SOORT = "nl.overheid.taken"
GEMELD = ("uitgevoerd", "verwerkt", "afgebroken")
OVERGANGEN = {
    "open": {"uitgevoerd", "niet_uitgevoerd", "afgebroken"},
    "uitgevoerd": {"verwerkt"},
    "niet_uitgevoerd": {"verwerkt"},
}


def vul_datums(w: Wijziging[ExterneTaakBasis]) -> Fouten:
    """Start is standaard vandaag, de herinnering een ingesteld aantal dagen voor het eind; beide liggen niet na het eind."""
    eind = w.nieuw.einddatum_handelings_termijn
    start = w.nieuw.startdatum or (w.oud or {}).get("startdatum") or w.omgeving.installatie.klok.vandaag()
    vooraf = timedelta(days=w.omgeving.installatie.instellingen.taak_herinnering_dagen)
    herinnering = w.nieuw.datum_herinnering or max(start, eind - vooraf)
    w.waarden |= {
        "startdatum": start,
        "datum_herinnering": min(herinnering, eind) if w.nieuw.datum_herinnering is None else herinnering,
    }
    if start > eind:
        yield ParamFout("einddatumHandelingsTermijn", "invalid", "De einddatum ligt voor de startdatum.")
    if w.waarden["datum_herinnering"] > eind:
        yield ParamFout("datumHerinnering", "invalid", "De herinnering ligt na de einddatum.")


def details_passen_bij_soort(w: Wijziging[Any]) -> Fouten:
    """De details worden getoetst per soort taak, en bewaard met de standaardwaarden van die soort."""
    soort = w.bron.vast.get("taak_soort") or w.waarden.get("taak_soort") or (w.oud or {}).get("taak_soort")
    try:
        details = DETAILS[str(soort)].model_validate(w.waarden["details"])
    except ValidationError as fout:
        for deel in fouten_uit(fout):
            yield ParamFout(f"details.{deel.naam}", deel.code, deel.reden)
    else:
        w.waarden["details"] = details.als_json()


def status_gaat_vooruit(w: Wijziging[ExterneTaakBasis]) -> Fouten:
    """Open → uitgevoerd → verwerkt, open → niet_uitgevoerd of afgebroken; nooit terug."""
    if w.oud is not None and w.verandert("status") and w.nieuw.status not in OVERGANGEN.get(w.oud["status"], set()):
        yield ParamFout("status", "invalid", f"Van {w.oud['status']} naar {w.nieuw.status} kan niet.")


def leg_afronding_vast(w: Wijziging[MedewerkerTaakIn]) -> Fouten:
    """De tijdstippen zet het systeem."""
    if w.aanmaken:
        w.waarden |= {"aangemaakt_op": w.nu, "startdatum": w.nieuw.startdatum or w.omgeving.installatie.klok.vandaag()}
    elif w.verandert("status") and w.nieuw.status != "open":
        w.waarden["afgerond_op"] = w.nu
    if w.waarden.get("startdatum") is None:
        w.waarden["startdatum"] = (w.oud or {})["startdatum"]
    return ()


def afgeronde_taak_ligt_vast(w: Wijziging[MedewerkerTaakIn]) -> Fouten:
    """Een taak die af is verandert niet meer."""
    if w.oud is not None and w.oud["status"] != "open" and any(w.verandert(veld) for veld in w.meegegeven):
        yield ParamFout("status", "taak-afgerond", "Deze taak is al afgerond.")


def taak_is_niet_van_een_ander(w: Wijziging[MedewerkerTaakIn]) -> Fouten:
    """Een taak die een collega net pakte, pak je niet af; eerst teruggeven."""
    huidig = (w.oud or {}).get("behandelaar")
    if huidig and w.nieuw.behandelaar and w.nieuw.behandelaar != huidig:
        yield ParamFout("behandelaar", "al-toegewezen", "Een collega heeft deze taak al in behandeling.")


def behandelaar_is_niet_uitgesloten(w: Wijziging[MedewerkerTaakIn]) -> Fouten:
    """Wie is uitgesloten doet deze taak niet: een bezwaar behandelt een ander dan wie het besluit nam (Awb 7:5 en 10:3)."""
    if w.nieuw.behandelaar and w.nieuw.behandelaar in w.nieuw.uitgesloten:
        yield ParamFout(
            "behandelaar", "uitgesloten", "Deze medewerker was er eerder bij betrokken en doet deze taak niet."
        )


def gebeurtenis_klanttaak(w: Wijziging[ExterneTaakBasis]) -> str:
    """De eigen gebeurtenis van een klanttaak: geregistreerd, of de status die zij kreeg. Herinnerd en verlopen staan in `verlopen`."""
    if w.aanmaken:
        return f"{SOORT}.externetaak-geregistreerd"
    nieuw = w.waarden.get("status") if w.verandert("status") else ""
    return f"{SOORT}.externetaak-{nieuw}" if nieuw in GEMELD else ""


def gebeurtenis_medewerkertaak(w: Wijziging[MedewerkerTaakIn]) -> str:
    """De eigen gebeurtenis van een taak voor een medewerker: geregistreerd, toegewezen, teruggegeven, afgerond of afgebroken."""
    wat = ""
    if w.aanmaken:
        wat = "geregistreerd"
    elif w.verandert("status"):
        wat = w.waarden["status"]
    elif w.verandert("behandelaar"):
        wat = "toegewezen" if w.waarden["behandelaar"] else "teruggegeven"
    return f"{SOORT}.medewerkertaak-{wat}" if wat else ""
