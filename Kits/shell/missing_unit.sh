#!/bin/sh
# Points at lines without a unit of measure. A whole Pingshen plugin in POSIX shell: jq reads a line, jq prints a line.
role='{"kind": "scorer", "name": "missing-unit", "summary": "Points at lines without a unit.", "reads": ["budget_lines"]}'
about='{"plugin": {"name": "missing-unit", "version": "1.0.0"}, "roles": ['$role']}'

[ "$1" = --plugin-manifest ] && exec jq -cn --argjson about "$about" '{protocolVersions: [1]} + $about'
[ -t 0 ] && echo "missing-unit is a Pingshen plugin; it is started by pingshen run" >&2 && exit 64

exec jq -cn --unbuffered --argjson about "$about" '
  def findings:                                             # pages are sent column by column
    [.schema.columns[].name] as $names
    | .page.columns | transpose | to_entries[]
    | .key as $row | ([$names, .value] | transpose | map({(.[0]): .[1]}) | add) as $line
    | select(($line.unit // "") == "")
    | {rule: "example/missing-unit", severity: "warning", subject: $line.id,
       pointers: ["/tables/budget_lines/\($row)/unit"],
       message: {zh: "\($line.id) 没有计量单位", en: "\($line.id) has no unit of measure"}};

  def score:
    (.dossier.tables.budget_lines // {}) as $table
    | if $table.stream then {error: {code: -32005, message: "more lines than one page; this plugin reads one"}}
      elif $table.page.rows > 0 then {result: {findings: [$table | findings]}}
      else {result: {}} end;

  def answer($ready):
    if .method == "initialize" then
      if .params.protocolVersions | index(1) then {result: ({protocolVersion: 1} + $about)}
      else {error: {code: -32002, message: "this plugin speaks protocol 1"}} end
    elif $ready | not               then {error: {code: -32001, message: "initialize comes first"}}
    elif .method == "config/validate" then {result: {}}
    elif .method == "scorer/score"    then .params | score
    elif .method == "shutdown"        then {result: {}}
    else {error: {code: -32601, message: "unknown method"}} end;

  foreach inputs as $request (false; . or $request.method == "initialize"; . as $ready
    | $request | select(.id)                                # notifications need no answer
    | {jsonrpc: "2.0", id} + (try answer($ready) catch {error: {code: -32602, message: tostring}}))'
