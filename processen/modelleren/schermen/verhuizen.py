"""Lopende zaken naar een nieuwe versie van hun proces: plan, proef, verhuizen en terugdraaien."""

from collections import Counter
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from huisstijl import vertaal_aantal
from processen.modelleren import verhuizen
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.motor.definities import DefinitieInfo

VELD = "stap-"


def maak_verhuizen(bank: Werkbank) -> Blueprint:
    """De blauwdruk met de pagina en het model van een versie."""
    blauwdruk = Blueprint("verhuizen", __name__)
    scherm = _Scherm(bank)

    @blauwdruk.route("/<pakket>/proces/<naam>/verhuizen", methods=["GET", "POST"])
    @beheerder
    def plan(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.plan(pakket, naam)

    @blauwdruk.get("/<pakket>/proces/<naam>/versie/<uuid:definitie>.bpmn")
    @beheerder
    def model(pakket: str, naam: str, definitie: UUID) -> ResponseReturnValue:
        del pakket
        return scherm.model(naam, definitie)

    return blauwdruk


class _Scherm:
    def __init__(self, bank: Werkbank) -> None:
        self._bank = bank

    def plan(self, pakket: str, naam: str) -> ResponseReturnValue:
        """De versies met wat erop loopt; van de gekozen versie het plan, en na een proef het oordeel per zaak."""
        stand, versies = self._bank.open(pakket), verhuizen.versies(self._bank, naam)
        naar = next((versie.info for versie in versies if versie.info.staat == "actief"), None)
        van = self._van(versies, naar)
        waarden: dict[str, object] = {"versies": versies, "naar": naar, "van": van}
        if van is not None and naar is not None:
            gekozen = {s.removeprefix(VELD): doel for s, doel in request.form.items() if s.startswith(VELD)}
            actie = request.form.get("actie", "")
            if actie in ("verhuis", "terug"):
                return self._doe(actie, pakket, naam, van, naar, gekozen)
            waarden |= {
                "stappen": verhuizen.stappen(self._bank, van.id, naar.id, gekozen), "veld": VELD,
                "terug": len(verhuizen.terug_te_draaien(self._bank, van.id, naar.id)),
                **(self._proef(van, naar, gekozen) if actie == "proef" else {}),
            }  # fmt: skip
        return self._bank.pagina("verhuizen.html", pakket, "proces", stand=stand, naam=naam, **waarden)

    def _van(self, versies: list[verhuizen.Versie], naar: DefinitieInfo | None) -> DefinitieInfo | None:
        """De gekozen oude versie; anders de nieuwste waarop nog iets loopt of waarvan pas verhuisd is."""
        gevraagd = request.values.get("van", "")
        oude = [versie.info for versie in versies if naar is not None and versie.info.id != naar.id]
        if gevraagd and all(str(info.id) != gevraagd for info in oude):
            oude = [*oude, *self._een(gevraagd, naar)]
        return next((info for info in oude if str(info.id) == gevraagd), oude[0] if oude else None)

    def _een(self, gevraagd: str, naar: DefinitieInfo | None) -> list[DefinitieInfo]:
        with self._bank.installatie.db.lezen() as verbinding:
            alle = self._bank.motor.definities.lijst(verbinding, naar.sleutel) if naar else []
        return [info for info in alle if str(info.id) == gevraagd]

    def _proef(self, van: DefinitieInfo, naar: DefinitieInfo, gekozen: dict[str, str]) -> dict[str, object]:
        plan = verhuizen.plan_van(self._bank, van.id, naar.id, gekozen)
        oordelen = verhuizen.proef(self._bank, van.id, naar.id, plan)
        blijft = [oordeel for oordeel in oordelen if oordeel.problemen]
        redenen = Counter(reden for oordeel in blijft for reden in oordeel.problemen).most_common()
        return {"beproefd": True, "gaat": len(oordelen) - len(blijft), "blijft": len(blijft), "redenen": redenen}

    def _doe(
        self, actie: str, pakket: str, naam: str, van: DefinitieInfo, naar: DefinitieInfo, gekozen: dict[str, str]
    ) -> ResponseReturnValue:
        if actie == "terug":
            uitslag = verhuizen.draai_terug(self._bank, van.id, naar.id)
            gedaan = vertaal_aantal(
                "%(aantal)s zaak is terug op de oude versie.",
                "%(aantal)s zaken zijn terug op de oude versie.",
                uitslag.gegaan,
            )
            rest = vertaal_aantal(
                "%(aantal)s zaak was al verder en blijft.",
                "%(aantal)s zaken waren al verder en blijven.",
                uitslag.gebleven,
            )
        else:
            plan = verhuizen.plan_van(self._bank, van.id, naar.id, gekozen)
            uitslag = verhuizen.verhuis(self._bank, van.id, naar.id, plan)
            gedaan = vertaal_aantal("%(aantal)s zaak is verhuisd.", "%(aantal)s zaken zijn verhuisd.", uitslag.gegaan)
            rest = vertaal_aantal(
                "%(aantal)s zaak blijft op de oude versie.",
                "%(aantal)s zaken blijven op de oude versie.",
                uitslag.gebleven,
            )
        flash(f"{gedaan} {rest}" if uitslag.gebleven else gedaan, "ok")
        return redirect(url_for(".plan", pakket=pakket, naam=naam, van=van.id), 303)

    def model(self, naam: str, definitie: UUID) -> ResponseReturnValue:
        """Het BPMN-bestand van een versie van dit proces."""
        with self._bank.installatie.db.lezen() as verbinding:
            bekend = any(info.id == definitie for info in self._bank.motor.definities.lijst(verbinding, naam))
            bpmn = self._bank.motor.definities.model(verbinding, definitie)[0] if bekend else abort(404)
        return Response(bpmn, mimetype="application/xml")
