"""Beslislogica naar closures: elke doos wordt één Python-functie van de scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dmn import dozen
from dmn.dozen import Doos, Letterlijk
from dmn.fouten import Probleem
from dmn.soorten import Soorten
from feel import boom
from feel.bouwer import Bouwer, Closure
from feel.compileren import bouwer
from feel.compileren_lussen import bron_van, maak_kwantor, maak_voor, zeef
from feel.compileren_testen import Test, testen
from feel.fouten import FeelFout
from feel.functies import Functies
from feel.namen import samengesteld
from feel.parser import ontleed
from feel.staat import Omgeving, Staat
from feel.typen import Soort
from feel.waarden import Functie, Parameter, is_functie, soortnaam


def _java(parameters: tuple[Parameter, ...], beschrijving: Any) -> Functie | None:
    from dmn.java import java_functie  # noqa: PLC0415 - bijna geen model roept Java aan

    return java_functie(parameters, beschrijving)


def niets(_o: Omgeving) -> Any:
    """De closure zonder logica."""
    return None


@dataclass(frozen=True)
class Compileerder:
    """Wat bij het compileren van een model hoort; `plek` is het onderdeel, voor meldingen."""

    soorten: Soorten
    padnamen: frozenset[str]
    functies: Functies
    problemen: list[Probleem]
    plek: str = ""
    namen: frozenset[str] = frozenset()

    def met(self, *namen: str, plek: str | None = None) -> Compileerder:
        """Dezelfde compileerder met meer namen in scope."""
        return replace(self, namen=self.namen | samengesteld(namen), plek=self.plek if plek is None else plek)

    @property
    def bouw(self) -> Bouwer:
        """De bouwer van FEEL voor dit model."""
        return bouwer(self.functies.functies, self.soorten, _java)

    def meld(self, code: str, nederlands: str, engels: str, regel: int = 0, kolom: int = 0) -> None:
        """Bewaar een probleem van de auteur."""
        self.problemen.append(Probleem(code, nederlands, engels, self.plek, regel, kolom))

    def ontleed(self, tekst: Letterlijk, *, unair: bool = False) -> boom.Knoop | None:
        """De syntaxboom, of None met een gemeld probleem."""
        if tekst.taal and "feel" not in tekst.taal.lower():
            self.meld("taal", f"De taal {tekst.taal} is onbekend", f"The language {tekst.taal} is unknown", tekst.regel)
            return None
        try:
            return ontleed(tekst.tekst, self.namen | samengesteld(self.functies.functies), self.padnamen, unair=unair)
        except FeelFout as fout:
            regel = tekst.regel + fout.regel - 1 if tekst.regel else fout.regel
            self.meld("feel", fout.nederlands, fout.engels, regel, fout.kolom)
            return None

    def expressie(self, tekst: Letterlijk | None) -> Closure:
        """Een FEEL-expressie; leeg is null, een leesfout ook (met reden)."""
        if tekst is None or not tekst.tekst.strip():
            return niets
        knoop = self.ontleed(tekst)
        return self.bouw.maak(knoop) if knoop is not None else _onleesbaar(self.plek, tekst.tekst)

    def cel(self, tekst: Letterlijk | None) -> tuple[boom.Testen, Test] | None:
        """De boom en test van een cel; None is het streepje of een lege cel."""
        if tekst is None or tekst.tekst.strip() in {"", "-"}:
            return None
        knoop = self.ontleed(tekst, unair=True)
        if not isinstance(knoop, boom.Testen):
            return boom.Testen((boom.Naam("?"),)), lambda _o, _waarde: None
        return knoop, testen(self.bouw, knoop)

    def soort(self, naam: str) -> Soort | None:
        """De soort met deze naam; None is geen controle."""
        if not naam or naam in {"Any", "undefined"}:
            return None
        gevonden = self.soorten.vind(naam)
        if gevonden is None:
            self.meld("soort", f"Het type {naam} bestaat niet", f"The type {naam} does not exist")
        return gevonden

    def gecontroleerd(self, doe: Closure, type_: str, naam: str) -> Closure:
        """De closure met controle en omzetting naar het gedeclareerde type."""
        soort = self.soort(type_)
        if soort is None or (soort.grond == "Any" and soort.test is None):
            return doe

        def controleer(o: Omgeving) -> Any:
            waarde = doe(o)
            if waarde is None:
                return None
            goed, omgezet = soort.zet_om(waarde)
            if not goed:
                o.staat.meld(
                    "soort.waarde",
                    f"{naam}: een {soortnaam(waarde)} die geen {soort.naam} is",
                    f"{naam}: a {soortnaam(waarde)} that is not a {soort.naam}",
                )
            return omgezet

        return controleer

    def doos(self, doos: Doos | None) -> Closure:
        """De closure van een doos, met het type van de doos gecontroleerd."""
        if doos is None:
            return niets
        doe = _MAKERS[type(doos)](self, doos)
        return doe if isinstance(doos, dozen.Functiedoos) else self.gecontroleerd(doe, doos.type, self.plek)


def _onleesbaar(plek: str, tekst: str) -> Closure:
    def doe(o: Omgeving) -> Any:
        o.staat.meld("feel.fout", f"{plek}: “{tekst}” is geen FEEL", f"{plek}: “{tekst}” is not FEEL")

    return doe


def _letterlijk(c: Compileerder, doos: Letterlijk) -> Closure:
    return c.expressie(doos)


def _tabel(c: Compileerder, doos: dozen.Tabel) -> Closure:
    from dmn.compileren_tabel import maak_tabel  # noqa: PLC0415 - wederzijds: een tabel bevat expressies

    return maak_tabel(c, doos)


def _context(c: Compileerder, doos: dozen.Contextdoos) -> Closure:
    velden: list[tuple[str, Closure]] = []
    slot: Closure | None = None
    for variabele, inhoud in doos.velden:
        if variabele is None or not variabele.naam:
            slot = c.doos(inhoud)
            continue
        doe = benoemd(c, variabele.naam, inhoud)
        velden.append((variabele.naam, c.gecontroleerd(doe, variabele.type, f"{c.plek}, {variabele.naam}")))
        c = c.met(variabele.naam)

    def maak(o: Omgeving) -> Any:
        waarden: dict[str, Any] = {}
        binnen = o.binnen(waarden)
        for naam, doe in velden:
            waarden[naam] = doe(binnen)
        return slot(binnen) if slot is not None else waarden

    return maak


def benoemd(c: Compileerder, naam: str, inhoud: Doos | None) -> Closure:
    """De closure van een veld; een functie krijgt de naam van het veld en mag zichzelf aanroepen."""
    return functie(c.met(naam), inhoud, naam) if isinstance(inhoud, dozen.Functiedoos) else c.doos(inhoud)


def _lijst(c: Compileerder, doos: dozen.Lijstdoos) -> Closure:
    delen = [c.doos(deel) for deel in doos.delen]
    return lambda o: [deel(o) for deel in delen]


def _relatie(c: Compileerder, doos: dozen.Relatie) -> Closure:
    kolommen = doos.kolommen
    rijen = [
        [
            (kolom.naam, c.gecontroleerd(c.doos(cel), kolom.type, kolom.naam))
            for kolom, cel in zip(kolommen, rij, strict=False)
        ]
        for rij in doos.rijen
    ]
    return lambda o: [{naam: cel(o) for naam, cel in rij} for rij in rijen]


def _aanroep(c: Compileerder, doos: dozen.Aanroepdoos) -> Closure:
    wie = c.doos(doos.functie)
    bindingen = [(naam, c.doos(waarde)) for naam, waarde in doos.bindingen]

    def roep(o: Omgeving) -> Any:
        gevonden = wie(o)
        if not is_functie(gevonden):
            o.staat.meld("aanroep.geen", f"{c.plek}: dit is geen functie", f"{c.plek}: this is not a function")
            return None
        return gevonden.roep_op_naam(o.staat, {naam: waarde(o) for naam, waarde in bindingen})

    return roep


def functie(c: Compileerder, doos: dozen.Functiedoos, naam: str) -> Closure:
    """Een functie van de auteur; Java alleen van de lijst, PMML nooit."""
    parameters = tuple(Parameter(p.naam, c.soort(p.type)) for p in doos.parameters)
    if doos.soort != "FEEL":
        return _vreemd(c, doos, parameters)
    binnen = c.met(*(p.naam for p in doos.parameters))
    lichaam = binnen.doos(doos.lichaam)
    namen = [p.naam for p in doos.parameters]
    resultaat = c.soort(doos.type)

    def maak(o: Omgeving) -> Functie:
        def werk(staat: Staat, argumenten: Any) -> Any:
            return lichaam(Omgeving(dict(zip(namen, argumenten, strict=True)), o, staat))

        return Functie(naam, parameters, werk, resultaat if resultaat and resultaat.grond != "function" else None)

    return maak


def _vreemd(c: Compileerder, doos: dozen.Functiedoos, parameters: tuple[Parameter, ...]) -> Closure:
    beschrijving = c.doos(doos.lichaam)
    if doos.soort != "Java":
        c.meld("extern", f"Functies in {doos.soort} zijn niet toegestaan", f"{doos.soort} functions are not allowed")
        return niets

    def maak(o: Omgeving) -> Functie | None:
        gevonden = _java(parameters, {"java": beschrijving(o)})
        if gevonden is None:
            o.staat.meld("extern", "Deze Java-functie is niet toegestaan", "This Java function is not allowed")
        return gevonden

    return maak


def _functie(c: Compileerder, doos: dozen.Functiedoos) -> Closure:
    return functie(c, doos, c.plek or "function")


def _keuze(c: Compileerder, doos: dozen.Keuzedoos) -> Closure:
    als, dan, anders = c.doos(doos.als), c.doos(doos.dan), c.doos(doos.anders)

    def kies(o: Omgeving) -> Any:
        waarde = als(o)
        if waarde is not None and not isinstance(waarde, bool):
            o.staat.meld("keuze.soort", f"{c.plek}: if vraagt een boolean", f"{c.plek}: if takes a boolean")
            return None
        return dan(o) if waarde is True else anders(o)

    return kies


def _filter(c: Compileerder, doos: dozen.Filterdoos) -> Closure:
    bron, test = c.doos(doos.bron), c.met("item").doos(doos.test)

    def doe(o: Omgeving) -> Any:
        waarde = bron(o)
        if waarde is None:
            return None
        return zeef(o, waarde if isinstance(waarde, list) else [waarde], test)

    return doe


def _lus(c: Compileerder, doos: dozen.Lusdoos) -> Closure:
    rondes = [(doos.naam, bron_van(c.doos(doos.bron)))]
    lichaam = c.met(doos.naam, "partial").doos(doos.lichaam)
    if doos.soort == "for":
        return maak_voor(rondes, lichaam)
    return maak_kwantor(rondes, lichaam, alle=doos.soort == "every")


_MAKERS: dict[type, Callable[[Compileerder, Any], Closure]] = {
    Letterlijk: _letterlijk,
    dozen.Tabel: _tabel,
    dozen.Contextdoos: _context,
    dozen.Lijstdoos: _lijst,
    dozen.Relatie: _relatie,
    dozen.Aanroepdoos: _aanroep,
    dozen.Functiedoos: _functie,
    dozen.Keuzedoos: _keuze,
    dozen.Filterdoos: _filter,
    dozen.Lusdoos: _lus,
}
