#!/usr/bin/env python3
"""Stands before the service of the cluster: speaks with the apps called adjusted-* as a service that adjusts, and passes all else on.

usage: front.py ADDRESS:PORT URL CPU MEMORY

To the first WHATS_NEXT of such an app it says DESCRIBE, to later ones ADJUST with CPU (cores) and MEMORY (bytes) for the container main, and MEASURE to
the one that follows an ADJUSTMENT. Of each event that was taken it prints a line: EVENT APP, and of the report of a run also
UID STATS SOURCE PEAK CPU_TIME MAX_MEMORY REASON, each `-` where the report does not say it.
"""
import collections
import http.server
import json
import re
import sys
import urllib.error
import urllib.request

listen, service, cpu, memory = sys.argv[1:]
heard = collections.defaultdict(set)


def command(app):
    """What such an app is told to do next."""
    if "DESCRIPTION" not in heard[app]:
        return {"cmd": "DESCRIBE"}
    if "ADJUSTMENT" in heard[app]:
        heard[app].discard("ADJUSTMENT")
        return {"cmd": "MEASURE"}
    settings = {"cpu": {"value": float(cpu)}, "mem": {"value": int(memory)}}
    return {"cmd": "ADJUST", "param": {"state": {"application": {"components": {"main": {"settings": settings}}}}}}


def words(event):
    """What a line says beside event and app."""
    param = event.get("param") or {}
    if event["event"] == "ADJUSTMENT":
        return [param.get("status", "applied")]
    if event["event"] != "MEASUREMENT":
        return []
    notes, metrics = param.get("annotations", {}), param.get("metrics", {})
    return [notes.get(name, "-") for name in ("pod_uid", "stats", "source", "peak")] + [
        str(metrics.get(name, {}).get("value", "-")) for name in ("cpu_time", "max_memory")
    ] + [notes.get("reason", "-")]


class Front(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(*self.passed_on(None))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        event, app = json.loads(body), re.fullmatch("/metrics/[^/]+/([^/]+)/servo", self.path)[1]
        if event["event"] == "WHATS_NEXT" and app.startswith("adjusted-"):
            self.answer(200, json.dumps(command(app)).encode())
            return
        status, text = self.passed_on(body)
        if status // 100 == 2:
            heard[app].add(event["event"])
            line = " ".join([event["event"], app, *words(event)])
            print(line + "\n", end="", flush=True)  # at once: requests are served by threads
        self.answer(status, text)

    def passed_on(self, body):
        headers = {name: self.headers[name] for name in ("Authorization", "Content-Type", "Idempotency-Key", "User-Agent") if self.headers[name]}
        try:
            with urllib.request.urlopen(urllib.request.Request(service + self.path, body, headers), timeout=10) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()
        except OSError as away:
            return 503, json.dumps({"message": str(away)}).encode()

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


host, port = listen.rsplit(":", 1)
http.server.ThreadingHTTPServer((host, int(port)), Front).serve_forever()
