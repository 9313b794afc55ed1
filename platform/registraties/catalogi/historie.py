"""Het historiemodel (regels 3.3): van namen naar URL's van versies die op een dag gelden, als uitdrukkingen in dezelfde SELECT."""

from datetime import date
from typing import Any, Literal

from flask import current_app, request
from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import aliased

from kit import Filter, Omgeving
from kit.afgeleid import Afgeleid, Uitdrukking, waarde
from kit.filters import ZoekUrl
from registraties.catalogi.modellen import (
    NAAMKOLOM,
    Besluittype,
    Catalogus,
    Informatieobjecttype,
    Resultaattype,
    Statustype,
    Zaakobjecttype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)

Concept = Literal["alles", "concept", "definitief"]


def peildatum() -> date:
    """De dag waarvoor dit verzoek versies wil: `datumGeldigheid`, of vandaag. De parameter is dan al getoetst."""
    gevraagd = request.args.get("datumGeldigheid") or request.args.get("datum_geldigheid")
    if gevraagd:
        return date.fromisoformat(gevraagd)
    omgeving: Omgeving = current_app.extensions["omgeving"]
    return omgeving.installatie.klok.vandaag()


_PEILDATUM = bindparam("peildatum", callable_=peildatum, type_=Date)


def geldt_op(versie: Any, dag: Any) -> ColumnElement[bool]:
    """Begin en einde tellen beide mee; zonder einde geldt een versie voor altijd."""
    return and_(versie.begin_geldigheid <= dag, or_(versie.einde_geldigheid.is_(None), versie.einde_geldigheid >= dag))


_KOPIEEN: dict[tuple[type[Any], str], Any] = {}


def _kopie(model: type[Any], rol: str = "versie") -> Any:
    """De tabel onder een eigen naam, één per rol: elke kopie houdt al haar kolommen vast. In één uitdrukking heeft elke kopie een andere rol."""
    if (model, rol) not in _KOPIEEN:
        _KOPIEEN[model, rol] = aliased(model)
    return _KOPIEEN[model, rol]


def _te_tonen(versie: Any) -> ColumnElement[bool]:
    return and_(~versie.concept, geldt_op(versie, _PEILDATUM))


def _te_tonen_bij(eigen: Any, versie: Any, doel: type[Any]) -> ColumnElement[bool]:
    """Wat `eigen` toont: wat gepubliceerd is en geldt. Een concept toont ook een concept, zolang er van die naam niets geldt.

    Anders leest wie een catalogus opbouwt niet terug wat hij zojuist heeft geschreven.
    """
    naam, geldend = NAAMKOLOM[doel], _kopie(doel, "geldend")
    zelfde = (geldend.catalogus == versie.catalogus, getattr(geldend, naam) == getattr(versie, naam))
    geldt_al = select(geldend.id).where(*zelfde, _te_tonen(geldend)).correlate(versie).exists()
    return and_(geldt_op(versie, _PEILDATUM), or_(~versie.concept, and_(eigen.concept, ~geldt_al)))


def _ids(versie: Any) -> Select[Any]:
    return select(
        func.coalesce(func.array_agg(aggregate_order_by(versie.id, versie.nr)), literal_column("'{}'::uuid[]"))
    )


def _namen(kolom: Any) -> Select[Any]:
    return select(func.coalesce(func.array_agg(func.distinct(kolom)), literal_column("'{}'::text[]")))


def versies(namen: Any, doel: type[Any], naam: str) -> Afgeleid:
    """De versies van `doel` die de namen in de kolom `namen` dragen, in de catalogus van het type zelf."""

    def uitdrukking() -> Uitdrukking:
        versie = _kopie(doel)
        eigen = namen.class_
        waar = (versie.catalogus == eigen.catalogus, getattr(versie, naam) == any_(namen))
        return _ids(versie).where(*waar, _te_tonen_bij(eigen, versie, doel)).scalar_subquery()

    return Afgeleid(uitdrukking, doel=lambda: doel)


