"""Over wie een klantbeeld gaat. Het nummer blijft op de server, versleuteld; in adressen staat alleen een willekeurige verwijzing."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal
from uuid import UUID

from flask import abort

from integratie.urn import urn_bsn, urn_kvk
from kcc.bronnen import bronnen
from kern.concepten import Concepten, GeenConcept
from kern.toegang import Eigenaar, eigenaar_van

SOORT = "kcc-klant"
GELDIG = timedelta(hours=12)
Klantsoort = Literal["bsn", "kvk", "partij"]


@dataclass(frozen=True)
class Klant:
    """Een inwoner (bsn), een onderneming (kvk), of iemand van wie alleen de partij bekend is. `ref` is voor in adressen."""

    ref: UUID
    soort: Klantsoort
    nummer: str = field(repr=False)
    naam: str = field(repr=False)

    @property
    def urn(self) -> str:
        """Hoe Verzoeken, Taken en Berichten deze klant noemen; leeg als zij hem niet kunnen kennen."""
        if self.soort == "partij":
            return ""
        return urn_bsn(self.nummer) if self.soort == "bsn" else urn_kvk(self.nummer)

    @property
    def onderwerp(self) -> str:
        """De verwijzing in de auditregel."""
        return f"kcc:klant/{self.ref}"


def concepten() -> Concepten:
    """Waar verwijzingen naar klanten en zoekresultaten staan: een werkdag lang."""
    return Concepten(bronnen().installatie, geldig=GELDIG)


def ik() -> Eigenaar:
    """De medewerker van dit verzoek, als eigenaar van concepten."""
    return eigenaar_van(bronnen().identiteit)


def onthoud_klant(soort: Klantsoort, nummer: str, naam: str) -> Klant:
    """Een verwijzing naar deze klant, voor deze medewerker; dezelfde klant houdt dezelfde verwijzing."""
    inhoud = {"soort": soort, "nummer": nummer, "naam": naam}
    for concept in concepten().van(ik(), SOORT):
        if (concept.inhoud["soort"], concept.inhoud["nummer"]) == (soort, nummer):
            return Klant(concept.id, soort, nummer, concept.inhoud["naam"])
    return Klant(concepten().maak(SOORT, ik(), inhoud).id, soort, nummer, naam)


def klant_van(ref: UUID) -> Klant:
    """De klant achter een verwijzing; 404 als die er niet (meer) is of van een ander is."""
    try:
        concept = concepten().lees(ref, ik())
    except GeenConcept:
        abort(404)
    if concept.soort != SOORT:
        abort(404)
    return Klant(concept.id, **concept.inhoud)
