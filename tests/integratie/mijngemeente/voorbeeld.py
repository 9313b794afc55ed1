"""Alles wat één inwoner bij de gemeente kan hebben, in de echte registraties."""

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from integratie.berichten import BerichtenClient
from integratie.berichten.schemas import BerichtIn, Bijlage
from integratie.besluiten import BesluitenClient
from integratie.besluiten.toelichting import Toelichting
from integratie.producten import ProductenClient
from integratie.producten.schemas import Eigenaar, ProductIn
from integratie.producttypen import ProducttypenClient
from integratie.producttypen.schemas import ProductTypeIn, UrnOfUrl
from integratie.taken import TakenClient
from integratie.taken.schemas import ExterneTaakUit, FormulierDetails, FormulierTaakIn, IsGerelateerdAan
from integratie.urn import urn_bsn, urn_uuid, urn_zaak
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.kcc.voorbeeld import maak_contact
from tests.integratie.registraties.typen import RSIN, Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, zet_status

FORMULIER: dict[str, Any] = {
    "slug": "aanvulling",
    "naam": {"nl": "Aanvulling", "en": "Addition"},
    "gegevens": {"documenttype": "Aanvraagformulier"},
    "stappen": [
        {
            "naam": "antwoord",
            "titel": {"nl": "Uw antwoord", "en": "Your answer"},
            "componenten": [
                {"type": "textarea", "key": "toelichting", "label": "Toelichting", "validate": {"required": True}},
                {"type": "file", "key": "bijlagen", "label": "Documenten", "multiple": True, "file": {"extensies": ["pdf"]}},
            ],
        }
    ],
}  # fmt: skip
INHOUD = b"hallo"


@dataclass(frozen=True)
class Dossier:
    """De uuid's (en het zaaknummer) van wat één inwoner heeft."""

    zaak: UUID
    nummer: str
    document: str
    geheim: str
    onaf: str
    taak: UUID
    bericht: UUID
    product: UUID
    merk: str

    def waarden(self) -> list[str]:
        """Alles waaraan te zien zou zijn dat een pagina iets van deze inwoner toont."""
        return [str(getattr(self, veld.name)) for veld in fields(self)]


def maak_dossier(installatie: Installatie, bsn: str, merk: str) -> Dossier:
    """Een zaak met documenten, besluit, taak, bericht met bijlage, product en contact; `merk` staat in elke titel."""
    typen = maak_typen(installatie)
    zaak = maak_zaak_van(installatie, typen, bsn, f"ZAAK-{merk}")
    nummer, uuid = zaak["identificatie"], UUID(str(zaak["uuid"]))
    document = _koppel(installatie, typen, zaak, titel=f"Brief {merk}", status="definitief")
    return Dossier(
        zaak=uuid,
        nummer=nummer,
        document=document,
        geheim=_koppel(
            installatie,
            typen,
            zaak,
            titel=f"Geheim {merk}",
            status="definitief",
            vertrouwelijkheidaanduiding="vertrouwelijk",
        ),
        onaf=_koppel(installatie, typen, zaak, titel=f"Onaf {merk}", status="in_bewerking"),
        taak=maak_taak(installatie, bsn, nummer, f"Taak {merk}").uuid,
        bericht=maak_bericht(installatie, bsn, f"Bericht {merk}", nummer, document).uuid,
        product=_product(installatie, bsn, nummer, f"Product {merk}"),
        merk=_rest(installatie, typen, zaak, bsn, merk),
    )


def maak_zaak_van(installatie: Installatie, typen: Typen, bsn: str, nummer: str, **velden: Any) -> dict[str, Any]:
    """Een lopende zaak met deze inwoner als initiator."""
    zaken = ZakenClient(installatie, namens="zaken")
    zaak = maak_zaak(zaken, typen, identificatie=nummer, **velden)
    zet_status(zaken, zaak["url"], typen.begin)
    rol = rol_json(zaak["url"], typen.rollen["initiator"], betrokkeneIdentificatie={"inpBsn": bsn})
    zaken.vraag("POST", "rollen", json=rol)
    return zaak


