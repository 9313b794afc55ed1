"""Het deel van de parser dat tokens leest en namen oplost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from feel.fouten import FeelFout, lijkt_op
from feel.functienamen import SAMENGESTELDE_FUNCTIES
from feel.grenzen import Grenzen
from feel.lexer import SLEUTELWOORDEN, Teken, plek_fout, tekens
from feel.namen import LEESTEKENS, herkenner, is_samengesteld, net

_EIGENSCHAPPEN = frozenset(["time offset", "start included", "end included"])


class Naamlezer:
    """Tokenstroom met scope: `kader` opent een scope, `kent` voegt een naam toe."""

    def __init__(self, bron: str, namen: frozenset[str], padnamen: frozenset[str], grenzen: Grenzen) -> None:
        if len(bron) > grenzen.tekst_in:
            raise FeelFout(
                f"Deze expressie is langer dan {grenzen.tekst_in} tekens",
                f"This expression is longer than {grenzen.tekst_in} characters",
            )
        self.bron, self.tekens, self.nu, self.diepte, self.grenzen = bron, tekens(bron), 0, 0, grenzen
        self.namen = namen | SAMENGESTELDE_FUNCTIES
        self.padnamen = padnamen | _EIGENSCHAPPEN
        self.in_bereikeinde = False

    @property
    def teken(self) -> Teken:
        """Het token waar de lezer staat."""
        return self.tekens[self.nu]

    def verder(self) -> Teken:
        """Dit token, en ga naar het volgende."""
        teken = self.tekens[self.nu]
        self.nu += 1
        return teken

    def is_op(self, tekst: str) -> bool:
        """Staat hier dit leesteken?"""
        teken = self.tekens[self.nu]
        return teken.soort == "op" and teken.tekst == tekst

    def neem_als(self, tekst: str) -> bool:
        """Neem dit leesteken of woord als het hier staat."""
        teken = self.tekens[self.nu]
        if teken.tekst == tekst and teken.soort in {"op", "naam"}:
            self.nu += 1
            return True
        return False

    def neem(self, tekst: str) -> None:
        """Neem dit leesteken of woord; anders een fout."""
        if self.neem_als(tekst):
            return
        # Een verschreven woord is dan vaak als deel van de naam ervoor gelezen: `if x tehn 1`.
        hier = self.nu
        while self.nu > 0 and self.tekens[self.nu - 1].soort == "naam" and tekst in SLEUTELWOORDEN:
            self.nu -= 1
            if lijkt_op(self.teken.tekst, {tekst}):
                self.fout_verwacht(tekst, tekst)
        self.nu = hier
        self.fout_verwacht(tekst, tekst)

    def dieper(self) -> None:
        """Tel een nesting; te diep is een fout."""
        self.diepte += 1
        if self.diepte > self.grenzen.nesting:
            raise self.fout(
                self.teken.begin,
                f"Deze expressie is dieper genest dan {self.grenzen.nesting}",
                f"This expression is nested deeper than {self.grenzen.nesting}",
            )

    def fout(self, plek: int, nederlands: str, engels: str, verwacht: str = "", suggestie: str = "") -> FeelFout:
        """Een FeelFout op deze plek."""
        return plek_fout(self.bron, plek, nederlands, engels, verwacht, suggestie)

    def fout_verwacht(self, nederlands: str, engels: str) -> None:
        """Werp een fout: hier werd iets anders verwacht."""
        teken = self.teken
        gezien = f"“{teken.tekst}”" if teken.soort != "einde" else "het einde"
        seen = f"“{teken.tekst}”" if teken.soort != "einde" else "the end"
        suggestie = lijkt_op(teken.tekst, SLEUTELWOORDEN | {"not"}) if teken.soort == "naam" else ""
        raise self.fout(
            teken.begin,
            f"Verwacht: {nederlands}, maar hier staat {gezien}",
            f"Expected: {engels}, but found {seen}",
            nederlands,
            "" if suggestie == teken.tekst else suggestie,
        )

    def onverwacht(self) -> FeelFout:
        """De fout bij een token dat geen begin van een waarde is."""
        try:
            self.fout_verwacht("een waarde, naam of (", "a value, name or (")
        except FeelFout as fout:
            return fout
        raise AssertionError

    @contextmanager
    def kader(self, namen: Iterable[str]) -> Iterator[None]:
        """Een scope met extra namen; aan het einde zijn zij weer onbekend."""
        eerder = self.namen
        self.namen = eerder | frozenset(namen) if namen else eerder
        try:
            yield
        finally:
            self.namen = eerder

    def kent(self, naam: str) -> None:
        """Vanaf hier is deze naam bekend, ook na een punt."""
        if naam and is_samengesteld(naam):
            self.namen |= {naam}
            self.padnamen |= {naam}

    def bekende_naam(self) -> str | None:
        """De langste bekende samengestelde naam op deze plek."""
        return self._herken(self.namen)

    def _herken(self, namen: frozenset[str]) -> str | None:
        teken = self.teken
        if teken.soort == "einde":
            return None
        gevonden = herkenner(namen).vind(self.bron, teken.begin)
        if gevonden is None:
            return None
        (naam, eind), nu = gevonden, self.nu
        while self.tekens[nu].begin < eind:
            nu += 1
        if self.tekens[nu - 1].eind != eind:
            return None
        self.nu = nu
        return naam

    def losse_naam(self) -> str:
        """Een naam zonder hulp van de scope: woorden die elkaar opvolgen vormen samen één naam."""
        woorden = [self.verder().tekst]
        while self.teken.soort == "naam" and self.teken.tekst not in SLEUTELWOORDEN:
            woorden.append(self.verder().tekst)
        return " ".join(woorden)

    def padnaam(self) -> str:
        """De naam na een punt."""
        gevonden = self._herken(self.namen | self.padnamen)
        if gevonden is not None:
            return gevonden
        if self.teken.soort != "naam":
            self.fout_verwacht("een naam na de punt", "a name after the dot")
        return self.losse_naam()

    def sleutel(self, slot: str) -> str | None:
        """De naam tot `slot` als hier een naam met dat slot staat (`start position:`); anders None en niets gelezen."""
        begin = nu = self.nu
        while self._naamachtig(self.tekens[nu]):
            nu += 1
        if nu == begin or self.tekens[nu].tekst != slot or self.tekens[begin].soort not in {"naam", "vreemd"}:
            return None
        self.nu = nu + 1
        return net(self.bron[self.tekens[begin].begin : self.tekens[nu].begin])

    def naam_tot(self, *sloten: str) -> str:
        """De naam tot een van deze tokens; het slot `in` wordt meegelezen, een leesteken niet."""
        begin = nu = self.nu
        while self._naamachtig(self.tekens[nu]) and self.tekens[nu].tekst not in sloten:
            nu += 1
        if nu == begin or self.tekens[nu].tekst not in sloten:
            self.nu = nu
            self.fout_verwacht(" of ".join(sloten), " or ".join(sloten))
        self.nu = nu + 1 if sloten == ("in",) else nu
        return net(self.bron[self.tekens[begin].begin : self.tekens[nu].begin])

    @staticmethod
    def _naamachtig(teken: Teken) -> bool:
        return teken.soort in {"naam", "getal", "vreemd"} or (teken.soort == "op" and teken.tekst in LEESTEKENS)
