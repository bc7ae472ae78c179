#!/bin/sh
# Tunes compress.sh. Run it in several terminals at once, stop it with Ctrl-C, run it again: it goes on.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

npx --prefix "$here" trialbase hunt -n compress --max-trials "${TRIALS:-30}" --workers 2 -- \
  "$here/compress.sh" "$here/compress.sh" \
  --level~'uniform(1, 9, discrete=True)' \
  --sort~'choices(["yes", "no"])' \
  --columns~'uniform(20, 200, discrete=True)'

npx --prefix "$here" trialbase plot -n compress
npx --prefix "$here" trialbase trials -n compress --where '{"status": "completed"}' --sort results.value --limit 3
