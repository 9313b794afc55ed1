"""Het bouwblok dat het inkomen van de aanvrager of zijn partner opvraagt."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, Bron, BronNietBereikbaar, Gegevens, Opdracht, Tekst, Veld, Vrager
from integratie.basis import ApiFout
from integratie.inkomen import Inkomen, maak_inkomen_client
from kern import ldv
from kern.installatie import Installatie
from plugins.bronnen_brp import ACTIVITEIT, DoelKeuze, bsn_van_aanvrager, vraag_persoon
from plugins.hulp import ZaakInvoer

GEMIDDELDE = 3
"""Over hoeveel maanden het bruto-inkomen in een formulier gemiddeld wordt."""


class InkomenKeuze(DoelKeuze):
    maanden: int = Field(3, title="Maanden", description="Over hoeveel maanden het gemiddelde gaat.", ge=1, le=12)


class InkomenInvoer(ZaakInvoer):
    wie: Literal["initiator", "partner"] = Field(
        "initiator", title="Wie", description="De aanvrager (initiator) of zijn partner."
    )


class InkomenUitvoer(Gegevens):
    gevonden: bool = Field(False, title="Gevonden", description="Kent de bron deze persoon?")
    maandinkomen: float | None = Field(None, title="Maandinkomen", description="Gemiddeld bruto per maand, in euro.")
    maanden: list[float] = Field(
        default_factory=list, title="Maanden", description="Bruto per maand, de jongste eerst."
    )
    netto_maandinkomen: float | None = Field(None, title="Netto", description="Netto per maand, of null.")
    vermogen: float | None = Field(None, title="Vermogen", description="Wat iemand bezit in euro, of null.")
    dienstverbanden: int = Field(0, title="Dienstverbanden", description="Aantal in de jongste maand.")


class InkomenOpvragen(Bouwblok[InkomenKeuze, InkomenInvoer, InkomenUitvoer]):
    """Leest alleen. Houd de bedragen in een deelproces: zij hoeven niet langer bewaard te worden dan de beslissing duurt."""

    sleutel = "bronnen.inkomen"
    naam = Tekst("Inkomen opvragen", "Get income")
    uitleg = Tekst("Vraagt het inkomen van de aanvrager of partner op.", "Gets the income of applicant or partner.")
    groep = Tekst("Bronnen", "Sources")

    def voer_uit(self, opdracht: Opdracht[InkomenKeuze, InkomenInvoer]) -> InkomenUitvoer:
        inkomen = self._vraag(opdracht)
        if inkomen is None:
            return InkomenUitvoer()
        gevraagd = inkomen.maanden[: opdracht.configuratie.maanden]
        return InkomenUitvoer(
            gevonden=True,
            maandinkomen=_getal(inkomen.gemiddeld(opdracht.configuratie.maanden)),
            maanden=[float(maand.bruto) for maand in gevraagd],
            netto_maandinkomen=_getal(inkomen.netto),
            vermogen=_getal(inkomen.vermogen),
            dienstverbanden=gevraagd[0].dienstverbanden if gevraagd else 0,
        )

    def _vraag(self, opdracht: Opdracht[InkomenKeuze, InkomenInvoer]) -> Inkomen | None:
        bsn = bsn_van_aanvrager(opdracht, opdracht.invoer.zaak)
        if opdracht.invoer.wie == "partner":
            persoon = vraag_persoon(opdracht, bsn, ("partners",))
            huidige = (
                [partner for partner in (persoon.partners or ()) if not partner.ontbinding_huwelijk_partnerschap]
                if persoon
                else []
            )
            bsn = (huidige[0].burgerservicenummer or "") if huidige else ""
        if not bsn:
            return None
        installatie = opdracht.installatie
        with ldv.verwerking(installatie, activiteit=ACTIVITEIT, naam="Inkomen opgevraagd", betrokkene=("bsn", bsn)):
            return maak_inkomen_client(installatie).inkomen(bsn)


def _getal(bedrag: Any) -> float | None:
    return None if bedrag is None else float(bedrag)


class InkomenBron(Bron):
    """Om een formulier mee in te vullen: de inwoner ziet wat de bron weet en kan het wijzigen."""

    sleutel = "inkomen"
    naam = Tekst("Inkomen en vermogen", "Income and assets")
    grondslag = Tekst("Participatiewet, artikel 64", "Participation Act, section 64")
    velden = (
        Veld("netto", Tekst("Netto inkomen per maand", "Net monthly income")),
        Veld("bruto", Tekst("Bruto inkomen per maand", "Gross monthly income")),
        Veld("vermogen", Tekst("Vermogen", "Assets")),
    )

    def haal(self, installatie: Installatie, wie: Vrager, gevraagd: Iterable[str]) -> Mapping[str, Any]:
        bsn = wie.identiteit.bsn
        if not bsn:
            return {}
        naam = f"Inkomen voor {wie.waarbij}"
        try:
            with ldv.verwerking(installatie, activiteit=wie.doel, naam=naam, betrokkene=("bsn", bsn)):
                inkomen = maak_inkomen_client(installatie).inkomen(bsn)
        except ApiFout as fout:
            raise BronNietBereikbaar(type(fout).__name__) from None
        if inkomen is None:
            return {}
        alles = {"netto": inkomen.netto, "bruto": inkomen.gemiddeld(GEMIDDELDE), "vermogen": inkomen.vermogen}
        return {veld: alles[veld] for veld in gevraagd if alles.get(veld) is not None}


BLOKKEN = (InkomenOpvragen,)
BRONNEN = (InkomenBron,)
