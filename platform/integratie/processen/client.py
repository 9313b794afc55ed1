"""Getypte client van de processen-API."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from integratie.basis import ApiClient
from integratie.processen.motor import (
    BerichtIn,
    BerichtUit,
    BeslisIn,
    BeslisUit,
    IncidentUit,
    InstantieUit,
    StapUit,
    TaakAfrondenIn,
    TaakUit,
)
from integratie.processen.publicaties import PublicatieIn, PublicatieUit, TekstIn
from integratie.processen.schemas import ActieIn, ActieUit, BezorgingIn, IntrekkingIn, ZendingIn, ZendingUit


class ProcessenClient(ApiClient):
    """De API van de processen."""

    api = "processen"

    def verstuur(self, zending: ZendingIn) -> ZendingUit:
        """Zet een zending klaar; met hetzelfde uuid nog eens geeft de bestaande."""
        return self.maak("zendingen", zending, ZendingUit)

    def meld_bezorging(self, zending: UUID, *, kanaal: str, bezorgd: bool, antwoord: str = "") -> None:
        """Wat een kanaal later liet weten; kwam het bericht terug, dan gaat de brief alsnog op papier."""
        bezorging = BezorgingIn(kanaal=kanaal, bezorgd=bezorgd, antwoord=antwoord)
        self.vraag("POST", f"zendingen/{zending}/bezorgingen", json=bezorging)

    def start_actie(self, actie: ActieIn) -> ActieUit:
        """Start een proces op een zaak; met hetzelfde uuid nog eens is dat dezelfde actie."""
        return self.maak("acties", actie, ActieUit)

    def trek_in(self, intrekking: IntrekkingIn) -> ActieUit:
        """Stop de behandeling van een zaak die ingetrokken wordt, en begin de afhandeling daarvan. Nog eens is dezelfde intrekking.

        `ApiFout` 400 met code `besloten`, `afgesloten`, `niet-mogelijk`, `vorm` of `ontvangen`.
        """
        return self.maak("intrekkingen", intrekking, ActieUit)

    def geef_bericht(self, bericht: BerichtIn) -> BerichtUit:
        """Een bericht voor wie daarop wacht, nu of later; hetzelfde `uniekId` telt één keer."""
        return self.maak("berichten", bericht, BerichtUit)

    def beslis(self, vraag: BeslisIn) -> BeslisUit:
        """Reken een beslissing uit op de tabellen zoals zij nu gelden; `ApiFout` 404 als zij er niet is."""
        return self.maak("beslissingen", vraag, BeslisUit)

    def instanties(self, **filters: Any) -> Iterator[InstantieUit]:
        """Procesinstanties, de nieuwste eerst; filters zoals `zaak`, `definitie` en `staat`."""
        return self.alle("instanties", InstantieUit, **filters)

    def geschiedenis(self, instantie: UUID) -> Iterator[StapUit]:
        """De stappen van een instantie, op volgorde."""
        return self.alle(f"instanties/{instantie}/geschiedenis", StapUit)

    def taken(self, **filters: Any) -> Iterator[TaakUit]:
        """Open taken van processen; filter `instantie`."""
        return self.alle("taken", TaakUit, **filters)

    def rond_taak_af(self, taak: UUID, afronden: TaakAfrondenIn) -> None:
        """Rond een medewerkertaak af; het proces gaat verder als haar notificatie verwerkt is."""
        self.vraag("POST", f"taken/{taak}/afronden", json=afronden)

    def incidenten(self, **filters: Any) -> Iterator[IncidentUit]:
        """Open incidenten, de oudste eerst; filters `definitie`, `element`, `soort` en `opgelost`."""
        return self.alle("incidenten", IncidentUit, **filters)

    def maak_publicatie(self, publicatie: PublicatieIn) -> PublicatieUit:
        """Zet een officiële bekendmaking klaar; met hetzelfde uuid nog eens geeft de bestaande."""
        return self.maak("publicaties", publicatie, PublicatieUit)

    def publicatie(self, uuid: UUID) -> PublicatieUit:
        """Eén bekendmaking, met wat er aan persoonsgegevens in lijkt te staan; `ApiFout` 404 als zij er niet is."""
        return self.haal(f"publicaties/{uuid}", PublicatieUit)

    def publicaties(self, zaak: str) -> Iterator[PublicatieUit]:
        """De bekendmakingen van een zaak, nieuwste eerst."""
        return self.alle("publicaties", PublicatieUit, zaak=zaak)

    def wijzig_publicatie(self, uuid: UUID, tekst: TekstIn) -> PublicatieUit:
        """Een andere tekst; `ApiFout` 409 als zij al aangeleverd is."""
        return PublicatieUit.model_validate(self.vraag("PATCH", f"publicaties/{uuid}", json=tekst.als_json()))

    def lever_aan(self, uuid: UUID) -> PublicatieUit:
        """Lever aan; `ApiFout` 400 met code `persoonsgegevens` noemt de plaatsen."""
        return PublicatieUit.model_validate(self.vraag("POST", f"publicaties/{uuid}/aanleveren"))

    def zendingen(self, zaak: str) -> Iterator[ZendingUit]:
        """Wat er over een zaak is verstuurd, nieuwste eerst."""
        return self.alle("zendingen", ZendingUit, zaak=zaak)
