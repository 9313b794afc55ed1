"""Als wie een beheerder een formulier proefinvult: een verzonnen persoon, en wat de bronnen van diegene weten."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from contracten import Bronnen, BronNietBereikbaar, Vrager, vraag_bronnen
from formuliermotor import Formulierdefinitie
from kern.aanmelden.identiteit import Identiteit
from kern.aanmelden.niveaus import Niveau
from kern.installatie import Installatie
from processen.modelleren.proeven import MaakProefplaats
from processen.pakketten.spelen import Proefpersoon

ACTIVITEIT: Final = "urn:dienstverlening:verwerking:formulier-invullen"


class Proefpersonen:
    """De verzonnen mensen van de proefplaats van een installatie."""

    def __init__(self, installatie: Installatie, maak_proefplaats: MaakProefplaats) -> None:
        self._installatie, self._maak_proefplaats = installatie, maak_proefplaats
        self._alle: Sequence[Proefpersoon] | None = None

    def voor(self, middelen: Collection[str]) -> Sequence[Proefpersoon]:
        """Wie met een van deze inlogmiddelen kan inloggen; leeg als inloggen niet hoeft."""
        if not middelen:
            return []
        if self._alle is None:
            with self._maak_proefplaats(self._installatie) as plaats:
                self._alle = plaats.personen()
        return [p for p in self._alle if ("digid" in middelen and p.bsn) or ("eherkenning" in middelen and p.kvk)]

    def voorinvulling(self, definitie: Formulierdefinitie, persoon: Proefpersoon) -> dict[str, Any] | None:
        """Wat de bronnen van de proefplaats op de vragen van dit formulier antwoorden; None als dat nu niet kan.

        De echte bronnen worden niet gevraagd, en er blijft niets van over.
        """
        bronnen = Bronnen(self._installatie.plugins.verzamel("bronnen"))
        nu = self._installatie.klok.nu()
        wie = Vrager(_identiteit(persoon, self._installatie), ACTIVITEIT, definitie.slug)
        try:
            with self._maak_proefplaats(self._installatie) as plaats, plaats.leeg(nu) as proef:
                return vraag_bronnen(proef, bronnen, definitie.voorinvullingen(), wie)
        except (BronNietBereikbaar, psycopg.Error, SQLAlchemyError):
            return None


def aanmelding(persoon: Proefpersoon) -> dict[str, Any]:
    """`aanmelding` voor de regels van het formulier, zoals bij een inwoner of ondernemer die echt inlogt."""
    soort, middel = ("ondernemer", "eherkenning") if persoon.kvk else ("inwoner", "digid")
    return {"soort": soort, "niveau": Niveau.HOOG.value, "middel": middel, "machtiging": False}


def _identiteit(persoon: Proefpersoon, installatie: Installatie) -> Identiteit:
    return Identiteit(
        soort="ondernemer" if persoon.kvk else "inwoner", bron="eherkenning" if persoon.kvk else "digid", middel="simulator",
        onderwerp=persoon.sleutel, bsn=persoon.bsn, kvk=persoon.kvk, naam=persoon.naam, niveau=Niveau.HOOG, tijdstip=installatie.klok.nu(),
    )  # fmt: skip
