"""De regels van de Producttypen API (regels hoofdstuk 14), elk een functie."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from integratie.producttypen import schemas
from kern.fouten import ParamFout
from kit import Wijziging
from kit.bron import Gevolg, Regel
from kit.jsonschema import gegevensfouten, schemafouten
from kit.urn import vul_aan
from registraties.producttypen.modellen import (
    Actie,
    ContentLabel,
    DmnConfig,
    JsonSchema,
    Prijs,
    Thema,
    UniformeProductnaam,
    Zoekwoord,
)
from registraties.producttypen.zoekindex import plat, vernieuw

Fouten = Iterable[ParamFout]
MET_UPN = ("burgers", "bedrijven_en_instellingen")
VERWIJZINGEN = {"zaaktypen": "catalogi:zaaktypen", "verzoektypen": "verzoeken:verzoektypen", "processen": ""}
_SOORT = {"enum": ["String", "Integer", "Double", "Boolean", "Date", "Long"]}


def _delen(**anders: Any) -> dict[str, Any]:
    velden = {"name": {"type": "string"}, "classType": _SOORT, **anders}
    deel = {"type": "object", "properties": velden, "required": sorted(velden), "additionalProperties": False}
    return {"type": "array", "items": deel}


DMN_MAPPING = {
    "type": "object",
    "properties": {"static": _delen(value={"type": "string"})},
    "additionalProperties": _delen(regex={"type": "string"}),
}
"""Hoe gegevens van een product de invoer van een beslistabel worden: per API een lijst, en vaste waarden onder `static`."""


def dateer(w: Wijziging[Any]) -> Fouten:
    """De tijdstippen zet het systeem."""
    w.waarden |= {"update_datum": w.nu, **({"aanmaak_datum": w.nu} if w.aanmaken else {})}
    return ()


# producttypen


def upn_is_verplicht_voor_inwoners(w: Wijziging[schemas.ProductTypeIn]) -> Fouten:
    """Een product voor burgers of bedrijven heeft een uniforme productnaam (UPL)."""
    if w.nieuw.doelgroep in MET_UPN and not w.nieuw.uniforme_product_naam:
        yield ParamFout(
            "uniforme_product_naam", "required", "Voor burgers en bedrijven is de uniforme productnaam verplicht."
        )


def upn_staat_in_de_upl(w: Wijziging[schemas.ProductTypeIn]) -> Fouten:
    """De uniforme productnaam staat in de UPL en is daar niet verwijderd; zolang de lijst niet geladen is mag elke naam."""
    naam = w.nieuw.uniforme_product_naam
    if not naam or not (w.aanmaken or w.verandert("uniforme_product_naam")):
        return
    geldig = UniformeProductnaam.is_verwijderd.is_(False)
    vraag = select(func.count(), func.count().filter(UniformeProductnaam.naam == naam)).where(geldig)
    with w.omgeving.installatie.db.lezen() as verbinding:
        alle, deze = verbinding.execute(vraag).one()
    if alle and not deze:
        yield ParamFout(
            "uniforme_product_naam", "does_not_exist", "Deze naam staat niet in de uniforme productnamenlijst."
        )


def einde_ligt_na_begin(w: Wijziging[schemas.ProductTypeIn]) -> Fouten:
    """De publicatie eindigt na haar begin, en heeft een begin."""
    begin, eind = w.nieuw.publicatie_start_datum, w.nieuw.publicatie_eind_datum
    if eind and (begin is None or eind <= begin):
        yield ParamFout("publicatie_eind_datum", "invalid", "De publicatie eindigt voor zij begint.")


def namen_zijn_uniek(w: Wijziging[schemas.ProductTypeIn]) -> Fouten:
    """Een producttype heeft van elke parameter één waarde, en bij elk extern systeem één code."""
    for veld in ("externe_codes", "parameters"):
        namen = [deel.naam for deel in getattr(w.nieuw, veld)]
        if len(set(namen)) < len(namen):
            yield ParamFout(veld, "unique", "Een naam komt hier één keer voor.")


def verwijzingen_zijn_volledig(w: Wijziging[schemas.ProductTypeIn]) -> Fouten:
    """Een verwijzing heeft een URN of een URL, wordt in elkaar omgezet waar dat kan, en staat er één keer."""
    for veld, doel in VERWIJZINGEN.items():
        yield from vul_aan(w, veld, doel)


def schema_bij_naam(soort: str) -> Regel:
    """Het JSON Schema waaraan producten getoetst worden, wordt met zijn naam genoemd en bestaat."""
    veld = f"{soort}_schema_naam"

    def regel(w: Wijziging[Any]) -> Fouten:
        if w.actie == "partial_update" and veld not in w.meegegeven:
            return
        naam = getattr(w.nieuw, veld)
        with w.omgeving.installatie.db.lezen() as verbinding:
            id_ = verbinding.execute(select(JsonSchema.id).where(JsonSchema.naam == naam)).scalar() if naam else None
        if naam and id_ is None:
            yield ParamFout(veld, "does_not_exist", "Dit JSON Schema bestaat niet.")
        w.waarden[f"{soort}_schema_id"] = id_

    return regel


def heeft_geen_producten(w: Wijziging[Any]) -> Fouten:
    """Een producttype waar iemand een product van heeft, blijft."""
    if not w.omgeving.ophaler.bestaat("producten"):
        return
    vraag = {"producttype__uuid": str(w.id), "page_size": 1}
    if w.omgeving.ophaler.client("producten").vraag("GET", "producten", params=vraag)["count"]:
        yield ParamFout("nonFieldErrors", "pending-relations", "Er zijn producten van dit producttype.")


# thema's


def vormt_geen_kring(w: Wijziging[schemas.ThemaIn]) -> Fouten:
    """Een thema valt niet onder zichzelf, ook niet via andere thema's. In de transactie, en één wijziging tegelijk."""
    if w.nieuw.hoofd_thema is None:
        return
    w.verbinding.execute(select(func.pg_advisory_xact_lock(func.hashtext("producttypen.thema"))))
    if w.nieuw.hoofd_thema == w.id or w.id in _boven(w, w.nieuw.hoofd_thema):
        yield ParamFout("hoofd_thema", "invalid", "Een thema kan niet onder zichzelf vallen.")


