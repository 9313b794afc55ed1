"""Klanttaken herinneren en laten verlopen: rijen in de outbox met de tijd waarop het moet."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from integratie.taken.schemas import ExterneTaakBasis
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.outbox import Verwerker, Werk, plaats
from kit import Wijziging
from kit.cloudevents import maak_gebeurtenis, meld_gebeurtenis
from kit.sporen import meld_los
from registraties.taken.modellen import ExterneTaak
from registraties.taken.regels import SOORT

VERLOPEN, HERINNEREN = "taken.verlopen", "taken.herinneren"


def plan(w: Wijziging[ExterneTaakBasis]) -> None:
    """Gevolg van aanmaken of verschuiven: zet de herinnering en het verlopen klaar."""
    if not w.aanmaken and not (w.verandert("einddatum_handelings_termijn") or w.verandert("datum_herinnering")):
        return
    eind, herinnering = w.waarden["einddatum_handelings_termijn"], w.waarden["datum_herinnering"]
    installatie = w.omgeving.installatie
    plaats(
        installatie,
        w.verbinding,
        VERLOPEN,
        {"taak": str(w.id), "eind": eind.isoformat()},
        vanaf=_moment(eind + timedelta(days=1), time()),
    )
    moment = _moment(herinnering, installatie.instellingen.taak_herinnering_tijd)
    if moment > w.nu:
        plaats(installatie, w.verbinding, HERINNEREN, {"taak": str(w.id), "op": herinnering.isoformat()}, vanaf=moment)


def _moment(dag: date, tijd: time) -> datetime:
    return datetime.combine(dag, tijd, NEDERLAND)


def _open_taak(verbinding: Connection, werk: Werk) -> Any:
    vraag = select(*ExterneTaak.__table__.columns).where(
        ExterneTaak.id == UUID(werk.inhoud["taak"]), ExterneTaak.status == "open"
    )
    return verbinding.execute(vraag.with_for_update()).mappings().first()


def laat_verlopen(verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
    """Een open taak waarvan de einddatum voorbij is, wordt `niet_uitgevoerd`; een verschoven of afgeronde taak niet."""
    taak = _open_taak(verbinding, werk)
    if taak is None or taak["einddatum_handelings_termijn"].isoformat() != werk.inhoud["eind"]:
        return
    opdracht = update(ExterneTaak).where(ExterneTaak.id == taak["id"])
    verbinding.execute(opdracht.values(status="niet_uitgevoerd", revisie=ExterneTaak.revisie + 1))
    _meld(verbinding, installatie, taak, "niet_uitgevoerd", "partial_update")
    _meld_gebeurtenis(verbinding, installatie, taak, "verlopen")


def herinner(verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
    """Meld dat een open taak haar herinneringsdatum bereikt; verzendregels maken er een bericht van."""
    taak = _open_taak(verbinding, werk)
    if taak is not None and taak["datum_herinnering"].isoformat() == werk.inhoud["op"]:
        _meld(verbinding, installatie, taak, "herinnerd", "herinnerd")
        _meld_gebeurtenis(verbinding, installatie, taak, "herinnerd")


def _meld(verbinding: Connection, installatie: Installatie, taak: Any, status: str, actie: str) -> None:
    eigen = f"taken:externetaken/{taak['id']}"
    kenmerken = {"taakSoort": taak["taak_soort"], "status": status}
    meld_los(
        installatie,
        verbinding,
        registratie="taken",
        kanaal="taken",
        hoofd_object=eigen,
        resource="externetaak",
        actie=actie,
        kenmerken=kenmerken,
    )


def _meld_gebeurtenis(verbinding: Connection, installatie: Installatie, taak: Any, wat: str) -> None:
    gebeurtenis = maak_gebeurtenis(
        installatie,
        registratie="taken",
        soort=f"{SOORT}.externetaak-{wat}",
        onderwerp=f"taken:externetaken/{taak['id']}",
        gegevens={"taakSoort": taak["taak_soort"]},
    )
    meld_gebeurtenis(installatie, verbinding, gebeurtenis)


def verwerkers(_installatie: Installatie) -> list[Verwerker]:
    """Het outbox-werk van de Taken API."""
    return [Verwerker(VERLOPEN, binnen=laat_verlopen), Verwerker(HERINNEREN, binnen=herinner)]
