/* Write a Pingshen plugin in JavaScript: one file, no dependencies, Node 18 or later. Copy it beside your plugin.

    import { Plugin, warning } from "./pingshen_plugin.mjs";

    export const plugin = new Plugin("round-numbers", { version: "0.1.0", description: "points at suspiciously round amounts" });

    plugin.scorer({ reads: ["budget_lines"], settings: { step: 10000 } }, function* (dossier, settings) {
      for (const line of dossier.rows("budget_lines")) {
        if (line.decimal("amount").remainder(settings.step).isZero) {
          yield warning("round/amount", { zh: "金额是整数", en: "a round amount", at: line.at("amount") });
        }
      }
    });

    await plugin.run(import.meta.url);

Amounts are `Decimal`, exact, never numbers of JavaScript. Functions may be generators, async generators, or return a list. What a
plugin prints goes to the host's log, not onto the wire. To test a plugin without a host:
`await plugin.test({ tables: { budget_lines: [{ id: "L1", amount: "10000.00" }] } })`. */

import { Console } from "node:console";
import fs from "node:fs";
import net from "node:net";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";

export const version = "1.0.0";

const protocolVersions = [1];
/** What this kit can do beyond the least that protocol 1 asks for: lists that go on in a stream. */
const capabilities = ["lists"];
const pageRows = 5000;
/** A page of more characters is cut in two: a line holds 8 MiB, and a character takes four bytes at the most. */
const pageCharacters = 1 << 20;
/** A reply of more characters sends the ends of its lists in streams. */
const wholeCharacters = 1 << 20;
const lineBytes = 8 << 20;
const severities = ["info", "warning", "error", "blocker"];

// MARK: - Numbers

/** An exact decimal number. What it is reckoned with may be a Decimal, a text, or a whole number of JavaScript. */
export class Decimal {
  /** `units` is a BigInt: 12.50 is 1250n with 2 places. Use `decimal("12.50")`. */
  constructor(units, places) {
    this.units = units;
    this.places = places;
    Object.freeze(this);
  }

  static of(value) {
    if (value instanceof Decimal) return value;
    if (typeof value === "bigint") return new Decimal(value, 0);
    if (typeof value === "number") {
      if (Number.isSafeInteger(value)) return new Decimal(BigInt(value), 0);
      throw new TypeError(`${value} is a binary fraction; write decimal("${value}")`);
    }
    const text = String(value).trim();
    if (!/^[+-]?[0-9]+(\.[0-9]+)?$/.test(text)) throw new TypeError(`${JSON.stringify(value)} is no decimal number such as 12.50`);
    const point = text.indexOf(".");
    const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1);
    return new Decimal(BigInt(digits.replace("+", "")), point < 0 ? 0 : text.length - point - 1);
  }

  plus(other) {
    const [left, right, places] = this.#aligned(other);
    return new Decimal(left + right, places);
  }

  minus(other) {
    const [left, right, places] = this.#aligned(other);
    return new Decimal(left - right, places);
  }

  times(other) {
    other = Decimal.of(other);
    return new Decimal(this.units * other.units, this.places + other.places);
  }

  /** The quotient, rounded half up (away from zero) to so many places. */
  dividedBy(other, places) {
    other = Decimal.of(other);
    if (other.isZero) throw new RangeError("division by zero");
    if (!Number.isInteger(places) || places < 0) throw new TypeError("dividedBy(number, places): say to how many places");
    // The quotient of the units has this.places − other.places places; the rest are zeros to be added, above or below.
    const shift = places - this.places + other.places;
    const above = shift > 0 ? this.units * 10n ** BigInt(shift) : this.units;
    const below = shift < 0 ? other.units * 10n ** BigInt(-shift) : other.units;
    return new Decimal(halfUp(above, below), places);
  }

  /** What is left after division to a whole number, with the sign of this number, as SQL's % has it. */
  remainder(other) {
    const [left, right, places] = this.#aligned(other);
    if (right === 0n) throw new RangeError("division by zero");
    return new Decimal(left % right, places);
  }

  /** Rounded half up (away from zero) to so many places. */
  rounded(places) {
    if (places >= this.places) return new Decimal(this.units * 10n ** BigInt(places - this.places), places);
    return new Decimal(halfUp(this.units, 10n ** BigInt(this.places - places)), places);
  }

  negated() {
    return new Decimal(-this.units, this.places);
  }

  abs() {
    return this.units < 0n ? this.negated() : this;
  }

  /** −1, 0 or 1; for `sort`, too. */
  compare(other) {
    const [left, right] = this.#aligned(other);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  equals(other) {
    return this.compare(other) === 0;
  }

  isAbove(other) {
    return this.compare(other) > 0;
  }

  isBelow(other) {
    return this.compare(other) < 0;
  }

  get isZero() {
    return this.units === 0n;
  }

  get isNegative() {
    return this.units < 0n;
  }

  static sum(numbers) {
    let sum = new Decimal(0n, 0);
    for (const number of numbers) sum = sum.plus(number);
    return sum;
  }

  toString() {
    const digits = (this.units < 0n ? -this.units : this.units).toString().padStart(this.places + 1, "0");
    const whole = digits.slice(0, digits.length - this.places);
    return (this.units < 0n ? "-" : "") + whole + (this.places ? "." + digits.slice(digits.length - this.places) : "");
  }

  /** Money travels as text. */
  toJSON() {
    return this.toString();
  }

  /** `a < b` and `a + b` would go through binary fractions, or join texts, and be wrong in silence. */
  [Symbol.toPrimitive](hint) {
    if (hint === "string") return this.toString();
    throw new TypeError("reckon with decimals by their methods: a.plus(b), a.isBelow(b), `${a}`");
  }

  #aligned(other) {
    other = Decimal.of(other);
    const places = Math.max(this.places, other.places);
    return [this.units * 10n ** BigInt(places - this.places), other.units * 10n ** BigInt(places - other.places), places];
  }
}

/** `decimal("12.50")`, exactly. */
export function decimal(value) {
  return Decimal.of(value);
}

function halfUp(above, below) {
  const negative = above < 0n !== below < 0n;
  const [top, bottom] = [above < 0n ? -above : above, below < 0n ? -below : below];
  const quotient = (2n * top + bottom) / (2n * bottom);
  return negative ? -quotient : quotient;
}

// MARK: - What a plugin says

/** Thrown by `context.check()` when the host no longer wants the reply. */
export class Cancelled extends Error {}

/** Thrown where a row is asked for a column that its table does not have. */
export class NoColumn extends Error {}

/** Thrown where a dossier is asked for a table that the role does not read. */
export class NoTable extends Error {}

/** An error object of the protocol. */
export class RPCError extends Error {
  constructor(code, message, kind = "bug", data = {}) {
    super(message);
    this.wire = { code, message, data: { kind, ...data } };
  }
}

