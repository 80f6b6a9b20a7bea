"""Tests of the kit without a host: `python3 -m unittest` in this folder."""
import json
import subprocess
import sys
import textwrap
import unittest
from decimal import Decimal
from pathlib import Path

import pingshen_plugin
from pingshen_plugin import (SQL, Context, Deprecated, Dossier, NoColumn, NoTable, Parameter, Plugin, Row, bad, blocker, fact, good, info, mistake, remark,
                             warning)

HERE = Path(__file__).parent


def round_numbers() -> Plugin:
    plugin = Plugin("round-numbers", description="points at round amounts")

    @plugin.scorer(reads=["budget_lines"], settings={"step": 10000, "strict": False})
    def check(dossier, settings):
        for line in dossier.rows("budget_lines"):
            if line.decimal("amount") % settings["step"] == 0:
                yield warning("round/amount", zh="整数", en="round", at=line.at("amount"), found=line.decimal("amount"))
        yield fact("rows", len(dossier.rows("budget_lines")))

    return plugin


class Pages(unittest.TestCase):
    def pages(self, rows, places=None):
        return [json.loads(page) for page in pingshen_plugin._pages(["a", "b"], rows, places)]

    def test_a_float_in_a_row_is_refused_with_its_row_and_column(self):
        with self.assertRaisesRegex(TypeError, r'row 1, column "b": 0.30000000000000004 is a binary fraction; write Decimal\('):
            self.pages([[1, Decimal("0.1")], [2, 0.1 + 0.2]])

    def test_a_generator_is_read_page_by_page(self):
        read = []
        rows = ((read.append(i), [i, str(i)])[1] for i in range(12_000))
        pages = pingshen_plugin._pages(["a", "b"], rows, None)
        first = json.loads(next(pages))
        self.assertEqual((first["rows"], first["done"], len(read)), (5_000, False, 5_001))
        rest = [json.loads(page) for page in pages]
        self.assertEqual([page["rows"] for page in rest], [5_000, 2_000])
        self.assertEqual((rest[-1]["done"], rest[-1]["totalRows"]), (True, 12_000))
        self.assertEqual(rest[-1]["columns"][1][-1], "11999")

    def test_rows_are_dicts_or_lists_in_the_order_of_the_columns(self):
        self.assertEqual(self.pages([{"b": 2}, [3, 4]])[0]["columns"], [[None, 3], [2, 4]])
        with self.assertRaisesRegex(ValueError, "row 1 has 1 cells, the table 2 columns"):
            self.pages([[1, 2], [3]])

    def test_pages_too_long_for_a_line_are_cut_and_places_go_with_their_rows(self):
        places = [{"file": "a.xlsx", "sheet": "s", "cell": f"A{i}"} for i in range(6_000)]
        pages = self.pages(([i, "字" * 1000] for i in range(6_000)), iter(places))
        self.assertGreater(len(pages), 2)
        self.assertEqual([place for page in pages for place in page["places"]], places)
        self.assertEqual([row for page in pages for row in page["columns"][0]], list(range(6_000)))

    def test_no_rows_are_one_page(self):
        self.assertEqual([(page["rows"], page["columns"], page["totalRows"]) for page in self.pages([])],
                         [(0, [[], []], 0)])


class InProcess(unittest.TestCase):
    def test_findings_point_at_the_cell(self):
        rows = [{"amount": "10000.00"}, {"amount": "10000.01"}, {"amount": "30000.00"}]
        assessment = round_numbers().test({"tables": {"budget_lines": rows}})
        self.assertEqual([f["pointers"] for f in assessment["findings"]],
                         [["/tables/budget_lines/0/amount"], ["/tables/budget_lines/2/amount"]])
        self.assertEqual(assessment["findings"][0]["found"], "10000.00")

    def test_settings_have_defaults_and_are_checked(self):
        plugin = round_numbers()
        rows = {"tables": {"budget_lines": [{"amount": "500"}]}}
        self.assertEqual(len(plugin.test(rows, {"step": "250.00"})["findings"]), 1)
        with self.assertRaisesRegex(ValueError, '/stpe: unknown key "stpe"'):
            plugin.test(rows, {"stpe": 1})
        with self.assertRaisesRegex(ValueError, '/strict: expected true or false, found "yes"'):
            plugin.test(rows, {"strict": "yes"})

    def test_decimals_are_exact(self):
        plugin = Plugin("sum")

        @plugin.scorer(reads=["t"])
        def add(dossier, settings):
            yield fact("sum", sum((row.decimal("a") for row in dossier.rows("t")), Decimal(0)))

        self.assertEqual(plugin.test({"tables": {"t": [{"a": "0.1"}, {"a": "0.2"}]}})["facts"][0]["value"], Decimal("0.3"))