def _boven(w: Wijziging[Any], id_: UUID) -> Sequence[UUID]:
    """Alle thema's boven een thema."""
    boven = select(Thema.hoofd_thema).where(Thema.id == id_).cte(recursive=True)
    hoger = aliased(Thema)
    boven = boven.union(select(hoger.hoofd_thema).where(hoger.id == boven.c.hoofd_thema))
    return w.verbinding.execute(select(boven.c.hoofd_thema)).scalars().all()


def hoofdthema_is_gepubliceerd(w: Wijziging[schemas.ThemaIn]) -> Fouten:
    """Een gepubliceerd thema heeft geen ongepubliceerd hoofdthema, en een ongepubliceerd geen gepubliceerde subthema's."""
    if w.nieuw.gepubliceerd and w.nieuw.hoofd_thema and not w.rij(Thema, w.nieuw.hoofd_thema).get("gepubliceerd"):
        yield ParamFout("gepubliceerd", "invalid", "Publiceer eerst het hoofdthema.")
    onder = exists().where(Thema.hoofd_thema == w.id, Thema.gepubliceerd.is_(True))
    if not w.nieuw.gepubliceerd and not w.aanmaken and w.verbinding.execute(select(onder)).scalar():
        yield ParamFout("gepubliceerd", "invalid", "Er zijn gepubliceerde subthema's.")


def heeft_geen_subthemas(w: Wijziging[Any]) -> Fouten:
    """Een thema met subthema's is niet te verwijderen."""
    if w.verbinding.execute(select(exists().where(Thema.hoofd_thema == w.id))).scalar():
        yield ParamFout("nonFieldErrors", "pending-relations", "Er zijn subthema's.")


# inhoud


def hoort_bij_een(w: Wijziging[schemas.ContentElementIn]) -> Fouten:
    """Een contentelement hoort bij een producttype of bij een thema, niet bij allebei."""
    if bool(w.nieuw.producttype_uuid) == bool(w.nieuw.thema_uuid):
        yield ParamFout("nonFieldErrors", "invalid", "Geef producttype_uuid of thema_uuid.")


def labels_zijn_bekend(w: Wijziging[schemas.ContentElementIn]) -> None:
    """Een nieuw label hoort vanaf nu bij de lijst van labels."""
    if w.voorstel is not None and w.nieuw.labels:
        rijen = [{"naam": label, "id": uuid4()} for label in dict.fromkeys(w.nieuw.labels)]
        w.verbinding.execute(insert(ContentLabel).values(rijen).on_conflict_do_nothing())


def is_te_vinden(kolom: str) -> Gevolg:
    """Na elke wijziging van een producttype of zijn inhoud klopt de zoekindex; `kolom` wijst het producttype aan."""

    def gevolg(w: Wijziging[Any]) -> None:
        rijen = ({**w.waarden, "id": w.id}, w.oud or {}) if w.actie != "destroy" else (w.oud or {},)
        for id_ in sorted({rij[kolom] for rij in rijen if rij.get(kolom)}):
            vernieuw(w.verbinding, id_)

    return gevolg


