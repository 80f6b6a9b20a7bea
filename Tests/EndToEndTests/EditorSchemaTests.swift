import Glibc
import PluginWire
import ReviewModel
import SpecLoading
import Testing
import YAMLDocument

/// What `pingshen schema` prints, held against the files of Specs by a validator that is not ours.
@Suite("The schemas for editors", .serialized)
struct EditorSchemaTests {
    /// A file, and the command whose schema an editor has for it.
    private struct Sample: Sendable {
        var path: String
        var schema: String

        /// The files of Specs that people write: each with its schema. What the program's own commands put together, the lists of
        /// words it carries, and the parts of a spec that it includes have none; the parts are looked at within their spec.
        init?(_ path: String, root: YAMLNode) {
            self.path = path
            let folders = path.split(separator: "/").dropLast()
            if root["form"] != nil, root["pingshen"] == nil {
                schema = "pingshen schema --form"
            } else if root["pingshen"] != nil, !folders.contains("pipelines") {
                schema = "pingshen schema --spec '\(path)'"
            } else if folders.last == "rubrics" {
                schema = "pingshen schema --setting rubric"
            } else if folders.last == "templates" {
                schema = "pingshen schema --setting template"
            } else if folders.contains("prices") {
                schema = "pingshen schema --setting prices"
            } else if folders.last == "rules" {
                schema = "pingshen schema --setting rules"
            } else {
                return nil
            }
        }
    }

    private func files(_ folder: String) -> [String] {
        shell("find '\(folder)' -name '*.yaml' | sort").output.split(separator: "\n").map(String.init)
    }

    private func root(_ path: String) -> YAMLNode? {
        parseYAML(Array(read(repository + "/" + path).utf8), file: path).root
    }

    /// What an editor takes the file for: a tag says nothing to it, and what is included is a text.
    private func instance(_ node: YAMLNode) -> Value {
        switch node.content {
        case .sequence(let items): .list(items.map(instance))
        case .mapping(let entries):
            .record(Record(entries.map { (key: $0.key.text ?? "", value: instance($0.value)) }))
        case .scalar(let scalar):
            if scalar.isNull {
                .null
            } else if let truth = scalar.boolean {
                .boolean(truth)
            } else if let integer = scalar.integer {
                .integer(integer)
            } else if scalar.style == .plain, let number = ExactDecimal(scalar.text) {
                .decimal(number)
            } else {
                .text(scalar.text)
            }
        }
    }

    /// The mistakes of each by its schema; all schemas are made, then all are validated by one process.
    private func mistakes(_ cases: [(schema: String, instance: Value)]) throws -> [[String]] {
        let folder = TemporaryFolder()
        var names: [String: String] = [:]
        for (index, schema) in Set(cases.map(\.schema)).sorted().enumerated() {
            let file = "\(folder.path)/\(index).json"
            let made = shell("\(schema) > '\(file)'")
            try #require(made.status == 0, "\(schema): \(made.errors)")
            names[schema] = file
        }
        var lines = ""
        for (index, item) in cases.enumerated() {
            let line: Value = [
                "id": .integer(index), "schema": .text(names[item.schema] ?? ""), "definition": .null,
                "instance": item.instance,
            ]
            lines += String(decoding: JSONWriter.line(line), as: UTF8.self) + "\n"
        }
        write(lines, to: folder.path + "/cases")
        let result = shell("python3 Tests/Fixtures/validate-json.py < '\(folder.path)/cases'")
        try #require(result.status == 0, "\(result.errors)")
        let answers = try result.output.split(separator: "\n").map { try JSONReader.read(Array($0.utf8)) }
        try #require(answers.count == cases.count)
        return answers.map { answer in
            (answer["errors"]?.list ?? []).map { "\($0["pointer"]?.text ?? "") \($0["message"]?.text ?? "")" }
        }
    }

