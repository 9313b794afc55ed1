"""Wie eindeloos probeert in te loggen, moet wachten."""

import httpx


def test_inloggen_is_begrensd_per_adres(client: httpx.Client) -> None:
    statussen = [client.get("/aanmelden/bestaat-niet/terug").status_code for _ in range(62)]
    assert statussen == [404] * 60 + [429] * 2
    te_vaak = client.get("/aanmelden/bestaat-niet/terug")
    assert 1 <= int(te_vaak.headers["Retry-After"]) <= 60
    assert "Even wachten" in te_vaak.text
