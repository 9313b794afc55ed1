"""Taken die ik moet doen: de lijst, het formulier met zijn concept, en het versturen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from contracten import veldtypen_van
from formuliermotor import DefinitieFout, Formulierdefinitie, Formulierweergave, Waarden, lees_definitie
from formuliermotor.bestanden import Conceptbestanden, bestanden_in
from formuliermotor.componenten import Bestand, Herhaling
from formuliermotor.documenten import Indiening
from huisstijl import huidige_taal
from integratie.basis import ApiFout
from integratie.taken.formulier import uit_formio
from integratie.taken.schemas import ExterneTaakUit
from kern.concepten import Concept, Concepten, Conflict
from mijngemeente.bronnen import NAAM, Bronnen

SOORT = "klanttaak"
FORMULIERTAAK = "formuliertaak"
MEESTE_TAKEN = 100
AFGEWEZEN = 400
POGINGEN = 5


def open_taken(bron: Bronnen, **criteria: str) -> list[ExterneTaakUit]:
    """Wat ik nog moet doen, het eerst verlopende bovenaan; `isGerelateerdAan` beperkt tot één zaak."""
    zoek = {"isToegewezenAan": bron.ik.urn, "status": "open", **criteria}
    gevonden = bron.taken.zoek_klanttaken(zoek, pageSize=MEESTE_TAKEN).results
    return sorted(gevonden, key=lambda taak: taak.einddatum_handelings_termijn)


def te_laat(taak: ExterneTaakUit, vandaag: date) -> bool:
    """De laatste dag is voorbij."""
    return taak.einddatum_handelings_termijn < vandaag


@dataclass
class Taakformulier:
    """Het formulier van een taak met wat er al is ingevuld. De antwoorden staan als concept op de server."""

    bron: Bronnen
    taak: ExterneTaakUit
    definitie: Formulierdefinitie
    concept: Concept | None

    @classmethod
    def van(cls, bron: Bronnen, taak: ExterneTaakUit) -> "Taakformulier | None":
        """None als de taak geen (leesbaar) formulier heeft."""
        if taak.taak_soort != FORMULIERTAAK:
            return None
        try:
            definitie = lees_definitie(
                uit_formio(taak.details["formulierDefinitie"], taak.titel), veldtypen_van(bron.installatie)
            )
        except DefinitieFout:
            return None
        return cls(bron, taak, definitie, next(iter(_concepten(bron, taak)), None))

    @property
    def vooraf(self) -> Mapping[str, Any]:
        """Wat het proces al wist."""
        gegevens: Mapping[str, Any] = self.taak.details.get("voorinvullenGegevens") or {}
        return gegevens

    @property
    def vraag(self) -> str:
        """Wat de behandelaar vraagt, als dat geen veld van het formulier zelf is."""
        vraag = "" if "vraag" in self.definitie.onderdelen else self.vooraf.get("vraag")
        return vraag if isinstance(vraag, str) else ""

    @property
    def weergave(self) -> Formulierweergave:
        """Het formulier in de taal van de pagina; uploads horen bij het concept."""
        return Formulierweergave(
            self.definitie,
            huidige_taal(),
            {"taak": dict(self.vooraf)},
            klok=self.bron.installatie.klok.nu,
            bewaar=self._bestanden(self.concept).bewaar if self.concept else None,
        )

    @property
    def gegevens(self) -> Waarden:
        """De antwoorden tot nu toe."""
        if self.concept is None:
            return self.weergave.beginwaarden(self.vooraf)
        gegevens: Waarden = self.concept.inhoud["gegevens"]
        return gegevens

    def begin(self) -> None:
        """Zorg voor een concept, zodat antwoorden en bestanden een plek hebben."""
        if self.concept is None:
            inhoud = {"taak": str(self.taak.uuid), "gegevens": self.gegevens}
            self.concept = Concepten(self.bron.installatie).maak(SOORT, self.bron.ik.eigenaar, inhoud)

    def bewaar(self, gegevens: Waarden) -> None:
        """Bewaar de antwoorden en laat losgelaten bestanden los. Wat een ander tabblad intussen op andere vragen antwoordde blijft."""
        blijft = {bestand["id"] for bestand in bestanden_in(gegevens)}
        weg = [bestand for bestand in bestanden_in(self.gegevens) if bestand["id"] not in blijft]
        for _ in range(POGINGEN):
            concept = self._eis_concept()
            inhoud = {"taak": str(self.taak.uuid), "gegevens": gegevens}
            try:
                self.concept = Concepten(self.bron.installatie).bewaar(
                    concept, self.bron.ik.eigenaar, inhoud, versie=concept.versie
                )
            except Conflict:
                self.concept = Concepten(self.bron.installatie).lees(concept.id, self.bron.ik.eigenaar)
                gegevens = {**self.gegevens, **gegevens}
                continue
            self._bestanden(concept).verwijder(weg)
            return
        raise Conflict("het concept van een taak verandert te vaak tegelijk")

    def verstuur(self, waarden: Waarden) -> None:
        """Geef de antwoorden aan de gemeente. Nog eens versturen mag: is de taak al klaar, dan verandert er niets."""
        details = {**self.taak.details, "ontvangenGegevens": _vervang(self.definitie, waarden, self._als_document)}
        sleutel = f"mijngemeente-taak-{self.taak.uuid}"
        try:
            self.bron.taken.wijzig_klanttaak(self.taak.url, sleutel=sleutel, status="uitgevoerd", details=details)
        except ApiFout as fout:
            if fout.status != AFGEWEZEN or self.bron.taken.klanttaak(self.taak.url).status == "open":
                raise
        for concept in _concepten(self.bron, self.taak):
            Concepten(self.bron.installatie).verwijder(concept.id, self.bron.ik.eigenaar)

    def _als_document(self, bestand: dict[str, Any]) -> dict[str, Any]:
        """Het bestand als document van de gemeente: `id` is de URL. De naam volgt uit het bestand, dus herhalen mag."""
        installatie = self.bron.installatie
        gegevens = self.definitie.gegevens
        documenttype, catalogus = str(gegevens.get("documenttype", "")), str(gegevens.get("catalogus", ""))
        nummer, nu = UUID(bestand["id"]), installatie.klok.nu()
        indiening = Indiening(installatie, NAAM, nummer, nu, huidige_taal(), catalogus=catalogus)
        bestanden = self._bestanden(self._eis_concept())
        stuk = indiening.bewaar_bijlagen(bestanden, [bestand], documenttype)[0]
        return {"id": stuk.url, "naam": bestand["naam"]}

    def _bestanden(self, concept: Concept) -> Conceptbestanden:
        return Conceptbestanden(self.bron.installatie.opslag, concept.id)

    def _eis_concept(self) -> Concept:
        if self.concept is None:
            raise RuntimeError("eerst begin(): zonder concept is er niets te bewaren")
        return self.concept


def _concepten(bron: Bronnen, taak: ExterneTaakUit) -> list[Concept]:
    """Mijn concepten bij een taak: hoogstens één, behalve als iemand op het eerste moment dubbel klikte."""
    concepten = Concepten(bron.installatie).van(bron.ik.eigenaar, SOORT)
    return [concept for concept in concepten if concept.inhoud["taak"] == str(taak.uuid)]


def _vervang(
    definitie: Formulierdefinitie, waarden: Waarden, maak: Callable[[dict[str, Any]], dict[str, Any]]
) -> Waarden:
    """De antwoorden met elk bestand vervangen door wat `maak` ervan maakt, ook in de rijen van een herhaling."""
    uit: Waarden = {}
    for sleutel, waarde in waarden.items():
        deel = definitie.onderdelen.get(sleutel)
        if isinstance(deel, Bestand):
            uit[sleutel] = [maak(bestand) for bestand in waarde]
        elif isinstance(deel, Herhaling):
            uit[sleutel] = [_vervang(definitie, rij, maak) for rij in waarde]
        else:
            uit[sleutel] = waarde
    return uit
