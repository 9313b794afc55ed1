"""URN's: hoe Verzoeken, Taken en Berichten naar personen, organisaties, zaken en documenten verwijzen (regels hoofdstuk 13)."""

from dataclasses import dataclass
from typing import Any


def urn_bsn(bsn: str) -> str:
    """Een natuurlijk persoon. Komt alleen in lichamen van verzoeken voor, nooit in een URL of log."""
    return f"urn:nld:brp:bsn:{bsn}"


def urn_kvk(kvk: str, vestiging: str = "") -> str:
    """Een onderneming, of een vestiging daarvan."""
    return f"urn:nld:hr:kvknummer:{kvk}" + (f":vestigingsnummer:{vestiging}" if vestiging else "")


def urn_pseudoniem(pseudoniem: str) -> str:
    """Iemand zonder BSN (eIDAS)."""
    return f"urn:nld:eidas:pseudoniem:{pseudoniem}"


def urn_van(soort: str, waarde: str, *, kvk: str = "") -> str:
    """De URN van een eigenaar (`kern.toegang.Eigenaar`); leeg als die er geen heeft. Van een vestiging is `kvk` de onderneming."""
    if soort == "vestiging":
        return urn_kvk(kvk, waarde) if kvk else ""
    maak = {"bsn": urn_bsn, "pseudoniem": urn_pseudoniem, "kvk": urn_kvk}.get(soort)
    return maak(waarde) if maak else ""


def urn_uuid(rsin: str, soort: str, uuid: Any) -> str:
    """Een resource van deze gemeente, zoals een document of een procesinstantie."""
    return f"urn:nld:{rsin}:{soort}:uuid:{uuid}"


def urn_zaak(rsin: str, identificatie: str) -> str:
    """Een zaak, op haar zaaknummer."""
    return f"urn:nld:{rsin}:zaak:zaaknummer:{identificatie}"


@dataclass(frozen=True)
class Urn:
    """Een ontlede URN: `register` (brp, hr of een RSIN), en de kenmerken als soort → waarde."""

    register: str
    kenmerken: dict[str, str]

    def __getitem__(self, soort: str) -> str:
        return self.kenmerken.get(soort, "")


def ontleed(urn: str) -> Urn:
    """Haal een URN uit elkaar; het laatste deel mag zelf dubbele punten bevatten."""
    delen = urn.split(":")
    staart = delen[3:] if delen[2] in ("brp", "hr", "eidas") else delen[4:]
    if delen[2] == "eidas":
        staart = [staart[0], ":".join(staart[1:])]
    return Urn(delen[2], dict(zip(staart[::2], staart[1::2], strict=False)))
