"""Lezen zonder ORM-objecten en zonder pydantic: één SELECT per pagina, kolommen rechtstreeks naar JSON-waarden.

Per bron wordt één keer uitgerekend welke kolom bij welk veld hoort en welke omzetting daarbij hoort; daarna kost een rij een
handvol functieaanroepen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Label,
    RowMapping,
    Select,
    Uuid,
    any_,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.exc import CompileError
from sqlalchemy.sql import visitors

from integratie.urn import urn_uuid
from kit.bron import Bron
from kit.marks import zichtbare_marks
from kit.omgeving import Omgeving
from kit.schema import Soort, Vorm, kolomsoort, omzetter, verwijsvorm
from kit.taal import vertaal
from kit.toegang import Toegang, TypeRechten

Omzetting = Callable[[Any], Any]
VER = 1000  # rijen


@dataclass(frozen=True)
class _Veld:
    naam: str  # op de lijn, camelCase
    kolom: str  # naam in de rij
    uitdrukking: Any
    om: Omzetting | None


class Lezer:
    """Leest de rijen van één bron en geeft ze weer zoals de standaard ze toont."""

    def __init__(self, omgeving: Omgeving, bron: Bron) -> None:
        self.omgeving = omgeving
        self.bron = bron
        self.toont_url = "url" in bron.lees.model_fields and not {"url"} & {*bron.schrijf.model_fields, *bron.afgeleid}
        eigen_velden = ({"url"} if self.toont_url else set()) | ({"taal"} if bron.vertaling else set())
        self._velden = [
            self._veld(naam) for naam in bron.lees.model_fields if naam not in {*eigen_velden, bron.sleutel}
        ]
        self._toont_uuid = bron.sleutel in bron.lees.model_fields

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
        """De kolommen, met de afgeleide als vaste SQL-tekst.

        Anders zoekt SQLAlchemy bij elke opdracht alle uitdrukkingen na om haar in de cache terug te vinden; bij vijftig kolommen
        kost dat meer dan de opdracht zelf.
        """
        tabel, dialect = self.bron.model.__table__, self.omgeving.installatie.db.engine.dialect  # type: ignore[attr-defined]  # tabelklassen
        return [
            als_tekst(kolom, tabel, dialect) if naam.startswith("a_") else kolom
            for naam, kolom in self._kolommen.items()
        ]

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

    def _veld(self, naam: str) -> _Veld:
        alias = self.bron.lees.model_fields[naam].alias or naam
        afgeleid = self.bron.afgeleid.get(naam)
        if afgeleid is None:
            kolom = getattr(self.bron.model, naam)
            return _Veld(alias, f"k_{kolom.key}", None, self._omzetting(naam, kolom))
        doel = afgeleid.doel
        in_omgeving = afgeleid.in_omgeving
        if in_omgeving is not None:
            return _Veld(alias, f"a_{naam}", afgeleid.uitdrukking(), lambda waarde: in_omgeving(waarde, self.omgeving))
        if afgeleid.paden:
            return _Veld(
                alias,
                f"a_{naam}",
                afgeleid.uitdrukking(),
                lambda paden: [f"{self.omgeving.basis}/{pad}" for pad in paden or []],
            )
        om = afgeleid.omzetten or (self._verwijzing(naam, doel()) if doel else None)
        om = om or (self._naar_urn(afgeleid.urn) if afgeleid.urn else self._schema_omzetting(naam))
        return _Veld(alias, f"a_{naam}", afgeleid.uitdrukking(), om)

    def _omzetting(self, naam: str, kolom: Any) -> Omzetting | None:
        soort = kolomsoort(kolom)
        if soort is Soort.EIGEN:
            return self._verwijzing(naam, tabel_achter(kolom))
        naar_url = self.omgeving.diensten.naar_url
        if soort is Soort.URL:
            return lambda waarde: naar_url(waarde) if waarde else waarde
        return self._schema_omzetting(naam)

    def _schema_omzetting(self, naam: str) -> Omzetting | None:
        """Verwijzingen (`dienst:pad`) in een waarde worden URL's, waar het leesschema ze heeft."""
        naar_url = self.omgeving.diensten.naar_url
        binnen = omzetter(self.bron.lees, naam)
        return (lambda waarde: binnen(waarde, naar_url)) if binnen else None

    def _naar_urn(self, soort: str) -> Omzetting:
        rsin = self.omgeving.installatie.instellingen.bronorganisatie
        return lambda waarde: urn_uuid(rsin, soort, waarde)

    def _verwijzing(self, naam: str, model: type[Any]) -> Omzetting | None:
        """Een id zoals deze API verwijst: als URL, als kaal uuid, of als `{uuid, url}` (Klantinteracties)."""
        vorm = verwijsvorm(self.bron.lees, naam)
        if vorm is Vorm.UUID:
            return None
        naar_url = self._naar_urls(model)
        return naar_url if vorm is Vorm.URL else lambda waarde: _met_uuid(waarde, naar_url)

    def _naar_urls(self, model: type[Any]) -> Omzetting:
        begin = f"{self.omgeving.basis}/{self.omgeving.registratie.bij_model(model).pad}/"
        is_lijst = list

        def om(waarde: Any) -> Any:
            if waarde is None:
                return None
            return [f"{begin}{deel}" for deel in waarde] if isinstance(waarde, is_lijst) else f"{begin}{waarde}"

        return om

    def keuze(self) -> Select[Any]:
        """De SELECT met alle kolommen van deze bron, en alleen de rijen die de aanroeper ziet."""
        return self._alles().where(*self._zichtbaar)

    def _alles(self) -> Select[Any]:
        return select(*self._selectie).select_from(self.bron.model).where(*self._vast)

    def geef_weer(self, rij: RowMapping) -> dict[str, Any]:
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
        if self.bron.vertaling:
            vertaal(uit, rij["k_vertalingen"])
        return uit

    def url(self, rij: RowMapping) -> str:
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

    def een(self, verbinding: Connection, id_: UUID, *, slot: bool = False) -> RowMapping | None:
        """De rij met dit id; met `slot` vergrendeld tot het eind van de transactie, en dan ook als zij nog bezig is."""
        if slot and not self.vergrendel(verbinding, id_):
            return None
        zichtbaar = () if slot else self._zichtbaar
        keuze = self._met_id.where(*zichtbaar) if zichtbaar else self._met_id
        return verbinding.execute(keuze, {"gezocht": id_}).mappings().first()

    def vergrendel(self, verbinding: Connection, id_: UUID) -> bool:
        """Vergrendel de rij; False als zij niet bestaat."""
        return verbinding.execute(self._slot, {"gezocht": id_}).first() is not None

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
    ) -> Sequence[RowMapping]:
        """Een deel van de lijst; de volgorde ligt altijd vast (`nr` als laatste)."""
        volgorde = [*volgorde, self.bron.model.nr]
        vraag = self.keuze().where(*waar).order_by(*volgorde)
        if vanaf < VER:
            vraag = vraag.offset(vanaf).limit(aantal)
        else:  # ver in de lijst: sla rijen over in de index, en lees alleen wat op de pagina staat
            bladzij = select(self._id).where(*self._vast, *self._zichtbaar, *waar).order_by(*volgorde)
            vraag = self._alles().where(self._id.in_(bladzij.offset(vanaf).limit(aantal))).order_by(*volgorde)
        return verbinding.execute(vraag).mappings().all()

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
        rij: RowMapping | None = None,
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


