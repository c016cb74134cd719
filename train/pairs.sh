#!/bin/sh
# The one command that makes the encoder that reads two statements: draws the lessons, trains two teachers and, from what these believe,
# the small encoder, and exports it beside the shipped network over signs. Eleven minutes of training on one GPU (H200).
set -eu
cd "$(dirname "$0")/.."
shared=${ONRECORD_SHARED:-../shared}/data
[ -d "$shared/nli" ] || { echo "$shared/nli is missing: the NLI and paraphrase sets (train/README.md says what is expected where)" >&2; exit 2; }
venv=build/train-venv
made=build/pairs
bases=build/bases
sh scripts/venv.sh "${PYTHON:-python3}" "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[train]'
run="$venv/bin/python train"
$run/pairs_news.py --out "$made/news.jsonl.gz"
$run/pairs_pack.py --news "$made/news.jsonl.gz" --out "$made/lessons.npz"
PYTHONPATH=train "$venv/bin/python" -c "from pathlib import Path; from tagger_bases import mpnet_folder; mpnet_folder(Path('$bases'))"
for seed in 1 2; do
  $run/pairs_teacher.py --base-weights "$bases/all-mpnet-base-v2" --seconds 150 --seed "$seed" --out "$made/teacher-$seed.pt"
done
$run/pairs_beliefs.py "$made"/teacher-?.pt --base-weights "$bases/all-mpnet-base-v2" --out "$made/beliefs.npz"
$run/pairs_reading.py --beliefs "$made/beliefs.npz" --seconds 150 --batch 256 --rate 2.5e-4 --out "$made/first.pt"
$run/pairs_reading.py --beliefs "$made/beliefs.npz" --from "$made/first.pt" --seconds 200 --batch 256 --rate 2e-4 --seed 2 --out "$made/model.pt"
$run/export_pairs.py src/onrecord/weights/pairs/pairs.npz "$made/model.pt" "$made/export"
echo "made $made/export; if it is better by evals/links.py, copy it to src/onrecord/weights/pairs and write its card"
