"""Welke schermen medewerkers op hun werkplek zien, en met welke rol: zonder de onderdelen zelf te laden.

De rollen zijn die van de routes; tests/integratie/huis/test_werkplek.py houdt ze gelijk.
"""

from collections.abc import Iterable

from kern.deel import Menupunt

_BEHEERDER, _OPERATOR = ("functioneel-beheerder",), ("operator",)
_COLLEGA = ("kcc-medewerker", "behandelaar", "teamleider")

# Per onderdeel, op volgorde van tonen.
MENU = {
    "kcc": (
        Menupunt(
            "/kcc/",
            {"nl": "Klantcontactcentrum", "en": "Contact centre"},
            {"nl": "Klanten zoeken, gesprekken vastleggen en aanvragen invoeren.",
             "en": "Find customers, record conversations and enter requests."},
            ("kcc-medewerker",), "werk",
        ),
        Menupunt(
            "/kcc/contactverzoeken",
            {"nl": "Contactverzoeken", "en": "Contact requests"},
            {"nl": "Klanten die op een antwoord wachten.", "en": "Customers waiting for an answer."},
            _COLLEGA, "werk",
        ),
    ),
    "behandelen": (
        Menupunt(
            "/behandelen/",
            {"nl": "Zaken behandelen", "en": "Handle cases"},
            {"nl": "Uw werklijst en de zaken van uw groepen.", "en": "Your work list and the cases of your groups."},
            ("behandelaar", "teamleider"), "werk",
        ),
    ),
    "toezicht": (
        Menupunt(
            "/toezicht/",
            {"nl": "Toezicht", "en": "Supervision"},
            {"nl": "Een registratie zoeken op nummer of adres.", "en": "Find a registration by number or address."},
            ("toezichthouder",), "werk",
        ),
    ),
    "modelleren": (
        Menupunt(
            "/beheer/pakketten/",
            {"nl": "Procespakketten", "en": "Process packages"},
            {"nl": "Diensten maken, wijzigen, proberen en publiceren.", "en": "Make, change, try and publish services."},
            _BEHEERDER,
        ),
    ),
    "sjablonen": (
        Menupunt(
            "/beheer/sjablonen/",
            {"nl": "Sjablonen", "en": "Templates"},
            {"nl": "De brieven en berichten die nu gebruikt worden.", "en": "The letters and messages in use."},
            _BEHEERDER,
        ),
    ),
    "catalogibeheer": (
        Menupunt(
            "/beheer/catalogi/",
            {"nl": "Catalogi", "en": "Catalogues"},
            {"nl": "Zaaktypen, documenttypen en besluittypen.", "en": "Case types, document types and decision types."},
            _BEHEERDER,
        ),
    ),
    "mandaten": (
        Menupunt(
            "/beheer/mandaten/",
            {"nl": "Mandaten", "en": "Mandates"},
            {"nl": "Wie welke besluiten mag ondertekenen.", "en": "Who may sign which decisions."},
            _BEHEERDER,
        ),
    ),
    "termijnenbeheer": (
        Menupunt(
            "/beheer/termijnen/",
            {"nl": "Termijnen", "en": "Terms"},
            {"nl": "Feestdagen en storingen die termijnen verlengen.", "en": "Holidays and outages that extend terms."},
            _BEHEERDER,
        ),
    ),
    "techniek": (
        Menupunt(
            "/beheer/techniek/incidenten/",
            {"nl": "Incidenten", "en": "Incidents"},
            {"nl": "Processen die op een mens wachten om verder te kunnen.", "en": "Processes that need a person to go on."},
            _OPERATOR,
        ),
        Menupunt(
            "/beheer/techniek/outbox/",
            {"nl": "Outbox", "en": "Outbox"},
            {"nl": "Werk dat klaarstaat, loopt of mislukt is.", "en": "Work that is queued, running or failed."},
            _OPERATOR,
        ),
        Menupunt(
            "/beheer/techniek/notificaties/",
            {"nl": "Notificaties", "en": "Notifications"},
            {"nl": "Abonnementen en de aflevering daarvan.", "en": "Subscriptions and their delivery."},
            _OPERATOR,
        ),
    ),
}  # fmt: skip


def menu_van(onderdelen: Iterable[str]) -> tuple[Menupunt, ...]:
    """De schermen van deze onderdelen, op de volgorde van het menu."""
    aangeboden = set(onderdelen)
    return tuple(punt for naam, punten in MENU.items() if naam in aangeboden for punt in punten)