def versies_bij_onderdeel(namen: Any, doel: type[Any]) -> Afgeleid:
    """Als `versies`, maar dan voor wat aan een zaaktype hangt: de catalogus is die van het zaaktype."""

    def uitdrukking() -> Uitdrukking:
        versie, zaaktype = _kopie(doel), _kopie(Zaaktype, "eigen")
        vraag = _ids(versie).select_from(versie).join(zaaktype, zaaktype.catalogus == versie.catalogus)
        waar = (zaaktype.id == namen.class_.zaaktype, versie.omschrijving == any_(namen))
        return vraag.where(*waar, _te_tonen_bij(zaaktype, versie, doel)).scalar_subquery()

    return Afgeleid(uitdrukking, doel=lambda: doel)


def genoemd_door(namen: Any, model: type[Any], naam: str = "id") -> Afgeleid:
    """De types die `model` in hun kolom `namen` noemen: als URL's van hun geldige versies, of hun `naam` over alle versies."""

    def uitdrukking() -> Uitdrukking:
        versie = _kopie(namen.class_)
        waar = [versie.catalogus == model.catalogus, model.omschrijving == any_(getattr(versie, namen.key))]
        if naam != "id":
            return _namen(getattr(versie, naam)).where(*waar).scalar_subquery()
        return _ids(versie).where(*waar, _te_tonen_bij(model, versie, namen.class_)).scalar_subquery()

    return Afgeleid(uitdrukking, doel=(lambda: namen.class_) if naam == "id" else None)


def via_ziot(model: type[Any], doel: type[Any], naam: str = "id") -> Afgeleid:
    """Over zaaktype-informatieobjecttypen heen: bij een zaaktype de documenttypen, bij een documenttype de zaaktypen."""

    def uitdrukking() -> Uitdrukking:
        versie = _kopie(doel)
        ziot = _kopie(ZaaktypeInformatieobjecttype)
        eigen: Any = model
        zaaktype, soort = (versie, eigen) if doel is Zaaktype else (eigen, versie)
        koppeling = select(ziot.id).where(ziot.zaaktype == zaaktype.id, ziot.informatieobjecttype == soort.omschrijving)
        waar = [versie.catalogus == eigen.catalogus, koppeling.correlate(versie, eigen).exists()]
        if naam != "id":
            return _namen(getattr(versie, naam)).where(*waar).scalar_subquery()
        return _ids(versie).where(*waar, _te_tonen_bij(eigen, versie, doel)).scalar_subquery()

    return Afgeleid(uitdrukking, doel=(lambda: doel) if naam == "id" else None)


def in_catalogus(model: type[Any], naam: str = "id") -> Afgeleid:
    """De geldige versies in een catalogus, als URL's of met hun namen."""

    def uitdrukking() -> Uitdrukking:
        versie = _kopie(model)
        keuze = _ids(versie) if naam == "id" else _namen(getattr(versie, naam))
        return keuze.where(versie.catalogus == Catalogus.id, _te_tonen(versie)).scalar_subquery()

    return Afgeleid(uitdrukking, doel=(lambda: model) if naam == "id" else None)


def documenttype_van_ziot() -> Afgeleid:
    """Het documenttype van een koppeling: de omschrijving (standaard), of de URL van de versie die geldt (`DOCUMENTTYPE_ALS_URL`)."""
    model = ZaaktypeInformatieobjecttype

    def uitdrukking() -> Uitdrukking:
        versie, zaaktype = _kopie(Informatieobjecttype), _kopie(Zaaktype, "eigen")
        waar = (zaaktype.id == model.zaaktype, versie.omschrijving == model.informatieobjecttype)
        vraag = select(versie.id).join(zaaktype, zaaktype.catalogus == versie.catalogus)
        geldt = vraag.where(*waar, _te_tonen_bij(zaaktype, versie, Informatieobjecttype)).order_by(versie.nr).limit(1)
        return func.jsonb_build_array(model.informatieobjecttype, geldt.correlate(model).scalar_subquery(), type_=JSONB)

    def in_dialect(gevonden: list[str | None], omgeving: Omgeving) -> str | None:
        naam, id_ = gevonden
        als_url = id_ and omgeving.installatie.instellingen.documenttype_als_url
        return f"{omgeving.basis}/informatieobjecttypen/{id_}" if als_url else naam

    return Afgeleid(uitdrukking, in_omgeving=in_dialect)


