"""Workers wekken via RQ: hoogstens één wachtende opdracht tegelijk, want één opdracht werkt alles af wat klaar staat."""

import structlog
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from kern.installatie import Installatie
from kern.redisvraag import vraag

log = structlog.get_logger()
OPDRACHT = "dienstverlening.worker.werk_outbox_af"
SAMENVOEGEN_SECONDEN = 5


def wachtrij(installatie: Installatie) -> Queue:
    """De RQ-wachtrij van deze installatie."""
    return Queue(installatie.redis_sleutel("outbox"), connection=installatie.redis, serializer=JSONSerializer)


def wek(installatie: Installatie) -> bool:
    """Zet de opdracht klaar, tenzij er al een klaarstaat. Is Redis weg (False), dan doet de sweeper het werk zelf."""
    try:
        gewekt = installatie.redis_sleutel("outbox", "gewekt")
        if vraag(installatie.redis, "SET", gewekt, "1", "NX", "EX", str(SAMENVOEGEN_SECONDEN)):
            wachtrij(installatie).enqueue(OPDRACHT, result_ttl=0, failure_ttl=60, job_timeout=3600)
    except RedisError as fout:
        log.warning("Redis onbereikbaar; de sweeper pakt het op", reden=type(fout).__name__)
        return False
    return True


def ben_wakker(installatie: Installatie) -> None:
    """Een worker begint: wat er hierna bijkomt, mag opnieuw wekken."""
    installatie.redis.delete(installatie.redis_sleutel("outbox", "gewekt"))