class Rules(unittest.TestCase):
    """Checks that a spec may weigh, switch off or give values of its own."""

    ROWS = {"tables": {"lines": [{"id": "L1", "amount": "30.00"}, {"id": "L2", "amount": "-1.00"}]}}

    def plugin(self):
        plugin = Plugin("p")
        plugin.scorer(reads=["lines"], settings={"strict": False})

        @plugin.rule("p/above", "warning", title={"zh": "超过上限", "en": "above the cap"}, manual={"zh": "与上限比较", "en": "held against the cap"},
                     parameters={"cap": Parameter(Decimal("20.00"), zh="上限", en="the cap", unit="CNY")},
                     examples=[bad("tables: {lines: [{amount: ↓21}]}", "21"), good("tables: {lines: [{amount: 20}]}")],
                     aliases=["p/over"], deprecated=("1.1", "2.0"), instead="p/excess")
        def above(dossier, settings, parameters):
            for line in dossier.rows("lines"):
                if line.decimal("amount") > parameters["cap"]:
                    yield remark(zh="超过", en="above", at=line.at("amount"), severity="error" if settings["strict"] else "")

        @plugin.rule("p/negative", "blocker", title={"zh": "负数", "en": "negative"})
        def negative(dossier, settings):
            return [remark(zh="负数", at=line.at("amount")) for line in dossier.rows("lines") if line.decimal("amount") < 0]

        return plugin

    def said(self, **more):
        assessment = self.plugin().test(self.ROWS, **more)
        return [(found["rule"], found["severity"], found["pointers"]) for found in assessment["findings"]]

    def test_findings_have_the_id_and_the_severity_of_their_rule(self):
        self.assertEqual(self.said(), [("p/above", "warning", ["/tables/lines/0/amount"]),
                                       ("p/negative", "blocker", ["/tables/lines/1/amount"])])
        self.assertEqual(self.said(settings={"strict": True})[0][1], "error")
        told = self.plugin().test(self.ROWS)["rules"]
        self.assertEqual([rule["id"] for rule in told], ["p/above", "p/negative"])

    def test_a_rule_that_is_off_is_not_called_unless_it_is_a_blocker(self):
        self.assertEqual([one[0] for one in self.said(off=["p/above", "p/negative"])], ["p/negative"])

    def test_parameters_are_those_of_the_spec_or_else_the_standard_and_exact(self):
        self.assertEqual(len(self.said(rules={"p/above": {"cap": "30.00"}})), 1)
        self.assertEqual(len(self.said(rules={"p/above": {"cap": "29.99"}})), 2)

    def test_rules_are_told_with_their_examples_where_they_are_wanted(self):
        above, negative = self.plugin()._catalogue("p", {}, True)
        self.assertEqual(json.loads(pingshen_plugin._dump(above)), {
            "id": "p/above", "severity": "warning", "title": {"zh": "超过上限", "en": "above the cap"},
            "manual": {"zh": "与上限比较", "en": "held against the cap"}, "deprecated": ["1.1", "2.0"], "instead": "p/excess",
            "aliases": ["p/over"], "parameters": [{"name": "cap", "title": {"zh": "上限", "en": "the cap"}, "default": "20.00", "unit": "CNY"}],
            "examples": [{"spec": "tables: {lines: [{amount: ↓21}]}", "messages": ["21"]}, {"spec": "tables: {lines: [{amount: 20}]}"}]})
        self.assertEqual(negative, {"id": "p/negative", "severity": "blocker", "title": {"zh": "负数", "en": "negative"}})
        self.assertNotIn("examples", self.plugin()._catalogue("p", {}, False)[0])

    def test_a_plugin_without_rules_does_not_know_the_question(self):
        wire = pingshen_plugin._Wire(round_numbers(), [], sys.stdout)
        wire.is_ready = True
        with self.assertRaisesRegex(pingshen_plugin.RPCError, 'unknown method "rules/list"'):
            wire.result("rules/list", {"role": "round-numbers"}, Context(None, None))

    def test_what_cannot_be_a_rule_is_said_at_once(self):
        plugin = self.plugin()
        with self.assertRaisesRegex(ValueError, "there are two rules 'p/above'"):
            plugin.rule("p/above", "info", title={})
        with self.assertRaisesRegex(ValueError, "has the severity 'bad'; there are: info, warning, error, blocker"):
            plugin.rule("p/new", "bad", title={})

        @plugin.scorer()
        def score(dossier, settings):
            yield remark(zh="无")

        with self.assertRaisesRegex(ValueError, "is for functions under @plugin.rule"):
            plugin.test()

    def test_a_scorer_of_its_own_comes_first(self):
        plugin = self.plugin()

        @plugin.scorer(reads=["lines"], settings={"strict": False})
        def score(dossier, settings):
            yield blocker("p/other", zh="其他")

        found = plugin.test(self.ROWS)["findings"]
        self.assertEqual([one["rule"] for one in found], ["p/other", "p/above", "p/negative"])


