"""De gedeclareerde soorten (itemDefinitions) van een model als soorten van FEEL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dmn.dozen import Letterlijk
from dmn.elementen import Definities, Itemdefinitie
from dmn.fouten import Probleem
from feel.compileren import bouwer
from feel.fouten import FeelFout, FeelGrens
from feel.parser import ontleed
from feel.staat import Omgeving, Staat
from feel.typen import ALIASSEN, ALLES, BASIS, Soort


class Soorten(Mapping[str, Soort]):
    """Soort bij naam; soorten van een import heten `import.naam`."""

    def __init__(self, definities: Definities, imports: Mapping[str, Soorten], problemen: list[Probleem]) -> None:
        self._items = {item.naam: item for item in definities.soorten}
        self._klaar: dict[str, Soort] = {}
        self._bezig: set[str] = set()
        self._imports, self._problemen = imports, problemen

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, naam: object) -> bool:
        return isinstance(naam, str) and self.get(naam) is not None

    def __getitem__(self, naam: str) -> Soort:
        gevonden = self.vind(naam)
        if gevonden is None:
            raise KeyError(naam)
        return gevonden

    def get(self, naam: str, anders: Any = None) -> Any:
        """De eigen of geïmporteerde soort; ingebouwde namen horen hier niet bij."""
        gevonden = self._eigen(naam)
        return anders if gevonden is None else gevonden

    def vind(self, naam: str) -> Soort | None:
        """De soort met deze naam, ook ingebouwd; None als zij onbekend is (of leeg)."""
        naam = ALIASSEN.get(naam, naam)
        return self._eigen(naam) or (Soort(naam) if naam in BASIS else None)

    def toegestaan(self, naam: str) -> Letterlijk | None:
        """De toegestane waarden van een eigen soort, zoals geschreven."""
        item = self._items.get(naam)
        return item.toegestaan if item is not None else None

    def _eigen(self, naam: str) -> Soort | None:
        if naam in self._klaar:
            return self._klaar[naam]
        if naam in self._bezig:
            return ALLES
        if naam in self._items:
            self._bezig.add(naam)
            self._klaar[naam] = self._maak(self._items[naam])
            self._bezig.discard(naam)
            return self._klaar[naam]
        for alias, soorten in self._imports.items():
            if alias and naam.startswith(f"{alias}."):
                return soorten.vind(naam[len(alias) + 1 :])
        # Een import zonder naam, of DMN 1.1 waar een voorvoegsel de import noemde (dat is bij het lezen weggevallen).
        gevonden = (soorten.get(naam) for soorten in self._imports.values())
        return next((soort for soort in gevonden if soort is not None), None)

    def _maak(self, item: Itemdefinitie) -> Soort:
        grond = self._grond(item)
        test = self._test(item, item.toegestaan, grond)
        soort = _met_naam(item.naam, grond, test)
        if item.lijst:
            soort = Soort(item.naam, deel=soort, basis="list")
        beperking = self._test(item, item.beperking, soort)
        return _met_naam(item.naam, soort, beperking) if beperking else soort

    def _grond(self, item: Itemdefinitie) -> Soort:
        if item.delen:
            return Soort("context", velden=tuple((deel.naam, self._maak(deel)) for deel in item.delen))
        if item.functie is not None:
            parameters, uitkomst = item.functie
            delen = tuple(self.vind(p.type) or ALLES for p in parameters)
            return Soort("function", deel=self.vind(uitkomst) or ALLES, delen=delen)
        if not item.type:
            return ALLES
        gevonden = self.vind(item.type)
        if gevonden is None:
            self._meld(item, f"Het type {item.type} bestaat niet", f"The type {item.type} does not exist")
        return gevonden or ALLES

    def _meld(self, item: Itemdefinitie, nederlands: str, engels: str, regel: int = 0) -> None:
        self._problemen.append(Probleem("soort", nederlands, engels, item.naam, regel))

    def _test(self, item: Itemdefinitie, toegestaan: Letterlijk | None, soort: Soort) -> Any:
        if toegestaan is None or not toegestaan.tekst.strip():
            return None
        try:
            doe = bouwer().maak(ontleed(toegestaan.tekst, unair=True))
        except FeelFout as fout:
            self._meld(item, fout.nederlands, fout.engels, toegestaan.regel)
            return None
        per_deel = soort.grond == "list" and toegestaan is item.toegestaan

        def test(waarde: Any) -> bool:
            try:
                uit = doe(Omgeving({"?": waarde}, None, Staat()))
            except FeelGrens:
                return False
            if per_deel and uit is not True:
                return bool(waarde) and all(doe(Omgeving({"?": deel}, None, Staat())) is True for deel in waarde)
            return uit is True

        return test


def _met_naam(naam: str, grond: Soort, test: Any) -> Soort:
    """Dezelfde soort onder een eigen naam, met de toegestane waarden erbij."""
    eerder = grond.test
    samen = test if eerder is None or test is None else (lambda waarde: eerder(waarde) and test(waarde))
    return Soort(naam, deel=grond.deel, velden=grond.velden, delen=grond.delen, test=samen or eerder, basis=grond.grond)
