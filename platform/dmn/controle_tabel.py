"""Een beslistabel nakijken: overlap, gaten, dode en dubbele regels, typen, kolommen die niets doen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dmn.compileren import Compileerder
from dmn.dozen import Regel, Tabel
from dmn.fouten import Probleem
from dmn.gaten import Kolombeeld, kolombeeld, zoek_gaten
from dmn.gebied import GEEN, Gebied, Stuk, constante, gebied
from dmn.index import bits
from feel import boom
from feel.naar_python import uit_python
from feel.waarden import soortnaam

_MELD_MAX = 20
_EEN_TREFFER = {"UNIQUE", "ANY"}


@dataclass(frozen=True)
class Tabelbeeld:
    """Een tabel met per kolom de gebieden van haar cellen (None als een cel niet exact te bepalen is).

    Gelden regels niet altijd, dan is de peildatum de laatste kolom.
    """

    tabel: Tabel
    kolommen: tuple[Kolombeeld, ...]
    soorten: tuple[str, ...]
    uit: tuple[tuple[Any, ...], ...]
    uitsoorten: tuple[str, ...]

    @classmethod
    def van(cls, c: Compileerder, tabel: Tabel) -> Tabelbeeld:
        """Het beeld van een gelezen tabel."""
        kolommen, soorten = [], []
        for nummer, kolom in enumerate(tabel.kolommen):
            cellen = [_gebied(c, regel, nummer) for regel in tabel.regels]
            teksten = [regel.cellen[nummer].tekst.strip() for regel in tabel.regels if nummer < len(regel.cellen)]
            soort = c.soort(kolom.expressie.type)
            waarden = c.cel(kolom.waarden)
            toegestaan = gebied(waarden[0]) if waarden is not None else None
            grond = soort.grond if soort is not None else ""
            kolommen.append(kolombeeld(kolom.label, cellen, teksten, grond, toegestaan))
            soorten.append(grond)
        if any(regel.herkomst.begrensd for regel in tabel.regels):
            kolommen.append(_geldigheid(tabel.regels))
            soorten.append("date")
        uit = tuple(tuple(_uitwaarde(c, cel.tekst, cel) for cel in regel.uit) for regel in tabel.regels)
        uitsoorten = tuple(s.grond if (s := c.soort(k.type)) is not None else "" for k in tabel.uitkolommen)
        return cls(tabel, tuple(kolommen), tuple(soorten), uit, uitsoorten)


def _gebied(c: Compileerder, regel: Regel, nummer: int) -> Gebied | None:
    if nummer >= len(regel.cellen):
        return Gebied("", (), alles=True)
    cel = c.cel(regel.cellen[nummer])
    return Gebied("", (), alles=True) if cel is None else gebied(cel[0])


def _geldigheid(regels: Sequence[Regel]) -> Kolombeeld:
    """De peildatum als kolom: regels die nooit op dezelfde dag gelden, raken elkaar niet. Voor en na alle regels is geen gat."""
    perioden = [(_dag(regel.herkomst.van), _dag(regel.herkomst.tot)) for regel in regels]
    cellen = [_periode(van, tot) for van, tot in perioden]
    eerste = min((van for van, _ in perioden if van is not None), default=None)
    laatste = max((tot for _, tot in perioden if tot is not None), default=None)
    grens = _periode(
        None if any(van is None for van, _ in perioden) else eerste,
        None if any(tot is None for _, tot in perioden) else laatste,
    )
    return kolombeeld("peildatum", cellen, [str(periode) for periode in perioden], "date", grens)


def _dag(dag: date | None) -> int | None:
    nummer: int | None = None if dag is None else uit_python(dag).nummer
    return nummer


def _periode(van: int | None, tot: int | None) -> Gebied:
    if van is None and tot is None:
        return Gebied("", (), alles=True)
    return Gebied("date", (Stuk(van, van is not None, tot, False),))


def _uitwaarde(c: Compileerder, tekst: str, cel: Any) -> Any:
    knoop: boom.Knoop | None = c.ontleed(cel) if tekst.strip() not in {"", "-"} else None
    return GEEN if knoop is None else constante(knoop)


def controleer_tabel(beeld: Tabelbeeld, plek: str) -> Iterator[Probleem]:
    """Alle bevindingen van een tabel."""
    yield from _typen(beeld, plek)
    yield from _kolommen(beeld, plek)
    yield from _regels(beeld, plek)
    yield from _gaten(beeld, plek)


def _typen(beeld: Tabelbeeld, plek: str) -> Iterator[Probleem]:
    for kolom, soort in zip(beeld.kolommen, beeld.soorten, strict=True):
        for nummer, cel in enumerate(kolom.cellen):
            if cel is not None and cel.soort and soort not in {"", "Any", "list", cel.soort}:
                yield _fout(
                    beeld, plek, "tabel.type", nummer,
                    f"regel {nummer + 1}: “{kolom.label}” is een {soort}, maar de cel vraagt een {cel.soort}",
                    f"rule {nummer + 1}: “{kolom.label}” is a {soort}, but the cell tests a {cel.soort}",
                )  # fmt: skip
    for nummer, rij in enumerate(beeld.uit):
        for waarde, soort in zip(rij, beeld.uitsoorten, strict=False):
            if waarde is not GEEN and waarde is not None and soort not in {"", "Any", "list", soortnaam(waarde)}:
                yield _fout(
                    beeld, plek, "tabel.uittype", nummer,
                    f"regel {nummer + 1}: de uitvoer is een {soortnaam(waarde)}, gevraagd is een {soort}",
                    f"rule {nummer + 1}: the output is a {soortnaam(waarde)}, but a {soort} is declared",
                )  # fmt: skip


def _fout(
    beeld: Tabelbeeld, plek: str, code: str, nummer: int, nederlands: str, engels: str, ernst: str = "fout"
) -> Probleem:
    regel = beeld.tabel.regels[nummer]
    bestand = next((cel.regel for cel in regel.cellen), 0)
    return Probleem(code, nederlands, engels, plek, bestand, ernst=ernst)


def _kolommen(beeld: Tabelbeeld, plek: str) -> Iterator[Probleem]:
    for kolom in beeld.kolommen:
        if kolom.cellen and all(cel is not None and cel.alles for cel in kolom.cellen):
            yield Probleem(
                "tabel.kolom", f"de kolom “{kolom.label}” doet niets: elke cel is een streepje",
                f"the column “{kolom.label}” does nothing: every cell is a dash", plek, ernst="waarschuwing",
            )  # fmt: skip


def _regels(beeld: Tabelbeeld, plek: str) -> Iterator[Probleem]:
    """Onmogelijke, dubbele, overlappende en onbereikbare regels."""
    gemeld = 0
    for nummer in range(len(beeld.tabel.regels)):
        if gemeld >= _MELD_MAX:
            return
        for probleem in _regel(beeld, plek, nummer):
            gemeld += 1
            yield probleem


def _regel(beeld: Tabelbeeld, plek: str, nummer: int) -> Iterator[Probleem]:
    leeg = [kolom.label for kolom in beeld.kolommen if kolom.is_leeg(nummer)]
    if leeg:
        yield _fout(
            beeld, plek, "tabel.onmogelijk", nummer, f"regel {nummer + 1} kan nooit passen: zie “{leeg[0]}”",
            f"rule {nummer + 1} can never match: see “{leeg[0]}”",
        )  # fmt: skip
        return
    eerder = (1 << nummer) - 1
    raakt = dekt = gelijk = eerder
    for kolom in beeld.kolommen:
        raakt &= kolom.raakt(nummer)
        dekt &= kolom.gedekt_door(nummer)
        gelijk &= kolom.gelijk_aan(nummer)
    yield from _samenloop(beeld, plek, nummer, bits(raakt), bits(dekt), bits(gelijk))


def _samenloop(
    beeld: Tabelbeeld, plek: str, nummer: int, raakt: list[int], dekt: list[int], gelijk: list[int]
) -> Iterator[Probleem]:
    beleid = beeld.tabel.beleid
    if gelijk and beleid not in {"COLLECT", "RULE ORDER", "OUTPUT ORDER"}:
        yield _fout(
            beeld, plek, "tabel.dubbel", nummer, f"regel {nummer + 1} is dezelfde als regel {gelijk[0] + 1}",
            f"rule {nummer + 1} is the same as rule {gelijk[0] + 1}",
        )  # fmt: skip
    elif beleid == "FIRST" and dekt:
        yield _fout(
            beeld, plek, "tabel.dood", nummer,
            f"regel {nummer + 1} komt nooit aan de beurt: regel {dekt[0] + 1} past dan altijd al",
            f"rule {nummer + 1} is never reached: rule {dekt[0] + 1} always matches first",
        )  # fmt: skip
    elif beleid in _EEN_TREFFER:
        for ander in raakt[:3]:
            if beleid == "UNIQUE" or beeld.uit[ander] != beeld.uit[nummer]:
                yield _fout(
                    beeld, plek, "tabel.overlap", nummer,
                    f"de regels {ander + 1} en {nummer + 1} passen soms allebei ({beleid})",
                    f"rules {ander + 1} and {nummer + 1} can both match ({beleid})",
                )  # fmt: skip


def _gaten(beeld: Tabelbeeld, plek: str) -> Iterator[Probleem]:
    tabel = beeld.tabel
    heeft_standaard = any(kolom.standaard is not None for kolom in tabel.uitkolommen)
    if heeft_standaard or tabel.beleid in {"COLLECT", "RULE ORDER", "OUTPUT ORDER"}:
        return
    for gat in zoek_gaten(beeld.kolommen, len(tabel.regels)):
        nl = "; ".join(f"{label}: {nederlands}" for label, nederlands, _ in gat)
        en = "; ".join(f"{label}: {engels}" for label, _, engels in gat)
        yield Probleem("tabel.gat", f"geen regel past bij {nl}", f"no rule matches {en}", plek, ernst="waarschuwing")
