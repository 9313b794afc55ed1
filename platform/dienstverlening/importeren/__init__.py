"""Gegevens overnemen van een andere installatie, langs haar standaard-API's (`dienstverlening importeer`).

kern.py        de loop: stappen, hervatten, voortgang, verslag
andere.py      lezen bij de andere installatie
stand.py       hoe ver een import is, in de database
opdrachten.py  de opdrachtregel

De opdrachten: open_zaak.py (met typen.py en documenten.py), open_klant.py, objecten.py en producten.py.
"""
