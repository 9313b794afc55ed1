"""Wat elke schrijfactie achterlaat, in dezelfde transactie: een regel in de audittrail en een notificatie in de outbox."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import orjson
from flask import has_request_context, request
from sqlalchemy import Connection, delete

from integratie.basis import ApiFout
from integratie.notificaties import NotificatiesClient
from integratie.notificaties.schemas import KanaalIn
from kern.installatie import Installatie
from kern.opdrachten import Vastlegging, invoegen, voer_uit
from kern.outbox import Verwerker, Werk, plaats
from kit.antwoord import naar_json
from kit.bron import Bron
from kit.lezen import tabel_achter
from kit.omgeving import Omgeving
from kit.ophalen import Ophaler
from kit.schema import Soort, kolomsoort
from kit.toegang import Toegang
from kit.wijziging import Wijziging

NOTIFICATIE = "notificatie"


class Sporen:
    """Audittrail en notificaties van één bron."""

    def __init__(self, omgeving: Omgeving, bron: Bron, hoofdbron: Bron) -> None:
        self._omgeving = omgeving
        self._bron = bron
        self._hoofdbron = hoofdbron

    def leg_vast(
        self, w: Wijziging[Any], toegang: Toegang, oud: Any, nieuw: Any, status: int, hoofd: Mapping[str, Any] | None
    ) -> None:
        """Leg de actie vast; `oud` en `nieuw` zijn de volledige weergaven, of hun JSON."""
        hoofd = hoofd or w.oud or {}
        hoofd_object = self._omgeving.opslag_van(self._hoofdbron, hoofd)
        kolommen = hoofd if self._hoofdbron is self._bron else w.oud or {}
        eigen = self._omgeving.opslag_van(self._bron, {**kolommen, **w.waarden, "id": w.id})
        samen, w.samen = w.samen or [], None
        if self._omgeving.registratie.audit is not None:
            samen += self._audit(w, toegang, oud, nieuw, status, hoofd_object, eigen, hoofd["id"])
        if self._hoofdbron.kanaal is not None and w.actie in self._bron.meldt:
            meld(self._omgeving, w.verbinding, self._bron, self._hoofdbron, w.actie, hoofd, eigen, samen)
            return
        for opdracht in samen:
            voer_uit(w.verbinding, *opdracht)

    def _audit(
        self,
        w: Wijziging[Any],
        toegang: Toegang,
        oud: Any,
        nieuw: Any,
        status: int,
        hoofd_object: str,
        eigen: str,
        hoofd_id: Any,
    ) -> list[Vastlegging]:
        """De regel in de audittrail; leeg als de hele trail verdwijnt."""
        tabel: Any = self._omgeving.registratie.audit
        rij = {
            "id": uuid4(),
            "hoofd": hoofd_id,
            "applicatie_id": toegang.aanroeper.client_id,
            "gebruikers_id": toegang.aanroeper.gebruiker,
            "gebruikers_weergave": toegang.aanroeper.weergave,
            "actie": w.actie,
            "resultaat": status,
            "hoofd_object": hoofd_object,
            "resource": self._bron.enkelvoud,
            "resource_url": eigen,
            "toelichting": _toelichting(),
            "resource_weergave": self._bron.weergave({**(w.oud or {}), **w.waarden})[:200],
            "aanmaakdatum": w.nu,
            "oud": _json(oud),
            "nieuw": _json(nieuw),
        }
        if w.actie == "destroy" and not self._bron.hoofd:  # met het hoofdobject verdwijnt zijn hele trail
            w.verbinding.execute(delete(tabel).where(tabel.hoofd == hoofd_id))
            return []
        return [(invoegen(tabel), rij)]


def _toelichting() -> str:
    """Wat de aanroeper erbij zei; werk uit de outbox heeft geen verzoek."""
    return request.headers.get("X-Audit-Toelichting", "")[:1000] if has_request_context() else ""


def _json(weergave: Any) -> orjson.Fragment | None:
    """Een weergave (of haar JSON) zoals zij op de lijn staat, kant-en-klaar voor de database."""
    if weergave is None:
        return None
    return orjson.Fragment(weergave if isinstance(weergave, bytes) else naar_json(weergave))


def meld(
    omgeving: Omgeving,
    verbinding: Connection,
    bron: Bron,
    hoofdbron: Bron,
    actie: str,
    hoofd: Mapping[str, Any],
    eigen: str,
    samen_met: Sequence[Vastlegging] = (),
) -> None:
    """Zet een notificatie klaar over `eigen` (als dienst:pad) onder hoofdobject `hoofd` (kolommen)."""
    if hoofdbron.kanaal is None:
        return
    kenmerken, urls, van_type = _kenmerken(omgeving, hoofdbron, hoofd)
    meld_los(
        omgeving.installatie,
        verbinding,
        registratie=omgeving.registratie.naam,
        kanaal=hoofdbron.kanaal.naam,
        hoofd_object=omgeving.opslag_van(hoofdbron, hoofd),
        resource=bron.enkelvoud,
        resource_url=eigen,
        actie=actie,
        kenmerken=kenmerken,
        urls=urls,
        van_type=van_type,
        samen_met=samen_met,
    )


def meld_los(
    installatie: Installatie,
    verbinding: Connection,
    *,
    registratie: str,
    kanaal: str,
    hoofd_object: str,
    resource: str,
    actie: str,
    resource_url: str = "",
    kenmerken: Mapping[str, str] | None = None,
    urls: Sequence[str] = (),
    van_type: Sequence[str] = (),
    samen_met: Sequence[Vastlegging] = (),
) -> None:
    """Zet een notificatie klaar vanuit werk zonder verzoek (een termijn die verliep). Verwijzingen als dienst:pad.

    `van_type`: kenmerken (`zaaktype.catalogus`) die bij het versturen uit het type komen waar hun waarde naar verwijst.
    """
    inhoud = {
        "registratie": registratie,
        "kanaal": kanaal,
        "hoofdObject": hoofd_object,
        "resource": resource,
        "resourceUrl": resource_url or hoofd_object,
        "actie": actie,
        "aanmaakdatum": installatie.klok.nu().isoformat(),
        "kenmerken": dict(kenmerken or {}),
        "urls": list(urls),
        "vanType": list(van_type),
    }
    plaats(installatie, verbinding, NOTIFICATIE, inhoud, sleutel=hoofd_object, samen_met=samen_met)


def _kenmerken(
    omgeving: Omgeving, hoofdbron: Bron, hoofd: Mapping[str, Any]
) -> tuple[dict[str, str], list[str], list[str]]:
    """De kenmerken, welke daarvan URL's zijn, en welke uit een type moeten komen."""
    kenmerken, urls, van_type = {}, [], []
    velden = {veld.alias or naam: naam for naam, veld in hoofdbron.lees.model_fields.items()}
    for kenmerk in hoofdbron.kanaal.kenmerken if hoofdbron.kanaal else ():
        veld, _, binnen = kenmerk.partition(".")  # `producttype.code`: een veld in een JSON-kolom
        naam = velden[veld]
        kolom = getattr(hoofdbron.model, naam)
        if binnen and kolomsoort(kolom) is Soort.URL:
            kenmerken[kenmerk] = str(hoofd[naam] or "")
            van_type.append(kenmerk)
            continue
        kenmerken[kenmerk] = str((hoofd[naam][binnen] if binnen else hoofd[naam]) or "")
        if kolomsoort(kolom) is Soort.EIGEN and hoofd[naam]:
            kenmerken[kenmerk] = f"{omgeving.registratie.naam}:{omgeving.pad_naar(tabel_achter(kolom), hoofd[naam])}"
        if kolomsoort(kolom) is not Soort.GEWOON:
            urls.append(kenmerk)
    return kenmerken, urls, van_type


