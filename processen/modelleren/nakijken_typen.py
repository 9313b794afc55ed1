"""Wat de Catalogi API aan de typen van een pakket zou weigeren, nog voor het geprobeerd wordt."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import isodate

from integratie.catalogi.afleiding import AFLEIDINGSWIJZEN
from processen.pakketten.formaat import Eigenschapdeel, Pakket, Resultaattypedeel, Zaaktypedeel

Uit = Iterator[tuple[str, str]]
LENGTE = {"datum": "8", "datum_tijd": "14"}
NAMEN_AFLEIDING = {
    "datumkenmerk": "datumkenmerk", "einddatum_bekend": "einddatum bekend", "objecttype": "objecttype",
    "registratie": "registratie", "procestermijn": "procestermijn",
}  # fmt: skip


def typen(pakket: Pakket) -> Uit:
    """(bestand, wat er geweigerd zou worden) van elk zaaktype."""
    for deel in pakket.zaaktypen:
        bestand = f"zaaktypen/{deel.identificatie.lower()}.json"
        for regel in REGELS:
            yield from ((bestand, tekst) for tekst in regel(deel))
    dubbel = _dubbel(deel.identificatie for deel in pakket.zaaktypen)
    yield from ((f"zaaktypen/{naam.lower()}.json", f"zaaktype {naam} staat er meer dan één keer in") for naam in dubbel)


def _dubbel(namen: Iterable[str]) -> list[str]:
    return [naam for naam, aantal in Counter(namen).items() if aantal > 1]


def _dubbele_namen(deel: Zaaktypedeel) -> Iterator[str]:
    soorten = {
        "statustype": [s.omschrijving for s in deel.statustypen],
        "resultaattype": [r.omschrijving for r in deel.resultaattypen],
        "roltype": [r.omschrijving for r in deel.roltypen],
        "eigenschap": [e.naam for e in deel.eigenschappen],
        "documenttype": [f"{d.omschrijving} ({d.richting})" for d in deel.documenttypen],
        "besluittype": [b.omschrijving for b in deel.besluittypen],
    }
    for soort, namen in soorten.items():
        yield from (f"{soort} {naam} staat er meer dan één keer in" for naam in _dubbel(namen))


def _termijnen(deel: Zaaktypedeel) -> Iterator[str]:
    """Verlengen vraagt een termijn, en een duur is niet nul en heeft geen breuken."""
    if deel.verlenging_mogelijk and not deel.verlengingstermijn:
        yield "wie mag verlengen, heeft een verlengingstermijn nodig"
    duren = {
        "doorlooptijd": deel.doorlooptijd, "servicenorm": deel.servicenorm, "verlengingstermijn": deel.verlengingstermijn,
        **{f"archiefactietermijn van {r.omschrijving}": r.archiefactietermijn for r in deel.resultaattypen},
        **{f"reactietermijn van {b.omschrijving}": b.reactietermijn for b in deel.besluittypen},
    }  # fmt: skip
    for naam, duur in duren.items():
        if duur and ("." in duur or "," in duur):
            yield f"{naam}: gebruik hele getallen in een duur"
        elif duur and not isodate.parse_duration(duur):
            yield f"{naam}: een duur van nul heeft geen betekenis"


def _archief(deel: Zaaktypedeel) -> Iterator[str]:
    for resultaat in deel.resultaattypen:
        yield from (f"resultaattype {resultaat.omschrijving}: {tekst}" for tekst in _archief_van(resultaat, deel))


def _archief_van(resultaat: Resultaattypedeel, deel: Zaaktypedeel) -> Iterator[str]:
    """ztc-003 tot en met ztc-008: wat er bij de archiefnominatie en de afleidingswijze hoort."""
    procedure = resultaat.brondatum_archiefprocedure
    if procedure is None:
        if resultaat.archiefnominatie != "blijvend_bewaren":
            yield "zonder brondatum is niet te bepalen wanneer vernietigd wordt"
        return
    for veld, eis in AFLEIDINGSWIJZEN[procedure.afleidingswijze]._asdict().items():
        gevuld = bool(getattr(procedure, veld))
        if eis == "!" and not gevuld:
            yield f"{NAMEN_AFLEIDING[veld]} is verplicht bij afleidingswijze {procedure.afleidingswijze}"
        if eis == "-" and gevuld:
            yield f"{NAMEN_AFLEIDING[veld]} hoort leeg te zijn bij afleidingswijze {procedure.afleidingswijze}"
    namen = {eigenschap.naam for eigenschap in deel.eigenschappen}
    if procedure.afleidingswijze == "eigenschap" and procedure.datumkenmerk and procedure.datumkenmerk not in namen:
        yield f"eigenschap {procedure.datumkenmerk} bestaat niet in dit zaaktype"


def _rollen(deel: Zaaktypedeel) -> Iterator[str]:
    if not any(rol.omschrijving_generiek == "initiator" for rol in deel.roltypen):
        yield "er is geen roltype voor de initiator; dan weet niemand van wie de zaak is"


def _verwijzingen(deel: Zaaktypedeel) -> Iterator[str]:
    documenten = {document.omschrijving for document in deel.documenttypen}
    for besluit in deel.besluittypen:
        for naam in besluit.documenttypen:
            if naam not in documenten:
                yield f"besluittype {besluit.omschrijving}: documenttype {naam} hoort niet bij dit zaaktype"


def _eigenschappen(deel: Zaaktypedeel) -> Iterator[str]:
    for eigenschap in deel.eigenschappen:
        yield from _lengte(eigenschap)


def _lengte(eigenschap: Eigenschapdeel) -> Iterator[str]:
    """ztc-015: een datum heeft lengte 8, een datum met tijd lengte 14."""
    nodig = LENGTE.get(eigenschap.specificatie.formaat)
    if nodig and eigenschap.specificatie.lengte != nodig:
        yield f"eigenschap {eigenschap.naam}: bij formaat {eigenschap.specificatie.formaat} hoort lengte {nodig}"


REGELS: tuple[Callable[[Zaaktypedeel], Iterator[str]], ...] = (
    _dubbele_namen, _termijnen, _archief, _rollen, _verwijzingen, _eigenschappen,
)  # fmt: skip
