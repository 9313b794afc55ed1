"""Een verzoek indienen zoals het formulier het doet: met een samenvatting als document, en de wens om e-mail te krijgen."""

from base64 import b64encode
from typing import Any
from uuid import uuid4

from integratie.configuratie import Configuratie
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn
from integratie.klantinteracties import KlantinteractiesClient
from integratie.urn import urn_bsn, urn_uuid
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.ontvangst import ONTVANGEN
from integratie.verzoeken.schemas import VerzoekBron, VerzoekIn
from kern.installatie import Installatie
from processen.pakketten.bijlagen import NAMENS, Bijlagen, ScenarioFout, documenttype_van
from processen.pakketten.scenario import Indiener, Verzoek

PDF = b"%PDF-1.7 scenario"
__all__ = ["ScenarioFout", "dien_in"]
SAMENVATTING = "Ingediend formulier"


def dien_in(installatie: Installatie, verzoek: Verzoek, antwoorden: dict[str, Any], indiener: Indiener) -> str:
    """Dien in en geef de URL van het verzoek."""
    client = VerzoekenClient(installatie, namens=NAMENS)
    soort = client.verzoektype(verzoek.type)
    if soort is None:
        raise ScenarioFout(f"verzoektype {verzoek.type} bestaat niet")
    _wil_bericht(installatie, verzoek, indiener)
    kenmerk, rsin = uuid4().hex, installatie.instellingen.bronorganisatie
    inhoud = Bijlagen(installatie, kenmerk, *_bijlagetype(installatie, verzoek))
    antwoorden = inhoud.leg_neer(antwoorden)
    nieuw = VerzoekIn(
        verzoek_type=soort.url,
        bijlagen=inhoud.bij_verzoek(),
        aanvraag_gegevens=antwoorden | ({ONTVANGEN: verzoek.ontvangen.isoformat()} if verzoek.ontvangen else {}),
        kanaal=verzoek.kanaal or NAMENS,
        initiator=indiener.urn,
        mede_initiator=urn_bsn(verzoek.mede) if verzoek.mede else "",
        verzoek_informatie_object=urn_uuid(rsin, "informatieobject", _samenvatting(installatie, verzoek, kenmerk)),
        verzoek_bron=VerzoekBron(naam=NAMENS, kenmerk=kenmerk),
        authenticatie_context=None if indiener.anoniem else {"source": "eherkenning" if indiener.kvk else "digid"},
    )
    return client.dien_in(nieuw, sleutel=kenmerk).url


def _wil_bericht(installatie: Installatie, verzoek: Verzoek, indiener: Indiener) -> None:
    """Leg de kanaalvoorkeur vast; zonder `soort` het eerste deel van het verzoektype, zoals formulieren het noemen."""
    if not indiener.email:
        return
    client = KlantinteractiesClient(installatie, namens=NAMENS)
    soort = indiener.soort or verzoek.type.rpartition("-")[0] or verzoek.type
    partij = client.zorg_voor_partij_kvk(indiener.kvk) if indiener.kvk else client.zorg_voor_partij_bsn(indiener.bsn)
    client.zet_kanaalvoorkeur(partij.uuid, soort, indiener.email)


def _samenvatting(installatie: Installatie, verzoek: Verzoek, kenmerk: str) -> str:
    """Het document met wat er is ingevuld; geeft zijn uuid."""
    rsin = installatie.instellingen.bronorganisatie
    vandaag, (documenttype, domein) = installatie.klok.vandaag(), _documenttype(installatie, verzoek)
    soort = documenttype_van(installatie, domein, documenttype)
    document = DocumentIn(
        identificatie=kenmerk, bronorganisatie=rsin, creatiedatum=vandaag,
        titel="Wat u heeft ingevuld", auteur="inwoner", taal="nld", formaat="application/pdf", bestandsnaam="aanvraag.pdf",
        informatieobjecttype=soort, inhoud=b64encode(PDF).decode(), bestandsomvang=len(PDF), indicatie_gebruiksrecht=False,
    )  # fmt: skip
    gemaakt = DocumentenClient(installatie, namens=NAMENS).maak_document(document, sleutel=f"{kenmerk}-document")
    return gemaakt.url.rpartition("/")[2]


def _documenttype(installatie: Installatie, verzoek: Verzoek) -> tuple[str, str]:
    """Het documenttype dat het formulier bij dit verzoektype noemt, en het domein van zijn catalogus."""
    return _type_uit_formulier(installatie, verzoek, "documenttype")


def _bijlagetype(installatie: Installatie, verzoek: Verzoek) -> tuple[str, str]:
    """Hetzelfde voor wat iemand meestuurt."""
    return _type_uit_formulier(installatie, verzoek, "bijlagetype")


def _type_uit_formulier(installatie: Installatie, verzoek: Verzoek, veld: str) -> tuple[str, str]:
    for definitie in Configuratie(installatie, namens=NAMENS).formulieren():
        gegevens = definitie.get("gegevens") or {}
        if gegevens.get("verzoektype") == verzoek.type:
            return str(gegevens.get(veld) or SAMENVATTING), str(gegevens.get("catalogus", ""))
    return SAMENVATTING, ""
