"""
Een app die alle componenten toont, met en zonder fouten: om naar te kijken en voor de toegankelijkheidstest.

Start met `python -m huisstijl.voorbeeldpagina`; staat nooit in een draaiend platform.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from flask import Flask, flash, render_template, request
from wtforms import Form

from huisstijl.controles import Bereik, Datumbereik, Lengte
from huisstijl.schil import Gebruiker, Navigatiepunt, Sessie, Voetkolom, registreer
from huisstijl.velden import (
    AdresVeld,
    BedragVeld,
    BestandVeld,
    BsnVeld,
    DatumVeld,
    EmailVeld,
    GetalVeld,
    IbanVeld,
    JaNeeVeld,
    KentekenVeld,
    KeuzeVeld,
    MeerkeuzeVeld,
    Optie,
    PostcodeVeld,
    SelectVeld,
    TekstvakVeld,
    TekstVeld,
    TelefoonVeld,
    VinkjeVeld,
)
from kern.web.foutpagina import registreer_foutpaginas


class AlleVelden(Form):
    """Elk veld een keer."""

    naam = TekstVeld("Uw naam", autocomplete="name", controles=[Lengte(2, 80)])
    geboren = DatumVeld(
        "Geboortedatum",
        hulptekst="Bijvoorbeeld 31 12 1980",
        van_mijzelf=True,
        controles=[Datumbereik(date(1900, 1, 1))],
    )
    woning = KeuzeVeld(
        "Is de woning van uzelf?",
        opties=[
            Optie("koop", "Ja, een koopwoning"),
            Optie("huur", "Nee, ik huur", "U hebt toestemming van de verhuurder nodig."),
            Optie("corporatie", "Nee, ik huur van een corporatie"),
        ],
    )
    hoofdverblijf = JaNeeVeld("Woont u zelf in deze woning?")
    voorzieningen = MeerkeuzeVeld(
        "Welke ruimtes verhuurt u?",
        verplicht=False,
        opties=[Optie("kamer", "Een kamer"), Optie("zolder", "De zolder"), Optie("tuin", "Een tuinhuis")],
    )
    wijk = SelectVeld(
        "In welke wijk staat de woning?", opties=[Optie("c", "Centrum"), Optie("n", "Noord"), Optie("z", "Zuid")]
    )
    adres = AdresVeld("Adres van de woning", volledig=True, van_mijzelf=True)
    postcode = PostcodeVeld("Postcode")
    nachten = GetalVeld(
        "Hoeveel nachten per jaar?",
        hulptekst="Een schatting is genoeg.",
        decimalen=0,
        eenheid="nachten",
        controles=[Bereik(Decimal(1), Decimal(60))],
    )
    prijs = BedragVeld("Prijs per nacht", verplicht=False)
    email = EmailVeld("E-mailadres", hulptekst="Wij sturen u een bevestiging.")
    telefoon = TelefoonVeld("Telefoonnummer", verplicht=False)
    bsn = BsnVeld("Burgerservicenummer")
    iban = IbanVeld("Rekeningnummer (IBAN)", verplicht=False)
    kenteken = KentekenVeld("Kenteken", verplicht=False)
    toelichting = TekstvakVeld("Wilt u nog iets toelichten?", verplicht=False)
    plattegrond = BestandVeld("Plattegrond van de woning", hulptekst="Een foto van een tekening is ook goed.")
    akkoord = VinkjeVeld("Ik heb alles naar waarheid ingevuld")


GEVULD = {
    "naam": "J. van der Berg", "geboren": date(1980, 12, 31), "woning": "huur", "hoofdverblijf": True, "voorzieningen": ["kamer"],
    "wijk": "n", "postcode": "1234AB", "nachten": Decimal(20), "prijs": Decimal(95), "email": "j@voorbeeld.nl",
    "adres": {"postcode": "1234AB", "huisnummer": "12", "straat": "Lange Voorbeeldstraat", "plaats": "Voorbeeldstad"},
    "plattegrond": [{"id": "1", "naam": "plattegrond-begane-grond.pdf", "grootte": 482_133}],
}  # fmt: skip
STAPPEN = [
    {"naam": "Aanvraag ontvangen", "toestand": "klaar", "datum": "1 maart 2026"},
    {
        "naam": "Aanvraag wordt beoordeeld",
        "toestand": "nu",
        "datum": "Sinds 3 maart 2026",
        "toelichting": "U krijgt uiterlijk 26 april 2026 antwoord.",
    },
    {"naam": "Besluit genomen", "toestand": "straks"},
]
TAKEN = [
    {
        "naam": "Stuur een plattegrond van de woning",
        "adres": "#taak",
        "bij": "Vergunning toeristische verhuur",
        "uiterlijk": "14 maart 2026",
    },
    {"naam": "Vul het aantal nachten aan", "adres": "#taak2", "uiterlijk": "1 februari 2026", "te_laat": True},
]
BERICHTEN = [
    {
        "onderwerp": "Uw registratienummer",
        "adres": "#b1",
        "datum": "1 maart 2026",
        "ongelezen": True,
        "bij": "Registratie toeristische verhuur",
    },
    {"onderwerp": "Wij hebben uw aanvraag ontvangen", "adres": "#b2", "datum": "28 februari 2026"},
]
BESTANDEN = [{"naam": "bevestiging.pdf", "adres": "#d1", "grootte": 88_211, "datum": "1 maart 2026"}]


def _navigatie() -> list[Navigatiepunt]:
    return [
        Navigatiepunt("Overzicht", "/", exact=True),
        Navigatiepunt("Mijn zaken", "/zaken"),
        Navigatiepunt("Berichten", "/berichten", teller=2),
    ]


def _sessie() -> Sessie | None:
    """`?sessie=30` doet alsof de sessie nog 30 seconden duurt."""
    seconden = request.args.get("sessie", type=int)
    return Sessie(seconden, "/zaken") if seconden else None


def maak_app() -> Flask:
    """De voorbeeldapp: `/` (componenten), `/formulier` (velden; `?toestand=leeg|gevuld|fout`), `/zaken` (zijnavigatie), `/panelen`."""
    app = Flask(__name__)
    app.secret_key = "alleen voor de voorbeeldpagina"  # noqa: S105  # deze app bewaart niets
    registreer(
        app,
        titel="Mijn gemeente",
        organisatie="Gemeente Voorbeeldstad",
        navigatie=_navigatie,
        gebruiker=lambda: Gebruiker("J. van der Berg", "/uit"),
        sessie=_sessie,
        voet=[
            Voetkolom("Contact", [("Telefoon 14 012", "tel:14012"), ("Contactformulier", "#contact")]),
            Voetkolom("Over deze site", [("Toegankelijkheid", "#t"), ("Privacy", "#p")]),
        ],
    )
    registreer_foutpaginas(app, None)
    app.add_url_rule("/", "componenten", _componenten)
    app.add_url_rule("/formulier", "formulier", _formulier)
    app.add_url_rule("/zaken", "zaken", _zaken)
    app.add_url_rule("/panelen", "panelen", _panelen)
    return app


def _componenten() -> str:
    flash("Uw wijzigingen zijn opgeslagen.", "ok")
    return render_template(
        "huisstijl/voorbeeld.html", stappen=STAPPEN, taken=TAKEN, berichten=BERICHTEN, bestanden=BESTANDEN,
        moment=datetime(2026, 3, 1, 13, 5, tzinfo=UTC),
    )  # fmt: skip


def _formulier() -> str:
    toestand = request.args.get("toestand", "leeg")
    formulier = AlleVelden(data=GEVULD if toestand == "gevuld" else None)
    if toestand == "fout":
        formulier.validate()
    return render_template("huisstijl/voorbeeldformulier.html", formulier=formulier)


def _zaken() -> str:
    return render_template("huisstijl/voorbeeldzij.html", stappen=STAPPEN, punten=_navigatie())


def _panelen() -> str:
    return render_template("huisstijl/voorbeeldpanelen.html", taken=TAKEN)


if __name__ == "__main__":
    maak_app().run(port=8080)
