"""A Galera cluster of three nodes on this computer whose nodes are killed: the bank through a list of hosts loses and doubles nothing.

    python -m tests.endurance.cluster --kills 30 [--control retry]       the nodes in turn
    python -m tests.endurance.cluster --kills 10 --all [--control flush] all three at once
    python -m tests.endurance.cluster --reads 400 [--control stale]      one node is written to, another one read

All clients name the nodes in one order, as an office does, and are thrown from one node to the next. The controls must FAIL:
`retry` repeats units without operation ids, `flush` runs nodes that do not flush their log at commit and kills all of them,
`stale` reads without waiting until the node has caught up. It needs Debian's galera-4 and
mariadb-server. A node that is gone is noticed after two seconds here, after five by default.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import pymysql

from crm_desktop.business import RECORD_TYPES, Product
from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from tests.endurance import bank
from tests.endurance.server import free_port

PROVIDERS = ("/usr/lib/galera/libgalera_smm.so", "/usr/lib64/galera-4/libgalera_smm.so", "/usr/lib/libgalera_smm.so")
START_SECONDS = 120
_RECOVERED = re.compile(r"Recovered position:\s*(\S+:-?\d+)")


class NoCluster(Exception):
    """What is missing here."""


class Node:
    """One server of the cluster, in a folder of its own, as an unprivileged user, on loopback."""

    def __init__(self, folder: Path, name: str, provider: str, flush: int) -> None:
        self.folder, self.name = folder, name
        self.port, self.group, self._ist, self._sst = (free_port() for _port in range(4))
        self._provider, self._flush = provider, flush
        self._account = ["--user=mysql"] if os.geteuid() == 0 else []
        self._server: subprocess.Popen[bytes] | None = None
        (folder / "data").mkdir(parents=True)
        if self._account:
            for path in (folder, folder / "data"):
                shutil.chown(path, "mysql")

    def install(self) -> None:
        """The system's tables; the other nodes get a copy of them when they join."""
        made = ["mariadb-install-db", "--no-defaults", *self._account, f"--datadir={self.folder / 'data'}", "--force",
                f"--tmpdir={self.folder}",
                "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=8M"]  # fmt: skip
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)

    def start(self, cluster: list[Node], first: bool = False) -> None:
        """Begin to start: `first` makes a new cluster of what it holds, others join."""
        position = self.position()
        if first:
            state = self.folder / "data" / "grastate.dat"
            if state.exists():
                state.write_text(state.read_text().replace("safe_to_bootstrap: 0", "safe_to_bootstrap: 1"))
            (self.folder / "data" / "gvwstate.dat").unlink(missing_ok=True)
        options = f"gmcast.listen_addr=tcp://127.0.0.1:{self.group};ist.recv_addr=127.0.0.1:{self._ist};gcache.size=64M;"
        options += "pc.recovery=false;evs.keepalive_period=PT0.5S;evs.suspect_timeout=PT2S;"
        options += "evs.inactive_timeout=PT6S;evs.install_timeout=PT6S"
        others = ",".join(f"127.0.0.1:{node.group}" for node in cluster)
        join = ["--wsrep-new-cluster"] if first else []
        join += [f"--wsrep-start-position={position}"] if position else []
        settings = ["--wsrep-on=ON", f"--wsrep-provider={self._provider}", f"--wsrep-provider-options={options}",
                    f"--wsrep-cluster-address=gcomm://{others}", "--wsrep-cluster-name=bank", f"--wsrep-node-name={self.name}",
                    f"--wsrep-node-address=127.0.0.1:{self.group}", "--wsrep-sst-method=rsync",
                    f"--wsrep-sst-receive-address=127.0.0.1:{self._sst}", "--binlog-format=ROW",
                    "--innodb-autoinc-lock-mode=2"]  # fmt: skip
        log = (self.folder / "output").open("ab")
        self._server = subprocess.Popen([*self._command(), *settings, *join], stdout=log, stderr=log)
        log.close()

    def wait(self) -> None:
        """Until it takes part and can be written to. Raises RuntimeError."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._server is not None and self._server.poll() is None:
            if self.state() == "Synced":
                return
            time.sleep(0.1)
        told = [path.read_text(errors="replace")[-1500:] for path in (self.folder / "output", self.folder / "server.log") if path.exists()]
        raise RuntimeError(f"{self.name}: " + "\n".join(told))

    def state(self) -> str:
        """What the node says of itself; '' when it does not answer."""
        with contextlib.suppress(pymysql.err.MySQLError, OSError):
            raw = pymysql.connect(host="127.0.0.1", port=self.port, user="root", connect_timeout=2, read_timeout=2)
            try:
                with raw.cursor() as cursor:
                    cursor.execute("SHOW STATUS LIKE 'wsrep_local_state_comment'")
                    row = cursor.fetchone()
                    return str(row[1]) if row else ""
            finally:
                raw.close()
        return ""

    def position(self) -> str:
        """How far its data go, as the log of its engine says after a kill: group:number."""
        if not (self.folder / "data" / "ibdata1").exists():
            return ""
        told = self.folder / "recovered.log"
        told.unlink(missing_ok=True)
        with (self.folder / "output").open("ab") as log:
            command = [*self._command(), "--wsrep-recover", f"--log-error={told}"]
            subprocess.run(command, check=False, stdout=log, stderr=log, timeout=START_SECONDS)
        found = _RECOVERED.findall(told.read_text() if told.exists() else "")
        return "" if not found or found[-1].endswith(":-1") else str(found[-1])

    def kill(self) -> None:
        """kill -9."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()

    def _command(self) -> list[str]:
        folder = self.folder
        return ["mariadbd", "--no-defaults", *self._account, f"--datadir={folder / 'data'}", f"--socket={folder / 'socket'}",
                f"--port={self.port}", f"--pid-file={folder / 'pid'}", "--bind-address=127.0.0.1", "--skip-name-resolve",
                f"--tmpdir={folder}", "--performance-schema=OFF", "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M",
                f"--innodb-flush-log-at-trx-commit={self._flush}", f"--log-error={folder / 'server.log'}"]  # fmt: skip