class Facts(unittest.TestCase):
    def test_a_fact_names_its_cells_and_the_facts_and_the_arithmetic_that_it_comes_from(self):
        made = fact("p.sum", Decimal("3.00"), zh="合计", unit="CNY", cells=["/tables/t/0/a"], inputs=["p.part"], calculation="1.00 + 2.00 = 3.00")
        self.assertEqual(made["fact"], {"id": "p.sum", "label": {"zh": "合计", "en": "合计"}, "value": Decimal("3.00"), "unit": "CNY",
                                        "sources": ["/tables/t/0/a"], "inputs": ["p.part"], "calculation": "1.00 + 2.00 = 3.00"})
        self.assertEqual(sorted(fact("n", 1)["fact"]), ["id", "label", "unit", "value"])

    def test_the_cells_of_a_question_are_asked_for(self):
        class Host:
            def __init__(self, column):
                self.column = column

            def ask(self, method, params):
                self.asked = (method, params)
                return {"schema": {"name": "query", "columns": [{"name": self.column}]},
                        "page": {"seq": 0, "rows": 1, "columns": [["/tables/t/3/a"]], "done": True}}

        host = Host("cell")
        self.assertEqual(Context(host, 7).cells("SELECT sum(a) FROM t WHERE b > :n", n=Decimal("1.0")), ["/tables/t/3/a"])
        self.assertEqual(host.asked, ("dossier/query", {"parent": 7, "sql": "SELECT sum(a) FROM t WHERE b > :n",
                                                        "parameters": {"n": {"decimal": "1.0"}}, "cells": True}))
        self.assertEqual(Context(Host("sum"), 7).cells("SELECT sum(a) FROM t"), [], "a host that does not know the word")
        self.assertEqual(Context(None, None).cells("SELECT 1"), [])


