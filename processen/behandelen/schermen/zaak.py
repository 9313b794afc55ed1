"""De zaak met alles wat erbij hoort, haar documenten, en de acties die een medewerker erop kan starten."""

from urllib.parse import quote
from uuid import UUID, uuid4

from flask import Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Antwoord

from huisstijl import huidige_taal, vertaal
from integratie.processen.schemas import ActieIn
from integratie.zaken.schemas import ZaakUit
from processen.behandelen.beeld import lees_beeld
from processen.behandelen.bron import Zaakbron
from processen.behandelen.lossetaak import als_taak, maak_formulier
from processen.behandelen.schermen.basis import Schermen
from processen.behandelen.toegang import GeenToegang, mag_openen


class Zaakschermen(Schermen):
    """Schermen over één zaak."""

    def zaak(self, uuid: UUID) -> str:
        """De zaak; `documenten` in de query is de pagina van de documenten."""
        bron = self._bron()
        pagina = max(1, request.args.get("documenten", 1, type=int))
        beeld = lees_beeld(bron, self._zaak(bron, uuid), huidige_taal(), pagina)
        if pagina > beeld.documenten.paginas and "documenten" not in beeld.haperend:
            abort(404)
        self._audit("zaak bekeken", beeld.zaak.identificatie)
        losse = maak_formulier(None, bron.groepen_bij(beeld.zaak))
        return self._toon_zaak("behandelen/zaak.html", beeld, sleutel=uuid4(), losse=losse)

    def _zaak(self, bron: Zaakbron, uuid: UUID) -> ZaakUit:
        """De zaak, als deze medewerker haar mag openen; anders `GeenToegang`, en dat ligt vast."""
        zaak = bron.zaak(uuid)
        if not mag_openen(bron, zaak):
            self._audit("zaak geweigerd", zaak.identificatie)
            raise GeenToegang
        return zaak

    def start_actie(self, uuid: UUID) -> Antwoord:
        """Start een actie op de zaak; het formulier draagt een uuid, zodat een dubbele klik er één is."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        proces = request.form.get("proces", "")
        sleutel = request.form.get("sleutel", type=UUID)
        if sleutel is None or proces not in {actie["proces"] for actie in bron.acties(zaak)}:
            abort(400)
        bron.processen.start_actie(ActieIn(uuid=sleutel, zaak=zaak.url, proces=proces))
        self._audit(f"actie gestart: {proces}", zaak.identificatie)
        flash(vertaal("De actie is gestart. De taak die erbij hoort staat zo in de werklijst."), "ok")
        return redirect(url_for("zaak", uuid=uuid))

    def maak_taak(self, uuid: UUID) -> Antwoord | str:
        """Een losse taak bij de zaak; het formulier draagt een uuid, zodat een dubbele klik er één is."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        sleutel = request.form.get("sleutel", type=UUID)
        if sleutel is None:
            abort(400)
        formulier = maak_formulier(request.form, bron.groepen_bij(zaak))
        if not formulier.validate():
            beeld = lees_beeld(bron, zaak, huidige_taal(), 1)
            return self._toon_zaak("behandelen/zaak.html", beeld, sleutel=sleutel, losse=formulier)
        bron.taken.maak_medewerkertaak(als_taak(formulier, zaak), sleutel=f"losse-taak-{sleutel}")
        self._audit("losse taak gemaakt", zaak.identificatie)
        flash(vertaal("De taak staat in de werklijst van de groep."), "ok")
        return redirect(url_for("zaak", uuid=uuid))

    def document(self, uuid: UUID, document: UUID) -> Response:
        """Een document van de zaak, als bijlage en nooit in de pagina."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        gevonden = bron.document_van(zaak, document)
        if gevonden is None:
            abort(404)
        self._audit(f"document geopend: {document}", zaak.identificatie)
        koppen = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(gevonden.bestandsnaam or 'document')}",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(
            bron.documenten.inhoud(gevonden),
            content_type=gevonden.formaat or "application/octet-stream",
            headers=koppen,
        )
