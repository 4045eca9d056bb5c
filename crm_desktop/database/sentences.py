"""What people are told when a database cannot be used: what happened, and what to do about it."""

from __future__ import annotations

from crm_desktop.core.words import _

NOT_ALLOWED = _("You are not allowed to use {file}. Ask whoever looks after this computer for access.")
IN_USE = _("The database {file} is in use by another program. Close that program and try again.")
READ_ONLY = _("{file} cannot be written to. Allow writing to it and its folder, or choose another folder.")
BROKEN_DISK = _("{file} could not be read or written. Check the disk it is on, then try again.")
DAMAGED = _("The database {file} is damaged. Restore a backup under Settings > Database, or with: crm-desktop database restore")
DISK_FULL = _("The disk with {file} is full, so nothing was saved. Make room on it and try again.")
NOT_OPENED = _("{file} could not be opened. Check that its folder exists and that you may write to it.")
NOT_A_DATABASE = _("{file} is not a database of this program. Choose another file or folder.")
ENCRYPTED = _(
    "{file} cannot be read: another program encrypted it, or what was in it is overwritten. Choose another file, or restore a backup "
    "with: crm-desktop database restore"
)
KEY_NEEDED = _(
    "{file} is encrypted, and the keyring of this computer does not hold its key. Type the recovery phrase that was printed when it "
    "was encrypted, or put it into the environment variable {variable}."
)
KEY_NEEDED_EACH_TIME = _(
    "{file} is encrypted, and this computer has no keyring that could hold its key. Type the recovery phrase at each start, or put it "
    "into the environment variable {variable}."
)
COPIES_KEY_NEEDED = _(
    "The copies of this database are encrypted, and the keyring of this computer does not hold their key. Type the recovery phrase that "
    "was printed for them, or put it into the environment variable {variable}."
)
OTHER_KEY = _(
    "This recovery phrase is without mistakes but belongs to another database than {file}, or to a key it had before. Use the phrase "
    "that was printed last for this database."
)
CHANGING = _("{file} is just being encrypted or decrypted. Try again in a few minutes.")
OPEN_ELSEWHERE = _("{file} is open in another window or command. Close it, then try again; nothing was changed.")
NOT_RECODED = _(
    "No complete new file could be made beside {file}, so nothing was changed. Look whether its disk has room, then try again."
)
EMPTY = _(
    "The file {file} is empty; what was in it is lost. Restore a backup with: crm-desktop database restore, or delete the file to start "
    "afresh."
)
IS_A_FOLDER = _("{file} is a folder, not a database file. Choose another name.")
NO_FOLDER = _("The folder {folder} cannot be made, because a file has that name. Choose another folder.")
NO_BACKUP = _("No backup could be made in {folder}, so nothing was changed. Make room there and try again.")

HELD = _("{user} on {computer} has it open since {since}.")
ONLY_A_COPY = _(
    "This is a copy of {copied}, only to read: {user} on {computer} has the database open since {since}. "
    "Open it again when it is free."
)
LEASE_LOST = _(
    "This computer did not answer for a while, and the database was opened by {user} meanwhile. Nothing more can be saved here: "
    "copy what you have not saved, close the program and open it again."
)
FOLDER_GONE = _("The network folder {folder} does not answer, so nothing was saved. Check the network and try again.")
NO_GOOD_COPY = _("No good copy of {file} could be made, because it is being written to. Try again in a minute.")

NEWER = _("This database was used by a newer version of the program. Update the program on this computer.")
FOREIGN = _("This database belongs to another program. Choose an empty one or another folder.")
MIGRATING = _("Another computer is just bringing the database up to date. Try again in a few minutes.")
UNCERTAIN = _(
    "The connection to the server was lost while saving, and it is not certain whether the change was saved. "
    "Look at the record again before you repeat it."
)

