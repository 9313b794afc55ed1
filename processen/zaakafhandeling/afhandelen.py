"""Wat een notificatie betekent voor processen: een verzoek start er een, een afgeronde taak of een berichtregel brengt er een verder."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from integratie.betrokkene import uit_urns
from integratie.configuratie import PROCESPAKKET, Configuratie
from integratie.taken import TakenClient
from integratie.taken.schemas import VAN_BOUWBLOK, ExterneTaakUit
from integratie.verzoeken import VerzoekenClient
from kern import ldv
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from processen.motor import Motor
from processen.zaakafhandeling.berichtregels import Berichtregels
from processen.zaakafhandeling.gestopt import leg_gestopte_voor, zelfde
from processen.zaakafhandeling.webhook import NOTIFICATIE

NAMENS = "processen"
VERWERKT = "processen.taak-verwerkt"
ACTIVITEIT = "urn:dienstverlening:verwerking:behandelen"
Afronding = Callable[[Connection], None]


class Afhandeling:
    """Het outbox-werk rond de motor."""

    def __init__(self, motor: Motor) -> None:
        self._motor = motor
        self._regels = Berichtregels(motor)

    def verwerkers(self) -> list[Verwerker]:
        """Wie welk werk doet."""
        return [Verwerker(NOTIFICATIE, buiten=self.handel_af), Verwerker(VERWERKT, buiten=self.markeer_verwerkt)]

    def handel_af(self, installatie: Installatie, werk: Werk) -> Afronding | None:
        """Lees de resource bij haar bron en geef het gevolg voor de motor terug, met de berichten die pakketten ervan maken."""
        gevolgen = [
            g for g in (self._gevolg(installatie, werk), self._regels.gevolg(installatie, werk)) if g is not None
        ]

        def afronding(verbinding: Connection) -> None:
            for gevolg in gevolgen:
                gevolg(verbinding)

        return afronding if gevolgen else None

    def _gevolg(self, installatie: Installatie, werk: Werk) -> Afronding | None:
        kanaal, actie = werk.inhoud["kanaal"], werk.inhoud["actie"]
        url = installatie.diensten.naar_url(werk.inhoud["resource_url"])
        if kanaal == "verzoeken" and actie == "create":
            return self._start(installatie, url)
        if kanaal == "taken" and actie != "create":
            return self._klanttaak(installatie, url)
        if kanaal == "medewerkertaken" and actie != "create":
            return self._medewerkertaak(installatie, url)
        if kanaal == "zaken" and actie == "destroy" and werk.inhoud["resource"] == "zaak":
            return lambda verbinding: _negeer(self._motor.vernietig(verbinding, url))
        return None

    def _start(self, installatie: Installatie, url: str) -> Afronding | None:
        verzoek = VerzoekenClient(installatie, namens=NAMENS).verzoek(url)
        pakketten = list(Configuratie(installatie, namens=NAMENS).alle(PROCESPAKKET))
        proces = _proces_voor(installatie, pakketten, verzoek.verzoek_type)
        if proces is None:
            leg_gestopte_voor(installatie, pakketten, verzoek)
            return None
        _verantwoord(installatie, "Verzoek in behandeling genomen", verzoek.initiator, verzoek.mede_initiator)
        return lambda verbinding: _negeer(
            self._motor.start(verbinding, str(verzoek.uuid), proces, {"verzoek": verzoek.url})
        )

    def _klanttaak(self, installatie: Installatie, url: str) -> Afronding | None:
        taak = TakenClient(installatie, namens=NAMENS).klanttaak(url)
        if taak.status not in ("uitgevoerd", "niet_uitgevoerd"):
            return None
        uitkomst = {"uitgevoerd": taak.status == "uitgevoerd", "antwoord": taak.details.get("ontvangenGegevens") or {}}
        if taak.verwerker_taak_id.startswith(VAN_BOUWBLOK):
            return self._bericht(taak, uitkomst)
        kenmerk = _kenmerk(taak.verwerker_taak_id)
        if kenmerk is None:
            return None
        opslag = installatie.diensten.naar_opslag(url)
        _verantwoord(installatie, "Antwoord op een taak verwerkt", taak.is_toegewezen_aan)

        def afronding(verbinding: Connection) -> None:
            if self._motor.taak_afgerond(verbinding, kenmerk, uitkomst, door="inwoner"):  # anders is zij van een ander
                plaats(installatie, verbinding, VERWERKT, {"taak": opslag}, sleutel=opslag)

        return afronding

    def _bericht(self, taak: ExterneTaakUit, uitkomst: dict[str, Any]) -> Afronding:
        """Een taak die een bouwblok maakte: het proces wacht op een bericht met haar kenmerk."""
        naam, kenmerk = "klanttaak-afgerond", taak.verwerker_taak_id
        if taak.taak_soort == "betaaltaak":
            naam, uitkomst = "betaling-afgerond", {"betaald": uitkomst["uitgevoerd"]}
        return lambda verbinding: _negeer(self._motor.bericht(verbinding, naam, kenmerk, uitkomst, f"{naam}:{kenmerk}"))

    def _medewerkertaak(self, installatie: Installatie, url: str) -> Afronding | None:
        taak = TakenClient(installatie, namens=NAMENS).medewerkertaak(url)
        kenmerk = _kenmerk(taak.verwerker_taak_id)
        if kenmerk is None or taak.status != "afgerond":
            return None
        uitkomst = taak.uitkomst or {}
        return lambda verbinding: _negeer(
            self._motor.taak_afgerond(verbinding, kenmerk, uitkomst, door=taak.behandelaar)
        )

    def markeer_verwerkt(self, installatie: Installatie, werk: Werk) -> None:
        """De klanttaak is in het proces verwerkt."""
        url = installatie.diensten.naar_url(werk.inhoud["taak"])
        TakenClient(installatie, namens=NAMENS).wijzig_klanttaak(url, status="verwerkt", sleutel=f"outbox-{werk.id}")


def _verantwoord(installatie: Installatie, naam: str, *urns: str) -> None:
    """De motor gebruikt hierna gegevens van deze mensen."""
    ldv.leg_gebruik_vast(installatie, set(uit_urns(*urns)), activiteit=ACTIVITEIT, naam=naam)


def _proces_voor(installatie: Installatie, pakketten: Iterable[Mapping[str, Any]], verzoektype: str) -> str | None:
    """Het proces dat een geïnstalleerd pakket bij dit verzoektype noemt."""
    for pakket in pakketten:
        for start in pakket["starts"]:
            if zelfde(installatie, start["verzoektype"], verzoektype):
                return str(start["proces"])
    return None


def _kenmerk(tekst: str) -> UUID | None:
    """Het kenmerk van een taak die de motor maakte; taken van een ander hebben iets anders."""
    try:
        return UUID(tekst)
    except ValueError:
        return None


def _negeer(_uitkomst: Any) -> None:
    """Een afronding geeft niets terug."""
