"""Een catalogus inlezen: elk type wordt een nieuwe conceptversie, met een verslag per type en per onderdeel.

Er wordt niets gepubliceerd en niets gewijzigd wat al gepubliceerd is. Nog eens inlezen maakt niets dubbel.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dienstverlening.catalogus.beeld import Beeld, Onderdeel, Type
from dienstverlening.catalogus.inhoud import STATUSTYPE, TYPEN, ZAAKTYPE, Rij, Soort, uit_api, vind_catalogus
from dienstverlening.opstarten import StartFout
from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient

GEMAAKT, GELIJK, OVERGESLAGEN, FOUT = "gemaakt", "ongewijzigd", "overgeslagen", "fout"
ZONDER_CATEGORIE = "Onbekend"
RELATIES = ("deelzaaktypen", "gerelateerdeZaaktypen")


@dataclass(frozen=True)
class Regel:
    """Eén regel van het verslag."""

    soort: str
    naam: str
    uitkomst: str
    uitleg: str = ""

    def __str__(self) -> str:
        return f"{self.uitkomst:<12} {self.soort} {self.naam}{f': {self.uitleg}' if self.uitleg else ''}"


@dataclass
class Verslag:
    """Wat er van het inlezen kwam."""

    regels: list[Regel] = field(default_factory=list)

    def meld(self, soort: Soort, naam: str, uitkomst: str, uitleg: str = "") -> None:
        self.regels.append(Regel(soort.label, naam, uitkomst, uitleg))

    def aantal(self, uitkomst: str) -> int:
        return sum(regel.uitkomst == uitkomst for regel in self.regels)

    def __iter__(self) -> Iterator[Regel]:
        return iter(self.regels)


@dataclass(frozen=True)
class Keuzen:
    """Waar en hoe: een ander domein of RSIN dan in het bestand, een eigen begindatum, en of bestaande concepten weg mogen.

    `altijd`: maak ook een nieuwe versie van wat gelijk is aan een gepubliceerde.
    """

    domein: str = ""
    rsin: str = ""
    begin: date | None = None
    vervang_concepten: bool = False
    altijd: bool = False


def lees_in(client: CatalogiClient, beeld: Beeld, keuzen: Keuzen) -> Verslag:
    """Lees een catalogus in; `StartFout` als niet duidelijk is waar zij hoort."""
    catalogus = _catalogus(client, beeld, keuzen)
    inlezer = _Inlezer(client, Beeld(uit_api(client, catalogus["domein"], catalogus["rsin"])), catalogus["url"], keuzen)
    for soort in TYPEN:
        for type_ in beeld.van(soort):
            inlezer.lees(type_)
    inlezer.leg_relaties()
    for buiten in sorted(beeld.buiten):
        inlezer.verslag.meld(ZAAKTYPE, "", OVERGESLAGEN, f"een verwijzing naar iets buiten deze catalogus: {buiten}")
    return inlezer.verslag


def _catalogus(client: CatalogiClient, beeld: Beeld, keuzen: Keuzen) -> Rij:
    uit_bestand = beeld.catalogus
    domein = keuzen.domein or str(uit_bestand.get("domein", ""))
    rsin = keuzen.rsin or ("" if keuzen.domein else str(uit_bestand.get("rsin", "")))
    if not domein:
        raise StartFout("In het bestand staat geen catalogus; geef met --catalogus het domein waar de types in komen.")
    bestaand = vind_catalogus(client, domein, rsin)
    if bestaand is not None:
        return bestaand
    if not (rsin or uit_bestand.get("rsin")):
        raise StartFout(f"De catalogus {domein} is er nog niet; geef met --rsin van wie zij is.")
    nieuw = {
        "contactpersoonBeheerNaam": "Beheer",
        **{naam: uit_bestand[naam] for naam in _CATALOGUSVELDEN if uit_bestand.get(naam)},
        "domein": domein,
        "rsin": rsin or uit_bestand["rsin"],
    }
    try:
        gemaakt: Rij = client.vraag("POST", "catalogussen", json=nieuw)
    except ApiFout as fout:
        raise StartFout(f"De catalogus {domein} is niet te maken: {_uitleg(fout)}") from None
    return gemaakt


_CATALOGUSVELDEN = (
    "contactpersoonBeheerNaam",
    "contactpersoonBeheerTelefoonnummer",
    "contactpersoonBeheerEmailadres",
    "naam",
)


class _Inlezer:
    def __init__(self, client: CatalogiClient, bestaand: Beeld, catalogus: str, keuzen: Keuzen) -> None:
        self._client = client
        self._bestaand = bestaand
        self._catalogus = catalogus
        self._keuzen = keuzen
        self._later: list[tuple[str, Type]] = []
        self.verslag = Verslag()

    def lees(self, type_: Type) -> None:
        """Eén type met zijn onderdelen."""
        begin = self._keuzen.begin.isoformat() if self._keuzen.begin else type_.begin
        versies = [deel for deel in self._bestaand.van(type_.soort) if deel.naam == type_.naam]
        zelfde = [deel for deel in versies if deel.begin == begin]
        if not self._keuzen.altijd and any(not deel.concept and deel.is_gelijk_aan(type_) for deel in versies):
            self.verslag.meld(type_.soort, type_.naam, GELIJK)
        elif any(deel.concept for deel in zelfde) and not self._mag_weg(type_, begin):
            uitleg = "er is al een concept met deze begindatum (--vervang-concepten vervangt het)"
            self.verslag.meld(type_.soort, type_.naam, OVERGESLAGEN, uitleg)
        else:
            self._maak(type_, begin, [deel for deel in versies if not deel.concept])

    def _mag_weg(self, type_: Type, begin: str) -> bool:
        """Haal het bestaande concept weg, als dat gevraagd is."""
        if not self._keuzen.vervang_concepten:
            return False
        params = {"catalogus": self._catalogus, "status": "concept", type_.soort.sleutel[0]: type_.naam}
        for rij in self._client.vraag("GET", type_.soort.pad, params=params)["results"]:
            if rij["beginGeldigheid"] == begin:
                self._client.verwijder(rij["url"])
        return True

    def _maak(self, type_: Type, begin: str, gepubliceerd: list[Type]) -> None:
        einde = None if self._keuzen.begin else type_.einde
        json = {naam: waarde for naam, waarde in type_.velden.items() if naam not in RELATIES}
        json |= {"catalogus": self._catalogus, "beginGeldigheid": begin, "eindeGeldigheid": einde}
        aangevuld = ""
        if type_.soort.bestand == "InformatieObjectType" and not json.get("informatieobjectcategorie"):
            json["informatieobjectcategorie"] = ZONDER_CATEGORIE
            aangevuld = f"zonder categorie, dat is nu {ZONDER_CATEGORIE}"
        if type_.soort is ZAAKTYPE:
            json["gerelateerdeZaaktypen"] = []
        url = self._stuur(
            type_.soort, type_.naam, json, "; ".join(filter(None, (aangevuld, _overlap(begin, einde, gepubliceerd))))
        )
        if url and type_.soort is ZAAKTYPE:
            self._later.append((url, type_))
            self._onderdelen(url, type_)

    def _onderdelen(self, zaaktype: str, type_: Type) -> None:
        statussen: dict[Any, str] = {}
        for onderdelen in type_.onderdelen.values():
            for onderdeel in sorted(onderdelen, key=lambda deel: str(deel.velden.get("volgnummer", ""))):
                url = self._onderdeel(zaaktype, type_, onderdeel, statussen)
                if url and onderdeel.soort is STATUSTYPE:
                    statussen[onderdeel.velden.get("volgnummer")] = url

    def _onderdeel(self, zaaktype: str, type_: Type, onderdeel: Onderdeel, statussen: dict[Any, str]) -> str:
        json = {**onderdeel.velden, "zaaktype": zaaktype}
        if "statustype" in json:
            json["statustype"] = statussen.get(json["statustype"])
        return self._stuur(onderdeel.soort, f"{onderdeel.naam} (bij {type_.naam})", json)

    def _stuur(self, soort: Soort, naam: str, json: Rij, uitleg: str = "") -> str:
        try:
            url = str(self._client.vraag("POST", soort.pad, json=json)["url"])
        except ApiFout as fout:
            self.verslag.meld(soort, naam, FOUT, _uitleg(fout))
            return ""
        self.verslag.meld(soort, naam, GEMAAKT, uitleg)
        return url

    def leg_relaties(self) -> None:
        """Zaaktypen noemen elkaar: dat kan pas als ze er allemaal zijn. Wat er niet is, valt weg, met een regel in het verslag."""
        bekend = {rij["identificatie"] for rij in self._zaaktypen()}
        for url, type_ in self._later:
            deel = [naam for naam in type_.velden.get("deelzaaktypen", []) if naam in bekend]
            relaties = [r for r in type_.velden.get("gerelateerdeZaaktypen", []) if r["zaaktype"] in bekend]
            gemist = {naam for naam in type_.velden.get("deelzaaktypen", []) if naam not in bekend}
            gemist |= {r["zaaktype"] for r in type_.velden.get("gerelateerdeZaaktypen", [])} - bekend
            for naam in sorted(gemist):
                self.verslag.meld(ZAAKTYPE, type_.naam, OVERGESLAGEN, f"het genoemde zaaktype {naam} is er niet")
            if deel or relaties:
                self._verbind(url, type_, {"deelzaaktypen": deel, "gerelateerdeZaaktypen": relaties})

    def _zaaktypen(self) -> list[Rij]:
        params = {"catalogus": self._catalogus, "status": "alles", "pageSize": 500}
        rijen: list[Rij] = self._client.vraag("GET", ZAAKTYPE.pad, params=params)["results"]
        return rijen

    def _verbind(self, url: str, type_: Type, json: Rij) -> None:
        try:
            self._client.vraag("PATCH", url, json=json)
        except ApiFout as fout:
            self.verslag.meld(ZAAKTYPE, type_.naam, FOUT, f"verwijzingen naar andere zaaktypen: {_uitleg(fout)}")


def _overlap(begin: str, einde: str | None, gepubliceerd: list[Type]) -> str:
    raakt = [
        deel for deel in gepubliceerd if (not einde or deel.begin <= einde) and (not deel.einde or deel.einde >= begin)
    ]
    if not raakt:
        return ""
    return f"overlapt met de gepubliceerde versie vanaf {raakt[-1].begin}; geef die een einddatum voor u publiceert"


def _uitleg(fout: ApiFout) -> str:
    return "; ".join(f"{deel.naam}: {deel.reden}" for deel in fout.fouten) or str(fout)
