"""Bouwblokken die een lopende zaak wijzigen: bijwerken, verlengen, hersteltermijn, afsluiten, heropenen en notities."""

from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, BpmnFout, Fout, Geen, Gegevens, Opdracht, Tekst, of_invoer
from integratie.catalogi.schemas import StatusTypeUit
from integratie.typen import Vertrouwelijkheid
from integratie.zaken.schemas import Betalingsindicatie, ResultaatIn, StatusIn, ZaakNotitieIn, ZaakNotitieUit, ZaakUit
from kern.klok import NEDERLAND
from kern.termijnen import erbij, termijn
from plugins.hulp import ZaakInvoer, clients, gekozen, gevuld, is_misschien_al_weg, met_omschrijving, vandaag

GROEP = Tekst("Zaken", "Cases")


class BijwerkInvoer(ZaakInvoer):
    omschrijving: str = Field("", title="Omschrijving", description="Nieuwe korte omschrijving.", max_length=80)
    toelichting: str = Field("", title="Toelichting", description="Nieuwe toelichting.", max_length=1000)
    vertrouwelijkheidaanduiding: Vertrouwelijkheid | None = Field(
        None, title="Vertrouwelijkheid", description="Nieuwe vertrouwelijkheidaanduiding."
    )
    einddatum_gepland: date | None = Field(None, title="Geplande einddatum", description="Nieuwe streefdatum.")
    uiterlijke_einddatum_afdoening: date | None = Field(
        None, title="Uiterlijke einddatum", description="Nieuwe laatste dag om te beslissen."
    )
    betalingsindicatie: Betalingsindicatie = Field(
        "", title="Betaling", description="Stand van de betaling: nvt, nog_niet, gedeeltelijk of geheel."
    )


