#!/bin/sh
# Chromium for the tests of the desk: installs Debian's where there is none and where it may. Without one these tests are skipped.
set -eu
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; } && exit 0
fi
echo "no browser: the tests that need one are skipped; on Debian: sudo apt-get install chromium" >&2
