"""Van klok naar de schema's van de API."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from integratie.termijnen.schemas import DwangsomUit, GebeurtenisUit, KlokDetailUit, KlokUit, StapUit
from processen.termijnen.grootboek import Grootboek
from processen.termijnen.klok import EINDE_VAN, OPSCHORTEND, Stand

NaarUrl = Callable[[str], str]
KORT = ("zaaknummer", "zaaktype", "zaaktype_naam", "soort", "versie", "begin", "einddatum", "streefdatum")
LOPEND = ("loopt", "opgeschort")


def kort(rij: Mapping[str, Any], naar_url: NaarUrl, vandaag: date) -> KlokUit:
    """Een klok voor in een lijst, uit de bewaarde kolommen en de datum van vandaag."""
    stil = _stil(rij, vandaag)
    einddatum = None if rij["gesloten"] else rij["einddatum"]
    toestand = rij["toestand"] if rij["gesloten"] or einddatum is None else _toestand(einddatum, vandaag, stil=stil)
    return KlokUit(
        uuid=rij["id"],
        zaak=naar_url(rij["zaak"]),
        toestand=toestand,
        dreigt=toestand == "loopt" and rij["dreigt_vanaf"] is not None and rij["dreigt_vanaf"] <= vandaag,
        opgeschort_sinds=rij["opgeschort_vanaf"] if stil else None,
        opgeschort_tot=rij["opgeschort_tot"] if stil else None,
        dagen=(einddatum - vandaag).days if einddatum else None,
        **{naam: rij[naam] for naam in KORT},
    )


def _stil(rij: Mapping[str, Any], vandaag: date) -> bool:
    vanaf, tot = rij["opgeschort_vanaf"], rij["opgeschort_tot"]
    return vanaf is not None and vanaf <= vandaag and (tot is None or vandaag <= tot)


def _toestand(einddatum: date, vandaag: date, *, stil: bool) -> str:
    if stil:
        return "opgeschort"
    return "verlopen" if einddatum < vandaag else "loopt"


def volledig(boek: Grootboek) -> KlokDetailUit:
    """Alles over een klok, vandaag berekend."""
    uitkomst = boek.reken()
    stand, rij, vandaag = uitkomst.stand, {**boek.klok, **uitkomst.kolommen}, boek.installatie.klok.vandaag()
    mogelijk = list(_mogelijk(boek, stand))
    volgende, wat = _volgende(stand, rij["opgeschort_tot"], vandaag)
    return KlokDetailUit(
        **kort(rij, boek.installatie.diensten.naar_url, vandaag).model_dump(),
        grondslag=boek.regels.grondslag,
        voorlopig=stand.voorlopig,
        verdaagd=stand.verdaging is not None,
        te_verdagen=boek.regels.verdaging if "verdaagd" in mogelijk else "",
        mogelijk=mogelijk,
        volgende=volgende,
        volgende_wat=wat,
        van_rechtswege=stand.van_rechtswege,
        ingebreke=next((stap.dag for stap in stand.stappen if stap.wat == "ingebreke gesteld" and stap.geldig), None),
        dwangsom=DwangsomUit(**asdict(stand.dwangsom)) if stand.dwangsom else None,
        stappen=[StapUit(**asdict(stap)) for stap in stand.stappen],
        gebeurtenissen=list(_gebeurtenissen(boek)),
    )


def _gebeurtenissen(boek: Grootboek) -> Iterator[GebeurtenisUit]:
    weg = {rij["herroept"] for rij in boek.rijen if rij["herroept"]}
    for rij in boek.rijen:
        yield GebeurtenisUit(**rij, uuid=rij["id"], herroepen=rij["id"] in weg)


def _mogelijk(boek: Grootboek, stand: Stand) -> Iterator[str]:
    """Wat een behandelaar nu kan vastleggen."""
    if stand.opschorting is not None:
        laatste = next(g.soort for g in reversed(boek.gebeurtenissen()) if g.soort in OPSCHORTEND)
        if laatste in EINDE_VAN:
            yield EINDE_VAN[laatste]
    elif stand.toestand == "loopt":
        yield from (soort for soort in OPSCHORTEND if soort != "derden gevraagd" or boek.regels.derden_horen)
    if stand.toestand in LOPEND and boek.regels.verdaging and stand.verdaging is None:
        yield "verdaagd"
    if stand.toestand == "verlopen" and boek.regels.dwangsom:
        yield from _dwangsomstap(stand)
    if stand.toestand not in ("beslist", "geen termijn"):
        yield "beslist"


def _dwangsomstap(stand: Stand) -> Iterator[str]:
    """Eerst de ingebrekestelling; een tweede doet niets meer. Daarna alleen nog dat er geen dwangsom is, één keer."""
    gezet = {stap.wat for stap in stand.stappen if stap.geldig}
    if "ingebreke gesteld" not in gezet:
        yield "ingebreke gesteld"
    elif "geen dwangsom" not in gezet:
        yield "geen dwangsom"


def _volgende(stand: Stand, opgeschort_tot: date | None, vandaag: date) -> tuple[date | None, str]:
    """De eerstvolgende dag waarop er iets verandert als niemand iets doet, en wat."""
    komend = [
        (dag, wat)
        for dag, wat in (
            (opgeschort_tot, "opschorting eindigt"),
            (stand.einddatum, "laatste dag"),
            (stand.dwangsom.laatste_dag if stand.dwangsom else None, "laatste dag dwangsom"),
            (stand.van_rechtswege, "van rechtswege"),
        )
        if dag and dag >= vandaag
    ]
    return min(komend) if komend and stand.toestand != "beslist" else (None, "")
