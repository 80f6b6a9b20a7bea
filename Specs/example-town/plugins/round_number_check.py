#!/usr/bin/env python3
"""Points at suspiciously round amounts. A Pingshen plugin without an SDK: read a line of JSON, print a line of JSON."""
import json, sys
from decimal import Decimal

SETTINGS = {"type": "object", "properties": {"step": {"type": "integer", "minimum": 1, "default": 10000}}}
ROLE = {"kind": "scorer", "name": "round-number-check", "summary": "Points at suspiciously round amounts.",
        "reads": ["budget_lines"], "configSchema": SETTINGS}
ABOUT = {"plugin": {"name": "round-number-check", "version": "1.0.0", "description": ROLE["summary"]}, "roles": [ROLE]}

def step_of(params):
    return (params.get("config") or {}).get("step", 10000)

def validate(params):
    if str(step_of(params)).isdecimal() and int(step_of(params)) > 0:
        return {"diagnostics": []}
    message = {"zh": "step 应为正整数", "en": "step should be a positive whole number"}
    return {"diagnostics": [{"severity": "error", "code": "step", "message": message, "pointer": "/step"}]}

def score(params):
    table, step, findings = params["dossier"]["tables"]["budget_lines"], int(step_of(params)), []
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

METHODS = {"initialize": lambda params: {"protocolVersion": 1, **ABOUT}, "config/validate": validate,
           "scorer/score": score, "shutdown": lambda params: {}}
if "--plugin-manifest" in sys.argv:
    sys.exit(print(json.dumps({"protocolVersions": [1], **ABOUT})))
for request in (json.loads(line) for line in sys.stdin if line.strip()):
    if "id" in request:   # without one it is a notification, which nobody answers
        method = METHODS.get(request["method"])
        outcome = {"result": method(request.get("params", {}))} if method else {"error": {"code": -32601, "message": "unknown method"}}
        print(json.dumps({"jsonrpc": "2.0", "id": request["id"], **outcome}), flush=True)
