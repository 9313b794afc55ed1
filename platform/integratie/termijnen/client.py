"""Getypte client van de termijnen-API."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from integratie.basis import ApiClient, ApiFout, Pagina
from integratie.termijnen.schemas import (
    Dag,
    FeestdagIn,
    FeestdagUit,
    GebeurtenisIn,
    HerroepIn,
    KlokDetailUit,
    KlokIn,
    KlokUit,
    OverzichtUit,
    StoringEindeIn,
    StoringIn,
    StoringUit,
    WekkerIn,
    WekkerUit,
)

NIET_GEVONDEN = 404


class TermijnenClient(ApiClient):
    """De wettelijke klok van zaken."""

    api = "termijnen"

    def begin(self, klok: KlokIn) -> KlokDetailUit:
        """Begin de klok van een zaak; loopt zij al, dan verandert er niets."""
        return self.maak("klokken", klok, KlokDetailUit)

    def klok(self, zaak: str) -> KlokDetailUit | None:
        """De klok van een zaak (URL), of None als zij er geen heeft."""
        try:
            return self.haal(f"klokken/{zaak_uuid(zaak)}", KlokDetailUit)
        except ApiFout as fout:
            if fout.status != NIET_GEVONDEN:
                raise
            return None

    def klokken(self, **filters: Any) -> Pagina[KlokUit]:
        """Eén pagina van de open klokken, de eerste einddatum voorop; filters `toestand` en `zaaktype__in`."""
        return self.lijst("klokken", KlokUit, **filters)

    def zoek_klokken(self, zaken: Iterable[str]) -> dict[str, KlokUit]:
        """De klokken van deze zaken in één aanroep, op de URL van de zaak."""
        gevraagd = list(zaken)
        if not gevraagd:
            return {}
        rijen = self.vraag("POST", "klokken/_zoek", json={"zaken": gevraagd})
        return {klok.zaak: klok for klok in map(KlokUit.model_validate, rijen)}

    def overzicht(self) -> list[OverzichtUit]:
        """Per zaaktype hoeveel zaken er lopen, dreigen, stilstaan en te laat zijn."""
        return list(self.alle("klokken/overzicht", OverzichtUit))

    def leg_vast(self, zaak: str, gebeurtenis: GebeurtenisIn) -> KlokDetailUit:
        """Leg een gebeurtenis vast; heeft de zaak nog geen klok, dan begint die op haar startdatum."""
        return self.maak(f"klokken/{zaak_uuid(zaak)}/gebeurtenissen", gebeurtenis, KlokDetailUit)

    def herroep(self, zaak: str, gebeurtenis: UUID, herroep: HerroepIn) -> KlokDetailUit:
        """Herroep een gebeurtenis en reken opnieuw."""
        return self.maak(f"klokken/{zaak_uuid(zaak)}/gebeurtenissen/{gebeurtenis}/herroepen", herroep, KlokDetailUit)

    def wek(self, wekker: WekkerIn) -> WekkerUit:
        """Vraag om een bericht voor een proces; met hetzelfde uuid nog eens is het dezelfde wekker."""
        return self.maak("wekkers", wekker, WekkerUit)

    def laatste_dag(self, begin: date, duur: str) -> date:
        """De laatste dag van een termijn die de dag na `begin` ingaat, met feestdagen en storingen."""
        return self.haal("laatste-dag", Dag, begin=begin.isoformat(), duur=duur).dag

    def storingen(self) -> Iterator[StoringUit]:
        """Alle storingen, de nieuwste eerst."""
        return self.alle("storingen", StoringUit)

    def meld_storing(self, storing: StoringIn) -> StoringUit:
        """Leg een storing vast; termijnen die erin eindigden schuiven op."""
        return self.maak("storingen", storing, StoringUit)

    def wijzig_storing(self, uuid: UUID, einde: StoringEindeIn) -> StoringUit:
        """Beëindig een storing of trek haar in."""
        return self.maak(f"storingen/{uuid}/einde", einde, StoringUit)

    def feestdagen(self) -> Iterator[FeestdagUit]:
        """De gelijkgestelde dagen, op datum; de feestdagen uit de wet staan er niet bij."""
        return self.alle("feestdagen", FeestdagUit)

    def voeg_feestdag_toe(self, feestdag: FeestdagIn) -> FeestdagUit:
        """Stel een dag met een feestdag gelijk; de termijnen die het raakt worden opnieuw berekend."""
        return self.maak("feestdagen", feestdag, FeestdagUit)

    def haal_feestdag_weg(self, dag: date) -> None:
        """Een dag is toch geen feestdag."""
        self.vraag("POST", "feestdagen/intrekken", json={"dag": dag.isoformat()})


def zaak_uuid(zaak: str) -> str:
    """Het uuid aan het eind van de URL van een zaak."""
    return zaak.rstrip("/").rpartition("/")[2]