/** A setting that is a query: `settings: { which: sql("SELECT id FROM lines WHERE amount > :limit", { limit: "decimal" }) }`. The host
holds it against the form before anything runs, and points at what is wrong in the spec. The names are those of the parameters, with
their types: "text", "decimal", "integer", "boolean", "date", or null for any. The function is given the text. */
export function sql(text, parameters = {}) {
  return new SQL(text, parameters);
}

class SQL {
  constructor(text, parameters) {
    this.text = text;
    this.parameters = parameters;
  }

  toJSON() {
    return this.text;
  }
}

/** A setting that goes: `settings: { limit: deprecated(null, "1.2", { until: "2.0", instead: "ceiling" }) }`. Its default, the version of
the plugin since which it should not be set, the one from which it may not, and what to write instead: the name of another setting, or
`{ zh, en }`. The host tells it at its place in the spec; the function still gets it. */
export function deprecated(value, since, { until, instead } = {}) {
  return new DeprecatedSetting(value, deprecation([since, until], instead));
}

class DeprecatedSetting {
  constructor(value, wire) {
    this.value = value;
    this.wire = wire;
  }
}

/** A value of a rule that a spec may set, with its words and what it counts: `parameter(decimal("3.00"), { zh: "上限", en: "the cap",
unit: "percent" })`. A plain default will do where its name says it all. */
export function parameter(value, { zh = "", en = "", unit = "" } = {}) {
  return new Parameter(value, zh, en, unit);
}

class Parameter {
  constructor(value, zh, en, unit) {
    Object.assign(this, { value, zh, en, unit });
  }
}

/** A mistake in the settings, for the function under `checks`. `setting` is its name, or a pointer such as "/rules/0"; `line` and
`column` count in its text. */
export function mistake(setting, { zh, en = zh, line, column = 1, severity = "error", code = "config/invalid", hint } = {}) {
  return {
    severity,
    code,
    message: { zh, en },
    pointer: !setting || setting.startsWith("/") ? setting : "/" + setting,
    ...(hint && { help: bothLanguages(hint, "the hint") }),
    ...(line && { line, column }),
  };
}

/** A finding. `at` is one pointer or several, as `row.at("amount")` gives them; `hint` is `{ zh, en }`. */
export function finding(severity, rule, words = {}) {
  const { zh, en = zh, at = [], subject = "", expected = "", found = "", hint } = typeof words === "string" ? { zh: words } : words;
  const owner = rule ? `the finding "${rule}"` : "a remark";
  if (zh === undefined) throw new TypeError(`${owner} needs words, { zh: "…", en: "…" }`);
  if (severity && !severities.includes(severity)) throw new Error(`${owner} has the severity "${severity}"; there are: ${severities.join(", ")}`);
  refuseFraction(expected, `\`expected\` of ${owner}`);
  refuseFraction(found, `\`found\` of ${owner}`);
  made += 1;
  return {
    finding: {
      rule,
      severity,
      message: { zh, en },
      subject,
      pointers: typeof at === "string" ? [at] : [...at],
      expected: String(expected),
      found: String(found),
      ...(hint && { hint: bothLanguages(hint, "the hint") }),
    },
  };
}

/** Worth knowing. */
export const info = (rule, words) => finding("info", rule, words);
/** Unsupported, but not contradicted. */
export const warning = (rule, words) => finding("warning", rule, words);
/** The document contradicts itself. */
export const error = (rule, words) => finding("error", rule, words);
/** Must not be signed. */
export const blocker = (rule, words) => finding("blocker", rule, words);

/** What the function of a rule yields: a finding of that rule. `severity` is for one that weighs otherwise than the rule's others. */
export function remark({ severity = "", ...words }) {
  return finding(severity, "", words);
}

/** A figure that the report may print, `{{facts.ID}}`, and that `pingshen explain` follows. `cells` are those that it was taken or
computed from, as `row.at("amount")` and `context.cells` give them; `inputs` the ids of facts that it was computed from, whose cells need
not be named again; `calculation` the arithmetic as a person writes it, "350,000.00 − 50,000.00 = 300,000.00". */
export function fact(id, value, { zh = id, en = zh, unit = "", cells = [], inputs = [], calculation } = {}) {
  refuseFraction(value, `the fact "${id}"`);
  made += 1;
  return {
    fact: {
      id,
      label: { zh, en },
      value,
      unit,
      ...(cells.length && { sources: cells }),
      ...(inputs.length && { inputs }),
      ...(calculation && { calculation }),
    },
  };
}

/** A format that cannot be written, in a sentence that says what to do. What was written is kept. */
export function failure(format, { zh, en = zh }) {
  return { failure: { format, message: { zh, en } } };
}

/** An example in which a rule finds something: a small spec in YAML, "↓" before each value that a finding points at first, and what is
said there. */
export function bad(spec, ...messages) {
  return { spec, messages };
}

/** An example in which a rule finds nothing. */
export function good(spec) {
  return { spec };
}

// MARK: - What a role reads

/** One row of a table: its cells by their columns, `row.cells.id`, and where it stands. An empty cell is null. A column that the table does
not have is an error, which names the nearest; one that may be missing is read as `row.cells.note`, or with a fallback. */
export class Row {
  constructor(table, index, cells) {
    this.table = table;
    this.index = index;
    this.cells = cells;
  }

  /** The cell as an exact decimal; `fallback`, or zero, when it is empty. With a fallback the column itself may be missing. */
  decimal(column, fallback) {
    const cell = fallback === undefined ? this.#cell(column) : this.cells[column];
    return Decimal.of(cell === undefined || cell === null || cell === "" ? fallback ?? 0 : cell);
  }

  /** The cell as text; `fallback`, or nothing, when it is empty. With a fallback the column itself may be missing. */
  text(column, fallback) {
    const cell = fallback === undefined ? this.#cell(column) : this.cells[column];
    return cell === undefined || cell === null || cell === "" ? fallback ?? "" : String(cell);
  }

  /** The pointer to this row, or to one of its cells, for a finding. */
  at(column = "") {
    if (column) this.#cell(column);
    return `/tables/${this.table}/${this.index}` + (column ? "/" + column : "");
  }

  #cell(column) {
    if (Object.hasOwn(this.cells, column)) return this.cells[column];
    const columns = Object.keys(this.cells);
    const near = nearest(String(column), columns);
    const known = near ? `did you mean "${near}"?` : `its columns: ${columns.join(", ") || "none"};`;
    throw new NoColumn(
      `the table ${this.table} has no column "${column}"; ${known} a column that may be missing is read with a fallback, row.text("${column}", "")`,
    );
  }
}

/** What is known of the project: `fields`, and tables, row by row. `reads` are the tables that the role says that it reads. */
export class Dossier {
  #tables;
  #reads;

  constructor(fields, tables, reads) {
    this.fields = fields;
    this.#tables = tables;
    this.#reads = reads;
  }

