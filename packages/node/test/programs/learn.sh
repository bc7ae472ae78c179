#!/bin/sh
# Reports one value after the other until it is advised to stop, and leaves no results then.
step=1
while [ ! -e "$TRIALBASE_STOP" ]; do
  echo "$step 1.$step" >> "$TRIALBASE_REPORTS"
  step=$((step + 1))
  sleep 0.02
done
