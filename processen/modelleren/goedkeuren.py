"""Vier ogen: met de instelling PUBLICEREN_VIER_OGEN vraagt de een om te publiceren, terug te draaien of uit te faseren, en doet een ander precies dat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from kern.installatie import Installatie
from processen.modelleren.tabellen import Aanvraag
from processen.modelleren.werkplaats import Stand, Wie

Soort = Literal["publiceren", "terugdraaien", "uitfaseren"]
Staat = Literal["open", "vervallen", "geweigerd"]


@dataclass(frozen=True)
class Aanvraagstand:
    """De laatste aanvraag van een pakket. `open` is zij zolang de werkversie nog precies die van de aanvraag is; anders `vervallen`."""

    id: UUID
    pakket: str
    versie: int
    soort: Soort
    nummer: str
    toelichting: str
    waarheen: Mapping[str, str]
    gevraagd: datetime
    door: str
    door_naam: str
    staat: Staat
    reden: str
    beslist: datetime | None
    beslist_door_naam: str


class AlGevraagd(Exception):
    """Er staat al een vraag open; `aanvraag` zegt van wie en sinds wanneer."""

    def __init__(self, aanvraag: Aanvraagstand) -> None:
        self.aanvraag = aanvraag
        super().__init__(f"{aanvraag.door_naam} vroeg al om dit pakket te {aanvraag.soort}")


class AanvraagWeg(LookupError):
    """Deze vraag staat niet meer open: zij is vervallen, gedaan, geweigerd, ingetrokken of door een andere vervangen."""


class Goedkeuring:
    """De aanvragen van een installatie; per pakket één."""

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
        """Vraag een collega om dit met deze werkversie te doen. `AlGevraagd` als er een vraag openstaat, ook van uzelf."""
        waarden = {
            "id": uuid4(), "versie": stand.versie, "soort": soort, "nummer": nummer, "toelichting": toelichting,
            "waarheen": dict(waarheen or {}), "gevraagd": self._installatie.klok.nu(), "door": wie.gebruikersnaam,
            "door_naam": wie.naam, "staat": "open", "reden": "", "beslist": None, "beslist_door_naam": "",
        }  # fmt: skip
        vervangbaar = (Aanvraag.staat != "open") | (Aanvraag.versie != stand.versie)
        opdracht = insert(Aanvraag).values(pakket=pakket, **waarden)
        opdracht = opdracht.on_conflict_do_update(index_elements=["pakket"], set_=waarden, where=vervangbaar)
        with self._installatie.db.schrijven() as verbinding:
            gelukt = verbinding.execute(opdracht.returning(Aanvraag.id)).first()
        if gelukt is None and (aanvraag := self.van(pakket, stand)):
            raise AlGevraagd(aanvraag)

    def laatste(self, pakket: str, stand: Stand) -> Aanvraagstand | None:
        """De laatste aanvraag die niet gedaan of ingetrokken is: open, vervallen, of geweigerd met een reden."""
        with self._installatie.db.lezen() as verbinding:
            rij = verbinding.execute(_AANVRAAG.where(Aanvraag.pakket == pakket)).mappings().first()
        if rij is None:
            return None
        vervallen = rij["staat"] == "open" and rij["versie"] != stand.versie
        return Aanvraagstand(**{**rij, "staat": "vervallen" if vervallen else rij["staat"]})

    def van(self, pakket: str, stand: Stand) -> Aanvraagstand | None:
        """De open aanvraag, die over precies deze werkversie gaat; na een wijziging is zij vervallen."""
        aanvraag = self.laatste(pakket, stand)
        return aanvraag if aanvraag is not None and aanvraag.staat == "open" else None

    def mag(self, pakket: str, stand: Stand, wie: Wie, soort: Soort = "publiceren", nummer: str = "") -> bool:
        """Of deze beheerder precies dit nu mag doen: zonder vier ogen altijd, anders alleen wat een ander vroeg, met dat `nummer`."""
        if not self.nodig:
            return True
        aanvraag = self.van(pakket, stand)
        if aanvraag is None or (aanvraag.soort, aanvraag.nummer) != (soort, nummer):
            return False
        return aanvraag.door != wie.gebruikersnaam

    def akkoord(
        self, pakket: str, stand: Stand, wie: Wie, soort: Soort, kenmerk: UUID | None, nummer: str | None = None
    ) -> Aanvraagstand:
        """De aanvraag die deze beheerder las (`kenmerk`) en nu uitvoert. `AanvraagWeg` als het niet meer die is, of niet aan hem is."""
        aanvraag = self.van(pakket, stand)
        if aanvraag is None or aanvraag.id != kenmerk:
            raise AanvraagWeg(pakket)
        if not self.mag(pakket, stand, wie, soort, aanvraag.nummer if nummer is None else nummer):
            raise AanvraagWeg(pakket)
        return aanvraag

    def weiger(self, pakket: str, stand: Stand, wie: Wie, kenmerk: UUID | None, reden: str) -> Aanvraagstand:
        """Weiger wat een ander vroeg; die leest de reden. `AanvraagWeg` als de vraag er zo niet meer staat."""
        aanvraag = self.van(pakket, stand)
        if aanvraag is None or aanvraag.id != kenmerk or aanvraag.door == wie.gebruikersnaam:
            raise AanvraagWeg(pakket)
        waarden = {
            "staat": "geweigerd", "reden": reden, "beslist": self._installatie.klok.nu(), "beslist_door_naam": wie.naam,
        }  # fmt: skip
        opdracht = update(Aanvraag).where(Aanvraag.id == aanvraag.id, Aanvraag.staat == "open").values(waarden)
        self._eis_gelukt(opdracht, pakket)
        return aanvraag

    def trek_in(self, pakket: str, wie: Wie, kenmerk: UUID | None) -> None:
        """Haal de eigen vraag weg, ook een die vervallen of geweigerd is. `AanvraagWeg` als zij er niet meer is."""
        eigen = (Aanvraag.pakket == pakket, Aanvraag.id == kenmerk, Aanvraag.door == wie.gebruikersnaam)
        self._eis_gelukt(delete(Aanvraag).where(*eigen), pakket)

    def klaar(self, pakket: str) -> None:
        """De aanvraag is gedaan."""
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(delete(Aanvraag).where(Aanvraag.pakket == pakket))

    def _eis_gelukt(self, opdracht: Any, pakket: str) -> None:
        with self._installatie.db.schrijven() as verbinding:
            if verbinding.execute(opdracht.returning(Aanvraag.id)).first() is None:
                raise AanvraagWeg(pakket)


_AANVRAAG = select(*Aanvraag.__table__.columns)
