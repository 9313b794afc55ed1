"""Vier ogen bij publiceren: met de instelling PUBLICEREN_VIER_OGEN vraagt de een, en publiceert een ander precies dat."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from kern.installatie import Installatie
from processen.modelleren.tabellen import Aanvraag
from processen.modelleren.werkplaats import Stand, Wie


@dataclass(frozen=True)
class Aanvraagstand:
    """Een aanvraag die nog geldt."""

    pakket: str
    versie: int
    nummer: str
    toelichting: str
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

    def vraag(self, pakket: str, stand: Stand, wie: Wie, nummer: str, toelichting: str) -> None:
        """Vraag een collega om deze werkversie te publiceren; een vorige aanvraag vervalt."""
        waarden = {
            "versie": stand.versie, "nummer": nummer, "toelichting": toelichting, "gevraagd": self._installatie.klok.nu(),
            "door": wie.gebruikersnaam, "door_naam": wie.naam,
        }  # fmt: skip
        opdracht = insert(Aanvraag).values(pakket=pakket, **waarden)
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(opdracht.on_conflict_do_update(index_elements=["pakket"], set_=waarden))

    def van(self, pakket: str, stand: Stand) -> Aanvraagstand | None:
        """De aanvraag die over precies deze werkversie gaat; na een wijziging is zij vervallen."""
        with self._installatie.db.lezen() as verbinding:
            rij = verbinding.execute(_AANVRAAG.where(Aanvraag.pakket == pakket)).mappings().first()
        return Aanvraagstand(**rij) if rij is not None and rij["versie"] == stand.versie else None

    def mag(self, pakket: str, stand: Stand, wie: Wie) -> bool:
        """Of deze beheerder nu mag publiceren: zonder vier ogen altijd, anders alleen wat een ander vroeg."""
        if not self.nodig:
            return True
        aanvraag = self.van(pakket, stand)
        return aanvraag is not None and aanvraag.door != wie.gebruikersnaam

    def klaar(self, pakket: str) -> None:
        """De aanvraag is gedaan."""
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(delete(Aanvraag).where(Aanvraag.pakket == pakket))


_AANVRAAG = select(*Aanvraag.__table__.columns)
