"""De schermen: storingen van het digitale kanaal (Awb 2:21) en gelijkgestelde feestdagen (Atw artikel 3, lid 3)."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, Form
from wtforms.validators import ValidationError

from huisstijl import lui, vertaal
from huisstijl.velden import DatumVeld, TekstvakVeld, TekstVeld
from huisstijl.werkplek import registreer_beheer
from integratie.basis import ApiFout
from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import FeestdagIn, StoringEindeIn, StoringIn
from kern import ldv
from kern.deel import Deel
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.toegang import eis_identiteit, voor_beheer
from kern.web import maak_scherm_app

PAD = "/beheer/termijnen"
KLOKTIJD = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
beheerder = voor_beheer("functioneel-beheerder")


def _is_kloktijd(_formulier: Form, veld: Field) -> None:
    if veld.data and not KLOKTIJD.fullmatch(veld.data.strip()):
        raise ValidationError(vertaal("Vul een tijd in zoals 14:30."))


class Storingformulier(Form):
    dag = DatumVeld(lui("Op welke dag begon de storing?"))
    tijd = TekstVeld(lui("Hoe laat?"), hulptekst=lui("Bijvoorbeeld 14:30."), breedte=8, controles=(_is_kloktijd,))
    einddag = DatumVeld(lui("Op welke dag was zij voorbij?"), verplicht=False, hulptekst=lui("Leeg als zij nog duurt."))
    eindtijd = TekstVeld(lui("Hoe laat was zij voorbij?"), verplicht=False, breedte=8, controles=(_is_kloktijd,))
    omschrijving = TekstvakVeld(lui("Wat was er mis?"))


class Feestdagformulier(Form):
    dag = DatumVeld(lui("Welke dag?"))
    naam = TekstVeld(lui("Naam"))
    grondslag = TekstVeld(
        lui("Grondslag"), hulptekst=lui("Het besluit waarin de dag met een feestdag is gelijkgesteld.")
    )


class Schermen:
    """De schermen op één installatie."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def _client(self) -> TermijnenClient:
        wie = eis_identiteit()
        return TermijnenClient(self._installatie, namens="beheer", gebruiker=wie.gebruikersnaam, weergave=wie.naam)

    def lijst(self, storing: Form | None = None, feestdag: Form | None = None) -> ResponseReturnValue:
        """Wat er vastligt, met de twee formulieren."""
        client = self._client()
        return render_template(
            "termijnenbeheer/lijst.html", storingen=list(client.storingen()), feestdagen=list(client.feestdagen()),
            storing=storing or Storingformulier(), feestdag=feestdag or Feestdagformulier(), sleutel=uuid4(),
        )  # fmt: skip

    def meld_storing(self) -> ResponseReturnValue:
        """Leg een storing vast; de termijnen die erin eindigden worden opnieuw berekend."""
        formulier, sleutel = Storingformulier(request.form), request.form.get("sleutel", type=UUID)
        if sleutel is None:
            abort(400)
        if not formulier.validate():
            return self.lijst(storing=formulier)
        velden = formulier.data
        einde = _moment(velden["einddag"], velden["eindtijd"] or "23:59") if velden["einddag"] else None
        storing = StoringIn(
            uuid=sleutel, begin=_moment(velden["dag"], velden["tijd"]), einde=einde,
            omschrijving=velden["omschrijving"], **_wie(),
        )  # fmt: skip
        return self._doe("storing vastgelegd", lambda: self._client().meld_storing(storing))

    def wijzig_storing(self, uuid: UUID) -> ResponseReturnValue:
        """Zij is nu voorbij, of was er niet."""
        nu = self._installatie.klok.nu()
        einde = StoringEindeIn(ingetrokken=True) if "intrekken" in request.form else StoringEindeIn(einde=nu)
        return self._doe("storing gewijzigd", lambda: self._client().wijzig_storing(uuid, einde))

    def voeg_toe(self) -> ResponseReturnValue:
        """Stel een dag met een feestdag gelijk."""
        formulier = Feestdagformulier(request.form)
        if not formulier.validate():
            return self.lijst(feestdag=formulier)
        feestdag = FeestdagIn(**formulier.data, **_wie())
        return self._doe("feestdag toegevoegd", lambda: self._client().voeg_feestdag_toe(feestdag))

    def haal_weg(self) -> ResponseReturnValue:
        """De dag is toch geen feestdag."""
        dag = request.form.get("dag", type=date.fromisoformat)
        if dag is None:
            abort(400)
        return self._doe("feestdag ingetrokken", lambda: self._client().haal_feestdag_weg(dag))

    def _doe(self, actie: str, doe: Callable[[], Any]) -> ResponseReturnValue:
        try:
            doe()
        except ApiFout as fout:
            flash(fout.fouten[0].reden if fout.fouten else vertaal("Dat lukte niet. Probeer het zo opnieuw."), "error")
        else:
            ldv.audit(self._installatie, eis_identiteit(), actie, "termijnen")
            flash(vertaal("Vastgelegd. De termijnen die het raakt worden opnieuw berekend."), "ok")
        return redirect(url_for("lijst"), 303)


def _wie() -> dict[str, str]:
    wie = eis_identiteit()
    return {"door": wie.gebruikersnaam, "door_naam": wie.naam}


def _moment(dag: date, tijd: str) -> datetime:
    treffer = KLOKTIJD.fullmatch(tijd.strip())
    if treffer is None:
        raise ValueError(tijd)
    return datetime.combine(dag, time(int(treffer[1]), int(treffer[2])), NEDERLAND)


def maak_app(installatie: Installatie) -> Flask:
    """De app met huisstijl; elke route is alleen voor functioneel beheerders."""
    app = maak_scherm_app("termijnenbeheer", installatie, import_naam=__name__)
    registreer_beheer(app, Path(__file__).parent / "vertalingen")
    _routes(app, Schermen(installatie))
    return app


def _routes(app: Flask, schermen: Schermen) -> None:
    @app.get("/")
    @beheerder
    def lijst() -> ResponseReturnValue:
        return schermen.lijst()

    @app.post("/storingen")
    @beheerder
    def storing() -> ResponseReturnValue:
        return schermen.meld_storing()

    @app.post("/storingen/<uuid:uuid>")
    @beheerder
    def storing_wijzigen(uuid: UUID) -> ResponseReturnValue:
        return schermen.wijzig_storing(uuid)

    @app.post("/feestdagen")
    @beheerder
    def feestdag() -> ResponseReturnValue:
        return schermen.voeg_toe()

    @app.post("/feestdagen/intrekken")
    @beheerder
    def feestdag_intrekken() -> ResponseReturnValue:
        return schermen.haal_weg()


deel = Deel("termijnenbeheer", "processen.termijnen.beheer", PAD, maak_app)
