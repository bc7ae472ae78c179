#!/bin/sh
# Starts a process that starts another, none of which heeds SIGTERM, and tells the pids in the file that it is given.
trap '' TERM
sh -c 'trap "" TERM; echo $$ >> "$0"; sleep 600' "$1" &
echo $$ >> "$1"
sleep 600
