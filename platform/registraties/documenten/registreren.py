"""`POST /document_registreren` (uitbreiding, ook van Open Zaak): een document en zijn koppeling aan een zaak, alles of niets.

Het document staat er eerst met de mark `bezig_aanmaken`: lijsten tonen het nog niet, en er is nog geen audittrail en geen
notificatie. Dan komt de koppeling in de Zaken API, die haar hier spiegelt; daarna gaat de mark weg. Gaat er iets mis, dan gaat
alles terug; valt het proces ertussen, dan doet een rij uit de outbox dat: de aanroeper kreeg nooit antwoord.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import IntegrityError

from integratie.basis import ApiFout, NietBereikbaar
from integratie.documenten.schemas import DocumentIn
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import ZaakInformatieObjectIn
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats, trek_in
from kit import Bron, Omgeving, Wijziging
from kit.antwoord import Antwoord
from kit.app import lees_json, machine_toegang
from kit.lezen import Lezer
from kit.marks import AANMAKEN, KLAAR
from kit.schema import valideer
from kit.schrijven import Schrijver, strijdig
from kit.toegang import Toegang
from registraties.documenten.bestanden import bestanden_van, ruim_later_op
from registraties.documenten.modellen import Document

TERUGDRAAIEN = "documenten.terugdraaien"
GEDULD = timedelta(seconds=30)  # zo lang heeft het verzoek zelf; daarna komt de outbox kijken
DOCUMENT, KOPPELING = "enkelvoudiginformatieobject", "zaakinformatieobject"
KOPPELEN = ("zaken.aanmaken", "zaken.bijwerken", "zaken.geforceerd-bijwerken")
GEFORCEERD = ("zaken.geforceerd-bijwerken",)


def registreer_route(bron: Bron) -> Callable[[Blueprint, Omgeving], None]:
    """De route; zij vraagt het recht om het document te maken en om het aan deze zaak te koppelen."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        lezers = {bron.enkelvoud: Lezer(omgeving, bron)}

        def registreer() -> Response:
            bron.rechten.eis(omgeving.toegang, "maak", bron.scopes["maak"])
            lichaam = lees_json()
            delen = lichaam if isinstance(lichaam, dict) else {}
            schrijver = _Registreerder(omgeving, bron, lezers, delen.get(KOPPELING))
            return _met_plek(DOCUMENT, lambda: schrijver.maak(delen.get(DOCUMENT), {})).response()

        bewaakt = machine_toegang(omgeving, *bron.scopes["maak"])(registreer)
        blauwdruk.add_url_rule("/document_registreren", "document_registreren", bewaakt, methods=["POST"])

    return voeg_toe


def _met_plek(plek: str, doe: Callable[[], Antwoord]) -> Antwoord:
    """Fouten in het document krijgen zijn plek in het lichaam erbij; die van de koppeling hebben dat al."""
    try:
        return doe()
    except Ongeldig as fout:
        raise Ongeldig(
            *(deel if deel.naam.startswith(f"{KOPPELING}.") else _op_plek(plek, deel) for deel in fout.fouten)
        ) from None


def _op_plek(plek: str, fout: ParamFout) -> ParamFout:
    return ParamFout(f"{plek}.{fout.naam}", fout.code, fout.reden)


