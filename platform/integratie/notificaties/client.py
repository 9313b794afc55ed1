"""Getypte client van de Notificaties API."""

from collections.abc import Iterable, Iterator
from typing import Any

from integratie.basis import ApiClient, ApiFout
from integratie.notificaties.schemas import AbonnementIn, AbonnementUit, CloudEvent, KanaalIn, KanaalUit, Notificatie

BESTAAT_AL = "unique"


class NotificatiesClient(ApiClient):
    """De Notificaties API: kanalen, abonnementen en berichten."""

    api = "notificaties"

    def kanalen(self, **params: Any) -> Iterator[KanaalUit]:
        return self.alle("kanaal", KanaalUit, **params)

    def zet_kanalen(self, kanalen: Iterable[KanaalIn]) -> None:
        """Zorg dat de kanalen bestaan en minstens deze filters hebben; een ander proces mag het tegelijk doen."""
        bestaande = {kanaal.naam: kanaal for kanaal in self.kanalen()}
        for kanaal in kanalen:
            self._zet_kanaal(kanaal, bestaande.get(kanaal.naam))

    def _zet_kanaal(self, kanaal: KanaalIn, bestaand: KanaalUit | None) -> None:
        if bestaand is None:
            self._maak_kanaal(kanaal)
        elif set(kanaal.filters) - set(bestaand.filters):
            filters = [*bestaand.filters, *(naam for naam in kanaal.filters if naam not in bestaand.filters)]
            self.wijzig(bestaand.url, {"filters": filters}, KanaalUit)

    def _maak_kanaal(self, kanaal: KanaalIn) -> None:
        try:
            self.maak("kanaal", kanaal, KanaalUit)
        except ApiFout as fout:
            if BESTAAT_AL not in {deel.code for deel in fout.fouten}:
                raise

    def abonnementen(self) -> Iterator[AbonnementUit]:
        return self.alle("abonnement", AbonnementUit)

    def maak_abonnement(self, abonnement: AbonnementIn, *, sleutel: str | None = None) -> AbonnementUit:
        return self.maak("abonnement", abonnement, AbonnementUit, sleutel=sleutel)

    def vervang_abonnement(self, url: str, abonnement: AbonnementIn) -> AbonnementUit:
        return self.vervang(url, abonnement, AbonnementUit)

    def wijzig_abonnement(self, url: str, **velden: Any) -> AbonnementUit:
        return self.wijzig(url, velden, AbonnementUit)

    def verwijder_abonnement(self, url: str) -> None:
        self.verwijder(url)

    def meld(self, notificatie: Notificatie, *, sleutel: str | None = None) -> Notificatie:
        """Bied een bericht aan; afleveren gebeurt daarna."""
        return self.maak("notificaties", notificatie, Notificatie, sleutel=sleutel)

    def meld_gebeurtenis(self, gebeurtenis: CloudEvent, *, sleutel: str | None = None) -> CloudEvent:
        """Bied een CloudEvent aan (uitbreiding); afleveren gebeurt daarna."""
        return self.maak("cloudevents", gebeurtenis, CloudEvent, sleutel=sleutel)
