#!/bin/sh
# Makes a virtual environment: venv.sh PYTHON FOLDER. On Debian without python3-venv it installs that package where it may.
set -eu
python=$1
folder=$2
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "onrecord needs Python 3.11 or newer; $python is $("$python" -V 2>&1). Try: make PYTHON=python3.12" >&2; exit 2; }
[ -x "$folder/bin/python" ] && "$folder/bin/python" -m pip --version >/dev/null 2>&1 && exit 0
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq python3-venv
  else
    echo "Python's venv module is incomplete. Install it first, for example: sudo apt-get install python3-venv" >&2
    exit 2
  fi
fi
"$python" -m venv "$folder"
