"""De regels van de Catalogi API: één functie per regel uit de standaard, met haar code in de docstring."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import isodate
from sqlalchemy import exists, func, or_, select, update

from integratie.basis import ApiFout
from integratie.catalogi.schemas import BesluitTypeIn, EigenschapIn, StatusTypeIn, ZaakTypeIn
from kern.fouten import ParamFout, Probleem
from kit import Wijziging
from kit.bron import Regel
from kit.omgeving import id_uit_opslag
from kit.regels import lijnnaam
from registraties.catalogi.modellen import (
    NAAMKOLOM,
    Besluittype,
    Catalogus,
    Eigenschap,
    Informatieobjecttype,
    Resultaattype,
    Roltype,
    Statustype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)

Fouten = Iterable[ParamFout]
GEFORCEERD_SCHRIJVEN = ("catalogi.geforceerd-schrijven",)
GEFORCEERD_VERWIJDEREN = ("catalogi.geforceerd-verwijderen",)
MINSTE_STATUSTYPEN = 2


# namen


def op_naam(veld: str, kolom: str, doel: type[Any], *, bij_onderdeel: bool = False) -> Regel:
    """Historiemodel: bewaar namen uit `veld` (namen of URL's) in `kolom`.

    Codes: `does_not_exist` voor een naam of URL zonder type, `relations-incorrect-catalogus` (ztc-013) bij een andere catalogus.
    """

    def regel(w: Wijziging[Any]) -> Fouten:
        if w.actie == "partial_update" and veld not in w.meegegeven:
            return ()
        gegeven = getattr(w.nieuw, veld)
        namen, fouten = namen_uit(w, f"{lijnnaam(w, veld)}.{{}}", gegeven, doel, _catalogus(w, bij_onderdeel))
        w.waarden[kolom] = list(dict.fromkeys(namen))
        return fouten

    return regel


def zaaktypen_van_besluittype(w: Wijziging[BesluitTypeIn]) -> Fouten:
    """ztc-013: `zaaktypen` van een besluittype volgt uit de zaaktypen zelf; wie het meegeeft, noemt er geen uit een andere catalogus."""
    ids = [id_ for url in w.nieuw.zaaktypen if (id_ := _id(w, url))]
    if "zaaktypen" in w.meegegeven and ids:
        vraag = select(Zaaktype.id).where(Zaaktype.id.in_(ids), Zaaktype.catalogus != w.waarden["catalogus"])
        with w.omgeving.installatie.db.lezen() as verbinding:
            elders = verbinding.execute(vraag.limit(1)).first()
        if elders is not None:
            reden = "Dit zaaktype staat in een andere catalogus."
            yield ParamFout("nonFieldErrors", "relations-incorrect-catalogus", reden)


def relaties_op_naam(w: Wijziging[ZaakTypeIn]) -> Fouten:
    """Historiemodel: gerelateerde zaaktypen worden op identificatie bewaard."""
    if w.actie == "partial_update" and "gerelateerde_zaaktypen" not in w.meegegeven:
        return ()
    relaties = w.nieuw.gerelateerde_zaaktypen
    gegeven = [relatie.zaaktype for relatie in relaties]
    namen, fouten = namen_uit(w, "gerelateerdeZaaktypen.{}.zaaktype", gegeven, Zaaktype, w.waarden["catalogus"])
    w.waarden["relaties"] = [
        {"zaaktypeIdentificatie": naam, "aardRelatie": relatie.aard_relatie, "toelichting": relatie.toelichting}
        for naam, relatie in zip(namen, relaties, strict=False)
    ]
    return fouten


def ziot_op_naam(w: Wijziging[Any]) -> Fouten:
    """Historiemodel: het informatieobjecttype van een ZIOT wordt op omschrijving bewaard."""
    gegeven = [w.nieuw.informatieobjecttype]
    namen, fouten = namen_uit(w, "informatieobjecttype", gegeven, Informatieobjecttype, _catalogus(w, True))
    w.waarden["informatieobjecttype"] = namen[0] if namen else ""
    return fouten


def _catalogus(w: Wijziging[Any], bij_onderdeel: bool) -> Any:  # intern, één betekenis
    if not bij_onderdeel:
        return w.waarden["catalogus"]
    return w.rij(Zaaktype, w.waarden["zaaktype"]).get("catalogus")


def namen_uit(
    w: Wijziging[Any], veld: str, gegeven: list[str], doel: type[Any], catalogus: Any
) -> tuple[list[str], list[ParamFout]]:
    """De namen bij een lijst van namen en URL's, met een fout voor elk deel dat in deze catalogus niets aanwijst.

    `veld` is hoe dat deel heet, met `{}` waar het volgnummer hoort.
    """
    kolom = getattr(doel, NAAMKOLOM[doel])
    ids = {tekst: _id(w, tekst) for tekst in gegeven}
    vraag = select(doel.id, kolom.label("naam"), doel.catalogus).where(
        or_(doel.id.in_([id_ for id_ in ids.values() if id_]), kolom.in_(gegeven))
    )
    with w.omgeving.installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(vraag).all()
    op_id = {rij.id: rij for rij in rijen}
    bekend = {rij.naam for rij in rijen if rij.catalogus == catalogus} | {w.waarden.get(NAAMKOLOM[doel])}
    namen, fouten = [], []
    for index, tekst in enumerate(gegeven):
        rij = op_id.get(ids[tekst])
        naam = tekst if rij is None else rij.naam
        if rij is not None and rij.catalogus != catalogus:
            fouten.append(
                ParamFout("nonFieldErrors", "relations-incorrect-catalogus", "Dit type staat in een andere catalogus.")
            )
        elif rij is None and (ids[tekst] or naam not in bekend):
            fouten.append(ParamFout(veld.format(index), "does_not_exist", "Dit type bestaat niet in deze catalogus."))
        else:
            namen.append(naam)
    return namen, fouten


def _id(w: Wijziging[Any], tekst: str) -> Any:
    return id_uit_opslag(w.omgeving.diensten.naar_opslag(tekst), w.omgeving.registratie.naam)


def catalogus_is_leeg(w: Wijziging[Any]) -> Fouten:
    """ztc-017 (Catalogi 1.4): alleen een catalogus waar geen type meer in staat verdwijnt, anders 409."""
    w.verbinding.execute(select(Catalogus.id).where(Catalogus.id == w.id).with_for_update())
    soorten = (exists().where(soort.catalogus == w.id) for soort in (Zaaktype, Besluittype, Informatieobjecttype))
    if w.verbinding.execute(select(or_(*soorten))).scalar():
        raise Probleem(409, code="CATALOG_NOT_EMPTY", detail="Er staan nog typen in deze catalogus.")
    return ()


# versies van een type


def versie_klopt(w: Wijziging[Any]) -> Fouten:
    """De geldigheid begint niet na haar einde: `date-mismatch`."""
    begin, einde = w.nieuw.begin_geldigheid, w.nieuw.einde_geldigheid
    if einde is not None and einde < begin:
        yield ParamFout("nonFieldErrors", "date-mismatch", "De geldigheid eindigt voordat zij begint.")


def alleen_concept_wijzigt(w: Wijziging[Any]) -> Fouten:
    """ztc-009: een gepubliceerd type krijgt alleen een einddatum, of met de geforceerde scope een aanvulling (3.4)."""
    if w.oud is None or w.oud["concept"]:
        return
    if w.actie == "partial_update" and w.meegegeven <= {"einde_geldigheid"}:
        return
    if w.omgeving.toegang.heeft("ztc", GEFORCEERD_SCHRIJVEN) and _is_aanvulling(w):
        return
    yield ParamFout("nonFieldErrors", "non-concept-object", "Een gepubliceerd type is niet te wijzigen.")


def _is_aanvulling(w: Wijziging[Any]) -> bool:
    """Niets verdwijnt: catalogus, naam en begin blijven, lijsten groeien alleen, en wat mocht blijft mogen."""
    vast = {"catalogus", "begin_geldigheid", NAAMKOLOM[w.bron.model]}
    for veld in filter(w.verandert, w.waarden):
        oud, nieuw = (w.oud or {})[veld], w.waarden[veld]
        if veld in vast or (oud is True and nieuw is False):
            return False
        if isinstance(oud, list) and not all(deel in nieuw for deel in oud):
            return False
    return True


def alleen_concept_verdwijnt(w: Wijziging[Any]) -> Fouten:
    """ztc-009: een gepubliceerd type verdwijnt alleen met de geforceerde scope, en als niets het gebruikt."""
    if w.oud is None or w.oud["concept"]:
        return
    if not w.omgeving.toegang.heeft("ztc", GEFORCEERD_VERWIJDEREN):
        yield ParamFout("nonFieldErrors", "non-concept-object", "Een gepubliceerd type is niet te verwijderen.")
    elif _is_in_gebruik(w):
        yield ParamFout("nonFieldErrors", "pending-relations", "Er zijn zaken, documenten of besluiten met dit type.")


# Waar een type gebruikt kan zijn: (API, pad, filter). Onderdelen zonder eigen filter tellen mee met hun zaaktype.
GEBRUIK: Mapping[type[Any], tuple[str, str, str]] = {
    Zaaktype: ("zaken", "zaken", "zaaktype"),
    Besluittype: ("besluiten", "besluiten", "besluittype"),
    Informatieobjecttype: ("documenten", "enkelvoudiginformatieobjecten", "informatieobjecttype"),
    Statustype: ("zaken", "statussen", "statustype"),
    Resultaattype: ("zaken", "resultaten", "resultaattype"),
    Roltype: ("zaken", "rollen", "roltype"),
}


def onderdeel_is_vrij(w: Wijziging[Any]) -> Fouten:
    """3.2 en 3.4: ook met de geforceerde scope verdwijnt geen onderdeel waar zaken mee zijn: `pending-relations`."""
    definitief = not w.rij(Zaaktype, (w.oud or {})["zaaktype"]).get("concept", True)
    if definitief and w.omgeving.toegang.heeft("ztc", GEFORCEERD_VERWIJDEREN) and _is_in_gebruik(w):
        yield ParamFout("nonFieldErrors", "pending-relations", "Er zijn zaken die dit gebruiken.")


def _is_in_gebruik(w: Wijziging[Any]) -> bool:
    """Bij twijfel wel: alleen een API die er niet is, kan niets met dit type hebben."""
    oud = w.oud or {}
    if w.bron.model in GEBRUIK:
        api, pad, veld = GEBRUIK[w.bron.model]
        url = f"{w.omgeving.basis}/{w.omgeving.pad_van(w.bron, oud)}"
    else:
        api, pad, veld = GEBRUIK[Zaaktype]
        url = f"{w.omgeving.basis}/{w.omgeving.pad_naar(Zaaktype, oud['zaaktype'])}"
    try:
        return bool(w.omgeving.ophaler.client(api).vraag("GET", pad, params={veld: url})["count"])
    except ApiFout as fout:
        return fout.status != 404  # noqa: PLR2004


def versies_overlappen_niet(w: Wijziging[Any]) -> Fouten:
    """ztc-016: gepubliceerde versies met dezelfde naam overlappen niet, begin en einde inbegrepen: `overlap`."""
    oud = w.oud or {}
    publiceert = w.waarden.get("concept") is False
    if oud.get("concept", True) and not publiceert:
        return
    rij = {**oud, **w.waarden}
    model: Any = w.bron.model
    w.verbinding.execute(select(Catalogus.id).where(Catalogus.id == rij["catalogus"]).with_for_update())
    naam = NAAMKOLOM[model]
    vraag = select(model.id).where(
        model.id != w.id,
        model.catalogus == rij["catalogus"],
        getattr(model, naam) == rij[naam],
        ~model.concept,
        model.begin_geldigheid <= (rij["einde_geldigheid"] or date.max),
        or_(model.einde_geldigheid.is_(None), model.einde_geldigheid >= rij["begin_geldigheid"]),
    )
    if w.verbinding.execute(vraag.limit(1)).first() is not None:
        veld = "beginGeldigheid" if publiceert else "eindeGeldigheid"
        yield ParamFout(veld, "overlap", "Deze versie overlapt met een andere gepubliceerde versie.")


def vul_versiedatum(w: Wijziging[ZaakTypeIn]) -> Fouten:
    """Zonder eigen versiedatum is dat de dag waarop de versie gaat gelden."""
    w.waarden["versiedatum"] = w.nieuw.versiedatum or w.nieuw.begin_geldigheid
    return ()


def verlenging_klopt(w: Wijziging[ZaakTypeIn]) -> Fouten:
    """Verlengen kan alleen met een termijn: `verlenging-mismatch`."""
    if w.nieuw.verlenging_mogelijk and not w.nieuw.verlengingstermijn:
        yield ParamFout("nonFieldErrors", "verlenging-mismatch", "Bij verlengen hoort een verlengingstermijn.")


def bron_is_compleet(w: Wijziging[ZaakTypeIn]) -> Fouten:
    """`broncatalogus` en `bronzaaktype` horen bij elkaar: `invalid-bronzaaktype-for-broncatalogus`."""
    if (w.nieuw.broncatalogus is None) != (w.nieuw.bronzaaktype is None):
        reden = "Geef broncatalogus en bronzaaktype samen, of geen van beide."
        yield ParamFout("nonFieldErrors", "invalid-bronzaaktype-for-broncatalogus", reden)


def duren_zijn_echt(*velden: str) -> Regel:
    """Een duur is niet nul (`empty-duration`) en heeft geen breuken (`vague-duration`) [OZ]."""

    def regel(w: Wijziging[Any]) -> Fouten:
        for veld in velden:
            duur = getattr(w.nieuw, veld)
            if duur and not isodate.parse_duration(duur):
                yield ParamFout(lijnnaam(w, veld), "empty-duration", "Een duur van nul heeft geen betekenis.")
            elif duur and ("." in duur or "," in duur):
                yield ParamFout(lijnnaam(w, veld), "vague-duration", "Gebruik hele getallen in een duur.")

    return regel


# publiceren


def publiceer(w: Wijziging[Any]) -> Fouten:
    """Van concept naar definitief; er is geen weg terug. Nog eens publiceren verandert niets."""
    w.waarden["concept"] = False
    return ()


def zaaktype_is_compleet(w: Wijziging[Any]) -> Fouten:
    """[OZ] (instelbaar) publiceren vraagt een roltype, een resultaattype en twee statustypen (begin en einde)."""
    if not w.omgeving.installatie.instellingen.publiceer_met_onderdelen:
        return
    nodig = (
        (Roltype, "roltypen", 1),
        (Resultaattype, "resultaattypen", 1),
        (Statustype, "statustypen", MINSTE_STATUSTYPEN),
    )
    for model, naam, minste in nodig:
        tabel: Any = model
        vraag = select(func.count()).select_from(tabel).where(tabel.zaaktype == w.id)
        if w.verbinding.execute(vraag).scalar_one() < minste:
            yield ParamFout(naam, "min_length", f"Een gepubliceerd zaaktype heeft minstens {minste} {naam}.")


def relaties_zijn_gepubliceerd(w: Wijziging[Any]) -> Fouten:
    """ztc-012 (in 1.3.2 ingetrokken, instelbaar): elk besluittype en documenttype heeft een gepubliceerde versie: `concept-relation`."""
    if not w.omgeving.installatie.instellingen.publiceer_compleet:
        return
    oud = w.oud or {}
    namen = select(ZaaktypeInformatieobjecttype.informatieobjecttype).where(
        ZaaktypeInformatieobjecttype.zaaktype == w.id
    )
    documenttypen = list(w.verbinding.scalars(namen))
    for doel, genoemd in ((Besluittype, oud["besluittype_omschrijving"]), (Informatieobjecttype, documenttypen)):
        model: Any = doel
        definitief = select(model.omschrijving).where(
            model.catalogus == oud["catalogus"], model.omschrijving.in_(genoemd), ~model.concept
        )
        concept = sorted(set(genoemd) - set(w.verbinding.scalars(definitief)))
        if concept:
            reden = f"Publiceer eerst: {', '.join(concept)}."
            yield ParamFout("nonFieldErrors", "concept-relation", reden)


# onderdelen van een zaaktype


def zaaktype_is_concept(w: Wijziging[Any]) -> Fouten:
    """ztc-010: onderdelen van een gepubliceerd zaaktype zijn vast, behalve bij een correctie met de geforceerde scope (3.4)."""
    if not w.hoofd["concept"] and not _mag_corrigeren(w):
        yield ParamFout("nonFieldErrors", "non-concept-zaaktype", "Het zaaktype is al gepubliceerd.")


def _mag_corrigeren(w: Wijziging[Any]) -> bool:
    """Met de geforceerde scope bij naam mag elke correctie. `heeftAlleAutorisaties` is er geen: dan komt er alleen iets bij (3.4).

    Een nieuw resultaattype weigeren de conformiteitstests ook dan.
    """
    toegang = w.omgeving.toegang
    scopes = GEFORCEERD_VERWIJDEREN if w.actie == "destroy" else GEFORCEERD_SCHRIJVEN
    komt_bij = w.actie == "create" and w.bron.model is not Resultaattype
    return bool(toegang.met("ztc", scopes)) or (toegang.alles and komt_bij)


def verhuist_niet_naar_gepubliceerd(w: Wijziging[Any]) -> Fouten:
    """ztc-011: onder een gepubliceerd zaaktype komt niets bij, ook niet wat eerst onder een ander hing."""
    if w.oud is not None and w.verandert("zaaktype") and not w.rij(Zaaktype, w.waarden["zaaktype"])["concept"]:
        yield ParamFout("nonFieldErrors", "non-concept-zaaktype", "Dat zaaktype is al gepubliceerd.")


def overgenomen_van_zaaktype(w: Wijziging[Any]) -> Fouten:
    """Geldigheid en catalogus komen van het zaaktype; wie ze meegeeft, geeft dezelfde waarden (regels 3.3)."""
    zaaktype = w.rij(Zaaktype, w.waarden["zaaktype"])
    for veld in ("begin_geldigheid", "einde_geldigheid"):
        gegeven = getattr(w.nieuw, veld, None)
        if veld in w.meegegeven and gegeven is not None and gegeven != zaaktype[veld]:
            yield ParamFout(lijnnaam(w, veld), "date-mismatch", "Deze datum is niet die van het zaaktype.")
    catalogus = getattr(w.nieuw, "catalogus", None)
    if catalogus and "catalogus" in w.meegegeven and _id(w, catalogus) != zaaktype["catalogus"]:
        yield ParamFout("nonFieldErrors", "relations-incorrect-catalogus", "Dit is niet de catalogus van het zaaktype.")


def statustype_van_hetzelfde_zaaktype(w: Wijziging[Any]) -> Fouten:
    """Een statustype bij een eigenschap of ZIOT hoort bij hetzelfde zaaktype: `relations-incorrect-zaaktype`."""
    statustype = w.waarden["statustype"]
    if statustype is not None and w.rij(Statustype, statustype).get("zaaktype") != w.waarden["zaaktype"]:
        yield ParamFout(
            "nonFieldErrors", "relations-incorrect-zaaktype", "Dit statustype hoort bij een ander zaaktype."
        )


LENGTE = {"datum": "8", "datum_tijd": "14"}


def lengte_past_bij_formaat(w: Wijziging[EigenschapIn]) -> Fouten:
    """ztc-015: een datum is JJJJMMDD (lengte 8), een datum met tijd JJJJMMDDuummss (lengte 14)."""
    specificatie = w.nieuw.specificatie
    nodig = LENGTE.get(specificatie.formaat)
    if nodig and specificatie.lengte != nodig:
        yield ParamFout("specificatie.lengte", "invalid", f"Bij dit formaat hoort lengte {nodig}.")


def eigenschappen_bij_status(w: Wijziging[StatusTypeIn]) -> Fouten:
    """De verplichte eigenschappen van een statustype horen bij hetzelfde zaaktype: `relations-incorrect-zaaktype`."""
    if "eigenschappen" not in w.meegegeven:
        return
    ids = {index: _id(w, url) for index, url in enumerate(w.nieuw.eigenschappen)}
    vraag = select(Eigenschap.id, Eigenschap.zaaktype).where(Eigenschap.id.in_([id_ for id_ in ids.values() if id_]))
    with w.omgeving.installatie.db.lezen() as verbinding:
        zaaktypen = {rij.id: rij.zaaktype for rij in verbinding.execute(vraag)}
    for index, id_ in ids.items():
        if id_ not in zaaktypen:
            yield ParamFout(f"eigenschappen.{index}", "does_not_exist", "Deze eigenschap bestaat niet.")
        elif zaaktypen[id_] != w.waarden["zaaktype"]:
            yield ParamFout(
                "nonFieldErrors", "relations-incorrect-zaaktype", "De eigenschap hoort bij een ander zaaktype."
            )
    w.geheugen["eigenschappen"] = list(ids.values())


def koppel_eigenschappen(w: Wijziging[StatusTypeIn]) -> None:
    """Gevolg: de genoemde eigenschappen, en geen andere, zijn bij dit statustype verplicht."""
    if "eigenschappen" not in w.geheugen:
        return
    gekozen = Eigenschap.id.in_(w.geheugen["eigenschappen"])
    w.verbinding.execute(update(Eigenschap).where(Eigenschap.statustype == w.id, ~gekozen).values(statustype=None))
    w.verbinding.execute(update(Eigenschap).where(gekozen).values(statustype=w.id))


def waarschuw_bij_nieuwe_eindstatus(w: Wijziging[StatusTypeIn]) -> None:
    """3.4: een statustype achteraan bij een gepubliceerd zaaktype verandert de eindstatus van lopende zaken."""
    if w.actie == "destroy" or w.hoofd["concept"]:
        return
    hoogste = select(func.max(Statustype.volgnummer)).where(
        Statustype.zaaktype == w.waarden["zaaktype"], Statustype.id != w.id
    )
    if w.nieuw.volgnummer > (w.verbinding.execute(hoogste).scalar() or 0):
        w.antwoordkoppen["X-Warning"] = "Dit statustype is voortaan de eindstatus, ook van lopende zaken."
