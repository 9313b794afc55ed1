"""Contactverzoeken: interne taken voor een afdeling of medewerker, en wat een collega ermee deed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from huisstijl.filters import tijdstip
from integratie.klantinteracties.client import KlantcontactMetRelaties
from integratie.klantinteracties.schemas import InterneTaakUit
from kcc.bronnen import Bronnen

LANGSTE_TOELICHTING = 1000


@dataclass(frozen=True)
class Contactverzoek:
    """Een interne taak met het klantcontact waar zij uit volgde."""

    taak: InterneTaakUit
    contact: KlantcontactMetRelaties

    @property
    def betrokkenen(self) -> list[dict[str, Any]]:
        betrokkenen: list[dict[str, Any]] = self.contact.gekoppeld.get("hadBetrokkenen", [])
        return betrokkenen

    @property
    def naam(self) -> str:
        """De naam die de klant bij dit contact opgaf."""
        return next((deel["volledigeNaam"] for deel in self.betrokkenen if deel["volledigeNaam"]), "")

    @property
    def adressen(self) -> list[tuple[str, str]]:
        """Waarmee de klant te bereiken is, als (soort, adres)."""
        return [
            (adres["soortDigitaalAdres"], adres["adres"])
            for deel in self.betrokkenen
            for adres in deel.get("_expand", {}).get("digitaleAdressen", [])
        ]

    @property
    def partij(self) -> str:
        """Het uuid van de partij van de klant, of leeg."""
        return next((deel["wasPartij"]["uuid"] for deel in self.betrokkenen if deel["wasPartij"]), "")


def lees(bron: Bronnen, taak: UUID) -> Contactverzoek:
    """Een contactverzoek met zijn klantcontact; `ApiFout` 404 als het er niet is."""
    gevonden = bron.klantinteracties.interne_taak(taak)
    contact = bron.klantinteracties.klantcontact(gevonden.aanleidinggevend_klantcontact.uuid)
    return Contactverzoek(gevonden, contact)


def zaken_van(contact: KlantcontactMetRelaties) -> list[str]:
    """De uuid's van de zaken waar een klantcontact over ging."""
    onderwerpen = contact.gekoppeld.get("gingOverOnderwerpobjecten", [])
    wijzers = [deel["onderwerpobjectidentificator"] or {} for deel in onderwerpen]
    return [wijzer["objectId"] for wijzer in wijzers if wijzer.get("codeObjecttype") == "zaak"]


def handel_af(bron: Bronnen, taak: InterneTaakUit, actie: str, notitie: str, afdeling: UUID | None) -> None:
    """Leg vast wat er gebeurde: verwerkt, niet bereikt (blijft staan) of doorgezet naar een andere afdeling."""
    velden: dict[str, Any] = {"toelichting": _met_notitie(bron, taak.toelichting, notitie)}
    if actie == "verwerkt":
        velden["status"] = "verwerkt"
    elif actie == "doorzetten" and afdeling:
        velden["toegewezenAanActoren"] = [{"uuid": str(afdeling)}]
    bron.klantinteracties.wijzig_interne_taak(taak.uuid, **velden)


def _met_notitie(bron: Bronnen, toelichting: str, notitie: str) -> str:
    """De notitie onder wat er al stond, met wie en wanneer; past het niet meer, dan gaat het oudste eraf."""
    wie = bron.identiteit.naam or bron.identiteit.gebruikersnaam
    regel = f"{_nu(bron.installatie.klok.nu())}, {wie}: {notitie.strip()}"
    geheel = f"{toelichting}\n\n{regel}" if toelichting else regel
    return geheel[-LANGSTE_TOELICHTING:]


def _nu(moment: datetime) -> str:
    return tijdstip(moment)
