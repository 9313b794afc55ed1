"""Hoe lang een sms is: 160 tekens, of 70 als er een teken in staat dat het gewone alfabet van sms niet heeft; langer gaat in delen."""

from dataclasses import dataclass
from typing import Final

GEWOON: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DUBBEL: Final = frozenset("^{}\\[~]|€\f")
"""Deze tekens tellen voor twee."""


@dataclass(frozen=True)
class Smslengte:
    """Wat een sms telt. `bijzonder` zijn de tekens waardoor er maar 70 in een deel passen."""

    tekens: int
    per_deel: int
    delen: int
    bijzonder: tuple[str, ...]


def smslengte(tekst: str) -> Smslengte:
    """De lengte zoals een telefoonnetwerk haar telt (GSM 03.38; in delen 153 of 67 tekens)."""
    bijzonder = tuple(dict.fromkeys(teken for teken in tekst if teken not in GEWOON | DUBBEL))
    if bijzonder:
        tekens, los, samen = len(tekst.encode("utf-16-le")) // 2, 70, 67
    else:
        tekens, los, samen = len(tekst) + sum(teken in DUBBEL for teken in tekst), 160, 153
    delen = 1 if tekens <= los else -(-tekens // samen)
    return Smslengte(tekens, los if delen == 1 else samen, delen, bijzonder)
