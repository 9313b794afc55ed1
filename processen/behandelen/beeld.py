"""Het beeld van één zaak: alle bronnen tegelijk gevraagd, in een aantal aanroepen dat niet van de inhoud afhangt."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from formuliermotor import Formulierweergave
from formuliermotor.samenvatting import Sectie
from integratie.besluiten.schemas import BesluitUit
from integratie.brp.client import Doelbinding
from integratie.catalogi.schemas import ResultaatTypeUit
from integratie.documenten.schemas import DocumentUit
from integratie.geadresseerde import Geadresseerde, Gebruik, geadresseerde_van
from integratie.intrekken import waarom_niet
from integratie.processen.publicaties import PublicatieUit
from integratie.processen.schemas import ZendingUit
from integratie.taken.formulier import uit_formio
from integratie.taken.schemas import ExterneTaakUit, MedewerkerTaakUit
from integratie.tegelijk import tegelijk
from integratie.termijnen.schemas import KlokDetailUit
from integratie.urn import ontleed
from integratie.verzoeken.schemas import VerzoekTypeUit, VerzoekUit
from integratie.zaken.rollen import initiator_van
from integratie.zaken.schemas import ResultaatUit, ZaakUit
from processen.behandelen.bron import Zaakbron, uuid_van

DOCUMENTEN_PER_PAGINA = 20
MEESTE_KLANTTAKEN = 100
BEANTWOORD = ("uitgevoerd", "verwerkt")
ACTIVITEIT = "urn:dienstverlening:verwerking:behandelen"


@dataclass(frozen=True)
class Statusregel:
    """Een stap in de tijdlijn van een zaak: gezet, of nog te komen."""

    omschrijving: str
    gezet: datetime | None = None
    toelichting: str = ""


@dataclass(frozen=True)
class Voortgang:
    """De naam van het zaaktype en zijn statussen op volgorde."""

    zaaktype: str = ""
    statussen: tuple[Statusregel, ...] = ()


@dataclass(frozen=True)
class Documenten:
    """Eén pagina van de documenten van een zaak, nieuwste eerst."""

    documenten: tuple[DocumentUit, ...] = ()
    aantal: int = 0
    pagina: int = 1

    @property
    def paginas(self) -> int:
        return max(1, -(-self.aantal // DOCUMENTEN_PER_PAGINA))


@dataclass(frozen=True)
class Aanvulling:
    """Wat de aanvrager op een taak antwoordde; zonder secties is het formulier niet meer te lezen."""

    titel: str
    vraag: str
    secties: list[Sectie]


@dataclass(frozen=True)
class Klanttaken:
    """Waar de aanvrager nu mee bezig is, en wat hij al antwoordde."""

    open: tuple[ExterneTaakUit, ...] = ()
    aanvullingen: tuple[Aanvulling, ...] = ()


@dataclass(frozen=True)
class Zaakbeeld:
    """Alles over één zaak; wat niet op te halen was, staat met naam in `haperend`."""

    zaak: ZaakUit
    voortgang: Voortgang = Voortgang()
    resultaat: str = ""
    aanvrager: Geadresseerde | None = None
    antwoorden: list[Sectie] = field(default_factory=list)
    documenten: Documenten = Documenten()
    besluiten: list[BesluitUit] = field(default_factory=list)
    taken: list[MedewerkerTaakUit] = field(default_factory=list)
    klanttaken: Klanttaken = Klanttaken()
    zendingen: list[ZendingUit] = field(default_factory=list)
    publicaties: list[PublicatieUit] = field(default_factory=list)
    acties: list[dict[str, Any]] = field(default_factory=list)
    klok: KlokDetailUit | None = None
    intrekbaar: bool = False
    haperend: frozenset[str] = frozenset()


def lees_beeld(bron: Zaakbron, zaak: ZaakUit, taal: str, pagina: int = 1) -> Zaakbeeld:
    """Het hele beeld; `pagina` is die van de documenten. Namen van het werk zijn de velden van `Zaakbeeld`."""
    werk: dict[str, Callable[[], Any]] = {
        "voortgang": lambda: _voortgang(bron, zaak),
        "resultaat": lambda: _resultaat(bron, zaak),
        "aanvrager": lambda: _aanvrager(bron, zaak),
        "antwoorden": lambda: _antwoorden(bron, zaak, taal),
        "documenten": lambda: _documenten(bron, zaak, pagina),
        "besluiten": lambda: list(bron.besluiten.besluiten(zaak=zaak.url)),
        "taken": lambda: list(bron.taken.medewerkertaken(zaaknummer=zaak.identificatie)),
        "klanttaken": lambda: _klanttaken(bron, zaak, taal),
        "zendingen": lambda: list(bron.processen.zendingen(zaak.url)),
        "publicaties": lambda: list(bron.processen.publicaties(zaak.url)),
        "acties": lambda: list(bron.acties(zaak)),
        "klok": lambda: bron.termijnen.klok(zaak.url),
        "intrekbaar": lambda: not waarom_niet(bron, zaak.url, zaak.zaaktype, zaak.einddatum),
    }
    uitkomsten = tegelijk(bron.installatie, werk, buiten=("aanvrager",))
    gelukt = {naam: uitkomst.waarde for naam, uitkomst in uitkomsten.items() if uitkomst.bereikbaar}
    return Zaakbeeld(zaak, **gelukt, haperend=frozenset(uitkomsten.keys() - gelukt.keys()))


def _voortgang(bron: Zaakbron, zaak: ZaakUit) -> Voortgang:
    gezet = {status.statustype: status for status in bron.zaken.statussen(zaak.url)}
    regels = []
    for soort in bron.catalogi.statustypen(zaak.zaaktype):
        status = gezet.get(soort.url)
        regels.append(
            Statusregel(soort.omschrijving, status.datum_status_gezet, status.statustoelichting)
            if status
            else Statusregel(soort.omschrijving)
        )
    return Voortgang(bron.zaaktype(zaak).omschrijving, tuple(regels))


def _resultaat(bron: Zaakbron, zaak: ZaakUit) -> str:
    if not zaak.resultaat:
        return ""
    resultaat = bron.zaken.haal(zaak.resultaat, ResultaatUit)
    return bron.catalogi.haal(resultaat.resultaattype, ResultaatTypeUit).omschrijving


def _aanvrager(bron: Zaakbron, zaak: ZaakUit) -> Geadresseerde | None:
    rol = initiator_van(bron.zaken, zaak.url)
    doelbinding = Doelbinding("behandelen", "zaak", bron.identiteit.gebruikersnaam)
    gebruik = Gebruik(ACTIVITEIT, "Zaak behandelen", doelbinding)
    return geadresseerde_van(bron.installatie, rol, gebruik) if rol else None


def _antwoorden(bron: Zaakbron, zaak: ZaakUit, taal: str) -> list[Sectie]:
    """De antwoorden zoals ze in het formulier gevraagd werden; het formulier heet naar het verzoektype."""
    gevonden = bron.verzoeken.zoek_verzoeken({"isGerelateerdAan": bron.urn(zaak)}).results
    if not gevonden:
        return []
    soort = bron.verzoeken.haal(gevonden[0].verzoek_type, VerzoekTypeUit)
    weergave = bron.formulier(soort.naam, taal, aanmelding=_aanmelding(gevonden[0]))
    return _secties(weergave, gevonden[0].aanvraag_gegevens)


def _aanmelding(verzoek: VerzoekUit) -> dict[str, Any]:
    """Hoe de aanvrager was ingelogd: daar hangt van af welke vragen hij zag. Het niveau is alleen bij het inlogmiddel bekend."""
    context = verzoek.authenticatie_context or {}
    wie = ontleed(verzoek.initiator) if verzoek.initiator else None
    soort = "anoniem" if wie is None else "ondernemer" if wie["kvknummer"] else "inwoner"
    middel = context.get("source") or ("eidas" if wie and wie["pseudoniem"] else "")
    return {"soort": soort, "niveau": "", "middel": middel, "machtiging": bool(context.get("mandate"))}


def _secties(weergave: Formulierweergave | None, waarden: Mapping[str, Any]) -> list[Sectie]:
    """De antwoorden, een kop lager: zij staan onder een kop van de pagina."""
    secties = weergave.samenvatting(waarden) if weergave else []
    return [replace(sectie, niveau=sectie.niveau + 1) for sectie in secties]


def _documenten(bron: Zaakbron, zaak: ZaakUit, pagina: int) -> Documenten:
    """Twee aanroepen, hoeveel documenten er ook zijn: alle koppelingen, en de documenten van deze pagina ineens."""
    koppelingen = sorted(bron.zaken.documenten(zaak.url), key=lambda k: k.registratiedatum, reverse=True)
    begin = (pagina - 1) * DOCUMENTEN_PER_PAGINA
    urls = [koppeling.informatieobject for koppeling in koppelingen[begin : begin + DOCUMENTEN_PER_PAGINA]]
    return Documenten(tuple(_op_volgorde(bron, urls)), len(koppelingen), pagina)


def _op_volgorde(bron: Zaakbron, urls: list[str]) -> Iterable[DocumentUit]:
    if not urls:
        return ()
    gevonden = bron.documenten.zoek_documenten(uuid__in=[str(uuid_van(url)) for url in urls]).results
    op_id = {uuid_van(document.url): document for document in gevonden}
    return (op_id[uuid_van(url)] for url in urls if uuid_van(url) in op_id)


def _klanttaken(bron: Zaakbron, zaak: ZaakUit, taal: str) -> Klanttaken:
    """Eén aanroep voor alle taken van de aanvrager bij deze zaak."""
    criteria = {"isGerelateerdAan": bron.urn(zaak)}
    taken = bron.taken.zoek_klanttaken(criteria, pageSize=MEESTE_KLANTTAKEN).results
    op_volgorde = sorted(taken, key=lambda taak: taak.einddatum_handelings_termijn)
    return Klanttaken(
        open=tuple(taak for taak in op_volgorde if taak.status == "open"),
        aanvullingen=tuple(_aanvulling(bron, taak, taal) for taak in op_volgorde if taak.status in BEANTWOORD),
    )


def _aanvulling(bron: Zaakbron, taak: ExterneTaakUit, taal: str) -> Aanvulling:
    vooraf, antwoord = (taak.details.get(naam) or {} for naam in ("voorinvullenGegevens", "ontvangenGegevens"))
    definitie = uit_formio(taak.details.get("formulierDefinitie") or {}, taak.titel)
    weergave = bron.weergave(definitie, taal, taak.titel, taak=vooraf)
    return Aanvulling(taak.titel, str(vooraf.get("vraag") or ""), _secties(weergave, antwoord))
