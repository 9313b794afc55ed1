"""Kolommen als bitmaskers per vak: welke regels raken elkaar, en welke combinaties raakt geen enkele regel."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dmn.gebied import As, Gebied, Stuk
from dmn.index import samengevoegd
from feel.functies_omzetten import tekst
from feel.tijd import DagenDuur, MaandenDuur, Tijd, datum_van_nummer, datumtijd_van_plaatselijk

_GATEN_MAX = 5
_WERK_MAX = 50_000
Deel = tuple[str, str, str]  # label, Nederlands, Engels


class Kolombeeld:
    """Een kolom met haar as; een cel die niet exact te bepalen is, vergelijkt alleen op tekst."""

    def __init__(
        self,
        label: str,
        cellen: Sequence[Gebied | None],
        teksten: Sequence[str],
        soort: str,
        vakken: list[int],
        as_: As,
    ) -> None:
        self.label, self.cellen, self.teksten, self.soort, self.as_ = label, list(cellen), list(teksten), soort, as_
        self.vakken = vakken  # de vakken die de kolom kan hebben
        self.exact = all(cel is not None for cel in cellen)
        self.bezet = [self._bezet(cel) for cel in cellen]
        self._maskers = self._bouw()

    def _bezet(self, cel: Gebied | None) -> int:
        """De vakken van een cel als bitmasker, beperkt tot wat de kolom kan hebben."""
        kan = sum(1 << vak for vak in self.vakken)
        if cel is None or cel.alles:
            return kan
        paren = samengevoegd([self.as_.vakken(stuk) for stuk in cel.stukken])
        return kan & sum((1 << (tot + 1)) - (1 << van) for van, tot in paren)

    def _bouw(self) -> dict[int, int]:
        """Per vak de regels die het raken."""
        maskers = dict.fromkeys(self.vakken, 0)
        for nummer, bezet in enumerate(self.bezet):
            for vak in self.vakken:
                if bezet >> vak & 1:
                    maskers[vak] |= 1 << nummer
        return maskers

    def groepen(self) -> dict[int, int]:
        """Per verschillend masker van regels één vak als voorbeeld."""
        uit: dict[int, int] = {}
        for vak, masker in self._maskers.items():
            uit.setdefault(masker, vak)
        return uit

    def is_leeg(self, nummer: int) -> bool:
        """Kan deze cel geen enkele waarde raken? (Een cel die alleen null raakt, telt niet als leeg.)"""
        cel = self.cellen[nummer]
        return cel is not None and bool(cel.stukken) and self.bezet[nummer] == 0

    def _zelfde_tekst(self, nummer: int) -> int:
        return sum(1 << ander for ander, tekst in enumerate(self.teksten) if tekst == self.teksten[nummer])

    def raakt(self, nummer: int) -> int:
        """De regels waarvan de cel een waarde deelt met deze."""
        if not self.exact:
            return self._zelfde_tekst(nummer)
        uit = 0
        for vak in self.vakken:
            if self.bezet[nummer] >> vak & 1:
                uit |= self._maskers[vak]
        return uit

    def gedekt_door(self, nummer: int) -> int:
        """De regels waarvan de cel alles raakt wat deze raakt."""
        if not self.exact:
            return self._zelfde_tekst(nummer)
        uit = -1
        for vak in self.vakken:
            if self.bezet[nummer] >> vak & 1:
                uit &= self._maskers[vak]
        return uit & ((1 << len(self.bezet)) - 1)

    def gelijk_aan(self, nummer: int) -> int:
        """De regels met precies hetzelfde gebied."""
        if not self.exact:
            return self._zelfde_tekst(nummer)
        eigen, null = self.bezet[nummer], self._null(nummer)
        return sum(1 << n for n, bezet in enumerate(self.bezet) if bezet == eigen and self._null(n) == null)

    def _null(self, nummer: int) -> bool:
        cel = self.cellen[nummer]
        return cel is not None and not cel.alles and not cel.stukken


def kolombeeld(
    label: str, cellen: Sequence[Gebied | None], teksten: Sequence[str], soort: str, toegestaan: Gebied | None
) -> Kolombeeld:
    """Het beeld van een kolom; toegestane waarden beperken wat zij kan hebben."""
    gebieden = [cel for cel in [*cellen, toegestaan] if cel is not None]
    soorten = {cel.soort for cel in gebieden if cel.soort}
    if len(soorten) > 1:
        cellen, gebieden = [None] * len(cellen), []
    echte = next(iter(soorten), soort)
    kanten = {kant for cel in gebieden for s in cel.stukken for kant in (s.laag, s.hoog) if kant is not None}
    if echte == "boolean":
        kanten |= {0, 1}
    as_ = As(sorted(kanten))
    if echte == "boolean":
        kan = [1, 3]
    elif toegestaan is not None and not toegestaan.alles:
        paren = samengevoegd([as_.vakken(stuk) for stuk in toegestaan.stukken])
        kan = [vak for van, tot in paren for vak in range(van, tot + 1)]
    else:
        kan = list(range(as_.aantal))
    return Kolombeeld(label, cellen, teksten, echte, kan, as_)


def zoek_gaten(kolommen: Sequence[Kolombeeld], regels: int) -> list[list[Deel]]:
    """Voorbeelden van invoer die geen regel raakt; leeg als er geen zijn of als het niet exact te zeggen is."""
    if not kolommen or not all(kolom.exact for kolom in kolommen):
        return []
    groepen = [kolom.groepen() for kolom in kolommen]
    uit: list[list[Deel]] = []
    gezien: set[tuple[int, int]] = set()

    def zoek(nummer: int, masker: int, pad: tuple[int, ...]) -> None:
        if len(uit) >= _GATEN_MAX or len(gezien) > _WERK_MAX or (nummer, masker) in gezien:
            return
        gezien.add((nummer, masker))
        if masker == 0:
            uit.append([_deel(kolom, vak) for kolom, vak in zip(kolommen, pad, strict=False)])
            return
        if nummer < len(kolommen):
            for deel, vak in groepen[nummer].items():
                zoek(nummer + 1, masker & deel, (*pad, vak))

    zoek(0, (1 << regels) - 1, ())
    return uit


def _deel(kolom: Kolombeeld, vak: int) -> Deel:
    stuk = kolom.as_.stuk(vak)
    if stuk.laag is not None and stuk.laag == stuk.hoog:
        punt = schrijf(stuk.laag, kolom.soort)
        return kolom.label, punt, punt
    if kolom.soort == "string" or (stuk.laag is None and stuk.hoog is None):
        return kolom.label, "een andere waarde", "any other value"
    return kolom.label, *_opening(stuk, kolom.soort)


def _opening(stuk: Stuk, soort: str) -> tuple[str, str]:
    laag, hoog = (schrijf(kant, soort) if kant is not None else "" for kant in (stuk.laag, stuk.hoog))
    if not laag:
        return f"minder dan {hoog}", f"less than {hoog}"
    if not hoog:
        return f"meer dan {laag}", f"more than {laag}"
    return f"tussen {laag} en {hoog}", f"between {laag} and {hoog}"


def schrijf(plek: Any, soort: str) -> str:  # noqa: PLR0911 - één geval per soort
    """Een plaats op de as als FEEL-waarde."""
    match soort:
        case "date":
            return str(datum_van_nummer(plek))
        case "date and time":
            return str(datumtijd_van_plaatselijk(plek, None, None))
        case "time":
            return str(Tijd(plek // 1_000_000_000, plek % 1_000_000_000))
        case "days and time duration":
            return str(DagenDuur(plek))
        case "years and months duration":
            return str(MaandenDuur(plek))
        case "boolean":
            return "true" if plek else "false"
    return tekst(plek, binnen=True) if isinstance(plek, Decimal | str) else str(plek)
