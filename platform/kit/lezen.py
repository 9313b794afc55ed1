"""Lezen zonder ORM-objecten en zonder pydantic: één SELECT per pagina, kolommen rechtstreeks naar JSON-waarden.

Per bron wordt één keer uitgerekend welke kolom bij welk veld hoort en welke omzetting daarbij hoort; daarna kost een rij een
handvol functieaanroepen.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Label,
    RowMapping,
    Select,
    Uuid,
    any_,
    bindparam,
    func,
    insert,
    literal_column,
    select,
)

from integratie.urn import urn_uuid
from kern.opdrachten import eerste, voer_uit
from kit.afgeleid import Afgeleid
from kit.als_json import JsonVorm, Omzetting, Veld, Wijze, json_vorm
from kit.bron import Bron
from kit.marks import zichtbare_marks
from kit.omgeving import Omgeving
from kit.schema import Soort, Vorm, kolomsoort, omzetter, verwijsvorm
from kit.sqltekst import als_tekst, met_soort
from kit.taal import vertaal
from kit.toegang import Toegang, TypeRechten

VER = 1000  # rijen
Rij = Mapping[str, Any] | RowMapping  # een gelezen rij, per kolomnaam


class Lezer:
    """Leest de rijen van één bron en geeft ze weer zoals de standaard ze toont."""

    def __init__(self, omgeving: Omgeving, bron: Bron) -> None:
        self.omgeving = omgeving
        self.bron = bron
        self.toont_url = "url" in bron.lees.model_fields and not {"url"} & {*bron.schrijf.model_fields, *bron.afgeleid}
        self._toont_uuid = bron.sleutel in bron.lees.model_fields

    # Pas bij het eerste gebruik: alles bij elkaar is dit een kwart van de starttijd.
    @cached_property
    def _velden(self) -> list[Veld]:
        bron = self.bron
        eigen = {bron.sleutel} | ({"url"} if self.toont_url else set()) | ({"taal"} if bron.vertaling else set())
        return [self._veld(naam) for naam in bron.lees.model_fields if naam not in eigen]

    @cached_property
    def _kolommen(self) -> dict[str, Label[Any]]:
        """Wat een rij bevat: de eigen kolommen (`k_`) en de afgeleide velden (`a_`)."""
        tabel: Any = self.bron.model.__table__  # type: ignore[attr-defined]  # tabelklassen
        rij = {f"k_{kolom.key}": kolom for kolom in tabel.columns if not kolom.info.get("alleen_zoeken")}
        rij |= {veld.kolom: veld.uitdrukking for veld in self._velden if veld.kolom.startswith("a_")}
        return {naam: kolom.label(naam) for naam, kolom in rij.items()}

    @cached_property
    def _plekken(self) -> list[tuple[str, int, Omzetting | None]]:
        """Per veld: de naam op de lijn, de plek in een rij en de omzetting."""
        plek = {naam: nummer for nummer, naam in enumerate(self._kolommen)}
        return [(veld.naam, plek[veld.kolom], veld.om) for veld in self._velden]

    @cached_property
    def _selectie(self) -> list[ColumnElement[Any]]:
        """De kolommen, met de afgeleide als vaste SQL-tekst."""
        return [
            als_tekst(kolom, *self._tabel_en_dialect) if naam.startswith("a_") else kolom
            for naam, kolom in self._kolommen.items()
        ]

    @property
    def _tabel_en_dialect(self) -> tuple[Any, Dialect]:
        return self.bron.model.__table__, self.omgeving.installatie.db.engine.dialect  # type: ignore[attr-defined]  # tabelklassen

    # Eén keer gemaakt: SQLAlchemy onthoudt bij het object zelf hoe het gecompileerd is.
    @cached_property
    def _met_id(self) -> Select[Any]:
        return self._alles().where(self._id == bindparam("gezocht"))

    @cached_property
    def _met_ids(self) -> Select[Any]:
        """Eén parameter voor alle id's: PostgreSQL neemt hoogstens 65.535 losse parameters."""
        return self._alles().where(self._id == any_(bindparam("gezocht", type_=ARRAY(Uuid))))

    @cached_property
    def _slot(self) -> Select[Any]:
        return select(self._id).where(self._id == bindparam("gezocht")).with_for_update()

    def _veld(self, naam: str) -> Veld:
        alias = self.bron.lees.model_fields[naam].alias or naam
        afgeleid = self.bron.afgeleid.get(naam)
        if afgeleid is None:
            kolom = getattr(self.bron.model, naam)
            return Veld(alias, f"k_{kolom.key}", kolom.property.columns[0], *self._omzetting(naam, kolom))
        # Als tekst: een uitdrukking houdt een kopie vast van elke tabel waar zij langs gaat, met al haar kolommen.
        uitdrukking = met_soort(afgeleid.uitdrukking(), *self._tabel_en_dialect)
        return Veld(alias, f"a_{naam}", uitdrukking, *self._omzetting_afgeleid(naam, afgeleid))

    def _omzetting(self, naam: str, kolom: Any) -> tuple[Omzetting | None, Wijze, str]:
        soort = kolomsoort(kolom)
        if soort is Soort.EIGEN:
            return self._verwijzing(naam, tabel_achter(kolom))
        naar_url = self.omgeving.diensten.naar_url
        if soort is Soort.URL:
            return lambda waarde: naar_url(waarde) if waarde else waarde, Wijze.OPSLAG, ""
        return self._schema_omzetting(naam)

    def _omzetting_afgeleid(self, naam: str, afgeleid: Afgeleid) -> tuple[Omzetting | None, Wijze, str]:
        om: Omzetting | None = afgeleid.omzetten
        in_omgeving = afgeleid.in_omgeving
        if in_omgeving is not None:
            om = lambda waarde: in_omgeving(waarde, self.omgeving)  # noqa: E731  # een van de vier omzettingen
        elif afgeleid.paden:
            om = lambda paden: [f"{self.omgeving.basis}/{pad}" for pad in paden or []]  # noqa: E731  # om is in elke tak een functie
        elif om is None and afgeleid.doel:
            return self._verwijzing(naam, afgeleid.doel())
        elif om is None and afgeleid.urn:
            om = self._naar_urn(afgeleid.urn)
        return (om, Wijze.PYTHON, "") if om else self._schema_omzetting(naam)

    def _schema_omzetting(self, naam: str) -> tuple[Omzetting | None, Wijze, str]:
        """Verwijzingen (`dienst:pad`) in een waarde worden URL's, waar het leesschema ze heeft."""
        naar_url = self.omgeving.diensten.naar_url
        binnen = omzetter(self.bron.lees, naam)
        return (lambda waarde: binnen(waarde, naar_url), Wijze.SCHEMA, "") if binnen else (None, Wijze.GEWOON, "")

    def _naar_urn(self, soort: str) -> Omzetting:
        rsin = self.omgeving.installatie.instellingen.bronorganisatie
        return lambda waarde: urn_uuid(rsin, soort, waarde)

    def _verwijzing(self, naam: str, model: type[Any]) -> tuple[Omzetting | None, Wijze, str]:
        """Een id zoals deze API verwijst: als URL, als kaal uuid, of als `{uuid, url}` (Klantinteracties)."""
        vorm = verwijsvorm(self.bron.lees, naam)
        if vorm is Vorm.UUID:
            return None, Wijze.GEWOON, ""
        begin = f"{self.omgeving.basis}/{self.omgeving.registratie.bij_model(model).pad}/"
        naar_url = self._naar_urls(begin)
        if vorm is Vorm.URL:
            return naar_url, Wijze.EIGEN, begin
        return lambda waarde: _met_uuid(waarde, naar_url), Wijze.PYTHON, ""

    def _naar_urls(self, begin: str) -> Omzetting:
        is_lijst = list

        def om(waarde: Any) -> Any:
            if waarde is None:
                return None
            return [f"{begin}{deel}" for deel in waarde] if isinstance(waarde, is_lijst) else f"{begin}{waarde}"

        return om

    def keuze(self) -> Select[Any]:
        """De SELECT met alle kolommen van deze bron, en alleen de rijen die de aanroeper ziet."""
        return self._alles().where(*self._zichtbaar)

    def _alles(self, selectie: Sequence[ColumnElement[Any]] | None = None) -> Select[Any]:
        return select(*(selectie or self._selectie)).select_from(self.bron.model).where(*self._vast)

    @cached_property
    def json(self) -> JsonVorm | None:
        """Hoe PostgreSQL zelf de weergave maakt; None als een veld daarvan Python nodig heeft."""
        return self._json_van(self._velden)

    @cached_property
    def _json_van_nieuwe(self) -> JsonVorm | None:
        """Hetzelfde voor een rij die er net is: wat onder haar kan hangen is er nog niet."""
        return self._json_van([self._bij_nieuw(veld) for veld in self._velden])

    def _bij_nieuw(self, veld: Veld) -> Veld:
        afgeleid = self.bron.afgeleid.get(veld.kolom.removeprefix("a_")) if veld.kolom.startswith("a_") else None
        if afgeleid is None or afgeleid.bij_nieuw is None:
            return veld
        return replace(veld, uitdrukking=afgeleid.bij_nieuw)

    def _json_van(self, velden: Sequence[Veld]) -> JsonVorm | None:
        if self.bron.vertaling:
            return None
        tabel: Any = self.bron.model.__table__  # type: ignore[attr-defined]  # tabelklassen
        vast = [("url", self._url_in_sql(tabel))] if self.toont_url else []
        vast += [(self.bron.sleutel, f"{tabel.fullname}.id")] if self._toont_uuid else []
        dialect = self.omgeving.installatie.db.engine.dialect
        return json_vorm(velden, vast, tabel, dialect, self.omgeving.diensten)

    def _url_in_sql(self, tabel: Any) -> str:
        eigen = self.omgeving.registratie.identiteit(self.bron)
        delen = f"{self.omgeving.basis}/{eigen.pad}/{{{eigen.padkolom}}}".replace("'", "''")
        tekst = re.sub(r"{(\w+)}", lambda vondst: f"' || {tabel.fullname}.{vondst[1]} || '", delen)
        return f"'{tekst}'".removesuffix(" || ''")

    def geef_weer(self, rij: Rij) -> dict[str, Any]:
        """Een rij als JSON-waarden."""
        uit: dict[str, Any] = {}
        if self.toont_url:
            uit["url"] = self.url(rij)
        if self._toont_uuid:
            uit[self.bron.sleutel] = rij["k_id"]
        waarden = tuple(rij.values())
        for naam, plek, om in self._plekken:
            waarde = waarden[plek]
            uit[naam] = om(waarde) if om else waarde
        for naam, ouder in self._onder_zichzelf:
            uit[naam] = [url.replace(ouder, str(rij["k_id"])) for url in uit[naam]]
        if self.bron.vertaling:
            vertaal(uit, rij["k_vertalingen"])
        return uit

    @cached_property
    def _onder_zichzelf(self) -> list[tuple[str, str]]:
        """De lijsten van kinderen die hun pad onder deze resource hebben, met hoe zij daar in dat pad heet (`{zaak}`)."""
        return [(veld.naam, vondst[0]) for veld in self._velden if (vondst := re.search(r"{\w+}", veld.begin))]

    def url(self, rij: Rij) -> str:
        """De URL van een rij."""
        begin, kolom = self._identiteit
        if begin:
            return f"{begin}{rij[kolom]}"
        return f"{self.omgeving.basis}/{self.omgeving.pad_van(self.bron, kolommen(rij))}"

    @cached_property
    def _identiteit(self) -> tuple[str, str]:
        """Het begin van elke URL en de kolom erachter (zie `Omgeving.pad_van`); leeg als het pad per rij anders is."""
        eigen = self.omgeving.registratie.identiteit(self.bron)
        begin = "" if "{" in eigen.pad else f"{self.omgeving.basis}/{eigen.pad}/"
        return begin, f"k_{eigen.padkolom}"

    def een(self, verbinding: Connection, id_: UUID, *, slot: bool = False) -> Rij | None:
        """De rij met dit id; met `slot` vergrendeld tot het eind van de transactie, en dan ook als zij nog bezig is."""
        if slot and not self.vergrendel(verbinding, id_):
            return None
        return self._met_dit_id(verbinding, self._met_id, id_, () if slot else self._zichtbaar)

    def een_json(self, verbinding: Connection, id_: UUID) -> Rij | None:
        """De rij met dit id, gelezen met `json`, en de kolommen waaraan rechten, ouders en kenmerken te zien zijn."""
        return self._met_dit_id(verbinding, self._json_met_id, id_, self._zichtbaar)

    def _met_dit_id(
        self, verbinding: Connection, vraag: Select[Any], id_: UUID, zichtbaar: Sequence[ColumnElement[bool]]
    ) -> Rij | None:
        if zichtbaar:
            return verbinding.execute(vraag.where(*zichtbaar), {"gezocht": id_}).mappings().first()
        return eerste(verbinding, vraag, {"gezocht": id_})

    def voeg_in(self, verbinding: Connection, waarden: Mapping[str, Any]) -> Rij | None:
        """Voeg een rij toe en geef haar zoals `een_json`, in één vraag; alleen als haar weergave van geen andere rij afhangt."""
        return eerste(verbinding, self._invoegen_met_json, waarden)

    @cached_property
    def _invoegen_met_json(self) -> Insert:
        # Niet uit `invoegen`: een kopie daarvan onthoudt de (lege) kolommen van het origineel.
        opdracht = insert(self.bron.model.__table__).inline()  # type: ignore[attr-defined]  # tabelklassen
        return opdracht.returning(*self._json_en_toets(self._json_van_nieuwe))

    @cached_property
    def _json_met_id(self) -> Select[Any]:
        return self._alles(self._json_en_toets(self.json)).where(self._id == bindparam("gezocht"))

    def _json_en_toets(self, vorm: JsonVorm | None) -> list[ColumnElement[Any]]:
        eigen = self.omgeving.registratie.identiteit(self.bron)
        namen = {"id", eigen.padkolom, *eigen.ouders, *self.bron.rechten.kolommen, *self.bron.kenmerkkolommen}
        toets = [getattr(self.bron.model, naam).label(f"k_{naam}") for naam in sorted(namen)]
        return [*(vorm.kolommen if vorm else []), *toets]

    def vergrendel(self, verbinding: Connection, id_: UUID) -> bool:
        """Vergrendel de rij; False als zij niet bestaat."""
        return voer_uit(verbinding, self._slot, {"gezocht": id_}).fetchone() is not None

    def met_ids(self, verbinding: Connection, ids: Iterable[UUID], waar: ColumnElement[bool]) -> Sequence[RowMapping]:
        """De rijen met deze id's waar `waar` voor geldt, in één vraag."""
        return verbinding.execute(self._met_ids.where(*self._zichtbaar, waar), {"gezocht": list(ids)}).mappings().all()

    def lijst(
        self,
        verbinding: Connection,
        waar: Sequence[ColumnElement[bool]],
        volgorde: Sequence[Any],
        *,
        vanaf: int = 0,
        aantal: int | None = None,
        ziet_alles: bool = False,
    ) -> Sequence[RowMapping]:
        """Een deel van de lijst; de volgorde ligt altijd vast (`nr` als laatste).

        `ziet_alles`: elke rij voldoet aan `waar`, dus ver in de lijst hoeft dat niet van elke overgeslagen rij nagegaan.
        """
        vraag = self._bladzij(None, waar, volgorde, vanaf, aantal, ziet_alles=ziet_alles)
        return verbinding.execute(vraag).mappings().all()

    def lijst_json(
        self,
        verbinding: Connection,
        vorm: JsonVorm,
        waar: Sequence[ColumnElement[bool]],
        volgorde: Sequence[Any],
        *,
        vanaf: int = 0,
        aantal: int | None = None,
        ziet_alles: bool = False,
    ) -> list[orjson.Fragment]:
        """Hetzelfde deel van de lijst, als weergaven."""
        rijen = verbinding.execute(self._bladzij(vorm.kolommen, waar, volgorde, vanaf, aantal, ziet_alles=ziet_alles))
        return vorm.weergaven(rijen.all())

    def _bladzij(
        self,
        selectie: Sequence[ColumnElement[Any]] | None,
        waar: Sequence[ColumnElement[bool]],
        volgorde: Sequence[Any],
        vanaf: int,
        aantal: int | None,
        *,
        ziet_alles: bool,
    ) -> Select[Any]:
        volgorde = [*volgorde, self.bron.model.nr]
        if vanaf < VER:
            vraag = self._alles(selectie).where(*self._zichtbaar, *waar)
            # De grootte staat als getal in de opdracht: met een parameter maakt PostgreSQL het plan elke keer opnieuw.
            begrensd = vraag if aantal is None else vraag.limit(literal_column(f"{aantal:d}"))
            return (begrensd.offset(vanaf) if vanaf else begrensd).order_by(*volgorde)
        # Ver in de lijst: sla rijen over in de index (waar het volgnummer in staat), en lees alleen wat op de pagina staat.
        # Wat gelezen wordt voldoet altijd aan `waar`, ook als er net een rij bij kwam die de aanroeper niet ziet.
        nr = self.bron.model.nr
        overslaan = () if ziet_alles else waar
        bladzij = select(nr).where(*self._vast, *self._zichtbaar, *overslaan).order_by(*volgorde)
        gelezen = waar if ziet_alles else ()
        return self._alles(selectie).where(nr.in_(bladzij.offset(vanaf).limit(aantal)), *gelezen).order_by(*volgorde)

    def tel(self, verbinding: Connection, waar: Sequence[ColumnElement[bool]]) -> int:
        """Het aantal rijen waar de voorwaarden voor gelden."""
        return verbinding.execute(
            select(func.count()).select_from(self.bron.model).where(*self._vast, *self._zichtbaar, *waar)
        ).scalar_one()

    def mag(
        self,
        verbinding: Connection,
        toegang: Toegang,
        operatie: str,
        id_: UUID,
        rij: Rij | None = None,
        hoofd: Mapping[str, Any] | None = None,
    ) -> bool:
        """Valt de rij onder wat de aanroeper bij deze operatie mag?

        `rij` (zoals gelezen) of `hoofd` (de kolommen van haar hoofdobject) zijn genoeg om het zonder vraag te weten.
        """
        if toegang.alles and not toegang.alleen_gereed:
            return True
        rechten, scopes = self.bron.rechten, self.bron.scopes.get(operatie, ())
        via = rechten.via if isinstance(rechten, TypeRechten) else None
        bekend = hoofd if via is not None and via.key == self.bron.hoofd else None
        if via is None and rij is not None:
            bekend = kolommen(rij)
        if bekend:
            return rechten.mag_rij(toegang, operatie, scopes, bekend)
        waar = rechten.beperking(toegang, operatie, scopes)
        return verbinding.execute(select(self._id).where(self._id == id_, waar)).first() is not None

    @property
    def _vast(self) -> list[ColumnElement[bool]]:
        return [getattr(self.bron.model, naam) == waarde for naam, waarde in self.bron.vast.items()]

    @property
    def _zichtbaar(self) -> list[ColumnElement[bool]]:
        """Een relatie die nog bezig is ziet alleen de registratie die haar spiegelt."""
        if self.bron.spiegel is None:
            return []
        model: Any = self.bron.model
        return [model.mark.in_(zichtbare_marks(self.omgeving, self.bron.spiegel))]

    @property
    def _id(self) -> Any:
        return self.bron.model.id


def kolommen(rij: Rij) -> dict[str, Any]:
    """De kolommen van de tabel in een gelezen rij, onder hun eigen naam."""
    return {naam[2:]: waarde for naam, waarde in rij.items() if naam.startswith("k_")}


def _met_uuid(waarde: Any, naar_url: Omzetting) -> Any:
    if isinstance(waarde, list):
        return [{"uuid": id_, "url": url} for id_, url in zip(waarde, naar_url(waarde), strict=True)]
    return None if waarde is None else {"uuid": waarde, "url": naar_url(waarde)}


def tabel_achter(kolom: Any) -> type[Any]:
    """De tabelklasse waar een verwijzende kolom naar wijst."""
    doel = next(iter(kolom.property.columns[0].foreign_keys)).column.table
    klassen: Iterator[type[Any]] = (m.class_ for m in kolom.class_.registry.mappers if m.local_table is doel)
    return next(klassen)
