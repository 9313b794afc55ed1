"""Het klantbeeld, de hele lijst van één blok, en het gezin na een reden."""

from math import ceil
from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from integratie.basis import ApiFout
from kcc import gesprekken
from kcc import klantbeeld as beeld
from kcc.bronnen import bronnen
from kcc.formulieren import GezinReden
from kcc.klanten import klant_van
from kcc.schermen.basis import agent, blauwdruk
from kcc.verantwoording import verantwoord

LANGSTE_TIJDLIJN = 25


@blauwdruk.get("/klant/<uuid:ref>")
@agent
def klantbeeld(ref: UUID) -> ResponseReturnValue:
    return _toon(ref, GezinReden())


def _toon(ref: UUID, formulier: GezinReden) -> ResponseReturnValue:
    klant = klant_van(ref)
    with verantwoord("Klantbeeld", klant.onderwerp, (klant.soort, klant.nummer)):
        blokken = beeld.laad(bronnen(), klant)
    lijsten = [blok for naam, blok in blokken.items() if naam in beeld.BLOKKEN]
    return render_template(
        "kcc/klant.html",
        klant=klant,
        identiteit=blokken["identiteit"],
        partij=blokken["partij"],
        blokken=lijsten,
        tijdlijn=beeld.tijdlijn(lijsten)[:LANGSTE_TIJDLIJN],
        formulier=formulier,
        zonder_klant=next((deel for deel in gesprekken.alle() if deel.inhoud.actief and not deel.klant), None),
    )


@blauwdruk.get("/klant/<uuid:ref>/<naam>")
@agent
def blok(ref: UUID, naam: str) -> ResponseReturnValue:
    klant = klant_van(ref)
    soort = beeld.BLOKKEN.get(naam)
    pagina = request.args.get("pagina", 1, int)
    if soort is None or pagina < 1 or (soort.vraagt_nummer and not klant.urn):
        abort(404)
    with verantwoord("Klantbeeld", klant.onderwerp, (klant.soort, klant.nummer)):
        gevonden = beeld.laad_blok(bronnen(), klant, naam, beeld.Bladzij(pagina, beeld.LANG))
    paginas = ceil(gevonden.totaal / beeld.LANG)
    return render_template("kcc/blok.html", klant=klant, blok=gevonden, pagina=pagina, paginas=paginas)


@blauwdruk.post("/klant/<uuid:ref>/gezin")
@agent
def gezin(ref: UUID) -> ResponseReturnValue:
    """Een eigen bevraging met een eigen regel in het logboek; zonder reden geen gegevens."""
    klant = klant_van(ref)
    if klant.soort != "bsn":
        abort(404)
    formulier = GezinReden(request.form)
    if not formulier.validate():
        return _toon(ref, formulier)
    with verantwoord(f"Gezin ({formulier.reden.data})", klant.onderwerp, ("bsn", klant.nummer)) as lopend:
        try:
            persoon = beeld.gezin(bronnen(), klant)
        except ApiFout:
            return render_template("kcc/gezin.html", klant=klant, persoon=None, bereikbaar=False), 503
        for lid in (*(persoon.partners or ()), *(persoon.kinderen or ()), *(persoon.ouders or ())) if persoon else ():
            if lid.burgerservicenummer:
                lopend.voeg_toe("bsn", lid.burgerservicenummer)
    return render_template("kcc/gezin.html", klant=klant, persoon=persoon, bereikbaar=True)
