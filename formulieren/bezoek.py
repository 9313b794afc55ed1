"""Wie er nu welk formulier invult, getoetst: het formulier bestaat, de aanmelding past erbij en de inzending is van hem."""

from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn, cast
from urllib.parse import urlencode
from uuid import UUID

from flask import abort, current_app, make_response, redirect, render_template, request, url_for

from formulieren.aanvrager import Aanvrager, huidige_aanvrager, zonder_aanmelding
from formulieren.definities import Definities, Gevonden
from formulieren.inzendingen import Inzendingen, Stand
from formuliermotor import Formulierdefinitie, Formulierweergave
from formuliermotor.bestanden import Conceptbestanden
from huisstijl import huidige_taal
from integratie.configuratie import Einde
from kern.aanmelden.niveaus import Niveau
from kern.concepten import GeenConcept
from kern.installatie import Installatie
from kern.toegang import AANMELDADRES, veilig_pad
from kern.web import huidige_installatie


@dataclass(frozen=True)
class Bezoek:
    """Een aanvrager bij een formulier."""

    definitie: Formulierdefinitie
    aanvrager: Aanvrager

    @property
    def installatie(self) -> Installatie:
        return huidige_installatie()

    @cached_property
    def inzendingen(self) -> Inzendingen:
        return Inzendingen(self.installatie, self.aanvrager.eigenaar)

    def stand(self, id_: UUID) -> Stand:
        """De inzending; 404 als zij er niet is, van een ander is of bij een ander formulier hoort."""
        try:
            stand = self.inzendingen.lees(id_)
        except GeenConcept:
            abort(404)
        return stand if stand.inzending.slug == self.definitie.slug else abort(404)

    def weergave(self, stand: Stand | None = None, taal: str = "") -> Formulierweergave:
        """Het formulier voor deze aanvrager, met bestanden die bij de inzending bewaard worden."""
        bestanden = Conceptbestanden(self.installatie.opslag, stand.id) if stand else None
        return Formulierweergave(
            self.definitie,
            taal or huidige_taal(),
            {"aanmelding": self.aanvrager.als_context()},
            klok=self.installatie.klok.nu,
            bewaar=bestanden.bewaar if bestanden else None,
            vast=stand.inzending.vast if stand else (),
        )


def zoek_definitie(slug: str, *, ook_gestopt: bool = False) -> Formulierdefinitie:
    """Het formulier; 404 als het er niet is, en 410 met uitleg als het niets meer aanneemt (tenzij `ook_gestopt`)."""
    gevonden: Gevonden | None = cast("Definities", current_app.extensions["definities"]).haal(slug)
    if gevonden is None:
        abort(404)
    if gevonden.einde is not None and not ook_gestopt:
        _zeg_gestopt(gevonden.definitie, gevonden.einde)
    return gevonden.definitie


def _zeg_gestopt(definitie: Formulierdefinitie, einde: Einde) -> NoReturn:
    """De pagina van een gestopt formulier, met wat iemand er nog van had liggen."""
    aanvrager = passende_aanvrager(definitie)
    begonnen = Bezoek(definitie, aanvrager).inzendingen.van_formulier(definitie.slug) if aanvrager else []
    pagina = render_template("formulieren/gestopt.html", definitie=definitie, einde=einde, begonnen=begonnen)
    abort(make_response(pagina, 410))


def eis_bezoek(slug: str, *, ook_gestopt: bool = False) -> Bezoek:
    """Wie dit formulier mag invullen; anders naar inloggen (ook als het niveau te laag is) of naar de uitleg op de startpagina.

    `ook_gestopt` is voor wat ook kan als het formulier niets meer aanneemt: lezen wat verstuurd is, en antwoorden weggooien.
    """
    definitie = zoek_definitie(slug, ook_gestopt=ook_gestopt)
    aanvrager = passende_aanvrager(definitie)
    if aanvrager is None:
        abort(redirect(inlogadres(definitie, veilig_pad(_pad()))))
    if not mag_namens(definitie, aanvrager):
        abort(redirect(startadres(definitie)))
    return Bezoek(definitie, aanvrager)


def passende_aanvrager(definitie: Formulierdefinitie) -> Aanvrager | None:
    """Wie er is aangemeld, als dat met een middel en niveau is dat bij het formulier past."""
    aanvrager = huidige_aanvrager()
    if not definitie.inlogmiddelen:
        return aanvrager or zonder_aanmelding()
    if aanvrager is None or aanvrager.identiteit is None:
        return None
    past = aanvrager.identiteit.bron in definitie.inlogmiddelen and aanvrager.identiteit.voldoet(minimum(definitie))
    return aanvrager if past else None


def mag_namens(definitie: Formulierdefinitie, aanvrager: Aanvrager) -> bool:
    """Of een gemachtigde dit formulier mag gebruiken: zijn machtiging noemt een dienst van het formulier (standaard de slug)."""
    machtiging = aanvrager.identiteit.machtiging if aanvrager.identiteit else None
    diensten = definitie.gegevens.get("machtigingsdiensten", [definitie.slug])
    return machtiging is None or machtiging.geldt_voor(*diensten)


def minimum(definitie: Formulierdefinitie) -> Niveau:
    """Het laagste betrouwbaarheidsniveau waarmee iemand dit formulier mag invullen."""
    return Niveau(definitie.zekerheidsniveau or Niveau.BASIS)


def inlogadres(definitie: Formulierdefinitie, terug: str, *bronnen: str) -> str:
    """Waar iemand zich voor dit formulier aanmeldt, met een van deze soorten middelen (standaard alle van het formulier)."""
    vraag = {
        "voor": "inwoner",
        "bron": ",".join(bronnen or definitie.inlogmiddelen),
        "niveau": minimum(definitie),
        "terug": terug,
    }
    return f"{AANMELDADRES}?{urlencode(vraag)}"


def startadres(definitie: Formulierdefinitie, kenmerk: str = "") -> str:
    return url_for("formulieren.start", slug=definitie.slug, kenmerk=kenmerk or None)


def _pad() -> str:
    """Waar iemand na het inloggen verder gaat; na een POST is dat de pagina zelf, die ook een GET kent."""
    query = f"?{request.query_string.decode(errors='replace')}" if request.query_string else ""
    return f"{request.script_root}{request.path}{query}"
