"""Het Gemeenteblad: een kennisgeving aanleveren, en haar terugvinden in de zoekdienst van de officiële publicaties.

Hoe software bij DROP aanlevert is niet openbaar: dat krijgt een leverancier bij aansluiting. Wat hier gaat is daarom zo dicht als kan bij wat wel
openbaar is: XML met metadata naar OWMS 4.0 (kern en mantel) en de namen die KOOP in het Gemeenteblad gebruikt, en SRU 2.0 om terug te lezen. Een
leverancier met een aansluiting maakt een eigen bekendmaker.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any, Final

import httpx
from lxml import etree

from contracten import Bekendmaker, Bekendmaking, BekendmakingGeweigerd, Bijlage, Gepubliceerd, Tekst
from integratie.basis import NietBereikbaar
from integratie.bronadres import bronadres
from kern.installatie import Installatie
from plugins.bijlagen import inhoud_van

SIMULATORPAD: Final = "/simulatoren/gemeenteblad"
DCTERMS, OVERHEID, OVERHEIDOP, SRU = (
    "http://purl.org/dc/terms/",
    "http://standaarden.overheid.nl/owms/terms/",
    "http://standaarden.overheid.nl/product/terms/",
    "http://docs.oasis-open.org/ns/search-ws/sruResponse",
)
EIGEN: Final = "urn:dienstverlening:kennisgeving:1"
RUIMTEN: Final = {"kg": EIGEN, "dcterms": DCTERMS, "overheid": OVERHEID, "overheidop": OVERHEIDOP}
GEWEIGERD: Final = (
    httpx.codes.BAD_REQUEST,
    httpx.codes.UNPROCESSABLE_ENTITY,
    httpx.codes.REQUEST_ENTITY_TOO_LARGE,
)
WKT: Final = {"Point": ("Punt", 0), "LineString": ("Lijn", 1), "Polygon": ("Vlak", 2)}


class Gemeenteblad(Bekendmaker):
    """Aanleveren met het kenmerk in het adres (PUT): een tweede keer is dezelfde aanlevering. De bijlagen gaan eerst, elk op een vast adres."""

    sleutel = "gemeenteblad"
    naam = Tekst("Gemeenteblad", "Municipal gazette")

    def lever_aan(self, installatie: Installatie, bekendmaking: Bekendmaking) -> str:
        kenmerk = str(bekendmaking.sleutel)
        bestanden = [
            _stuur(installatie, kenmerk, nummer, bijlage) for nummer, bijlage in enumerate(bekendmaking.bijlagen, 1)
        ]
        xml = als_xml(installatie, bekendmaking, bestanden)
        antwoord = _vraag(installatie, "PUT", f"aanleveringen/{kenmerk}", content=xml)
        if antwoord.status_code in GEWEIGERD:
            raise BekendmakingGeweigerd(_reden(antwoord))
        _eis_goed(antwoord)
        return kenmerk

    def zoek(self, installatie: Installatie, kenmerk: str) -> Gepubliceerd | None:
        antwoord = _vraag(installatie, "GET", f"aanleveringen/{kenmerk}")
        _eis_goed(antwoord)
        nummer = antwoord.json().get("publicatie")
        return self._lees_terug(installatie, nummer) if nummer else None

    def _lees_terug(self, installatie: Installatie, nummer: str) -> Gepubliceerd | None:
        """De publicatie zoals iedereen haar vindt; staat zij er nog niet, dan is zij nog niet uit."""
        vraag = (
            f'c.product-area==officielepublicaties and w.publicatienaam=="Gemeenteblad" and dt.identifier=="{nummer}"'
        )
        soort = {"operation": "searchRetrieve", "version": "2.0", "recordSchema": "gzd", "maximumRecords": "1"}
        basis = bronadres(installatie, "bekendmaking_sru", f"{SIMULATORPAD}/sru")
        try:
            antwoord = installatie.http.get(basis, params={**soort, "query": vraag})
        except httpx.TransportError as fout:
            raise NietBereikbaar(
                503, type(fout).__name__, "De zoekdienst van de publicaties is niet bereikbaar."
            ) from None
        _eis_goed(antwoord)
        record = _xml(antwoord.content).find(f".//{{{SRU}}}record")
        if record is None:
            return None
        return Gepubliceerd(nummer, date.fromisoformat(_term(record, "available")), _adres(record))


@dataclass(frozen=True)
class Bestand:
    """Een bijlage zoals zij aangeleverd is: haar naam in de aanlevering, en een afdruk (SHA-256) waarmee het blad haar herkent."""

    naam: str
    titel: str
    mediatype: str
    afdruk: str


def _stuur(installatie: Installatie, kenmerk: str, nummer: int, bijlage: Bijlage) -> Bestand:
    """Lever één bijlage aan. Haar inhoud past in het geheugen: het platform mat haar al na."""
    inhoud = b"".join(inhoud_van(installatie, bijlage))
    naam = f"bijlage-{nummer}{PurePath(bijlage.bestandsnaam).suffix.lower()}"
    pad = f"aanleveringen/{kenmerk}/bijlagen/{naam}"
    antwoord = _vraag(installatie, "PUT", pad, content=inhoud, mediatype=bijlage.mediatype)
    if antwoord.status_code in GEWEIGERD:
        raise BekendmakingGeweigerd(f"Bijlage “{bijlage.titel or bijlage.bestandsnaam}”: {_reden(antwoord)}")
    _eis_goed(antwoord)
    return Bestand(naam, bijlage.titel or bijlage.bestandsnaam, bijlage.mediatype, hashlib.sha256(inhoud).hexdigest())


def als_xml(installatie: Installatie, bekendmaking: Bekendmaking, bestanden: Sequence[Bestand] = ()) -> bytes:
    """De kennisgeving: metadata naar OWMS, de tekst in alinea's, en welke bestanden erbij horen."""
    wortel = etree.Element(f"{{{EIGEN}}}kennisgeving", nsmap=RUIMTEN)
    meta = etree.SubElement(wortel, f"{{{EIGEN}}}metadata")
    _velden(meta, "owmskern", _kern(installatie, bekendmaking))
    _velden(meta, "owmsmantel", _mantel(bekendmaking))
    _gebied(meta, bekendmaking)
    tekst = etree.SubElement(wortel, f"{{{EIGEN}}}tekst")
    for alinea in bekendmaking.alineas:
        etree.SubElement(tekst, f"{{{EIGEN}}}al").text = alinea
    for bestand in bestanden:
        velden = {"bestand": bestand.naam, "formaat": bestand.mediatype, "sha256": bestand.afdruk}
        etree.SubElement(wortel, f"{{{EIGEN}}}bijlage", velden).text = bestand.titel
    return bytes(etree.tostring(wortel, xml_declaration=True, encoding="UTF-8"))


