"""Wat niet in een declaratie past: downloaden, vergrendelen, bestandsdelen en de audittrail."""

from collections.abc import Callable

from flask import Blueprint

from kit import Bron, Omgeving
from kit.audit import audit_routes
from kit.nummers import reserveer_route
from registraties.documenten.delen import deel_route
from registraties.documenten.downloaden import download_route
from registraties.documenten.importroutes import import_routes
from registraties.documenten.regels import NUMMERING
from registraties.documenten.registreren import registreer_route
from registraties.documenten.vergrendelen import slot_routes


def eigen_routes(bron: Bron, nummers: str) -> Callable[[Blueprint, Omgeving], None]:
    """Alle routes naast die van de declaraties."""
    groepen = [
        audit_routes(bron),
        slot_routes(bron),
        deel_route(bron),
        download_route(bron),
        registreer_route(bron),
        import_routes(),
        reserveer_route(nummers, NUMMERING, "documentnummer", "drc", bron.scopes["maak"]),
    ]

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        for groep in groepen:
            groep(blauwdruk, omgeving)

    return voeg_toe
