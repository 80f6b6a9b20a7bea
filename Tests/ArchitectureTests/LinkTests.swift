import Testing

/// The pages for people: whatever one of them leads to is there.
@Suite("Links between pages")
struct LinkTests {
    @Test("every link of every page leads to a file that is there, and to a heading of it")
    func links() {
        let pages = Page.all(in: repository)
        #expect(pages.count > 30)
        var (links, headings) = (0, 0)
        for page in pages {
            for link in page.links {
                links += 1
                let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                let target = parts[0].isEmpty ? page.path : Page.path(parts[0], from: page.path)
                guard exists(target) else {
                    Issue.record("\(page.name): \(link): there is no such file")
                    continue
                }
                guard parts.count > 1, target.hasSuffix(".md") else { continue }
                headings += 1
                let known = Page(path: target).anchors
                #expect(known.contains(parts[1]), "\(page.name): \(link): no heading of that name")
            }
        }
        #expect(links > 200 && headings > 30, "\(links) links, \(headings) to headings: were they read?")
    }

    @Test("links and headings are read as browsers do")
    func reading() {
        let page = Page(
            path: "/a/b.md",
            text: """
                # The form, *key* by `key`
                see [one](x.md#y), [`two`](#z), [three](https://example.org) and ![four](p.png)
                ```
                # no heading, [no link](n.md)
                ```
                ## `report-reader`
                ## 写法 (1)
                ## 写法 (1)
                """
        )
        #expect(page.links == ["x.md#y", "#z", "p.png"])
        #expect(page.anchors == ["the-form-key-by-key", "report-reader", "写法-1", "写法-1-1"])
        #expect(Page.path("../c/./d.md", from: "/a/b/e.md") == "/a/c/d.md")
    }
}

/// A page of Markdown.
private struct Page {
    let path: String
    /// Without what stands in fences.
    private let lines: [Substring]

    init(path: String) { self.init(path: path, text: read(path)) }

    init(path: String, text: String) {
        self.path = path
        var (lines, isFenced) = ([Substring](), false)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                isFenced.toggle()
            } else if !isFenced {
                lines.append(line)
            }
        }
        self.lines = lines
    }

    var name: String { path.hasPrefix(repository) ? String(path.dropFirst(repository.count + 1)) : path }

    /// Every page of the repository. What is built, and what the documents of a town say, is nobody's page.
    static func all(in folder: String) -> [Page] {
        files(in: folder).filter { $0.hasSuffix(".md") && !$0.contains("/Specs/hongqiao/") }.map(Page.init(path:))
    }

    /// Where links lead, but for those to other machines.
    var links: [String] {
        lines.flatMap { line in
            line.split(separator: "](", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
                let target = rest.prefix { $0 != ")" && $0 != " " }
                return target.isEmpty || target.contains("://") ? nil : String(target)
            }
        }
    }

    /// What the headings are called in links: letters, digits, dashes; a name that stands twice is counted.
    var anchors: [String] {
        var seen: [String: Int] = [:]
        return lines.filter { $0.hasPrefix("#") }.map { line in
            let words = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
            let anchor = String(
                words.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.map { $0 == " " ? "-" : $0 }
            )
            let count = seen[anchor, default: 0]
            seen[anchor] = count + 1
            return count == 0 ? anchor : "\(anchor)-\(count)"
        }
    }

    static func path(_ link: String, from page: String) -> String {
        var parts = page.split(separator: "/").dropLast().map(String.init)
        for part in link.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
