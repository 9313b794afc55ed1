"""Een voorwaarde van een formulier (FEEL) in gewone woorden: `u bij vraag 3 “Ja” koos`. Voor wie op papier zelf moet zien wat hij overslaat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from feel import FeelFout, boom
from feel.parser import ontleed
from formuliermotor.componenten import MetKeuzes, Vinkje, Vraag
from formuliermotor.teksten import vertaal
from huisstijl.taal import kies

ONDERNEMER: Final = boom.Vergelijk("=", boom.Pad(boom.Naam("aanmelding"), "soort"), boom.Tekst("ondernemer"))
OMGEKEERD: Final = {"=": "!=", "!=": "=", ">": "<=", "<": ">=", ">=": "<", "<=": ">"}
ANDERSOM: Final = {">": "<", "<": ">", ">=": "<=", "<=": ">="}


class NietTeZeggen(Exception):
    """Deze voorwaarde is niet in woorden te vatten."""


@dataclass(frozen=True)
class Woorden:
    """De vragen met hun nummer op papier, op sleutel."""

    vragen: Mapping[str, tuple[str, Vraag]]

    def van(self, expressie: str) -> str | None:
        """De voorwaarde als bijzin, of None als zij niet te zeggen is (zij hangt dan af van iets dat niet op papier staat)."""
        try:
            return self._zeg(ontleed(expressie, self.vragen), niet=False)
        except (FeelFout, NietTeZeggen):
            return None

    def _zeg(self, knoop: Any, *, niet: bool) -> str:
        if isinstance(knoop, boom.Logisch):
            samen = (knoop.op == "and") != niet
            delen = [self._zeg(deel, niet=niet) for deel in knoop.delen]
            return (vertaal(" en ") if samen else vertaal(" of ")).join(delen)
        if isinstance(knoop, boom.Aanroep) and isinstance(knoop.functie, boom.Naam):
            return self._aanroep(knoop.functie.naam, knoop.argumenten, niet=niet)
        if isinstance(knoop, boom.Vergelijk):
            return self._vergelijk(knoop, niet=niet)
        if isinstance(knoop, boom.Naam):
            return self._gelijk(knoop, boom.Waarheid(not niet), niet=False)
        if isinstance(
            knoop, boom.Als
        ):  # de eenvoudige voorwaarde van form.io: is het een lijst, dan erin, anders gelijk
            return self._zeg(knoop.anders, niet=niet)
        raise NietTeZeggen

    def _aanroep(self, naam: str, argumenten: tuple[Any, ...], *, niet: bool) -> str:
        if naam == "not" and len(argumenten) == 1:
            return self._zeg(argumenten[0], niet=not niet)
        if naam == "list contains" and len(argumenten) == 2:  # noqa: PLR2004 - de lijst en de waarde
            lijst, waarde = argumenten
            if isinstance(lijst, boom.Lijst):
                return self._keuze(waarde, list(lijst.delen), niet=niet)
            return self._keuze(lijst, [waarde], niet=niet)
        raise NietTeZeggen

    def _vergelijk(self, knoop: boom.Vergelijk, *, niet: bool) -> str:
        if knoop in (ONDERNEMER, boom.Vergelijk("!=", ONDERNEMER.links, ONDERNEMER.rechts)):
            wel = (knoop.op == "=") != niet
            return (
                vertaal("u dit voor een onderneming invult")
                if wel
                else vertaal("u dit niet voor een onderneming invult")
            )
        op, links, rechts = knoop.op, knoop.links, knoop.rechts
        if not isinstance(links, boom.Naam):
            op, links, rechts = ANDERSOM.get(op, op), rechts, links
        op = OMGEKEERD[op] if niet else op
        if op in ("=", "!="):
            return self._gelijk(links, rechts, niet=op == "!=")
        if not isinstance(rechts, boom.Getal):
            raise NietTeZeggen
        return self._grens(op, links, str(rechts.waarde))

    def _grens(self, op: str, links: Any, getal: str) -> str:
        nummer, _ = self._vraag(links)
        zinnen = {
            ">": vertaal("uw antwoord op vraag %(nummer)s meer is dan %(getal)s", nummer=nummer, getal=getal),
            "<": vertaal("uw antwoord op vraag %(nummer)s minder is dan %(getal)s", nummer=nummer, getal=getal),
            ">=": vertaal("uw antwoord op vraag %(nummer)s %(getal)s of meer is", nummer=nummer, getal=getal),
            "<=": vertaal("uw antwoord op vraag %(nummer)s %(getal)s of minder is", nummer=nummer, getal=getal),
        }
        return zinnen[op]

    def _gelijk(self, links: Any, rechts: Any, *, niet: bool) -> str:
        nummer, vraag = self._vraag(links)
        if isinstance(rechts, boom.Niets):
            ingevuld = vertaal("u vraag %(nummer)s invulde", nummer=nummer)
            return ingevuld if niet else vertaal("u vraag %(nummer)s niet invulde", nummer=nummer)
        if isinstance(vraag, Vinkje) and isinstance(rechts, boom.Waarheid):
            aan = vertaal("u vraag %(nummer)s aankruiste", nummer=nummer)
            return aan if rechts.waarde != niet else vertaal("u vraag %(nummer)s niet aankruiste", nummer=nummer)
        return self._keuze(links, [rechts], niet=niet)

    def _keuze(self, links: Any, waarden: list[Any], *, niet: bool) -> str:
        nummer, vraag = self._vraag(links)
        namen = vertaal(" of ").join(f"“{_naam(vraag, waarde)}”" for waarde in waarden)
        if niet:
            return vertaal("u bij vraag %(nummer)s iets anders dan %(keuze)s koos", nummer=nummer, keuze=namen)
        return vertaal("u bij vraag %(nummer)s %(keuze)s koos", nummer=nummer, keuze=namen)

    def _vraag(self, knoop: Any) -> tuple[str, Vraag]:
        gevonden = self.vragen.get(knoop.naam) if isinstance(knoop, boom.Naam) else None
        if gevonden is None:
            raise NietTeZeggen
        return gevonden


def _naam(vraag: Vraag, waarde: Any) -> str:
    """De keuze zoals zij op papier staat."""
    if not isinstance(waarde, boom.Tekst | boom.Getal):
        raise NietTeZeggen
    tekst = str(waarde.waarde)
    keuzes = vraag.keuzes if isinstance(vraag, MetKeuzes) else ()
    return next((kies(keuze.label) for keuze in keuzes if keuze.value == tekst), tekst)
