"""Een model van elders overzetten. De tekening, de namen en de id's blijven zoals zij zijn; alleen de uitbreidingen worden die van ons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from processen.importeren.camunda7 import Overzetter
from processen.importeren.camunda8 import kijk_na
from processen.importeren.knopen import VREEMD, ZEEBE_NS
from processen.importeren.koppelingen import koppel
from processen.importeren.verslag import Regel
from processen.motor import ModelGeweigerd, Motor
from processen.motor.lezen import lees, ontleed, processen_in


@dataclass(frozen=True)
class Import:
    """Het overgezette model, met het verslag. `processen` zijn de sleutels van wat erin staat."""

    bpmn: bytes
    regels: list[Regel]
    processen: list[str]

    @property
    def kan_draaien(self) -> bool:
        """Of de controle van de motor niets meer vond."""
        return not any(regel.soort == "kan niet draaien" for regel in self.regels)


def importeer(
    bpmn: bytes, koppelingen: Iterable[Mapping[str, Any]] = (), motor: Motor | None = None, dmn: Iterable[str] = ()
) -> Import:
    """Zet een BPMN-bestand over. `ModelGeweigerd` als het geen veilige BPMN is.

    `koppelingen` zijn de process links van GZAC (per activiteit een formulier of plugin-actie). Met een motor erbij staat ook in het verslag
    wat elk proces nog belet te draaien. Een model waar niets aan te vertalen valt komt byte voor byte terug.
    """
    wortel = ontleed(bpmn)
    overzetter = Overzetter()
    overzetter.zet_over(wortel)
    regels = [*overzetter.regels, *koppel(wortel, koppelingen), *kijk_na(wortel)]
    uit = _opnieuw(wortel) if overzetter.veranderd or any(regel.soort == "vertaald" for regel in regels) else bpmn
    if motor is not None:
        regels += _controle(uit, motor, list(dmn))
    return Import(uit, regels, processen_in(uit))


def _opnieuw(wortel: Any) -> bytes:
    """De boom als bestand, met zeebe als naamruimte bovenaan en zonder die van elders als zij niet meer gebruikt wordt."""
    if "zeebe" not in wortel.nsmap:
        nieuw = etree.Element(wortel.tag, wortel.attrib, nsmap={**wortel.nsmap, "zeebe": ZEEBE_NS})
        nieuw.text = wortel.text
        nieuw.extend(list(wortel))
        wortel = nieuw
    over = {etree.QName(n).namespace for k in wortel.iter(etree.Element) for n in (k.tag, *k.attrib)}
    weg = [naam for naam, ruimte in wortel.nsmap.items() if ruimte in VREEMD and ruimte not in over]
    if weg:
        etree.cleanup_namespaces(wortel, keep_ns_prefixes=[n for n in wortel.nsmap if n and n not in weg])
    return etree.tostring(wortel, xml_declaration=True, encoding="UTF-8")


def _controle(bpmn: bytes, motor: Motor, dmn: list[str]) -> list[Regel]:
    """Wat de motor van elk proces vindt; een deelnemer zonder inhoud heeft niets om te draaien."""
    regels = []
    for sleutel in processen_in(bpmn):
        try:
            proces = lees(bpmn, sleutel)
            if not proces.bereik.elementen:
                continue
            bevindingen = motor.controleer(bpmn, dmn, sleutel)
        except ModelGeweigerd as fout:
            bevindingen = list(fout.bevindingen)
            namen = {}
        else:
            namen = {element.id: element.naam for _, element in proces.bereik.alles()}
        regels += [
            Regel("kan niet draaien", b.element or sleutel, namen.get(b.element, ""), b.nl, b.remedie_nl)
            for b in bevindingen
        ]
    return regels
