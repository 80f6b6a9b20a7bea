extension String {
    /// The text with everything made visible that would be acted on instead of being shown, or that nobody would see
    /// (``Swift/Unicode/Scalar/isActedOn``).
    /// Line feeds and tabs stay, and so do marks that belong to the character before them.
    ///
    /// Text of plugins and documents goes through here before it is printed: an escape sequence in a project's name must
    /// not clear the screen that a reviewer reads, and two names that look alike must not be two.
    public var withVisibleControls: String {
        var text = self
        return text.withUTF8 { utf8 in utf8.withVisibleControls } ?? self
    }
}

extension Unicode.Scalar {
    /// Whether this scalar is acted on instead of being shown, or cannot be seen: controls, the marks that reverse or join lines,
    /// and all that Unicode lets a font ignore, blanks of no width, tags, selectors of variants, fillers.
    public var isActedOn: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0: true
        case 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true
        default: false
        }
    }

    /// What is shown in its place: `\u{202E}`.
    public var visibleForm: String { "\\u{\(String(value, radix: 16, uppercase: true))}" }

    /// Whether it is to be shown by its number, between these: it is ``isActedOn``, and no mark that belongs to what stands before it.
    public func isHidden(after previous: Unicode.Scalar?, before next: Unicode.Scalar?) -> Bool {
        isActedOn && !(previous.map { belongs(after: $0, before: next) } ?? false)
    }

    /// Whether it is one that nobody sees but that belongs where it stands: it changes how its neighbours are drawn. A second one in
    /// the same place changes nothing more, and would be a way to hide something.
    private func belongs(after previous: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
        switch value {
        case 0xFE0E, 0xFE0F:
            // ⚠️ and 1️⃣: a digit is one of the pictures only with its frame.
            previous.isPicture || previous.isASCII && previous.properties.isEmoji && next?.value == 0x20E3
        case 0xFE00...0xFE02, 0xE0100...0xE01EF:
            // The form of a character that somebody's name has.
            previous.properties.isUnifiedIdeograph
        case 0x180B...0x180F: (0x1820...0x18AA).contains(previous.value)
        case 0x200C, 0x200D:
            // 👩‍💻; Persian, Hindi, Mongolian and others, whose letters have several forms.
            previous.joins && next?.joins == true
                || value == 0x200D && (previous.isPicture || previous.value == 0xFE0F) && next?.isPicture == true
        default: false
        }
    }

    private var isPicture: Bool { !isASCII && properties.isEmoji }

    /// Whether it is a letter, or a mark at one, of a script in which a joiner means something.
    private var joins: Bool {
        switch value {
        case 0x0620...0x06D3, 0x0750...0x077F, 0x0900...0x0DFF, 0x0F40...0x0FBC, 0x1820...0x18AA: true
        default: false
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The scalar at `position` of this UTF-8, and its bytes, if it is to be made visible: ``Swift/Unicode/Scalar/isActedOn``, and no mark
    /// that belongs to what stands before it. Writers of bytes ask for it; most bytes are answered by one comparison.
    public func actedOn(at position: Int) -> (scalar: Unicode.Scalar, count: Int)? {
        switch self[position] {
        case 0..<0x20, 0x7F: return (Unicode.Scalar(self[position]), 1)
        case 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3: break
        default: return nil
        }
        guard let (scalar, count) = scalar(at: position), scalar.isActedOn else { return nil }
        var start = position - 1
        while start > 0, position - start < 4, self[start] & 0xC0 == 0x80 { start -= 1 }
        let next = position + count < self.count ? self.scalar(at: position + count)?.scalar : nil
        let previous = start >= 0 ? self.scalar(at: start)?.scalar : nil
        return scalar.isHidden(after: previous, before: next) ? (scalar, count) : nil
    }

    /// Where the first of them stands that is no line feed and no tab.
    public var firstActedOn: Int? { firstActedOn(from: 0) }

    private func firstActedOn(from start: Int) -> Int? {
        var position = start
        while position < count {
            // Most bytes begin none, and are told apart here, without a call for each.
            switch self[position] {
            case 0..<0x09, 0x0B..<0x20, 0x7F, 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3:
                if actedOn(at: position) != nil { return position }
            default: break
            }
            position += 1
        }
        return nil
    }

    /// The text with its hidden characters shown; `nil` where it has none.
    fileprivate var withVisibleControls: String? {
        var (shown, start) = ([UInt8](), 0)
        while let position = firstActedOn(from: start), let (scalar, length) = actedOn(at: position) {
            shown += self[start..<position]
            shown += scalar.visibleForm.utf8
            start = position + length
        }
        guard start > 0 else { return nil }
        return String(decoding: shown + self[start...], as: UTF8.self)
    }

    /// The scalar that begins at `position`; `nil` where none does.
    private func scalar(at position: Int) -> (scalar: Unicode.Scalar, count: Int)? {
        let lead = self[position]
        let count = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard count > 0, position + count <= self.count else { return nil }
        var value = count == 1 ? UInt32(lead) : UInt32(lead) & (0xFF >> UInt32(count + 1))
        for byte in self[position + 1..<position + count] { value = value << 6 | UInt32(byte & 0x3F) }
        return Unicode.Scalar(value).map { ($0, count) }
    }
}
