public import ReviewModel

/// Explanations as one JSON document: `{figures: [{fact, cells, inputs}], findings}`, `inputs` of the same shape again; `cut`
/// is true where there are inputs that are not shown.
public func explanationDocument(_ explanations: [Explanation], _ findings: [LocatedFinding]) -> [UInt8] {
    JSONWriter.document([
        "figures": .list(explanations.map(document)), "findings": .list(findings.map(\.wire)),
    ])
}

private func document(_ explanation: Explanation) -> Value {
    let cells = explanation.cells.map { cell -> Value in
        ["pointer": .text(cell.pointer.description), "location": cell.location.wire, "value": cell.value]
    }
    var record: Record = [
        "fact": explanation.fact.wire, "cells": .list(cells), "inputs": .list(explanation.inputs.map(document)),
    ]
    if explanation.isCut { record["cut"] = true }
    return .record(record)
}
