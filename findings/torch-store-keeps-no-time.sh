#!/usr/bin/env bash
# PyTorch: a TCPStore with a timeout of 2 s does not come back from check(), get() or wait() where the server is stopped, or cut
# off: no exception, and no way to end the call but to end the process. (get() and wait() notice after 2 s, say so in a log, and
# then wait for the server to confirm that they wait no longer.)
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install --quiet numpy==1.26.4 torch==2.15.0 2>&1 | grep -v notice || true
cat >server.py <<'PY'
import sys, time
from torch.distributed import TCPStore
store = TCPStore("127.0.0.1", 0, is_master=True, wait_for_workers=False)
store.set("word", "there")
print(store.port, flush=True)
time.sleep(600)
PY
cat >client.py <<'PY'
import os, signal, sys, time
from datetime import timedelta
from torch.distributed import TCPStore
port, server, question = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
store = TCPStore("127.0.0.1", port, is_master=False, wait_for_workers=False, timeout=timedelta(seconds=2))
assert store.check(["word"])
os.kill(server, signal.SIGSTOP)
print("asks", flush=True)
begun = time.time()
try:
    {"check": lambda: store.check(["word"]), "get": lambda: store.get("word"), "wait": lambda: store.wait(["word"])}[question]()
    print("answered after %.1f s" % (time.time() - begun))
except Exception as failure:
    print("%s after %.1f s" % (type(failure).__name__, time.time() - begun))
PY
cat >both.py <<'PY'
import importlib.metadata, os, signal, subprocess, sys
print("torch", importlib.metadata.version("torch"))
LONGEST = 30
said = {}
for question in ("get", "wait", "check"):
    server = subprocess.Popen([sys.executable, "server.py"], stdout=subprocess.PIPE, text=True)
    port = server.stdout.readline().strip()
    client = subprocess.Popen([sys.executable, "client.py", port, str(server.pid), question], stdout=subprocess.PIPE, text=True)
    assert client.stdout.readline().strip() == "asks"
    try:
        said[question] = client.communicate(timeout=LONGEST)[0].strip()
    except subprocess.TimeoutExpired:
        said[question] = "nothing for %d s" % LONGEST
    client.kill()
    server.send_signal(signal.SIGCONT)
    server.kill()
    print("%-6s of a stopped server, timeout 2 s: %s" % (question, said[question]))
print("expected: an exception after about 2 s each time")
assert all(each.startswith("nothing") for each in said.values()), said
PY
venv/bin/python both.py
