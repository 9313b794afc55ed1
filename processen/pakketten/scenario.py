"""Scenario's van een pakket: `scenarios/*.yaml`. Wie dient wat in, op welk moment, wat doen mensen, en wat moet daaruit komen.

    naam: Vergunning wordt meteen verleend
    klok: 2026-03-02 10:00              # Nederlandse tijd waarop het begint
    indiener: {bsn: "999001061"}        # een verzonnen persoon; met `email` wil deze elektronisch bericht
    bronnen: {brp: {personen: [{…}]}}   # extra inwoners in de BRP, in de vorm van de simulator
    verzoek: {type: toeristische-verhuur-vergunning, antwoorden: {woonsituatie: koop}}
    bouwblokken:                        # nagebootst: dit gebeurt niet echt
      http.verzoek: {uitvoer: {status: 200, antwoord: {mag: true}}}
      uitbetalen.opdracht: [{storing: even weg}, {fout: geweigerd, element: uitbetalen}]
    ook: [klacht]                       # andere meegeleverde pakketten die ernaast staan
    stappen:
      - taak: handmatig                 # een medewerker rondt de taak bij dit element af
        uitkomst: {besluit: aanvullen}
      - klanttaak: aanvulling           # de inwoner (of ketenpartner) voert zijn taak uit; uitgevoerd: false is: niet
        antwoord: {toelichting: ja}
      - betaal: betaald                 # de inwoner betaalt zijn open betaaltaak; of mislukt, of verlopen
      - wacht: P17D                     # de klok gaat vooruit; alles wat onderweg afgaat gebeurt op zijn tijd
      - tot: 2026-05-01 09:00           # de klok gaat naar een tijdstip
      - actie: toeristische-verhuur-controle   # met `uitkomst` als gegevens voor het proces
      - intrekken: schriftelijk         # de indiener trekt zijn verzoek in; hoe dat ging
      - signaal: {naam: storing}
      - bericht: {naam: betaald, sleutel: "=zaak", inhoud: {bedrag: 10}}
        verwacht: {taken: [handmatig]}  # mag bij elke stap
      - verzoek: {type: bezwaar, antwoorden: {besluit: "=besluit"}}
        als: bezwaar                    # een volgend verzoek, met een eigen zaak; `bij` noemt het daarna
      - taak: horen
        bij: bezwaar
    verwacht: {staat: klaar, resultaat: Verleend}
    verwacht_bij: {eerste: {staat: klaar}}

`bouwblokken` noemt per bouwblok wat het in dit scenario geeft: `uitvoer`, een BPMN-`fout`, of een `storing` (die herhaald wordt); met
`element` alleen bij dat element. Een lijst is op volgorde, het laatste blijft gelden. Het moet wel kunnen: de velden en fouten zijn die
van het bouwblok zelf.

Een antwoord op een vraag naar bestanden is een lijst van `{naam: plattegrond.pdf, mediatype: application/pdf, inhoud: <base64>}`; het
bestand komt als bijlage in de Documenten API.

Een stap zonder `bij` zoekt haar taak bij alle verzoeken, het laatste eerst; een verwachting zonder `bij` gaat over het laatste verzoek.
Een tekst die met `=` begint is FEEL over de variabelen van dat verzoek, met `zaak`, `zaaknummer`, `besluit` (het laatste), `product` (het
laatste) en `vandaag`, en met elk verzoek onder zijn naam (`=eerste.besluit`).

In een verwachting telt alleen wat er staat: een lijst moet helemaal kloppen, van een object alleen de genoemde velden, en een tekst
die met `~` begint hoeft alleen voor te komen.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from integratie.urn import urn_bsn, urn_kvk
from kern.klok import NEDERLAND
from processen.pakketten import meldingen
from processen.pakketten.formaat import Bouwbloksleutel, PakketFout

EERSTE = "eerste"
"""De naam van het verzoek waarmee een scenario begint."""
GEBEURTENISSEN = ("taak", "klanttaak", "betaal", "wacht", "tot", "actie", "intrekken", "bericht", "signaal", "verzoek")


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Indiener(_Deel):
    """Wie het verzoek indient: een verzonnen persoon, of met `kvk` een ondernemer. Met `email` wil die elektronisch bericht over `soort`.

    `anoniem` is iemand die niet inlogde.
    """

    bsn: Annotated[str, Field(pattern=r"^\d{9}$")] = "999001061"
    kvk: Annotated[str, Field(pattern=r"^(\d{8})?$")] = ""
    email: str = ""
    soort: str = ""
    anoniem: bool = False

    @property
    def urn(self) -> str:
        """Hoe het verzoek de indiener noemt; leeg als die niet inlogde."""
        if self.anoniem:
            return ""
        return urn_kvk(self.kvk) if self.kvk else urn_bsn(self.bsn)


class Verzoek(_Deel):
    """Het verzoek zoals het formulier het indient; `indiener` is wie van het scenario, tenzij hier genoemd. `mede` diende mee in.

    Met `kanaal` voerde een medewerker het in, voor wie aan de balie stond, belde of schreef; `ontvangen` is dan de dag van ontvangst.
    """

    type: str
    antwoorden: dict[str, Any] = Field(default_factory=dict)
    indiener: Indiener | None = None
    mede: Annotated[str, Field(pattern=r"^(\d{9})?$")] = ""
    kanaal: Literal["", "balie", "telefoon", "post"] = ""
    ontvangen: date | None = None


class Bericht(_Deel):
    """Een bericht aan het proces, bijvoorbeeld van een betaling."""

    naam: str
    sleutel: str
    inhoud: dict[str, Any] = Field(default_factory=dict)


class Nabootsing(_Deel):
    """Wat een bouwblok geeft zonder iets te doen; zie `contracten.nabootsing`."""

    uitvoer: dict[str, Any] = Field(default_factory=dict)
    fout: str = ""
    storing: str = ""
    element: str = ""


class Signaal(_Deel):
    """Een signaal aan alles wat erop wacht."""

    naam: str
    inhoud: dict[str, Any] = Field(default_factory=dict)


class Verwachting(_Deel):
    """Wat er op dit moment waar moet zijn; weggelaten is: niet nagekeken. Taken zijn elementen, brieven en berichten sjablonen."""

    staat: Literal["loopt", "klaar", "afgebroken"] | None = None
    bereikt: list[str] | None = None
    niet_bereikt: list[str] | None = None
    variabelen: dict[str, Any] | None = None
    beslissingen: dict[str, Any] | None = None
    taken: list[str] | None = None
    statussen: list[str] | None = None
    resultaat: str | None = None
    opgeschort: bool | None = None
    eigenschappen: dict[str, str] | None = None
    besluiten: list[dict[str, Any]] | None = None
    producten: list[dict[str, Any]] | None = None
    brieven: list[dict[str, Any] | str] | None = None
    berichten: list[dict[str, Any] | str] | None = None
    publicaties: list[dict[str, Any]] | None = None
    incidenten: list[str] = Field(default_factory=list)
    """Elementen met een open incident; er mogen er geen andere zijn."""


class Stap(_Deel):
    """Eén gebeurtenis (precies één van `GEBEURTENISSEN`), of alleen een verwachting."""

    taak: str = ""
    uitkomst: dict[str, Any] = Field(default_factory=dict)
    door: str = "behandelaar"
    klanttaak: str = ""
    antwoord: dict[str, Any] = Field(default_factory=dict)
    uitgevoerd: bool = True
    betaal: Literal["", "betaald", "mislukt", "verlopen"] = ""
    wacht: str = ""
    tot: datetime | None = None
    actie: str = ""
    intrekken: Literal["", "mijngemeente", "schriftelijk", "balie", "telefoon", "hoorzitting"] = ""
    bericht: Bericht | None = None
    signaal: Signaal | None = None
    verzoek: Verzoek | None = None
    als: str = ""
    bij: str = ""
    verwacht: Verwachting | None = None

    @property
    def gebeurtenis(self) -> str:
        """Wat er in deze stap gebeurt; leeg als er alleen gekeken wordt."""
        return next((naam for naam in GEBEURTENISSEN if getattr(self, naam)), "")

    @model_validator(mode="after")
    def _een_ding(self) -> "Stap":
        gekozen = [naam for naam in GEBEURTENISSEN if getattr(self, naam)]
        if len(gekozen) > 1 or not (gekozen or self.verwacht):
            raise ValueError(f"kies één van {', '.join(GEBEURTENISSEN)}, of geef een verwachting")
        return self


class Scenario(_Deel):
    """Eén scenario."""

    naam: str
    klok: datetime
    ook: list[str] = Field(default_factory=list)
    indiener: Indiener = Indiener()
    mede: str = ""
    bronnen: dict[Annotated[str, Field(pattern="^[a-z]+$")], dict[str, Any]] = Field(default_factory=dict)
    bouwblokken: dict[Bouwbloksleutel, Nabootsing | list[Nabootsing]] = Field(default_factory=dict)
    verzoek: Verzoek
    stappen: list[Stap] = Field(default_factory=list)
    verwacht: Verwachting = Verwachting()
    verwacht_bij: dict[str, Verwachting] = Field(default_factory=dict)

    @property
    def begin(self) -> datetime:
        """Het tijdstip waarop het scenario begint."""
        return nederlands(self.klok)


def nederlands(moment: datetime) -> datetime:
    """Een tijdstip zonder zone is Nederlandse tijd."""
    return moment if moment.tzinfo else moment.replace(tzinfo=NEDERLAND)


def lees_scenarios(map_: Path) -> list[Scenario]:
    """De scenario's van het pakket in deze map, op bestandsnaam. `PakketFout` met alle fouten tegelijk."""
    gelezen, fouten = [], []
    for bestand in sorted((map_ / "scenarios").glob("*.yaml")):
        try:
            gelezen.append(Scenario.model_validate(yaml.safe_load(bestand.read_text(encoding="utf-8"))))
        except yaml.YAMLError as fout:
            fouten.append(f"scenarios/{bestand.name}: geen geldige YAML: {fout}")
        except ValidationError as fout:
            fouten += meldingen.regels(fout, f"scenarios/{bestand.name}")
    if fouten:
        raise PakketFout(fouten)
    return gelezen
