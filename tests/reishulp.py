"""Een gemeente met het pakket toeristische-verhuur, en wat een inwoner, behandelaar en worker daarin doen. Zonder schermen."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

from dienstverlening.inrichten import richt_in
from dienstverlening.samenstellen import maak_platform
from integratie.berichten import BerichtenClient
from integratie.berichten.schemas import BerichtUit
from integratie.besluiten import BesluitenClient
from integratie.besluiten.schemas import BesluitUit
from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn, DocumentUit
from integratie.producten import ProductenClient
from integratie.producten.schemas import ProductUit
from integratie.taken import TakenClient
from integratie.taken.schemas import ExterneTaakUit, MedewerkerTaakUit
from integratie.urn import urn_bsn, urn_uuid
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekBron, VerzoekIn, VerzoekUit
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from kern.instellingen import Instellingen
from kern.klok import VerzetbareKlok
from kern.outbox import Afhandelaar
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket

PAKKET = Path(str(files("processen") / "procespakketten" / "toeristische-verhuur"))
BSN = "999000007"
PDF = b"%PDF-1.7 proef"
KOOP = {"woonsituatie": "koop", "hoofdverblijf": "ja", "deelVanWoning": "geheel", "nachten": 30}
CORPORATIE = {
    "woonsituatie": "huur",
    "corporatie": "ja",
    "hoofdverblijf": "ja",
    "deelVanWoning": "geheel",
    "nachten": 90,
}


@dataclass
class Gemeente:
    """Een ingerichte installatie. `werk` doet wat de worker zou doen."""

    installatie: Installatie
    bsn: str = BSN

    def richt_in(self) -> "Gemeente":
        richt_in(self.installatie)
        installeer(self.installatie, maak_motor(self.installatie), lees_pakket(PAKKET))
        return self

    def installeer(self, pakket: str) -> "Gemeente":
        """Zet er een ander meegeleverd pakket bij."""
        installeer(self.installatie, maak_motor(self.installatie), lees_pakket(PAKKET.parent / pakket))
        return self

    def dien_in(
        self,
        soort: str,
        gegevens: Mapping[str, Any],
        kenmerk: str = "",
        documenttype: str = "Ingediend formulier",
        **anders: Any,
    ) -> VerzoekUit:
        """Wat het formulier doet: een document met de samenvatting, en het verzoek; met hetzelfde kenmerk is het hetzelfde verzoek.

        `soort` is een verzoektype, van toeristische verhuur zonder die naam ervoor. De inwoner van deze gemeente is de aanvrager; `anders` zijn andere velden van het verzoek (`initiator`, `verzoek_taal`).
        """
        kenmerk = kenmerk or uuid4().hex
        client = VerzoekenClient(self.installatie, namens="formulieren")
        verzoektype = client.verzoektype(f"toeristische-verhuur-{soort}") or client.verzoektype(soort)
        assert verzoektype is not None
        rsin = self.installatie.instellingen.bronorganisatie
        verzoek = VerzoekIn(
            verzoek_type=verzoektype.url,
            aanvraag_gegevens=dict(gegevens),
            initiator=urn_bsn(self.bsn),
            verzoek_informatie_object=urn_uuid(
                rsin, "informatieobject", self._samenvatting(kenmerk, documenttype).url.rpartition("/")[2]
            ),
            verzoek_bron=VerzoekBron(naam="formulieren", kenmerk=kenmerk),
            authenticatie_context={"source": "digid"},
        )
        return client.dien_in(verzoek.model_copy(update=anders), sleutel=kenmerk)

    def _samenvatting(
        self, kenmerk: str, documenttype: str = "Ingediend formulier", inhoud: bytes = PDF
    ) -> DocumentUit:
        vandaag = self.installatie.klok.vandaag()
        soort = CatalogiClient(self.installatie, namens="formulieren").informatieobjecttype(documenttype, vandaag)
        assert soort is not None
        document = DocumentIn(
            identificatie=kenmerk,
            bronorganisatie=self.installatie.instellingen.bronorganisatie,
            creatiedatum=vandaag,
            titel="Wat u heeft ingevuld",
            auteur="inwoner",
            taal="nld",
            formaat="application/pdf",
            bestandsnaam="aanvraag.pdf",
            informatieobjecttype=soort.url,
            inhoud=b64encode(inhoud).decode(),
            bestandsomvang=len(inhoud),
            indicatie_gebruiksrecht=False,
        )
        return DocumentenClient(self.installatie, namens="formulieren").maak_document(
            document, sleutel=f"{kenmerk}-document"
        )

    def werk(self) -> None:
        """Handel alles af, ook wat na een storing nog eens geprobeerd wordt."""
        afhandelaar = Afhandelaar(self.installatie)
        while afhandelaar.werk_af():
            pass

    def verzet(self, **duur: float) -> None:
        assert isinstance(self.installatie.klok, VerzetbareKlok)
        self.installatie.klok.verzet(timedelta(**duur))

    def zaak(self, verzoek: VerzoekUit) -> ZaakUit:
        nu = VerzoekenClient(self.installatie, namens="formulieren").verzoek(verzoek.url)
        assert nu.verwerk_status == "verwerkt"
        nummer = nu.is_gerelateerd_aan[0].urn.rpartition(":")[2]
        (zaak,) = self.zaken.zoek_zaken(identificatie=nummer).results
        return zaak

    @property
    def zaken(self) -> ZakenClient:
        return ZakenClient(self.installatie, namens="processen")

    def statussen(self, zaak: ZaakUit) -> list[str]:
        typen = {
            t.url: t.omschrijving
            for t in CatalogiClient(self.installatie, namens="processen").statustypen(zaak.zaaktype)
        }
        gezet = sorted(self.zaken.statussen(zaak.url), key=lambda status: status.datum_status_gezet)
        return [typen[status.statustype] for status in gezet]

    def resultaat(self, zaak: ZaakUit) -> str:
        typen = {
            t.url: t.omschrijving
            for t in CatalogiClient(self.installatie, namens="processen").resultaattypen(zaak.zaaktype)
        }
        return typen[self.zaken.vraag("GET", zaak.resultaat or "")["resultaattype"]]

    def berichten(self) -> list[BerichtUit]:
        return (
            BerichtenClient(self.installatie, namens="mijngemeente")
            .zoek_berichten({"ontvanger": urn_bsn(self.bsn)})
            .results
        )

    def besluiten(self, zaak: ZaakUit) -> list[BesluitUit]:
        return list(BesluitenClient(self.installatie, namens="processen").besluiten(zaak=zaak.url))

    def producten(self) -> list[ProductUit]:
        return (
            ProductenClient(self.installatie, namens="mijngemeente")
            .zoek_producten({"eigenaren__bsn": self.bsn})
            .results
        )

    def taken(self, zaak: ZaakUit) -> list[MedewerkerTaakUit]:
        return list(
            TakenClient(self.installatie, namens="behandelen").medewerkertaken(
                zaaknummer=zaak.identificatie, status="open"
            )
        )

    def klanttaken(self) -> list[ExterneTaakUit]:
        criteria = {"isToegewezenAan": urn_bsn(self.bsn), "status": "open"}
        return TakenClient(self.installatie, namens="mijngemeente").zoek_klanttaken(criteria).results

    def rond_af(self, zaak: ZaakUit, wie: str = "bas", /, **uitkomst: Any) -> None:
        """De behandelaar (gebruikersnaam) rondt zijn ene open taak af."""
        (taak,) = self.taken(zaak)
        TakenClient(self.installatie, namens="behandelen").wijzig_medewerkertaak(
            taak.url, status="afgerond", behandelaar=wie, behandelaarNaam=wie.capitalize(), uitkomst=uitkomst
        )
        self.werk()

    def vul_aan(self, **antwoord: Any) -> None:
        """De inwoner voert zijn ene open taak uit."""
        (taak,) = self.klanttaken()
        details = {**taak.details, "ontvangenGegevens": antwoord}
        TakenClient(self.installatie, namens="mijngemeente").wijzig_klanttaak(
            taak.url, status="uitgevoerd", details=details
        )
        self.werk()

    @property
    def print(self) -> list[Path]:
        """De brieven die het printkanaal klaarzette."""
        return sorted((self.installatie.instellingen.data / "print").glob("*.pdf"))


@contextmanager
def ingerichte_gemeente(instellingen: Instellingen) -> Iterator[Gemeente]:
    """Een eigen platform met een verzetbare klok, op een ingerichte database."""
    installatie = maak_platform(instellingen, VerzetbareKlok())
    yield Gemeente(installatie)
    installatie.sluit()
