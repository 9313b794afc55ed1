"""Besluit nemen, en een besluit van een collega goedkeuren (vier ogen)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import orjson
from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Antwoord
from wtforms import Form

from huisstijl import huidige_taal, vertaal
from integratie.basis import ApiFout, NietBereikbaar
from integratie.besluiten.strekking import lees_strekkingen, strekking_van
from integratie.besluiten.vervangen import Hoe
from integratie.catalogi.schemas import BesluitTypeUit
from integratie.mandaten import GeenMandaat, functies, lees_register
from integratie.taken.schemas import MedewerkerTaakUit
from integratie.termijnen.dagen import OnmogelijkeDag, eis_na_ontvangst
from integratie.termijnen.schemas import KlokDetailUit
from integratie.zaken.schemas import ZaakUit
from kern.toegang import eis_identiteit
from processen.behandelen import besluitnemen, herzien, zienswijze
from processen.behandelen.besluitformulier import Kader, maak_formulier
from processen.behandelen.besluitnemen import AlBesloten, Inrichting, Voorstel
from processen.behandelen.bron import Zaakbron, uuid_van
from processen.behandelen.dossier import besluit_van, lees_dossier
from processen.behandelen.dossier_pdf import maak_dossier_pdf
from processen.behandelen.herzien import Herziening
from processen.behandelen.leesbaar import leesbaar
from processen.behandelen.schermen.zaak import Zaakschermen
from processen.behandelen.werklijst import mag_zien


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
        return self._stel_op(bron, zaak, self._kader(bron, zaak, typen))

    def herzie(self, uuid: UUID, besluit: UUID, hoe: str) -> Antwoord | str:
        """Een eerder besluit wijzigen of intrekken, met een nieuw besluit; ook als de zaak al dicht is."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        oud = besluit_van(bron, zaak, besluit)
        if oud is None or hoe not in herzien.SOORT:
            abort(404)
        kan: Hoe = "wijzigen" if hoe == "wijzigen" else "intrekken"
        typen = herzien.typen_voor(bron, besluitnemen.besluittypen(bron, zaak), kan)
        if not herzien.kan_herzien(oud):
            flash(vertaal("Dit besluit is al gewijzigd of ingetrokken."), "warning")
        elif not typen:
            flash(vertaal("Bij dit soort zaak is geen besluittype om mee te wijzigen of in te trekken."), "warning")
        else:
            kader = self._kader(bron, zaak, typen)
            return self._stel_op(
                bron, zaak, replace(kader, hoe=kan, oud=oud, producten=herzien.producten_van(bron, zaak))
            )
        return redirect(url_for("dossier", uuid=uuid, besluit=besluit))

    def _kader(self, bron: Zaakbron, zaak: ZaakUit, typen: list[BesluitTypeUit]) -> Kader:
        vastgelegd = lees_strekkingen(bron.configuratie)
        strekkingen = {soort.url: strekking_van(soort, vastgelegd) for soort in typen}
        return Kader(typen, strekkingen, bron.termijnen.klok(zaak.url), self._vandaag())

    def _stel_op(self, bron: Zaakbron, zaak: ZaakUit, kader: Kader) -> Antwoord | str:
        inrichting = besluitnemen.inrichting_van(bron, zaak)
        if request.method == "GET":
            aantal = len(list(bron.besluiten.besluiten(zaak=zaak.url)))
            nummer = besluitnemen.volgend_nummer(zaak, aantal, self._vandaag())
            begin = maak_formulier(kader, data=self._begin(bron, zaak, inrichting, kader))
            return self._toon(bron, zaak, inrichting, kader, begin, nummer)
        formulier, nummer = maak_formulier(kader, formdata=request.form), request.form.get("nummer", "")
        if not nummer.startswith("BESLUIT-"):
            abort(400)
        if not formulier.validate():
            return self._toon(bron, zaak, inrichting, kader, formulier, nummer)
        if formulier.data["zienswijze"] == zienswijze.VRAGEN:
            return self._vraag_zienswijze(bron, zaak, formulier, nummer)
        return self._verwerk(bron, zaak, inrichting, kader, formulier, self._voorstel(bron, kader, formulier, nummer))

    def _begin(self, bron: Zaakbron, zaak: ZaakUit, inrichting: Inrichting, kader: Kader) -> dict[str, Any]:
        oud, tekenen = kader.oud, self._functies(bron, kader)
        return {
            "ondertekenaar": tekenen[0] if len(tekenen) == 1 else "",
            "besluittype": kader.typen[0].url if oud else None,
            "bestuursorgaan": inrichting.bestuursorgaan or (oud.bestuursorgaan if oud else ""),
            "grondslag": inrichting.grondslag or (oud.uitleg.kenmerk("Grondslag") if oud else ""),
            "motivering": "" if oud else "\n\n".join(besluitnemen.uitleg_van_regels(bron, zaak)),
            "ingangsdatum": self._vandaag(),
        }

    def _functies(self, bron: Zaakbron, kader: Kader) -> list[str]:
        typen = [soort.omschrijving for soort in kader.typen]
        return functies(lees_register(bron.configuratie), typen, self._vandaag())

    def _vraag_zienswijze(self, bron: Zaakbron, zaak: ZaakUit, formulier: Form, nummer: str) -> Antwoord:
        """Nog geen besluit: eerst de aanvrager. De sleutel volgt uit het nummer, dus een dubbele klik vraagt één keer."""
        documenttype = herzien.documenttype_van(bron, formulier.data["besluittype"])
        sleutel = uuid5(zaak.uuid, f"zienswijze-{nummer}-{self._vandaag()}")
        zienswijze.vraag(bron, zaak, formulier.data["motivering"], documenttype, sleutel)
        self._audit("zienswijze gevraagd", zaak.identificatie)
        flash(vertaal("De aanvrager krijgt de vraag om te reageren. Neem het besluit daarna."), "ok")
        return redirect(url_for("zaak", uuid=zaak.uuid))

    def _voorstel(self, bron: Zaakbron, kader: Kader, formulier: Form, nummer: str) -> Voorstel:
        velden = {naam: waarde for naam, waarde in formulier.data.items() if not naam.startswith("zienswijze")}
        regels = (regel.strip() for regel in (velden.pop("voorschriften") or "").splitlines())
        eigen = {naam: velden.pop(naam) for naam in ("reden", "op_verzoek", "product") if naam in velden}
        oud, hoe = kader.oud, kader.hoe
        return Voorstel(
            nummer=nummer,
            besluittype_naam=next(t.omschrijving for t in kader.typen if t.url == velden["besluittype"]),
            voorschriften=[regel for regel in regels if regel],
            bezwaar_tot=self._bezwaar_tot(bron),
            zienswijze=zienswijze.verantwoording(formulier),
            herziening=Herziening(hoe=hoe, oud=oud.url, oud_nummer=oud.identificatie, **eigen) if oud and hoe else None,
            **velden,
        )

    def _bezwaar_tot(self, bron: Zaakbron) -> date:
        """De laatste dag om bezwaar te maken als het besluit vandaag bekend wordt gemaakt (Awb 6:7 en 6:8)."""
        return bron.termijnen.laatste_dag(self._vandaag(), besluitnemen.BEZWAARTERMIJN)

    def _verwerk(
        self, bron: Zaakbron, zaak: ZaakUit, inrichting: Inrichting, kader: Kader, formulier: Form, voorstel: Voorstel
    ) -> Antwoord | str:
        try:
            besluitnemen.toets_mandaat(bron, voorstel, self._vandaag())
            eis_na_ontvangst(bron.termijnen, zaak, self._vandaag())
            if inrichting.vier_ogen:
                besluitnemen.leg_voor(bron, zaak, voorstel)
            else:
                besluitnemen.neem(bron, zaak, voorstel, self._vandaag())
        except (GeenMandaat, OnmogelijkeDag) as fout:
            flash(fout.tekst, "error")
            return self._toon(bron, zaak, inrichting, kader, formulier, voorstel.nummer)
        except AlBesloten:
            flash(vertaal("Een collega nam net een besluit op deze zaak. Er is één besluit vastgelegd."), "warning")
            return redirect(url_for("zaak", uuid=zaak.uuid))
        except NietBereikbaar:
            flash(vertaal("Dat lukte niet. Probeer het zo opnieuw."), "error")
            return self._toon(bron, zaak, inrichting, kader, formulier, voorstel.nummer)
        self._audit("besluit voorgelegd" if inrichting.vier_ogen else "besluit genomen", zaak.identificatie)
        if inrichting.vier_ogen:
            flash(vertaal("Het besluit is voorgelegd. Een collega van uw team moet het goedkeuren."), "ok")
        elif voorstel.herziening:
            flash(vertaal("Het nieuwe besluit is vastgelegd. De aanvrager krijgt een brief."), "ok")
        else:
            flash(vertaal("Het besluit is vastgelegd. De termijn stopt zodra het bekendgemaakt is."), "ok")
        return redirect(url_for("zaak", uuid=zaak.uuid))

    def _toon(
        self, bron: Zaakbron, zaak: ZaakUit, inrichting: Inrichting, kader: Kader, formulier: Form, nummer: str
    ) -> str:
        titels = {None: vertaal("Besluit nemen"), "wijzigen": vertaal("Besluit wijzigen"), "intrekken": vertaal("Besluit intrekken")}  # fmt: skip
        return render_template(
            "behandelen/besluit.html", zaak=zaak, formulier=formulier, nummer=nummer, vier_ogen=inrichting.vier_ogen,
            bezwaar_tot=self._bezwaar_tot(bron), taal=huidige_taal(), titel=titels[kader.hoe], kader=kader,
            gevraagd=zienswijze.laatst_gevraagd(kader.klok), functies=self._functies(bron, kader),
        )  # fmt: skip

    def dossier(self, uuid: UUID, besluit: UUID) -> str:
        """Het besluitdossier als pagina."""
        zaak, gelezen = self._dossier(uuid, besluit)
        klok = KlokDetailUit.model_validate(gelezen["termijn"]) if gelezen.get("termijn") else None
        kan = gelezen["besluit"]["stand"]["geldigheid"] in ("geldt", "geldt nog niet")
        return render_template(
            "behandelen/dossier.html", zaak=zaak, besluit=besluit, dossier=gelezen, klok=klok, uuid_van=uuid_van, leesbaar=leesbaar,
            kan_herzien=kan,
        )  # fmt: skip

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
        except (GeenMandaat, OnmogelijkeDag) as fout:
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
