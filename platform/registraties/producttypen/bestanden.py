"""Bestanden bij een producttype: bewaren met de rij, en downloaden."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response
from sqlalchemy import select

from kern.fouten import ParamFout, Probleem
from kit import Omgeving, TokenRechten, Wijziging
from kit.app import machine_toegang
from kit.bron import Route
from registraties.producttypen.modellen import Bestand

RECHTEN = TokenRechten("producttypen")
LANGSTE_NAAM = 255
PADEN = (
    Route(
        pad="/bestanden/{uuid}/{naam}",
        methode="get",
        operatie="bestand_download",
        parameters={"naam": str},
        mediatype="application/octet-stream",
        uitbreiding="De inhoud van een bestand.",
    ),
)


def bewaar(w: Wijziging[Any]) -> Iterable[ParamFout]:
    """Een nieuw bestand komt met zijn naam bij de rij; een leeg bestand of een bestand zonder naam is een fout."""
    upload = w.nieuw.bestand
    if upload is None:
        return
    w.waarden["bestandsnaam"] = str(upload.filename or "").replace("\\", "/").rpartition("/")[2][-LANGSTE_NAAM:]
    w.waarden["inhoud"] = upload.stream.read()
    if not w.waarden["inhoud"] or not w.waarden["bestandsnaam"]:
        yield ParamFout("bestand", "empty", "Dit bestand is leeg of heeft geen naam.")


def routes(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    """GET bestanden/<uuid>/<naam>: de inhoud, altijd als bijlage en nooit met het mediatype van de afzender."""

    def download(id_: UUID, naam: str) -> Response:
        RECHTEN.eis(omgeving.toegang, "haal", ())
        with omgeving.installatie.db.lezen() as verbinding:
            rij = verbinding.execute(select(Bestand.bestandsnaam, Bestand.inhoud).where(Bestand.id == id_)).first()
        if rij is None or rij.bestandsnaam != naam:
            raise Probleem(404)
        koppen = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(rij.bestandsnaam)}",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(rij.inhoud, content_type="application/octet-stream", headers=koppen)

    bewaakt = machine_toegang(omgeving)(download)
    blauwdruk.add_url_rule("/bestanden/<uuid:id_>/<naam>", "bestand_download", bewaakt)
