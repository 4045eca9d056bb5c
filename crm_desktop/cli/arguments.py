"""What can be written behind `crm-desktop`, and the help that explains it, in the language asked for."""

from __future__ import annotations

import argparse
import locale
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from crm_desktop import __version__
from crm_desktop.cli.help_text import Help
from crm_desktop.cli.places import data_folder
from crm_desktop.cli.wanted import SCHEMES, THEMES, WrongUsage, size_of
from crm_desktop.core import words
from crm_desktop.core.words import LANGUAGES, _, say

# What argparse itself says, so that the catalogues have it.
ARGPARSE_SAYS = (
    _("usage: "),
    _("options"),
    _("positional arguments"),
    _("show this help message and exit"),
    _("unrecognized arguments: %s"),
    _("the following arguments are required: %s"),
    _("expected one argument"),
    _("argument %(argument_name)s: %(message)s"),
    _("not allowed with argument %s"),
    _("invalid choice: %(value)r (choose from %(choices)s)"),
    _("invalid %(type)s value: %(value)r"),
)


class Parser(argparse.ArgumentParser):
    """Tells wrong usage by an exception, so that all sentences are printed in one place."""

    takes_type = False

    def format_help(self) -> str:
        if self.takes_type:
            from crm_desktop.business import RECORD_TYPES  # nobody pays for it who does not ask for help

            self.epilog = say("Kinds of record: {types}.", types=", ".join(one.key() for one in RECORD_TYPES))
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(say("{problem}. See “{program} --help”.", problem=message.rstrip("."), program=self.prog))


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line as values. `command` is None for the window. Raises WrongUsage; ends the program after --help."""
    words.use(wished_language(arguments) or language_here())
    argparse._ = say  # type: ignore[attr-defined]
    wanted = _parser().parse_args(_joined(arguments))
    if wanted.data is not None and wanted.database is not None:
        raise WrongUsage(say("Name either a folder with --data or a server with --database, not both."))
    if wanted.database is not None and not wanted.database.startswith(SCHEMES):
        raise WrongUsage(say("This is not the address of a database. It looks like mysql://user:password@server:3306/crm."))
    return wanted


def _joined(arguments: Sequence[str]) -> list[str]:
    """`--sort -amount` as `--sort=-amount`: argparse would take the field for an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--sort" and argument.startswith("-") and not argument.startswith("--"):
            joined[-1] = f"--sort={argument}"
        else:
            joined.append(argument)
    return joined


def wished_language(arguments: Sequence[str]) -> str | None:
    """The value of --lang, looked for before anything else is read: the help speaks it too. None for one we do not speak."""
    wished = None
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            wished = arguments[number + 1]
        elif argument.startswith("--lang="):
            wished = argument.partition("=")[2]
    return wished if wished in LANGUAGES else None


def language_here() -> str:
    """The language of this PC as far as the program speaks it, else English."""
    try:
        name = locale.getlocale()[0]
    except ValueError:  # a locale Python does not know
        name = None
    return words.nearest(name or "en")