def _kern(installatie: Installatie, bekendmaking: Bekendmaking) -> Iterator[tuple[str, str, str]]:
    gemeente = installatie.instellingen.gemeente_naam
    yield f"{{{DCTERMS}}}identifier", str(bekendmaking.sleutel), ""
    yield f"{{{DCTERMS}}}title", bekendmaking.titel, ""
    yield f"{{{DCTERMS}}}language", "nl", "dcterms:RFC4646"
    yield f"{{{DCTERMS}}}type", bekendmaking.soort, "overheidop:Bekendmakingstype"
    yield f"{{{DCTERMS}}}creator", gemeente, "overheid:Gemeente"
    yield f"{{{OVERHEID}}}authority", gemeente, "overheid:Gemeente"


def _mantel(bekendmaking: Bekendmaking) -> Iterator[tuple[str, str, str]]:
    yield f"{{{DCTERMS}}}subject", bekendmaking.onderwerp, "overheid:TaxonomieBeleidsagenda"
    yield f"{{{OVERHEIDOP}}}rubriek", bekendmaking.rubriek, "overheidop:Rubriek"
    if bekendmaking.datum:
        yield f"{{{DCTERMS}}}available", bekendmaking.datum.isoformat(), ""
    if bekendmaking.ingangsdatum:
        yield f"{{{OVERHEIDOP}}}datumInwerkingtreding", bekendmaking.ingangsdatum.isoformat(), ""
    for naam, termijn in bekendmaking.termijnen:
        yield f"{{{OVERHEIDOP}}}termijn", termijn, naam
    for bijlage in bekendmaking.bijlagen:
        yield f"{{{DCTERMS}}}hasPart", bijlage.titel or bijlage.bestandsnaam, ""


