import ReviewModel
import SpecLoading
import Testing

@testable import ReviewPipeline

@Suite("Which renderer comes before which")
struct RenderingOrderTests {
    private func step(
        _ id: String,
        writes: [String],
        takes: [String] = [],
        onRequest: [String] = [],
        needs: [String] = [],
        finds: Bool = false
    ) -> RenderingOrder.Step {
        let role = RoleDescription(
            kind: .renderer,
            name: id,
            summary: "",
            writes: writes,
            takes: takes,
            onRequest: onRequest,
            finds: finds
        )
        return RenderingOrder.Step(id: id, needs: needs, role: role)
    }

    private var usual: RenderingOrder {
        RenderingOrder([
            step("list", writes: ["sarif"]),
            step("report", writes: ["md", "document"], onRequest: ["document"], finds: true),
            step("opinion", writes: ["md", "document"], onRequest: ["document"], finds: true),
            step("word", writes: ["docx", "pdf"], takes: ["document"], onRequest: ["pdf"]),
        ])
    }

    @Test("one that takes comes after those that write what it takes, and is asked for nothing else")
    func takes() {
        #expect(usual.suppliers(of: "word") == ["report", "opinion"])
        #expect(usual.predecessors(of: "word") == ["report", "opinion"])
        #expect(usual.formatsTaken(from: "report") == ["document"])
        #expect(usual.unsupplied.isEmpty)
    }

    @Test("those that find come before those that do not, wherever they stand in the spec")
    func finders() {
        #expect(usual.predecessors(of: "list") == ["report", "opinion"])
        #expect(usual.predecessors(of: "report").isEmpty)
    }

    @Test("one that finds and is made from one that does not comes after it, and nobody waits for itself")
    func findsLater() {
        let order = RenderingOrder([
            step("plain", writes: ["document"]), step("proof", writes: ["txt"], takes: ["document"], finds: true),
            step("list", writes: ["sarif"]),
        ])
        #expect(order.predecessors(of: "plain").isEmpty)
        #expect(order.predecessors(of: "proof") == ["plain"])
        #expect(order.predecessors(of: "list") == ["proof"])
    }

    @Test("a step that needs one of several takes of that one only")
    func needs() {
        let order = RenderingOrder([
            step("report", writes: ["document"]), step("opinion", writes: ["document"]),
            step("word", writes: ["docx"], takes: ["document"], needs: ["opinion"]),
        ])
        #expect(order.suppliers(of: "word") == ["opinion"])
        #expect(order.demanded(["docx"]) == ["opinion": ["document"], "word": ["docx"]])
    }

    @Test("what nobody wants is asked for when a wanted format is made from it")
    func demanded() {
        #expect(
            usual.demanded(["docx"])
                == ["report": ["document"], "opinion": ["document"], "word": ["docx"]]
        )
        #expect(usual.demanded(["sarif"]) == ["list": ["sarif"]])
        #expect(usual.usual == ["sarif", "md", "md", "docx"])
    }

    @Test("what no earlier step writes cannot be taken")
    func unsupplied() {
        let order = RenderingOrder([
            step("word", writes: ["docx"], takes: ["document"]), step("report", writes: ["document"]),
        ])
        #expect(order.unsupplied.map(\.id) == ["word"])
        #expect(order.unsupplied.map(\.format) == ["document"])
    }
}
