"""Taken van de motor als records in de Taken API: voor de inwoner een klanttaak, voor medewerkers een medewerkertaak."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from integratie.basis import ApiFout
from integratie.klanttaken import formulierdefinitie, voor_initiator, voor_organisatie
from integratie.taken import TakenClient
from integratie.taken.schemas import (
    ExterneTaakUit,
    FormulierDetails,
    FormulierTaakIn,
    MedewerkerTaakIn,
)
from integratie.typen import OmschrijvingGeneriek
from integratie.urn import urn_kvk, urn_uuid
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from processen.motor import TaakOpdracht

NAMENS = "processen"
STANDAARD_TERMIJN = timedelta(days=14)
VOOR_AANVRAGERS: tuple[OmschrijvingGeneriek, ...] = ("initiator", "mede_initiator")
VOOR_KETENPARTNER = "ketenpartner"
UITGESLOTEN = "uitgesloten"
KVK_NUMMER = re.compile(r"\d{8}")
PRIORITEITEN = {"hoog": 80, "laag": 20}
NIET_GEVONDEN, AL_KLAAR = 404, 400


class Taken:
    """De `TaakPoort` van de motor. De eigenschap `doelgroep` van een userTask zegt voor wie de taak is.

    `initiator` is wie de zaak begon, `mede_initiator` wie mee aanvraagt; `ketenpartner` de organisatie in de eigenschap `ketenpartner` (een
    KvK-nummer of een hele URN), die de taak in MijnGemeente vindt. Elke andere is voor medewerkers; de invoer `uitgesloten` noemt wie
    haar niet mogen doen.
    """

    def maak(self, installatie: Installatie, taak: TaakOpdracht) -> str:
        """Maak de taak, of vind haar op kenmerk, en geef haar URL."""
        gevraagd = taak.eigenschappen.get("doelgroep")
        if gevraagd == VOOR_KETENPARTNER:
            wie = voor_organisatie(installatie, taak.variabelen["zaak"], _ketenpartner(taak), namens=NAMENS)
            return self._externe_taak(installatie, taak, wie)
        doelgroep = next((rol for rol in VOOR_AANVRAGERS if rol == gevraagd), None)
        if doelgroep is not None:
            wie = voor_initiator(installatie, taak.variabelen["zaak"], namens=NAMENS, doelgroep=doelgroep)
            return self._externe_taak(installatie, taak, wie)
        return self._medewerkertaak(installatie, taak)

    def trek_in(self, installatie: Installatie, kenmerk: UUID, verwijzing: str) -> None:
        """De taak vervalt; is zij al klaar of bestaat zij niet, dan is dat goed. Zonder verwijzing wijst het kenmerk haar aan."""
        client = TakenClient(installatie, namens=NAMENS)
        url = verwijzing or client.bij_kenmerk(str(kenmerk))
        if url is None:
            return
        try:
            client.vraag("PATCH", url, json={"status": "afgebroken"}, sleutel=f"intrekken-{kenmerk}")
        except ApiFout as fout:
            if fout.status not in (NIET_GEVONDEN, AL_KLAAR):
                raise

    def _externe_taak(self, installatie: Installatie, taak: TaakOpdracht, wie: dict[str, Any]) -> str:
        definitie = formulierdefinitie(installatie, taak.formulier, namens=NAMENS)
        nieuw = FormulierTaakIn(
            titel=taak.naam[:100],
            verwerker_taak_id=str(taak.kenmerk),
            einddatum_handelings_termijn=_einddatum(installatie, taak),
            handelings_perspectief="informatie_geven",
            details=FormulierDetails(formulier_definitie=definitie, voorinvullen_gegevens=taak.invoer),
            **wie,
        )
        gemaakt: ExterneTaakUit = TakenClient(installatie, namens=NAMENS).maak_formuliertaak(
            nieuw, sleutel=str(taak.kenmerk)
        )
        return gemaakt.url

    def _medewerkertaak(self, installatie: Installatie, taak: TaakOpdracht) -> str:
        rsin = installatie.instellingen.bronorganisatie
        nieuw = MedewerkerTaakIn(
            titel=taak.naam[:200],
            toelichting=taak.eigenschappen.get("toelichting", ""),
            kandidaatgroepen=list(taak.groepen),
            behandelaar=taak.toegewezen,
            prioriteit=_prioriteit(taak.prioriteit),
            einddatum=taak.uiterlijk.astimezone(NEDERLAND).date() if taak.uiterlijk else None,
            opvolgdatum=taak.opvolgen.astimezone(NEDERLAND).date() if taak.opvolgen else None,
            zaak=taak.variabelen.get("zaak"),
            zaaknummer=str(taak.variabelen.get("zaaknummer") or ""),
            procesinstantie=urn_uuid(rsin, "procesinstantie", taak.instantie),
            verwerker_taak_id=str(taak.kenmerk),
            formulier=taak.formulier,
            uitgesloten=list(taak.invoer.get(UITGESLOTEN) or ()),
            gegevens={naam: waarde for naam, waarde in taak.invoer.items() if naam != UITGESLOTEN},
        )
        return TakenClient(installatie, namens=NAMENS).maak_medewerkertaak(nieuw, sleutel=str(taak.kenmerk)).url


def _ketenpartner(taak: TaakOpdracht) -> str:
    """De URN van de organisatie die het model noemt."""
    wie = taak.eigenschappen.get("ketenpartner", "").strip()
    if KVK_NUMMER.fullmatch(wie):
        return urn_kvk(wie)
    if not wie.startswith("urn:nld:"):
        raise LookupError(
            f"{taak.element} noemt geen ketenpartner: geef de eigenschap ketenpartner een KvK-nummer of URN"
        )
    return wie


def _einddatum(installatie: Installatie, taak: TaakOpdracht) -> date:
    if taak.uiterlijk is not None:
        return taak.uiterlijk.astimezone(NEDERLAND).date()
    return installatie.klok.vandaag() + STANDAARD_TERMIJN


def _prioriteit(tekst: str) -> int:
    return int(tekst) if tekst.isdigit() else PRIORITEITEN.get(tekst, 50)
