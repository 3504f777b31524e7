from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from mkdocs_ems.site.stubs import stub


def test_a_page_that_leads_on_runs_one_script_that_its_policy_names_and_is_the_same_in_all() -> None:
    one, other = (stub(address).decode() for address in ("current/index.html", "../v1/a%27b/index.html"))
    scripts = [re.findall(r"<script>(.*?)</script>", page) for page in (one, other)]
    assert scripts[0] == scripts[1]
    digest = b64encode(sha256(scripts[0][0].encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    for page in (one, other):
        assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
        assert page.index("Content-Security-Policy") < page.index("<script>")
