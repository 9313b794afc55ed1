"""De outboxpagina hangt in het platform en is alleen voor operators."""

import httpx


def test_outboxpagina_vraagt_een_medewerker_zich_aan_te_melden(client: httpx.Client) -> None:
    antwoord = client.get("/beheer/techniek/outbox/?staat=dood")
    assert antwoord.status_code == 302
    terug = "%2Fbeheer%2Ftechniek%2Foutbox%2F%3Fstaat%3Ddood"
    assert antwoord.headers["Location"] == f"/aanmelden/?voor=medewerker&terug={terug}"


def test_foutpagina_heeft_de_huisstijl(client: httpx.Client) -> None:
    antwoord = client.get("/beheer/techniek/bestaat-niet")
    assert antwoord.status_code == 404
    assert "utrecht-skip-link" in antwoord.text
    assert "Niet gevonden" in antwoord.text
