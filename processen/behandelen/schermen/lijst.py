"""De werklijst, en een zaak zoeken op nummer."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Antwoord

from huisstijl import lui, vertaal
from integratie.basis import ApiFout, NietBereikbaar
from kern.toegang import eis_identiteit
from processen.behandelen.bron import uuid_van
from processen.behandelen.schermen.basis import Schermen
from processen.behandelen.werklijst import Lijst, Werklijst, lees_werklijst

LIJSTEN: tuple[tuple[Lijst, str], ...] = (
    ("groep", lui("Nog te verdelen")),
    ("mijn", lui("Mijn taken")),
    ("alle", lui("Alle taken")),
)
NIET_GEVONDEN = 404
LANGSTE_NUMMER = 40


class Lijstschermen(Schermen):
    """Waar een behandelaar begint."""

    def werklijst(self) -> Antwoord | str:
        """De taken waar iemand mee verder kan."""
        gevraagd = request.args.get("lijst")
        lijst: Lijst = gevraagd if gevraagd in dict(LIJSTEN) else "groep"
        pagina = max(1, request.args.get("pagina", 1, type=int))
        try:
            gevonden = self._lees(lijst, pagina)
        except ApiFout as fout:
            if fout.status == NIET_GEVONDEN and pagina > 1:
                return redirect(url_for("werklijst", lijst=lijst))  # de lijst werd intussen korter
            raise
        tabs = [(vertaal(naam), url_for("werklijst", lijst=sleutel), sleutel == lijst) for sleutel, naam in LIJSTEN]
        return render_template(
            "behandelen/werklijst.html",
            gevonden=gevonden,
            tabs=tabs,
            lijst=lijst,
            pagina=pagina,
            vandaag=self._vandaag(),
            meer_groepen=len(eis_identiteit().groepen) > 1,
            uuid_van=uuid_van,
        )

    def _lees(self, lijst: Lijst, pagina: int) -> Werklijst | None:
        """De lijst, of None als de Taken API niet antwoordt."""
        try:
            return lees_werklijst(self._bron().taken, eis_identiteit(), lijst, pagina)
        except NietBereikbaar:
            return None

    def zoek(self) -> Antwoord | str:
        """Een zaak op nummer. Zoeken is een POST: wat iemand intikt hoort niet in het adres."""
        nummer = request.form.get("q", "").strip()
        te_zoeken = nummer if len(nummer) <= LANGSTE_NUMMER else ""
        zaken = self._bron().zaken.zoek_zaken(identificatie=te_zoeken).results if te_zoeken else []
        if zaken:
            return redirect(url_for("zaak", uuid=zaken[0].uuid))
        return render_template("behandelen/zoeken.html", nummer=nummer)
