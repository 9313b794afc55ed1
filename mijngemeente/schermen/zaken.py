"""De lijst met zaken en de pagina van één zaak met haar documenten."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from integratie.besluiten.stand import stand_van
from integratie.catalogi.schemas import BesluitTypeUit
from integratie.tegelijk import tegelijk
from mijngemeente import bewaking
from mijngemeente.berichten import lees_berichten
from mijngemeente.bezwaar import BEZWAARFORMULIER, Rechtsmiddel, oordeeladres, rechtsmiddel
from mijngemeente.bladeren import Bladzijde, bladeradres
from mijngemeente.bronnen import Bronnen, bronnen
from mijngemeente.contacten import lees_contacten
from mijngemeente.documenten import download, naam_van, zichtbare_documenten
from mijngemeente.intrekken import kan_intrekken
from mijngemeente.schermen.basis import blauwdruk, inwoner
from mijngemeente.taken import open_taken
from mijngemeente.termijn import termijnverhaal
from mijngemeente.zaken import lees_zaken, tijdlijn, titel_van, verwachting

LANGSTE_ZOEKVRAAG = 80
VEEL = Bladzijde(1, 50)


@blauwdruk.get("/zaken")
@inwoner
def zaken() -> ResponseReturnValue:
    bladzijde, afgerond = Bladzijde.gevraagd(), request.args.get("stand") == "afgerond"
    zoek = request.args.get("q", "").strip()[:LANGSTE_ZOEKVRAAG]
    regels, totaal = lees_zaken(bronnen(), bladzijde, afgerond=afgerond, zoek=zoek)
    return render_template(
        "mijngemeente/zaken.html",
        zaken=regels,
        totaal=totaal,
        zoek=zoek,
        afgerond=afgerond,
        pagina=bladzijde.nummer,
        paginas=bladzijde.aantal(totaal),
        adres=bladeradres(),
    )


@blauwdruk.get("/zaken/<uuid:zaak>")
@inwoner
def zaak(zaak: UUID) -> ResponseReturnValue:
    bron = bronnen()
    gevonden = bewaking.mijn_zaak(zaak)
    blokken = tegelijk(bron.installatie, _blokken(bron, zaak, gevonden))
    klok = blokken["klok"]
    return render_template(
        "mijngemeente/zaak.html",
        zaak=gevonden,
        titel=titel_van(gevonden),
        verwachting=verwachting(gevonden, bron.installatie.klok.vandaag(), klok.waarde),
        termijn=replace(klok, waarde=termijnverhaal(klok.waarde)),
        documenten=[_documentregel(zaak, document) for document in zichtbare_documenten(gevonden)],
        blokken=blokken,
        oordeel_adres=oordeeladres,
        stand_van=stand_van,
        vandaag=bron.installatie.klok.vandaag(),
    )


def _blokken(bron: Bronnen, uuid: UUID, zaak: Mapping[str, Any]) -> dict[str, Callable[[], Any]]:
    """Wat er naast de zaak zelf op haar pagina staat, elk uit zijn eigen bron."""
    urn = bron.urn_van_zaak(zaak["identificatie"])
    return {
        "klok": lambda: bron.termijnen.klok(zaak["url"]),
        "tijdlijn": lambda: tijdlijn(bron.catalogi.statustypen(zaak["zaaktype"]), bron.zaken.statussen(zaak["url"])),
        "taken": lambda: open_taken(bron, isGerelateerdAan=urn),
        "besluiten": lambda: _besluiten(bron, zaak["url"]),
        "intrekbaar": lambda: kan_intrekken(bron, zaak),
        "berichten": lambda: lees_berichten(bron, VEEL, isGerelateerdAan=urn),
        "contacten": lambda: lees_contacten(bron, VEEL, zaak=str(uuid)),
    }


def _besluiten(bron: Bronnen, zaak: str) -> list[tuple[Any, str, Rechtsmiddel | None]]:
    """De besluiten met de naam van hun type en wat iemand ertegen kan doen; elk type wordt één keer gehaald."""
    besluiten = list(bron.besluiten.besluiten(zaak=zaak))
    urls = {besluit.besluittype for besluit in besluiten}
    typen = {url: bron.catalogi.haal(url, BesluitTypeUit) for url in urls}
    formulier = bool(besluiten) and bron.configuratie.neemt_aan(BEZWAARFORMULIER)
    vandaag = bron.installatie.klok.vandaag()
    return [
        (besluit, soort.omschrijving, rechtsmiddel(besluit, soort.omschrijving_generiek, vandaag, formulier=formulier))
        for besluit in besluiten
        for soort in (typen[besluit.besluittype],)
    ]


def _documentregel(zaak: UUID, document: dict[str, Any]) -> dict[str, Any]:
    uuid = document["url"].rpartition("/")[2]
    return {
        "naam": naam_van(document["titel"], document["bestandsnaam"]),
        "adres": url_for("mijngemeente.zaakdocument", zaak=zaak, document=uuid),
        "grootte": document["bestandsomvang"],
        "gemaakt": document["beginRegistratie"],
    }


@blauwdruk.get("/zaken/nummer/<path:nummer>")
@inwoner
def zaak_op_nummer(nummer: str) -> ResponseReturnValue:
    """Van een zaaknummer in een bericht of taak naar de pagina van de zaak."""
    return redirect(url_for("mijngemeente.zaak", zaak=bewaking.mijn_zaak_op_nummer(nummer)))


@blauwdruk.get("/zaken/<uuid:zaak>/documenten/<uuid:document>")
@inwoner
def zaakdocument(zaak: UUID, document: UUID) -> ResponseReturnValue:
    return download(bewaking.mijn_zaakdocument(zaak, document))
