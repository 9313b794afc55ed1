"""Resources van een ander systeem overnemen zoals zij daar zijn: zelfde uuid, zelfde afgeleide gegevens, dezelfde audittrail.

Dit gaat niet langs regels en gevolgen: een oude zaak hoeft niet te voldoen aan wat bij een nieuwe geldt, en niemand krijgt er een
notificatie van. Wat er al staat wordt bijgewerkt zolang niemand het hier wijzigde (revisie 1); twee keer overnemen verandert niets.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, and_, literal_column, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from kern.fouten import ParamFout
from kern.installatie import Installatie
from kit.autorisaties import UitAutorisatiesApi
from kit.bron import Bron, Registratie
from kit.kolommen import Kolommen
from kit.omgeving import Omgeving, id_uit_opslag
from kit.ophalen import Ophaler
from kit.schema import Soort, fouten_uit, kolomsoort, omzetter, valideer

TIJDSTIP = TypeAdapter(datetime)


@dataclass(frozen=True, kw_only=True)
class Rij:
    """Een rij om over te nemen; `url` zegt waar zij vandaan komt.

    `sleutel`: kolommen die samen hetzelfde ding aanwijzen, ook onder een ander uuid (naast wat de tabel uniek heeft). `erbij` loopt
    in de transactie, als de rij geschreven is.
    """

    model: Any
    waarden: Mapping[str, Any]
    url: str = ""
    sleutel: tuple[str, ...] = ()
    erbij: Callable[[Connection], None] | None = None

    def met(self, **waarden: Any) -> "Rij":
        """Dezelfde rij, met deze kolomwaarden erbij."""
        return replace(self, waarden={**self.waarden, **waarden})


@dataclass
class Uitslag:
    """Wat er met rijen gebeurde. `anders`: wat hier al stond onder een ander uuid, per url; `geweigerd`: de reden, per url."""

    nieuw: int = 0
    bijgewerkt: int = 0
    gelijk: int = 0
    behouden: list[str] = field(default_factory=list)
    anders: dict[str, UUID] = field(default_factory=dict)
    geweigerd: dict[str, str] = field(default_factory=dict)

    def voeg_toe(self, ander: "Uitslag") -> None:
        """Tel een andere uitslag hierbij op."""
        self.nieuw += ander.nieuw
        self.bijgewerkt += ander.bijgewerkt
        self.gelijk += ander.gelijk
        self.behouden += ander.behouden
        self.anders |= ander.anders
        self.geweigerd |= ander.geweigerd


class Overnemer:
    """Maakt rijen van weergaven van één registratie; de URL's daarin zijn al die van hier."""

    def __init__(self, installatie: Installatie, registratie: Registratie) -> None:
        rechten = UitAutorisatiesApi(installatie, Ophaler(installatie, namens=registratie.naam))
        self._omgeving = Omgeving(installatie, registratie, rechten)
        self._kolommen: dict[str, Kolommen] = {}

    def rij(self, bron: Bron, weergave: Mapping[str, Any], url: str, sleutel: tuple[str, ...] = ()) -> Rij:
        """De rij bij een weergave; `ValueError` met alle redenen als zij hier niet past. Het uuid is het laatste deel van `url`."""
        schema = self._schrijfbaar(bron, weergave)
        soort = self._kolommen.setdefault(bron.enkelvoud, Kolommen(self._omgeving, bron))
        waarden, fouten = soort.waarden(schema)
        waarden |= self._afgeleid(bron, weergave, waarden, fouten)
        if fouten:
            raise ValueError(_tekst(fouten))
        return Rij(model=bron.model, waarden={"id": uuid_van(url), **waarden, **bron.vast}, url=url, sleutel=sleutel)

    def _schrijfbaar(self, bron: Bron, weergave: Mapping[str, Any]) -> Any:
        """Het schrijfschema; een null waar hier geen null kan, telt als weggelaten."""
        uitkomst = valideer(bron.schrijf, weergave)
        if isinstance(uitkomst, list):
            leeg = {fout.naam for fout in uitkomst if fout.code == "null"}
            uitkomst = valideer(bron.schrijf, {naam: deel for naam, deel in weergave.items() if naam not in leeg})
        if isinstance(uitkomst, list):
            raise ValueError(_tekst(uitkomst))  # noqa: TRY004  # de invoer klopt niet, niet het type
        return uitkomst

    def _afgeleid(
        self, bron: Bron, weergave: Mapping[str, Any], gehad: Collection[str], fouten: list[ParamFout]
    ) -> dict[str, Any]:
        """De kolommen die hier alleen te lezen zijn (einddatum, versie): hun waarde komt van daar."""
        waarden: dict[str, Any] = {}
        for naam, lijnnaam, type_, om in _leesvelden(bron):
            if lijnnaam not in weergave or (naam in gehad and (_zelfde(bron, naam) or weergave[lijnnaam] is None)):
                continue
            try:
                waarde = type_.dump_python(type_.validate_python(weergave[lijnnaam]), by_alias=True)
            except ValidationError as fout:
                fouten += [ParamFout(f"{lijnnaam}.{deel.naam}", deel.code, deel.reden) for deel in fouten_uit(fout)]
                continue
            if kolomsoort(getattr(bron.model, naam)) is Soort.EIGEN:
                waarden[naam] = self._eigen_id(str(waarde)) if waarde else None
            else:
                waarden[naam] = om(waarde, self._omgeving.diensten.naar_opslag) if om else waarde
        return waarden

    def _eigen_id(self, url: str) -> UUID | None:
        return id_uit_opslag(self._omgeving.diensten.naar_opslag(url), self._omgeving.registratie.naam)

    def auditrij(self, regel: Mapping[str, Any]) -> Rij:
        """Een regel uit de audittrail van een hoofdobject, zoals de API hem geeft."""
        naar_opslag = self._omgeving.diensten.naar_opslag
        hoofd_object = naar_opslag(regel["hoofdObject"])
        wijzigingen = regel.get("wijzigingen") or {}
        waarden = {
            "id": UUID(regel["uuid"]),
            "hoofd": uuid_van(hoofd_object),
            "applicatie_id": regel.get("applicatieId") or "",
            "gebruikers_id": regel.get("gebruikersId") or "",
            "gebruikers_weergave": regel.get("gebruikersWeergave") or "",
            "actie": regel["actie"],
            "resultaat": regel["resultaat"],
            "hoofd_object": hoofd_object,
            "resource": regel["resource"],
            "resource_url": naar_opslag(regel["resourceUrl"]),
            "toelichting": regel.get("toelichting") or "",
            "resource_weergave": regel.get("resourceWeergave") or "",
            "aanmaakdatum": TIJDSTIP.validate_python(regel["aanmaakdatum"]),
            "oud": wijzigingen.get("oud"),
            "nieuw": wijzigingen.get("nieuw"),
        }
        return Rij(model=self._omgeving.registratie.audit, waarden=waarden, url=f"{regel['hoofdObject']}/audittrail")


