"""De registraties, bevraagd namens één behandelaar. Wat er op de schermen komt, staat in `beeld`."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from uuid import UUID

import structlog

from contracten import veldtypen_van
from formuliermotor import DefinitieFout, Formulierweergave, lees_definitie
from integratie.basis import ApiFout, NietBereikbaar
from integratie.catalogi.schemas import ZaakTypeUit
from integratie.clients import Clients
from integratie.configuratie import PROCESPAKKET, LijstOntbreekt
from integratie.documenten.schemas import DocumentUit
from integratie.urn import urn_zaak
from integratie.zaken.schemas import ZaakUit
from kern.aanmelden import Identiteit
from kern.installatie import Installatie

log = structlog.get_logger()
NAMENS = "behandelen"


class Zaakbron(Clients):
    """Leest zaken voor één medewerker."""

    def __init__(self, installatie: Installatie, identiteit: Identiteit) -> None:
        super().__init__(installatie, namens=NAMENS, gebruiker=identiteit.gebruikersnaam, weergave=identiteit.naam)
        self.identiteit = identiteit
        self._zaaktypen: dict[str, ZaakTypeUit] = {}

    def zaak(self, uuid: UUID) -> ZaakUit:
        """De zaak, of `ApiFout` met 404 of 403."""
        return self.zaken.zaak(f"zaken/{uuid}")

    def urn(self, zaak: ZaakUit) -> str:
        """Hoe Verzoeken en Taken naar deze zaak verwijzen."""
        return urn_zaak(self.installatie.instellingen.bronorganisatie, zaak.identificatie)

    def zaaktype(self, zaak: ZaakUit) -> ZaakTypeUit:
        """Het zaaktype van de zaak; één keer opgehaald."""
        if zaak.zaaktype not in self._zaaktypen:
            self._zaaktypen[zaak.zaaktype] = self.catalogi.type_bij_url(zaak.zaaktype)
        return self._zaaktypen[zaak.zaaktype]

    def acties(self, zaak: ZaakUit) -> Iterator[dict[str, Any]]:
        """De processen die een medewerker op deze zaak kan starten, uit de geïnstalleerde pakketten."""
        zaaktype = self.zaaktype(zaak).identificatie
        for pakket in self._pakketten:
            yield from (actie for actie in pakket.get("acties", []) if actie["zaaktype"] == zaaktype)

    def groepen_van(self, zaak: ZaakUit) -> frozenset[str]:
        """De groepen die zaken van dit zaaktype behandelen, uit de geïnstalleerde pakketten."""
        zaaktype = self.zaaktype(zaak).identificatie
        teams = (team for pakket in self._pakketten for team in pakket.get("teams", []))
        return frozenset(groep for team in teams if team["zaaktype"] == zaaktype for groep in team["groepen"])

    def team(self, zaak: ZaakUit) -> list[str]:
        """Wie werk bij deze zaak krijgt: de groepen van het zaaktype, of anders die van wie nu kijkt."""
        return sorted(self.groepen_van(zaak) or self.identiteit.groepen)

    def besluitregel(self, zaak: ZaakUit) -> dict[str, Any]:
        """Wat een pakket over besluiten op dit zaaktype zegt; leeg als het niets zegt."""
        zaaktype = self.zaaktype(zaak).identificatie
        regels = (regel for pakket in self._pakketten for regel in pakket.get("besluiten", []))
        return next((regel for regel in regels if regel["zaaktype"] == zaaktype), {})

    def groepen_bij(self, zaak: ZaakUit) -> list[str]:
        """Wie een losse taak bij deze zaak kan krijgen: de groepen van het zaaktype, en die van wie kijkt.

        Hapert een bron, dan zijn dat alleen de eigen groepen: de zaak blijft te zien.
        """
        try:
            team = self.groepen_van(zaak)
        except (ApiFout, NietBereikbaar):
            team = frozenset()
        return sorted(team | set(self.identiteit.groepen))

    def teams(self) -> dict[str, list[str]]:
        """De zaaktypen van mijn groepen, elk met de groepen die haar behandelen."""
        alle = [team for pakket in self._pakketten for team in pakket.get("teams", [])]
        mijn = set(self.identiteit.groepen)
        return {team["zaaktype"]: team["groepen"] for team in alle if mijn & set(team["groepen"])}

    @cached_property
    def _pakketten(self) -> list[dict[str, Any]]:
        return list(self.configuratie.alle(PROCESPAKKET))

    def formulier(self, sleutel: str, taal: str, **context: Any) -> Formulierweergave | None:
        """Het formulier met deze sleutel, of None als het niet (goed) is ingericht."""
        try:
            gevonden = self.configuratie.formulier(sleutel) if sleutel else None
        except LijstOntbreekt:
            log.exception("formulier zonder referentielijst", formulier=sleutel)
            return None
        return self.weergave(gevonden["definitie"], taal, sleutel, **context) if gevonden else None

    def weergave(self, definitie: Any, taal: str, naam: str, **context: Any) -> Formulierweergave | None:
        """Het formulier van deze definitie, of None als zij niet klopt; `naam` is voor het log, `context` voor de regels erin."""
        try:
            return Formulierweergave(
                lees_definitie(definitie, veldtypen_van(self.installatie)), taal, context, klok=self.installatie.klok.nu
            )
        except DefinitieFout:
            log.exception("formulier is niet te lezen", formulier=naam)
            return None

    def document_van(self, zaak: ZaakUit, document: UUID) -> DocumentUit | None:
        """Het document met dit uuid, als het bij de zaak hoort."""
        urls = (koppeling.informatieobject for koppeling in self.zaken.documenten(zaak.url))
        url = next((url for url in urls if uuid_van(url) == document), None)
        return self.documenten.document(url) if url else None


def uuid_van(url: str) -> UUID:
    """Het uuid aan het eind van een URL."""
    return UUID(url.rpartition("/")[2])
