"""Validates JSON with the `jsonschema` package, for tests.

Standard input: one case a line, {"id", "schema": file, "definition": name or null, "instance"}. Standard output: one line
a case, {"id", "errors": [{"pointer", "message"}]}, deepest first.
"""
import json
import sys

from jsonschema import Draft202012Validator

documents, validators = {}, {}


def validator(file, definition):
    if (file, definition) not in validators:
        if file not in documents:
            with open(file, encoding="utf-8") as handle:
                documents[file] = json.load(handle)
            Draft202012Validator.check_schema(documents[file])
        schema = documents[file]
        if definition is not None:
            name = definition.replace("~", "~0").replace("/", "~1")
            schema["$defs"][definition]  # there is one of that name
            schema = {"$defs": schema["$defs"], "$ref": "#/$defs/" + name}
        validators[file, definition] = Draft202012Validator(schema)
    return validators[file, definition]


def leaves(error):
    """The errors behind an anyOf or oneOf, which say what is really wrong."""
    inner = [leaf for part in error.context or [] for leaf in leaves(part)]
    return inner or [error]


for line in sys.stdin:
    case = json.loads(line)
    try:
        found = validator(case["schema"], case.get("definition")).iter_errors(case["instance"])
        errors = [{"pointer": "".join(f"/{part}" for part in leaf.absolute_path), "message": leaf.message[:300]}
                  for error in found for leaf in leaves(error)]
    except KeyError as missing:
        errors = [{"pointer": "", "message": f"no definition {missing}"}]
    errors.sort(key=lambda error: -error["pointer"].count("/"))
    print(json.dumps({"id": case["id"], "errors": errors}))
