"""Bouwblokken die typen van een zaak opzoeken."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, BpmnFout, Fout, Gegevens, Opdracht, Tekst, of_invoer
from kern.plugins import haak
from plugins.hulp import ZaakInvoer, clients, gekozen, met_omschrijving, vandaag

GROEP = Tekst("Catalogi", "Catalogues")
INSTELLING = "In plaats van de instelling."


class StatustypeKeuze(Gegevens):
    statustype: str = of_invoer(title="Statustype", description="Omschrijving van het statustype.")


class StatustypeInvoer(ZaakInvoer):
    statustype: str = Field("", title="Statustype", description=INSTELLING)


class StatustypeUitvoer(Gegevens):
    statustype: str = Field(title="Statustype", description="URL van het statustype.")
    volgnummer: int = Field(title="Volgnummer", description="De hoeveelste status van de zaak dit is.")
    eindstatus: bool = Field(title="Eindstatus", description="Sluit deze status de zaak af?")
    statustekst: str = Field(title="Statustekst", description="De tekst voor de aanvrager.")


class StatustypeOphalen(Bouwblok[StatustypeKeuze, StatustypeInvoer, StatustypeUitvoer]):
    """Leest alleen."""

    sleutel = "catalogi.statustype-ophalen"
    naam = Tekst("Statustype ophalen", "Get status type")
    uitleg = Tekst("Zoekt een statustype van de zaak op.", "Looks up a status type of the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[StatustypeKeuze, StatustypeInvoer]) -> StatustypeUitvoer:
        api = clients(opdracht)
        typen = api.catalogi.statustypen(api.zaken.zaak(opdracht.invoer.zaak).zaaktype)
        soort = met_omschrijving(typen, gekozen(opdracht, "statustype"), "statustype")
        return StatustypeUitvoer(
            statustype=soort.url,
            volgnummer=soort.volgnummer,
            eindstatus=soort == typen[-1],
            statustekst=soort.statustekst or "",
        )


class ResultaattypeKeuze(Gegevens):
    resultaattype: str = of_invoer(title="Resultaattype", description="Omschrijving van het resultaattype.")


class ResultaattypeInvoer(ZaakInvoer):
    resultaattype: str = Field("", title="Resultaattype", description=INSTELLING)


class ResultaattypeUitvoer(Gegevens):
    resultaattype: str = Field(title="Resultaattype", description="URL van het resultaattype.")
    archiefnominatie: str = Field(title="Archiefnominatie", description="Bewaren of vernietigen.")
    archiefactietermijn: str = Field(title="Archieftermijn", description="Hoe lang de zaak bewaard blijft, of leeg.")


class ResultaattypeOphalen(Bouwblok[ResultaattypeKeuze, ResultaattypeInvoer, ResultaattypeUitvoer]):
    """Leest alleen."""

    sleutel = "catalogi.resultaattype-ophalen"
    naam = Tekst("Resultaattype ophalen", "Get result type")
    uitleg = Tekst("Zoekt een resultaattype van de zaak op.", "Looks up a result type of the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[ResultaattypeKeuze, ResultaattypeInvoer]) -> ResultaattypeUitvoer:
        api = clients(opdracht)
        typen = api.catalogi.resultaattypen(api.zaken.zaak(opdracht.invoer.zaak).zaaktype)
        soort = met_omschrijving(typen, gekozen(opdracht, "resultaattype"), "resultaattype")
        return ResultaattypeUitvoer(
            resultaattype=soort.url,
            archiefnominatie=soort.archiefnominatie or "",
            archiefactietermijn=soort.archiefactietermijn or "",
        )


class BesluittypeKeuze(Gegevens):
    besluittype: str = of_invoer(title="Besluittype", description="Omschrijving van het besluittype.")


class BesluittypeInvoer(Gegevens):
    besluittype: str = Field("", title="Besluittype", description=INSTELLING)


class BesluittypeUitvoer(Gegevens):
    besluittype: str = Field(title="Besluittype", description="URL van de versie die vandaag geldt.")
    reactietermijn: str = Field(title="Reactietermijn", description="Hoe lang iemand kan reageren, of leeg.")


class BesluittypeOphalen(Bouwblok[BesluittypeKeuze, BesluittypeInvoer, BesluittypeUitvoer]):
    """Leest alleen."""

    sleutel = "catalogi.besluittype-ophalen"
    naam = Tekst("Besluittype ophalen", "Get decision type")
    uitleg = Tekst("Zoekt het besluittype op dat vandaag geldt.", "Looks up the decision type valid today.")
    groep = GROEP
    fouten = (Fout("bestaat-niet", Tekst("Er geldt vandaag geen besluittype met deze naam.", "No such type today.")),)

    def voer_uit(self, opdracht: Opdracht[BesluittypeKeuze, BesluittypeInvoer]) -> BesluittypeUitvoer:
        soort = clients(opdracht).catalogi.besluittype(gekozen(opdracht, "besluittype"), vandaag(opdracht))
        if soort is None:
            raise BpmnFout("bestaat-niet")
        return BesluittypeUitvoer(besluittype=soort.url, reactietermijn=soort.reactietermijn or "")


class EigenschapKeuze(Gegevens):
    eigenschap: str = of_invoer(title="Eigenschap", description="Naam van de eigenschap.")


class EigenschapInvoer(ZaakInvoer):
    eigenschap: str = Field("", title="Eigenschap", description=INSTELLING)


class EigenschapUitvoer(Gegevens):
    bestaat: bool = Field(title="Bestaat", description="Heeft het zaaktype deze eigenschap?")
    waarde: str | None = Field(title="Waarde", description="De waarde bij deze zaak, of null.")
    formaat: str = Field(title="Formaat", description="Vorm van de waarde: tekst, getal, datum of datum_tijd.")


class EigenschapOphalen(Bouwblok[EigenschapKeuze, EigenschapInvoer, EigenschapUitvoer]):
    """Leest alleen."""

    sleutel = "catalogi.eigenschap-ophalen"
    naam = Tekst("Eigenschap ophalen", "Get property")
    uitleg = Tekst("Leest een eigenschap van de zaak.", "Reads a property of the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[EigenschapKeuze, EigenschapInvoer]) -> EigenschapUitvoer:
        api, naam = clients(opdracht), gekozen(opdracht, "eigenschap")
        zaak = api.zaken.zaak(opdracht.invoer.zaak)
        soort = next((deel for deel in api.catalogi.eigenschappen(zaak.zaaktype) if deel.naam == naam), None)
        waarde = next((deel.waarde for deel in api.zaken.eigenschappen(zaak.url) if deel.naam == naam), None)
        formaat = soort.specificatie.formaat if soort else ""
        return EigenschapUitvoer(bestaat=soort is not None, waarde=waarde, formaat=formaat)


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [StatustypeOphalen, ResultaattypeOphalen, BesluittypeOphalen, EigenschapOphalen]
