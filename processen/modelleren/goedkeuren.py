"""Vier ogen: met de instelling PUBLICEREN_VIER_OGEN vraagt de een om te publiceren, terug te draaien of uit te faseren, en doet een ander precies dat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from kern.installatie import Installatie
from processen.modelleren.tabellen import Aanvraag
from processen.modelleren.werkplaats import Stand, Wie

Soort = Literal["publiceren", "terugdraaien", "uitfaseren"]


@dataclass(frozen=True)
class Aanvraagstand:
    """Een aanvraag die nog geldt."""

    pakket: str
    versie: int
    soort: Soort
    nummer: str
    toelichting: str
    waarheen: Mapping[str, str]
    gevraagd: datetime
    door: str
    door_naam: str


class Goedkeuring:
    """De aanvragen van een installatie."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    @property
    def nodig(self) -> bool:
        """Of deze gemeente vier ogen wil."""
        return self._installatie.instellingen.publiceren_vier_ogen

    def vraag(
        self,
        pakket: str,
        stand: Stand,
        wie: Wie,
        nummer: str = "",
        toelichting: str = "",
        *,
        soort: Soort = "publiceren",
        waarheen: Mapping[str, str] | None = None,
    ) -> None:
        """Vraag een collega om dit met deze werkversie te doen; een vorige aanvraag vervalt."""
        waarden = {
            "versie": stand.versie, "soort": soort, "nummer": nummer, "toelichting": toelichting, "waarheen": dict(waarheen or {}),
            "gevraagd": self._installatie.klok.nu(), "door": wie.gebruikersnaam, "door_naam": wie.naam,
        }  # fmt: skip
        opdracht = insert(Aanvraag).values(pakket=pakket, **waarden)
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(opdracht.on_conflict_do_update(index_elements=["pakket"], set_=waarden))

    def van(self, pakket: str, stand: Stand) -> Aanvraagstand | None:
        """De aanvraag die over precies deze werkversie gaat; na een wijziging is zij vervallen."""
        with self._installatie.db.lezen() as verbinding:
            rij = verbinding.execute(_AANVRAAG.where(Aanvraag.pakket == pakket)).mappings().first()
        return Aanvraagstand(**rij) if rij is not None and rij["versie"] == stand.versie else None

    def mag(self, pakket: str, stand: Stand, wie: Wie, soort: Soort = "publiceren", nummer: str | None = None) -> bool:
        """Of deze beheerder dit nu mag doen: zonder vier ogen altijd, anders alleen wat een ander vroeg (met `nummer`: precies die versie)."""
        if not self.nodig:
            return True
        aanvraag = self.van(pakket, stand)
        if aanvraag is None or aanvraag.soort != soort or nummer not in (None, aanvraag.nummer):
            return False
        return aanvraag.door != wie.gebruikersnaam

    def klaar(self, pakket: str) -> None:
        """De aanvraag is gedaan."""
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(delete(Aanvraag).where(Aanvraag.pakket == pakket))


_AANVRAAG = select(*Aanvraag.__table__.columns)
