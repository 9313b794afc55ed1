"""Kent elke uitdrukking in de modellen van een pakket haar variabelen, en past wat een stap geeft bij wat de volgende verwacht?"""

from processen.pakketten.variabelen.controle import variabelen

__all__ = ["variabelen"]