class Misspelt(unittest.TestCase):
    """A name that is wrong is an error with what was probably meant, and never an empty answer."""

    ROWS = {"tables": {"lines": [{"id": "L1", "amount": "30.00"}, {"id": "L2", "note": "n"}]}}

    def said(self, body, reads=("lines",)):
        plugin = Plugin("p")
        plugin.scorer(reads=list(reads))(body)
        return plugin.test(self.ROWS)

    def test_a_column_that_the_table_lacks_is_named_with_the_nearest(self):
        row = Row("lines", 0, {"id": "L1", "amount": None}.items())
        for read in (row.decimal, row.text, row.at, row.__getitem__):
            with self.assertRaises(NoColumn) as raised:
                read("amuont")
            self.assertEqual(str(raised.exception), 'the table lines has no column "amuont"; did you mean "amount"? a column that may be missing is '
                                                    'read with row.get("amuont")')
        with self.assertRaisesRegex(NoColumn, 'no column "executed"; its columns: id, amount; a column'):
            row.decimal("executed")

    def test_an_empty_cell_and_a_column_with_a_default_are_read_as_before(self):
        row = Row("lines", 0, {"id": "L1", "amount": None}.items())
        self.assertEqual((row.decimal("amount"), row.text("amount"), row["amount"]), (0, "", None))
        self.assertEqual((row.decimal("spent", Decimal(7)), row.decimal("spent", None), row.text("spent", "?")), (7, 0, "?"))
        self.assertEqual((row.decimal("amount", Decimal(7)), row.get("spent"), row.at()), (7, None, "/tables/lines/0"))

    def test_rows_of_a_test_have_the_columns_that_they_have_between_them(self):
        def body(dossier, settings):
            return [fact(line["id"], line.text("note") + str(line.decimal("amount"))) for line in dossier.rows("lines")]

        self.assertEqual([one["value"] for one in self.said(body)["facts"]], ["30.00", "n0"])

    def test_a_table_that_the_role_does_not_read_is_an_error_and_one_that_is_absent_is_empty(self):
        self.assertEqual(self.said(lambda dossier, settings: [fact("n", len(dossier.rows("history")))], ["history"])["facts"][0]["value"], 0)
        with self.assertRaises(NoTable) as raised:
            self.said(lambda dossier, settings: dossier.rows("line"))
        self.assertEqual(str(raised.exception), 'rows("line"): the role does not read this table; reads: lines; did you mean "lines"?')
        with self.assertRaisesRegex(NoTable, r'reads: none; add it to the role\'s reads, or call context.read\("lines"\)'):
            self.said(lambda dossier, settings: dossier.rows("lines"), [])
        self.assertEqual(Dossier({}, {}).rows("lines"), [], "a dossier that somebody made knows no role")

    def test_what_is_no_finding_and_no_fact_is_refused_with_what_came(self):
        for body, words in (
            (lambda dossier, settings: ["too big"], "the scorer \"p\" yields 'too big'; a scorer yields what info, warning, error, blocker and fact give"),
            (lambda dossier, settings: "too big", "the scorer \"p\" returns 'too big'"),
            (lambda dossier, settings: [{"zh": "x"}], "the scorer \"p\" yields {'zh': 'x'}"),
            (lambda dossier, settings: [None], "yields None"),
            (lambda dossier, settings: True, "returns True"),
        ):
            with self.assertRaises(TypeError) as raised:
                self.said(body)
            self.assertIn(words, str(raised.exception))
        with self.assertRaisesRegex(ValueError, 'an assessment has no "finding s"; there are: findings, facts'):
            self.said(lambda dossier, settings: {"finding s": []})
        self.assertEqual(self.said(lambda dossier, settings: {"findings": []}), {"findings": []})

    def test_a_rule_yields_remarks_and_no_findings_of_others(self):
        def said(*items):
            plugin = Plugin("p")
            plugin.scorer()
            plugin.rule("p/one", "info", title="one")(lambda dossier, settings: list(items))
            return plugin.test()

        with self.assertRaisesRegex(TypeError, "the rule \"p/one\" yields 'too big'; the function of a rule yields what remark and fact give"):
            said("too big")
        with self.assertRaisesRegex(TypeError, "yields {'zh': 'x'}"):
            said({"zh": "x"})
        with self.assertRaisesRegex(ValueError, 'the rule "p/one" yields a finding of "p/two"; under @plugin.rule yield remark'):
            said(warning("p/two", zh="二"))
        self.assertEqual([one["severity"] for one in said(warning("p/one", zh="一"), remark(zh="一"), fact("n", 1))["findings"]], ["warning", "info"])

    def test_a_remark_that_is_not_handed_over_is_told(self):
        plugin = Plugin("p")
        plugin.scorer()
        plugin.rule("p/one", "info", title="one")(lambda dossier, settings: remark(zh="一") and None)
        with self.assertRaisesRegex(ValueError, 'the rule "p/one" makes findings or facts and hands none over; write `yield` before remark'):
            plugin.test()
        with self.assertRaisesRegex(ValueError, 'the scorer "p" makes findings'):
            self.said(lambda dossier, settings: info("a/b", zh="一") and None)
        with self.assertRaisesRegex(TypeError, "`found` of a finding: 0.1 is a binary fraction"):
            remark(zh="一", found=0.1)

        def forgetful(dossier, settings):
            remark(zh="一")
            if settings is None:
                yield fact("n", 1)

        forgotten = Plugin("p")
        forgotten.scorer()
        forgotten.rule("p/one", "info", title="one")(forgetful)
        with self.assertRaisesRegex(ValueError, 'the rule "p/one" makes findings or facts and hands none over'):
            forgotten.test()

    def test_a_setting_that_the_role_does_not_have_is_named(self):
        plugin = Plugin("p")
        plugin.scorer(settings={"limit": 5})
        plugin.rule("p/one", "info", title="one")(lambda dossier, settings: [fact("n", settings["limti"])])
        with self.assertRaisesRegex(KeyError, 'the role has no setting "limti"; did you mean "limit"'):
            plugin.test()

    def test_a_renderer_yields_pairs(self):
        rendering = pingshen_plugin._rendering
        self.assertEqual(rendering([("a.txt", "text/plain"), ["b", "text/plain", "txt"]], "p")["artifacts"][1]["format"], "txt")
        for wrong in (["a.txt"], "a.txt", ("a.txt", "text/plain"), [("a.txt",)], [{"path": "a.txt"}]):
            with self.assertRaisesRegex(TypeError, 'the renderer "p" yields .*; it yields \\(path, media type\\)'):
                rendering(wrong, "p")

    def test_what_a_source_returns_is_looked_at(self):
        def opened(value):
            plugin = Plugin("p")
            plugin.source(writes=["lines"])(lambda settings: value)
            wire = pingshen_plugin._Wire(plugin, [], sys.stdout)
            wire.is_ready = True
            return wire.result("source/open", {"role": "p"}, Context(None, None))

        self.assertEqual(opened(({"lines": []}, [info("p/a", zh="一")]))["findings"][0]["rule"], "p/a")
        with self.assertRaisesRegex(TypeError, 'the source "p" returns .*; a source returns {table'):
            opened([{"id": "L1"}])
        with self.assertRaisesRegex(TypeError, 'the source "p" says \'late\'; beside its tables'):
            opened(({"lines": []}, ["late"]))

    def test_roles_and_rules_that_are_written_wrongly_are_refused_in_words(self):
        plugin = Plugin("p")
        for wrong, words in (
            (lambda: plugin.scorer(lambda dossier, settings: []), "@plugin.scorer is written with brackets"),
            (lambda: plugin.source(lambda settings: {}), "@plugin.source is written with brackets"),
            (lambda: plugin.renderer(lambda review: []), "@plugin.renderer is written with brackets"),
            (lambda: plugin.checks(lambda settings: []), "@plugin.checks is written with brackets"),
            (lambda: plugin.scorer(reads="lines"), "reads is a list of names, such as reads=[\"lines\"]; this was 'lines'"),
            (lambda: plugin.source(writes="lines"), "writes is a list of names"),
            (lambda: plugin.scorer(settings=["step"]), "settings are names with their defaults, such as settings={\"step\": 10}; this was ['step']"),
            (lambda: plugin.scorer(settings={"rate": 0.5}), 'the setting "rate": 0.5 is a binary fraction; write Decimal("0.5")'),
            (lambda: plugin.rule("p/a", "info", title=7), "the title of the rule 'p/a' is {\"zh\": …, \"en\": …}, or a text that stands for both; this was 7"),
            (lambda: fact("rate", 0.1 + 0.2), 'the fact "rate": 0.30000000000000004 is a binary fraction'),
        ):
            with self.assertRaises(TypeError) as raised:
                wrong()
            self.assertIn(words, str(raised.exception))
        with self.assertRaisesRegex(ValueError, "the severity 'bad'; there are: info"):
            remark(zh="一", severity="bad")

    def test_a_title_and_a_hint_may_be_a_text_that_stands_for_both_languages(self):
        plugin = Plugin("p")
        plugin.scorer()
        plugin.rule("p/a", "info", title="one", manual={"zh": "手册"})(lambda dossier, settings: [])
        told = plugin._catalogue("p", {}, False)[0]
        self.assertEqual((told["title"], told["manual"]), ({"zh": "one", "en": "one"}, {"zh": "手册", "en": "手册"}))
        self.assertEqual(remark(zh="一", hint="ask")["finding"]["hint"], {"zh": "ask", "en": "ask"})

    def test_the_summary_of_a_scorer_without_a_function_is_the_description(self):
        plugin = Plugin("p", description="points at things")
        plugin.scorer()
        self.assertEqual(plugin.manifest["roles"][0]["summary"], "points at things")

    def test_a_binary_fraction_is_no_parameter_of_a_query(self):
        for ask in (Context(None, 7).query, Context(object(), 7).query, Context(object(), 7).cells):
            with self.assertRaisesRegex(TypeError, r'the parameter "x" of the query: 0.30000000000000004 is a binary fraction; write Decimal\('):
                ask("SELECT :x", x=0.1 + 0.2)

    def test_wrong_settings_are_told_in_the_words_of_the_host_and_a_key_is_marked_as_one(self):
        plugin = Plugin("p")
        plugin.scorer(settings={"names": [], "step": 5, "word": "a", "map": {}})
        found = plugin._validate("p", {"names": "a", "step": ["x"], "word": Decimal("1.5"), "map": True, "stpe": 1})
        self.assertEqual([(one["code"], one["message"]["en"]) for one in found], [
            ("value/wrong-type", 'expected a list, found "a"'), ("value/wrong-type", "expected a number, found a list"),
            ("value/wrong-type", 'expected text, found "1.5"'), ("value/wrong-type", 'expected a mapping, found "true"'),
            ("value/unknown-key", 'unknown key "stpe"')])
        self.assertEqual(found[0]["message"]["zh"], '此处应为列表，实为"a"')


