import JSONDocument
import ReviewFile
import ReviewModel

extension Property {
    /// A review file: bytes as they are, and a review that is made of them. It is refused in words, or read; what is read can be
    /// explained, compared and weighed, and is written as it was read.
    public static func review(_ bytes: [UInt8]) -> String? {
        if let broken = read(bytes) { return broken }
        var generator = ReviewGenerator(Choices(bytes))
        return read(JSONWriter.document(generator.review()))
    }

    private static func read(_ bytes: [UInt8]) -> String? {
        let recorded: RecordedReview
        do throws(UnreadableReview) {
            recorded = try RecordedReview.read(bytes)
        } catch {
            return error.message.en.isEmpty || error.message.zh.isEmpty ? "refused without a reason" : nil
        }
        let review = recorded.review
        let explanations = review.explanations(of: review.facts.map(\.id))
        if explanations.reduce(0, { $0 + count($1) }) > review.facts.count + Explanation.count {
            return "more figures are explained than anybody reads"
        }
        for sheet in review.scores { _ = try? Sensitivity(sheet) }
        if let comparison = try? ReviewComparison(review, review), !comparison.isEmpty {
            return "it differs from itself"
        }
        let written = JSONWriter.document(recorded.document)
        guard let again = try? RecordedReview.read(written) else { return "what was written cannot be read" }
        return JSONWriter.document(again.document) == written ? nil : "it changes when it is written and read"
    }

    private static func count(_ explanation: Explanation) -> Int {
        explanation.inputs.reduce(1) { $0 + count($1) }
    }
}

/// Documents that look like reviews: the keys are right, what is behind them mostly.
struct ReviewGenerator {
    private var choices: Choices

    init(_ choices: Choices) { self.choices = choices }

    mutating func review() -> Value {
        [
            "schema": "pingshen.review/1", "id": name(), "locale": choices.happens() ? "en" : "zh", "project": odd(),
            "scores": list { $0.sheet() }, "adjustments": list { $0.adjustment() }, "facts": list { $0.fact() },
            "findings": list { $0.finding() }, "steps": [], "inputs": [], "plugins": [],
            "artifacts": list { ["path": $0.name(), "mediaType": "text/plain", "sha256": $0.name()] },
        ]
    }

    private mutating func list(_ element: (inout Self) -> Value) -> Value {
        let count = choices.below(6)
        return .list((0..<count).map { _ in choices.below(16) == 15 ? odd() : element(&self) })
    }

    private mutating func one(of values: [Value]) -> Value { values[choices.below(values.count)] }

    private mutating func name() -> Value { .text(choices.pick(["a", "b", "c", "d", "", "a/b", "\u{1B}", "合计"])) }

    private mutating func number() -> Value {
        .text(
            choices.pick([
                "0", "1", "-1", "2.50", "99999999999999999999999999999999999999", "0.000000000000000001", "100", "7",
                "NaN",
                "-0", "1e9",
            ])
        )
    }

    private mutating func odd() -> Value {
        one(of: [.null, true, [], [:], "x", .integer(.max), .integer(.min), [[[:]]]])
    }

    private mutating func sheet() -> Value {
        var sheet: Record = [
            "rater": name(), "total": number(), "max": number(),
            "items": list {
                var item: Record = [
                    "code": $0.name(), "name": $0.name(), "max": $0.number(), "points": $0.number(),
                    "status": .text($0.choices.pick(["given", "computed", "pooled", "notApplicable", "x"])),
                ]
                if $0.choices.happens() { item["parent"] = $0.name() }
                return .record(item)
            },
            "bands": list {
                [
                    "code": $0.name(), "name": $0.name(),
                    "band": .text($0.choices.pick(["[0, 1)", "[1, 99]", "", "(,", "[,]"])),
                ]
            },
        ]
        if choices.happens() { sheet["verdictPlaces"] = one(of: [0, 2, 30, .integer(.max), -1]) }
        return .record(sheet)
    }

    private mutating func adjustment() -> Value {
        [
            "subject": name(), "label": name(), "requested": number(),
            "parts": list {
                ["kind": .text($0.choices.pick(["cut", "deferral", "increase"])), "amount": $0.number()]
            },
        ]
    }

    private mutating func fact() -> Value {
        [
            "id": name(), "label": name(), "value": number(), "inputs": list { $0.name() },
            "sources": list { _ in "/tables/a/0" },
        ]
    }

    private mutating func finding() -> Value {
        [
            "id": name(), "rule": name(), "severity": .text(choices.pick(["info", "error", "blocker", "x"])),
            "message": choices.happens() ? odd() : name(), "subject": name(),
            "spots": list {
                ["pointer": "/config/x", "line": $0.one(of: [0, 1, .integer(.max), -1, "x"])]
            },
        ]
    }
}
