"""Wie een formulier invult: de eigenaar van de inzending, en hoe die in verzoek en regels heet."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import session

from integratie.urn import urn_van
from kern.aanmelden.identiteit import Identiteit
from kern.toegang import Eigenaar, eigenaar_van, huidige_identiteit

ZONDER_AANMELDING = "inzender"


@dataclass(frozen=True)
class Aanvrager:
    """Degene voor wie de inzending is. Bij een machtiging is dat de vertegenwoordigde, niet wie er achter het scherm zit."""

    eigenaar: Eigenaar
    identiteit: Identiteit | None = None

    @property
    def soort(self) -> str:
        """inwoner, ondernemer of anoniem."""
        soorten = {"bsn": "inwoner", "pseudoniem": "inwoner", "kvk": "ondernemer", "vestiging": "ondernemer"}
        return soorten.get(self.eigenaar[0], "anoniem")

    @property
    def urn(self) -> str:
        """De URN als initiator; leeg zonder aanmelding. Alleen voor in een lichaam: er kan een persoonsnummer in staan."""
        return urn_van(*self.eigenaar, kvk=self.identiteit.kvk if self.identiteit else "")

    @property
    def kvk(self) -> str:
        """Het KVK-nummer van de onderneming; leeg bij een inwoner."""
        if self.soort != "ondernemer":
            return ""
        return self.eigenaar[1] if self.eigenaar[0] == "kvk" or not self.identiteit else self.identiteit.kvk

    @property
    def bsn(self) -> str:
        return self.eigenaar[1] if self.eigenaar[0] == "bsn" else ""

    def als_context(self) -> dict[str, Any]:
        """`aanmelding` voor de regels van een formulier; zonder nummers."""
        wie = self.identiteit
        return {
            "soort": self.soort,
            "niveau": str(wie.niveau) if wie else "",
            "middel": wie.bron if wie else "",
            "machtiging": bool(wie and wie.machtiging),
        }


def huidige_aanvrager() -> Aanvrager | None:
    """Wie er als inwoner of ondernemer is aangemeld; een medewerker vult geen formulieren in."""
    identiteit = huidige_identiteit()
    if identiteit is None or identiteit.soort == "medewerker":
        return None
    return Aanvrager(eigenaar_van(identiteit), identiteit)


def zonder_aanmelding() -> Aanvrager:
    """Voor een formulier waarvoor niemand hoeft in te loggen: de inzending hoort bij deze browser."""
    if ZONDER_AANMELDING not in session:
        session[ZONDER_AANMELDING] = secrets.token_urlsafe(32)
    return Aanvrager(("sessie", session[ZONDER_AANMELDING]))
