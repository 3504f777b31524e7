"""The policy of `patience` under the library requests, which two of the clients stand on.

Imported only where a client is made. Decides nothing: it carries one try, and the policy
says what becomes of it.
"""

from __future__ import annotations

import io

import requests
import urllib3
from requests.adapters import HTTPAdapter

from mkdocs_ems.forges.patience import NoAnswerError, Patience, Raw

_CHUNK = 1 << 16


class PatientAdapter(HTTPAdapter):
    """Carries requests to one host, whatever the client on top would have done."""

    def __init__(self, patience: Patience) -> None:
        super().__init__(max_retries=0)
        self._patience = patience

    def send(  # noqa: PLR0913, PLR0917 - the signature of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002, FBT001, FBT002 - as above
        timeout: float | tuple[float | None, float | None] | None = None,  # noqa: ARG002 - as above
        verify: bool | str = True,  # noqa: FBT001, FBT002 - as above
        cert: str | tuple[str, str] | None = None,
        proxies: dict[str, str] | None = None,
    ) -> requests.Response:
        """Ask, and return an answer of success whose bytes are all there."""

        def once(url: str) -> Raw:
            one = request.copy()
            one.url = url
            try:
                response = HTTPAdapter.send(
                    self,
                    one,
                    stream=True,
                    timeout=self._patience.seconds,
                    verify=verify,
                    cert=cert,
                    proxies=proxies,
                )
                try:
                    body = self._patience.gather(response.raw.stream(_CHUNK, decode_content=True))
                finally:
                    response.close()
            except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
                raise NoAnswerError(_why(error)) from error
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Raw(response.status_code, headers, body)

        answer = self._patience.ask(request.url or "", once)
        made = requests.Response()
        made.status_code = answer.status
        made.headers.update({**answer.headers, "content-type": "application/json"})
        made.headers.pop("content-encoding", None)
        made.encoding = "utf-8"
        made.raw = io.BytesIO(answer.body)
        made.url = request.url or ""
        made.request = request
        return made


def _why(error: Exception) -> str:
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return "it did not answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not accepted here"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return "the answer broke off"