def woorden_zijn_vlak(w: Wijziging[schemas.SynoniemIn]) -> Fouten:
    """Synoniemen zijn verschillende woorden, ook zonder hoofdletters, accenten en leestekens."""
    w.waarden["woorden"] = vlak = [" ".join(re.findall("[a-z0-9]+", plat(woord))) for woord in w.waarden["woorden"]]
    if len(set(filter(None, vlak))) < len(vlak):
        yield ParamFout("woorden", "unique", "Noem elk woord één keer.")


def woorden_zijn_te_verbeteren(w: Wijziging[schemas.SynoniemIn]) -> None:
    """Ook een tikfout in een synoniem wordt herkend."""
    if w.voorstel is not None:
        woorden = sorted({deel for term in w.waarden["woorden"] for deel in term.split() if len(deel) > 2})  # noqa: PLR2004  # korter is geen trigram
        if woorden:
            rijen = [{"woord": woord} for woord in woorden]
            w.verbinding.execute(insert(Zoekwoord).values(rijen).on_conflict_do_nothing())


# prijzen en acties


def opties_of_regels(w: Wijziging[schemas.PrijsIn]) -> Fouten:
    """Een prijs heeft opties of regels, niet beide; wie de regels bij PATCH weglaat, houdt ze."""
    if w.oud is not None and w.actie == "partial_update" and "prijsregels" not in w.meegegeven:
        w.waarden["prijsregels"] = w.oud["prijsregels"]
    if bool(w.waarden["prijsopties"]) == bool(w.waarden["prijsregels"]):
        yield ParamFout("nonFieldErrors", "invalid", "Een prijs heeft opties of regels.")
    for veld in ("prijsopties", "prijsregels"):
        w.waarden[veld] = [
            {**deel, "uuid": str(deel.get("uuid") or uuid4())}
            | ({"bedrag": str(deel["bedrag"])} if "bedrag" in deel else {})
            for deel in w.waarden[veld]
        ]


def beslistabellen_van_prijsregels(w: Wijziging[schemas.PrijsIn]) -> Fouten:
    """Een prijsregel wijst naar een beslistabel van een bekende DMN-omgeving, met een mapping die klopt."""
    for plek, regel in enumerate(w.waarden["prijsregels"]):
        yield from _beslistabel(w, regel, f"prijsregels.{plek}.")


def adres_of_beslistabel(w: Wijziging[schemas.ActieIn]) -> Fouten:
    """Een actie heeft een eigen adres, of een beslistabel van een bekende DMN-omgeving; niet allebei. De mapping is voor de tabel."""
    nieuw = w.nieuw
    tabel = [nieuw.tabel_endpoint, nieuw.dmn_tabel_id]
    if nieuw.direct_url and any((*tabel, nieuw.mapping)):
        yield ParamFout("direct_url", "invalid", "Bij een eigen adres hoort geen beslistabel of mapping.")
    elif not nieuw.direct_url and not all(tabel):
        yield ParamFout("nonFieldErrors", "invalid", "Geef direct_url, of tabel_endpoint en dmn_tabel_id.")
    elif not nieuw.direct_url:
        yield from _beslistabel(w, w.waarden, "")


def _beslistabel(w: Wijziging[Any], deel: Any, plek: str) -> Fouten:
    if deel["mapping"] is not None:
        yield from gegevensfouten(DMN_MAPPING, deel["mapping"], f"{plek}mapping")
    bekend = exists().where(DmnConfig.tabel_endpoint == deel["tabel_endpoint"])
    with w.omgeving.installatie.db.lezen() as verbinding:
        if not verbinding.execute(select(bekend)).scalar():
            yield ParamFout(f"{plek}tabel_endpoint", "does_not_exist", "Deze DMN-omgeving is hier niet bekend.")


def omgeving_is_ongebruikt(w: Wijziging[Any]) -> Fouten:
    """Een DMN-omgeving waar een actie of prijsregel naar verwijst, is niet te verwijderen en houdt haar adres."""
    adres = (w.oud or {}).get("tabel_endpoint")
    if adres is None or w.waarden.get("tabel_endpoint") == adres:
        return
    acties = exists().where(Actie.tabel_endpoint == adres)
    prijzen = exists().where(Prijs.prijsregels.contains([{"tabel_endpoint": adres}]))
    if w.verbinding.execute(select(or_(acties, prijzen))).scalar():
        yield ParamFout("nonFieldErrors", "pending-relations", "Acties of prijzen verwijzen naar deze omgeving.")


# schema's


def is_een_json_schema(w: Wijziging[schemas.JsonSchemaIn]) -> Fouten:
    """Het schema is een geldig JSON Schema."""
    return schemafouten(w.nieuw.json_schema, "schema")
