"""Termijnen van zaken. Het rekenen zelf staat in `kern.termijnen`, want ook bouwblokken en schermen hebben het nodig."""
