import ReviewModel
import Testing

/// What Docs/SCALE.md says of programs that spread lines over workers, where these are installed.
@Suite("Workers behind other programs", .serialized)
struct ScaleTests {
    private let folder = TemporaryFolder()

    @Test("GNU parallel spreads lines over workers, and the answers stay in their order", .enabled(if: hasParallel))
    func parallel() {
        let specs = ["part", "pefa", "risk-matrix"].map { "Specs/rubrics/worked/\($0).yaml" }
        write((specs + ["nothing.yaml"] + specs).joined(separator: "\n") + "\n", to: folder.path + "/specs.txt")
        let result = shell(
            "parallel --will-cite --pipe -N 2 -j 2 -k pingshen worker --deadline 120 < '\(folder.path)/specs.txt'"
        )
        #expect(result.status == 0, "\(result.errors)")
        let answers = result.output.split(separator: "\n").map { try? JSONReader.read(Array($0.utf8)) }
        let ids = answers.map { $0?["id"]?.text ?? $0?["error"]?["spec"]?.text ?? "" }
        let once = ["worked-part", "worked-pefa", "worked-risk-matrix"]
        #expect(ids == once + ["nothing.yaml"] + once)
    }

    @Test("a worker whose answers nobody reads any more does not end as if all were well")
    func unread() {
        let lines = Array(repeating: "Specs/rubrics/worked/part.yaml", count: 12).joined(separator: "\n")
        write(lines + "\n", to: folder.path + "/specs.txt")
        let result = shell("(pingshen worker < '\(folder.path)/specs.txt'; echo $? >&2) | head -n 1 | cut -c 1-10")
        #expect(
            result.errors.contains("before all answers were written") && result.errors.hasSuffix("73\n"),
            "\(result.errors)"
        )
    }

    @Test("the script for a Slurm array, run for each of its numbers in Slurm's place, answers every line once")
    func slurm() {
        // As it is printed, but for the number of its parts.
        let script =
            read(repository + "/Docs/SCALE.md").split(separator: "```sh\n").map { $0.prefix { $0 != "`" } }
            .first { $0.contains("SLURM_ARRAY_TASK_ID") }.map(String.init) ?? ""
        #expect(script.contains("--array=0-99") && script.contains("/100\""))
        write(script.replacing("/100\"", with: "/3\""), to: folder.path + "/array.sh")
        let specs = ["part", "pefa", "risk-matrix", "part"].map { "\(repository)/Specs/rubrics/worked/\($0).yaml" }
        write((specs + ["nothing.yaml"]).joined(separator: "\n") + "\n", to: folder.path + "/specs.txt")
        let result = shell(
            """
            cd '\(folder.path)'
            for task in 0 1 2; do SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=2 sh array.sh || exit; done
            cat reviews-0.jsonl reviews-1.jsonl reviews-2.jsonl
            """
        )
        #expect(result.status == 0, "\(result.errors)")
        let answers = result.output.split(separator: "\n").map { try? JSONReader.read(Array($0.utf8)) }
        let ids = answers.map { $0?["id"]?.text ?? $0?["error"]?["spec"]?.text ?? "" }
        #expect(ids == ["worked-part", "worked-pefa", "worked-risk-matrix", "worked-part", "nothing.yaml"])
    }

    @Test(
        "Spark's pipe answers 1,000 lines, of which one fails and one hangs, with an empty environment",
        .enabled(if: hasSpark)
    )
    func spark() throws {
        let form = "form: {form: f, fields: {}, tables: {budget_lines: {key: id, columns: {id: {type: text}}}}}"
        let quick = "pipeline: {list: {use: findings-writer}}"
        write("import time\nwhile True: time.sleep(100)\n", to: folder.path + "/hangs.py")
        let slow =
            "plugins: {slow: {command: [python3, '\(folder.path)/hangs.py'], start_seconds: 600}}\\npipeline: {list: {use: slow}}"
        write(
            """
            import json
            from pyspark import SparkContext
            lines = []
            for n in range(1000):
                steps = "\(slow)" if n == 500 else "\(quick)"
                text = "pingshen: 1\\nid: r" + str(n) + "\\n\(form)\\n" + steps + "\\n" if n != 250 else "pingshen: 1\\nid: [\\n"
                lines.append(json.dumps({"text": text, "name": f"r{n}.yaml"}))
            context = SparkContext("local[2]", "pingshen")
            answers = context.parallelize(lines, 4).pipe("\(buildFolder)/pingshen worker --deadline 30", checkCode=True).collect()
            for answer in map(json.loads, answers):
                print("answer", answer.get("id") or "error " + answer["error"]["spec"])
            """,
            to: folder.path + "/spark.py"
        )
        let result = shell("python3 '\(folder.path)/spark.py'")
        #expect(result.status == 0, "\(result.errors.suffix(2000))")
        let answers = result.output.split(separator: "\n").filter { $0.hasPrefix("answer ") }
        #expect(answers.count == 1000)
        #expect(answers.filter { $0.contains("error") } == ["answer error r250.yaml", "answer error r500.yaml"])
    }
}

private let hasParallel = shell("parallel --version").output.hasPrefix("GNU parallel")
private let hasSpark = shell("java -version && python3 -c 'import pyspark'").status == 0
