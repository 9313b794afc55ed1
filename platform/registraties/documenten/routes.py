"""Wat niet in een declaratie past: downloaden, vergrendelen, bestandsdelen en de audittrail."""

from collections.abc import Callable

from flask import Blueprint

from kit import Bron, Omgeving
from kit.audit import audit_routes
from registraties.documenten.delen import deel_route
from registraties.documenten.downloaden import download_route
from registraties.documenten.vergrendelen import slot_routes


def eigen_routes(bron: Bron) -> Callable[[Blueprint, Omgeving], None]:
    """Alle routes naast die van de declaraties."""
    groepen = [audit_routes(bron), slot_routes(bron), deel_route(bron), download_route(bron)]

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        for groep in groepen:
            groep(blauwdruk, omgeving)

    return voeg_toe
