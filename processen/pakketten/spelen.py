"""Een scenario spelen op een verse installatie: de echte motor, de echte registraties, en een klok die vooruit kan."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import func, select

from contracten import betaling
from integratie.basis import ApiFout
from integratie.processen import ProcessenClient
from integratie.processen.schemas import ActieIn, IntrekkingIn
from integratie.taken import TakenClient
from kern.installatie import Installatie
from kern.klok import NEDERLAND, VerzetbareKlok
from kern.outbox import Afhandelaar
from kern.tabellen import OutboxTabel
from processen.motor import Motor, MotorFout, tijdstippen
from processen.pakketten.bijlagen import als_taakbestanden
from processen.pakketten.indienen import ScenarioFout, dien_in
from processen.pakketten.scenario import EERSTE, Scenario, Stap, Verwachting, Verzoek, nederlands
from processen.pakketten.uitkomst import kijk_na
from processen.pakketten.verloop import Verloop, vul_in


@dataclass(frozen=True)
class Proefpersoon:
    """Een verzonnen inwoner (`bsn`) of ondernemer (`kvk`) die de bronnen van een proefplaats kennen."""

    sleutel: str
    naam: str
    toelichting: str
    bsn: str = field(default="", repr=False)
    kvk: str = ""


class Proefplaats(Protocol):
    """Waar scenario's draaien: een lege installatie die na het inrichten als voorbeeld dient, en per scenario een kopie ervan."""

    def richt_in(self, moment: datetime, vul: Callable[[Installatie], None]) -> None:
        """Maak het voorbeeld, met de klok op `moment`; `vul` zet er het pakket in."""
        ...

    def zorg_voor(
        self, reeks: str, inhoud: str, moment: datetime, vul: Callable[[Installatie], None], *, onderbouw: str
    ) -> None:
        """Als `richt_in`, maar het voorbeeld blijft bewaard en is er een volgende keer meteen.

        `reeks` zegt waar het bij hoort en `inhoud` wat erin zit: per reeks blijft alleen het voorbeeld met de laatste inhoud. Is
        `onderbouw` gelijk gebleven, dan vult `vul` het vorige voorbeeld aan; anders begint het opnieuw. Van een reeks mag er maar één
        tegelijk bezig zijn.
        """
        ...

    def vergeet(self, reeks: str) -> None:
        """Haal weg wat er van deze reeks bewaard is."""
        ...

    def leeg(self, moment: datetime) -> AbstractContextManager[Installatie]:
        """Een ingerichte installatie zonder pakket, om haar bronnen te vragen, die na afloop weg is."""
        ...

    def personen(self) -> Sequence[Proefpersoon]:
        """Wie de bronnen kennen."""
        ...

    def kopie(self, moment: datetime, bronnen: Mapping[str, Any]) -> AbstractContextManager[Installatie]:
        """Een verse kopie van het voorbeeld, met de klok op `moment` en deze extra gegevens in de bronnen, die na afloop weg is."""
        ...


