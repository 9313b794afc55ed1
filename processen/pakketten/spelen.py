"""Een scenario spelen op een verse installatie: de echte motor, de echte registraties, en een klok die vooruit kan."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import func, select

from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn
from integratie.klantinteracties import KlantinteractiesClient
from integratie.processen import ProcessenClient
from integratie.processen.schemas import ActieIn
from integratie.taken import TakenClient
from integratie.urn import urn_bsn, urn_uuid
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekBron, VerzoekIn
from kern.installatie import Installatie
from kern.klok import NEDERLAND, VerzetbareKlok
from kern.outbox import Afhandelaar
from kern.tabellen import OutboxTabel
from processen.motor import InstantieInfo, Motor, MotorFout, overzicht, tijdstippen
from processen.motor.overzicht import Zoeken
from processen.pakketten.scenario import Scenario, Stap
from processen.pakketten.uitkomst import kijk_na

PDF = b"%PDF-1.7 scenario"
KANAALSOORT = "toeristische-verhuur"


class Proefplaats(Protocol):
    """Waar scenario's draaien: een lege installatie die na het inrichten als voorbeeld dient, en per scenario een kopie ervan."""

    def richt_in(self, moment: datetime, vul: Callable[[Installatie], None]) -> None:
        """Maak het voorbeeld, met de klok op `moment`; `vul` zet er het pakket in."""
        ...

    def kopie(self, moment: datetime, bronnen: Mapping[str, Any]) -> AbstractContextManager[Installatie]:
        """Een verse kopie van het voorbeeld, met de klok op `moment` en deze extra gegevens in de bronnen, die na afloop weg is."""
        ...


class ScenarioFout(Exception):
    """Het scenario kan niet verder; de tekst zegt bij welke stap en waarom."""


