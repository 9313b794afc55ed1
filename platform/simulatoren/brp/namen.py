"""Namen in een BRP-antwoord: voorletters, volledige naam, en hoe je iemand aanschrijft."""

from typing import Any

from simulatoren.brp.bevolking import Familielid, Inwoner
from simulatoren.brp.waarden import gevuld, waarde

NAAMGEBRUIK = {
    "E": "eigen geslachtsnaam",
    "P": "geslachtsnaam partner",
    "V": "geslachtsnaam partner voor eigen geslachtsnaam",
    "N": "geslachtsnaam partner na eigen geslachtsnaam",
}
AANHEF = {"M": "heer", "V": "mevrouw"}


def voorletters(voornamen: str) -> str:
    """De eerste letter van elke voornaam met een punt (IJ en Th niet als één letter: zoals de BRP het doet)."""
    return "".join(f"{naam[0]}." for naam in voornamen.split())


def namen_gerelateerde(lid: Familielid) -> dict[str, Any]:
    """De naam van een ouder, kind of partner."""
    return gevuld(
        voornamen=lid.voornamen,
        adellijkeTitelPredicaat=lid.titel,
        voorvoegsel=lid.voorvoegsel,
        geslachtsnaam=lid.geslachtsnaam,
        voorletters=voorletters(lid.voornamen),
    )


def volledige_naam(lid: Familielid) -> str:
    """Predicaat, voornamen, voorvoegsel en geslachtsnaam, zonder naam van de partner."""
    predicaat = lid.titel["omschrijving"] if lid.titel else ""
    return " ".join(filter(None, (predicaat, lid.voornamen, lid.voorvoegsel, lid.geslachtsnaam)))


def namen_persoon(inwoner: Inwoner) -> dict[str, Any]:
    """De naam van de persoon zelf."""
    return namen_gerelateerde(inwoner) | {
        "volledigeNaam": volledige_naam(inwoner),
        "aanduidingNaamgebruik": waarde((inwoner.naamgebruik, NAAMGEBRUIK[inwoner.naamgebruik])),
    }


def adressering_naam(inwoner: Inwoner, partner: Familielid | None) -> dict[str, Any]:
    """Aanhef, aanschrijfwijze en naam in lopende tekst, volgens het naamgebruik."""
    if inwoner.overleden:
        return {}
    naam = _gebruikte_naam(inwoner, partner)
    letters = voorletters(inwoner.voornamen)
    formeel = naam[0].upper() + naam[1:]
    aanspreking = AANHEF.get(inwoner.geslacht)
    lopend = {"heer": f"de heer {formeel}", "mevrouw": f"mevrouw {formeel}"}.get(aanspreking or "")
    predicaat = inwoner.titel["omschrijving"] if inwoner.titel else ""
    return gevuld(
        aanhef="Hoogwelgeboren heer"
        if predicaat
        else f"Geachte {aanspreking} {formeel}"
        if aanspreking
        else f"Geachte {letters} {naam}",
        aanschrijfwijze=gevuld(
            naam=" ".join(filter(None, (predicaat, letters, naam))),
            aanspreekvorm="De hoogwelgeboren heer" if predicaat else None,
        ),
        gebruikInLopendeTekst=f"{predicaat} {formeel}" if predicaat else lopend or f"{letters} {naam}",
    )


def _gebruikte_naam(inwoner: Inwoner, partner: Familielid | None) -> str:
    eigen = _achternaam(inwoner)
    if partner is None or inwoner.naamgebruik == "E":
        return eigen
    van_partner = _achternaam(partner)
    return {"P": van_partner, "V": f"{van_partner}-{eigen}", "N": f"{eigen}-{van_partner}"}[inwoner.naamgebruik]


def _achternaam(lid: Familielid) -> str:
    return " ".join(filter(None, (lid.voorvoegsel, lid.geslachtsnaam)))
