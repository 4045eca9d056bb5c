"""Mangled files for the readers: real ones cut, flipped, doubled and spliced; what must be true of every one of them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from queue import Empty, SimpleQueue

from hypothesis import strategies as st

from crm_desktop.core.errors import Invalid
from crm_desktop.exchange.reading import read_workbook

ROOT = Path(__file__).resolve().parents[2]
LARGEST_SEED = 60_000
HANGS = 15.0  # seconds; the reader itself is given up after 8 without a sign of life

# Small files of our own of every kind that is text.
TEXTS = (
    "客户名称,电话\r\n华为,\"0755\n2\"\r\n小米;x|y\t,010\r\n".encode(),
    "客户名称\t电话\n华为\t1\r\r\n小米\t2\r".encode("utf-16"),
    "公司;電話\n甲;1\n".encode("big5"),
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=CD=F5;=CE=E5;;;\r\nTEL;CELL:138\r\nEND:VCARD\r\n",
    "BEGIN:VCARD\nVERSION:4.0\nFN:李\\, 四\nADR:;;a;b;c;d;e\nBDAY:--0203\nX-CRM-ID:1\nEND:VCARD\n".encode(),
    b"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19701101T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\n"
    b"TZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY:a\nDTSTART;TZID=X:20260330T090000\nDURATION:PT1H\n"
    b"BEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT\nBEGIN:VTODO\nDUE:20260401\nPRIORITY:1\nEND:VTODO\nEND:VCALENDAR\n",
    '[{"name": "甲", "at": "2026-03-30T00:00:00Z", "tags": [{"id": "1", "title": "x"}]},\n{"name": 1e999, "n": null}]'.encode(),
)
PIECES = (
    b"\x00", b"\r", b"\r\r\n", b'"', b"=", b"\\", b";;;;", b"BEGIN:VCARD\n", b"END:VEVENT\n", b"9" * 40, b"\xff\xfe", b"{",
    b"[[[", b"\xe4",
)  # fmt: skip


def seeds(sheets: Path, shared: Path | None) -> list[bytes]:
    """Small real files of every format there is, and our own."""
    folders = [sheets] + ([shared / "messy_sheets", shared / "vcard_ical"] if shared is not None else [])
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and path.stat().st_size < LARGEST_SEED)
    return [*TEXTS, *(path.read_bytes() for path in files)]


@st.composite
def mangled(draw: st.DrawFn, material: list[bytes]) -> bytes:
    """One file, made worse."""
    # Half of them are texts: those are read by code of ours.
    own = draw(st.booleans())
    content = bytearray(material[draw(st.integers(0, len(TEXTS) - 1 if own else len(material) - 1))])
    for _round in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        how = draw(st.sampled_from("flip cut piece double splice drop".split()))
        if how == "flip" and content:
            content[at] = draw(st.integers(0, 255))
        elif how == "cut":
            del content[at:]
        elif how == "piece":
            content[at:at] = draw(st.sampled_from(PIECES))
        elif how == "double":
            content[at:at] = content[at : at + draw(st.integers(1, 400))] * draw(st.integers(1, 5))
        elif how == "splice":
            other = material[draw(st.integers(0, len(material) - 1))]
            content[at:] = other[draw(st.integers(0, max(len(other) - 1, 0))) :]
        else:
            del content[at : at + draw(st.integers(1, 60))]
    return bytes(content[:200_000])


class Reading:
    """The child that reads one file after the other; `told` counts how they ended."""

    def __init__(self, folder: Path):
        self.path = folder / "mangled"
        self.told: Counter[str] = Counter()
        self._child: subprocess.Popen[str] | None = None
        self._answers: SimpleQueue[str] = SimpleQueue()

    def check(self, content: bytes) -> None:
        """Read the file: rows or a sentence, soon; a death must be a sentence in the real reader."""
        self.path.write_bytes(content)
        answer = self._ask()
        self.told[answer.split(" ")[0]] += 1
        assert not answer.startswith("bug"), answer
        if answer in ("died", "hung"):
            begin = time.monotonic()
            with contextlib.suppress(Invalid), read_workbook(self.path) as workbook:
                assert workbook.sheets
            assert time.monotonic() - begin < 3 * HANGS

    def _ask(self) -> str:
        if self._child is None or self._child.poll() is not None:
            self._start()
        child = self._child
        assert child is not None and child.stdin is not None
        child.stdin.write(f"{self.path}\n")
        child.stdin.flush()
        try:
            answer = self._answers.get(timeout=HANGS)
        except Empty:
            answer = "hung"
        if answer in ("died", "hung"):
            self.close()
        return answer

    def _start(self) -> None:
        surroundings = dict(os.environ, PYTHONPATH=str(ROOT), RUST_BACKTRACE="0")
        command = [sys.executable, "-m", "tests.exchange.fuzz_child"]
        child = self._child = subprocess.Popen(
            command, cwd=ROOT, env=surroundings, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        answers = self._answers = SimpleQueue()

        def listen() -> None:
            assert child.stdout is not None
            for line in child.stdout:
                answers.put(line.rstrip("\n"))
            answers.put("died")

        threading.Thread(target=listen, daemon=True).start()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            self._child = None