def _parser() -> Parser:
    parser = Parser(
        prog="crm-desktop",
        formatter_class=Help,
        description=say("CRM Desktop: customers, opportunities, contracts and calendar of a sales team.")
        + "\n\n"
        + say("Without a command it opens its window; with one it does that and ends."),
        epilog=say("The data lies in {folder} unless --data or --database say otherwise.", folder=data_folder())
        + "\n\n"
        + say("“crm-desktop COMMAND --help” explains a command.")
        + "\n\n"
        + say("Exit codes: 0 done, 1 refused or invalid, 2 wrong usage."),
    )
    version = say("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"crm-desktop {__version__}", help=version)
    _add_place(parser, None)
    _add_window(parser)
    commands = parser.add_subparsers(title=say("commands"), dest="command", metavar="COMMAND", parser_class=Parser)
    adders = (_add_import, _add_export, _add_template, _add_search, _add_list, _add_show, _add_merge, _add_duplicates,
              _add_share, _add_handover, _add_check, _add_database)  # fmt: skip
    for add in adders:
        add(commands)
    return parser


def _size(text: str) -> tuple[int, int]:
    return size_of(text)


_size.__name__ = "WxH"


def _add_window(parser: argparse.ArgumentParser) -> None:
    """How the window opens."""
    window = parser.add_argument_group(say("the window"))
    demo = say("start on a demo company, whose notes and tasks are in Chinese; in a throw-away folder unless --data is given")
    window.add_argument("--demo", action="store_true", help=demo)
    window.add_argument("--theme", choices=THEMES, help=say("colours of the window"))
    window.add_argument("--screenshot", metavar="FILE", type=Path, help=say("paint a view into a PNG file and end"))
    window.add_argument("--view", metavar="NAME", default="", help=say("the view to open: workbench, customers, opportunities, calendar …"))
    window.add_argument("--size", metavar="WxH", type=_size, help=say("size of the window in pixels, such as 1440x900"))


def _count(text: str) -> int:
    """A number from 0 up, as --limit and --header-row take it."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(say("“{value}” is not a number from 0 up", value=text))
    return int(text)


def _batch(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise argparse.ArgumentTypeError(say("“{value}” is not the number of a batch, as the import printed it", value=text))
    return int(text)


def _add_place(parser: argparse.ArgumentParser, default: Any = argparse.SUPPRESS) -> None:
    """Where the data is and who asks: the same before and behind the command."""
    place = parser.add_argument_group(say("data and person"))
    place.add_argument("--data", metavar="DIR", type=Path, default=default, help=say("folder of the data; made when it does not exist"))
    place.add_argument("--database", metavar="URL", default=default, help=say("a shared database: mysql://user:password@server:3306/name"))
    place.add_argument("--as", metavar="USER", dest="user", default=default, help=say("user name, name or number of who does this"))
    place.add_argument("--lang", choices=LANGUAGES, default=default, help=say("language of all that is shown"))


def _command(commands: Any, name: str, summary: str, more: str = "") -> Parser:
    text = summary + ("\n\n" + more if more else "")
    parser: Parser = commands.add_parser(name, help=summary, description=text, formatter_class=Help)
    _add_place(parser)
    return parser


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=say("print JSON, one object a line; keys are field names"))


def _add_choice(parser: argparse.ArgumentParser) -> None:
    """Which records, which fields, in which order."""
    parser.add_argument("--where", metavar="CONDITION", action="append", default=[], help=say("only records that fit; may be repeated"))
    parser.add_argument("--text", metavar="WORDS", default="", help=say("only records that hold these words, as the search finds them"))
    parser.add_argument("--view", metavar="NAME", default=argparse.SUPPRESS, help=say("start from a saved view"))
    parser.add_argument("--sort", metavar="FIELDS", help=say("order by these fields, separated by commas; -field for descending"))
    parser.add_argument("--columns", metavar="FIELDS", help=say("these fields, separated by commas"))


CONDITIONS = _(
    """conditions, written in quotation marks:
  level=A              is; several: level=A,B       level!=C           is not
  name~华为            contains                     name^=北京         begins with
  amount>=50000        also > < <=                  next_contact_on<2026-11-30
  owner=me             mine                         phone empty        nothing in it; also: filled
  due_on today         also: past, this_month, next_days 7, last_days 30, between 2026-01-01..2026-03-31"""
)
VALUES = _(
    """values in JSON: texts as they are; numbers as numbers; amounts as text with two places ("1234.50"); days "2026-11-30";
times in UTC "2026-11-30T08:05:00Z"; yes and no as true and false; picklists and states by their key; another record as
{"id": "…", "title": "…"}, several as a list of these; nothing as null. Ids are texts of digits: they are longer than
many programs' numbers."""
)


