"""De regels van een beslistabel met waar zij vandaan komen: vindplaats, geldigheid en overgangsrecht, en een regel die per datum verandert.

De modelleur bewaart dit maar toont het niet; daarom heeft het een eigen scherm.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from lxml import etree

from dmn.herkomst import NAAMRUIMTE, Herkomst, Vindplaats
from dmn.herkomst_lezen import lees_herkomst

EIGEN = f"{{{NAAMRUIMTE}}}"
_Knoop = Any  # lxml heeft geen openbare naam voor een element


@dataclass(frozen=True)
class Regel:
    """Een regel zoals hij in de tabel staat. `als` en `dan` zijn (kolom, cel)."""

    id: str
    nummer: int
    als: tuple[tuple[str, str], ...]
    dan: tuple[tuple[str, str], ...]
    toelichting: str
    herkomst: Herkomst


@dataclass(frozen=True)
class Tabel:
    """Een beslistabel met haar regels."""

    naam: str
    regels: tuple[Regel, ...]


def tabellen(inhoud: bytes) -> list[Tabel]:
    """Alle tabellen van het model, op volgorde."""
    boom = boom_van(inhoud)
    return [
        Tabel(tabelnaam(knoop), tuple(_regel(knoop, nummer, deel) for nummer, deel in enumerate(regelknopen(knoop), 1)))
        for knoop in boom.iter("{*}decisionTable")
    ]


def regel(inhoud: bytes, id_: str) -> Regel | None:
    """Een regel op zijn id."""
    return next((regel for tabel in tabellen(inhoud) for regel in tabel.regels if regel.id == id_), None)


def zet_herkomst(inhoud: bytes, id_: str, herkomst: Herkomst) -> bytes:
    """Het model met deze herkomst bij de regel. `KeyError` als de regel er niet is."""
    boom = boom_van(inhoud)
    schrijf_herkomst(_zoek(boom, id_), herkomst)
    return als_bytes(boom)


def verander_per(inhoud: bytes, id_: str, per: date, dan: list[str], overgangsrecht: str) -> bytes:
    """De regel geldt tot `per`; vanaf dan geldt een kopie met deze uitkomsten. `KeyError`, of `ValueError` als zij dan al niet meer geldt."""
    boom = boom_van(inhoud)
    oud = _zoek(boom, id_)
    was = lees_herkomst(oud)
    if (was.van is not None and per <= was.van) or (was.tot is not None and per >= was.tot):
        raise ValueError(per)
    nieuw = deepcopy(oud)
    for knoop in nieuw.iter():
        if knoop.get("id"):
            knoop.set("id", f"r{uuid4().hex[:12]}")
    for knoop, tekst in zip(nieuw.findall("{*}outputEntry/{*}text"), dan, strict=True):
        knoop.text = tekst
    schrijf_herkomst(oud, Herkomst(was.vindplaatsen, was.van, per, was.overgangsrecht))
    schrijf_herkomst(nieuw, Herkomst(was.vindplaatsen, per, was.tot, overgangsrecht))
    oud.addnext(nieuw)
    return als_bytes(boom)


def boom_van(inhoud: bytes) -> _Knoop:
    return etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def als_bytes(boom: _Knoop) -> bytes:
    return bytes(etree.tostring(boom, xml_declaration=True, encoding="UTF-8"))


def tabelnaam(tabel: _Knoop) -> str:
    return str(tabel.getparent().get("name") or tabel.get("id") or "")


def regelknopen(tabel: _Knoop) -> list[_Knoop]:
    return list(tabel.findall("{*}rule"))


def regelsleutel(tabel: _Knoop, nummer: int, knoop: _Knoop) -> str:
    return str(knoop.get("id") or f"{tabelnaam(tabel)}-{nummer}")


def _regel(tabel: _Knoop, nummer: int, knoop: _Knoop) -> Regel:
    als = [deel.get("label") or deel.findtext("{*}inputExpression/{*}text", "") for deel in tabel.findall("{*}input")]
    dan = [deel.get("label") or deel.get("name") or "" for deel in tabel.findall("{*}output")]
    return Regel(
        id=regelsleutel(tabel, nummer, knoop),
        nummer=nummer,
        als=tuple(zip(als, _teksten(knoop, "inputEntry"), strict=False)),
        dan=tuple(zip(dan, _teksten(knoop, "outputEntry"), strict=False)),
        toelichting=", ".join(filter(None, _teksten(knoop, "annotationEntry"))),
        herkomst=lees_herkomst(knoop),
    )


def _teksten(knoop: _Knoop, soort: str) -> list[str]:
    return [(deel.findtext("{*}text") or "").strip() for deel in knoop.findall(f"{{*}}{soort}")]


def _zoek(boom: _Knoop, id_: str) -> _Knoop:
    for tabel in boom.iter("{*}decisionTable"):
        for nummer, knoop in enumerate(regelknopen(tabel), 1):
            if regelsleutel(tabel, nummer, knoop) == id_:
                return knoop
    raise KeyError(id_)


def schrijf_herkomst(knoop: _Knoop, herkomst: Herkomst) -> None:
    """Vervang onze uitbreidingen; die van een ander blijven. In een regel staat `extensionElements` vooraan, na de omschrijving."""
    uitbreiding = knoop.find("{*}extensionElements")
    if uitbreiding is None:
        uitbreiding = etree.Element(f"{{{etree.QName(knoop).namespace}}}extensionElements", nsmap={"d": NAAMRUIMTE})
        knoop.insert(1 if knoop.find("{*}description") is not None else 0, uitbreiding)
    for deel in [deel for deel in uitbreiding if str(deel.tag).startswith(EIGEN)]:
        uitbreiding.remove(deel)
    for plaats in herkomst.vindplaatsen:
        etree.SubElement(uitbreiding, f"{EIGEN}vindplaats", _ingevuld(_velden(plaats)))
    if herkomst.begrensd:
        grenzen = {"van": herkomst.van, "tot": herkomst.tot}
        etree.SubElement(uitbreiding, f"{EIGEN}geldig", {naam: dag.isoformat() for naam, dag in grenzen.items() if dag})
    if herkomst.overgangsrecht:
        etree.SubElement(uitbreiding, f"{EIGEN}overgangsrecht").text = herkomst.overgangsrecht
    if not len(uitbreiding):
        knoop.remove(uitbreiding)


def _velden(plaats: Vindplaats) -> dict[str, str]:
    return {"wet": plaats.wet, "artikel": plaats.artikel, "lid": plaats.lid, "url": plaats.url}


def _ingevuld(velden: dict[str, str]) -> dict[str, str]:
    return {naam: waarde for naam, waarde in velden.items() if waarde}