NOT_AN_ADDRESS = _(
    "This is not the address of a database. It looks like mysql://user:password@server:3306/crm."
)
WRONG_PASSWORD = _("The server {host} does not accept this user name and password. Check both and try again.")
NO_RIGHT_TO_SCHEMA = _(
    "The account {user} may not use the database {name} on {host}. Ask whoever looks after the server."
)
NO_SCHEMA = _("There is no database {name} on {host}. Ask whoever looks after the server to create it.")
NO_RIGHT = _("The account {user} may not do this on {host}. Ask whoever looks after the server.")
NO_POWER = _(
    "The account {user} may not change the settings of the server {host}. Use one that may, such as root, or ask whoever looks after it."
)
SHUT_OUT = _("The server {host} does not let this computer in. Ask whoever looks after the server.")
TOO_MANY = _("The server {host} has too many connections. Try again in a minute.")
SERVER_FULL = _("The disk of the server {host} is full, so nothing was saved. Ask whoever looks after it.")
NO_TABLE = _(
    "The server {host} could not make a table; most often its disk is full. Ask whoever looks after it to make room, then try again: it "
    "goes on where it was."
)
SERVER_READ_ONLY = _("The server {host} is read-only at the moment, so nothing was saved. Try again later.")
ROWS_IN_USE = _("Somebody else is changing the same data and has not finished. Try again in a minute.")
NOT_SAFE = _("A safe connection to {host} was not possible. Check the certificate and the server's name.")
NO_TLS = _(
    "The server {host} offers no encrypted line. Ask whoever looks after it to give it a certificate; only in a network that is all your "
    "own may the line stay without."
)
UNKNOWN_ISSUER = _(
    "Nobody this computer trusts has signed the certificate of {host}. Name the certificate of its issuer, a file that whoever looks "
    "after the server gives you. If you have named it, it is the wrong one, or somebody else answers in place of the server."
)
OTHER_NAME = _(
    "The certificate is not for {host} but for another name. Write the server's name as it stands in its certificate, or ask whoever looks "
    "after the server."
)
CERTIFICATE_EXPIRED = _(
    "The certificate of {host} has expired. Ask whoever looks after the server to renew it. If the clock of this computer is wrong, set it."
)
CERTIFICATE_TOO_EARLY = _(
    "The certificate of {host} is not valid yet. The clock of this computer is wrong, or that of the server was: set the one that is."
)
NO_SERVER = _(
    "Something answers on port {port} of {host}, but it is no MariaDB or MySQL. Check the port; it is 3306 unless somebody changed it."
)
TOO_BIG = _("This is more data than the server {host} takes at once. Use a smaller file or text.")
TOO_OLD = _("The server {host} is too old ({version}). MariaDB 10.4 or MySQL 8.0.17 is needed.")
NO_HOST = _("No computer named {host} was found. Check the name of the server and your network.")
NO_ANSWER = _(
    "The server {host} does not answer on port {port}. Check that it runs and that you are on its network."
)
LINE_LOST = _("The connection to {host} was lost. Check your network and try again.")
NO_CERTIFICATE = _("The certificate {file} could not be read. Check the name of the file.")
PASSWORD_EXPIRED = _("The password of {user} on {host} has expired. Ask an administrator for a new one.")
LOCKED = _("The account {user} on {host} is locked. Ask an administrator to open it again.")
BLOCKED = _(
    "The account {user} on {host} is locked after too many wrong passwords. Let an administrator give it a new password under Settings > "
    "Employees."
)
CLOCK = _("The clock of this computer and that of {host} are {minutes} minutes apart. Set the one that is wrong, then try again.")
NOT_READY = _(
    "The tables of {name} on {host} are being changed, or this was interrupted. Try again in a few minutes; if that does not "
    "help, let an administrator run: crm-desktop database migrate"
)
OLD_TABLES = _("The tables of {name} on {host} are older than this program. Let an administrator run: crm-desktop database migrate")
MARIADB_ONLY = _("Accounts for each user need MariaDB 10.6 or later; {host} has {version}.")
SILENT_SERVER = _(
    "Port {port} of {host} is open, but nothing is said there. It is no MariaDB or MySQL, or the server is overloaded: check the port, "
    "then try again."
)
