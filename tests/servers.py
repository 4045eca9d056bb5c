"""A private MariaDB for the tests: in a temporary folder, shared by the workers of one run, gone afterwards.

    python tests/servers.py FOLDER PID

is the keeper: it starts the server, writes its address to FOLDER/address, and stops it again when it is told
to (SIGTERM) or when the test run with that process id is gone.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "CRM_TEST_SERVER_FOLDER"
GIVEN = "CRM_TEST_SERVER"  # mysql://root:secret@host:3306 of a server to use instead, for instance a MySQL 8
MEMORY = "CRM_TEST_SERVER_MEMORY"  # its buffer pool, for instance 1G; benchmarks give it what an office's server has
START_SECONDS = 60
# A computer has a limited number of asynchronous requests; servers that start at once would fail when they are used up.
_NO_AIO = "--innodb-use-native-aio=0"


class NoServer(Exception):
    """There is no MariaDB here, or it did not start; the message says why."""


def plan_folder() -> None:
    """Name the folder before workers are started, so that all of them use the same server."""
    if FOLDER not in os.environ:
        # In memory when there is room: the tests ask whether commits happen, not how fast the disk is.
        memory = Path("/dev/shm")
        roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2 * 1024**3
        folder = tempfile.mkdtemp(prefix="crm-tests-", dir=memory if roomy else None)
        os.chmod(folder, 0o755)
        os.environ[FOLDER] = folder


def server_address() -> str:
    """mysql://user:password@host:port of the server, started by the first who asks. Raises NoServer."""
    if os.environ.get(GIVEN):
        return os.environ[GIVEN].rstrip("/")
    if shutil.which("mariadbd") is None or shutil.which("mariadb-install-db") is None:
        raise NoServer("mariadbd is not installed (Debian: apt-get install mariadb-server)")
    folder = Path(os.environ[FOLDER])
    try:
        (folder / "starting").mkdir()
    except FileExistsError:
        pass  # another worker is starting it
    else:
        log = (folder / "keeper.log").open("wb")
        command = [sys.executable, __file__, str(folder), os.environ.get("CRM_TEST_RUN", str(os.getpid()))]
        keeper = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        (folder / "keeper").write_text(str(keeper.pid))
    return _wait_for(folder)


def stop_server() -> None:
    """End of the run: stop the server and remove its folder."""
    folder = Path(os.environ.pop(FOLDER, "/nonexistent"))
    keeper = folder / "keeper"
    if keeper.exists():
        pid = int(keeper.read_text())
        try:
            os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)
        except (ProcessLookupError, ChildProcessError):
            _wait_until_gone(pid)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def borrowed(address: str = "") -> Iterator[str]:
    """The server of this address, or the given one, or a private one that is stopped afterwards."""
    if address or os.environ.get(GIVEN):
        yield address or server_address()
        return
    plan_folder()
    try:
        yield server_address()
    finally:
        stop_server()


def _wait_for(folder: Path) -> str:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if (folder / "failed").exists():
            raise NoServer((folder / "failed").read_text())
        if (folder / "address").exists():
            return (folder / "address").read_text()
        time.sleep(0.05)
    raise NoServer(f"the server did not start within {START_SECONDS} s")


def _wait_until_gone(pid: int) -> None:
    for _attempt in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)


def _keep(folder: Path, run: int) -> None:
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopping.append(number))
    server = None
    try:
        server, address = start(folder)
        _publish(folder / "address", address)
        while not stopping and server.poll() is None and _alive(run):
            time.sleep(0.2)
    except Exception as error:  # noqa: BLE001  (the tests are told, whatever it was)
        _publish(folder / "failed", f"the test server did not start: {error}")
    finally:
        if server is not None and server.poll() is None:
            server.kill()  # nothing in it is worth a clean shutdown
            server.wait()
        if not _alive(run):
            shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path, *options: str) -> tuple[subprocess.Popen[bytes], str]:
    """A server in the folder, and its address; `options` are for servers that are odd in some way. Whoever starts it ends it."""
    data = folder / "data"
    # A server refuses to run as root; the packages bring an account for it.
    account = ["--user=mysql"] if os.geteuid() == 0 else []
    if account:
        shutil.chown(folder, "mysql")
    subprocess.run(
        [
            "mariadb-install-db",
            "--no-defaults",
            *account,
            f"--datadir={data}",
            f"--tmpdir={folder}",  # several are made at once, and their temporary tables have the same names
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--force",  # a computer that cannot look up its own name (a bare container) is good enough
            "--innodb-log-file-size=8M",
            _NO_AIO,
            *options,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    port = _free_port()
    server = subprocess.Popen(
        [
            "mariadbd",
            "--no-defaults",
            *account,
            f"--datadir={data}",
            f"--tmpdir={folder}",  # a server that starts clears away what others have in a shared one
            f"--socket={folder / 'socket'}",
            f"--pid-file={folder / 'pid'}",
            f"--port={port}",
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--skip-log-bin",
            "--skip-slave-start",
            "--performance-schema=OFF",
            "--max-connections=300",
            f"--innodb-buffer-pool-size={os.environ.get(MEMORY, '48M')}",
            f"--innodb-log-file-size={'256M' if MEMORY in os.environ else '8M'}",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-doublewrite=0",
            _NO_AIO,
            "--innodb-lock-wait-timeout=10",
            "--log-error=" + str(folder / "server.log"),
            *options,
        ],
        # glibc gives each of thousands of connections' threads a heap of its own and keeps it: 4 GB after an hour of tests.
        env={**os.environ, "MALLOC_ARENA_MAX": "2"},
    )
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0 and (folder / "pid").exists():
                return server, f"mysql://root@127.0.0.1:{port}"
        time.sleep(0.05)
    server.kill()
    log = folder / "server.log"
    raise RuntimeError(log.read_text()[-500:] if log.exists() else "no answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _publish(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text)
    part.rename(path)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), int(sys.argv[2]))
