"""De ouders van de grote kill-test: zij laden het platform niet, net als `dienstverlening worker` en `web`.

python -m tests.duurzaam.motorouder workers AANTAL
python -m tests.duurzaam.motorouder web POORT
"""

import sys

from dienstverlening import opdrachten
from dienstverlening.kinderen import Kinderen
from kern.instellingen import laad_instellingen

PROCES = "tests.duurzaam.motorproces"


def workers(aantal: int) -> dict[str, list[str]]:
    """De opdrachten van zoveel workers."""
    return {f"worker-{nr}": [sys.executable, "-m", PROCES] for nr in range(aantal)}


def web(poort: int) -> dict[str, list[str]]:
    """De opdracht van de webserver van het platform, met de app van de test erin."""
    instellingen = laad_instellingen(poort=poort, luister_op="127.0.0.1", web_processen=1)
    (echt,) = opdrachten.web(instellingen).values()
    return {"web": [*echt[:-1], f"{PROCES}:maak_wsgi"]}


def main(rol: str, aantal: str) -> None:
    """Start de kinderen en houd ze in leven."""
    kinderen = Kinderen(workers(int(aantal)) if rol == "workers" else web(int(aantal)), {})
    kinderen.start()
    kinderen.draai()


if __name__ == "__main__":
    main(*sys.argv[1:])
