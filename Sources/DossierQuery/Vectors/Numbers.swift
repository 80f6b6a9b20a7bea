internal import ReviewModel
internal import Tables

/// Exact decimals, packed: significands of 64 bits and decimal places, one for all rows or one each.
struct Numbers {
    /// ``absent`` where the number is missing.
    var significands: [Int64]
    var places: UInt8
    /// Empty where all rows have the same places.
    var placesByRow: [UInt8] = []

    static let absent = ColumnStorage.absentNumber

    init(significands: [Int64], places: UInt8, placesByRow: [UInt8] = []) {
        (self.significands, self.places, self.placesByRow) = (significands, places, placesByRow)
    }

    /// `nil` where a value is no number or does not fit.
    init?(_ values: [Value]) {
        var (significands, placesByRow) = ([Int64](), [UInt8]())
        significands.reserveCapacity(values.count)
        placesByRow.reserveCapacity(values.count)
        var (places, isUniform) = (nil as UInt8?, true)
        for value in values {
            switch value {
            case .null:
                significands.append(Self.absent)
                placesByRow.append(places ?? 0)
            case .decimal(let number):
                guard let significand = Int64(exactly: number.significand), significand != Self.absent else {
                    return nil
                }
                significands.append(significand)
                let own = UInt8(number.places)
                if let places { isUniform = isUniform && own == places } else { places = own }
                placesByRow.append(own)
            default: return nil
            }
        }
        self.init(significands: significands, places: places ?? 0, placesByRow: isUniform ? [] : placesByRow)
    }

    var count: Int { significands.count }

    func places(_ row: Int) -> Int { Int(placesByRow.isEmpty ? places : placesByRow[row]) }

    subscript(row: Int) -> ExactDecimal? {
        let significand = significands[row]
        if significand == Self.absent { return nil }
        return ExactDecimal(significand: Int128(significand), places: places(row))
    }

    func gather(_ rows: [Int32]) -> Numbers {
        Numbers(
            significands: rows.map { $0 < 0 ? Self.absent : significands[Int($0)] },
            places: places,
            placesByRow: placesByRow.isEmpty ? [] : rows.map { $0 < 0 ? 0 : placesByRow[Int($0)] }
        )
    }

    func slice(_ range: Range<Int>) -> Numbers {
        Numbers(
            significands: Array(significands[range]),
            places: places,
            placesByRow: placesByRow.isEmpty ? [] : Array(placesByRow[range])
        )
    }

    /// `nil` where a piece has anything but numbers and missing values.
    static func concatenated(_ pieces: [(vector: Vector, count: Int)]) -> Numbers? {
        var (all, places, isUniform) = ([Int64](), nil as UInt8?, true)
        for (vector, count) in pieces {
            switch vector {
            case .numbers(let numbers):
                all += numbers.significands
                isUniform = isUniform && numbers.placesByRow.isEmpty && (places ?? numbers.places) == numbers.places
                places = places ?? numbers.places
            case .constant(.null): all.append(contentsOf: repeatElement(absent, count: count))
            default: return nil
            }
        }
        guard let places else { return nil }
        if isUniform { return Numbers(significands: all, places: places) }
        var placesByRow: [UInt8] = []
        placesByRow.reserveCapacity(all.count)
        for (vector, count) in pieces {
            if case .numbers(let numbers) = vector, !numbers.placesByRow.isEmpty {
                placesByRow += numbers.placesByRow
            } else {
                let own = if case .numbers(let numbers) = vector { numbers.places } else { places }
                placesByRow.append(contentsOf: repeatElement(own, count: count))
            }
        }
        return Numbers(significands: all, places: places, placesByRow: placesByRow)
    }

    /// Which of two numbers comes first: negative, zero or positive. Both must be there.
    static func compare(_ left: Int64, _ leftPlaces: Int, _ right: Int64, _ rightPlaces: Int) -> Int {
        if leftPlaces == rightPlaces { return left == right ? 0 : left < right ? -1 : 1 }
        // 64 bits times 10^18 fit 128 bits.
        let one = leftPlaces < rightPlaces ? Int128(left) * powersOfTen[rightPlaces - leftPlaces] : Int128(left)
        let other = leftPlaces > rightPlaces ? Int128(right) * powersOfTen[leftPlaces - rightPlaces] : Int128(right)
        return one == other ? 0 : one < other ? -1 : 1
    }
}

/// 10 to the power of 0…18.
let powersOfTen: [Int128] = (0..<18).reduce(into: [1]) { powers, _ in powers.append(powers[powers.count - 1] * 10) }