def gerelateerde_zaaktypen() -> Uitdrukking:
    """De gerelateerde zaaktypen in hun eigen volgorde, met de URL van de geldige versie; zonder zo'n versie blijft een relatie weg."""
    elementen = func.jsonb_array_elements(Zaaktype.relaties)
    rij = elementen.table_valued(column("value", JSONB), with_ordinality="volgorde").render_derived(name="relatie")
    relatie, versie = rij.c.value, _kopie(Zaaktype)
    met_url = relatie.op("||", return_type=JSONB)(
        func.jsonb_build_object("zaaktype", literal("catalogi:zaaktypen/") + cast(versie.id, String))
    )
    alle = func.jsonb_agg(aggregate_order_by(met_url, rij.c.volgorde))
    vraag = select(func.coalesce(alle, literal_column("'[]'::jsonb"), type_=JSONB)).where(
        versie.catalogus == Zaaktype.catalogus,
        versie.identificatie == relatie["zaaktypeIdentificatie"].astext,
        _te_tonen_bij(Zaaktype, versie, Zaaktype),
    )
    return vraag.correlate(Zaaktype).scalar_subquery()


def begin_en_einde(model: type[Any], naam: str) -> dict[str, Afgeleid]:
    """De eerste begin- en laatste einddatum over alle versies met dezelfde naam."""

    def over_versies(grens: Any) -> Uitdrukking:
        versie = _kopie(model)
        waar = (versie.catalogus == model.catalogus, getattr(versie, naam) == getattr(model, naam))
        return select(grens(versie)).where(*waar).scalar_subquery()

    return {
        "begin_object": waarde(lambda: over_versies(_eerste_begin)),
        "einde_object": waarde(lambda: over_versies(_laatste_einde)),
    }


def _eerste_begin(versie: Any) -> Any:
    return func.min(versie.begin_geldigheid)


def _laatste_einde(versie: Any) -> Any:
    """Leeg als er een versie zonder einde is."""
    return case((func.bool_or(versie.einde_geldigheid.is_(None)), None), else_=func.max(versie.einde_geldigheid))


def van_zaaktype(model: type[Any]) -> dict[str, Afgeleid]:
    """Wat elk onderdeel van zijn zaaktype overneemt."""

    def veld(naam: str) -> Uitdrukking:
        zaaktype = _kopie(Zaaktype)
        return select(getattr(zaaktype, naam)).where(zaaktype.id == model.zaaktype).scalar_subquery()

    def over_versies(grens: Any) -> Uitdrukking:
        eigen, versie = _kopie(Zaaktype, "eigen"), _kopie(Zaaktype)
        zelfde = (versie.catalogus == eigen.catalogus, versie.identificatie == eigen.identificatie)
        return select(grens(versie)).where(eigen.id == model.zaaktype, *zelfde).scalar_subquery()

    return {
        "catalogus": Afgeleid(lambda: veld("catalogus"), doel=lambda: Catalogus),
        "zaaktype_identificatie": waarde(lambda: veld("identificatie")),
        "begin_geldigheid": waarde(lambda: veld("begin_geldigheid")),
        "einde_geldigheid": waarde(lambda: veld("einde_geldigheid")),
        "begin_object": waarde(lambda: over_versies(_eerste_begin)),
        "einde_object": waarde(lambda: over_versies(_laatste_einde)),
    }


def is_eindstatus() -> ColumnElement[bool]:
    """De eindstatus heeft het hoogste volgnummer van het zaaktype."""
    ander = aliased(Statustype)
    hoogste = select(func.max(ander.volgnummer)).where(ander.zaaktype == Statustype.zaaktype).scalar_subquery()
    return Statustype.volgnummer == hoogste


