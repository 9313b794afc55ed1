"""Een klant zoeken in de BRP, het handelsregister of Klantinteracties, of een zaak op haar nummer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.controles import lees_telefoon
from integratie.brp import BrpTeVeel, BrpVraagOnjuist, PersoonBeperkt
from integratie.brp.schemas import PersoonBasis
from integratie.klantinteracties.schemas import PartijUit
from integratie.kvk import Gevonden
from kcc import formulieren
from kcc.bronnen import Bronnen
from kcc.klanten import Klantsoort

VELDEN_OP_BSN = ("burgerservicenummer", "naam.volledigeNaam", "geboorte.datum", "adressering")
KVK_NUMMER = re.compile(r"\d{8}")


class ZoekFout(Exception):
    """Zoeken lukte niet om een reden waar de medewerker iets mee kan; de tekst is voor het scherm."""


@dataclass(frozen=True)
class Treffer:
    """Wie gevonden is, met genoeg om iemand te herkennen en niet meer."""

    soort: Klantsoort
    nummer: str = field(repr=False)
    naam: str = field(repr=False)
    bij: str = field(default="", repr=False)
    geheim: bool = False

    def als_json(self) -> dict[str, Any]:
        return asdict(self)


def _persoon(persoon: PersoonBasis, naam: str, geboren: str, adres: str) -> Treffer:
    bij = " · ".join(filter(None, (geboren, adres)))
    return Treffer("bsn", persoon.burgerservicenummer or "", naam, bij, persoon.geheimhouding_persoonsgegevens)


def _gevonden(persoon: PersoonBeperkt) -> Treffer:
    adres = persoon.adressering
    regels = ", ".join(filter(None, (adres.adresregel1, adres.adresregel2))) if adres else ""
    datum = persoon.geboorte.datum if persoon.geboorte else None
    naam = (persoon.naam.volledige_naam if persoon.naam else None) or vertaal("Naam onbekend")
    return _persoon(persoon, naam, datum.lang_formaat if datum else "", regels)


def _op_bsn(bron: Bronnen, formulier: Any) -> list[Treffer]:
    bsn = formulier.bsn.data
    persoon = bron.brp.persoon(bsn, VELDEN_OP_BSN, bron.doelbinding("zoeken-bsn"))
    if persoon is None:
        return []
    naam = (persoon.naam.volledige_naam if persoon.naam else None) or vertaal("Naam onbekend")
    return [Treffer("bsn", bsn, naam, "", persoon.geheimhouding_persoonsgegevens)]


def _op_naam(bron: Bronnen, formulier: Any) -> list[Treffer]:
    personen = bron.brp.zoek_naam_geboortedatum(
        formulier.geslachtsnaam.data,
        formulier.geboortedatum.data,
        bron.doelbinding("zoeken-naam"),
        voornamen=formulier.voornamen.data or "",
    )
    return [_gevonden(persoon) for persoon in personen]


def _op_adres(bron: Bronnen, formulier: Any) -> list[Treffer]:
    personen = bron.brp.zoek_postcode_huisnummer(
        formulier.postcode.data.replace(" ", ""),
        int(formulier.huisnummer.data),
        bron.doelbinding("zoeken-adres"),
        huisletter=formulier.huisletter.data or "",
        toevoeging=formulier.toevoeging.data or "",
    )
    return [_gevonden(persoon) for persoon in personen]


def _op_bedrijf(bron: Bronnen, formulier: Any) -> list[Treffer]:
    zoek = formulier.zoek.data.strip()
    cijfers = zoek.replace(" ", "")
    criteria = {"kvkNummer": cijfers} if KVK_NUMMER.fullmatch(cijfers) else {"naam": zoek}
    per_nummer: dict[str, Gevonden] = {}
    for gevonden in bron.kvk.zoek(per_pagina=100, **criteria).resultaten:
        if gevonden.type == "hoofdvestiging" or gevonden.kvk_nummer not in per_nummer:
            per_nummer[gevonden.kvk_nummer] = gevonden
    return [_bedrijf(gevonden) for gevonden in per_nummer.values()]


def _bedrijf(gevonden: Gevonden) -> Treffer:
    adres = gevonden.adres.binnenlands_adres if gevonden.adres else None
    plaats = f"{adres.straatnaam} {adres.huisnummer or ''}, {adres.plaats}" if adres else ""
    bij = " · ".join(filter(None, (vertaal("KVK %(nummer)s", nummer=gevonden.kvk_nummer), plaats)))
    return Treffer("kvk", gevonden.kvk_nummer, gevonden.naam, bij)


def _op_contactgegeven(bron: Bronnen, formulier: Any) -> list[Treffer]:
    gevonden: dict[UUID, PartijUit] = {}
    for adres in _schrijfwijzen(formulier.adres.data.strip()):
        gevonden |= {partij.uuid: partij for partij in bron.klantinteracties.partijen_bij_adres(adres)}
    return [_partij(partij) for partij in gevonden.values()]


def _schrijfwijzen(adres: str) -> tuple[str, ...]:
    """Hoe dit adres bewaard kan zijn: een telefoonnummer internationaal, en een Nederlands nummer ook zonder landnummer."""
    if "@" in adres:
        return (adres,)
    try:
        nummer = lees_telefoon(adres)
    except ValueError:
        return (adres,)
    return (nummer, "0" + nummer.removeprefix("+31")) if nummer.startswith("+31") else (nummer,)


def _partij(partij: PartijUit) -> Treffer:
    naam = partij.naam or vertaal("Naam onbekend")
    if partij.identificator("bsn"):
        return Treffer("bsn", partij.identificator("bsn"), naam)
    if partij.identificator("kvk_nummer"):
        return Treffer("kvk", partij.identificator("kvk_nummer"), naam)
    return Treffer("partij", str(partij.uuid), naam)


@dataclass(frozen=True)
class Zoeksoort:
    """Een manier van zoeken: het tabblad, het formulier en de bevraging."""

    kop: str
    formulier: type[Form]
    zoek: Callable[[Bronnen, Any], list[Treffer]]


SOORTEN: Mapping[str, Zoeksoort] = {
    "bsn": Zoeksoort(lui("BSN"), formulieren.OpBsn, _op_bsn),
    "naam": Zoeksoort(lui("Naam"), formulieren.OpNaam, _op_naam),
    "adres": Zoeksoort(lui("Adres"), formulieren.OpAdres, _op_adres),
    "bedrijf": Zoeksoort(lui("Bedrijf"), formulieren.OpBedrijf, _op_bedrijf),
    "contact": Zoeksoort(lui("Telefoon of e-mail"), formulieren.OpContactgegeven, _op_contactgegeven),
}


def zoek(bron: Bronnen, soort: Zoeksoort, formulier: Form) -> list[Treffer]:
    """Wie er gevonden is; `ZoekFout` als de vraag te ruim of onjuist is, `ApiFout` als de bron niet antwoordt."""
    try:
        return soort.zoek(bron, formulier)
    except BrpTeVeel:
        raise ZoekFout(vertaal("Er zijn te veel mensen gevonden. Vul meer gegevens in.")) from None
    except BrpVraagOnjuist:
        raise ZoekFout(vertaal("De BRP kan hiermee niet zoeken. Controleer wat u hebt ingevuld.")) from None


def zoek_zaak(bron: Bronnen, zaaknummer: str) -> UUID | None:
    """De zaak met dit zaaknummer, voor zover het KCC haar mag zien."""
    gevonden = bron.zaken.zoek_zaken(identificatie=zaaknummer.strip()).results
    return gevonden[0].uuid if gevonden else None
