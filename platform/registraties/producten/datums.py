"""De status van een product op zijn datums: actief vanaf de startdatum, verlopen vanaf de einddatum.

Wie een product schrijft ziet dat meteen; voor een datum die nog komt staat er een rij in de outbox met de tijd waarop het moet.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Connection, select, update

from integratie.producten.schemas import ProductIn
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.outbox import Verwerker, Werk, plaats
from kit import Wijziging
from kit.sporen import meld_los
from registraties.producten.modellen import Product

OVERGANG = "producten.overgang"
VOOR_ACTIEF = ("initieel", "in_aanvraag", "gereed")
VOOR_VERLOPEN = (*VOOR_ACTIEF, "actief")
KENMERKEN = ("uuid", "uniforme_product_naam", "code")
"""De velden van het producttype waar een abonnee van het kanaal `producten` op kan filteren."""


def status_op(dag: date, status: str, begin: date | None, eind: date | None) -> str:
    """De status op deze dag; een status die iemand gaf nadat het product begon of eindigde, blijft."""
    if begin and begin <= dag and status in VOOR_ACTIEF:
        status = "actief"
    return "verlopen" if eind and eind <= dag and status in VOOR_VERLOPEN else status


def plan(w: Wijziging[ProductIn]) -> None:
    """Gevolg van schrijven: zet klaar wat op een latere datum gebeurt."""
    if w.voorstel is None:
        return
    dagen = [w.waarden[veld] for veld in ("start_datum", "eind_datum") if w.aanmaken or w.verandert(veld)]
    plan_dagen(w.omgeving.installatie, w.verbinding, w.id, dagen)


def plan_dagen(installatie: Installatie, verbinding: Connection, product: UUID, dagen: Iterable[date | None]) -> None:
    """Op elk van deze dagen die nog komt, wordt naar de status van het product gekeken."""
    vandaag = installatie.klok.vandaag()
    for dag in dagen:
        if dag and dag > vandaag:
            moment = datetime.combine(dag, time(), NEDERLAND)
            plaats(installatie, verbinding, OVERGANG, {"product": str(product)}, vanaf=moment)


def ga_over(verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
    """Zet de status die bij vandaag hoort, en meld het; een verschoven datum of een verwijderd product doet niets."""
    vraag = select(*Product.__table__.columns).where(Product.id == UUID(werk.inhoud["product"])).with_for_update()
    product = verbinding.execute(vraag).mappings().first()
    if product is None:
        return
    vandaag = installatie.klok.vandaag()
    status = status_op(vandaag, product["status"], product["start_datum"], product["eind_datum"])
    if status == product["status"]:
        return
    nieuw = {"status": status, "update_datum": installatie.klok.nu(), "revisie": Product.revisie + 1}
    verbinding.execute(update(Product).where(Product.id == product["id"]).values(nieuw))
    meld_los(
        installatie,
        verbinding,
        registratie="producten",
        kanaal="producten",
        hoofd_object=f"producten:producten/{product['id']}",
        resource="product",
        actie="update",
        kenmerken={f"producttype.{veld}": str(product["producttype"][veld] or "") for veld in KENMERKEN},
    )


def verwerkers(_installatie: Installatie) -> list[Verwerker]:
    """Het outbox-werk van de Producten API."""
    return [Verwerker(OVERGANG, binnen=ga_over)]
