import PluginWire
import Testing

@Suite("A short wait before sleeping")
struct ShortWaitTests {
    /// How often of `count` waits something was looked for.
    private func asked(_ count: Int, cores: Int, runnable: Int) -> Int {
        var (wait, asked) = (ShortWait(cores: cores) { runnable }, 0)
        for _ in 0..<count {
            var isFirst = true
            _ = wait.wait {
                if isFirst { asked += 1 }
                isFirst = false
                return false
            }
        }
        return asked
    }

    @Test("it is over at once when something is there")
    func ready() {
        var wait = ShortWait(cores: 2) { 1 }
        #expect(wait.wait { true })
    }

    @Test("nobody waits with one core, or where more threads want to run than there are cores")
    func crowded() {
        #expect(asked(10, cores: 1, runnable: 1) == 0)
        #expect(asked(10, cores: 2, runnable: 3) == 0)
    }

    @Test("what is in vain is given up, and tried again now and then")
    func inVain() {
        #expect(asked(8, cores: 2, runnable: 2) == 8)
        #expect(asked(8 + 640, cores: 2, runnable: 2) < 20)
        #expect(asked(8 + 640, cores: 2, runnable: 2) > 8)
    }

    @Test("the threads that want to run are read from what the system says")
    func runnable() {
        #expect(ShortWait.runnable(in: Array("0.20 0.18 0.12 3/80 11206\n".utf8)) == 3)
        #expect(ShortWait.runnable(in: Array("nonsense".utf8)) == .max)
    }
}
