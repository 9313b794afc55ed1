"""De archiefparameters van een zaak (zrc-021, regels 2.2): de brondatum volgens een van negen afleidingswijzen, plus de termijn.

De gegevens van een ander (besluiten, objecten, zaken elders) worden opgehaald vóór de transactie en staan daarna in het geheugen
van de wijziging; wat in deze registratie staat wordt in de transactie opnieuw gelezen. Zo klopt de uitkomst met wat vastgelegd wordt.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

import isodate
from sqlalchemy import Connection, select, update

from kern.fouten import ParamFout
from kern.klok import NEDERLAND
from kit import Wijziging
from kit.lezen import Lezer, kolommen
from kit.omgeving import id_uit_opslag
from kit.sporen import Sporen
from registraties.zaken.modellen import Resultaat, Zaak, ZaakBesluit, ZaakEigenschap, ZaakObject

Fouten = Iterable[ParamFout]
Rij = Mapping[str, Any]
DATUMVORM = "%Y%m%d"
LENGTE = 8


class NietTeBepalen(Exception):
    """De brondatum hoort er te zijn, maar de gegevens ervoor ontbreken (`archiefactiedatum-error`)."""


@dataclass(frozen=True)
class Vraag:
    """Wat een afleidingswijze nodig heeft: de zaak, de brondatumprocedure van het resultaattype, en wanneer de zaak eindigt."""

    w: Wijziging[Any]
    zaak: Rij
    procedure: Rij
    einddatum: date

    def lijst(self, kolom: Any, *waar: Any) -> list[Any]:
        """De waarden van een kolom, in de transactie als die open is."""
        with _verbinding(self.w) as verbinding:
            return list(verbinding.scalars(select(kolom).where(*waar)))

    def gegevens(self, opslag: str) -> dict[str, Any]:
        """De resource achter een verwijzing; leeg als zij er niet is."""
        url = self.w.url(opslag)
        gevonden = self.w.haal(url) if self.w.transactie is None else self.w.geheugen.get(url)
        return gevonden or {}


@contextmanager
def _verbinding(w: Wijziging[Any]) -> Iterator[Connection]:
    if w.transactie is not None:
        yield w.transactie
    else:
        with w.omgeving.installatie.db.lezen() as verbinding:
            yield verbinding


# de negen afleidingswijzen


def _afgehandeld(vraag: Vraag) -> date | None:
    return vraag.einddatum


def _ander_datumkenmerk(_vraag: Vraag) -> None:
    """Wordt met de hand ingevuld."""


def _eigenschap(vraag: Vraag) -> date | None:
    naam = vraag.procedure.get("datumkenmerk", "")
    waarden = vraag.lijst(ZaakEigenschap.waarde, ZaakEigenschap.zaak == vraag.zaak["id"], ZaakEigenschap.naam == naam)
    if not any(waarden):
        return None
    return _grootste(map(als_datum, waarden), f"De eigenschap {naam} is geen datum.")


def _hoofdzaak(vraag: Vraag) -> date | None:
    if vraag.zaak["hoofdzaak"] is None:
        raise NietTeBepalen("De zaak heeft geen hoofdzaak.")
    return next(iter(vraag.lijst(Zaak.einddatum, Zaak.id == vraag.zaak["hoofdzaak"])), None)


def _termijn(vraag: Vraag) -> date | None:
    if not vraag.procedure.get("procestermijn"):
        raise NietTeBepalen("Het resultaattype heeft geen procestermijn.")
    return later(vraag.einddatum, vraag.procedure["procestermijn"])


def _gerelateerde_zaak(vraag: Vraag) -> date | None:
    relaties = [relatie["url"] for relatie in vraag.zaak["relevante_andere_zaken"]]
    if not relaties:
        raise NietTeBepalen("De zaak heeft geen relevante andere zaken.")
    ids = {opslag: id_uit_opslag(opslag, vraag.w.omgeving.registratie.naam) for opslag in relaties}
    eigen = vraag.lijst(Zaak.einddatum, Zaak.id.in_([id_ for id_ in ids.values() if id_]))
    elders = [vraag.gegevens(opslag).get("einddatum") for opslag, id_ in ids.items() if id_ is None]
    return max(filter(None, [*eigen, *map(als_datum, filter(None, elders))]), default=None)


def _zaakobject(vraag: Vraag) -> date | None:
    soort, pad = vraag.procedure.get("objecttype", ""), vraag.procedure.get("datumkenmerk", "")
    with _verbinding(vraag.w) as verbinding:
        kolommen_ = select(ZaakObject.object, ZaakObject.object_identificatie)
        waar = ZaakObject.zaak == vraag.zaak["id"], ZaakObject.object_type == soort
        objecten = verbinding.execute(kolommen_.where(*waar)).all()
    gegevens = (vraag.gegevens(url) if url else identificatie or {} for url, identificatie in objecten)
    datums = (als_datum(_op_pad(deel, pad)) for deel in gegevens)
    return _grootste(datums, f"Geen object van het type {soort} heeft een datum in {pad}.")


def _ingangsdatum_besluit(vraag: Vraag) -> date | None:
    return _grootste(_uit_besluiten(vraag, "ingangsdatum"), "Er zijn geen besluiten bij deze zaak.")


def _vervaldatum_besluit(vraag: Vraag) -> date | None:
    return max(filter(None, _uit_besluiten(vraag, "vervaldatum")), default=None)


def _uit_besluiten(vraag: Vraag, veld: str) -> list[date | None]:
    besluiten = vraag.lijst(ZaakBesluit.besluit, ZaakBesluit.zaak == vraag.zaak["id"])
    return [als_datum(vraag.gegevens(besluit).get(veld)) for besluit in besluiten]


def _grootste(datums: Iterable[date | None], anders: str) -> date:
    gevonden = max(filter(None, datums), default=None)
    if gevonden is None:
        raise NietTeBepalen(anders)
    return gevonden


WIJZEN: dict[str, Callable[[Vraag], date | None]] = {
    "afgehandeld": _afgehandeld,
    "ander_datumkenmerk": _ander_datumkenmerk,
    "eigenschap": _eigenschap,
    "gerelateerde_zaak": _gerelateerde_zaak,
    "hoofdzaak": _hoofdzaak,
    "ingangsdatum_besluit": _ingangsdatum_besluit,
    "termijn": _termijn,
    "vervaldatum_besluit": _vervaldatum_besluit,
    "zaakobject": _zaakobject,
}


def als_datum(waarde: Any) -> date | None:
    """Een datum zoals eigenschappen (`JJJJMMDD`, ztc-015) en API's (met streepjes, soms met tijd) haar schrijven."""
    cijfers = str(waarde or "").replace("-", "")[:LENGTE]
    try:
        return datetime.strptime(cijfers, DATUMVORM).replace(tzinfo=NEDERLAND).date()
    except ValueError:
        return None


