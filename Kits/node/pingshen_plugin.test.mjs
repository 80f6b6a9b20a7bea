// Tests of the kit without a host: `node --test` in this folder.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import * as kit from "./pingshen_plugin.mjs";
import {
  Context, Decimal, Dossier, NoColumn, NoTable, Plugin, Row, bad, blocker, decimal, deprecated, fact, good, mistake, parameter, remark, sql, warning,
} from "./pingshen_plugin.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

function roundNumbers() {
  const plugin = new Plugin("round-numbers", { description: "points at round amounts" });
  plugin.scorer({ reads: ["lines"], settings: { step: decimal("10000"), strict: false } }, function* (dossier, settings) {
    for (const line of dossier.rows("lines")) {
      const amount = line.decimal("amount");
      if (amount.remainder(settings.step).isZero) {
        yield warning("round/amount", { zh: "整数", en: "round", at: line.at("amount"), found: amount });
      }
    }
    yield fact("rows", dossier.rows("lines").length);
  });
  return plugin;
}

describe("decimals", () => {
  const text = (number) => number.toString();

  it("are exact, and keep their places", () => {
    assert.equal(text(decimal("0.1").plus("0.2")), "0.3");
    assert.equal(text(decimal("14017700.00").minus("0.01")), "14017699.99");
    assert.equal(text(decimal("-1.50").times("2.0")), "-3.000");
    assert.equal(text(Decimal.sum([decimal("1.10"), 2, "3"])), "6.10");
    assert.equal(text(decimal("-0.05").abs()), "0.05");
    assert.equal(text(decimal("7").negated()), "-7");
    assert.equal(text(decimal("123456789012345678901234567890.01")), "123456789012345678901234567890.01");
  });

  it("are divided and rounded half up, away from zero", () => {
    for (const [above, below, places, expected] of [
      ["1", "3", 2, "0.33"], ["2", "3", 2, "0.67"], ["1", "8", 2, "0.13"], ["-1", "8", 2, "-0.13"], ["1", "-8", 2, "-0.13"],
      ["10.00", "4", 0, "3"], ["0.005", "1", 2, "0.01"], ["1.00", "0.3333", 1, "3.0"], ["100", "7.000", 3, "14.286"],
    ]) {
      assert.equal(text(decimal(above).dividedBy(below, places)), expected, `${above} / ${below}`);
    }
    assert.equal(text(decimal("2.345").rounded(2)), "2.35");
    assert.equal(text(decimal("-2.345").rounded(2)), "-2.35");
    assert.equal(text(decimal("2").rounded(2)), "2.00");
    assert.throws(() => decimal(1).dividedBy("0.00", 2), /division by zero/);
    assert.throws(() => decimal(1).remainder(0), /division by zero/);
    assert.throws(() => decimal(1).dividedBy(3), /say to how many places/);
  });

  it("are compared by value", () => {
    assert.ok(decimal("1.0").equals("1.00") && decimal("1.01").isAbove(1) && decimal("-2").isBelow("-1.99"));
    assert.deepEqual(["3", "-1.5", "2.25"].map(decimal).sort((a, b) => a.compare(b)).map(text), ["-1.5", "2.25", "3"]);
    assert.equal(text(decimal("-7.5").remainder(2)), "-1.5");
  });

  it("cannot be mixed with binary fractions, nor be added by accident", () => {
    assert.throws(() => decimal(0.1), /binary fraction; write decimal\("0.1"\)/);
    assert.throws(() => decimal("1e5"), /is no decimal number/);
    assert.throws(() => decimal("12,50"), /is no decimal number/);
    assert.throws(() => decimal("1") + decimal("2"), /by their methods/);
    assert.throws(() => decimal("1") < decimal("2"), /by their methods/);
    assert.equal(`${decimal("1.50")}`, "1.50");
    assert.equal(JSON.stringify({ a: decimal("1.50") }), '{"a":"1.50"}');
    assert.throws(() => fact("x", 0.3), /the fact "x": 0.3 is a binary fraction/);
    assert.throws(() => new Plugin("p").scorer({ settings: { rate: 0.5 } }), /the setting "rate": 0.5 is a binary fraction/);
  });

  it("come out of JSON numbers digit by digit", () => {
    assert.deepEqual(kit.parse('{"a":1.10,"b":[12345678901234567890,-3],"c":"1.5 \\" 2.5","d":1e5}'), {
      a: "1.10", b: ["12345678901234567890", -3], c: '1.5 " 2.5', d: "1e5",
    });
    assert.deepEqual(kit.parse('{"a":9007199254740991}'), { a: 9007199254740991 });
  });
});

