"""Scenario's van een pakket: `scenarios/*.yaml`. Wie dient wat in, op welk moment, wat doen mensen, en wat moet daaruit komen.

    naam: Vergunning wordt meteen verleend
    klok: 2026-03-02 10:00              # Nederlandse tijd waarop het begint
    indiener: {bsn: "999992715"}        # een verzonnen persoon; met `email` wil deze elektronisch bericht
    bronnen: {brp: {personen: [{…}]}}   # extra inwoners in de BRP, in de vorm van de simulator
    verzoek: {type: toeristische-verhuur-vergunning, antwoorden: {woonsituatie: koop}}
    stappen:
      - taak: handmatig                 # een medewerker rondt de taak bij dit element af
        uitkomst: {besluit: aanvullen}
      - klanttaak: aanvulling           # de inwoner voert zijn taak uit
        antwoord: {toelichting: ja}
      - wacht: P17D                     # de klok gaat vooruit; alles wat onderweg afgaat gebeurt op zijn tijd
      - actie: toeristische-verhuur-controle
      - bericht: {naam: betaald, sleutel: "x", inhoud: {bedrag: 10}}
        verwacht: {taken: [handmatig]}  # mag bij elke stap
    verwacht: {staat: klaar, resultaat: Verleend}

In een verwachting telt alleen wat er staat: een lijst moet helemaal kloppen, van een object alleen de genoemde velden, en een tekst
die met `~` begint hoeft alleen voor te komen.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kern.klok import NEDERLAND
from processen.pakketten.formaat import PakketFout


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Indiener(_Deel):
    """Wie het verzoek indient. Het bsn is van een verzonnen persoon."""

    bsn: Annotated[str, Field(pattern=r"^\d{9}$")] = "999992715"
    email: str = ""


class Verzoek(_Deel):
    """Het verzoek zoals het formulier het indient."""

    type: str
    antwoorden: dict[str, Any] = Field(default_factory=dict)


class Bericht(_Deel):
    """Een bericht aan het proces, bijvoorbeeld van een betaling."""

    naam: str
    sleutel: str
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
    incidenten: list[str] = Field(default_factory=list)
    """Elementen met een open incident; er mogen er geen andere zijn."""


class Stap(_Deel):
    """Eén gebeurtenis: precies één van taak, klanttaak, wacht, actie, bericht of signaal, of alleen een verwachting."""

    taak: str = ""
    uitkomst: dict[str, Any] = Field(default_factory=dict)
    door: str = "behandelaar"
    klanttaak: str = ""
    antwoord: dict[str, Any] = Field(default_factory=dict)
    wacht: str = ""
    actie: str = ""
    bericht: Bericht | None = None
    verwacht: Verwachting | None = None

    @model_validator(mode="after")
    def _een_ding(self) -> "Stap":
        gekozen = [bool(waarde) for waarde in (self.taak, self.klanttaak, self.wacht, self.actie, self.bericht)]
        if sum(gekozen) > 1 or not (any(gekozen) or self.verwacht):
            raise ValueError("kies één van taak, klanttaak, wacht, actie of bericht, of geef een verwachting")
        return self


class Scenario(_Deel):
    """Eén scenario."""

    naam: str
    klok: datetime
    indiener: Indiener = Indiener()
    bronnen: dict[Annotated[str, Field(pattern="^brp$")], dict[str, Any]] = Field(default_factory=dict)
    verzoek: Verzoek
    stappen: list[Stap] = Field(default_factory=list)
    verwacht: Verwachting = Verwachting()

    @property
    def begin(self) -> datetime:
        """Het tijdstip waarop het scenario begint."""
        return self.klok if self.klok.tzinfo else self.klok.replace(tzinfo=NEDERLAND)


def lees_scenarios(map_: Path) -> list[Scenario]:
    """De scenario's van het pakket in deze map, op bestandsnaam. `PakketFout` met alle fouten tegelijk."""
    gelezen, fouten = [], []
    for bestand in sorted((map_ / "scenarios").glob("*.yaml")):
        try:
            gelezen.append(Scenario.model_validate(yaml.safe_load(bestand.read_text(encoding="utf-8"))))
        except yaml.YAMLError as fout:
            fouten.append(f"scenarios/{bestand.name}: geen geldige YAML: {fout}")
        except ValidationError as fout:
            plekken = fout.errors(include_url=False)
            fouten += [f"scenarios/{bestand.name}: {'.'.join(map(str, f['loc']))}: {f['msg']}" for f in plekken]
    if fouten:
        raise PakketFout(fouten)
    return gelezen
