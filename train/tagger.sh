#!/bin/sh
# The one command that makes the shipped tagger: sets up, draws the lessons, trains three teachers and, from what these
# believe, the small tagger, exports it to int8 ONNX and fits the probabilities. Nine minutes of training on one GPU (H200);
# on two CPU threads it would take days.
set -eu
cd "$(dirname "$0")/.."
shared=${ONRECORD_SHARED:-../shared}/data
[ -f "$shared/polnear/train.jsonl.gz" ] || { echo "$shared/polnear/train.jsonl.gz is missing: PolNeAR's train split as JSON Lines (train/README.md says where it comes from)" >&2; exit 2; }
venv=build/train-venv
made=build/tagger
sh scripts/venv.sh "${PYTHON:-python3}" "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[train]'
run="$venv/bin/python train"
$run/tagger_pack.py --shared "$shared" --out "$made/lessons.npz" --passes 8 --seed 1
for seed in 1 2 3; do
  $run/tagger.py --lessons "$made/lessons.npz" --base mpnet --width 256 --head-layers 2 --passes 8 --rate 5e-5 --head-rate 6e-4 \
    --seed "$seed" --out "$made/teacher-$seed.pt"
done
$run/tagger_beliefs.py "$made"/teacher-?.pt --lessons "$made/lessons.npz" --pieces 8192 --out "$made/beliefs.pt"
# 4,650 steps, then 6,230 more from a lower rate: what the time lent allowed, not where it stopped getting better
$run/tagger.py --beliefs "$made/beliefs.pt" --steps 4650 --rate 2.5e-4 --head-rate 1.5e-3 --seed 5 --out "$made/first.pt"
$run/tagger.py --beliefs "$made/beliefs.pt" --start "$made/first.pt" --steps 6230 --rate 1.6e-4 --head-rate 8e-4 --decay 0.995 \
  --seed 6 --out "$made/second.pt"
$run/export_tagger.py "$made/second.pt" "$made/export"
$run/calibrate_tagger.py "$made/export" --data "$shared/polnear/train.jsonl.gz"
echo "made $made/export; if it is better by 'make gate', copy it to src/onrecord/weights/tagger and write its card"
