"""Een pakket een andere naam geven, met alles wat naar zijn sleutels verwijst: zo wordt een voorbeeld een eigen pakket.

Elke sleutel die met de oude naam begint krijgt de nieuwe; een andere krijgt de nieuwe naam ervoor. Veldnamen, teksten en typen die per
zaaktype gelden (statussen, resultaten) blijven zoals zij zijn.
"""

from collections.abc import Callable, Iterable
from typing import Any

import yaml
from lxml import etree

from processen.pakketten.formaat import Pakket, Sjabloondeel

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_KOPPEN = {
    "zaaktype": "zaaktype",
    "sjabloon": "sjabloon",
    "producttype": "product",
    "proces": "proces",
    "formulier": "formulier",
}
_ADRES = "/formulieren/"
Namen = dict[str, dict[str, str]]


def hernoem(pakket: Pakket, naam: str, titel: str = "") -> Pakket:
    """Hetzelfde pakket onder een andere naam; de titel is die van het voorbeeld als hij leeg is."""
    return _Hernoemer(pakket, naam).pakket(titel)


class _Hernoemer:
    """Per soort sleutel wat zij wordt, en per deel van het pakket de vertaling."""

    def __init__(self, pakket: Pakket, naam: str) -> None:
        self._oud, self._naam = pakket, naam
        nieuw = self._nieuw
        self._namen: Namen = {
            "zaaktype": {z.identificatie: nieuw(z.identificatie.lower()).upper()[:50] for z in pakket.zaaktypen},
            "verzoektype": _elk(nieuw, (v.naam for v in pakket.verzoektypen)),
            "product": _elk(nieuw, (p.code for p in pakket.producten)),
            "formulier": _elk(nieuw, pakket.formulieren),
            "proces": _elk(nieuw, pakket.processen),
            "sjabloon": _elk(nieuw, pakket.sjablonen),
            "lijst": _elk(nieuw, pakket.referentielijsten),
        }

    def pakket(self, titel: str) -> Pakket:
        """Het hele pakket."""
        oud = self._oud
        return Pakket(
            kop=self._kop(titel),
            zaaktypen=[
                z.model_copy(update={"identificatie": self._van("zaaktype", z.identificatie)}) for z in oud.zaaktypen
            ],
            verzoektypen=[v.model_copy(update={"naam": self._van("verzoektype", v.naam)}) for v in oud.verzoektypen],
            producten=[self._product(p) for p in oud.producten],
            formulieren={self._van("formulier", n): self._formulier(n, d) for n, d in oud.formulieren.items()},
            processen={self._van("proces", n): self._model(inhoud) for n, inhoud in oud.processen.items()},
            beslissingen=oud.beslissingen,
            sjablonen=self._sjablonen(),
            referentielijsten={self._van("lijst", n): deel for n, deel in oud.referentielijsten.items()},
            verzendregels=[self._regel(regel) for regel in oud.verzendregels],
            scenarios={n: self._scenario(tekst) for n, tekst in oud.scenarios.items()},
        )

    def _nieuw(self, sleutel: str) -> str:
        oud = self._oud.kop.naam
        if sleutel == oud or sleutel.startswith(f"{oud}-"):
            return self._naam + sleutel[len(oud) :]
        return f"{self._naam}-{sleutel}"

    def _van(self, soort: str, sleutel: str) -> str:
        return self._namen[soort].get(sleutel, sleutel)

    def _kop(self, titel: str) -> Any:
        kop = self._oud.kop
        starts = [
            s.model_copy(
                update={"verzoektype": self._van("verzoektype", s.verzoektype), "proces": self._van("proces", s.proces)}
            )
            for s in kop.starts
        ]
        acties = [
            a.model_copy(update={"proces": self._van("proces", a.proces)}) for a in self._per_zaaktype(kop.acties)
        ]
        soorten = ("teams", "termijnen", "besluiten", "papier")
        per_zaaktype = {soort: self._per_zaaktype(getattr(kop, soort)) for soort in soorten}
        per_zaaktype["toezicht"] = [
            t.model_copy(
                update={
                    "producttype": self._van("product", t.producttype),
                    "erbij": [self._van("product", code) for code in t.erbij],
                }
            )
            for t in kop.toezicht
        ]
        nieuw = {"naam": self._naam, "titel": titel or kop.titel, "starts": starts, "acties": acties, **per_zaaktype}
        return kop.model_copy(update={**nieuw, "versie": "0.1.0"})

    def _per_zaaktype(self, regels: Iterable[Any]) -> list[Any]:
        return [regel.model_copy(update={"zaaktype": self._van("zaaktype", regel.zaaktype)}) for regel in regels]

    def _product(self, product: Any) -> Any:
        links = [
            link.model_copy(update={"url": _ADRES + self._van("formulier", link.url.removeprefix(_ADRES))})
            if link.url.startswith(_ADRES)
            else link
            for link in product.links
        ]
        return product.model_copy(update={"code": self._van("product", product.code), "links": links})

    def _formulier(self, naam: str, definitie: dict[str, Any]) -> dict[str, Any]:
        gegevens = dict(definitie.get("gegevens", {}))
        gegevens |= {
            soort: self._van(soort, gegevens[soort]) for soort in ("verzoektype", "product") if soort in gegevens
        }
        nieuw = {**self._met_lijsten(definitie), "slug": self._van("formulier", naam)}
        return {**nieuw, "gegevens": gegevens} if gegevens else nieuw

    def _met_lijsten(self, deel: Any) -> Any:
        """De lijsten waar vragen naar verwijzen, onder hun nieuwe naam."""
        if isinstance(deel, list):
            return [self._met_lijsten(kind) for kind in deel]
        if not isinstance(deel, dict):
            return deel
        nieuw = {naam: self._met_lijsten(kind) for naam, kind in deel.items()}
        return {**nieuw, "lijst": self._van("lijst", nieuw["lijst"])} if isinstance(nieuw.get("lijst"), str) else nieuw

    def _sjablonen(self) -> dict[str, Sjabloondeel]:
        return {self._van("sjabloon", naam): deel for naam, deel in self._oud.sjablonen.items()}

    def _regel(self, regel: Any) -> Any:
        nieuw = {"sleutel": self._nieuw(regel.sleutel), "sjabloon": self._van("sjabloon", regel.sjabloon)}
        meer = {"zaaktype": self._van("zaaktype", regel.zaaktype), "soort": self._soort(regel.soort)}
        return regel.model_copy(update={**nieuw, **meer})

    def _soort(self, soort: str) -> str:
        """Waarover iemand bericht wil; meestal heet dat naar het pakket."""
        return self._naam if soort == self._oud.kop.naam else soort

    def _model(self, bpmn: bytes) -> bytes:
        boom = etree.fromstring(bpmn, _PARSER)
        for element in boom.iter(etree.Element):
            naam = etree.QName(element).localname
            if naam == "process":
                _zet(element, "id", self._namen["proces"])
            elif naam in ("BPMNPlane", "participant"):
                _zet(element, "bpmnElement" if naam == "BPMNPlane" else "processRef", self._namen["proces"])
            elif naam == "calledElement":
                _zet(element, "processId", self._namen["proces"])
            elif naam == "formDefinition":
                _zet(element, "formKey", self._namen["formulier"])
                _zet(element, "formId", self._namen["formulier"])
            elif naam == "header" and element.get("key") == "soort":
                element.set("value", self._soort(str(element.get("value"))))
            elif naam == "header" and element.get("key") in _KOPPEN:
                _zet(element, "value", self._namen[_KOPPEN[str(element.get("key"))]])
        return etree.tostring(boom, xml_declaration=True, encoding="UTF-8")

    def _scenario(self, tekst: str) -> str:
        scenario = yaml.safe_load(tekst)
        self._in_stap(scenario)
        for stap in scenario.get("stappen", []):
            self._in_stap(stap)
        return yaml.safe_dump(scenario, allow_unicode=True, sort_keys=False, width=120)

    def _in_stap(self, stap: dict[str, Any]) -> None:
        if "verzoek" in stap:
            stap["verzoek"]["type"] = self._van("verzoektype", stap["verzoek"]["type"])
        if "actie" in stap:
            stap["actie"] = self._van("proces", stap["actie"])
        for verwacht in (stap.get("verwacht") or {}, *(stap.get("verwacht_bij") or {}).values()):
            for soort in ("brieven", "berichten"):
                if soort in verwacht:
                    verwacht[soort] = [self._sjabloon(deel) for deel in verwacht[soort]]

    def _sjabloon(self, deel: Any) -> Any:
        if isinstance(deel, str):
            return self._van("sjabloon", deel)
        return {**deel, "sjabloon": self._van("sjabloon", deel["sjabloon"])} if "sjabloon" in deel else deel


def _elk(nieuw: Callable[[str], str], sleutels: Iterable[str]) -> dict[str, str]:
    return {sleutel: nieuw(sleutel) for sleutel in sleutels}


def _zet(element: Any, attribuut: str, namen: dict[str, str]) -> None:
    waarde = element.get(attribuut)
    if waarde in namen:
        element.set(attribuut, namen[waarde])
