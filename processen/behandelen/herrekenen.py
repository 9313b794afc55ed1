"""De regels van een besluit nog eens laten lopen voor een bezwaar (Awb 7:11): op een andere dag, of met verbeterde gegevens.

Het gebeurt met de versie van de regels waarmee toen besloten is; wat er per dag verandert, volgt uit de peildatum. De uitkomst staat naast de
oude, en kan als stuk bij het bezwaardossier. Er verandert niets aan het besluit.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

import orjson
from wtforms import Form

from formuliermotor import Regel, Sectie, maak_pdf
from formuliermotor.briefopmaak import briefstijl
from formuliermotor.pdf import Ingesloten
from huisstijl import huidige_taal, lui, vertaal
from huisstijl.filters import datum
from huisstijl.velden import DatumVeld, TekstVeld
from integratie.basis import ApiFout
from integratie.documenten.schemas import DocumentIn
from integratie.processen.motor import BeslisIn
from integratie.zaken.schemas import ZaakInformatieObjectIn, ZaakUit
from processen.behandelen.bron import NAMENS, Zaakbron
from processen.behandelen.dossier import beslissingen_van

DOCUMENTTYPE: Final = "Stuk bij bezwaar"
BESTREDEN: Final = "onderwerp"
DATA: Final = "herrekend.json"


@dataclass(frozen=True)
class Verschil:
    """Eén gegeven of uitkomst, toen en nu, als tekst."""

    naam: str
    toen: str
    nu: str

    @property
    def anders(self) -> bool:
        return self.toen != self.nu


@dataclass(frozen=True)
class Herrekening:
    """De beslissing van toen en de uitkomst van nu, met wat er verschilt."""

    beslissing: Mapping[str, Any]
    peildatum: date
    gegevens: tuple[Verschil, ...]
    uitkomsten: tuple[Verschil, ...]
    zinnen: tuple[str, ...]

    @property
    def zelfde(self) -> bool:
        return not any(verschil.anders for verschil in self.uitkomsten)


def bestreden_zaken(bron: Zaakbron, zaak: ZaakUit) -> list[ZaakUit]:
    """De zaken waar dit bezwaar over gaat."""
    urls = [ander.url for ander in zaak.relevante_andere_zaken if ander.aard_relatie == BESTREDEN]
    return [bron.zaken.zaak(url) for url in urls]


def beslissingen(bron: Zaakbron, zaak: ZaakUit) -> list[dict[str, Any]]:
    """Alle beslissingen van regels in de bestreden zaken, elk met haar `stap`."""
    return [beslissing for ander in bestreden_zaken(bron, zaak) for beslissing in beslissingen_van(bron, ander)]


def formulier_voor(beslissing: Mapping[str, Any], invoer: Any = None) -> Form:
    """De peildatum en elk gegeven, zoals toen. Wat geen gewone tekst is, staat er als JSON."""
    velden: dict[str, Any] = {
        "peildatum": DatumVeld(lui("Peildatum"), hulptekst=lui("De regels zoals zij op die dag golden."))
    }
    begin: dict[str, Any] = {"peildatum": date.fromisoformat(beslissing["peildatum"])}
    for nummer, (naam, waarde) in enumerate(beslissing["gegevens"].items()):
        velden[f"g{nummer}"] = TekstVeld(naam, verplicht=False)
        begin[f"g{nummer}"] = als_tekst(waarde)
    soort = type("Herrekenformulier", (Form,), velden)
    gemaakt: Form = soort(invoer, data=begin)
    return gemaakt


def als_tekst(waarde: Any) -> str:
    """Een waarde om te lezen en te verbeteren; wat niet bekend was is leeg."""
    if waarde is None:
        return ""
    return waarde if isinstance(waarde, str) else orjson.dumps(waarde).decode()


def _lees(tekst: str | None, was: Any) -> Any:
    """Wat iemand invulde, in de soort van toen; lukt dat niet, dan is het tekst."""
    if isinstance(was, str) or not tekst:
        return tekst or (None if was is None else "")
    try:
        return orjson.loads(tekst)
    except orjson.JSONDecodeError:
        return tekst


def herreken(bron: Zaakbron, beslissing: Mapping[str, Any], formulier: Form) -> Herrekening:
    """Reken opnieuw. `ApiFout` 400 als een gegeven niet te lezen is."""
    oud = beslissing["gegevens"]
    nieuw = {naam: _lees(formulier[f"g{nummer}"].data, was) for nummer, (naam, was) in enumerate(oud.items())}
    peildatum = formulier["peildatum"].data
    uit = bron.processen.beslis(
        BeslisIn(
            definitie=beslissing["proces"], versie=UUID(beslissing["versie"]), beslissing=beslissing["beslissing"],
            gegevens=nieuw, peildatum=peildatum,
        )
    )  # fmt: skip
    was, nu = beslissing["regels"].get("uitkomst"), uit.uitleg.get("uitkomst")
    zinnen = uit.zinnen.get(huidige_taal()) or uit.zinnen.get("nl") or []
    return Herrekening(
        beslissing, peildatum, tuple(_verschillen(oud, nieuw)), tuple(_verschillen(_delen(was), _delen(nu))),
        tuple(zin for zin in zinnen if "://" not in zin),
    )  # fmt: skip


def _delen(uitkomst: Any) -> dict[str, Any]:
    return dict(uitkomst) if isinstance(uitkomst, Mapping) else {vertaal("Uitkomst"): uitkomst}


def _verschillen(toen: Mapping[str, Any], nu: Mapping[str, Any]) -> Iterator[Verschil]:
    for naam in dict.fromkeys([*toen, *nu]):
        yield Verschil(naam, als_tekst(toen.get(naam)), als_tekst(nu.get(naam)))


def bewaar(bron: Zaakbron, zaak: ZaakUit, herrekening: Herrekening, sleutel: UUID) -> str:
    """Bewaar de herrekening als stuk in de bezwaarzaak en geef de URL; met dezelfde sleutel is het hetzelfde stuk."""
    nummer = f"HERREKEND-{uuid5(zaak.uuid, str(sleutel)).hex[:20]}"
    rsin = bron.installatie.instellingen.bronorganisatie
    gevonden = bron.documenten.zoek_documenten(identificatie=nummer, bronorganisatie=rsin).results
    url = gevonden[0].url if gevonden else _maak(bron, zaak, herrekening, nummer)
    try:
        bron.zaken.koppel_document(
            ZaakInformatieObjectIn(zaak=zaak.url, informatieobject=url), sleutel=f"koppel-{nummer}"
        )
    except ApiFout as fout:
        if "unique" not in {deel.code for deel in fout.fouten}:
            raise
    return url


def _maak(bron: Zaakbron, zaak: ZaakUit, herrekening: Herrekening, nummer: str) -> str:
    klok = bron.installatie.klok
    soort = bron.catalogi.informatieobjecttype(DOCUMENTTYPE, klok.vandaag(), bron.zaaktype(zaak).catalogus)
    if soort is None:
        raise LookupError(f"documenttype '{DOCUMENTTYPE}' bestaat niet bij dit zaaktype")
    pdf = _pdf(bron, herrekening, klok.nu())
    document = DocumentIn(
        identificatie=nummer, bronorganisatie=bron.installatie.instellingen.bronorganisatie, creatiedatum=klok.vandaag(),
        titel=f"Regels opnieuw: {herrekening.beslissing['naam']}"[:200], auteur=bron.identiteit.naam, status="definitief",
        formaat="application/pdf", taal="nld", bestandsnaam="herrekend.pdf", inhoud=b64encode(pdf).decode(),
        bestandsomvang=len(pdf), indicatie_gebruiksrecht=False, informatieobjecttype=soort.url,
    )  # fmt: skip
    return bron.documenten.maak_document(document, sleutel=nummer).url


def als_gegevens(herrekening: Herrekening) -> dict[str, Any]:
    """Voor een machine: de beslissing van toen, en wat er nu uit kwam."""
    return {
        "toen": dict(herrekening.beslissing), "peildatum": herrekening.peildatum.isoformat(),
        "gegevens": [[v.naam, v.toen, v.nu] for v in herrekening.gegevens],
        "uitkomsten": [[v.naam, v.toen, v.nu] for v in herrekening.uitkomsten], "zinnen": list(herrekening.zinnen),
    }  # fmt: skip


def _pdf(bron: Zaakbron, h: Herrekening, moment: datetime) -> bytes:
    kenmerken = [
        (vertaal("Peildatum toen"), datum(date.fromisoformat(h.beslissing["peildatum"]))),
        (vertaal("Peildatum nu"), datum(h.peildatum)),
        (vertaal("Uitkomst"), vertaal("De uitkomst is hetzelfde.") if h.zelfde else vertaal("De uitkomst is anders.")),
    ]
    secties = [
        _sectie("uitkomst", vertaal("Uitkomst"), h.uitkomsten),
        _sectie("gegevens", vertaal("Gegevens"), h.gegevens),
        Sectie("uitleg", vertaal("Uitleg"), tuple(Regel(f"u{nr}", str(nr), zin) for nr, zin in enumerate(h.zinnen, 1))),
    ]
    ruw = orjson.dumps(als_gegevens(h), default=str, option=orjson.OPT_INDENT_2)
    titel = vertaal("Regels opnieuw: %(naam)s", naam=h.beslissing["naam"])
    return maak_pdf(
        titel, secties, kenmerken, huidige_taal(), briefstijl(bron.installatie, namens=NAMENS), moment=moment,
        ingesloten=[Ingesloten(DATA, ruw, titel, moment)],
    )  # fmt: skip


def _sectie(naam: str, kop: str, verschillen: Iterable[Verschil]) -> Sectie:
    regels = (
        Regel(f"{naam}{nr}", v.naam, f"{v.toen} → {v.nu}" if v.anders else v.toen) for nr, v in enumerate(verschillen)
    )
    return Sectie(naam, kop, tuple(regels))
