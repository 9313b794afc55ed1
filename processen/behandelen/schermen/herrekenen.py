"""Vanuit een bezwaar: de regels van het bestreden besluit nog eens laten lopen, en de uitkomst bij het dossier bewaren."""

from http import HTTPStatus
from uuid import UUID, uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Antwoord

from huisstijl import vertaal
from integratie.basis import ApiFout, NietBereikbaar
from integratie.zaken.schemas import ZaakUit
from processen.behandelen import herrekenen
from processen.behandelen.bron import Zaakbron
from processen.behandelen.schermen.zaak import Zaakschermen


class Herrekenschermen(Zaakschermen):
    """De lijst van beslissingen van het bestreden besluit, en het scherm om er een opnieuw uit te rekenen."""

    def beslissingen(self, uuid: UUID) -> str:
        """Wat de regels toen beslisten."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        self._audit("regels van een bestreden besluit bekeken", zaak.identificatie)
        return render_template(
            "behandelen/herrekenen.html", zaak=zaak, beslissingen=herrekenen.beslissingen(bron, zaak)
        )

    def herreken(self, uuid: UUID, stap: UUID) -> Antwoord | str:
        """Eén beslissing opnieuw; met POST uitrekenen, en met `bewaren` als stuk in het bezwaardossier."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        gevonden = next((b for b in herrekenen.beslissingen(bron, zaak) if b["stap"] == str(stap)), None)
        if gevonden is None:
            abort(404)
        formulier = herrekenen.formulier_voor(gevonden, request.form or None)
        uitkomst = None
        if request.method == "POST" and formulier.validate():
            try:
                uitkomst = herrekenen.herreken(bron, gevonden, formulier)
                if "bewaren" in request.form:
                    return self._bewaar(bron, zaak, uitkomst)
            except NietBereikbaar:
                flash(vertaal("Dat lukte niet. Probeer het zo opnieuw."), "error")
            except ApiFout as fout:
                if fout.status != HTTPStatus.BAD_REQUEST:
                    raise
                flash(vertaal("Met deze gegevens kunnen de regels niet rekenen. Kijk ze na."), "error")
        return render_template(
            "behandelen/herreken.html", zaak=zaak, beslissing=gevonden, formulier=formulier, uitkomst=uitkomst,
            sleutel=request.form.get("sleutel") or uuid4(),
        )  # fmt: skip

    def _bewaar(self, bron: Zaakbron, zaak: ZaakUit, uitkomst: herrekenen.Herrekening) -> Antwoord:
        sleutel = request.form.get("sleutel", type=UUID)
        if sleutel is None:
            abort(400)
        herrekenen.bewaar(bron, zaak, uitkomst, sleutel)
        self._audit("herrekening bewaard", zaak.identificatie)
        flash(vertaal("De herrekening staat bij de documenten van deze zaak."), "ok")
        return redirect(url_for("zaak", uuid=zaak.uuid))
