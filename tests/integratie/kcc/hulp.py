"""Een KCC-medewerker achter een browser zonder scherm."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from kern.installatie import Installatie
from tests.schermhulp import TOKEN, Venster, http_naar

JAN, ANNA, SOPHIE, LISA, ONBEKEND = "999000007", "999000032", "999000275", "999000500", "999990019"
BEDRIJF = "90000018"
VERSIE = re.compile(r'name="versie" value="(\d+)"')
VRAAG = re.compile(r'name="(v[0-9a-f]{12}-)onderwerp"')

__all__ = ["ANNA", "BEDRIJF", "JAN", "LISA", "ONBEKEND", "SOPHIE", "TOKEN", "VERSIE", "Medewerker", "medewerker"]


class Medewerker(Venster):
    """Iemand van het KCC, met zijn laatste pagina."""

    def zoek(self, soort: str, **velden: str) -> "Medewerker":
        return self.naar(f"/kcc/zoeken/{soort}").stuur(f"/kcc/zoeken/{soort}", **velden)

    def begin_gesprek(self, klant: str = "") -> "Medewerker":
        return self.stuur("/kcc/gesprekken", klant=klant)

    @property
    def vragen(self) -> list[str]:
        """Het begin van de veldnamen van elke vraag op de gesprekspagina."""
        return VRAAG.findall(self.antwoord.text)

    def bewaar(self, actie: str, **antwoorden: str) -> "Medewerker":
        """Verstuur het gesprek; `antwoorden` zijn die van de eerste vraag."""
        velden = {f"{self.vragen[0]}{naam}": waarde for naam, waarde in antwoorden.items()}
        versie = VERSIE.search(self.antwoord.text)
        assert versie
        return self.stuur(self.pad, kanaal="telefoon", versie=versie[1], actie=actie, **velden)


@contextmanager
def medewerker(installatie: Installatie, wie: str = "kim") -> Iterator[Medewerker]:
    """Deze medewerker, aangemeld; eindigt op een pagina die elke rol mag zien."""
    with http_naar(installatie) as http:
        venster = Medewerker(http).log_in(wie, "/kcc/contactverzoeken")
        assert venster.status == 200, venster.tekst
        yield venster