  /** The rows of a table that the role reads; none when the dossier has no such table. A table that the role does not say that it reads is
  never sent, so that asking for it is an error. */
  rows(table) {
    if (!this.#tables.has(table) && this.#reads && !this.#reads.includes(table)) {
      const near = nearest(String(table), this.#reads);
      const meant = near ? `did you mean "${near}"?` : `add it to the role's reads, or await context.read("${table}")`;
      throw new NoTable(`rows("${table}"): the role does not read this table; reads: ${this.#reads.join(", ") || "none"}; ${meant}`);
    }
    return this.#tables.get(table) ?? [];
  }

  /** A field by its path: `dossier.field("project", "year")`; undefined where there is none. */
  field(...path) {
    let value = this.fields;
    for (const key of path) value = isRecord(value) ? value[key] : undefined;
    return value;
  }
}

/** What a role may ask and tell while it works; the last thing that its function is given. */
export class Context {
  #wire;
  #request;
  #isCancelled = false;

  constructor(wire, request, params = {}, locale = "zh") {
    this.#wire = wire;
    this.#request = request;
    this.locale = params.locale || locale;
    /** The id of the step, and an empty folder that belongs to this call; where the host says so. */
    this.step = params.step ?? "";
    this.folder = params.scratchDirectory ?? null;
    /** What a dossier may hold, `{ fields, tables }`, while settings are checked; null where the host does not know. */
    this.form = params.form ?? null;
    /** The assessments of the steps that the step needs, by step, while a scorer is asked. */
    this.prior = params.prior ?? {};
    /** The values of the rule that is being checked. */
    this.parameters = {};
    /** The formats that are wanted, and the files of earlier renderers that this one takes, while a renderer is asked. */
    this.formats = params.formats ?? [];
    this.taken = params.taken ?? [];
  }

  cancel() {
    this.#isCancelled = true;
  }

  get isCancelled() {
    return this.#isCancelled;
  }

