"""De inlogmiddelen van de simulator: per middel wie er te kiezen zijn, met welke claims, en tot welk niveau."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kern.aanmelden import Niveau
from kern.aanmelden.niveaus import DIGID, EHERKENNING, EIDAS, MEDEWERKER, Niveaus
from simulatoren.brp.bevolking import Bevolking
from simulatoren.gegevens import lees

DIENST = {"id": "gemeente-alle-diensten", "uuid": "0b6c1c5e-5a0c-4a0e-9f5b-6f1f4ad4c1a2"}


@dataclass(frozen=True)
class Persoon:
    """Iemand die op de inlogpagina te kiezen is. `hoogste` is het hoogste niveau dat diegene heeft."""

    sleutel: str
    titel: str
    toelichting: str
    claims: dict[str, Any] = field(repr=False)
    hoogste: Niveau = Niveau.HOOG


@dataclass(frozen=True)
class Middel:
    """Eén provider: een eigen issuer met eigen personen."""

    naam: str
    titel: str
    niveaus: Niveaus
    personen: tuple[Persoon, ...]

    def persoon(self, sleutel: str) -> Persoon | None:
        """De gekozen persoon, of None."""
        return next((persoon for persoon in self.personen if persoon.sleutel == sleutel), None)

    def aangeboden(self, acr_values: str) -> dict[str, Niveau]:
        """De niveaus die genoeg zijn: vanaf het laagste dat de client noemt. Noemt zij niets bekends, dan alle."""
        gevraagd = [self.niveaus[acr] for acr in acr_values.split() if acr in self.niveaus]
        if not gevraagd:
            return dict(self.niveaus)
        laagste = min(gevraagd, key=lambda niveau: niveau.rang)
        return {acr: niveau for acr, niveau in self.niveaus.items() if niveau.voldoet_aan(laagste)}


def alle_middelen(bevolking: Bevolking) -> dict[str, Middel]:
    """De vijf middelen met hun personen."""
    gegevens = lees("aanmeldingen")
    middelen = (
        Middel("digid", "DigiD", DIGID, tuple(_inwoners(bevolking))),
        Middel("eherkenning", "eHerkenning", EHERKENNING, tuple(map(_ondernemer, gegevens["eherkenning"]))),
        Middel("eidas", "eIDAS", EIDAS, tuple(map(_europeaan, gegevens["eidas"]))),
        Middel("digid-machtigen", "DigiD Machtigen", DIGID, tuple(map(_gemachtigde, gegevens["digid-machtigen"]))),
        Middel("medewerkers", "Medewerkersaccount", MEDEWERKER, tuple(map(_medewerker, gegevens["medewerkers"]))),
    )
    return {middel.naam: middel for middel in middelen}


def _inwoners(bevolking: Bevolking) -> Iterator[Persoon]:
    for inwoner in bevolking.inwoners.values():
        if not inwoner.overleden:
            yield Persoon(inwoner.bsn, inwoner.naam, inwoner.toelichting, {"bsn": inwoner.bsn})


def _gekozen(deel: dict[str, Any], claims: dict[str, Any]) -> Persoon:
    ingevuld = {naam: waarde for naam, waarde in claims.items() if waarde not in (None, "")}
    hoogste = Niveau(deel.get("hoogste", Niveau.HOOG))
    return Persoon(deel["sleutel"], deel["titel"], deel["toelichting"], ingevuld, hoogste)


def _machtiging(deel: dict[str, Any]) -> dict[str, Any]:
    if "namens" not in deel:
        return {}
    return {
        "vertegenwoordigde": deel["namens"],
        "machtiging": {"rol": deel.get("rol", ""), "diensten": deel.get("diensten", [DIENST])},
    }


def _ondernemer(deel: dict[str, Any]) -> Persoon:
    return _gekozen(
        deel,
        {
            "kvk": deel["kvk"],
            "vestiging": deel.get("vestiging"),
            "pseudoniem": f"handelend-{deel['sleutel']}@simulator",
            "name": deel["handelend"],
            **_machtiging(deel),
        },
    )


def _europeaan(deel: dict[str, Any]) -> Persoon:
    return _gekozen(
        deel,
        {
            "pseudoniem": deel["pseudoniem"],
            "given_name": deel["voornamen"],
            "family_name": deel["geslachtsnaam"],
            "name": f"{deel['voornamen']} {deel['geslachtsnaam']}",
            "birthdate": deel["geboortedatum"],
            "bsn": deel.get("bsn"),
        },
    )


def _gemachtigde(deel: dict[str, Any]) -> Persoon:
    return _gekozen(deel, {"bsn": deel["bsn"], **_machtiging(deel)})


def _medewerker(deel: dict[str, Any]) -> Persoon:
    return _gekozen(
        deel,
        {
            "preferred_username": deel["sleutel"],
            "name": deel["titel"],
            "email": f"{deel['sleutel']}@voorbeeldstad.example",
            "groups": deel["groepen"],
            "roles": deel["rollen"],
        },
    )
