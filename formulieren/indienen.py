"""Van inzending naar verzoek. Elke stap is te herhalen: hoe vaak er ook verstuurd wordt, er komt één verzoek.

Vanaf de eerste poging ligt vast wat er verstuurd wordt (`Verzending`); alle namen en sleutels komen van de inzending.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import structlog
from redis.exceptions import LockError

from formulieren.aanvrager import Aanvrager
from formulieren.definities import NAMENS
from formulieren.inzendingen import Inzending, Inzendingen, Ontvangst, Stand, Verzending
from formuliermotor import Formulierdefinitie, Formulierweergave, Pdfstijl, maak_pdf
from formuliermotor.bestanden import Conceptbestanden, bestanden_in
from formuliermotor.documenten import ISO_TAAL, Indiening, Stuk
from formuliermotor.teksten import vertaal
from huisstijl.filters import tijdstip
from huisstijl.taal import in_taal, kies
from integratie.basis import ApiFout
from integratie.configuratie import PROCESPAKKET, Configuratie
from integratie.klantinteracties import KlantinteractiesClient
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import Bijlage, VerzoekBron, VerzoekIn, VerzoekUit
from kern import ldv
from kern.installatie import Installatie

log = structlog.get_logger()
LANGSTE_OMSCHRIJVING: Final = 40
GEGEVENS: Final = "aanvraagGegevens"
ACTIVITEIT: Final = "urn:dienstverlening:verwerking:verzoek-indienen"
WEIGERING: Final = (400, 413, 422)
"""Wat een register antwoordt als het aan de gegevens ligt; een andere 4xx is een fout in de inrichting."""
SLOT_GELDIG: Final = 60.0
SLOT_WACHT: Final = 20.0


class NietIngericht(LookupError):
    """Het formulier verwijst naar een verzoektype of documenttype dat er niet is."""


class Geweigerd(Exception):
    """Een register neemt deze antwoorden niet aan. Er is niets verstuurd en de antwoorden zijn weer te wijzigen.

    `sleutels` zijn de vragen waar het volgens het register aan ligt, voor zover het dat zei.
    """

    def __init__(self, fout: ApiFout) -> None:
        paden = [deel.naam.split(".") for deel in fout.fouten]
        self.sleutels = tuple(dict.fromkeys(pad[1] for pad in paden if pad[0] == GEGEVENS and len(pad) > 1))
        super().__init__(str(fout))


@dataclass(frozen=True)
class Indiener:
    """Dient één inzending in. `Geweigerd` als een register de antwoorden niet aanneemt; `ApiFout` (en `NietBereikbaar`) als het
    niet meewerkt: dan ligt vast wat er verstuurd wordt en kan het later nog eens.
    """

    installatie: Installatie
    definitie: Formulierdefinitie
    aanvrager: Aanvrager
    inzendingen: Inzendingen
    weergave: Formulierweergave

    def dien_in(self, stand: Stand) -> Stand:
        """Het hele indienen; een inzending die al ontvangen is blijft zoals zij is."""
        with _om_de_beurt(self.installatie, stand.id):
            return self._dien_in(stand.id)

    def _dien_in(self, id_: UUID) -> Stand:
        stand = self.inzendingen.wijzig(id_, _tel_poging)
        verzending = stand.inzending.verzending
        if verzending is None:
            return stand
        try:
            ontvangst = self._verstuur(stand, verzending)
        except ApiFout as fout:
            if fout.status not in WEIGERING:
                raise
            self._draai_terug(stand, verzending)
            raise Geweigerd(fout) from fout
        klaar = self.inzendingen.wijzig(
            stand.id, lambda inzending: inzending.met(waarden={}, verzending=None, vast=(), ontvangst=ontvangst)
        )
        self._bestanden(stand).verwijder(bestanden_in(verzending.waarden))
        return klaar

    def _verstuur(self, stand: Stand, verzending: Verzending) -> Ontvangst:
        bekend = self.aanvrager.eigenaar if self.aanvrager.urn else None
        naam = f"Verzoek {self.definitie.slug} ingediend"
        with ldv.verwerking(self.installatie, activiteit=ACTIVITEIT, naam=naam, betrokkene=bekend):
            return self._stuur(stand, verzending)

    def _stuur(self, stand: Stand, verzending: Verzending) -> Ontvangst:
        pdf, bijlagen = self._stukken(stand, verzending)
        self._leg_voorkeur_vast(verzending)
        verzoek = self._eerder(stand.inzending, verzending) or self._maak_verzoek(stand, verzending, pdf, bijlagen)
        return Ontvangst(moment=verzending.moment, verzoek=verzoek.url, document=pdf.url)

    def _draai_terug(self, stand: Stand, verzending: Verzending) -> None:
        """Na een weigering is er geen verzoek (was het er van een vorige poging, dan was dat gevonden): maak de inzending weer open."""
        weigeringen = stand.inzending.weigeringen + 1
        self.inzendingen.wijzig(stand.id, lambda inzending: inzending.met(verzending=None, weigeringen=weigeringen))
        try:
            self._indiening(stand, verzending).verwijder(len(bestanden_in(verzending.waarden)))
        except ApiFout as fout:
            log.warning("stukken van een geweigerd verzoek blijven staan", inzending=str(stand.id), fout=str(fout))

    def _indiening(self, stand: Stand, verzending: Verzending) -> Indiening:
        catalogus = self.definitie.gegevens.get("catalogus", "")
        return Indiening(
            self.installatie, NAMENS, stand.verzendnummer, verzending.moment, verzending.taal, catalogus=catalogus
        )

    def _stukken(self, stand: Stand, verzending: Verzending) -> tuple[Stuk, list[Stuk]]:
        gegevens, indiening = self.definitie.gegevens, self._indiening(stand, verzending)
        titel = kies(self.definitie.naam, verzending.taal)
        bestanden = bestanden_in(verzending.waarden)
        inhoud = self._pdf(titel, stand.inzending.nummer, verzending)
        pdf = indiening.bewaar_pdf(inhoud, f"{titel} {stand.inzending.nummer}", gegevens["documenttype"])
        if not bestanden:
            return pdf, []
        return pdf, indiening.bewaar_bijlagen(self._bestanden(stand), bestanden, gegevens["bijlagetype"])

    def _pdf(self, titel: str, nummer: str, verzending: Verzending) -> bytes:
        with in_taal(verzending.taal):
            kenmerken = [
                (vertaal("Verzoeknummer"), nummer),
                (vertaal("Ontvangen op"), tijdstip(verzending.moment)),
            ]
        stijl = Pdfstijl(self.installatie.instellingen.gemeente_naam)
        secties = self.weergave.samenvatting(verzending.waarden)
        return maak_pdf(titel, secties, kenmerken, verzending.taal, stijl, moment=verzending.moment)

    def _leg_voorkeur_vast(self, verzending: Verzending) -> None:
        """Of en waar de gemeente berichten van deze soort mag mailen, als het formulier dat vroeg."""
        soort, keuze = self.definitie.gegevens.get("soortBericht"), verzending.waarden.get("digitaal")
        partij = self._partij(ISO_TAAL[verzending.taal]) if soort and keuze else None
        if partij is None:
            return
        adres = verzending.waarden.get("email") if keuze == "ja" else None
        pakket = Configuratie(self.installatie, namens=NAMENS).haal(PROCESPAKKET, str(soort))
        onderwerp = kies(pakket["titel"], "nl") if pakket else ""
        client = KlantinteractiesClient(self.installatie, namens=NAMENS)
        client.zet_kanaalvoorkeur(partij, str(soort), adres, omschrijving=onderwerp)

    def _partij(self, taal: str) -> str | None:
        """De partij van de aanvrager; wie geen BSN of KVK-nummer heeft (eIDAS) kent Klantinteracties niet."""
        client = KlantinteractiesClient(self.installatie, namens=NAMENS)
        if self.aanvrager.bsn:
            return client.zorg_voor_partij_bsn(self.aanvrager.bsn, taal=taal).url
        if self.aanvrager.kvk:
            return client.zorg_voor_partij_kvk(self.aanvrager.kvk, taal=taal).url
        return None

    def _eerder(self, inzending: Inzending, verzending: Verzending) -> VerzoekUit | None:
        """Het verzoek van een vorige poging: de Idempotency-Key geldt maar een dag, en niet elk register kent haar."""
        if verzending.pogingen == 1 or not self.aanvrager.urn:
            return None
        client = VerzoekenClient(self.installatie, namens=NAMENS)
        eigen = client.zoek_verzoeken({"initiator": self.aanvrager.urn, "ordering": "-geregistreerdOp"}).results
        return next((v for v in eigen if v.verzoek_bron and v.verzoek_bron.kenmerk == inzending.nummer), None)

    def _maak_verzoek(self, stand: Stand, verzending: Verzending, pdf: Stuk, bijlagen: list[Stuk]) -> VerzoekUit:
        client = VerzoekenClient(self.installatie, namens=NAMENS)
        soort = client.verzoektype(self.definitie.gegevens["verzoektype"])
        if soort is None:
            raise NietIngericht(self.definitie.gegevens["verzoektype"])
        identiteit = self.aanvrager.identiteit
        verzoek = VerzoekIn(
            verzoek_type=soort.url,
            aanvraag_gegevens=_met_documenten(verzending.waarden, iter(bijlagen)),
            bijlagen=[
                Bijlage(informatie_object=b.urn, omschrijving=b.omschrijving[-LANGSTE_OMSCHRIJVING:]) for b in bijlagen
            ],
            initiator=self.aanvrager.urn,
            kanaal=NAMENS,
            verzoek_taal=verzending.taal,
            verzoek_informatie_object=pdf.urn,
            verzoek_bron=VerzoekBron(naam=NAMENS, kenmerk=stand.inzending.nummer),
            authenticatie_context=identiteit.authenticatie_context() if identiteit else None,
        )
        return client.dien_in(verzoek, sleutel=f"inzending-{stand.verzendnummer}")

    def _bestanden(self, stand: Stand) -> Conceptbestanden:
        return Conceptbestanden(self.installatie.opslag, stand.id)


@contextmanager
def _om_de_beurt(installatie: Installatie, id_: UUID) -> Iterator[None]:
    """Wie twee keer klikt, ziet de tweede keer de bevestiging van de eerste. Dat er maar één verzoek komt hangt hier niet van af."""
    slot = installatie.redis.lock(installatie.redis_sleutel("indienen", str(id_)), timeout=SLOT_GELDIG)
    gekregen = slot.acquire(blocking_timeout=SLOT_WACHT)
    try:
        yield
    finally:
        if gekregen:
            with suppress(LockError):  # intussen verlopen
                slot.release()


def _tel_poging(inzending: Inzending) -> Inzending:
    verzending = inzending.verzending
    if verzending is None:
        return inzending
    return inzending.met(verzending=verzending.model_copy(update={"pogingen": verzending.pogingen + 1}))


def _met_documenten(waarden: Any, bijlagen: Iterator[Stuk]) -> Any:
    """De antwoorden met in plaats van elk bestand het document dat het werd; in dezelfde volgorde als `bestanden_in`."""
    if isinstance(waarden, Mapping):
        if bestanden_in(waarden) == [waarden]:
            return {"naam": waarden["naam"], "informatieObject": next(bijlagen).urn}
        return {sleutel: _met_documenten(deel, bijlagen) for sleutel, deel in waarden.items()}
    return [_met_documenten(deel, bijlagen) for deel in waarden] if isinstance(waarden, list) else waarden
