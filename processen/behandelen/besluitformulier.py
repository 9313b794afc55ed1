"""Het formulier om een besluit te nemen, of om er een te wijzigen of in te trekken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.velden import BedragVeld, DatumVeld, KeuzeVeld, Optie, SelectVeld, TekstvakVeld, TekstVeld, VinkjeVeld
from integratie.besluiten.schemas import BesluitUit
from integratie.besluiten.strekking import Strekking
from integratie.besluiten.vervangen import Hoe
from integratie.catalogi.schemas import BesluitTypeUit
from integratie.producten.schemas import ProductUit
from integratie.termijnen.schemas import KlokDetailUit
from processen.behandelen import zienswijze


@dataclass(frozen=True)
class Kader:
    """Waar het formulier vanaf hangt: de besluittypen met hun strekking (op URL), de klok, en bij herzien het oude besluit en de producten."""

    typen: Sequence[BesluitTypeUit]
    strekkingen: Mapping[str, Strekking]
    klok: KlokDetailUit | None
    vandaag: date
    hoe: Hoe | None = None
    oud: BesluitUit | None = None
    producten: Sequence[ProductUit] = field(default=())


def maak_formulier(kader: Kader, **invoer: Any) -> Form:
    """Het formulier voor een besluit van een van deze typen; `zienswijze.toets` hoort bij het nakijken."""

    class Besluitformulier(Form):
        besluittype = SelectVeld(lui("Welk besluit?"), opties=[Optie(t.url, t.omschrijving) for t in kader.typen])
        bestuursorgaan = TekstVeld(lui("Bestuursorgaan"), hulptekst=lui("Namens wie u beslist."))
        grondslag = TekstVeld(lui("Grondslag"), hulptekst=lui("Welk artikel geeft de bevoegdheid?"))
        ondertekenaar = TekstVeld(
            lui("Ondertekenaar"),
            hulptekst=lui("De functie die tekent. Die moet in het mandaatregister staan."),
            invoerhulp={"list": "functies"},
        )
        bedrag = BedragVeld(lui("Bedrag"), verplicht=False, hulptekst=lui("Alleen als het besluit over geld gaat."))
        if kader.hoe:
            reden = TekstVeld(lui("Reden"), hulptekst=lui("In één zin: waarom verandert het besluit?"))
        if kader.hoe == "intrekken":
            op_verzoek = VinkjeVeld(lui("De aanvrager vroeg er zelf om"), verplicht=False)
        motivering = TekstvakVeld(lui("Motivering"), hulptekst=lui("Waarom u zo beslist. De aanvrager leest dit."))
        voorschriften = TekstvakVeld(lui("Voorschriften"), verplicht=False, hulptekst=lui("Eén per regel."))
        ingangsdatum = DatumVeld(lui("Geldt vanaf"))
        vervaldatum = DatumVeld(lui("Geldt tot en met"), verplicht=False)
        if kader.producten:
            product = KeuzeVeld(lui("Wat gebeurt er met wat de aanvrager kreeg?"), opties=_productkeuzes(kader))
        zienswijze, zienswijze_waarom, zienswijze_tekst = zienswijze.velden()

        def validate(self, extra_validators: Any = None) -> bool:
            goed = super().validate(extra_validators)
            begin, einde = self.ingangsdatum.data, self.vervaldatum.data
            if goed and einde and einde < begin:
                self.vervaldatum.errors = [vertaal("De laatste dag ligt voor de eerste.")]
            oud = kader.oud
            if goed and oud and begin < oud.ingangsdatum:
                self.ingangsdatum.errors = [vertaal("Deze dag ligt voor de eerste dag van het oude besluit.")]
            strekking = kader.strekkingen.get(self.besluittype.data or "", "overig")
            gehoord = zienswijze.toets(self, strekking, kader.klok, kader.vandaag)
            return goed and gehoord and not self.errors

    return Besluitformulier(**invoer)


def _productkeuzes(kader: Kader) -> list[Optie]:
    namen = ", ".join(product.naam for product in kader.producten)
    blijft = Optie("blijft", lui("Dat blijft zoals het is"), namen)
    if kader.hoe == "intrekken":
        return [Optie("intrekken", lui("Dat wordt ook ingetrokken"), namen), blijft]
    return [Optie("aanpassen", lui("Dat krijgt de laatste dag van het nieuwe besluit"), namen), blijft]
