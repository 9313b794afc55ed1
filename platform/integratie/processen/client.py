"""Getypte client van de processen-API."""

from collections.abc import Iterator

from integratie.basis import ApiClient
from integratie.processen.schemas import ActieIn, ActieUit, ZendingIn, ZendingUit


class ProcessenClient(ApiClient):
    """De API van de processen."""

    api = "processen"

    def verstuur(self, zending: ZendingIn) -> ZendingUit:
        """Zet een zending klaar; met hetzelfde uuid nog eens geeft de bestaande."""
        return self.maak("zendingen", zending, ZendingUit)

    def start_actie(self, actie: ActieIn) -> ActieUit:
        """Start een proces op een zaak; met hetzelfde uuid nog eens is dat dezelfde actie."""
        return self.maak("acties", actie, ActieUit)

    def zendingen(self, zaak: str) -> Iterator[ZendingUit]:
        """Wat er over een zaak is verstuurd, nieuwste eerst."""
        return self.alle("zendingen", ZendingUit, zaak=zaak)