def _op_pad(gegevens: Any, pad: str) -> Any:
    for stap in pad.split("/"):
        gegevens = gegevens.get(stap) if isinstance(gegevens, Mapping) else None
    return gegevens


def later(datum: date, duur: str) -> date | None:
    """Kalenderrekening: jaren en maanden, geen vaste dagen. None na het jaar 9999, waar `9999-12-31` (geen einde) op uitkomt."""
    try:
        return cast("date", datum + _duur(duur))
    except (OverflowError, ValueError):
        return None


@lru_cache(maxsize=1000)
def _duur(waarde: str) -> Any:
    """Een ISO 8601-duur uit een type: een handvol, bij elke zaak dezelfde."""
    return isodate.parse_duration(waarde)


# de uitkomst


def archivering(w: Wijziging[Any], zaak: Rij, resultaattype: Rij, einddatum: date) -> dict[str, Any]:
    """zrc-021: de archiefkolommen van een zaak die op `einddatum` gesloten is; `NietTeBepalen` als de brondatum hoort te bestaan."""
    nominatie = zaak["archiefnominatie"] or resultaattype.get("archiefnominatie")
    bron = zaak["startdatum_bewaartermijn"] or _brondatum(w, zaak, resultaattype, einddatum, nominatie)
    return {
        "archiefnominatie": nominatie,
        "archiefactiedatum": zaak["archiefactiedatum"] or actiedatum(bron, resultaattype),
        "startdatum_bewaartermijn": bron,
    }


