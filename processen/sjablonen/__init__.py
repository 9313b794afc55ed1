"""Beheer van sjablonen, onder /beheer/sjablonen: nakijken, een voorbeeld maken, en elke eerdere versie terugzien of terugzetten."""

from processen.sjablonen.app import deel

__all__ = ["deel"]
