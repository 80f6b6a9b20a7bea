/// How a cell looks.
package struct CellStyle: Hashable {
    package var number = NumberForm.none
    package var role = Role.body
    /// Whether people are meant to type here.
    package var isInput = false
    /// Whether the cell can be changed in a protected sheet.
    package var isUnlocked = false
    /// Whether it has no lines around it.
    package var isBare = false
    package var isWrapped = false
    package var isCentred = false
    /// Steps to the right, for the parts of an item.
    package var indent = 0

    package init(
        number: NumberForm = .none,
        role: Role = .body,
        isInput: Bool = false,
        isUnlocked: Bool = false,
        isBare: Bool = false,
        isWrapped: Bool = false,
        isCentred: Bool = false,
        indent: Int = 0
    ) {
        (self.number, self.role, self.isInput, self.isUnlocked) = (number, role, isInput, isUnlocked)
        (self.isBare, self.isWrapped, self.isCentred, self.indent) = (isBare, isWrapped, isCentred, indent)
    }

    package enum Role: Hashable {
        case title, remark, head, body, strong, total, muted, link, warning, section
    }

    /// How a number prints.
    package enum NumberForm: Hashable {
        case none
        /// Text, also when somebody types it anew.
        case text
        /// Thousands separators and so many places; `-` for zero where asked for.
        case amount(places: Int, dash: Bool)
        case percent(places: Int)
        /// As many places as there are.
        case plain
        case whole
        case date

        package var code: String {
            switch self {
            case .none, .plain: "General"
            case .text: "@"
            case .amount(let places, let dash):
                dash ? "\(Self.grouped(places));-\(Self.grouped(places));\"-\"" : Self.grouped(places)
            case .percent(let places): "0" + Self.decimals(places) + "%"
            case .whole: "0"
            case .date: "yyyy-mm-dd"
            }
        }

        private static func grouped(_ places: Int) -> String { "#,##0" + decimals(places) }
        private static func decimals(_ places: Int) -> String {
            places > 0 ? "." + String(repeating: "0", count: places) : ""
        }

        package var isNumeric: Bool {
            switch self {
            case .none, .text: false
            default: true
            }
        }
    }

    package static let title = CellStyle(role: .title)
    package static let remark = CellStyle(role: .remark)
    package static let head = CellStyle(role: .head, isWrapped: true, isCentred: true)
    package static let text = CellStyle(isWrapped: true)
    package static let muted = CellStyle(role: .muted, isWrapped: true)
    package static let link = CellStyle(role: .link, isWrapped: true)
    package static let strong = CellStyle(role: .strong, isWrapped: true)
    package static let section = CellStyle(role: .section)
    package static let money = CellStyle(number: .amount(places: 2, dash: false))
    package static let percent = CellStyle(number: .percent(places: 2))
    package static let points = CellStyle(number: .plain)
    package static let whole = CellStyle(number: .whole)

    package func with(_ role: Role) -> CellStyle {
        var style = self
        style.role = role
        return style
    }

    /// The same, for cells that people type in.
    package var typed: CellStyle {
        var style = self
        style.isInput = true
        return style
    }

    package func indented(_ steps: Int) -> CellStyle {
        var style = self
        style.indent = min(steps, 15)
        return style
    }
}

/// Colours, as in the printed audit tables: grey heads, and yellow where people type.
package enum CellColour: UInt32 {
    case head = 0xD9E2EC
    case total = 0xEEF2F6
    case input = 0xFFFBE6
    case line = 0x9AA5B1
    case muted = 0x7B8794
    case link = 0x1F5FA8
    case red = 0xB42318
    case redFill = 0xFDE2E1
    case orangeFill = 0xFDEBD3
    case yellowFill = 0xFFF3C4
    case greyFill = 0xE4E7EB
    case greenFill = 0xE3F5E5
    case bar = 0x9FB3C8
}