def kolommen(rij: RowMapping) -> dict[str, Any]:
    """De kolommen van de tabel in een gelezen rij, onder hun eigen naam."""
    return {naam[2:]: waarde for naam, waarde in rij.items() if naam.startswith("k_")}


def als_tekst(kolom: Label[Any], tabel: Any, dialect: Dialect) -> ColumnElement[Any]:
    """Een benoemde kolom van `tabel` als vaste SQL-tekst; wat van het verzoek afhangt (een `callable_`) blijft zoals het is."""
    if any(getattr(deel, "callable", None) for deel in visitors.iterate(kolom)):
        return kolom
    try:
        vraag = select(kolom).select_from(tabel).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    except CompileError:  # een waarde die niet als tekst te schrijven is (JSON)
        return kolom
    tekst = str(vraag).removeprefix("SELECT ").rpartition(f" AS {kolom.name} \nFROM ")[0]
    return literal_column(tekst.replace("%%", "%")).label(kolom.name) if tekst else kolom


def _met_uuid(waarde: Any, naar_url: Omzetting) -> Any:
    if isinstance(waarde, list):
        return [{"uuid": id_, "url": url} for id_, url in zip(waarde, naar_url(waarde), strict=True)]
    return None if waarde is None else {"uuid": waarde, "url": naar_url(waarde)}


def tabel_achter(kolom: Any) -> type[Any]:
    """De tabelklasse waar een verwijzende kolom naar wijst."""
    doel = next(iter(kolom.property.columns[0].foreign_keys)).column.table
    klassen: Iterator[type[Any]] = (m.class_ for m in kolom.class_.registry.mappers if m.local_table is doel)
    return next(klassen)
