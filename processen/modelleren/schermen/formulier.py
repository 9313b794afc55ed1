"""Het tabblad formulier: de formulieren van een pakket, hun stappen en vragen, en het voorbeeld zoals een inwoner het ziet."""

from typing import Any

import orjson
from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from formuliermotor import DefinitieFout, Formulierweergave
from huisstijl import huidige_taal, lui, vertaal
from huisstijl.velden import MeerkeuzeVeld, Optie, SelectVeld, TekstvakVeld, TekstVeld
from processen.modelleren.formulier import voorwaarde, werk
from processen.modelleren.formulier.bewerking import Bewerking
from processen.modelleren.formulier.lezen import lees_formulier
from processen.modelleren.formulier.soorten import OP_TYPE, SAMENGESTELD, SOORTEN, naam_van
from processen.modelleren.formulier.velden import naar_velden, naar_vraag, vraagformulier
from processen.modelleren.schermen.proefinvulling import Proefinvulling, te_groot, velden_van
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import Botsing

Antwoord = ResponseReturnValue


def maak_formulier(bank: Werkbank) -> Blueprint:
    """De blauwdruk van de formuliereditor."""
    blauwdruk = Blueprint("formulier", __name__)
    scherm = _Scherm(bank)
    voor = "/<pakket>/formulier"
    for pad, naam, methoden in (
        ("", "lijst", ["GET", "POST"]),
        ("/<sleutel>/", "editor", ["GET"]),
        ("/<sleutel>/instellingen", "instellingen", ["GET", "POST"]),
        ("/<sleutel>/stap/<stap>", "stap", ["GET", "POST"]),
        ("/<sleutel>/stap/<stap>/nieuw", "kies", ["GET"]),
        ("/<sleutel>/stap/<stap>/nieuw/<soort>", "nieuw", ["GET", "POST"]),
        ("/<sleutel>/vraag/<vraag>", "vraag", ["GET", "POST"]),
        ("/<sleutel>/doe", "doe", ["POST"]),
        ("/<sleutel>/voorbeeld/<stap>", "voorbeeld", ["GET", "POST"]),
    ):
        blauwdruk.add_url_rule(voor + pad, naam, beheerder(_eigen(getattr(scherm, naam))), methods=methoden)
    return blauwdruk


def _eigen(functie: Any) -> Any:
    """Een gewone functie om de methode: de toegangsregel is een kenmerk, en methoden delen hun kenmerken."""

    def aanroep(**delen: str) -> Antwoord:
        antwoord: Antwoord = functie(**delen)
        return antwoord

    return aanroep


class Formulierkop(Form):
    """De teksten van het formulier zelf."""

    naam_nl = TekstVeld(lui("Naam van het formulier"))
    naam_en = TekstVeld(lui("Naam in het Engels"), verplicht=False)
    omschrijving_nl = TekstvakVeld(
        lui("Uitleg vooraf"),
        verplicht=False,
        hulptekst=lui("Staat op de eerste pagina: waar is het voor, en hoelang duurt het?"),
    )
    omschrijving_en = TekstvakVeld(lui("Uitleg vooraf in het Engels"), verplicht=False)
    inlogmiddelen = MeerkeuzeVeld(
        lui("Waarmee logt iemand in?"), verplicht=False, hulptekst=lui("Zonder keuze hoeft niemand in te loggen."),
        opties=[Optie("digid", "DigiD"), Optie("eherkenning", "eHerkenning"), Optie("eidas", "eIDAS")],
    )  # fmt: skip
    zekerheidsniveau = SelectVeld(
        lui("Hoe zeker moet het zijn wie iemand is?"), verplicht=False,
        opties=[Optie(n, t) for n, t in (("basis", lui("Basis")), ("midden", lui("Midden")), ("substantieel", lui("Substantieel")), ("hoog", lui("Hoog")))],
    )  # fmt: skip


