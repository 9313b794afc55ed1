"""De zienswijze op het besluitscherm: wie iets krijgt dat hij niet vroeg, of minder dan hij vroeg, mag daar eerst op reageren (Awb 4:7 en 4:8).

De vraag geldt bij afwijzen, wijzigen en intrekken. Buiten behandeling stellen kent al zijn eigen vraag om aanvulling (Awb 4:5).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.velden import KeuzeVeld, Optie, SelectVeld, TekstvakVeld
from integratie.besluiten.strekking import Strekking
from integratie.processen.schemas import ActieIn
from integratie.termijnen.schemas import GebeurtenisUit, KlokDetailUit
from integratie.zaken.schemas import ZaakUit
from processen.behandelen.bron import Zaakbron

PROCES: Final = "afwijzing-voorbereiden"
"""Vraagt de zienswijze, met brief, bericht en een taak in MijnGemeente; uit het pakket bouwstenen."""
LEESFORMULIER: Final = "bouwsteen-zienswijze-lezen"
ZONDERFORMULIER: Final = "bouwsteen-zonder-zienswijze-lezen"
"""De taak als er geen reactie kwam: het besluit zelf neemt de behandelaar op het besluitscherm."""
WAAR_NODIG: Final[tuple[Strekking, ...]] = ("afwijzing", "wijziging", "intrekking")
GEVEN, STIL, NIET_NODIG, VRAGEN = "gegeven", "geen-reactie", "niet-nodig", "vragen"
UITZONDERINGEN: Final[Mapping[str, tuple[str, str]]] = {
    "eigen": (lui("Het besluit steunt op wat de aanvrager zelf opgaf"), "Awb 4:7, eerste lid"),
    "gering": (lui("Het verschil is voor de aanvrager van weinig belang"), "Awb 4:7, tweede lid"),
    "verwacht": (lui("De aanvrager vroeg er zelf om, of heeft er geen bedenkingen tegen"), "Awb 4:8, eerste lid"),
    "spoed": (lui("Er is haast bij"), "Awb 4:11, onder a"),
    "eerder": (lui("De aanvrager kon al eerder reageren, en er is niets nieuws"), "Awb 4:11, onder b"),
    "doel": (lui("Het besluit werkt alleen als de aanvrager het niet vooraf weet"), "Awb 4:11, onder c"),
    "geld": (lui("Het gaat om geld, bezwaar is mogelijk en de gevolgen zijn te herstellen"), "Awb 4:12, eerste lid"),
}
"""Waarom de aanvrager niet vooraf hoeft te reageren, met het artikel."""


def velden() -> tuple[KeuzeVeld, SelectVeld, TekstvakVeld]:
    """De drie velden: hoe het met de zienswijze staat, de uitzondering, en wat ermee gedaan is."""
    hoe = KeuzeVeld(
        lui("Kon de aanvrager reageren op wat u wilt beslissen?"),
        opties=(
            Optie(VRAGEN, lui("Nog niet. Vraag het hem eerst; ik beslis daarna")),
            Optie(GEVEN, lui("Ja, en hij reageerde")),
            Optie(STIL, lui("Ja, maar hij reageerde niet")),
            Optie(NIET_NODIG, lui("Nee, en dat hoeft ook niet")),
        ),
        verplicht=False,
        hulptekst=lui("Verplicht als u afwijst, wijzigt of intrekt (Awb 4:7 en 4:8)."),
    )
    waarom = SelectVeld(
        lui("Waarom hoeft dat niet?"),
        opties=[Optie("", ""), *(Optie(naam, tekst) for naam, (tekst, _) in UITZONDERINGEN.items())],
        verplicht=False,
    )
    tekst = TekstvakVeld(
        lui("Wat vond de aanvrager, en wat deed u daarmee?"), verplicht=False, hulptekst=lui("Dit komt in het besluit.")
    )
    return hoe, waarom, tekst


def toets(formulier: Form, strekking: Strekking, klok: KlokDetailUit | None, vandaag: date) -> bool:
    """Is de vraag beantwoord waar dat moet, en klopt het antwoord met het grootboek? Wat niet klopt staat bij het veld."""
    hoe = formulier.data["zienswijze"] or ""
    if strekking not in WAAR_NODIG and not hoe:
        return True
    veld, fout = _fout(formulier, hoe, klok, vandaag)
    if fout:
        formulier[veld].errors = [fout]
    return not fout


def _fout(formulier: Form, hoe: str, klok: KlokDetailUit | None, vandaag: date) -> tuple[str, str]:
    if not hoe:
        return "zienswijze", vertaal("Kies een antwoord: bij dit besluit mag de aanvrager eerst reageren.")
    if hoe == NIET_NODIG and not formulier.data["zienswijze_waarom"]:
        return "zienswijze_waarom", vertaal("Kies waarom de aanvrager niet hoeft te reageren.")
    if hoe == GEVEN and not formulier.data["zienswijze_tekst"]:
        return "zienswijze_tekst", vertaal("Schrijf op wat de aanvrager vond en wat u daarmee deed.")
    gevraagd = laatst_gevraagd(klok)
    if hoe == STIL and gevraagd is None:
        return "zienswijze", vertaal("Er is nog niet gevraagd wat de aanvrager vindt.")
    if hoe == STIL and gevraagd and gevraagd.tot and gevraagd.tot >= vandaag:
        tot = gevraagd.tot.strftime("%d-%m-%Y")
        return "zienswijze", vertaal("De aanvrager kan nog reageren tot en met %(dag)s.", dag=tot)
    return "", ""


def laatst_gevraagd(klok: KlokDetailUit | None) -> GebeurtenisUit | None:
    """De laatste keer dat om een zienswijze gevraagd is."""
    gevraagd = [
        g for g in (klok.gebeurtenissen if klok else []) if g.soort == "zienswijze gevraagd" and not g.herroepen
    ]
    return max(gevraagd, key=lambda g: (g.dag, g.nr), default=None)


def verantwoording(formulier: Form) -> str:
    """Eén regel voor het besluit: wat er met de zienswijze gebeurde."""
    hoe = formulier.data["zienswijze"]
    if hoe == GEVEN:
        return " ".join(str(formulier.data["zienswijze_tekst"]).split())
    if hoe == STIL:
        return "Gevraagd, maar er kwam geen reactie."
    if hoe == NIET_NODIG:
        _, artikel = UITZONDERINGEN[formulier.data["zienswijze_waarom"]]
        return f"Niet gevraagd: {artikel}."
    return ""


def vraag(bron: Zaakbron, zaak: ZaakUit, voornemen: str, documenttype: str, sleutel: UUID) -> None:
    """Vraag de aanvrager wat hij vindt. Met dezelfde sleutel nog eens is het dezelfde vraag."""
    groepen = bron.team(zaak)
    gegevens: dict[str, Any] = {
        "voornemen": voornemen, "groep": groepen[0] if groepen else "", "documenttype": documenttype or None,
        "weegformulier": LEESFORMULIER, "zonderformulier": ZONDERFORMULIER,
    }  # fmt: skip
    bron.processen.start_actie(ActieIn(uuid=sleutel, zaak=zaak.url, proces=PROCES, gegevens=gegevens))