class ZaakBijwerken(Bouwblok[Geen, BijwerkInvoer, Geen]):
    """Dezelfde gegevens nog eens zetten verandert niets."""

    sleutel = "zaken.bijwerken"
    naam = Tekst("Zaak bijwerken", "Update case")
    uitleg = Tekst("Wijzigt de meegegeven gegevens van de zaak.", "Changes the given data of the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, BijwerkInvoer]) -> Geen:
        velden = gevuld(opdracht.invoer, "zaak")
        if velden:
            clients(opdracht).zaken.wijzig_zaak(opdracht.invoer.zaak, **velden)
        return Geen()


class VerlengKeuze(Gegevens):
    reden: str = of_invoer(title="Reden", description="Waarom er meer tijd nodig is.", max_length=200)
    duur: str = of_invoer(title="Duur", description="Hoeveel tijd erbij komt, zoals P6W.")


class VerlengInvoer(ZaakInvoer):
    reden: str = Field("", title="Reden", description="In plaats van de instelling.", max_length=200)
    duur: str = Field("", title="Duur", description="In plaats van de instelling.")


class EinddatumUitvoer(Gegevens):
    uiterlijke_einddatum: date | None = Field(
        title="Uiterlijke einddatum", description="De nieuwe laatste dag om te beslissen."
    )


class ZaakVerlengen(Bouwblok[VerlengKeuze, VerlengInvoer, EinddatumUitvoer]):
    """Een zaak wordt hoogstens één keer verlengd; staat deze verlenging er al, dan is dat van een vorige poging."""

    sleutel = "zaken.verlengen"
    naam = Tekst("Zaak verlengen", "Extend case")
    uitleg = Tekst(
        "Verschuift de uiterlijke einddatum en legt de verlenging met reden vast (verdagen).",
        "Moves the latest end date and records the extension with its reason.",
    )
    groep = GROEP
    fouten = (Fout("niet-verlengbaar", Tekst("Het zaaktype kan niet verlengd worden.", "Cannot be extended.")),)

    def voer_uit(self, opdracht: Opdracht[VerlengKeuze, VerlengInvoer]) -> EinddatumUitvoer:
        api, reden, duur = clients(opdracht), gekozen(opdracht, "reden"), gekozen(opdracht, "duur")
        zaak = api.zaken.zaak(opdracht.invoer.zaak)
        if zaak.verlenging.reden == reden and zaak.verlenging.duur == duur:
            return EinddatumUitvoer(uiterlijke_einddatum=zaak.uiterlijke_einddatum_afdoening)
        if not api.catalogi.type_bij_url(zaak.zaaktype).verlenging_mogelijk or zaak.verlenging.reden:
            raise BpmnFout("niet-verlengbaar")
        velden: dict[str, Any] = {"verlenging": {"reden": reden, "duur": duur}}
        if zaak.uiterlijke_einddatum_afdoening:
            velden["uiterlijkeEinddatumAfdoening"] = erbij(zaak.uiterlijke_einddatum_afdoening, duur).isoformat()
        nu = api.zaken.wijzig_zaak(zaak.url, **velden)
        return EinddatumUitvoer(uiterlijke_einddatum=nu.uiterlijke_einddatum_afdoening)


class HersteltermijnKeuze(Gegevens):
    reden: str = of_invoer(title="Reden", description="Waarom de behandeling wacht.", max_length=200)
    duur: str = Field("P2W", title="Termijn", description="Hoe lang de aanvrager heeft, zoals P2W.")


class HersteltermijnInvoer(ZaakInvoer):
    reden: str = Field("", title="Reden", description="In plaats van de instelling.", max_length=200)
    duur: str = Field("", title="Termijn", description="In plaats van de instelling.")


class HersteltermijnUitvoer(Gegevens):
    vanaf: date = Field(title="Vanaf", description="De dag waarop de hersteltermijn begon.")
    uiterlijk: date = Field(title="Uiterlijk", description="De laatste dag van de hersteltermijn.")
    einddatum: date | None = Field(title="Einddatum", description="De uiterlijke einddatum van vóór de opschorting.")


class HersteltermijnStart(Bouwblok[HersteltermijnKeuze, HersteltermijnInvoer, HersteltermijnUitvoer]):
    """Nog eens beginnen met dezelfde reden verandert niets."""

    sleutel = "zaken.hersteltermijn-start"
    naam = Tekst("Hersteltermijn beginnen", "Start period to supplement")
    uitleg = Tekst(
        "Schort de zaak op en rekent uit tot wanneer de aanvrager kan aanvullen (Awb 4:5 en 4:15).",
        "Suspends the case and calculates until when the applicant can supplement.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[HersteltermijnKeuze, HersteltermijnInvoer]) -> HersteltermijnUitvoer:
        reden, duur = gekozen(opdracht, "reden"), opdracht.invoer.duur or opdracht.configuratie.duur
        opschorting = {"indicatie": True, "reden": reden}
        zaak = clients(opdracht).zaken.wijzig_zaak(opdracht.invoer.zaak, opschorting=opschorting)
        vanaf = vandaag(opdracht)
        return HersteltermijnUitvoer(
            vanaf=vanaf, uiterlijk=termijn(vanaf, duur), einddatum=zaak.uiterlijke_einddatum_afdoening
        )


class HerstelEindInvoer(ZaakInvoer):
    vanaf: date = Field(title="Vanaf", description="De dag waarop de hersteltermijn begon.")
    einddatum: date | None = Field(None, title="Einddatum", description="De uiterlijke einddatum van toen.")


class HerstelEindUitvoer(Gegevens):
    einddatum: date | None = Field(title="Einddatum", description="De nieuwe uiterlijke einddatum.")


class HersteltermijnEind(Bouwblok[Geen, HerstelEindInvoer, HerstelEindUitvoer]):
    """De nieuwe einddatum volgt uit de oude en de dag van deze stap: nog eens uitvoeren schuift niet verder."""

    sleutel = "zaken.hersteltermijn-eind"
    naam = Tekst("Hersteltermijn beëindigen", "End period to supplement")
    uitleg = Tekst(
        "Hervat de zaak en telt de dagen dat zij stilstond bij de uiterlijke einddatum op (Awb 4:15).",
        "Resumes the case and adds the days it stood still to the latest end date.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, HerstelEindInvoer]) -> HerstelEindUitvoer:
        invoer = opdracht.invoer
        velden: dict[str, Any] = {"opschorting": {"indicatie": False, "reden": ""}}
        if invoer.einddatum:
            stil = max(vandaag(opdracht) - invoer.vanaf, timedelta())
            velden["uiterlijkeEinddatumAfdoening"] = (invoer.einddatum + stil).isoformat()
        zaak = clients(opdracht).zaken.wijzig_zaak(invoer.zaak, **velden)
        return HerstelEindUitvoer(einddatum=zaak.uiterlijke_einddatum_afdoening)


class AfsluitKeuze(Gegevens):
    resultaattype: str = of_invoer(title="Resultaattype", description="Omschrijving van het resultaattype.")
    statustype: str = Field("", title="Statustype", description="De eindstatus; leeg is die van het zaaktype.")


class AfsluitInvoer(ZaakInvoer):
    resultaattype: str = Field("", title="Resultaattype", description="In plaats van de instelling.")
    statustype: str = Field("", title="Statustype", description="In plaats van de instelling.")
    toelichting: str = Field("", title="Toelichting", description="Komt bij het resultaat en de status te staan.")


class ResultaatUitvoer(Gegevens):
    resultaat: str = Field(title="Resultaat", description="URL van het resultaat.")


class ZaakAfsluiten(Bouwblok[AfsluitKeuze, AfsluitInvoer, ResultaatUitvoer]):
    """Een gesloten zaak, of een zaak die al een resultaat heeft, is van een vorige poging."""

    sleutel = "zaken.afsluiten"
    naam = Tekst("Zaak afsluiten", "Close case")
    uitleg = Tekst("Legt het resultaat vast en zet de eindstatus.", "Records the result and sets the final status.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[AfsluitKeuze, AfsluitInvoer]) -> ResultaatUitvoer:
        zaak = clients(opdracht).zaken.zaak(opdracht.invoer.zaak)
        resultaat = zaak.resultaat or self._resultaat(opdracht, zaak)
        if zaak.einddatum is None:
            _zet_status(opdracht, zaak, self._eindstatus(opdracht, zaak), opdracht.invoer.toelichting)
        return ResultaatUitvoer(resultaat=resultaat)

    def _resultaat(self, opdracht: Opdracht[AfsluitKeuze, AfsluitInvoer], zaak: ZaakUit) -> str:
        api = clients(opdracht)
        typen = api.catalogi.resultaattypen(zaak.zaaktype)
        soort = met_omschrijving(typen, gekozen(opdracht, "resultaattype"), "resultaattype")
        nieuw = ResultaatIn(zaak=zaak.url, resultaattype=soort.url, toelichting=opdracht.invoer.toelichting)
        return api.zaken.zet_resultaat(nieuw, sleutel=opdracht.idempotentie("resultaat")).url

    def _eindstatus(self, opdracht: Opdracht[AfsluitKeuze, AfsluitInvoer], zaak: ZaakUit) -> StatusTypeUit:
        typen = clients(opdracht).catalogi.statustypen(zaak.zaaktype)
        naam = opdracht.invoer.statustype or opdracht.configuratie.statustype
        return met_omschrijving(typen, naam, "statustype") if naam else typen[-1]


class HeropenKeuze(Gegevens):
    statustype: str = of_invoer(title="Statustype", description="De status waarin de behandeling verder gaat.")


class HeropenInvoer(ZaakInvoer):
    statustype: str = Field("", title="Statustype", description="In plaats van de instelling.")
    toelichting: str = Field(title="Toelichting", description="Waarom de zaak weer open moet.", min_length=1)


class ZaakHeropenen(Bouwblok[HeropenKeuze, HeropenInvoer, Geen]):
    """De status draagt het tijdstip van deze stap; daarna gaat het oude resultaat weg, als het er nog is."""

    sleutel = "zaken.heropenen"
    naam = Tekst("Zaak heropenen", "Reopen case")
    uitleg = Tekst(
        "Opent een afgesloten zaak weer, met een reden, en haalt het resultaat weg.",
        "Reopens a closed case, with a reason, and removes the result.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[HeropenKeuze, HeropenInvoer]) -> Geen:
        api = clients(opdracht)
        zaak = api.zaken.zaak(opdracht.invoer.zaak)
        statustype = met_omschrijving(
            api.catalogi.statustypen(zaak.zaaktype), gekozen(opdracht, "statustype"), "statustype"
        )
        if not any(status.datum_status_gezet == opdracht.moment for status in api.zaken.statussen(zaak.url)):
            _zet_status(opdracht, zaak, statustype, opdracht.invoer.toelichting)
        if zaak.resultaat:
            with is_misschien_al_weg():
                api.zaken.verwijder(zaak.resultaat)
        return Geen()


def _zet_status(opdracht: Opdracht[Any, Any], zaak: ZaakUit, statustype: StatusTypeUit, toelichting: str) -> None:
    status = StatusIn(
        zaak=zaak.url,
        statustype=statustype.url,
        datum_status_gezet=opdracht.moment.astimezone(NEDERLAND),
        statustoelichting=toelichting,
    )
    clients(opdracht).zaken.zet_status(status, sleutel=opdracht.idempotentie("status"))


class NotitieKeuze(Gegevens):
    onderwerp: str = of_invoer(title="Onderwerp", description="Waar de notitie over gaat.", max_length=255)
    soort: Literal["intern", "extern"] = Field("intern", title="Soort", description="Voor wie de notitie is.")


class NotitieInvoer(ZaakInvoer):
    onderwerp: str = Field("", title="Onderwerp", description="In plaats van de instelling.", max_length=255)
    tekst: str = Field(title="Tekst", description="De notitie zelf.", min_length=1)


class NotitieUitvoer(Gegevens):
    notitie: str = Field(title="Notitie", description="URL van de notitie.")


class NotitieMaken(Bouwblok[NotitieKeuze, NotitieInvoer, NotitieUitvoer]):
    """Natuurlijke sleutel: dezelfde notitie bij dezelfde zaak, gemaakt sinds deze stap begon."""

    sleutel = "zaken.notitie"
    naam = Tekst("Notitie bij de zaak", "Case note")
    uitleg = Tekst("Schrijft een notitie bij de zaak.", "Writes a note with the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[NotitieKeuze, NotitieInvoer]) -> NotitieUitvoer:
        zaken = clients(opdracht).zaken
        nieuw = ZaakNotitieIn(
            onderwerp=gekozen(opdracht, "onderwerp"),
            tekst=opdracht.invoer.tekst,
            notitie_type=opdracht.configuratie.soort,
            aangemaakt_door=f"proces {opdracht.definitie}",
            status="definitief",
            gerelateerd_aan=opdracht.invoer.zaak,
        )
        sinds = {"gerelateerdAan": opdracht.invoer.zaak, "aanmaakdatum__gte": opdracht.moment.isoformat()}
        for notitie in zaken.alle("zaaknotities", ZaakNotitieUit, **sinds):
            if (notitie.onderwerp, notitie.tekst) == (nieuw.onderwerp, nieuw.tekst):
                return NotitieUitvoer(notitie=notitie.url)
        gemaakt = zaken.maak("zaaknotities", nieuw, ZaakNotitieUit, sleutel=opdracht.idempotentie("notitie"))
        return NotitieUitvoer(notitie=gemaakt.url)


BLOKKEN = (
    ZaakBijwerken,
    ZaakVerlengen,
    HersteltermijnStart,
    HersteltermijnEind,
    ZaakAfsluiten,
    ZaakHeropenen,
    NotitieMaken,
)
