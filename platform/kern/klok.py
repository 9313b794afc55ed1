"""De enige bron van tijd. Domeincode vraagt nooit de systeemklok of SQL `now()`: zo kan een test of proefrun de tijd verzetten."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

NEDERLAND = ZoneInfo("Europe/Amsterdam")


class Klok:
    """De echte tijd."""

    def nu(self) -> datetime:
        """Het tijdstip nu, in UTC en met zone."""
        return datetime.now(UTC)

    def vandaag(self) -> date:
        """De datum van vandaag in Nederland: na middernacht hier al morgen, ook als het in UTC nog gisteren is."""
        return self.nu().astimezone(NEDERLAND).date()


class VerzetbareKlok(Klok):
    """Een klok die doorloopt vanaf een gekozen verschil, of stilstaat op een gekozen moment (tests en proefruns)."""

    def __init__(self, stil_op: datetime | None = None) -> None:
        self._stil_op = stil_op
        self._verschil = timedelta()

    def nu(self) -> datetime:
        return (self._stil_op or super().nu()) + self._verschil

    def verzet(self, verschil: timedelta) -> None:
        """Schuif de tijd op met `verschil`."""
        self._verschil += verschil
