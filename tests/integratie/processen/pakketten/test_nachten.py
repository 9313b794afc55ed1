"""De nachtenteller van toeristische verhuur is exact, ook als er meer meldingen tegelijk binnenkomen."""

from concurrent.futures import ThreadPoolExecutor

from integratie.processen import ProcessenClient
from integratie.producten import ProductenClient
from kern.installatie import Installatie
from kern.outbox import Afhandelaar
from tests.reishulp import KOOP, Gemeente

MELDINGEN = 3
WORKERS = 3


def test_meldingen_tegelijk_blijven_samen_binnen_de_limiet(ingericht: Installatie) -> None:
    """Drie keer twintig nachten, met plaats voor dertig: één past, de andere legt het systeem aan een mens voor."""
    gemeente = Gemeente(ingericht)
    registratie = gemeente.dien_in("registratie", KOOP)
    gemeente.werk()
    client = ProcessenClient(ingericht, namens="behandelen")
    (proces,) = client.instanties(zaak=gemeente.zaak(registratie).url)
    nummer = proces.variabelen["registratienummer"]
    jaar = ingericht.klok.vandaag().year + 1
    dagen = {"registratienummer": nummer, "aankomst": f"{jaar}-06-01", "vertrek": f"{jaar}-06-21"}
    for _ in range(MELDINGEN):
        gemeente.dien_in("melding", dagen)
    with ThreadPoolExecutor(WORKERS) as draden:
        while any(draden.map(lambda _: Afhandelaar(ingericht).werk_af(), range(WORKERS))):
            pass
    producten = [
        product.dataobject or {}
        for product in ProductenClient(ingericht, namens="processen").alle_producten({"naam": nummer})
        if product.producttype.code == "toeristische-verhuur-melding" and product.status == "actief"
    ]
    assert [product[f"nachten{jaar}"] for product in producten] == [20]
    taken = [
        taak.element
        for instantie in client.instanties(staat="loopt")
        for taak in client.taken(instantie=str(instantie.uuid))
    ]
    assert taken.count("te-veel") == MELDINGEN - 1
    assert list(client.incidenten()) == []
