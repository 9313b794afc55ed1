"""Getypte client van de Taken API."""

from collections.abc import Iterator, Mapping
from typing import Any

from integratie.basis import ApiClient, Pagina
from integratie.taken.schemas import (
    BetaalTaakIn,
    ExterneTaakUit,
    FormulierTaakIn,
    MedewerkerTaakIn,
    MedewerkerTaakUit,
)


class TakenClient(ApiClient):
    """De Taken API: klanttaken (externe taken) en de taken van medewerkers. `sleutel` is de Idempotency-Key."""

    api = "taken"

    def klanttaak(self, url: str) -> ExterneTaakUit:
        return self.haal(url, ExterneTaakUit)

    def maak_formuliertaak(self, taak: FormulierTaakIn, *, sleutel: str) -> ExterneTaakUit:
        """Een klanttaak met een formulier; bestaat er al een met dit verwerkerTaakId, dan die."""
        bestaand = self.klanttaak_bij(taak.verwerker_taak_id)
        return bestaand or self.maak("formuliertaken", taak, ExterneTaakUit, sleutel=sleutel)

    def maak_betaaltaak(self, taak: BetaalTaakIn, *, sleutel: str) -> ExterneTaakUit:
        """Een klanttaak om te betalen; bestaat er al een met dit verwerkerTaakId, dan die."""
        bestaand = self.klanttaak_bij(taak.verwerker_taak_id)
        return bestaand or self.maak("betaaltaken", taak, ExterneTaakUit, sleutel=sleutel)

    def zoek_klanttaken(self, criteria: Mapping[str, Any], **params: Any) -> Pagina[ExterneTaakUit]:
        """Klanttaken zoeken met de criteria in het lichaam (`isToegewezenAan` is een URN, mogelijk met BSN)."""
        return self.zoek("externetaken", ExterneTaakUit, criteria, **params)

    def wijzig_klanttaak(self, url: str, *, sleutel: str | None = None, **velden: Any) -> ExterneTaakUit:
        return self.wijzig(url, velden, ExterneTaakUit, sleutel=sleutel)

    def medewerkertaak(self, url: str) -> MedewerkerTaakUit:
        return self.haal(url, MedewerkerTaakUit)

    def maak_medewerkertaak(self, taak: MedewerkerTaakIn, *, sleutel: str) -> MedewerkerTaakUit:
        """Een taak voor een medewerker; bestaat er al een met dit verwerkerTaakId, dan die."""
        bestaand = self._medewerkertaak_bij(taak.verwerker_taak_id)
        return bestaand or self.maak("medewerkertaken", taak, MedewerkerTaakUit, sleutel=sleutel)

    def bij_kenmerk(self, verwerker_taak_id: str) -> str | None:
        """De URL van de taak met dit kenmerk, voor wie zij ook is."""
        gevonden = self.klanttaak_bij(verwerker_taak_id) or self._medewerkertaak_bij(verwerker_taak_id)
        return gevonden.url if gevonden else None

    def klanttaak_bij(self, verwerker_taak_id: str) -> ExterneTaakUit | None:
        """De klanttaak met dit kenmerk van haar verwerker."""
        filters = {"verwerkerTaakId": verwerker_taak_id}
        return next(self.alle("externetaken", ExterneTaakUit, **filters), None) if verwerker_taak_id else None

    def _medewerkertaak_bij(self, verwerker_taak_id: str) -> MedewerkerTaakUit | None:
        return next(self.medewerkertaken(verwerkerTaakId=verwerker_taak_id), None) if verwerker_taak_id else None

    def medewerkertaken(self, **filters: Any) -> Iterator[MedewerkerTaakUit]:
        return self.alle("medewerkertaken", MedewerkerTaakUit, **filters)

    def werklijst(self, **filters: Any) -> Pagina[MedewerkerTaakUit]:
        """Eén pagina van de werklijst."""
        return self.lijst("medewerkertaken", MedewerkerTaakUit, **filters)

    def wijzig_medewerkertaak(self, url: str, *, sleutel: str | None = None, **velden: Any) -> MedewerkerTaakUit:
        """Velden in camelCase. Claimen: `behandelaar`; is de taak net van een ander, dan `ApiFout` met code `al-toegewezen`."""
        return self.wijzig(url, velden, MedewerkerTaakUit, sleutel=sleutel)
