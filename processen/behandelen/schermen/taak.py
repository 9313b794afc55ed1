"""Een taak: wat er gevraagd wordt, de zaak erbij, en het formulier om haar af te ronden; pakken, teruggeven en toewijzen."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Antwoord
from wtforms import Form

from formuliermotor import Formulierweergave, Stapformulier
from huisstijl import huidige_taal, lui, vertaal
from huisstijl.velden import Optie, SelectVeld
from integratie.basis import ApiFout, NietBereikbaar
from integratie.taken.schemas import MedewerkerTaakUit
from integratie.tegelijk import Uitkomst, tegelijk
from kern.toegang import eis_identiteit
from processen.behandelen.beeld import Zaakbeeld, lees_beeld
from processen.behandelen.bron import Zaakbron, uuid_van
from processen.behandelen.concepten import Taakconcepten
from processen.behandelen.lossetaak import VRIJ
from processen.behandelen.schermen.basis import Schermen
from processen.behandelen.werklijst import TEAMLEIDER, dagen_tot, lees_collegas, mag_teruggeven, mag_zien

BEZET = 409


class Taakschermen(Schermen):
    """Schermen over één taak. Wie niet van de groep is, krijgt 404."""

    def taak(self, uuid: UUID) -> Antwoord | str:
        """De taak; met POST afronden, of de velden verversen na een keuze."""
        bron = self._bron()
        taak = self._mijn_taak(bron, uuid)
        return self._verwerk(bron, taak) if request.method == "POST" else self._toon(bron, taak)

    def _verwerk(self, bron: Zaakbron, taak: MedewerkerTaakUit) -> Antwoord | str:
        if taak.status == "afgerond" and taak.behandelaar == eis_identiteit().gebruikersnaam:
            return _klaar()  # een dubbele klik, of terug en nog eens
        reden = self._niet_aan_mij(taak)
        if reden:
            flash(reden, "warning")
            return redirect(url_for("taak", uuid=taak.uuid))
        weergave = _formulier(bron, taak, huidige_taal())
        if weergave is None:
            return self._toon(bron, taak)
        if request.form.get("actie") == "later":
            return self._bewaar(taak, weergave)
        if request.form.get("actie") == "verder":
            return self._lever_in(bron, taak, weergave)
        return self._ververs(bron, taak, weergave)

    def _niet_aan_mij(self, taak: MedewerkerTaakUit) -> str:
        """Waarom iemand deze taak nu niet kan afronden; leeg als het kan."""
        if taak.status != "open":
            return vertaal("Deze taak is al afgerond.")
        if not taak.behandelaar:
            return vertaal("Neem de taak eerst in behandeling.")
        if taak.behandelaar != eis_identiteit().gebruikersnaam:
            return vertaal("%(naam)s heeft deze taak in behandeling.", naam=taak.behandelaar_naam or taak.behandelaar)
        return ""

    def _bewaar(self, taak: MedewerkerTaakUit, weergave: Formulierweergave) -> Antwoord:
        """Bewaar wat er staat, ook als het nog niet af is."""
        waarden = weergave.bewerk(weergave.stappen({})[0], request.form, request.files, gegevens={})
        Taakconcepten(self._installatie).bewaar(taak.uuid, waarden)
        flash(vertaal("Uw antwoorden zijn bewaard. U kunt later verder."), "ok")
        return redirect(url_for("taak", uuid=taak.uuid))

    def _ververs(self, bron: Zaakbron, taak: MedewerkerTaakUit, weergave: Formulierweergave) -> str:
        stap = weergave.stappen({})[0]
        formulier = weergave.stap(stap, weergave.bewerk(stap, request.form, request.files, gegevens={}))
        if request.headers.get("X-Fragment"):
            return render_template("behandelen/velden.html", formulier=formulier)
        return self._toon(bron, taak, formulier)

    def _lever_in(self, bron: Zaakbron, taak: MedewerkerTaakUit, weergave: Formulierweergave) -> Antwoord | str:
        stap = weergave.stappen({})[0]
        uitkomst = weergave.controleer(stap, request.form, request.files, gegevens={})
        if uitkomst.fouten:
            return self._toon(bron, taak, uitkomst.formulier)
        try:
            self._rond_af(bron, taak, weergave.afronden(uitkomst.waarden).waarden)
        except NietBereikbaar:
            flash(vertaal("Afronden lukte niet. Uw antwoorden staan er nog. Probeer het zo opnieuw."), "error")
            return self._toon(bron, taak, weergave.stap(stap, uitkomst.waarden))
        except ApiFout as fout:
            flash(_waarom_niet(fout), "warning")
            return redirect(url_for("taak", uuid=taak.uuid))
        return _klaar()

    def _rond_af(self, bron: Zaakbron, taak: MedewerkerTaakUit, uitkomst: object) -> None:
        identiteit = eis_identiteit()
        bron.taken.wijzig_medewerkertaak(
            taak.url,
            sleutel=f"afronden-{taak.uuid}",
            status="afgerond",
            uitkomst=uitkomst,
            behandelaar=identiteit.gebruikersnaam,
            behandelaarNaam=identiteit.naam,
        )
        Taakconcepten(self._installatie).verwijder(taak.uuid)
        self._audit("taak afgerond", _onderwerp(taak))

    def pak(self, uuid: UUID) -> Antwoord:
        """Neem een taak in behandeling; was een collega net eerder, dan zeggen we dat."""
        bron = self._bron()
        taak = self._mijn_taak(bron, uuid)
        identiteit = eis_identiteit()
        if self._geef(bron, taak, identiteit.gebruikersnaam, identiteit.naam):
            self._audit("taak gepakt", _onderwerp(taak))
            flash(vertaal("U heeft deze taak nu in behandeling."), "ok")
        return redirect(url_for("taak", uuid=uuid))

    def geef_terug(self, uuid: UUID) -> Antwoord:
        """Geef een taak terug aan de groep."""
        bron = self._bron()
        taak = self._mijn_taak(bron, uuid)
        if not mag_teruggeven(taak, eis_identiteit()):
            flash(self._niet_aan_mij(taak), "warning")
        elif self._geef(bron, taak, "", ""):
            self._audit("taak teruggegeven", _onderwerp(taak))
            flash(vertaal("De taak staat weer in de lijst van de groep."), "ok")
        return redirect(url_for("taak", uuid=uuid))

    def wijs_toe(self, uuid: UUID) -> Antwoord | str:
        """Een teamleider geeft een taak aan een collega; `van` is wie haar had toen de pagina werd getoond."""
        bron = self._bron()
        taak = self._mijn_taak(bron, uuid)
        collegas = lees_collegas(bron.taken, eis_identiteit())
        formulier = _toewijzing(collegas)
        if not formulier.validate():
            return self._toon(bron, taak, toewijzing=formulier)
        if taak.behandelaar != request.form.get("van", ""):
            flash(vertaal("De taak is net van behandelaar gewisseld. Kijk of u haar nog wilt toewijzen."), "warning")
        elif self._geef_door(bron, taak, wie := formulier.data["aan"], collegas[wie]):
            self._audit(f"taak toegewezen: {wie}", _onderwerp(taak))
            flash(vertaal("De taak is nu van %(naam)s.", naam=collegas[wie]), "ok")
        return redirect(url_for("taak", uuid=uuid))

    def _geef_door(self, bron: Zaakbron, taak: MedewerkerTaakUit, wie: str, naam: str) -> bool:
        """Eerst teruggeven, dan toewijzen: de registratie laat een taak niet zo van de een naar de ander gaan."""
        vrij = not taak.behandelaar or taak.behandelaar == wie or self._geef(bron, taak, "", "")
        return vrij and self._geef(bron, taak, wie, naam)

    def _geef(self, bron: Zaakbron, taak: MedewerkerTaakUit, wie: str, naam: str) -> bool:
        try:
            bron.taken.wijzig_medewerkertaak(taak.url, behandelaar=wie, behandelaarNaam=naam)
        except NietBereikbaar:
            flash(vertaal("Dat lukte niet. Probeer het zo opnieuw."), "error")
            return False
        except ApiFout as fout:
            flash(_waarom_niet(fout), "warning")
            return False
        return True

    def _toon(
        self,
        bron: Zaakbron,
        taak: MedewerkerTaakUit,
        formulier: Stapformulier | None = None,
        toewijzing: Form | None = None,
    ) -> str:
        identiteit = eis_identiteit()
        teamleider = TEAMLEIDER in identiteit.rollen and taak.status == "open"
        taal = huidige_taal()
        gelezen = tegelijk(
            self._installatie,
            {
                "formulier": lambda: _formulier(bron, taak, taal),
                "zaak": lambda: bron.zaken.zaak(taak.zaak) if taak.zaak else None,
                "collegas": lambda: lees_collegas(bron.taken, identiteit) if teamleider and not toewijzing else None,
            },
        )
        weergave: Formulierweergave | None = gelezen["formulier"].waarde
        van_mij = taak.status == "open" and taak.behandelaar == identiteit.gebruikersnaam
        if formulier is None and weergave is not None and van_mij:
            bewaard = Taakconcepten(self._installatie).lees(taak.uuid)
            formulier = weergave.stap(weergave.stappen({})[0], bewaard or weergave.beginwaarden())
        return self._toon_zaak(
            "behandelen/taak.html",
            self._beeld(bron, gelezen["zaak"], taal),
            taak=taak,
            formulier=formulier,
            antwoord=weergave.samenvatting(taak.uitkomst) if weergave and taak.uitkomst else [],
            toewijzing=toewijzing or (_toewijzing(gelezen["collegas"].waarde) if gelezen["collegas"].waarde else None),
            haperend=[naam for naam, uitkomst in gelezen.items() if not uitkomst.bereikbaar],
            van_mij=van_mij,
            mag_terug=bool(taak.behandelaar) and mag_teruggeven(taak, identiteit),
            dagen=dagen_tot(taak.einddatum, self._vandaag()),
        )

    def _beeld(self, bron: Zaakbron, zaak: Uitkomst, taal: str) -> Zaakbeeld | None:
        if zaak.waarde is None:
            return None
        self._audit("taak bekeken", zaak.waarde.identificatie)
        return lees_beeld(bron, zaak.waarde, taal)

    def _mijn_taak(self, bron: Zaakbron, uuid: UUID) -> MedewerkerTaakUit:
        taak = bron.taken.medewerkertaak(f"medewerkertaken/{uuid}")
        if not mag_zien(taak, eis_identiteit()):
            abort(404)
        return taak


def _formulier(bron: Zaakbron, taak: MedewerkerTaakUit, taal: str) -> Formulierweergave | None:
    """Het formulier van de taak; een losse taak noemt er geen en krijgt één vraag."""
    if not taak.formulier and not taak.procesinstantie:
        return bron.weergave(VRIJ, taal, VRIJ["slug"])
    return bron.formulier(taak.formulier, taal)


def _toewijzing(collegas: dict[str, str]) -> Form:
    """Aan wie een teamleider een taak geeft: een keuze uit deze collega's, in `aan`."""

    class Toewijzing(Form):
        aan = SelectVeld(
            lui("Collega"),
            hulptekst=lui("U ziet collega's die eerder een taak van uw groepen in behandeling hadden."),
            opties=[Optie(wie, naam) for wie, naam in collegas.items()],
        )

    return Toewijzing(request.form)


def _klaar() -> Antwoord:
    flash(vertaal("De taak is afgerond. De zaak gaat verder."), "ok")
    return redirect(url_for("werklijst", lijst="mijn"))


def _onderwerp(taak: MedewerkerTaakUit) -> str:
    """Waar een auditregel over gaat: de zaak, of een taak zonder zaak zelf."""
    return taak.zaaknummer or str(uuid_van(taak.url))


def _waarom_niet(fout: ApiFout) -> str:
    """Wat iemand te horen krijgt als de registratie een wijziging weigert; een andere fout is een fout."""
    codes = {deel.code for deel in fout.fouten}
    if "al-toegewezen" in codes:
        return vertaal("Een collega heeft deze taak net in behandeling genomen.")
    if "uitgesloten" in codes:
        return vertaal(
            "Deze taak is voor een collega: u of degene die u koos was betrokken bij het besluit waar zij over gaat."
        )
    if "taak-afgerond" in codes or fout.status == BEZET:
        return vertaal("Deze taak is al afgerond.")
    raise fout
