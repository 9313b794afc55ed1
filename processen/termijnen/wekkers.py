"""Processen die op een moment van de klok wachten. Het moment schuift mee; elk bericht gaat één keer uit."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from kern.installatie import Installatie
from kern.outbox import plaats
from kern.termijnen import werkdag
from processen.termijnen.klok import Kalender, na_storing
from processen.termijnen.tabellen import Wekker
from processen.termijnen.uitkomst import Uitkomst

WEK = "termijnen.wek"
BERICHTEN = {
    "bereikt": "termijn-bereikt",
    "dreigt": "termijn-dreigt",
    "verlopen": "termijn-verlopen",
    "reactie": "termijn-reactie-voorbij",
}
DAG = timedelta(days=1)


def moment(wekker: Mapping[str, Any], uitkomst: Uitkomst, kalender: Kalender) -> date | None:
    """De dag waarop deze wekker afgaat; None zolang dat niet vaststaat, of als er beslist is.

    Een reactietermijn loopt ook na een besluit: wie dat wil intrekken, hoort de belanghebbende eerst (Awb 4:8). Een storing op haar laatste
    dag verlengt haar (Awb 2:21).
    """
    einddatum = uitkomst.stand.einddatum
    if wekker["moment"] == "reactie":
        return na_storing(wekker["datum"], kalender) + DAG
    if wekker["moment"] == "bereikt":
        return None if uitkomst.kolommen["gesloten"] else wekker["datum"]
    if einddatum is None or uitkomst.kolommen["gesloten"] or uitkomst.stand.opschorting is not None:
        return None
    if wekker["moment"] == "dreigt":
        return werkdag(einddatum, -wekker["werkdagen"], kalender.vrij) if wekker["werkdagen"] else einddatum
    return einddatum + DAG


def verschuif(
    installatie: Installatie,
    verbinding: Connection,
    klok: Mapping[str, Any],
    uitkomst: Uitkomst,
    kalender: Kalender,
) -> list[date | None]:
    """Zet elke wekker op zijn nieuwe moment en laat afgaan wat er nu is; geef de momenten die nog komen."""
    nog: list[date | None] = []
    vandaag = uitkomst.stand.peildatum
    vraag = select(*Wekker.__table__.columns).where(Wekker.klok == klok["id"])
    for rij in map(dict, verbinding.execute(vraag).mappings()):
        om = moment(rij, uitkomst, kalender)
        waarden: dict[str, Any] = {"om": om}
        if om is None or om > vandaag:
            waarden["gegeven"] = None  # een verschoven moment komt nog een keer
            nog.append(om)
        elif rij["gegeven"] is None:
            waarden |= {"gegeven": vandaag, "beurt": rij["beurt"] + 1}
            _geef(installatie, verbinding, klok, rij, uitkomst)
        if any(rij[naam] != waarde for naam, waarde in waarden.items()):
            verbinding.execute(update(Wekker).where(Wekker.id == rij["id"]).values(waarden))
    return nog


def _geef(
    installatie: Installatie,
    verbinding: Connection,
    klok: Mapping[str, Any],
    wekker: Mapping[str, Any],
    uitkomst: Uitkomst,
) -> None:
    einddatum = uitkomst.stand.einddatum
    inhoud = {
        "naam": BERICHTEN[wekker["moment"]],
        "sleutel": str(wekker["id"]),
        "uniek": f"termijn-{wekker['id']}-{wekker['beurt'] + 1}",
        "zaak": klok["zaak"],
        "einddatum": einddatum.isoformat() if einddatum else "",
        "toestand": uitkomst.stand.toestand,
    }
    plaats(installatie, verbinding, WEK, inhoud, sleutel=str(wekker["id"]))
