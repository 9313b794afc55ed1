"""Bouwblokken over zaken. Elk vindt eerst wat een vorige poging al maakte, ook bij een registratie zonder Idempotency-Key."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Onherstelbaar, Opdracht, Tekst, of_invoer
from integratie.catalogi import CatalogiClient
from integratie.urn import urn_zaak
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.ontvangst import ontvangen_op
from integratie.verzoeken.schemas import VerzoekUit
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import betrokkene_uit_urn, initiator_van
from integratie.zaken.schemas import ResultaatIn, RolIn, StatusIn, ZaakEigenschapIn, ZaakUit
from kern.klok import NEDERLAND
from kern.plugins import haak
from plugins import rollen, zaakrelaties, zaken_wijzigen
from plugins.hulp import ZaakInvoer, gekozen, met_omschrijving
from plugins.ontvangst import BevestigKeuze, bevestig
from plugins.zaaknummers import ZaakKeuze, zoek_of_maak

GROEP = Tekst("Zaken", "Cases")
ZONDER_NAAM = "Onbekend"


class ZaakMetToelichting(ZaakInvoer):
    toelichting: str = Field("", title="Toelichting", description="Komt bij de status of het resultaat te staan.")


class VerzoekInvoer(Gegevens):
    verzoek: str = Field(title="Verzoek", description="URL van het verzoek.")


class AanmaakKeuze(ZaakKeuze, BevestigKeuze):
    """Wat voor zaak, en wie de ontvangst bevestigt."""


class ZaakUitvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    zaaknummer: str = Field(title="Zaaknummer", description="Identificatie van de zaak.")


class ZaakAanmaken(Bouwblok[AanmaakKeuze, VerzoekInvoer, ZaakUitvoer]):
    """Natuurlijke sleutel: een zaaknummer dat vóór de eerste poging vaststaat; de ontvangstbevestiging volgt uit het verzoek."""

    sleutel = "zaken.zaak-aanmaken"
    naam = Tekst("Zaak aanmaken", "Create case")
    uitleg = Tekst(
        "Maakt een zaak bij het verzoek, met de aanvrager als initiator, bevestigt de ontvangst en markeert het verzoek als verwerkt.",
        "Creates a case for the request, with the applicant as initiator, confirms receipt and marks the request as processed.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[AanmaakKeuze, VerzoekInvoer]) -> ZaakUitvoer:
        installatie = opdracht.installatie
        zaken = ZakenClient(installatie, namens=opdracht.namens)
        verzoeken = VerzoekenClient(installatie, namens=opdracht.namens)
        verzoek = verzoeken.verzoek(opdracht.invoer.verzoek)
        start = ontvangen_op(verzoek)
        zaak = zoek_of_maak(opdracht, opdracht.configuratie, start)
        self._zet_initiator(opdracht, zaken, zaak, verzoek)
        verzoeken.markeer_verwerkt(
            verzoek.url, zaak=urn_zaak(installatie.instellingen.bronorganisatie, zaak.identificatie)
        )
        bevestig(opdracht, zaak.url, verzoek)
        return ZaakUitvoer(zaak=zaak.url, zaaknummer=zaak.identificatie)

    def _zet_initiator(
        self, opdracht: Opdracht[AanmaakKeuze, VerzoekInvoer], zaken: ZakenClient, zaak: ZaakUit, verzoek: VerzoekUit
    ) -> None:
        betrokkene = _betrokkene(verzoek)
        if betrokkene is None or initiator_van(zaken, zaak.url) is not None:
            return
        roltypen = CatalogiClient(opdracht.installatie, namens=opdracht.namens).roltypen(zaak.zaaktype)
        roltype = next((rol.url for rol in roltypen if rol.omschrijving_generiek == "initiator"), None)
        if roltype is None:
            raise Onherstelbaar("het zaaktype heeft geen roltype voor de initiator")
        rol = RolIn.model_validate(
            {
                **betrokkene,
                "zaak": zaak.url,
                "roltype": roltype,
                "roltoelichting": "Diende het verzoek in",
                "authenticatie_context": verzoek.authenticatie_context,
                "indicatie_machtiging": "gemachtigde"
                if (verzoek.authenticatie_context or {}).get("representee")
                else "",
            }
        )
        zaken.voeg_rol_toe(rol, sleutel=opdracht.idempotentie("initiator"))


def _betrokkene(verzoek: VerzoekUit) -> dict[str, Any] | None:
    """Wie het verzoek deed, als betrokkene van een rol. Wie niet inlogde maar wel bereikbaar wil zijn, staat er bij naam in; wie
    anoniem meldde krijgt geen rol.
    """
    if verzoek.initiator:
        soort, identificatie = betrokkene_uit_urn(verzoek.initiator)
        return {"betrokkene_type": soort, "betrokkene_identificatie": identificatie}
    antwoorden = verzoek.aanvraag_gegevens
    naam = str(antwoorden.get("naam") or "")
    if not naam and not antwoorden.get("email"):
        return None
    return {
        "betrokkene_type": "natuurlijk_persoon",
        "betrokkene_identificatie": {"geslachtsnaam": naam[:200] or ZONDER_NAAM},
        "afwijkende_naam_betrokkene": naam[:625],
    }


class StatusKeuze(Gegevens):
    statustype: str = of_invoer(title="Statustype", description="Omschrijving van het statustype.")


class StatusInvoer(ZaakMetToelichting):
    statustype: str = Field("", title="Statustype", description="In plaats van de instelling.")


class StatusZetten(Bouwblok[StatusKeuze, StatusInvoer, Geen]):
    """Natuurlijke sleutel: het tijdstip waarop de stap bereikt werd."""

    sleutel = "zaken.status-zetten"
    naam = Tekst("Status zetten", "Set status")
    uitleg = Tekst("Geeft de zaak een nieuwe status.", "Gives the case a new status.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[StatusKeuze, StatusInvoer]) -> Geen:
        zaken = ZakenClient(opdracht.installatie, namens=opdracht.namens)
        zaak = zaken.zaak(opdracht.invoer.zaak)
        statustypen = CatalogiClient(opdracht.installatie, namens=opdracht.namens).statustypen(zaak.zaaktype)
        statustype = met_omschrijving(statustypen, gekozen(opdracht, "statustype"), "statustype")
        if any(status.datum_status_gezet == opdracht.moment for status in zaken.statussen(zaak.url)):
            return Geen()
        status = StatusIn(
            zaak=zaak.url,
            statustype=statustype.url,
            datum_status_gezet=opdracht.moment.astimezone(NEDERLAND),
            statustoelichting=opdracht.invoer.toelichting,
        )
        zaken.zet_status(status, sleutel=opdracht.idempotentie("status"))
        return Geen()


class ResultaatKeuze(Gegevens):
    resultaattype: str = of_invoer(title="Resultaattype", description="Omschrijving van het resultaattype.")


class ResultaatInvoer(ZaakMetToelichting):
    resultaattype: str = Field("", title="Resultaattype", description="In plaats van de instelling.")


class ResultaatZetten(Bouwblok[ResultaatKeuze, ResultaatInvoer, Geen]):
    """Een zaak heeft hoogstens één resultaat; is er al een, dan is dat van een vorige poging."""

    sleutel = "zaken.resultaat-zetten"
    naam = Tekst("Resultaat vastleggen", "Record result")
    uitleg = Tekst("Legt vast waar de zaak op uitkwam.", "Records the outcome of the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[ResultaatKeuze, ResultaatInvoer]) -> Geen:
        zaken = ZakenClient(opdracht.installatie, namens=opdracht.namens)
        zaak = zaken.zaak(opdracht.invoer.zaak)
        if zaak.resultaat is not None:
            return Geen()
        typen = CatalogiClient(opdracht.installatie, namens=opdracht.namens).resultaattypen(zaak.zaaktype)
        soort = met_omschrijving(typen, gekozen(opdracht, "resultaattype"), "resultaattype")
        resultaat = ResultaatIn(zaak=zaak.url, resultaattype=soort.url, toelichting=opdracht.invoer.toelichting)
        zaken.zet_resultaat(resultaat, sleutel=opdracht.idempotentie("resultaat"))
        return Geen()


class EigenschapKeuze(Gegevens):
    eigenschap: str = Field(title="Eigenschap", description="Naam van de eigenschap.")


class EigenschapInvoer(ZaakInvoer):
    waarde: str = Field(title="Waarde", description="De waarde, in de vorm die het zaaktype vraagt.")


class EigenschapZetten(Bouwblok[EigenschapKeuze, EigenschapInvoer, Geen]):
    """Bestaat de eigenschap al bij de zaak, dan krijgt zij de nieuwe waarde."""

    sleutel = "zaken.eigenschap-zetten"
    naam = Tekst("Eigenschap zetten", "Set property")
    uitleg = Tekst("Legt een eigenschap van de zaak vast.", "Records a property of the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[EigenschapKeuze, EigenschapInvoer]) -> Geen:
        zaken = ZakenClient(opdracht.installatie, namens=opdracht.namens)
        zaak = zaken.zaak(opdracht.invoer.zaak)
        naam, waarde = opdracht.configuratie.eigenschap, opdracht.invoer.waarde
        bestaand = next((deel for deel in zaken.eigenschappen(zaak.url) if deel.naam == naam), None)
        if bestaand is not None:
            if bestaand.waarde != waarde:
                zaken.vraag("PATCH", bestaand.url, json={"waarde": waarde})
            return Geen()
        typen = CatalogiClient(opdracht.installatie, namens=opdracht.namens).eigenschappen(zaak.zaaktype)
        soort = next((type_ for type_ in typen if type_.naam == naam), None)
        if soort is None:
            raise Onherstelbaar(f"eigenschap '{naam}' bestaat niet bij dit zaaktype")
        eigenschap = ZaakEigenschapIn(zaak=zaak.url, eigenschap=soort.url, waarde=waarde)
        zaken.zet_eigenschap(eigenschap, sleutel=opdracht.idempotentie("eigenschap"))
        return Geen()


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    eigen = [ZaakAanmaken, StatusZetten, ResultaatZetten, EigenschapZetten]
    return [*eigen, *zaken_wijzigen.BLOKKEN, *rollen.BLOKKEN, *zaakrelaties.BLOKKEN]
