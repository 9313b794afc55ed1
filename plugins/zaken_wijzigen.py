"""Bouwblokken die een lopende zaak wijzigen: bijwerken, afsluiten, heropenen en notities.

Opschorten en verdagen staan in `plugins.termijnen`: alleen de wettelijke klok schrijft de einddatum van een zaak.
"""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Opdracht, Tekst, of_invoer
from integratie.catalogi.schemas import StatusTypeUit
from integratie.typen import Vertrouwelijkheid
from integratie.zaken.schemas import Betalingsindicatie, ResultaatIn, StatusIn, ZaakNotitieIn, ZaakNotitieUit, ZaakUit
from kern.klok import NEDERLAND
from plugins.hulp import ZaakInvoer, clients, gekozen, gevuld, is_misschien_al_weg, met_omschrijving

GROEP = Tekst("Zaken", "Cases")


class BijwerkInvoer(ZaakInvoer):
    omschrijving: str = Field("", title="Omschrijving", description="Nieuwe korte omschrijving.", max_length=80)
    toelichting: str = Field("", title="Toelichting", description="Nieuwe toelichting.", max_length=1000)
    vertrouwelijkheidaanduiding: Vertrouwelijkheid | None = Field(
        None, title="Vertrouwelijkheid", description="Nieuwe vertrouwelijkheidaanduiding."
    )
    einddatum_gepland: date | None = Field(None, title="Geplande einddatum", description="Nieuwe streefdatum.")
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
    ZaakAfsluiten,
    ZaakHeropenen,
    NotitieMaken,
)
