"""Techniek zonder domein of pagina's: instellingen, klok, database, outbox, transport, fouten, aanmelden.

Wie iets nodig heeft begint bij `kern.installatie.Installatie`: het object dat één draaiend platform is.
"""
