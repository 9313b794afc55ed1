"""`GET …/download`: de inhoud van een versie, als bijlage en stromend, ook een deel ervan (Range).

De inhoud is onvertrouwd: nooit het opgegeven mediatype, altijd `attachment` en `nosniff`.
"""

from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, request
from werkzeug.http import parse_range_header

from kern.fouten import Probleem
from kit import Bron, Omgeving
from kit.app import eerdere_stand, machine_toegang
from kit.filters import toets_parameters
from kit.lezen import Lezer, Rij
from registraties.documenten.vergrendelen import eis_recht


def download_route(bron: Bron) -> Callable[[Blueprint, Omgeving], None]:
    """De route; rechten en type gelden volgens de laatste versie."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        lezer = Lezer(omgeving, bron)

        def download(id_: UUID) -> Response:
            bron.rechten.eis(omgeving.toegang, "haal", bron.scopes["haal"])
            toets_parameters(bron.parameters, request.args.items(multi=True))
            with omgeving.installatie.db.lezen() as verbinding:
                rij = eis_recht(omgeving, lezer, verbinding, "haal", id_)
            return _antwoord(omgeving, _versie(omgeving, bron, rij))

        bewaakt = machine_toegang(omgeving, *bron.scopes["haal"])(download)
        blauwdruk.add_url_rule(f"/{bron.pad}/<uuid:id_>/download", "download", bewaakt)

    return voeg_toe


def _versie(omgeving: Omgeving, bron: Bron, rij: Rij) -> Rij:
    if bron.historie is None or not request.args:
        return rij
    return eerdere_stand(omgeving, bron.historie, rij["k_id"], request.args.to_dict(), bron.parameters)[1]


def _antwoord(omgeving: Omgeving, rij: Rij) -> Response:
    if not rij["k_bestand"]:
        raise Probleem(404, detail="Deze versie heeft geen inhoud.")
    omvang = rij["k_bestandsomvang"] or 0
    begin, eind, status = _deel(omvang)
    koppen = {
        "Content-Disposition": _bijlage(rij["k_bestandsnaam"]),
        "Content-Length": str(eind - begin),
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
    }
    if status == 206:  # noqa: PLR2004  # de code zegt wat het is
        koppen["Content-Range"] = f"bytes {begin}-{eind - 1}/{omvang}"
    stroom = omgeving.installatie.opslag.lees(rij["k_bestand"], begin, eind)
    return Response(stroom, status, koppen, content_type="application/octet-stream")


def _deel(omvang: int) -> tuple[int, int, int]:
    """Begin, eind (exclusief) en status: 200 voor alles, 206 voor één gevraagd deel; 416 als dat er niet is."""
    gevraagd = parse_range_header(request.headers.get("Range"))
    if gevraagd is None or gevraagd.units != "bytes" or len(gevraagd.ranges) != 1:
        return 0, omvang, 200
    deel = gevraagd.range_for_length(omvang)
    if deel is None:
        raise Probleem(416, headers={"Content-Range": f"bytes */{omvang}"})
    return deel[0], deel[1], 206


def _bijlage(naam: str) -> str:
    """Content-Disposition met een veilige naam: zonder pad, regeleinden of aanhalingstekens, en met de echte naam ernaast."""
    kaal = naam.replace("\\", "/").rpartition("/")[2] or "document"
    ascii_naam = "".join(
        teken if teken.isascii() and teken.isprintable() and teken not in '"%;' else "_" for teken in kaal
    )
    return f"attachment; filename=\"{ascii_naam}\"; filename*=UTF-8''{quote(kaal, safe='')}"
