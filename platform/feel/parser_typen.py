"""Het deel van de parser dat typen leest: `list<T>`, `context<a: T>`, `range<T>`, `function<T> -> T` en namen."""

from __future__ import annotations

from feel import boom
from feel.lexer import SLEUTELWOORDEN
from feel.namen import net
from feel.parser_namen import Naamlezer

_LANG = frozenset(["date and time", "days and time duration", "years and months duration"])


class Typelezer(Naamlezer):
    """Leest een type op de huidige plek."""

    def lees_type(self) -> boom.Type:
        """Een type; werpt FeelFout als hier geen type staat."""
        self.dieper()
        soort = self._type()
        self.diepte -= 1
        return soort

    def _type(self) -> boom.Type:
        lang = self._herken(_LANG)
        if lang is not None:
            return boom.Type(lang)
        if self.teken.soort != "naam":
            self.fout_verwacht("een type", "a type")
        woord, hoek = self.teken.tekst, self.tekens[self.nu + 1].tekst == "<"
        if hoek and woord in {"list", "range"}:
            return self._met_deel(woord)
        if hoek and woord == "context":
            return self._type_context()
        if hoek and woord == "function":
            return self._type_functie()
        return boom.Type(self._typenaam())

    def _open(self) -> None:
        self.verder()
        self.neem("<")

    def _met_deel(self, woord: str) -> boom.Type:
        self._open()
        deel = self.lees_type()
        self.neem(">")
        return boom.Type(woord, (deel,))

    def _type_context(self) -> boom.Type:
        self._open()
        velden: list[tuple[str, boom.Type]] = []
        while not self.is_op(">"):
            naam = self.sleutel(":")
            if naam is None:
                self.fout_verwacht("een naam en een dubbele punt", "a name and a colon")
            velden.append((naam or "", self.lees_type()))
            if not self.neem_als(","):
                break
        self.neem(">")
        return boom.Type("context", (), tuple(velden))

    def _type_functie(self) -> boom.Type:
        self._open()
        delen: list[boom.Type] = []
        while not self.is_op(">"):
            delen.append(self.lees_type())
            if not self.neem_als(","):
                break
        self.neem(">")
        self.neem("->")
        return boom.Type("function", (*delen, self.lees_type()))

    def _typenaam(self) -> str:
        gevonden = self._herken(self.namen | self.padnamen)
        if gevonden is not None:
            naam = gevonden
        elif self.teken.tekst in SLEUTELWOORDEN:
            naam = self.verder().tekst
        else:
            naam = self.losse_naam()
        while self.is_op("."):
            self.verder()
            naam += "." + self.padnaam()
        return net(naam)
