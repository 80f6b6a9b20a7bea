"""Write a Pingshen plugin in Python: one file, no dependencies, Python 3.9 or later. Copy it beside your plugin.

    from pingshen_plugin import Plugin, warning

    plugin = Plugin("round-numbers", version="0.1.0", description="points at suspiciously round amounts")

    @plugin.scorer(reads=["budget_lines"], settings={"step": 10000})
    def check(dossier, settings):
        for line in dossier.rows("budget_lines"):
            if line.decimal("amount") % settings["step"] == 0:
                yield warning("round/amount", zh="金额是整数", en="a round amount", at=line.at("amount"))

    if __name__ == "__main__":
        plugin.run()

Amounts are `decimal.Decimal`, never floats. What a plugin prints goes to the host's log, not onto the wire. To test a
plugin without a host: `plugin.test(dossier={"tables": {"budget_lines": [{"id": "L1", "amount": "10000.00"}]}})`.

A check that towns may weigh, switch off or give values of their own is a rule:

    plugin.scorer(reads=["budget_lines"])

    @plugin.rule("round/amount", "warning", title={"zh": "整数金额", "en": "a round amount"}, parameters={"step": 10000})
    def round_amount(dossier, settings, parameters):
        for line in dossier.rows("budget_lines"):
            if line.decimal("amount") % parameters["step"] == 0:
                yield remark(zh="金额是整数", en="a round amount", at=line.at("amount"))
"""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
import threading
import time
import traceback
from decimal import Decimal
from itertools import islice
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, TextIO, Union

__version__ = "1.0.0"

__all__ = ["Plugin", "Dossier", "Row", "Context", "Cancelled", "NoColumn", "NoTable", "SQL", "Deprecated", "Parameter", "mistake",
           "finding", "remark", "info", "warning", "error", "blocker", "fact", "failure", "bad", "good"]

PROTOCOL_VERSIONS = [1]
# What this kit can do beyond the least that protocol 1 asks for: lists that go on in a stream.
CAPABILITIES = ["lists"]
PAGE_ROWS = 5000
# A page of more characters is cut in two: a line holds 8 MiB, and a character takes four bytes at the most.
PAGE_CHARACTERS = 1 << 20
# A reply of more characters sends the ends of its lists in streams.
WHOLE_CHARACTERS = 1 << 20


class Cancelled(Exception):
    """Raised by `context.check()` when the host no longer wants the reply."""


class NoColumn(KeyError):
    """Raised where a row is asked for a column that its table does not have."""

    def __str__(self) -> str:
        return str(self.args[0])


class NoSetting(KeyError):
    """Raised where a setting is asked for that the role does not have."""

    def __str__(self) -> str:
        return str(self.args[0])


class NoTable(KeyError):
    """Raised where a dossier is asked for a table that the role does not read."""

    def __str__(self) -> str:
        return str(self.args[0])


class RPCError(Exception):
    """An error object of the protocol."""

    def __init__(self, code: int, message: str, kind: str = "bug", **data: Any) -> None:
        super().__init__(message)
        self.wire = {"code": code, "message": message, "data": {"kind": kind, **data}}


class SQL(str):
    """A setting that is a query: `settings={"which": SQL("SELECT id FROM lines WHERE amount > :limit", limit="decimal")}`.
    The host holds it against the form before anything runs, and points at what is wrong in the spec. The names are those of
    the parameters, with their types: "text", "decimal", "integer", "boolean", "date", or None for any."""

    parameters: Dict[str, Optional[str]]

    def __new__(cls, text: str, **parameters: Optional[str]) -> "SQL":
        query = super().__new__(cls, text)
        query.parameters = parameters
        return query


class Deprecated:
    """A setting that goes: `settings={"limit": Deprecated(None, "1.2", until="2.0", instead="ceiling")}`. Its default, the version of
    the plugin since which it should not be set, the one from which it may not, and what to write instead: the name of another
    setting, or {"zh": …, "en": …}. The host tells it at its place in the spec; the function still gets it."""

    def __init__(self, default: Any, since: str, until: Optional[str] = None, instead: Union[str, Mapping[str, str]] = "") -> None:
        self.default, self.wire = default, _deprecation((since, until), instead)


class Parameter:
    """A value of a rule that a spec may set, with its words and what it counts: `Parameter(Decimal("3.00"), zh="上限", en="the cap",
    unit="percent")`. A plain default will do where its name says it all."""

    def __init__(self, default: Any, zh: str = "", en: str = "", unit: str = "") -> None:
        self.default, self.zh, self.en, self.unit = default, zh, en, unit


def mistake(setting: str, zh: str, en: str = "", line: int = 0, column: int = 1, severity: str = "error",
            code: str = "config/invalid", hint: Optional[Mapping[str, str]] = None) -> Dict[str, Any]:
    """A mistake in the settings, for a function under `@plugin.checks`. `setting` is its name, or a pointer such as "/rules/0";
    `line` and `column` count in its text."""
    result: Dict[str, Any] = {"severity": severity, "code": code, "message": {"zh": zh, "en": en or zh},
                              "pointer": setting if not setting or setting.startswith("/") else "/" + setting}
    if hint:
        result["help"] = _words(hint, "the hint")
    if line:
        result.update(line=line, column=column)
    return result


# What a scorer yields


def finding(
    severity: str, rule: str, zh: str, en: str = "", at: Union[str, Iterable[str]] = (), subject: str = "",
    expected: Any = "", found: Any = "", hint: Optional[Mapping[str, str]] = None,
) -> Dict[str, Any]:
    """A finding. `at` is one pointer or several, as `row.at("amount")` gives them; `hint` is {"zh": …, "en": …}."""
    if severity and severity not in SEVERITIES:
        raise ValueError(f"a finding has the severity {severity!r}; there are: {', '.join(SEVERITIES)}")
    for name, value in (("expected", expected), ("found", found)):
        _refuse_float(value, f"`{name}` of a finding")
    _said.count = _count() + 1
    result: Dict[str, Any] = {
        "rule": rule, "severity": severity, "message": {"zh": zh, "en": en or zh}, "subject": subject,
        "pointers": [at] if isinstance(at, str) else list(at), "expected": str(expected), "found": str(found),
    }
    if hint:
        result["hint"] = _words(hint, "the hint")
    return {"finding": result}


def info(rule: str, zh: str, **more: Any) -> Dict[str, Any]:
    """Worth knowing."""
    return finding("info", rule, zh, **more)


def warning(rule: str, zh: str, **more: Any) -> Dict[str, Any]:
    """Unsupported, but not contradicted."""
    return finding("warning", rule, zh, **more)


def error(rule: str, zh: str, **more: Any) -> Dict[str, Any]:
    """The document contradicts itself."""
    return finding("error", rule, zh, **more)


def blocker(rule: str, zh: str, **more: Any) -> Dict[str, Any]:
    """Must not be signed."""
    return finding("blocker", rule, zh, **more)


