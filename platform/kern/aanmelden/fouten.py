"""Wat er mis kan gaan bij aanmelden. De schermen maken er een tekst van; `code` zegt welke.

AanmeldFout
    Afgebroken        `afgebroken`    de gebruiker annuleerde bij het inlogmiddel
    NiveauTeLaag      `niveau`        aangemeld, maar met een te laag betrouwbaarheidsniveau
    PogingVerlopen    `verlopen`      de poging is onbekend, te oud of al gebruikt: opnieuw beginnen
    MiddelOnbereikbaar `onbereikbaar` het inlogmiddel heeft een storing
    AntwoordOngeldig  `ongeldig`      het antwoord klopt niet (handtekening, nonce, ontvanger …)
"""


class AanmeldFout(Exception):
    """Aanmelden is niet gelukt. `volgende` is waar de gebruiker heen wilde; de tekst bevat geen persoonsgegevens."""

    code = "fout"
    status = 400

    def __init__(self, reden: str, *, middel: str = "", volgende: str = "/") -> None:
        self.middel = middel
        self.volgende = volgende
        super().__init__(reden)


class Afgebroken(AanmeldFout):
    """De gebruiker heeft het inloggen afgebroken."""

    code = "afgebroken"


class NiveauTeLaag(AanmeldFout):
    """De gebruiker is aangemeld met een lager niveau dan gevraagd."""

    code = "niveau"
    status = 403


class PogingVerlopen(AanmeldFout):
    """De poging is onbekend, te oud of al gebruikt."""

    code = "verlopen"


class MiddelOnbereikbaar(AanmeldFout):
    """Het inlogmiddel antwoordt niet of meldt een storing."""

    code = "onbereikbaar"
    status = 503


class AntwoordOngeldig(AanmeldFout):
    """Het antwoord van het inlogmiddel voldoet niet aan de eisen; er wordt niemand aangemeld."""

    code = "ongeldig"
    status = 502