class _Registreerder(Schrijver):
    """Maakt een document, met de koppeling ertussen."""

    def __init__(self, omgeving: Omgeving, bron: Bron, lezers: Mapping[str, Lezer], koppeling: Any) -> None:
        super().__init__(omgeving, bron, lezers)
        self._koppeling = koppeling
        aanroeper = omgeving.toegang.aanroeper
        namens = omgeving.registratie.naam
        self._zaken = ZakenClient(
            omgeving.installatie, namens=namens, gebruiker=aanroeper.gebruiker, weergave=aanroeper.weergave
        )

    def _schrijf_nieuw(self, w: Wijziging[DocumentIn], toegang: Toegang) -> Antwoord:
        koppeling = self._voorstel_koppeling(w, toegang)
        self._begin(w, toegang)
        gelukt = False
        try:
            gemaakt = self._koppel(koppeling)
            antwoord = self._schrijf(w, toegang, "maak", 201, lambda w: self._maak_zichtbaar(w, gemaakt))
            gelukt = "Idempotency-Replayed" not in antwoord.koppen
        finally:
            if not gelukt:
                draai_terug(self._omgeving.installatie, w.id)
        return antwoord

    def _voorstel_koppeling(self, w: Wijziging[DocumentIn], toegang: Toegang) -> dict[str, Any]:
        """De koppeling met het nieuwe document erin, als zij klopt van vorm en de aanroeper haar mag leggen."""
        url = f"{self._omgeving.basis}/{self._bron.pad}/{w.id}"
        invoer = self._koppeling if isinstance(self._koppeling, dict) else {}
        voorstel = valideer(ZaakInformatieObjectIn, {**invoer, "informatieobject": url})
        if isinstance(voorstel, list):
            raise Ongeldig(*(_op_plek(KOPPELING, fout) for fout in voorstel))
        gegevens = voorstel.als_json()
        zaak = w.haal(gegevens["zaak"])
        if zaak is None or "zaaktype" not in zaak:
            raise Ongeldig(ParamFout(f"{KOPPELING}.zaak", "bad-url", "Achter deze URL is geen zaak te vinden."))
        scopes = GEFORCEERD if zaak.get("einddatum") else KOPPELEN
        zaaktype = self._omgeving.diensten.naar_opslag(str(zaak.get("zaaktype", "")))
        if not toegang.mag("zrc", scopes, zaaktype, str(zaak.get("vertrouwelijkheidaanduiding", ""))):
            raise Probleem(403)
        return gegevens

    def _begin(self, w: Wijziging[DocumentIn], toegang: Toegang) -> None:
        """De eerste transactie: het document met zijn mark, en een rij in de outbox voor als dit proces het niet afmaakt."""
        installatie = self._omgeving.installatie
        try:
            with installatie.db.schrijven() as verbinding:
                w.transactie = verbinding
                self._vergrendel(w)
                self._toets(w, self._bron.binnen)
                w.waarden["mark"] = AANMAKEN
                self._voeg_in(w)
                if not self._lezer.mag(verbinding, toegang, "maak", w.id):
                    raise Probleem(403)
                vanaf = installatie.klok.nu() + GEDULD
                w.geheugen["wacht"] = plaats(installatie, verbinding, TERUGDRAAIEN, {"id": str(w.id)}, vanaf=vanaf)
        except IntegrityError as fout:
            raise strijdig(fout) from None
        finally:
            w.transactie = None

    def _koppel(self, koppeling: Mapping[str, Any]) -> dict[str, Any]:
        try:
            gemaakt: dict[str, Any] = self._zaken.vraag("POST", "zaakinformatieobjecten", json=koppeling)
        except NietBereikbaar:
            raise Ongeldig(
                ParamFout("nonFieldErrors", "pending-relations", "De Zaken API is niet te bereiken.")
            ) from None
        except ApiFout as fout:
            fouten = fout.fouten or (ParamFout("nonFieldErrors", fout.code or "invalid", fout.detail),)
            raise Ongeldig(*(_op_plek(KOPPELING, deel) for deel in fouten)) from None
        return gemaakt

    def _maak_zichtbaar(self, w: Wijziging[DocumentIn], koppeling: Mapping[str, Any]) -> None:
        opdracht = update(Document).where(Document.id == w.id, Document.mark == AANMAKEN).values(mark=KLAAR)
        if w.verbinding.execute(opdracht).rowcount != 1:
            raise Probleem(409)  # dit duurde zo lang dat de outbox het document intussen terugdraaide
        trek_in(w.verbinding, w.geheugen["wacht"])
        rij = self._lezer.een(w.verbinding, w.id)
        if rij is not None:
            w.antwoord = {DOCUMENT: self._lezer.geef_weer(rij) | w.antwoordvelden, KOPPELING: koppeling}


def draai_terug(installatie: Installatie, id_: UUID) -> None:
    """Haal een document dat halverwege bleef weer weg, met zijn koppeling; lukt dat nu niet, dan doet de outbox het later."""
    try:
        _haal_weg(installatie, id_)
    except ApiFout:
        return


def _haal_weg(installatie: Installatie, id_: UUID) -> None:
    if not _is_bezig(installatie, id_):
        return
    zaken = ZakenClient(installatie, namens="documenten")
    url = installatie.diensten.naar_url(f"documenten:enkelvoudiginformatieobjecten/{id_}")
    for koppeling in zaken.vraag("GET", "zaakinformatieobjecten", params={"informatieobject": url}):
        zaken.verwijder(koppeling["url"])
    with installatie.db.schrijven() as verbinding:
        _verwijder(installatie, verbinding, id_)


def _is_bezig(installatie: Installatie, id_: UUID) -> bool:
    with installatie.db.lezen() as verbinding:
        vraag = select(Document.id).where(Document.id == id_, Document.mark == AANMAKEN)
        return verbinding.execute(vraag).first() is not None


def _verwijder(installatie: Installatie, verbinding: Connection, id_: UUID) -> None:
    sleutels = bestanden_van(verbinding, id_)
    weg = delete(Document).where(Document.id == id_, Document.mark == AANMAKEN)
    if verbinding.execute(weg).rowcount:
        for sleutel in sleutels:
            ruim_later_op(installatie, verbinding, sleutel)


def terugdraai_verwerker() -> Verwerker:
    """De outbox-verwerker voor documenten waarvan de aanroeper nooit antwoord kreeg."""

    def doe(installatie: Installatie, werk: Werk) -> None:
        _haal_weg(installatie, UUID(werk.inhoud["id"]))

    return Verwerker(TERUGDRAAIEN, buiten=doe)