def remark(
    zh: str, en: str = "", at: Union[str, Iterable[str]] = (), subject: str = "", expected: Any = "", found: Any = "",
    hint: Optional[Mapping[str, str]] = None, severity: str = "",
) -> Dict[str, Any]:
    """What a function under `@plugin.rule` yields: a finding of that rule. `severity` is for one that weighs otherwise than the
    rule's others."""
    return finding(severity, "", zh, en=en, at=at, subject=subject, expected=expected, found=found, hint=hint)


def fact(id: str, value: Any, zh: str = "", en: str = "", unit: str = "", cells: Iterable[str] = (), inputs: Iterable[str] = (),
         calculation: str = "") -> Dict[str, Any]:
    """A figure that the report may print, `{{facts.ID}}`, and that `pingshen explain` follows. `cells` are those that it was taken
    or computed from, as `row.at("amount")` and `context.cells` give them; `inputs` the ids of facts that it was computed from, whose
    cells need not be named again; `calculation` the arithmetic as a person writes it, "350,000.00 − 50,000.00 = 300,000.00"."""
    _refuse_float(value, f'the fact "{id}"')
    _said.count = _count() + 1
    result: Dict[str, Any] = {"id": id, "label": {"zh": zh or id, "en": en or zh or id}, "value": value, "unit": unit}
    for key, named in (("sources", list(cells)), ("inputs", list(inputs))):
        if named:
            result[key] = named
    if calculation:
        result["calculation"] = calculation
    return {"fact": result}


def bad(spec: str, *messages: Union[str, Mapping[str, str]]) -> Dict[str, Any]:
    """An example in which a rule finds something: a small spec in YAML, "↓" before each value that a finding points at first, and
    what is said there."""
    return {"spec": spec, "messages": list(messages)}


def good(spec: str) -> Dict[str, Any]:
    """An example in which a rule finds nothing."""
    return {"spec": spec}


# What a renderer yields, beside (path, media type)


def failure(format: str, zh: str, en: str = "") -> Dict[str, Any]:
    """A format that cannot be written, in a sentence that says what to do. What was written is kept."""
    return {"failure": {"format": format, "message": {"zh": zh, "en": en or zh}}}


# What a scorer reads


_UNSAID: Any = object()


class Row(Dict[str, Any]):
    """One row of a table: a dict of its cells that knows where it stands. An empty cell is None. A column that the table does not have
    is an error, which names the nearest; one that may be missing is read with `row.get("note")`, or with a default."""

    def __init__(self, table: str, index: int, cells: Iterable[Any]) -> None:
        super().__init__(cells)
        self.table, self.index = table, index

    def __missing__(self, column: str) -> Any:
        near = _nearest(column, list(self))
        known = f'did you mean "{near}"?' if near else f"its columns: {', '.join(self) or 'none'};"
        raise NoColumn(f'the table {self.table} has no column "{column}"; {known} a column that may be missing is read with row.get("{column}")')

    def decimal(self, column: str, default: Optional[Decimal] = _UNSAID) -> Decimal:
        """The cell as an exact decimal; `default`, or zero, when it is empty. With a default the column itself may be missing."""
        cell = self[column] if default is _UNSAID else self.get(column)
        if cell is None or cell == "":
            return Decimal(0) if default is _UNSAID or default is None else default
        return Decimal(str(cell))

    def text(self, column: str, default: str = _UNSAID) -> str:
        """The cell as text; `default`, or nothing, when it is empty. With a default the column itself may be missing."""
        cell = self[column] if default is _UNSAID else self.get(column)
        if cell is None or cell == "":
            return "" if default is _UNSAID else default
        return str(cell)

    def at(self, column: str = "") -> str:
        """The pointer to this row, or to one of its cells, for a finding."""
        if column and column not in self:
            self.__missing__(column)
        return f"/tables/{self.table}/{self.index}" + (f"/{column}" if column else "")


class Dossier:
    """What is known of the project: `fields`, a dict, and tables, row by row. `reads` are the tables that the role says that it reads."""

    def __init__(self, fields: Dict[str, Any], tables: Dict[str, List[Row]], reads: Optional[Iterable[str]] = None) -> None:
        self.fields = fields
        self._tables = tables
        self._reads = None if reads is None else list(reads)

    def rows(self, table: str) -> List[Row]:
        """The rows of a table that the role reads; none when the dossier has no such table. A table that the role does not say that it
        reads is never sent, so that asking for it is an error."""
        if table not in self._tables and self._reads is not None and table not in self._reads:
            near = _nearest(table, self._reads)
            meant = f'did you mean "{near}"?' if near else f'add it to the role\'s reads, or call context.read("{table}")'
            raise NoTable(f'rows("{table}"): the role does not read this table; reads: {", ".join(self._reads) or "none"}; {meant}')
        return self._tables.get(table, [])

    def field(self, *path: str) -> Any:
        """A field by its path: `dossier.field("project", "year")`; None where there is none."""
        value: Any = self.fields
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value


