import Testing

/// Every command of README.md is run, and the first one prints what README.md says.
@Suite("README.md")
struct ReadmeTests {
    private static let text = read(repository + "/README.md")

    /// A command as the tests can run it: the built program stands for the script that would build it first.
    private static func runnable(_ command: String, in folder: TemporaryFolder) -> CommandResult {
        let command = command.replacing("Scripts/pingshen ", with: "pingshen ")
            .replacing("/tmp/reviews", with: folder.path + "/reviews")
        if command.contains("plugins new") { return shell("cd '\(folder.path)' && \(command)") }
        let needsOutput = command.contains("pingshen run") && !command.contains("--out")
        return shell(needsOutput ? command.replacing("\n", with: "") + " --out '\(folder.path)'" : command)
    }

    /// The commands of each block.
    private static let blocks = fencedBlocks("sh", in: text).map { block in
        block.split(separator: "\n").map { String($0) + "\n" }
    }

    /// Those of a block one after another: what one writes, the next may read.
    @Test("every command runs", arguments: blocks)
    func commandsRun(commands: [String]) {
        let folder = TemporaryFolder()
        for command in commands {
            let result = Self.runnable(command, in: folder)
            #expect(result.status == 0, "\(command): \(result.errors)")
        }
    }

    @Test("the first command prints what is shown below it")
    func firstOutput() throws {
        let (command, shown) = (
            try #require(Self.blocks.first?.first), try #require(fencedBlocks("text", in: Self.text).first)
        )
        let folder = TemporaryFolder()
        let result = Self.runnable(command, in: folder)
        let printed = (result.output + result.errors).replacing(folder.path, with: "out")
        #expect(printed == shown)
    }

    @Test("the mistake that is shown looks like that")
    func shownMistake() throws {
        let shown = try #require(fencedBlocks("text", in: Self.text).last)
        let file = try #require(shown.split(separator: ":").first)
        #expect(shell("pingshen validate \(file)").errors == shown)
    }
}
