"""Het besluitdossier als PDF/A: dezelfde inhoud als de pagina en de JSON, met de JSON en de brieven erin."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import orjson

from formuliermotor import Regel, Sectie, maak_pdf
from formuliermotor.briefopmaak import briefstijl
from formuliermotor.pdf import Ingesloten
from formuliermotor.sjablonen import als_tekst
from huisstijl import lui, vertaal
from huisstijl.taal import huidige_taal
from integratie.besluiten.strekking import AUTOMATISCH
from integratie.zaken.schemas import ZaakUit
from processen.behandelen.bron import NAMENS, Zaakbron
from processen.behandelen.leesbaar import bezorging, langs, leesbaar

DATA = "besluitdossier.json"
STANDEN = {
    "geldt": lui("Geldt"), "geldt nog niet": lui("Geldt nog niet"), "gewijzigd": lui("Gewijzigd"),
    "ingetrokken": lui("Ingetrokken"), "verlopen": lui("Verlopen"),
}  # fmt: skip


def maak_dossier_pdf(bron: Zaakbron, zaak: ZaakUit, dossier: Mapping[str, Any]) -> bytes:
    """De PDF van een dossier uit `lees_dossier`, in de taal van wie hem vraagt. De brieven reizen mee zoals zij verstuurd zijn."""
    moment = datetime.fromisoformat(dossier["opgemaakt"])
    ruw = orjson.dumps(dossier, default=str, option=orjson.OPT_INDENT_2)
    ingesloten = [Ingesloten(DATA, ruw, vertaal("Besluitdossier"), moment), *_brieven(bron, dossier, moment)]
    titel = vertaal("Dossier van besluit %(nummer)s", nummer=dossier["besluit"]["identificatie"])
    kenmerken = [(vertaal("Zaak"), zaak.identificatie), (vertaal("Opgemaakt"), _moment(dossier["opgemaakt"]))]
    return maak_pdf(
        titel, list(secties(dossier)), kenmerken, huidige_taal(), briefstijl(bron.installatie, namens=NAMENS),
        inleiding=_gat(dossier), moment=moment, ingesloten=ingesloten,
    )  # fmt: skip


def _brieven(bron: Zaakbron, dossier: Mapping[str, Any], moment: datetime) -> Iterator[Ingesloten]:
    for nummer, brief in enumerate(dossier.get("brieven") or [], 1):
        document = bron.documenten.document(brief["url"])
        naam = f"{nummer}-{document.bestandsnaam or 'brief.pdf'}"
        yield Ingesloten(naam, b"".join(bron.documenten.inhoud(document)), document.titel, moment, "Supplement")


def _gat(dossier: Mapping[str, Any]) -> str:
    ontbreekt = ", ".join(dossier["ontbreekt"])
    return f"{vertaal('Een deel van het dossier is nu niet bereikbaar. Probeer het later opnieuw.')} ({ontbreekt})" if ontbreekt else ""  # fmt: skip


def secties(dossier: Mapping[str, Any]) -> Iterator[Sectie]:
    """Besluit, regels en gegevens, brief, bekendmaking en termijn: in de volgorde van de pagina."""
    yield _sectie("besluit", vertaal("Besluit"), _besluit(dossier["besluit"]))
    if dossier.get("keten"):
        yield _sectie("keten", vertaal("Besluiten die elkaar opvolgen"), _keten(dossier["keten"]))
    for beslissing in dossier.get("beslissingen") or []:
        yield _sectie("regels", beslissing["naam"] or beslissing["beslissing"], _beslissing(beslissing))
    yield _sectie("brief", vertaal("Brief"), ((brief["titel"], f"{brief['status']}, {_moment(brief['gemaakt'])}") for brief in dossier.get("brieven") or []))  # fmt: skip
    yield _sectie("bekendmaking", vertaal("Bekendmaking"), _bekendmaking(dossier))
    yield _sectie("termijn", vertaal("Termijn"), _termijn(dossier.get("termijn")))


def _sectie(stap: str, titel: str, regels: Any) -> Sectie:
    return Sectie(stap, titel, tuple(Regel(f"{stap}{nr}", vraag, tekst) for nr, (vraag, tekst) in enumerate(regels)))


def _besluit(besluit: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield vertaal("Genomen op"), _moment(besluit["datum"])
    yield vertaal("Bestuursorgaan"), besluit["bestuursorgaan"]
    yield vertaal("Geldt vanaf"), _moment(besluit["ingangsdatum"])
    yield from (
        (vertaal(kenmerk), vertaal(waarde) if kenmerk == AUTOMATISCH else waarde)
        for kenmerk, waarde in besluit["verantwoording"].items()
    )
    yield vertaal("Motivering"), besluit["motivering"]


def _keten(keten: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for deel in keten:
        stand = deel["stand"]
        waarden = (_moment(deel["datum"]), vertaal(STANDEN[stand["geldigheid"]]), stand["door"])
        yield deel["identificatie"], ", ".join(filter(None, waarden))


def _beslissing(beslissing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    genomen = _moment(beslissing["genomen"])
    yield vertaal("Genomen op"), genomen
    yield vertaal("Peildatum van de regels"), _moment(beslissing["peildatum"])
    yield vertaal("Grondslag"), "\n".join(beslissing["artikelen"])
    zinnen = beslissing["zinnen"].get(huidige_taal()) or beslissing["zinnen"].get("nl") or []
    yield vertaal("Uitleg"), "\n".join(zinnen)
    for gegeven, waarde in ((g, leesbaar(g["waarde"])) for g in beslissing["herkomst"]):
        if not waarde:
            continue  # alleen een verwijzing naar een registratie
        herkomst = (gegeven["bron"], _moment(gegeven["moment"]), gegeven["grondslag"])
        yield (
            f"{vertaal('Gegeven')}: {gegeven['naam']}",
            "\n".join([waarde, *filter(None, herkomst)]),
        )


def _bekendmaking(dossier: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for zending in dossier.get("bekendmaking") or []:
        verzonden = _moment(zending["verzonden"]) if zending["verzonden"] else vertaal("nog niet verzonden")
        yield (
            zending["onderwerp"] or zending["sjabloon"],
            f"{langs(zending['kanalen'])}\n{verzonden}\n{zending['uuid']}",
        )
        for bewijs in zending["bewijs"]:
            waar = (
                bewijs["wat"],
                bewijs["waarheen"],
                _moment(bewijs["moment"]),
                bewijs["aanbieder"],
                bezorging(bewijs),
            )
            yield f"{vertaal('Bewijs van verzending')}: {langs([bewijs['kanaal']])}", "\n".join(filter(None, waar))


def _termijn(klok: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    for stap in (klok or {}).get("stappen") or []:
        einde = [f"{vertaal('Einddatum')}: {_moment(stap['einddatum'])}"] if stap.get("einddatum") else []
        uitleg = stap.get("uitlegEn" if huidige_taal() == "en" else "uitleg") or stap["uitleg"]
        yield _moment(stap["dag"]), "\n".join(filter(None, [uitleg, stap["grondslag"], *einde]))


def _moment(waarde: Any) -> str:
    """Een datum of tijdstip voluit; iets anders zoals het is."""
    if not isinstance(waarde, str) or not waarde:
        return str(waarde or "")
    if len(waarde) == len("2026-01-01"):
        return als_tekst(date.fromisoformat(waarde), huidige_taal())
    return als_tekst(datetime.fromisoformat(waarde), huidige_taal())
