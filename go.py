"""Starts or tests CRM Desktop from a fresh copy, with nothing but Python 3.11 or newer.

    python go.py run      open the window on demo data        (python3 on Debian and macOS, py on Windows)
    python go.py test     run all tests
    python go.py prepare  only make .venv, for instance to call .venv/bin/crm-desktop yourself

What comes behind `run` goes to the program (`python go.py run --data ~/crm`), behind `test` to pytest. The first call makes
a virtual environment in .venv and installs what the program needs; later calls start at once. On Debian and its relatives
missing system packages are installed when this runs as root; else the one command that does so is printed.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
MARK = VENV / "installed"

# What Qt loads on Linux, and the Debian package that brings it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TEST_PROGRAMS = {"mariadbd": "mariadb-server", "Xvfb": "xvfb"}


def main(arguments):
    if sys.version_info < (3, 11):
        return stop("CRM Desktop needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])
    wanted, rest = (arguments or ["help"])[0], arguments[1:]
    if wanted not in ("run", "test", "prepare"):
        print(__doc__)
        return 0 if wanted in ("help", "--help", "-h") else 2
    try:
        prepare(testing=wanted != "run")
    except subprocess.CalledProcessError as error:
        return stop("This did not work: %s" % " ".join(map(str, error.cmd)))
    if wanted == "run":
        return call([PYTHON, "-m", "crm_desktop", *(rest or ["--demo"])])
    if wanted == "test":
        return call([PYTHON, "-m", "pytest", *workers(rest), *rest])
    print("Ready: %s" % PYTHON)
    return 0


def stop(sentence):
    print(sentence, file=sys.stderr)
    return 1


def call(command):
    """Run it in this folder's name; Ctrl+C goes to it alone."""
    try:
        return subprocess.run([str(part) for part in command], cwd=ROOT).returncode
    except KeyboardInterrupt:
        return 130


def workers(rest):
    """Tests run in parallel unless only some are asked for."""
    chosen = any(part.startswith(("-n", "tests/")) or "::" in part for part in rest)
    return [] if chosen else ["-n", str(min(4, os.cpu_count() or 1))]


def prepare(testing):
    """Everything the program (and its tests) stand on, installed unless it is."""
    install_packages(missing_packages(testing))
    if not PYTHON.exists():
        if importlib.util.find_spec("ensurepip") is None:
            raise SystemExit(stop("Python's venv module is missing; on Debian: sudo apt-get install python3-venv"))
        print("Making the virtual environment .venv …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    state = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest() + (" with tests" if testing else "")
    known = MARK.read_text() if MARK.exists() else ""
    if known.startswith(state):
        return
    print("Installing what it needs into .venv (a few minutes the first time) …", flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--use-pep517"]
    subprocess.run([*pip, "--editable", ".[test]" if testing else "."], cwd=ROOT, check=True)
    MARK.write_text(state)


def missing_packages(testing):
    """The Debian packages that are not here yet; none on other systems."""
    if not sys.platform.startswith("linux") or shutil.which("apt-get") is None:
        return []
    wanted = [package for library, package in LIBRARIES.items() if not loads(library)]
    if not has_chinese_font():
        wanted += ["fontconfig", "fonts-noto-cjk"]
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        wanted.append("python3-venv" if Path(sys.executable).parent == Path("/usr/bin") else "python3-pip")
    if testing:
        # Servers live in /usr/sbin, which is not on everybody's path.
        paths = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"
        wanted += [package for program, package in TEST_PROGRAMS.items() if shutil.which(program, path=paths) is None]
    return wanted


def loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font():
    try:
        found = subprocess.run(["fc-list", ":lang=zh-cn", "family"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        return False
    return bool(found.stdout.strip())


def install_packages(packages):
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        print("Some system packages are missing. This installs them:\n\n    sudo %s\n" % " ".join(install), flush=True)
        return
    print("Installing system packages: %s" % " ".join(packages), flush=True)
    surroundings = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "update", "-qq"], env=surroundings, check=True)
    subprocess.run([*install, "-qq"], env=surroundings, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