describe("in process", () => {
  it("findings point at the cell", async () => {
    const rows = [{ amount: "10000.00" }, { amount: "10000.01" }, { amount: "30000.00" }];
    const said = await roundNumbers().test({ tables: { lines: rows } });
    assert.deepEqual(said.findings.map((one) => one.pointers), [["/tables/lines/0/amount"], ["/tables/lines/2/amount"]]);
    assert.equal(said.findings[0].found, "10000.00");
    assert.equal(said.facts[0].value, 3);
  });

  it("settings have defaults and are checked", async () => {
    const plugin = roundNumbers();
    const rows = { tables: { lines: [{ amount: "500" }] } };
    assert.equal((await plugin.test(rows, { step: "250.00" })).findings.length, 1);
    await assert.rejects(plugin.test(rows, { stpe: 1 }), /\/stpe: unknown key "stpe"/);
    await assert.rejects(plugin.test(rows, { strict: "yes" }), /\/strict: expected true or false/);
    const [found] = await plugin.validate("round-numbers", { stpe: 1 });
    assert.equal(found.help.en, 'did you mean "step"?');
  });

  it("a function may be a generator, async or not, return a list, one thing, a whole assessment, or nothing", async () => {
    const one = warning("a/b", { zh: "一" });
    const bodies = [
      function* () { yield one; }, async function* () { yield one; }, () => [one], async () => [one], () => one, async () => one,
      () => ({ findings: [one.finding] }),
    ];
    for (const body of bodies) {
      const plugin = new Plugin("p").scorer({}, body);
      assert.deepEqual((await plugin.test()).findings.map((found) => found.rule), ["a/b"], String(body));
    }
    assert.deepEqual((await new Plugin("p").scorer({}, () => {}).test()).findings, []);
  });

  it("a query among the settings is held against the form, by a host that can", async () => {
    const plugin = new Plugin("p");
    plugin.scorer({ settings: { which: sql("SELECT id FROM lines WHERE amount > :limit", { limit: "decimal" }), table: "lines" } }, (dossier, settings) => [
      fact("which", settings.which),
    ]);
    plugin.checks(function* (settings, context) {
      if (context.form && !context.form.tables.some((table) => table.name === settings.table)) {
        yield mistake("table", { zh: "没有这张表", en: "there is no such table", line: 1, column: 2 });
      }
    });
    const asked = [];
    const host = {
      hostChecksQueries: true,
      ask: async (method, params) => {
        asked.push([method, params]);
        return { mistakes: params.sql.includes("amonut") ? [{ severity: "error", code: "query/unknown-column", line: 1, column: 8 }] : [] };
      },
    };
    const form = { fields: [], tables: [{ name: "lines", columns: [] }] };
    const check = (settings) => plugin.validate("p", settings, new Context(host, 7, { form }));
    const [wrong] = await check({ which: "SELECT amonut FROM lines" });
    assert.deepEqual([wrong.pointer, wrong.line, wrong.column], ["/which", 1, 8]);
    assert.deepEqual(asked[0], ["dossier/check", { parent: 7, sql: "SELECT amonut FROM lines", parameters: { limit: "decimal" } }]);
    const [table] = await check({ table: "lnies" });
    assert.deepEqual([table.pointer, table.message.en, table.column], ["/table", "there is no such table", 2]);
    host.hostChecksQueries = false;
    assert.deepEqual(await check({ which: "SELECT amonut FROM lines" }), []);
    assert.equal((await plugin.test()).facts[0].value, "SELECT id FROM lines WHERE amount > :limit");
    assert.throws(() => new Plugin("p").checks(() => []), /no role "p" yet/);
  });

  it("a fact names its cells, and what it was computed from", async () => {
    const made = fact("p.sum", decimal("3.00"), { zh: "合计", unit: "CNY", cells: ["/tables/t/0/a"], inputs: ["p.part"], calculation: "1.00 + 2.00 = 3.00" });
    assert.deepEqual(JSON.parse(JSON.stringify(made.fact)), {
      id: "p.sum", label: { zh: "合计", en: "合计" }, value: "3.00", unit: "CNY", sources: ["/tables/t/0/a"], inputs: ["p.part"],
      calculation: "1.00 + 2.00 = 3.00",
    });
    const answer = (name) => ({
      ask: async (method, params) => ({
        schema: { name: "query", columns: [{ name }] },
        page: { seq: 0, rows: 1, columns: [[params.cells ? "/tables/t/3/a" : "1"]], done: true },
      }),
    });
    assert.deepEqual(await new Context(answer("cell"), 7).cells("SELECT 1"), ["/tables/t/3/a"]);
    assert.deepEqual(await new Context(answer("sum"), 7).cells("SELECT 1"), [], "a host that does not know the word");
    assert.deepEqual(await new Context(null, null).cells("SELECT 1"), []);
    await assert.rejects(new Context(null, null).query("SELECT 1"), /nobody to ask/);
  });

  it("roles and settings that go say since when, until when and what instead", async () => {
    const plugin = new Plugin("p", { version: "1.3.0" });
    const settings = { limit: deprecated(5, "1.2", { until: "2.0", instead: "ceiling" }), ceiling: decimal(5) };
    plugin.scorer({ settings, deprecated: ["1.3", "3.0"], instead: { zh: "改用 q", en: "use q" } }, (dossier, given) => [fact("limit", given.limit)]);
    const [role] = JSON.parse(JSON.stringify(plugin.manifest)).roles;
    assert.deepEqual([role.deprecated, role.instead], [["1.3", "3.0"], { zh: "改用 q", en: "use q" }]);
    assert.deepEqual(role.configSchema.properties, {
      limit: { default: 5, type: "integer", deprecated: ["1.2", "2.0"], instead: "ceiling" },
      ceiling: { default: "5", type: ["number", "string"] },
    });
    assert.equal((await plugin.test({}, { limit: 7 })).facts[0].value, 7);
    assert.equal((await plugin.test()).facts[0].value, 5);
  });

  it("what no role has is refused when it is written", () => {
    assert.throws(() => new Plugin("p").scorer({ read: ["lines"] }), /a scorer has no "read"/);
    assert.throws(() => new Plugin("p").source({ writes: ["t"] }), /needs a function/);
  });
});

