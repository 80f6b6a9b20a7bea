import ReviewModel
import TemporarySpec
import Testing

@testable import SpecLoading

@Suite("Fields of a data source, held against the form")
struct SourceFieldTests {
    private func loaded(_ fields: String = "") throws -> LoadedSpec {
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: t
            form:
              form: test
              fields:
                project:
                  title: {zh: 项目, en: project}
                  fields:
                    name: {type: text, required: true, title: {zh: 名称, en: name}}
                    year: {type: integer, required: true}
                    kind: {type: text, values: {new: {zh: 新增, en: new}}}
                    level: {type: text, names: {town: {zh: 镇级, en: town}}}
                texts: {map: {type: text}}
                steps: {list: {type: text}}
              tables: {}
            \(fields)
            pipeline: {}

            """
        )
        return loadSpec(spec.path)
    }

    private func field(_ pointer: String, _ value: Value) -> SourceField {
        SourceField(JSONPointer(pointer) ?? JSONPointer(), value)
    }

    private func adopt(_ fields: [SourceField], _ written: String = "") throws -> (Record, [String]) {
        let spec = try #require(try loaded(written).spec)
        let (form, log) = (try #require(spec.form), DiagnosticLog())
        let record = form.adopt(fields, into: spec.writtenFields, log: log)
        return (record, log.diagnostics.map { "\($0.code) \($0.pointer)" })
    }

    @Test("join those of the spec, typed as the form says, values by what people call them")
    func join() throws {
        let (record, mistakes) = try adopt(
            [
                field("/fields/project/year", 2026), field("/fields/project/kind", "新增"),
                field("/fields/project/level", "镇级"), field("/fields/texts/a", "甲"), field("/fields/steps/0", "一"),
                field("/fields/steps/1", "二"), field("/fields/texts/b", .null),
            ],
            "fields: {project: {name: 助餐}}"
        )
        #expect(mistakes == [])
        let project: Value = ["name": "助餐", "year": 2026, "kind": "new", "level": "town"]
        #expect(record["project"] == project)
        #expect(record["texts"] == ["a": "甲"] && record["steps"] == ["一", "二"])
    }

    @Test("that are missing, of another type, unknown or given twice are named, each by its own pointer")
    func mistakes() throws {
        let (_, mistakes) = try adopt(
            [
                field("/fields/project/year", "明年"), field("/fields/project/nmae", "x"), field("/fields/texts/a", "甲"),
                field("/fields/texts/a", "乙"), field("/fields/project/name", .null),
            ]
        )
        #expect(
            mistakes == [
                "form/field-twice /fields/texts/a", "value/wrong-type /fields/project/year",
                "value/unknown-key /fields/project/nmae", "value/missing-key /fields/project/name",
            ]
        )
    }

    @Test("that the form requires are missed in a spec, unless a source is to fill fields")
    func missing() throws {
        let spec = try loaded("fields: {project: {kind: old}}")
        #expect(spec.diagnostics.map(\.code) == ["value/missing-key", "value/missing-key", "value/not-allowed"])
        #expect(spec.withFieldsToCome.diagnostics.map(\.code) == ["value/not-allowed"])
    }
}
