"""`dienstverlening importeer producten`: de productcatalogus en wat mensen daaruit hebben, van een andere installatie.

Vertalingen komen mee door elk producttype en contentelement ook in het Engels te lezen.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid5

import click
from sqlalchemy import Connection, Table, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from dienstverlening.importeren.andere import Aanmelding
from dienstverlening.importeren.kern import Import, Stap, Weergave
from dienstverlening.importeren.opdrachten import Keuzen, draai, geheim, opties
from integratie.producttypen.schemas import BestandKort
from kern.installatie import Installatie
from kit.bron import Bron
from kit.overnemen import Rij
from kit.taal import HOOFDTAAL, TALEN
from registraties.producten.bronnen import PRODUCT, PRODUCTEN
from registraties.producten.datums import plan_dagen
from registraties.producten.typen import kort
from registraties.producttypen import bronnen as pt
from registraties.producttypen import modellen

RUIMTE = UUID("6a0a7f0e-5d0c-5c3b-9d55-0b9f2d1f7a10")
"""Waaruit iets zonder uuid (een label, een schema) steeds hetzelfde uuid krijgt."""
PORTIE = {"page_size": 100}
KOPPELINGEN = {
    "themas": modellen.BIJ_THEMA,
    "locaties": modellen.BIJ_LOCATIE,
    "organisaties": modellen.BIJ_ORGANISATIE,
    "contacten": modellen.BIJ_CONTACT,
}


@click.command("producten")
@opties
@geheim("token", "IMPORT_TOKEN", "token")
def producten(keuzen: Keuzen, token: str) -> None:
    """Neem producttypen met hun inhoud, en producten, over van de API's onder URL."""
    aanmelding = Aanmelding(token=token)
    draai("producten", keuzen, STAPPEN, aanmelding, na=maak_vindbaar)


def maak_vindbaar(installatie: Installatie) -> None:
    """Breng de zoekindex van elk producttype bij: inhoud komt na het producttype zelf."""
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(select(func.producttypen.vernieuw_zoekregel(modellen.ProductType.id)))


# wat bij een producttype hoort


def _label(_imp: Import, label: Weergave) -> Iterator[Rij]:
    waarden = {"id": uuid5(RUIMTE, f"label/{label['naam']}"), "naam": label["naam"]}
    yield Rij(model=modellen.ContentLabel, waarden=waarden, url=f"label {label['naam']}", sleutel=("naam",))


def _schema(_imp: Import, schema: Weergave) -> Iterator[Rij]:
    """Een JSON Schema heet overal naar zijn naam; het volgnummer daar zegt hier niets."""
    waarden = {"id": _schema_id(schema["naam"]), "naam": schema["naam"], "json_schema": schema["schema"]}
    yield Rij(model=modellen.JsonSchema, waarden=waarden, url=schema["url"], sleutel=("naam",))


def _schema_id(naam: str) -> UUID:
    return uuid5(RUIMTE, f"schema/{naam}")


def _gekozen_schema(imp: Import, producttype: Weergave, veld: str) -> UUID | None:
    schema = producttype.get(f"{veld}_schema")
    if not schema:
        return None
    vraag = select(modellen.JsonSchema.id).where(modellen.JsonSchema.naam == schema["naam"])
    with imp.installatie.db.lezen() as verbinding:
        return verbinding.scalars(vraag).first() or _schema_id(schema["naam"])


def _thema(_imp: Import, thema: Weergave) -> Weergave:
    """Welke producttypen erbij horen, zeggen die zelf."""
    return {**thema, "producttype_uuids": []}


def _contact(imp: Import, contact: Weergave) -> Weergave:
    organisatie = contact.get("organisatie")
    return {
        **contact,
        "organisatie_uuid": _id_van_hier(imp, "organisaties", organisatie["uuid"]) if organisatie else None,
    }


