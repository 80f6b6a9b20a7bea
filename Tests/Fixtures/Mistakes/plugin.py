"""A plugin of all three roles that does what the protocol says, without a kit. Each test breaks one thing in it."""
import json, os, sys

out = sys.stdout
COLUMNS = [{"name": "id", "type": "text"}, {"name": "paid", "type": "decimal"}]
STRICT = {"type": "object", "properties": {"step": {"type": "integer", "default": 5}}, "additionalProperties": False}
ROLES = [{"kind": "source", "name": "ledger", "writes": ["history"], "configSchema": STRICT},
         {"kind": "scorer", "name": "check", "reads": ["lines"], "configSchema": STRICT},
         {"kind": "renderer", "name": "digest", "writes": ["md", "csv"], "configSchema": STRICT}]
ABOUT = {"plugin": {"name": "p", "version": "1"}, "roles": ROLES}
calls = 0


class Refusal(Exception):
    pass


def send(message):
    out.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    out.flush()


def ask(method, params):
    send({"id": "q", "method": method, "params": params})
    while True:
        message = json.loads(sys.stdin.readline())
        if message.get("id") == "q" and "method" not in message:
            return message["result"]


def rows(table):
    names, count = [column["name"] for column in table["schema"]["columns"]], 0
    page = table["page"]
    while True:
        for cells in zip(*page["columns"]):
            yield count, dict(zip(names, cells))
            count += 1
        if page["done"]:
            return
        page = ask("stream/next", {"stream": table["stream"]})


def initialize(params):
    if 1 not in params["protocolVersions"]:
        raise Refusal(-32002, "this plugin speaks protocol 1")
    return {"protocolVersion": 1, **ABOUT, "capabilities": ["reusable"]}


def validate(params):
    return {"diagnostics": []}   # the host holds the settings against the schema


def list_rules(params):
    return {"rules": [{"id": "p/round", "severity": "info", "title": {"zh": "整数", "en": "round"}, "aliases": ["p/even"]}]}


def open_source(params):
    return {"tables": [{"schema": {"name": "history", "columns": COLUMNS},
                        "page": {"seq": 0, "rows": 2, "columns": [["a", "b"], ["1.50", None]], "done": True, "totalRows": 2}}]}


def score(params):
    global calls
    calls += 1
    findings = []
    table = params["dossier"]["tables"].get("lines")
    for number, line in rows(table) if table else ():
        if line.get("amount") == "20000.00":
            findings.append({"rule": "p/round", "severity": "info", "message": {"zh": "整数", "en": "round"},
                             "pointers": [f"/tables/lines/{number}/amount"]})
    return {"findings": findings[:9], "facts": [{"id": "p.share", "label": "share", "value": "0.30"}]}


def render(params):
    artifacts = []
    for format in params["formats"]:
        with open(os.path.join(params["scratchDirectory"], "digest." + format), "w") as file:
            file.write("digest")
        artifacts.append({"path": "digest." + format, "mediaType": "text/plain"})
    return {"artifacts": artifacts}


METHODS = {"initialize": initialize, "config/validate": validate, "rules/list": list_rules, "source/open": open_source,
           "scorer/score": score, "renderer/render": render, "shutdown": lambda params: {}}
if "--plugin-manifest" in sys.argv:
    print(json.dumps({"protocolVersions": [1], **ABOUT}))
    sys.exit(0)
ready = False
while True:
    line = sys.stdin.readline()
    if not line:
        break
    if not line.strip():
        continue
    request = json.loads(line)
    if "id" not in request:
        continue
    try:
        if request["method"] not in METHODS:
            raise Refusal(-32601, "unknown method")
        if not ready and request["method"] != "initialize":
            raise Refusal(-32001, "initialize comes first")
        if "role" in request.get("params", {}) and request["params"]["role"] not in [role["name"] for role in ROLES]:
            raise Refusal(-32602, "no such role")
        send({"id": request["id"], "result": METHODS[request["method"]](request.get("params", {}))})
        ready = True
    except Refusal as refusal:
        send({"id": request["id"], "error": {"code": refusal.args[0], "message": refusal.args[1]}})
    except Exception as error:
        send({"id": request["id"], "error": {"code": -32602, "message": f"{type(error).__name__}: {error}"}})
