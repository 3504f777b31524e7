"""Renews the signatures of the demonstration's history: after any change of the story.

Ed25519 gives the same signature of the same bytes every time, so a run that changes nothing
writes the same file. `--check` only compares.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import yaml

from mkdocs_ems.demo.signatures import bare, signature_key
from mkdocs_ems.demo.writing import write_demo
from mkdocs_ems.git.signing import sign

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "plugins" / "mkdocs_ems" / "demo" / "story" / "signatures.yml"
KEYS = ROOT / "scripts" / "demo_keys"
HEAD = """\
# Signatures of the story, by namespace, key and sha256 of what is signed.
# Written by scripts/demo_signatures.py; the keys are worthless, and published beside that script.
"""


def signatures(folder: Path) -> str:
    """The file's text for the story as it is now."""
    made: dict[str, str] = {}

    def signing(data: bytes, key: str, namespace: str) -> bytes:
        # ssh-keygen wants a private key that its owner alone can read, which no checkout promises.
        own = folder / key
        own.touch(mode=0o600)
        own.write_bytes((KEYS / f"{key}.key").read_bytes())
        signature = sign(data, key=own, namespace=namespace)
        made[signature_key(data, key, namespace)] = bare(signature)
        return signature

    write_demo(folder / "demo", signing=signing)
    return HEAD + yaml.safe_dump(made, width=1000)


def main() -> int:
    """0 where what is kept is what the story asks for, or was renewed."""
    with tempfile.TemporaryDirectory(prefix="ems-demo-signatures-") as folder:
        text = signatures(Path(folder))
    if "--check" in sys.argv[1:]:
        if KEPT.read_text(encoding="utf-8") == text:
            return 0
        print("The story has changed: run scripts/demo_signatures.py", file=sys.stderr)
        return 1
    KEPT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