class Stapformulier(Form):
    """De teksten van een stap."""

    titel_nl = TekstVeld(lui("Titel van de stap"))
    titel_en = TekstVeld(lui("Titel in het Engels"), verplicht=False)
    omschrijving_nl = TekstvakVeld(lui("Uitleg bij de stap"), verplicht=False)
    omschrijving_en = TekstvakVeld(lui("Uitleg in het Engels"), verplicht=False)


class _Scherm:
    def __init__(self, bank: Werkbank) -> None:
        self._bank = bank

    def _open(self, pakket: str, sleutel: str) -> Bewerking:
        self._bank.open(pakket)
        return Bewerking(self._bank.werkplaats, pakket, self._bank.deel(pakket, f"formulieren/{sleutel}.json"))

    # --- de formulieren --------------------------------------------------------------------------------------------------

    def lijst(self, pakket: str) -> Antwoord:
        """Alle formulieren van het pakket; POST maakt er een bij."""
        stand = self._bank.open(pakket)
        if request.method == "POST":
            return self._nieuw_formulier(pakket)
        delen = [deel for deel in self._bank.werkplaats.delen(pakket) if deel.pad.startswith("formulieren/")]
        regels = [Bewerking(self._bank.werkplaats, pakket, deel) for deel in delen]
        return self._bank.pagina("formulieren.html", pakket, "formulier", stand=stand, regels=regels)

    def _nieuw_formulier(self, pakket: str) -> Antwoord:
        naam = request.form.get("naam", "").strip()
        sleutel = werk.vrije_naam(
            f"{pakket}-{werk.slak(naam, '-')}".strip("-")[:80],
            {deel.pad.removeprefix("formulieren/").removesuffix(".json") for deel in self._bank.werkplaats.delen(pakket)}, "-",
        )  # fmt: skip
        if not naam:
            flash(vertaal("Geef het formulier eerst een naam."), "error")
            return redirect(url_for(".lijst", pakket=pakket), 303)
        uitleg = {
            "type": "content",
            "key": "uitleg",
            "html": {"nl": f"<p>{vertaal('Schrijf hier uitleg, of haal dit weg.')}</p>"},
        }
        stap = {"naam": "gegevens", "titel": {"nl": naam}, "componenten": [uitleg]}
        definitie = {"slug": sleutel, "naam": {"nl": naam}, "stappen": [stap]}
        inhoud = orjson.dumps(definitie, option=orjson.OPT_INDENT_2) + b"\n"
        self._bank.werkplaats.bewaar(
            pakket, f"formulieren/{sleutel}.json", inhoud, versie=0, wie=self._bank.wie(), wat=f"formulier {naam}"
        )
        return redirect(url_for(".editor", pakket=pakket, sleutel=sleutel), 303)

    # --- één formulier ---------------------------------------------------------------------------------------------------

    def editor(self, pakket: str, sleutel: str) -> Antwoord:
        """De stappen met hun vragen."""
        bewerking = self._open(pakket, sleutel)
        return self._bank.pagina(
            "editor.html", pakket, "formulier", bewerking=bewerking, naam_van=naam_van, in_woorden=voorwaarde.in_woorden,
            samengesteld=SAMENGESTELD,
        )  # fmt: skip

    def instellingen(self, pakket: str, sleutel: str) -> Antwoord:
        """De naam, de uitleg vooraf en het inloggen."""
        bewerking = self._open(pakket, sleutel)
        if request.method == "GET":
            return self._kop(bewerking, Formulierkop(data=bewerking.kopvelden()))
        formulier = Formulierkop(request.form)
        if not formulier.validate():
            return self._kop(bewerking, formulier)
        return self._bewaar(bewerking, bewerking.met_kop(formulier.data), vertaal("formulier gewijzigd"))

    def _kop(self, bewerking: Bewerking, formulier: Form) -> Antwoord:
        titel = vertaal("Naam en inloggen")
        return self._veldenpagina(bewerking, formulier, titel)

    def stap(self, pakket: str, sleutel: str, stap: str) -> Antwoord:
        """De teksten van een stap; `nieuw` maakt er een bij."""
        bewerking = self._open(pakket, sleutel)
        nieuw = stap == "nieuw"
        titel = vertaal("Stap toevoegen") if nieuw else vertaal("Stap wijzigen")
        if request.method == "GET":
            return self._veldenpagina(bewerking, Stapformulier(data={} if nieuw else bewerking.stapvelden(stap)), titel)
        formulier = Stapformulier(request.form)
        if not formulier.validate():
            return self._veldenpagina(bewerking, formulier, titel)
        if not nieuw:
            return self._bewaar(bewerking, bewerking.met_stap(stap, formulier.data), vertaal("stap gewijzigd"))
        definitie, naam = bewerking.met_nieuwe_stap(formulier.data)
        bewaard = self._bewaar(bewerking, definitie, vertaal("stap toegevoegd"), anker=naam)
        kies = url_for(".kies", pakket=pakket, sleutel=sleutel, stap=naam)
        return redirect(kies, 303) if getattr(bewaard, "status_code", 0) == 303 else bewaard  # noqa: PLR2004  # 303 See Other

    def _veldenpagina(self, bewerking: Bewerking, formulier: Form, titel: str, hulp: str = "") -> Antwoord:
        versie = request.form.get("versie") or bewerking.deel.versie
        pagina = self._bank.pagina(
            "vraag.html",
            bewerking.pakket,
            "formulier",
            bewerking=bewerking,
            formulier=formulier,
            kop=titel,
            hulp=hulp,
            versie=versie,
        )
        return (pagina, 422) if formulier.errors else pagina

    # --- vragen ----------------------------------------------------------------------------------------------------------

    def kies(self, pakket: str, sleutel: str, stap: str) -> Antwoord:
        """Welke soort vraag komt erbij?"""
        bewerking = self._open(pakket, sleutel)
        gekozen = bewerking.stap(stap)
        return self._bank.pagina("soort.html", pakket, "formulier", bewerking=bewerking, stap=gekozen, soorten=SOORTEN)

    def nieuw(self, pakket: str, sleutel: str, stap: str, soort: str) -> Antwoord:
        """Een nieuwe vraag van deze soort, achteraan de stap."""
        bewerking = self._open(pakket, sleutel)
        bewerking.stap(stap)
        if soort not in OP_TYPE:
            abort(404)
        titel = f"{vertaal('Vraag toevoegen')}: {naam_van(soort)}"
        formulier = self._vraagformulier(bewerking, soort, stap, "", {})
        if request.method == "GET" or not formulier.validate():
            return self._veldenpagina(bewerking, formulier, titel, str(OP_TYPE[soort].uitleg))
        definitie, naam = werk.voeg_vraag_toe(bewerking.definitie, stap, naar_vraag(soort, formulier.data, {}))
        return self._bewaar(bewerking, definitie, vertaal("vraag toegevoegd"), anker=naam)

    def vraag(self, pakket: str, sleutel: str, vraag: str) -> Antwoord:
        """Een bestaande vraag wijzigen."""
        bewerking = self._open(pakket, sleutel)
        stap, deel = bewerking.vraag(vraag)
        soort = str(deel["type"])
        formulier = self._vraagformulier(bewerking, soort, stap, vraag, deel)
        titel = f"{vertaal('Vraag wijzigen')}: {naam_van(soort)}"
        if request.method == "GET" or not formulier.validate():
            return self._veldenpagina(bewerking, formulier, titel)
        definitie = werk.wijzig_vraag(bewerking.definitie, vraag, naar_vraag(soort, formulier.data, deel))
        return self._bewaar(bewerking, definitie, vertaal("vraag gewijzigd"), anker=vraag)

    def _vraagformulier(self, bewerking: Bewerking, soort: str, stap: str, sleutel: str, deel: werk.Component) -> Form:
        eerdere = werk.eerdere(bewerking.definitie, stap, sleutel)
        bronnen = self._bronnen()
        if request.method == "POST":
            return vraagformulier(soort, eerdere, bronnen, formdata=request.form)
        return vraagformulier(soort, eerdere, bronnen, data=naar_velden(deel, eerdere))

    def _bronnen(self) -> list[Optie]:
        """De gegevens waarmee een vraag al ingevuld kan zijn."""
        geleverd = self._bank.installatie.plugins.verzamel("bronnen")
        taal = "en" if huidige_taal() == "en" else "nl"
        opties = [
            Optie(f"{bron.sleutel}:{veld.sleutel}", f"{getattr(bron.naam, taal)}: {getattr(veld.naam, taal)}")
            for bron in geleverd
            for veld in bron.velden
        ]
        return sorted(opties, key=lambda optie: str(optie.label))

    def doe(self, pakket: str, sleutel: str) -> Antwoord:
        """Verplaatsen, kopiëren en verwijderen: `wat` is `vraag:sleutel:actie` of `stap:naam:actie`."""
        bewerking = self._open(pakket, sleutel)
        soort, naam, actie = (request.form.get("wat", "") + "::").split(":")[:3]
        try:
            definitie, anker = _voer_uit(bewerking.definitie, soort, naam, actie)
        except werk.NietGevonden:
            abort(404)
        except werk.KanNiet as fout:
            flash(f"{str(fout).capitalize()}.", "info")
            return redirect(url_for(".editor", pakket=pakket, sleutel=sleutel, _anchor=naam), 303)
        return self._bewaar(bewerking, definitie, f"{vertaal(soort)} {naam}: {vertaal(actie)}", anker=anker)

    # --- bewaren ---------------------------------------------------------------------------------------------------------

    def _bewaar(self, bewerking: Bewerking, definitie: werk.Definitie, wat: str, anker: str = "") -> Antwoord:
        """Bewaar, en terug naar de vragen. Was een collega eerder, dan zegt de pagina dat; het ingevulde is geparkeerd."""
        terug = url_for(".editor", pakket=bewerking.pakket, sleutel=bewerking.sleutel, _anchor=anker or None)
        versie = request.form.get("versie", bewerking.deel.versie, type=int)
        try:
            bewerking.bewaar(definitie, versie=versie, wie=self._bank.wie(), wat=f"{bewerking.naam}: {wat}")
        except Botsing as botsing:
            melding = vertaal(
                "%(naam)s heeft dit formulier intussen gewijzigd. Wat u invulde is niet weg: het staat als geparkeerd bij Versies.",
                naam=botsing.nu.door_naam,
            )
            flash(melding, "error")
        return redirect(terug, 303)

    # --- voorbeeld -------------------------------------------------------------------------------------------------------

    def voorbeeld(self, pakket: str, sleutel: str, stap: str) -> Antwoord:
        """Het formulier zoals een inwoner het ziet. Wat iemand hier invult is er alleen in deze sessie, en er wordt niets ingediend."""
        bewerking = self._open(pakket, sleutel)
        try:
            bestanden = self._bank.werkplaats.bestanden(pakket)
            definitie = lees_formulier(bewerking.definitie, bestanden, self._bank.installatie)
        except DefinitieFout as fout:
            fouten = [str(regel) for regel in fout.fouten]
            return self._bank.pagina(
                "voorbeeld.html", pakket, "formulier", bewerking=bewerking, fouten=fouten, weergave=None
            )
        invulling = Proefinvulling(pakket, sleutel)
        weergave = invulling.weergave(definitie, self._bank.installatie)
        if stap == "begin" or not invulling.begonnen:
            invulling.begin(None, weergave.beginwaarden({}))
        if stap not in (*weergave.stappen(invulling.gegevens), "samenvatting"):
            return self._naar_voorbeeld(bewerking, weergave.stappen(invulling.gegevens)[0])
        if request.method == "POST":
            return self._proefstap(bewerking, weergave, invulling, stap)
        return self._toon_voorbeeld(bewerking, weergave, invulling, stap)

    def _proefstap(
        self, bewerking: Bewerking, weergave: Formulierweergave, invulling: Proefinvulling, stap: str
    ) -> Antwoord:
        if groot := te_groot():
            flash(vertaal("%(naam)s is te groot voor een proef: hoogstens 500 kB.", naam=groot[0]), "error")
            return self._naar_voorbeeld(bewerking, stap)
        if request.form.get("actie") != "verder":
            invulling.gegevens = weergave.bewerk(stap, request.form, request.files, gegevens=invulling.gegevens)
            if "X-Fragment" in request.headers:
                return velden_van(weergave.stap(stap, invulling.gegevens))
            return self._opzij(bewerking, weergave, invulling, stap)
        uitkomst = weergave.controleer(stap, request.form, request.files, gegevens=invulling.gegevens)
        invulling.gegevens = dict(uitkomst.waarden)
        if uitkomst.fouten:
            return self._bank.pagina(
                "voorbeeld.html", bewerking.pakket, "formulier", bewerking=bewerking, weergave=weergave, stap=uitkomst.formulier,
                secties=[], fouten=[], wie=invulling.wie,
            ), 422  # fmt: skip
        return self._naar_voorbeeld(bewerking, weergave.volgende(stap, invulling.gegevens) or "samenvatting")

    def _opzij(
        self, bewerking: Bewerking, weergave: Formulierweergave, invulling: Proefinvulling, stap: str
    ) -> Antwoord:
        """Een knop die niet verdergaat: een stap terug (voor de eerste stap ligt de editor), later verder, of een rij erbij of weg."""
        actie = request.form.get("actie")
        if actie == "later":
            flash(vertaal("In het echte formulier zijn de antwoorden nu bewaard om later verder te gaan."), "info")
        vorige = weergave.vorige(stap, invulling.gegevens)
        if actie == "vorige" and vorige is None:
            return redirect(url_for(".editor", pakket=bewerking.pakket, sleutel=bewerking.sleutel), 303)
        return self._naar_voorbeeld(bewerking, vorige if actie == "vorige" and vorige else stap)

    def _naar_voorbeeld(self, bewerking: Bewerking, stap: str) -> Antwoord:
        return redirect(url_for(".voorbeeld", pakket=bewerking.pakket, sleutel=bewerking.sleutel, stap=stap), 303)

    def _toon_voorbeeld(
        self, bewerking: Bewerking, weergave: Formulierweergave, invulling: Proefinvulling, stap: str
    ) -> Antwoord:
        klaar, gegevens = stap == "samenvatting", invulling.gegevens
        return self._bank.pagina(
            "voorbeeld.html", bewerking.pakket, "formulier", bewerking=bewerking, weergave=weergave, fouten=[], wie=invulling.wie,
            stap=None if klaar else weergave.stap(stap, gegevens), secties=weergave.samenvatting(gegevens) if klaar else [],
        )  # fmt: skip


def _voer_uit(definitie: werk.Definitie, soort: str, naam: str, actie: str) -> tuple[werk.Definitie, str]:
    """De nieuwe definitie, en waar de pagina dan naartoe springt."""
    if soort == "vraag" and actie in (werk.OMHOOG, werk.OMLAAG):
        return werk.verplaats_vraag(definitie, naam, actie), naam
    if soort == "vraag" and actie == "kopieer":
        return werk.kopieer_vraag(definitie, naam)
    if soort == "vraag" and actie == "verwijder":
        return werk.verwijder_vraag(definitie, naam), ""
    if soort == "stap" and actie in (werk.OMHOOG, werk.OMLAAG):
        return werk.verplaats_stap(definitie, naam, actie), naam
    if soort == "stap" and actie == "verwijder":
        return werk.verwijder_stap(definitie, naam), ""
    raise werk.NietGevonden(naam)
