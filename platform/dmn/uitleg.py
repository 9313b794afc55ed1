"""De uitleg van een beslissing als gegevens (pydantic, dus JSON) en als zinnen: de motivering van een besluit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from dmn.herkomst import Herkomst
from dmn.staat import Knoopstap, Tabelstap
from feel.naar_python import naar_json
from feel.waarden import is_functie

if TYPE_CHECKING:
    from dmn.tabel import Tabelwerk
    from dmn.uitslag import Uitslag

Taal = Literal["nl", "en"]
NIET_RAAK_MAX = 50


class Bron(BaseModel):
    """Een vindplaats in de wet."""

    wet: str
    artikel: str = ""
    lid: str = ""
    url: str = ""


class Geldig(BaseModel):
    """Herkomst: bronnen, geldigheid (tot telt niet mee) en overgangsrecht."""

    bronnen: list[Bron] = Field(default_factory=list)
    van: date | None = None
    tot: date | None = None
    overgangsrecht: str = ""


class Invoerwaarde(BaseModel):
    """Een waarde met haar label; `waarde` is JSON zoals `feel.naar_json`."""

    label: str
    waarde: Any = None


class Mismatch(BaseModel):
    """Een cel waardoor een regel niet paste."""

    kolom: int
    label: str
    waarde: Any = None
    gevraagd: str


class Regeluitleg(BaseModel):
    """Een regel: raak, of waarom niet; `buiten_geldigheid` als zij op de peildatum niet gold."""

    nummer: int
    raak: bool
    voorwaarden: list[Mismatch] = Field(default_factory=list)
    niet_raak: list[Mismatch] = Field(default_factory=list)
    buiten_geldigheid: bool = False
    annotaties: dict[str, str] = Field(default_factory=dict)
    omschrijving: str = ""
    herkomst: Geldig = Field(default_factory=Geldig)


class Tabeluitleg(BaseModel):
    """Eén keer een tabel; van de regels die niet pasten staan er hoogstens vijftig in."""

    naam: str
    beleid: str
    invoer: list[Invoerwaarde]
    regels: list[Regeluitleg]
    aantal_regels: int
    uitkomst: Any = None
    herkomst: Geldig = Field(default_factory=Geldig)


class Beslissinguitleg(BaseModel):
    """Eén beslissing in de grafiek."""

    naam: str
    vraag: str = ""
    omschrijving: str = ""
    invoer: list[Invoerwaarde] = Field(default_factory=list)
    tabellen: list[Tabeluitleg] = Field(default_factory=list)
    uitkomst: Any = None
    herkomst: Geldig = Field(default_factory=Geldig)


class Redenuitleg(BaseModel):
    """Waarom een waarde onderweg null werd."""

    code: str
    nederlands: str
    engels: str


class Uitleg(BaseModel):
    """De hele uitleg; `beslissingen` staan in de volgorde van berekening."""

    model: str = ""
    herkomst: Geldig = Field(default_factory=Geldig)  # van het model als geheel
    beslissing: str
    uitkomst: Any = None
    peildatum: date | None = None
    invoer: list[Invoerwaarde]
    beslissingen: list[Beslissinguitleg]
    redenen: list[Redenuitleg] = Field(default_factory=list)

    def zinnen(self, taal: Taal = "nl") -> list[str]:
        """Zinnen die een inwoner kan lezen."""
        from dmn.zinnen import maak_zinnen  # noqa: PLC0415 - alleen wie zinnen wil, heeft de woorden nodig

        return maak_zinnen(self, taal)


def _json(waarde: Any) -> Any:
    """JSON van een waarde; een functie is haar naam."""
    if is_functie(waarde):
        return f"function {waarde.naam}"
    if isinstance(waarde, dict):
        return {naam: _json(deel) for naam, deel in waarde.items()}
    return [_json(deel) for deel in waarde] if isinstance(waarde, list) else naar_json(waarde)


def _geldig(herkomst: Herkomst) -> Geldig:
    bronnen = [Bron(wet=v.wet, artikel=v.artikel, lid=v.lid, url=v.url) for v in herkomst.vindplaatsen]
    return Geldig(bronnen=bronnen, van=herkomst.van, tot=herkomst.tot, overgangsrecht=herkomst.overgangsrecht)


def maak_uitleg(uitslag: Uitslag) -> Uitleg:
    """De uitleg bij een uitslag, uit het spoor van de uitvoering."""
    staat = uitslag.staat
    gehad: set[int] = set()
    beslissingen = [_beslissing(uitslag, stap, gehad) for stap in staat.knopen]
    return Uitleg(
        model=uitslag.model.definities.naam,
        herkomst=_geldig(uitslag.model.definities.herkomst),
        beslissing=uitslag.knoop.element.naam,
        uitkomst=_json(uitslag.ruw),
        peildatum=staat.peildatum,
        invoer=[Invoerwaarde(label=naam, waarde=_json(waarde)) for naam, waarde in uitslag.invoer.items()],
        beslissingen=beslissingen,
        redenen=[Redenuitleg(code=r.code, nederlands=r.nederlands, engels=r.engels) for r in uitslag.redenen],
    )


def _beslissing(uitslag: Uitslag, stap: Knoopstap, gehad: set[int]) -> Beslissinguitleg:
    element = stap.knoop.element
    eigen = [nummer for nummer in range(stap.begin, stap.eind) if nummer not in gehad]
    gehad.update(eigen)
    waarden = [(naam, waarde) for naam, waarde in stap.scope.items() if not is_functie(waarde)]
    return Beslissinguitleg(
        naam=element.naam,
        vraag=element.vraag,
        omschrijving=element.omschrijving,
        invoer=[Invoerwaarde(label=naam, waarde=_json(waarde)) for naam, waarde in waarden],
        tabellen=[_tabel(uitslag.staat.tabellen[nummer]) for nummer in eigen],
        uitkomst=_json(stap.uitkomst),
        herkomst=_geldig(element.herkomst),
    )


def _tabel(stap: Tabelstap) -> Tabeluitleg:
    werk = stap.werk
    tabel = werk.tabel
    invoer = [
        Invoerwaarde(label=kolom.label, waarde=_json(waarde))
        for kolom, waarde in zip(tabel.kolommen, stap.waarden, strict=True)
    ]
    raak = set(stap.treffers)
    mis = [nummer for nummer in range(len(tabel.regels)) if nummer not in raak][:NIET_RAAK_MAX]
    return Tabeluitleg(
        naam=werk.naam,
        beleid=f"{tabel.beleid} {tabel.aggregatie}".strip(),
        invoer=invoer,
        regels=[_regel(stap, werk, nummer, raak=nummer in raak) for nummer in sorted(raak | set(mis))],
        aantal_regels=len(tabel.regels),
        uitkomst=_json(stap.uitkomst),
        herkomst=_geldig(tabel.herkomst),
    )


def _regel(stap: Tabelstap, werk: Tabelwerk, nummer: int, *, raak: bool) -> Regeluitleg:
    regel = werk.tabel.regels[nummer]
    dag = stap.peildatum
    buiten = dag is not None and not regel.herkomst.geldt_op(dag)
    annotaties = dict(zip(werk.tabel.annotatiekolommen, regel.annotaties, strict=False))
    return Regeluitleg(
        nummer=regel.nummer,
        raak=raak,
        voorwaarden=_cellen(stap, werk, nummer, raak=True),
        niet_raak=[] if raak else _cellen(stap, werk, nummer, raak=False),
        buiten_geldigheid=buiten,
        annotaties={naam: tekst for naam, tekst in annotaties.items() if tekst},
        omschrijving=regel.omschrijving,
        herkomst=_geldig(regel.herkomst),
    )


def _cellen(stap: Tabelstap, werk: Tabelwerk, nummer: int, *, raak: bool) -> list[Mismatch]:
    """De cellen van een regel die wel (of niet) raak waren; een streepje telt niet."""
    uit = []
    for plek, (kolom, waarde) in enumerate(zip(werk.kolommen, stap.waarden, strict=True)):
        test = kolom.testen[nummer]
        if test is None or (test(stap.omgeving, waarde) is True) is not raak:
            continue
        cel = werk.tabel.regels[nummer].cellen[plek]
        label = werk.tabel.kolommen[plek].label
        uit.append(Mismatch(kolom=plek + 1, label=label, waarde=_json(waarde), gevraagd=cel.tekst.strip()))
    return uit