def _add_import(commands: Any) -> None:
    parser = _command(
        commands,
        "import",
        say("bring records in from a file (.xlsx, .xls, .xlsb, .ods, .csv, .txt, .vcf, .ics, .json)"),
        say("Columns are mapped by their headings, in Chinese or English, as the window would. Prints how many rows were new, changed, "
            "unchanged and refused, and the number of the batch, by which the import can be undone."),
    )  # fmt: skip
    parser.takes_type = True
    parser.add_argument("type", metavar="TYPE", nargs="?", help=say("kind of record: customer, contact, lead …"))
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help=say("the sheet"))
    parser.add_argument("--sheet", metavar="NAME", help=say("the sheet of the workbook; the first filled one if not given"))
    parser.add_argument("--header-row", metavar="N", type=_count, help=say("row of the headings; 0 for none; found if not given"))
    parser.add_argument("--map", metavar="FILE", type=Path, help=say("a JSON file: column heading → field name"))
    parser.add_argument("--match", metavar="FIELDS", help=say("fields by which a row finds the record it means; “none”: every row is new"))
    parser.add_argument("--mode", choices=("create", "update", "both"), default="both", help=say("what may happen to rows"))
    parser.add_argument("--empty", choices=("keep", "clear"), default="keep", help=say("what an empty cell does to a field"))
    like = ("create", "update", "skip")
    parser.add_argument("--same", choices=like, default="create", help=say("what to do with new rows that are the same as a record"))
    parser.add_argument("--similar", choices=like, default="create", help=say("what to do with new rows that are similar to one"))
    parser.add_argument("--dates", choices=("dmy", "mdy"), help=say("how days like 3/4/2026 are written"))
    parser.add_argument("--encoding", metavar="NAME", help=say("of a .csv, when it is not found rightly: utf-8, gb18030 …"))
    parser.add_argument("--delimiter", metavar="SIGN", help=say("of a .csv, when it is not found rightly; “tab” for a tab"))
    parser.add_argument(
        "--unknown", choices=("refuse", "add", "skip"), default="refuse", help=say("what words do that are in no picklist")
    )
    parser.add_argument("--dry-run", action="store_true", help=say("only tell what would happen"))
    parser.add_argument("--errors", metavar="FILE", type=Path, help=say("write the refused rows there, with the reasons"))
    parser.add_argument("--undo", metavar="BATCH", type=_batch, help=say("take an import back"))
    _add_json(parser)


def _add_export(commands: Any) -> None:
    parser = _command(commands, "export", say("write records to a file (.xlsx, .csv, .json, .vcf, .ics, .pdf)"), say(CONDITIONS))
    parser.takes_type = True
    parser.add_argument("type", metavar="TYPE", help=say("kind of record: customer, contact, lead …"))
    parser.add_argument("file", metavar="FILE", type=Path, help=say("the file to write; its ending says the format"))
    parser.add_argument("--encoding", choices=("utf-8", "gb18030"), default="utf-8", help=say("of a .csv"))
    parser.add_argument("--reason", metavar="TEXT", default="", help=say("why, for the log of what was taken out"))
    _add_choice(parser)
    _add_json(parser)


def _add_template(commands: Any) -> None:
    summary = say("write an empty workbook to fill in and import, with hints and drop-downs")
    parser = _command(commands, "template", summary)
    parser.takes_type = True
    parser.add_argument("type", metavar="TYPE", help=say("kind of record: customer, contact, lead …"))
    parser.add_argument("file", metavar="FILE", type=Path, help=say("the .xlsx to write"))


def _add_search(commands: Any) -> None:
    parser = _command(
        commands,
        "search",
        say("find records by part of a name, phone or number, in Chinese, pinyin or initials"),
        say("The best hits come first. With --json each line has type, id, title, sub."),
    )
    parser.add_argument("text", metavar="TEXT", nargs="+", help=say("what to look for"))
    parser.add_argument("--type", metavar="TYPE", action="append", dest="types", help=say("only this kind of record; may be repeated"))
    parser.add_argument("--limit", metavar="N", type=_count, default=20, help=say("at most so many hits (20)"))
    _add_json(parser)


def _add_list(commands: Any) -> None:
    usual = say("Without --columns a table has the usual columns of the list, and JSON has all fields.")
    parser = _command(commands, "list", say("print records"), "\n\n".join((usual, say(CONDITIONS), say(VALUES))))
    parser.takes_type = True
    parser.add_argument("type", metavar="TYPE", help=say("kind of record: customer, contact, lead …"))
    _add_choice(parser)
    parser.add_argument("--limit", metavar="N", type=_count, default=0, help=say("at most so many records; 0 for all"))
    _add_json(parser)


def _add_show(commands: Any) -> None:
    parser = _command(commands, "show", say("print all of one record"), say(VALUES))
    parser.takes_type = True
    parser.add_argument("type", metavar="TYPE", help=say("kind of record: customer, contact, lead …"))
    parser.add_argument("id", metavar="ID", help=say("its id, code, number or whole name"))
    _add_json(parser)


