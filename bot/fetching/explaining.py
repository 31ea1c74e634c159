"""What goes wrong between us and a host, said to a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import ClientConnectorDNSError, ClientConnectorError, ClientError, ClientSSLError, InvalidURL

from bot.fetching.addresses import NotPublic
from bot.fetching.errors import BadUrl, BrokenResponse, RefusedAddress, TooSlow, Unreachable


@contextmanager
def explained(host: str, seconds: float, otherwise: str) -> Iterator[None]:
    """Raise as a `FetchError` what goes wrong in the block with a call to a host that may take so many seconds.

    `otherwise` is what a person may do who cannot have it read.
    """
    try:
        yield
    except InvalidURL as error:
        raise BadUrl(f"{host} is no usual way to write an address; give the link of a web page.") from error
    except ClientConnectorDNSError as error:
        raise Unreachable(f"No site called {host} was found; check the link.") from error
    except ClientSSLError as error:
        raise Unreachable(f"No secure connection to {host} can be made; check the link, or {otherwise}.") from error
    except ClientConnectorError as error:
        raise _not_connected(host, error.os_error) from error
    except TimeoutError as error:
        raise TooSlow(f"{host} took longer than {seconds:g} seconds; try again later, or {otherwise}.") from error
    except ClientError as error:
        raise BrokenResponse(f"What {host} sent is broken or broke off; try again later, or {otherwise}.") from error


def _not_connected(host: str, why: OSError) -> RefusedAddress | Unreachable:
    if isinstance(why, NotPublic):
        return RefusedAddress(
            f"{host} is in a private or reserved network, which is closed to links; give one that is open to all."
        )
    return Unreachable(f"Nobody answers at {host}; check the link, or try again later.")
