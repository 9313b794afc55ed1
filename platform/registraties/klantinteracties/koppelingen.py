"""Gebeurtenissen over zaken: een klantcontact gaat over een zaak, of niet langer (regels 11.1, CloudEvents van Open Klant)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from kit import Omgeving, Wijziging
from kit.cloudevents import maak_gebeurtenis, meld_gebeurtenis
from registraties.klantinteracties.modellen import Onderwerpobject

GEKOPPELD, ONTKOPPELD = "nl.overheid.zaken.zaak-gekoppeld", "nl.overheid.zaken.zaak-ontkoppeld"
Rij = Mapping[str, Any]


def meld_zaakkoppeling(w: Wijziging[Any]) -> None:
    """Meld welke zaak door deze wijziging van een onderwerpobject gekoppeld of ontkoppeld is."""
    oud, nieuw = zaak_van(w.oud or {}), zaak_van(w.waarden)
    if oud != nieuw:
        _meld(w.omgeving, w.verbinding, ONTKOPPELD, oud, w.id)
        _meld(w.omgeving, w.verbinding, GEKOPPELD, nieuw, w.id)


def ontkoppel_zaken(w: Wijziging[Any]) -> None:
    """Met een klantcontact verdwijnen zijn onderwerpobjecten, en daarmee de koppelingen met zaken. Loopt in de transactie."""
    tabel = Onderwerpobject
    vraag = select(tabel.id, tabel.klantcontact, tabel.onderwerpobjectidentificator).where(tabel.klantcontact == w.id)
    for rij in w.verbinding.execute(vraag).mappings().all():
        meld_ontkoppeld(w.omgeving, w.verbinding, dict(rij), rij["id"])


def meld_ontkoppeld(omgeving: Omgeving, verbinding: Connection, rij: Rij, id_: UUID) -> None:
    """Meld dat een onderwerpobject verdwijnt, als het naar een zaak wees."""
    _meld(omgeving, verbinding, ONTKOPPELD, zaak_van(rij), id_)


def zaak_van(rij: Rij) -> str:
    """Het uuid van de zaak waar een onderwerpobject (kolommen) van een klantcontact naar wijst, of leeg."""
    wijst_aan = rij.get("onderwerpobjectidentificator") or {}
    is_zaak = wijst_aan.get("codeObjecttype", "").lower() == "zaak" and wijst_aan.get("codeSoortObjectId") == "uuid"
    return str(wijst_aan["objectId"]) if is_zaak and rij.get("klantcontact") else ""


def _meld(omgeving: Omgeving, verbinding: Connection, soort: str, zaak: str, id_: UUID) -> None:
    if not zaak:
        return
    waar = f"klantinteracties:onderwerpobjecten/{id_}"
    gegevens = {
        "zaak": f"urn:uuid:{zaak}",
        "linkTo": waar,
        "label": "Klantcontact",
        "linkObjectType": "Onderwerpobject",
    }
    gebeurtenis = maak_gebeurtenis(
        omgeving.installatie,
        registratie=omgeving.registratie.naam,
        soort=soort,
        onderwerp=zaak,
        verwijzing=waar,
        gegevens=gegevens,
    )
    meld_gebeurtenis(omgeving.installatie, verbinding, gebeurtenis)
