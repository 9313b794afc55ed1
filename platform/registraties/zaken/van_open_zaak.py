"""Wat gebruikers van Open Zaak bij een zaak gewend zijn, boven de standaard (regels 9): gerelateerde zaken en de laatste mutatie."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from integratie.zaken.schemas import ZaakIn
from kern.fouten import ParamFout
from kern.opdrachten import voer_uit
from kit import Wijziging
from kit.omgeving import id_uit_opslag
from kit.regels import staat_in
from registraties.zaken.modellen import Zaak

Fouten = Iterable[ParamFout]
GEOPEND = frozenset({"laatst_geopend"})
_GEMUTEERD = update(Zaak).where(Zaak.id == bindparam("gezocht")).values(laatst_gemuteerd=bindparam("nu"))


def leg_mutatie_vast(w: Wijziging[ZaakIn]) -> Fouten:
    """`laatstGemuteerd` is het moment van elke wijziging; alleen vastleggen dat iemand de zaak opende is er geen."""
    if w.aanmaken or w.meegegeven != GEOPEND:
        w.waarden["laatst_gemuteerd"] = w.nu
    return ()


def muteert_de_zaak(w: Wijziging[Any]) -> None:
    """Gevolg: een status, resultaat, substatus, document of object erbij of eraf is een mutatie van de zaak."""
    voer_uit(w.verbinding, _GEMUTEERD, {"gezocht": w.hoofd["id"], "nu": w.nu})


def gerelateerde_zaken_bestaan(w: Wijziging[ZaakIn]) -> Fouten:
    """Elke gerelateerde zaak is op te halen, en is niet de zaak zelf."""
    if "gerelateerde_zaken" not in w.meegegeven:
        return
    zelf = w.omgeving.opslag_van(w.bron, {"id": w.id})
    for index, relatie in enumerate(w.nieuw.gerelateerde_zaken):
        naam = f"gerelateerdeZaken.{index}.url"
        if w.omgeving.diensten.naar_opslag(relatie.url) == zelf:
            yield ParamFout(naam, "self-forbidden", "Een zaak kan niet naar zichzelf verwijzen.")
        elif "zaaktype" not in (w.opgegeven(relatie.url) or {}) or not staat_in(w, relatie.url, "zaken"):
            yield ParamFout(naam, "bad-url", "Achter deze URL is geen zaak te vinden.")


def houd_relaties_wederzijds(w: Wijziging[ZaakIn]) -> None:
    """Gevolg: een gerelateerde zaak van onszelf noemt deze zaak ook, en niet meer als de relatie vervalt."""
    vorige = (w.oud or {}).get("gerelateerde_zaken", ())
    oud = _zaken(vorige)
    nieuw = set() if w.actie == "destroy" else _zaken(w.waarden.get("gerelateerde_zaken", vorige))
    for id_ in sorted(oud ^ nieuw):
        _zet_relatie(w.verbinding, id_, w.id, bestaat=id_ in nieuw)


def laat_los(verbinding: Connection, ids: Sequence[UUID]) -> None:
    """Zaken die verdwijnen zijn nergens meer een gerelateerde zaak."""
    vraag = select(Zaak.id, Zaak.gerelateerde_zaken).where(Zaak.id.in_(ids))
    for zaak in verbinding.execute(vraag).all():
        for id_ in sorted(_zaken(zaak.gerelateerde_zaken) - set(ids)):
            _zet_relatie(verbinding, id_, zaak.id, bestaat=False)


def _zaken(relaties: Iterable[dict[str, Any]]) -> set[UUID]:
    return {id_ for deel in relaties if (id_ := id_uit_opslag(deel["url"], "zaken")) is not None}


def _zet_relatie(verbinding: Connection, zaak: UUID, ander: UUID, *, bestaat: bool) -> None:
    vraag = select(Zaak.gerelateerde_zaken).where(Zaak.id == zaak).with_for_update()
    relaties = verbinding.execute(vraag).scalar_one_or_none()
    if relaties is None:
        return
    rest = [deel for deel in relaties if deel["url"] != f"zaken:zaken/{ander}"]
    nieuw = [*rest, {"url": f"zaken:zaken/{ander}"}] if bestaat else rest
    if nieuw != relaties:
        verbinding.execute(
            update(Zaak).where(Zaak.id == zaak).values(gerelateerde_zaken=nieuw, revisie=Zaak.revisie + 1)
        )
