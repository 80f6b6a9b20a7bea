import Glibc
import Testing

@Suite("The specs of the repository")
struct SpecExamplesTests {
    private static func files(_ pattern: String) -> [String] {
        shell("ls \(pattern)").output.split(separator: "\n").map(String.init)
    }

    @Test(
        "every real spec is valid",
        arguments: files(
            "Specs/hongqiao/*.yaml Specs/example-town/*.yaml Specs/three-towns/*.yaml Specs/invalid/base.yaml"
        )
    )
    func valid(file: String) {
        let result = shell("pingshen validate \(file)")
        #expect(result.status == 0, "\(result.errors)")
        // The first town's applicant has given itself points between levels: that is told, and stays as it was declared.
        let told = result.errors.split(separator: "\n").filter {
            $0.contains(": warning: ") || $0.contains(": error: ")
        }
        let isKnown = told.allSatisfy { $0.contains("/scores.yaml:") && $0.contains(": warning: the levels of ") }
        #expect(isKnown && (told.isEmpty || file.hasPrefix("Specs/hongqiao/")), "\(result.errors)")
    }

    @Test(
        "every invalid spec is refused at the place and in the words that its first line names",
        arguments: files("Specs/invalid/*.yaml")
    )
    func invalid(file: String) throws {
        let first = read(repository + "/" + file).split(separator: "\n").first { $0.hasPrefix("# expect: ") }
        let expectation = try #require(first, "\(file) has no line # expect:").dropFirst("# expect: ".count)
        if expectation == "valid" { return }
        let result = shell("pingshen validate \(file)")
        #expect(result.status == 2)
        let words = expectation.split(separator: " ", maxSplits: 1)
        let place = words[0] == "?:?" ? "" : ":\(words[0]): error: "
        #expect(result.errors.contains(place), "\(file): \(result.errors)")
        for part in String(words[1]).components(separatedBy: " … ") {
            #expect(result.errors.contains(part), "\(file) lacks \"\(part)\": \(result.errors)")
        }
        let errors = result.errors.split(separator: "\n").count { $0.contains(": error: ") }
        #expect(errors == 1, "\(file) has \(errors) errors: \(result.errors)")
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var (parts, rest) = ([String](), self[...])
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
