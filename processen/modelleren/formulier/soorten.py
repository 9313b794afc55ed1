"""De soorten vragen die de editor kent, op volgorde van gebruik."""

from dataclasses import dataclass
from typing import Any

from huisstijl import lui


@dataclass(frozen=True)
class Soort:
    """Een soort vraag: `type` in de definitie, en welke extra velden zij heeft."""

    type: str
    naam: Any
    uitleg: Any
    velden: frozenset[str] = frozenset()


def _soort(type_: str, naam: Any, uitleg: Any, *velden: str) -> Soort:
    return Soort(type_, naam, uitleg, frozenset(velden))


SOORTEN: tuple[Soort, ...] = (
    _soort("textfield", lui("Korte tekst"), lui("Eén regel, zoals een naam."), "lengte"),
    _soort("textarea", lui("Lange tekst"), lui("Meer regels, zoals een toelichting."), "lengte"),
    _soort("number", lui("Getal"), lui("Een getal, met grenzen als u wilt."), "grenzen"),
    _soort("currency", lui("Bedrag"), lui("Een bedrag in euro's."), "grenzen"),
    _soort("date", lui("Datum"), lui("Dag, maand en jaar.")),
    _soort("radio", lui("Keuze"), lui("Eén antwoord uit een paar mogelijkheden."), "keuzen"),
    _soort("select", lui("Keuzelijst"), lui("Eén antwoord uit een lange lijst."), "keuzen"),
    _soort("selectboxes", lui("Vinkjes"), lui("Geen, één of meer antwoorden."), "keuzen"),
    _soort("checkbox", lui("Eén vinkje"), lui("Bijvoorbeeld: ik verklaar dat dit klopt.")),
    _soort("addressNL", lui("Adres"), lui("Postcode, huisnummer, straat en plaats.")),
    _soort("bsn", lui("Burgerservicenummer"), lui("Wordt meteen gecontroleerd (elfproef).")),
    _soort("email", lui("E-mailadres"), lui("Wordt op vorm gecontroleerd.")),
    _soort("phoneNumber", lui("Telefoonnummer"), lui("Wordt op vorm gecontroleerd.")),
    _soort("postcode", lui("Postcode"), lui("Vier cijfers en twee letters.")),
    _soort("iban", lui("Rekeningnummer"), lui("IBAN, met controle.")),
    _soort("licenseplate", lui("Kenteken"), lui("Een Nederlands kenteken.")),
    _soort("file", lui("Bestand"), lui("De inwoner stuurt een of meer bestanden mee."), "bestanden"),
    _soort("content", lui("Uitleg"), lui("Tekst tussen de vragen; er is niets in te vullen."), "uitleg"),
)
OP_TYPE = {soort.type: soort for soort in SOORTEN}
SAMENGESTELD = {"fieldset": lui("Groep vragen"), "columns": lui("Vragen naast elkaar"), "editgrid": lui("Herhaling")}
ZONDER_ANTWOORD = frozenset({"content", "fieldset", "columns"})


def naam_van(type_: str) -> str:
    """Hoe deze soort voor mensen heet."""
    soort = OP_TYPE.get(type_)
    return str(soort.naam) if soort else str(SAMENGESTELD.get(type_, type_))