def _add_share(commands: Any) -> None:
    parser = _command(
        commands,
        "share",
        say("share records with a colleague, or tell with whom they are shared"),
        say("Without --with it lists the shares. A colleague may read the records, or work on them with --write."),
    )
    parser.add_argument("type", metavar="TYPE", help=say("kind of record: customer, contact, lead …"))
    parser.add_argument("ids", metavar="ID", nargs="*", help=say("its id, code, number or whole name"))
    parser.add_argument("--with", metavar="USER", dest="colleague", help=say("the colleague: user name, name or number"))
    parser.add_argument("--write", action="store_true", help=say("to work on, not only to read"))
    parser.add_argument("--until", metavar="DAY", help=say("last day of the share"))
    parser.add_argument("--end", action="store_true", help=say("end the share"))
    _add_choice(parser)
    _add_json(parser)


def _add_handover(commands: Any) -> None:
    parser = _command(
        commands,
        "handover",
        say("hand over all that an employee owns, and close the account"),
        say("Without --type everything is handed over; “--type customer=li,sun --type task” says which records go to whom, dealt out in "
            "turn when several are named. What is about a customer goes with the customer unless --apart is given. It is one act, "
            "which can be undone."),
    )  # fmt: skip
    parser.add_argument("leaver", metavar="FROM", nargs="?", help=say("who leaves: user name, name or number"))
    parser.add_argument("receivers", metavar="TO", nargs="?", help=say("who takes over; several separated by commas"))
    only = say("only this kind of record; may be repeated")
    parser.add_argument("--type", metavar="TYPE[=TO]", action="append", dest="types_to", default=[], help=only)
    parser.add_argument("--apart", action="store_true", help=say("deal out what is about a customer by itself"))
    parser.add_argument("--open-only", action="store_true", help=say("what is won, lost or done stays behind"))
    parser.add_argument("--keep-account", action="store_true", help=say("the account stays open"))
    parser.add_argument("--dry-run", action="store_true", help=say("only count what there is"))
    parser.add_argument("--certificate", metavar="FILE", type=Path, help=say("write the certificate to sign as PDF"))
    parser.add_argument("--number", metavar="N", type=int, help=say("the certificate of a handover there was, by its number"))
    _add_json(parser)


def _add_merge(commands: Any) -> None:
    parser = _command(
        commands,
        "merge",
        say("make one record of two"),
        say("KEEP gets what it lacks from LOSE and everything that belongs to LOSE; LOSE goes into the recycle bin. Prints the number of "
            "the batch, by which this can be undone for 30 days."),
    )  # fmt: skip
    parser.add_argument("type", metavar="TYPE", nargs="?", help=say("kind of record: customer, contact, lead"))
    parser.add_argument("keep", metavar="KEEP", nargs="?", help=say("its id, code, number or whole name"))
    parser.add_argument("lose", metavar="LOSE", nargs="?", help=say("its id, code, number or whole name"))
    parser.add_argument("--take", metavar="FIELDS", help=say("fields whose value is taken from LOSE, separated by commas"))
    parser.add_argument("--undo", metavar="BATCH", type=int, help=say("split what was merged again"))
    _add_json(parser)


def _add_duplicates(commands: Any) -> None:
    parser = _command(
        commands,
        "duplicates",
        say("look for records that are there twice"),
        say("Prints groups of the same and of similar records with the reasons, the surest first. With --json each line is a group."),
    )
    parser.add_argument("type", metavar="TYPE", help=say("kind of record: customer, contact, lead"))
    _add_json(parser)


def _add_check(commands: Any) -> None:
    parser = _command(
        commands,
        "check",
        say("look whether the data is whole"),
        say("Looks at the database file, tables, links, owners, states, numbers, journal and search index, and changes nothing. "
            "Exit code 0: all is well."),
    )  # fmt: skip
    _add_json(parser)


