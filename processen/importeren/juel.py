"""JUEL (de expressietaal van Camunda 7) naar FEEL, voor de vormen die modellen gebruiken.

    ${x}  ${x == 'y'}  ${a && !b}  ${empty x}  ${x > 3 ? 'a' : 'b'}  ${execution.getVariable('x')}  ${dateTime().plusDays(3).toDate()}

Wat Java aanroept (beans, methoden die wij niet kennen) geeft `NietTeVertalen`, met de naam van wat er aangeroepen wordt. Wat eruit komt
is geldige FEEL: dat wordt nagekeken.
"""

import re
from dataclasses import dataclass

import feel
from processen.importeren.juel_lezen import NietTeVertalen, Woord, woorden
from processen.importeren.juel_methoden import LEZERS, METHODEN

__all__ = ["NietTeVertalen", "is_expressie", "naar_feel"]
_DEEL = re.compile(r"[$#]\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_KRACHT = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, ">": 4, "<=": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
_IN_FEEL = {"||": "or", "&&": "and", "==": "="}
_MEESTE_DIEPTE = 100
_VAST = {"true", "false", "null"}


@dataclass(frozen=True)
class Stuk:
    """Een vertaald stuk; `los` als er geen haakjes omheen hoeven, `tekst` als het zeker een tekst is."""

    feel: str
    los: bool = True
    tekst: bool = False

    @property
    def dicht(self) -> str:
        """Met haakjes als dat nodig is."""
        return self.feel if self.los else f"({self.feel})"


def is_expressie(waarde: str) -> bool:
    """Staat er ergens `${…}` of `#{…}` in?"""
    return _DEEL.search(waarde) is not None


def naar_feel(waarde: str) -> str:
    """De FEEL (zonder `=`) van een attribuut of tekst uit het model. Losse tekst om een expressie heen wordt eraan geplakt."""
    waarde = waarde.strip()
    heel = _DEEL.fullmatch(waarde)
    if heel:
        uit = _Vertaler(heel[1]).alles().feel
    elif is_expressie(waarde):
        uit = _geplakt(waarde)
    else:
        uit = tekst(waarde)
    try:
        feel.compileer(uit)
    except (feel.FeelFout, feel.FeelGrens, RecursionError) as fout:
        raise NietTeVertalen(f"de vertaling is geen geldige FEEL: {fout}") from fout
    return uit


def tekst(waarde: str) -> str:
    """Een tekst als FEEL-waarde."""
    veilig = waarde.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{veilig}"'


def _geplakt(waarde: str) -> str:
    delen, plek = [], 0
    for deel in _DEEL.finditer(waarde):
        if deel.start() > plek:
            delen.append(tekst(waarde[plek : deel.start()]))
        stuk = _Vertaler(deel[1]).alles()
        delen.append(stuk.dicht if stuk.tekst else f"string({stuk.feel})")
        plek = deel.end()
    if plek < len(waarde):
        delen.append(tekst(waarde[plek:]))
    return " + ".join(delen)


class _Vertaler:
    """Leest van links naar rechts en schrijft meteen FEEL."""

    def __init__(self, expressie: str) -> None:
        self._woorden = list(woorden(expressie))
        self._plek = self._diepte = 0

    def alles(self) -> Stuk:
        stuk = self._keuze()
        if self._nu.soort != "einde":
            raise NietTeVertalen(f"onverwacht {self._nu.tekst!r}")
        return stuk

    # --- lezen ---------------------------------------------------------------------------------------------------------------

    @property
    def _nu(self) -> Woord:
        return self._woorden[self._plek]

    def _neem(self) -> Woord:
        woord = self._nu
        self._plek += woord.soort != "einde"
        return woord

    def _is(self, teken: str) -> bool:
        if self._nu == Woord("teken", teken):
            self._plek += 1
            return True
        return False

    def _eis(self, teken: str) -> None:
        if not self._is(teken):
            raise NietTeVertalen(f"{teken} verwacht")

    # --- vertalen ------------------------------------------------------------------------------------------------------------

    def _keuze(self) -> Stuk:
        self._diepte += 1
        if self._diepte > _MEESTE_DIEPTE:
            raise NietTeVertalen("de expressie is te diep genest")
        stuk = self._rekensom(1)
        if self._is("?"):
            dan = self._keuze()
            self._eis(":")
            anders = self._keuze()
            gelijk = dan.tekst and anders.tekst
            stuk = Stuk(f"if {stuk.feel} then {dan.feel} else {anders.feel}", los=False, tekst=gelijk)
        self._diepte -= 1
        return stuk

    def _rekensom(self, kracht: int) -> Stuk:
        links = self._teken_ervoor()
        while self._nu.soort == "teken" and _KRACHT.get(self._nu.tekst, 0) >= kracht:
            teken = self._neem().tekst
            links = self._samen(links, teken, self._rekensom(_KRACHT[teken] + 1))
        return links

    @staticmethod
    def _samen(links: Stuk, teken: str, rechts: Stuk) -> Stuk:
        if teken == "%":
            return Stuk(f"modulo({links.feel}, {rechts.feel})")
        if teken == "+" and links.tekst != rechts.tekst:
            links, rechts = (s if s.tekst else Stuk(f"string({s.feel})", tekst=True) for s in (links, rechts))
        beide = teken == "+" and links.tekst and rechts.tekst
        return Stuk(f"{links.dicht} {_IN_FEEL.get(teken, teken)} {rechts.dicht}", los=False, tekst=beide)

    def _teken_ervoor(self) -> Stuk:
        if self._is("!"):
            return Stuk(f"not({self._teken_ervoor().feel})")
        if self._is("-"):
            return Stuk(f"-{self._teken_ervoor().dicht}", los=False)
        if self._nu == Woord("naam", "empty"):
            self._neem()
            wat = self._teken_ervoor().dicht
            return Stuk(f'{wat} = null or {wat} = "" or {wat} = []', los=False)
        return self._met_staart(self._waarde())

    def _waarde(self) -> Stuk:
        woord = self._neem()
        if woord.soort == "getal":
            return Stuk(woord.tekst)
        if woord.soort == "tekst":
            return Stuk(tekst(woord.tekst), tekst=True)
        if woord == Woord("teken", "("):
            binnen = self._keuze()
            self._eis(")")
            return Stuk(binnen.feel, los=binnen.los, tekst=binnen.tekst)
        if woord.soort != "naam":
            raise NietTeVertalen(f"onverwacht {woord.tekst or 'einde'!r}")
        return Stuk(woord.tekst) if woord.tekst in _VAST else self._naam(woord.tekst)

    def _naam(self, naam: str) -> Stuk:
        """Een variabele, `execution.getVariable(…)`, of een functie die wij kennen."""
        if naam in ("execution", "task") and self._is("."):
            return self._uitvoering(naam)
        if self._is("("):
            argumenten = self._argumenten()
            if naam in ("now", "dateTime") and not argumenten:
                return Stuk("now()")
            if naam in ("S", "JSON") and len(argumenten) == 1:
                return argumenten[0]
            raise NietTeVertalen(f"de functie {naam}() bestaat hier niet")
        return Stuk(naam)

    def _uitvoering(self, wie: str) -> Stuk:
        methode = self._neem().tekst
        argumenten = self._argumenten() if self._is("(") else []
        namen = [self._naam_uit(argument) for argument in argumenten]
        if methode in ("getVariable", "getVariableLocal") and len(namen) == 1:
            return Stuk(namen[0])
        if methode in ("hasVariable", "hasVariableLocal") and len(namen) == 1:
            return Stuk(f"{namen[0]} != null", los=False)
        raise NietTeVertalen(f"{wie}.{methode} bestaat hier niet")

    @staticmethod
    def _naam_uit(argument: Stuk) -> str:
        naam = argument.feel.strip('"')
        if not argument.tekst or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", naam):
            raise NietTeVertalen("de naam van een variabele die pas bij het draaien bekend is")
        return naam

    def _met_staart(self, stuk: Stuk) -> Stuk:
        while True:
            if self._is("."):
                stuk = self._lid(stuk, self._neem().tekst)
            elif self._is("["):
                stuk = self._plaats(stuk)
                self._eis("]")
            else:
                return stuk

    def _lid(self, stuk: Stuk, naam: str) -> Stuk:
        if not self._is("("):
            return Stuk(f"{stuk.dicht}.{naam}")
        argumenten = self._argumenten()
        lezer = LEZERS.fullmatch(naam)
        if lezer and not argumenten:
            return Stuk(f"{stuk.dicht}.{lezer[1].lower()}{lezer[2]}")
        methode = METHODEN.get((naam, len(argumenten)))
        if methode is None:
            raise NietTeVertalen(f"{stuk.feel}.{naam}() roept Java aan")
        geeft_tekst, vertaal = methode
        if naam == "prop":
            return Stuk(f"{stuk.dicht}.{self._naam_uit(argumenten[0])}")
        return Stuk(vertaal(stuk.dicht, *(a.feel for a in argumenten)), los=False, tekst=geeft_tekst)

    def _plaats(self, stuk: Stuk) -> Stuk:
        """JUEL telt vanaf 0, FEEL vanaf 1; een tekst is de naam van een veld."""
        woord = self._nu
        plaats = self._keuze()
        if plaats.tekst:
            return Stuk(f"{stuk.dicht}.{self._naam_uit(plaats)}")
        nummer = (
            str(int(woord.tekst) + 1)
            if plaats.feel == woord.tekst and woord.soort == "getal"
            else f"{plaats.dicht} + 1"
        )
        return Stuk(f"{stuk.dicht}[{nummer}]")

    def _argumenten(self) -> list[Stuk]:
        """Wat er tussen de haakjes staat; het eerste haakje is al gelezen."""
        uit: list[Stuk] = []
        while not self._is(")"):
            if uit:
                self._eis(",")
            uit.append(self._keuze())
        return uit
