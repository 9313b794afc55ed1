"""Een beslistabel zoals zij in een rekenblad staat: koppen, regels, en waar elke regel vandaan komt."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from dmn.herkomst import GEEN, Herkomst
from dmn.herkomst_lezen import lees_herkomst
from processen.modelleren.grondslagen import boom_van, regelknopen, regelsleutel, tabelnaam

REGEL, OMSCHRIJVING, OVERGANGSRECHT = "Regel", "Omschrijving", "Overgangsrecht"
GROND: Final = ("Wet", "Artikel", "Lid", "Internetadres")
VAN, TOT = "Geldig vanaf", "Geldig tot"
HERKOMST: Final = (*GROND, VAN, TOT, OVERGANGSRECHT)
BESLISSING, TABEL, BELEID = "Beslissing", "Tabel", "Trefbeleid"
UITDRUKKING, SOORT = "Uitdrukking", "Soort"
TREFBELEID: Final = (
    "UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "COLLECT SUM", "COLLECT MIN", "COLLECT MAX", "COLLECT COUNT", "RULE ORDER",
    "OUTPUT ORDER",
)  # fmt: skip


@dataclass(frozen=True)
class Kolom:
    """Een kolom: `kop` zoals hij in het rekenblad staat, en wat het model erover zegt."""

    kop: str
    uitdrukking: str = ""
    soort: str = ""


@dataclass(frozen=True)
class Bladregel:
    """Een regel. `id` is leeg als hij nieuw is."""

    id: str
    als: tuple[str, ...]
    dan: tuple[str, ...]
    bij: tuple[str, ...] = ()
    omschrijving: str = ""
    herkomst: Herkomst = GEEN


@dataclass(frozen=True)
class Tabelblad:
    """Een tabel. `sleutel` wijst haar aan in het model."""

    sleutel: str
    naam: str
    beleid: str
    als: tuple[Kolom, ...]
    dan: tuple[Kolom, ...]
    bij: tuple[Kolom, ...]
    regels: tuple[Bladregel, ...]
    herkomst: Herkomst = GEEN


def tabelbladen(inhoud: bytes) -> list[Tabelblad]:
    """Alle tabellen van een model, op volgorde."""
    return [_blad(knoop, sleutel) for sleutel, knoop in tabelknopen(boom_van(inhoud))]


def tabelknopen(boom: Any) -> Iterator[tuple[str, Any]]:
    """Elke tabel met haar sleutel: het id, of anders het nummer."""
    for nummer, knoop in enumerate(boom.iter("{*}decisionTable"), 1):
        yield str(knoop.get("id") or f"tabel-{nummer}"), knoop


def namen_in(inhoud: bytes) -> tuple[str, ...]:
    """Alle namen in een model: een naam met een spatie is alleen met deze lijst als één naam te lezen."""
    return tuple({str(knoop.get("name")) for knoop in boom_van(inhoud).iter("{*}*") if knoop.get("name")})


def beleid_van(knoop: Any) -> str:
    """Het trefbeleid met de samenvoeging erachter."""
    return f"{knoop.get('hitPolicy') or 'UNIQUE'} {knoop.get('aggregation') or ''}".strip()


def tekst_in(knoop: Any, soort: str) -> str:
    """De tekst van een onderliggend element; leeg als het er niet is."""
    return (knoop.findtext(f"{{*}}{soort}") or "").strip()


def _blad(knoop: Any, sleutel: str) -> Tabelblad:
    regels = tuple(_regel(knoop, nummer, deel) for nummer, deel in enumerate(regelknopen(knoop), 1))
    bij = [deel.get("name") or "Aantekening" for deel in knoop.findall("{*}annotation")]
    breedste = max((len(regel.bij) for regel in regels), default=0)
    bij += ["Aantekening"] * (breedste - len(bij))
    return Tabelblad(
        sleutel=sleutel,
        naam=tabelnaam(knoop),
        beleid=beleid_van(knoop),
        als=tuple(_invoer(deel) for deel in knoop.findall("{*}input")),
        dan=tuple(_uitvoer(deel, tabelnaam(knoop)) for deel in knoop.findall("{*}output")),
        bij=tuple(Kolom(f"Bij: {naam}") for naam in bij),
        regels=tuple(regel if len(regel.bij) == len(bij) else _aangevuld(regel, len(bij)) for regel in regels),
        herkomst=lees_herkomst(knoop),
    )


def _invoer(knoop: Any) -> Kolom:
    uitdrukking = tekst_in(knoop, "inputExpression/{*}text")
    expressie = knoop.find("{*}inputExpression")
    soort = "" if expressie is None else expressie.get("typeRef") or ""
    return Kolom(f"Als: {knoop.get('label') or uitdrukking}", uitdrukking, soort)


def _uitvoer(knoop: Any, naam: str) -> Kolom:
    eigen = knoop.get("name") or ""
    return Kolom(f"Dan: {knoop.get('label') or eigen or naam}", eigen, knoop.get("typeRef") or "")


def _regel(tabel: Any, nummer: int, knoop: Any) -> Bladregel:
    return Bladregel(
        regelsleutel(tabel, nummer, knoop),
        _teksten(knoop, "inputEntry"),
        _teksten(knoop, "outputEntry"),
        _teksten(knoop, "annotationEntry"),
        tekst_in(knoop, "description"),
        lees_herkomst(knoop),
    )


def _teksten(knoop: Any, soort: str) -> tuple[str, ...]:
    return tuple(tekst_in(deel, "text") for deel in knoop.findall(f"{{*}}{soort}"))


def _aangevuld(regel: Bladregel, aantal: int) -> Bladregel:
    bij = (*regel.bij, *[""] * (aantal - len(regel.bij)))
    return Bladregel(regel.id, regel.als, regel.dan, bij, regel.omschrijving, regel.herkomst)
