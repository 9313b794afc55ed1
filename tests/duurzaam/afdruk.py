"""Alles wat één reis in de registraties, het postvak en de printmap achterliet: wie omviel laat hetzelfde achter als wie doorliep."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from integratie.documenten import DocumentenClient
from integratie.processen import ProcessenClient
from integratie.processen.schemas import ZendingUit
from integratie.verzoeken.schemas import VerzoekUit
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from kern.tabellen import OutboxTabel
from processen.motor.tabellen import Incident, Instantie
from simulatoren.postvak import berichten
from tests.reishulp import Gemeente


@dataclass(frozen=True)
class Afdruk:
    """Telbaar en vergelijkbaar; zonder nummers en tijdstippen, die elke reis anders zijn."""

    processen: int
    zaken: int
    gesloten: bool
    rollen: int
    statussen: tuple[str, ...]
    resultaat: str
    besluiten: tuple[tuple[str, bool], ...]
    documenten: tuple[str, ...]
    zendingen: tuple[tuple[str, str, str], ...]
    berichten: tuple[str, ...]
    emails: tuple[str, ...]
    brieven: tuple[tuple[str, str], ...]
    producten: int


def neem_afdruk(gemeente: Gemeente, verzoek: VerzoekUit, postvak: Path) -> Afdruk:
    """De afdruk van de reis die met dit verzoek begon."""
    zaak = gemeente.zaak(verzoek)
    zendingen = list(ProcessenClient(gemeente.installatie, namens="processen").zendingen(zaak.url))
    return Afdruk(
        processen=_processen(gemeente.installatie, verzoek),
        zaken=len(gemeente.zaken.zoek_zaken(identificatie=zaak.identificatie).results),
        gesloten=zaak.einddatum is not None,
        rollen=len(list(gemeente.zaken.rollen(zaak.url))),
        statussen=tuple(gemeente.statussen(zaak)),
        resultaat=gemeente.resultaat(zaak),
        besluiten=tuple((b.bestuursorgaan, b.verzenddatum is not None) for b in gemeente.besluiten(zaak)),
        documenten=_documenten(gemeente, zaak),
        zendingen=tuple(sorted((z.sjabloon, ",".join(z.kanalen), z.staat) for z in zendingen)),
        berichten=_berichten(gemeente, zaak),
        emails=_emails(zendingen, postvak),
        brieven=_brieven(gemeente, zendingen),
        producten=sum(product.aanvraag_zaak_url == zaak.url for product in gemeente.producten()),
    )


def _processen(installatie: Installatie, verzoek: VerzoekUit) -> int:
    vraag = select(func.count()).where(Instantie.bedrijfssleutel == str(verzoek.uuid), Instantie.staat == "klaar")
    with installatie.db.lezen() as verbinding:
        return int(verbinding.execute(vraag).scalar_one())


def _documenten(gemeente: Gemeente, zaak: ZaakUit) -> tuple[str, ...]:
    client = DocumentenClient(gemeente.installatie, namens="processen")
    gekoppeld = [koppeling.informatieobject for koppeling in gemeente.zaken.documenten(zaak.url)]
    gespiegeld = [koppeling.informatieobject for koppeling in client.koppelingen(object=zaak.url)]
    assert sorted(gekoppeld) == sorted(gespiegeld)
    return tuple(sorted(client.document(url).titel for url in gekoppeld))


def _berichten(gemeente: Gemeente, zaak: ZaakUit) -> tuple[str, ...]:
    van_zaak = (b for b in gemeente.berichten() if any(zaak.identificatie in d.urn for d in b.is_gerelateerd_aan))
    return tuple(sorted(bericht.onderwerp for bericht in van_zaak))


def _emails(zendingen: list[ZendingUit], postvak: Path) -> tuple[str, ...]:
    sleutels = {str(zending.uuid) for zending in zendingen}
    return tuple(
        sorted(mail.onderwerp for mail in berichten(postvak) if mail.bericht_id.strip("<>").split("@")[0] in sleutels)
    )


def _brieven(gemeente: Gemeente, zendingen: list[ZendingUit]) -> tuple[tuple[str, str], ...]:
    """Het sjabloon en de bestandsnaam van elk stuk in een envelop."""
    sjablonen = {str(zending.uuid): zending.sjabloon for zending in zendingen}
    stukken = (json.loads(pdf.with_suffix(".json").read_bytes()) for pdf in gemeente.print)
    return tuple(sorted((sjablonen[s["kenmerk"]], s["bestandsnaam"]) for s in stukken if s["kenmerk"] in sjablonen))


def openstaand(installatie: Installatie) -> int:
    """Het aantal rijen in de outbox, ook dode en uitgestelde. Wat pas veel later moet (opruimen, kijken of een bericht gelezen is) telt niet."""
    vraag = select(func.count()).where(OutboxTabel.vanaf < installatie.klok.nu() + timedelta(hours=12))
    with installatie.db.lezen() as verbinding:
        return int(verbinding.execute(vraag).scalar_one())


def dood(installatie: Installatie) -> int:
    """Dode rijen in de outbox, en incidenten van processen."""
    with installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(select(func.count()).where(OutboxTabel.staat == "dood")).scalar_one()
        return int(rijen + verbinding.execute(select(func.count()).select_from(Incident)).scalar_one())
