"""De parser van FEEL: van tekst naar syntaxboom, met namen opgelost tegen de scope."""

from __future__ import annotations

from collections.abc import Iterable

from feel import boom
from feel.fouten import FeelFout
from feel.getallen import literaal
from feel.grenzen import STANDAARD, Grenzen
from feel.lexer import SLEUTELWOORDEN, Teken, ontsnap, plek_fout
from feel.namen import samengesteld
from feel.parser_typen import Typelezer

_OF, _EN, _VERGELIJK, _PLUS, _MAAL, _MACHT = range(1, 7)
_NIVEAUS = {
    "or": _OF, "and": _EN, "=": _VERGELIJK, "!=": _VERGELIJK, "<": _VERGELIJK, "<=": _VERGELIJK, ">": _VERGELIJK,
    ">=": _VERGELIJK, "between": _VERGELIJK, "in": _VERGELIJK, "+": _PLUS, "-": _PLUS, "*": _MAAL, "/": _MAAL,
    "**": _MACHT,
}  # fmt: skip
_TESTOPS = frozenset(["<", "<=", ">", ">=", "=", "!="])
_HALF = frozenset(["<", "<=", ">", ">="])
_NA_BEREIK = frozenset(
    [")", "]", ",", "}", "and", "or", "then", "else", "return", "satisfies", "=", "!=", "<", ">", "<=", ">=", "in",
     "between", "instance", "+", "*", "/"]
)  # fmt: skip


