"""Volgt de variabelen door een model: wat er bij elk element kan zijn, en wat er aan het eind is."""

from collections import deque
from collections.abc import Iterator

from feel import Functies
from processen.motor.model import Afbeelding, Bereik, Element
from processen.pakketten.variabelen.elementen import Omgeving, na_herhaling, oplevering, van_herhaling
from processen.pakketten.variabelen.zicht import ONBEKEND, Soort, Uitdrukking, Zicht, alles_samen

RONDES = 6
"""Zo vaak komt elk element hoogstens langs (gemiddeld); een model met meer lussen in lussen volgt de controle niet verder."""
TEGELIJK = {"parallelGateway", "inclusiveGateway"}


class Stroom:
    """De variabelen van één (sub)proces. `bij` is wat een element ziet voor zijn eigen invoer, `na` wat er na is, `alles` de optelsom."""

    def __init__(self, bereik: Bereik, begin: Zicht, omgeving: Omgeving, functies: Functies) -> None:
        self._bereik, self._begin, self._omgeving, self._functies = bereik, begin, omgeving, functies
        self.bij: dict[str, Zicht] = {e.id: begin for e in self._ingangen()}
        self.na: dict[str, Zicht] = {}
        self.binnenin: dict[str, Stroom] = {}
        self._loop()
        self.alles = alles_samen([begin, *self.na.values()])
        for element in self._zonder_pad():
            self.bij[element.id] = self.alles
            self.na[element.id] = self.uit(element)

    def tegelijk(self) -> bool:
        """Gebeurt hier meer tegelijk? Dan kan een variabele uit een ander pad komen, en is de volgorde niet te zien."""
        elementen = list(self._bereik.elementen.values())
        gewoon = [e for e in elementen if e.soort not in {"exclusiveGateway", "eventBasedGateway", *TEGELIJK}]
        return (
            any(e.soort in TEGELIJK or not e.onderbreekt or e.door_gebeurtenis for e in elementen)
            or any(len(self._bereik.uit(e.id)) > 1 for e in gewoon)
            or len(self._bereik.vanzelf()) > 1
        )

    def binnen(self, element: Element) -> Zicht:
        """Wat het element ziet met zijn eigen invoer erbij."""
        zicht = self.bij[element.id].erbij(van_herhaling(element))
        for regel in element.zeebe.invoer:
            zicht = self.gezet(zicht, regel, zicht)
        return zicht

    def uit(self, element: Element) -> Zicht:
        """Wat er na het element is."""
        buiten, binnen = self.bij[element.id], self.binnen(element)
        if element.inhoud is not None:
            deel = Stroom(element.inhoud, binnen, self._omgeving, self._functies)
            self.binnenin[element.id] = deel
            geeft = Zicht(
                {n: s for n, s in deel.alles.namen.items() if n not in binnen.namen or n in buiten.namen},
                deel.alles.open,
            )
        else:
            geeft = oplevering(element, self._omgeving)
        if element.zeebe.uitvoer and element.inhoud is None:
            zicht = buiten
            for regel in element.zeebe.uitvoer:
                zicht = self.gezet(zicht, regel, binnen.erbij(geeft.namen, open_=geeft.open))
        elif element.soort == "callActivity" and not element.zeebe.alle_naar_ouder:
            zicht = buiten
        else:
            zicht = buiten.erbij(geeft.namen, open_=geeft.open)
        return zicht.erbij(na_herhaling(element))

    def gezet(self, zicht: Zicht, regel: Afbeelding, bron: Zicht) -> Zicht:
        """`zicht` met de variabele van deze regel; haar waarde wordt in `bron` uitgerekend."""
        kop, _, rest = regel.doel.partition(".")
        soort = Uitdrukking(regel.bron, self._functies).soort(bron) if regel.bron.startswith("=") else Soort("tekst")
        return zicht.erbij({kop: ONBEKEND if rest else soort})

    def _randen(self) -> dict[str, list[Element]]:
        """Per activiteit haar grensgebeurtenissen; compensatie heeft geen pad."""
        per_gastheer: dict[str, list[Element]] = {}
        for element in self._bereik.elementen.values():
            if element.gehecht_aan and not element.compensatie:
                per_gastheer.setdefault(element.gehecht_aan, []).append(element)
        return per_gastheer

    def _ingangen(self) -> Iterator[Element]:
        starts = [e for e in self._bereik.elementen.values() if e.soort == "startEvent"]
        yield from starts or self._bereik.vanzelf()

    def _zonder_pad(self) -> list[Element]:
        """Wat geen pijl heeft maar wel kan gebeuren: gebeurtenissubprocessen, compensatie, linkontvangers, en wat onbereikbaar is."""
        return [e for e in self._bereik.elementen.values() if e.id not in self.bij]

    def _loop(self) -> None:
        nog, randen = deque(self.bij), self._randen()
        for _ in range(RONDES * (len(self._bereik.elementen) + RONDES)):
            if not nog:
                return
            element = self._bereik.elementen[nog.popleft()]
            na = self.uit(element)
            if self.na.get(element.id) == na:
                continue
            self.na[element.id] = na
            volgende = [(rand.id, self.bij[element.id].samen(na)) for rand in randen.get(element.id, ())]
            volgende += [(s.naar, na) for s in self._bereik.uit(element.id) if s.naar in self._bereik.elementen]
            for naam, zicht in volgende:
                oud = self.bij.get(naam)
                nieuw = zicht if oud is None else oud.samen(zicht)
                if nieuw != oud:
                    self.bij[naam] = nieuw
                    nog.append(naam)
                elif naam not in self.na:
                    nog.append(naam)
        self.bij = {naam: zicht.erbij({}, open_=True) for naam, zicht in self.bij.items()}
        self.na = {naam: zicht.erbij({}, open_=True) for naam, zicht in self.na.items()}
