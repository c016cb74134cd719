#!/bin/sh
# Resolves the pinned versions for every Python version that the package claims, without installing them.
set -eu
python=$1
target=$(mktemp -d)
trap 'rm -rf "$target"' EXIT
for version in 3.11 3.12 3.13; do
  "$python" -m pip install --quiet --disable-pip-version-check --dry-run --only-binary=:all: \
    --python-version "$version" --target "$target" -r requirements/base.txt || { echo "the pins do not resolve for Python $version" >&2; exit 1; }
  echo "pins resolve for Python $version"
done
