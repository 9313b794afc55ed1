"""De routes van het aanmelden. Pagina's (keuze van een middel, foutmelding) komen van wie de blauwdruk ophangt.

    /aanmelden/?voor=inwoner&terug=/mijn/&niveau=midden     kies een inlogmiddel; is er maar één, dan meteen daarheen
                &bron=digid,eidas                           alleen uit deze soorten (Identiteit.bron)
    /aanmelden/<middel>?terug=…&niveau=…                    naar het inlogmiddel
    /aanmelden/<middel>/terug                               terug van het inlogmiddel
    /afmelden (POST)                                        hier en bij het inlogmiddel afmelden

Fouten gaan als `AanmeldFout` naar de errorhandler van de app.
"""

from collections.abc import Callable, Iterable, Mapping

import structlog
from flask import Blueprint, abort, redirect, request, session
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from kern.aanmelden.aanmelder import Aanmelder, Poging
from kern.aanmelden.identiteit import Identiteit
from kern.aanmelden.middel import Inlogmiddel
from kern.aanmelden.niveaus import Niveau
from kern.installatie import Installatie
from kern.limieten import begrens
from kern.sessies import IDENTITEIT, beeindig, wissel
from kern.toegang import huidige_identiteit, openbaar, veilig_pad

log = structlog.get_logger()

POGINGEN = "aanmeldpogingen"
MEESTE_POGINGEN = 5
"""Zoveel tabbladen kunnen tegelijk aan het aanmelden zijn."""
MEESTE_AANMELDINGEN = "60/minute"
"""Per IP-adres; ruim, want een gemeente komt met al haar medewerkers vanaf één adres."""

KiesPagina = Callable[[list[Inlogmiddel], str, Niveau], ResponseReturnValue]
"""Toont de inlogmiddelen waaruit te kiezen is, met het pad erna en het minimale niveau."""


def maak_blauwdruk(
    installatie: Installatie, middelen: Iterable[Inlogmiddel], kies_pagina: KiesPagina, *, na_afmelden: str = "/"
) -> Blueprint:
    """De routes voor deze inlogmiddelen. `na_afmelden` is een pad op dit platform."""
    adres = installatie.instellingen.adres
    aanmelder = Aanmelder(installatie.http, installatie.klok, f"{adres}/aanmelden")
    op_naam = {middel.naam: middel for middel in middelen}
    blauwdruk = Blueprint("aanmelden", __name__)

    @blauwdruk.get("/aanmelden/")
    @openbaar
    def kies() -> ResponseReturnValue:
        terug, niveau = _gevraagd()
        passend = [middel for middel in op_naam.values() if _past(middel)]
        return _begin(aanmelder, passend[0]) if len(passend) == 1 else kies_pagina(passend, terug, niveau)

    @blauwdruk.get("/aanmelden/<naam>")
    @openbaar
    @begrens("inloggen-begin", MEESTE_AANMELDINGEN)
    def begin(naam: str) -> ResponseReturnValue:
        return _begin(aanmelder, _middel(op_naam, naam))

    @blauwdruk.get("/aanmelden/<naam>/terug")
    @openbaar
    @begrens("inloggen", MEESTE_AANMELDINGEN)
    def terug(naam: str) -> ResponseReturnValue:
        middel = _middel(op_naam, naam)
        poging = _neem_poging(request.args.get("state", ""))
        identiteit = aanmelder.rond_af(middel, request.args, poging)
        _meld_aan(identiteit)
        return redirect(poging.volgende if poging else "/")

    @blauwdruk.post("/afmelden")
    @openbaar
    def afmelden() -> ResponseReturnValue:
        identiteit = huidige_identiteit()
        beeindig()
        middel = op_naam.get(identiteit.middel) if identiteit else None
        bij_middel = aanmelder.afmeldadres(middel, f"{adres}{na_afmelden}") if middel else None
        return redirect(bij_middel or na_afmelden, 303)

    return blauwdruk


def _middel(op_naam: Mapping[str, Inlogmiddel], naam: str) -> Inlogmiddel:
    middel = op_naam.get(naam)
    return middel or abort(404)


def _past(middel: Inlogmiddel) -> bool:
    """Hoort het middel bij wie er wil inloggen, en bij de soorten die de pagina toelaat?"""
    bronnen = [bron for bron in request.args.get("bron", "").split(",") if bron]
    voor_medewerker = request.args.get("voor", "inwoner") == "medewerker"
    return (middel.doelgroep == "medewerker") == voor_medewerker and (not bronnen or middel.bron in bronnen)


def _gevraagd() -> tuple[str, Niveau]:
    """Waarheen daarna, en met welk niveau minstens."""
    try:
        niveau = Niveau(request.args.get("niveau") or Niveau.BASIS)
    except ValueError:
        abort(400)
    return veilig_pad(request.args.get("terug")), niveau


def _begin(aanmelder: Aanmelder, middel: Inlogmiddel) -> ResponseReturnValue:
    """Naar het inlogmiddel, of meteen door als de huidige aanmelding al goed genoeg is."""
    terug, niveau = _gevraagd()
    identiteit = huidige_identiteit()
    if identiteit and identiteit.middel == middel.naam and identiteit.voldoet(niveau):
        return redirect(terug)
    adres, poging = aanmelder.begin(middel, terug, niveau)
    pogingen = {**session.get(POGINGEN, {}), poging.state: poging.model_dump(mode="json")}
    session[POGINGEN] = dict(list(pogingen.items())[-MEESTE_POGINGEN:])
    return redirect(adres)


def _neem_poging(state: str) -> Poging | None:
    """De poging bij deze state; zij is daarna op, ook als het afronden mislukt."""
    pogingen = dict(session.get(POGINGEN, {}))
    bewaard = pogingen.pop(state, None)
    session[POGINGEN] = pogingen
    try:
        return Poging.model_validate(bewaard) if bewaard else None
    except ValidationError:
        return None  # van voor een nieuwe versie: gewoon opnieuw beginnen


def _meld_aan(identiteit: Identiteit) -> None:
    """Een nieuw sessienummer, en niets van een vorige persoon: alleen wie dezelfde blijft (hoger niveau) houdt zijn sessie."""
    vorige = huidige_identiteit()
    if vorige and not vorige.is_dezelfde(identiteit):
        beeindig()
    wissel()
    session[IDENTITEIT] = identiteit.model_dump(mode="json")
    session.pop(POGINGEN, None)
    log.info("aangemeld", middel=identiteit.middel, soort=identiteit.soort, niveau=str(identiteit.niveau))
