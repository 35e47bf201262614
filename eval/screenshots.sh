#!/usr/bin/env bash
# Pictures of every kind of page into a folder: fills a demo desk, serves it beside an empty one, and takes them.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-screenshots} bin=.venv/bin home=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$home"' EXIT

STORYDESK_HOME=$home/demo $bin/storydesk demo --once --feeds-port 8108
STORYDESK_HOME=$home/demo $bin/storydesk run --port 8106 >"$home/demo.log" 2>&1 &
STORYDESK_HOME=$home/empty $bin/storydesk run --port 8107 >"$home/empty.log" 2>&1 &
for port in 8106 8107; do
    for _ in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null && break || sleep 0.1; done
done
STORYDESK_PASSWORD=$(cat "$home/demo/demo-password.txt") $bin/python eval/screenshots.py http://127.0.0.1:8106/ \
    "$folder" --member demo --first-run http://127.0.0.1:8107/
