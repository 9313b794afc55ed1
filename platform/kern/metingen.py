"""Metingen van één installatie in het formaat van Prometheus; `kern.gezondheid` toont ze op /metrics."""

from prometheus_client import CollectorRegistry, Counter, Histogram

GRENZEN = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metingen:
    """De tellers van dit proces voor één installatie."""

    def __init__(self) -> None:
        self.register = CollectorRegistry()
        self._verzoeken = Counter(
            "dienstverlening_verzoeken",
            "Verzoeken per onderdeel, route en status",
            ["deel", "route", "status"],
            registry=self.register,
        )
        self._duur = Histogram(
            "dienstverlening_verzoek_seconden",
            "Duur van verzoeken",
            ["deel", "route"],
            registry=self.register,
            buckets=GRENZEN,
        )
        # De bibliotheek zoekt een teller bij elke aanroep op zijn labels: dat kost meer dan tellen.
        self._tellers: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def verzoek(self, deel: str, route: str, status: int, seconden: float) -> None:
        """Tel één afgehandeld verzoek. `route` is het patroon, niet het pad."""
        sleutel = (deel, route, status)
        tellers = self._tellers.get(sleutel)
        if tellers is None:
            tellers = self._tellers[sleutel] = (self._verzoeken.labels(*sleutel), self._duur.labels(deel, route))
        tellers[0].inc()
        tellers[1].observe(seconden)
