"""Officiële bekendmakingen: een tekst met metadata bij de zaak, aangeleverd voor het publicatieblad, met nummer en datum terug."""
