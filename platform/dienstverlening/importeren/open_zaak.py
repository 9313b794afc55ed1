"""`dienstverlening importeer open-zaak`: catalogi, documenten, zaken en besluiten van een andere ZGW-installatie, met hun audittrails."""

from collections.abc import Iterator

import click

from dienstverlening.importeren import documenten, typen
from dienstverlening.importeren.andere import Aanmelding
from dienstverlening.importeren.kern import Import, Stap, Weergave
from dienstverlening.importeren.opdrachten import Keuzen, draai, opties
from dienstverlening.importeren.opdrachten import geheim as geheim_optie
from kern.installatie import Installatie
from kern.versies import vernieuw_versie
from kit.bron import Bron
from kit.overnemen import Rij, uuid_van
from registraties.besluiten.bronnen import BESLUIT, BESLUITEN, BESLUITINFORMATIEOBJECT
from registraties.zaken import bronnen as zaken
from registraties.zaken import relaties


@click.command("open-zaak")
@opties
@click.option("--client-id", required=True, help="Het client_id dat daar alles mag lezen (ook audittrails).")
@geheim_optie("geheim", "IMPORT_GEHEIM", "geheim van dit client_id")
def open_zaak(keuzen: Keuzen, client_id: str, geheim: str) -> None:
    """Neem catalogi, documenten, zaken, besluiten en hun audittrails over van de ZGW-API's onder URL."""
    aanmelding = Aanmelding(client_id=client_id, geheim=geheim)
    draai("open-zaak", keuzen, STAPPEN, aanmelding, na=ververs)


def ververs(installatie: Installatie) -> None:
    """Elk proces vraagt de types opnieuw."""
    vernieuw_versie(installatie, "catalogi")


# zaken


def _onderdelen_van_zaak(imp: Import, zaak: Weergave) -> Iterator[Rij]:
    """Alles onder een zaak, op volgorde van verwijzing, en haar audittrail. Wat de zaak als leeg toont, wordt niet gevraagd."""
    url = zaak["url"]
    for bron, veld in (
        (zaken.ROL, "rollen"),
        (zaken.STATUS_BRON, "status"),
        (zaken.RESULTAAT, "resultaat"),
        (zaken.ZAAKINFORMATIEOBJECT, "zaakinformatieobjecten"),
        (relaties.ZAAKOBJECT, "zaakobjecten"),
    ):
        if zaak.get(veld, True):
            lijst = imp.andere.alle(f"zaken:{bron.pad}", zaak=url)
            yield from imp.onderdelen(zaken.ZAKEN, bron, map(_als_van_hier, lijst))
    if zaak.get("eigenschappen", True):
        yield from imp.onderdelen(zaken.ZAKEN, zaken.ZAAKEIGENSCHAP, imp.andere.alle(f"{url}/zaakeigenschappen"))
    yield from imp.auditrijen(zaken.ZAKEN, url)


def _als_van_hier(weergave: Weergave) -> Weergave:
    """Een zaakobject met een persoon heeft zijn gegevens soms in `betrokkeneIdentificatie`."""
    if weergave.get("objectType") and not weergave.get("objectIdentificatie"):
        return weergave | {"objectIdentificatie": weergave.get("betrokkeneIdentificatie")}
    return weergave


def _bij_zaken(naam: str, bron: Bron) -> Stap:
    """Wat daar één lijst over alle zaken is."""
    return Stap(naam=naam, registratie=zaken.ZAKEN, bron=bron, optioneel=True)


# besluiten


def _onderdelen_van_besluit(imp: Import, besluit: Weergave) -> Iterator[Rij]:
    """De documenten van een besluit, zijn spiegel bij de zaak, en zijn audittrail."""
    url = besluit["url"]
    koppelingen = imp.andere.alle(f"besluiten:{BESLUITINFORMATIEOBJECT.pad}", besluit=url)
    yield from imp.onderdelen(BESLUITEN, BESLUITINFORMATIEOBJECT, koppelingen)
    if besluit.get("zaak"):
        gespiegeld = [deel for deel in imp.andere.alle(f"{besluit['zaak']}/besluiten") if deel["besluit"] == url]
        zaak = uuid_van(imp.andere.vertaal(besluit["zaak"]))
        for rij in imp.onderdelen(zaken.ZAKEN, relaties.ZAAKBESLUIT, gespiegeld):
            yield rij.met(zaak=zaak)
    yield from imp.auditrijen(BESLUITEN, url)


STAPPEN: tuple[Stap, ...] = (
    *typen.STAPPEN,
    *documenten.STAPPEN,
    Stap(naam="zaken", registratie=zaken.ZAKEN, bron=zaken.ZAAK, erbij=_onderdelen_van_zaak),
    _bij_zaken("klantcontacten", relaties.KLANTCONTACT),
    _bij_zaken("zaakcontactmomenten", relaties.ZAAKCONTACTMOMENT),
    _bij_zaken("zaakverzoeken", relaties.ZAAKVERZOEK),
    _bij_zaken("zaaknotities", relaties.ZAAKNOTITIE),
    _bij_zaken("substatussen", relaties.SUBSTATUS),
    Stap(naam="besluiten", registratie=BESLUITEN, bron=BESLUIT, erbij=_onderdelen_van_besluit),
)
"""Op volgorde van verwijzing: types eerst, documenten vóór wat ze koppelt."""
