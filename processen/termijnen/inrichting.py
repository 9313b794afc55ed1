"""Welke regels er voor een zaak gelden: wat het procespakket zegt, of anders wat het zaaktype in de catalogus zegt."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import ZaakTypeUit
from integratie.configuratie import PROCESPAKKET, Configuratie
from integratie.termijnen.schemas import KlokIn
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from processen.termijnen.gebeurtenissen import Gebeurtenis
from processen.termijnen.grootboek import Begin, Nieuw
from processen.termijnen.regels import SOORTEN, Termijnregels, regels_voor
from processen.termijnen.toetsen import toets_begin

NAMENS = "processen"
WERKDAGEN = 10
EIGEN = ("duur", "grondslag", "verdaging", "verdaging_grondslag", "streefduur", "dwangsom", "van_rechtswege")


def lees_begin(installatie: Installatie, klok: KlokIn) -> tuple[Begin, list[Nieuw]]:
    """Alles waarmee de klok van deze zaak begint, bij de bronnen gelezen; `ApiFout` als de zaak er niet is, `Bezwaar` als de dag van
    ontvangst nog moet komen.
    """
    zaak = ZakenClient(installatie, namens=NAMENS).zaak(klok.zaak)
    zaaktype = CatalogiClient(installatie, namens=NAMENS).type_bij_url(zaak.zaaktype)
    inrichting = _inrichting(installatie, zaaktype.identificatie)
    soort = klok.soort or inrichting.get("soort") or "aanvraag"
    regels = regels_van(soort, inrichting, zaaktype)
    begin = Begin(
        zaak.uuid, installatie.diensten.naar_opslag(zaak.url), zaak.identificatie, zaaktype.identificatie,
        zaaktype.omschrijving, soort, regels, int(inrichting.get("dreigtWerkdagen") or WERKDAGEN),
    )  # fmt: skip
    return begin, list(_ontvangst(zaak, klok, installatie.klok.vandaag()))


def regels_van(soort: str, inrichting: dict[str, Any], zaaktype: ZaakTypeUit) -> Termijnregels:
    """De regels uit het pakket; zonder eigen regel die van de wet, met doorlooptijd en verlenging van het zaaktype."""
    if inrichting:
        gezegd = {naam: inrichting.get(_op_de_lijn(naam)) for naam in EIGEN}
        eigen = {naam: waarde for naam, waarde in gezegd.items() if waarde not in (None, "")}
        return regels_voor(soort, **eigen)
    wet = SOORTEN[soort]
    if not wet.duur or zaaktype.doorlooptijd == wet.duur:
        return replace(wet, streefduur=zaaktype.servicenorm or "")
    return replace(
        wet,
        duur=zaaktype.doorlooptijd,
        grondslag=f"doorlooptijd van het zaaktype, en {wet.grondslag}",
        verdaging=(zaaktype.verlengingstermijn or "") if zaaktype.verlenging_mogelijk else "",
        streefduur=zaaktype.servicenorm or "",
    )


def _inrichting(installatie: Installatie, zaaktype: str) -> dict[str, Any]:
    for pakket in Configuratie(installatie, namens=NAMENS).alle(PROCESPAKKET):
        for regel in pakket.get("termijnen", []):
            if regel["zaaktype"] == zaaktype:
                return dict(regel)
    return {}


def _ontvangst(zaak: ZaakUit, klok: KlokIn, vandaag: date) -> Iterator[Nieuw]:
    """De eerste regels; hun uuid volgt uit de zaak, zodat twee tegelijk hetzelfde begin maken.

    Een zaak kan een startdatum hebben die nog komt, maar wat er al ligt is uiterlijk vandaag ontvangen.
    """
    ontvangen: date = klok.ontvangen or min(zaak.startdatum, vandaag)
    yield _eerste(zaak.uuid, Gebeurtenis("ontvangen", ontvangen), klok, vandaag)
    if klok.bekendgemaakt:
        bekend = Gebeurtenis("bekendgemaakt", klok.bekendgemaakt, reden="het bestreden besluit")
        yield _eerste(zaak.uuid, bekend, klok, vandaag)
    if zaak.einddatum:
        # Wie pas na het afsluiten een klok krijgt (een controle achteraf) wacht nergens meer op; zie `werk.volg_zaak`.
        klaar = Gebeurtenis("beslist", max(min(zaak.einddatum, vandaag), ontvangen), reden="De zaak is afgesloten.")
        yield Nieuw(uuid5(zaak.uuid, "afgesloten"), klaar, klok.door, klok.door_naam)


def _eerste(zaak: UUID, gebeurtenis: Gebeurtenis, klok: KlokIn, vandaag: date) -> Nieuw:
    toets_begin(gebeurtenis, vandaag)
    return Nieuw(uuid5(zaak, gebeurtenis.soort), gebeurtenis, klok.door, klok.door_naam)


def _op_de_lijn(naam: str) -> str:
    delen = naam.split("_")
    return delen[0] + "".join(deel.capitalize() for deel in delen[1:])