class Cluster:
    """Three nodes; `address` names all of them, in the order in which everybody asks them."""

    def __init__(self, flush: int = 1) -> None:
        provider = next((path for path in PROVIDERS if Path(path).exists()), None)
        if provider is None or shutil.which("mariadbd") is None or shutil.which("rsync") is None:
            raise NoCluster("galera-4, mariadb-server and rsync are needed (Debian: apt-get install galera-4 mariadb-server rsync)")
        self.folder = Path(tempfile.mkdtemp(prefix="crm-cluster-"))
        self.folder.chmod(0o755)
        self.nodes = [Node(self.folder / f"node{number}", f"node{number}", provider, flush) for number in (1, 2, 3)]
        self.address = self.by_way_of(0)
        try:
            self.nodes[0].install()
            self._start(self.nodes[0])
        except BaseException:
            self.close()
            raise

    def by_way_of(self, number: int) -> str:
        """The address of somebody who asks this node first."""
        return "mysql://root@" + ",".join(f"127.0.0.1:{node.port}" for node in (*self.nodes[number:], *self.nodes[:number]))

    def kill_one(self, number: int) -> None:
        """kill -9 a node, and let it join again."""
        node = self.nodes[number]
        node.kill()
        time.sleep(1.0)  # some work is done by the others alone
        node.start(self.nodes)
        node.wait()

    def kill_all(self) -> None:
        """kill -9 all nodes at once; whoever has most begins again."""
        for node in self.nodes:
            node.kill()
        self._start(max(self.nodes, key=lambda node: int(node.position().rpartition(":")[2] or -1)))

    def _start(self, first: Node) -> None:
        first.start(self.nodes, first=True)
        first.wait()
        for node in self.nodes:
            if node is not first:
                node.start(self.nodes)
                node.wait()

    def close(self) -> None:
        """Stop them by their process ids, and remove the folder."""
        for node in self.nodes:
            node.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def killed(kills: int, clients: int, everything: bool = False, control: str = "") -> bank.Result:
    """The bank, while nodes are killed."""
    cluster = Cluster(0 if control == "flush" else 1)
    try:

        def trouble() -> None:
            chance = random.Random(7)
            for kill in range(kills):
                time.sleep(1.0 + chance.random())
                if everything:
                    cluster.kill_all()
                else:
                    cluster.kill_one(kill % 3)
                print(f"{kill + 1} of {kills}", file=sys.stderr, flush=True)
            time.sleep(1.0)

        return bank.run(f"{cluster.address}/bank", clients, trouble, control="retry" if control == "retry" else "")
    finally:
        cluster.close()


def stale(reads: int, control: str = "") -> int:
    """How many of so many records, saved through one node, are not as they were saved when another node is asked at once."""
    cluster = Cluster()
    try:
        writer, reader = (Records(open_database(f"{cluster.by_way_of(number)}/bank"), RECORD_TYPES) for number in (0, 1))
        if control == "stale":
            reader.database.read("SET SESSION wsrep_sync_wait=0")
        actor = Actor.program()
        account = Product(name="Account", code="A", price=Decimal(0))
        writer.save(account, actor)
        old = 0
        for number in range(1, reads + 1):
            account.price = Decimal(number)  # type: ignore[assignment]
            writer.save(account, actor)
            seen: list[tuple[int]] = reader.database.read("SELECT price FROM product WHERE id = ?", (account.id,))  # type: ignore[assignment]
            old += seen != [(number * 100,)]
        for records in (writer, reader):
            records.database.close()
        return old
    finally:
        cluster.close()


def main() -> int:
    """0: all is exact; the controls must give 1. 3: there is no Galera here."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--all", action="store_true", help="all nodes at once")
    parser.add_argument("--reads", type=int, default=0)
    parser.add_argument("--control", choices=["flush", "retry", "stale"], default="")
    wanted = parser.parse_args()
    try:
        if wanted.reads:
            old = stale(wanted.reads, wanted.control)
            print(f"{old} of {wanted.reads} reads from another node were old")
            return 1 if old else 0
        result = killed(wanted.kills, wanted.clients, wanted.all, wanted.control)
    except NoCluster as missing:
        print(f"NOT RUN: {missing}", file=sys.stderr)
        return 3
    print(result)
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main())
