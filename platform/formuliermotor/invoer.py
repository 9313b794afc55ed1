"""Wat de browser stuurde, en welke vragen er op de pagina stonden (een leeg vinkje stuurt zelf niets)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.datastructures import FileStorage, MultiDict
from wtforms.form import BaseForm

from formuliermotor.bouw import maak_veld
from formuliermotor.componenten import Bestand, Herhaling, Vraag
from formuliermotor.waarden import Waarden, naar_json, naar_veld

GETOOND: Final = "_velden"
RIJEN: Final = "-rijen"
_MEESTE_CIJFERS: Final = 3


@dataclass(frozen=True)
class Invoer:
    """De ingestuurde velden en bestanden van één pagina."""

    velden: MultiDict[str, Any]
    getoond: frozenset[str]

    @classmethod
    def lees(
        cls,
        formdata: Mapping[str, Any],
        files: Mapping[str, FileStorage] | None = None,
        *,
        zonder: Collection[str] = (),
    ) -> "Invoer":
        """Uit `request.form` en `request.files` (of gewone dicts). Wat bij `zonder` hoort telt niet, wat er ook gestuurd is."""
        velden: MultiDict[str, Any] = MultiDict(formdata)
        for naam, bestand in _paren(files or {}):
            velden.add(naam, bestand)
        namen = ",".join(str(tekst) for tekst in velden.getlist(GETOOND)).split(",")
        toegelaten = [(naam, waarde) for naam, waarde in velden.items(multi=True) if not _hoort_bij(naam, zonder)]
        return cls(MultiDict(toegelaten), frozenset(namen) - frozenset(zonder))

    def heeft(self, naam: str) -> bool:
        """Of deze vraag op de pagina stond."""
        return naam in self.getoond or naam in self.velden or any(str(n).startswith(f"{naam}-") for n in self.velden)

    def rijen(self, herhaling: Herhaling) -> list[int] | None:
        """De nummers van de rijen die de pagina toonde; None als de herhaling er niet stond."""
        if herhaling.key + RIJEN not in self.velden:
            return None
        delen = str(self.velden[herhaling.key + RIJEN]).split(",")[: herhaling.max_rijen]
        nummers = [int(d) for d in delen if d.isascii() and d.isdigit() and len(d) <= _MEESTE_CIJFERS]
        return list(dict.fromkeys(nummers))

    def van_rij(self, sleutel: str, oud: int, nieuw: int) -> "Invoer":
        """Alleen de velden van rij `oud`, alsof zij rij `nieuw` was: er kan er een tussenuit gehaald zijn."""
        van, naar = f"{sleutel}-{oud}-", f"{sleutel}-{nieuw}-"
        paren = [(naar + n.removeprefix(van), w) for n, w in self.velden.items(multi=True) if n.startswith(van)]
        getoond = (naar + n.removeprefix(van) for n in self.getoond if n.startswith(van))
        return Invoer(MultiDict(paren), frozenset(getoond))


def _hoort_bij(naam: str, vragen: Collection[str]) -> bool:
    return any(naam == vraag or str(naam).startswith(f"{vraag}-") for vraag in vragen)


def _paren(bron: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return bron.items(multi=True) if isinstance(bron, MultiDict) else bron.items()


def vul_formulier(
    vragen: Iterable[Vraag],
    verplicht: Iterable[str],
    waarden: Mapping[str, Any],
    invoer: Invoer | None,
    prefix: str = "",
) -> BaseForm:
    """Een WTForms-formulier met deze vragen; wat de pagina toonde komt uit `invoer`, de rest uit `waarden`."""
    moet = frozenset(verplicht)
    op_sleutel = {vraag.key: vraag for vraag in vragen}
    form = BaseForm({s: maak_veld(v, verplicht=s in moet) for s, v in op_sleutel.items()}, prefix=prefix)
    for sleutel, vraag in op_sleutel.items():
        bewaard = naar_veld(vraag, waarden.get(sleutel))
        gestuurd = invoer is not None and invoer.heeft(prefix + sleutel)
        veld: Any = form[sleutel]
        veld.process(invoer.velden if invoer and gestuurd else None, bewaard)
    return form


def lees_waarden(vragen: Iterable[Vraag], waarden: Mapping[str, Any], invoer: Invoer, prefix: str = "") -> Waarden:
    """De antwoorden in bewaarde vorm, zonder iets te eisen. Wat niet te lezen is ontbreekt; wat er niet stond blijft."""
    lijst = [
        vraag for vraag in vragen if not isinstance(vraag, Bestand | Herhaling) and invoer.heeft(prefix + vraag.key)
    ]
    form = vul_formulier(lijst, (), waarden, invoer, prefix)
    form.validate()
    uit = dict(waarden)
    for vraag in lijst:
        veld = form[vraag.key]
        uit[vraag.key] = None if veld.errors else naar_json(vraag, veld.data)
    return {sleutel: waarde for sleutel, waarde in uit.items() if waarde is not None}
