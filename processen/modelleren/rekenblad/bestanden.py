"""Rekenbladen lezen en schrijven: XLSX met openpyxl, ODS met odfdo, CSV met puntkomma's, en cellen die iemand plakt."""

import csv
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Final

from dmn.herkomst import Herkomst
from huisstijl import vertaal
from processen.modelleren.rekenblad import blad as b
from processen.modelleren.rekenblad.cellen import GEVAARLIJK, Cel, Formule, Rooster, Waarde, adres, als_csv, uit_tekst

MEDIATYPEN: Final[Mapping[str, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}
MEESTE_RIJEN, MEESTE_KOLOMMEN = 5000, 200
GROOTST_UITGEPAKT: Final = 50 << 20
BREEDSTE: Final = 60


class Bladfout(ValueError):
    """Dit bestand is niet te lezen. De tekst zegt waarom, in de taal van de pagina."""


# --- schrijven ---------------------------------------------------------------------------------------------------------------


def rijen(tabel: b.Tabelblad) -> list[list[str]]:
    """De tabel als rijen tekst: eerst waar het over gaat, dan de koppen, dan de regels."""
    koppen = [b.REGEL, *(kolom.kop for kolom in (*tabel.als, *tabel.dan, *tabel.bij)), b.OMSCHRIJVING, *b.HERKOMST]
    leeg = [""] * (len(koppen) - 1 - len(tabel.als) - len(tabel.dan))
    kolommen = (*tabel.als, *tabel.dan)
    return [
        [b.BESLISSING, tabel.naam], [b.TABEL, tabel.sleutel], [b.BELEID, tabel.beleid],
        *([naam, waarde] for naam, waarde in zip(b.HERKOMST, _herkomst(tabel.herkomst), strict=True) if waarde), [],
        koppen, [b.UITDRUKKING, *(kolom.uitdrukking for kolom in kolommen), *leeg], [b.SOORT, *(kolom.soort for kolom in kolommen), *leeg],
        *([r.id, *r.als, *r.dan, *r.bij, r.omschrijving, *_herkomst(r.herkomst)] for r in tabel.regels),
    ]  # fmt: skip


def _herkomst(herkomst: Herkomst) -> list[str]:
    """De zeven cellen van een herkomst; meer vindplaatsen staan onder elkaar in de cel."""
    plaatsen = herkomst.vindplaatsen
    grond = ["\n".join(getattr(plaats, naam) for plaats in plaatsen) for naam in ("wet", "artikel", "lid", "url")]
    dagen = ["" if dag is None else f"{dag:%d-%m-%Y}" for dag in (herkomst.van, herkomst.tot)]
    return [*grond, *dagen, herkomst.overgangsrecht]


def schrijf(tabel: b.Tabelblad, soort: str) -> bytes:
    """De tabel als xlsx, ods of csv."""
    if soort == "csv":
        return _als_csvbestand(tabel)
    return (_als_xlsx if soort == "xlsx" else _als_ods)(tabel.naam, rijen(tabel))


def _als_csvbestand(tabel: b.Tabelblad) -> bytes:
    uit, laatste = StringIO(newline=""), len(tabel.als) + len(tabel.dan)
    csv.writer(uit, delimiter=";").writerows(
        [als_csv(cel, is_feel=0 < kolom <= laatste) for kolom, cel in enumerate(rij)] for rij in rijen(tabel)
    )
    return uit.getvalue().encode("utf-8-sig")


def _als_xlsx(naam: str, inhoud: list[list[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - alleen wie een rekenblad maakt betaalt het laden
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - zie hierboven
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - zie hierboven

    boek = Workbook()
    vel = boek.active
    vel.title = _veltitel(naam)
    for nummer, rij in enumerate(inhoud, 1):
        for kolom, tekst in enumerate(rij, 1):
            if tekst:
                cel = vel.cell(nummer, kolom)
                cel.value, cel.data_type, cel.number_format = tekst, "s", "@"
                cel.quotePrefix = tekst.startswith(GEVAARLIJK)
                cel.alignment = Alignment(wrap_text=True, vertical="top")
                cel.font = Font(bold=rij[0] == b.REGEL or kolom == 1)
    for kolom, breedte in enumerate(_breedtes(inhoud), 1):
        vel.column_dimensions[get_column_letter(kolom)].width = breedte
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _veltitel(naam: str) -> str:
    return "".join(teken for teken in naam if teken not in r"[]:*?/\'")[:31] or b.TABEL


def _breedtes(inhoud: list[list[str]]) -> Iterable[int]:
    aantal = max(map(len, inhoud))
    return (min(BREEDSTE, 2 + max(len(rij[kolom]) for rij in inhoud if kolom < len(rij))) for kolom in range(aantal))


def _als_ods(naam: str, inhoud: list[list[str]]) -> bytes:
    from odfdo import Cell, Document, Row, Table  # noqa: PLC0415 - alleen wie een rekenblad maakt betaalt het laden

    document = Document("spreadsheet")
    document.body.clear()
    vel = Table(_veltitel(naam))
    for rij in inhoud:
        regel = Row()
        regel.set_cells([Cell(tekst, text=tekst, cell_type="string") if tekst else Cell() for tekst in rij])
        vel.append_row(regel)
    document.body.append(vel)
    uit = BytesIO()
    document.save(uit)
    return uit.getvalue()


# --- lezen -------------------------------------------------------------------------------------------------------------------


def lees(inhoud: bytes, soort: str) -> Rooster:
    """De cellen van het eerste blad. `soort` is xlsx, ods, csv of plak. `Bladfout` als het niet te lezen of te groot is."""
    if soort in ("csv", "plak"):
        return _uit_tekst(_decodeer(inhoud), soort)
    _eis_zip(inhoud)
    try:
        return _uit_xlsx(inhoud) if soort == "xlsx" else _uit_ods(inhoud)
    except Bladfout:
        raise
    except Exception as fout:  # beide bibliotheken werpen van alles bij een beschadigd bestand
        raise Bladfout(
            vertaal("Dit bestand is niet te lezen. Bewaar het opnieuw als XLSX, ODS of CSV en probeer het nog eens.")
        ) from fout


def soort_van(naam: str) -> str:
    """De soort, aan de naam van het bestand te zien. `Bladfout` als het iets anders is."""
    uitgang = naam.rpartition(".")[2].lower()
    if uitgang in ("xlsx", "ods", "csv"):
        return uitgang
    raise Bladfout(vertaal("Kies een bestand dat eindigt op .xlsx, .ods of .csv."))


def _te_groot() -> Bladfout:
    return Bladfout(
        vertaal(
            "Dit rekenblad is te groot: hoogstens %(rijen)s rijen en %(kolommen)s kolommen.",
            rijen=MEESTE_RIJEN,
            kolommen=MEESTE_KOLOMMEN,
        )
    )


def _decodeer(inhoud: bytes) -> str:
    """UTF-8, of wat een ouder rekenprogramma bewaart (Windows-1252)."""
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        return inhoud.decode("cp1252", "replace")


def _uit_tekst(tekst: str, soort: str) -> Rooster:
    try:
        ruw = (
            geplakt(tekst)
            if soort == "plak"
            else list(csv.reader(StringIO(tekst, newline=""), delimiter=_scheiding(tekst)))
        )
    except csv.Error as fout:
        raise Bladfout(vertaal("Dit is niet als tabel te lezen.")) from fout
    if len(ruw) > MEESTE_RIJEN or any(len(rij) > MEESTE_KOLOMMEN for rij in ruw):
        raise _te_groot()
    return tuple(tuple(uit_tekst(nr, kolom, cel) for kolom, cel in enumerate(rij)) for nr, rij in enumerate(ruw))


def geplakt(tekst: str) -> list[list[str]]:
    """Cellen van het klembord. Een rekenprogramma zet alleen aanhalingstekens om een cel met een regeleinde; `"ja"` is dus gewoon FEEL."""
    uit: list[list[str]] = [[]]
    cel, open_ = "", False
    for deel in [*re.split(r"(\t|\r\n|\n)", tekst.rstrip("\r\n")), "\n"]:
        if deel not in ("\t", "\n", "\r\n"):
            cel += deel
            open_ = cel.startswith('"') and cel.count('"') % 2 == 1
        elif open_ and deel != "\t":
            cel += "\n"
        else:
            uit[-1].append(cel[1:-1].replace('""', '"') if "\n" in cel and cel.endswith('"') else cel)
            cel, open_ = "", False
            if deel != "\t":
                uit.append([])
    return uit[:-1]


def _scheiding(tekst: str) -> str:
    """Een puntkomma, zoals een Nederlands rekenblad; anders een komma."""
    kop = next((regel for regel in tekst.splitlines() if regel.strip('"').startswith(b.REGEL)), tekst)
    if "\t" in kop:
        return "\t"
    return ";" if kop.count(";") >= kop.count(",") else ","


def _eis_zip(inhoud: bytes) -> None:
    """Weiger een bestand dat zich tot iets enorms uitpakt, vóór een bibliotheek eraan begint."""
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as pak:
            groot = sum(deel.file_size for deel in pak.infolist()) > GROOTST_UITGEPAKT
            eigen_dtd = any(b"<!DOCTYPE" in pak.read(d)[:4096] for d in pak.infolist() if d.filename.endswith(".xml") and not groot)  # fmt: skip
    except zipfile.BadZipFile as fout:
        raise Bladfout(vertaal("Dit is geen rekenblad.")) from fout
    if groot or eigen_dtd:
        raise _te_groot() if groot else Bladfout(vertaal("Dit is geen rekenblad."))


def _uit_xlsx(inhoud: bytes) -> Rooster:
    from openpyxl import load_workbook  # noqa: PLC0415 - zie _als_xlsx

    vel = load_workbook(BytesIO(inhoud), data_only=False, keep_links=False).worksheets[0]
    if vel.max_row > MEESTE_RIJEN or vel.max_column > MEESTE_KOLOMMEN:
        raise _te_groot()
    return tuple(
        tuple(_xlsx_cel(nr, kolom, cel) for kolom, cel in enumerate(rij)) for nr, rij in enumerate(vel.iter_rows())
    )


def _xlsx_cel(nr: int, kolom: int, cel: Any) -> Cel:
    if cel.data_type in ("f", "e"):
        return Cel(adres(nr, kolom), str(cel.value), Formule(str(cel.value)))
    return _cel(nr, kolom, cel.value)


def _uit_ods(inhoud: bytes) -> Rooster:
    from odfdo import Document  # noqa: PLC0415 - zie _als_ods

    vel = Document(BytesIO(inhoud)).body.get_table(0)
    vel.optimize_width()
    if vel.height > MEESTE_RIJEN or vel.width > MEESTE_KOLOMMEN:
        raise _te_groot()
    return tuple(
        tuple(_ods_cel(nr, kolom, cel) for kolom, cel in enumerate(rij.cells)) for nr, rij in enumerate(vel.rows)
    )


def _ods_cel(nr: int, kolom: int, cel: Any) -> Cel:
    if cel.formula:
        return Cel(adres(nr, kolom), str(cel.formula), Formule(str(cel.formula)))
    waarde = cel.value if cel.type in ("float", "percentage", "currency", "date", "boolean") else None
    tekst = "\n".join(alinea.inner_text for alinea in cel.get_paragraphs()) if cel.type == "string" else ""
    return _cel(nr, kolom, tekst if waarde is None else waarde)


def _cel(nr: int, kolom: int, gelezen: Any) -> Cel:
    """Een cel met een echte soort: tekst blijft precies wat zij is."""
    waarde = _waarde(gelezen)
    ruw = f"{waarde:%d-%m-%Y}" if isinstance(waarde, date) else str(waarde)
    return Cel(adres(nr, kolom), ruw, waarde)


def _waarde(gelezen: Any) -> Waarde:
    if isinstance(gelezen, bool):
        return gelezen
    if isinstance(gelezen, int | float | Decimal):
        getal = Decimal(str(gelezen))
        return getal.quantize(Decimal(1)) if getal == getal.to_integral_value() else getal
    if isinstance(gelezen, datetime):
        return gelezen.date()
    return gelezen if isinstance(gelezen, date) else str(gelezen or "")