class Parser(Typelezer):
    """Leest één expressie of één rij unaire testen; een instantie is voor één tekst."""

    def lees(self) -> boom.Knoop:
        """De hele tekst als expressie."""
        knoop = self.expressie()
        self._einde()
        return knoop

    def lees_unair(self) -> boom.Testen:
        """De hele tekst als unaire testen van een tabelcel."""
        if self.is_op("-") and self.tekens[self.nu + 1].soort == "einde":
            return boom.Testen((), alles=True)
        niet = self._niet_testen()
        if niet is not None:
            return niet
        delen = self._testen()
        self._einde()
        return boom.Testen(tuple(delen))

    def _einde(self) -> None:
        if self.teken.soort != "einde":
            self.fout_verwacht(
                "het einde van de expressie of een bewerking", "the end of the expression or an operator"
            )

    def _niet_testen(self) -> boom.Testen | None:
        if not (self.teken.tekst == "not" and self.tekens[self.nu + 1].tekst == "("):
            return None
        begin = self.nu
        try:
            self.nu += 2
            delen = self._testen()
            self.neem(")")
        except FeelFout:
            delen = []
        if delen and self.teken.soort == "einde":
            return boom.Testen(tuple(delen), niet=True)
        self.nu = begin
        return None

    def _testen(self) -> list[boom.Knoop]:
        delen = [self._test()]
        while self.neem_als(","):
            delen.append(self._test())
        return delen

    def _test(self) -> boom.Knoop:
        if self.teken.soort == "op" and self.teken.tekst in _TESTOPS:
            op = self.verder().tekst
            return boom.Operatortest(op, self._keten(_PLUS))
        return self.expressie()

    def expressie(self) -> boom.Knoop:
        """Een expressie van elke soort."""
        self.dieper()
        knoop = self._keten(_OF)
        self.diepte -= 1
        return knoop

    def _keten(self, minimum: int) -> boom.Knoop:
        links = self._eenheid()
        while True:
            niveau = self._niveau()
            if niveau < minimum:
                return links
            if niveau <= _EN:
                links = self._logisch(links, niveau)
            elif niveau == _VERGELIJK:
                links = self._vergelijking(links)
            else:
                links = self._rekening(links, niveau)

    def _niveau(self) -> int:
        return _NIVEAUS.get(self.teken.tekst, 0) if self.teken.soort in {"op", "naam"} else 0

    def _logisch(self, links: boom.Knoop, niveau: int) -> boom.Knoop:
        op, delen = self.teken.tekst, [links]
        while self._niveau() == niveau:
            self.verder()
            delen.append(self._keten(niveau + 1))
        return boom.Logisch(op, tuple(delen))

    def _rekening(self, links: boom.Knoop, niveau: int) -> boom.Knoop:
        rest: list[tuple[str, boom.Knoop]] = []
        while self._niveau() == niveau:
            op = self.verder().tekst
            rest.append((op, self._keten(niveau + 1)))
        return boom.Reken(links, tuple(rest))

    def _vergelijking(self, links: boom.Knoop) -> boom.Knoop:
        op = self.verder().tekst
        if op == "between":
            laag = self._keten(_PLUS)
            self.neem("and")
            return boom.Tussen(links, laag, self._keten(_PLUS))
        if op == "in":
            return boom.In(links, self._in_rechts())
        return boom.Vergelijk(op, links, self._keten(_PLUS))

    def _in_rechts(self) -> tuple[boom.Knoop, ...]:
        if self.is_op("("):
            delen = self._probeer_testlijst()
            if delen is not None:
                return delen
        if self.teken.soort == "op" and self.teken.tekst in _TESTOPS:
            return (self._test(),)
        return (self._keten(_PLUS),)

    def _probeer_testlijst(self) -> tuple[boom.Knoop, ...] | None:
        begin, diepte = self.nu, self.diepte
        try:
            self.verder()
            delen = self._testen()
            self.neem(")")
        except FeelFout:
            self.nu, self.diepte = begin, diepte
            return None
        if self.teken.tekst in {"[", ".", "("} and self.teken.soort == "op":
            self.nu = begin
            return None
        return tuple(delen)

    def _eenheid(self) -> boom.Knoop:
        minnen = 0
        while self.neem_als("-"):
            minnen += 1
            if minnen > self.grenzen.nesting:
                raise self.onverwacht()
            if self.teken.soort == "getal":
                break
        if minnen and self.teken.soort == "getal":
            waarde = literaal(self.verder().tekst).copy_negate()
            knoop = self._achtervoegsels(boom.Getal(waarde))
            minnen -= 1
        else:
            knoop = self._achtervoegsels(self._primair())
        for _ in range(minnen):
            knoop = boom.Min(knoop)
        return knoop

    def _achtervoegsels(self, knoop: boom.Knoop) -> boom.Knoop:
        while True:
            teken = self.teken
            if teken.soort == "naam" and teken.tekst == "instance" and self.tekens[self.nu + 1].tekst == "of":
                self.nu += 2
                knoop = boom.InstantieVan(knoop, self.lees_type())
            elif teken.soort != "op":
                return knoop
            elif teken.tekst == ".":
                self.verder()
                knoop = boom.Pad(knoop, self.padnaam())
            elif teken.tekst == "(":
                knoop = self._aanroep(knoop, teken)
            elif teken.tekst == "[" and not self._sluit_bereik():
                knoop = self._filter(knoop)
            else:
                return knoop

    def _sluit_bereik(self) -> bool:
        if not self.in_bereikeinde:
            return False
        volgende = self.tekens[self.nu + 1]
        return volgende.soort == "einde" or (volgende.soort in {"op", "naam"} and volgende.tekst in _NA_BEREIK)

    def _filter(self, knoop: boom.Knoop) -> boom.Knoop:
        self.verder()
        bereik, self.in_bereikeinde = self.in_bereikeinde, False
        with self.kader(self.padnamen):
            test = self.expressie()
        self.neem("]")
        self.in_bereikeinde = bereik
        return boom.Filter(knoop, test)

    def _aanroep(self, knoop: boom.Knoop, teken: Teken) -> boom.Knoop:
        self.verder()
        bereik, self.in_bereikeinde = self.in_bereikeinde, False
        argumenten: list[boom.Knoop] = []
        namen: list[str] = []
        while not self.is_op(")"):
            naam = self.sleutel(":")
            if naam is not None:
                namen.append(naam)
            argumenten.append(self.expressie())
            if not self.neem_als(","):
                break
        self.neem(")")
        self.in_bereikeinde = bereik
        if namen and len(namen) != len(argumenten):
            raise self.fout(
                teken.begin,
                "Geef alle argumenten een naam of geen enkel argument",
                "Name all arguments or none of them",
            )
        return boom.Aanroep(knoop, tuple(argumenten), tuple(namen), teken.begin)

    def _primair(self) -> boom.Knoop:
        teken = self.teken
        if teken.soort == "getal":
            return boom.Getal(literaal(self.verder().tekst))
        if teken.soort == "tekst":
            return boom.Tekst(ontsnap(self.verder().tekst[1:-1]))
        naam = self.bekende_naam()
        if naam is not None:
            return boom.Naam(naam, teken.begin)
        if teken.soort == "naam":
            return self._woord(teken)
        if teken.soort == "op" and teken.tekst in _HALF:
            return self._half()
        if teken.soort == "op":
            return self._haken(teken)
        raise self.onverwacht()

    def _half(self) -> boom.Knoop:
        """`< 10` als waarde: het bereik met één kant."""
        op = self.verder().tekst
        kant = self._keten(_PLUS)
        onder = op in {"<", "<="}
        return boom.Bereik(False, None, kant, op == "<=") if onder else boom.Bereik(op == ">=", kant, None, False)

    def _haken(self, teken: Teken) -> boom.Knoop:
        bereik, self.in_bereikeinde = self.in_bereikeinde, False
        try:
            if teken.tekst == "(":
                return self._rond()
            if teken.tekst == "[":
                return self._vierkant()
            if teken.tekst == "]":
                self.verder()
                return self._bereik(self._keten(_PLUS), laag_dicht=False)
            if teken.tekst == "{":
                return self._context()
            if teken.tekst == "@" and self.tekens[self.nu + 1].soort == "tekst":
                self.verder()
                return boom.Apenstaart(ontsnap(self.verder().tekst[1:-1]))
        finally:
            self.in_bereikeinde = bereik
        raise self.onverwacht()

    def _rond(self) -> boom.Knoop:
        self.verder()
        if self.teken.soort == "op" and self.teken.tekst in _TESTOPS:
            return self._half_bereik()
        knoop = self.expressie()
        if self.is_op(".."):
            return self._bereik(knoop, laag_dicht=False)
        self.neem(")")
        return knoop

    def _half_bereik(self) -> boom.Knoop:
        op = self.verder().tekst
        knoop = self._keten(_PLUS)
        self.neem(")")
        if op in {"<", "<="}:
            return boom.Bereik(False, None, knoop, op == "<=")
        if op in {">", ">="}:
            return boom.Bereik(op == ">=", knoop, None, False)
        return boom.Bereik(True, knoop, knoop, True) if op == "=" else boom.Operatortest(op, knoop)

    def _vierkant(self) -> boom.Knoop:
        self.verder()
        delen: list[boom.Knoop] = []
        while not self.is_op("]"):
            delen.append(self._test())
            if len(delen) == 1 and self.is_op(".."):
                return self._bereik(delen[0], laag_dicht=True)
            if not self.neem_als(","):
                break
        self.neem("]")
        return boom.Lijst(tuple(delen))

    def _bereik(self, laag: boom.Knoop, *, laag_dicht: bool) -> boom.Knoop:
        self.neem("..")
        self.in_bereikeinde = True
        hoog = self._keten(_PLUS)
        self.in_bereikeinde = False
        if self.teken.soort != "op" or self.teken.tekst not in {"]", ")", "["}:
            self.fout_verwacht("] of ) aan het einde van het bereik", "] or ) at the end of the range")
        return boom.Bereik(laag_dicht, laag, hoog, self.verder().tekst == "]")

    def _context(self) -> boom.Knoop:
        self.verder()
        velden: list[tuple[str, boom.Knoop]] = []
        with self.kader(()):
            while not self.is_op("}"):
                naam = self._contextsleutel()
                velden.append((naam, self.expressie()))
                self.kent(naam)
                if not self.neem_als(","):
                    break
            self.neem("}")
        return boom.Context(tuple(velden))

    def _contextsleutel(self) -> str:
        if self.teken.soort == "tekst":
            naam = ontsnap(self.verder().tekst[1:-1])
            self.neem(":")
            return naam
        gevonden = self.sleutel(":")
        if gevonden is None:
            self.fout_verwacht("een naam en een dubbele punt", "a name and a colon")
        return gevonden or ""

    def _woord(self, teken: Teken) -> boom.Knoop:  # noqa: PLR0911 - één geval per sleutelwoord
        woord = teken.tekst
        if woord not in SLEUTELWOORDEN:
            return boom.Naam(self.losse_naam(), teken.begin)
        self.verder()
        match woord:
            case "true" | "false":
                return boom.Waarheid(woord == "true")
            case "null":
                return boom.Niets()
            case "if":
                return self._als()
            case "for":
                return self._voor()
            case "some" | "every":
                return self._kwantor(alle=woord == "every")
            case "function" if self.is_op("("):
                return self._functie()
        self.nu -= 1
        raise self.onverwacht()

    def _als(self) -> boom.Knoop:
        voorwaarde = self.expressie()
        self.neem("then")
        dan = self.expressie()
        self.neem("else")
        return boom.Als(voorwaarde, dan, self.expressie())

    def _rondes(self) -> Iterable[boom.Ronde]:
        while True:
            naam = self.naam_tot("in")
            bron = self.expressie()
            tot = self.expressie() if self.neem_als("..") else None
            self.kent(naam)
            yield boom.Ronde(naam, bron, tot)
            if not self.neem_als(","):
                return

    def _voor(self) -> boom.Knoop:
        with self.kader(()):
            rondes = tuple(self._rondes())
            self.neem("return")
            self.kent("partial")
            return boom.Voor(rondes, self.expressie())

    def _kwantor(self, *, alle: bool) -> boom.Knoop:
        with self.kader(()):
            rondes = tuple(self._rondes())
            self.neem("satisfies")
            return boom.Kwantor(alle, rondes, self.expressie())

    def _functie(self) -> boom.Knoop:
        self.verder()
        parameters: list[boom.Parameter] = []
        with self.kader(()):
            while not self.is_op(")"):
                parameters.append(self._parameter())
                if not self.neem_als(","):
                    break
            self.neem(")")
            extern = self.teken.soort == "naam" and self.neem_als("external")
            return boom.Functie(tuple(parameters), self.expressie(), extern)

    def _parameter(self) -> boom.Parameter:
        naam = self.sleutel(":")
        if naam is not None:
            soort = self.lees_type()
        else:
            naam, soort = self.naam_tot(",", ")"), None
        self.kent(naam)
        return boom.Parameter(naam, soort)


def ontleed(
    bron: str, namen: Iterable[str] = (), padnamen: Iterable[str] = (), *, unair: bool = False,
    grenzen: Grenzen = STANDAARD,
) -> boom.Knoop:  # fmt: skip
    """De syntaxboom van `bron`; `namen` zijn de namen in scope, `padnamen` de velden die na een punt mogen komen.

    Werpt FeelFout met plaats en verwachting.
    """
    parser = Parser(bron, samengesteld(namen), samengesteld(padnamen), grenzen)
    try:
        return parser.lees_unair() if unair else parser.lees()
    except RecursionError:
        raise plek_fout(bron, 0, "Deze expressie is te diep genest", "This expression is nested too deeply") from None