@dataclass
class Spel:
    """Eén scenario op één installatie. `verlopen` zijn de verzoeken, het eerste eerst."""

    installatie: Installatie
    motor: Motor
    scenario: Scenario
    verlopen: dict[str, Verloop] = field(default_factory=dict)
    fouten: list[str] = field(default_factory=list)

    def speel(self) -> list[str]:
        """Speel alles en geef wat er anders ging dan verwacht; leeg is geslaagd."""
        try:
            self.doe()
            self._kijk_na("verwacht", self.scenario.verwacht)
            for naam, verwachting in self.scenario.verwacht_bij.items():
                self._kijk_na(f"verwacht_bij.{naam}", verwachting, naam)
        except (ScenarioFout, ApiFout, MotorFout) as fout:
            self.fouten.append(str(fout))
        return self.fouten

    def doe(self) -> None:
        """Dien in en zet elke stap. `ScenarioFout`, `ApiFout` of `MotorFout` zodra iets niet kan."""
        verzoek = self.scenario.verzoek
        self._dien_in(EERSTE, verzoek.model_copy(update={"mede": verzoek.mede or self.scenario.mede}))
        for nummer, stap in enumerate(self.scenario.stappen, 1):
            self._zet(f"stap {nummer}", stap)

    # --- doen --------------------------------------------------------------------------------------------------------------

    def _zet(self, plek: str, stap: Stap) -> None:
        if stap.gebeurtenis:
            getattr(self, f"_{stap.gebeurtenis}")(plek, stap)
        self.werk()
        if stap.verwacht is not None:
            self._kijk_na(f"{plek}.verwacht", stap.verwacht, stap.bij)

    def _dien_in(self, naam: str, verzoek: Verzoek) -> None:
        indiener = verzoek.indiener or self.scenario.indiener
        antwoorden = self._vul_in(verzoek.antwoorden)
        url = dien_in(self.installatie, verzoek, antwoorden, indiener)
        self.verlopen[naam] = Verloop(self.installatie, self.motor, naam, url, indiener)
        self.werk()

    def _verzoek(self, plek: str, stap: Stap) -> None:
        verzoek = stap.verzoek
        naam = stap.als or (verzoek.type if verzoek else "")
        if verzoek is None or naam in self.verlopen:
            raise ScenarioFout(f"{plek}: er is al een verzoek {naam}; geef dit een andere naam met `als`")
        self._dien_in(naam, verzoek)

    def _taak(self, plek: str, stap: Stap) -> None:
        bij, url = self._open_taak(plek, stap.taak, stap.bij)
        uitkomst = self._vul_in(stap.uitkomst, bij)
        client = TakenClient(self.installatie, namens="behandelen")
        client.wijzig_medewerkertaak(url, status="afgerond", behandelaar=stap.door, uitkomst=uitkomst)

    def _klanttaak(self, plek: str, stap: Stap) -> None:
        client = TakenClient(self.installatie, namens="mijngemeente")
        bij, url = self._open_taak(plek, stap.klanttaak, stap.bij)
        taak = client.klanttaak(url)
        gegeven = self._vul_in(stap.antwoord, bij)
        antwoord = gegeven if not stap.uitgevoerd else als_taakbestanden(self.installatie, gegeven, taak)
        details = {**taak.details, "ontvangenGegevens": antwoord}
        if stap.uitgevoerd:
            client.wijzig_klanttaak(taak.url, status="uitgevoerd", details=details)
        else:
            client.wijzig_klanttaak(taak.url, status="niet_uitgevoerd")

    def _betaal(self, plek: str, stap: Stap) -> None:
        client = TakenClient(self.installatie, namens="mijngemeente")
        criteria = {"isToegewezenAan": self._bij(plek, stap.bij).indiener.urn, "status": "open"}
        open_ = [t for t in client.zoek_klanttaken(criteria).results if t.taak_soort == "betaaltaak"]
        if not open_:
            raise ScenarioFout(f"{plek}: er is geen open betaaltaak")
        adres = betaling.begin(self.installatie, open_[0], namens="mijngemeente")
        self.installatie.http.post(adres, data={"uitkomst": stap.betaal})

    def _actie(self, plek: str, stap: Stap) -> None:
        zaak = self._bij(plek, stap.bij).zaak()
        if not zaak:
            raise ScenarioFout(f"{plek}: actie {stap.actie}: er is nog geen zaak")
        gegevens = self._vul_in(stap.uitkomst, self._bij(plek, stap.bij))
        actie = ActieIn(uuid=uuid4(), zaak=zaak, proces=stap.actie, gegevens=gegevens)
        ProcessenClient(self.installatie, namens="behandelen").start_actie(actie)

    def _intrekken(self, plek: str, stap: Stap) -> None:
        zaak, hoe = self._bij(plek, stap.bij).zaak(), stap.intrekken
        if not zaak or not hoe:
            raise ScenarioFout(f"{plek}: intrekken: er is nog geen zaak")
        intrekking = IntrekkingIn(zaak=zaak, hoe=hoe, ontvangen=self.installatie.klok.vandaag())
        ProcessenClient(self.installatie, namens="mijngemeente").trek_in(intrekking)

    def _bericht(self, plek: str, stap: Stap) -> None:
        bericht = self._vul_in(stap.bericht.model_dump() if stap.bericht else {}, self._bij(plek, stap.bij))
        with self.installatie.db.schrijven() as verbinding:
            self.motor.bericht(verbinding, bericht["naam"], str(bericht["sleutel"]), bericht["inhoud"], uuid4().hex)

    def _signaal(self, plek: str, stap: Stap) -> None:
        signaal = self._vul_in(stap.signaal.model_dump() if stap.signaal else {}, self._bij(plek, stap.bij))
        with self.installatie.db.schrijven() as verbinding:
            self.motor.signaal(verbinding, signaal["naam"], signaal["inhoud"])

    # --- wie en wat --------------------------------------------------------------------------------------------------------

    def _bij(self, plek: str, naam: str) -> Verloop:
        """Het genoemde verzoek, of het laatste."""
        if naam and naam not in self.verlopen:
            raise ScenarioFout(f"{plek}: er is geen verzoek {naam}; wel: {', '.join(self.verlopen)}")
        return self.verlopen[naam] if naam else list(self.verlopen.values())[-1]

    def _vul_in(self, waarde: Any, bij: Verloop | None = None) -> Any:
        laatste = next(reversed(self.verlopen.values()), None)
        return vul_in(waarde, bij or laatste, self.verlopen.values())

    def _open_taak(self, plek: str, element: str, bij: str) -> tuple[Verloop, str]:
        verlopen = [self._bij(plek, bij)] if bij else list(self.verlopen.values())[::-1]
        open_ = [(v, w) for v in verlopen for i in v.instanties() for w in i.wachtend if w.soort == "taak"]
        gevonden = next(((v, w.verwijzing) for v, w in open_ if w.element == element), None)
        if gevonden is None:
            wel = ", ".join(w.element for _, w in open_) or "geen"
            raise ScenarioFout(f"{plek}: er is geen open taak {element}; wel: {wel}")
        return gevonden

    # --- tijd --------------------------------------------------------------------------------------------------------------

    def werk(self) -> None:
        """Doe wat de worker zou doen, tot er nu niets meer te doen is."""
        afhandelaar = Afhandelaar(self.installatie)
        while afhandelaar.werk_af():
            pass

    def _wacht(self, _plek: str, stap: Stap) -> None:
        self._ga_naar(tijdstippen.na(self.installatie.klok.nu(), stap.wacht))

    def _tot(self, plek: str, stap: Stap) -> None:
        moment = nederlands(stap.tot) if stap.tot else self.installatie.klok.nu()
        if moment < self.installatie.klok.nu():
            raise ScenarioFout(f"{plek}: de klok kan niet terug naar {moment:%d-%m-%Y %H:%M}")
        self._ga_naar(moment)

    def _ga_naar(self, tot: datetime) -> None:
        klok = self.installatie.klok
        if not isinstance(klok, VerzetbareKlok):
            raise ScenarioFout("de klok van deze installatie is niet te verzetten")
        while (volgende := self.volgende_moment()) is not None and volgende <= tot:
            klok.verzet(volgende - klok.nu())
            self.werk()
        klok.verzet(max(tot - klok.nu(), tot - tot))

    def volgende_moment(self) -> datetime | None:
        """Wanneer er vanzelf weer iets gebeurt; None als er niets meer komt."""
        vraag = select(func.min(OutboxTabel.vanaf)).where(OutboxTabel.staat != "dood")
        with self.installatie.db.lezen() as verbinding:
            moment: datetime | None = verbinding.scalar(vraag.where(OutboxTabel.vanaf > self.installatie.klok.nu()))
            return moment

    # --- kijken ------------------------------------------------------------------------------------------------------------

    def _kijk_na(self, plek: str, verwachting: Verwachting, bij: str = "") -> None:
        nu = self.installatie.klok.nu().astimezone(NEDERLAND)
        fouten = kijk_na(self._bij(plek, bij), plek, verwachting)
        self.fouten += [f"{fout} ({nu:%d-%m-%Y %H:%M})" for fout in fouten]
