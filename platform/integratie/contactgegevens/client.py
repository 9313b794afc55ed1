"""Getypte client van de Contactgegevens API."""

from uuid import UUID

from integratie.basis import ApiClient
from integratie.contactgegevens.schemas import OrganisatieIn, OrganisatieUit, PersoonIn, PersoonUit


class ContactgegevensClient(ApiClient):
    """Personen en organisaties met hun adres. `sleutel` is de Idempotency-Key."""

    api = "contactgegevens"

    def persoon(self, persoon: UUID) -> PersoonUit:
        return self.haal(f"persoon/{persoon}", PersoonUit)

    def maak_persoon(self, persoon: PersoonIn, *, sleutel: str | None = None) -> PersoonUit:
        return self.maak("persoon", persoon, PersoonUit, sleutel=sleutel)

    def organisatie(self, organisatie: UUID) -> OrganisatieUit:
        return self.haal(f"organisatie/{organisatie}", OrganisatieUit)

    def maak_organisatie(self, organisatie: OrganisatieIn, *, sleutel: str | None = None) -> OrganisatieUit:
        return self.maak("organisatie", organisatie, OrganisatieUit, sleutel=sleutel)
