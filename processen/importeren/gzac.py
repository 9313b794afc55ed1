"""De vaste aanroepen van GZAC (Valtimo) in expressies: dossiervelden lezen en zetten.

GZAC bewaart een dossier (`doc:/…`) naast het proces. Hier zijn antwoorden die een proces nodig heeft procesvariabelen: `doc:/a/b` wordt de
variabele `aB`. Velden van de zaak (`zaak:…`) leest een bouwblok.
"""

import re

from processen.importeren.juel import NietTeVertalen, naar_feel

_LEES = re.compile(r"valueResolver(?:Delegate)?Service\.resolveValue\(\s*execution\s*,\s*'([^']*)'\s*\)")
_ZET = re.compile(
    r"^\$\{\s*valueResolver(?:Delegate)?Service\.handleValue\(\s*execution\s*,\s*'([^']*)'\s*,(.*)\)\s*\}$", re.DOTALL
)
_ZET_VARIABELE = re.compile(r"^\$\{\s*execution\.setVariable\(\s*'([A-Za-z_]\w*)'\s*,(.*)\)\s*\}$", re.DOTALL)
_DOSSIER = ("doc:", "pv:", "bb:")
REMEDIES = {
    "documentDelegateService.setInternalStatus": "Gebruik het bouwblok zaken.status-zetten.",
    "documentDelegateService.addCaseTag": "Gebruik het bouwblok zaken.eigenschap-zetten.",
    "documentDelegateService.removeCaseTag": "Gebruik het bouwblok zaken.eigenschap-zetten.",
    "documentDelegateService.setAssignee": "Gebruik het bouwblok zaken.rol-medewerker.",
    "documentDelegateService.unassign": "Gebruik het bouwblok zaken.rol-verwijderen.",
    "valueResolverDelegateService": "Lees of schrijf dit met een bouwblok (zaken.gegevens, zaken.eigenschap-zetten, verzoeken.gegevens).",
}


def vertaal(waarde: str) -> tuple[str, dict[str, str]]:
    """FEEL, en welke dossiervelden er welke variabelen in werden. `NietTeVertalen` als het niet gaat."""
    velden: dict[str, str] = {}

    def variabele(gevonden: re.Match[str]) -> str:
        velden[gevonden[1]] = naam = veldnaam(gevonden[1])
        return naam

    return naar_feel(_LEES.sub(variabele, waarde)), velden


def toekenning(waarde: str) -> tuple[str, str] | None:
    """(variabele, expressie) als deze expressie één variabele of dossierveld zet."""
    if gevonden := _ZET_VARIABELE.match(waarde.strip()):
        return gevonden[1], f"${{{gevonden[2].strip()}}}"
    if gevonden := _ZET.match(waarde.strip()):
        return veldnaam(gevonden[1]), f"${{{gevonden[2].strip()}}}"
    return None


def veldnaam(pad: str) -> str:
    """De variabele bij een veld: `doc:/a/b` is `aB`."""
    soort = next((s for s in _DOSSIER if pad.startswith(s)), None)
    delen = [deel for deel in re.split(r"[^A-Za-z0-9_]+", pad[len(soort) :]) if deel] if soort else []
    if not delen:
        raise NietTeVertalen(f"{pad} is geen veld van het dossier")
    return delen[0] + "".join(deel[:1].upper() + deel[1:] for deel in delen[1:])


def remedie(expressie: str) -> str:
    """Wat er in plaats van deze aanroep kan."""
    passend = (tekst for naam, tekst in REMEDIES.items() if naam in expressie)
    return next(passend, "Kies een bouwblok dat dit doet, of maak er een (docs/bouwblok-maken.md).")
