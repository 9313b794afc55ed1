"""Besluit nemen, en een besluit van een collega goedkeuren (vier ogen)."""

from datetime import date
from typing import Any
from uuid import UUID

import orjson
from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Antwoord
from wtforms import Form

from huisstijl import huidige_taal, lui, vertaal
from huisstijl.velden import BedragVeld, DatumVeld, Optie, SelectVeld, TekstvakVeld, TekstVeld
from integratie.basis import ApiFout, NietBereikbaar
from integratie.catalogi.schemas import BesluitTypeUit
from integratie.mandaten import GeenMandaat
from integratie.taken.schemas import MedewerkerTaakUit
from integratie.termijnen.schemas import KlokDetailUit
from integratie.zaken.schemas import ZaakUit
from kern.toegang import eis_identiteit
from processen.behandelen import besluitnemen
from processen.behandelen.besluitnemen import AlBesloten, Inrichting, Voorstel
from processen.behandelen.bron import Zaakbron, uuid_van
from processen.behandelen.dossier import besluit_van, lees_dossier
from processen.behandelen.dossier_pdf import maak_dossier_pdf
from processen.behandelen.schermen.zaak import Zaakschermen
from processen.behandelen.werklijst import mag_zien


def formulier_voor(typen: list[BesluitTypeUit], **invoer: Any) -> Form:
    """Het formulier voor een besluit van een van deze typen."""

    class Besluitformulier(Form):
        besluittype = SelectVeld(lui("Welk besluit?"), opties=[Optie(t.url, t.omschrijving) for t in typen])
        bestuursorgaan = TekstVeld(lui("Bestuursorgaan"), hulptekst=lui("Namens wie u beslist."))
        grondslag = TekstVeld(lui("Grondslag"), hulptekst=lui("Welk artikel geeft de bevoegdheid?"))
        ondertekenaar = TekstVeld(
            lui("Ondertekenaar"), hulptekst=lui("De functie die tekent. Die moet in het mandaatregister staan.")
        )
        bedrag = BedragVeld(lui("Bedrag"), verplicht=False, hulptekst=lui("Alleen als het besluit over geld gaat."))
        motivering = TekstvakVeld(lui("Motivering"), hulptekst=lui("Waarom u zo beslist. De aanvrager leest dit."))
        voorschriften = TekstvakVeld(lui("Voorschriften"), verplicht=False, hulptekst=lui("Eén per regel."))
        ingangsdatum = DatumVeld(lui("Geldt vanaf"))
        vervaldatum = DatumVeld(lui("Geldt tot en met"), verplicht=False)

        def validate(self, extra_validators: Any = None) -> bool:
            goed = super().validate(extra_validators)
            begin, einde = self.ingangsdatum.data, self.vervaldatum.data
            if goed and einde and einde < begin:
                self.vervaldatum.errors = [vertaal("De laatste dag ligt voor de eerste.")]
            return goed and not self.errors

    return Besluitformulier(**invoer)