def resultaattypen_met_besluit(naam: str = "id") -> Afgeleid:
    """De resultaattypen van geldige zaaktypen die dit besluittype noemen."""

    def uitdrukking() -> Uitdrukking:
        soort, zaaktype = aliased(Resultaattype), aliased(Zaaktype)
        keuze = _ids(soort) if naam == "id" else _namen(getattr(soort, naam))
        waar = (
            zaaktype.catalogus == Besluittype.catalogus,
            Besluittype.omschrijving == any_(soort.besluittype_omschrijving),
            _te_tonen_bij(Besluittype, zaaktype, Zaaktype),
        )
        vraag = keuze.select_from(soort).join(zaaktype, zaaktype.id == soort.zaaktype).where(*waar)
        return vraag.scalar_subquery()

    return Afgeleid(uitdrukking, doel=(lambda: Resultaattype) if naam == "id" else None)


def van_onderdelen(model: type[Any], kolom: str) -> Afgeleid:
    """De waarden van een kolom van de onderdelen van een zaaktype."""

    def uitdrukking() -> Uitdrukking:
        onderdeel: Any = aliased(model)
        return _namen(getattr(onderdeel, kolom)).where(onderdeel.zaaktype == Zaaktype.id).scalar_subquery()

    return Afgeleid(uitdrukking)


# filters


def versiefilters(model: type[Any]) -> dict[str, Filter]:
    """`status` en `datumGeldigheid` van een type."""
    return {
        "status": Filter(Concept, lambda keuze, _o: _met_status(model, keuze)),
        "datumGeldigheid": Filter(date, lambda dag, _o: geldt_op(model, dag)),
    }


def onderdeelfilters(model: type[Any]) -> dict[str, Filter]:
    """`status`, `datumGeldigheid` en `zaaktypeIdentificatie` van een onderdeel, volgens zijn zaaktype."""

    def bij(voorwaarde: ColumnElement[bool]) -> ColumnElement[bool]:
        hangt_aan: ColumnElement[bool] = model.zaaktype.in_(select(Zaaktype.id).where(voorwaarde))
        return hangt_aan

    return {
        "status": Filter(Concept, lambda keuze, _o: bij(_met_status(Zaaktype, keuze))),
        "datumGeldigheid": Filter(date, lambda dag, _o: bij(geldt_op(Zaaktype, dag))),
        "zaaktypeIdentificatie": Filter(str, lambda naam, _o: bij(Zaaktype.identificatie == naam)),
    }


def zaakobjecttypefilters() -> dict[str, Filter]:
    """De filters van zaakobjecttypen die over hun zaaktype gaan; `status` kan, zonder eigen standaardkeuze (regels 9)."""

    def bij(voorwaarde: ColumnElement[bool]) -> ColumnElement[bool]:
        return Zaakobjecttype.zaaktype.in_(select(Zaaktype.id).where(voorwaarde))

    gewoon = onderdeelfilters(Zaakobjecttype)
    return {
        **{naam: gewoon[naam] for naam in ("datumGeldigheid", "zaaktypeIdentificatie", "status")},
        "catalogus": Filter(ZoekUrl, lambda url, o: bij(Zaaktype.catalogus == o.id_uit_url(url, Zaaktype.catalogus))),
        "datumBeginGeldigheid": Filter(date, lambda dag, _o: bij(Zaaktype.begin_geldigheid == dag)),
        "datumEindeGeldigheid": Filter(date, lambda dag, _o: bij(Zaaktype.einde_geldigheid == dag)),
    }


def _met_status(model: Any, keuze: str) -> ColumnElement[bool]:
    keuzes: dict[str, ColumnElement[bool]] = {
        "alles": true(),
        "concept": model.concept.is_(True),
        "definitief": model.concept.is_(False),
    }
    return keuzes[keuze]