describe("rules", () => {
  const rows = { tables: { lines: [{ id: "L1", amount: "30.00" }, { id: "L2", amount: "-1.00" }] } };

  function plugin() {
    const made = new Plugin("p");
    made.scorer({ reads: ["lines"], settings: { strict: false } });
    made.rule("p/above", "warning", {
      title: { zh: "超过上限", en: "above the cap" },
      manual: { zh: "与上限比较", en: "held against the cap" },
      parameters: { cap: parameter(decimal("20.00"), { zh: "上限", en: "the cap", unit: "CNY" }) },
      examples: [bad("tables: {lines: [{amount: ↓21}]}", "21"), good("tables: {lines: [{amount: 20}]}")],
      aliases: ["p/over"], deprecated: ["1.1", "2.0"], instead: "p/excess",
    }, function* (dossier, settings, context) {
      for (const line of dossier.rows("lines")) {
        if (line.decimal("amount").isAbove(context.parameters.cap)) {
          yield remark({ zh: "超过", en: "above", at: line.at("amount"), severity: settings.strict ? "error" : "" });
        }
      }
    });
    made.rule("p/negative", "blocker", { title: { zh: "负数", en: "negative" } }, (dossier) =>
      dossier.rows("lines").filter((line) => line.decimal("amount").isNegative).map((line) => remark({ zh: "负数", at: line.at("amount") })),
    );
    return made;
  }

  const said = async (settings, more) =>
    (await plugin().test(rows, settings, more)).findings.map((one) => [one.rule, one.severity, ...one.pointers]);

  it("give their findings the id and the severity", async () => {
    assert.deepEqual(await said(), [["p/above", "warning", "/tables/lines/0/amount"], ["p/negative", "blocker", "/tables/lines/1/amount"]]);
    assert.equal((await said({ strict: true }))[0][1], "error");
    assert.deepEqual((await plugin().test(rows)).rules.map((rule) => rule.id), ["p/above", "p/negative"]);
  });

  it("are not called where they are off, unless they are blockers", async () => {
    assert.deepEqual((await said({}, { off: ["p/above", "p/negative"] })).map((one) => one[0]), ["p/negative"]);
  });

  it("have the values of the spec, or else the standard, exactly", async () => {
    assert.equal((await said({}, { rules: { "p/above": { cap: "30.00" } } })).length, 1);
    assert.equal((await said({}, { rules: { "p/above": { cap: "29.99" } } })).length, 2);
  });

  it("are told with their examples where they are wanted", () => {
    const [above, negative] = JSON.parse(JSON.stringify(plugin().catalogue("p", true)));
    assert.deepEqual(above, {
      id: "p/above", severity: "warning", title: { zh: "超过上限", en: "above the cap" },
      manual: { zh: "与上限比较", en: "held against the cap" }, deprecated: ["1.1", "2.0"], instead: "p/excess", aliases: ["p/over"],
      parameters: [{ name: "cap", title: { zh: "上限", en: "the cap" }, default: "20.00", unit: "CNY" }],
      examples: [{ spec: "tables: {lines: [{amount: ↓21}]}", messages: ["21"] }, { spec: "tables: {lines: [{amount: 20}]}" }],
    });
    assert.deepEqual(negative, { id: "p/negative", severity: "blocker", title: { zh: "负数", en: "negative" } });
    assert.equal("examples" in plugin().catalogue("p", false)[0], false);
  });

  it("that cannot be are refused at once", async () => {
    const made = plugin();
    const title = { zh: "", en: "" };
    assert.throws(() => made.rule("p/above", "info", { title }, () => []), /there are two rules "p\/above"/);
    assert.throws(() => made.rule("p/new", "bad", { title }, () => []), /has the severity "bad"; there are: info, warning, error, blocker/);
    assert.throws(() => made.rule("p/new", "info", { title }), /needs a title, \{ zh, en \}, and a function/);
    await assert.rejects(new Plugin("q").scorer({}, () => [remark({ zh: "无" })]).test(), /is for the functions of rules/);
  });

  it("hand over what they make, or are told of it", async () => {
    const title = { zh: "", en: "" };
    const silent = new Plugin("p").scorer({}, () => []).rule("p/one", "info", { title }, () => { remark({ zh: "一" }); });
    await assert.rejects(silent.test(), /the rule "p\/one" makes findings or facts and hands none over; write `yield`/);
    assert.throws(() => remark({ zh: "一", found: 0.1 }), /`found` of a remark/);
  });

  it("come after the scorer's own function", async () => {
    const made = plugin();
    made.scorer({ reads: ["lines"], settings: { strict: false } }, () => [blocker("p/other", { zh: "其他" })]);
    assert.deepEqual((await made.test(rows)).findings.map((one) => one.rule), ["p/other", "p/above", "p/negative"]);
  });
});

