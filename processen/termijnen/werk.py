"""Het outbox-werk van de klok: de zaak bijwerken, wekken wat wacht, en vastleggen wat elders gebeurde."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, select

from integratie.basis import ApiFout
from integratie.processen import ProcessenClient
from integratie.processen.motor import BerichtIn
from integratie.termijnen.client import zaak_uuid
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.outbox import Verwerker, Werk
from processen.termijnen import herberekenen, wekkers
from processen.termijnen.gebeurtenissen import Gebeurtenis
from processen.termijnen.grootboek import NAAR_ZAAK, SEIN, GeenKlok, Nieuw, is_open, open_boek, vernietig
from processen.termijnen.tabellen import Klok, Regel

NAMENS = "processen"
PROCES = "proces"
BESLIST = "termijnen.beslist"
NOTIFICATIE = "termijnen.notificatie"
WEG = (404, 410)


def verwerkers(_installatie: Installatie) -> list[Verwerker]:
    """Wie het werk doet."""
    return [
        Verwerker(NAAR_ZAAK, buiten=werk_zaak_bij),
        Verwerker(SEIN, binnen=geef_sein),
        Verwerker(wekkers.WEK, buiten=wek_proces),
        Verwerker(herberekenen.WERK, binnen=herberekenen.herbereken),
        Verwerker(BESLIST, binnen=leg_besluit_vast),
        Verwerker(NOTIFICATIE, buiten=volg_zaak),
    ]


def werk_zaak_bij(installatie: Installatie, werk: Werk) -> None:
    """Schrijf wat de klok nu zegt naar de zaak. Een gesloten zaak blijft zoals zij is; nog eens hetzelfde verandert niets."""
    with installatie.db.lezen() as verbinding:
        vraag = select(Klok.zaak, Klok.gemeld).where(Klok.id == UUID(werk.inhoud["klok"]))
        rij = verbinding.execute(vraag).first()
    if rij is None:
        return
    client = ZakenClient(installatie, namens=NAMENS)
    try:
        zaak = client.zaak(installatie.diensten.naar_url(rij.zaak))
    except ApiFout as fout:
        if fout.status in WEG:
            return  # de notificatie van haar verwijdering ruimt de klok op
        raise
    nu = zaak.als_json()
    anders = {naam: waarde for naam, waarde in rij.gemeld.items() if not _zelfde(nu[naam], waarde)}
    if anders and zaak.einddatum is None:
        client.wijzig_zaak(zaak.url, **anders)


def _zelfde(nu: Any, gewenst: Any) -> bool:
    if isinstance(gewenst, Mapping):
        return all((nu or {}).get(naam) == waarde for naam, waarde in gewenst.items())
    return bool(nu == gewenst)


def geef_sein(verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
    """Een moment waarop de uitkomst vanzelf verandert; een intussen verschoven sein doet niets."""
    try:
        boek = open_boek(installatie, verbinding, UUID(werk.inhoud["klok"]))
    except GeenKlok:
        return
    if boek.klok["volgende"] == datetime.fromisoformat(werk.inhoud["om"]):
        boek.klok |= {"sein": None, "volgende": None}
        boek.bewaar()


def wek_proces(installatie: Installatie, werk: Werk) -> None:
    """Geef het proces zijn bericht; het telt één keer, ook als dit nog eens loopt."""
    inhoud = {"zaak": installatie.diensten.naar_url(werk.inhoud["zaak"])}
    inhoud |= {naam: werk.inhoud[naam] for naam in ("einddatum", "toestand")}
    bericht = BerichtIn(
        naam=werk.inhoud["naam"], correlatiesleutel=werk.inhoud["sleutel"], inhoud=inhoud, uniek_id=werk.inhoud["uniek"]
    )
    ProcessenClient(installatie, namens=NAMENS).geef_bericht(bericht)


def leg_besluit_vast(verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
    """Het besluit is bekendgemaakt: de klok staat. `zaak` als dienst:pad."""
    zaak = UUID(zaak_uuid(werk.inhoud["zaak"]))
    dag = date.fromisoformat(werk.inhoud["dag"])
    _besluit(installatie, verbinding, zaak, dag, werk.inhoud["reden"], werk.inhoud["kenmerk"])


def _besluit(installatie: Installatie, verbinding: Connection, zaak: UUID, dag: date, reden: str, kenmerk: str) -> None:
    if is_open(verbinding, zaak):
        gebeurtenis = Gebeurtenis("beslist", dag, reden=reden)
        open_boek(installatie, verbinding, zaak).leg_vast(Nieuw(uuid5(zaak, kenmerk), gebeurtenis, PROCES))


def volg_zaak(installatie: Installatie, werk: Werk) -> Any:
    """Een zaak die een eindstatus kreeg is beslist; van een vernietigde zaak gaat ook het grootboek weg."""
    zaak = UUID(zaak_uuid(werk.inhoud["hoofd_object"]))
    if werk.inhoud["actie"] == "destroy":
        return lambda verbinding: vernietig(verbinding, zaak)
    with installatie.db.lezen() as verbinding:
        if not is_open(verbinding, zaak):
            return None
    gelezen = ZakenClient(installatie, namens=NAMENS).zaak(installatie.diensten.naar_url(werk.inhoud["hoofd_object"]))
    if gelezen.einddatum is None:
        return None
    dag = min(gelezen.einddatum, installatie.klok.nu().astimezone(NEDERLAND).date())
    return lambda verbinding: _sluit(installatie, verbinding, zaak, dag)


def _sluit(installatie: Installatie, verbinding: Connection, zaak: UUID, dag: date) -> None:
    """Een status mag elke datum hebben (ZGW), maar een zaak is niet klaar voordat het verzoek er was: dan geldt de dag van ontvangst."""
    vraag = select(Regel.dag).where(Regel.klok == zaak, Regel.soort == "ontvangen")
    ontvangen = min(verbinding.scalars(vraag), default=dag)
    _besluit(installatie, verbinding, zaak, max(dag, ontvangen), "De zaak is afgesloten.", "afgesloten")