    @Test("take every file of Specs as it is typed, and every spec with what it includes and extends in place")
    func valid() throws {
        var samples: [(name: String, schema: String, instance: Value)] = []
        for path in files("Specs") where !path.hasPrefix("Specs/invalid/") {
            guard let root = self.root(path), let sample = Sample(path, root: root) else { continue }
            samples.append((path, sample.schema, instance(root)))
            guard root["pingshen"] != nil else { continue }
            let whole = documentValue(read(repository + "/" + path), as: repository + "/" + path)
            samples.append(("the whole of \(path)", sample.schema, try #require(whole, "\(path)")))
        }
        #expect(Set(samples.map(\.schema)).count > 10 && samples.count > 35)
        for (sample, found) in zip(samples, try mistakes(samples.map { ($0.schema, $0.instance) })) {
            #expect(found.isEmpty, "\(sample.name): \(found.prefix(3))")
        }
    }

    @Test("are written by init and named in the first line of its spec, which they take")
    func scaffold() throws {
        let folder = TemporaryFolder()
        let town = folder.path + "/town"
        #expect(shell("pingshen init '\(town)'").status == 0)
        let lines = read(town + "/spec.yaml").split(separator: "\n")
        #expect(lines.first == "# yaml-language-server: $schema=setup/spec.schema.json")
        let spec = try #require(parseYAML(Array(read(town + "/spec.yaml").utf8), file: "spec.yaml").root)
        #expect(try mistakes([("cat '\(town)/setup/spec.schema.json'", instance(spec))]) == [[]])
        let misspelt = try #require(parseYAML(Array("pingshen: 1\npipelin: {}\n".utf8), file: "spec.yaml").root)
        #expect(try mistakes([("cat '\(town)/setup/spec.schema.json'", instance(misspelt))]) != [[]])
    }

    /// The mistakes in Specs/invalid that show in the shape of a file; the others are of what stands in other files, in SQL, or of
    /// YAML itself.
    private static let refused: Set<String> = [
        "bad-date.yaml", "missing-column.yaml", "text-in-decimal-cell.yaml", "unknown-column.yaml", "unknown-key.yaml",
        "unknown-table.yaml", "value-not-allowed.yaml", "wrong-version.yaml",
    ]

    @Test("refuse each file of Specs/invalid whose mistake is one of shape")
    func invalid() throws {
        var samples: [(path: String, schema: String, instance: Value)] = []
        for path in files("Specs/invalid") {
            guard let root = root(path), case .mapping = root.content else { continue }
            // Nearly all extend this one: it has their form.
            samples.append((path, "pingshen schema --spec Specs/invalid/base.yaml", instance(root)))
        }
        let found = try mistakes(samples.map { ($0.schema, $0.instance) })
        let refused = zip(samples, found).filter { !$1.isEmpty }.map {
            String($0.0.path.dropFirst("Specs/invalid/".count))
        }
        #expect(Set(refused) == Self.refused)
    }

    @Test("refuse misspelt keys of templates, and texts where a number or a method is to stand")
    func shapes() throws {
        let (template, rubric) = ("pingshen schema --setting template", "pingshen schema --setting rubric")
        let wrong = [
            (template, "{id: t, title: x, blokcs: []}"), (template, "{id: t, title: x, blocks: [{tabel: x}]}"),
            (template, "{id: t, title: x, blocks: [{heading: x, style: lead}]}"),
            (template, "{id: t, title: x, blocks: [{table: x, columns: [{title: a, align: rechts}], rows: []}]}"),
            (rubric, "{id: r, aggregate: average, items: [{code: A, name: a, max: 5}]}"),
            (rubric, "{id: r, items: [{code: A, name: a, max: four}]}"),
        ]
        let right = [
            (
                template,
                "{id: t, title: x, unit: {unit: EUR-thousand, name: k€}, blocks: [{text: x, style: lead, id: a}]}"
            ),
            (rubric, "{id: r, aggregate: mean, items: [{code: A, name: {zh: 甲, en: a}, max: \"1,000.5\"}]}"),
        ]
        let samples = try (wrong + right).map { schema, text in
            (schema, instance(try #require(parseYAML(Array(text.utf8), file: "x.yaml").root)))
        }
        #expect(try mistakes(samples).map(\.isEmpty) == wrong.map { _ in false } + right.map { _ in true })
    }
}
