#!/bin/sh
# The one command that makes the shipped tagger: sets up, trains, exports to int8 ONNX, fits the probabilities.
#   sh train/tagger.sh [--passes 6 ...]        (options go to train/tagger.py)
set -eu
cd "$(dirname "$0")/.."
data=${ONRECORD_SHARED:-../shared}/data/polnear/train.jsonl.gz
[ -f "$data" ] || { echo "$data is missing: PolNeAR's train split as JSON Lines (train/README.md says where it comes from)" >&2; exit 2; }
venv=build/train-venv
sh scripts/venv.sh "${PYTHON:-python3}" "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[train]'
"$venv/bin/python" train/tagger.py --data "$data" --out build/tagger "$@"
last=$(ls -t build/tagger/pass-*.pt | head -n 1)
"$venv/bin/python" train/export_tagger.py "$last" build/tagger/export
"$venv/bin/python" train/calibrate_tagger.py build/tagger/export --data "$data"
echo "made build/tagger/export from $last; if it is better by 'make gate', copy it to src/onrecord/weights/tagger and write its card"