describe("a name that is wrong is an error with what was probably meant", () => {
  const rows = { tables: { lines: [{ id: "L1", amount: "30.00" }, { id: "L2", note: "n" }] } };
  const said = (body, reads = ["lines"]) => new Plugin("p").scorer({ reads }, body).test(rows);
  const message = (words) => (problem) => {
    assert.ok(problem.message.includes(words), problem.message);
    return true;
  };

  it("a column that the table lacks", () => {
    const row = new Row("lines", 0, { id: "L1", amount: null });
    for (const read of ["decimal", "text", "at"]) {
      assert.throws(() => row[read]("amuont"), (problem) => {
        assert.ok(problem instanceof NoColumn);
        assert.equal(problem.message, 'the table lines has no column "amuont"; did you mean "amount"? a column that may be missing is read with a fallback, row.text("amuont", "")');
        return true;
      });
    }
    assert.throws(() => row.decimal("executed"), message('no column "executed"; its columns: id, amount; a column'));
  });

  it("but not an empty cell, nor a column with a fallback", () => {
    const row = new Row("lines", 0, { id: "L1", amount: null });
    assert.deepEqual([`${row.decimal("amount")}`, row.text("amount"), row.cells.amount], ["0", "", null]);
    assert.deepEqual([`${row.decimal("spent", 7)}`, row.text("spent", "?"), row.text("spent", "")], ["7", "?", ""]);
    assert.deepEqual([`${row.decimal("amount", 7)}`, row.cells.spent, row.at()], ["7", undefined, "/tables/lines/0"]);
  });

  it("and rows of a test have the columns that they have between them", async () => {
    const { facts } = await said((dossier) => dossier.rows("lines").map((line) => fact(line.text("id"), line.text("note") + line.decimal("amount").toString())));
    assert.deepEqual(facts.map((one) => one.value), ["30.00", "n0"]);
  });

  it("a table that the role does not read, but not one that is absent", async () => {
    assert.equal((await said((dossier) => [fact("n", dossier.rows("history").length)], ["history"])).facts[0].value, 0);
    await assert.rejects(said((dossier) => dossier.rows("line")), (problem) => {
      assert.ok(problem instanceof NoTable);
      assert.equal(problem.message, 'rows("line"): the role does not read this table; reads: lines; did you mean "lines"?');
      return true;
    });
    const words = 'reads: none; add it to the role\'s reads, or await context.read("lines")';
    await assert.rejects(said((dossier) => dossier.rows("lines"), []), message(words));
    assert.deepEqual(new Dossier({}, new Map()).rows("lines"), [], "a dossier that somebody made knows no role");
  });

  it("what is no finding and no fact", async () => {
    for (const [body, words] of [
      [() => ["too big"], `the scorer "p" yields 'too big'; a scorer yields what info, warning, error, blocker and fact give`],
      [() => "too big", `the scorer "p" returns 'too big'`],
      [() => [{ zh: "x" }], `the scorer "p" yields { zh: 'x' }`],
      [function* () { yield null; }, "yields null"],
      [() => true, "returns true"],
      [() => ({ "finding s": [] }), 'an assessment has no "finding s"; there are: findings, facts'],
    ]) {
      await assert.rejects(said(body), message(words));
    }
    assert.deepEqual(await said(() => ({ findings: [] })), { findings: [] });
  });

  it("a finding of another rule", async () => {
    const of = (...items) => {
      const plugin = new Plugin("p").scorer();
      return plugin.rule("p/one", "info", { title: "one" }, () => items).test();
    };
    await assert.rejects(of("too big"), message(`the rule "p/one" yields 'too big'; the function of a rule yields what remark and fact give`));
    await assert.rejects(of({ zh: "x" }), message("yields { zh: 'x' }"));
    await assert.rejects(of(warning("p/two", { zh: "二" })), message('the rule "p/one" yields a finding of "p/two"; the function of a rule yields remark'));
    const { findings } = await of(warning("p/one", { zh: "一" }), remark({ zh: "一" }), fact("n", 1));
    assert.deepEqual(findings.map((one) => one.severity), ["warning", "info"]);
  });

  it("roles, rules and words that are written wrongly", () => {
    const plugin = new Plugin("p");
    plugin.scorer();
    for (const [wrong, words] of [
      [() => plugin.scorer(function* () {}), "plugin.scorer({ … }, function): what it reads or writes comes first"],
      [() => plugin.source(() => ({})), "plugin.source({ … }, function)"],
      [() => plugin.scorer({ reads: "lines" }), `reads is a list of names, such as reads: ["lines"]; this was 'lines'`],
      [() => plugin.scorer({ settings: ["step"] }), "settings are names with their defaults, such as settings: { step: 10 }; this was [ 'step' ]"],
      [() => plugin.rule("p/a", "info", { title: 7 }, () => []), 'the title of the rule "p/a" is { zh: "…", en: "…" }, or a text that stands for both; this was 7'],
      [() => plugin.rule("p/a", "info", { title: "a", parameters: { cap: 0.5 } }, () => []), 'the parameter "cap" of the rule "p/a": 0.5 is a binary fraction'],
      [() => plugin.checks(["p"]), "plugin.checks(function[, role]) needs a function"],
      [() => remark({ zh: "一", severity: "bad" }), 'a remark has the severity "bad"; there are: info'],
      [() => warning("p/a", { en: "words" }), 'the finding "p/a" needs words'],
    ]) {
      assert.throws(wrong, message(words));
    }
  });

  it("a title and a hint may be a text that stands for both languages", () => {
    const plugin = new Plugin("p").scorer();
    plugin.rule("p/a", "info", { title: "one", manual: { zh: "手册" } }, () => []);
    const [told] = plugin.catalogue("p", false);
    assert.deepEqual([told.title, told.manual], [{ zh: "one", en: "one" }, { zh: "手册", en: "手册" }]);
    assert.deepEqual(remark({ zh: "一", hint: "ask" }).finding.hint, { zh: "ask", en: "ask" });
    assert.deepEqual(warning("p/a", "words").finding.message, { zh: "words", en: "words" });
  });

  it("a binary fraction among the parameters of a query", async () => {
    for (const context of [new Context(null, 7), new Context({}, 7)]) {
      for (const ask of ["query", "cells"]) {
        const words = 'the parameter "x" of the query: 0.30000000000000004 is a binary fraction; write decimal(';
        await assert.rejects(context[ask]("SELECT :x", { x: 0.1 + 0.2 }), message(words));
      }
    }
  });

  it("settings, in the words of the host, and a key is marked as one", async () => {
    const plugin = new Plugin("p").scorer({ settings: { names: [], step: 5, word: "a", map: {} } });
    const found = await plugin.validate("p", { names: "a", step: ["x"], word: 15, map: true, stpe: 1 });
    assert.deepEqual(found.map((one) => [one.code, one.message.en]), [
      ["value/wrong-type", 'expected a list, found "a"'], ["value/wrong-type", "expected a whole number, found a list"],
      ["value/wrong-type", 'expected text, found "15"'], ["value/wrong-type", 'expected a mapping, found "true"'],
      ["value/unknown-key", 'unknown key "stpe"'],
    ]);
    assert.equal(found[0].message.zh, '此处应为列表，实为"a"');
  });
});

