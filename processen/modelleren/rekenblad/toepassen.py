"""De wijzigingen uit een rekenblad in het model zetten. Wat niet verandert blijft staan zoals het er stond, met zijn id's en uitbreidingen."""

from typing import Any
from uuid import uuid4

from lxml import etree

from dmn.herkomst_lezen import lees_herkomst
from processen.modelleren.grondslagen import als_bytes, boom_van, regelknopen, regelsleutel, schrijf_herkomst
from processen.modelleren.rekenblad import blad as b
from processen.modelleren.rekenblad.vergelijken import Verslag


def pas_toe(inhoud: bytes, sleutel: str, verslag: Verslag) -> bytes:
    """Het model met de regels van het rekenblad. `ValueError` als er nog problemen zijn, `KeyError` als de tabel er niet meer is."""
    if verslag.problemen:
        raise ValueError(verslag.problemen[0].tekst)
    if verslag.gelijk:
        return inhoud
    boom = boom_van(inhoud)
    tabel = dict(b.tabelknopen(boom))[sleutel]
    _zet_beleid(tabel, verslag)
    oude = {regelsleutel(tabel, nr, knoop): knoop for nr, knoop in enumerate(regelknopen(tabel), 1)}
    staart = next((knoop.tail for knoop in oude.values()), "\n")
    for knoop in oude.values():
        tabel.remove(knoop)
    for regel in verslag.regels:
        knoop = oude[regel.id] if regel.id else _nieuwe_knoop(tabel, regel)
        knoop.tail = staart
        _vul(knoop, regel)
        tabel.append(knoop)
    return als_bytes(boom)


def _zet_beleid(tabel: Any, verslag: Verslag) -> None:
    if not verslag.ander_beleid:
        return
    soort, _, samen = (
        verslag.beleid.partition(" ") if verslag.beleid.startswith("COLLECT") else (verslag.beleid, "", "")
    )
    tabel.set("hitPolicy", soort)
    tabel.attrib.pop("aggregation", None)
    if samen:
        tabel.set("aggregation", samen)


def _element(ouder: Any, naam: str, **kenmerken: str) -> Any:
    return etree.SubElement(ouder, f"{{{etree.QName(ouder).namespace}}}{naam}", kenmerken)


def _nieuwe_knoop(tabel: Any, regel: b.Bladregel) -> Any:
    sleutel = f"r{uuid4().hex[:12]}"
    knoop = _element(tabel, "rule", id=sleutel)
    for soort, letter, cellen in (("inputEntry", "i", regel.als), ("outputEntry", "u", regel.dan)):
        for nr in range(len(cellen)):
            _element(_element(knoop, soort, id=f"{sleutel}-{letter}{nr}"), "text")
    for _ in regel.bij:
        _element(_element(knoop, "annotationEntry"), "text")
    return knoop


def _vul(knoop: Any, regel: b.Bladregel) -> None:
    for soort, cellen in (("inputEntry", regel.als), ("outputEntry", regel.dan), ("annotationEntry", regel.bij)):
        for deel, tekst in zip(_evenveel(knoop, soort, len(cellen)), cellen, strict=True):
            if b.tekst_in(deel, "text") != tekst:
                vak = deel.find("{*}text")
                (_element(deel, "text") if vak is None else vak).text = tekst
    if b.tekst_in(knoop, "description") != regel.omschrijving:
        _zet_omschrijving(knoop, regel.omschrijving)
    if lees_herkomst(knoop) != regel.herkomst:
        schrijf_herkomst(knoop, regel.herkomst)


def _evenveel(knoop: Any, soort: str, aantal: int) -> list[Any]:
    """De cellen van deze soort; wat een kortere regel tekortkomt, komt erbij."""
    delen = list(knoop.findall(f"{{*}}{soort}"))
    while len(delen) < aantal:
        delen.append(_element(knoop, soort))
    return delen


def _zet_omschrijving(knoop: Any, tekst: str) -> None:
    vak = knoop.find("{*}description")
    if vak is None:
        vak = _element(knoop, "description")
        knoop.insert(0, vak)
    vak.text = tekst
    if not tekst:
        knoop.remove(vak)