def _velden(ouder: Any, groep: str, velden: Iterator[tuple[str, str, str]]) -> None:
    element = etree.SubElement(ouder, f"{{{EIGEN}}}{groep}")
    for naam, waarde, schema in velden:
        veld = etree.SubElement(element, naam)
        veld.text = waarde
        if schema:
            veld.set("scheme", schema)


def _gebied(ouder: Any, bekendmaking: Bekendmaking) -> None:
    """Waar het over gaat: een punt, lijn of vlak (WKT in WGS84), anders de hele gemeente."""
    markering = etree.SubElement(ouder, f"{{{OVERHEIDOP}}}gebiedsmarkering")
    soort = WKT[bekendmaking.gebied["type"]][0] if bekendmaking.gebied else "Gemeente"
    deel = etree.SubElement(markering, f"{{{OVERHEIDOP}}}{soort}")
    if bekendmaking.locatie:
        etree.SubElement(deel, f"{{{OVERHEIDOP}}}geometrielabel").text = bekendmaking.locatie
    if bekendmaking.gebied:
        etree.SubElement(deel, f"{{{OVERHEIDOP}}}geometrie", srs="EPSG:4326").text = als_wkt(bekendmaking.gebied)


def als_wkt(geometrie: Mapping[str, Any]) -> str:
    """GeoJSON (punt, lijn of vlak) als WKT: `POINT(5.1 52.2)`."""
    diepte = WKT[geometrie["type"]][1]
    return f"{geometrie['type'].upper()}({_punten(geometrie['coordinates'], diepte)})"


def _punten(deel: Any, diepte: int) -> str:
    if diepte == 0:
        return f"{deel[0]} {deel[1]}"
    binnen = (_punten(punt, diepte - 1) for punt in deel)
    return ", ".join(f"({tekst})" if diepte == 2 else tekst for tekst in binnen)  # noqa: PLR2004 - een vlak heeft ringen


def _vraag(
    installatie: Installatie, methode: str, pad: str, content: bytes | None = None, mediatype: str = "application/xml"
) -> httpx.Response:
    basis = bronadres(installatie, "bekendmaking_url", SIMULATORPAD)
    koppen = {"Authorization": f"Bearer {installatie.instellingen.bekendmaking_sleutel.get_secret_value() or 'proef'}"}
    if content is not None:
        koppen["Content-Type"] = mediatype
    try:
        return installatie.http.request(methode, f"{basis}/{pad}", content=content, headers=koppen)
    except httpx.TransportError as fout:
        raise NietBereikbaar(
            503, type(fout).__name__, "De voorziening voor bekendmakingen is niet bereikbaar."
        ) from None


def _eis_goed(antwoord: httpx.Response) -> None:
    if antwoord.is_error:
        raise NietBereikbaar(
            antwoord.status_code, "bekendmaken", "De voorziening voor bekendmakingen gaf een foutmelding."
        )


def _reden(antwoord: httpx.Response) -> str:
    try:
        return str(antwoord.json()["reden"])[:500]
    except (ValueError, KeyError, TypeError):
        return "De voorziening nam de tekst niet aan."


def _xml(inhoud: bytes) -> Any:
    return etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True))


def _term(record: Any, naam: str) -> str:
    return str(record.findtext(f".//{{{DCTERMS}}}{naam}") or "")


def _adres(record: Any) -> str:
    return str(record.findtext(f".//{{{OVERHEIDOP}}}preferredUrl") or record.findtext(".//{*}preferredUrl") or "")
