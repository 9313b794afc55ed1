"""Afsluiten en heropenen (zrc-007, zrc-008), met de archiefparameters die daarbij horen (zrc-021, zie `archiveren`)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, func, literal, select, update
from sqlalchemy.orm import aliased

from integratie.basis import ApiFout
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import StatusIn
from kern.fouten import ParamFout
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from kit import Wijziging
from registraties.zaken import archiveren
from registraties.zaken.modellen import Resultaat, Zaak, ZaakInformatieObject

log = structlog.get_logger()
Fouten = Iterable[ParamFout]
NFE = "nonFieldErrors"
GEHEUGEN = "afsluiten"
STRAKS_RESULTAAT = "straks resultaattype"  # wordt in dezelfde transactie gezet
VERWERKER = "archief.zaken"
LEEG = {"einddatum": None, "archiefactiedatum": None, "archiefnominatie": None, "startdatum_bewaartermijn": None}


def is_eindstatus(w: Wijziging[StatusIn]) -> bool:
    """Is dit het statustype met het hoogste volgnummer?"""
    return bool((w.haal(w.nieuw.statustype) or {}).get("isEindstatus"))


def zaak_is_klaar_om_te_sluiten(w: Wijziging[StatusIn]) -> Fouten:
    """zrc-007: resultaat, gebruiksrechten, geen vergrendelde documenten, deelzaken gesloten, archiefdatum te bepalen."""
    zaak = w.rij(Zaak, w.waarden["zaak"])
    if not is_eindstatus(w):
        if zaak.get("einddatum"):
            w.geheugen[GEHEUGEN] = _omgeving(w)
        return
    stand = w.geheugen[GEHEUGEN] = _omgeving(w)
    if stand["resultaattype"] is None:
        yield _fout("resultaat-does-not-exist", "De zaak heeft nog geen resultaat.")
    yield from _documenten_zijn_klaar(w, stand["documenten"])
    yield from _deelzaken_zijn_klaar(stand["deelzaken"])
    if stand["resultaattype"] is not None:
        yield from _archiefdatum_is_te_bepalen(w, zaak, w.type_van(stand["resultaattype"]))


def _fout(code: str, reden: str) -> ParamFout:
    return ParamFout(NFE, code, reden)


def _omgeving(w: Wijziging[StatusIn]) -> Mapping[str, Any]:
    """Wat er bij sluiten of heropenen toe doet, in één vraag: het resultaat, de documenten, de deelzaken en wie naar deze zaak kijkt."""
    zaak, deel, kijker = w.waarden["zaak"], aliased(Zaak), aliased(Zaak)
    resultaat = select(Resultaat.resultaattype).where(Resultaat.zaak == zaak)
    documenten = select(func.array_agg(ZaakInformatieObject.informatieobject)).where(ZaakInformatieObject.zaak == zaak)
    van_deel = select(Resultaat.resultaattype).where(Resultaat.zaak == deel.id)
    deelzaken = select(
        func.jsonb_agg(func.jsonb_build_array(deel.id, deel.einddatum.is_not(None), van_deel.scalar_subquery()))
    ).where(deel.hoofdzaak == zaak)
    eigen = w.omgeving.opslag_van(w.omgeving.registratie.bij_model(Zaak), {"id": zaak})
    kijkers = select(func.array_agg(kijker.id)).where(
        kijker.relevante_andere_zaken.contains([{"url": eigen}]), kijker.einddatum.is_not(None)
    )
    delen = {"resultaattype": resultaat, "documenten": documenten, "deelzaken": deelzaken, "kijkers": kijkers}
    vraag = select(literal(1), *(deel_.scalar_subquery().label(naam) for naam, deel_ in delen.items()))
    with w.omgeving.installatie.db.lezen() as verbinding:
        rij = verbinding.execute(vraag).mappings().one()
    stand = {naam: rij[naam] if naam == "resultaattype" else rij[naam] or [] for naam in delen}
    return stand | {"resultaattype": w.geheugen.get(STRAKS_RESULTAAT) or stand["resultaattype"]}


def _documenten_zijn_klaar(w: Wijziging[StatusIn], documenten: Iterable[str]) -> Fouten:
    gevonden = [w.haal(w.url(document)) or {} for document in documenten]
    if any(document.get("indicatieGebruiksrecht") is None for document in gevonden):
        yield _fout("indicatiegebruiksrecht-unset", "Van een document is niet bekend of er gebruiksrechten zijn.")
    if any(document.get("locked") for document in gevonden):
        yield _fout("informatieobject-locked", "Een document is nog vergrendeld.")


def _deelzaken_zijn_klaar(deelzaken: Iterable[tuple[str, bool, str | None]]) -> Fouten:
    deelzaken = list(deelzaken)
    if not all(gesloten for _, gesloten, _ in deelzaken):
        yield _fout("deelzaken-not-closed", "Een deelzaak is nog open.")
    if not all(resultaattype for _, _, resultaattype in deelzaken):
        yield _fout("deelzaak-resultaat-does-not-exist", "Een deelzaak heeft nog geen resultaat.")


def _archiefdatum_is_te_bepalen(
    w: Wijziging[StatusIn], zaak: Mapping[str, Any], resultaattype: Mapping[str, Any]
) -> Fouten:
    try:
        archiveren.archivering(w, zaak, resultaattype, datum_van_afnemer(w.nieuw.datum_status_gezet))
    except archiveren.NietTeBepalen as fout:
        yield _fout("archiefactiedatum-error", str(fout))


def hoofdzaak_is_open(w: Wijziging[StatusIn]) -> Fouten:
    """zrc-008 [OZ]: een deelzaak heropent niet zolang haar hoofdzaak gesloten is."""
    zaak = w.hoofd
    if zaak["einddatum"] and not is_eindstatus(w) and w.rij(Zaak, zaak["hoofdzaak"]).get("einddatum"):
        yield _fout("hoofdzaak-closed", "De hoofdzaak is gesloten; heropen die eerst.")


def sluit_of_heropen(w: Wijziging[StatusIn]) -> None:
    """Gevolg van een status: de eindstatus sluit de zaak, elke andere status heropent een gesloten zaak."""
    zaak = w.hoofd
    if is_eindstatus(w):
        einddatum = datum_van_afnemer(w.nieuw.datum_status_gezet)
        resultaattype = w.type_van(w.geheugen[GEHEUGEN]["resultaattype"])
        if zaak["einddatum"]:
            gevolg = archiveren.opnieuw(w, {**zaak, "einddatum": einddatum}, resultaattype)
        else:
            gevolg = archiveren.archivering(w, zaak, resultaattype, einddatum)
        _werk_bij(w, {"einddatum": einddatum, **gevolg})
    elif zaak["einddatum"]:
        _werk_bij(w, LEEG)
    else:
        return
    _neem_anderen_mee(w)


def _werk_bij(w: Wijziging[Any], waarden: Mapping[str, Any]) -> None:
    w.verbinding.execute(update(Zaak).where(Zaak.id == w.hoofd["id"]).values(revisie=Zaak.revisie + 1, **waarden))


def _neem_anderen_mee(w: Wijziging[StatusIn]) -> None:
    """Deelzaken die hun brondatum van de hoofdzaak hebben volgen meteen; zaken die naar deze kijken volgen via de outbox."""
    stand = w.geheugen[GEHEUGEN]
    for id_, gesloten, resultaattype in stand["deelzaken"]:
        if gesloten and resultaattype and archiveren.wijze(w.type_van(resultaattype)) == "hoofdzaak":
            deel = w.rij(Zaak, UUID(id_))
            archiveren.werk_zaak_bij(w, UUID(id_), archiveren.opnieuw(w, deel, w.type_van(resultaattype)))
    for id_ in stand["kijkers"]:
        plaats(w.omgeving.installatie, w.verbinding, VERWERKER, {"zaak": str(id_)}, sleutel=f"zaken:zaken/{id_}")


def datum_van_afnemer(gezet: datetime) -> date:
    """De datum in de tijdzone die de afnemer meegaf: na omrekenen naar UTC kan het een dag schelen."""
    return gezet.date()


def archief_verwerkers(_installatie: Installatie) -> list[Verwerker]:
    """Voor het `Deel`: wie het archief van een zaak opnieuw bepaalt nadat een andere zaak sloot of heropende."""

    def doe(installatie: Installatie, werk: Werk) -> Callable[[Connection], None] | None:
        try:
            ZakenClient(installatie, namens="zaken").herbereken_archief(f"zaken/{werk.inhoud['zaak']}")
        except ApiFout as fout:
            if fout.status >= 500:  # noqa: PLR2004  # een storing: later nog eens
                raise
            log.info("archief niet opnieuw bepaald", fout=str(fout))
        return None

    return [Verwerker(VERWERKER, buiten=doe)]
