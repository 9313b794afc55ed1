"""Het bouwblok dat brieven maakt: sjabloon, gegevens en adres samen tot een gekeurde PDF/A, of tot een ODT of DOCX om in verder te werken."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, Gegevens, Onherstelbaar, Opdracht, Tekst, of_invoer
from formuliermotor.brief import GEGEVENSBESTAND, LAYOUT, Brief, briefgegevens, maak_brief, vul
from formuliermotor.briefkeuring import BriefFout
from formuliermotor.briefopmaak import briefstijl
from formuliermotor.kantoor import MEDIATYPEN, bestand_van, controleer_bestand, soort_van, vul_bestand
from formuliermotor.pdf import Ingesloten, Pdfstijl
from formuliermotor.sjablonen import Gevuld, SjabloonFout
from formuliermotor.sjablonen.uitdrukkingen import Omgeving
from formuliermotor.zegel import ZegelFout, zegel_van
from integratie.configuratie import SJABLOON, Configuratie
from integratie.geadresseerde import Geadresseerde, geadresseerde_van
from integratie.zaken.rollen import initiator_van
from integratie.zaken.schemas import RolUit, ZaakUit
from plugins.documentopslag import koppel, vind_of_maak
from plugins.hulp import clients, gekozen, vandaag

TALEN = {"nl": "nld", "en": "eng"}
WOORDEN = {"nl": ("Zaaknummer", "Datum"), "en": ("Case number", "Date")}
MEEKIJKERS = frozenset({"belanghebbende", "mede_initiator", "klantcontacter"})
GROOTSTE_BUNDEL = 20 << 20
NIEMAND = Geadresseerde("", "Geachte heer of mevrouw", ())


class GenereerKeuze(Gegevens):
    sjabloon: str = of_invoer(title="Sjabloon", description="Sleutel van het sjabloon (soort brief).")
    documenttype: str = of_invoer(title="Documenttype", description="Omschrijving van het informatieobjecttype.")
    geadresseerd: Literal["initiator", "niemand"] = Field(
        "initiator",
        title="Geadresseerd aan",
        description="De initiator van de zaak, of niemand: dan komen er geen naam en adres in, zoals in een verslag.",
    )


class GenereerInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    gegevens: dict[str, Any] = Field(
        default_factory=dict, title="Gegevens", description="Waarden die het sjabloon gebruikt."
    )
    bijlagen: list[str] = Field(
        default_factory=list, title="Bijlagen", description="URL's van documenten die in de PDF meereizen."
    )
    taal: Literal["", "nl", "en"] = Field("", title="Taal", description="nl of en; leeg is Nederlands.")
    sjabloon: str = Field("", title="Sjabloon", description="In plaats van de instelling.")
    documenttype: str = Field("", title="Documenttype", description="In plaats van de instelling.")


class DocumentUitvoer(Gegevens):
    document: str = Field(title="Document", description="URL van het document.")


@dataclass(frozen=True)
class _Werk:
    """Wat bij het maken van één brief bekend is."""

    sjabloon: dict[str, Any]
    versie: int
    zaak: ZaakUit
    geadresseerde: Geadresseerde
    taal: str
    gegevens: dict[str, Any]
    stijl: Pdfstijl


class DocumentGenereren(Bouwblok[GenereerKeuze, GenereerInvoer, DocumentUitvoer]):
    """Natuurlijke sleutel: een documentnummer dat vóór de eerste poging vaststaat."""

    sleutel = "documenten.genereren"
    naam = Tekst("Brief maken", "Generate letter")
    uitleg = Tekst(
        "Maakt een brief als toegankelijke PDF en hangt hem bij de zaak.",
        "Generates an accessible PDF letter and attaches it to the case.",
    )
    groep = Tekst("Documenten", "Documents")

    def voer_uit(self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer]) -> DocumentUitvoer:
        document = vind_of_maak(opdracht, lambda: self._document(opdracht))
        koppel(opdracht, opdracht.invoer.zaak, document)
        return DocumentUitvoer(document=document)

    def _document(self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer]) -> dict[str, Any]:
        werk = _lees(opdracht)
        try:
            gevuld = vul(werk.sjabloon, werk.gegevens, werk.taal, klok=lambda: opdracht.moment)
            sjabloonbestand = bestand_van(werk.sjabloon)
            inhoud = (
                _brief(opdracht, werk, gevuld) if sjabloonbestand is None else _bestand(opdracht, werk, sjabloonbestand)
            )
        except (SjabloonFout, BriefFout, ZegelFout) as fout:
            raise Onherstelbaar(f"brief {werk.sjabloon['sleutel']}: {fout}") from None
        return {**_metadata(werk), **inhoud, "titel": gevuld.onderwerp}


def _brief(opdracht: Opdracht[GenereerKeuze, GenereerInvoer], werk: _Werk, gevuld: Gevuld) -> dict[str, Any]:
    """De brief als PDF, met het zegel als dat er is; een certificaat dat niet geldt weigert voor er iets gemaakt is."""
    zegel, nu = zegel_van(opdracht.installatie), opdracht.installatie.klok.nu()
    if zegel is not None:
        zegel.eis_geldig(nu)
    inhoud = _pdf(opdracht, werk, gevuld)
    velden: dict[str, Any] = {"formaat": "application/pdf", "bestandsnaam": f"{werk.sjabloon['sleutel']}.pdf"}
    if zegel is not None:
        inhoud = zegel.verzegel(inhoud, nu, reden=werk.zaak.identificatie)
        velden["ondertekening"] = {"soort": "pki", "datum": opdracht.installatie.klok.vandaag()}
    return {**velden, "inhoud": inhoud, "tonen_aan_initiator": True, "integriteit": _integriteit(opdracht, inhoud)}


def _bestand(opdracht: Opdracht[GenereerKeuze, GenereerInvoer], werk: _Werk, sjabloonbestand: bytes) -> dict[str, Any]:
    """Een ODT of DOCX om in verder te werken: nog niet definitief, en nog niet voor de inwoner."""
    gegevens = {**werk.gegevens, "naam": werk.geadresseerde.naam, "adres": "\n".join(werk.geadresseerde.adresregels)}
    problemen = controleer_bestand(sjabloonbestand, {**werk.sjabloon, "velden": None})
    if problemen:
        raise SjabloonFout("; ".join(map(str, problemen)), sjabloon=werk.sjabloon["sleutel"])
    sleutel, soort = werk.sjabloon["sleutel"], str(soort_van(sjabloonbestand))
    omgeving = Omgeving(gegevens, werk.taal, lambda: opdracht.moment, sleutel, streng=True)
    inhoud = vul_bestand(sjabloonbestand, omgeving)
    return {
        "formaat": MEDIATYPEN[soort],
        "bestandsnaam": f"{sleutel}.{soort}",
        "inhoud": inhoud,
        "status": "in_bewerking",
        "tonen_aan_initiator": False,
        "integriteit": _integriteit(opdracht, inhoud),
    }


def _integriteit(opdracht: Opdracht[GenereerKeuze, GenereerInvoer], inhoud: bytes) -> dict[str, Any]:
    return {"algoritme": "sha_256", "waarde": hashlib.sha256(inhoud).hexdigest(), "datum": vandaag(opdracht)}


def _lees(opdracht: Opdracht[GenereerKeuze, GenereerInvoer]) -> _Werk:
    installatie, sleutel = opdracht.installatie, gekozen(opdracht, "sjabloon")
    gevonden = Configuratie(installatie, namens=opdracht.namens).haal_met_versie(SJABLOON, sleutel)
    if gevonden is None:
        raise Onherstelbaar(f"sjabloon {sleutel} is niet ingericht")
    zaak = clients(opdracht).zaken.zaak(opdracht.invoer.zaak)
    geadresseerde = _geadresseerde(opdracht, zaak)
    gegevens = {
        "zaaknummer": zaak.identificatie,
        "datum": vandaag(opdracht),
        "startdatum": zaak.startdatum,
        "gemeente": installatie.instellingen.gemeente_naam,
        "aanhef": geadresseerde.aanhef,
        **opdracht.invoer.gegevens,
    }
    return _Werk(
        *gevonden,
        zaak,
        geadresseerde,
        opdracht.invoer.taal or "nl",
        gegevens,
        briefstijl(installatie, namens=opdracht.namens),
    )


def _geadresseerde(opdracht: Opdracht[GenereerKeuze, GenereerInvoer], zaak: ZaakUit) -> Geadresseerde:
    """Wie de brief krijgt. Bij geheimhouding alleen als er niemand meekijkt in de zaak: een document is er voor iedereen in de zaak."""
    rol = initiator_van(clients(opdracht).zaken, zaak.url)
    if rol is None or opdracht.configuratie.geadresseerd == "niemand":
        return NIEMAND
    gevonden = geadresseerde_van(opdracht.installatie, rol)
    if gevonden.geheim and any(_kijkt_mee(rol, ander) for ander in clients(opdracht).zaken.rollen(zaak.url)):
        raise Onherstelbaar(
            "geheimhouding: het adres van de initiator is geheim (BRP) en er zijn anderen bij deze zaak die de brief kunnen zien; "
            "maak de brief zonder adres (geadresseerd aan: niemand) of verstuur hem buiten de zaak om"
        )
    return gevonden


def _kijkt_mee(initiator: RolUit, ander: RolUit) -> bool:
    return ander.url != initiator.url and ander.omschrijving_generiek in MEEKIJKERS


def _pdf(opdracht: Opdracht[GenereerKeuze, GenereerInvoer], werk: _Werk, gevuld: Gevuld) -> bytes:
    geadresseerde = werk.geadresseerde
    adres = [regel for regel in (geadresseerde.naam, *geadresseerde.adresregels) if regel]
    nummer, datum = WOORDEN[werk.taal]
    kenmerken = [(nummer, werk.zaak.identificatie), (datum, f"{vandaag(opdracht):%d-%m-%Y}")]
    gegevens = briefgegevens(werk.sjabloon, werk.versie, werk.taal, werk.gegevens)
    ingesloten = [
        Ingesloten(GEGEVENSBESTAND, gegevens, "Gegevens van deze brief", opdracht.moment),
        *_bijlagen(opdracht),
    ]
    brief = Brief(gevuld, adres, kenmerken, werk.taal, opdracht.moment, ingesloten)
    return maak_brief(brief, werk.stijl)


def _bijlagen(opdracht: Opdracht[GenereerKeuze, GenereerInvoer]) -> Iterator[Ingesloten]:
    """De bijlagen, gebundeld in de brief zelf."""
    client, over = clients(opdracht).documenten, GROOTSTE_BUNDEL
    for nummer, url in enumerate(opdracht.invoer.bijlagen, 1):
        document = client.document(url)
        over -= document.bestandsomvang or 0
        if over < 0:
            raise Onherstelbaar(f"de bijlagen zijn samen groter dan {GROOTSTE_BUNDEL >> 20} MB")
        naam = f"{nummer}-{document.bestandsnaam or 'bijlage.pdf'}"
        inhoud = b"".join(client.inhoud(document))
        yield Ingesloten(naam, inhoud, document.titel, opdracht.moment, "Supplement")


def _metadata(werk: _Werk) -> dict[str, Any]:
    """Wat het register over de brief bewaart, met de versie van het sjabloon en van de opmaak."""
    sleutel = werk.sjabloon["sleutel"]
    velden: dict[str, Any] = {
        "taal": TALEN[werk.taal],
        "beschrijving": f"Gemaakt met sjabloon {sleutel}, versie {werk.versie}, opmaak {LAYOUT}.",
        "trefwoorden": [
            f"sjabloon:{sleutel}",
            f"sjabloonversie:{werk.versie}",
            f"opmaak:{LAYOUT}",
            f"briefopmaak:{werk.stijl.versie}",
        ],
    }
    # Geen openbaar document met een geheim adres, wat het documenttype ook zegt; de initiator ziet zaakvertrouwelijk zelf wel.
    return velden | ({"vertrouwelijkheidaanduiding": "zaakvertrouwelijk"} if werk.geadresseerde.geheim else {})
