"""Van de claims van een inlogmiddel naar een `Identiteit`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from kern.aanmelden.fouten import AntwoordOngeldig
from kern.aanmelden.identiteit import ROLLEN, Dienst, Identiteit, Machtiging
from kern.aanmelden.middel import Claim, Inlogmiddel, lees_claim

_TEKSTVELDEN = (
    "bsn",
    "kvk",
    "vestiging",
    "pseudoniem",
    "gebruikersnaam",
    "naam",
    "email",
)
_PER_DOELGROEP = {
    "inwoner": {"bsn", "pseudoniem", "naam", "email"},
    "ondernemer": {"kvk", "vestiging", "pseudoniem", "naam", "email"},
    "medewerker": {"gebruikersnaam", "naam", "email"},
}


def naar_identiteit(middel: Inlogmiddel, claims: Mapping[str, Any], nu: datetime) -> Identiteit:
    """De identiteit bij getoetste claims; `AntwoordOngeldig` als er een nummer of kenmerk ontbreekt of niet klopt."""
    loa = _tekst(claims, middel.claims.niveau)
    velden = {
        naam: _tekst(claims, getattr(middel.claims, naam))
        for naam in _TEKSTVELDEN
        if naam in _PER_DOELGROEP[middel.doelgroep]
    }
    try:
        return Identiteit(
            soort=middel.doelgroep,
            bron=middel.bron,
            middel=middel.naam,
            onderwerp=str(claims["sub"]),
            **velden,
            geboortedatum=lees_claim(claims, middel.claims.geboortedatum) if middel.doelgroep == "inwoner" else None,
            niveau=middel.niveaus.get(loa, middel.standaard_niveau),
            loa=loa if loa in middel.niveaus else "",
            machtiging=_machtiging(middel, claims),
            groepen=_lijst(claims, middel.claims.groepen),
            rollen=_rollen(middel, claims),
            tijdstip=nu,
        )
    except ValidationError as fout:
        plekken = ", ".join(sorted({str(deel["loc"][0]) if deel["loc"] else "kenmerk" for deel in fout.errors()}))
        raise AntwoordOngeldig(f"het inlogmiddel gaf onbruikbare gegevens: {plekken}") from None


def _machtiging(middel: Inlogmiddel, claims: Mapping[str, Any]) -> Machtiging | None:
    bsn = _tekst(claims, middel.claims.vertegenwoordigde_bsn)
    kvk = _tekst(claims, middel.claims.vertegenwoordigde_kvk)
    if not bsn and not kvk:
        return None
    gegeven = lees_claim(claims, middel.claims.machtiging_diensten) or ()
    diensten = tuple(Dienst(**deel) if isinstance(deel, dict) else Dienst(id=str(deel)) for deel in gegeven)
    return Machtiging(
        soort="bsn" if bsn else "kvkNummer",
        vertegenwoordigde=bsn or kvk,
        naam=_tekst(claims, middel.claims.vertegenwoordigde_naam),
        rol=_tekst(claims, middel.claims.machtiging_rol),
        diensten=diensten,
        alles=any({dienst.id, dienst.uuid} & set(middel.alle_diensten) for dienst in diensten),
    )


def _rollen(middel: Inlogmiddel, claims: Mapping[str, Any]) -> tuple[str, ...]:
    """De bekende rollen die de provider zelf noemt, en die bij de groepen horen. Alleen medewerkers hebben rollen."""
    if middel.doelgroep != "medewerker":
        return ()
    genoemd = set(_lijst(claims, middel.claims.rollen))
    for groep in _lijst(claims, middel.claims.groepen):
        genoemd.update(middel.rollen_per_groep.get(groep, ()))
    return tuple(rol for rol in ROLLEN if rol in genoemd)


def _lijst(claims: Mapping[str, Any], claim: Claim) -> tuple[str, ...]:
    waarde = lees_claim(claims, claim)
    return tuple(map(str, waarde)) if isinstance(waarde, list) else ()


def _tekst(claims: Mapping[str, Any], claim: Claim) -> str:
    waarde = lees_claim(claims, claim)
    return "" if waarde is None else str(waarde)
