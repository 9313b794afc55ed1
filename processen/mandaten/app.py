"""De schermen van het mandaatregister: wie namens welk bestuursorgaan welke besluiten mag ondertekenen (Awb 10:3 en 10:9)."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.velden import BedragVeld, DatumVeld, Optie, SelectVeld, TekstvakVeld, TekstVeld, VinkjeVeld
from huisstijl.werkplek import registreer_beheer
from integratie.configuratie import MANDAAT, Configuratie
from integratie.mandaten import Mandaat, Vervanging, lees_register
from kern import ldv
from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import eis_identiteit, voor_beheer
from kern.web import maak_scherm_app

PAD = "/beheer/mandaten"
beheerder = voor_beheer("functioneel-beheerder")


def formulier_voor(register: list[Mandaat], sleutel: str, **invoer: Any) -> Form:
    """Het formulier van één mandaat; een ondermandaat kiest uit de andere mandaten die dat toelaten."""
    boven = [m for m in register if m.ondermandaat_toegestaan and m.sleutel != sleutel]

    class Mandaatformulier(Form):
        bestuursorgaan = TekstVeld(lui("Bestuursorgaan"), hulptekst=lui("Namens wie het besluit genomen wordt."))
        functie = TekstVeld(lui("Functie"), hulptekst=lui("Wie mag tekenen."))
        besluittypen = TekstvakVeld(
            lui("Besluittypen"), verplicht=False, hulptekst=lui("Eén per regel. Leeg betekent: alle besluiten.")
        )
        tot_bedrag = BedragVeld(lui("Tot en met welk bedrag?"), verplicht=False)
        begin = DatumVeld(lui("Eerste dag"))
        einde = DatumVeld(lui("Laatste dag"), verplicht=False)
        grondslag = TekstVeld(lui("Grondslag"), verplicht=False, hulptekst=lui("Het mandaatbesluit."))
        ondermandaat_toegestaan = VinkjeVeld(lui("Ondermandaat is toegestaan"), verplicht=False)
        ondermandaat_van = SelectVeld(
            lui("Ondermandaat van"),
            verplicht=False,
            opties=[Optie(m.sleutel, f"{m.functie} ({m.bestuursorgaan})") for m in boven],
        )
        vervanger = TekstVeld(
            lui("Vervanger"), verplicht=False, hulptekst=lui("De functie die tijdelijk ook mag tekenen.")
        )
        vervanging_van = DatumVeld(lui("Vervanging vanaf"), verplicht=False)
        vervanging_tot = DatumVeld(lui("Vervanging tot en met"), verplicht=False)

        def validate(self, extra_validators: Any = None) -> bool:
            goed = super().validate(extra_validators)
            if goed and self.einde.data and self.einde.data < self.begin.data:
                self.einde.errors = [vertaal("De laatste dag ligt voor de eerste.")]
            if goed and self.vervanger.data and not (self.vervanging_van.data and self.vervanging_tot.data):
                self.vervanger.errors = [vertaal("Vul ook in van wanneer tot wanneer.")]
            return goed and not self.errors

    return Mandaatformulier(**invoer)


class Schermen:
    """De schermen op één installatie."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def _configuratie(self) -> Configuratie:
        wie = eis_identiteit()
        return Configuratie(self._installatie, namens="beheer", gebruiker=wie.gebruikersnaam, weergave=wie.naam)

    def lijst(self) -> ResponseReturnValue:
        """Alle mandaten, op bestuursorgaan en functie."""
        register = sorted(lees_register(self._configuratie()), key=lambda m: (m.bestuursorgaan, m.functie))
        vandaag = self._installatie.klok.vandaag()
        return render_template(
            "mandaten/lijst.html", register=register, vandaag=vandaag, op_sleutel={m.sleutel: m for m in register}
        )

    def bewerk(self, sleutel: str) -> ResponseReturnValue:
        """Een nieuw of bestaand mandaat."""
        configuratie = self._configuratie()
        register = lees_register(configuratie)
        oud = next((m for m in register if m.sleutel == sleutel), None)
        if request.method == "GET":
            formulier = formulier_voor(register, sleutel, data=_velden(oud) if oud else {})
            return render_template("mandaten/mandaat.html", formulier=formulier, oud=oud)
        formulier = formulier_voor(register, sleutel, formdata=request.form)
        if not formulier.validate():
            return render_template("mandaten/mandaat.html", formulier=formulier, oud=oud)
        configuratie.bewaar(MANDAAT, sleutel, _mandaat(sleutel, formulier.data).als_gegevens())
        ldv.audit(self._installatie, eis_identiteit(), "mandaat vastgelegd", sleutel)
        flash(vertaal("Het mandaat is vastgelegd."), "ok")
        return redirect(url_for("lijst"), 303)


def _velden(m: Mandaat) -> dict[str, Any]:
    v = m.vervanging[0] if m.vervanging else None
    return {
        "bestuursorgaan": m.bestuursorgaan, "functie": m.functie, "besluittypen": "\n".join(m.besluittypen),
        "tot_bedrag": m.tot_bedrag, "begin": m.begin, "einde": m.einde, "grondslag": m.grondslag,
        "ondermandaat_toegestaan": m.ondermandaat_toegestaan, "ondermandaat_van": m.ondermandaat_van,
        "vervanger": v.functie if v else "", "vervanging_van": v.van if v else None, "vervanging_tot": v.tot if v else None,
    }  # fmt: skip


def _mandaat(sleutel: str, velden: dict[str, Any]) -> Mandaat:
    vervanger = velden["vervanger"]
    vervanging = (Vervanging(vervanger, velden["vervanging_van"], velden["vervanging_tot"]),) if vervanger else ()
    return Mandaat(
        sleutel, velden["bestuursorgaan"], velden["functie"], velden["begin"],
        tuple(regel.strip() for regel in (velden["besluittypen"] or "").splitlines() if regel.strip()),
        velden["einde"], velden["tot_bedrag"], velden["grondslag"] or "", velden["ondermandaat_van"] or "",
        bool(velden["ondermandaat_toegestaan"]), vervanging,
    )  # fmt: skip


def maak_app(installatie: Installatie) -> Flask:
    """De app met huisstijl; elke route is alleen voor functioneel beheerders."""
    app = maak_scherm_app("mandaten", installatie, import_naam=__name__)
    registreer_beheer(app, Path(__file__).parent / "vertalingen")
    schermen = Schermen(installatie)

    @app.get("/")
    @beheerder
    def lijst() -> ResponseReturnValue:
        return schermen.lijst()

    @app.get("/nieuw")
    @beheerder
    def nieuw() -> ResponseReturnValue:
        return redirect(url_for("bewerk", sleutel=uuid4().hex))

    @app.route("/<sleutel>", methods=["GET", "POST"])
    @beheerder
    def bewerk(sleutel: str) -> ResponseReturnValue:
        if not sleutel.isalnum():
            abort(404)
        return schermen.bewerk(sleutel)

    return app


deel = Deel("mandaten", "processen.mandaten", PAD, maak_app)
