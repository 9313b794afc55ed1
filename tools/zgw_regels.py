"""Elke regel van de ZGW-standaarden naast de functie die haar uitvoert en de tests die haar toetsen: docs/standaarden/regels-zgw.md.

Een functie of test noemt haar regel in haar docstring of naam (`test_zrc_013_…`); een declaratie noemt hem in het commentaar ernaast.
`zrc-003, 004 en 006` en `ztc-004 tot en met 008` tellen als elk van die regels.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[1]
DOEL = WORTEL / "docs" / "standaarden" / "regels-zgw.md"
KOP = """# Regels van de ZGW-standaarden

<!-- Gemaakt door tools/dekking.py uit de code en de tests; niet met de hand wijzigen. -->

De regels met een nummer uit de standaarden voor Zaken (zrc), Catalogi (ztc), Documenten (drc), Besluiten (brc) en Autorisaties (ac): waar
zij staan en wat ze toetst. Een toets zakt als een regel geen functie of geen test heeft. Waar de standaard een nummer tweemaal gebruikt
staat erachter welke het is; wat wij anders doen staat in [afwijkingen.md](afwijkingen.md).

| Regel | Wat | Functie | Test |
| --- | --- | --- | --- |
"""
REGELS = {
    "zrc-001": "het zaaktype van een zaak bestaat en is gepubliceerd",
    "zrc-002": "identificatie en bronorganisatie samen uniek",
    "zrc-003": "het document bij een zaak bestaat",
    "zrc-004": "wat vast is aan een document bij een zaak",
    "zrc-005": "een document bij een zaak staat ook in het DRC",
    "zrc-006": "alleen zaken die de aanroeper mag zien",
    "zrc-007": "afsluiten, en wat daarna nog mag",
    "zrc-008": "heropenen",
    "zrc-009": "vertrouwelijkheid van het zaaktype",
    "zrc-010": "communicatiekanaal",
    "zrc-011": "relevante andere zaken",
    "zrc-012": "gegevensgroepen: null en leeg",
    "zrc-013": "hoofdzaken en deelzaken",
    "zrc-014": "betaaldatum en betalingsindicatie",
    "zrc-015": "producten en diensten van het zaaktype",
    "zrc-016": "het statustype hoort bij het zaaktype",
    "zrc-017": "het documenttype hoort bij het zaaktype",
    "zrc-018": "de eigenschap hoort bij het zaaktype",
    "zrc-019": "het roltype hoort bij het zaaktype",
    "zrc-020": "het resultaattype hoort bij het zaaktype",
    "zrc-021": "archivering bij afsluiten",
    "zrc-022": "archiefstatus",
    "zrc-023": "verwijderen is echt verwijderen",
    "zrc-024": "een verzoek bij een zaak wordt gespiegeld",
    "zrc-025 (contactmoment)": "een contactmoment bij een zaak wordt gespiegeld",
    "zrc-025 (expand)": "wat uit te breiden is",
    "zrc-026 (bewaren)": "begin van de bewaartermijn",
    "zrc-026 (expand)": "hoe diep uit te breiden is",
    "zrc-027": "expand van wat er niet hoort",
    "zrc-028": "expand van wat niet op te halen is",
    "zrc-029": "kiezen van velden bij zoeken",
    "ztc-001": "procestype uit de selectielijst",
    "ztc-002": "resultaattype en selectielijst",
    "ztc-003": "procestermijn en afleidingswijze",
    "ztc-004": "einddatumBekend bij een afleidingswijze",
    "ztc-005": "datumkenmerk bij een afleidingswijze",
    "ztc-006": "objecttype bij een afleidingswijze",
    "ztc-007": "registratie bij een afleidingswijze",
    "ztc-008": "procestermijn bij een afleidingswijze",
    "ztc-009": "een gepubliceerd type blijft",
    "ztc-010": "onderdelen van een gepubliceerd zaaktype blijven",
    "ztc-011": "niets erbij onder een gepubliceerd zaaktype",
    "ztc-012": "publiceren met alleen gepubliceerde relaties",
    "ztc-013": "relaties binnen één catalogus",
    "ztc-014": "zaaktypen lezen met een andere scope",
    "ztc-015": "datums in eigenschappen",
    "ztc-016": "versies overlappen niet",
    "ztc-017": "alleen een lege catalogus verdwijnt",
    "drc-001": "het documenttype bestaat en is gepubliceerd",
    "drc-002": "het object van een koppeling bestaat",
    "drc-003": "een koppeling is er één keer",
    "drc-004": "een koppeling staat ook in de bron",
    "drc-005": "ontvangstdatum en status",
    "drc-006": "indicatie en gebruiksrechten",
    "drc-007": "vertrouwelijkheid van het documenttype",
    "drc-008": "verwijderen van een document",
    "drc-009": "vergrendelen",
    "drc-010": "bijwerken vraagt alleen de sleutel",
    "drc-011": "wat uit te breiden is",
    "drc-012": "hoe diep uit te breiden is",
    "drc-013": "expand van wat er niet hoort",
    "drc-014": "expand van wat niet op te halen is",
    "brc-001": "het besluittype bestaat, is gepubliceerd en blijft",
    "brc-002": "identificatie uniek",
    "brc-003": "het document bij een besluit bestaat",
    "brc-004": "wat vast is aan een document bij een besluit",
    "brc-005": "een document bij een besluit staat ook in het DRC",
    "brc-006": "een besluit bij een zaak staat ook in het ZRC",
    "brc-007": "het besluittype hoort bij het zaaktype",
    "brc-008": "het documenttype hoort bij het besluittype",
    "brc-009": "verwijderen van een besluit",
    "ac-001": "een client-id hoort bij één applicatie",
    "ac-002": "alle autorisaties, of een lijst",
    "ac-003": "wat een autorisatie per component noemt",
}
_NUMMER = re.compile(
    r"\b(zrc|ztc|drc|brc|ac)-(\d{3})(?!\d)((?:(?:, | en | tot en met )(?:\1-)?\d{3}(?!\d))*)( \(\w+\))?"
)
_IN_NAAM = re.compile(r"_(zrc|ztc|drc|brc|ac)((?:_(?:\d{3}|en|tot))+)")


@dataclass(frozen=True, order=True)
class Plek:
    """Een functie, klasse of declaratie die een regel noemt."""

    bestand: str
    naam: str

    def __str__(self) -> str:
        return f"`{self.naam}` ({self.bestand})"


def genoemd(tekst: str) -> Iterator[str]:
    """Elke regel die een docstring of commentaar noemt."""
    for vondst in _NUMMER.finditer(tekst):
        soort, eerste, rest, welke = vondst.groups()
        yield from (_precies(soort, nummer, welke or "") for nummer in _nummers(int(eerste), rest))


def genoemd_in_naam(naam: str) -> Iterator[str]:
    """Elke regel in de naam van een test: `test_brc_003_en_008_…`."""
    for soort, nummers in _IN_NAAM.findall(naam):
        tekst = nummers.replace("_tot_", " tot en met ").replace("_en_", " en ").replace("_", ", ").removeprefix(", ")
        yield from genoemd(f"{soort}-{tekst}")


def _precies(soort: str, nummer: int, welke: str) -> str:
    code = f"{soort}-{nummer:03}"
    return f"{code}{welke}" if f"{code}{welke}" in REGELS else code


def _nummers(eerste: int, rest: str) -> list[int]:
    nummers = [eerste]
    for verbinding, nummer in re.findall(r"(, | en | tot en met )(?:\w+-)?(\d{3})", rest):
        begin = nummers[-1] + 1 if "tot" in verbinding else int(nummer)
        nummers += range(begin, int(nummer) + 1)
    return nummers


def functies() -> dict[str, set[Plek]]:
    """Per regel de plekken in de code van het platform."""
    gevonden: dict[str, set[Plek]] = defaultdict(set)
    for plek, tekst in _delen("platform", "*.py"):
        for regel in genoemd(tekst):
            gevonden[regel].add(plek)
    return gevonden


def toetsen() -> dict[str, set[Plek]]:
    """Per regel de tests die haar noemen."""
    gevonden: dict[str, set[Plek]] = defaultdict(set)
    for plek, tekst in _delen("tests", "test_*.py"):
        if plek.naam.startswith("test_"):
            for regel in (*genoemd_in_naam(plek.naam), *genoemd(tekst)):
                gevonden[regel].add(plek)
    return gevonden


def _delen(map_: str, patroon: str) -> Iterator[tuple[Plek, str]]:
    """Elke functie, klasse en declaratie met haar docstring en commentaar."""
    for bestand in sorted((WORTEL / map_).rglob(patroon)):
        broncode = bestand.read_text(encoding="utf-8")
        if _NUMMER.search(broncode) or _IN_NAAM.search(broncode):
            regels, pad = broncode.splitlines(), bestand.relative_to(WORTEL).as_posix()
            for naam, deel in _opdrachten(ast.parse(broncode).body):
                yield Plek(pad, naam), f"{_docstring(deel)}\n{_commentaar(regels, deel)}"


def _opdrachten(delen: Iterable[ast.stmt], voor: str = "") -> Iterator[tuple[str, ast.stmt]]:
    for deel in delen:
        match deel:
            case ast.ClassDef():
                yield from _opdrachten(deel.body, f"{deel.name}." if not deel.name.startswith("Test") else "")
                yield deel.name, deel
            case ast.FunctionDef():
                yield f"{voor}{deel.name}", deel
            case ast.Assign(targets=[ast.Name(id=naam)]) | ast.AnnAssign(target=ast.Name(id=naam)):
                yield f"{voor}{naam}", deel


def _docstring(deel: ast.stmt) -> str:
    return ast.get_docstring(deel) or "" if isinstance(deel, ast.FunctionDef | ast.ClassDef) else ""


def _commentaar(regels: list[str], deel: ast.stmt) -> str:
    """Wat er in het commentaar van een functie of declaratie staat, en in het blok er vlak boven; niet dat van een hele klasse."""
    if isinstance(deel, ast.ClassDef):
        return ""
    begin, eind = deel.lineno - 1, deel.end_lineno or deel.lineno
    while begin and regels[begin - 1].startswith("#"):
        begin -= 1
    return "\n".join(regel.partition("#")[2] for regel in regels[begin:eind])


def pagina() -> str:
    """De tekst van regels-zgw.md."""
    code, getoetst = functies(), toetsen()
    return KOP + "".join(
        f"| {regel} | {wat} | {_opsomming(code[regel])} | {_opsomming(getoetst[regel])} |\n"
        for regel, wat in REGELS.items()
    )


def _opsomming(plekken: Iterable[Plek]) -> str:
    return "<br>".join(map(str, sorted(plekken)))
