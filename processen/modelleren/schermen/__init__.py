"""De schermen van de werkbank; elk bestand is een blauwdruk."""
