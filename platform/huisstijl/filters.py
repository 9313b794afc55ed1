"""Weergave van waarden: datum, tijdstip, bedrag, getal, BSN, bestandsgrootte. Altijd in de huidige taal."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal
from markupsafe import Markup

from huisstijl.taal import STANDAARDTAAL, LuieTekst, huidige_taal, vertaal

NEDERLAND = ZoneInfo("Europe/Amsterdam")
KB = 1024
_LAATSTE_CIJFERS = 3


def _landtaal() -> str:
    """De landinstelling bij de taal: Engels hier is Brits, met de dag voor de maand."""
    return {"nl": "nl_NL", "en": "en_GB"}.get(huidige_taal(), "nl_NL")


def _moment(waarde: datetime | str) -> datetime:
    moment = datetime.fromisoformat(waarde) if isinstance(waarde, str) else waarde
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(NEDERLAND)


def datum(waarde: date | datetime | str | None, vorm: str = "long") -> str:
    """`2026-03-01` -> `1 maart 2026`. `vorm` als in CLDR: short, medium, long, full. Leeg blijft leeg."""
    if not waarde:
        return ""
    if isinstance(waarde, str):
        waarde = _moment(waarde).date() if "T" in waarde else date.fromisoformat(waarde)
    elif isinstance(waarde, datetime):
        waarde = _moment(waarde).date()
    return format_date(waarde, format=vorm, locale=_landtaal())


def nederlands(tekst: str | LuieTekst | None) -> str:
    """Tekst die alleen in het Nederlands bestaat (een zaaktype, een status, een motivering): in een andere taal zegt de HTML dat (WCAG 3.1.2).

    Een tekst uit de vertalingen (`lui`) staat al in de taal van de lezer.
    """
    if not tekst or isinstance(tekst, LuieTekst) or huidige_taal() == STANDAARDTAAL:
        return str(tekst or "")
    return Markup('<span lang="nl">{}</span>').format(tekst)


def tijdstip(waarde: datetime | str | None) -> str:
    """`2026-03-01T13:05Z` -> `1 maart 2026 om 14:05`, in Nederlandse tijd."""
    if not waarde:
        return ""
    moment = _moment(waarde)
    return vertaal("%(datum)s om %(tijd)s", datum=datum(moment), tijd=format_time(moment, "HH:mm", locale=_landtaal()))


def maand_en_jaar(waarde: date | datetime) -> str:
    """`maart 2026`."""
    return format_datetime(waarde, "LLLL yyyy", locale=_landtaal())


def getal(waarde: Decimal | float | str | None) -> str:
    """`1234.5` -> `1.234,5`. Wat geen getal is blijft zoals het is."""
    if waarde in (None, ""):
        return ""
    try:
        return format_decimal(Decimal(str(waarde)), locale=_landtaal(), decimal_quantization=False)
    except InvalidOperation:
        return str(waarde)


def bedrag(waarde: Decimal | float | str | None) -> str:
    """`12.5` -> `€ 12,50`."""
    if waarde in (None, ""):
        return ""
    try:
        return format_currency(Decimal(str(waarde)), "EUR", locale=_landtaal())
    except InvalidOperation:
        return str(waarde)


def bsn_gemaskeerd(waarde: str | None) -> str:
    """`123456782` -> `******782`: genoeg om te herkennen, niet genoeg om over te nemen."""
    if not waarde:
        return ""
    return "*" * (len(waarde) - _LAATSTE_CIJFERS) + waarde[-_LAATSTE_CIJFERS:]


def bestandsgrootte(aantal_bytes: int | None) -> str:
    """`1536` -> `1,5 kB`."""
    if aantal_bytes is None:
        return ""
    if aantal_bytes < KB:
        return f"{aantal_bytes} bytes"
    if aantal_bytes < KB * KB:
        return f"{getal(round(Decimal(aantal_bytes) / KB, 1))} kB"
    return f"{getal(round(Decimal(aantal_bytes) / (KB * KB), 1))} MB"


FILTERS = {
    "datum": datum,
    "nederlands": nederlands,
    "tijdstip": tijdstip,
    "maand_en_jaar": maand_en_jaar,
    "getal": getal,
    "bedrag": bedrag,
    "bsn_gemaskeerd": bsn_gemaskeerd,
    "bestandsgrootte": bestandsgrootte,
}
