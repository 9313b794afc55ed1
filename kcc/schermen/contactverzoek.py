"""De contactverzoeken van de eigen afdelingen, en het afhandelen ervan."""

from math import ceil
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from huisstijl import vertaal
from kcc import contactverzoeken
from kcc.afdelingen import afdelingen, als_opties, namen, van_mij
from kcc.bronnen import bronnen
from kcc.contactverzoeken import Contactverzoek, zaken_van
from kcc.formulieren import afhandelformulier
from kcc.schermen.basis import blauwdruk, collega
from kcc.verantwoording import verantwoord

GROOTTE = 25
STATUSSEN = {"open": "te_verwerken", "afgehandeld": "verwerkt"}


@blauwdruk.get("/contactverzoeken")
@collega
def verzoekenlijst() -> ResponseReturnValue:
    """Van één afdeling tegelijk: de eigen, of een gekozen afdeling."""
    alle = afdelingen(bronnen())
    eigen = van_mij(bronnen(), alle)
    gekozen = request.args.get("afdeling", type=UUID) or (eigen[0].uuid if eigen else None)
    status = request.args.get("status", "open")
    pagina = max(1, request.args.get("pagina", 1, int))
    lijst = None
    if gekozen:
        filters = {"toegewezenAanActor__uuid": str(gekozen), "status": STATUSSEN.get(status, "te_verwerken")}
        lijst = bronnen().klantinteracties.interne_taken(page=pagina, pageSize=GROOTTE, **filters)
    return render_template(
        "kcc/contactverzoeken.html",
        afdelingen=alle,
        eigen=eigen,
        gekozen=gekozen,
        status=status,
        lijst=lijst,
        pagina=pagina,
        paginas=ceil(lijst.count / GROOTTE) if lijst else 0,
    )


@blauwdruk.get("/contactverzoek/<uuid:taak>")
@collega
def contactverzoek(taak: UUID) -> ResponseReturnValue:
    return _toon(contactverzoeken.lees(bronnen(), taak))


@blauwdruk.post("/contactverzoek/<uuid:taak>")
@collega
def handel_contactverzoek_af(taak: UUID) -> ResponseReturnValue:
    verzoek = contactverzoeken.lees(bronnen(), taak)
    formulier: Any = afhandelformulier(als_opties(afdelingen(bronnen())))(request.form)
    if not formulier.validate():
        return _toon(verzoek, formulier)
    afdeling = UUID(formulier.afdeling.data) if formulier.afdeling.data else None
    contactverzoeken.handel_af(bronnen(), verzoek.taak, formulier.actie.data, formulier.notitie.data, afdeling)
    flash(vertaal("Het contactverzoek is bijgewerkt."), "ok")
    return redirect(url_for("kcc.verzoekenlijst"), 303)


def _toon(verzoek: Contactverzoek, formulier: Any = None) -> ResponseReturnValue:
    alle = afdelingen(bronnen())
    betrokkene = ("partij", verzoek.partij) if verzoek.partij else None
    with verantwoord("Contactverzoek", f"klantinteracties:internetaken/{verzoek.taak.uuid}", betrokkene):
        return render_template(
            "kcc/contactverzoek.html",
            verzoek=verzoek,
            taak=verzoek.taak,
            contact=verzoek.contact,
            zaken=zaken_van(verzoek.contact),
            toegewezen=[namen(alle).get(actor.uuid, "") for actor in verzoek.taak.toegewezen_aan_actoren],
            formulier=formulier or afhandelformulier(als_opties(alle))(),
        )