def uuid_van(url: str) -> UUID:
    """Het uuid waar een URL (of pad) op eindigt; `ValueError` als dat er niet is."""
    return UUID(url.rstrip("/").rpartition("/")[2].partition("?")[0])


@cache
def _leesvelden_van(bron_lees: type[Any], tabel: Any) -> list[tuple[str, str, TypeAdapter[Any], Any]]:
    velden = bron_lees.model_fields
    return [
        (naam, velden[naam].alias or naam, TypeAdapter(velden[naam].rebuild_annotation()), omzetter(bron_lees, naam))
        for naam in velden
        if naam in tabel.columns
    ]


def _leesvelden(bron: Bron) -> list[tuple[str, str, TypeAdapter[Any], Any]]:
    return _leesvelden_van(bron.lees, bron.model.__table__)  # type: ignore[attr-defined]  # tabelklassen


def _zelfde(bron: Bron, naam: str) -> bool:
    return bool(bron.schrijf.model_fields[naam].annotation == bron.lees.model_fields[naam].annotation)


def _tekst(fouten: Iterable[ParamFout]) -> str:
    return "; ".join(f"{fout.naam}: {fout.code} ({fout.reden})" for fout in fouten)


# schrijven


def schrijf(verbinding: Connection, rijen: Sequence[Rij]) -> Uitslag:
    """Neem de rijen over, op volgorde, in deze transactie. Wat niet kan staat in de uitslag; de rest gaat door."""
    uitslag = Uitslag()
    rest = [rij for rij in rijen if not _staat_er_al_anders(verbinding, rij, uitslag)]
    for groep in _groepen(rest):
        try:
            with verbinding.begin_nested():
                _schrijf_groep(verbinding, groep, uitslag)
        except IntegrityError:
            for rij in groep:
                _schrijf_los(verbinding, rij, uitslag)
    return uitslag


