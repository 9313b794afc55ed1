"""Relaties die in twee registraties staan, alles of niets (zrc-005, brc-005).

Aanmaken: de rij met mark `bezig_aanmaken` (alleen de spiegelende registratie ziet haar) → de relatie daar → de mark weg, en pas dan
audittrail en notificatie. Verwijderen net zo, met `bezig_verwijderen`. Gaat er iets mis, dan gaat alles terug en is het antwoord
`pending-relations`. Valt het proces ertussen, dan doet een rij uit de outbox hetzelfde: de aanroeper kreeg nooit antwoord, dus
terug naar hoe het was is altijd goed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import (
    Connection,
    String,
    Table,
    UniqueConstraint,
    Update,
    and_,
    bindparam,
    cast,
    delete,
    false,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from integratie.basis import ApiClient, ApiFout, NietIngesteld
from kern.database import na_commit
from kern.diensten import API_PADEN
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.opdrachten import Vastlegging, invoegen, voer_samen_uit
from kern.outbox import Verwerker, Werk, intrekking, plaats, trek_in
from kern.tabellen import OutboxTabel
from kit.antwoord import Antwoord
from kit.autorisaties import UitAutorisatiesApi
from kit.bron import Bron, Registratie, Spiegel
from kit.lezen import tabel_achter
from kit.marks import AANMAKEN, KLAAR, TERUG_AANMAKEN, TERUG_VERWIJDEREN, VERWIJDEREN
from kit.omgeving import Omgeving
from kit.ophalen import Ophaler
from kit.schema import Soort, kolomsoort
from kit.schrijven import Schrijver, strijdig
from kit.toegang import Toegang
from kit.wijziging import STAAT_ER, Wijziging

log = structlog.get_logger()
GEDULD = timedelta(seconds=30)  # zo lang heeft het verzoek zelf; daarna komt de outbox kijken
OVERNEMEN = timedelta(seconds=10)
"""Zo lang wacht een aanroeper op antwoord; wie het daarna nog eens vraagt, hoeft niet op de outbox te wachten."""
BESTAAT_AL = "unique"
TERUG = {AANMAKEN: TERUG_AANMAKEN, VERWIJDEREN: TERUG_VERWIJDEREN}


class GespiegeldeSchrijver(Schrijver):
    """De schrijfacties op een bron met een `spiegel` (zrc-005, brc-005)."""

    def _schrijf_nieuw(self, w: Wijziging[Any], toegang: Toegang) -> Antwoord:
        if not _dienst_van(self._omgeving, self._bron, w.waarden):
            return super()._schrijf_nieuw(w, toegang)
        try:
            self._zet_neer(w, toegang)
        except Probleem as fout:
            if fout.status != HTTPStatus.CONFLICT or not self._ruim_halve_op(w):
                raise
            self._zet_neer(w, toegang)
        return self._rond_af(
            w,
            lambda: _spiegel_aan(self._omgeving, self._bron, {**w.waarden, "id": w.id}),
            lambda: self._schrijf(w, toegang, "maak", 201, self._maak_zichtbaar),
        )

    def _schrijf_weg(self, w: Wijziging[Any], toegang: Toegang) -> Antwoord:
        oud = w.oud or {}
        if not _dienst_van(self._omgeving, self._bron, oud):
            return super()._schrijf_weg(w, toegang)
        self._begin(w, lambda: (_merk_weg(_tabel(self._bron)), {"gezocht": w.id}), self._bron.bij_verwijderen)
        w.oud = {**oud, "revisie": oud["revisie"] + 1}
        return self._rond_af(
            w,
            lambda: _spiegel_weg(self._omgeving, self._bron, oud),
            lambda: self._schrijf(w, toegang, "verwijder", 204, self._haal_voorgoed_weg),
        )

    def _begin(
        self, w: Wijziging[Any], merk: Callable[[], Vastlegging], regels: Any, mag: Callable[[], bool] = lambda: True
    ) -> None:
        """De eerste transactie: alle regels, de mark, en een rij in de outbox voor als dit proces het niet afmaakt."""
        installatie = self._omgeving.installatie
        try:
            with installatie.db.schrijven() as verbinding:
                w.transactie = verbinding
                self._vergrendel(w)
                self._toets(w, regels)
                inhoud = {"bron": self._bron.enkelvoud, "id": str(w.id)}
                vanaf = installatie.klok.nu() + GEDULD
                naam = verwerkernaam(self._omgeving.registratie)
                w.geheugen["wacht"] = plaats(installatie, verbinding, naam, inhoud, vanaf=vanaf, samen_met=[merk()])
                if not mag():
                    raise Probleem(403)
        except IntegrityError as fout:
            raise strijdig(fout) from None
        finally:
            w.transactie = None

    def _ruim_halve_op(self, w: Wijziging[Any]) -> bool:
        """Draai terug wat een eerdere poging halverwege liet liggen, als die te oud is om nog bezig te zijn. Was er zoiets?

        Is zij toch nog bezig, dan eindigt zij in 409: bij het zichtbaar maken is haar rij weg.
        """
        halve = self._halve(w)
        if halve is None:
            return False
        if not self._herstel(UUID(halve.inhoud["id"])):
            return False
        with self._omgeving.installatie.db.schrijven() as verbinding:
            trek_in(verbinding, halve.id)
        return True

    def _halve(self, w: Wijziging[Any]) -> Any:
        """De rij in de outbox van een oude poging tot dezelfde relatie."""
        model: Any = self._bron.model
        gelijk = [and_(*(kolom == w.waarden[kolom.key] for kolom in sleutel)) for sleutel in _sleutels(w, model)]
        vraag = (
            select(OutboxTabel.id, OutboxTabel.inhoud)
            .join(model, OutboxTabel.inhoud["id"].astext == cast(model.id, String))
            .where(
                OutboxTabel.verwerker == verwerkernaam(self._omgeving.registratie),
                OutboxTabel.aangemaakt <= w.nu - OVERNEMEN,
                model.mark.in_((AANMAKEN, TERUG_AANMAKEN)),
                or_(false(), *gelijk),
            )
        )
        with self._omgeving.installatie.db.lezen() as verbinding:
            return verbinding.execute(vraag.limit(1)).first()

    def _zet_neer(self, w: Wijziging[Any], toegang: Toegang) -> None:
        def rij() -> Vastlegging:  # pas na de regels: die vullen nog waarden in
            return invoegen(self._bron.model), {"id": w.id, "mark": AANMAKEN, **w.waarden, **self._bron.vast}

        def mag() -> bool:
            return self._lezer.mag(w.verbinding, toegang, "maak", w.id, hoofd=w.geheugen["hoofd"])

        self._begin(w, rij, self._bron.binnen, mag)
        w.geheugen[STAAT_ER] = True

    def _rond_af(self, w: Wijziging[Any], spiegel: Callable[[], None], schrijf: Callable[[], Antwoord]) -> Antwoord:
        """De andere registratie, en dan de tweede transactie; wat er ook misgaat, daarna is alles weer zoals het was."""
        gelukt = False
        try:
            spiegel()
            antwoord = schrijf()
            gelukt = "Idempotency-Replayed" not in antwoord.koppen
        except NietIngesteld:
            raise
        except ApiFout as fout:
            raise _niet_gespiegeld(fout) from fout
        finally:
            if not gelukt:
                self._herstel(w.id)
        return antwoord

    def _herstel(self, id_: UUID) -> bool:
        """Draai een halve relatie terug; lukt dat niet, dan doet de outbox het later."""
        try:
            herstel(self._omgeving, self._bron, id_)
        except ApiFout as fout:
            log.warning("spiegelrelatie nog niet hersteld; de outbox doet het later", fout=str(fout))
            return False
        return True

    def _maak_zichtbaar(self, w: Wijziging[Any]) -> None:
        zichtbaar = _maak_klaar(_tabel(self._bron)), {"gezocht": w.id}
        if voer_samen_uit(w.verbinding, [intrekking(w.geheugen["wacht"])], zichtbaar).rowcount != 1:
            raise Probleem(409)  # dit duurde zo lang dat de outbox de relatie intussen terugdraaide
        self._gevolgen(w)

    def _haal_voorgoed_weg(self, w: Wijziging[Any]) -> None:
        trek_in(w.verbinding, w.geheugen["wacht"])
        self._haal_weg(w)


def _tabel(bron: Bron) -> Table:
    model: Any = bron.model
    tabel: Table = model.__table__
    return tabel


@cache
def _merk_weg(tabel: Table) -> Update:
    return update(tabel).where(tabel.c.id == bindparam("gezocht")).values(mark=VERWIJDEREN, revisie=tabel.c.revisie + 1)


@cache
def _maak_klaar(tabel: Table) -> Update:
    return update(tabel).where(tabel.c.id == bindparam("gezocht"), tabel.c.mark == AANMAKEN).values(mark=KLAAR)


def _niet_gespiegeld(fout: ApiFout) -> Ongeldig:
    reden = f"De relatie kon in de andere registratie niet worden bijgewerkt ({fout})."
    return Ongeldig(ParamFout("nonFieldErrors", "pending-relations", reden))


def _sleutels(w: Wijziging[Any], model: Any) -> list[list[Any]]:
    """De combinaties van kolommen die één keer mogen voorkomen, voor zover de aanroeper ze bepaalt."""
    eisen = (deel for deel in model.__table__.constraints if isinstance(deel, UniqueConstraint))
    sleutels = [list(eis.columns) for eis in eisen]
    return [sleutel for sleutel in sleutels if all(kolom.key in w.waarden for kolom in sleutel)]


def herstel(omgeving: Omgeving, bron: Bron, id_: UUID) -> None:
    """Breng een relatie die halverwege bleef terug naar hoe zij was; `ApiFout` als de andere registratie niet meewerkt."""
    rij = _zet_op_terug(omgeving.installatie, bron.model, id_)
    if rij is None:
        return
    model: Any = bron.model
    dezelfde = model.id == id_, model.mark == rij["mark"]
    opdracht: Any
    if rij["mark"] == TERUG_AANMAKEN:
        _spiegel_weg(omgeving, bron, rij)
        opdracht = delete(model).where(*dezelfde)
    else:
        _spiegel_aan(omgeving, bron, rij)
        opdracht = update(model).where(*dezelfde).values(mark=KLAAR, revisie=model.revisie + 1)
    with omgeving.installatie.db.schrijven() as verbinding:
        verbinding.execute(opdracht)


def _zet_op_terug(installatie: Installatie, model: Any, id_: UUID) -> Mapping[str, Any] | None:
    """De rij, gemerkt als terug te draaien; None als zij er niet is of klaar is."""
    with installatie.db.schrijven() as verbinding:
        vraag = select(*model.__table__.columns).where(model.id == id_).with_for_update()
        rij = verbinding.execute(vraag).mappings().first()
        if rij is None or rij["mark"] == KLAAR:
            return None
        mark = TERUG.get(rij["mark"], rij["mark"])
        verbinding.execute(update(model).where(model.id == id_).values(mark=mark, revisie=model.revisie + 1))
        return {**rij, "mark": mark}


# de andere registratie


def _spiegel_van(bron: Bron) -> Spiegel:
    if bron.spiegel is None:
        raise TypeError(f"{bron.enkelvoud} heeft geen spiegel")
    return bron.spiegel


def _opslag(omgeving: Omgeving, bron: Bron, rij: Mapping[str, Any]) -> dict[str, str]:
    """De velden waaraan de relatie daar te herkennen is, als `dienst:pad`."""
    return {veld: _verwijzing(omgeving, bron, kolom, rij[kolom]) for veld, kolom in _spiegel_van(bron).velden.items()}


def _verwijzing(omgeving: Omgeving, bron: Bron, kolom: str, waarde: Any) -> str:
    if kolom == "id":
        return f"{omgeving.registratie.naam}:{omgeving.pad_naar(bron.model, waarde)}"
    attribuut: Any = getattr(bron.model, kolom)
    if kolomsoort(attribuut) is Soort.EIGEN:
        return f"{omgeving.registratie.naam}:{omgeving.pad_naar(tabel_achter(attribuut), waarde)}"
    return str(waarde)


def _plek(omgeving: Omgeving, bron: Bron, rij: Mapping[str, Any]) -> str:
    """Waar de relatie daar staat, zoals het bewaard kan worden: een pad, of `dienst:pad`."""
    pad = _spiegel_van(bron).pad
    kolommen = {kolom: _verwijzing(omgeving, bron, kolom, rij[kolom]) for kolom in re.findall(r"{(\w+)}", pad)}
    return pad.format_map(kolommen)


def _dienst_van(omgeving: Omgeving, bron: Bron, rij: Mapping[str, Any]) -> str:
    """De dienst waarin de spiegel van deze rij staat; leeg als zij er geen heeft."""
    spiegel = _spiegel_van(bron)
    if spiegel.als and not rij[spiegel.als]:
        return ""
    return _dienst_bij(omgeving, str(rij[spiegel.bij])) if spiegel.bij else spiegel.api


def _dienst_bij(omgeving: Omgeving, verwijzing: str) -> str:
    """De geregistreerde ZGW-dienst van een ander, die geen API van het platform is, waar deze verwijzing heen gaat; anders leeg."""
    dienst = omgeving.diensten.bij_url(omgeving.diensten.naar_url(verwijzing))
    is_zgw = dienst is not None and dienst.naam not in API_PADEN and dienst.aanmelding == "zgw"
    return dienst.naam if dienst is not None and is_zgw else ""


def _client(omgeving: Omgeving, bron: Bron, opslag: Mapping[str, str]) -> ApiClient:
    """De client voor waar de relatie met deze velden (als `dienst:pad`) gespiegeld staat."""
    spiegel = _spiegel_van(bron)
    bij = next((opslag[veld] for veld, kolom in spiegel.velden.items() if kolom == spiegel.bij), "")
    return omgeving.ophaler.client(spiegel.api or _dienst_bij(omgeving, bij))


def _spiegel_aan(omgeving: Omgeving, bron: Bron, rij: Mapping[str, Any]) -> None:
    """Maak de relatie in de andere registratie; bestaat zij daar al, dan is dat goed."""
    opslag = _opslag(omgeving, bron, rij)
    inhoud = _urls(omgeving, opslag) | dict(_spiegel_van(bron).vast)
    plek = omgeving.diensten.naar_url(_plek(omgeving, bron, rij))
    try:
        _client(omgeving, bron, opslag).vraag("POST", plek, json=inhoud)
    except ApiFout as fout:
        if {deel.code for deel in fout.fouten} != {BESTAAT_AL}:
            raise


def spiegel_meteen(omgeving: Omgeving, bron: Bron, rij: Mapping[str, Any]) -> None:
    """Maak de relatie in de andere registratie bij een rij die er al staat; wie dit vraagt, draait de rij terug als het mislukt.

    `Ongeldig` met wat de andere registratie ervan zei.
    """
    try:
        if _dienst_van(omgeving, bron, rij):
            _spiegel_aan(omgeving, bron, rij)
    except NietIngesteld:
        raise
    except ApiFout as fout:
        raise _niet_gespiegeld(fout) from fout


def _spiegel_weg(omgeving: Omgeving, bron: Bron, rij: Mapping[str, Any]) -> None:
    _haal_weg(omgeving, bron, _plek(omgeving, bron, rij), _opslag(omgeving, bron, rij))


def _haal_weg(omgeving: Omgeving, bron: Bron, plek: str, opslag: Mapping[str, str]) -> None:
    """Verwijder de relatie in de andere registratie; is zij er niet, dan is dat goed."""
    client, velden = _client(omgeving, bron, opslag), _urls(omgeving, opslag)
    for gevonden in _vind(client, omgeving.diensten.naar_url(plek), velden, zoekbaar=_spiegel_van(bron).zoekbaar):
        if all(gevonden[veld] == url for veld, url in velden.items()):
            client.verwijder(gevonden["url"])


def _vind(client: ApiClient, adres: str, velden: Mapping[str, str], *, zoekbaar: bool) -> Any:
    try:
        gevonden = client.vraag("GET", adres, params=velden if zoekbaar else None)
        return gevonden["results"] if isinstance(gevonden, dict) else gevonden
    except ApiFout as fout:
        if fout.status != HTTPStatus.NOT_FOUND:  # waar de relatie onder hing, is zelf al weg
            raise
        return []


def _urls(omgeving: Omgeving, opslag: Mapping[str, str]) -> dict[str, str]:
    return {veld: omgeving.diensten.naar_url(waarde) for veld, waarde in opslag.items()}


# mee verwijderen met het hoofdobject, en wat de outbox doet


def ruim_spiegels_op(w: Wijziging[Any], bron: Bron, hoofden: Iterable[UUID]) -> None:
    """Bij het verwijderen van hoofdobjecten: haal ook de gespiegelde relaties van `bron` daaronder weg, zodra het verwijderen vaststaat.

    Het verzoek doet dat zelf, zodat de aanroeper ze meteen nergens meer ziet. Wat dan niet lukt, doet de outbox later.
    """
    model: Any = bron.model
    installatie, verwerker = w.omgeving.installatie, verwerkernaam(w.omgeving.registratie)
    vraag = select(*model.__table__.columns).where(getattr(model, bron.hoofd).in_(list(hoofden)))
    gepland = []
    for rij in map(dict, w.verbinding.execute(vraag).mappings()):
        if not _dienst_van(w.omgeving, bron, rij):
            continue
        opslag, plek = _opslag(w.omgeving, bron, rij), _plek(w.omgeving, bron, rij)
        inhoud = {"bron": bron.enkelvoud, "weg": opslag, "plek": plek}
        gepland.append((plaats(installatie, w.verbinding, verwerker, inhoud, vanaf=w.nu + GEDULD), plek, opslag))
    if gepland:
        na_commit(lambda: _ruim_meteen_op(w, bron, gepland))


def _ruim_meteen_op(w: Wijziging[Any], bron: Bron, gepland: Iterable[tuple[int, str, dict[str, str]]]) -> None:
    """Haal de relaties weg en trek hun werk in; na de eerste die niet (op tijd) lukt is de rest voor de outbox."""
    klaar: list[int] = []

    def ruim_op() -> None:
        for nummer, plek, opslag in gepland:
            _haal_weg(w.omgeving, bron, plek, opslag)
            klaar.append(nummer)

    try:
        w.geduld.wacht_op(ruim_op)
    except (ApiFout, TimeoutError) as fout:
        log.warning("relatie elders nog niet opgeruimd", bron=bron.enkelvoud, fout=type(fout).__name__)
    with w.omgeving.installatie.db.schrijven() as verbinding:
        for nummer in klaar:
            trek_in(verbinding, nummer)


def verwerkernaam(registratie: Registratie) -> str:
    """De naam van de outbox-verwerker voor de spiegels van een registratie."""
    return f"spiegel.{registratie.naam}"


def spiegel_verwerkers(registratie: Registratie) -> Callable[[Installatie], list[Verwerker]]:
    """Voor het `Deel` van de registratie: wie halve relaties terugdraait en verweesde opruimt."""

    def doe(installatie: Installatie, werk: Werk) -> Callable[[Connection], None] | None:
        omgeving = Omgeving(
            installatie, registratie, UitAutorisatiesApi(installatie, Ophaler(installatie, namens=registratie.naam))
        )
        bron = registratie.bron(werk.inhoud["bron"])
        if "weg" in werk.inhoud:
            plek = werk.inhoud.get("plek", _spiegel_van(bron).pad)
            _haal_weg(omgeving, bron, plek, werk.inhoud["weg"])
        else:
            herstel(omgeving, bron, UUID(werk.inhoud["id"]))
        return None

    return lambda _installatie: [Verwerker(verwerkernaam(registratie), buiten=doe)]
