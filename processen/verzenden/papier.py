"""De tekst van een bericht als brief: voor wie het op papier krijgt en er geen brief bij zit die het zelf zegt."""

from formuliermotor.brief import Brief, maak_brief
from formuliermotor.briefopmaak import briefstijl
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from processen.verzenden.post import Post

NAMENS = "processen"
WOORDEN = {"nl": ("Zaaknummer", "Datum"), "en": ("Case number", "Date")}


def begeleidende_brief(installatie: Installatie, post: Post) -> bytes:
    """De brief als PDF; leeg als een van de documenten de brief al is (een besluit bijvoorbeeld)."""
    if post.documenten and not post.rij["ontvangst"]:
        return b""
    wie, moment = post.geadresseerde, post.rij["aangemaakt"]
    nummer, datum = WOORDEN[post.voorkeur.taal]
    kenmerken = [(nummer, post.zaak.identificatie), (datum, f"{moment.astimezone(NEDERLAND):%d-%m-%Y}")]
    adres = [regel for regel in (wie.naam, *wie.adresregels) if regel]
    stijl = briefstijl(installatie, namens=NAMENS)
    return maak_brief(Brief(post.gevuld, adres, kenmerken, post.voorkeur.taal, moment), stijl)
