"""Een intrekking vastleggen die aan de balie, per telefoon, per post of bij het horen binnenkwam."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Antwoord
from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.velden import DatumVeld, KeuzeVeld, Optie, TekstvakVeld
from integratie.basis import ApiFout, NietBereikbaar
from integratie.intrekken import waarom_niet
from integratie.processen.schemas import IntrekkingIn
from kern.toegang import eis_identiteit
from processen.behandelen.schermen.zaak import Zaakschermen

WAAROM = {
    "afgesloten": lui("Deze zaak is al afgesloten."),
    "besloten": lui("Op deze zaak is al beslist. Intrekken kan niet meer."),
    "niet-mogelijk": lui("Bij dit soort zaak is intrekken niet ingericht."),
    "vorm": lui("Een bezwaar intrekken kan alleen schriftelijk, of mondeling bij het horen (Awb 6:21)."),
    "ontvangen": lui("Deze dag ligt voor het begin van de zaak, of in de toekomst."),
}


class Intrekformulier(Form):
    hoe = KeuzeVeld(
        lui("Hoe liet de aanvrager het weten?"),
        opties=(
            Optie("schriftelijk", lui("Per post of e-mail")),
            Optie("balie", lui("Aan de balie")),
            Optie("telefoon", lui("Per telefoon")),
            Optie("hoorzitting", lui("Mondeling bij het horen")),
        ),
    )
    ontvangen = DatumVeld(lui("Op welke dag?"), hulptekst=lui("Bijvoorbeeld 15 3 2026."))
    reden = TekstvakVeld(lui("Reden"), verplicht=False, hulptekst=lui("Als de aanvrager die gaf."))


class Intrekschermen(Zaakschermen):
    """Het scherm om een intrekking vast te leggen."""

    def intrekken(self, uuid: UUID) -> Antwoord | str:
        """Het formulier; met POST stopt de behandeling en krijgt de aanvrager een bevestiging."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        code = waarom_niet(bron, zaak.url, zaak.zaaktype, zaak.einddatum)
        if code:
            flash(vertaal(WAAROM[code]), "warning")
            return redirect(url_for("zaak", uuid=uuid))
        formulier = Intrekformulier(request.form or None, data={"ontvangen": self._vandaag()})
        if request.method == "POST" and formulier.validate():
            intrekking = IntrekkingIn(zaak=zaak.url, door=eis_identiteit().gebruikersnaam, **_gevuld(formulier))
            try:
                bron.processen.trek_in(intrekking)
            except NietBereikbaar:
                flash(vertaal("Dat lukte niet. Probeer het zo opnieuw."), "error")
            except ApiFout as fout:
                gevonden = fout.fouten[0].code if fout.fouten else ""
                flash(vertaal(WAAROM[gevonden]) if gevonden in WAAROM else fout.detail, "error")
            else:
                self._audit("intrekking vastgelegd", zaak.identificatie)
                flash(vertaal("De intrekking is vastgelegd. De aanvrager krijgt een bevestiging."), "ok")
                return redirect(url_for("zaak", uuid=uuid))
        return render_template("behandelen/intrekken.html", zaak=zaak, formulier=formulier)


def _gevuld(formulier: Form) -> dict[str, str]:
    return {naam: waarde for naam, waarde in formulier.data.items() if waarde}
