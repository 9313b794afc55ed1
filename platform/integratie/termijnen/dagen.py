"""Welke dag een handeling kan hebben: niets gebeurt voordat het verzoek ontvangen is, en wat vastligt is geen dag die nog moet komen (Awb 4:13)."""

from datetime import date

from integratie.termijnen.client import TermijnenClient
from integratie.termijnen.schemas import KlokDetailUit
from integratie.zaken.schemas import ZaakUit


class OnmogelijkeDag(ValueError):
    """Deze dag kan niet; `tekst` is voor een medewerker."""

    def __init__(self, tekst: str) -> None:
        self.tekst = tekst
        super().__init__(tekst)


def ontvangen_volgens(klok: KlokDetailUit | None, zaak: ZaakUit) -> date:
    """De dag van ontvangst: de vroegste die in het grootboek geldt, of zonder klok de startdatum van de zaak."""
    gebeurtenissen = klok.gebeurtenissen if klok else []
    dagen = [g.dag for g in gebeurtenissen if g.soort == "ontvangen" and not g.herroepen]
    return min(dagen, default=zaak.startdatum)


def eis_na_ontvangst(termijnen: TermijnenClient, zaak: ZaakUit, dag: date) -> None:
    """`OnmogelijkeDag` als er voor de ontvangst een besluit of een verzending zou zijn."""
    ontvangen = ontvangen_volgens(termijnen.klok(zaak.url), zaak)
    if dag < ontvangen:
        raise OnmogelijkeDag(
            f"Zaak {zaak.identificatie} is ontvangen op {ontvangen:%d-%m-%Y}: een besluit of verzending op "
            f"{dag:%d-%m-%Y} ligt daarvoor. Verbeter eerst de dag van ontvangst."
        )
