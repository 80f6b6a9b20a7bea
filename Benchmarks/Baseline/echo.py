"""What a developer writes by hand: reads a line of JSON, answers it with another."""
import json
import sys

MANIFEST = {"protocolVersion": 1, "plugin": {"name": "echo", "version": "1"},
            "roles": [{"kind": "scorer", "name": "echo", "reads": []}]}

for line in sys.stdin:
    message = json.loads(line)
    if message["method"] == "initialize":
        result = MANIFEST
    elif message["method"] == "config/validate":
        length = len(message["params"]["config"].get("text", ""))
        result = {"diagnostics": [{"message": str(length), "pointer": ""}] if length else []}
    else:
        result = {}
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}) + "\n")
    sys.stdout.flush()
