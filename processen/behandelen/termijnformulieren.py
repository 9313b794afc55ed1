"""Wat een behandelaar over de termijn van een zaak kan vastleggen, elk met een eigen formulier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Form

from huisstijl import lui
from huisstijl.velden import DatumVeld, GetalVeld, KeuzeVeld, Optie, TekstvakVeld
from integratie.termijnen.schemas import Gebeurtenissoort, KlokDetailUit

REDENEN = (
    Optie("aanvulling gevraagd", lui("De aanvraag is niet volledig: aanvulling gevraagd")),
    Optie("buitenland gevraagd", lui("Informatie uit het buitenland gevraagd")),
    Optie("derden gevraagd", lui("Anderen om een zienswijze gevraagd (Woo)")),
    Optie("instemming", lui("De aanvrager stemt schriftelijk in met uitstel")),
    Optie("toerekenbaar", lui("De vertraging komt door de aanvrager")),
    Optie("overmacht", lui("Overmacht: de gemeente kan niet beslissen")),
)
EINDEN: tuple[Gebeurtenissoort, ...] = ("aangevuld", "buitenland ontvangen", "derden gereageerd", "overmacht voorbij")
MEESTE_WEKEN = 26


def _dag(label: str) -> DatumVeld:
    return DatumVeld(label, hulptekst=lui("Bijvoorbeeld 15 3 2026."))


def _reden(label: str, *, verplicht: bool = True) -> TekstvakVeld:
    return TekstvakVeld(label, verplicht=verplicht, hulptekst=lui("De aanvrager kan dit lezen in MijnGemeente."))


class Opschorten(Form):
    soort = KeuzeVeld(lui("Waarom staat de termijn stil?"), opties=REDENEN)
    dag = _dag(lui("Wanneer is dat gevraagd of begonnen?"))
    tot = DatumVeld(
        lui("Tot en met welke dag?"),
        verplicht=False,
        hulptekst=lui(
            "De laatste dag waarop het antwoord op tijd is. Zonder dag staat de termijn bij een aanvulling niet stil."
        ),
    )
    reden = _reden(lui("Toelichting"))


class Hervatten(Form):
    dag = _dag(lui("Op welke dag kwam het antwoord?"))
    reden = _reden(lui("Toelichting"), verplicht=False)


class Verdagen(Form):
    weken = GetalVeld(lui("Hoeveel weken?"), decimalen=0)
    reden = _reden(lui("Waarom is er meer tijd nodig?"))


class Ingebreke(Form):
    dag = _dag(lui("Op welke dag kwam de ingebrekestelling binnen?"))


class GeenDwangsom(Form):
    reden = _reden(lui("Waarom is er geen dwangsom verschuldigd?"))


class Herroepen(Form):
    reden = TekstvakVeld(lui("Wat klopt er niet?"))


@dataclass(frozen=True)
class Handeling:
    """Eén handeling: het formulier, wat de knop zegt en wat iemand vooraf moet weten. `kan`: de gebeurtenissen die haar mogelijk maken."""

    formulier: type[Form]
    titel: str
    uitleg: str
    kan: tuple[str, ...]


HANDELINGEN: Mapping[str, Handeling] = {
    "opschorten": Handeling(
        Opschorten,
        lui("Termijn opschorten"),
        lui("De termijn staat stil vanaf de dag na de dag die u invult (Awb 4:15)."),
        ("aanvulling gevraagd",),
    ),
    "hervatten": Handeling(
        Hervatten, lui("Termijn hervatten"), lui("De termijn loopt weer vanaf de dag die u invult."), EINDEN
    ),
    "verdagen": Handeling(
        Verdagen,
        lui("Beslissing verdagen"),
        lui(
            "Dat kan één keer. Laat het de aanvrager weten voordat de termijn voorbij is: de wet vraagt die mededeling."
        ),
        ("verdaagd",),
    ),
    "ingebrekestelling": Handeling(
        Ingebreke,
        lui("Ingebrekestelling vastleggen"),
        lui("Is er twee weken daarna niet beslist, dan begint de dwangsom te lopen (Awb 4:17)."),
        ("ingebreke gesteld",),
    ),
    "geen-dwangsom": Handeling(
        GeenDwangsom,
        lui("Geen dwangsom verschuldigd"),
        lui("Bijvoorbeeld omdat de ingebrekestelling onredelijk laat kwam (Awb 4:17, zesde lid)."),
        ("geen dwangsom",),
    ),
}


def mogelijk(klok: KlokDetailUit) -> list[str]:
    """De handelingen die nu kunnen."""
    return [naam for naam, handeling in HANDELINGEN.items() if set(handeling.kan) & set(klok.mogelijk)]


def maak_formulier(naam: str, klok: KlokDetailUit, **bron: Any) -> Form:
    """Het formulier van een handeling, met alleen de redenen die bij dit soort verzoek de termijn stilzetten."""
    formulier = HANDELINGEN[naam].formulier(**bron)
    if isinstance(formulier, Opschorten):
        formulier.soort.opties = tuple(optie for optie in REDENEN if optie.waarde in klok.mogelijk)
    return formulier


def beginwaarden(vandaag: date) -> dict[str, Any]:
    """Wat er al ingevuld staat."""
    return {"dag": vandaag}


def als_gebeurtenis(naam: str, formulier: Form, klok: KlokDetailUit) -> dict[str, Any]:
    """De velden van `GebeurtenisIn` uit een geldig formulier."""
    velden: dict[str, Any] = {n: w for n, w in formulier.data.items() if w not in (None, "")}
    if naam == "hervatten":
        velden["soort"] = next(soort for soort in EINDEN if soort in klok.mogelijk)
    elif naam == "verdagen":
        velden |= {"soort": "verdaagd", "duur": f"P{int(velden.pop('weken'))}W"}
    elif naam != "opschorten":
        velden["soort"] = HANDELINGEN[naam].kan[0]
    return velden