class Besluitschermen(Zaakschermen):
    """Schermen om te beslissen."""

    def besluit(self, uuid: UUID) -> Antwoord | str:
        """Het besluit opstellen; met POST nemen, of bij vier ogen voorleggen."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        typen = besluitnemen.besluittypen(bron, zaak)
        if not typen or zaak.einddatum:
            flash(vertaal("Op deze zaak kan geen besluit genomen worden."), "warning")
            return redirect(url_for("zaak", uuid=uuid))
        inrichting = besluitnemen.inrichting_van(bron, zaak)
        if request.method == "GET":
            nummer = besluitnemen.volgend_nummer(
                zaak, len(list(bron.besluiten.besluiten(zaak=zaak.url))), self._vandaag()
            )
            return self._toon(
                bron, zaak, inrichting, formulier_voor(typen, data=self._begin(bron, zaak, inrichting)), nummer
            )
        formulier, nummer = formulier_voor(typen, formdata=request.form), request.form.get("nummer", "")
        if not nummer.startswith("BESLUIT-"):
            abort(400)
        if not formulier.validate():
            return self._toon(bron, zaak, inrichting, formulier, nummer)
        return self._verwerk(bron, zaak, inrichting, formulier, self._voorstel(bron, typen, formulier, nummer))

    def _begin(self, bron: Zaakbron, zaak: ZaakUit, inrichting: Inrichting) -> dict[str, Any]:
        return {
            "bestuursorgaan": inrichting.bestuursorgaan,
            "grondslag": inrichting.grondslag,
            "motivering": "\n\n".join(besluitnemen.uitleg_van_regels(bron, zaak)),
            "ingangsdatum": self._vandaag(),
        }

    def _voorstel(self, bron: Zaakbron, typen: list[BesluitTypeUit], formulier: Form, nummer: str) -> Voorstel:
        velden = formulier.data
        naam = next(t.omschrijving for t in typen if t.url == velden["besluittype"])
        regels = (regel.strip() for regel in (velden.pop("voorschriften") or "").splitlines())
        return Voorstel(
            nummer=nummer, besluittype_naam=naam, voorschriften=[regel for regel in regels if regel],
            bezwaar_tot=self._bezwaar_tot(bron), **velden,
        )  # fmt: skip

    def _bezwaar_tot(self, bron: Zaakbron) -> date:
        """De laatste dag om bezwaar te maken als het besluit vandaag bekend wordt gemaakt (Awb 6:7 en 6:8)."""
        return bron.termijnen.laatste_dag(self._vandaag(), besluitnemen.BEZWAARTERMIJN)

    def _verwerk(
        self, bron: Zaakbron, zaak: ZaakUit, inrichting: Inrichting, formulier: Form, voorstel: Voorstel
    ) -> Antwoord | str:
        try:
            besluitnemen.toets_mandaat(bron, voorstel, self._vandaag())
            if inrichting.vier_ogen:
                besluitnemen.leg_voor(bron, zaak, voorstel)
            else:
                besluitnemen.neem(bron, zaak, voorstel, self._vandaag())
        except GeenMandaat as fout:
            flash(fout.tekst, "error")
            return self._toon(bron, zaak, inrichting, formulier, voorstel.nummer)
        except AlBesloten:
            flash(vertaal("Een collega nam net een besluit op deze zaak. Er is één besluit vastgelegd."), "warning")
            return redirect(url_for("zaak", uuid=zaak.uuid))
        except NietBereikbaar:
            flash(vertaal("Dat lukte niet. Probeer het zo opnieuw."), "error")
            return self._toon(bron, zaak, inrichting, formulier, voorstel.nummer)
        self._audit("besluit voorgelegd" if inrichting.vier_ogen else "besluit genomen", zaak.identificatie)
        if inrichting.vier_ogen:
            flash(vertaal("Het besluit is voorgelegd. Een collega van uw team moet het goedkeuren."), "ok")
        else:
            flash(vertaal("Het besluit is vastgelegd. De termijn stopt zodra het bekendgemaakt is."), "ok")
        return redirect(url_for("zaak", uuid=zaak.uuid))

    def _toon(self, bron: Zaakbron, zaak: ZaakUit, inrichting: Inrichting, formulier: Form, nummer: str) -> str:
        return render_template(
            "behandelen/besluit.html", zaak=zaak, formulier=formulier, nummer=nummer, vier_ogen=inrichting.vier_ogen,
            bezwaar_tot=self._bezwaar_tot(bron), taal=huidige_taal(),
        )  # fmt: skip

    def dossier(self, uuid: UUID, besluit: UUID) -> str:
        """Het besluitdossier als pagina."""
        zaak, gelezen = self._dossier(uuid, besluit)
        klok = KlokDetailUit.model_validate(gelezen["termijn"]) if gelezen.get("termijn") else None
        return render_template("behandelen/dossier.html", zaak=zaak, besluit=besluit, dossier=gelezen, klok=klok)

    def dossier_json(self, uuid: UUID, besluit: UUID) -> Response:
        """Hetzelfde dossier voor een machine."""
        zaak, gelezen = self._dossier(uuid, besluit)
        naam = f"besluitdossier-{zaak.identificatie}.json"
        koppen = {"Content-Disposition": f"attachment; filename={naam}"}
        return Response(orjson.dumps(gelezen, default=str), content_type="application/json", headers=koppen)

    def dossier_pdf(self, uuid: UUID, besluit: UUID) -> Response:
        """Hetzelfde dossier als PDF, met de JSON en de brieven erin."""
        zaak, gelezen = self._dossier(uuid, besluit)
        pdf = maak_dossier_pdf(self._bron(), zaak, gelezen)
        koppen = {"Content-Disposition": f"attachment; filename=besluitdossier-{zaak.identificatie}.pdf"}
        return Response(pdf, content_type="application/pdf", headers=koppen)

    def _dossier(self, uuid: UUID, besluit: UUID) -> tuple[ZaakUit, dict[str, Any]]:
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        gevonden = besluit_van(bron, zaak, besluit)
        if gevonden is None:
            abort(404)
        self._audit("besluitdossier geopend", zaak.identificatie)
        return zaak, lees_dossier(bron, zaak, gevonden)

    def keur_goed(self, uuid: UUID) -> Antwoord | str:
        """Een voorgelegd besluit: goedkeuren of terugsturen, door een ander dan wie het opstelde."""
        bron = self._bron()
        taak = bron.taken.medewerkertaak(f"medewerkertaken/{uuid}")
        voorstel = besluitnemen.voorstel_van(taak)
        if voorstel is None or not taak.zaak or not mag_zien(taak, eis_identiteit()):
            abort(404)
        zaak = self._zaak(bron, uuid_van(taak.zaak))
        if request.method == "GET":
            return render_template("behandelen/besluit_goedkeuren.html", zaak=zaak, taak=taak, voorstel=voorstel)
        if taak.status != "open" or eis_identiteit().gebruikersnaam in taak.uitgesloten:
            flash(vertaal("Iemand anders dan wie het besluit opstelde moet het goedkeuren."), "warning")
            return redirect(url_for("taak", uuid=uuid))
        return self._beoordeel(bron, zaak, taak, voorstel)

    def _beoordeel(self, bron: Zaakbron, zaak: ZaakUit, taak: MedewerkerTaakUit, voorstel: Voorstel) -> Antwoord:
        goed = "goedkeuren" in request.form
        try:
            besluit = besluitnemen.neem(bron, zaak, voorstel, self._vandaag()).url if goed else ""
            self._rond_af(bron, taak, {"goedgekeurd": goed, "besluit": besluit})
        except GeenMandaat as fout:
            flash(fout.tekst, "error")
            return redirect(url_for("besluit_goedkeuren", uuid=taak.uuid))
        except AlBesloten:
            flash(vertaal("Een collega nam net een besluit op deze zaak. Er is één besluit vastgelegd."), "warning")
        except ApiFout:
            flash(vertaal("Dat lukte niet. Probeer het zo opnieuw."), "error")
            return redirect(url_for("besluit_goedkeuren", uuid=taak.uuid))
        else:
            self._audit("besluit goedgekeurd" if goed else "besluit teruggestuurd", zaak.identificatie)
            flash(vertaal("Het besluit is vastgelegd.") if goed else vertaal("Het besluit is niet genomen."), "ok")
        return redirect(url_for("zaak", uuid=zaak.uuid))

    def _rond_af(self, bron: Zaakbron, taak: MedewerkerTaakUit, uitkomst: dict[str, Any]) -> None:
        wie = eis_identiteit()
        bron.taken.wijzig_medewerkertaak(
            taak.url,
            sleutel=f"besluit-{taak.uuid}-{uitkomst['goedgekeurd']}",
            status="afgerond",
            uitkomst=uitkomst,
            behandelaar=wie.gebruikersnaam,
            behandelaarNaam=wie.naam,
        )
