"""Een regel in een pakket maakt van een notificatie een bericht; de controle van een pakket ziet verwijzingen die nergens heen wijzen."""

import pytest

from integratie.configuratie import PROCESPAKKET, Configuratie
from kern.installatie import Installatie
from kern.outbox import Werk
from processen import maak_motor
from processen.pakketten import controleer, lees_pakket
from processen.pakketten.formaat import Berichtregel, Pakket
from processen.pakketten.opdrachten import MEEGELEVERD
from processen.zaakafhandeling.berichtregels import Berichtregels
from tests.procesmodel import bericht, bpmn, einde, op_bericht, start, wacht
from tests.reishulp import KOOP, Gemeente

WACHT = bpmn(
    "wacht", start(), wacht("w", op_bericht("m")), einde(), "start > w > einde", los=bericht("m", "status-gezet", "=zaak"),
)  # fmt: skip


def test_een_notificatie_brengt_het_wachtende_proces_verder(installatie: Installatie) -> None:
    gemeente, motor = Gemeente(installatie).richt_in(), maak_motor(installatie)
    _installeer(installatie)
    verzoek = gemeente.dien_in("vergunning", {**KOOP, "nachten": 90})
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    with installatie.db.schrijven() as verbinding:
        motor.zet_neer(verbinding, WACHT)
        wachtend = motor.start(verbinding, "w1", "wacht", {"zaak": zaak.url})
        ander = motor.start(verbinding, "w2", "wacht", {"zaak": zaak.url[:-1] + "x"})
    gemeente.werk()
    with installatie.db.lezen() as verbinding:
        assert motor.instantie(verbinding, wachtend).staat == "klaar"  # van een eerdere status bewaard
        assert "/statussen/" in motor.instantie(verbinding, wachtend).variabelen["notificatie"]
        assert motor.instantie(verbinding, ander).staat == "loopt"


def _installeer(installatie: Installatie) -> None:
    """Een pakket met één regel: een nieuwe status is een bericht voor wie op die zaak wacht."""
    regel = {
        "gebeurtenis": "zaken.status.create",
        "bericht": "status-gezet",
        "sleutel": "hoofdobject",
        "als": 'actie = "create"',
    }
    pakket = {"versie": "1.0.0", "titel": "Extra", "starts": [], "berichten": [regel]}
    Configuratie(installatie, namens="processen").bewaar(PROCESPAKKET, "extra", pakket)


def test_een_regel_geldt_vanaf_de_eerste_notificatie_na_het_installeren(installatie: Installatie) -> None:
    regels, zaak = Berichtregels(maak_motor(installatie)), "/zaken/api/v1/zaken/1"
    inhoud = {"id": "n", "kanaal": "zaken", "resource": "status", "actie": "create"}
    urls = {"hoofd_object": zaak, "resource_url": f"{zaak}/statussen/2"}
    werk = Werk(1, "processen.notificatie", None, inhoud | urls, 0, installatie.klok.nu(), "")
    assert regels.gevolg(installatie, werk) is None
    _installeer(installatie)
    assert regels.gevolg(installatie, werk) is not None
    Configuratie(installatie, namens="processen").verwijder(PROCESPAKKET, "extra")
    assert regels.gevolg(installatie, werk) is None


def test_controle_van_verwijzingen(installatie: Installatie) -> None:
    goed, motor = lees_pakket(MEEGELEVERD / "toeristische-verhuur"), maak_motor(installatie)
    assert controleer(goed, motor) == []

    def zonder(**velden: object) -> list[str]:
        kopie: Pakket = goed.model_copy(update=velden)
        return controleer(kopie, motor)

    formulieren = {naam: deel for naam, deel in goed.formulieren.items() if naam != "toeristische-verhuur-verlopen"}
    assert zonder(formulieren=formulieren) == [
        "processen/toeristische-verhuur-vergunning.bpmn: verlopen: formulier toeristische-verhuur-verlopen bestaat niet in dit pakket"
    ]
    sjablonen = {naam: deel for naam, deel in goed.sjablonen.items() if naam != "tv-besluit-weigering"}
    assert any("w-brief: sjabloon tv-besluit-weigering" in regel for regel in zonder(sjablonen=sjablonen))
    zaaktypen = [z.model_copy(update={"resultaattypen": []}) for z in goed.zaaktypen]
    assert any("v-resultaat: resultaattype Verleend" in regel for regel in zonder(zaaktypen=zaaktypen))
    regels = [Berichtregel(gebeurtenis="zaken.status.create", bericht="x", sleutel="upper case()")]
    assert any("upper case" in regel for regel in zonder(kop=goed.kop.model_copy(update={"berichten": regels})))


@pytest.mark.parametrize("gebeurtenis", ["besluiten.besluit.create", "zaken.status", "zaken"])
def test_alleen_gebeurtenissen_waar_een_abonnement_op_is(gebeurtenis: str) -> None:
    with pytest.raises(ValueError, match="gebeurtenis"):
        Berichtregel(gebeurtenis=gebeurtenis, bericht="x", sleutel="url")
