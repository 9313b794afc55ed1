"""Een beslistabel compileren: cellen naar testen, kolommen naar een index waar dat exact kan."""

from __future__ import annotations

from collections.abc import Sequence

from dmn.compileren import Compileerder, niets
from dmn.dozen import Kolom, Letterlijk, Tabel, Uitkolom
from dmn.gebied import Gebied, gebied
from dmn.index import maak_index
from dmn.tabel import Kolomwerk, Tabelwerk, Uitkolomwerk
from feel import boom
from feel.bouwer import Closure
from feel.compileren_testen import Test, testen
from feel.staat import Omgeving, Staat

_ALLES = Gebied("", (), alles=True)


def maak_tabel(c: Compileerder, tabel: Tabel) -> Tabelwerk:
    """Het werk van een tabel."""
    uitkolommen = [_uitkolom(c, kolom, tabel) for kolom in tabel.uitkolommen]
    _controleer_vorm(c, tabel)
    return Tabelwerk(
        tabel=tabel,
        naam=c.plek or tabel.label,
        kolommen=tuple(_kolom(c, tabel, nummer, kolom) for nummer, kolom in enumerate(tabel.kolommen)),
        uitkolommen=tuple(uitkolommen),
        uitvoer=tuple(tuple(_uitvoer(c, cel) for cel in regel.uit) for regel in tabel.regels),
        met_geldigheid=tabel.herkomst.begrensd or any(regel.herkomst.begrensd for regel in tabel.regels),
    )


def _controleer_vorm(c: Compileerder, tabel: Tabel) -> None:
    for regel in tabel.regels:
        if len(regel.cellen) != len(tabel.kolommen) or len(regel.uit) != len(tabel.uitkolommen):
            c.meld(
                "tabel.vorm",
                f"Regel {regel.nummer} heeft niet evenveel cellen als er kolommen zijn",
                f"Rule {regel.nummer} does not have as many cells as there are columns",
            )


def _uitvoer(c: Compileerder, cel: Letterlijk) -> Closure:
    return niets if cel.tekst.strip() == "-" else c.expressie(cel)


def _kolom(c: Compileerder, tabel: Tabel, nummer: int, kolom: Kolom) -> Kolomwerk:
    cellen = [c.cel(regel.cellen[nummer]) if nummer < len(regel.cellen) else None for regel in tabel.regels]
    tests: list[Test | None] = [None if cel is None else cel[1] for cel in cellen]
    gebieden = [_ALLES if cel is None else gebied(cel[0]) for cel in cellen]
    toegestaan = c.cel(kolom.waarden)
    return Kolomwerk(
        expressie=c.expressie(kolom.expressie),
        soort=c.soort(kolom.expressie.type),
        toegestaan=None if toegestaan is None else toegestaan[1],
        testen=tuple(tests),
        index=maak_index(gebieden, lambda regel: _raakt_null(tests[regel])),
    )


def _raakt_null(test: Test | None) -> bool:
    """Raakt deze cel null? Alleen gevraagd voor cellen zonder variabelen."""
    return test is None or test(Omgeving({}, None, Staat()), None) is True


def _uitkolom(c: Compileerder, kolom: Uitkolom, tabel: Tabel) -> Uitkolomwerk:
    soort = c.soort(kolom.type)
    enig = len(tabel.uitkolommen) == 1
    lijst = (
        soort is not None
        and enig
        and soort.grond == "list"
        and tabel.beleid in {"COLLECT", "RULE ORDER", "OUTPUT ORDER"}
    )
    return Uitkolomwerk(
        naam=kolom.naam,
        soort=None if lijst else soort,
        volgorde=_volgorde(c, kolom.waarden or c.soorten.toegestaan(kolom.type)),
        standaard=c.expressie(kolom.standaard) if kolom.standaard and kolom.standaard.tekst.strip() else None,
    )


def _volgorde(c: Compileerder, waarden: Letterlijk | None) -> tuple[Test, ...]:
    cel = c.cel(waarden)
    delen: Sequence[boom.Knoop] = () if cel is None else cel[0].delen
    return tuple(testen(c.bouw, boom.Testen((deel,))) for deel in delen)
