#!/usr/bin/env python3
"""Points at suspiciously round amounts. A Pingshen plugin without an SDK: read a line of JSON, print a line of JSON."""
import json, sys
from decimal import Decimal

SETTINGS = {"type": "object", "properties": {"step": {"type": "integer", "minimum": 1, "default": 10000}},
            "additionalProperties": False}
ROLE = {"kind": "scorer", "name": "round-number-check", "summary": "Points at suspiciously round amounts.",
        "reads": ["budget_lines"], "requires": ["budget_lines"], "configSchema": SETTINGS}
ABOUT = {"plugin": {"name": "round-number-check", "version": "1.0.0", "description": ROLE["summary"]}, "roles": [ROLE]}

class Refusal(Exception):
    """An error object: its code and message."""

def step_of(params):
    return (params.get("config") or {}).get("step", 10000)

def validate(params):
    if str(step_of(params)).isdecimal() and int(step_of(params)) > 0:
        return {"diagnostics": []}
    message = {"zh": "step 应为正整数", "en": "step should be a positive whole number"}
    return {"diagnostics": [{"severity": "error", "code": "step", "message": message, "pointer": "/step"}]}

def score(params):
    table, step, findings = params["dossier"]["tables"]["budget_lines"], int(step_of(params)), []
    if not table["page"]["done"]:   # the rest of a long table is asked for with stream/next, which this plugin cannot
        raise Refusal(-32005, "more lines than one page; this plugin reads one")
    names = [column["name"] for column in table["schema"]["columns"]]
    for row, cells in enumerate(zip(*table["page"]["columns"])):   # pages are sent column by column
        line = dict(zip(names, cells))
        amount = Decimal(line["amount"] or 0)   # money travels as text, so that nothing is rounded on the way
        if amount and amount % step == 0:
            findings.append({"rule": "example/round-number", "severity": "info", "subject": line["id"],
                             "message": {"zh": f"金额 {amount} 是 {step} 的整数倍", "en": f"{amount} is a multiple of {step}"},
                             "pointers": [f"/tables/budget_lines/{row}/amount"], "expected": "", "found": line["amount"],
                             "hint": {"zh": "请说明数量、单价的测算依据", "en": "say how quantity and price were worked out"}})
    return {"findings": findings}

def initialize(params):
    if 1 not in params["protocolVersions"]:
        raise Refusal(-32002, "this plugin speaks protocol 1; update it or pingshen")
    return {"protocolVersion": 1, **ABOUT}

METHODS = {"initialize": initialize, "config/validate": validate, "scorer/score": score, "shutdown": lambda params: {}}

def answer(method, params, ready):
    if method not in METHODS:
        raise Refusal(-32601, "unknown method")
    if not ready and method != "initialize":
        raise Refusal(-32001, "initialize comes first")
    return METHODS[method](params)

if "--plugin-manifest" in sys.argv:
    sys.exit(print(json.dumps({"protocolVersions": [1], **ABOUT})))
ready = False
for request in (json.loads(line) for line in sys.stdin if line.strip()):
    if "id" not in request:   # a notification, which nobody answers
        continue
    try:
        outcome = {"result": answer(request["method"], request.get("params", {}), ready)}
    except Refusal as refusal:
        outcome = {"error": {"code": refusal.args[0], "message": refusal.args[1]}}
    except Exception as error:   # a mistake fails this call, and no other
        outcome = {"error": {"code": -32602, "message": f"{type(error).__name__}: {error}"}}
    ready = ready or request["method"] == "initialize"
    print(json.dumps({"jsonrpc": "2.0", "id": request["id"], **outcome}), flush=True)
