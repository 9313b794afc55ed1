"""Getypte client van de Verzoeken API."""

from collections.abc import Mapping
from typing import Any

from integratie.basis import ApiClient, Pagina
from integratie.verzoeken.schemas import (
    VerzoekIn,
    VerzoekTypeIn,
    VerzoekTypeUit,
    VerzoekTypeVersionIn,
    VerzoekTypeVersionUit,
    VerzoekUit,
)


class VerzoekenClient(ApiClient):
    """De Verzoeken API. `sleutel` is de Idempotency-Key."""

    api = "verzoeken"

    def verzoek(self, url: str) -> VerzoekUit:
        return self.haal(url, VerzoekUit)

    def dien_in(self, verzoek: VerzoekIn, *, sleutel: str) -> VerzoekUit:
        """Registreer een verzoek; de gegevens worden getoetst aan het schema van de versie."""
        return self.maak("verzoeken", verzoek, VerzoekUit, sleutel=sleutel)

    def markeer_verwerkt(self, url: str, *, zaak: str) -> VerzoekUit:
        """Zet de verwerkstatus en koppel de zaak (als URN)."""
        gerelateerd = [
            deel.model_dump(by_alias=True) for deel in self.verzoek(url).is_gerelateerd_aan if deel.urn != zaak
        ]
        return self.wijzig(
            url, {"verwerkStatus": "verwerkt", "isGerelateerdAan": [*gerelateerd, {"urn": zaak}]}, VerzoekUit
        )

    def zoek_verzoeken(self, criteria: Mapping[str, Any], **params: Any) -> Pagina[VerzoekUit]:
        """Zoeken met de criteria in het lichaam, zodat er geen BSN in een URL komt (onze uitbreiding)."""
        return self.zoek("verzoeken", VerzoekUit, criteria, **params)

    def verzoektype(self, naam: str) -> VerzoekTypeUit | None:
        """Het verzoektype met deze naam."""
        return next(self.alle("verzoektypen", VerzoekTypeUit, naam=naam), None)

    def neem_niets_meer_aan(self, verzoektype: str) -> None:
        """Sluit de gepubliceerde versies van dit verzoektype (URL): een nieuw verzoek wordt geweigerd tot er weer een versie verschijnt."""
        for versie in list(self.alle(f"{verzoektype}/versies", VerzoekTypeVersionUit)):
            if versie.status == "published":
                self.wijzig(versie.url, {"status": "deprecated"}, VerzoekTypeVersionUit)

    def zorg_voor_type(self, verzoektype: VerzoekTypeIn, versie: VerzoekTypeVersionIn) -> VerzoekTypeUit:
        """Vind of maak een verzoektype met een gepubliceerde versie van dit schema."""
        gevonden = self.verzoektype(verzoektype.naam) or self.maak("verzoektypen", verzoektype, VerzoekTypeUit)
        versies = list(self.alle(f"{gevonden.url}/versies", VerzoekTypeVersionUit))
        nieuw = versie.model_copy(update={"status": "published"})
        if not any(
            v.status == "published" and v.aanvraag_gegevens_schema == versie.aanvraag_gegevens_schema for v in versies
        ):
            self.maak(f"{gevonden.url}/versies", nieuw.model_dump(mode="json", by_alias=True), VerzoekTypeVersionUit)
        return gevonden
