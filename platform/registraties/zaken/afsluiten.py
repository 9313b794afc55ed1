"""Afsluiten en heropenen (zrc-007, zrc-008) en de archiefparameters die daarbij horen (zrc-021)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import isodate
from sqlalchemy import select, update

from integratie.zaken.schemas import StatusIn
from kern.fouten import ParamFout
from kern.klok import NEDERLAND
from kit import Wijziging
from registraties.zaken.modellen import Resultaat, Zaak, ZaakEigenschap, ZaakInformatieObject

Fouten = Iterable[ParamFout]
EIGEN_DATUMVORM = "%Y%m%d"


def is_eindstatus(w: Wijziging[StatusIn]) -> bool:
    """Is dit het statustype met het hoogste volgnummer?"""
    return bool((w.haal(w.nieuw.statustype) or {}).get("isEindstatus"))


def zaak_is_klaar_om_te_sluiten(w: Wijziging[StatusIn]) -> Fouten:
    """zrc-007: er is een resultaat, en van alle documenten is bekend of er gebruiksrechten op rusten."""
    if not is_eindstatus(w):
        return
    resultaattype, documenten = _resultaat_en_documenten(w)
    if resultaattype is None:
        yield ParamFout("nonFieldErrors", "resultaat-does-not-exist", "De zaak heeft nog geen resultaat.")
    if any((w.haal(w.url(document)) or {}).get("indicatieGebruiksrecht") is None for document in documenten):
        yield ParamFout(
            "nonFieldErrors",
            "indicatiegebruiksrecht-unset",
            "Van een document is niet bekend of er gebruiksrechten zijn.",
        )
    if resultaattype is not None:
        w.geheugen["resultaattype"] = w.type_van(resultaattype)


def _resultaat_en_documenten(w: Wijziging[StatusIn]) -> tuple[str | None, list[str]]:
    zaak = w.waarden["zaak"]
    with w.omgeving.installatie.db.lezen() as verbinding:
        resultaattype = verbinding.execute(
            select(Resultaat.resultaattype).where(Resultaat.zaak == zaak)
        ).scalar_one_or_none()
        documenten = verbinding.scalars(
            select(ZaakInformatieObject.informatieobject).where(ZaakInformatieObject.zaak == zaak)
        ).all()
    return resultaattype, list(documenten)


def sluit_of_heropen(w: Wijziging[StatusIn]) -> None:
    """Gevolg van een status: de eindstatus sluit de zaak, elke andere status heropent een gesloten zaak."""
    zaak = w.hoofd
    if is_eindstatus(w):
        einddatum = _datum_van_afnemer(w.nieuw.datum_status_gezet)
        _werk_zaak_bij(w, {"einddatum": einddatum, **_archivering(w, zaak, einddatum)})
    elif zaak["einddatum"]:
        _werk_zaak_bij(
            w,
            {"einddatum": None, "archiefactiedatum": None, "archiefnominatie": None, "startdatum_bewaartermijn": None},
        )


def _datum_van_afnemer(gezet: datetime) -> date:
    """De datum in de tijdzone die de afnemer meegaf: na omrekenen naar UTC kan het een dag schelen."""
    return (gezet if gezet.tzinfo else gezet.replace(tzinfo=NEDERLAND)).date()


def _werk_zaak_bij(w: Wijziging[Any], waarden: dict[str, Any]) -> None:
    w.verbinding.execute(update(Zaak).where(Zaak.id == w.hoofd["id"]).values(revisie=Zaak.revisie + 1, **waarden))


def _archivering(w: Wijziging[StatusIn], zaak: Any, einddatum: date) -> dict[str, Any]:
    """zrc-021: nominatie van het resultaattype, actiedatum = brondatum + archiefactietermijn in kalendertijd."""
    resultaattype = w.geheugen["resultaattype"]
    nominatie = zaak["archiefnominatie"] or resultaattype.get("archiefnominatie")
    termijn = resultaattype.get("archiefactietermijn")
    bron = zaak["startdatum_bewaartermijn"] or _brondatum(
        w, zaak, resultaattype.get("brondatumArchiefprocedure") or {}, einddatum
    )
    actiedatum = bron + isodate.parse_duration(termijn) if termijn and bron else None
    return {
        "archiefnominatie": nominatie,
        "archiefactiedatum": zaak["archiefactiedatum"] or actiedatum,
        "startdatum_bewaartermijn": bron,
    }


def _brondatum(w: Wijziging[StatusIn], zaak: Any, procedure: dict[str, Any], einddatum: date) -> date | None:
    """De brondatum voor de afleidingswijzen waarvan de gegevens in deze registratie staan; anders leeg (regels 2.2)."""
    wijze = procedure.get("afleidingswijze")
    if wijze == "afgehandeld":
        return einddatum
    if wijze == "termijn" and procedure.get("procestermijn"):
        return einddatum + isodate.parse_duration(procedure["procestermijn"])  # type: ignore[no-any-return]  # isodate is ongetypeerd
    if wijze == "hoofdzaak":
        return w.rij(Zaak, zaak["hoofdzaak"]).get("einddatum")
    if wijze == "eigenschap":
        return _uit_eigenschap(w, zaak, procedure.get("datumkenmerk", ""))
    return None


def _uit_eigenschap(w: Wijziging[StatusIn], zaak: Any, naam: str) -> date | None:
    vraag = select(ZaakEigenschap.waarde).where(ZaakEigenschap.zaak == zaak["id"], ZaakEigenschap.naam == naam)
    waarde = (w.verbinding.execute(vraag).scalar() or "").replace("-", "")[:8]
    try:
        return datetime.strptime(waarde, EIGEN_DATUMVORM).replace(tzinfo=NEDERLAND).date()
    except ValueError:
        return None
