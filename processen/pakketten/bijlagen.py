"""Bestanden in de antwoorden van een scenario: elk wordt een document, net als bij een formulier of taak."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import uuid4

from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn
from integratie.taken.formulier import uit_formio
from integratie.taken.schemas import ExterneTaakUit
from integratie.urn import urn_uuid
from integratie.verzoeken.schemas import Bijlage
from kern.installatie import Installatie

NAMENS: Final = "formulieren"
BESTAND: Final = frozenset({"naam", "mediatype", "inhoud"})
LANGSTE_OMSCHRIJVING: Final = 40
Antwoorden = dict[str, Any]


class ScenarioFout(Exception):
    """Het scenario kan niet verder; de tekst zegt bij welke stap en waarom."""


class Bijlagen:
    """De bijlagen van één verzoek. `leg_neer` maakt de documenten, `bij_verzoek` noemt ze daarna."""

    def __init__(self, installatie: Installatie, kenmerk: str, documenttype: str, domein: str) -> None:
        self._installatie, self._kenmerk = installatie, kenmerk
        self._documenttype, self._domein = documenttype, domein
        self._gemaakt: list[Bijlage] = []

    def leg_neer(self, antwoorden: Antwoorden) -> Antwoorden:
        """De antwoorden met elk bestand als verwijzing naar zijn document."""
        gelegd: Antwoorden = vervang(antwoorden, self._als_bijlage)
        return gelegd

    def bij_verzoek(self) -> list[Bijlage]:
        """Wat er in het verzoek als bijlage staat."""
        return self._gemaakt

    def _als_bijlage(self, bestand: Mapping[str, Any]) -> Antwoorden:
        naam = f"{self._kenmerk}-{len(self._gemaakt) + 1}"
        url = maak_document(self._installatie, bestand, naam, self._documenttype, self._domein)
        urn = urn_uuid(self._installatie.instellingen.bronorganisatie, "informatieobject", url.rpartition("/")[2])
        bijlage = Bijlage(informatie_object=urn, omschrijving=str(bestand["naam"])[-LANGSTE_OMSCHRIJVING:])
        self._gemaakt.append(bijlage)
        return {"naam": bestand["naam"], "informatieObject": urn}


def als_taakbestanden(installatie: Installatie, antwoord: Antwoorden, taak: ExterneTaakUit) -> Antwoorden:
    """Het antwoord op een klanttaak, met elk bestand als document van het type dat het formulier van de taak noemt."""

    def maak(bestand: Mapping[str, Any]) -> Antwoorden:
        definitie = taak.details.get("formulierDefinitie")
        gegevens = uit_formio(definitie, taak.titel).get("gegevens") or {} if isinstance(definitie, dict) else {}
        soort, domein = str(gegevens.get("documenttype", "")), str(gegevens.get("catalogus", ""))
        return {"id": maak_document(installatie, bestand, uuid4().hex, soort, domein), "naam": bestand["naam"]}

    gelegd: Antwoorden = vervang(antwoord, maak)
    return gelegd


def vervang(waarde: Any, maak: Callable[[Mapping[str, Any]], Antwoorden]) -> Any:
    """De waarde met in plaats van elk bestand wat `maak` ervan maakt, ook in lijsten en rijen."""
    if isinstance(waarde, Mapping):
        if waarde.keys() == BESTAND:
            return maak(waarde)
        return {naam: vervang(deel, maak) for naam, deel in waarde.items()}
    return [vervang(deel, maak) for deel in waarde] if isinstance(waarde, list) else waarde


def maak_document(
    installatie: Installatie, bestand: Mapping[str, Any], naam: str, documenttype: str, domein: str
) -> str:
    """Zet een bestand in de Documenten API en geef zijn URL."""
    inhoud, vandaag = b64decode(bestand["inhoud"]), installatie.klok.vandaag()
    document = DocumentIn(
        identificatie=naam, bronorganisatie=installatie.instellingen.bronorganisatie, creatiedatum=vandaag, ontvangstdatum=vandaag,
        titel=bestand["naam"], bestandsnaam=bestand["naam"], auteur="Indiener", taal="nld", formaat=bestand["mediatype"],
        informatieobjecttype=documenttype_van(installatie, domein, documenttype), inhoud=bestand["inhoud"], bestandsomvang=len(inhoud),
        status="definitief", tonen_aan_initiator=True, indicatie_gebruiksrecht=False,
    )  # fmt: skip
    return DocumentenClient(installatie, namens=NAMENS).maak_document(document, sleutel=naam).url


def documenttype_van(installatie: Installatie, domein: str, documenttype: str) -> str:
    """De URL van een documenttype zoals het vandaag geldt. `ScenarioFout` als het er niet is."""
    rsin = installatie.instellingen.bronorganisatie
    catalogi = CatalogiClient(installatie, namens=NAMENS)
    soort = catalogi.documenttype_in(domein, rsin, documenttype, installatie.klok.vandaag())
    if soort is None:
        raise ScenarioFout(f"documenttype '{documenttype}' bestaat niet; het pakket moet het meeleveren")
    return soort.url