class Context:
    """What a role may ask and tell while it works; given to functions that take a parameter `context`."""

    def __init__(self, wire: Optional["_Wire"], request: Any, locale: str = "zh", step: str = "",
                 folder: Optional[str] = None) -> None:
        self._wire, self._request, self.locale = wire, request, locale
        # The id of the step, and an empty folder that belongs to this call; where the host says so.
        self.step, self.folder = step, folder
        self.cancelled = threading.Event()
        # What a dossier may hold, {"fields": […], "tables": […]}, while settings are checked; None where the host does not know.
        self.form: Optional[Dict[str, Any]] = None

    def check(self) -> None:
        """Raises `Cancelled` when the host has cancelled the call: call it now and then in long loops."""
        if self.cancelled.is_set():
            raise Cancelled()

    def log(self, message: str, level: str = "info") -> None:
        """A line for the log of the run: "debug", "info", "warning" or "error"."""
        if self._wire:
            self._wire.send({"method": "$/log", "params": {"level": level, "message": message}})

    def rests_on_more(self, what: str) -> None:
        """Says that the answer rests on `what` besides the call, the dossier and the files of the settings: another program,
        the network, the time. It does not stand for a later call then, though the plugin is `repeatable`."""
        if self._wire:
            self._wire.send({"method": "$/log", "params": {"level": "debug", "message": f"the answer rests on {what}",
                                                           "parent": self._request, "once": True}})

    def progress(self, done: int, total: Optional[int] = None, message: str = "") -> None:
        """How far the work is; a sign of life in work that takes longer than a minute."""
        if self._wire:
            params = {"parent": self._request, "done": done, "message": message}
            if total is not None:
                params["total"] = total
            self._wire.send({"method": "$/progress", "params": params})

    def _spent(self, times: Dict[str, int]) -> None:
        if self._wire:
            params = {"level": "debug", "message": f"{len(times)} rules checked in {sum(times.values())} µs",
                      "parent": self._request, "ruleMicroseconds": times}
            self._wire.send({"method": "$/log", "params": params})

    def tables(self) -> List[Dict[str, Any]]:
        """All tables of the dossier, each {"schema", "rowCount"}."""
        return self._wire.ask("dossier/tables", {"parent": self._request})["tables"] if self._wire else []

    def read(self, table: str, columns: Optional[List[str]] = None) -> List[Row]:
        """Reads a table that the manifest does not name, or some of its columns."""
        if not self._wire:
            return []
        params: Dict[str, Any] = {"parent": self._request, "table": table}
        if columns is not None:
            params["columns"] = columns
        opened = self._wire.ask("dossier/read", params)
        return _pull(self._wire, {"schema": opened["schema"], "stream": opened["stream"]})

    def query(self, sql: str, **parameters: Any) -> List[Row]:
        """The answer to a question in SQL over all tables of the dossier; `parameters` are the values of `:name`.
        Numbers are exact: amounts come as text, for `Decimal`."""
        question = self._question(sql, parameters)
        if not self._wire:
            raise RuntimeError("without a host there is nobody to ask; test what is made of the answer instead")
        return _pull(self._wire, self._wire.ask("dossier/query", question))

    def cells(self, sql: str, **parameters: Any) -> List[str]:
        """The pointers of the cells that the answer to a question in SQL rests on, the first 200, for `fact(…, cells=…)`: who reads
        the figure is led to them. None where the host cannot say."""
        question = {**self._question(sql, parameters), "cells": True}
        if not self._wire:
            return []
        rows = _pull(self._wire, self._wire.ask("dossier/query", question))
        # A host that does not know `cells` answers the question itself.
        return [row["cell"] for row in rows if list(row) == ["cell"]]

    def _question(self, sql: str, parameters: Mapping[str, Any]) -> Dict[str, Any]:
        for name, value in parameters.items():
            _refuse_float(value, f'the parameter "{name}" of the query')
        return {"parent": self._request, "sql": sql,
                "parameters": {name: {"decimal": format(value, "f")} if isinstance(value, Decimal) else value
                               for name, value in parameters.items()}}

    def check_query(self, sql: str, **parameters: Optional[str]) -> Dict[str, Any]:
        """While settings are checked: what is wrong with a query, {"mistakes": […], "columns": […]}. Nothing is run. The names
        are those of its parameters, with their types. A host that cannot say finds no mistakes."""
        if not self._wire or not self._wire.host_checks_queries:
            return {"mistakes": []}
        return self._wire.ask("dossier/check", {"parent": self._request, "sql": sql, "parameters": parameters})


