"""Wat de schermen van de behandelaar nodig hebben, uit de registraties. Eén bron die hapert, houdt de rest niet tegen."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import structlog

from formuliermotor import DefinitieFout, Formulierweergave, lees_definitie
from formuliermotor.samenvatting import Sectie
from integratie.basis import ApiFout
from integratie.besluiten import BesluitenClient
from integratie.besluiten.schemas import BesluitUit
from integratie.catalogi import CatalogiClient
from integratie.configuratie import FORMULIER, PROCESPAKKET, Configuratie
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentUit
from integratie.geadresseerde import Geadresseerde, geadresseerde_van
from integratie.processen import ProcessenClient
from integratie.processen.schemas import ZendingUit
from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakUit
from integratie.urn import urn_zaak
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekTypeUit, VerzoekUit
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import initiator_van
from integratie.zaken.schemas import ZaakUit
from kern.aanmelden import Identiteit
from kern.installatie import Installatie

log = structlog.get_logger()
T = TypeVar("T")
NAMENS = "behandelen"


@dataclass(frozen=True)
class Statusregel:
    """Een stap in de tijdlijn van een zaak: gezet, of nog te komen."""

    omschrijving: str
    gezet: Any = None
    toelichting: str = ""


@dataclass
class Zaakbeeld:
    """Alles over één zaak; wat niet op te halen was, staat met naam in `haperend`."""

    zaak: ZaakUit
    zaaktype: str = ""
    statussen: list[Statusregel] = field(default_factory=list)
    aanvrager: Geadresseerde | None = None
    verzoek: VerzoekUit | None = None
    antwoorden: list[Sectie] = field(default_factory=list)
    documenten: list[DocumentUit] = field(default_factory=list)
    besluiten: list[BesluitUit] = field(default_factory=list)
    taken: list[MedewerkerTaakUit] = field(default_factory=list)
    zendingen: list[ZendingUit] = field(default_factory=list)
    acties: list[dict[str, Any]] = field(default_factory=list)
    haperend: list[str] = field(default_factory=list)


class Zaakbron:
    """Leest zaken voor één medewerker."""

    def __init__(self, installatie: Installatie, identiteit: Identiteit) -> None:
        wie: dict[str, str] = {"namens": NAMENS, "gebruiker": identiteit.gebruikersnaam, "weergave": identiteit.naam}
        self._installatie = installatie
        self.zaken = ZakenClient(installatie, **wie)
        self.taken = TakenClient(installatie, **wie)
        self.catalogi = CatalogiClient(installatie, **wie)
        self.documenten = DocumentenClient(installatie, **wie)
        self.besluiten = BesluitenClient(installatie, **wie)
        self.verzoeken = VerzoekenClient(installatie, **wie)
        self.processen = ProcessenClient(installatie, **wie)
        self.configuratie = Configuratie(installatie, namens=NAMENS)

    def zaak(self, uuid: UUID) -> ZaakUit:
        """De zaak, of `ApiFout` met 404 of 403."""
        return self.zaken.zaak(f"zaken/{uuid}")

    def beeld(self, zaak: ZaakUit, taal: str) -> Zaakbeeld:
        """Het hele beeld van een zaak."""
        beeld = Zaakbeeld(zaak)
        self._deel(beeld, "zaaktype", lambda: self._zet_statussen(beeld))
        self._deel(beeld, "aanvrager", lambda: self._zet_aanvrager(beeld))
        self._deel(beeld, "verzoek", lambda: self._zet_verzoek(beeld, taal))
        self._deel(beeld, "documenten", lambda: beeld.documenten.extend(self._documenten(zaak)))
        self._deel(beeld, "besluiten", lambda: beeld.besluiten.extend(self.besluiten.besluiten(zaak=zaak.url)))
        self._deel(
            beeld, "taken", lambda: beeld.taken.extend(self.taken.medewerkertaken(zaaknummer=zaak.identificatie))
        )
        self._deel(beeld, "acties", lambda: beeld.acties.extend(self.acties(zaak)))
        self._deel(beeld, "zendingen", lambda: beeld.zendingen.extend(self.processen.zendingen(zaak.url)))
        return beeld

    def _deel(self, beeld: Zaakbeeld, naam: str, lees: Callable[[], None]) -> None:
        try:
            lees()
        except ApiFout as fout:
            log.warning("bron niet bereikbaar", bron=naam, status=fout.status)
            beeld.haperend.append(naam)

    def _zet_statussen(self, beeld: Zaakbeeld) -> None:
        beeld.zaaktype = self.catalogi.type_bij_url(beeld.zaak.zaaktype).omschrijving
        gezet = {status.statustype: status for status in self.zaken.statussen(beeld.zaak.url)}
        for soort in self.catalogi.statustypen(beeld.zaak.zaaktype):
            status = gezet.get(soort.url)
            toelichting = status.statustoelichting if status else ""
            beeld.statussen.append(
                Statusregel(soort.omschrijving, status.datum_status_gezet if status else None, toelichting)
            )

    def acties(self, zaak: ZaakUit) -> Iterator[dict[str, Any]]:
        """De processen die een medewerker op deze zaak kan starten, uit de geïnstalleerde pakketten."""
        zaaktype = self.catalogi.type_bij_url(zaak.zaaktype).identificatie
        for pakket in self.configuratie.alle(PROCESPAKKET):
            yield from (actie for actie in pakket.get("acties", []) if actie["zaaktype"] == zaaktype)

    def _zet_aanvrager(self, beeld: Zaakbeeld) -> None:
        rol = initiator_van(self.zaken, beeld.zaak.url)
        beeld.aanvrager = geadresseerde_van(self._installatie, rol) if rol else None

    def _zet_verzoek(self, beeld: Zaakbeeld, taal: str) -> None:
        rsin = self._installatie.instellingen.bronorganisatie
        gevonden = self.verzoeken.zoek_verzoeken({"isGerelateerdAan": urn_zaak(rsin, beeld.zaak.identificatie)}).results
        if gevonden:
            beeld.verzoek = gevonden[0]
            beeld.antwoorden = self._antwoorden(gevonden[0], taal)

    def _antwoorden(self, verzoek: VerzoekUit, taal: str) -> list[Sectie]:
        """De antwoorden zoals ze in het formulier gevraagd werden; het formulier heet naar het verzoektype."""
        soort = self.verzoeken.haal(verzoek.verzoek_type, VerzoekTypeUit)
        weergave = self.formulier(soort.naam, taal)
        return weergave.samenvatting(verzoek.aanvraag_gegevens) if weergave else []

    def formulier(self, sleutel: str, taal: str) -> Formulierweergave | None:
        """Het formulier met deze sleutel, of None als het niet (goed) is ingericht."""
        gevonden = self.configuratie.haal(FORMULIER, sleutel) if sleutel else None
        if gevonden is None:
            return None
        try:
            return Formulierweergave(lees_definitie(gevonden["definitie"]), taal, klok=self._installatie.klok.nu)
        except DefinitieFout:
            log.exception("formulier is niet te lezen", formulier=sleutel)
            return None

    def _documenten(self, zaak: ZaakUit) -> Iterator[DocumentUit]:
        for koppeling in self.zaken.documenten(zaak.url):
            yield self.documenten.document(koppeling.informatieobject)

    def document_van(self, zaak: ZaakUit, document: UUID) -> DocumentUit | None:
        """Het document met dit uuid, als het bij de zaak hoort."""
        urls: Iterable[str] = (koppeling.informatieobject for koppeling in self.zaken.documenten(zaak.url))
        url = next((url for url in urls if url.endswith(f"/{document}")), None)
        return self.documenten.document(url) if url else None
