"""Limits: how much one fetch may take, of us and of the site that is asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    sent: int = 10_000_000
    """bytes of a body as it is sent, mostly compressed; one that unpacks to nothing at all is ended by its time"""
    unpacked: int = 20_000_000
    """bytes of the same body unpacked"""
    header: int = 32_768
    """bytes of one header; a response has at most 128 of them"""
    seconds: float = 30.0
    """seconds from the first byte asked to the last one received, all redirects together; waiting for a host's turn
    is not counted"""
    redirects: int = 5
    """how often a link may lead on to another"""
    pause: float = 1.0
    """seconds of rest for a host after each call"""
    robots: float = 86_400.0
    """seconds for which a site's robots.txt is remembered"""