def actiedatum(bron: date | None, resultaattype: Rij) -> date | None:
    """Brondatum + archiefactietermijn; zonder een van beide is er geen."""
    termijn = resultaattype.get("archiefactietermijn")
    return later(bron, termijn) if termijn and bron else None


def _brondatum(w: Wijziging[Any], zaak: Rij, resultaattype: Rij, einddatum: date, nominatie: str | None) -> date | None:
    procedure = resultaattype.get("brondatumArchiefprocedure") or {}
    bepaal = WIJZEN.get(procedure.get("afleidingswijze") or "", _ander_datumkenmerk)
    try:
        return bepaal(Vraag(w, zaak, procedure, einddatum))
    except NietTeBepalen:
        if resultaattype.get("archiefactietermijn") and nominatie != "blijvend_bewaren":
            raise
        return None


def met_de_hand(resultaattype: Rij) -> bool:
    """Is er geen bron om de datum uit af te leiden, zodat iemand haar invult?"""
    return WIJZEN.get(wijze(resultaattype), _ander_datumkenmerk) is _ander_datumkenmerk


def wijze(resultaattype: Rij) -> str:
    """De afleidingswijze van een resultaattype."""
    return str((resultaattype.get("brondatumArchiefprocedure") or {}).get("afleidingswijze") or "")


# opnieuw bepalen als een bron wijzigt


def bron_verandert(w: Wijziging[Any]) -> Fouten:
    """Regels 2.2 [OZ]: hangt dit onder een gesloten zaak, haal dan op wat nodig is om haar archiefdatum opnieuw te bepalen."""
    zaak = w.rij(Zaak, (w.oud or w.waarden)["zaak"])
    if zaak.get("einddatum"):
        for veld in ("besluit", "object"):
            if w.waarden.get(veld):
                w.haal(w.url(w.waarden[veld]))
        bereid_voor(w, zaak)
    return ()


def bereid_voor(w: Wijziging[Any], zaak: Rij) -> None:
    """Onthoud het resultaattype van een gesloten zaak, en alles wat elders opgehaald moet worden."""
    gekozen = w.waarden.get("resultaattype")
    if gekozen is None:
        with w.omgeving.installatie.db.lezen() as verbinding:
            gekozen = verbinding.scalars(select(Resultaat.resultaattype).where(Resultaat.zaak == zaak["id"])).first()
    if gekozen is None:
        return
    w.geheugen[_sleutel(zaak["id"])] = resultaattype = w.type_van(gekozen)
    opnieuw(w, zaak, resultaattype)


def _sleutel(zaak: UUID) -> str:
    return f"archief {zaak}"


def opnieuw(w: Wijziging[Any], zaak: Rij, resultaattype: Rij) -> dict[str, Any]:
    """Wat er aan een gesloten zaak verandert nu een bron gewijzigd is; wat met de hand gekozen is blijft."""
    if met_de_hand(resultaattype):
        return {}
    oud = zaak["startdatum_bewaartermijn"]
    leeg = {**zaak, "startdatum_bewaartermijn": None}
    try:
        bron = archivering(w, leeg, resultaattype, zaak["einddatum"])["startdatum_bewaartermijn"]
    except NietTeBepalen:
        bron = None
    nieuw = {"startdatum_bewaartermijn": bron}
    if zaak["archiefactiedatum"] in (None, actiedatum(oud, resultaattype)):
        nieuw["archiefactiedatum"] = actiedatum(bron, resultaattype)
    return {veld: waarde for veld, waarde in nieuw.items() if waarde != zaak[veld]}


