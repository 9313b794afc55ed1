"""Documenten overnemen: elke versie met haar inhoud, de koppelingen, gebruiksrechten en verzendingen, en de audittrail.

Wat daar vergrendeld is, is hier los: de sleutel van het slot is niet te lezen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from dienstverlening.importeren.kern import Import, Stap, Weergave
from kit.overnemen import Rij, uuid_van
from registraties.documenten import bronnen as drc
from registraties.documenten.bestanden import NieuwBestand, nieuw_bestand
from registraties.documenten.modellen import Documentversie

STAND = [
    kolom.key for kolom in Documentversie.__table__.columns if kolom.key not in ("id", "nr", "revisie", "document")
]


@dataclass
class _Inhoud:
    """Waar de inhoud van een versie hier staat; `afdruk` is er alleen als zij net is opgehaald."""

    sleutel: str | None
    afdruk: str = ""
    bestand: NieuwBestand | None = None


def _rijen(imp: Import, document: Weergave) -> Iterator[Rij]:
    """Het document, elke versie (van nieuw naar oud), en dan wat eraan hangt."""
    bewaard = _bewaard(imp, uuid_van(document["url"]))
    inhoud = _inhoud(imp, document, bewaard, _Inhoud(None))
    rij = imp.rij_van(drc.DOCUMENTEN, drc.DOCUMENT, document)
    yield rij.met(bestand=inhoud.sleutel)
    yield _versierij(rij, inhoud)
    for nr in range(document["versie"] - 1, 0, -1):
        versie = imp.andere.haal(document["url"], versie=nr)
        inhoud = _inhoud(imp, versie, bewaard, inhoud)
        yield _versierij(imp.rij_van(drc.DOCUMENTEN, drc.DOCUMENT, versie), inhoud)
    yield from _koppelingen(imp, document)
    yield from imp.auditrijen(drc.DOCUMENTEN, document["url"])


def _koppelingen(imp: Import, document: Weergave) -> Iterator[Rij]:
    soorten = [drc.OBJECTINFORMATIEOBJECT]
    if document.get("indicatieGebruiksrecht"):
        soorten.append(drc.GEBRUIKSRECHT)
    for bron in soorten:
        lijst = imp.andere.alle(f"documenten:{bron.pad}", informatieobject=document["url"])
        yield from imp.onderdelen(drc.DOCUMENTEN, bron, lijst)


def _versierij(rij: Rij, inhoud: _Inhoud) -> Rij:
    """De rij van een versie; haar nummer volgt uit document en versie, zodat een volgende import dezelfde raakt."""
    document: UUID = rij.waarden["id"]
    stand: dict[str, Any] = {naam: rij.waarden[naam] for naam in STAND if naam in rij.waarden}
    eigen = {"id": uuid5(document, str(stand["versie"])), "document": document, "bestand": inhoud.sleutel}
    return Rij(
        model=Documentversie,
        waarden=stand | eigen,
        url=f"{rij.url}?versie={stand['versie']}",
        erbij=inhoud.bestand.hoort_erbij if inhoud.bestand else None,
    )


def _bewaard(imp: Import, document: UUID) -> dict[int, tuple[str | None, int | None]]:
    """Bestand en omvang van de versies die hier al zijn."""
    vraag = select(Documentversie.versie, Documentversie.bestand, Documentversie.bestandsomvang)
    with imp.installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(vraag.where(Documentversie.document == document)).all()
    return {rij.versie: (rij.bestand, rij.bestandsomvang) for rij in rijen}


def _inhoud(
    imp: Import, versie: Weergave, bewaard: dict[int, tuple[str | None, int | None]], vorige: _Inhoud
) -> _Inhoud:
    """De inhoud van een versie: die er al is, of stromend opgehaald; gelijk aan de vorige, dan delen zij het bestand."""
    sleutel, omvang = bewaard.get(versie["versie"], (None, None))
    if not versie.get("inhoud"):
        return _Inhoud(None)
    if sleutel and omvang == versie.get("bestandsomvang"):
        return _Inhoud(sleutel)
    opgehaald = _haal_op(imp, versie)
    if opgehaald.afdruk == vorige.afdruk and vorige.sleutel:
        imp.installatie.opslag.verwijder(opgehaald.sleutel or "")
        return _Inhoud(vorige.sleutel, vorige.afdruk)
    return opgehaald


def _haal_op(imp: Import, versie: Weergave) -> _Inhoud:
    """Haal de inhoud stromend op; `ValueError` als zij niet zo groot is als de andere installatie zegt."""
    afdruk, omvang = sha256(), 0

    def delen() -> Iterator[bytes]:
        nonlocal omvang
        for deel in imp.andere.stroom(versie["inhoud"]):
            afdruk.update(deel)
            omvang += len(deel)
            yield deel

    bestand = nieuw_bestand(imp.installatie, delen())
    verwacht = versie.get("bestandsomvang")
    if verwacht not in (None, omvang):
        raise ValueError(f"de inhoud van versie {versie['versie']} is {omvang} bytes in plaats van {verwacht}")
    return _Inhoud(bestand.sleutel, afdruk.hexdigest(), bestand)


STAPPEN: tuple[Stap, ...] = (
    Stap(naam="documenten", registratie=drc.DOCUMENTEN, bron=drc.DOCUMENT, rijen=_rijen),
    Stap(naam="verzendingen", registratie=drc.DOCUMENTEN, bron=drc.VERZENDING, optioneel=True),
)
