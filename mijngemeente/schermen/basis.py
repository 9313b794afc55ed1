"""De blauwdruk van alle schermen, en wat zij delen."""

from flask import Blueprint

from huisstijl import lui
from integratie.taken.schemas import ExterneTaakUit
from integratie.urn import ontleed
from kern.toegang import voor_inwoner
from mijngemeente.bronnen import NAAM, bronnen
from mijngemeente.taken import te_laat

blauwdruk = Blueprint(NAAM, "mijngemeente")
inwoner = voor_inwoner()

KANALEN = {
    "telefoon": lui("Telefoon"),
    "email": lui("E-mail"),
    "balie": lui("Balie"),
    "post": lui("Post"),
    "chat": lui("Chat"),
    "mijngemeente": lui("MijnGemeente"),
}
PRODUCTSTATUS = {
    "initieel": (lui("Nog niet begonnen"), "neutral"),
    "in_aanvraag": (lui("In aanvraag"), "neutral"),
    "gereed": (lui("Klaar"), "success"),
    "actief": (lui("Geldig"), "success"),
    "ingetrokken": (lui("Ingetrokken"), "error"),
    "geweigerd": (lui("Geweigerd"), "error"),
    "verlopen": (lui("Verlopen"), "inactive"),
}


@blauwdruk.app_template_filter("te_laat")
def _te_laat(taak: ExterneTaakUit) -> bool:
    return te_laat(taak, bronnen().installatie.klok.vandaag())


@blauwdruk.app_template_filter("zaaknummer")
def zaaknummer_van(taak: ExterneTaakUit) -> str:
    """Het nummer van de zaak waar een taak bij hoort, of leeg."""
    nummers = (ontleed(deel.urn)["zaaknummer"] for deel in taak.is_gerelateerd_aan)
    return next(filter(None, nummers), "")


@blauwdruk.app_template_filter("kanaalnaam")
def _kanaalnaam(kanaal: str) -> str:
    return str(KANALEN.get(kanaal.lower().replace("-", ""), kanaal))


@blauwdruk.app_template_filter("productstatus")
def _productstatus(status: str) -> tuple[str, str]:
    return PRODUCTSTATUS[status]
