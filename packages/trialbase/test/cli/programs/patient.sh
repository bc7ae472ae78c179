#!/bin/sh
# Says that it runs, and ends only when it is asked to; then it says so.
trap 'echo ended > ended; exit 0' TERM
echo "$$" > running.partial && mv running.partial running
while :; do sleep 0.05; done
