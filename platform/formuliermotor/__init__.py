"""
De formuliermotor: van definitie naar ingevuld formulier, samenvatting en PDF. Voor formulieren, klanttaken, behandelen en KCC.

Zo gebruikt een onderdeel hem (`app` heeft de huisstijl al):

    formuliermotor.registreer(app)                                # sjablonen en vertalingen
    definitie = lees_definitie(json)                              # DefinitieFout: alle fouten met hun plaats
    weergave = Formulierweergave(definitie, taal, {"aanmelding": {...}}, klok=installatie.klok.nu, bewaar=bewaar_bestand)

    gegevens = weergave.beginwaarden({"naam": "…uit de BRP…"})    # begin van een inzending; JSON, dus te bewaren als concept
    formulier = weergave.stap("woning", gegevens)                 # GET: de pagina

    if request.form["actie"] == "verder":                         # POST
        uitkomst = weergave.controleer("woning", request.form, request.files, gegevens=gegevens)
        # uitkomst.waarden bewaren (altijd); fouten: render uitkomst.formulier; anders naar weergave.volgende("woning", waarden)
    else:                                                         # vorige, ververs, later, rij-erbij:…, rij-weg:…, verwijder-bestand:…
        gegevens = weergave.bewerk("woning", request.form, request.files, gegevens=gegevens)

    uitkomst = weergave.afronden(gegevens)                        # indienen: alles opnieuw; uitkomst.waarden is de inzending
    secties = weergave.samenvatting(uitkomst.waarden)
    pdf = maak_pdf(titel, secties, [("Verzoeknummer", nummer)], taal, Pdfstijl("Gemeente …"), moment=klok.nu())

In het sjabloon:

    {% import "formuliermotor/stap.html" as f %}
    {{ f.stapkop(formulier) }}
    {{ f.stapformulier(formulier, adres, vorige=true, later=true) }}
    {{ f.samenvatting(secties, "/formulieren/slug/{}") }}

Met JavaScript stuurt de pagina bij elke wijziging het formulier met de header `X-Fragment: 1` en `actie=ververs`; antwoord dan
met `f.stapvelden(weergave.stap(naam, weergave.bewerk(...)))` (de hele pagina mag ook). Een waarde is JSON: tekst, getal, bool,
lijst of object; een datum is `2026-03-01`, een adres een object, een bestand een lijst verwijzingen (id, naam, grootte,
mediatype), een herhaling een lijst van objecten.
"""

from flask import Flask

from formuliermotor.definitie import DefinitieFout, Definitiefoutregel, Formulierdefinitie, lees_definitie
from formuliermotor.pdf import Pdfstijl, maak_pdf, schrijf_pdf
from formuliermotor.samenvatting import Regel, Sectie
from formuliermotor.stap import Fout, Stapformulier
from formuliermotor.teksten import TEKSTEN
from formuliermotor.waarden import Waarden
from formuliermotor.weergave import Controle, Formulierweergave
from huisstijl import vul_aan

__all__ = [
    "Controle",
    "DefinitieFout",
    "Definitiefoutregel",
    "Formulierdefinitie",
    "Formulierweergave",
    "Fout",
    "Pdfstijl",
    "Regel",
    "Sectie",
    "Stapformulier",
    "Waarden",
    "lees_definitie",
    "maak_pdf",
    "registreer",
    "schrijf_pdf",
]


def registreer(app: Flask) -> None:
    """Geeft `app` de sjablonen en vertalingen van de formuliermotor. Na `huisstijl.registreer`."""
    vul_aan(app, sjablonen="formuliermotor", teksten=TEKSTEN)