def _add_database(commands: Any) -> None:
    parser = _command(
        commands,
        "database",
        say("make, examine and move a database that a team shares on a server; copy, restore and encrypt a file"),
        say("The password of the address may be left out: it is asked for, or taken from CRM_DATABASE_PASSWORD. That of an account "
            "that is opened is taken from CRM_NEW_PASSWORD where nobody can be asked."),
    )  # fmt: skip
    what = parser.add_subparsers(title=say("commands"), dest="what", metavar="WHAT", parser_class=Parser, required=True)
    create = _command(
        what, "create", say("make a database in which everybody has an account of his own"),
        say("--database names the server with an account that may do everything there, such as root."),
    )  # fmt: skip
    create.add_argument("--administrator", metavar="USER", required=True, help=say("user name of the first administrator"))
    create.add_argument("--name", metavar="NAME", default="", help=say("name of the first administrator"))
    create.add_argument("--company", metavar="NAME", default="", help=say("name of the company"))
    doctor = _command(what, "doctor", say("look whether the server is safe, and say how to mend what is not"))
    _add_json(doctor)
    _command(what, "migrate", say("bring the tables up to date and put up views and triggers anew"))
    tidy = _command(
        what, "tidy", say("take out of the search index what changed and deleted records left in it"),
        say("Best every night; people may go on working. It needs an account that may change the settings of the server, such as root. "
            "Of a cluster, run it on each node."),
    )  # fmt: skip
    _add_json(tidy)
    reading = _command(
        what, "reading", say("tell or choose how strictly the server lets people read, as an administrator"),
        say("strict: whatever tool somebody connects with, he gets only what he may see; for up to {most} customers. standard: "
            "quicker, but who knows SQL well can find out more. Changes are refused either way.", most="100,000"),
    )  # fmt: skip
    reading.add_argument("profile", metavar="PROFILE", nargs="?", choices=("strict", "standard"), help=say("strict or standard"))
    _add_json(reading)
    move = _command(
        what, "move", say("move the data from a file to a server, or back"),
        say("Goes on where it was when it was interrupted, and proves at the end that both sides hold the same."),
    )  # fmt: skip
    move.add_argument("--to", metavar="PLACE", required=True, help=say("an empty database mysql://root@server:3306/name, or a new folder"))
    move.add_argument(
        "--administrator", metavar="USER", default="",
        help=say("the employee who gets the first account; without it everybody shares the account of the address"),
    )  # fmt: skip
    _add_json(move)
    login = _command(what, "login", say("open, lock or log off an account, as an administrator signed in with his own"))
    login.add_argument("login", metavar="USER", help=say("user name of an employee"))
    act = login.add_mutually_exclusive_group(required=True)
    for word, summary in (
        ("open", say("let the employee sign in, with a new password")),
        ("lock", say("let nobody sign in with it, and end its sessions")),
        ("log_off", say("end its sessions now")),
    ):
        act.add_argument(f"--{word.replace('_', '-')}", dest="act", action="store_const", const=word, help=summary)
    backup = _command(
        what, "backup", say("make a copy of the local file, or of a team's database on a server, in the folder backups"),
        say("The copy is opened and counted before it is called one. Of a server's database it is a file with everything in it but "
            "passwords, made while everybody works; who runs it must be an administrator. Keep it where nobody else reads it."),
    )  # fmt: skip
    backup.add_argument("--to", metavar="FOLDER", type=Path, help=say("another folder for the copy of a server's database"))
    backup.add_argument(
        "--keep", metavar="DAYS", type=int, help=say("take away older copies that were made with this option, for a task of every night")
    )
    restore = _command(
        what, "restore", say("let a copy of the local file take its place, or fill an empty database of a server from a copy"),
        say("Without a copy it lists those in the folder backups. The copy is proven first, and what was there is kept as a copy too. No "
            "window may be open on the file. Killed half-way, the database is as before, or as the copy has it. With --database "
            "mysql://root@server/name the copy goes into that database, which must be empty; run again after a kill it goes on."),
    )  # fmt: skip
    restore.add_argument("copy", metavar="COPY", nargs="?", default="", help=say("its name in the folder backups, or any file"))
    restore.add_argument("--latest", action="store_true", help=say("the newest copy in the folder backups"))
    restore.add_argument(
        "--administrator", metavar="USER", default="",
        help=say("on a server: the employee who gets the first account; without it everybody shares the account of the address"),
    )  # fmt: skip
    _add_json(restore)
    lost = say("Copies in the folder backups go along. No window may be open on the file. Killed half-way, nothing goes missing.")
    for word, summary, more in (
        ("encrypt", say("encrypt the local file, or the copies that are made of a team's database"),
         say("Prints the recovery phrase: the key itself, for the day the keyring of this computer is gone. Where there is no keyring, "
             "the phrase is asked for each time, or taken from CRM_DATABASE_KEY.")),
        ("rekey", say("give the encrypted local file, or the copies of a team's database, another key and recovery phrase"),
         say("For when somebody has seen the phrase. Copies kept elsewhere still need the phrase they were made under.")),
        ("decrypt", say("take the encryption of the local file, or of copies made from now on, away"), ""),
    ):  # fmt: skip
        _command(what, word, summary, "\n\n".join(filter(None, (more, lost))))