@dataclass
class Spel:
    """Eén scenario op één installatie."""

    installatie: Installatie
    motor: Motor
    scenario: Scenario
    verzoek: str = ""
    fouten: list[str] = field(default_factory=list)

    def speel(self) -> list[str]:
        """Speel alles en geef wat er anders ging dan verwacht; leeg is geslaagd."""
        try:
            self._begin()
            for nummer, stap in enumerate(self.scenario.stappen, 1):
                self._zet(f"stap {nummer}", stap)
            self._kijk_na("verwacht", self.scenario.verwacht)
        except (ScenarioFout, ApiFout, MotorFout) as fout:
            self.fouten.append(str(fout))
        return self.fouten

    # --- doen --------------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        indiener = self.scenario.indiener
        if indiener.email:
            client = KlantinteractiesClient(self.installatie, namens="formulieren")
            partij = client.zorg_voor_partij_bsn(indiener.bsn)
            client.zet_kanaalvoorkeur(partij.uuid, self._soort(), indiener.email)
        self.verzoek = self._dien_in()
        self.werk()

    def _soort(self) -> str:
        """Waarover de inwoner bericht wil: het eerste deel van het verzoektype, zoals formulieren het noemen."""
        return self.scenario.verzoek.type.rpartition("-")[0] or KANAALSOORT

    def _zet(self, plek: str, stap: Stap) -> None:
        if stap.taak:
            self._rond_taak_af(plek, stap)
        elif stap.klanttaak:
            self._voer_klanttaak_uit(plek, stap)
        elif stap.wacht:
            self._wacht(stap.wacht)
        elif stap.actie:
            self._start_actie(stap.actie)
        elif stap.bericht is not None:
            with self.installatie.db.schrijven() as verbinding:
                bericht = stap.bericht
                self.motor.bericht(verbinding, bericht.naam, bericht.sleutel, bericht.inhoud, uuid4().hex)
        self.werk()
        if stap.verwacht is not None:
            self._kijk_na(f"{plek}.verwacht", stap.verwacht)

    def _dien_in(self) -> str:
        client = VerzoekenClient(self.installatie, namens="formulieren")
        soort = client.verzoektype(self.scenario.verzoek.type)
        if soort is None:
            raise ScenarioFout(f"verzoektype {self.scenario.verzoek.type} bestaat niet")
        kenmerk, rsin = uuid4().hex, self.installatie.instellingen.bronorganisatie
        verzoek = VerzoekIn(
            verzoek_type=soort.url,
            aanvraag_gegevens=dict(self.scenario.verzoek.antwoorden),
            initiator=urn_bsn(self.scenario.indiener.bsn),
            verzoek_informatie_object=urn_uuid(rsin, "informatieobject", self._samenvatting(kenmerk)),
            verzoek_bron=VerzoekBron(naam="formulieren", kenmerk=kenmerk),
            authenticatie_context={"source": "digid"},
        )
        return client.dien_in(verzoek, sleutel=kenmerk).url

    def _samenvatting(self, kenmerk: str) -> str:
        """Het document met wat er is ingevuld; geeft zijn uuid."""
        vandaag = self.installatie.klok.vandaag()
        soort = CatalogiClient(self.installatie, namens="formulieren").informatieobjecttype(
            "Ingediend formulier", vandaag
        )
        if soort is None:
            raise ScenarioFout("documenttype 'Ingediend formulier' bestaat niet; het pakket moet het meeleveren")
        document = DocumentIn(
            identificatie=kenmerk, bronorganisatie=self.installatie.instellingen.bronorganisatie, creatiedatum=vandaag,
            titel="Wat u heeft ingevuld", auteur="inwoner", taal="nld", formaat="application/pdf", bestandsnaam="aanvraag.pdf",
            informatieobjecttype=soort.url, inhoud=b64encode(PDF).decode(), bestandsomvang=len(PDF), indicatie_gebruiksrecht=False,
        )  # fmt: skip
        gemaakt = DocumentenClient(self.installatie, namens="formulieren").maak_document(
            document, sleutel=f"{kenmerk}-document"
        )
        return gemaakt.url.rpartition("/")[2]

    def _rond_taak_af(self, plek: str, stap: Stap) -> None:
        client = TakenClient(self.installatie, namens="behandelen")
        url = self._open_taak(plek, stap.taak)
        client.wijzig_medewerkertaak(url, status="afgerond", behandelaar=stap.door, uitkomst=stap.uitkomst)

    def _voer_klanttaak_uit(self, plek: str, stap: Stap) -> None:
        client = TakenClient(self.installatie, namens="mijngemeente")
        taak = client.klanttaak(self._open_taak(plek, stap.klanttaak))
        details = {**taak.details, "ontvangenGegevens": stap.antwoord}
        client.wijzig_klanttaak(taak.url, status="uitgevoerd", details=details)

    def _open_taak(self, plek: str, element: str) -> str:
        open_ = [w for instantie in self.instanties() for w in instantie.wachtend if w.soort == "taak"]
        gevonden = [w.verwijzing for w in open_ if w.element == element]
        if not gevonden:
            raise ScenarioFout(
                f"{plek}: er is geen open taak {element}; wel: {', '.join(w.element for w in open_) or 'geen'}"
            )
        return gevonden[0]

    def _start_actie(self, proces: str) -> None:
        zaak = self.zaak()
        if not zaak:
            raise ScenarioFout(f"actie {proces}: er is nog geen zaak")
        ProcessenClient(self.installatie, namens="behandelen").start_actie(
            ActieIn(uuid=uuid4(), zaak=zaak, proces=proces)
        )

    # --- tijd --------------------------------------------------------------------------------------------------------------

    def werk(self) -> None:
        """Doe wat de worker zou doen, tot er nu niets meer te doen is."""
        afhandelaar = Afhandelaar(self.installatie)
        while afhandelaar.werk_af():
            pass

    def _wacht(self, duur: str) -> None:
        klok = self.installatie.klok
        if not isinstance(klok, VerzetbareKlok):
            raise ScenarioFout("de klok van deze installatie is niet te verzetten")
        tot = tijdstippen.na(klok.nu(), duur)
        while (volgende := self._volgende_moment()) is not None and volgende <= tot:
            klok.verzet(volgende - klok.nu())
            self.werk()
        klok.verzet(max(tot - klok.nu(), tot - tot))

    def _volgende_moment(self) -> datetime | None:
        vraag = select(func.min(OutboxTabel.vanaf)).where(OutboxTabel.staat != "dood")
        with self.installatie.db.lezen() as verbinding:
            moment: datetime | None = verbinding.scalar(vraag.where(OutboxTabel.vanaf > self.installatie.klok.nu()))
            return moment

    # --- kijken ------------------------------------------------------------------------------------------------------------

    def instanties(self) -> list[InstantieInfo]:
        """Die van het verzoek eerst, dan de andere op dezelfde zaak."""
        with self.installatie.db.lezen() as verbinding:
            eerste, _ = overzicht.zoek(verbinding, Zoeken(bedrijfssleutel=self.verzoek.rpartition("/")[2]), 0, 1)
            zaak = eerste[0].variabelen.get("zaak", "") if eerste else ""
            andere = overzicht.bij_zaak(verbinding, zaak) if zaak else []
            nummers: dict[UUID, None] = dict.fromkeys([*(i.id for i in eerste), *andere])
            return [self.motor.instantie(verbinding, nummer) for nummer in nummers]

    def zaak(self) -> str:
        """De URL van de zaak, als die er al is."""
        alle = self.instanties()
        return str(alle[0].variabelen.get("zaak") or "") if alle else ""

    def _kijk_na(self, plek: str, verwachting: Any) -> None:
        nu = self.installatie.klok.nu().astimezone(NEDERLAND)
        self.fouten += [f"{fout} ({nu:%d-%m-%Y %H:%M})" for fout in kijk_na(self, plek, verwachting)]
