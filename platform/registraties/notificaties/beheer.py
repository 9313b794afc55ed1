"""Voor operators: hoe het met de aflevering per abonnement staat, en een abonnement meteen opnieuw proberen."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select, update

from kern.installatie import Installatie
from kern.outbox import beheer
from kern.outbox.beheer import Filter
from kern.tabellen import OutboxTabel
from registraties.notificaties.afleveren import AFLEVERING
from registraties.notificaties.modellen import Abonnement

if TYPE_CHECKING:
    from kern.aanmelden.identiteit import Identiteit


@dataclass(frozen=True)
class Stand:
    """Eén abonnement: wat wacht, wat mislukte (en nog geprobeerd wordt) en wat opgegeven is, met de laatste fout."""

    id: UUID
    callback_url: str
    kanalen: list[str]
    eigenaar: str
    hapert_tot: datetime | None
    wacht: int
    mislukt: int
    opgegeven: int
    oudste: datetime | None
    fout: str

    @property
    def sleutel(self) -> str:
        """Zo beginnen de sleutels van zijn rijen in de outbox."""
        return f"{self.id}:"


def standen(installatie: Installatie) -> list[Stand]:
    """Alle abonnementen, wie hapert het eerst."""
    rij = OutboxTabel
    nummer = func.split_part(rij.sleutel, ":", 1)
    dood, mislukt = rij.staat == "dood", (rij.staat != "dood") & rij.fout.is_not(None)
    geteld = (
        select(
            nummer.label("abonnement"),
            func.count().filter(~dood & rij.fout.is_(None)).label("wacht"),
            func.count().filter(mislukt).label("mislukt"),
            func.count().filter(dood).label("opgegeven"),
            func.min(rij.aangemaakt).label("oudste"),
            func.max(rij.fout).label("fout"),
        )
        .where(rij.verwerker == AFLEVERING)
        .group_by(nummer)
    )
    kolommen = Abonnement.id, Abonnement.callback_url, Abonnement.kanalen, Abonnement.eigenaar, Abonnement.hapert_tot
    with installatie.db.lezen() as verbinding:
        tellingen = {telling["abonnement"]: telling for telling in verbinding.execute(geteld).mappings()}
        abonnementen = verbinding.execute(select(*kolommen).order_by(Abonnement.nr)).mappings().all()
    gevonden = [
        _stand(installatie, abonnement, tellingen.get(str(abonnement["id"]), {})) for abonnement in abonnementen
    ]
    return sorted(gevonden, key=lambda stand: (-stand.opgegeven, -stand.mislukt))


def _stand(installatie: Installatie, abonnement: Any, telling: Any) -> Stand:
    nu = installatie.klok.nu()
    tot = abonnement["hapert_tot"]
    return Stand(
        abonnement["id"],
        installatie.diensten.naar_url(abonnement["callback_url"]),
        [kanaal["naam"] for kanaal in abonnement["kanalen"]],
        abonnement["eigenaar"],
        tot if tot and tot > nu else None,
        telling.get("wacht", 0),
        telling.get("mislukt", 0),
        telling.get("opgegeven", 0),
        telling.get("oudste"),
        telling.get("fout") or "",
    )


def probeer_opnieuw(installatie: Installatie, wie: "Identiteit", abonnement: UUID) -> int:
    """Lever alles van een abonnement meteen opnieuw af, ook wat opgegeven was; een pauze vervalt. Geeft het aantal berichten."""
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(update(Abonnement).where(Abonnement.id == abonnement).values(hapert_tot=None))
    return beheer.opnieuw(installatie, wie, filter_=Filter("alle", AFLEVERING, f"{abonnement}:"))
