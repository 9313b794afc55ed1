"""De schermen van de behandelaar, onder /behandelen."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

from flask import Flask, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Antwoord

import formuliermotor
import huisstijl
from formuliermotor import Stapformulier
from huisstijl import Gebruiker, Navigatiepunt, huidige_taal, vertaal
from integratie.basis import ApiFout
from integratie.processen.schemas import ActieIn
from integratie.taken.schemas import MedewerkerTaakUit
from kern import ldv
from kern.aanmelden import Identiteit
from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import eis_identiteit, huidige_identiteit, voor_medewerker
from kern.web import maak_scherm_app
from processen.behandelen.bron import Zaakbron
from processen.behandelen.werklijst import Lijst, dagen_tot, lees_werklijst, mag_zien

ROLLEN = ("behandelaar", "teamleider")
NIET_TE_ZIEN = (403, 404)
LIJSTEN: tuple[tuple[Lijst, str], ...] = (("groep", "Nog te verdelen"), ("mijn", "Mijn taken"), ("alle", "Alle taken"))


def maak_app(installatie: Installatie) -> Flask:
    """De app met huisstijl; elke route is alleen voor behandelaars en teamleiders."""
    app = maak_scherm_app("behandelen", installatie, import_naam=__name__)
    huisstijl.registreer(
        app,
        titel="Zaken behandelen",
        gebruiker=_gebruiker,
        navigatie=lambda: [Navigatiepunt("Werklijst", "/behandelen/")],
        thuis="/behandelen/",
        vertalingen=Path(__file__).parent / "vertalingen",
    )
    formuliermotor.registreer(app)
    schermen = _Schermen(installatie)
    toegang = voor_medewerker(*ROLLEN)
    for regel, naam, methoden, functie in (
        ("/", "werklijst", ["GET"], schermen.werklijst),
        ("/taken/<uuid:uuid>", "taak", ["GET", "POST"], schermen.taak),
        ("/taken/<uuid:uuid>/pakken", "pakken", ["POST"], schermen.pak),
        ("/taken/<uuid:uuid>/teruggeven", "teruggeven", ["POST"], schermen.geef_terug),
        ("/zaken/<uuid:uuid>", "zaak", ["GET"], schermen.zaak),
        ("/zaken/<uuid:uuid>/documenten/<uuid:document>", "document", ["GET"], schermen.document),
        ("/zaken/<uuid:uuid>/acties", "actie", ["POST"], schermen.start_actie),
        ("/zoeken", "zoeken", ["GET"], schermen.zoek),
    ):
        app.add_url_rule(regel, naam, toegang(_los(functie)), methods=methoden)
    app.register_error_handler(ApiFout, _api_fout)
    return app


def _gebruiker() -> Gebruiker | None:
    identiteit = huidige_identiteit()
    return Gebruiker(identiteit.naam, uitlogadres="/afmelden") if identiteit else None


def _los(methode: Callable[..., Any]) -> Callable[..., Any]:
    """Een gewone functie, want een kenmerk kan niet op een gebonden methode."""

    def functie(**pad: UUID) -> Any:
        return methode(**pad)

    return functie


def _api_fout(fout: ApiFout) -> Antwoord:
    """Wat iemand niet mag zien of niet bestaat is een 404; een bron die hapert een 503."""
    abort(404 if fout.status in NIET_TE_ZIEN else 503)


class _Schermen:
    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def werklijst(self) -> str:
        """De taken waar iemand mee verder kan."""
        identiteit = eis_identiteit()
        lijst = cast("Lijst", request.args.get("lijst") if request.args.get("lijst") in dict(LIJSTEN) else "groep")
        pagina = max(1, request.args.get("pagina", 1, type=int))
        gevonden = lees_werklijst(self._bron(identiteit).taken, identiteit, lijst, pagina)
        tabs = [(vertaal(naam), url_for("werklijst", lijst=sleutel), sleutel == lijst) for sleutel, naam in LIJSTEN]
        return render_template(
            "behandelen/werklijst.html",
            gevonden=gevonden,
            tabs=tabs,
            lijst=lijst,
            pagina=pagina,
            vandaag=self._vandaag(),
            uuid_van=uuid_van,
        )

    def zoek(self) -> Antwoord | str:
        """Een zaak op nummer."""
        nummer = request.args.get("q", "").strip()
        zaken = self._bron(eis_identiteit()).zaken.zoek_zaken(identificatie=nummer).results if nummer else []
        if zaken:
            return redirect(url_for("zaak", uuid=zaken[0].uuid))
        return render_template("behandelen/zoeken.html", nummer=nummer)

    def taak(self, uuid: UUID) -> Antwoord | str:
        """Een taak: wat er gevraagd wordt, de zaak erbij, en het formulier om haar af te ronden."""
        identiteit = eis_identiteit()
        bron = self._bron(identiteit)
        taak = self._mijn_taak(bron, uuid, identiteit)
        weergave = bron.formulier(taak.formulier, huidige_taal())
        formulier: Stapformulier | None = None
        if weergave is not None and taak.status == "open":
            stap = weergave.stappen({})[0]
            if request.method == "POST":
                uitkomst = weergave.controleer(stap, request.form, request.files, gegevens={})
                if request.form.get("actie") == "verder" and not uitkomst.fouten:
                    return self._rond_af(bron, taak, identiteit, weergave.afronden(uitkomst.waarden).waarden)
                bewerkt = weergave.bewerk(stap, request.form, request.files, gegevens={})
                formulier = (
                    uitkomst.formulier if request.form.get("actie") == "verder" else weergave.stap(stap, bewerkt)
                )
            else:
                formulier = weergave.stap(stap, weergave.beginwaarden())
        beeld = bron.beeld(bron.zaken.zaak(taak.zaak), huidige_taal()) if taak.zaak else None
        if beeld is not None:
            ldv.audit(self._installatie, identiteit, "taak bekeken", beeld.zaak.identificatie)
        van_mij = taak.behandelaar == identiteit.gebruikersnaam
        return render_template(
            "behandelen/taak.html",
            taak=taak,
            beeld=beeld,
            formulier=formulier,
            van_mij=van_mij,
            uuid=uuid,
            dagen=self._dagen(taak),
            uuid_van=uuid_van,
        )

    def _rond_af(self, bron: Zaakbron, taak: MedewerkerTaakUit, identiteit: Identiteit, uitkomst: object) -> Antwoord:
        velden = {
            "status": "afgerond",
            "uitkomst": uitkomst,
            "behandelaar": identiteit.gebruikersnaam,
            "behandelaarNaam": identiteit.naam,
        }
        try:
            bron.taken.wijzig_medewerkertaak(taak.url, sleutel=f"afronden-{uuid_van(taak.url)}", **velden)
        except ApiFout as fout:
            flash(self._waarom_niet(fout), "warning")
            return redirect(url_for("taak", uuid=uuid_van(taak.url)))
        ldv.audit(self._installatie, identiteit, "taak afgerond", taak.zaaknummer)
        flash(vertaal("De taak is afgerond. De zaak gaat verder."), "ok")
        return redirect(url_for("werklijst", lijst="mijn"))

    def pak(self, uuid: UUID) -> Antwoord:
        """Neem een taak in behandeling; was een collega net eerder, dan zeggen we dat."""
        identiteit = eis_identiteit()
        return self._wijs_toe(uuid, identiteit, identiteit.gebruikersnaam, identiteit.naam)

    def geef_terug(self, uuid: UUID) -> Antwoord:
        """Geef een taak terug aan de groep."""
        return self._wijs_toe(uuid, eis_identiteit(), "", "")

    def _wijs_toe(self, uuid: UUID, identiteit: Identiteit, wie: str, naam: str) -> Antwoord:
        bron = self._bron(identiteit)
        taak = self._mijn_taak(bron, uuid, identiteit)
        try:
            bron.taken.wijzig_medewerkertaak(taak.url, behandelaar=wie, behandelaarNaam=naam)
        except ApiFout as fout:
            flash(self._waarom_niet(fout), "warning")
        return redirect(url_for("taak", uuid=uuid))

    def _waarom_niet(self, fout: ApiFout) -> str:
        codes = {deel.code for deel in fout.fouten}
        if "al-toegewezen" in codes:
            return vertaal("Een collega heeft deze taak net in behandeling genomen.")
        if "taak-afgerond" in codes:
            return vertaal("Deze taak is al afgerond.")
        raise fout

    def zaak(self, uuid: UUID) -> str:
        """De zaak met alles wat erbij hoort."""
        identiteit = eis_identiteit()
        bron = self._bron(identiteit)
        beeld = bron.beeld(bron.zaak(uuid), huidige_taal())
        ldv.audit(self._installatie, identiteit, "zaak bekeken", beeld.zaak.identificatie)
        rest = dagen_tot(beeld.zaak.uiterlijke_einddatum_afdoening, self._vandaag())
        return render_template("behandelen/zaak.html", beeld=beeld, rest=rest, uuid_van=uuid_van, sleutel=uuid4())

    def start_actie(self, uuid: UUID) -> Antwoord:
        """Start een actie op de zaak; het formulier draagt een uuid, zodat een dubbele klik er één is."""
        identiteit = eis_identiteit()
        bron = self._bron(identiteit)
        zaak = bron.zaak(uuid)
        proces = request.form.get("proces", "")
        sleutel = request.form.get("sleutel", type=UUID)
        if sleutel is None or proces not in {actie["proces"] for actie in bron.acties(zaak)}:
            abort(400)
        bron.processen.start_actie(ActieIn(uuid=sleutel, zaak=zaak.url, proces=proces))
        ldv.audit(self._installatie, identiteit, f"actie gestart: {proces}", zaak.identificatie)
        flash(vertaal("De actie is gestart. De taak die erbij hoort staat zo in de werklijst."), "ok")
        return redirect(url_for("zaak", uuid=uuid))

    def document(self, uuid: UUID, document: UUID) -> Response:
        """Een document van de zaak, als bijlage en nooit in de pagina."""
        bron = self._bron(eis_identiteit())
        gevonden = bron.document_van(bron.zaak(uuid), document)
        if gevonden is None:
            abort(404)
        naam = (gevonden.bestandsnaam or "document").replace('"', "")
        koppen = {"Content-Disposition": f'attachment; filename="{naam}"', "X-Content-Type-Options": "nosniff"}
        return Response(
            bron.documenten.inhoud(gevonden),
            content_type=gevonden.formaat or "application/octet-stream",
            headers=koppen,
        )

    def _mijn_taak(self, bron: Zaakbron, uuid: UUID, identiteit: Identiteit) -> MedewerkerTaakUit:
        taak = bron.taken.medewerkertaak(f"medewerkertaken/{uuid}")
        if not mag_zien(taak, identiteit):
            abort(404)
        return taak

    def _dagen(self, taak: MedewerkerTaakUit) -> int | None:
        return dagen_tot(taak.einddatum, self._vandaag())

    def _bron(self, identiteit: Identiteit) -> Zaakbron:
        return Zaakbron(self._installatie, identiteit)

    def _vandaag(self) -> date:
        return self._installatie.klok.vandaag()


def uuid_van(url: str) -> UUID:
    """Het uuid aan het eind van een URL."""
    return UUID(url.rpartition("/")[2])


deel = Deel("behandelen", "processen.behandelen", "/behandelen", maak_app)
