"""The policy of `patience` under the library httpx, which the client for Forgejo stands on.

Imported only where that client is made. Decides nothing: it carries one try, and the policy
says what becomes of it.
"""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from mkdocs_ems.forges.patience import NoAnswerError, Patience, Raw


class PatientTransport(httpx.BaseTransport):
    """Carries requests to one host, whatever the client on top would have done."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        # A client with a transport of its own no longer looks for the proxy that the machine uses.
        proxy = None if proxy_bypass(patience.host) else getproxies().get(urlsplit(patience.base).scheme)
        # Reading the machine's certificates takes a moment, and plain HTTP to this machine has none.
        self._carrier = httpx.HTTPTransport(proxy=proxy, verify=patience.base.startswith("https:"))
        self.answered = b""
        """The bytes of the last answer: the client on top makes other things of some values."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, and return an answer of success whose bytes are all there."""
        headers = {name: value for name, value in request.headers.items() if name != "host"}

        def once(url: str) -> Raw:
            one = httpx.Request(request.method, url, headers=headers, extensions=request.extensions)
            try:
                response = self._carrier.handle_request(one)
                try:
                    body = self._patience.gather(response.iter_bytes())
                finally:
                    response.close()
            except httpx.HTTPError as error:
                raise NoAnswerError(_why(error)) from error
            return Raw(response.status_code, dict(response.headers), body)

        answer = self._patience.ask(str(request.url), once)
        self.answered = answer.body
        given = {name: value for name, value in answer.headers.items() if name not in _OF_THE_BYTES}
        return httpx.Response(
            answer.status, headers={**given, "content-type": "application/json"}, content=answer.body
        )

    def close(self) -> None:
        """Close the connections."""
        self._carrier.close()


_OF_THE_BYTES = ("content-encoding", "content-length", "content-type", "transfer-encoding")


def _why(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it did not answer in time"
    return "no connection" if isinstance(error, httpx.ConnectError) else "the answer broke off"