describe("over the pipe", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kit-"));
  after(() => fs.rmSync(folder, { recursive: true }));
  const program = path.join(folder, "plugin.mjs");
  fs.copyFileSync(path.join(here, "pingshen_plugin.mjs"), path.join(folder, "pingshen_plugin.mjs"));
  fs.writeFileSync(program, `
    import fs from "node:fs";
    import { Plugin, decimal, failure, info, warning } from "./pingshen_plugin.mjs";
    export const plugin = new Plugin("p", { description: "d" });
    plugin.scorer({ reads: ["t"], settings: { n: 1 } }, async function* (dossier, settings, context) {
      console.log("a stray print");
      process.stdout.write("another");
      if (settings.n === 9) for (;;) await context.check();
      if (settings.n === 7) throw new RangeError("boom");
      if (settings.n === 8) dossier.rows("t")[0].decimal("spent");
      if (settings.n === 6) { while (!context.isCancelled) await new Promise(setImmediate); throw new RangeError("late"); }
      for (let number = 0; number < settings.n - 100; number += 1) yield warning("a/b", { zh: context.step + " " + number + " " + "长".repeat(100) });
      yield warning("a/b", { zh: String(dossier.rows("t").length) });
    });
    plugin.source({ name: "fill", writes: ["lines"], settings: { rows: 3 } }, (settings) => [
      { lines: { columns: [{ name: "id" }, { name: "amount", type: "decimal" }], rows: many(settings.rows), places: places(settings.rows) },
        small: [{ a: 1, b: decimal("1.50"), c: true, d: ["x"] }, { a: 2n, b: 3 }] },
      [info("fill/read", { zh: "读完", en: "read" })],
    ]);
    async function* many(count) { for (let i = 0; i < count; i += 1) yield ["L" + i, decimal("1.10")]; }
    function* places(count) { for (let i = 1; i <= count; i += 1) yield { file: "a.xlsx", sheet: "s", cell: "A" + i }; }
    plugin.renderer({ name: "draw", writes: ["txt", "md"] }, async function* (review, dossier, settings, folder, context) {
      fs.writeFileSync(folder + "/a.txt", review.id);
      yield ["a.txt", "text/plain"];
      if (context.formats.includes("md")) yield failure("md", { zh: "不能写", en: "cannot be written" });
    });
    plugin.renderer({ name: "letters", writes: ["txt"] }, function* () { yield "a.txt"; });
    plugin.renderer({ name: "word", writes: ["txt"] }, () => "a.txt");
    plugin.renderer({ name: "flat", writes: ["txt"] }, () => ["a.txt", "text/plain"]);
    await plugin.run(import.meta.url);
    `);

  /** A plugin as a process, spoken to line by line. */
  class Process {
    constructor() {
      this.child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "ignore"] });
      this.ended = new Promise((resume) => this.child.on("exit", resume));
      this.lines = [];
      this.waiting = [];
      let rest = [];
      this.child.stdout.setEncoding("utf8").on("data", (text) => {
        const [first, ...more] = text.split("\n");
        rest.push(first);
        for (const next of more) {
          const line = rest.join("");
          rest = [next];
          this.waiting.length ? this.waiting.shift()(line) : this.lines.push(line);
        }
      });
    }

    send(message) {
      this.child.stdin.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\n");
    }

    line() {
      return this.lines.length ? Promise.resolve(this.lines.shift()) : new Promise((resume) => this.waiting.push(resume));
    }

    async ask(message) {
      this.send(message);
      return JSON.parse(await this.line());
    }

    shakeHands(more = {}) {
      return this.ask({ id: 1, method: "initialize", params: { protocolVersions: [1], locale: "en", ...more } });
    }
  }

  async function withPlugin(body) {
    const plugin = new Process();
    try {
      await body(plugin);
    } finally {
      plugin.child.stdin.end();
      await plugin.ended;
    }
  }

  function score(config = {}, stream) {
    const page = { seq: 0, rows: 2, columns: [["1", "2"]], done: !stream };
    const table = { schema: { name: "t", columns: [{ name: "a" }] }, page, ...(stream && { stream }) };
    return { id: 2, method: "scorer/score", params: { role: "p", config, dossier: { fields: {}, tables: { t: table } } } };
  }

  it("a stray print never reaches the wire", () => withPlugin(async (plugin) => {
    assert.equal((await plugin.shakeHands()).result.protocolVersion, 1);
    assert.equal((await plugin.ask(score())).result.findings[0].message.zh, "2");
  }));

  it("rows beyond the first page are pulled", () => withPlugin(async (plugin) => {
    await plugin.shakeHands();
    const pull = await plugin.ask(score({}, "s1"));
    assert.deepEqual([pull.method, pull.params], ["stream/next", { stream: "s1" }]);
    const reply = await plugin.ask({ id: pull.id, result: { seq: 1, rows: 1, columns: [["3"]], done: true, totalRows: 3 } });
    assert.equal(reply.result.findings[0].message.zh, "3");
  }));

  it("an exception is an error object that says where", () => withPlugin(async (plugin) => {
    await plugin.shakeHands();
    const { error } = await plugin.ask(score({ n: 7 }));
    assert.deepEqual([error.code, error.message], [-32011, "RangeError: boom"]);
    assert.match(error.data.detail, /plugin\.mjs:9:/);
  }));

  it("a table that lacks a column is the document's mistake or the plugin's", () => withPlugin(async (plugin) => {
    await plugin.shakeHands();
    const { error } = await plugin.ask(score({ n: 8 }));
    assert.deepEqual([error.code, error.data.kind], [-32011, "user"], "so that `plugins test` asks for a spec where its made-up tables lack a column");
    assert.ok(error.message.startsWith('the table t has no column "spent"; its columns: a;'), error.message);
    assert.match(error.data.detail, /plugin\.mjs:10:/);
  }));

  it("a renderer yields pairs", () => withPlugin(async (plugin) => {
    await plugin.shakeHands();
    for (const role of ["letters", "word", "flat"]) {
      const { error } = await plugin.ask({ id: 2, method: "renderer/render", params: { role, review: { id: "r" }, dossier: {}, scratchDirectory: folder } });
      assert.ok(error.message.startsWith(`TypeError: the renderer "${role}" yields 'a.txt'; it yields [path, media type]`), error.message);
    }
  }));

  it("a cancelled call is answered", () => withPlugin(async (plugin) => {
    await plugin.shakeHands();
    plugin.send(score({ n: 9 }));
    const reply = await plugin.ask({ method: "$/cancel", params: { id: 2 } });
    assert.deepEqual([reply.id, reply.error.code], [2, -32008]);
    plugin.send({ ...score({ n: 6 }), id: 3 });
    const late = await plugin.ask({ method: "$/cancel", params: { id: 3 } });
    assert.deepEqual([late.id, late.error.code], [3, -32008], "whatever came of it");
  }));

  it("unknown methods, early calls and other versions are refused", () => withPlugin(async (plugin) => {
    const early = await plugin.ask({ id: 3, method: "config/validate", params: { role: "p", config: {} } });
    assert.equal(early.error.code, -32001);
    const other = await plugin.shakeHands({ protocolVersions: [9] });
    assert.equal(other.error.code, -32002);
    assert.match(other.error.data.help, /update/);
    assert.deepEqual((await plugin.shakeHands()).result.capabilities, ["lists"]);
    for (const method of ["scorer/guess", "rules/list", "toString"]) {
      assert.equal((await plugin.ask({ id: 4, method, params: { role: "p" } })).error.code, -32601, method);
    }
    assert.equal((await plugin.ask({ id: 5, method: "scorer/score", params: { role: "fill" } })).error.code, -32602);
  }));

  it("a long assessment goes on in streams, for a host that takes them", () => withPlugin(async (plugin) => {
    await plugin.shakeHands({ capabilities: ["lists", "x"] });
    const call = score({ n: 20_100 });
    call.params.step = "check";
    plugin.send(call);
    const line = await plugin.line();
    assert.ok(Buffer.byteLength(line) < 8 << 20);
    const { findings, more } = JSON.parse(line).result;
    for (let page = { done: false }; !page.done; ) {
      page = (await plugin.ask({ id: 3, method: "stream/next", params: { stream: more["/findings"] } })).result;
      findings.push(...page.items);
      if (page.done) assert.equal(page.total, 20_001);
    }
    assert.equal(findings.length, 20_001);
    assert.ok(findings[19_999].message.zh.startsWith("check 19999 "));
    const again = await plugin.ask({ id: 4, method: "stream/next", params: { stream: more["/findings"] } });
    assert.equal(again.error.code, -32007);
  }));

  it("a host that knows nothing of streams gets one line", () => withPlugin(async (plugin) => {
    await plugin.shakeHands();
    const { result } = await plugin.ask(score({ n: 20_100 }));
    assert.deepEqual([result.findings.length, "more" in result], [20_001, false]);
  }));

  it("what does not fit a request is pulled", () => withPlugin(async (plugin) => {
    await plugin.shakeHands();
    const call = score();
    Object.assign(call.params, { prior: { a: { findings: [1] } }, more: { "/prior/a/findings": "s7" } });
    const pull = await plugin.ask(call);
    assert.deepEqual([pull.method, pull.params], ["stream/next", { stream: "s7" }]);
    const reply = await plugin.ask({ id: pull.id, result: { seq: 0, items: [2, 3], done: true, total: 3 } });
    assert.equal(reply.result.findings[0].message.zh, "2");
  }));

  it("a source is read page by page, with places, types and findings", () => withPlugin(async (plugin) => {
    await plugin.shakeHands();
    const { result } = await plugin.ask({ id: 2, method: "source/open", params: { role: "fill", config: { rows: 12_000 } } });
    assert.equal(result.findings[0].rule, "fill/read");
    const [lines, small] = result.tables;
    assert.deepEqual(small.schema.columns, [
      { name: "a", type: "decimal" }, { name: "b", type: "decimal" }, { name: "c", type: "boolean" }, { name: "d", type: "texts" },
    ]);
    const pages = [];
    do {
      pages.push((await plugin.ask({ id: 3, method: "stream/next", params: { stream: lines.stream } })).result);
    } while (!pages.at(-1).done);
    assert.deepEqual(pages.map((page) => page.rows), [5_000, 5_000, 2_000]);
    assert.deepEqual([pages[2].totalRows, pages[2].columns[0].at(-1), pages[2].columns[1].at(-1)], [12_000, "L11999", "1.10"]);
    assert.deepEqual(pages[2].places.at(-1), { file: "a.xlsx", sheet: "s", cell: "A12000" });
    const first = await plugin.ask({ id: 4, method: "stream/next", params: { stream: small.stream } });
    assert.deepEqual(first.result.columns, [[1, "2"], ["1.50", 3], [true, null], [["x"], null]]);
  }));

  it("a renderer says which files it wrote and what it could not", () => withPlugin(async (plugin) => {
    await plugin.shakeHands();
    const params = { role: "draw", review: { id: "R" }, dossier: { fields: {}, tables: {} }, formats: ["txt", "md"], scratchDirectory: folder };
    const { result } = await plugin.ask({ id: 2, method: "renderer/render", params });
    assert.deepEqual(result.artifacts, [{ path: "a.txt", mediaType: "text/plain" }]);
    assert.deepEqual(result.failures, [{ format: "md", message: { zh: "不能写", en: "cannot be written" } }]);
    assert.equal(fs.readFileSync(folder + "/a.txt", "utf8"), "R");
  }));

  it("the end of input ends the plugin, and what is no JSON does, too", async () => {
    const plugin = new Process();
    await plugin.shakeHands();
    plugin.child.stdin.end();
    assert.equal(await plugin.ended, 0);
    const other = new Process();
    other.child.stdin.write("{nonsense\n");
    assert.equal(JSON.parse(await other.line()).error.code, -32700);
    assert.equal(await other.ended, 1);
  });

  it("the manifest is printed, with the version of the kit", () => {
    const done = spawnSync(process.execPath, [program, "--plugin-manifest"], { encoding: "utf8" });
    const manifest = JSON.parse(done.stdout);
    assert.deepEqual(manifest.roles[0].configSchema.properties.n, { default: 1, type: "integer" });
    assert.equal(manifest.plugin.kit, "node " + kit.version);
  });
});
