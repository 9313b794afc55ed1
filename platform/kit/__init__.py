"""De resourcekit: een declaratie (`Bron`) wordt een standaard-API.

Lezen, schrijven, filters, pagina's, `_zoek`, expand, ETag, fouten, autorisatie, audittrail, notificaties, Idempotency-Key en het
OpenAPI-document komen hieruit; een registratie levert tabellen, schema's, regels en declaraties. Voorbeeld: `registraties/zaken`.
"""

from kit.afgeleid import Afgeleid, kinderen, waarde
from kit.app import maak_registratie_app
from kit.bron import Bron, Registratie
from kit.filters import Filter, filters
from kit.omgeving import Omgeving
from kit.tabel import AuditTabel, Resource
from kit.toegang import TokenRechten, TypeRechten, ZgwRechten
from kit.wijziging import Wijziging

__all__ = [
    "Afgeleid",
    "AuditTabel",
    "Bron",
    "Filter",
    "Omgeving",
    "Registratie",
    "Resource",
    "TokenRechten",
    "TypeRechten",
    "Wijziging",
    "ZgwRechten",
    "filters",
    "kinderen",
    "maak_registratie_app",
    "waarde",
]
