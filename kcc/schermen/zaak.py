"""Een zaak zoals een medewerker van het KCC haar ziet, en een klantcontact."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from huisstijl import vertaal
from integratie.besluiten.schemas import BesluitUit
from integratie.besluiten.stand import Stand, stand_van
from integratie.catalogi.schemas import BesluitTypeUit
from integratie.klantinteracties.client import KlantcontactMetRelaties
from integratie.tegelijk import tegelijk
from kcc import gesprekken
from kcc.bronnen import Bronnen, bronnen
from kcc.contactverzoeken import zaken_van
from kcc.klantbeeld import contactregel
from kcc.klanten import Klantsoort, onthoud_klant
from kcc.schermen.basis import agent, blauwdruk
from kcc.verantwoording import verantwoord

UITGEKLAPT = (
    "zaaktype,status.statustype,resultaat.resultaattype,rollen,eigenschappen,zaakinformatieobjecten.informatieobject"
)
INITIATOR = "initiator"


def _lees(zaak: UUID) -> dict[str, Any]:
    gevonden: dict[str, Any] = bronnen().zaken.vraag("GET", f"zaken/{zaak}", params={"expand": UITGEKLAPT})
    return gevonden


def _initiator(zaak: dict[str, Any]) -> tuple[Klantsoort, str, str] | None:
    """Soort, nummer en naam van wie de zaak begon, als dat een inwoner of onderneming is."""
    for rol in zaak["_expand"].get("rollen", []):
        wie = rol.get("betrokkeneIdentificatie") or {}
        if rol["omschrijvingGeneriek"] == INITIATOR and wie.get("inpBsn"):
            return "bsn", wie["inpBsn"], rol.get("afwijkendeNaamBetrokkene") or wie.get("geslachtsnaam", "")
        if rol["omschrijvingGeneriek"] == INITIATOR and wie.get("kvkNummer"):
            return "kvk", wie["kvkNummer"], rol.get("afwijkendeNaamBetrokkene") or wie.get("statutaireNaam", "")
    return None


@blauwdruk.get("/zaak/<uuid:zaak>")
@agent
def zaak(zaak: UUID) -> ResponseReturnValue:
    bron, gevonden = bronnen(), _lees(zaak)
    initiator = _initiator(gevonden)
    with verantwoord("Zaak", f"zaken:zaken/{zaak}", initiator[:2] if initiator else None):
        contacten = bron.klantinteracties.klantcontacten(
            {
                "onderwerpobject__onderwerpobjectidentificatorCodeObjecttype": "zaak",
                "onderwerpobject__onderwerpobjectidentificatorObjectId": str(zaak),
            },
            pageSize=25,
        )
    blokken = tegelijk(
        bron.installatie,
        {
            "klok": lambda: bron.termijnen.klok(gevonden["url"]),
            "besluiten": lambda: _besluiten(bron, gevonden["url"]),
        },
    )
    return render_template(
        "kcc/zaak.html",
        zaak=gevonden,
        erbij=gevonden["_expand"],
        initiator=initiator,
        klok=blokken["klok"],
        besluiten=blokken["besluiten"],
        contacten=[contactregel(contact) for contact in contacten.results],
        gesprek=gesprekken.lopend(),
    )


def _besluiten(bron: Bronnen, zaak: str) -> list[tuple[str, BesluitUit, Stand]]:
    """Elk besluit met de naam van zijn soort en hoe het ervoor staat."""
    vandaag = bron.installatie.klok.vandaag()
    besluiten = list(bron.besluiten.besluiten(zaak=zaak))
    namen = {url: bron.catalogi.haal(url, BesluitTypeUit).omschrijving for url in {b.besluittype for b in besluiten}}
    return [(namen[besluit.besluittype], besluit, stand_van(besluit, vandaag)) for besluit in besluiten]


@blauwdruk.post("/zaak/<uuid:zaak>/klant")
@agent
def klant_van_zaak(zaak: UUID) -> ResponseReturnValue:
    initiator = _initiator(_lees(zaak))
    if initiator is None:
        abort(404)
    return redirect(url_for("kcc.klantbeeld", ref=onthoud_klant(*initiator).ref), 303)


@blauwdruk.post("/zaak/<uuid:zaak>/gesprek")
@agent
def zaak_bij_gesprek(zaak: UUID) -> ResponseReturnValue:
    """Zet het zaaknummer bij de laatste vraag van het lopende gesprek die er nog geen heeft."""
    gesprek = gesprekken.lopend()
    if gesprek is None:
        abort(409)
    nummer = bronnen().zaken.zaak(f"zaken/{zaak}").identificatie
    open_ = [vraag for vraag in gesprek.inhoud.vragen if not vraag.zaaknummer and not vraag.contact]
    vraag = open_[-1] if open_ else gesprekken.Vraag()
    if not open_:
        gesprek.inhoud.vragen.append(vraag)
    vraag.zaaknummer = nummer
    gesprekken.bewaar(gesprek)
    flash(vertaal("Zaak %(nummer)s hoort nu bij het gesprek.", nummer=nummer), "ok")
    return redirect(url_for("kcc.gesprek", id_=gesprek.id), 303)


@blauwdruk.get("/contact/<uuid:contact>")
@agent
def contact(contact: UUID) -> ResponseReturnValue:
    gevonden: KlantcontactMetRelaties = bronnen().klantinteracties.klantcontact(contact)
    with verantwoord("Klantcontact", f"klantinteracties:klantcontacten/{contact}", _partij(gevonden)):
        return render_template(
            "kcc/contact.html", contact=gevonden, regel=contactregel(gevonden), zaken=zaken_van(gevonden)
        )


def _partij(contact: KlantcontactMetRelaties) -> tuple[str, str] | None:
    partijen = (deel["wasPartij"] for deel in contact.gekoppeld.get("hadBetrokkenen", []))
    return next((("partij", str(partij["uuid"])) for partij in partijen if partij), None)
