"""Het register van verwerkingsactiviteiten (AVG artikel 30): waarvoor dit platform persoonsgegevens gebruikt, en op welke grond.

De activiteiten van het platform zelf staan hier. Een gemeente voegt eigen activiteiten toe of vervangt deze met een TOML-bestand
(instelling `VERWERKINGSREGISTER`):

    [[verwerkingsactiviteit]]
    id = "https://gemeente.example/verwerkingen/parkeren"
    naam = "Parkeervergunningen"
    doel = "Beslissen op een aanvraag voor een parkeervergunning"
    grondslag = "Publiekrechtelijke taak (AVG artikel 6, lid 1, onder e)"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kern.instellingen import InstellingenFout

EIGEN = "urn:dienstverlening:verwerking:"
TAAK = "Publiekrechtelijke taak (AVG artikel 6, lid 1, onder e)"
PLICHT = "Wettelijke plicht (AVG artikel 6, lid 1, onder c)"
INWONERS = "Inwoners en ondernemers, en wie hen vertegenwoordigt"


class RegisterFout(InstellingenFout):
    """Het bestand met verwerkingsactiviteiten klopt niet. De tekst is één regel voor de beheerder."""


@dataclass(frozen=True, kw_only=True)
class Verwerkingsactiviteit:
    """Eén regel van het register; `id` is de URI die in het Logboek dataverwerkingen staat."""

    id: str
    naam: str
    doel: str
    grondslag: str
    betrokkenen: str = INWONERS
    gegevens: str = ""
    ontvangers: str = ""
    bewaartermijn: str = ""


REGISTER = (
    Verwerkingsactiviteit(
        id=f"{EIGEN}formulier-invullen",
        naam="Formulier invullen",
        doel="Vragen alvast beantwoorden met wat de overheid al weet",
        grondslag=TAAK,
        gegevens="Naam, adres, geboortedatum en wat het formulier verder vraagt, uit de BRP en het handelsregister",
        bewaartermijn="Tot het formulier verstuurd of verlopen is",
    ),
    Verwerkingsactiviteit(
        id=f"{EIGEN}verzoek-indienen",
        naam="Verzoek indienen",
        doel="Vastleggen wat iemand vraagt of meldt, zodat de gemeente het kan behandelen",
        grondslag=TAAK,
        gegevens="Identificatie, de antwoorden op het formulier en de bijlagen",
        bewaartermijn="Volgens de selectielijst, met de zaak",
    ),
    Verwerkingsactiviteit(
        id=f"{EIGEN}mijngemeente",
        naam="MijnGemeente",
        doel="Iemand zijn eigen zaken, taken, berichten en gegevens laten zien",
        grondslag=TAAK,
        gegevens="Zaken, taken, berichten, documenten, producten, contactgegevens en gegevens uit basisregistraties",
        bewaartermijn="Er wordt niets extra bewaard",
    ),
    Verwerkingsactiviteit(
        id=f"{EIGEN}klantcontact",
        naam="Klantcontact",
        doel="Vragen aan de balie, aan de telefoon en digitaal beantwoorden",
        grondslag=TAAK,
        gegevens="Identificatie, contactgegevens, contactmomenten, zaken en gegevens uit basisregistraties",
        bewaartermijn="Contactmomenten volgens de selectielijst",
    ),
    Verwerkingsactiviteit(
        id=f"{EIGEN}behandelen",
        naam="Zaken behandelen",
        doel="Verzoeken beoordelen, erop beslissen en dat uitvoeren",
        grondslag=TAAK,
        gegevens="Het verzoek, de zaak met documenten en besluiten, en gegevens uit basisregistraties",
        bewaartermijn="Volgens de selectielijst",
    ),
    Verwerkingsactiviteit(
        id=f"{EIGEN}toezicht",
        naam="Toezicht houden",
        doel="Nagaan of een registratie bestaat en klopt met wat er op dat nummer of adres gebeurt",
        grondslag=TAAK,
        gegevens="Het nummer, het adres, de status en de meldingen van een registratie",
        ontvangers="Toezichthouders van de gemeente",
        bewaartermijn="Niet; alleen dat er gekeken is",
    ),
    Verwerkingsactiviteit(
        id=f"{EIGEN}aanschrijven",
        naam="Aanschrijven",
        doel="Brieven en berichten naar de juiste persoon en het juiste adres sturen",
        grondslag=PLICHT,
        gegevens="Naam, aanschrijving en adres uit de BRP of het handelsregister",
        ontvangers="De bezorger van post en de MijnOverheid Berichtenbox",
        bewaartermijn="Volgens de selectielijst, met de zaak",
    ),
    Verwerkingsactiviteit(
        id=f"{EIGEN}registratie",
        naam="Registraties aan andere systemen",
        doel="Andere systemen van de gemeente gegevens laten lezen en bijwerken waar zij recht op hebben",
        grondslag=TAAK,
        gegevens="De gegevens van de registratie waar het systeem een token of autorisatie voor heeft",
        ontvangers="Systemen van de gemeente met een eigen verwerkingsactiviteit",
        bewaartermijn="Volgens de selectielijst",
    ),
)
_BESTAND = TypeAdapter(list[Verwerkingsactiviteit])


def register(bestand: str = "") -> dict[str, Verwerkingsactiviteit]:
    """Alle activiteiten bij hun id: die van het platform, aangevuld of vervangen door die in `bestand`."""
    eigen = _BESTAND.validate_python(_lees(Path(bestand))) if bestand else []
    return {activiteit.id: activiteit for activiteit in (*REGISTER, *eigen)}


def _lees(pad: Path) -> list[Mapping[str, Any]]:
    try:
        gelezen: list[Mapping[str, Any]] = tomllib.loads(pad.read_text()).get("verwerkingsactiviteit", [])
        _BESTAND.validate_python(gelezen)
    except (OSError, tomllib.TOMLDecodeError) as fout:
        raise RegisterFout(f"{pad} is niet te lezen: {fout}") from fout
    except ValidationError as fout:
        plekken = ", ".join(".".join(map(str, deel["loc"])) for deel in fout.errors())
        raise RegisterFout(f"{pad} klopt niet: {plekken}") from fout
    return gelezen