def herbereken(w: Wijziging[Any]) -> None:
    """Gevolg van een wijziging onder een gesloten zaak: haar archiefdatum volgt, met een eigen regel in de audittrail."""
    resultaattype = w.geheugen.get(_sleutel(w.hoofd["id"]))
    if resultaattype is not None and w.hoofd["einddatum"]:
        werk_zaak_bij(w, w.hoofd["id"], opnieuw(w, w.hoofd, resultaattype))


def volg_resultaat(w: Wijziging[Any]) -> None:
    """Gevolg: van een gesloten zaak vervalt met haar resultaat wat eruit afgeleid was, en een nieuw resultaat vult in wat leeg is."""
    zaak, resultaattype = w.hoofd, w.geheugen.get(_sleutel(w.hoofd["id"]))
    if resultaattype is None or not zaak["einddatum"] or zaak["archiefstatus"] != "nog_te_archiveren":
        return
    if w.actie == "destroy":
        werk_zaak_bij(w, zaak["id"], dict.fromkeys(_afgeleid(zaak, resultaattype)))
    elif w.aanmaken:
        leeg = {veld: waarde for veld, waarde in _zo_mogelijk(w, zaak, resultaattype).items() if not zaak[veld]}
        werk_zaak_bij(w, zaak["id"], {veld: waarde for veld, waarde in leeg.items() if waarde})


def _zo_mogelijk(w: Wijziging[Any], zaak: Rij, resultaattype: Rij) -> dict[str, Any]:
    try:
        return archivering(w, zaak, resultaattype, zaak["einddatum"])
    except NietTeBepalen:
        return {"archiefnominatie": resultaattype.get("archiefnominatie")}


def _afgeleid(zaak: Rij, resultaattype: Rij) -> Iterator[str]:
    """De archiefkolommen van een gesloten zaak die uit haar resultaat komen; de andere zijn met de hand gekozen."""
    if zaak["archiefnominatie"] == resultaattype.get("archiefnominatie"):
        yield "archiefnominatie"
    if zaak["archiefactiedatum"] == actiedatum(zaak["startdatum_bewaartermijn"], resultaattype):
        yield "archiefactiedatum"
    if not met_de_hand(resultaattype):
        yield "startdatum_bewaartermijn"


def bepaal_opnieuw(w: Wijziging[Any]) -> Fouten:
    """De actie `archief_herberekenen`: een bron buiten deze registratie (een besluit, een object) is gewijzigd."""
    zaak = w.oud or {}
    if zaak["einddatum"]:
        bereid_voor(w, zaak)
        resultaattype = w.geheugen.get(_sleutel(zaak["id"]))
        w.waarden |= opnieuw(w, zaak, resultaattype) if resultaattype else {}
    return ()


def werk_zaak_bij(w: Wijziging[Any], id_: UUID, waarden: Mapping[str, Any]) -> None:
    """Wijzig een zaak als gevolg van iets anders, met audittrail en notificatie."""
    if not waarden:
        return
    omgeving = w.omgeving
    bron = omgeving.registratie.bij_model(Zaak)
    lezer = Lezer(omgeving, bron)
    oud = lezer.een(w.verbinding, id_)
    w.verbinding.execute(update(Zaak).where(Zaak.id == id_).values(revisie=Zaak.revisie + 1, **waarden))
    nieuw = lezer.een(w.verbinding, id_)
    if oud is None or nieuw is None:
        return
    gevolg: Wijziging[Any] = Wijziging(
        omgeving, bron, "partial_update", id_, None, kolommen(oud), transactie=w.verbinding
    )
    sporen = Sporen(omgeving, bron, bron)
    sporen.leg_vast(gevolg, omgeving.toegang, lezer.geef_weer(oud), lezer.geef_weer(nieuw), 200, kolommen(nieuw))