def _groepen(rijen: Iterable[Rij]) -> list[list[Rij]]:
    """Opeenvolgende rijen van dezelfde tabel met dezelfde kolommen; elk id één keer, de laatste wint."""
    groepen: list[dict[UUID, Rij]] = []
    vorige: Any = None
    for rij in rijen:
        soort = rij.model, rij.waarden.keys()
        if soort != vorige:
            groepen.append({})
            vorige = soort
        groepen[-1][rij.waarden["id"]] = rij
    return [list(groep.values()) for groep in groepen]


def _schrijf_groep(verbinding: Connection, groep: Sequence[Rij], uitslag: Uitslag) -> None:
    model = groep[0].model
    opdracht = _opdracht(model.__table__, tuple(groep[0].waarden))
    gedaan = {rij.id: rij.nieuw for rij in verbinding.execute(opdracht, [dict(rij.waarden) for rij in groep])}
    rest = [rij for rij in groep if rij.waarden["id"] not in gedaan]
    behouden = _hier_gewijzigd(verbinding, model, rest)
    for rij in groep:
        if rij.erbij is not None and rij.waarden["id"] in gedaan:
            rij.erbij(verbinding)
    uitslag.nieuw += sum(gedaan.values())
    uitslag.bijgewerkt += len(gedaan) - sum(gedaan.values())
    uitslag.gelijk += len(rest) - len(behouden)
    uitslag.behouden += [rij.url for rij in rest if rij.waarden["id"] in behouden]


@cache
def _opdracht(tabel: Any, kolommen: tuple[str, ...]) -> Any:
    """Invoegen, of bijwerken wat anders is en hier nog niet gewijzigd; geeft alleen de rijen die veranderden."""
    nieuw = insert(tabel)
    anders = or_(*(tabel.c[naam].is_distinct_from(nieuw.excluded[naam]) for naam in kolommen if naam != "id"))
    onaangeroerd = [tabel.c.revisie == 1] if "revisie" in tabel.c else []
    return nieuw.on_conflict_do_update(
        index_elements=["id"],
        set_={naam: nieuw.excluded[naam] for naam in kolommen if naam != "id"},
        where=and_(anders, *onaangeroerd),
    ).returning(tabel.c.id, literal_column("(xmax = 0)").label("nieuw"))


def _hier_gewijzigd(verbinding: Connection, model: Any, rijen: Sequence[Rij]) -> set[UUID]:
    if not rijen or "revisie" not in model.__table__.c:
        return set()
    vraag = select(model.id).where(model.id.in_([rij.waarden["id"] for rij in rijen]), model.revisie > 1)
    return set(verbinding.scalars(vraag))


def _schrijf_los(verbinding: Connection, rij: Rij, uitslag: Uitslag) -> None:
    try:
        with verbinding.begin_nested():
            _schrijf_groep(verbinding, [rij], uitslag)
    except IntegrityError as fout:
        if not _staat_er_al_anders(verbinding, rij, uitslag):
            uitslag.geweigerd[rij.url] = _waarom(fout)


def _staat_er_al_anders(verbinding: Connection, rij: Rij, uitslag: Uitslag) -> bool:
    """Staat hetzelfde ding hier al onder een ander uuid? Dan blijft dat staan en wijzen verwijzingen daarheen."""
    if not rij.sleutel:
        return False
    gelijk = [getattr(rij.model, naam) == rij.waarden[naam] for naam in rij.sleutel]
    gevonden = verbinding.scalars(select(rij.model.id).where(*gelijk).limit(1)).first()
    if gevonden is None or gevonden == rij.waarden["id"]:
        return False
    uitslag.anders[rij.url] = gevonden
    return True


def _waarom(fout: IntegrityError) -> str:
    naam = str(getattr(getattr(fout.orig, "diag", None), "constraint_name", "") or "")
    if naam.startswith(("uq_", "pk_")):
        return f"unique (hier staat al iets anders met dezelfde {naam.partition('_')[2].replace('_', ' ')})"
    if naam.startswith("fk_"):
        return f"does_not_exist (wat {naam.partition('_')[2].replace('_', ' ')} aanwijst, is hier niet)"
    return "invalid (een verplichte waarde ontbreekt)"