class Deprecation(unittest.TestCase):
    def test_roles_and_settings_that_go_say_since_when_until_when_and_what_instead(self):
        plugin = Plugin("p", version="1.3.0")

        @plugin.scorer(settings={"limit": Deprecated(5, "1.2", until="2.0", instead="ceiling"), "ceiling": Decimal("5")},
                       deprecated=("1.3", "3.0"), instead={"zh": "改用 q", "en": "use q"})
        def score(dossier, settings):
            yield fact("limit", settings["limit"])

        role = json.loads(pingshen_plugin._dump(plugin.manifest))["roles"][0]
        self.assertEqual((role["deprecated"], role["instead"]), (["1.3", "3.0"], {"zh": "改用 q", "en": "use q"}))
        self.assertEqual(role["configSchema"]["properties"], {
            "limit": {"default": 5, "type": "number", "deprecated": ["1.2", "2.0"], "instead": "ceiling"},
            "ceiling": {"default": "5", "type": ["number", "string"]}})
        self.assertEqual(plugin.test(settings={"limit": 7})["facts"][0]["value"], 7)
        self.assertEqual(plugin.test()["facts"][0]["value"], 5)


class Checks(unittest.TestCase):
    """Settings that hold queries, and checks of one's own, with a host that is made up."""

    class Host:
        def __init__(self, knows):
            self.host_checks_queries, self.asked = knows, []

        def ask(self, method, params):
            self.asked.append((method, params))
            wrong = {"severity": "error", "code": "query/unknown-column", "message": {"zh": "没有列", "en": "no column"},
                     "line": 1, "column": 8}
            return {"mistakes": [wrong] if "amonut" in params["sql"] else []}

    def mistakes(self, settings, knows=True):
        plugin = Plugin("p")

        @plugin.scorer(settings={"which": SQL("SELECT id FROM lines WHERE amount > :limit", limit="decimal"), "table": "lines"})
        def score(dossier, settings):
            return []

        @plugin.checks()
        def check(settings, context):
            if settings["table"] not in [table["name"] for table in context.form["tables"]]:
                yield mistake("table", "没有这张表", "there is no such table", line=1, column=2)

        host = self.Host(knows)
        context = Context(host, 7)
        context.form = {"fields": [], "tables": [{"name": "lines", "columns": []}]}
        return plugin._validate("p", settings, context), host.asked

    def test_a_query_among_the_settings_is_held_against_the_form(self):
        found, asked = self.mistakes({"which": "SELECT amonut FROM lines"})
        self.assertEqual([(m["pointer"], m["line"], m["column"]) for m in found], [("/which", 1, 8)])
        self.assertEqual(asked, [("dossier/check", {"parent": 7, "sql": "SELECT amonut FROM lines",
                                                    "parameters": {"limit": "decimal"}})])

    def test_a_host_that_cannot_check_is_not_asked(self):
        self.assertEqual(self.mistakes({"which": "SELECT amonut FROM lines"}, knows=False), ([], []))

    def test_checks_of_ones_own_see_the_settings_and_the_form(self):
        found, _ = self.mistakes({"table": "lnies"})
        self.assertEqual([(m["pointer"], m["message"]["en"], m["column"]) for m in found],
                         [("/table", "there is no such table", 2)])


