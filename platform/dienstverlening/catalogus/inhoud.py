"""De inhoud van een catalogus zoals de Catalogi API haar geeft: uit de API, of uit een zip zoals Open Zaak die maakt en leest.

In de zip staat per soort een JSON-lijst met resources in de vorm van de API (`ZaakType.json`, `StatusType.json` …); verwijzingen
zijn URL's van andere resources in dezelfde zip.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from dienstverlening.opstarten import StartFout
from integratie.basis import Schema
from integratie.catalogi import CatalogiClient
from integratie.catalogi import schemas as api

GROOTSTE_ZIP = 200 << 20  # bytes, uitgepakt
GROOTSTE_PAGINA = 500
Rij = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Soort:
    """Een soort resource: haar bestand in de zip, haar pad in de API, en hoe zij heet en herkend wordt.

    `verwijzingen`: velden die andere types noemen, met de soort daarvan en het veld waar onze API de namen geeft.
    """

    bestand: str
    pad: str
    schema: type[Schema]
    label: str
    sleutel: tuple[str, ...]
    verwijzingen: Mapping[str, tuple[str, str]] = field(default_factory=dict)


INFORMATIEOBJECTTYPE = Soort(
    "InformatieObjectType", "informatieobjecttypen", api.InformatieObjectTypeIn, "documenttype", ("omschrijving",)
)
BESLUITTYPE = Soort(
    "BesluitType",
    "besluittypen",
    api.BesluitTypeIn,
    "besluittype",
    ("omschrijving",),
    {"informatieobjecttypen": ("InformatieObjectType", "informatieobjecttypeOmschrijvingen")},
)
ZAAKTYPE = Soort(
    "ZaakType",
    "zaaktypen",
    api.ZaakTypeIn,
    "zaaktype",
    ("identificatie",),
    {
        "besluittypen": ("BesluitType", "besluittypeOmschrijving"),
        "deelzaaktypen": ("ZaakType", "deelzaaktypeIdentificaties"),
    },
)
TYPEN = (INFORMATIEOBJECTTYPE, BESLUITTYPE, ZAAKTYPE)
STATUSTYPE = Soort("StatusType", "statustypen", api.StatusTypeIn, "statustype", ("volgnummer",))
ONDERDELEN = (
    STATUSTYPE,
    Soort("RolType", "roltypen", api.RolTypeIn, "roltype", ("omschrijving",)),
    Soort("Eigenschap", "eigenschappen", api.EigenschapIn, "eigenschap", ("naam",)),
    Soort(
        "ResultaatType",
        "resultaattypen",
        api.ResultaatTypeIn,
        "resultaattype",
        ("omschrijving",),
        {
            "besluittypen": ("BesluitType", "besluittypeOmschrijving"),
            "informatieobjecttypen": ("InformatieObjectType", "informatieobjecttypeOmschrijving"),
        },
    ),
    Soort(
        "ZaakTypeInformatieObjectType",
        "zaaktype-informatieobjecttypen",
        api.ZaakTypeInformatieObjectTypeIn,
        "documenttype bij het zaaktype",
        ("informatieobjecttype", "richting"),
    ),
    Soort(
        "ZaakObjectType",
        "zaakobjecttypen",
        api.ZaakObjectTypeIn,
        "zaakobjecttype",
        ("objecttype", "relatieOmschrijving"),
    ),
)
ALLES = (*TYPEN, *ONDERDELEN)
CATALOGUS = "Catalogus"


@dataclass(frozen=True)
class Inhoud:
    """Een catalogus met alle resources, per soort (naam van het bestand)."""

    catalogus: Rij
    rijen: Mapping[str, list[Rij]]

    def van(self, soort: Soort) -> list[Rij]:
        return self.rijen.get(soort.bestand, [])


def uuid_van(url: Any) -> str:
    """De soort en het uuid aan het eind van een URL; een naam blijft een naam."""
    return "/".join(str(url).rstrip("/").split("/")[-2:])


# uit en naar een zip


def uit_zip(pad: Path) -> Inhoud:
    """Lees een zip; `StartFout` als het er geen is, of als er iets anders in staat dan een catalogus."""
    try:
        with zipfile.ZipFile(pad) as bestand:
            _eis_redelijk(bestand)
            lijsten = {naam: _lijst(bestand, naam) for naam in (CATALOGUS, *(soort.bestand for soort in ALLES))}
    except (zipfile.BadZipFile, OSError) as fout:
        raise StartFout(f"{pad} is geen leesbare zip: {fout}") from None
    if not any(lijsten[soort.bestand] for soort in TYPEN):
        raise StartFout(f"In {pad} staan geen zaaktypen, besluittypen of documenttypen.")
    catalogussen = lijsten.pop(CATALOGUS)
    return Inhoud(catalogussen[0] if catalogussen else {}, lijsten)


def _eis_redelijk(bestand: zipfile.ZipFile) -> None:
    if sum(deel.file_size for deel in bestand.infolist()) > GROOTSTE_ZIP:
        raise StartFout(f"De zip is uitgepakt groter dan {GROOTSTE_ZIP >> 20} MB.")


def _lijst(bestand: zipfile.ZipFile, soort: str) -> list[Rij]:
    """De resources van een soort; het bestand mag in een map in de zip staan."""
    namen = [naam for naam in bestand.namelist() if naam.rpartition("/")[2] == f"{soort}.json"]
    if not namen:
        return []
    try:
        inhoud = orjson.loads(bestand.read(namen[0]))
    except orjson.JSONDecodeError:
        raise StartFout(f"{namen[0]} is geen JSON.") from None
    if not isinstance(inhoud, list) or not all(isinstance(rij, dict) for rij in inhoud):
        raise StartFout(f"{namen[0]} is geen lijst van resources.")
    return inhoud


def naar_zip(inhoud: Inhoud, pad: Path) -> None:
    """Schrijf de zip; dezelfde inhoud geeft dezelfde bytes."""
    met_adressen = _met_urls(inhoud)
    lijsten = {CATALOGUS: [inhoud.catalogus], **{soort.bestand: met_adressen.van(soort) for soort in ALLES}}
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as bestand:
        for naam, rijen in lijsten.items():
            info = zipfile.ZipInfo(f"{naam}.json", date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            bestand.writestr(info, orjson.dumps(rijen, option=orjson.OPT_INDENT_2))


def _met_urls(inhoud: Inhoud) -> Inhoud:
    """Met op elke plaats waar onze API namen heeft ook de URL's, ook van concepten: Open Zaak kent alleen URL's."""
    adressen = {soort.bestand: _nieuwste(inhoud.van(soort), soort) for soort in TYPEN}
    rijen = {soort.bestand: [_rij_met_urls(rij, soort, adressen) for rij in inhoud.van(soort)] for soort in ALLES}
    return Inhoud(inhoud.catalogus, rijen)


def _nieuwste(rijen: Iterable[Rij], soort: Soort) -> dict[str, str]:
    """Per naam de URL van de laatste versie."""
    return {rij[soort.sleutel[0]]: rij["url"] for rij in sorted(rijen, key=lambda rij: str(rij["beginGeldigheid"]))}


def _rij_met_urls(rij: Rij, soort: Soort, adressen: Mapping[str, Mapping[str, str]]) -> Rij:
    uit = dict(rij)
    for veld, (doel, namen) in soort.verwijzingen.items():
        bekend = set(rij.get(veld, []))
        uit[veld] = rij.get(veld, []) + [
            adressen[doel][naam]
            for naam in rij.get(namen, [])
            if naam in adressen[doel] and not bekend & _versies(adressen[doel], naam)
        ]
    if soort.bestand == "ZaakTypeInformatieObjectType":
        naam = rij["informatieobjecttype"]
        uit["informatieobjecttype"] = adressen["InformatieObjectType"].get(naam, naam)
    return uit


def _versies(adressen: Mapping[str, str], naam: str) -> set[str]:
    return {adressen[naam]} if naam in adressen else set()


# uit de API


def uit_api(client: CatalogiClient, domein: str, rsin: str = "") -> Inhoud:
    """Een catalogus met alle versies van alle types, ook concepten; `StartFout` als zij er niet (of meer dan één keer) is."""
    catalogus = vind_catalogus(client, domein, rsin)
    if catalogus is None:
        raise StartFout(f"Er is geen catalogus met domein {domein}.")
    url = catalogus["url"]
    rijen = {soort.bestand: list(alle(client, soort.pad, catalogus=url, status="alles")) for soort in TYPEN}
    for soort in ONDERDELEN:
        rijen[soort.bestand] = [
            rij
            for zaaktype in rijen[ZAAKTYPE.bestand]
            for rij in alle(client, soort.pad, zaaktype=zaaktype["url"], status="alles")
        ]
    return Inhoud(catalogus, rijen)


def vind_catalogus(client: CatalogiClient, domein: str, rsin: str = "") -> Rij | None:
    """De catalogus met dit domein; zonder RSIN moet er precies één zijn."""
    gevonden = list(alle(client, "catalogussen", domein=domein, **({"rsin": rsin} if rsin else {})))
    if len(gevonden) > 1:
        raise StartFout(f"Er zijn {len(gevonden)} catalogussen met domein {domein}; geef ook --rsin.")
    return gevonden[0] if gevonden else None


def alle(client: CatalogiClient, pad: str, **params: Any) -> Iterator[Rij]:
    """Alle resources van een lijst, zoals de API ze geeft."""
    pagina = client.vraag("GET", pad, params={**params, "pageSize": GROOTSTE_PAGINA})
    while True:
        yield from pagina["results"]
        if not pagina.get("next"):
            return
        pagina = client.vraag("GET", pagina["next"])
