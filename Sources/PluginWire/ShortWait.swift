/// A look or two before one goes to sleep.
///
/// Going to sleep in a pipe and being woken takes longer than most replies: a round trip of 200 bytes takes 150 µs with two
/// sleeps in it, and 25 without. So both sides look for up to 50 µs whether something has come, right after something did.
/// That costs as much computing as the wait is long, at most 50 µs for each pause; it is not done where it could take time
/// from somebody: with one core, with more threads that want to run than cores, or where it has been in vain of late.
public struct ShortWait {
    private static let longest = Duration.microseconds(50)
    /// How long it is believed that the machine is as busy as it was.
    private static let freshness = Duration.milliseconds(20)
    private static let mostCredit = 16
    /// With the credit used up, one wait of so many is tried all the same.
    private static let rarely = 64

    private let cores: Int
    private let runnable: () -> Int
    /// Grows with each wait that was worth it, shrinks with each that was not.
    private var credit = Self.mostCredit / 2
    private var skipped = 0
    private var lookedAt: ContinuousClock.Instant?
    private var isCrowded = false

    /// - Parameters:
    ///   - cores: of the machine.
    ///   - runnable: how many threads of the machine want to run at the moment, the asking one included.
    public init(cores: Int, runnable: @escaping () -> Int) { (self.cores, self.runnable) = (cores, runnable) }

    /// Asks `isReady` again and again for a short time.
    ///
    /// - Returns: whether it has said yes.
    public mutating func wait(until isReady: () -> Bool) -> Bool {
        guard cores > 1 else { return false }
        if credit == 0 {
            skipped += 1
            guard skipped % Self.rarely == 0 else { return false }
        }
        let start = ContinuousClock.now
        if lookedAt.map({ start - $0 > Self.freshness }) ?? true {
            lookedAt = start
            isCrowded = runnable() > cores
        }
        if isCrowded { return false }
        repeat {
            if isReady() {
                credit = min(credit + 1, Self.mostCredit)
                return true
            }
        } while ContinuousClock.now - start < Self.longest
        credit = max(credit - 1, 0)
        return false
    }

    /// The number of threads that want to run, of what `/proc/loadavg` says: `0.20 0.18 0.12 1/80 11206`. A large number
    /// where it says none.
    public static func runnable(in text: some Sequence<UInt8>) -> Int {
        let words = text.split(separator: UInt8(ascii: " "))
        guard words.count > 3 else { return .max }
        return Int(String(decoding: words[3].prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)) ?? .max
    }
}
