"""Het model: lezen, controleren en evalueren."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from dmn.compileren import Compileerder
from dmn.dozen import Contextdoos
from dmn.elementen import Beslissing, Definities, Dienst, Element, Invoer, Itemdefinitie, Kennismodel
from dmn.fouten import Probleem, fout
from dmn.knopen import Knoop
from dmn.lezen import lees_definities, lees_xml
from dmn.soorten import Soorten
from dmn.staat import Beslisstaat
from dmn.uitslag import Uitslag
from dmn.uitvoering import Uitvoering, voer_dienst_uit
from feel.fouten import FeelGrens
from feel.functies import Functies
from feel.grenzen import STANDAARD, Grenzen
from feel.naar_python import uit_python


class Model:
    """Een gelezen DMN-model; veilig om te delen en vaak te evalueren."""

    def __init__(self, xml: bytes, definities: Definities, imports: Iterable[Model], functies: Functies) -> None:
        self._xml, self.definities, self.functies = xml, definities, functies
        per_ruimte = {model.definities.naamruimte: model for model in imports}
        self.imports: dict[str, Model] = {}
        self._problemen: list[Probleem] = []
        for deel in definities.imports:
            if deel.naamruimte in per_ruimte:
                self.imports[deel.naam] = per_ruimte[deel.naamruimte]
            elif "DMN" in deel.soort or "dmn" in deel.soort:
                self._meld("import", f"Het model {deel.naam} ontbreekt", f"The model {deel.naam} is missing")
        soorten = {naam: model.soorten for naam, model in self.imports.items()}
        self.soorten: Soorten = Soorten(definities, soorten, self._problemen)
        self.knopen = {element.id or f"naam:{element.naam}": Knoop(element, self) for element in definities.elementen}
        self._op_naam = {k.element.naam: k for k in self.knopen.values()}

    def _meld(self, code: str, nederlands: str, engels: str, plek: str = "") -> None:
        self._problemen.append(Probleem(code, nederlands, engels, plek))

    @property
    def beslissingen(self) -> tuple[str, ...]:
        """De namen van alle beslissingen."""
        return tuple(e.naam for e in self.definities.elementen if isinstance(e, Beslissing))

    @property
    def invoer(self) -> tuple[str, ...]:
        """De namen van alle invoergegevens."""
        return tuple(e.naam for e in self.definities.elementen if isinstance(e, Invoer))

    def xml(self) -> bytes:
        """Het model zoals gelezen, met zijn diagram."""
        return self._xml

    @cached_property
    def problemen(self) -> tuple[Probleem, ...]:
        """Alles wat een auteur moet weten: leesfouten van FEEL, onbekende typen, kringen, ontbrekende verwijzingen."""
        for knoop in self.knopen.values():
            _ = knoop.soort, knoop.doe
            if isinstance(knoop.element, Dienst):
                _ = knoop.ingangen, knoop.uitgangen
        for item in self.definities.soorten:
            self.soorten.get(item.naam)
        self._zoek_kringen()
        return tuple(dict.fromkeys(self._problemen))

    def _zoek_kringen(self) -> None:
        klaar: set[Knoop] = set()

        def bezoek(knoop: Knoop, pad: tuple[Knoop, ...]) -> None:
            if knoop in pad:
                kring = pad[pad.index(knoop) :]
                if all(isinstance(deel.element, Kennismodel) for deel in kring):
                    return  # functies mogen elkaar en zichzelf aanroepen
                namen = " → ".join(deel.element.naam for deel in (*kring, knoop))
                self._meld("kring", f"De eisen vormen een kring: {namen}", f"The requirements form a cycle: {namen}")
                return
            if knoop not in klaar and len(pad) < 200:  # noqa: PLR2004 - dieper is geen grafiek van mensen
                for _, _, eis in knoop.eisen:
                    bezoek(eis, (*pad, knoop))
                klaar.add(knoop)

        for knoop in self.knopen.values():
            bezoek(knoop, ())

    @cached_property
    def _padnamen(self) -> frozenset[str]:
        """Alle veldnamen die na een punt kunnen komen."""
        namen: set[str] = set()
        for item in self.definities.soorten:
            namen |= _itemnamen(item)
        for element in self.definities.elementen:
            namen.add(element.variabele.naam)
            if isinstance(element, Beslissing) and isinstance(element.logica, Contextdoos):
                namen |= {veld.naam for veld, _ in element.logica.velden if veld is not None}
        for model in self.imports.values():
            namen |= model._padnamen  # noqa: SLF001 - zelfde klasse
        return frozenset(namen)

    def compileerder(self, plek: str) -> Compileerder:
        """De compileerder van dit model voor één onderdeel."""
        return Compileerder(self.soorten, self._padnamen, self.functies, self._problemen, plek)

    def verwijzing(self, href: str, bij: Element) -> tuple[str, Knoop | None]:
        """(naam van de import of leeg, knoop) bij een verwijzing; een losse verwijzing wordt gemeld."""
        ruimte, _, id_ = href.rpartition("#")
        if not ruimte or ruimte == self.definities.naamruimte:
            alias, knoop = "", self.knopen.get(id_)
        else:
            alias, knoop = self._in_import(ruimte, id_)
        if knoop is None:
            self._meld("verwijzing", f"{href} bestaat niet", f"{href} does not exist", bij.naam)
        return alias, knoop

    def _in_import(self, ruimte: str, id_: str) -> tuple[str, Knoop | None]:
        for naam, model in self.imports.items():
            if model.definities.naamruimte == ruimte:
                return naam, model.knopen.get(id_)
        return "", None

    def vind(self, naam: str) -> Knoop:
        """De knoop met deze naam of id; werpt DmnFout met een suggestie."""
        knoop = self._op_naam.get(naam) or self.knopen.get(naam)
        if knoop is None:
            from feel.fouten import lijkt_op  # noqa: PLC0415 - alleen bij een fout

            lijkt = lijkt_op(naam, self._op_naam)
            vraag, question = (f"; bedoelde u “{lijkt}”?", f"; did you mean “{lijkt}”?") if lijkt else ("", "")
            raise fout(
                "beslissing.onbekend", f"“{naam}” staat niet in dit model{vraag}",
                f"“{naam}” is not in this model{question}",
            )  # fmt: skip
        return knoop

    def evalueer(
        self,
        beslissing: str,
        invoer: Mapping[str, Any],
        *,
        peildatum: date | None = None,
        klok: Callable[[], datetime] | None = None,
        grenzen: Grenzen = STANDAARD,
    ) -> Uitslag:
        """De uitslag van een beslissing (of beslisservice) bij deze invoer (Python-waarden).

        Werpt alleen DmnFout als de beslissing niet bestaat; fouten onderweg geven null met redenen.
        """
        knoop = self.vind(beslissing)
        staat = Beslisstaat(klok, peildatum, grenzen)
        uitvoering = Uitvoering(invoer, staat)
        waarde, grens = None, None
        try:
            if isinstance(knoop.element, Dienst):
                waarde = self._dienst(knoop, uitvoering, invoer)
            else:
                waarde = uitvoering.waarde(knoop)
        except FeelGrens as bereikt:
            grens = bereikt
        except (RecursionError, MemoryError):
            grens = FeelGrens("diepte", "De berekening ging te diep", "The evaluation went too deep")
        dienst = isinstance(knoop.element, Dienst)
        bekeken = knoop.ingangen if dienst else [gedaan for gedaan in uitvoering.gedaan if gedaan.is_invoer]
        return Uitslag(self, knoop, waarde, staat, dict(invoer), bekeken, grens)

    def _dienst(self, knoop: Knoop, uitvoering: Uitvoering, invoer: Mapping[str, Any]) -> Any:
        for ingang in knoop.ingangen:
            if ingang.is_invoer:
                continue
            waarde = uit_python(ingang.uit_invoer(invoer, met_ruimte=uitvoering.met_ruimte))
            goed = ingang.soort.zet_om(waarde) if ingang.soort is not None else (True, waarde)
            uitvoering.gedaan[ingang] = goed[1]
        return voer_dienst_uit(knoop, uitvoering)


def _itemnamen(item: Itemdefinitie) -> set[str]:
    namen = {item.naam}
    for deel in item.delen:
        namen |= _itemnamen(deel)
    return namen


def lees(xml: bytes, *, erbij: Iterable[bytes | Model] = (), functies: Functies | None = None) -> Model:
    """Lees een model; `erbij` zijn de modellen die het importeert (ook indirect). Werpt DmnFout.

    Leesfouten in losse expressies staan in `Model.problemen`; zo'n expressie geeft null.
    """
    wortel = lees_xml(xml)
    definities = lees_definities(wortel)
    anderen = [deel if isinstance(deel, Model) else _los(deel) for deel in erbij]
    per_ruimte = {ander.definities.naamruimte: ander for ander in anderen}
    return _bouw(xml, definities, per_ruimte, functies or Functies(), {definities.naamruimte: None})


def _los(xml: bytes) -> Model:
    return Model(xml, lees_definities(lees_xml(xml)), (), Functies())


def _bouw(
    xml: bytes, definities: Definities, anderen: Mapping[str, Model], functies: Functies, klaar: dict[str, Model | None]
) -> Model:
    """Een model met zijn imports, die zelf weer imports kunnen hebben; elk model bestaat één keer."""
    for ruimte in [deel.naamruimte for deel in definities.imports]:
        if ruimte in anderen and ruimte not in klaar:
            klaar[ruimte] = None
            ander = anderen[ruimte]
            klaar[ruimte] = _bouw(ander.xml(), ander.definities, anderen, functies, klaar)
    imports = [model for deel in definities.imports if (model := klaar.get(deel.naamruimte)) is not None]
    return Model(xml, definities, imports, functies)
