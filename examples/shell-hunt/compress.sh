#!/bin/sh
# Compresses a text with gzip, at the level and after the rearrangement that it is told, and reports how small it became.
# usage: compress.sh FILE --level N --sort yes|no --columns N
set -eu
file=$1 level=$3 sort=$5 columns=$7

arranged() {
  if [ "$sort" = yes ]; then sort "$file"; else cat "$file"; fi | fold -w "$columns"
}

before=$(wc -c < "$file")
after=$(arranged | gzip "-$level" | wc -c)
echo "level $level, sorted: $sort, $columns columns: $before -> $after bytes"

# What is to be small, and what else is worth keeping.
echo "{\"objective\": $after, \"statistics\": {\"before\": $before}}" > "$TRIALBASE_RESULTS"
