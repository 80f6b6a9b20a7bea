import ReviewModel
import Testing

@Suite("pingshen batch and worker", .serialized)
struct BatchTests {
    private static let specs = "Specs/example-town Specs/hongqiao Specs/rubrics/worked"

    @Test("reviews side by side, with plugins that stay, have the bytes that run writes; so have those that stand")
    func sameBytes() {
        let folder = TemporaryFolder()
        let listed = "Specs/example-town/*.yaml Specs/hongqiao/*.yaml Specs/rubrics/worked/*.yaml"
        let run = shell("pingshen run $(grep -l '^pingshen:' \(listed)) --out '\(folder.path)/run'")
        #expect(run.status == 0, "\(run.errors)")
        for flags in ["", "--explain-cache", "--no-cache --jobs 3"] {
            let batch = shell("pingshen batch \(Self.specs) \(flags) --out '\(folder.path)/batch'")
            #expect(batch.status == 0, "\(batch.errors)")
            #expect(batch.errors.contains(flags == "--explain-cache" ? "unchanged" : "done"))
            let difference = shell(
                "diff -r -x run.jsonl -x batch -x 'across.*' '\(folder.path)/run' '\(folder.path)/batch'"
            )
            #expect(difference.status == 0, "\(difference.output)\(difference.errors)")
        }
    }

    @Test(
        "ends with a summary of its own reviews: none that lies there of an earlier time, and none of a spec that has mistakes now"
    )
    func summary() throws {
        let folder = TemporaryFolder()
        let (specs, out) = (folder.path + "/specs", folder.path + "/out")
        let form = "form: {form: f, fields: {}, tables: {budget_lines: {key: id, columns: {id: {type: text}}}}}"
        let result = shell(
            """
            mkdir '\(specs)'
            for id in one two three; do
                printf 'pingshen: 1\\nid: %s\\n\(form)\\npipeline: {list: {use: findings-writer}}\\n' $id > '\(specs)'/$id.yaml
            done
            pingshen batch '\(specs)' --out '\(out)' > /dev/null
            rm '\(specs)/one.yaml'
            echo 'unknown: 1' >> '\(specs)/two.yaml'
            pingshen batch '\(specs)' --out '\(out)'
            """
        )
        #expect(result.status == 2)
        #expect(result.output.contains("/batch/index.html\n") && result.output.contains("/batch/batch.xlsx\n"))
        let mail = read(out + "/batch/batch.md")
        #expect(mail.contains("2 review(s), 1 of them not complete") && mail.contains("- two: "))
        let page = read(out + "/batch/index.html")
        #expect(page.contains("../three/") && !page.contains("../two/") && !page.contains("../one/"))
    }

    @Test("a spec without a step is told so, and not run")
    func withoutSteps() {
        let folder = TemporaryFolder()
        let result = shell(
            """
            printf 'pingshen: 1\\nid: t\\nform: {form: f, fields: {}, tables: {}}\\npipeline: []\\n' > '\(folder.path)/t.yaml'
            pingshen validate '\(folder.path)/t.yaml' && pingshen run '\(folder.path)/t.yaml' --out '\(folder.path)/out'
            """
        )
        #expect(result.status == 2)
        #expect(result.errors.split(separator: "t.yaml:4:").count(where: { $0.contains("there is no step") }) == 2)
    }

    @Test("specs of one id are refused by run, both files named, before anything is written")
    func doubledIDs() {
        let folder = TemporaryFolder()
        let (spec, copy) = ("Specs/rubrics/worked/part.yaml", folder.path + "/s")
        let result = shell(
            "cp -r Specs '\(copy)' && pingshen run '\(spec)' '\(copy)/rubrics/worked/part.yaml' --out '\(folder.path)/out'"
        )
        #expect(result.status == 2)
        #expect(
            result.errors.contains("\(spec) and \(copy)/rubrics/worked/part.yaml have the same id"),
            "\(result.errors)"
        )
        #expect(folder.names == ["s"])
    }

    @Test("Ctrl-C ends a batch with what is done, and the next call goes on from there")
    func interrupted() {
        let folder = TemporaryFolder()
        let out = folder.path + "/out"
        let ended = shell(
            """
            pingshen batch \(Self.specs) --jobs 1 --out '\(out)' &
            batch=$!
            while ! ls '\(out)'/*/review.json >/dev/null 2>&1; do sleep 0.05; done
            kill -TERM $batch
            wait $batch
            """
        )
        #expect(ended.status == 130, "\(ended.errors)")
        let value = shell("cat '\(out)/batch/batch.json'").json
        #expect((value?["counts"]?["not run"]?.integer ?? 0) > 0)
        #expect(shell("ls -A '\(out)' | grep '^[.]'").output.isEmpty)
        let next = shell("pingshen batch \(Self.specs) --out '\(out)' --json")
        #expect(next.status == 0 && (next.json?["counts"]?["unchanged"]?.integer ?? 0) > 0)
    }

    @Test("a worker needs no environment and says nothing but answers")
    func worker() {
        let pingshen = buildFolder + "/pingshen"
        let result = shell(
            "printf '%s\\n' Specs/rubrics/worked/part.yaml nothing.yaml | env -i '\(pingshen)' worker --jobs 2"
        )
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("{\"schema\":\"pingshen.review/1\",\"id\":\"worked-part\"") == true)
        #expect(lines.last?.hasPrefix("{\"error\":{\"line\":2,\"code\":2,") == true)
    }
}