def _vertalingen(imp: Import, url: str, velden: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Per taal de vertaalde velden, zoals de kolom `vertalingen` ze heeft."""
    gelezen = {taal: imp.andere.haal(url, taal=taal) for taal in TALEN}
    return {
        taal: {veld: weergave[veld] for veld in velden}
        for taal, weergave in gelezen.items()
        if weergave.get("taal", HOOFDTAAL) == taal
    }


def _producttype(imp: Import, producttype: Weergave) -> Iterator[Rij]:
    """Het producttype met zijn schema's en vertalingen; zijn koppelingen komen er in dezelfde transactie bij."""
    rij = imp.rij_van(pt.PRODUCTTYPEN, pt.PRODUCTTYPE, producttype).met(
        verbruiksobject_schema_id=_gekozen_schema(imp, producttype, "verbruiksobject"),
        dataobject_schema_id=_gekozen_schema(imp, producttype, "dataobject"),
        vertalingen=_vertalingen(imp, producttype["url"], ("naam", "samenvatting")),
    )
    gekoppeld = {
        tabel: [_id_van_hier(imp, naam, deel["uuid"]) for deel in producttype.get(naam) or ()]
        for naam, tabel in KOPPELINGEN.items()
    }

    def koppel(verbinding: Connection) -> None:
        for tabel, ids in gekoppeld.items():
            _koppel(verbinding, tabel, rij.waarden["id"], ids)

    yield Rij(model=rij.model, waarden=rij.waarden, url=rij.url, sleutel=("code",), erbij=koppel)


def _koppel(verbinding: Connection, tabel: Table, producttype: UUID, ids: list[UUID]) -> None:
    verbinding.execute(delete(tabel).where(tabel.c.producttype == producttype, tabel.c.doel.not_in(ids)))
    if ids:
        rijen = [{"producttype": producttype, "doel": id_} for id_ in ids]
        verbinding.execute(insert(tabel).values(rijen).on_conflict_do_nothing())


def _id_van_hier(imp: Import, lijst: str, uuid: str) -> UUID:
    """Het uuid zoals het hier is: wat hier al stond onder een ander uuid, houdt dat."""
    daar = f"producttypen:{lijst}/{uuid}"
    return UUID(imp.andere.verwijzingen.get(daar, daar).rpartition("/")[2])


def _onder_producttype(imp: Import, weergave: Weergave) -> Weergave:
    """Dezelfde weergave, met het producttype van hier."""
    uuid = weergave.get("producttype_uuid")
    return {**weergave, "producttype_uuid": str(_id_van_hier(imp, "producttypen", uuid))} if uuid else weergave


def _los(imp: Import, bron: Bron, weergave: Weergave) -> Rij:
    """De rij van een link of actie: daarvan is `url` niet het eigen adres maar waar zij naartoe wijst."""
    eigen = imp.andere.vertaal(_onder_producttype(imp, weergave))
    url = imp.andere.url(f"producttypen:{bron.pad}/{weergave['uuid']}")
    return imp.overnemer(pt.PRODUCTTYPEN).rij(bron, eigen, url)


def _link(imp: Import, link: Weergave) -> Iterator[Rij]:
    yield _los(imp, pt.LINK, link)


def _content(imp: Import, content: Weergave) -> Iterator[Rij]:
    rij = imp.rij_van(pt.PRODUCTTYPEN, pt.CONTENT, _onder_producttype(imp, content))
    velden = ("content", "aanvullende_informatie")
    yield rij.met(vertalingen=_vertalingen(imp, content["url"], velden))


def _bestand(imp: Import, bestand: Weergave) -> Iterator[Rij]:
    kort_ = BestandKort.model_validate(bestand)
    waarden = {
        "id": kort_.uuid,
        "producttype_uuid": _id_van_hier(imp, "producttypen", bestand["producttype_uuid"]),
        "bestandsnaam": kort_.naam,
        "inhoud": b"".join(imp.andere.stroom(bestand["bestand"])),
    }
    yield Rij(model=modellen.Bestand, waarden=waarden, url=bestand["url"])


# beslistabellen


def _beslistabel(url: str) -> dict[str, str]:
    """Het adres van een beslistabel is de DMN-omgeving met daarachter het nummer van de tabel."""
    omgeving, _, tabel = url.rpartition("/")
    return {"tabel_endpoint": omgeving, "dmn_tabel_id": tabel}


def _dmn_omgeving(endpoint: str) -> Rij:
    """De omgeving waar een beslistabel staat, voor wie haar nog niet kende."""
    waarden = {"id": uuid5(RUIMTE, f"dmn/{endpoint}"), "naam": endpoint, "tabel_endpoint": endpoint}
    return Rij(model=modellen.DmnConfig, waarden=waarden, url=endpoint, sleutel=("tabel_endpoint",))


def _actie(imp: Import, actie: Weergave) -> Iterator[Rij]:
    """Een beslistabel heeft een mapping, of staat in een omgeving die wij kennen; al het andere is een gewoon adres."""
    tabel = _beslistabel(actie["url"])
    is_tabel = actie.get("mapping") is not None or _kent(imp, tabel["tabel_endpoint"])
    yield _los(imp, pt.ACTIE, {**actie, **(tabel if is_tabel else {"direct_url": actie["url"]})})
    if is_tabel:
        yield _dmn_omgeving(tabel["tabel_endpoint"])


def _kent(imp: Import, endpoint: str) -> bool:
    config = modellen.DmnConfig
    with imp.installatie.db.lezen() as verbinding:
        return verbinding.scalars(select(config.id).where(config.tabel_endpoint == endpoint)).first() is not None


def _prijs(imp: Import, prijs: Weergave) -> Iterator[Rij]:
    regels = [{**regel, **_beslistabel(regel["url"])} for regel in prijs.get("prijsregels") or ()]
    eigen = _onder_producttype(imp, {**prijs, "prijsregels": regels})
    velden = ("uuid", "beschrijving", "dmn_tabel_id", "tabel_endpoint", "mapping")
    yield imp.rij_van(pt.PRODUCTTYPEN, pt.PRIJS, eigen).met(
        prijsopties=[{**optie, "bedrag": str(optie["bedrag"])} for optie in prijs.get("prijsopties") or ()],
        prijsregels=[{veld: regel.get(veld) for veld in velden} for regel in regels],
    )
    yield from (_dmn_omgeving(endpoint) for endpoint in sorted({regel["tabel_endpoint"] for regel in regels}))


# producten


def _product(imp: Import, product: Weergave) -> Iterator[Rij]:
    """Een product; op de datums die nog komen, verandert ook hier zijn status."""
    soort = product["producttype"]
    uuid = _id_van_hier(imp, "producttypen", soort["uuid"])
    rij = imp.rij_van(PRODUCTEN, PRODUCT, {**product, "producttype_uuid": str(uuid)}).met(
        producttype=imp.andere.vertaal(kort({**soort, "uuid": str(uuid)})), eigenaren=product["eigenaren"]
    )
    dagen = rij.waarden["start_datum"], rij.waarden["eind_datum"]

    def plan(verbinding: Connection) -> None:
        plan_dagen(imp.installatie, verbinding, rij.waarden["id"], dagen)

    yield Rij(model=rij.model, waarden=rij.waarden, url=rij.url, erbij=plan)


def _stap(bron: Bron, **meer: Any) -> Stap:
    velden = {"naam": bron.pad, "registratie": pt.PRODUCTTYPEN, "bron": bron, "params": PORTIE, **meer}
    return Stap(**velden)


STAPPEN: tuple[Stap, ...] = (
    _stap(pt.DMNCONFIG, sleutel=("tabel_endpoint",), optioneel=True),
    _stap(pt.UPN, sleutel=("naam",), optioneel=True),
    _stap(pt.SYNONIEM, sleutel=("woorden",), optioneel=True),
    _stap(pt.CONTENTLABEL, rijen=_label),
    _stap(pt.SCHEMA, rijen=_schema),
    _stap(pt.THEMA, pas_aan=_thema),
    _stap(pt.LOCATIE),
    _stap(pt.ORGANISATIE, sleutel=("code",)),
    _stap(pt.CONTACT, pas_aan=_contact),
    _stap(pt.PRODUCTTYPE, rijen=_producttype),
    _stap(pt.CONTENT, rijen=_content),
    _stap(pt.PRIJS, rijen=_prijs),
    _stap(pt.LINK, rijen=_link),
    _stap(pt.ACTIE, rijen=_actie),
    _stap(pt.BESTAND, rijen=_bestand),
    Stap(naam="producten", registratie=PRODUCTEN, bron=PRODUCT, params=PORTIE, rijen=_product),
)
"""Op volgorde van verwijzing."""
