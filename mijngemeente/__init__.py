"""MijnGemeente: wat een inwoner of ondernemer bij de gemeente heeft lopen, moet doen en heeft gekregen."""

from mijngemeente.app import deel

__all__ = ["deel"]
