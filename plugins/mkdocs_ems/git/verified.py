"""A store in which every object was hashed anew: for a folder that did not come by clone.

git does not rehash what it reads. A clone was verified when it was fetched; a folder that
was copied, or unpacked from an archive, may hold any bytes under any id. Here everything
behind the refs is packed and indexed again into a private store: an object gets the id
that its bytes have, and one that is missing under its right id is a fault.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.plumbing import Plumbing, end, failure


def verified_copy(plumbing: Plumbing, ids: Iterable[str], *, object_format: str) -> Plumbing:
    """Return git on a private store that holds all behind the ids, verified.

    Raises:
        RepositoryError: an object is missing, damaged, or not what its id says.
    """
    copy = Plumbing(None, object_folders=(), object_format=object_format)
    try:
        _copy(plumbing, copy, "".join(f"{one}\n" for one in dict.fromkeys(ids)).encode())
    except BaseException:
        copy.close()
        raise
    return copy


def _copy(plumbing: Plumbing, copy: Plumbing, wanted: bytes) -> None:
    with plumbing.error_file() as said, copy.error_file() as judged:
        packing = plumbing.start(
            "pack-objects", "--revs", "--stdout", "--quiet", stderr=said, stdin=subprocess.PIPE
        )
        assert packing.stdin is not None, "asked for a pipe"
        assert packing.stdout is not None, "every command has one"
        indexing = copy.start("index-pack", "--strict", "--stdin", stderr=judged, stdin=packing.stdout)
        try:
            packing.stdin.write(wanted)
            packing.stdin.close()
            packing.stdout.close()
            assert indexing.stdout is not None, "every command has one"
            indexing.stdout.read()
            faults = packing.wait(), indexing.wait()
        except OSError as error:
            raise RepositoryError(f"the object store cannot be verified: {error.strerror}") from error
        finally:
            end(packing)
            end(indexing)
        if any(faults):
            told = failure("pack-objects", said) if faults[0] else failure("index-pack", judged)
            raise RepositoryError(f"the object store is not what it claims to be: {told}")
