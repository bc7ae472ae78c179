#!/bin/sh
# Reports twice and leaves the results: what a program in any language does.
echo "measuring with $1"
echo "0.5" >> "$TRIALBASE_REPORTS"
echo "10 0.25" >> "$TRIALBASE_REPORTS"
grep -q '"n":' "$TRIALBASE_PARAMS" || exit 9
printf '{"objective": %s, "statistics": {"given": "%s"}}' "$1" "$1" > "$TRIALBASE_RESULTS"
