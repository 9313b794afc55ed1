"""De wettelijke klok: welke termijn er voor een zaak geldt, wat haar raakte, en elke datum die daaruit volgt.

Het rekenen met dagen zelf staat in `kern.termijnen`, want ook bouwblokken en schermen hebben het nodig.
"""