  /** `await context.check()` now and then in long loops: it lets the plugin hear what the host says, and throws `Cancelled` when the
  host has cancelled the call. */
  async check() {
    await new Promise((resume) => setImmediate(resume));
    if (this.#isCancelled) throw new Cancelled("cancelled");
  }

  /** A line for the log of the run: "debug", "info", "warning" or "error". */
  log(message, level = "info") {
    this.#wire?.send({ method: "$/log", params: { level, message: String(message) } });
  }

  /** Says that the answer rests on `what` besides the call, the dossier and the files of the settings: another program, the network, the
  time. It does not stand for a later call then, though the plugin is `repeatable`. */
  restsOnMore(what) {
    const params = { level: "debug", message: `the answer rests on ${what}`, parent: this.#request, once: true };
    this.#wire?.send({ method: "$/log", params });
  }

  /** How far the work is; a sign of life in work that takes longer than a minute. */
  progress(done, total, message = "") {
    this.#wire?.send({ method: "$/progress", params: { parent: this.#request, done, ...(total !== undefined && { total }), message } });
  }

  spent(times) {
    const sum = Object.values(times).reduce((left, right) => left + right, 0);
    const message = `${Object.keys(times).length} rules checked in ${sum} µs`;
    this.#wire?.send({ method: "$/log", params: { level: "debug", message, parent: this.#request, ruleMicroseconds: times } });
  }

  /** All tables of the dossier, each `{ schema, rowCount }`. */
  async tables() {
    return this.#wire ? (await this.#wire.ask("dossier/tables", { parent: this.#request })).tables : [];
  }

  /** Reads a table that the manifest does not name, or some of its columns. */
  async read(table, columns) {
    if (!this.#wire) return [];
    const opened = await this.#wire.ask("dossier/read", { parent: this.#request, table, ...(columns && { columns }) });
    return pull(this.#wire, { schema: opened.schema, stream: opened.stream });
  }

  /** The answer to a question in SQL over all tables of the dossier; `parameters` are the values of `:name`. Numbers are exact: amounts
  come as text, for `row.decimal`. */
  async query(question, parameters = {}) {
    const asked = this.#question(question, parameters);
    if (!this.#wire) throw new Error("without a host there is nobody to ask; test what is made of the answer instead");
    return pull(this.#wire, await this.#wire.ask("dossier/query", asked));
  }

  /** The pointers of the cells that the answer to a question in SQL rests on, the first 200, for `fact(…, { cells })`: who reads the
  figure is led to them. None where the host cannot say. */
  async cells(question, parameters = {}) {
    const asked = { ...this.#question(question, parameters), cells: true };
    if (!this.#wire) return [];
    const rows = await pull(this.#wire, await this.#wire.ask("dossier/query", asked));
    // A host that does not know `cells` answers the question itself.
    return rows.filter((row) => Object.keys(row.cells).join() === "cell").map((row) => row.cells.cell);
  }

  /** While settings are checked: what is wrong with a query, `{ mistakes, columns }`. Nothing is run. `parameters` are their types. A host
  that cannot say finds no mistakes. */
  async checkQuery(question, parameters = {}) {
    if (!this.#wire?.hostChecksQueries) return { mistakes: [] };
    return this.#wire.ask("dossier/check", { parent: this.#request, sql: question, parameters });
  }

  #question(question, parameters) {
    for (const [name, value] of Object.entries(parameters)) refuseFraction(value, `the parameter "${name}" of the query`);
    const values = Object.entries(parameters).map(([name, value]) => [name, value instanceof Decimal ? { decimal: `${value}` } : value]);
    return { parent: this.#request, sql: question, parameters: Object.fromEntries(values) };
  }
}

// MARK: - The plugin

/** A program that plays one role or more. `reusable` says that nothing of a review stays in it, neither in memory nor in its folder, so
that its process may serve one review after another; `repeatable` that equal calls have equal answers, so that an answer may stand for a
later call: it rests on the call, the dossier and the files of the settings, and on nothing else. */
export class Plugin {
  #roles = new Map();
  #rules = [];

  constructor(name, { version = "0.1.0", description = "", reusable = false, repeatable = false } = {}) {
    Object.assign(this, { name, version, description, reusable, repeatable });
  }

  /** A role that judges: its function takes (dossier, settings, context) and yields findings and facts, or returns a whole assessment.
  `settings` are the settings with their defaults: a whole number stays one, a `decimal` is exact. Without a function it checks its
  rules and nothing else. `deprecated` says that the role goes: `[since, until]`, two versions of the plugin, with `instead`, what to
  use in its place. */
  scorer(settled = {}, body = () => []) {
    const { reads = [], requires = [], ...more } = described("scorer", settled);
    return this.#role("scorer", { reads, requires }, more, body);
  }

  /** A role that fills tables: its function takes (settings, dossier, context) and returns `{ table: [row, …] }`, each row an object; a
  table may also be `{ columns: [{ name, type }, …], rows, places }`, where a row may be a list of cells and `rows` a generator, async or
  not, which is read page by page; one place a row, such as `{ file: "budget.xlsx", sheet: "明细", cell: "A7" }`, or
  `{ pointer: "/config/text", line: 7 }` of a text among the settings. What could not be read is said by findings: the function may
  return `[tables, [finding, …]]`. */
  source(settled, body) {
    const { reads = [], writes = [], ...more } = described("source", settled);
    return this.#role("source", { reads, writes }, more, body);
  }

  /** A role that writes files: its function takes (review, dossier, settings, folder, context), writes into `folder` and yields
  `[path, media type]`, or `[path, media type, format]` where the path's ending is not the format. `review` names the parts of the review
  that it wants, such as "findings". `context.formats` are those that are wanted; `takes` are formats of earlier renderers that this one
  makes its own from, whose files are `context.taken`. `onRequest` are formats that are written only when somebody names them. It may
  yield `failure(…)`, and with `finds` findings. */
  renderer(settled, body) {
    const { reads = [], writes = [], review, takes = [], onRequest = [], finds = false, ...more } = described("renderer", settled);
    const role = {
      reads,
      writes,
      ...(review && { review }),
      ...(takes.length && { takes }),
      ...(onRequest.length && { onRequest }),
      ...(finds && { finds }),
    };
    return this.#role("renderer", role, more, body);
  }

  /** Further checks of a role's settings: the function takes (settings, context) and yields what `mistake` gives. It is called once the
  settings fit; `context` has the form, and `checkQuery`. */
  checks(body, role = this.name) {
    if (typeof body !== "function") throw new TypeError("plugin.checks(function[, role]) needs a function");
    const known = this.#roles.get(role);
    if (!known) throw new Error(`there is no role "${role}" yet; say plugin.scorer(…) before plugin.checks(…)`);
    known.checks = body;
    return this;
  }

  /** A rule of a scorer, which a spec may switch off, weigh anew or give values of its own: its function takes (dossier, settings,
  context) and yields what `remark` gives; `context.parameters` are its values. It is not called where the spec has switched it off.
  Rules are checked in the order in which they are written, after the scorer's own function.

  `id` is "area/name"; `title` and `manual` are `{ zh, en }`, or a text that stands for both; `manual` says what is compared with what,
  what the rule does not see, and its source; `parameters` are values that a town may set, with their defaults; `examples` are `bad(…)`
  and `good(…)`, for `pingshen rules explain`. `aliases` are ids that it had before: specs that still have one keep working and are told.
  `deprecated` says that it goes: `[since, until]`, two versions of the plugin, with `instead`. `role` is the scorer's name, where the
  plugin has several. */
  rule(id, severity, { title, manual, parameters = {}, examples = [], aliases = [], deprecated: versions, instead, role } = {}, body) {
    if (!severities.includes(severity)) throw new Error(`the rule "${id}" has the severity "${severity}"; there are: ${severities.join(", ")}`);
    if (this.#rules.some((rule) => rule.id === id)) throw new Error(`there are two rules "${id}"`);
    if (!title || typeof body !== "function") throw new Error(`the rule "${id}" needs a title, { zh, en }, and a function`);
    const values = Object.entries(parameters).map(([name, value]) => [name, value instanceof Parameter ? value : parameter(value)]);
    const words = {
      title: bothLanguages(title, `the title of the rule "${id}"`),
      ...(manual && { manual: bothLanguages(manual, `the manual of the rule "${id}"`) }),
    };
    for (const [name, { value }] of values) refuseFraction(value, `the parameter "${name}" of the rule "${id}"`);
    const told = { id, severity, ...words, ...deprecation(versions, instead), ...(aliases.length && { aliases }) };
    this.#rules.push({ id, severity, role, told, parameters: Object.fromEntries(values), examples, body });
    return this;
  }

  #role(kind, role, { name = this.name, settings = {}, summary = this.description || name, deprecated: versions, instead, ...other }, body) {
    const unknown = Object.keys(other)[0];
    if (unknown) throw new Error(`a ${kind} has no "${unknown}"`);
    if (typeof body !== "function") throw new Error(`the ${kind} "${name}" needs a function`);
    if (!isRecord(settings)) throw new TypeError(`settings are names with their defaults, such as settings: { step: 10 }; this was ${shown(settings)}`);
    for (const [word, value] of Object.entries(role)) requireNames(word, value);
    for (const [key, value] of Object.entries(settings)) requireDefault(key, value);
    const description = { kind, name, summary, ...role, configSchema: schema(settings), idempotent: true, ...deprecation(versions, instead) };
    const defaults = Object.entries(settings).map(([key, value]) => [key, value instanceof DeprecatedSetting ? value.value : value]);
    this.#roles.set(name, { description, defaults: Object.fromEntries(defaults), body });
    return this;
  }

  get manifest() {
    return { protocolVersions, plugin: this.identity, roles: this.roles };
  }

  get identity() {
    return { name: this.name, version: this.version, description: this.description, kit: `node ${version}` };
  }

  get roles() {
    return [...this.#roles.values()].map((role) => role.description);
  }

  get hasRules() {
    return this.#rules.length > 0;
  }

  reads(role) {
    const { reads, requires = [] } = this.#roles.get(role).description;
    return [...new Set([...reads, ...requires])];
  }

  kind(role) {
    return this.#roles.get(role)?.description.kind;
  }

  /** Speaks the protocol on standard input and output until the host is done. With `import.meta.url` it does so only where the file is
  the program that was started, and not where a test imports it. */
  async run(url) {
    if (url !== undefined && !isMain(url)) return;
    const [word, path] = process.argv.slice(2);
    if (word === "--plugin-manifest") {
      writeAll(JSON.stringify(this.manifest) + "\n");
      return;
    }
    if (word === "--plugin-listen" && path) return this.#listen(path);
    if (process.stdin.isTTY) {
      process.stderr.write(`${this.name} ${this.version} is a Pingshen plugin (${this.description}); \`pingshen run\` starts it.\n`);
      process.exit(64);
    }
    // From now on a stray print goes to standard error, wherever it comes from.
    Object.defineProperty(process, "stdout", { get: () => process.stderr, configurable: true });
    globalThis.console = new Console(process.stderr, process.stderr);
    new Wire(this, process.stdin, writeAll).serve();
  }

  /** Waits for one host at a Unix socket, so that the plugin can be started in a debugger. */
  #listen(path) {
    if (fs.existsSync(path) && fs.statSync(path).isSocket()) fs.unlinkSync(path);
    const server = net.createServer((host) => {
      server.close();
      new Wire(this, host, (text) => host.write(text)).serve();
    });
    server.listen(path, () => process.stderr.write(`${this.name} listens; now run: PINGSHEN_ATTACH=${this.name}=${path} pingshen run SPEC\n`));
  }

  /** The assessment of a dossier given as `{ fields: {…}, tables: { name: [row, …] } }`, without any host. `rules` are what a spec would
  set for their parameters, `{ "area/name": { step: 5 } }`, and `off` those that it would switch off. As from a host, only the tables that
  the role reads are there; the columns of a table are those that its rows have between them. */
  async test({ fields = {}, tables = {} } = {}, settings = {}, { role = this.roles[0]?.name, rules = {}, off = [] } = {}) {
    const mistakes = await this.validate(role, settings);
    if (mistakes.length) throw new Error(mistakes.map((one) => `${one.pointer}: ${one.message.en}`).join("; "));
    // As the host sends them: the tables that the role reads, each row with every column of its table.
    const reads = this.reads(role);
    const rows = Object.entries(tables).filter(([name]) => reads.includes(name)).map(([name, list]) => {
      const empty = Object.fromEntries(list.flatMap((cells) => Object.keys(cells).map((key) => [key, null])));
      return [name, list.map((cells, index) => new Row(name, index, { ...empty, ...cells }))];
    });
    return this.score(role, new Dossier(fields, new Map(rows), reads), settings, new Context(null, null), { rules, off });
  }

  // What the wire asks

  async validate(role, config, context = new Context(null, null)) {
    const { defaults, checks } = this.#roles.get(role);
    config ??= {};
    if (!isRecord(config)) return [wrong("value/wrong-type", "", "设置应为键值表", "the settings must be a mapping")];
    const found = [];
    for (const [key, value] of Object.entries(config)) {
      if (!Object.hasOwn(defaults, key)) {
        const near = nearest(key, Object.keys(defaults));
        found.push(wrong("value/unknown-key", "/" + key, `未知的键"${key}"`, `unknown key "${key}"`, near));
      } else if (!fits(value, defaults[key])) {
        const [[zh, en], [zhFound, enFound]] = [kindNames[kindOf(defaults[key])], foundWords(value)];
        found.push(wrong("value/wrong-type", "/" + key, `此处应为${zh}，实为${zhFound}`, `expected ${en}, found ${enFound}`));
      } else if (defaults[key] instanceof SQL) {
        const outline = await context.checkQuery(value, defaults[key].parameters);
        found.push(...(outline.mistakes ?? []).map((one) => ({ ...one, pointer: "/" + key })));
      }
    }
    if (checks && !found.some((one) => ["error", "blocker"].includes(one.severity))) {
      found.push(...(await gathered(checks(this.settings(role, config), context))));
    }
    return found;
  }

  settings(role, config) {
    const { defaults } = this.#roles.get(role);
    const given = isRecord(config) ? config : {};
    return Object.fromEntries(
      Object.entries({ ...defaults, ...given }).map(([key, value]) => [key, value instanceof SQL ? value.text : read(value, defaults[key])]),
    );
  }

  call(role, ...words) {
    return this.#roles.get(role).body(...words);
  }

  catalogue(role, examples) {
    return this.#rulesOf(role).map((rule) => {
      const parameters = Object.entries(rule.parameters).map(([name, one]) => {
        const title = { zh: one.zh || name, en: one.en || one.zh || name };
        return { name, title, default: one.value, ...(one.unit && { unit: one.unit }) };
      });
      const shown = examples && rule.examples.length ? { examples: rule.examples } : {};
      return { ...rule.told, ...(parameters.length && { parameters }), ...shown };
    });
  }

  #rulesOf(role) {
    const first = this.roles.find((one) => one.kind === "scorer")?.name;
    return this.#rules.filter((rule) => (rule.role ?? first) === role);
  }

  async score(role, dossier, config, context, { rules, off } = {}) {
    const settings = this.settings(role, config);
    let assessment = { findings: [], facts: [], adjustments: [], scores: [] };
    const result = await outspoken(`the scorer "${role}"`, () => this.call(role, dossier, settings, context));
    if (isRecord(result) && !isGenerator(result) && !yielded.some(([kind]) => kind in result)) {
      const unknown = Object.keys(result).find((key) => !assessmentKeys.includes(key));
      if (unknown !== undefined) throw new Error(`an assessment has no "${unknown}"; there are: ${assessmentKeys.join(", ")}`);
      assessment = Object.fromEntries(Object.entries(result).map(([key, list]) => [key, Array.isArray(list) ? [...list] : list]));
    } else {
      const owner = `the scorer "${role}"`;
      for await (const item of listed(result, owner, saidByScorers)) sortIn(assessment, item, owner, context);
    }
    const times = {};
    for (const rule of this.#rulesOf(role)) {
      // A blocker is never off, whatever a host says.
      if ((off ?? []).includes(rule.id) && rule.severity !== "blocker") continue;
      const start = process.hrtime.bigint();
      const count = (assessment.findings ??= []).length;
      const given = rules?.[rule.id] ?? {};
      context.parameters = Object.fromEntries(
        Object.entries(rule.parameters).map(([name, one]) => [name, Object.hasOwn(given, name) ? read(given[name], one.value) : one.value]),
      );
      const owner = `the rule "${rule.id}"`;
      const said = await outspoken(owner, () => rule.body(dossier, settings, context));
      for await (const item of listed(said, owner, saidByRules)) {
        const found = item.finding;
        if (found?.rule && found.rule !== rule.id) {
          const other = "the function of a rule yields remark({ … }), which has its id; make another rule of the other";
          throw new Error(`${owner} yields a finding of "${found.rule}"; ${other}`);
        }
        sortIn(assessment, found ? { finding: { ...found, rule: rule.id, severity: found.severity || rule.severity } } : item, owner, context);
      }
      times[rule.id] = Number((process.hrtime.bigint() - start) / 1000n);
      if (assessment.findings.length > count) (assessment.rules ??= []).push(rule.told);
    }
    if (Object.keys(times).length) context.spent(times);
    return assessment;
  }
}

/** What a function of a scorer or a rule yields, and where it stands in an assessment; and all that an assessment has. */
const yielded = [["finding", "findings"], ["fact", "facts"], ["adjustment", "adjustments"]];
const assessmentKeys = ["findings", "facts", "adjustments", "scores", "rules"];
const saidByScorers = "a scorer yields what info, warning, error, blocker and fact give";
const saidByRules = "the function of a rule yields what remark and fact give";

/** How many findings and facts were made. */
let made = 0;

/** What a function gives. One that makes a finding and hands none over has forgotten a word; of one that waits nobody can tell whose it is. */
function outspoken(owner, body) {
  const before = made;
  const given = body();
  if (given === undefined && made !== before) {
    throw new Error(`${owner} makes findings or facts and hands none over; write \`yield\` before them in a function*, or return them in a list`);
  }
  return given;
}

/** What a function yields, or returns as a list; one thing stands for a list of one. */
async function* listed(given, owner, allowed) {
  if (given === undefined || given === null) return;
  const isOne = isRecord(given) && !isGenerator(given);
  if (!isOne && (typeof given === "string" || !isGenerator(given))) {
    throw new TypeError(`${owner} returns ${shown(given)}; ${allowed}, or returns a list of them`);
  }
  for await (const item of isOne ? [given] : given) {
    if (!isRecord(item) || !yielded.some(([kind]) => isRecord(item[kind]))) throw new TypeError(`${owner} yields ${shown(item)}; ${allowed}`);
    yield item;
  }
}

function sortIn(assessment, item, owner, context) {
  if (context.isCancelled) throw new Cancelled("cancelled");
  for (const [kind, list] of yielded) {
    if (!(kind in item)) continue;
    if (kind === "finding" && !item.finding.rule) {
      throw new Error(`${owner}: \`remark\` is for the functions of rules; use info, warning, error or blocker with a rule's id`);
    }
    (assessment[list] ??= []).push(item[kind]);
  }
}

/** What a role is described by, where it stands: before its function. */
function described(kind, settled) {
  if (!isRecord(settled)) throw new TypeError(`plugin.${kind}({ … }, function): what it reads or writes comes first; this was ${shown(settled)}`);
  return settled;
}

// MARK: - The wire

/** Takes lines and serves requests side by side, as far as one thread can: `await` lets the next line in. */
class Wire {
  #plugin;
  #input;
  #write;
  #locale = "zh";
  #isReady = false;
  #hostTakesLists = false;
  #opened = 0;
  #nextID = 1;
  #waiting = new Map();
  #serving = new Map();
  #streams = new Map();
  hostChecksQueries = false;

  constructor(plugin, input, write) {
    this.#plugin = plugin;
    this.#input = input;
    this.#write = write;
  }

  serve() {
    let parts = [];
    let length = 0;
    this.#input.on("data", (chunk) => {
      let start = 0;
      for (let end = chunk.indexOf(10, start); end >= 0; end = chunk.indexOf(10, start)) {
        parts.push(chunk.subarray(start, end));
        const line = parts.length === 1 ? parts[0] : Buffer.concat(parts);
        [parts, length, start] = [[], 0, end + 1];
        this.#take(line);
      }
      if (start < chunk.length) {
        parts.push(chunk.subarray(start));
        length += chunk.length - start;
        if (length > lineBytes) this.#violation(`a line of more than ${lineBytes} bytes`);
      }
    });
    this.#input.on("end", () => process.exit(0));
    this.#input.on("error", () => process.exit(0));
  }

  send(message) {
    this.#write(dump({ jsonrpc: "2.0", ...message }) + "\n");
  }

  /** Asks the host and waits for its reply. */
  ask(method, params) {
    const id = this.#nextID++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.send({ id, method, params });
    });
  }

  #violation(reason) {
    this.send({ id: null, error: { code: -32700, message: reason } });
    process.exit(1);
  }

  #take(bytes) {
    let message;
    try {
      const line = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      if (!line.trim()) return;
      message = parse(line);
    } catch (problem) {
      return this.#violation(`not JSON: ${problem.message}`);
    }
    const { method, id } = message;
    const params = isRecord(message.params) ? message.params : {};
    if (method === undefined) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      const error = message.error;
      if (error) waiting?.reject(new RPCError(error.code, error.message, error.data?.kind, error.data));
      else waiting?.resolve(message.result);
    } else if (id !== undefined) {
      const context = new Context(this, id, params, this.#locale);
      this.#serving.set(id, context);
      this.#answer(method, id, params, context);
    } else if (method === "$/cancel") {
      this.#serving.get(params.id)?.cancel();
    }
  }

  async #answer(method, id, params, context) {
    let line;
    try {
      const result = await this.#result(method, "more" in params ? await whole(this, params) : params, context);
      line = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result instanceof Written ? result.text : dump(this.#short(result))}}\n`;
    } catch (problem) {
      line = JSON.stringify({ jsonrpc: "2.0", id, error: errorObject(context.isCancelled ? new Cancelled() : problem) }) + "\n";
    }
    this.#serving.delete(id);
    this.#write(line);
  }

  async #result(method, params, context) {
    if (method === "initialize") return this.#initialize(params);
    if (!this.#isReady) throw new RPCError(-32001, 'the first message must be "initialize"');
    if (method === "shutdown") return {};
    if (method === "stream/next") {
      const next = await this.#streams.get(params.stream)?.next();
      if (!next || next.done) throw new RPCError(-32007, `there is no open stream "${params.stream}"`);
      return next.value;
    }
    if (method === "stream/close") {
      this.#streams.get(params.stream)?.return?.();
      this.#streams.delete(params.stream);
      return {};
    }
    const kinds = { "config/validate": null, "source/open": "source", "scorer/score": "scorer", "renderer/render": "renderer" };
    // A plugin without rules does not know the question.
    if (this.#plugin.hasRules) kinds["rules/list"] = null;
    if (!Object.hasOwn(kinds, method)) throw new RPCError(-32601, `unknown method "${method}"`);
    const { role, config } = params;
    const kind = typeof role === "string" ? this.#plugin.kind(role) : undefined;
    if (!kind) throw new RPCError(-32602, `${this.#plugin.name} has no role ${JSON.stringify(role)}`, "user");
    if (kinds[method] && kinds[method] !== kind) throw new RPCError(-32602, `the role "${role}" is no ${kinds[method]}`, "user");
    if (method === "config/validate") return { diagnostics: await this.#plugin.validate(role, config, context) };
    if (method === "rules/list") return { rules: this.#plugin.catalogue(role, params.examples === true) };
    if (method === "source/open") {
      const dossier = await this.#dossier({ dossier: {}, ...params }, role);
      const said = await this.#plugin.call(role, this.#plugin.settings(role, config), dossier, context);
      const [tables, findings] = Array.isArray(said) ? said : [said, []];
      for (const one of findings ?? []) {
        if (isRecord(one?.finding)) continue;
        throw new TypeError(`the source "${role}" says ${shown(one)}; beside its tables it returns a list of what info, warning, error and blocker give`);
      }
      return { tables: await this.#open(tables), ...(findings?.length && { findings: findings.map((one) => one.finding) }) };
    }
    const dossier = await this.#dossier(params, role);
    if (method === "scorer/score") return this.#plugin.score(role, dossier, config, context, params);
    const settings = this.#plugin.settings(role, config);
    return rendering(await this.#plugin.call(role, params.review, dossier, settings, params.scratchDirectory, context), role);
  }

  #initialize(params) {
    const offered = params.protocolVersions;
    if (!Array.isArray(offered)) throw new RPCError(-32602, 'initialize: missing key "protocolVersions"');
    const common = protocolVersions.filter((one) => offered.includes(one));
    if (!common.length) {
      throw new RPCError(-32002, `${this.#plugin.name} speaks protocol [${protocolVersions}], the host offers [${offered}]`, "user", {
        help: "update the plugin or pingshen, so that they share a version of the protocol",
      });
    }
    const known = params.capabilities ?? [];
    [this.#locale, this.#isReady] = [params.locale ?? "zh", true];
    [this.#hostTakesLists, this.hostChecksQueries] = [known.includes("lists"), known.includes("queryCheck")];
    return {
      protocolVersion: Math.max(...common),
      plugin: this.#plugin.identity,
      roles: this.#plugin.roles,
      capabilities: [...capabilities, ...["reusable", "repeatable"].filter((name) => this.#plugin[name])],
    };
  }

  /** A long assessment as the host can take it: of each list the beginning, and `more`, the streams of the rest. */
  #short(result) {
    if (!this.#hostTakesLists || !isRecord(result)) return result;
    const lists = Object.entries(result).filter(([, list]) => Array.isArray(list));
    const texts = lists.map(([key, list]) => [key, list.map(dump)]);
    if (texts.reduce((sum, [, items]) => sum + items.reduce((all, text) => all + text.length, 0), 0) <= wholeCharacters) return result;
    const [shortened, more] = [{ ...result }, {}];
    for (const [key, items] of texts) {
      let room = Math.floor(wholeCharacters / texts.length);
      let count = 0;
      while (count < items.length && room >= items[count].length) room -= items[count++].length;
      if (count === items.length) continue;
      shortened[key] = result[key].slice(0, count);
      more["/" + key] = this.#stream(listPages(items, count));
    }
    return { ...shortened, more };
  }

  #stream(pages) {
    const name = `s${++this.#opened}`;
    this.#streams.set(name, pages);
    return name;
  }

  async #dossier(params, role) {
    if (!isRecord(params.dossier)) throw new RPCError(-32602, 'missing key "dossier"');
    const tables = new Map();
    for (const [name, table] of Object.entries(params.dossier.tables ?? {})) tables.set(name, await pull(this, table));
    return new Dossier(params.dossier.fields ?? {}, tables, this.#plugin.reads(role));
  }

  async #open(tables) {
    if (!isRecord(tables)) throw new TypeError(`a source returns { table: [row, …] }, or [that, findings]; this was ${shown(tables)}`);
    const opened = [];
    for (const [name, table] of Object.entries(tables)) {
      const isWhole = isRecord(table) && "rows" in table;
      let rows = isWhole ? table.rows : table;
      let columns = isWhole ? table.columns : undefined;
      if (!columns) {
        rows = await gathered(rows);
        const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
        columns = names.map((key) => ({ name: key, type: columnType(rows, key) }));
      }
      const pages = tablePages(columns.map((column) => column.name), rows, isWhole ? table.places : undefined);
      opened.push({ schema: { name, columns }, stream: this.#stream(pages) });
    }
    return opened;
  }
}

function errorObject(problem) {
  if (problem instanceof Cancelled) return new RPCError(-32008, "cancelled", "transient").wire;
  if (problem instanceof RPCError) return problem.wire;
  const name = problem?.constructor?.name ?? "Error";
  // Where it happened: the places in the author's own files.
  const detail = String(problem?.stack ?? "").split("\n").filter((line) => !line.includes("node:internal")).slice(0, 6).join("\n");
  // The table may be one that the plugin is not for: that is for whoever reads the message to say.
  if (problem instanceof NoColumn) return new RPCError(-32011, problem.message, "user", { detail }).wire;
  return new RPCError(-32011, `${name}: ${problem?.message ?? problem}`, "bug", { detail }).wire;
}

/** What a renderer's function yields, as the host takes it. */
async function rendering(said, role) {
  const result = { artifacts: [] };
  for await (const item of typeof said === "string" ? [said] : said ?? []) {
    if (isRecord(item) && item.failure) (result.failures ??= []).push(item.failure);
    else if (isRecord(item) && item.finding) (result.findings ??= []).push(item.finding);
    else if (Array.isArray(item) && [2, 3].includes(item.length) && item.every((word) => typeof word === "string")) {
      result.artifacts.push({ path: item[0], mediaType: item[1], ...(item[2] && { format: item[2] }) });
    } else {
      throw new TypeError(
        `the renderer "${role}" yields ${shown(item)}; it yields [path, media type], such as ["report.txt", "text/plain"], or [path, media type, format]`,
      );
    }
  }
  return result;
}

/** All rows of a table on the wire: its first page and, where there is more, its stream to the end. */
async function pull(wire, table) {
  const names = table.schema.columns.map((column) => column.name);
  const rows = [];
  let page = table.page;
  for (;;) {
    for (let row = 0; row < (page?.rows ?? 0); row += 1) {
      const cells = Object.fromEntries(names.map((name, column) => [name, page.columns[column][row]]));
      rows.push(new Row(table.schema.name, rows.length, cells));
    }
    if (page?.done || !table.stream) return rows;
    page = await wire.ask("stream/next", { stream: table.stream });
  }
}

/** The parameters with everything that their `more` names, pulled and put where it belongs. */
async function whole(wire, { more, ...params }) {
  for (const [pointer, stream] of Object.entries(more ?? {})) {
    let target = params;
    for (const token of pointer.split("/").slice(1)) target = target[token.replaceAll("~1", "/").replaceAll("~0", "~")];
    let page;
    do {
      page = await wire.ask("stream/next", { stream });
      if (Array.isArray(target)) for (const item of page.items) target.push(item);
      else for (const { key, value } of page.items) target[key] = value;
    } while (!page.done);
  }
  return params;
}

/** JSON that is written already. */
class Written {
  constructor(text) {
    this.text = text;
  }
}

/** The pages of a table, read from its rows as they are asked for. */
async function* tablePages(names, rows, places) {
  const [source, marks] = [iterator(rows), iterator(places ?? [])];
  let [start, number, count, waiting, placed] = [0, 0, pageRows, [], []];
  for (;;) {
    // One row more than the page holds, to know whether it is the last.
    await fill(waiting, source, count + 1);
    await fill(placed, marks, count + 1);
    const part = waiting.slice(0, count);
    const page = { seq: number, rows: part.length, columns: columnsOf(names, part, start), done: waiting.length <= count };
    if (places !== undefined) page.places = placed.slice(0, part.length);
    if (page.done) page.totalRows = start + part.length;
    const text = dump(page);
    if (text.length > pageCharacters && part.length > 1) {
      count = Math.max(1, Math.floor(part.length / 2));
      continue;
    }
    yield new Written(text);
    if (page.done) return;
    [waiting, placed, start, number] = [waiting.slice(count), placed.slice(count), start + part.length, number + 1];
  }
}

async function fill(list, source, count) {
  while (list.length < count) {
    const { done, value } = await source.next();
    if (done) return;
    list.push(value);
  }
}

/** The cells of rows, column by column; a row is an object, or a list in the order of the columns. */
function columnsOf(names, rows, start) {
  rows.forEach((row, index) => {
    if (Array.isArray(row) && row.length !== names.length) {
      throw new RangeError(`row ${start + index} has ${row.length} cells, the table ${names.length} columns`);
    }
  });
  return names.map((name, column) =>
    rows.map((row, index) => {
      const cell = (Array.isArray(row) ? row[column] : row[name]) ?? null;
      refuseFraction(cell, `row ${start + index}, ${name}`);
      return cell;
    }),
  );
}

/** The rest of a list, whose elements are JSON already. */
function* listPages(items, start) {
  for (let number = 0; start < items.length; number += 1) {
    let end = start + 1;
    let room = pageCharacters - items[start].length;
    while (end < items.length && room >= items[end].length) room -= items[end++].length;
    const isLast = end === items.length;
    const total = isLast ? `,"total":${items.length}` : "";
    yield new Written(`{"seq":${number},"items":[${items.slice(start, end).join(",")}],"done":${isLast}${total}}`);
    start = end;
  }
}

// MARK: - Small things

/** JSON with its figures as they stand: a number that JavaScript would round stays text. */
export function parse(text) {
  if (!/[-0-9][.eE]|[0-9]{16}/.test(text)) return JSON.parse(text);
  const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/g, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) && !/[.eE]/.test(token) ? token : `"${token}"`,
  );
  return JSON.parse(exact);
}

function deprecation(versions, instead) {
  const known = (versions ?? []).filter((one) => one);
  return known.length ? { deprecated: known, ...(instead && { instead }) } : {};
}

const kindNames = {
  boolean: [" true 或 false", "true or false"],
  integer: ["整数", "a whole number"],
  decimal: ["数字", "a number"],
  array: ["列表", "a list"],
  object: ["键值表", "a mapping"],
  string: ["文字", "text"],
  any: ["", ""],
};

/** A value of a spec in words, in both languages. */
function foundWords(value) {
  if (value === null) return ["空值", "nothing"];
  if (typeof value === "object") return kindNames[kindOf(value)];
  const text = String(value);
  const words = `"${text.length <= 40 ? text : text.slice(0, 39) + "…"}"`;
  return [words, words];
}

/** A value of a program in a message. */
function shown(value) {
  const text = inspect(value, { breakLength: Infinity, depth: 1 });
  return text.length <= 60 ? text : text.slice(0, 59) + "…";
}

/** Words in both languages; a text stands for both. */
function bothLanguages(value, owner) {
  if (typeof value === "string") return { zh: value, en: value };
  if (!isRecord(value) || (value.zh ?? value.en) === undefined) {
    throw new TypeError(`${owner} is { zh: "…", en: "…" }, or a text that stands for both; this was ${shown(value)}`);
  }
  return { zh: value.zh ?? value.en, en: value.en ?? value.zh };
}

function requireNames(word, value) {
  if (typeof value !== "boolean" && !Array.isArray(value)) {
    throw new TypeError(`${word} is a list of names, such as ${word}: ["lines"]; this was ${shown(value)}`);
  }
}

function kindOf(value) {
  if (value === null || value === undefined) return "any";
  if (value instanceof Decimal) return "decimal";
  if (value instanceof SQL || typeof value === "string") return "string";
  if (typeof value === "number") return "integer";
  if (typeof value === "boolean") return "boolean";
  return Array.isArray(value) ? "array" : "object";
}

function requireDefault(key, value) {
  refuseFraction(value instanceof DeprecatedSetting ? value.value : value, `the setting "${key}"`);
}

/** Whoever writes 0.1 means a tenth, which JavaScript does not have. */
function refuseFraction(value, owner) {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new TypeError(`${owner}: ${value} is a binary fraction; write decimal("${value}")`);
  }
}

/** JSON; whole numbers of any size are text, as decimals are. */
function dump(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? part.toString() : part));
  }
}

function fits(value, standard) {
  const kind = kindOf(standard);
  if (kind === "any") return true;
  if (kind === "decimal") return Number.isSafeInteger(value) || (typeof value === "string" && /^[+-]?[0-9]+(\.[0-9]+)?$/.test(value));
  return kindOf(value) === kind;
}

/** A value of a spec, of the kind of its default: decimals come as text. */
function read(value, standard) {
  return standard instanceof Decimal && value !== null ? Decimal.of(value) : value;
}

function schema(settings) {
  const types = { decimal: ["number", "string"] };
  const properties = Object.entries(settings).map(([key, setting]) => {
    const value = setting instanceof DeprecatedSetting ? setting.value : setting;
    const kind = kindOf(value);
    const wire = setting instanceof DeprecatedSetting ? setting.wire : {};
    return [key, { default: value ?? null, ...(kind !== "any" && { type: types[kind] ?? kind }), ...wire }];
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function columnType(rows, key) {
  const cells = rows.map((row) => row[key]).filter((cell) => cell !== undefined && cell !== null);
  const all = (test) => cells.length > 0 && cells.every(test);
  if (all((cell) => typeof cell === "boolean")) return "boolean";
  if (all((cell) => Number.isSafeInteger(cell))) return "integer";
  if (all((cell) => cell instanceof Decimal || Number.isSafeInteger(cell) || typeof cell === "bigint")) return "decimal";
  return all(Array.isArray) ? "texts" : "text";
}

function wrong(code, pointer, zh, en, near) {
  const help = near && { help: { zh: `是不是"${near}"？`, en: `did you mean "${near}"?` } };
  return { severity: "error", code, message: { zh, en }, pointer, ...help };
}

/** The word among `known` that differs in a letter or two, an exchange counted once. */
function nearest(word, known) {
  const far = (left, right) => {
    const rows = [Array.from({ length: right.length + 1 }, (_, index) => index)];
    for (let i = 1; i <= left.length; i += 1) {
      rows.push([i]);
      for (let j = 1; j <= right.length; j += 1) {
        const same = left[i - 1] === right[j - 1] ? 0 : 1;
        let best = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
        if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) best = Math.min(best, rows[i - 2][j - 2] + 1);
        rows[i].push(best);
      }
    }
    return rows[left.length][right.length];
  };
  const close = known.map((one) => [far(word, one), one]).filter(([steps, one]) => steps <= Math.max(1, Math.floor(one.length / 3)));
  return close.sort((left, right) => left[0] - right[0])[0]?.[1] ?? "";
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isGenerator(value) {
  return typeof value?.[Symbol.iterator] === "function" || typeof value?.[Symbol.asyncIterator] === "function";
}

function iterator(values) {
  if (!isGenerator(values)) throw new TypeError("rows are a list or a generator");
  return values[Symbol.asyncIterator]?.() ?? values[Symbol.iterator]();
}

async function gathered(values) {
  const list = [];
  for await (const value of (await values) ?? []) list.push(value);
  return list;
}

function isMain(url) {
  try {
    return fs.realpathSync(process.argv[1]) === fs.realpathSync(fileURLToPath(url));
  } catch {
    return false;
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes a whole line to the wire, however full the pipe is. A reader that is gone ends the plugin quietly. */
function writeAll(text) {
  let rest = Buffer.from(text, "utf8");
  while (rest.length) {
    try {
      rest = rest.subarray(fs.writeSync(1, rest));
    } catch (problem) {
      if (problem.code === "EPIPE") process.exit(0);
      if (problem.code !== "EAGAIN") throw problem;
      Atomics.wait(pause, 0, 0, 2);
    }
  }
}
