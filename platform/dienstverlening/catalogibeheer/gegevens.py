"""Wat de schermen uit de Catalogi API en de selectielijst nodig hebben."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dienstverlening.catalogus.beeld import Beeld
from dienstverlening.catalogus.inhoud import (
    BESLUITTYPE,
    INFORMATIEOBJECTTYPE,
    ONDERDELEN,
    STATUSTYPE,
    TYPEN,
    ZAAKTYPE,
    Inhoud,
    Rij,
    Soort,
    alle,
)
from huisstijl import kies
from huisstijl.velden import Optie
from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from integratie.referentielijsten import ReferentielijstenClient
from kern.installatie import Installatie

SOORTEN = {soort.pad: soort for soort in (*TYPEN, *ONDERDELEN)}
MINSTE_STATUSTYPEN = 2


@dataclass(frozen=True)
class Controle:
    """Een controle vóór publiceren."""

    tekst: str
    goed: bool


class Gegevens:
    """De gegevens voor één verzoek, namens de aangemelde beheerder."""

    def __init__(self, installatie: Installatie, gebruiker: str, weergave: str) -> None:
        self.client = CatalogiClient(installatie, namens="beheer", gebruiker=gebruiker, weergave=weergave)
        self._lijsten = ReferentielijstenClient(installatie, namens="beheer")

    def catalogussen(self) -> list[Rij]:
        return list(alle(self.client, "catalogussen"))

    def typen(self, catalogus: str) -> dict[Soort, list[Rij]]:
        """Alle versies van alle types in een catalogus (URL), op naam en begin."""
        return {
            soort: sorted(
                alle(self.client, soort.pad, catalogus=catalogus, status="alles"),
                key=lambda rij, sleutel=soort.sleutel[0]: (rij[sleutel], rij["beginGeldigheid"]),  # type: ignore[misc]  # de soort van deze ronde
            )
            for soort in TYPEN
        }

    def onderdelen(self, zaaktype: str) -> dict[Soort, list[Rij]]:
        """De onderdelen van een zaaktype (URL)."""
        return {soort: list(alle(self.client, soort.pad, zaaktype=zaaktype, status="alles")) for soort in ONDERDELEN}

    def als_inhoud(self, soort: Soort, rij: Rij) -> Beeld:
        """Eén type met zijn onderdelen, om als nieuwe versie in te lezen."""
        rijen = {soort.bestand: [rij]}
        if soort is ZAAKTYPE:
            rijen |= {deel.bestand: lijst for deel, lijst in self.onderdelen(rij["url"]).items()}
        return Beeld(Inhoud(self.client.vraag("GET", rij["catalogus"]), rijen))

    def keuzen(self, soort: Soort, rij: Rij, catalogus: str, zaaktype: str) -> dict[str, list[Optie]]:
        """Waar een beheerder uit kiest: namen van types, statustypen van het zaaktype, en de selectielijst."""
        uit: dict[str, list[Optie]] = {}
        namen = {
            "besluittypen": BESLUITTYPE,
            "informatieobjecttypen": INFORMATIEOBJECTTYPE,
            "deelzaaktypen": ZAAKTYPE,
        }
        for veld, doel in namen.items():
            if veld in soort.verwijzingen:
                uit[veld] = self._namen(doel, catalogus)
        if soort.bestand == "ZaakTypeInformatieObjectType":
            uit["informatieobjecttype"] = self._namen(INFORMATIEOBJECTTYPE, catalogus)
        if zaaktype and "statustype" in soort.schema.model_fields:
            statussen = alle(self.client, STATUSTYPE.pad, zaaktype=zaaktype, status="alles")
            uit["statustype"] = [
                Optie(deel["url"], f"{deel['volgnummer']} {deel['omschrijving']}") for deel in statussen
            ]
        return uit | self._uit_selectielijst(soort, rij, zaaktype)

    def _namen(self, soort: Soort, catalogus: str) -> list[Optie]:
        rijen = alle(self.client, soort.pad, catalogus=catalogus, status="alles")
        return [Optie(naam, naam) for naam in sorted({str(rij[soort.sleutel[0]]) for rij in rijen})]

    def _uit_selectielijst(self, soort: Soort, rij: Rij, zaaktype: str) -> dict[str, list[Optie]]:
        """Keuzen uit de selectielijst; is zij er niet, dan vult de beheerder zelf een adres in."""
        try:
            gevonden = dict(self._lijst(soort, zaaktype))
        except ApiFout:
            return {}
        for veld, opties in gevonden.items():
            nu = rij.get(veld)
            if nu and nu not in {optie.waarde for optie in opties}:
                opties.insert(0, Optie(nu, nu))
        return {veld: opties for veld, opties in gevonden.items() if opties}

    def _lijst(self, soort: Soort, zaaktype: str) -> Iterator[tuple[str, list[Optie]]]:
        if soort is ZAAKTYPE:
            processen = sorted(self._lijsten.procestypen(), key=lambda deel: (-deel.jaar, deel.nummer))
            yield (
                "selectielijstProcestype",
                [Optie(deel.url, f"{deel.jaar} {deel.nummer} {deel.naam}") for deel in processen],
            )
        if soort.bestand == "ResultaatType":
            procestype = str(self.client.vraag("GET", zaaktype).get("selectielijstProcestype", "")) if zaaktype else ""
            resultaten = self._lijsten.resultaten(procestype)
            yield "selectielijstklasse", [Optie(deel.url, f"{deel.volledig_nummer} {deel.naam}") for deel in resultaten]
            omschrijvingen = self._lijsten.omschrijvingen()
            yield "resultaattypeomschrijving", [Optie(deel.url, deel.omschrijving) for deel in omschrijvingen]

    def controles(self, soort: Soort, rij: Rij, onderdelen: dict[Soort, list[Rij]]) -> list[Controle]:
        """Wat er nog nodig is voordat een concept gepubliceerd kan worden."""
        uit = [Controle(_zeg("Er is een begindatum", "There is a start date"), bool(rij["beginGeldigheid"]))]
        if soort is ZAAKTYPE:
            aantal = {deel.bestand: len(lijst) for deel, lijst in onderdelen.items()}
            uit += [
                Controle(_zeg("Minstens één roltype", "At least one role type"), aantal["RolType"] > 0),
                Controle(_zeg("Minstens één resultaattype", "At least one result type"), aantal["ResultaatType"] > 0),
                Controle(
                    _zeg("Minstens twee statustypen", "At least two status types"),
                    aantal["StatusType"] >= MINSTE_STATUSTYPEN,
                ),
                *self._gepubliceerd(rij, onderdelen),
            ]
        return [*uit, self._geen_overlap(soort, rij)]

    def _gepubliceerd(self, rij: Rij, onderdelen: dict[Soort, list[Rij]]) -> Iterator[Controle]:
        documenten = {
            str(deel["informatieobjecttype"])
            for soort, lijst in onderdelen.items()
            if soort.bestand == "ZaakTypeInformatieObjectType"
            for deel in lijst
        }
        for soort, namen in ((BESLUITTYPE, set(rij["besluittypeOmschrijving"])), (INFORMATIEOBJECTTYPE, documenten)):
            klaar = {deel["omschrijving"] for deel in alle(self.client, soort.pad, catalogus=rij["catalogus"])}
            for naam in sorted(namen):
                tekst = _zeg(f"{soort.label.capitalize()} {naam} is gepubliceerd", f"{naam} has been published")
                yield Controle(tekst, naam in klaar)

    def _geen_overlap(self, soort: Soort, rij: Rij) -> Controle:
        naam = soort.sleutel[0]
        anders = alle(self.client, soort.pad, catalogus=rij["catalogus"], **{naam: rij[naam]})
        eind = rij["eindeGeldigheid"] or "9999-12-31"
        raakt = [
            deel["beginGeldigheid"]
            for deel in anders
            if deel["beginGeldigheid"] <= eind and (deel["eindeGeldigheid"] or "9999-12-31") >= rij["beginGeldigheid"]
        ]
        tekst = _zeg("Geen overlap met een andere gepubliceerde versie", "No overlap with another published version")
        if raakt:
            uitleg = _zeg(
                f"geef de versie vanaf {raakt[0]} een einddatum", f"give the version from {raakt[0]} an end date"
            )
            tekst = f"{tekst}: {uitleg}"
        return Controle(tekst, not raakt)


def _zeg(nl: str, en: str) -> str:
    return str(kies({"nl": nl, "en": en}))


def titel(soort: Soort, rij: Rij) -> str:
    """Hoe een type of onderdeel op een scherm heet."""
    naam: Any = " ".join(str(rij.get(veld, "")) for veld in soort.sleutel)
    extra = rij.get("omschrijving", "")
    return f"{naam} ({extra})" if extra and extra != naam else str(naam)