class Melder:
    """Biedt klaargezette notificaties aan bij de Notificaties API, met de adressen van nu; onthoudt types daarvoor."""

    def __init__(self) -> None:
        self._ophalers: dict[tuple[int, str], Ophaler] = {}

    def verstuur(self, installatie: Installatie, werk: Werk) -> None:
        bericht = dict(werk.inhoud)
        namens, urls, van_type = bericht.pop("registratie"), bericht.pop("urls"), bericht.pop("vanType", ())
        naar_url = installatie.diensten.naar_url
        bericht |= {naam: naar_url(bericht[naam]) for naam in ("hoofdObject", "resourceUrl")}
        bericht["kenmerken"] = {
            naam: naar_url(waarde) if naam in urls or naam in van_type else waarde
            for naam, waarde in bericht["kenmerken"].items()
        }
        for naam in van_type:
            bericht["kenmerken"][naam] = self._uit_type(installatie, namens, naam, bericht["kenmerken"][naam])
        client = NotificatiesClient(installatie, namens=namens)
        try:
            client.vraag("POST", "notificaties", json=bericht, sleutel=f"outbox-{werk.id}")
        except ApiFout as fout:
            # Een andere of leeggemaakte Notificaties API kent het kanaal nog niet: elke bron registreert het zelf.
            if fout.fouten and fout.status == 400:  # noqa: PLR2004  # de code zegt wat het is
                client.zet_kanalen([KanaalIn(naam=bericht["kanaal"], filters=list(bericht["kenmerken"]))])
            raise

    def _uit_type(self, installatie: Installatie, namens: str, kenmerk: str, url: str) -> str:
        """`zaaktype.catalogus`: het veld van het type; leeg als het type er niet (meer) is."""
        sleutel = id(installatie), namens
        if sleutel not in self._ophalers:
            self._ophalers[sleutel] = Ophaler(installatie, namens=namens)
        gevonden = self._ophalers[sleutel].haal(url) or {}
        return str(gevonden.get(kenmerk.partition(".")[2], ""))


def notificatie_verwerker() -> Verwerker:
    """De outbox-verwerker die notificaties van alle registraties aanbiedt."""
    return Verwerker(NOTIFICATIE, buiten=Melder().verstuur)
