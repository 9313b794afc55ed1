"""Termijnen zoals de wet ze rekent (Algemene termijnenwet)."""

from processen.termijnen.rekenen import FUNCTIES, bezwaartermijn, is_feestdag, is_werkdag, termijn, werkdag

__all__ = ["FUNCTIES", "bezwaartermijn", "is_feestdag", "is_werkdag", "termijn", "werkdag"]
