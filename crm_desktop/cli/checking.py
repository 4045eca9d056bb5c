"""The command `check`: whether the data is whole."""

from __future__ import annotations

import argparse

from crm_desktop.cli.opening import open_office
from crm_desktop.cli.printing import put_json
from crm_desktop.core.checks import examine
from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _, say


class _Counted(Trouble):
    """The outcome in one sentence, with its number in words."""

    def sentence(self, lang: str | None = None) -> str:
        return say("%n problem(s) found. Make a backup before anything else, and ask whoever looks after the program.", lang,
                   n=int(str(self.values["n"])))  # fmt: skip


def check(wanted: argparse.Namespace) -> int:
    """Print each check with what it found; raises Trouble when anything was."""
    problems = 0
    with open_office(wanted) as office:
        for one, findings in examine(office.records):
            problems += len(findings)
            if wanted.json:
                found = [
                    {"problem": finding.sentence(), "count": finding.count, "ids": [str(example) for example in finding.examples]}
                    for finding in findings
                ]
                put_json({"check": one.key, "ok": not findings, "problems": found})
                continue
            print(say("{label}: all is well", label=say(one.label)) if not findings else say("{label}:", label=say(one.label)))
            for finding in findings:
                print("  " + finding.sentence() + (f" [{', '.join(map(str, finding.examples))}]" if finding.examples else ""))
    if problems:
        raise _Counted(_("Problems were found."), n=problems)
    return 0
