"""Een verzoek invoeren voor iemand aan de balie, aan de telefoon of per post: hetzelfde formulier, met hoe en wanneer het binnenkwam.

De termijn begint op de dag van ontvangst. Wie geen DigiD heeft hoeft niet in te loggen: de medewerker stelt vast wie het is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, url_for
from wtforms import Form

from formuliermotor import Formulierdefinitie, Formulierweergave, Pdfstijl, Waarden, lees_definitie, maak_pdf
from formuliermotor.bestanden import Conceptbestanden, bestanden_in
from formuliermotor.documenten import Indiening, Stuk
from formuliermotor.papier import bij_code
from huisstijl import huidige_taal, kies, lui, vertaal
from huisstijl.velden import DatumVeld, KeuzeVeld, Optie, SelectVeld, TekstVeld
from integratie.configuratie import FORMULIER
from integratie.verzoeken.ontvangst import ONTVANGEN
from integratie.verzoeken.schemas import Bijlage, VerzoekBron, VerzoekIn, VerzoekUit
from kcc.bronnen import NAAM, Bronnen, bronnen
from kcc.klanten import Klant, concepten, ik, klant_van
from kern.concepten import Concept, Conflict, GeenConcept

SOORT: Final = "kcc-aanvraag"
LANGSTE_OMSCHRIJVING: Final = 40
POGINGEN: Final = 5
NAAMVELDEN: Final = ("naam.volledigeNaam", "naam")
KANALEN = {"balie": lui("Aan de balie"), "telefoon": lui("Per telefoon"), "post": lui("Per post")}


def formulieren(bron: Bronnen) -> dict[str, Formulierdefinitie]:
    """De formulieren waar een verzoek uit komt, op sleutel."""
    alle = (lees_definitie(deel) for deel in bron.configuratie.formulieren())
    return {definitie.slug: definitie for definitie in alle if definitie.gegevens.get("verzoektype")}


def beginformulier(keuzes: Mapping[str, Formulierdefinitie], vandaag: date, invoer: Any = None) -> Form:
    """Welk formulier, hoe het binnenkwam en wanneer. Een dag in de toekomst kan niet."""
    opties = sorted((Optie(slug, kies(deel.naam)) for slug, deel in keuzes.items()), key=lambda optie: optie.label)

    class Begin(Form):
        code = TekstVeld(
            lui("Code op het papieren formulier"),
            verplicht=False,
            hulptekst=lui("Onderaan elk blad. Met de code hoeft u het formulier niet te kiezen."),
        )
        slug = SelectVeld(lui("Welk formulier?"), opties=opties, verplicht=False)
        kanaal = KeuzeVeld(lui("Hoe kwam het binnen?"), opties=[Optie(*paar) for paar in KANALEN.items()])
        ontvangen = DatumVeld(
            lui("Wanneer kwam het binnen?"), hulptekst=lui("De tijd om te beslissen begint op deze dag.")
        )

        def validate(self, extra_validators: Any = None) -> bool:
            goed: bool = super().validate(extra_validators)
            if self.code.data and (gevonden := bij_code(self.code.data, keuzes)):
                self.slug.data = gevonden
            elif self.code.data:
                self.code.errors = [vertaal("Deze code hoort bij geen enkel formulier.")]
                goed = False
            elif not self.slug.data:
                self.slug.errors = [vertaal("Kies een formulier, of vul de code in.")]
                goed = False
            if goed and self.ontvangen.data > vandaag:
                self.ontvangen.errors = [vertaal("Deze dag moet nog komen.")]
                return False
            return goed

    return Begin(invoer, data={"ontvangen": vandaag})


@dataclass
class Aanvraag:
    """Een verzoek dat een medewerker voor een klant invult; de antwoorden staan in een concept van die medewerker."""

    bron: Bronnen
    klant: Klant
    definitie: Formulierdefinitie
    concept: Concept

    @classmethod
    def begin(cls, bron: Bronnen, klant: Klant, definitie: Formulierdefinitie, kanaal: str, ontvangen: date) -> UUID:
        """Een nieuwe aanvraag; geeft de verwijzing voor in adressen."""
        inhoud = {
            "klant": str(klant.ref),
            "slug": definitie.slug,
            "kanaal": kanaal,
            "ontvangen": ontvangen.isoformat(),
            "gegevens": Formulierweergave(definitie, huidige_taal(), klok=bron.installatie.klok.nu).beginwaarden(
                _bekend(klant, definitie)
            ),
            "verzoek": "",
            "moment": bron.installatie.klok.nu().isoformat(),
        }
        return concepten().maak(SOORT, ik(), inhoud).id

    @classmethod
    def lees(cls, ref: UUID) -> "Aanvraag":
        """De aanvraag van deze medewerker; 404 als die er niet is, terug naar de klant als het formulier gestopt is."""
        try:
            concept = concepten().lees(ref, ik())
        except GeenConcept:
            abort(404)
        if concept.soort != SOORT:
            abort(404)
        klant, slug = klant_van(UUID(concept.inhoud["klant"])), concept.inhoud["slug"]
        definitie = formulieren(bronnen()).get(slug)
        if definitie is None and bronnen().configuratie.haal(FORMULIER, slug) is not None:
            flash(vertaal("Dit formulier is intussen gestopt en neemt niets meer aan."), "warning")
            abort(redirect(url_for("kcc.klantbeeld", ref=klant.ref)))
        return cls(bronnen(), klant, definitie or abort(404), concept)

    @property
    def weergave(self) -> Formulierweergave:
        """Het formulier; uploads (de scan van wat per post kwam) horen bij het concept."""
        context = {"aanmelding": {"soort": self._soort, "niveau": "", "middel": "", "machtiging": False}}
        klok = self.bron.installatie.klok.nu
        return Formulierweergave(self.definitie, huidige_taal(), context, klok=klok, bewaar=self._bestanden.bewaar)

    @property
    def _soort(self) -> str:
        return {"bsn": "inwoner", "kvk": "ondernemer"}.get(self.klant.soort, "anoniem")

    @property
    def _moment(self) -> datetime:
        return datetime.fromisoformat(self.concept.inhoud["moment"])

    @property
    def _bestanden(self) -> Conceptbestanden:
        return Conceptbestanden(self.bron.installatie.opslag, self.concept.id)

    @property
    def gegevens(self) -> Waarden:
        """De antwoorden tot nu toe."""
        gegevens: Waarden = self.concept.inhoud["gegevens"]
        return gegevens

    def bewaar(self, **anders: Any) -> None:
        """Bewaar antwoorden of het ingediende verzoek. Een keuze ververst de pagina terwijl iemand al verder klikt: dan telt het laatste."""
        for _ in range(POGINGEN):
            inhoud = {**self.concept.inhoud, **anders}
            try:
                self.concept = concepten().bewaar(self.concept, ik(), inhoud, versie=self.concept.versie)
            except Conflict:
                self.concept = concepten().lees(self.concept.id, ik())
            else:
                return
        raise Conflict("de aanvraag verandert te vaak tegelijk")

    def dien_in(self, waarden: Waarden) -> VerzoekUit:
        """Het verzoek, met de afdruk en de bijlagen; nog eens indienen geeft hetzelfde verzoek."""
        client = self.bron.verzoeken
        if self.concept.inhoud["verzoek"]:
            return client.verzoek(self.concept.inhoud["verzoek"])
        soort = client.verzoektype(self.definitie.gegevens["verzoektype"])
        if soort is None:
            raise LookupError(self.definitie.gegevens["verzoektype"])
        pdf, bijlagen = self._stukken(waarden)
        self._leg_voorkeur_vast(waarden)
        verzoek = client.dien_in(self._verzoek(soort.url, waarden, pdf, bijlagen), sleutel=f"kcc-{self.concept.id}")
        self.bewaar(verzoek=verzoek.url, gegevens={})
        self._bestanden.verwijder(bestanden_in(waarden))
        return verzoek

    def _leg_voorkeur_vast(self, waarden: Waarden) -> None:
        """Of en waar de gemeente berichten van deze soort mag mailen, als het formulier dat vroeg."""
        soort, keuze = self.definitie.gegevens.get("soortBericht"), waarden.get("digitaal")
        if not soort or not keuze:
            return
        client = self.bron.klantinteracties
        bsn = self.klant.soort == "bsn"
        zorg = client.zorg_voor_partij_bsn if bsn else client.zorg_voor_partij_kvk
        adres = str(waarden.get("email") or "") if keuze == "ja" else None
        client.zet_kanaalvoorkeur(zorg(self.klant.nummer).uuid, str(soort), adres)

    def _verzoek(self, soort: str, waarden: Waarden, pdf: Stuk, bijlagen: list[Stuk]) -> VerzoekIn:
        urns = iter(bijlagen)
        return VerzoekIn(
            verzoek_type=soort,
            aanvraag_gegevens={**_met_urns(waarden, urns), ONTVANGEN: self.concept.inhoud["ontvangen"]},
            bijlagen=[
                Bijlage(informatie_object=b.urn, omschrijving=b.omschrijving[-LANGSTE_OMSCHRIJVING:]) for b in bijlagen
            ],
            initiator=self.klant.urn,
            kanaal=self.concept.inhoud["kanaal"],
            verzoek_taal="nl",
            verzoek_informatie_object=pdf.urn,
            verzoek_bron=VerzoekBron(naam=NAAM, kenmerk=self.concept.id.hex[:25]),
        )

    def _stukken(self, waarden: Waarden) -> tuple[Stuk, list[Stuk]]:
        gegevens = self.definitie.gegevens
        indiening = Indiening(
            self.bron.installatie, NAAM, self.concept.id, self._moment, catalogus=gegevens.get("catalogus", "")
        )
        titel = kies(self.definitie.naam, "nl")
        pdf = indiening.bewaar_pdf(self.afdruk(waarden), titel, gegevens["documenttype"])
        bestanden = bestanden_in(waarden)
        return pdf, indiening.bewaar_bijlagen(self._bestanden, bestanden, gegevens["bijlagetype"]) if bestanden else []

    def afdruk(self, waarden: Waarden) -> bytes:
        """De PDF met de antwoorden: voor het dossier, en op papier mee voor de klant (Awb 4:3a)."""
        inhoud = self.concept.inhoud
        kenmerken = [
            (vertaal("Naam"), self.klant.naam),
            (vertaal("Binnengekomen"), str(KANALEN[inhoud["kanaal"]])),
            (vertaal("Ontvangen op"), date.fromisoformat(inhoud["ontvangen"]).strftime("%d-%m-%Y")),
        ]
        stijl = Pdfstijl(self.bron.installatie.instellingen.gemeente_naam)
        secties = self.weergave.samenvatting(waarden)
        return maak_pdf(kies(self.definitie.naam), secties, kenmerken, huidige_taal(), stijl, moment=self._moment)


def _bekend(klant: Klant, definitie: Formulierdefinitie) -> dict[str, Any]:
    """De naam die de medewerker al zag; de rest noemt de klant zelf."""
    return {sleutel: klant.naam for sleutel, (_, veld) in definitie.voorinvullingen().items() if veld in NAAMVELDEN}


def _met_urns(waarden: Any, bijlagen: Iterator[Stuk]) -> Any:
    """De antwoorden met in plaats van elk bestand het document dat het werd."""
    if isinstance(waarden, Mapping):
        if bestanden_in(waarden) == [waarden]:
            return {"naam": waarden["naam"], "informatieObject": next(bijlagen).urn}
        return {sleutel: _met_urns(deel, bijlagen) for sleutel, deel in waarden.items()}
    return [_met_urns(deel, bijlagen) for deel in waarden] if isinstance(waarden, list) else waarden