class OverThePipe(unittest.TestCase):
    """The kit as a process, spoken to line by line."""

    SOURCE = textwrap.dedent("""
        from pingshen_plugin import Plugin, warning
        plugin = Plugin("p", description="d")

        @plugin.scorer(reads=["t"], settings={"n": 1})
        def score(dossier, settings, context):
            print("a stray print")
            if settings["n"] == 9:
                context.cancelled.wait(5)
                context.check()
            if settings["n"] == 7:
                raise KeyError("boom")
            if settings["n"] == 5:
                raise SystemExit(4)
            if settings["n"] == 6:
                context.cancelled.wait(5)
                raise KeyError("late")
            if settings["n"] == 8:
                dossier.rows("t")[0].decimal("b")
            for number in range(settings["n"] - 100):
                yield warning("a/b", zh=f"{context.step} {number} " + "长" * 100)
            yield warning("a/b", zh=str(len(dossier.rows("t"))))

        plugin.run()
        """)

    def setUp(self):
        self.process = subprocess.Popen([sys.executable, "-c", self.SOURCE], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=HERE)
        self.addCleanup(self.process.stdout.close)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.stdin.close)

    def send(self, **message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def receive(self):
        return json.loads(self.process.stdout.readline())

    def ask(self, **message):
        self.send(**message)
        return self.receive()

    def shake_hands(self):
        return self.ask(id=1, method="initialize", params={"protocolVersions": [1], "locale": "en"})

    def score(self, page=None, stream=None, **config):
        table = {"schema": {"name": "t", "columns": [{"name": "a"}]}}
        table["page"] = page or {"seq": 0, "rows": 2, "columns": [["1", "2"]], "done": stream is None}
        if stream:
            table["stream"] = stream
        dossier = {"fields": {}, "tables": {"t": table}}
        return {"id": 2, "method": "scorer/score", "params": {"role": "p", "config": config, "dossier": dossier}}

    def test_a_stray_print_never_reaches_the_wire(self):
        self.assertEqual(self.shake_hands()["result"]["protocolVersion"], 1)
        reply = self.ask(**self.score())
        self.assertEqual(reply["result"]["findings"][0]["message"]["zh"], "2")

    def test_rows_beyond_the_first_page_are_pulled(self):
        self.shake_hands()
        pull = self.ask(**self.score(stream="s1"))
        self.assertEqual((pull["method"], pull["params"]), ("stream/next", {"stream": "s1"}))
        page = {"seq": 1, "rows": 1, "columns": [["3"]], "done": True, "totalRows": 3}
        reply = self.ask(id=pull["id"], result=page)
        self.assertEqual(reply["result"]["findings"][0]["message"]["zh"], "3")

    def test_an_exception_is_an_error_object(self):
        self.shake_hands()
        failure = self.ask(**self.score(n=7))["error"]
        self.assertEqual(failure["code"], -32011)
        self.assertIn("boom", failure["message"])

    def test_whoever_exits_in_a_call_is_answered_for_with_the_line(self):
        self.shake_hands()
        failure = self.ask(**self.score(n=5))["error"]
        self.assertEqual(failure["message"], "SystemExit: 4")
        self.assertIn("line", failure["data"]["detail"])

    def test_a_table_that_lacks_a_column_is_the_document_s_mistake_or_the_plugin_s(self):
        """So that `plugins test` asks for a spec where its made-up tables lack a column."""
        self.shake_hands()
        failure = self.ask(**self.score(n=8))["error"]
        self.assertEqual((failure["code"], failure["data"]["kind"]), (-32011, "user"))
        self.assertTrue(failure["message"].startswith('the table t has no column "b"; its columns: a;'), failure["message"])
        self.assertIn("in score", failure["data"]["detail"])

    def test_a_cancelled_call_is_answered(self):
        self.shake_hands()
        self.send(**self.score(n=9))
        reply = self.ask(method="$/cancel", params={"id": 2})
        self.assertEqual((reply["id"], reply["error"]["code"]), (2, -32008))

    def test_a_call_that_fails_when_it_is_cancelled_is_answered_as_cancelled(self):
        self.shake_hands()
        self.send(**self.score(n=6))
        reply = self.ask(method="$/cancel", params={"id": 2})
        self.assertEqual((reply["id"], reply["error"]["code"]), (2, -32008))

    def test_unknown_methods_and_early_calls_are_refused(self):
        early = self.ask(id=3, method="config/validate", params={"role": "p", "config": {}})
        self.assertEqual(early["error"]["code"], -32001)
        self.shake_hands()
        self.assertEqual(self.ask(id=4, method="scorer/guess", params={})["error"]["code"], -32601)

    def test_only_a_plugin_that_says_so_may_serve_further_reviews(self):
        self.assertEqual(self.shake_hands()["result"]["capabilities"], ["lists"])
        wire = pingshen_plugin._Wire(Plugin("p", reusable=True), [], sys.stdout)
        self.assertEqual(wire.initialize({"protocolVersions": [1]})["capabilities"], ["lists", "reusable"])
        wire = pingshen_plugin._Wire(Plugin("p", repeatable=True), [], sys.stdout)
        self.assertEqual(wire.initialize({"protocolVersions": [1]})["capabilities"], ["lists", "repeatable"])

    def test_another_version_is_refused_with_what_to_do(self):
        failure = self.ask(id=1, method="initialize", params={"protocolVersions": [9]})["error"]
        self.assertEqual(failure["code"], -32002)
        self.assertIn("update", failure["data"]["help"])

    def test_a_long_assessment_goes_on_in_streams(self):
        hello = self.ask(id=1, method="initialize", params={"protocolVersions": [1], "capabilities": ["lists", "x"]})
        self.assertIn("lists", hello["result"]["capabilities"])
        call = self.score(n=20_100)
        call["params"]["step"] = "check"
        self.send(**call)
        line = self.process.stdout.readline()
        self.assertLess(len(line.encode()), 8 << 20)
        result = json.loads(line)["result"]
        findings, page = result["findings"], {"done": False}
        while not page["done"]:
            line = self.ask(id=3, method="stream/next", params={"stream": result["more"]["/findings"]})
            page = line["result"]
            self.assertLess(len(json.dumps(page)), 8 << 20)
            findings += page["items"]
        self.assertEqual((len(findings), page["total"]), (20_001, 20_001))
        self.assertTrue(findings[19_999]["message"]["zh"].startswith("check 19999 "))

    def test_a_host_that_knows_nothing_of_streams_gets_one_line(self):
        self.shake_hands()
        result = self.ask(**self.score(n=20_100))["result"]
        self.assertEqual((len(result["findings"]), "more" in result), (20_001, False))

    def test_what_does_not_fit_a_request_is_pulled(self):
        self.shake_hands()
        call = self.score()
        call["params"].update(prior={"a": {"findings": [1]}}, more={"/prior/a/findings": "s7"})
        pull = self.ask(**call)
        self.assertEqual((pull["method"], pull["params"]), ("stream/next", {"stream": "s7"}))
        reply = self.ask(id=pull["id"], result={"seq": 0, "items": [2, 3], "done": True, "total": 3})
        self.assertEqual(reply["result"]["findings"][0]["message"]["zh"], "2")

    def test_the_end_of_input_ends_the_plugin(self):
        self.shake_hands()
        self.process.stdin.close()
        self.assertEqual(self.process.wait(timeout=10), 0)

    def test_the_manifest_is_printed(self):
        done = subprocess.run([sys.executable, "-c", self.SOURCE, "--plugin-manifest"], capture_output=True, text=True,
                              cwd=HERE)
        manifest = json.loads(done.stdout)
        self.assertEqual(manifest["roles"][0]["configSchema"]["properties"]["n"], {"default": 1, "type": "number"})
        self.assertEqual(manifest["plugin"]["kit"], "python " + pingshen_plugin.__version__)


if __name__ == "__main__":
    unittest.main()