def _koppel(installatie: Installatie, typen: Typen, zaak: dict[str, Any], **velden: Any) -> str:
    url = maak_document(
        installatie, typen.informatieobjecttype, bestandsnaam="brief.pdf", formaat="application/pdf", **velden
    )
    koppeling = {"zaak": zaak["url"], "informatieobject": url}
    ZakenClient(installatie, namens="zaken").vraag("POST", "zaakinformatieobjecten", json=koppeling)
    return url.rpartition("/")[2]


def maak_taak(installatie: Installatie, bsn: str, nummer: str, titel: str, dagen: int = 14) -> ExterneTaakUit:
    """Een klanttaak met een formulier en de vraag van een behandelaar."""
    taak = FormulierTaakIn(
        titel=titel,
        verwerker_taak_id=str(uuid4()),
        einddatum_handelings_termijn=installatie.klok.vandaag() + timedelta(days=dagen),
        is_toegewezen_aan=urn_bsn(bsn),
        is_gerelateerd_aan=[IsGerelateerdAan(urn=urn_zaak(RSIN, nummer))],
        details=FormulierDetails(
            formulier_definitie=FORMULIER, voorinvullen_gegevens={"vraag": "Stuur een plattegrond"}
        ),
    )
    return TakenClient(installatie, namens="proef").maak_formuliertaak(taak, sleutel=taak.verwerker_taak_id)


def maak_bericht(
    installatie: Installatie, bsn: str, onderwerp: str, nummer: str = "", document: str = "", **velden: Any
) -> Any:
    """Een bericht, met een zaak en een bijlage als die er zijn."""
    bericht = BerichtIn(
        onderwerp=onderwerp,
        bericht_tekst="Beste lezer,\n\nEr is nieuws.\nGroet",
        ontvanger=urn_bsn(bsn),
        is_gerelateerd_aan=[IsGerelateerdAan(urn=urn_zaak(RSIN, nummer))] if nummer else [],
        bijlagen=[Bijlage(informatie_object=urn_uuid(RSIN, "informatieobject", document))] if document else [],
        **velden,
    )
    return BerichtenClient(installatie, namens="proef").plaats(bericht, sleutel=str(uuid4()))


def _product(installatie: Installatie, bsn: str, nummer: str, naam: str) -> UUID:
    soort = ProducttypenClient(installatie, namens="proef").zorg_voor_producttype(
        ProductTypeIn(uniforme_product_naam="toeristische verhuur registratienummer", doelgroep="burgers", naam="Vergunning", samenvatting="", code="V", toegestane_statussen=["actief"])
    )  # fmt: skip
    product = ProductIn(
        producttype_uuid=soort.uuid,
        naam=naam,
        status="actief",
        gepubliceerd=True,
        eigenaren=[Eigenaar(bsn=bsn)],
        zaken=[UrnOfUrl(urn=urn_zaak(RSIN, nummer))],
        aanvraag_zaak_urn=urn_zaak(RSIN, nummer),
    )
    return ProductenClient(installatie, namens="proef").verstrek(product, sleutel=naam).uuid


def _rest(installatie: Installatie, typen: Typen, zaak: dict[str, Any], bsn: str, merk: str) -> str:
    """Het besluit en het contact; zij hebben geen eigen pagina en zijn aan het merk te herkennen."""
    vandaag = installatie.klok.vandaag().isoformat()
    besluit = {
        "verantwoordelijkeOrganisatie": RSIN,
        "besluittype": typen.besluittype,
        "zaak": zaak["url"],
        "datum": vandaag,
        "ingangsdatum": vandaag,
        "toelichting": Toelichting(f"Motivering {merk}", (("Grondslag", f"Wet {merk}"),)).als_tekst(),
        "uiterlijkeReactiedatum": vandaag,
    }
    BesluitenClient(installatie, namens="besluiten").vraag("POST", "besluiten", json=besluit)
    maak_contact(installatie, bsn, f"Telefoontje {merk}", str(zaak["uuid"]))
    return merk
