internal import Markup
internal import ReviewModel

extension PortfolioPage {
    private var locale: Locale { portfolio.locale }

    /// What the colours of bars mean.
    mutating func writeLegend() {
        page.raw("<p class=\"legend\">")
        for (index, name) in portfolio.document.bars.enumerated() {
            page.raw("<span><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect width=\"12\" height=\"12\" ")
            page.raw("class=\"b\(index % 4)\"/></svg> ")
            page.text(portfolio.column(name)?.title(locale) ?? name)
            page.raw("</span> ")
        }
        page.raw("</p>")
    }

    /// A bar of several parts; the longest of all bars is `most`.
    mutating func writeBar(_ parts: [ExactDecimal], _ most: ExactDecimal) {
        page.raw("<svg class=\"bar\" viewBox=\"0 0 200 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
        var start = ExactDecimal.zero
        for (index, part) in parts.enumerated() {
            guard let end = try? start + part, let from = Self.length(start, of: most, to: 200),
                let width = Self.length(part, of: most, to: 200), !width.isZero
            else { continue }
            page.raw("<rect class=\"b\(index % 4)\" x=\"\(from)\" width=\"\(width)\" height=\"10\"/>")
            start = end
        }
        page.raw("</svg>")
    }

    private static func length(_ part: ExactDecimal, of most: ExactDecimal, to length: Int) -> ExactDecimal? {
        guard let scaled = try? part * ExactDecimal(length), !most.isZero else { return nil }
        return (try? scaled.divided(by: most, places: 1)) ?? nil
    }

    mutating func writeCharts() {
        page.raw("<section id=\"charts\">")
        page.element("h2", text: PortfolioWords.charts(locale))
        page.raw("<div class=\"charts\">")
        for group in portfolio.document.counts { write(counts: group) }
        if let distribution = portfolio.document.distribution { write(distribution) }
        page.raw("</div></section>\n")
    }

    private mutating func write(counts group: PortfolioDocument.Group) {
        guard let column = portfolio.column(group.column) else { return }
        let groups = portfolio.grouped(by: group.column).sorted {
            ($1.rows.count, $0.value) < ($0.rows.count, $1.value)
        }
        let most = groups.map(\.rows.count).max() ?? 0
        page.raw("<figure>")
        page.element("figcaption", text: group.title(locale))
        page.raw("<table class=\"counts\"><tbody>")
        for (value, rows) in groups {
            let name = portfolio.name(of: value, column)
            page.raw("<tr><th scope=row>")
            page.text(name.isEmpty ? PortfolioWords.missing(locale) : name)
            page.raw("<td class=n>\(rows.count)<td>")
            writeBar([ExactDecimal(rows.count)], ExactDecimal(most))
        }
        page.raw("</tbody></table></figure>")
    }

    /// Columns side by side, with the figure that each begins at below and how many there are above.
    private mutating func write(_ distribution: PortfolioDocument.Distribution) {
        let counts = portfolio.distributed(distribution)
        guard let most = counts.max(), most > 0 else { return }
        // Empty ends say nothing.
        let first = counts.firstIndex { $0 > 0 } ?? 0
        let last = counts.lastIndex { $0 > 0 } ?? 0
        // The figures below reach beyond the outer edges, half of each.
        let (width, height, margin) = (32, 120, 20)
        page.raw("<figure>")
        page.element("figcaption", text: distribution.title(locale))
        let (wide, tall) = ((last - first + 1) * width + 2 * margin, height + 40)
        page.raw(
            "<svg class=\"histogram\" role=\"img\" width=\"\(wide)\" height=\"\(tall)\" viewBox=\"0 0 \(wide) \(tall)\""
        )
        page.attribute("aria-label", distribution.title(locale))
        page.raw(">")
        for (place, index) in (first...last).enumerated() {
            let tall = counts[index] * height / most
            let x = place * width + margin
            page.raw(
                "<rect class=\"b0\" x=\"\(x + 2)\" y=\"\(20 + height - tall)\" width=\"\(width - 4)\" height=\"\(tall)\"/>"
            )
            if counts[index] > 0 {
                page.raw("<text x=\"\(x + width / 2)\" y=\"\(15 + height - tall)\">\(counts[index])</text>")
            }
            writeTick(distribution, index, x, height)
        }
        writeTick(distribution, last + 1, (last - first + 1) * width + margin, height)
        page.raw("</svg></figure>")
    }

    private mutating func writeTick(
        _ distribution: PortfolioDocument.Distribution,
        _ index: Int,
        _ x: Int,
        _ height: Int
    ) {
        guard let begin = try? distribution.from + distribution.step * ExactDecimal(index) else { return }
        page.raw("<text x=\"\(x)\" y=\"\(height + 34)\">\(begin.withoutTrailingZeros)</text>")
    }
}
