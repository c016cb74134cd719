#!/bin/sh
# The one command that makes the shipped tagger: sets up, trains, exports to int8 ONNX, fits the probabilities.
# Six passes, then two more at a lower rate in which the ends of cues are moved now and then, as the cue tagger's are.
set -eu
cd "$(dirname "$0")/.."
data=${ONRECORD_SHARED:-../shared}/data/polnear/train.jsonl.gz
[ -f "$data" ] || { echo "$data is missing: PolNeAR's train split as JSON Lines (train/README.md says where it comes from)" >&2; exit 2; }
venv=build/train-venv
sh scripts/venv.sh "${PYTHON:-python3}" "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[train]'
"$venv/bin/python" train/tagger.py --data "$data" --out build/tagger/first --passes 6 --seed 1
"$venv/bin/python" train/tagger.py --data "$data" --out build/tagger/second --passes 2 --seed 2 \
  --start build/tagger/first/pass-6.pt --jitter 0.2 --rate 4e-5 --head-rate 3e-4
last=build/tagger/second/pass-2.pt
"$venv/bin/python" train/export_tagger.py "$last" build/tagger/export
"$venv/bin/python" train/calibrate_tagger.py build/tagger/export --data "$data"
echo "made build/tagger/export from $last; if it is better by 'make gate', copy it to src/onrecord/weights/tagger and write its card"
