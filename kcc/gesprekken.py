"""Een gesprek met een klant: vragen die onderweg op de server bewaard worden, en aan het eind klantcontacten zijn.

Een gesprek is een concept van de medewerker. Valt de browser uit, dan staat het er nog; bij het wisselen blijft het ene liggen
terwijl het andere loopt. Afronden maakt per vraag één klantcontact, met een vaste sleutel: nog een keer afronden maakt niets dubbel.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from flask import abort
from pydantic import BaseModel, Field
from werkzeug.datastructures import MultiDict

from kcc.bronnen import bronnen
from kcc.klanten import Klant, Klantsoort, ik
from kern.concepten import Concept, Concepten, GeenConcept

SOORT = "kcc-gesprek"
MEESTE_VRAGEN = 50
TEKSTVELDEN = ("onderwerp", "notitie", "zaaknummer", "uitkomst", "afdeling", "gevraagd", "naam", "telefoon", "email")
LANGSTE_TEKST = 4000


class Vraag(BaseModel):
    """Eén vraag, zoals getypt. `contact` is het klantcontact dat ervan gemaakt is: dan ligt zij vast."""

    id: str = Field(default_factory=lambda: uuid4().hex[:12])
    onderwerp: str = ""
    notitie: str = ""
    zaaknummer: str = ""
    uitkomst: str = ""
    afdeling: str = ""
    gevraagd: str = ""
    naam: str = ""
    telefoon: str = ""
    email: str = ""
    contact: str = ""

    @property
    def begin(self) -> str:
        """Waar de namen van de velden van deze vraag mee beginnen."""
        return f"v{self.id}-"


class Inhoud(BaseModel):
    """Wat er van een gesprek bewaard wordt."""

    klantsoort: Literal["", "bsn", "kvk", "partij"] = ""
    klantnummer: str = Field("", repr=False)
    klantnaam: str = Field("", repr=False)
    klantref: UUID | None = None
    kanaal: str = "telefoon"
    begonnen: datetime
    actief: bool = True
    vragen: list[Vraag] = Field(default_factory=lambda: [Vraag()])


@dataclass
class Gesprek:
    """Een gesprek met zijn bewaarde stand."""

    concept: Concept
    inhoud: Inhoud

    @property
    def id(self) -> UUID:
        return self.concept.id

    @property
    def klant(self) -> tuple[Klantsoort, str] | None:
        """Soort en nummer van de klant, als die bekend is."""
        return (self.inhoud.klantsoort, self.inhoud.klantnummer) if self.inhoud.klantsoort else None

    def vraag(self, id_: str) -> Vraag | None:
        return next((vraag for vraag in self.inhoud.vragen if vraag.id == id_), None)

    @property
    def titel(self) -> str:
        """Waar het over gaat, voor in een lijst: het eerste onderwerp."""
        return next((vraag.onderwerp for vraag in self.inhoud.vragen if vraag.onderwerp), "")


def _concepten() -> Concepten:
    return Concepten(bronnen().installatie)


def _uit(concept: Concept) -> Gesprek:
    return Gesprek(concept, Inhoud.model_validate(concept.inhoud))


def alle() -> list[Gesprek]:
    """De gesprekken van deze medewerker die nog niet zijn afgerond, het lopende eerst."""
    gevonden = [_uit(concept) for concept in _concepten().van(ik(), SOORT)]
    return sorted(gevonden, key=lambda gesprek: (not gesprek.inhoud.actief, gesprek.inhoud.begonnen))


def lopend() -> Gesprek | None:
    """Het gesprek waar de medewerker nu mee bezig is."""
    return next((gesprek for gesprek in alle() if gesprek.inhoud.actief), None)


def lees(id_: UUID) -> Gesprek:
    """Een eigen gesprek; anders 404."""
    gevonden = vind(id_)
    return gevonden or abort(404)


def vind(id_: UUID) -> Gesprek | None:
    """Een eigen gesprek, of None als het er niet (meer) is."""
    try:
        concept = _concepten().lees(id_, ik())
    except GeenConcept:
        return None
    return _uit(concept) if concept.soort == SOORT else None


def begin(klant: Klant | None) -> Gesprek:
    """Een nieuw lopend gesprek; wat liep, wordt gepauzeerd."""
    pauzeer_andere(None)
    inhoud = Inhoud(begonnen=bronnen().installatie.klok.nu())
    gesprek = _uit(_concepten().maak(SOORT, ik(), inhoud.model_dump(mode="json")))
    if klant is not None:
        zet_klant(gesprek, klant)
        bewaar(gesprek)
    return gesprek


def zet_klant(gesprek: Gesprek, klant: Klant) -> None:
    """Met wie het gesprek is; nog niet bewaard."""
    inhoud = gesprek.inhoud
    inhoud.klantsoort, inhoud.klantnummer, inhoud.klantnaam = klant.soort, klant.nummer, klant.naam
    inhoud.klantref = klant.ref


def bewaar(gesprek: Gesprek, versie: int | None = None) -> None:
    """Bewaar de stand; `Conflict` als een ander tabblad intussen bewaarde."""
    inhoud = gesprek.inhoud.model_dump(mode="json")
    versie = gesprek.concept.versie if versie is None else versie
    gesprek.concept = _concepten().bewaar(gesprek.concept, ik(), inhoud, versie=versie)


def verwijder(gesprek: Gesprek) -> None:
    _concepten().verwijder(gesprek.id, ik())


def pauzeer_andere(behalve: UUID | None) -> None:
    """Zet elk ander lopend gesprek stil."""
    for gesprek in alle():
        if gesprek.inhoud.actief and gesprek.id != behalve:
            gesprek.inhoud.actief = False
            bewaar(gesprek)


def neem_over(gesprek: Gesprek, formulier: MultiDict[str, str]) -> None:
    """Zet wat er getypt is in het gesprek, ook wat nog niet klopt: er gaat niets verloren."""
    gesprek.inhoud.kanaal = formulier.get("kanaal", gesprek.inhoud.kanaal)[:50]
    for vraag in gesprek.inhoud.vragen:
        if vraag.contact:
            continue
        for veld in TEKSTVELDEN:
            waarde = formulier.get(f"{vraag.begin}{veld}")
            if waarde is not None:
                setattr(vraag, veld, waarde[:LANGSTE_TEKST])