class Plugin:
    """A program that plays one role or more. `reusable` says that nothing of a review stays in it, neither in memory nor in
    its folder, so that its process may serve one review after another; `repeatable` that equal calls have equal answers, so that
    an answer may stand for a later call: it rests on the call, the dossier and the files of the settings, and on nothing else."""

    def __init__(self, name: str, version: str = "0.1.0", description: str = "", reusable: bool = False,
                 repeatable: bool = False) -> None:
        self.name, self.version, self.description = name, version, description
        self.reusable, self.repeatable = reusable, repeatable
        self.roles: Dict[str, Dict[str, Any]] = {}
        self._functions: Dict[str, Callable[..., Any]] = {}
        self._settings: Dict[str, Dict[str, Any]] = {}
        self._checks: Dict[str, Callable[..., Any]] = {}
        self._rules: List[_Rule] = []

    def scorer(self, reads: Iterable[str] = (), settings: Optional[Mapping[str, Any]] = None, name: str = "",
               requires: Iterable[str] = (), deprecated: Iterable[Optional[str]] = (),
               instead: Union[str, Mapping[str, str]] = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """A role that judges: its function takes (dossier, settings[, prior][, context]) and yields findings and facts, or
        returns a whole assessment as a dict. `settings` are the settings with their defaults; `prior` are the assessments of the
        steps that its step needs. Called without a function, `plugin.scorer(reads=["lines"])`, it checks its rules and nothing else.

        `deprecated` says that the role goes: (since, until), two versions of the plugin, with `instead`, what to use in its place."""
        _refuse_function("scorer", reads)
        given = _deprecation(tuple(deprecated), instead)
        register = self._role("scorer", name, settings, reads=_names("reads", reads), requires=_names("requires", requires), **given)
        register(_nothing)
        return register

    def rule(self, id: str, severity: str, title: Union[str, Mapping[str, str]],
             manual: Optional[Union[str, Mapping[str, str]]] = None,
             parameters: Optional[Mapping[str, Any]] = None, examples: Iterable[Mapping[str, Any]] = (),
             deprecated: Iterable[Optional[str]] = (), instead: Union[str, Mapping[str, str]] = "", aliases: Iterable[str] = (),
             role: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """A rule of a scorer, which a spec may switch off, weigh anew or give values of its own: its function takes
        (dossier, settings[, parameters][, prior][, context]) and yields what `remark` gives. It is not called where the spec has
        switched it off. Rules are checked in the order in which they are written, after the scorer's own function.

        `id` is "area/name"; `title` and `manual` are {"zh": …, "en": …}, or a text that stands for both; `manual` says what is
        compared with what, what the rule does not see, and its source; `parameters` are values that a town may set, with their
        defaults; `examples` are `bad(…)` and `good(…)`, for `pingshen rules explain`. `aliases` are ids that it had before: specs
        that still have one keep working and are told. `deprecated` says that it goes: (since, until), two versions of the plugin,
        with `instead`, what to write in its place. `role` is the scorer's name, where the plugin has several."""
        if severity not in SEVERITIES:
            raise ValueError(f"the rule {id!r} has the severity {severity!r}; there are: {', '.join(SEVERITIES)}")
        if any(rule.id == id for rule in self._rules):
            raise ValueError(f"there are two rules {id!r}")
        words = {"title": _words(title, f"the title of the rule {id!r}")}
        if manual:
            words["manual"] = _words(manual, f"the manual of the rule {id!r}")
        for key, value in (parameters or {}).items():
            _refuse_float(value.default if isinstance(value, Parameter) else value, f'the parameter "{key}" of the rule {id!r}')

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            values = {key: value if isinstance(value, Parameter) else Parameter(value) for key, value in (parameters or {}).items()}
            told: Dict[str, Any] = {"id": id, "severity": severity, **words, **_deprecation(tuple(deprecated), instead)}
            if list(aliases):
                told["aliases"] = list(aliases)
            self._rules.append(_Rule(id, severity, role, told, values, [dict(one) for one in examples], function))
            return function
        return register

    def source(self, writes: Iterable[str], settings: Optional[Mapping[str, Any]] = None, name: str = "",
               reads: Iterable[str] = (), deprecated: Iterable[Optional[str]] = (),
               instead: Union[str, Mapping[str, str]] = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """A role that fills tables: its function takes (settings[, dossier][, context]) and returns {table: [row, …]},
        each row a dict; a table may also be {"columns": [{"name", "type"}, …], "rows": rows, "places": [place, …]}, where
        a row may be a list of cells and `rows` a generator, which is read page by page; one place a row, such as
        {"file": "budget.xlsx", "sheet": "明细", "cell": "A7"}, or {"pointer": "/config/text", "line": 7} of a text among
        the settings. `dossier` holds the fields of the spec and the tables that it `reads`, as they are before. What could
        not be read is said by findings: the function may return (tables, [finding, …])."""
        _refuse_function("source", writes)
        given = _deprecation(tuple(deprecated), instead)
        return self._role("source", name, settings, reads=_names("reads", reads), writes=_names("writes", writes), **given)

    def renderer(self, writes: Iterable[str], reads: Iterable[str] = (), settings: Optional[Mapping[str, Any]] = None,
                 name: str = "", review: Optional[Iterable[str]] = None, takes: Iterable[str] = (),
                 on_request: Iterable[str] = (), finds: bool = False, deprecated: Iterable[Optional[str]] = (),
                 instead: Union[str, Mapping[str, str]] = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """A role that writes files: its function takes (review, dossier, settings, folder[, formats][, taken][, context]),
        writes into `folder` and yields (path, media type), or (path, media type, format) where the path's ending is not the
        format. `review` names the parts of the review that it wants, such as "findings"; without it all are sent, which for
        a large review takes its time. `formats` are those that are wanted.

        `takes` are formats that earlier renderers write and this one makes its own from, such as "document": `taken` is a
        list of {"format", "step", "path", "mediaType"}, files to be read. `on_request` are formats that are written only when
        somebody names them. It may yield `failure` for a format that cannot be written, and with `finds` findings."""
        _refuse_function("renderer", writes)
        more: Dict[str, Any] = {} if review is None else {"review": _names("review", review)}
        for key, formats in (("takes", _names("takes", takes)), ("onRequest", _names("on_request", on_request))):
            if formats:
                more[key] = formats
        if finds:
            more["finds"] = True
        given = _deprecation(tuple(deprecated), instead)
        return self._role("renderer", name, settings, reads=_names("reads", reads), writes=_names("writes", writes), **more, **given)

    def checks(self, role: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Further checks of a role's settings: the function takes (settings[, context]) and yields what `mistake` gives. It
        is called once the settings fit; `context` has the form, and `check_query`."""
        _refuse_function("checks", role)

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            self._checks[role or self.name] = function
            return function
        return register

    def _role(self, kind: str, name: str, settings: Optional[Mapping[str, Any]], **more: Any) -> Callable[..., Any]:
        if settings is not None and not isinstance(settings, Mapping):
            raise TypeError(f'settings are names with their defaults, such as settings={{"step": 10}}; this was {_shown(settings)}')
        for setting, default in (settings or {}).items():
            _refuse_float(default.default if isinstance(default, Deprecated) else default, f'the setting "{setting}"')

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            key = name or self.name
            lines = (function.__doc__ or self.description or key).strip().splitlines()
            self.roles[key] = {"kind": kind, "name": key, "summary": lines[0], "reads": [], **more,
                               "configSchema": _schema(settings or {}), "idempotent": True}
            self._functions[key] = function
            self._settings[key] = {setting: default.default if isinstance(default, Deprecated) else default
                                   for setting, default in (settings or {}).items()}
            return function
        return register

    @property
    def manifest(self) -> Dict[str, Any]:
        return {"protocolVersions": PROTOCOL_VERSIONS, "plugin": self._identity, "roles": list(self.roles.values())}

    @property
    def _identity(self) -> Dict[str, str]:
        return {"name": self.name, "version": self.version, "description": self.description, "kit": f"python {__version__}"}

    def run(self) -> None:
        """Speaks the protocol on standard input and output until the host is done."""
        if sys.argv[1:2] == ["--plugin-manifest"]:
            print(_dump(self.manifest))
            return
        if sys.argv[1:2] == ["--plugin-listen"] and len(sys.argv) == 3:
            with _accept(self.name, sys.argv[2]) as host:
                _Wire(self, host.makefile("rb"), host.makefile("w", encoding="utf-8", newline="\n")).serve()
            return
        if sys.stdin.isatty():
            _started_by_hand(self)
        # From now on a stray print goes to standard error, wherever it comes from.
        wire = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        _Wire(self, sys.stdin.buffer, wire).serve()

    def test(self, dossier: Optional[Mapping[str, Any]] = None, settings: Optional[Mapping[str, Any]] = None,
             role: str = "", rules: Optional[Mapping[str, Mapping[str, Any]]] = None, off: Iterable[str] = ()) -> Dict[str, Any]:
        """The assessment of a dossier given as {"fields": {…}, "tables": {name: [row, …]}}, without any host. `rules` are what a spec
        would set for their parameters, {"area/name": {"step": 5}}, and `off` those that it would switch off. As from a host, only the
        tables that the role reads are there; the columns of a table are those that its rows have between them."""
        given = dossier or {}
        role = role or next(iter(self.roles))
        # As the host sends them: the tables that the role reads, each row with every column of its table.
        reads, tables = self._reads(role), {}
        for name, rows in given.get("tables", {}).items():
            if name in reads:
                columns = dict.fromkeys(key for row in rows for key in row)
                tables[name] = [Row(name, i, {**columns, **row}) for i, row in enumerate(rows)]
        mistakes = self._validate(role, dict(settings or {}))
        if mistakes:
            raise ValueError("; ".join(f"{m['pointer']}: {m['message']['en']}" for m in mistakes))
        return self._score(role, Dossier(dict(given.get("fields", {})), tables, reads), settings or {}, Context(None, None),
                           {"rules": rules, "off": list(off)})

    def _reads(self, role: str) -> List[str]:
        description = self.roles[role]
        return list(dict.fromkeys([*description["reads"], *description.get("requires", [])]))

    # What the wire asks

    def _validate(self, role: str, config: Any, context: Optional[Context] = None) -> List[Dict[str, Any]]:
        context = context or Context(None, None)
        if config is None:
            config = {}
        if not isinstance(config, dict):
            return [_mistake("", "设置应为键值表", "the settings must be a mapping", code="value/wrong-type")]
        defaults, found = self._settings[role], []
        for key, value in config.items():
            if key not in defaults:
                near = _nearest(key, list(defaults))
                found.append(_mistake("/" + key, f'未知的键"{key}"', f'unknown key "{key}"', near, code="value/unknown-key"))
            elif not _fits(value, defaults[key]):
                (zh, en), (zh_found, en_found) = KINDS[_kind(defaults[key])], _found(value)
                found.append(_mistake("/" + key, f"此处应为{zh}，实为{zh_found}", f"expected {en}, found {en_found}", code="value/wrong-type"))
            elif isinstance(defaults[key], SQL):
                outline = context.check_query(value, **defaults[key].parameters)
                found += [{**wrong, "pointer": "/" + key} for wrong in outline.get("mistakes") or []]
        if role in self._checks and not any(one["severity"] in ("error", "blocker") for one in found):
            check, settings = self._checks[role], self._merged(role, config)
            names = check.__code__.co_varnames[: check.__code__.co_argcount]
            found += (check(settings, context) if "context" in names else check(settings)) or []
        return found

    def _merged(self, role: str, config: Optional[Mapping[str, Any]]) -> Dict[str, Any]:
        merged = _Settings(self._settings[role])
        for key, value in (config or {}).items():
            merged[key] = _read(value, merged.get(key))
        return merged

    def _score(self, role: str, dossier: Dossier, config: Any, context: Context,
               params: Optional[Mapping[str, Any]] = None) -> Dict[str, Any]:
        settings, given = self._merged(role, config), params or {}
        prior = given.get("prior") or {}
        count = _count()
        result = self._call(role, context, dossier, settings, prior=prior)
        _refuse_silence(result, count, f'the scorer "{role}"', SAID_WITH)
        whole = isinstance(result, dict) and not any(kind in result for kind in YIELDED)
        assessment: Dict[str, List[Any]] = {"findings": [], "facts": [], "adjustments": [], "scores": []}
        if whole:
            unknown = next((key for key in result if key not in ASSESSMENT), None)
            if unknown is not None:
                raise ValueError(f'an assessment has no "{unknown}"; there are: {", ".join(ASSESSMENT)}')
            assessment = {key: list(value) if isinstance(value, (list, tuple)) else value for key, value in result.items()}
        owner = f'the scorer "{role}"'
        for item in [] if whole else _spoken(_listed(result, owner, SAID_BY_SCORERS), count, owner, SAID_WITH):
            context.check()
            _sort_in(assessment, item, f'the scorer "{role}"')
        times: Dict[str, int] = {}
        for rule in self._rules_of(role):
            # A blocker is never off, whatever a host says.
            if rule.id in (given.get("off") or []) and rule.severity != "blocker":
                continue
            start, count = time.perf_counter_ns(), len(assessment.setdefault("findings", []))
            for item in rule.check(dossier, settings, (given.get("rules") or {}).get(rule.id) or {}, prior, context):
                context.check()
                _sort_in(assessment, item, f'the rule "{rule.id}"')
            times[rule.id] = (time.perf_counter_ns() - start) // 1000
            if len(assessment["findings"]) > count:
                assessment.setdefault("rules", []).append(rule.told)
        if times:
            context._spent(times)
        return assessment

    def _rules_of(self, role: str) -> List["_Rule"]:
        scorers = [name for name, description in self.roles.items() if description["kind"] == "scorer"]
        return [rule for rule in self._rules if (rule.role or next(iter(scorers), "")) == role]

    def _catalogue(self, role: str, config: Any, examples: bool) -> List[Dict[str, Any]]:
        return [rule.described(examples) for rule in self._rules_of(role)]

    def _call(self, role: str, context: Context, *arguments: Any, **more: Any) -> Any:
        """Calls the role's function; `more`, and the context, are for those that have a parameter of that name."""
        return _called(self._functions[role], *arguments, **more, context=context)


def _called(function: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
    """Calls a function with what it always gets and, of the rest, what it has a parameter for."""
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    return function(*arguments, **{name: value for name, value in more.items() if name in names})


class _Settings(Dict[str, Any]):
    """The settings of a role; one that it does not have is an error, which names the nearest."""

    def __missing__(self, name: str) -> Any:
        near = _nearest(name, list(self))
        known = f'did you mean "{near}"?' if near else f"its settings: {', '.join(self) or 'none'}"
        raise NoSetting(f'the role has no setting "{name}"; {known}')


# What a scorer says that has rules and no function of its own. No docstring: the role's summary is the plugin's description.
def _nothing(dossier: Dossier, settings: Mapping[str, Any]) -> None:
    pass


class _Rule:
    def __init__(self, id: str, severity: str, role: str, told: Dict[str, Any], parameters: Dict[str, Parameter],
                 examples: List[Dict[str, Any]], function: Callable[..., Any]) -> None:
        self.id, self.severity, self.role, self.told = id, severity, role, told
        self.parameters, self.examples, self.function = parameters, examples, function

    def described(self, examples: bool) -> Dict[str, Any]:
        """The rule as `rules/list` tells of it."""
        values = [{"name": name, "title": {"zh": one.zh or name, "en": one.en or one.zh or name}, "default": one.default,
                   **({"unit": one.unit} if one.unit else {})} for name, one in self.parameters.items()]
        return {**self.told, **({"parameters": values} if values else {}),
                **({"examples": self.examples} if examples and self.examples else {})}

    def check(self, dossier: Dossier, settings: Mapping[str, Any], given: Mapping[str, Any], prior: Mapping[str, Any],
              context: Context) -> Iterator[Dict[str, Any]]:
        values = {name: _read(given[name], one.default) if name in given else one.default for name, one in self.parameters.items()}
        owner = f'the rule "{self.id}"'
        count = _count()
        given_back = _called(self.function, dossier, settings, parameters=values, prior=prior, context=context)
        _refuse_silence(given_back, count, owner, "remark(…) or fact(…)")
        for item in _spoken(_listed(given_back, owner, SAID_BY_RULES), count, owner, "remark(…) or fact(…)"):
            if isinstance(item, dict) and isinstance(item.get("finding"), dict):
                said = item["finding"]
                if said.get("rule") not in ("", None, self.id):
                    raise ValueError(f'{owner} yields a finding of "{said["rule"]}"; under @plugin.rule yield remark(…), which has its id, '
                                     f"and make another rule of the other")
                item = {"finding": {**said, "rule": self.id, "severity": said.get("severity") or self.severity}}
            yield item


SAID_WITH = "info(…), warning(…), error(…), blocker(…) or fact(…)"
SAID_BY_SCORERS = "a scorer yields what info, warning, error, blocker and fact give"
SAID_BY_RULES = "the function of a rule yields what remark and fact give"


# How many findings and facts this thread has made.
_said = threading.local()


def _count() -> int:
    return getattr(_said, "count", 0)


def _refuse_silence(given: Any, count: int, owner: str, what: str) -> None:
    """Whoever makes a remark and hands none over has forgotten a word."""
    if given is None and _count() != count:
        raise ValueError(f"{owner} makes findings or facts and hands none over; write `yield` before {what}, or return them in a list")


def _spoken(items: Iterable[Any], count: int, owner: str, what: str) -> Iterator[Any]:
    """The same of a generator, of which it shows at its end only."""
    is_silent = True
    for item in items:
        is_silent = False
        yield item
    if is_silent:
        _refuse_silence(None, count, owner, what)


def _listed(given: Any, owner: str, allowed: str) -> Iterable[Any]:
    """What a function yields, or returns as a list; one thing stands for a list of one."""
    if given is None:
        return []
    if isinstance(given, dict):
        given = [given]
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise TypeError(f"{owner} returns {_shown(given)}; {allowed}, or returns a list of them")
    return _each(given, owner, allowed)


def _each(given: Iterable[Any], owner: str, allowed: str) -> Iterator[Any]:
    for item in given:
        if not (isinstance(item, dict) and any(isinstance(item.get(kind), dict) for kind in YIELDED)):
            raise TypeError(f"{owner} yields {_shown(item)}; {allowed}")
        yield item


def _sort_in(assessment: Dict[str, List[Any]], item: Mapping[str, Any], owner: str) -> None:
    for kind, key in YIELDED.items():
        if kind in item:
            if kind == "finding" and not item[kind].get("rule"):
                raise ValueError(f"{owner}: `remark` is for functions under @plugin.rule; use info, warning, error or blocker with a rule's id")
            assessment.setdefault(key, []).append(item[kind])


def _accept(name: str, path: str) -> socket.socket:
    """Waits for one host at a Unix socket, so that the plugin can be started in a debugger."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        if os.path.exists(path) and stat.S_ISSOCK(os.stat(path).st_mode):
            os.unlink(path)
        listener.bind(path)
        listener.listen(1)
        print(f"{name} listens; now run: PINGSHEN_ATTACH={name}={path} pingshen run SPEC", file=sys.stderr)
        host, _ = listener.accept()
        os.unlink(path)
        return host


# The wire


class _Wire:
    """Reads requests on the main thread and serves each on a thread of its own, so that reading never waits."""

    def __init__(self, plugin: Plugin, lines: Any, output: TextIO) -> None:
        self.plugin, self.lines, self.output = plugin, lines, output
        self.writing = threading.Lock()
        self.locale = "zh"
        self.is_ready = False
        self.host_takes_lists = False
        self.host_checks_queries = False
        self.opened = 0
        self.next_id = 1
        self.replies: Dict[int, List[Any]] = {}
        self.arrived = threading.Condition()
        self.serving: Dict[Any, Context] = {}
        self.streams: Dict[str, Iterator["_Text"]] = {}

    def send(self, message: Dict[str, Any]) -> None:
        self.write(_dump({"jsonrpc": "2.0", **message}) + "\n")

    def write(self, line: str) -> None:
        with self.writing:
            try:
                self.output.write(line)
                self.output.flush()
            except BrokenPipeError:
                os._exit(0)

    def ask(self, method: str, params: Dict[str, Any]) -> Any:
        """Asks the host and waits for its reply."""
        with self.arrived:
            number, self.next_id = self.next_id, self.next_id + 1
        self.send({"id": number, "method": method, "params": params})
        with self.arrived:
            self.arrived.wait_for(lambda: number in self.replies)
            result, failure = self.replies.pop(number)
        if failure:
            raise RPCError(failure["code"], failure["message"], **failure.get("data", {}))
        return result

    def serve(self) -> None:
        for raw in self.lines:
            line = raw.strip()
            if not line:
                continue
            try:
                message = json.loads(line, parse_float=Decimal)
            except ValueError as problem:
                self.send({"id": None, "error": {"code": -32700, "message": f"not JSON: {problem}"}})
                os._exit(1)
            self.take(message)
        os._exit(0)

    def take(self, message: Dict[str, Any]) -> None:
        method, number = message.get("method"), message.get("id")
        if method is None:
            with self.arrived:
                self.replies[number] = [message.get("result"), message.get("error")]
                self.arrived.notify_all()
        elif number is not None:
            params = message.get("params")
            params = params if isinstance(params, dict) else {}
            context = Context(self, number, params.get("locale") or self.locale, params.get("step") or "",
                              params.get("scratchDirectory"))
            self.serving[number] = context
            threading.Thread(target=self.answer, args=(method, number, params, context), daemon=True).start()
        elif method == "$/cancel":
            context = self.serving.get((message.get("params") or {}).get("id"))
            if context:
                context.cancelled.set()

    def answer(self, method: str, number: Any, params: Dict[str, Any], context: Context) -> None:
        try:
            result = self.result(method, _whole(self, params) if "more" in params else params, context)
            text = result if isinstance(result, _Text) else _Text(_dump(self.short(result)))
            self.serving.pop(number, None)
            return self.write('{"jsonrpc":"2.0","id":' + json.dumps(number) + ',"result":' + text + "}\n")
        except Cancelled:
            reply = {"error": RPCError(-32008, "cancelled", "transient").wire}
        except RPCError as failure:
            reply = {"error": failure.wire}
        except NoColumn as failure:
            # The table may be one that the plugin is not for: that is for whoever reads the message to say.
            reply = {"error": RPCError(-32011, str(failure), "user", detail=traceback.format_exc(limit=-3)).wire}
        except BaseException as failure:
            # `sys.exit` too: it would end this thread only, and the host would wait.
            last = traceback.format_exc(limit=-3)
            reply = {"error": RPCError(-32011, f"{type(failure).__name__}: {failure}", detail=last).wire}
        if context.cancelled.is_set():
            # Whatever came of it: nobody waits for it any more.
            reply = {"error": RPCError(-32008, "cancelled", "transient").wire}
        self.serving.pop(number, None)
        self.send({"id": number, **reply})

    def result(self, method: str, params: Dict[str, Any], context: Context) -> Any:
        if method == "initialize":
            return self.initialize(params)
        if not self.is_ready:
            raise RPCError(-32001, 'the first message must be "initialize"')
        if method == "shutdown":
            return {}
        if method == "stream/next":
            page = next(self.streams.get(params.get("stream", ""), iter(())), None)
            if page is None:
                raise RPCError(-32007, f'there is no open stream "{params.get("stream")}"')
            return page
        if method == "stream/close":
            self.streams.pop(params.get("stream", ""), None)
            return {}
        kinds = {"config/validate": None, "scorer/score": "scorer", "source/open": "source", "renderer/render": "renderer"}
        # A plugin without rules does not know the question.
        if self.plugin._rules:
            kinds["rules/list"] = None
        if method not in kinds:
            raise RPCError(-32601, f'unknown method "{method}"')
        role = params.get("role")
        if not isinstance(role, str) or role not in self.plugin.roles:
            raise RPCError(-32602, f"{self.plugin.name} has no role {role!r}", "user")
        if kinds[method] and self.plugin.roles[role]["kind"] != kinds[method]:
            raise RPCError(-32602, f'the role "{role}" is no {kinds[method]}', "user")
        config = params.get("config")
        if method == "config/validate":
            context.form = params.get("form")
            return {"diagnostics": self.plugin._validate(role, config, context)}
        if method == "rules/list":
            return {"rules": self.plugin._catalogue(role, config, bool(params.get("examples")))}
        if method == "source/open":
            dossier = self.dossier({"dossier": {}, **params}, role)
            tables = self.plugin._call(role, context, self.plugin._merged(role, config), dossier=dossier)
            tables, *said = tables if isinstance(tables, tuple) else (tables,)
            if not isinstance(tables, Mapping):
                raise TypeError(f'the source "{role}" returns {_shown(tables)}; a source returns {{table: [row, …]}}, or that and a list of findings')
            findings = [_said(item, role) for item in (said[0] if said else None) or []]
            return {"tables": self.open(tables), **({"findings": findings} if findings else {})}
        dossier = self.dossier(params, role)
        if method == "scorer/score":
            return self.plugin._score(role, dossier, config, context, params)
        settings, folder = self.plugin._merged(role, config), params.get("scratchDirectory", "")
        yielded = self.plugin._call(role, context, params.get("review"), dossier, settings, folder,
                                    formats=params.get("formats") or [], taken=params.get("taken") or [])
        return _rendering(yielded, role)

    def initialize(self, params: Dict[str, Any]) -> Dict[str, Any]:
        offered = params.get("protocolVersions")
        if not isinstance(offered, list):
            raise RPCError(-32602, 'initialize: missing key "protocolVersions"')
        common = [version for version in PROTOCOL_VERSIONS if version in offered]
        if not common:
            raise RPCError(-32002, f"{self.plugin.name} speaks protocol {PROTOCOL_VERSIONS}, the host offers {offered}",
                           "user", help="update the plugin or pingshen, so that they share a version of the protocol")
        self.locale, self.is_ready = params.get("locale", "zh"), True
        capabilities = params.get("capabilities") or []
        self.host_takes_lists, self.host_checks_queries = "lists" in capabilities, "queryCheck" in capabilities
        return {"protocolVersion": max(common), "plugin": self.plugin._identity,
                "roles": list(self.plugin.roles.values()),
                "capabilities": CAPABILITIES + ["reusable"] * self.plugin.reusable + ["repeatable"] * self.plugin.repeatable}

    def short(self, result: Any) -> Any:
        """A long assessment as the host can take it: of each list the beginning, and `more`, the streams of the rest."""
        if not (self.host_takes_lists and isinstance(result, dict)):
            return result
        texts = {key: [_dump(item) for item in items] for key, items in result.items() if isinstance(items, list)}
        if sum(len(text) for items in texts.values() for text in items) <= WHOLE_CHARACTERS:
            return result
        shortened, more = dict(result), {}
        for key, items in texts.items():
            room, count = WHOLE_CHARACTERS // len(texts), 0
            while count < len(items) and room >= len(items[count]):
                room, count = room - len(items[count]), count + 1
            if count < len(items):
                shortened[key] = result[key][:count]
                more["/" + key] = self.stream(_list_pages(items, count))
        return {**shortened, "more": more}

    def stream(self, pages: Iterator["_Text"]) -> str:
        with self.arrived:
            self.opened += 1
            name = f"s{self.opened}"
        self.streams[name] = pages
        return name

    def dossier(self, params: Dict[str, Any], role: str) -> Dossier:
        given = params.get("dossier")
        if not isinstance(given, dict):
            raise RPCError(-32602, 'missing key "dossier"')
        tables = {name: _pull(self, table) for name, table in (given.get("tables") or {}).items()}
        return Dossier(given.get("fields") or {}, tables, self.plugin._reads(role))

    def open(self, tables: Mapping[str, Any]) -> List[Dict[str, Any]]:
        opened = []
        for name, table in tables.items():
            rows = table["rows"] if isinstance(table, dict) else table
            columns = table.get("columns") if isinstance(table, dict) else None
            if columns is None:
                rows = list(rows)
                names = list(dict.fromkeys(key for row in rows for key in row))
                columns = [{"name": key, "type": _column_type(rows, key)} for key in names]
            places = table.get("places") if isinstance(table, dict) else None
            stream = self.stream(_pages([column["name"] for column in columns], rows, places))
            opened.append({"schema": {"name": name, "columns": columns}, "stream": stream})
        return opened


def _said(item: Any, role: str) -> Dict[str, Any]:
    if not (isinstance(item, dict) and isinstance(item.get("finding"), dict)):
        raise TypeError(f'the source "{role}" says {_shown(item)}; beside its tables it returns a list of what info, warning, error and blocker give')
    return item["finding"]


def _rendering(yielded: Any, role: str) -> Dict[str, Any]:
    """What a renderer's function yields, as the host takes it."""
    result: Dict[str, Any] = {"artifacts": []}
    for item in [yielded] if isinstance(yielded, (str, bytes, dict)) else yielded or []:
        if isinstance(item, dict) and "failure" in item:
            result.setdefault("failures", []).append(item["failure"])
        elif isinstance(item, dict) and "finding" in item:
            result.setdefault("findings", []).append(item["finding"])
        elif isinstance(item, (tuple, list)) and 2 <= len(item) <= 3 and all(isinstance(word, str) for word in item):
            path, media, *format = item
            result["artifacts"].append({"path": path, "mediaType": media, **({"format": format[0]} if format else {})})
        else:
            raise TypeError(f'the renderer "{role}" yields {_shown(item)}; it yields (path, media type), such as ("report.txt", "text/plain"), '
                            "or (path, media type, format)")
    return result


def _pull(wire: _Wire, table: Dict[str, Any]) -> List[Row]:
    """All rows of a table on the wire: its first page and, where there is more, its stream to the end."""
    names = [column["name"] for column in table["schema"]["columns"]]
    rows: List[Row] = []
    page = table.get("page")
    while True:
        if page is not None:
            for cells in zip(*page["columns"]):
                rows.append(Row(table["schema"]["name"], len(rows), zip(names, cells)))
        if (page is not None and page.get("done")) or not table.get("stream"):
            return rows
        page = wire.ask("stream/next", {"stream": table["stream"]})


def _whole(wire: _Wire, params: Dict[str, Any]) -> Dict[str, Any]:
    """The parameters with everything that their `more` names, pulled and put where it belongs."""
    for pointer, stream in params.pop("more").items():
        target: Any = params
        for token in pointer.split("/")[1:]:
            target = target[token.replace("~1", "/").replace("~0", "~")]
        done = False
        while not done:
            page = wire.ask("stream/next", {"stream": stream})
            done = page["done"]
            if isinstance(target, list):
                target.extend(page["items"])
            else:
                target.update((item["key"], item["value"]) for item in page["items"])
    return params


class _Text(str):
    """JSON that is written already."""


def _pages(names: List[str], rows: Iterable[Any], places: Optional[Iterable[Any]]) -> Iterator[_Text]:
    """The pages of a table, read from its rows as they are asked for."""
    source, marks = iter(rows), iter(places or ())
    start, number, count, waiting, placed = 0, 0, PAGE_ROWS, [], []
    while True:
        # One row more than the page holds, to know whether it is the last.
        waiting += islice(source, max(0, count + 1 - len(waiting)))
        placed += islice(marks, max(0, count + 1 - len(placed)))
        part = waiting[:count]
        page: Dict[str, Any] = {"seq": number, "rows": len(part), "columns": _columns(names, part, start),
                                "done": len(waiting) <= count}
        if places is not None:
            page["places"] = placed[:len(part)]
        if page["done"]:
            page["totalRows"] = start + len(part)
        text = _dump(page)
        if len(text) > PAGE_CHARACTERS and len(part) > 1:
            count = max(1, len(part) // 2)
            continue
        yield _Text(text)
        if page["done"]:
            return
        waiting, placed = waiting[count:], placed[count:]
        start, number = start + len(part), number + 1


def _columns(names: List[str], rows: List[Any], start: int) -> List[List[Any]]:
    """The cells of rows, column by column; a row is a dict, or a list in the order of the columns."""
    cells = []
    for index, row in enumerate(rows, start):
        if isinstance(row, (list, tuple)) and len(row) != len(names):
            raise ValueError(f"row {index} has {len(row)} cells, the table {len(names)} columns")
        cells.append(row if isinstance(row, (list, tuple)) else [row.get(name) for name in names])
    columns = [list(column) for column in zip(*cells)] or [[] for _ in names]
    for name, column in zip(names, columns):
        if float in map(type, column):
            index = next(index for index, cell in enumerate(column) if isinstance(cell, float))
            _refuse_float(column[index], f'row {start + index}, column "{name}"')
    return columns


def _list_pages(items: List[str], start: int) -> Iterator[_Text]:
    """The rest of a list, whose elements are JSON already."""
    number = 0
    while start < len(items):
        end, room = start + 1, PAGE_CHARACTERS - len(items[start])
        while end < len(items) and room >= len(items[end]):
            end, room = end + 1, room - len(items[end])
        is_last = end == len(items)
        total = f',"total":{len(items)}' if is_last else ""
        yield _Text(f'{{"seq":{number},"items":[{",".join(items[start:end])}],"done":{json.dumps(is_last)}{total}}}')
        start, number = end, number + 1


# Small things


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot cross the wire")


def _column_type(rows: List[Mapping[str, Any]], key: str) -> str:
    cells = [row[key] for row in rows if row.get(key) is not None]
    for kind, name in ((bool, "boolean"), (int, "integer"), ((Decimal, int), "decimal"), (list, "texts")):
        if cells and all(isinstance(cell, kind) for cell in cells):
            return name
    return "text"


SEVERITIES = ("info", "warning", "error", "blocker")
# What a function of a scorer or a rule yields, and where it stands in an assessment; and all that an assessment has.
YIELDED = {"finding": "findings", "fact": "facts", "adjustment": "adjustments"}
ASSESSMENT = ("findings", "facts", "adjustments", "scores", "rules")
# As the host calls them.
KINDS = {"boolean": (" true 或 false", "true or false"), "number": ("数字", "a number"), "array": ("列表", "a list"),
         "object": ("键值表", "a mapping"), "string": ("文字", "text")}


def _found(value: Any) -> Any:
    """A value of a spec in words, in both languages."""
    if value is None:
        return "空值", "nothing"
    if isinstance(value, (list, dict)):
        return KINDS[_kind(value)]
    text = value if isinstance(value, str) else _dump(value).strip('"')
    shown = '"' + (text if len(text) <= 40 else text[:39] + "…") + '"'
    return shown, shown


def _shown(value: Any) -> str:
    """A value of a program in a message."""
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _words(value: Any, owner: str) -> Dict[str, str]:
    """Words in both languages; a text stands for both."""
    if isinstance(value, str):
        return {"zh": value, "en": value}
    if not isinstance(value, Mapping) or not ("zh" in value or "en" in value):
        raise TypeError(f'{owner} is {{"zh": …, "en": …}}, or a text that stands for both; this was {_shown(value)}')
    zh, en = value.get("zh"), value.get("en")
    return {"zh": en if zh is None else zh, "en": zh if en is None else en}


def _names(word: str, value: Any) -> List[str]:
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise TypeError(f'{word} is a list of names, such as {word}=["lines"]; this was {_shown(value)}')
    return list(value)


def _refuse_function(decorator: str, value: Any) -> None:
    if callable(value):
        raise TypeError(f"@plugin.{decorator} is written with brackets: @plugin.{decorator}()" + (
            "" if decorator in ("scorer", "checks") else ', with what it writes: writes=["…"]'))


def _refuse_float(value: Any, owner: str) -> None:
    """Whoever writes 0.1 means a tenth, which a float is not."""
    if isinstance(value, float):
        raise TypeError(f'{owner}: {value} is a binary fraction; write Decimal("{value}"), or a text')


def _deprecation(versions: Any, instead: Union[str, Mapping[str, str]]) -> Dict[str, Any]:
    """`deprecated` and `instead` as they travel."""
    versions = [version for version in versions if version]
    if not versions:
        return {}
    return {"deprecated": versions, **({"instead": instead if isinstance(instead, str) else dict(instead)} if instead else {})}


def _read(value: Any, default: Any) -> Any:
    """A value of a spec, of the kind of its default: numbers may come as text."""
    is_number = isinstance(default, (int, Decimal)) and not isinstance(default, bool)
    return Decimal(value) if is_number and isinstance(value, str) else value


def _kind(default: Any) -> str:
    if isinstance(default, bool):
        return "boolean"
    if isinstance(default, (int, Decimal)):
        return "number"
    return {list: "array", dict: "object"}.get(type(default), "string")


def _schema_type(default: Any) -> Any:
    """The type for editors and for the host: a decimal is text where it travels."""
    return ["number", "string"] if isinstance(default, Decimal) else _kind(default)


def _fits(value: Any, default: Any) -> bool:
    kind = _kind(default)
    if kind == "number" and isinstance(value, str):
        try:
            return Decimal(value).is_finite()
        except ArithmeticError:
            return False
    return default is None or _kind(value) == kind


def _schema(settings: Mapping[str, Any]) -> Dict[str, Any]:
    properties: Dict[str, Dict[str, Any]] = {}
    for key, setting in settings.items():
        default = setting.default if isinstance(setting, Deprecated) else setting
        properties[key] = {"default": default, **({} if default is None else {"type": _schema_type(default)}),
                           **(setting.wire if isinstance(setting, Deprecated) else {})}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
            "properties": properties, "additionalProperties": False}


def _mistake(pointer: str, zh: str, en: str, near: str = "", code: str = "config/invalid") -> Dict[str, Any]:
    mistake = {"severity": "error", "code": code, "message": {"zh": zh, "en": en}, "pointer": pointer}
    if near:
        mistake["help"] = {"zh": f'是不是"{near}"？', "en": f'did you mean "{near}"?'}
    return mistake


def _nearest(word: str, known: List[str]) -> str:
    import difflib

    return next(iter(difflib.get_close_matches(word, known, 1)), "")


def _started_by_hand(plugin: Plugin) -> None:
    print(f"{plugin.name} {plugin.version} is a Pingshen plugin ({plugin.description}); `pingshen run` starts it.",
          file=sys.stderr)
    sys.exit(64)
