"""Mijn zaken: de lijst, en wat er op de pagina van één zaak staat."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from markupsafe import Markup

from dmn.zinnen import duur_in_woorden
from huisstijl import vertaal
from huisstijl.filters import datum, nederlands
from huisstijl.taal import huidige_taal
from integratie.catalogi.schemas import StatusTypeUit, ZaakTypeUit
from integratie.termijnen.schemas import KlokDetailUit
from integratie.zaken.schemas import StatusUit
from mijngemeente.bladeren import Bladzijde
from mijngemeente.bronnen import Bronnen
from mijngemeente.ik import eigenaren_van_zaak
from mijngemeente.termijn import reden_in_taal

MEESTE_TYPEN = 500


@dataclass(frozen=True)
class Zaakregel:
    """Een zaak in een lijst. `stand` is de status, of bij een afgeronde zaak het resultaat."""

    uuid: UUID
    titel: str
    nummer: str
    begonnen: date
    uiterlijk: date | None
    afgerond: date | None
    stand: str


def lees_zaken(bron: Bronnen, bladzijde: Bladzijde, *, afgerond: bool, zoek: str = "") -> tuple[list[Zaakregel], int]:
    """Eén bladzijde van mijn zaken en het totaal; `zoek` is een deel van het zaaknummer of van de naam van het zaaktype."""
    criteria = {
        **bron.ik.zaakcriteria,
        "einddatum__isnull": not afgerond,
        "ordering": "-einddatum" if afgerond else "-startdatum",
        "expand": "zaaktype,status.statustype,resultaat.resultaattype,rollen",
    }
    if zoek:
        gezocht = _zoekcriteria(bron, zoek)
        if gezocht is None:
            return [], 0
        criteria |= gezocht
    pagina = bron.zaken.vraag("POST", "zaken/_zoek", json=criteria, params=bladzijde.params)
    # De registratie zoekt nummer en rol apart; hier telt alleen wie zelf de initiator is.
    mijn = [zaak for zaak in pagina["results"] if bron.ik.eigenaar in set(eigenaren_van_zaak(zaak))]
    return [zaakregel(zaak) for zaak in mijn], pagina["count"]


def _zoekcriteria(bron: Bronnen, zoek: str) -> dict[str, Any] | None:
    if any(teken.isdigit() for teken in zoek):
        return {"identificatie__icontains": zoek}
    typen = bron.catalogi.lijst("zaaktypen", ZaakTypeUit, pageSize=MEESTE_TYPEN).results
    gevonden = [soort.url for soort in typen if zoek.lower() in soort.omschrijving.lower()]
    return {"zaaktype__in": gevonden} if gevonden else None


def zaakregel(zaak: Mapping[str, Any]) -> Zaakregel:
    """Een uitgeklapte zaak als regel."""
    return Zaakregel(
        uuid=UUID(str(zaak["uuid"])),
        titel=titel_van(zaak),
        nummer=zaak["identificatie"],
        begonnen=date.fromisoformat(zaak["startdatum"]),
        uiterlijk=_dag(zaak, "uiterlijkeEinddatumAfdoening"),
        afgerond=_dag(zaak, "einddatum"),
        stand=(resultaat_van(zaak) if zaak["einddatum"] else "") or _status_van(zaak),
    )


def titel_van(zaak: Mapping[str, Any]) -> str:
    """Hoe een zaak voor een inwoner heet: naar wat hij vroeg."""
    zaaktype = zaak["_expand"].get("zaaktype") or {}
    return str(zaaktype.get("omschrijving") or zaak["omschrijving"] or zaak["identificatie"])


def resultaat_van(zaak: Mapping[str, Any]) -> str:
    resultaat = zaak["_expand"].get("resultaat") or {}
    return str(resultaat.get("_expand", {}).get("resultaattype", {}).get("omschrijving", ""))


def _status_van(zaak: Mapping[str, Any]) -> str:
    status = zaak["_expand"].get("status") or {}
    return str(status.get("_expand", {}).get("statustype", {}).get("omschrijving", ""))


def _dag(zaak: Mapping[str, Any], veld: str) -> date | None:
    return date.fromisoformat(zaak[veld]) if zaak[veld] else None


def tijdlijn(statustypen: Sequence[StatusTypeUit], statussen: Iterable[StatusUit]) -> list[dict[str, str]]:
    """De stappen van een zaak: gezet, waar zij nu is, en wat nog komt. Is zij klaar, dan alleen wat er echt gebeurde."""
    gezet = {status.statustype: status for status in sorted(statussen, key=lambda een: een.datum_status_gezet)}
    laatste = max(gezet.values(), key=lambda een: een.datum_status_gezet, default=None)
    eindig = {soort.url for soort in statustypen if soort.is_eindstatus}
    klaar = laatste is not None and laatste.statustype in eindig
    nu = next((plaats for plaats, soort in enumerate(statustypen) if laatste and soort.url == laatste.statustype), -1)
    stappen = []
    for plaats, soort in enumerate(statustypen):
        status = gezet.get(soort.url)
        if status is None and (klaar or plaats < nu):
            continue  # overgeslagen
        stappen.append(_stap(soort, status, nu=plaats == nu and not klaar, geweest=plaats <= nu))
    return stappen


def _stap(soort: StatusTypeUit, status: StatusUit | None, *, nu: bool, geweest: bool) -> dict[str, str]:
    toestand = "nu" if nu else ("klaar" if status and geweest else "straks")
    uitleg = (status.statustoelichting if status else "") or soort.statustekst
    return {
        "naam": soort.omschrijving,
        "toestand": toestand,
        "datum": datum(status.datum_status_gezet) if status and geweest else "",
        "toelichting": uitleg if toestand != "straks" else "",
    }


@dataclass(frozen=True)
class Verwachting:
    """Wat iemand kan verwachten, in gewone woorden. `soort` is die van een melding: info of warning."""

    soort: str
    kop: str
    tekst: str


def verwachting(zaak: Mapping[str, Any], vandaag: date, klok: KlokDetailUit | None = None) -> Verwachting:
    """De uitleg bij de termijn van een zaak; `klok` is er als de zaak er een heeft en die te lezen was."""
    afgerond, uiterlijk = _dag(zaak, "einddatum"), _dag(zaak, "uiterlijkeEinddatumAfdoening")
    if afgerond:
        return _afgerond(zaak, afgerond)
    if zaak["opschorting"]["indicatie"]:
        return _stil(zaak)
    if uiterlijk is None:
        return Verwachting(
            "info", vertaal("Wij zijn ermee bezig"), vertaal("Zodra er nieuws is, krijgt u een bericht.")
        )
    if uiterlijk < vandaag:
        te_laat = vertaal(
            "Wij hadden u uiterlijk %(dag)s antwoord moeten geven. Dat is niet gelukt.", dag=datum(uiterlijk)
        )
        tekst = " ".join(filter(None, (te_laat, _na_te_laat(klok))))
        return Verwachting("warning", vertaal("Het duurt langer dan de bedoeling is"), tekst)
    return _op_tijd(zaak, uiterlijk)


def _na_te_laat(klok: KlokDetailUit | None) -> str:
    """Wat iemand nog kan doen of mag verwachten als wij te laat zijn. Leeg als er geen dwangsom volgt."""
    if klok is None or klok.ingebreke is None:
        return vertaal("U kunt ons schrijven dat wij te laat zijn. Daarna hebben wij nog twee weken om te beslissen.")
    if klok.dwangsom:
        return vertaal("U krijgt daarom geld van ons: een dwangsom. Wij moeten nog steeds beslissen.")
    if any(stap.wat == "geen dwangsom" and stap.geldig for stap in klok.stappen):
        return ""
    return vertaal(
        "U schreef ons op %(dag)s dat wij te laat zijn. Daarna hebben wij nog twee weken om te beslissen.",
        dag=datum(klok.ingebreke),
    )


def _afgerond(zaak: Mapping[str, Any], afgerond: date) -> Verwachting:
    resultaat = resultaat_van(zaak)
    kop = vertaal("Resultaat: %(resultaat)s", resultaat=nederlands(resultaat)) if resultaat else vertaal("Afgerond")
    return Verwachting("info", kop, vertaal("Deze zaak is afgerond op %(dag)s.", dag=datum(afgerond)))


def _stil(zaak: Mapping[str, Any]) -> Verwachting:
    tekst = vertaal("Wij kunnen nu niet verder met uw zaak. De tijd die wij hebben om te beslissen staat daarom stil.")
    reden = zaak["opschorting"]["reden"]
    if reden:
        tekst = Markup(" ").join([tekst, vertaal("De reden: %(reden)s.", reden=reden_in_taal(reden))])
    return Verwachting("warning", vertaal("Uw zaak staat stil"), tekst)


def _op_tijd(zaak: Mapping[str, Any], uiterlijk: date) -> Verwachting:
    tekst = vertaal("Lukt dat niet, dan hoort u dat van ons vóór die dag.")
    verlenging = zaak["verlenging"]
    if verlenging["reden"]:
        tekst = vertaal(
            "Wij hebben %(duur)s meer tijd nodig. De reden: %(reden)s.",
            duur=duur_in_woorden(verlenging["duur"], "en" if huidige_taal() == "en" else "nl"),
            reden=reden_in_taal(verlenging["reden"]),
        )
    return Verwachting("info", vertaal("U krijgt uiterlijk %(dag)s antwoord", dag=datum(uiterlijk)), tekst)
